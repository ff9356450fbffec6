"""Owns what only the whole schedule shows: rooms and speakers in two places at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from feeds.diagnostics import Diagnostic, quoted, report
from feeds.model import Session, Speaker
from feeds.sameness import Exchange
from feeds.schedule.memory import Memory
from feeds.schedule.sessions import Placed

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


_Taken = tuple[str, str]
"""A room or a speaker, as `Placed.takes` names them."""


@dataclass(frozen=True, slots=True)
class _Booked:
    """Who is in each room and with each speaker; what was told of those with several."""

    busy: dict[_Taken, list[Placed]] = field(default_factory=dict)
    told: dict[_Taken, tuple[Speaker | None, tuple[Diagnostic, ...]]] = field(default_factory=dict)


def clashes(
    change: Exchange[Placed], speakers: Mapping[str, Speaker], *, memory: Memory
) -> Iterator[Diagnostic]:
    """Two sessions at one time in one room, or with one speaker; told once, at the later one.

    `change` is what came and went since the memory's last compile.
    Reports: room-double-booked, speaker-double-booked.
    """
    before = memory.last("booked")
    booked = _Booked(dict(before.busy), dict(before.told)) if isinstance(before, _Booked) else _Booked()
    for taken in _exchanged(change, booked):
        booked.told.pop(taken, None)
        if not booked.busy[taken]:
            del booked.busy[taken]
        elif len(booked.busy[taken]) > 1:
            booked.told[taken] = _told(taken, booked, speakers)
    for taken in sorted(booked.told):
        if taken[0] == "" and booked.told[taken][0] is not speakers[taken[1]]:
            booked.told[taken] = _told(taken, booked, speakers)
        yield from booked.told[taken][1]
    memory.keep("booked", booked)


def _exchanged(change: Exchange[Placed], booked: _Booked) -> dict[_Taken, None]:
    """Book what came, and no more what went; the rooms and speakers this touches."""
    stale = set(map(id, change.went))
    come: defaultdict[_Taken, list[Placed]] = defaultdict(list)
    for one in change.came:
        if one.starts is not None:
            for taken in one.takes:
                come[taken].append(one)
    left = (taken for one in change.went if one.starts is not None for taken in one.takes)
    touched = dict.fromkeys((*come, *left))
    for taken in touched:
        stays = [one for one in booked.busy.get(taken, ()) if id(one) not in stale]
        booked.busy[taken] = stays + come[taken]
    return touched


def _told(
    taken: _Taken, booked: _Booked, speakers: Mapping[str, Speaker]
) -> tuple[Speaker | None, tuple[Diagnostic, ...]]:
    speaker = None if taken[0] else speakers[taken[1]]
    return speaker, tuple(_among(booked.busy[taken], speaker))


def _among(ones: Iterable[Placed], speaker: Speaker | None) -> Iterator[Diagnostic]:
    """The clashes of one room or speaker."""
    longest: Placed | None = None
    for later in sorted(ones, key=_order):
        if longest is not None and _meet(longest, later) and not _same(longest.session, later.session):
            yield _speaker(longest, later, speaker.name) if speaker is not None else _room(longest, later)
        if longest is None or _until(later) >= _until(longest):
            longest = later


def _order(one: Placed) -> tuple[datetime | None, str, int, str]:
    """By time and place; sessions that share the time above them are told apart by their slug."""
    return (one.starts, one.source.path, one.span.start, one.session.slug)


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
