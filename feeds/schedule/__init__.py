"""Owns the schedule: drafts of all posts linked into one, each speaker, event and track once, and the checks."""

from feeds.schedule.link import Linked, link

__all__ = ["Linked", "link"]
