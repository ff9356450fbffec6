"""Owns whose time it is where a city says so: "heure de Paris", "Berliner Zeit", "all times London time"."""

from __future__ import annotations

import re

from feeds.understand.when.values import Zone

CITY = r"[A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+){0,2}+"
"""A city as it is written: up to three words with capitals."""

_CALLED = {
    "berliner zeit": "Berlin",
    "wiener zeit": "Wien",
    "londoner zeit": "London",
    "pariser zeit": "Paris",
    "new yorker zeit": "New York",
    "münchner zeit": "München",
    "zürcher zeit": "Zürich",
    "deutscher zeit": "Berlin",
    "heure française": "Paris",
    "hora peninsular": "Madrid",
    "hora española": "Madrid",
    "ora italiana": "Roma",
    "amsterdamse tijd": "Amsterdam",
    "nederlandse tijd": "Amsterdam",
}
TIME_OF_CITY = re.compile(
    rf"(?:[Hh]eure|[Hh]ora|[Hh]orário|[Hh]orario|[Oo]ra)\s(?:de\s|d['’]|da\s|do\s|di\s)(?P<city>{CITY})"
    rf"|(?P<said>(?i:{'|'.join(_CALLED)}))\b"
)
TIME_OF_FIRST = frozenset("hobwlpnmzdna")
"""How a match of it can begin, in lower case."""

_NOTE = re.compile(
    rf"\b(?:[Aa]ll (?:the )?times (?:are |given |shown |listed |in )*(?P<english>{CITY}) time\b"
    r"|(?:[Hh]eures|[Zz]eiten|[Hh]oras|[Hh]orarios|[Oo]rari|[Hh]orários|[Tt]ijden)\s[^.!?\d]{0,40})"
)


_WORDS = ("times", "eures", "eiten", "oras", "orari", "ijden")
"""One of them stands in every note."""


def zone_of_time(match: re.Match[str]) -> Zone:
    """The zone that a match of `TIME_OF_CITY` says."""
    city = match["city"] or _CALLED[match["said"].lower()]
    return Zone(at=match.span(), text=city, kind="city")


def city_note(text: str) -> Zone | None:
    """The city whose time a sentence gives to all times."""
    if not any(word in text for word in _WORDS):
        return None
    for found in _NOTE.finditer(text):
        if found["english"]:
            return Zone(at=found.span("english"), text=found["english"], kind="city")
        if match := TIME_OF_CITY.search(text, found.start(), found.end()):
            return zone_of_time(match)
    return None
