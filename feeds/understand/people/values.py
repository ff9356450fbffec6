"""Owns the values that reading people gives, and the folding of words for comparison."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Slice = tuple[int, int]
"""Half-open range of code points in the text that was read."""

Links = Sequence[tuple[Slice, str]]
"""The links of a text: the slice that is linked, and where to."""

_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ß": "ss", "đ": "d", "Đ": "d", "ı": "i", "æ": "ae", "Æ": "ae"}
    | {"ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "œ": "oe", "Œ": "oe", "’": "'", "ʼ": "'", "‘": "'"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody as written. `at` is the slice of the name; `name` is without title, nickname and handle."""

    name: str
    at: Slice
    affiliation: str | None = None
    role: str | None = None
    handle: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleParts:
    """A title taken apart. `format` is the canonical format, `people` the slice that lists the speakers."""

    title: Slice
    format: str | None = None
    track_prefix: str | None = None
    people: Slice | None = None
    status: Literal["cancelled", "postponed"] | None = None


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The text in lower case, without accents and with straight apostrophes, for comparison."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    for mark in [char for char in set(plain) if unicodedata.combining(char)]:  # few differ, however long
        plain = plain.replace(mark, "")
    return plain.casefold()
