"""Owns the room that a block at the top says once for all that is on within its hours.

"When: Sunday 2 February, 9:00 to 13:00", "Where: room H.2213", and a programme without rooms below.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from feeds.understand.context import Book, Context
from feeds.understand.draft import DraftSession, Read
from feeds.understand.outline import Scope
from feeds.understand.part import Part
from feeds.understand.rooms import is_surely_room, room_name
from feeds.understand.when import resolve_times
from feeds.understand.when.values import ResolvedTimes

FEWEST = 2
"""Sessions within the hours: the only one is what the block itself tells of."""

_MOST_SCOPES = 40


def give_room(book: Book, root: Scope) -> None:
    """Give the sessions within the hours of the block its room, where none of them says one."""
    block = next((scope for scope in root.walk()[:_MOST_SCOPES] if _says_all(scope)), None)
    if block is None:
        return
    room = _room(block.facts.labelled["where"][0])
    hours = _hours(book, block)
    if room is None or hours is None:
        return
    behind = block.lines[-1].span().end
    found = [
        at
        for at, session in enumerate(book.sessions)
        if _within(session, hours) and session.span.start >= behind
    ]
    if len(found) < FEWEST or any(book.sessions[at].room is not None for at in found):
        return
    read = Read(how="inherited", span=room.span, why=f"“{room.text}” is said above for all")
    for at in found:
        session = book.sessions[at]
        book.sessions[at] = replace(session, room=room_name(room.text), reads={**session.reads, "room": read})


def _says_all(scope: Scope) -> bool:
    labelled = scope.facts.labelled if scope.kind in ("text", "lead") and scope.lines else {}
    return "when" in labelled and "where" in labelled and "title" not in labelled


def _room(where: Part) -> Part | None:
    """The room that a place begins with ("room H.2213, ULB Solbosch campus, Brussels")."""
    end = where.text.find(",")
    first = where.at(0, end if end >= 0 else len(where.text)).trimmed()
    return first if is_surely_room(first.text) else None


Hours = tuple[Collection[date], datetime, datetime]


def _hours(book: Book, block: Scope) -> Hours | None:
    """The days, and when it begins and ends on the first of them."""
    moment = next((one for one in block.facts.moments if one.when.days and one.when.times), None)
    day = book.day(moment, Context(), quiet=True) if moment is not None else None
    if moment is None or day is None:
        return None
    found = resolve_times(
        moment.when.times[0], day=day.days.first, city_zone="UTC", note_zone=None, default_zone=None
    )
    if not isinstance(found, ResolvedTimes) or found.end is None:
        return None
    return frozenset(day.days.days), found.start, found.end


def _within(session: DraftSession, hours: Hours) -> bool:
    days, start, end = hours
    if not isinstance(session.start, datetime) or session.conference_url is not None:
        return False
    if session.start.date() not in days:
        return False
    since = session.start - session.start.replace(hour=start.hour, minute=start.minute)
    return timedelta(0) <= since < end - start
