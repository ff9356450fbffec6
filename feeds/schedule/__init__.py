"""Owns the schedule: drafts of all posts linked, each speaker, event and track once, and the checks."""

from feeds.schedule.link import Linked, link
from feeds.schedule.memory import Memory

__all__ = ["Linked", "Memory", "link"]
