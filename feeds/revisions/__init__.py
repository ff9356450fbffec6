"""Owns identity: every session keeps its UID for life, and each change has its revision, by the record."""

from feeds.revisions.changes import Change, history
from feeds.revisions.clock import first_revision
from feeds.revisions.files import (
    RecordNotFoundError,
    ensure_merge_rule,
    read_record,
    record_at_git_revision,
    write_record,
)
from feeds.revisions.memory import Memory
from feeds.revisions.record import EventEntry, Facts, Record, SessionEntry, Step
from feeds.revisions.revise import Revised, revise
from feeds.revisions.text import format_record, parse_record
from feeds.revisions.words import Told, describe, in_json, in_markdown, in_text, joined, tell

__all__ = [
    "Change",
    "EventEntry",
    "Facts",
    "Memory",
    "Record",
    "RecordNotFoundError",
    "Revised",
    "SessionEntry",
    "Step",
    "Told",
    "describe",
    "ensure_merge_rule",
    "first_revision",
    "format_record",
    "history",
    "in_json",
    "in_markdown",
    "in_text",
    "joined",
    "parse_record",
    "read_record",
    "record_at_git_revision",
    "revise",
    "tell",
    "write_record",
]
