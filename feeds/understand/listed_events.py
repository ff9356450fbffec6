"""Owns the events of a list: a marked name at the head of a line that goes on with its days and its city."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feeds.model import Place
from feeds.post import Line
from feeds.understand.attended import whens_of
from feeds.understand.context import Book
from feeds.understand.events import EventName
from feeds.understand.part import Part
from feeds.understand.phrases import is_deadline, looks_back_at
from feeds.understand.places import find_places, is_online, settle
from feeds.understand.subject import namelike
from feeds.understand.when import resolve_days
from feeds.understand.when.values import Problem, ResolvedDays

MOST_LINES = 80
"""No post lists more events."""

_BORDER = re.compile(
    r"\s*[,;·•|()\U0001F4CD]\s*|\s[–—-]\s|\s+(?:in|à|en|a|em|te)\s+(?=[A-ZÀ-Þ])|[.!?](?:\s|$)|:\s"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An event of a list; `place` is None where it is held online."""

    line: Line
    name: EventName
    days: ResolvedDays
    place: Place | None
    place_part: Part | None


def listed_events(book: Book, lines: Sequence[Line]) -> Iterator[Listed]:
    """The lines that begin with a bold or linked name and say days, no time, and a city or "online"."""
    for line in lines[:MOST_LINES]:
        name = _name(line)
        days = _days(book, line) if name is not None else None
        if name is None or days is None:
            continue
        found = _place(line, name.end) or _place_in(line, name)
        if found is not None or is_online(line.text):
            place, part = found or (None, None)
            yield Listed(line=line, name=name, days=days, place=place, place_part=part)


def _name(line: Line) -> EventName | None:
    mark = next((m for m in line.marks if m.kind in ("strong", "link") and m.start <= 2), None)
    if mark is None:
        return None
    part = Part(line, mark.start, mark.end).trimmed()
    if not namelike(part.text, person=0.8):
        return None
    return EventName(part.start, part.end, part.text, weak=False)


def _days(book: Book, line: Line) -> ResolvedDays | None:
    whens = whens_of(line)
    if any(when.times for when in whens):
        return None
    said = [when for when in whens if when.days is not None and when.days.days[-1].day is not None]
    if not said or said[0].days is None or looks_back_at(line.text, said[0].at):
        return None
    if is_deadline(line.text[max(0, said[0].at[1] - 200) : said[0].at[1]]):
        return None
    found = resolve_days(said[0].days, anchor=book.anchor, frame=book.year_frame)
    return None if isinstance(found, Problem) else found


def _place_in(line: Line, name: EventName) -> tuple[Place, Part] | None:
    """The city that ends the name ("DevFlux Lisbon")."""
    for mention in find_places(name.name, base=name.start, hint=True):
        if mention.candidates and mention.at[1] == name.start + len(name.name) and mention.at[0] > name.start:
            return settle(mention)[0], Part(line, *mention.at)
    return None


def _place(line: Line, start: int) -> tuple[Place, Part] | None:
    """The first piece behind the name that is a city and nothing else ("· Boston ·", "San Diego, CA")."""
    at = start
    for border in (*_BORDER.finditer(line.text, start), None):
        end = border.start() if border else len(line.text)
        piece = Part(line, at, end).trimmed()
        for mention in find_places(piece.text, base=piece.start, hint=True) if piece else ():
            if mention.candidates and mention.at == (piece.start, piece.end):
                behind = find_places(line.text[piece.start :], base=piece.start, hint=True)
                return settle(behind[0] if behind else mention)[0], piece
        at = border.end() if border else end
    return None
