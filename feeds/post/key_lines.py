"""Owns the reading of `Key: value` lines at the head of a post, without fences, as Pelican has them."""

from __future__ import annotations

import re
from typing import Any, Final

from feeds.post.values import FrontMatter, KeyPath
from feeds.source import Span

_LINE: Final = re.compile(r"([A-Za-z][\w-]{0,39}):[ \t]*(\S[^\n]{0,2000})?(?:\n|\Z)")
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
    Source: Pelican, "Writing content"; Python-Markdown, "Meta-Data".
    """
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
