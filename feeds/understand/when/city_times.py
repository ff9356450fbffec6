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
_LANDS = {
    "America/Argentina/Buenos_Aires": "argentina",
    "America/Asuncion": "paraguay|paraguaya",
    "America/Bogota": "colombia|colombiana",
    "America/Caracas": "venezuela|venezolana",
    "America/Costa_Rica": "costa rica|costarricense",
    "America/Guatemala": "guatemala|guatemalteca",
    "America/Guayaquil": "ecuador|ecuatoriana",
    "America/La_Paz": "bolivia|boliviana",
    "America/Lima": "perú|peruana",
    "America/Mexico_City": "centro de méxico",
    "America/Montevideo": "uruguay|uruguaya",
    "America/Panama": "panamá|panameña",
    "America/Santiago": "chile|chilena|chile continental",
    "America/Santo_Domingo": "república dominicana|dominicana",
    "Europe/Lisbon": "portugal continental",
    "Europe/Madrid": "españa",
}
"""Countries of one zone, or of one that nearly all of them keep, by whose name their time goes."""

_ZONES = {name: zone for zone, names in _LANDS.items() for name in names.split("|")}
_LAND = rf"(?P<land>(?i:{'|'.join(sorted(_ZONES, key=len, reverse=True))}))\b(?:\sy\s[A-Z]\w+)?"
TIME_OF_CITY = re.compile(
    rf"(?:(?:[Hh]ora|[Hh]orario|[Hh]orário)\s(?:de\s(?:la\s)?|del\s|d[ao]\s)?|de\s){_LAND}"
    rf"|(?:[Hh]eure|[Hh]ora|[Hh]orário|[Hh]orario|[Oo]ra)\s(?:de\s|d['’]|da\s|do\s|di\s)(?P<city>{CITY})"
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
    if match["land"]:
        return Zone(at=match.span(), text=match[0], kind="region", name=_ZONES[match["land"].lower()])
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
