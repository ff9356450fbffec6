"""Owns days, moments and durations in front matter: ISO 8601, or the words that prose would use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from feeds.understand.structured.entry import Entry
from feeds.understand.when import find_when, resolve_days, resolve_times
from feeds.understand.when.values import YEARS, Days, Problem, ResolvedTimes, Times

LONGEST: Final = timedelta(days=366)

_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ISO_RANGE: Final = re.compile(
    r"(\d{4}-\d{2}-\d{2})\s{0,4}(?:/|--|-|–|—|\.\.|to|until)\s{0,4}(\d{4}-\d{2}-\d{2})", re.ASCII
)
_ISO_MOMENT: Final = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)\s?(Z|[+-]\d{2}:?\d{2})?", re.ASCII
)
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_ISO_DURATION: Final = re.compile(r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,5})M)?)?", re.ASCII)
_DURATION: Final = re.compile(
    r"(?:(\d{1,3}(?:\.\d{1,2})?)\s?(?:d|days?))?\s{0,4}(?:(\d{1,3}(?:\.\d{1,2})?)\s?(?:h|hrs?|hours?))?\s{0,4}"
    r"(?:(\d{1,5})\s?(?:m|min|mins|minutes?)?)?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What one field says: a day or a local time of `timezone` (None: of whatever zone holds there).

    `end` is the end of a range that the same words give; for days it is the last, inclusive.
    """

    start: datetime | date
    end: datetime | date | None = None
    timezone: str | None = None


def read_days(entry: Entry, key: str) -> tuple[date, date] | None:
    """The first and last day that a field says, both inclusive.

    Reports: invalid-value, impossible-date, and what `resolve_days` reports.
    """
    text = entry.line(key)
    if text is None:
        return None
    if _ISO_DAY.fullmatch(text):
        day = _iso_day(entry, key, text)
        return (day, day) if day else None
    if found := _ISO_RANGE.fullmatch(text):
        first, last = _iso_day(entry, key, found[1]), _iso_day(entry, key, found[2])
        return (first, last) if first and last else None
    if found := _ISO_MOMENT.fullmatch(text):
        day = _iso_day(entry, key, found[1])
        return (day, day) if day else None
    days, times = _words(text)
    if days is None or times is not None:
        entry.wrong(key, "a day", example=entry.day)
        return None
    return _resolved_days(entry, key, days)


def read_moment(entry: Entry, key: str, *, day: date | None, zone: str | None) -> Moment | None:
    """The day or local time that a field says; a bare time needs the day it is on.

    Reports: invalid-value, impossible-date, impossible-time, missing-value, and what the resolvers report.
    """
    text = entry.line(key)
    if text is None:
        return None
    if found := _ISO_MOMENT.fullmatch(text):
        return _iso_moment(entry, key, found, zone=zone)
    if _ISO_DAY.fullmatch(text) or _ISO_RANGE.fullmatch(text):
        days = read_days(entry, key)
        return _whole(*days) if days else None
    if found := _CLOCK.fullmatch(text):
        return _clock(entry, key, found, day=day)
    return _worded(entry, key, text, day=day, zone=zone)


def read_duration(entry: Entry) -> timedelta | None:
    """How long `duration` says: minutes, `1h30`, `90 min`, `PT1H30M`, `2 days`.

    Reports: invalid-value.
    """
    text = entry.line("duration")
    if text is None:
        return None
    found = _ISO_DURATION.fullmatch(text) or _DURATION.fullmatch(text)
    clock = _CLOCK.fullmatch(text)
    if clock is not None and clock[3] is None:
        length = timedelta(hours=int(clock[1]), minutes=int(clock[2]))
    elif found is not None:
        days, hours, minutes = (float(part or 0) for part in found.groups())
        length = timedelta(days=days, hours=hours, minutes=minutes)
    else:
        length = timedelta()
    if timedelta() < length <= LONGEST:
        return length
    entry.wrong("duration", "a length of time", example="45 min")
    return None


