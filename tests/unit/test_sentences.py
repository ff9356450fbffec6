"""Owns the examples of sessions that are told in sentences."""

from __future__ import annotations

from datetime import datetime

import pytest

from feeds.understand.sentences import split_sentences
from tests.unit.understand_lines import draft_of, line_of

HEAD = "---\ntitle: HarbourCon in Gdansk\ndate: 2024-05-01\n---\n\n"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two.", ["One. ", "Two."]),
        ("Is it? Yes! Good.", ["Is it? ", "Yes! ", "Good."]),
        ("Dr. Nowak speaks. We listen.", ["Dr. Nowak speaks. ", "We listen."]),
        ("We start at 9 a.m. Warsaw time.", ["We start at 9 a.m. Warsaw time."]),
        ("Am 6. November geht es los. Kommt!", ["Am 6. November geht es los. ", "Kommt!"]),
        ("no end", ["no end"]),
    ],
)
def test_split_sentences(text: str, sentences: list[str]) -> None:
    assert [part.text for part in split_sentences(line_of(text))] == sentences


TOLD: list[tuple[str, list[tuple[str, datetime, list[str]]]]] = [
    (
        "On 4 June 2024 at 10:00, Ola Nowak will present “Ropes without knots” in Room 3.",
        [("Ropes without knots", datetime.fromisoformat("2024-06-04T10:00"), ["Ola Nowak"])],
    ),
    (
        "Ola Nowak will present [Ropes without knots](https://t.example/1) on 4 June 2024 at 10:00.",
        [("Ropes without knots", datetime.fromisoformat("2024-06-04T10:00"), ["Ola Nowak"])],
    ),
    ("The CFP closes on 4 June 2024 at 10:00.", []),
    ("We released version 2 on 4 June 2024 at 10:00.", []),
    ("The harbour is nice in June.", []),
]


@pytest.mark.parametrize(("text", "sessions"), TOLD, ids=range(len(TOLD)))
def test_a_sentence_tells_of_a_session(text: str, sessions: list[tuple[str, datetime, list[str]]]) -> None:
    draft = draft_of(HEAD + text)
    told = [(one.title, one.start, [person.name for person in one.people]) for one in draft.sessions]
    assert told == sessions
