"""Owns the examples of people and rooms that stand without labels behind or below a title."""

from __future__ import annotations

import pytest

from feeds.understand.part import segments
from feeds.understand.recurring_rooms import common_rooms
from feeds.understand.sublines import told
from feeds.understand.title_rooms import leading_room, tail_room
from tests.unit.understand_lines import line_of, part_of


@pytest.mark.parametrize(
    ("text", "people", "room"),
    [
        ("Ola Nowak, Harbour Lab — Crane Hall", "Ola Nowak, Harbour Lab", "Crane Hall"),
        ("By Ola Nowak | Room 3", "Ola Nowak", "Room 3"),
        ("Avec Ola Nowak – Salle Volta", "Ola Nowak", "Salle Volta"),
        ("With Ola Nowak. Room: 4", "Ola Nowak", "4"),
        ("Pavilion 7 | Level 7.3 | Room E05", None, "Pavilion 7 | Level 7.3 | Room E05"),
        ("Ola Nowak (F5) und Ada Ek streiten", "Ola Nowak", None),
        ("Ola Nowak (E05)", "Ola Nowak", "E05"),
        ("Water rises and falls twice each day.", None, None),
    ],
)
def test_told(text: str, people: str | None, room: str | None) -> None:
    beside = told(part_of(text), ())
    assert (beside.people.text if beside.people else None) == people
    assert (beside.room.text if beside.room else None) == room


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Tides — Ola Nowak | Room 3", ["Tides", "Ola Nowak", "Room 3"]),
        ("Tides (Room 3)", ["Tides", "Room 3"]),
        ("Tides and cranes", ["Tides and cranes"]),
        ("Half-day tour", ["Half-day tour"]),
    ],
)
def test_segments(text: str, pieces: list[str]) -> None:
    assert [piece.text for piece in segments(part_of(text))] == pieces


@pytest.mark.parametrize(
    ("text", "rest", "room"),
    [
        ("with Adwoa Mensah (Room Volta)", "with Adwoa Mensah", "Room Volta"),
        ("Tides in the Crane Hall", "Tides", "Crane Hall"),
        ("Tides (part one)", "Tides (part one)", None),
        ("Tides", "Tides", None),
    ],
)
def test_tail_room(text: str, rest: str, room: str | None) -> None:
    left, found = tail_room(part_of(text), ())
    assert (left.text, found.text if found else None) == (rest, room)


@pytest.mark.parametrize(
    ("text", "rest", "room"),
    [
        ("Ballroom A: How we moved a crane", "How we moved a crane", "Ballroom A"),
        ("Cranes: how we moved one", "Cranes: how we moved one", None),
    ],
)
def test_leading_room(text: str, rest: str, room: str | None) -> None:
    left, found = leading_room(part_of(text), ())
    assert (left.text, found.text if found else None) == (rest, room)


def test_a_phrase_that_recurs_where_rooms_stand_is_one() -> None:
    lines = [line_of("Tides — Neptune"), line_of("Cranes — Neptune"), line_of("Ropes — Triton")]
    assert common_rooms(lines) == {"neptune"}
