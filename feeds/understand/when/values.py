"""Owns what the date and time grammar reads: mentions with the slice of text they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Slice = tuple[int, int]
"""Half-open range of code points in the text that was read."""

Relative = Literal["today", "tomorrow", "this", "next", "following"]
Meridiem = Literal["am", "pm"]
Style = Literal["colon", "dot", "h", "bare", "word", "compact"]
YearFrom = Literal["text", "weekday", "anchor", "frame"]
ZoneFrom = Literal["text", "city", "note", "default", "none"]

YEARS = range(1900, 2201)
"""The years of posts and events: in others zones have no rules, and the day after the last is none at all."""


def real_date(year: int, *, month: int, day: int) -> date | None:
    """The date of three numbers; None where the calendar has none or its year is none of posts."""
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day as written. Months 1-12, weekdays 0 (Monday) to 6; what is not written is None.

    `swapped` is the other (month, day) of an ambiguous `03/04/2024`. `relative` is the kind of a day
    named from another ("tomorrow", "next friday", "the following day").
    """

    at: Slice
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    swapped: tuple[int, int] | None = None
    relative: Relative | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A day, a list ("26 and 27 September") or, where `ranged`, a first and a last day (inclusive)."""

    at: Slice
    days: tuple[Day, ...]
    ranged: bool = False

    @property
    def several(self) -> bool:
        """Whether more than one day is said."""
        return self.ranged or len(self.days) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day as written: hour as it stands (0-24), before any meridiem is applied.

    `padded` is a hour written with a leading zero ("09:05"), the mark of the 24-hour clock.
    """

    at: Slice
    hour: int
    minute: int = 0
    meridiem: Meridiem | None = None
    style: Style = "colon"
    padded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A zone as written. `name` is an IANA name where the words say one, `offset` minutes east of UTC."""

    at: Slice
    text: str
    kind: Literal["iana", "abbreviation", "offset", "region", "local", "city"]
    name: str | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """A slot as written. `duration` is in minutes; `others` say the same instant in further zones."""

    at: Slice
    start: Clock | None
    end: Clock | None = None
    open_end: bool = False
    duration: int | None = None
    zone: Zone | None = None
    others: tuple[Times, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """One date and time expression: days, slots, or both. Several slots of one day stand in `times`.

    `zone` is said once for all of it, and every slot without one of its own has it too. `recurring` is
    "every third Thursday": the words name no single day, so `days` is None.
    """

    at: Slice
    days: Days | None = None
    times: tuple[Times, ...] = ()
    zone: Zone | None = None
    recurring: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something to tell the author, at a slice of the text read."""

    rule: str
    at: Slice
    message: str
    help: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedDays:
    """Real days, sorted; of a range every day. `year_from` says where the year came from."""

    days: tuple[date, ...]
    ranged: bool
    year_from: YearFrom
    problems: tuple[Problem, ...] = ()

    @property
    def first(self) -> date:
        """The earliest day."""
        return self.days[0]

    @property
    def last(self) -> date:
        """The latest day, inclusive."""
        return self.days[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedTimes:
    """A slot on a day: naive local times of `timezone`, or of nobody's where it is None (see Session)."""

    start: datetime
    end: datetime | None
    timezone: str | None
    zone_from: ZoneFrom
    problems: tuple[Problem, ...] = ()
