"""Owns the examples of what one line says: times, labels, and the words left over."""

from __future__ import annotations

import pytest

from feeds.understand.facts import analyse
from feeds.understand.labels import find_label, label_kind
from tests.unit.understand_lines import line_of


@pytest.mark.parametrize(
    ("markdown", "texts"),
    [
        ("10:00 Tides", [("Tides", True)]),
        ("Tides, 10:00 - 11:00", [("Tides", False)]),
        ("Tides – 3 June, 10:00 – Room 3", [("Tides", False), ("Room 3", True)]),
        ("on Monday at 10:00", []),
        ("Tides and cranes", [("Tides and cranes", False)]),
    ],
)
def test_analyse_leaves_the_words_beside_the_times(markdown: str, texts: list[tuple[str, bool]]) -> None:
    assert [(part.text, after) for part, after in analyse([line_of(markdown)]).texts] == texts


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Where: Crane Hall", "where", "Crane Hall"),
        ("Ort: Kransaal", "where", "Kransaal"),
        ("Lieu : Salle des grues", "where", "Salle des grues"),
        ("Speakers: Ola Nowak", "who", "Ola Nowak"),
        ("Ponente: Ola Nowak", "who", "Ola Nowak"),
        ("Spreker: Ola Nowak", "who", "Ola Nowak"),
        ("Track: Ropes", "track", "Ropes"),
    ],
)
def test_analyse_keeps_what_a_label_announces(text: str, kind: str, value: str) -> None:
    labelled = analyse([line_of(text)]).labelled
    assert {name: [part.text for part in parts] for name, parts in labelled.items()} == {kind: [value]}


@pytest.mark.parametrize(
    ("markdown", "struck"),
    [
        ("~~10:00 Tides~~", True),
        ("Tides, 10:00 – cancelled", True),
        ("Gezeiten, 10:00 Uhr: entfällt", True),
        ("10:00 ~~Old~~ Tides and cranes and ropes", False),
        ("10:00 Why flights are cancelled", False),
    ],
)
def test_analyse_sees_what_is_cancelled(markdown: str, struck: bool) -> None:
    assert analyse([line_of(markdown)]).struck == struck


def test_a_time_inside_the_words_of_a_link_belongs_to_its_title() -> None:
    facts = analyse([line_of("14:00 [What the 3 a.m. tide teaches](https://tides.example)")])
    assert [times.start.hour for m in facts.moments for times in m.when.times if times.start] == [14]


def test_every_other_week_says_no_single_day() -> None:
    (moment,) = analyse([line_of("Knots, every other Tuesday at 17:00")]).moments
    assert moment.when.days is None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("When", "when"),
        ("Date & Time (PST)", "when"),
        ("Uhrzeit", "when"),
        ("Talk time", "when"),
        ("Session link", "url"),
        ("Speaker(s)", "who"),
        ("Salle", "where"),
        ("Titel", "title"),
        ("Harbour", None),
        ("the time of cranes", None),
        ("", None),
    ],
)
def test_label_kind(words: str, kind: str | None) -> None:
    assert label_kind(words) == kind


@pytest.mark.parametrize("text", ["Tides: a history", "We meet at: the pier", "10:00 Tides", "no colon"])
def test_no_other_words_before_a_colon_are_a_label(text: str) -> None:
    assert find_label(text) is None
