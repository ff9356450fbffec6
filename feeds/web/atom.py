"""Owns changes as Atom 1.0 (RFC 4287): the same news make the same bytes, whenever they are asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from feeds.following import News

_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = "1970-01-01T00:00:00Z"
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")  # what XML 1.0 cannot hold


def render(news: Sequence[News], *, title: str, author: str, path: str, root: str) -> bytes:
    """The feed of the changes at `path` of the site at `root`; UTF-8 with a declaration.

    Each entry is named by what happened, wherever it is told, so that a reader shows it once.
    """
    page = f"{root}{path}"
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    # Named by the address: two sites that tell of the same conference are two feeds.
    _text(feed, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, page)}")
    _text(feed, "title", title)
    _text(feed, "updated", max((_stamp(one.at) for one in news), default=_NEVER))
    _text(SubElement(feed, "author"), "name", author)
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{page}.atom"})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": page})
    for one in news:
        _entry(feed, one, root=root)
    indent(feed, space="")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(feed, encoding="unicode")}\n'.encode()


def _entry(feed: Element, news: News, *, root: str) -> None:
    entry = SubElement(feed, "entry")
    _text(entry, "id", f"urn:uuid:{news.key}")
    _text(entry, "title", news.words)
    # It happened once: what happens next is another entry.
    _text(entry, "published", _stamp(news.at))
    _text(entry, "updated", _stamp(news.at))
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": f"{root}{news.page}"})
    for kind in news.kinds:
        SubElement(entry, "category", {"term": kind})


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)


def _stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
