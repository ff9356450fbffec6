"""Owns the lexicon of the grammar: which spelling is which kind of token, from CLDR names and the vocabulary.

A kind is one letter, so that the shape of a phrase is a string and a rule of the grammar is a regular
expression over shapes (see shapes.py).
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from feeds.understand.when.names import ABBREVIATED, MONTHS, WEEKDAYS
from feeds.understand.when.vocabulary import (
    CLOCK_WORDS,
    COMPOUND_WEEKDAYS,
    CONNECTING,
    MEANING,
    MONTHS_BESIDE_CLDR,
    WEAK_LOWER_MONTHS,
    WEAK_LOWER_WEEKDAYS,
    WEAK_MONTHS,
    WEAK_WEEKDAYS,
    WEEKDAYS_BESIDE_CLDR,
)
from feeds.understand.when.zones import ABBREVIATIONS, LOWER_CASE, STARTERS

PHRASE = "?"
"""The kind of a word that may begin a zone or a phrase of several words; `sense` is its kind otherwise."""


class Word(NamedTuple):
    """What a word means: its kind, its number (month, weekday), its sense or name, the languages it is of."""

    kind: str
    number: int = 0
    sense: str = ""
    languages: frozenset[str] = frozenset()


def _lexicon() -> dict[str, Word]:
    words: dict[str, Word] = {}
    for kind, line in CONNECTING.items():
        for name in line.split():
            _enter(words, name, {spelling: Word(kind, sense=name) for spelling in _spellings(name)})
    for (kind, sense), line in MEANING.items():
        for name in line.split():
            _enter(words, name, {s: Word(kind, int(s in CLOCK_WORDS), sense) for s in _spellings(name)})
    for name, (number, languages) in (WEEKDAYS | WEEKDAYS_BESIDE_CLDR | COMPOUND_WEEKDAYS).items():
        _enter(words, name, _weekday(name, number, frozenset(languages)))
        if name not in ABBREVIATED and languages[0] in ("en", "de", "fr", "nl"):
            _enter(
                words, name + "s", {spelling: Word("S", number, name) for spelling in _spellings(name + "s")}
            )
    for name, (number, languages) in (MONTHS | MONTHS_BESIDE_CLDR).items():
        _enter(words, name, _month(name, number, frozenset(languages)))
    starters = {case: None for name in sorted(LOWER_CASE | STARTERS | {"t", "tot"}) for case in _cases(name)}
    for spelling in {**starters, **dict.fromkeys(name for name in ABBREVIATIONS if len(name) > 1)}:
        words[spelling] = Word(PHRASE, sense=words[spelling].kind if spelling in words else "")
    return words


def _cases(word: str) -> tuple[str, ...]:
    return (word, word[:1].upper() + word[1:], word.upper())


def _spellings(name: str) -> list[str]:
    """Lower, title and upper case, then the same without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return [*_cases(name), *(_cases(plain) if plain != name else ())]


def _enter(words: dict[str, Word], name: str, spellings: dict[str, Word]) -> None:
    """Enter the spellings of a name; one that lost its accents never displaces another word's own."""
    for spelling, word in spellings.items():
        if spelling.lower() == name or spelling not in words:
            words[spelling] = word


def _weekday(name: str, number: int, languages: frozenset[str]) -> dict[str, Word]:
    return {s: Word(_weekday_kind(name, s), number, name, languages) for s in _spellings(name)}


def _weekday_kind(name: str, spelling: str) -> str:
    if name in WEAK_WEEKDAYS or spelling in WEAK_LOWER_WEEKDAYS:
        return "v"
    if name in ABBREVIATED or name in WEEKDAYS_BESIDE_CLDR:
        return "w"
    # A capital Domingo is as often a person or a place.
    return "w" if name == "domingo" and spelling != name else "W"


def _month(name: str, number: int, languages: frozenset[str]) -> dict[str, Word]:
    return {s: Word(_month_kind(name, s, languages), number, name, languages) for s in _spellings(name)}


def _month_kind(name: str, spelling: str, languages: frozenset[str]) -> str:
    if name == "mar":
        return "j" if spelling == name else "J"
    if spelling.lower() in WEAK_MONTHS or spelling in WEAK_LOWER_MONTHS:
        return "n"
    return "M" if "en" in languages else "m"


WORDS: dict[str, Word] = _lexicon()
MONTH_NUMBERS: dict[str, int] = {s: word.number for s, word in WORDS.items() if word.kind in "MmnJj"}
