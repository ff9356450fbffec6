"""Owns the examples of numbers with a colon that no clock shows."""

from __future__ import annotations

import pytest

from feeds.understand.when import find_when

MEASURES = [
    "Builds take 4:35 minutes",
    "done in 12:30 min",
    "12:30 Minuten statt einer Stunde",
    "en 12:30 minutos",
    "a lap of 10:45 min/km",
    "it took 1:05:32",
    "it grew 10:30×",
    "a 16:10 ratio",
    "a 16:10 aspect ratio",
    "the ratio was 16:10",
    "im Verhältnis 10:20",
    "We won 21:15 against them",
    "Wir haben gewonnen 21:15",
    "Genesis 1:12",
    "See Psalm 23:10",
    "1 Corinthians 13:13",
    "Römer 12:12",
    "John 3:16",
    "Fixed #10:20",
]
CLOCKS = [
    "Lunch 12:30",
    "Mark 10:30",
    "10:00 Minute taking for all",
    "10:30 (30 min)",
    "10:30 30 min",
    "Beginn 14:00 h",
    "at 14:00 hours",
    "Genesis workshop 10:30",
    "10:30 John Example",
    "1:05 pm",
    "We won. 10:30 Awards",
]


@pytest.mark.parametrize("text", MEASURES)
def test_measure_is_no_time(text: str) -> None:
    assert [when for when in find_when(text) if when.times] == []


@pytest.mark.parametrize("text", CLOCKS)
def test_time_beside_other_words_stays_a_time(text: str) -> None:
    assert [len(when.times) for when in find_when(text) if when.times] == [1]
