"""Owns which of the links around a session is its own page, and which leads to its call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feeds.understand.draft import Read
from feeds.understand.facts import Facts
from feeds.understand.links import leads
from feeds.understand.outline import Scope
from feeds.understand.part import Part
from feeds.understand.phrases import is_generic, is_material
from feeds.understand.places import conference_link
from feeds.understand.title import Title

_BARE = re.compile(r"https?://[^\s<>\"'）)\]]{3,2000}")


def page_of_session(
    title: Title, facts: Facts, *, rest: Sequence[Scope], reads: dict[str, Read]
) -> str | None:
    """The link on the title, else one with a label, else one below that points at the session."""
    if title.url:
        if title.url_part:
            reads["url"] = Read(how="read", span=title.url_part.span, why="the link on the title")
        return title.url
    for part in facts.labelled.get("url", []):
        alone = part.line.text[: part.end].rpartition(" ")[2]  # with the "/" that a part does without
        within = alone if alone.endswith(part.text) and leads(alone) == "within" else None
        if link := next(_addresses(part), within):
            reads["url"] = Read(how="read", span=part.span, why="the labelled link")
            return link
    lines = (line for scope in rest[:3] if scope.kind == "text" or _is_link(scope) for line in scope.lines)
    behind = [part for part, after in facts.texts if after and not part.overlaps(title.part)]
    behind += [
        Part(part.line, title.part.end, part.end)
        for part, _ in facts.texts
        if part.line is title.part.line and part.start <= title.part.end < part.end
    ]
    below = [Part(line, 0, len(line.text)) for line in lines]
    for part in (*([title.rest] if title.rest else []), *behind, *below):
        for mark in part.links:
            words = part.line.text[mark.start : mark.end]
            if (is_generic(words) and not is_material(words)) or conference_link(mark.href):
                span = part.line.span(mark.start, mark.end)
                reads["url"] = Read(how="read", span=span, why="a link that points at the session")
                return mark.href
    return None


def _is_link(scope: Scope) -> bool:
    """Whether a bullet or a paragraph is a link and nothing else ("[Talk page](u)")."""
    line = scope.lines[0] if scope.kind in ("item", "lead") and scope.lines else None
    return line is not None and any(m.start <= 1 and m.end >= len(line.text) - 1 for m in line.marked("link"))


def _addresses(part: Part) -> Iterator[str]:
    """The addresses of a part: links, then bare ones."""
    yield from (mark.href for mark in part.links)
    yield from (found[0] for found in _BARE.finditer(part.text))


def call_of_session(facts: Facts, url: str | None) -> str | None:
    """The address of a video conference, if one is given."""
    parts = [part for parts in facts.labelled.values() for part in parts]
    links = [mark.href for part in parts for mark in part.links]
    links += [found[0] for part in parts for found in _BARE.finditer(part.text)]
    links += [mark.href for part, _ in facts.texts for mark in part.links]
    return next((link for link in (url, *links) if link and conference_link(link)), None)
