"""Owns what a reader of the calendar is told in words: the plain description and its HTML twin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as html

from feeds.ical.text import DESCRIPTION_LIMIT, clip, label, plain
from feeds.model import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a description is made of, in the order it is told; all but the abstract is sanitised already.

    `kinds` are what the session belongs to: format, track, event. Links are (label, address) pairs.
    """

    notices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    abstract: str = ""


def person(speaker: Speaker) -> str:
    """Name and, in brackets, affiliation."""
    affiliation = label(speaker.affiliation) if speaker.affiliation else ""
    return f"{label(speaker.name)} ({affiliation})" if affiliation else label(speaker.name)


def describe(words: Words) -> tuple[str, str]:
    """The plain text, and an HTML document of the same content made only of text that we escaped.

    The abstract comes last, so that what is cut off at the limit is its end and never a link.
    """
    links = "\n".join([f"{name}: {address}" if name else address for name, address in words.links])
    head = "\n".join([*words.notices, *([" · ".join(words.kinds)] if words.kinds else []), *words.people])
    head = clip(head, max(DESCRIPTION_LIMIT - len(links) - 1, 100))
    start = f"{head}\n{links}" if head and links else head or links
    left = DESCRIPTION_LIMIT - len(start) - 2
    abstract = clip(plain(words.abstract), left) if words.abstract and left > 100 else ""
    text = f"{start}\n\n{abstract}" if start and abstract else start or abstract
    return clip(text, DESCRIPTION_LIMIT), _document(head, words.links, abstract)


def _document(head: str, links: Sequence[tuple[str, str]], abstract: str) -> str:
    lines = [html(head, quote=False).replace("\n", "<br>")] if head else []
    for name, address in links:
        safe = html(address)
        lines.append(f'{name}: <a href="{safe}">{safe}</a>' if name else f'<a href="{safe}">{safe}</a>')
    blocks = ["<br>".join(lines)] if lines else []
    if abstract:
        blocks.append(html(abstract, quote=False).replace("\n\n", "</p><p>").replace("\n", "<br>"))
    return f"<html><body><p>{'</p><p>'.join(blocks)}</p></body></html>"
