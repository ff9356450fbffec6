"""Owns what a reader of the calendar is told in words: the plain description and its HTML twin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as html

from feeds.ical.text import DESCRIPTION_LIMIT, clip, one_line, plain
from feeds.model import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a description is made of, in the order it is told; all of it is sanitised on the way out.

    `kinds` are what the session belongs to: format, track, event. Links are (label, address) pairs.
    """

    notices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    abstract: str = ""


def person(speaker: Speaker) -> str:
    """Name and, in brackets, affiliation."""
    name = one_line(speaker.name)
    affiliation = one_line(speaker.affiliation) if speaker.affiliation else ""
    return f"{name} ({affiliation})" if affiliation else name


def describe(words: Words) -> tuple[str, str]:
    """The plain text, and an HTML document of the same content made only of text that we escaped.

    The abstract comes last, so that what is cut off at the limit is its end and never a link.
    """
    head = _head(words)
    room = DESCRIPTION_LIMIT - sum(len(label) + len(address) + 3 for label, address in words.links)
    top = clip("\n".join(head), max(room - 2, 80)) if head else ""
    links = "\n".join(f"{label}: {address}" if label else address for label, address in words.links)
    start = "\n".join(part for part in (top, links) if part)
    left = DESCRIPTION_LIMIT - len(start) - 2
    abstract = clip(plain(words.abstract), left) if words.abstract and left > 80 else ""
    text = "\n\n".join(part for part in (start, abstract) if part)
    return text, _document(top, words.links, abstract)


def _head(words: Words) -> list[str]:
    return [*words.notices, *([" · ".join(words.kinds)] if words.kinds else []), *words.people]


def _document(top: str, links: Sequence[tuple[str, str]], abstract: str) -> str:
    lines = html(top).split("\n") if top else []
    for label, address in links:
        safe = html(address)
        link = f'<a href="{safe}">{safe}</a>'
        lines.append(f"{html(label)}: {link}" if label else link)
    blocks = ["<br>".join(lines)] if lines else []
    blocks += html(abstract).replace("\n", "<br>").split("<br><br>") if abstract else []
    return "<html><body>" + "".join(f"<p>{block}</p>" for block in blocks) + "</body></html>"
