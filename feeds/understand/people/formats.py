"""Owns session formats: the labels people write, in seven languages, and the format each means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from feeds.understand.people.names import kind_of
from feeds.understand.people.values import fold
from feeds.understand.people.words import QUALIFIERS, resource


def _folded() -> dict[str, str]:
    labels: dict[str, str] = {}
    name = ""
    for line in resource("formats.txt"):
        if line.startswith("["):
            name = line.strip("[]")
        else:
            labels |= {fold(label.strip()): name for label in line.split(",") if label.strip()}
    return labels


FORMATS: Mapping[str, str] = _folded()
"""Folded label to canonical format."""

_CARRIERS = frozenset(
    {"stream", "lab", "sprint", "sprints", "session", "talks", "training", "debate", "rex", "lightning"}
)
"""Labels too common as words of a title to carry an unknown qualifier."""
_MAX_WORDS = 5
_EDGES = " \t\xa0\u200b\ufe0f*_[]()#!.:-–—"
_LENGTH = re.compile(
    r"\d{1,3}(?:[-‑ ]?min(?:ute|utes|s)?|[-‑]hour|h)?\.?|min(?:ute|utes|s)?\.?", re.IGNORECASE
)
_ASIDE = re.compile(r"(?<=\w)\s?[\[(][^()\[\]]{1,20}[\])]$")
_CLOSING = frozenset("])")
_NUMBER = re.compile(r"\s*(?:#\s?)?\d{1,3}$")


@lru_cache(maxsize=2048)
def format_of(label: str) -> str | None:
    """The canonical format of a label such as "Opening Keynote" or "Atelier"; None where it is none."""
    if len(label) > 80:
        return None
    plain = label.strip()
    if plain[-1:] in _CLOSING:
        plain = _ASIDE.sub("", plain)
    plain = plain.strip(_EDGES)
    if plain[-1:].isdecimal():
        plain = _NUMBER.sub("", plain)
    words = plain.split()
    if not 1 <= len(words) <= _MAX_WORDS:
        return None
    folded = [fold(word) for word in words]
    for start in range(len(words)):
        found = FORMATS.get(" ".join(folded[start:]))
        if found is not None:
            return found if _qualify(words[:start], folded[start:]) else None
    return None


def _qualify(qualifiers: list[str], core: list[str]) -> bool:
    """Whether what stands before a label only says whose or which: known words or names with a capital."""
    unknown = [word for word in qualifiers if fold(word) not in QUALIFIERS and not _LENGTH.fullmatch(word)]
    if not unknown:
        return True
    if " ".join(core) in _CARRIERS or len(unknown) > 2:
        return False
    return all(word[0].isupper() and kind_of(word) not in {"function", "role", "given"} for word in unknown)
