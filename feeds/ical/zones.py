"""Owns VTIMEZONE: what a zone does in the years a feed needs, in the form that every calendar reads.

icalendar 7.3 writes these as RDATE lists with the spring onset an hour late, so it is not asked. Outlook
understands one STANDARD and one DAYLIGHT with a yearly RRULE of one BYDAY (MS-OXCICAL 2.1.3.1.1.19.2); a zone
that has such a rule in the years needed gets exactly that. Irregular years get one block for each onset.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

from feeds.ical import tzif

_UTC = ("UTC", "UCT", "Universal", "Zulu", "GMT", "GMT0", "GMT+0", "GMT-0", "Greenwich")
UTC_NAMES = frozenset([*_UTC, *(f"Etc/{name}" for name in _UTC)])
"""Zones whose times are written with a Z and need no VTIMEZONE (RFC 5545 section 3.3.5)."""

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_Kind = Literal["STANDARD", "DAYLIGHT"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """A yearly onset: `nth` weekday of a month at a time of day, from one offset to another."""

    month: int
    weekday: int
    nth: int
    hour: int
    minute: int
    second: int
    before: int
    after: int

    def onset(self, year: int) -> datetime:
        day = tzif.nth_weekday(year, self.month, weekday=self.weekday, nth=self.nth)
        return datetime(day.year, day.month, day.day, self.hour, self.minute, self.second)  # noqa: DTZ001

    @property
    def rrule(self) -> str:
        return f"RRULE:FREQ=YEARLY;BYMONTH={self.month};BYDAY={self.nth}{_DAYS[self.weekday]}"


@lru_cache(maxsize=4096)
def vtimezone(zone: str, years: tuple[int, int]) -> bytes:
    """The VTIMEZONE of an IANA zone, right for every local time from the first through the last year.

    Raises: LookupError for a zone that the pinned tzdata does not have.
    """
    # No X-LIC-LOCATION: it would repeat the TZID, and dateutil's tzical refuses the whole zone for it.
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    lines += _fixed(zone, years) or _pair(zone, years) or _single_onsets(zone, years)
    return "\r\n".join([*lines, "END:VTIMEZONE", ""]).encode("ascii")


def _fixed(zone: str, years: tuple[int, int]) -> list[str] | None:
    """One STANDARD where nothing changes, neither then nor in the year after."""
    first, last = years
    if any(first <= change.onset.year for change in tzif.changes(zone, last + 1)):
        return None
    offset, name = tzif.state(zone, first)
    return _block("STANDARD", tzif.EPOCH, before=offset, after=offset, name=name)


def _pair(zone: str, years: tuple[int, int]) -> list[str] | None:
    """Two yearly rules where the years have them, the year after too if it can be had."""
    first, last = years
    for end in (last + 1, last):
        changes = tzif.changes(zone, end)
        up = _rule([change for change in changes if change.after > change.before], (first, end))
        down = _rule([change for change in changes if change.after < change.before], (first, end))
        if up and down and (up.before, up.after) == (down.after, down.before):
            names = {change.after: change.name for change in changes if first <= change.onset.year}
            return [
                *_yearly("DAYLIGHT", up, since=_since(up, changes, first=first), name=names[up.after]),
                *_yearly("STANDARD", down, since=_since(down, changes, first=first), name=names[down.after]),
            ]
    return None


def _rule(changes: Sequence[tzif.Change], years: tuple[int, int]) -> _Rule | None:
    """The rule that gives one onset in each year; of several, the one that has held longest."""
    first, last = years
    window = [change for change in changes if first <= change.onset.year]
    if [change.onset.year for change in window] != list(range(first, last + 1)):
        return None
    shared = set.intersection(*map(_forms, window))
    return max(shared, key=lambda rule: (-_since(rule, changes, first=first), -rule.nth), default=None)


def _forms(change: tzif.Change) -> set[_Rule]:
    """The ways to say an onset: as the nth weekday of its month and, in the last week, as the last."""
    onset = change.onset
    numbers = {(onset.day - 1) // 7 + 1}
    if tzif.nth_weekday(onset.year, onset.month, weekday=onset.weekday(), nth=-1) == onset.date():
        numbers = {*numbers - {5}, -1}
    return {
        _Rule(
            month=onset.month,
            weekday=onset.weekday(),
            nth=nth,
            hour=onset.hour,
            minute=onset.minute,
            second=onset.second,
            before=change.before,
            after=change.after,
        )
        for nth in numbers
    }


def _since(rule: _Rule, changes: Sequence[tzif.Change], *, first: int) -> int:
    """The first year from which a rule held without a break, so that DTSTART seldom depends on the feed.

    At the latest the year before: its onset says what was in force when the first year began.
    """
    held = {change.onset for change in changes if (change.before, change.after) == (rule.before, rule.after)}
    year = first - 1
    while year > 1970 and rule.onset(year - 1) in held and rule.onset(year) in held:
        year -= 1
    return year


def _yearly(kind: _Kind, rule: _Rule, *, since: int, name: str) -> list[str]:
    onset = rule.onset(since)
    return _block(kind, onset, before=rule.before, after=rule.after, name=name, rrule=rule.rrule)


def _single_onsets(zone: str, years: tuple[int, int]) -> list[str]:
    """A block for each onset, and the one that was in force before; the smallest offset is STANDARD."""
    first, last = years
    changes = tzif.changes(zone, last)
    earlier = [change for change in changes if change.onset.year < first][-1:]
    window = [*earlier, *(change for change in changes if first <= change.onset.year)]
    offset, name = tzif.state(zone, first)
    # A zone that did not change its clocks in these years and before has but the offset that it had.
    standard = min((min(change.before, change.after) for change in window), default=offset)
    lines: list[str] = []
    if not earlier:
        lines += _block(_kind(offset, standard), tzif.EPOCH, before=offset, after=offset, name=name)
    for change in window:
        kind = _kind(change.after, standard)
        lines += _block(kind, change.onset, before=change.before, after=change.after, name=change.name)
    return lines


def _kind(offset: int, standard: int) -> _Kind:
    # By size, not by tm_isdst: Europe/Dublin calls its winter daylight saving time, and clients do not.
    return "STANDARD" if offset == standard else "DAYLIGHT"


def _block(
    kind: _Kind, onset: datetime, *, before: int, after: int, name: str, rrule: str | None = None
) -> list[str]:
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{onset:%Y%m%dT%H%M%S}",
        *([rrule] if rrule else []),
        f"TZOFFSETFROM:{_offset(before)}",
        f"TZOFFSETTO:{_offset(after)}",
        f"TZNAME:{name}",
        f"END:{kind}",
    ]


def _offset(seconds: int) -> str:
    sign, seconds = "-" if seconds < 0 else "+", abs(seconds)
    text = f"{sign}{seconds // 3600:02}{seconds // 60 % 60:02}"
    return f"{text}{seconds % 60:02}" if seconds % 60 else text
