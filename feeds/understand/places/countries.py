"""Owns the names of countries and regions in a text."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from feeds.understand.gazetteer import countries, fold, fold_word, regions
from feeds.understand.places.words import Word, capitals, joined, words_of

Area = tuple[str, str | None]
"""An ISO country code and the code of a region in it, or None for the whole country."""

# These are at least as often a person, a state of the USA or a bird: they count after a comma or "in" only.
_DOUBTFUL = frozenset({"georgia", "jordan", "chad", "turkey", "guinea", "mali", "niger", "cuba", "jersey"})
_LEADS = re.compile(r"(?:\b(?:in|from|en|nach|aus|em)[ \n]|[,(] ?)$")
_CODES = {"UK": "GB", "USA": "US", "US": "US", "UAE": "AE"}


def find_countries(text: str) -> tuple[str, ...]:
    """ISO 3166-1 codes of the countries named in the text, in the order of their first mention."""
    if _beginnings().isdisjoint(map(fold_word, capitals(text))):
        return ()
    found: dict[str, None] = {}
    words = words_of(text)
    at = 0
    while at < len(words):
        length, code = _country_at(text, words, at)
        if code is not None:
            found.setdefault(code)
        at += max(length, 1)
    return tuple(found)


def country_zone(code: str) -> str | None:
    """The zone of a country all of whose towns keep the same one, else None."""
    country = countries().get(code.upper())
    return None if country is None else country.zone


def country_code(name: str) -> str | None:
    """The ISO code of a country by its name in one of our languages or by its code."""
    return _names().get(fold(name)) or _CODES.get(name) or (name if name in countries() else None)


@lru_cache(maxsize=1024)
def areas_named(name: str) -> tuple[Area, ...]:
    """The countries and regions that a name or a capital code beside a city can mean."""
    found: list[Area] = []
    if name.isupper():
        code = name.replace(".", "").replace(" ", "")
        found += [(region.country, region.code) for region in regions().values() if region.code == code]
        if _CODES.get(code, code) in countries():
            found.append((_CODES.get(code, code), None))
    return tuple(dict.fromkeys([*found, *_areas().get(fold(name), ())]))


@cache
def area_beginnings() -> frozenset[str]:
    """The first words of all names of countries and regions, folded."""
    return frozenset(name.split()[0] for name in _areas())


def _country_at(text: str, words: list[Word], at: int) -> tuple[int, str | None]:
    """How many words the longest country name at a word has, and its code."""
    first = words[at]
    if not first.capital:
        return 1, None
    best: tuple[int, str | None] = (1, None)
    key = ""
    for length in range(1, min(_longest(), len(words) - at) + 1):
        word = words[at + length - 1]
        if length > 1 and not joined(text, left=words[at + length - 2], right=word):
            break
        key = f"{key} {word.key}" if key else word.key
        code = _names().get(key)
        if code is not None and _is_named(text, first, word, key):
            best = (length, code)
    if best[1] is None and (spelled := text[first.start : first.end]) in _CODES:
        return 1, _CODES[spelled]
    return best


def _is_named(text: str, first: Word, last: Word, key: str) -> bool:
    if len(key) <= 3:  # "us", "uk": only in capitals
        return text[first.start : last.end].isupper()
    if key in _DOUBTFUL:
        return _LEADS.search(text, max(0, first.start - 8), first.start) is not None
    return last.capital


@cache
def _names() -> dict[str, str]:
    return {name: country.code for country in countries().values() for name in country.names}


@cache
def _beginnings() -> frozenset[str]:
    """The first words of countries' names without "the": each of those names is listed without it too."""
    first = {name.split()[0] for name in _names()} | set(map(fold, _CODES))
    return frozenset(first - {"the"})


@cache
def _longest() -> int:
    return max(len(name.split()) for name in _names())


@cache
def _areas() -> dict[str, tuple[Area, ...]]:
    found: dict[str, tuple[Area, ...]] = {}
    for region in regions().values():
        for name in region.names:
            found[name] = (*found.get(name, ()), (region.country, region.code))
    for name, code in _names().items():
        found[name] = (*found.get(name, ()), (code, None))
    found["d c"] = (("US", "DC"),)
    return found
