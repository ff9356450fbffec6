"""Owns identity: every session keeps its UID for life, and each change has its revision, by the record."""

from feeds.revisions.changes import Change, history
from feeds.revisions.clock import first_revision
from feeds.revisions.record import EventEntry, Facts, Record, SessionEntry, Step
from feeds.revisions.revise import Revised, revise

__all__ = [
    "Change",
    "EventEntry",
    "Facts",
    "Record",
    "Revised",
    "SessionEntry",
    "Step",
    "first_revision",
    "history",
    "revise",
]