def _iso_day(entry: Entry, key: str, text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        message = f"`{text}` is no day of the calendar"
        entry.book.tell("impossible-date", message, span=entry.span(key), help=entry.pair(key, entry.day))
        return None
    return day


def _iso_moment(entry: Entry, key: str, found: re.Match[str], *, zone: str | None) -> Moment | None:
    day = _iso_day(entry, key, found[1])
    clock = _time(entry, key, found[2])
    if day is None or clock is None:
        return None
    local = datetime.combine(day, clock)
    if found[3] is None:
        return Moment(start=local)
    offset = found[3].replace("Z", "+00:00")
    try:
        instant = datetime.fromisoformat(f"{local.isoformat()}{offset}")
        # Without any zone the instant is still known.
        return Moment(
            start=instant.astimezone(ZoneInfo(zone or "UTC")).replace(tzinfo=None), timezone=zone or "UTC"
        )
    except (ValueError, OverflowError):
        entry.wrong(key, "a day and a time", example=f"{entry.day} 14:40")
        return None


def _clock(entry: Entry, key: str, found: re.Match[str], *, day: date | None) -> Moment | None:
    clock = _time(entry, key, found[0])
    if clock is None:
        return None
    if day is None:
        message = f"`{entry.named(key)}` is `{found[0]}`, but nothing says on which day"
        entry.book.tell("missing-value", message, span=entry.span(key), help=entry.pair("date", entry.day))
        return None
    return Moment(start=datetime.combine(day, clock))


def _time(entry: Entry, key: str, text: str) -> time | None:
    hour, minute, second = (int(part) for part in (text.partition(".")[0] + ":0").split(":")[:3])
    if hour < 24 and minute < 60 and second < 60:
        return time(hour, minute)
    message = f"`{text}` is no time of day"
    entry.book.tell(
        "impossible-time", message, span=entry.span(key), help=entry.pair(key, f"{entry.day} 14:40")
    )
    return None


def _words(text: str) -> tuple[Days | None, Times | None]:
    """The days and the slot that the words say, where they say nothing else."""
    found = find_when(text)
    if len(found) != 1 or re.search(r"\w", text[: found[0].at[0]] + text[found[0].at[1] :]):
        return None, None
    when = found[0]
    return when.days, when.times[0] if len(when.times) == 1 else None


def _resolved_days(entry: Entry, key: str, days: Days) -> tuple[date, date] | None:
    found = resolve_days(days, anchor=entry.book.anchor, frame=entry.book.year_frame)
    for problem in [found] if isinstance(found, Problem) else found.problems:
        entry.book.tell(problem.rule, problem.message, span=entry.span(key), help=problem.help)
    return None if isinstance(found, Problem) else (found.first, found.last)


def _worded(entry: Entry, key: str, text: str, *, day: date | None, zone: str | None) -> Moment | None:
    days, times = _words(text)
    if days is None and times is None:
        entry.wrong(key, "a day or a time", example=f"{entry.day} 14:40")
        return None
    last: date | None = None
    if days is not None:
        found = _resolved_days(entry, key, days)
        if found is None:
            return None
        day, last = found
    if times is None:
        return _whole(day, last or day) if day else None
    if day is None:
        message = f"`{entry.named(key)}` is `{text}`, but nothing says on which day"
        entry.book.tell("missing-value", message, span=entry.span(key), help=entry.pair("date", entry.day))
        return None
    return _slot(entry, key, times, day=day, zone=zone)


def _whole(first: date, last: date) -> Moment:
    return Moment(start=first, end=last if last != first else None)


def _slot(entry: Entry, key: str, times: Times, *, day: date, zone: str | None) -> Moment | None:
    found = resolve_times(times, day=day, city_zone=zone, note_zone=None, default_zone=zone)
    for problem in [found] if isinstance(found, Problem) else found.problems:
        entry.book.tell(problem.rule, problem.message, span=entry.span(key), help=problem.help)
    if isinstance(found, Problem):
        return None
    if zone is None or found.timezone in (None, zone):
        return Moment(start=found.start, end=found.end, timezone=found.timezone)
    return _moved(found, zone)


def _moved(found: ResolvedTimes, zone: str) -> Moment:
    """The same instants on the clocks of another zone."""
    assert found.timezone is not None  # noqa: S101 - the caller asked
    source, target = ZoneInfo(found.timezone), ZoneInfo(zone)
    start, end = (
        moment.replace(tzinfo=source).astimezone(target).replace(tzinfo=None) if moment else None
        for moment in (found.start, found.end)
    )
    assert start is not None  # noqa: S101 - a resolved slot has a start
    return Moment(start=start, end=end, timezone=zone)
