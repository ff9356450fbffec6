"""Owns the examples of titles: the words, the link, the format and the people behind them."""

from __future__ import annotations

import pytest

from feeds.understand.plain_titles import unframed
from feeds.understand.title import clean
from feeds.understand.titles import read_title
from tests.unit.understand_lines import part_of

TITLES: list[tuple[str, str, str | None, str | None]] = [
    # phrase, title, format, people
    ("Tides and cranes", "Tides and cranes", None, None),
    ("[Tides and cranes](https://tides.example/1)", "Tides and cranes", None, None),
    ("[Tides and cranes](https://tides.example/1) - Ola Nowak, Harbour Lab", "Tides and cranes", None,
     "Ola Nowak, Harbour Lab"),
    ("**Tides and cranes** by Ola Nowak", "Tides and cranes", None, "by Ola Nowak"),
    ("Keynote: Tides and cranes", "Tides and cranes", "Keynote", None),
    ("Workshop: Ropes for beginners", "Ropes for beginners", "Workshop", None),
    ("“Tides and cranes”", "Tides and cranes", None, None),
    ("2. Tides and cranes", "Tides and cranes", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("markdown", "text", "kind", "people"), TITLES)
def test_read_title(markdown: str, text: str, kind: str | None, people: str | None) -> None:
    title = read_title(part_of(markdown))
    assert title is not None
    assert (title.text, title.format) == (text, kind)
    assert (title.people.text if title.people else None) == people


def test_a_link_that_covers_the_title_is_its_address() -> None:
    title = read_title(part_of("[Tides and cranes](https://tides.example/1)"))
    assert title is not None
    assert title.url == "https://tides.example/1"


@pytest.mark.parametrize(
    ("markdown", "room"),
    [
        ("Ballroom A: How we moved a crane", "Ballroom A"),
        ("How we moved a crane (Room Volta)", "Room Volta"),
        ("How we moved a crane", None),
        ("Cranes: how we moved one", None),
    ],
)
def test_a_room_before_or_behind_a_title_is_not_of_it(markdown: str, room: str | None) -> None:
    title = read_title(part_of(markdown))
    assert title is not None
    assert title.text.endswith("ow we moved a crane") == (title.text != "Cranes: how we moved one")
    assert (title.room.text if title.room else None) == room


@pytest.mark.parametrize("markdown", ["–", "…", "🕙"])
def test_ornament_is_no_title(markdown: str) -> None:
    assert read_title(part_of(markdown + " x").at(0, 1)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Tides   and\tcranes. ", "Tides and cranes"),
        ("“Tides”", "Tides"),
        ("“Tides” and “cranes”", "“Tides” and “cranes”"),
        ("Tides (part one", "Tides"),
        ("Tides, cranes, etc...", "Tides, cranes, etc..."),
        ("What about tides?", "What about tides?"),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("And finally, don't miss the crane parade on", "crane parade"),
        ("Join us for a walk along the pier at", "walk along the pier"),
        ("the crane parade takes place", "the crane parade"),
        ("Crane parade", "Crane parade"),
    ],
)
def test_unframed(text: str, expected: str) -> None:
    assert unframed(part_of(text)).text == expected
