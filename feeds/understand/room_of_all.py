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
from feeds.understand.room_told import Told, told_rooms
from feeds.understand.rooms import is_surely_room, room_name
from feeds.understand.when import resolve_times
from feeds.understand.when.values import ResolvedTimes

FEWEST = 2
"""Sessions within the hours: the only one is what the block itself tells of."""

_MOST_SCOPES = 40


def give_room(book: Book, root: Scope) -> None:
    """Give sessions the room that is said once for all of them, by a block at the top or by a sentence."""
    _of_block(book, root)
    for told in told_rooms(book, root):
        _of_sentence(book, told)


def _of_sentence(book: Book, told: Told) -> None:
    """Give its room to those that have none: to all, or to those of the one day where none says another."""
    line = told.room.line.span()
    own = [one for one in book.sessions if line.start <= one.span.start < line.end]
    day = book.day_of_post.days.first if book.day_of_post is not None else None
    meant = [
        at
        for at, one in enumerate(book.sessions)
        if one not in own
        and one.conference_url is None
        and isinstance(one.start, datetime)
        and (told.all or one.start.date() == day)
        and told.since <= one.span.start
        and (told.until is None or one.span.start < told.until)
    ]
    bare = [at for at in meant if book.sessions[at].room is None]
    if len(meant) < told.fewest or (not told.all and (own or len(bare) < len(meant))):
        return
    read = Read(how="inherited", span=told.room.span, why=f"“{told.room.text}” is said above for all")
    for at in bare:
        one = book.sessions[at]
        book.sessions[at] = replace(one, room=room_name(told.room.text), reads={**one.reads, "room": read})


def _of_block(book: Book, root: Scope) -> None:
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
