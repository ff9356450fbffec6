"""Owns the reading of `Key: value` lines at the head of a post, without fences, as Pelican has them."""

from __future__ import annotations

import re
from typing import Any, Final

from feeds.post.values import FrontMatter, KeyPath
from feeds.source import Span

_LINE: Final = re.compile(r"([A-Za-z][\w-]{0,39}):[ \t]*(\S[^\n]{0,2000})?(?:\n|\Z)")
_NIKOLA: Final = re.compile(r"\s*<!--[ \t]*\n(?=\.\. )")
_NIKOLA_LINE: Final = re.compile(r"\.\. ([a-z][\w-]{0,39}):[ \t]*(\S[^\n]{0,2000})?\n")
_NIKOLA_END: Final = re.compile(r"[ \t\n]*-->[ \t]*(?:\n|\Z)")
_INDENTED: Final = re.compile(r"(?:    |\t)[ \t]*(\S[^\n]{0,2000})(?:\n|\Z)")
_MOST: Final = 60

_OWN: Final = frozenset(
    ("date", "category", "tags", "slug", "author", "authors", "modified", "summary", "status", "lang")
)
"""Keys one of which stands beside the title; "Title: …" alone may be the first words of a text."""

_FACTS: Final = frozenset(
    ("time", "when", "where", "place", "location", "room", "venue", "speaker", "speakers", "host", "hosts")
)
"""What is told of an event; site generators have no such metadata of a post."""

_STAMP: Final = re.compile(
    r"(?:\d{4}-\d{1,2}-\d{1,2}(?:[ T]\d{1,2}:\d\d(?::\d\d)?(?:[ ]?[+-]\d\d:?\d\d|Z)?)?)?$"
)
"""A date as generators have it; none is one too."""


def read_key_lines(text: str) -> tuple[FrontMatter, int]:
    """The values by lower-case key, and where the body begins; empty and 0 where a post begins otherwise.

    A line that is indented goes on with the value above it.
    Source: Pelican, "Writing content"; Python-Markdown, "Meta-Data"; Nikola, "Metadata fields".
    """
    if (opening := _NIKOLA.match(text)) is not None:
        return _nikola(text, opening.end())
    data: dict[str, Any] = {}
    keys: dict[KeyPath, Span] = {}
    values: dict[KeyPath, Span] = {}
    at, last = 0, ""
    for _ in range(_MOST):
        if found := _LINE.match(text, at):
            last = found[1].lower()
            data.setdefault(last, (found[2] or "").rstrip())
            keys.setdefault((last,), Span(*found.span(1)))
            values.setdefault((last,), Span(*found.span(2)) if found[2] else Span(found.end(1), found.end(1)))
        elif last and (found := _INDENTED.match(text, at)):
            data[last] = f"{data[last]} {found[1].rstrip()}".strip()
        else:
            break
        at = found.end()
    begins = not text[at:].strip() or text.startswith("\n", at)
    if "title" not in data or not _OWN & data.keys() or not begins:
        return FrontMatter(), 0
    if _FACTS & data.keys() or not _STAMP.match(data.get("date", "")):
        return FrontMatter(), 0  # what an author tells of an event, and no metadata
    if data.get("status", "").lower() in ("draft", "hidden"):
        data["draft"] = True
    return FrontMatter(data=data, keys=keys, values=values), at


def _nikola(text: str, at: int) -> tuple[FrontMatter, int]:
    """The values of lines such as ".. date: 2027-03-04" in the comment that a post begins with."""
    data: dict[str, Any] = {}
    keys: dict[KeyPath, Span] = {}
    values: dict[KeyPath, Span] = {}
    for _ in range(_MOST):
        found = _NIKOLA_LINE.match(text, at)
        if found is None:
            break
        if found[2]:
            data.setdefault(found[1], found[2].rstrip())
            keys.setdefault((found[1],), Span(*found.span(1)))
            values.setdefault((found[1],), Span(*found.span(2)))
        at = found.end()
    end = _NIKOLA_END.match(text, at)
    if end is None or "title" not in data:
        return FrontMatter(), 0
    if "draft" in re.split(r",\s*", data.get("tags", "")) or data.get("status") in ("draft", "private"):
        data["draft"] = True
    return FrontMatter(data=data, keys=keys, values=values), end.end()
