"""Owns the table of the world's cities, regions and countries, and what their names mean besides.

The `.tsv` files are made by `tools/gazetteer.py` from GeoNames (CC BY 4.0, see LICENSE.txt beside this file);
`meanings.txt` and `surroundings.txt` are written by hand. Every zone in them is one of tzdata's.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from feeds.model import Place

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "þ": "th", "ħ": "h"}
)
_SAINT = {"saint": "st", "sankt": "st", "sint": "st"}


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A city of the table. `fame` grows with its people and with the languages that have a name for it."""

    place: Place
    fame: int
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country: its only zone if it has one, how many digits its postal codes may have, its names folded."""

    code: str
    zone: str | None
    digits: frozenset[int]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A state, province or land: ISO country, a short code, its first name as published, its names folded."""

    country: str
    code: str
    name: str
    names: tuple[str, ...]


def fold(name: str) -> str:
    """A name as the table's keys have it: lower case, no accents, single spaces for all else but letters."""
    if not name.isascii():
        parts = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
        name = "".join(part for part in parts if not unicodedata.combining(part))
    words = "".join(char if char.isalnum() else " " for char in name.lower()).split()
    return " ".join(_SAINT.get(word, word) for word in words)


@lru_cache(maxsize=16384)
def fold_word(word: str) -> str:
    """`fold` for one word of letters."""
    return fold(word) if not word.isascii() else _SAINT.get(lower := word.lower(), lower)


@lru_cache(maxsize=16384)
def known(key: str) -> tuple[bool, bool]:
    """Whether a folded name is a city's, and whether a longer city name begins with it and a space."""
    lines = _lines()
    encoded = key.encode()
    at = bisect_left(lines, encoded + b"\t")
    named = at < len(lines) and lines[at].startswith(encoded + b"\t")
    at = bisect_left(lines, encoded + b" ", at)
    return named, at < len(lines) and lines[at].startswith(encoded + b" ")


@lru_cache(maxsize=1024)
def cities(key: str) -> tuple[City, ...]:
    """The cities of a folded name, the best known first.

    One that is called so itself goes before one that another language calls so: Marburg is not Maribor.
    """
    found: dict[Place, City] = {}
    for fields in _rows(key):
        city = _target(fields) if fields[0].startswith("=") else _city(fields)
        if city is not None:
            found.setdefault(city.place, city)
    return tuple(sorted(found.values(), key=lambda city: -city.fame * own_name(city.place, key)))


_OWN = 4


def own_name(place: Place, key: str) -> int:
    """How much likelier a folded name means a city that is called so itself ("… an der Lahn" aside)."""
    own = fold(place.city)
    return _OWN if own == key or own.startswith(f"{key} ") else 1


@cache
def countries() -> dict[str, Country]:
    """Every country by its ISO 3166-1 alpha-2 code."""
    found = {}
    for line in _read("countries.tsv").splitlines():
        code, zone, digits, names = line.split("\t")
        folded = tuple(map(fold, names.split("|")))
        found[code] = Country(code=code, zone=zone or None, digits=frozenset(map(int, digits)), names=folded)
    return found


@cache
def regions() -> dict[tuple[str, str], Region]:
    """Every region of the table by its country and code."""
    found = {}
    for line in _read("regions.tsv").splitlines():
        country, code, names = line.split("\t")
        published = names.split("|")
        folded = tuple(map(fold, published))
        found[country, code] = Region(country=country, code=code, name=published[0], names=folded)
    return found


@cache
def meanings() -> dict[str, frozenset[str]]:
    """What folded names mean besides a city: see the head of `meanings.txt`."""
    found: dict[str, frozenset[str]] = {}
    for label, names in _lists("meanings.txt"):
        for name in names:
            found[name] = found.get(name, frozenset()) | {label}
    return found


@cache
def surroundings() -> dict[str, frozenset[str]]:
    """The words around a name that speak for or against a place: see the head of `surroundings.txt`."""
    found: dict[str, frozenset[str]] = {}
    for label, words in _lists("surroundings.txt"):
        found[label] = found.get(label, frozenset()) | frozenset(words)
    return found


def _target(fields: list[str]) -> City | None:
    """The city that a row of another name points at: the first of that name, country and region."""
    key, country, region = fields[0][1:], fields[1], fields[2]
    rows = (row for row in _rows(key) if not row[0].startswith("="))
    return next((_city(row) for row in rows if (row[1], row[2]) == (country, region)), None)


def _city(fields: list[str]) -> City:
    name, country, region, zone, latitude, longitude, fame = fields
    place = Place(
        city=name,
        country=country,
        timezone=zone,
        latitude=float(latitude),
        longitude=float(longitude),
        region=regions()[country, region].name if region else None,
    )
    return City(place=place, fame=int(fame), region=region)


def _rows(key: str) -> list[list[str]]:
    lines = _lines()
    prefix = f"{key}\t".encode()
    at = bisect_left(lines, prefix)
    found = []
    while at < len(lines) and lines[at].startswith(prefix):
        found.append(lines[at].decode().split("\t")[1:])
        at += 1
    return found


@cache
def _lines() -> list[bytes]:
    """The city table, sorted by key; bytes, because decoding all of it takes longer than all look-ups."""
    return resources.files(__package__).joinpath("places.tsv").read_bytes().split(b"\n")[:-1]


def _lists(name: str) -> Iterator[tuple[str, list[str]]]:
    for line in _read(name).splitlines():
        label, colon, words = line.partition(": ")
        if colon and not label.startswith("#"):
            yield label, words.split(", ")


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
