"""Owns what the line below a title, or the tail behind it, says without labels: who speaks, and in which room."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from feeds.post import Line
from feeds.understand.part import SENTENCE_END, Part
from feeds.understand.people import format_of, looks_like_people
from feeds.understand.rooms import find_room, is_room
from feeds.understand.when import find_when

BY = re.compile(
    r"(?i)^(?:by|presented by|hosted by|led by|moderated by|hosts?|with|von|mit|par|avec|por|con|di|com|door|met|"
    r"speakers?:|talk by|facilitated by)\s+(?=[\w\"“*])"
)
_INLINE_ROOM = re.compile(
    r"(?i)(?:^|[\s(.,;])(?:room|raum|saal|salle|sala|aula|zaal|venue|where|location|stage)s?\s{0,2}[:：]\s{0,3}([^.;|\n()]{2,60})"
)
_SEGMENT = re.compile(r"\s[—–|•·/]\s|\s-\s|\s*[()]\s*|;\s|" + SENTENCE_END.pattern)
_IN_THE = re.compile(
    r"\b(?:in|im|at|auf|dans|en|na|no|nella|nel) (?:the |der |la |le |el |de |het )([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,2})(?! [a-z]+ing)"
)
_TAIL = re.compile(r"\s*\(([^()]{2,60})\)\s*[.!]?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Who and where, as parts still to be read; `left` is what was not either."""

    people: Part | None = None
    room: Part | None = None


def common_rooms(lines: Iterable[Line]) -> frozenset[str]:
    """Short phrases that recur where rooms stand (in brackets, behind a dash, as a sentence of their own)."""
    counts: Counter[str] = Counter()
    for line in lines:
        seen = {
            part.text.casefold()
            for part in list(segments(Part(line, 0, len(line.text))))[1:]
            if _short_name(part.text)
        }
        seen |= {found[1].casefold() for found in _IN_THE.finditer(line.text) if not find_when(found[1])}
        counts.update(seen)
    return frozenset(text for text, count in counts.items() if count > 1)


def segments(part: Part) -> Iterator[Part]:
    """The pieces between dashes, bars, brackets and full stops."""
    at = 0
    for found in _SEGMENT.finditer(part.text):
        if piece := part.at(at, found.start()).trimmed():
            yield piece
        at = found.end()
    if piece := part.at(at, len(part.text)).trimmed():
        yield piece


def _short_name(text: str) -> bool:
    words = text.split()
    return (
        1 <= len(words) <= 4 and text[:1].isupper() and not find_when(text) and looks_like_people(text) < 0.5
    )


def below(line: Line, rooms: Collection[str]) -> Beside:
    """What the first line below a title says: "Ada Lovelace, Analytical — Main Hall", "With A and B. Room: 4"."""
    return told(Part(line, 0, len(line.text)), rooms)


def told(part: Part, rooms: Collection[str]) -> Beside:
    """What a phrase says of people and room."""
    whole = part.trimmed()
    if is_room(whole.text) and len(whole.text) < 100 and " | " in whole.text:
        return Beside(room=whole)  # "Pavilion 7 | Level 7.3 | Room E05" is one place
    room = None
    if found := _INLINE_ROOM.search(whole.text):
        room = whole.at(*found.span(1)).trimmed()
    people = None
    for number, piece in enumerate(segments(whole)):
        if number > 3:
            break
        if room is None and (number or people is None) and (place := _room(piece, rooms)):
            room = place
        elif people is None and number < 2:
            people = _people(piece) or (opening_name(piece) if number == 0 else None)
    return Beside(people=people, room=room)


def _room(piece: Part, rooms: Collection[str]) -> Part | None:
    """A piece that is a room, or whose last part behind a comma is, or that names one after "in"."""
    if names_room(piece.text, rooms):
        return piece
    if "," in piece.text:
        last = piece.at(piece.text.rindex(",") + 1, len(piece.text)).trimmed()
        if last and names_room(last.text, rooms) and looks_like_people(piece.text) < 0.5:
            return last
    found = find_room(piece.text, rooms)
    return piece.at(*found).trimmed() if found else None


