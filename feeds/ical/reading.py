"""Owns reading a finished feed back with icalendar: what a subscriber gets, told by somebody else's parser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from icalendar import Calendar, Component


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A VEVENT as icalendar read it."""

    uid: str
    summary: str
    start: datetime | date
    end: datetime | date


def read_back(data: bytes) -> tuple[Entry, ...]:
    """The VEVENTs of a feed in the order they stand in.

    Raises: ValueError where icalendar cannot read it, or a VEVENT lacks what each of ours has.
    """
    calendar = Calendar.from_ical(data)
    if not isinstance(calendar, Calendar):
        raise ValueError("not one calendar")
    broken = [error for component in calendar.walk() for error in component.errors]
    if broken:
        raise ValueError(f"icalendar finds errors: {broken}")
    return tuple(_entry(component) for component in calendar.walk("VEVENT"))


def _entry(component: Component) -> Entry:
    try:
        uid, summary, start, end = (component[name] for name in ("UID", "SUMMARY", "DTSTART", "DTEND"))
    except KeyError as problem:
        raise ValueError(f"a VEVENT has no {problem}") from problem
    return Entry(uid=str(uid), summary=str(summary), start=start.dt, end=end.dt)
