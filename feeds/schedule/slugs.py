"""Owns slugs: short ASCII names for addresses, made of words that people know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from slugify import slugify

MOST = 72


@lru_cache(maxsize=65_536)
def slug_of(text: str) -> str:
    """A slug of at most 72 characters, cut at a word; "x" where nothing of the text is left."""
    joined = re.sub(r"\b(\w)/(\w)\b", r"\1\2", text.replace("’", "").replace("'", ""))  # I/O is one word
    return slugify(joined, max_length=MOST, word_boundary=True) or "x"


def event_slug(name: str, year: int | None) -> str:
    """A conference's slug carries its year once ("KubeCon EU '24" -> kubecon-eu-2024)."""
    if year is None:
        return slug_of(name)
    bare = re.sub(rf"(?:\b{year}\b|['’]{year % 100:02d}\b)", " ", name)
    bare = bare if any(char.isalnum() for char in bare) else name
    return f"{slug_of(bare)}-{year}"


def unique(wanted: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """A slug for each wanted one, told apart by the first extras that do it, whatever the order.

    Each extra is appended in turn to all that still collide; the last resort is a number in the order given.
    """
    slugs = [slug for slug, _ in wanted]
    depth = max((len(extras) for _, extras in wanted), default=0)
    for level in range(depth):
        groups = _groups(slugs)
        if not groups:
            return slugs
        for at in (at for group in groups for at in group):
            extras = wanted[at][1]
            if level < len(extras) and extras[level]:
                slugs[at] = f"{slugs[at]}-{extras[level]}"
    for group in _groups(slugs):
        for number, at in enumerate(group[1:], 2):
            slugs[at] = f"{slugs[at]}-{number}"
    return slugs


def _groups(slugs: Sequence[str]) -> list[list[int]]:
    places: dict[str, list[int]] = {}
    for at, slug in enumerate(slugs):
        places.setdefault(slug, []).append(at)
    return [group for group in places.values() if len(group) > 1]


def first_free(slug: str, taken: Iterable[str]) -> str:
    """The slug, or it with the first number that makes it new."""
    known = set(taken)
    number, found = 2, slug
    while found in known:
        found, number = f"{slug}-{number}", number + 1
    return found
