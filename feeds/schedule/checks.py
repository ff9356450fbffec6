"""Owns what only the whole schedule shows: rooms and speakers in two places, sessions told twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise

from feeds.diagnostics import Diagnostic, report
from feeds.model import Session, Speaker
from feeds.source import Source, Span

Placed = tuple[Session, Source, Span]
"""A session with where its time was read."""


def clashes(placed: Sequence[Placed], speakers: Mapping[str, Speaker]) -> Iterator[Diagnostic]:
    """Two sessions at one time in one room, or with one speaker; told at the later one.

    Reports: room-double-booked, speaker-double-booked.
    """
    rooms: dict[tuple[str, ...], list[Placed]] = {}
    busy: dict[str, list[Placed]] = {}
    for one in placed:
        session = one[0]
        if not isinstance(session.start, datetime) or session.status == "cancelled" or session.timezone is None:
            continue
        if session.room:
            rooms.setdefault((session.event or "", " ".join(session.room.casefold().split())), []).append(one)
        for speaker in session.speakers:
            busy.setdefault(speaker, []).append(one)
    for (_, room), group in sorted(rooms.items()):
        for earlier, later in _overlaps(group):
            yield _room(earlier, later, later[0].room or room)
    for slug, group in sorted(busy.items()):
        for earlier, later in _overlaps(group):
            yield _speaker(earlier, later, speakers[slug].name)


def _overlaps(group: Sequence[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """Neighbours in time that overlap. Without an end a session takes only its first instant."""
    if len(group) < 2:
        return
    order = sorted(group, key=lambda one: (_start(one[0]), one[1].path, one[2].start))
    for earlier, later in pairwise(order):
        if _same(earlier[0], later[0]):
            continue
        end = earlier[0].end
        meets = _start(earlier[0]) == _start(later[0])
        if meets or (isinstance(end, datetime) and end.astimezone(UTC) > _start(later[0])):
            yield earlier, later


def _same(one: Session, other: Session) -> bool:
    return one.title.casefold() == other.title.casefold()


def _start(session: Session) -> datetime:
    assert isinstance(session.start, datetime)  # noqa: S101 - the caller let nothing else through
    return session.start.astimezone(UTC)


def _room(earlier: Placed, later: Placed, room: str) -> Diagnostic:
    return report(
        "room-double-booked",
        f"`{room}` is taken at {_clock(later[0])} by `{earlier[0].title[:60]}` as well",
        source=later[1],
        span=later[2],
        help="check the room and the times of both sessions",
    )


def _speaker(earlier: Placed, later: Placed, name: str) -> Diagnostic:
    return report(
        "speaker-double-booked",
        f"`{name}` speaks at {_clock(later[0])} in `{earlier[0].title[:60]}` as well",
        source=later[1],
        span=later[2],
        help="check the speakers and the times of both sessions",
    )


def _clock(session: Session) -> str:
    assert isinstance(session.start, datetime)  # noqa: S101 - the caller let nothing else through
    return f"{session.start:%H:%M} on {session.start:%d} {_MONTHS[session.start.month - 1]}"


_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
