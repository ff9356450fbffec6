"""Slots as written become instants, or a problem; zone rules are tzdata's, readings a careful person's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

import pytest

from feeds.understand.when import Problem, ResolvedTimes, Zone, find_when, find_zone_note, resolve_times

Meridiem = Literal["am", "pm"]
WINTER, SUMMER = date(2024, 3, 14), date(2024, 7, 4)
CITIES = {"Lisbon": "Europe/Lisbon", "Boston": "America/New_York", "Berlin": "Europe/Berlin"}


def resolved(
    text: str,
    *,
    day: date = WINTER,
    city: str | None = None,
    note: Zone | None = None,
    default: str | None = None,
    neighbours: Sequence[Meridiem] = (),
    cities: Callable[[str], str | None] = CITIES.get,
) -> ResolvedTimes | Problem:
    return resolve_times(
        find_when(text)[0].times[0],
        day=day,
        city_zone=city,
        note_zone=note,
        default_zone=default,
        neighbours=neighbours,
        zone_of_city=cities,
    )


def slot_of(result: ResolvedTimes | Problem, day: date = WINTER) -> str:
    """`14:40 15:10`, the end with `+1` on the next day."""
    assert isinstance(result, ResolvedTimes), result
    assert result.start.date() == day
    if result.end is None:
        return f"{result.start:%H:%M}"
    later = (result.end.date() - day).days
    return f"{result.start:%H:%M} {result.end:%H:%M}" + (f" +{later}" if later else "")


def rules_of(result: ResolvedTimes | Problem) -> list[str]:
    return [result.rule] if isinstance(result, Problem) else [problem.rule for problem in result.problems]


CLOCKS = [
    ("14:40 - 15:10", "14:40 15:10", []),
    ("09:00 - 09:05", "09:00 09:05", []),
    ("9:00 - 10:30", "09:00 10:30", []),
    ("10:00 - 11:00", "10:00 11:00", []),
    ("11:30 - 1:00", "11:30 13:00", []),
    ("12:03 - 12:08", "12:03 12:08", []),
    ("12:00 - 1:30", "12:00 13:30", []),
    ("9am - 5pm", "09:00 17:00", []),
    ("9 - 11:30 am", "09:00 11:30", []),
    ("11 - 1pm", "11:00 13:00", []),
    ("3:35 - 4:20pm", "15:35 16:20", []),
    ("8-10pm", "20:00 22:00", []),
    ("9am - 17:00", "09:00 17:00", []),
    ("10:25am - 10:50", "10:25 10:50", []),
    ("4:15pm - 5:00", "16:15 17:00", []),
    ("11am - 1", "11:00 13:00", []),
    ("09:00 ~ 09:15 am", "09:00 09:15", []),
    ("12pm", "12:00", []),
    ("12am", "00:00", []),
    ("12:30am", "00:30", []),
    ("12:30pm", "12:30", []),
    ("12 noon", "12:00", []),
    ("noon", "12:00", []),
    ("noon - 2pm", "12:00 14:00", []),
    ("430 pm", "16:30", []),
    ("19 Uhr", "19:00", []),
    ("um 7 Uhr", "07:00", []),
    ("14h30", "14:30", []),
    ("8 Uhr abends", "20:00", []),
    ("10pm - 2am", "22:00 02:00 +1", []),
    ("22:00 - 02:00", "22:00 02:00 +1", []),
    ("8pm to midnight", "20:00 00:00 +1", []),
    ("20:00 - 24:00", "20:00 00:00 +1", []),
    ("17:00 until late", "17:00", []),
    ("14:00 (30 min)", "14:00 14:30", []),
    ("23:30, 45 minutes", "23:30 00:15 +1", []),
    ("2pm for 2 hours", "14:00 16:00", []),
    ("14:10 - 14.40", "14:10 14:40", ["time-style"]),
    ("14.10 - 14.40 CET", "14:10 14:40", []),
    ("3:35 - 4:10", "15:35 16:10", ["ambiguous-meridiem"]),
    ("1:50 - 2:25", "13:50 14:25", ["ambiguous-meridiem"]),
    ("6:30", "18:30", ["ambiguous-meridiem"]),
    ("7:00 - 8:00", "19:00 20:00", ["ambiguous-meridiem"]),
    ("8:30", "08:30", []),
    ("06:30", "06:30", []),
    ("06:30 - 07:30", "06:30 07:30", []),
    ("0:30", "00:30", []),
    ("11:00 ~ 12:30 am", "11:00 12:30", ["ambiguous-meridiem"]),
    ("11:00 am - 12:15 am", "11:00 12:15", ["ambiguous-meridiem"]),
]


@pytest.mark.parametrize(("text", "slot", "rules"), CLOCKS)
def test_resolve_times_reads_the_clock(text: str, slot: str, rules: list[str]) -> None:
    result = resolved(text)
    assert slot_of(result) == slot
    assert rules_of(result) == rules


NEIGHBOURS: list[tuple[str, tuple[Meridiem, ...], str, list[str]]] = [
    ("7:30", ("am", "am"), "07:30", []),
    ("7:30", ("pm", "pm"), "19:30", []),
    ("8:00", ("pm",), "20:00", ["ambiguous-meridiem"]),
    ("8:00", ("am", "pm"), "08:00", []),
    ("7:30", ("am", "pm"), "19:30", ["ambiguous-meridiem"]),
    ("1:15", ("am",), "13:15", ["ambiguous-meridiem"]),
]


@pytest.mark.parametrize(("text", "neighbours", "slot", "rules"), NEIGHBOURS)
def test_resolve_times_agrees_with_the_times_beside_it(
    text: str, neighbours: tuple[Meridiem, ...], slot: str, rules: list[str]
) -> None:
    result = resolved(text, neighbours=neighbours)
    assert (slot_of(result), rules_of(result)) == (slot, rules)


REFUSED = [
    ("15:10 - 14:40", "end-before-start"),
    ("2pm - 1pm", "end-before-start"),
    ("14:00 - 14:00", "end-before-start"),
    ("25:00 - 26:00 CET", "impossible-time"),
    ("14:60 - 15:30", "impossible-time"),
    ("13:75 pm", "impossible-time"),
    ("until 22:00", "undated-session"),
]


@pytest.mark.parametrize(("text", "rule"), REFUSED)
def test_resolve_times_refuses_to_guess(text: str, rule: str) -> None:
    result = resolved(text)
    assert isinstance(result, Problem)
    assert result.rule == rule
    assert result.message.count("`") % 2 == 0
    assert result.help


ZONES = [
    # text, day, city's zone, zone, where it is from, rules
    ("14:40", WINTER, None, None, "none", []),
    ("14:40", WINTER, "Europe/Madrid", "Europe/Madrid", "city", []),
    ("14:40 CET", WINTER, "Europe/Madrid", "Europe/Madrid", "city", []),
    ("14:40 CEST", SUMMER, "Europe/Madrid", "Europe/Madrid", "city", []),
    ("14:40 CET", SUMMER, "Europe/Madrid", "Europe/Madrid", "city", ["zone-mismatch"]),
    ("14:40 CEST", WINTER, "Europe/Paris", "Europe/Paris", "city", ["zone-mismatch"]),
    ("14:40 EST", SUMMER, "America/Detroit", "America/Detroit", "city", ["zone-mismatch"]),
    ("14:40 PST", SUMMER, "America/Los_Angeles", "America/Los_Angeles", "city", ["zone-mismatch"]),
    ("14:40 GMT", SUMMER, "Europe/London", "Europe/London", "city", ["zone-mismatch"]),
    ("14:40 GMT", WINTER, "Europe/London", "Europe/London", "city", []),
    ("14:40 BST", SUMMER, "Europe/London", "Europe/London", "city", []),
    ("14:40 CET", WINTER, "Europe/London", "Europe/Paris", "text", ["zone-mismatch"]),
    ("14:40 PST", WINTER, "America/Denver", "America/Los_Angeles", "text", ["zone-mismatch"]),
    ("14:40 IST", SUMMER, "Europe/Dublin", "Europe/Dublin", "city", []),
    ("14:40 IST", WINTER, "Asia/Jerusalem", "Asia/Jerusalem", "city", []),
    ("14:40 IST", WINTER, "Asia/Kolkata", "Asia/Kolkata", "city", []),
    ("14:40 CST", WINTER, "Asia/Shanghai", "Asia/Shanghai", "city", []),
    ("14:40 MSK", WINTER, "Europe/Istanbul", "Europe/Istanbul", "city", []),
    ("14:40 PT", SUMMER, "America/Vancouver", "America/Vancouver", "city", []),
    ("14:40 ET", SUMMER, "America/Toronto", "America/Toronto", "city", []),
    ("14:40 ET", SUMMER, "America/Denver", "America/New_York", "text", ["zone-mismatch"]),
    ("14:40 UTC", WINTER, "Europe/Madrid", "UTC", "text", []),
    ("14:40 UTC", WINTER, None, "UTC", "text", []),
    ("14:40 Z", WINTER, None, None, "none", []),
    ("14:40Z", WINTER, None, "UTC", "text", []),
    ("14:40 GMT", SUMMER, None, "UTC", "text", []),
    ("14:40 CET", WINTER, None, "Europe/Paris", "text", []),
    ("14:40 CET", SUMMER, None, "Europe/Paris", "text", ["zone-mismatch"]),
    ("14:40 MEZ", WINTER, "Europe/Berlin", "Europe/Berlin", "city", []),
    ("14:40 ET", WINTER, None, "America/New_York", "text", []),
    ("2:40 PM PDT", SUMMER, None, "America/Los_Angeles", "text", []),
    ("14:40 IST", WINTER, None, "Asia/Kolkata", "text", []),
    ("14:40 Pacific Time", WINTER, None, "America/Los_Angeles", "text", []),
    ("14:40 Pacific Time", WINTER, "America/Vancouver", "America/Vancouver", "city", []),
    ("14:40 Central European Time", WINTER, "Europe/Vienna", "Europe/Vienna", "city", []),
    ("14:40 Europe/Lisbon", WINTER, None, "Europe/Lisbon", "text", []),
    ("14:40 Europe/Lisbon", WINTER, "Europe/Madrid", "Europe/Lisbon", "text", []),
    ("14:40 GMT+1", WINTER, "Europe/Brussels", "Europe/Brussels", "city", []),
    ("14:40 UTC+1", WINTER, None, "Etc/GMT-1", "text", []),
    ("14:40 UTC-5", WINTER, None, "Etc/GMT+5", "text", []),
    ("14:40 UTC+0", WINTER, None, "UTC", "text", []),
    ("14:40 UTC+5:30", WINTER, None, "Asia/Kolkata", "text", []),
    ("14:40 local time", WINTER, "Asia/Tokyo", "Asia/Tokyo", "city", []),
    ("14:40 local time", WINTER, None, None, "none", ["zone-unknown"]),
    ("2:40pm Lisbon time", WINTER, None, "Europe/Lisbon", "text", []),
    ("2:40pm Atlantis time", WINTER, None, None, "none", ["zone-unknown"]),
    ("2:40pm Atlantis time", WINTER, "Europe/Athens", "Europe/Athens", "city", []),
]


@pytest.mark.parametrize("case", ZONES, ids=lambda case: f"{case[0]} {case[1]:%b} {case[2]}")
def test_resolve_times_decides_the_zone(
    case: tuple[str, date, str | None, str | None, str, list[str]],
) -> None:
    text, day, city, zone, origin, rules = case
    result = resolved(text, day=day, city=city)
    assert slot_of(result, day) == "14:40"
    assert isinstance(result, ResolvedTimes)
    assert (result.timezone, result.zone_from, rules_of(result)) == (zone, origin, rules)


def test_resolve_times_converts_an_offset_that_is_not_the_city_s() -> None:
    result = resolved("14:40 - 15:10 UTC-5", city="Europe/Madrid")
    assert slot_of(result) == "20:40 21:10"
    assert isinstance(result, ResolvedTimes)
    assert result.timezone == "Europe/Madrid"
    assert rules_of(result) == ["zone-mismatch"]


def test_resolve_times_prefers_the_zone_beside_it_to_the_note() -> None:
    note = find_zone_note("All times are in UTC.")
    assert note is not None
    for text, zone, origin in (("14:40 CET", "Europe/Paris", "text"), ("14:40", "UTC", "note")):
        result = resolved(text, note=note, default="Asia/Tokyo")
        assert isinstance(result, ResolvedTimes)
        assert (result.timezone, result.zone_from) == (zone, origin)


def test_resolve_times_falls_back_on_the_default() -> None:
    result = resolved("14:40", default="Asia/Tokyo")
    assert isinstance(result, ResolvedTimes)
    assert (result.timezone, result.zone_from) == ("Asia/Tokyo", "default")


def test_resolve_times_refuses_the_hour_that_the_clocks_skip() -> None:
    # Europe: 31 March 2024, 02:00 is 03:00.
    result = resolved("02:30 - 03:30", day=date(2024, 3, 31), city="Europe/Madrid")
    assert isinstance(result, Problem)
    assert result.rule == "time-in-gap"
    assert result.help == "write `03:30`"


def test_resolve_times_takes_the_first_of_an_hour_that_happens_twice() -> None:
    # Europe: 27 October 2024, 03:00 is 02:00.
    result = resolved("02:30", day=date(2024, 10, 27), city="Europe/Madrid")
    assert isinstance(result, ResolvedTimes)
    assert (result.start.hour, result.start.fold) == (2, 0)
    assert rules_of(result) == ["ambiguous-time"]


def test_resolve_times_lets_a_duration_cross_the_change_of_clocks() -> None:
    result = resolved("01:30 (90 min)", day=date(2024, 3, 31), city="Europe/Madrid")
    assert slot_of(result, date(2024, 3, 31)) == "01:30 04:00"


PAIRS = [
    ("10am PT / 1pm ET", SUMMER, []),
    ("10am PDT / 7pm CEST", SUMMER, []),
    ("17:00 CEST (11:00 EDT)", SUMMER, []),
    ("7-10AM UTC / 12AM PDT", SUMMER, []),
    ("12:45AM UTC / 5:45PM PDT", SUMMER, []),
    ("12:30 PM Boston / 5:30 PM Lisbon", SUMMER, []),
    ("8:45AM UTC / 1:45PM PDT", SUMMER, ["zone-conflict"]),
    ("10am PT / 2pm ET", SUMMER, ["zone-conflict"]),
    ("12:30 PM Boston / 6:30 PM Lisbon", SUMMER, ["zone-conflict"]),
]


@pytest.mark.parametrize(("text", "day", "rules"), PAIRS)
def test_resolve_times_compares_the_zones_of_one_instant(text: str, day: date, rules: list[str]) -> None:
    assert rules_of(resolved(text, day=day)) == rules


def test_resolve_times_names_both_times_of_a_conflict() -> None:
    result = resolved("8:45AM UTC / 1:45PM PDT", day=SUMMER)
    assert isinstance(result, ResolvedTimes)
    (problem,) = result.problems
    assert problem.message == "`08:45 UTC` is `01:45 PDT`, not `1:45 pm PDT`; read as `08:45 UTC`"
    assert problem.help == "write `01:45 PDT`"


NOTES = [
    ("All times are in CET.", "CET"),
    ("All times in CEST (Amsterdam)", "CEST"),
    ("Time (PST)", "PST"),
    ("Date & Time (PST)", "PST"),
    ("(times are UTC)", "UTC"),
    ("Times are given in UTC+2.", "UTC+2"),
    ("All times mentioned are in Eastern Daylight Time (EDT)", "Eastern Daylight Time"),
    ("All times are local time", "local time"),
    ("the schedule is in Europe/Oslo time", "Europe/Oslo"),
    ("Alle Zeiten in MEZ", "MEZ"),
    ("Uhrzeit (MESZ)", "MESZ"),
    ("Heures en CET", "CET"),
    ("Todas las horas en CET", "CET"),
    ("Orari in CET", "CET"),
    ("Alle tijden in CET", "CET"),
    ("Horários em BRT", "BRT"),
    ("Time", None),
    ("It took a long time. CET is a zone", None),
    ("time 14:00 CET", None),
    ("It is time to talk", None),
    ("times ET al", "ET"),
]


@pytest.mark.parametrize(("text", "zone"), NOTES)
def test_find_zone_note_reads_what_covers_all_times(text: str, zone: str | None) -> None:
    note = find_zone_note(text)
    assert (note.text if note else None) == zone
    if note:
        assert text[slice(*note.at)] == zone


@pytest.mark.parametrize(
    ("text", "start", "zone", "rules"),
    [
        ("02:30", "2027-10-31 02:30", "Europe/Madrid", ["ambiguous-time"]),
        ("02:30 CEST", "2027-10-31 02:30", "Europe/Madrid", []),
        ("02:30 UTC+2", "2027-10-31 02:30", "Europe/Madrid", []),
        ("02:30 CET", "2027-10-31 01:30", "UTC", []),
        ("02:30 UTC+1", "2027-10-31 01:30", "UTC", []),
        ("03:30 CET", "2027-10-31 03:30", "Europe/Madrid", []),
    ],
)
def test_the_zone_settles_which_is_meant_of_a_time_that_happens_twice(
    text: str, start: str, zone: str, rules: list[str]
) -> None:
    result = resolved(text, day=date(2027, 10, 31), city="Europe/Madrid")
    assert isinstance(result, ResolvedTimes)
    assert (f"{result.start:%Y-%m-%d %H:%M}", result.timezone, rules_of(result)) == (start, zone, rules)


@pytest.mark.parametrize(
    ("note", "city", "zone", "rules"),
    [
        ("Europe/Berlin", "Europe/London", "Europe/Berlin", ["zone-mismatch"]),
        ("Europe/Berlin", "Europe/Paris", "Europe/Paris", []),
        ("UTC", "Europe/Paris", "UTC", []),
        ("Europe/Berlin", None, "Europe/Berlin", []),
    ],
)
def test_a_zone_noted_for_all_times_is_held_against_the_city(
    note: str, city: str | None, zone: str, rules: list[str]
) -> None:
    noted = Zone(at=(0, 0), text=note, kind="iana", name=note)
    result = resolved("14:40", day=SUMMER, city=city, note=noted)
    assert isinstance(result, ResolvedTimes)
    assert (result.timezone, rules_of(result)) == (zone, rules)
