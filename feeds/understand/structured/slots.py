"""Owns when a session of the front matter is: its own fields first, then those of the session it changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from feeds.understand.draft import DraftSession
from feeds.understand.structured.entry import Entry
from feeds.understand.structured.moments import Moment, read_days, read_duration, read_moment

TIME_KEYS: Final = frozenset({"date", "start", "end", "duration", "all_day", "timezone"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Start and end as a `DraftSession` has them: naive local times of `timezone`, or days, half-open."""

    start: datetime | date | None = None
    end: datetime | date | None = None
    timezone: str | None = None


def read_slot(entry: Entry, base: DraftSession | None, *, day: date | None, zone: str | None) -> Slot:
    """When the session is. `base` is what prose said of it, `day` its only possible day, `zone` its place's.

    Reports: time-in-gap, ambiguous-time, end-before-start, invalid-value, and what reading moments reports.
    """
    own = entry.zone()
    zone = own or (base.timezone if base else None) or zone
    days = read_days(entry, "date") if entry.has("date") else None
    start, zone = _start(entry, base, days=days, day=day, zone=zone)
    if entry.flag("all_day") is True and start is not None:
        start = Moment(start=day_of(start.start), end=start.end if start.end is None else day_of(start.end))
    if start is None:
        return Slot(timezone=zone)
    if not isinstance(start.start, datetime):
        return _whole_days(entry, start, base, days=days)
    first = _checked(entry, "start", start.start, zone)
    if first is None:
        return Slot(timezone=zone)
    return Slot(start=first, end=_end(entry, start, base, zone=zone), timezone=zone)


def _start(
    entry: Entry,
    base: DraftSession | None,
    *,
    days: tuple[date, date] | None,
    day: date | None,
    zone: str | None,
) -> tuple[Moment | None, str | None]:
    """The start and the zone that it is in."""
    before = base.start if base else None
    if entry.has("start"):
        known = days[0] if days else (day_of(before) if before is not None else day)
        found = read_moment(entry, "start", day=known, zone=zone)
        if found is not None and days and not isinstance(found.start, datetime):
            return Moment(start=days[0], end=days[1]), zone
        return found, (found.timezone if found and found.timezone else zone)
    if "start" in entry.data or (entry.has("date") and days is None):
        return None, zone
    if days is not None:
        moved = _on(before, days[0]) if isinstance(before, datetime) else None
        return Moment(start=moved or days[0], end=None if moved else days[1]), zone
    return (Moment(start=before) if before is not None else None), zone


def _whole_days(
    entry: Entry, start: Moment, base: DraftSession | None, *, days: tuple[date, date] | None
) -> Slot:
    """An all-day session; its end is exclusive."""
    first = day_of(start.start)
    end = read_moment(entry, "end", day=first, zone=None) if entry.has("end") else None
    length = read_duration(entry) if entry.has("duration") else None
    last = day_of(end.start) if end else day_of(start.end) if start.end else days[1] if days else None
    if last is None and length is not None:
        last = first + timedelta(days=max(-(-length // timedelta(days=1)), 1) - 1)
    if last is None and base is not None and base.end is not None and not isinstance(base.end, datetime):
        last = base.end - timedelta(days=1) if base.end > first else None
    last = last or first
    if last < first:
        _tell_order(entry, "end" if end else "date", f"{last}", f"{first}")
        last = first
    return Slot(start=first, end=last + timedelta(days=1))


def _end(entry: Entry, start: Moment, base: DraftSession | None, *, zone: str | None) -> datetime | None:
    first = start.start
    assert isinstance(first, datetime)  # noqa: S101 - the caller asked
    if entry.has("end"):
        return _own_end(entry, first, zone)
    if entry.has("duration"):
        length = read_duration(entry)
        return _after(first, length, zone) if length else None
    if isinstance(start.end, datetime):
        return start.end if start.end > first else None
    if "end" in entry.data or base is None or not isinstance(base.end, datetime):
        return None
    return first + (base.end - base.start) if isinstance(base.start, datetime) else None


def _own_end(entry: Entry, first: datetime, zone: str | None) -> datetime | None:
    found = read_moment(entry, "end", day=first.date(), zone=zone)
    if found is None or not isinstance(found.start, datetime):
        if found is not None:
            entry.wrong(
                "end", "a time, as the start is", example=f"{first + timedelta(minutes=30):%Y-%m-%d %H:%M}"
            )
        return None
    end = found.start
    bare = len(entry.line("end") or "") <= len("12:00:00")
    if bare and end <= first and first.hour >= 17 and end.hour <= 6:
        end += timedelta(days=1)  # a party from 22:00 to 01:00
    if end <= first:
        _tell_order(entry, "end", f"{end:%Y-%m-%d %H:%M}", f"{first:%Y-%m-%d %H:%M}")
        return None
    return _checked(entry, "end", end, zone)


def _after(first: datetime, length: timedelta, zone: str | None) -> datetime:
    """A duration is real time: across a change of clocks the local end moves along."""
    if zone is None:
        return first + length
    there = ZoneInfo(zone)
    return datetime.fromtimestamp(
        first.replace(tzinfo=there).timestamp() + length.total_seconds(), there
    ).replace(tzinfo=None)


def _checked(entry: Entry, key: str, local: datetime, zone: str | None) -> datetime | None:
    """The time, if the zone has it (RFC 5545, 3.3.5); where it has it twice, the first holds."""
    if zone is None:
        return local
    there = ZoneInfo(zone)
    aware = local.replace(tzinfo=there)
    back = datetime.fromtimestamp(aware.timestamp(), there).replace(tzinfo=None)
    where = key if entry.has(key) else "date" if entry.has("date") else key
    if back != local:
        message = f"`{local:%Y-%m-%d %H:%M}` does not exist in {zone}: clocks skip it"
        entry.book.tell(
            "time-in-gap", message, span=entry.span(where), help=entry.pair(key, f"{back:%Y-%m-%d %H:%M}")
        )
        return None
    if aware.utcoffset() != aware.replace(fold=1).utcoffset():
        message = f"`{local:%Y-%m-%d %H:%M}` happens twice in {zone}; the first is meant"
        later = aware.replace(fold=1).isoformat(timespec="minutes")
        entry.book.tell("ambiguous-time", message, span=entry.span(where), help=entry.pair(key, later))
    return local


def _tell_order(entry: Entry, key: str, end: str, start: str) -> None:
    entry.book.tell(
        "end-before-start",
        f"the session ends at `{end}`, not after it starts at `{start}`",
        span=entry.span(key),
        help="put the later time into `end`",
    )


def day_of(moment: datetime | date) -> date:
    """The day of a time, or a day as it is."""
    return moment.date() if isinstance(moment, datetime) else moment


def _on(moment: datetime, day: date) -> datetime:
    return moment.replace(year=day.year, month=day.month, day=day.day)
