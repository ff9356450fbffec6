"""Owns the examples of rooms and venues, by their nouns, their codes and the words before them."""

from __future__ import annotations

import pytest

from feeds.understand.rooms import find_room, is_bare_room, is_room, unknown_room


@pytest.mark.parametrize(
    "text",
    ["Room 3", "Crane Hall", "Hörsaal 2", "Kransaal", "Salle des grues", "Sala Volta", "Zaal 4",
     "Auditório Norte", "A12", "E05", "104", "K3", "Pavilion 7 | Level 7.3"],
)  # fmt: skip
def test_is_room(text: str) -> None:
    assert is_room(text)


@pytest.mark.parametrize("text", ["Tides and cranes", "Ola Nowak", "2024", "TBD", "n/a", "", "–", "Gdansk"])
def test_is_room_refuses(text: str) -> None:
    assert not is_room(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sala Marconi", True),
        ("Main Hall", True),
        ("Room 3", True),
        ("The hall of many ropes", False),
        ("Building cranes for beginners", False),
        ("Tides", False),
    ],
)
def test_is_bare_room(text: str, expected: bool) -> None:
    assert is_bare_room(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TBD", True),
        ("to be announced", True),
        ("N/A", True),
        ("à définir", True),
        ("?", True),
        ("Room 3", False),
        ("tbd hall", False),
    ],
)
def test_unknown_room(text: str, expected: bool) -> None:
    assert unknown_room(text) == expected


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("Ola will speak in Crane Hall, then leave.", "Crane Hall"),
        ("Ola speaks in the Crane Hall at noon", "Crane Hall"),
        ("Meet us at Booth 12 for a chat", "Booth 12"),
        ("Wir treffen uns im Kransaal.", "Kransaal"),
        ("Rendez-vous dans la Salle Volta", "Salle Volta"),
        ("Come to Norrsken House (Birger Jarlsgatan 57)", None),
        ("Dinner at Norrsken House (Birger Jarlsgatan 57)", "Norrsken House (Birger Jarlsgatan 57)"),
        ("Ola lives in Gdansk", None),
        ("We meet in a room", None),
    ],
)
def test_find_room(text: str, room: str | None) -> None:
    found = find_room(text)
    assert (text[slice(*found)].strip() if found else None) == room


def test_find_room_knows_rooms_that_recur() -> None:
    assert find_room("Ola speaks in Neptune", {"neptune"}) == (14, 21)
    assert find_room("Ola speaks in Neptune") is None
