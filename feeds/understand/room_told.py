"""Owns the room that a sentence says for all that has none: "All talks take place in Kiln House, room 12"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from feeds.understand.addresses import addressed
from feeds.understand.clauses import split_sentences
from feeds.understand.context import Book
from feeds.understand.labels import find_label
from feeds.understand.outline import Scope
from feeds.understand.part import Part
from feeds.understand.phrases import is_past, pattern_for
from feeds.understand.places import find_places, is_online
from feeds.understand.rooms import find_room, is_bare_room, is_surely_room
from feeds.understand.usual import FOR_ALL, SOME
from feeds.understand.when import find_when

_IN = re.compile(
    r"\s(?:in|at|im|in der|auf dem|à|au|dans|en|na|no|nella?|op|bij)\s(?:(?:the|la|le|el|de|der|het)\s)?"
    r"(?=[A-ZÀ-Þ])([^,.;:!?()]{3,60})(?=$|[,.;:!?()])"
)
_IS = re.compile(
    rf"(?i)\b(?:{pattern_for('is there')})\s(?:in|at|im|in der|à|au|dans|en|na|no|nella?|op|bij)\s"
)
_BEFORE = re.compile(rf"(?i)\b(?:{pattern_for('is there')})(?:\s\w+)?$")
_MOST_LINES = 30
_OPENING = 6
"""Lines among which a post says when and where it takes place."""


class Told(NamedTuple):
    """A room, and whether it is that of all; else it is that of the one day its sentence says.

    `until` is where what it is said for ends: "the meetings are held in" tells nothing of another section.
    """

    room: Part
    all: bool
    until: int | None = None


def told_rooms(book: Book, root: Scope) -> Iterator[Told]:
    """The rooms that running text says once, those of all first."""
    lines = [
        line
        for scope in root.walk()
        if scope.kind in ("text", "lead")
        for line in scope.lines
        if len(line.text) < _LONGEST
    ][:_MOST_LINES]
    meaning = [line for line in lines if FOR_ALL.search(line.text.lower())]
    sentences = [sentence for line in meaning for sentence in split_sentences(line)]
    heads = [scope.lines[0].span().start for scope in root.walk() if scope.kind == "section" and scope.lines]
    for sentence in sentences:
        meant = FOR_ALL.search(sentence.text.lower())
        if meant is not None and (room := _room(sentence) or _named(sentence)) is not None:
            some = meant[0].startswith(SOME)
            until = next((at for at in heads if at > sentence.span.start), None) if some else None
            yield Told(room, all=True, until=until)
    day = book.day_of_post.read.span if book.day_of_post is not None else None
    for line in lines[:_OPENING]:
        whole = line.span()
        if day is None or not whole.start <= day.start < whole.end:
            continue
        for sentence in split_sentences(line):
            said = sentence.span.start <= day.start < sentence.span.end
            if said and not is_past(sentence.text) and (room := _named_room(sentence)) is not None:
                yield Told(room, all=False)


_LONGEST = 900


def _room(sentence: Part) -> Part | None:
    """The place of all: what "are in" leads to, though no word says that it is a room; no town, no call."""
    label = find_label(sentence.text)
    for found in _IN.finditer(sentence.text):
        end = _BEFORE.search(sentence.text, 0, found.start())
        part = sentence.at(*found.span(1)).trimmed()
        alone = " " not in _uncut(part).text or _LANGUAGE.search(part.text)
        if (end is None and label is None) or alone or _ends_with_town(part.text) or is_online(part.text):
            continue
        venue = addressed(sentence.at(found.start(), len(sentence.text)).trimmed(), here=True)
        return venue[1] if venue else _with_next(sentence, _uncut(part))
    return None


_LANGUAGE = re.compile(
    r"(?i)\b(?:english|german|french|spanish|italian|portuguese|dutch|deutsch|language|sprache)\b"
)


def _named(sentence: Part) -> Part | None:
    """A room by its word for one, where the sentence says that something is there, and names no other."""
    room = _named_room(sentence) if _IS.search(sentence.text) else None
    return (
        room if room is not None and find_room(sentence.text[room.end - sentence.start :]) is None else None
    )


def _ends_with_town(text: str) -> bool:
    """Whether the last words of a place are a town, which is no room in it."""
    return any(mention.at[1] == len(text) for mention in find_places(text, hint=True))


def _named_room(sentence: Part) -> Part | None:
    """A room by its word for one, with the room in it that follows ("Kiln House, room 12")."""
    if venue := addressed(sentence):
        return venue[1]
    towns = [mention.at for mention in find_places(sentence.text) if mention.confidence == "strong"]
    whens = [when.at for when in find_when(sentence.text)]
    blots = [(sentence.start + start, sentence.start + end) for start, end in sorted([*towns, *whens])]
    found = find_room(sentence.blotted(blots))
    if found is None or _CHAT.search(sentence.text, max(0, found[0] - _LEAD), found[1]):
        return None
    part = _uncut(sentence.at(*found).trimmed())
    return _with_next(sentence, part) if is_bare_room(part.text) or is_surely_room(part.text) else None


_CHAT = re.compile(r"(?i)\b(?:matrix|irc|slack|discord|zoom|zulip|chat|telegram|youtube|twitch)\b")
_LEAD = 20


def _uncut(part: Part) -> Part:
    """A place without the "in" of the town that stood behind it, and without the rest of a verb."""
    found = re.search(r"\s(?:in|à|en|em|a|te|at|statt|plaats)$", part.text)
    return part.at(0, found.start()) if found else part


def _with_next(sentence: Part, part: Part) -> Part:
    """A building with the room behind its comma."""
    behind = Part(sentence.line, part.end, sentence.end)
    if behind.text.startswith(", "):
        end = re.search(r"[,;.()]|$", behind.text[2:])
        piece = behind.at(2, 2 + (end.start() if end else 0)).trimmed()
        if is_surely_room(piece.text):
            return Part(sentence.line, part.start, piece.end)
    return part
