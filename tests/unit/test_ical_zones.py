"""Owns the proof of VTIMEZONE: its rules, read by other eyes, give the times that zoneinfo gives."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from io import StringIO

import icalendar
import pytest
from dateutil.tz import tzical

import feeds
from feeds.ical import vtimezone
from tests.conformance.zone_reader import Zone, read_zone

ZONES = sorted(zoneinfo.available_timezones())
NAMED = (
    "Europe/Dublin", "Africa/Casablanca", "America/Santiago", "Asia/Kolkata", "Australia/Lord_Howe",
    "Africa/Cairo", "America/Vancouver", "Europe/Paris", "America/New_York", "Asia/Gaza", "America/Nuuk",
    "Antarctica/Troll", "America/Havana", "Asia/Jerusalem", "Africa/El_Aaiun", "Pacific/Chatham",
)  # fmt: skip
STRIDE = 12  # of the quarter hours more than 2.5 hours away from a transition
QUARTER, MARGIN, WEEK = timedelta(minutes=15), timedelta(hours=36), timedelta(days=7)

assert feeds.__version__  # importing the package takes the zones from tzdata


@cache
def transitions(name: str) -> tuple[datetime, ...]:
    """Every change of offset until 2040, searched for in zoneinfo, in UTC; of most zones since 2024."""
    zone = zoneinfo.ZoneInfo(name)
    found = []
    low = datetime(1994 if name in NAMED else 2024, 1, 1, tzinfo=UTC)
    offset = low.astimezone(zone).utcoffset()
    while low.year < 2040:
        high = low + WEEK
        later = high.astimezone(zone).utcoffset()
        if later != offset:
            found.append(_between(zone, low, high))
        low, offset = high, later
    return tuple(found)


def _between(zone: zoneinfo.ZoneInfo, low: datetime, high: datetime) -> datetime:
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) // 2
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    return high.replace(second=0, microsecond=0)


def moments(name: str, first: int, last: int) -> Iterator[datetime]:
    """Instants around each transition, near ones by quarter hours, and from each year's ends and middle."""
    zone = zoneinfo.ZoneInfo(name)
    spread = int(MARGIN / QUARTER)
    steps = [n for n in range(-spread, spread + 1) if abs(n) <= 10 or n % STRIDE == 0]
    for change in transitions(name):
        if first <= change.year <= last:
            yield from (change + number * QUARTER for number in steps)
    for year in range(first, last + 1):
        yield from (
            datetime(year, month, 1, hour, tzinfo=zone).astimezone(UTC)
            for month in (1, 7)
            for hour in (0, 12)
        )
        yield datetime(year, 12, 31, 23, 45, tzinfo=zone).astimezone(UTC)


def read(name: str, first: int, last: int) -> Zone:
    lines = vtimezone(name, (first, last)).decode("ascii").split("\r\n")
    assert lines.pop() == ""
    return read_zone(lines, last + 1)


def wrong(name: str, first: int, last: int) -> list[datetime]:
    """The instants at which the VTIMEZONE and zoneinfo differ, from UTC or from local time."""
    zone, mine = zoneinfo.ZoneInfo(name), read(name, first, last)
    found = []
    for moment in moments(name, first, last):
        local = moment.astimezone(zone)
        offset = local.utcoffset()
        assert offset is not None
        if not first <= local.year <= last:
            continue
        twice = offset != local.replace(fold=1 - local.fold).utcoffset()
        by_clock = offset if twice else timedelta(seconds=mine.of(local.replace(tzinfo=None, fold=0)))
        if timedelta(seconds=mine.at(moment)) != offset or by_clock != offset:
            found.append(moment)
    return found


@pytest.mark.parametrize("years", [(2025, 2027), (2026, 2026), (2037, 2037)])
def test_vtimezone_of_every_zone_agrees_with_zoneinfo(years: tuple[int, int]) -> None:
    assert {name: bad[:3] for name in ZONES if (bad := wrong(name, *years))} == {}


@pytest.mark.parametrize("name", NAMED)
def test_vtimezone_of_each_year_agrees_with_zoneinfo(name: str) -> None:
    assert [(year, bad[:3]) for year in range(1996, 2039, 3) if (bad := wrong(name, year, year))] == []


@pytest.mark.parametrize("name", NAMED)
def test_vtimezone_of_all_years_agrees_with_zoneinfo(name: str) -> None:
    assert wrong(name, 2010, 2030) == []


def kinds(name: str, first: int, last: int) -> list[tuple[str, bool]]:
    return [(each.kind, each.rule is not None) for each in read(name, first, last).observances]


