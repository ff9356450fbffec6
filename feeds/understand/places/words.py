"""Owns the words of a text as place names are matched against them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from feeds.understand.gazetteer import fold_word

# A letter and what follows of letters and combining accents (a decomposed "ü" is one word with its base).
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_CAPITALISED = re.compile(r"[^\W\d_a-z](?<![^\W_].)[^\W\d_]*(?:[\u0300-\u036f]+[^\W\d_]*)*")
_BEHIND = re.compile(r"[-‐‑'’./&\s]{1,3}([^\W\d_]+)")
_CHUNK = re.compile(r"\S+")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z+.-]{0,11}$")
_JOINTS = frozenset({"", "-", "‐", "‑", "'", "’", ".", "/", "&"})


class Word(NamedTuple):
    """A run of letters: where it stands, its folded form, and whether it begins with a capital."""

    start: int
    end: int
    key: str
    capital: bool


def capitals(text: str) -> list[str]:
    """The words that begin with a capital, as they are spelled."""
    return _CAPITALISED.findall(text)


def capitalised(text: str) -> Iterator[re.Match[str]]:
    """The words that begin with a capital."""
    return _CAPITALISED.finditer(text)


def word_behind(text: str, end: int) -> str:
    """The folded word that may continue a name ending there, empty if there is none."""
    match = _BEHIND.match(text, end)
    return fold_word(match[1]) if match else ""


def words_of(text: str) -> list[Word]:
    """The words of a text without those inside addresses, paths and handles."""
    matches, hidden = _WORD.finditer(text), _hidden(text)
    return [_word(match) for match in (_outside(matches, hidden) if hidden else matches)]


def _word(match: re.Match[str]) -> Word:
    spelled = match[0]
    return Word(match.start(), match.end(), fold_word(spelled), not spelled[0].islower())


def _outside(matches: Iterator[re.Match[str]], hidden: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The matches that do not begin inside a range; the last range comes first."""
    for match in matches:
        while hidden and hidden[-1][1] <= match.start():
            hidden.pop()
        if not hidden or match.start() < hidden[-1][0]:
            yield match


def joined(text: str, *, left: Word, right: Word) -> bool:
    """Whether two neighbours can belong to one name: a space, a hyphen, an apostrophe between."""
    if right.start - left.end > 3:
        return False
    gap = text[left.end : right.start]
    return gap.count("\n") <= 1 and gap.strip() in _JOINTS


def _hidden(text: str) -> list[tuple[int, int]]:
    """Ranges of web addresses, mail addresses and handles, the last first."""
    if "://" not in text and "@" not in text and "www." not in text:
        return []
    found = []
    for chunk in _CHUNK.finditer(text):
        begin = _begin(chunk[0])
        if begin is not None:
            found.append((chunk.start() + begin, chunk.end()))
    return found[::-1]


def _begin(chunk: str) -> int | None:
    at = chunk.find("://")
    if at != -1:
        scheme = _SCHEME.search(chunk, max(0, at - 12), at)
        return scheme.start() if scheme else at
    if "@" in chunk[:-1]:
        return 0
    at = chunk.find("www.")
    return None if at == -1 else at
