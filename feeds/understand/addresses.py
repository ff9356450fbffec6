"""Owns the venue that a sentence names with its street: "at the Old Mill, Harbour Street 14"."""

from __future__ import annotations

import re

from feeds.understand.part import Part
from feeds.understand.phrases import pattern_for
from feeds.understand.rooms import is_room

_VENUE = re.compile(
    r"(?i:in|at|im|in der|en|à|dans|na|no|nella|op|bij)\s(?P<the>(?i:the|la|le|el|de|der)\s)?"
    r"(?P<venue>(?P<name>[^.,;!?()“”„\"]{3,60}),\s"
    r"(?P<street>[A-ZÀ-Þ][\w'’-]+(?:\s[\w'’-]+){0,3}\s\d{1,4}\w?|\d{1,4}\w?(?:\s[A-ZÀ-Þ][\w'’-]+){1,3}|"
    rf"(?i:{pattern_for('street, ahead of its name')})(?:\s[\w'’-]+){{1,4}}\s\d{{1,4}}\w?|"
    rf"\d{{1,4}}\w?,?\s(?i:{pattern_for('street, ahead of its name')})(?:\s[\w'’-]+){{1,4}}))"
    r"(?=[,;.!)]|\s[–—(|]|\s(?:in|à|en|em|a)\s[A-ZÀ-Þ]|$)"
)
# Matched against lower case, as in phrases.py.
_STREET = re.compile(
    rf"\b(?:{pattern_for('street')})\b|\w{{2}}(?:{pattern_for('street, at the end of its name')})\b"
)
_COUNTED = re.compile(rf"\b(?:{pattern_for('counted')})\b")


def addressed(part: Part, *, here: bool = False) -> tuple[int, Part] | None:
    """Where the name of a venue ends and the venue with its street; `here` asks for it at the beginning.

    A capital and a number are no street of themselves ("Women in Tech, Part 2"): the street has a word for
    one, or what stands before it is a venue by its noun, or by its article where the number is behind.
    """
    found = _VENUE.match(part.text) if here else _VENUE.search(part.text)
    if found is None or not _has_street(found):
        return None
    own = found["the"] is not None and found["the"][0].isupper()  # "en La Viña, calle Mayor 3"
    return found.end("name"), part.at(found.start("the" if own else "venue"), found.end("venue"))


def _has_street(venue: re.Match[str]) -> bool:
    """Whether what stands behind the name of a venue is its street."""
    name, street = venue["name"], venue["street"]
    if _STREET.search(street.lower()):
        return True
    named = bool(venue["the"]) and name[:1].isupper() and street[0].isupper() and len(street.split()) > 2
    return not _COUNTED.search(street.lower()) and (is_room(name) or named)


_STREET_ALONE = re.compile(
    r"[A-ZÀ-Þ][\w'’.-]*(?:\s[\w'’.-]+){0,3}\s\d{1,4}\s?[a-zA-Z]?|\d{1,4}\w?(?:\s[A-ZÀ-Þ][\w'’-]+){1,3}"
)


def is_street(text: str) -> bool:
    """Whether a phrase is a street with its number, by its word for one ("Inffeldgasse 16b")."""
    return len(text) < _LONGEST and bool(_STREET_ALONE.fullmatch(text) and _STREET.search(text.lower()))


_AHEAD = re.compile(rf"(?i)\b(?:{pattern_for('street, ahead of its name')})\s(?:d[eu]l?\s)?$")


def is_street_ahead(text: str) -> bool:
    """Whether a text ends with the word that streets begin with: a day is their name ("Calle 25 de Mayo")."""
    return _AHEAD.search(text) is not None


def names_street(text: str) -> bool:
    """Whether a name ends as streets and squares do ("Courtenay Place")."""
    last = text.rpartition(" ")[2].lower()
    return " " in text and last != text.lower() and (last in _ENDS or _STREET.fullmatch(last) is not None)


_ENDS = frozenset({"place", "gardens", "rooms", "hall", "house", "park"})

_LONGEST = 60


_HOUSE = re.compile(
    r"(?:(?:St\.?|Saint|Sainte|Sankt|São|Sint|Kirche|Église|Iglesia|Chiesa|Igreja|Kerk|Haus|Café|"
    r"Hotel|Hôtel|Gasthaus|Gasthof|Maison|Palazzo|Palacio|Château|Castello|Castillo)\s[A-ZÀ-Þ]|"
    r"[A-ZÀ-Þ][a-zß-ÿ]{2,}(?:platz|halle|haus|kirche|zentrum|stube|keller|saal|hof|garten|park|plein|huis|kerk|zaal)$)"
)
"""How houses and squares are called that stand before their town; so is nobody."""

_MOST_WORDS = 5


def house_in_town(sentence: Part) -> Part | None:
    """The house of a sentence that is only where something is ("Haus Katharina, Freiburg.")."""
    first, comma, behind = sentence.text.rstrip(". ").partition(", ")
    town = behind.partition(", ")[0]
    if not comma or not town[:1].isupper() or len(town.split()) > 2 or len(first.split()) > _MOST_WORDS:
        return None
    return sentence.at(0, len(first)).trimmed() if _HOUSE.match(first) else None
