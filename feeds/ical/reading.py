"""Owns reading a finished feed back with icalendar: what a subscriber gets, as another parser tells it."""

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
    start, end = (component.decoded(name, None) for name in ("DTSTART", "DTEND"))
    if "UID" not in component or not isinstance(start, date) or not isinstance(end, date):
        raise ValueError(f"a VEVENT lacks its UID, start or end: {component.get('UID')}")
    return Entry(uid=str(component["UID"]), summary=str(component.get("SUMMARY", "")), start=start, end=end)
