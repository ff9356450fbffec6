"""Owns the examples of words that only lead to a town, of days counted in words, and of who gives a title."""

from __future__ import annotations

import pytest

from feeds.post import Line
from feeds.understand.people import find_people
from feeds.understand.towns import town_led_to


def _line(text: str) -> Line:
    return Line(text=text, marks=(), anchors=((0, 0),))


@pytest.mark.parametrize(
    ("heading", "city"),
    [
        ("And then Tokyo", "Tokyo"),
        ("Next stop: Berlin", "Berlin"),
        ("Und jetzt nach Wien", "Wien"),
        ("Ensuite à Lyon!", "Lyon"),
        ("Chess with Victoria", None),
        ("The Best of Paris", None),
        ("Tokyo", None),
        ("Why we moved the whole of our build farm to Frankfurt", None),
    ],
)
def test_a_heading_of_few_plain_words_leads_to_a_town(heading: str, city: str | None) -> None:
    found = town_led_to(_line(heading))
    assert (found[0].city if found else None) == city


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ('Walt Brenner will be explaining "Double entry for weavers" on Tuesday', ["Walt Brenner"]),
        ("At 2:40 pm Chantal Lavoie is|demystifying identities in Salon 107", ["Chantal Lavoie"]),
        ("Tin Orchard will present on Tuesday", []),
        ('Tin Orchard is announcing "Maps" on Tuesday', []),
    ],
)
def test_two_words_are_somebody_where_their_verb_leads_to_a_title(sentence: str, names: list[str]) -> None:
    assert [person.name for person in find_people(sentence)] == names
