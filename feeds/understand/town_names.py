"""Owns towns within the names of events: "CityJS London", "CopenhagenJS", "Chemnitzer Linux-Tage"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds.model import Place
from feeds.understand.city_clues import FAMOUS
from feeds.understand.part import Part
from feeds.understand.people.names import kind_of
from feeds.understand.places import PlaceMention, find_places, settle, town_named

_YEAR = re.compile(r"\s(?:19|20)\d\d$")
_JOINED = re.compile(r"(?<![\w-])([A-ZÀ-Þ][a-zà-ÿ]{3,})(?=[A-Z])|(?<=[a-z])([A-ZÀ-Þ][a-zà-ÿ]{3,})$")
_ADJECTIVE = re.compile(r"([A-ZÀ-Þ][a-zà-ÿ]{2,}?)(n?er)\s(?=[A-ZÀ-Þ])")
_LARGE = 1000
"""Thousands of people of a town that another word is written together with; "DataMesa" is not Mesa."""

_KNOWN = 100
"""Thousands of people; a town need not be larger where its name has the ending of an adjective."""


def town_in_name(name: Part) -> tuple[Place, Part] | None:
    """The well-known town that ends an event's name, its year aside, or is part of its first words."""
    found = next(_towns(name.text), None)
    return (settle(found[1], near=[])[0], name.at(*found[0])) if found else None


def town_of_name(name: str) -> Place | None:
    """The same of a name alone: "ObservaCon Dublin 2026"."""
    found = next(_towns(name), None)
    return settle(found[1], near=[])[0] if found else None


def _towns(name: str) -> Iterator[tuple[tuple[int, int], PlaceMention]]:
    stem = _YEAR.sub("", name)
    for mention in find_places(stem, hint=True):
        if mention.at[1] == len(stem) and mention.at[0] and mention.fames and mention.fames[0] >= FAMOUS:
            yield mention.at, mention
    yield from _joined(stem)
    yield from _adjectives(stem)


def _joined(stem: str) -> Iterator[tuple[tuple[int, int], PlaceMention]]:
    """Towns written together with what they are about ("CopenhagenJS", "PyBerlin")."""
    for found in _JOINED.finditer(stem):
        at = found.span(found.lastindex or 1)
        town = town_named(stem[slice(*at)])
        if town is not None and town.fames[:1] >= (_LARGE,):
            yield at, town


def _adjectives(stem: str) -> Iterator[tuple[tuple[int, int], PlaceMention]]:
    """German adjectives of towns: "Chemnitzer", "Dresdner"."""
    if found := _ADJECTIVE.match(stem):
        for spelling in (found[1], f"{found[1]}en", f"{found[1]}n"):
            town = town_named(spelling)
            if town is not None and town.fames[:1] >= (_KNOWN,):
                yield found.span(1), town


def names_person(name: Part) -> bool:
    """Whether a name begins with a first name; then a town at its end is a family's ("Jack London")."""
    return kind_of(name.text.split(" ", 1)[0]) == "given"
