"""Owns what only the whole schedule shows: rooms and speakers in two places at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from feeds.diagnostics import Diagnostic, quoted, report
from feeds.model import Session, Speaker
from feeds.schedule.sessions import Placed

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


def clashes(placed: Iterable[Placed], speakers: Mapping[str, Speaker]) -> Iterator[Diagnostic]:
    """Two sessions at one time in one room, or with one speaker; told once, at the later one.

    Reports: room-double-booked, speaker-double-booked.
    """
    timed = sorted([one for one in placed if one.starts is not None], key=_order)
    longest: dict[tuple[str, str], Placed] = {}
    for later in timed:
        for taken in later.takes:
            earlier = longest.get(taken)
            if earlier is not None and _meet(earlier, later) and not _same(earlier.session, later.session):
                yield (
                    _speaker(earlier, later, speakers[taken[1]].name)
                    if not taken[0]
                    else _room(earlier, later)
                )
            if earlier is None or _until(later) >= _until(earlier):
                longest[taken] = later


def _order(one: Placed) -> tuple[datetime | None, str, int]:
    return (one.starts, one.source.path, one.span.start)


def _meet(earlier: Placed, later: Placed) -> bool:
    assert later.starts is not None  # noqa: S101 - `clashes` let nothing else through
    return earlier.starts == later.starts or _until(earlier) > later.starts


def _until(one: Placed) -> datetime:
    assert one.starts is not None  # noqa: S101 - `clashes` let nothing else through
    return one.ends or one.starts


def _same(one: Session, other: Session) -> bool:
    """Whether two are one talk told twice, once perhaps without its event."""
    return one.title.casefold() == other.title.casefold()


def _room(earlier: Placed, later: Placed) -> Diagnostic:
    return report(
        "room-double-booked",
        f"`{later.session.room}` is taken at {_clock(later)} by {quoted(earlier.session.title)} as well",
        source=later.source,
        span=later.span,
        help="check the room and the times of both sessions",
    )


def _speaker(earlier: Placed, later: Placed, name: str) -> Diagnostic:
    return report(
        "speaker-double-booked",
        f"`{name}` speaks at {_clock(later)} in {quoted(earlier.session.title)} as well",
        source=later.source,
        span=later.span,
        help="check the speakers and the times of both sessions",
    )


def _clock(one: Placed) -> str:
    start = one.session.start
    assert isinstance(start, datetime)  # noqa: S101 - `clashes` let nothing else through
    return f"{start:%H:%M} on {start.day} {_MONTHS[start.month - 1]}"
