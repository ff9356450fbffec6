"""Owns how a moment is written: which of DATE, local time with TZID and UTC stands in DTSTART and DTEND."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import vDate, vDatetime

from feeds.ical.zones import UTC_NAMES

NOMINAL = timedelta(minutes=30)
"""How long a timed session without a known end stands in a calendar; its description says so.

RFC 5545 section 3.6.1 lets such a VEVENT end when it starts. But a lone DTSTART lasts a whole day in khal,
DTEND equal to DTSTART is refused by calcurse, and both are a hairline that nobody can hit in Google and
Apple Calendar. All readers agree only on a DTEND that is later.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """DTSTART and DTEND, two lines joined by CRLF, the zone they name and its years, and the start in UTC.

    `timezone` is None for days and UTC; `nominal` where the end is not known and `NOMINAL` stands instead.
    """

    lines: str
    timezone: str | None
    years: tuple[int, int]
    start: str
    nominal: bool = False


def all_day(start: date, end: date | None) -> Slot:
    """Days, the end exclusive: always written, or twelve readers show no end and one a second day."""
    end = end if end is not None and end > start else start + timedelta(days=1)
    lines = f"DTSTART;VALUE=DATE:{_day(start)}\r\nDTEND;VALUE=DATE:{_day(end)}"
    return Slot(lines=lines, timezone=None, years=(start.year, end.year), start=f"{_day(start)}T000000Z")


def timed(start: datetime, end: datetime | None, *, timezone: str) -> Slot:
    """Local times with their TZID; UTC where that is the zone or a local time would not say which is meant.

    Raises: ValueError for naive times.
    """
    start = _in_zone(start, timezone)
    begins = start.astimezone(UTC)
    end = _in_zone(end, timezone) if end is not None else start
    ends = end.astimezone(UTC)
    nominal = ends <= begins
    if nominal:
        ends = begins + NOMINAL
        end = ends.astimezone(start.tzinfo)
    years, instant = (start.year, end.year), f"{_local(begins)}Z"
    if timezone in UTC_NAMES or not (_says_itself(start) and _says_itself(end)):
        lines = f"DTSTART:{instant}\r\nDTEND:{_local(ends)}Z"
        return Slot(lines=lines, timezone=None, years=years, start=instant, nominal=nominal)
    lines = f"DTSTART;TZID={timezone}:{_local(start)}\r\nDTEND;TZID={timezone}:{_local(end)}"
    return Slot(lines=lines, timezone=timezone, years=years, start=instant, nominal=nominal)


@lru_cache(maxsize=4096)
def utc(moment: datetime) -> str:
    """A UTC DATE-TIME: the times of revisions, which many sessions share.

    Raises: ValueError for a naive one.
    """
    if moment.tzinfo is None:
        raise ValueError("a revision time has to be aware")
    return str(vDatetime(moment.astimezone(UTC)).to_ical(), "ascii")  # type: ignore[no-untyped-call]


def _in_zone(moment: datetime, timezone: str) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be published")
    if getattr(moment.tzinfo, "key", None) == timezone:
        return moment
    return moment.astimezone(ZoneInfo(timezone))


def _says_itself(moment: datetime) -> bool:
    """Whether a local time stands for this one instant: not in a gap, not in the hour that happens twice.

    RFC 5545 section 3.3.5 reads a local time that happens twice as the first, but ical.js, libical and khal
    read the second; in UTC all agree.
    """
    return moment.utcoffset() == moment.replace(fold=1 - moment.fold).utcoffset()


@lru_cache(maxsize=4096)
def _day(day: date) -> str:
    return str(vDate(day).to_ical(), "ascii")  # type: ignore[no-untyped-call]


def _local(moment: datetime) -> str:
    # By hand: vDatetime takes 9 µs, five times as long, and there are three of these in every VEVENT.
    return f"{_day(moment.date())}T{moment.hour:02}{moment.minute:02}{moment.second:02}"
