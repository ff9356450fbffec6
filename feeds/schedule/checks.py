"""Owns what only the whole schedule shows: rooms and speakers in two places at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial

from feeds.diagnostics import Diagnostic, quoted, report
from feeds.model import Session, Speaker
from feeds.schedule.memory import Memory
from feeds.schedule.sessions import Placed

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


def clashes(
    placed: Iterable[Placed], speakers: Mapping[str, Speaker], *, memory: Memory
) -> Iterator[Diagnostic]:
    """Two sessions at one time in one room, or with one speaker; told once, at the later one.

    Reports: room-double-booked, speaker-double-booked.
    """
    kept_busy: defaultdict[tuple[str, str], list[Placed]] = defaultdict(list)
    for one in placed:
        if one.starts is not None:
            for taken in one.takes:
                kept_busy[taken].append(one)
    for taken, ones in kept_busy.items():
        if len(ones) > 1:
            speaker = None if taken[0] else speakers[taken[1]]
            yield from memory.made_of(
                ("clashes", taken), (speaker, *ones), make=partial(_anew, ones, speaker)
            )


def _anew(
    ones: Iterable[Placed], speaker: Speaker | None, _: tuple[Diagnostic, ...] | None
) -> tuple[Diagnostic, ...]:
    return tuple(_among(ones, speaker))


def _among(ones: Iterable[Placed], speaker: Speaker | None) -> Iterator[Diagnostic]:
    """The clashes of one room or speaker."""
    longest: Placed | None = None
    for later in sorted(ones, key=_order):
        if longest is not None and _meet(longest, later) and not _same(longest.session, later.session):
            yield _speaker(longest, later, speaker.name) if speaker is not None else _room(longest, later)
        if longest is None or _until(later) >= _until(longest):
            longest = later


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
