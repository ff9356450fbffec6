"""The grammar of dates and times against tables that a person wrote (see when_cases/)."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.understand.when import Clock, Day, Days, Times, When, find_when

CASES = Path(__file__).parent / "when_cases"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def table(name: str) -> list[tuple[str, str]]:
    """(text, expectation) of each line that is no comment."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    pairs = [line.partition(" => ") for line in lines if line and not line.startswith(("# ", "#\n"))]
    return [(text, expected.strip()) for text, _, expected in pairs]


def say(found: tuple[When, ...]) -> str:
    return " ;; ".join(say_when(when) for when in found)


def say_when(when: When) -> str:
    parts = ["every"] if when.recurring else []
    parts += [say_days(when.days)] if when.days else []
    parts += ["@ " + ", ".join(say_slot(slot) for slot in when.times)] if when.times else []
    return " ".join(parts)


def say_days(days: Days) -> str:
    return (" / " if days.ranged else " + ").join(say_day(day) for day in days.days)


def say_day(day: Day) -> str:
    words = [day.relative] if day.relative else []
    words += [WEEKDAYS[day.weekday]] if day.weekday is not None else []
    if day.day is not None:
        year = f"{day.year}-" if day.year else "--"
        words.append(f"{year}{day.month:02d}-{day.day:02d}" if day.month else f"---{day.day:02d}")
    words += [f"or {day.swapped[0]:02d}-{day.swapped[1]:02d}"] if day.swapped else []
    return " ".join(words)


def say_slot(slot: Times) -> str:
    text = say_clock(slot.start) if slot.start else ""
    text += f"-{say_clock(slot.end)}" if slot.end else ""
    text += "-" if slot.open_end else ""
    text += f"+{slot.duration}min" if slot.duration else ""
    text += f" {slot.zone.text}" if slot.zone else ""
    return " = ".join([text, *(say_slot(other) for other in slot.others)])


def say_clock(clock: Clock) -> str:
    return f"{clock.hour}:{clock.minute:02d}{clock.meridiem or ''}"


@pytest.mark.parametrize(("text", "expected"), table("english.txt"))
def test_find_when_reads_english(text: str, expected: str) -> None:
    assert say(find_when(text)) == expected


@pytest.mark.parametrize(("text", "expected"), table("languages.txt"))
def test_find_when_reads_six_more_languages(text: str, expected: str) -> None:
    assert say(find_when(text)) == expected


@pytest.mark.parametrize("text", [text for text, _ in table("negatives.txt")])
def test_find_when_leaves_other_numbers_and_words_alone(text: str) -> None:
    assert say(find_when(text)) == ""


@pytest.mark.parametrize(("text", "_expected"), table("english.txt"))
def test_find_when_points_at_the_words_it_read(text: str, _expected: str) -> None:
    for when in find_when(f"Talk: {text}", base=100):
        slots = [each for slot in when.times for each in (slot, *slot.others)]
        zones = [slot.zone for slot in slots if slot.zone]
        assert [f"Talk: {text}"[zone.at[0] - 100 : zone.at[1] - 100] for zone in zones] == [
            zone.text for zone in zones
        ]
        clocks = [clock for slot in slots for clock in (slot.start, slot.end) if clock]
        assert all(f"Talk: {text}"[clock.at[0] - 100].isalnum() for clock in clocks)
