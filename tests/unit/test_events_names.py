"""Owns the examples of how events are named, and when two names are one event's."""

from __future__ import annotations

import pytest

from feeds.understand.events import find_event_names, same_event
from feeds.understand.phrases import conference_like, is_deadline, is_generic, is_generic_heading, is_past


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We are at HarbourCon 2024", ["HarbourCon 2024"]),
        ("Join us at the Baltic Rope Summit", ["Baltic Rope Summit"]),
        ("HarbourCon and QuayCon are in one week", ["HarbourCon", "QuayCon"]),
        ("Come to HarbourCon Europe and RopeConf and QuayCon",
         ["HarbourCon Europe", "RopeConf", "QuayCon"]),
        ("Die Hafen Konferenz beginnt", ["Hafen Konferenz"]),
        ("the Gdansk Rust meetup is back", ["Gdansk Rust meetup"]),
        ("a day at the harbour", []),
        ("This Week", []),
        ("Ola Nowak speaks", []),
    ],
)  # fmt: skip
def test_find_event_names(text: str, names: list[str]) -> None:
    assert [name.name for name in find_event_names(text)] == names


@pytest.mark.parametrize(
    ("title", "names"),
    [("Ropery at QUAYDEM", ["QUAYDEM"]), ("Ropery at Berlin", []), ("Ropery in spring", [])],
)
def test_a_title_says_the_event_after_at(title: str, names: list[str]) -> None:
    assert [name.name for name in find_event_names(title, title=True)] == names


def test_many_names_in_one_sentence_are_found_one_by_one() -> None:
    text = " and ".join(f"Quay{number}Con" for number in range(3_000))
    assert len(find_event_names(text)) == 3_000


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("HarbourCon", "HarbourCon 2024", True),
        ("HarbourCon Europe", "HarbourCon EU 2024", True),
        ("Baltic Rope Summit", "The Baltic Rope Summit ’24", True),
        ("HarbourCon", "QuayCon", False),
        ("HarbourCon Europe", "HarbourCon India", False),
        ("2024", "HarbourCon 2024", False),
    ],
)
def test_same_event(one: str, other: str, expected: bool) -> None:
    assert same_event(one, other) == expected
    assert same_event(other, one) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("HarbourCon", True),
        ("Rope Day", True),
        ("Gdansk meetup", True),
        ("meetup", False),
        ("Harbour lights", False),
        ("confidence", False),
    ],
)
def test_conference_like(name: str, expected: bool) -> None:
    assert conference_like(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Full schedule", True),
        ("Programm", True),
        ("Quand et où ?", True),
        ("Day 2", True),
        ("Here is where you find us", True),
        ("Tides and cranes", False),
        ("", False),
        ("Schedule of tides", False),
    ],
)
def test_is_generic_heading(text: str, expected: bool) -> None:
    assert is_generic_heading(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("here", True), ("session page", True), ("Mehr hier", True), ("Tides and cranes", False), ("", False)],
)
def test_is_generic(text: str, expected: bool) -> None:
    assert is_generic(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The CFP closes on 3 June", True),
        ("Early-bird tickets until 3 June", True),
        ("Anmeldeschluss ist der 3. Juni", True),
        ("Registration for all crews opens on 3 June", True),
        ("Tides: a talk on 3 June", False),
        ("Tickets are cheap", False),
    ],
)
def test_is_deadline(text: str, expected: bool) -> None:
    assert is_deadline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HarbourCon took place in May", True),
        ("Rückblick auf die Hafentage", True),
        ("Highlights from the pier", True),
        ("HarbourCon takes place in May", False),
    ],
)
def test_is_past(text: str, expected: bool) -> None:
    assert is_past(text) == expected
