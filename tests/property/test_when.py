"""What holds for every text: written dates come back, slices lie in it, hostile input costs linear time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.understand.when import (
    Problem,
    ResolvedDays,
    ResolvedTimes,
    When,
    find_when,
    find_year,
    find_zone_note,
    parse_post_date,
    resolve_days,
    resolve_times,
)

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
}
DATES: dict[str, tuple[str, ...]] = {
    "en": ("{d} {m} {y}", "{m} {d}, {y}", "{w}, {m} {d}, {y}", "{w} {d} {m} {y}"),
    "fr": ("{d} {m} {y}", "{w} {d} {m} {y}", "le {w} {d} {m} {y}"),
    "es": ("{d} de {m} de {y}", "{w} {d} de {m} de {y}", "{w}, {d} {m} {y}"),
    "de": ("{d}. {m} {y}", "{w}, {d}. {m} {y}", "{w}, den {d}. {m} {y}"),
    "it": ("{d} {m} {y}", "{w} {d} {m} {y}"),
    "pt": ("{d} de {m} de {y}", "{w}, {d} de {m} de {y}"),
    "nl": ("{d} {m} {y}", "{w} {d} {m} {y}"),
}
CLOCKS = (
    "{h:02d}:{n:02d}",
    "{h}:{n:02d} h",
    "{h}h{n:02d}",
    "{t}:{n:02d} {a}m",
    "{t}:{n:02d}{a}m",
    "{h:02d}:{n:02d} Uhr",
)
JOINS = (
    "{day}, {slot}",
    "{day} • {slot}",
    "{day} {slot}",
    "{slot}, {day}",
    "{day} | {slot}",
    "{day} ({slot})",
)

days = st.dates(date(2001, 1, 1), date(2099, 12, 31))
languages = st.sampled_from(sorted(DATES))
minutes = st.integers(0, 23 * 60 + 59)
PIECES = """
    am pm AM Uhr h h30 h. CET UTC GMT+1 Europe/ PT Mon Mon. Monday mar Mar Sun March März may May sept de del
    a à to bis until and e 14 14. 2024 00 9 31 st th the following day next this weekend tomorrow noon late
    every third New York time / min hour 's T Z +01:00 Z. 10:00 9:30 14.40 14h 3/4 2024-03-14 İ ß ǅ ﬁ ٣ ² ①
