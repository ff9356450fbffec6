"""Owns titles where a time has none beside it: what the words below open with, or who plays then."""

from __future__ import annotations

import re

from feeds.understand.context import Book
from feeds.understand.head_titles import read_as_title
from feeds.understand.heads import Head
from feeds.understand.part import Part
from feeds.understand.title import Title, clean
from feeds.understand.title_rooms import tail_room

_OPENING = re.compile(r"[^.!?]{6,90}[.!?]?(?=\s|$)")

_LONGEST_OPENING = 200


def opening_title(book: Book, head: Head) -> Title | None:
    """Below a bare time the first marked words or sentence is the title ("*Title*. With A and B.")."""
    if not head.rest or not head.rest[0].lines or any(below.kind != "text" for below in head.rest):
        return None
    line = head.rest[0].lines[0]
    linked = any(mark.start <= 1 for mark in line.marked("link")) and len(line.text) < _LONGEST_OPENING
    if linked and (told := read_as_title(book, Part(line, 0, len(line.text)))) and told.people is not None:
        return told  # "[Title](u), Ada Ek (Quarry)"
    opening = (m.end for m in line.marks if m.kind in ("strong", "emphasis", "link") and m.start <= 1)
    end = next(opening, None) or _first_sentence(line.text)
    return read_as_title(book, Part(line, 0, end)) if end is not None else None


def _first_sentence(text: str) -> int | None:
    """Where the first sentence ends, if it is as short as a title."""
    found = _OPENING.match(text)
    return found.end() if found and len(found[0].split()) <= 12 else None


def performers(head: Head) -> Title | None:
    """Names behind a time that nothing else tells of: who plays is what there is ("11am Trio Linde")."""
    part = next((part for part, after in head.facts.texts if after), None)
    if part is None or head.rest:
        return None
    inner, room = tail_room(part, ())
    return Title(part=inner, text=clean(inner.text), people=inner, room=room)