def names_room(text: str, rooms: Collection[str]) -> bool:
    """Whether a short piece is a room: by its noun, or because it recurs where rooms stand."""
    plain = text.casefold().removeprefix("the ")
    if len(text.split()) > 6 or not any(char.isalpha() for char in text):
        return False
    return plain in rooms or (is_room(text) and len(text) < 60 and not _names_people(text))


def _names_people(text: str) -> bool:
    """A name with its organisation stays people though the organisation has a hall or a library."""
    return "," in text and looks_like_people(text.split(",")[0]) >= 0.5


def _people(piece: Part) -> Part | None:
    lead = BY.match(piece.text)
    words = piece.at(lead.end(), len(piece.text)).trimmed() if lead else piece
    if len(words.text) > 260:
        return None
    return words if looks_like_people(words.text) >= (0.3 if lead else 0.5) else None


_NAME = re.compile(
    r"^(?:(?:Dr|Prof|Mr|Ms|Mrs|Ing|Dra|avv|Dott)\.\s+)?[^\W\d_][\w'’.-]+(?:\s+(?:[a-zà-þ]{1,3}\s+){0,2}[^\W\d_a-z][\w'’.-]*){1,3}$"
)


def opening_name(piece: Part) -> Part | None:
    """A bold name that opens the paragraph below a title is the speaker; "A & B" in bold are both."""
    names = [m for m in piece.marks("strong") if _NAME.match(piece.line.text[m.start : m.end].strip())]
    if not names or names[0].start > piece.start + 1:
        return None
    end = names[0].end
    for mark in names[1:]:
        if re.fullmatch(r"[\s,]*(?:&|and|und|et|y|e|en|,)\s*", piece.line.text[end : mark.start]):
            end = mark.end
    tail = re.match(r",\s+[^.,;:]{2,40}$", piece.line.text[end : piece.end])
    return Part(piece.line, piece.start, end + tail.end() if tail else end)


def tail_room(part: Part, rooms: Collection[str]) -> tuple[Part, Part | None]:
    """A part without the room in brackets at its end ("with Adwoa Mensah (Room Volta)")."""
    found = _TAIL.search(part.text)
    if found:
        inner = part.at(*found.span(1)).trimmed()
        if names_room(inner.text, rooms):
            return part.at(0, found.start()).trimmed(), inner
    if (named := find_room(part.text, rooms)) and part.text[named[1] :].strip(" .!)") == "":
        room = part.at(*named).trimmed()
        if names_room(room.text, rooms):
            cut = re.search(
                r"(?i)[\s,(]*(?:in|at|@|im|in der|dans|en|à|na|no|nella|op|bij)\s*(?:the\s+|la\s+|le\s+)?$",
                part.text[: named[0]],
            )
            return part.at(0, cut.start() if cut else named[0]).trimmed(), room
    return part, None


_BEFORE = re.compile(r"^\[?([^\[\]:]{2,40})\]?\s*[:–—]\s+|^\[([^\[\]]{2,40})\]\s*")


def leading_room(part: Part, rooms: Collection[str]) -> tuple[Part, Part | None]:
    """A part without the room it begins with ("Ballroom A: How we lost 3 TB", "[Sal 2] Change data capture")."""
    found = _BEFORE.match(part.text)
    if not found:
        return part, None
    group = 1 if found[1] else 2
    room = part.at(*found.span(group)).trimmed()
    bracketed = part.text.startswith("[") and format_of(room.text) is None and len(room.text) > 3
    if not (bracketed or names_room(room.text, rooms)) or len(room.text.split()) > 4:
        return part, None
    return part.at(found.end(), len(part.text)).trimmed(), room