"""
alphabet = st.sampled_from([*"0123456789.:,-–/|()@&~ \n\t*_'’\u200b\u00a0", *PIECES.split()])


def written(day: date, language: str, template: str) -> str:
    return template.format(
        d=day.day,
        m=MONTHS[language].split()[day.month - 1],
        w=WEEKDAYS[language].split()[day.weekday()],
        y=day.year,
    )


def clock(minute: int, template: str) -> str:
    hour = minute // 60
    return template.format(h=hour, n=minute % 60, t=(hour + 11) % 12 + 1, a="ap"[hour // 12])


def slices(when: When) -> list[tuple[int, int]]:
    found = [when.at]
    found += [when.days.at, *(day.at for day in when.days.days)] if when.days else []
    for slot in when.times:
        for each in (slot, *slot.others):
            found += [part.at for part in (each, each.start, each.end, each.zone) if part]
    return found


@given(day=days, language=languages, data=st.data())
def test_a_written_date_comes_back(day: date, language: str, data: st.DataObject) -> None:
    text = written(day, language, data.draw(st.sampled_from(DATES[language])))
    (when,) = find_when(text)
    assert when.days is not None
    result = resolve_days(when.days, anchor=None)
    assert isinstance(result, ResolvedDays)
    assert (result.days, result.year_from, result.problems) == ((day,), "text", ())


@given(first=days, length=st.integers(1, 20), language=languages)
def test_a_written_range_comes_back(first: date, length: int, language: str) -> None:
    last = first + timedelta(days=length)
    template = DATES[language][0]
    text = f"{written(first, language, template)} - {written(last, language, template)}"
    (when,) = find_when(text)
    assert when.days is not None
    result = resolve_days(when.days, anchor=None)
    assert isinstance(result, ResolvedDays)
    assert (result.first, result.last, len(result.days)) == (first, last, length + 1)


@given(day=days, anchor_shift=st.integers(-300, 25), language=languages)
def test_a_weekday_and_date_without_year_find_their_year(day: date, anchor_shift: int, language: str) -> None:
    template = DATES[language][-1].replace(" de {y}", "").replace(", {y}", "").replace(" {y}", "")
    (when,) = find_when(written(day, language, template))
    assert when.days is not None
    result = resolve_days(when.days, anchor=day + timedelta(days=anchor_shift))
    assert isinstance(result, ResolvedDays)
    if (day.month, day.day) != (2, 29):
        assert result.days == (day,)


@given(start=minutes, template=st.sampled_from(CLOCKS))
def test_a_written_time_comes_back(start: int, template: str) -> None:
    (when,) = find_when(clock(start, template))
    if template == "{h}:{n:02d} h" and 1 <= start // 60 <= 12:
        return  # 9:00 without a leading zero is open
    result = resolve_times(
        when.times[0], day=date(2024, 3, 14), city_zone=None, note_zone=None, default_zone=None
    )
    assert isinstance(result, ResolvedTimes)
    assert (result.start.hour * 60 + result.start.minute, result.problems) == (start, ())


@given(day=days, start=st.integers(0, 22 * 60), length=st.integers(1, 90), join=st.sampled_from(JOINS))
def test_a_day_and_its_slot_are_one(day: date, start: int, length: int, join: str) -> None:
    slot = " - ".join(clock(minute, CLOCKS[0]) for minute in (start, start + length))
    text = join.format(day=written(day, "en", DATES["en"][2]), slot=slot)
    (when,) = find_when(text)
    assert when.days is not None
    assert len(when.times) == 1
    result = resolve_times(when.times[0], day=day, city_zone=None, note_zone=None, default_zone="Etc/GMT+3")
    assert isinstance(result, ResolvedTimes)
    assert result.end is not None
    assert (result.start.hour * 60 + result.start.minute, result.end - result.start) == (
        start,
        timedelta(minutes=length),
    )


@given(
    text=st.lists(alphabet, max_size=60).map("".join)
    | st.lists(alphabet, max_size=40).map(" ".join)
    | st.text()
)
@example(text="0²")
@example(text=":0CET")
@example(text="0 following Mar")
def test_nothing_raises_and_slices_are_ordered(text: str) -> None:
    found = find_when(text)
    places = [when.at for when in found]
    assert places == sorted(places)
    assert all(first[1] <= second[0] for first, second in pairwise(places))
    for when in found:
        assert all(when.at[0] <= start < end <= when.at[1] for start, end in slices(when))
        assert 0 <= when.at[0] < when.at[1] <= len(text)
        assert when.days or when.times or when.recurring
    moved = [[(start - 7, end - 7) for start, end in slices(when)] for when in find_when(text, base=7)]
    assert moved == [slices(when) for when in found]
    find_zone_note(text)
    find_year(text)
    parse_post_date(text)


@given(text=st.lists(alphabet, max_size=40).map(" ".join), anchor=st.none() | days, framed=st.booleans())
def test_whatever_is_found_is_resolved_or_told(text: str, anchor: date | None, framed: bool) -> None:
    frame = (date(2024, 3, 19), date(2024, 3, 22)) if framed else None
    for when in find_when(text):
        if when.days:
            result = resolve_days(when.days, anchor=anchor, frame=frame)
            assert isinstance(result, Problem) or list(result.days) == sorted(result.days)
        for slot in when.times:
            for city in (None, "Europe/Madrid", "Asia/Kolkata"):
                times = resolve_times(
                    slot, day=date(2024, 3, 31), city_zone=city, note_zone=when.zone, default_zone=None
                )
                if isinstance(times, ResolvedTimes) and times.end:
                    assert times.end > times.start


HOSTILE: dict[str, Callable[[int], str]] = {
    "digits": lambda n: "1" * n,
    "dashes": lambda n: "1-" * (n // 2),
    "dots": lambda n: "1." * (n // 2),
    "colons": lambda n: "10:" * (n // 3),
    "weekdays": lambda n: "Mon " * (n // 4),
    "clocks": lambda n: "12:00 " * (n // 6),
    "ranges": lambda n: "12:00-" * (n // 6),
    "lists": lambda n: "1, " * (n // 3),
    "months": lambda n: "14 March " * (n // 9),
    "days to no month": lambda n: "1 and " * (n // 6),
    "zones": lambda n: "5 PT " * (n // 5),
    "regions": lambda n: "5pm Central " * (n // 12),
    "cities": lambda n: "10:00 " + "New " * (n // 4),
    "mixed": lambda n: "1a" * (n // 2),
    "brackets": lambda n: "5 (" * (n // 3),
    "spaces": lambda n: "5" + " " * n,
    "letters": lambda n: "a" * n,
    "initials": lambda n: "a." * (n // 2),
    "day": lambda n: "day" * (n // 3),
    "times words": lambda n: "times in " * (n // 9),
}


def seconds(text: str) -> float:
    best = 1e9
    for _ in range(2):
        start = time.process_time()
        find_when(text)
        find_zone_note(text)
        find_year(text)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_time_grows_with_the_size_and_no_faster(name: str) -> None:
    small, large = (seconds(HOSTILE[name](size)) for size in (4_000, 32_000))
    # Eight times the text: eight times the time, sixty-four times if it were quadratic.
    assert large < 24 * small + 0.02


def test_time_grows_with_the_size_up_to_a_megabyte() -> None:
    line = "Words upon words that say nothing of when anything is, and there are many of them in a post. "
    paragraph = line * 20 + "Tuesday, November 5 • 10:25am - 10:50am CST: a talk\n\n"
    small, large = (seconds(paragraph * (size // len(paragraph))) for size in (125_000, 1_000_000))
    assert large < 24 * small


def test_every_date_of_a_long_text_is_found() -> None:
    line = "Tuesday, November 5 • 10:25am - 10:50am CST: a talk\n\n"
    assert len(find_when(line * 1000)) == 1000