@pytest.mark.parametrize("name", ZONES)
def test_vtimezone_has_the_form_that_outlook_reads(name: str) -> None:
    """One yearly pair or one fixed offset wherever zoneinfo shows two changes a year, or none."""
    zone = zoneinfo.ZoneInfo(name)
    changes = [
        (change + (change - QUARTER).astimezone(zone).utcoffset()).replace(tzinfo=None)  # type: ignore[operator]
        for change in transitions(name)
        if 2027 <= change.year <= 2029
    ]
    found = kinds(name, 2027, 2028)
    if not changes:
        assert found == [("STANDARD", False)]
    weeks = {(change.month, change.weekday(), change.hour, (change.day - 1) // 7) for change in changes}
    if len(changes) == 6 and len(weeks) == 2:
        assert found == [("DAYLIGHT", True), ("STANDARD", True)]


# Written by a careful person from the zones' laws as tzdata tells them.
PARIS = """\
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
"""
KOLKATA = """\
BEGIN:VTIMEZONE
TZID:Asia/Kolkata
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0530
TZOFFSETTO:+0530
TZNAME:IST
END:STANDARD
END:VTIMEZONE
"""


@pytest.mark.parametrize(("name", "expected"), [("Europe/Paris", PARIS), ("Asia/Kolkata", KOLKATA)])
def test_vtimezone_reads_as_expected(name: str, expected: str) -> None:
    assert vtimezone(name, (2026, 2027)).decode() == expected.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("name", "years", "expected"),
    [
        # Ireland's law calls winter the exception; a calendar has DAYLIGHT in summer.
        ("Europe/Dublin", (2026, 2026), [("DAYLIGHT", 0, 3600), ("STANDARD", 3600, 0)]),
        ("Australia/Lord_Howe", (2026, 2026), [("DAYLIGHT", 37800, 39600), ("STANDARD", 39600, 37800)]),
        # British Columbia changes its clocks for the last time in March 2026.
        ("America/Vancouver", (2026, 2026), [("STANDARD", -25200, -28800), ("DAYLIGHT", -28800, -25200)]),
        ("America/Vancouver", (2027, 2027), [("STANDARD", -25200, -25200)]),
        # Brazil gave summer time up in 2019.
        ("America/Sao_Paulo", (2024, 2024), [("STANDARD", -10800, -10800)]),
        ("Etc/GMT+5", (2024, 2024), [("STANDARD", -18000, -18000)]),
    ],
)
def test_vtimezone_kinds_by_size_of_offset(
    name: str, years: tuple[int, int], expected: list[tuple[str, int, int]]
) -> None:
    assert [(each.kind, each.before, each.after) for each in read(name, *years).observances] == expected


@pytest.mark.parametrize("name", ["Europe/Paris", "America/New_York", "Europe/Dublin", "Asia/Kolkata"])
def test_vtimezone_of_regular_zone_does_not_depend_on_the_years(name: str) -> None:
    assert len({vtimezone(name, (first, first + 3)) for first in range(2010, 2030)}) == 1


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Europe",
        "Europe/Nowhere",
        "../zones.py",
        "/etc/localtime",
        "Europe\\Paris",
        "Eu\r\nrope",
        "zone.tab",
    ],
)
def test_vtimezone_of_no_zone_raises(name: str) -> None:
    with pytest.raises(LookupError):
        vtimezone(name, (2026, 2026))


# dateutil and icalendar read a local time in the hour that comes twice as either; those are left out.
def clear(name: str, first: int, last: int) -> list[datetime]:
    zone = zoneinfo.ZoneInfo(name)
    locals_ = [moment.astimezone(zone) for moment in moments(name, first, last)]
    return [
        local.replace(tzinfo=None)
        for local in locals_
        if first <= local.year <= last
        and all(
            (local + shift).replace(fold=0).utcoffset() == (local + shift).replace(fold=1).utcoffset()
            for shift in (timedelta(0), timedelta(hours=1), timedelta(hours=-1))
        )
    ][::5]


@pytest.mark.parametrize("name", [*NAMED, *ZONES[::23]])
def test_vtimezone_in_dateutil_agrees_with_zoneinfo(name: str) -> None:
    text = vtimezone(name, (2025, 2027)).decode()
    other, zone = tzical(StringIO(text)).get(name), zoneinfo.ZoneInfo(name)
    assert [
        local
        for local in clear(name, 2025, 2027)
        if local.replace(tzinfo=other).utcoffset() != local.replace(tzinfo=zone).utcoffset()
    ] == []


@pytest.mark.parametrize("name", [*NAMED, *ZONES[::23]])
def test_vtimezone_in_icalendar_agrees_with_zoneinfo(name: str) -> None:
    renamed = vtimezone(name, (2025, 2027)).replace(f"TZID:{name}".encode(), b"TZID:X-Nobody-Knows")
    component = icalendar.Timezone.from_ical(renamed)
    assert isinstance(component, icalendar.Timezone)
    other, zone = component.to_tz(lookup_tzid=False), zoneinfo.ZoneInfo(name)
    assert [
        local
        for local in clear(name, 2025, 2027)
        if local.replace(tzinfo=other).utcoffset() != local.replace(tzinfo=zone).utcoffset()
    ] == []
