"""Owns the room that a sentence says for all that has none: "All talks take place in Kiln House, room 12"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from feeds.understand.addresses import addressed
from feeds.understand.clauses import split_sentences
from feeds.understand.context import Book
from feeds.understand.labels import find_label
from feeds.understand.outline import Scope
from feeds.understand.part import Part
from feeds.understand.phrases import is_aside, is_generic_heading, is_past, pattern_for
from feeds.understand.places import find_places, is_online
from feeds.understand.rooms import find_room, is_bare_room, is_room, is_surely_room
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

    `since` and `until` are where what it is said for begins and ends: "the meetings are held in" tells
    nothing of another section, and nothing below a heading of its own does. `fewest` are the sessions that
    it needs: what a block says of its only one it says of that one.
    """

    room: Part
    all: bool
    since: int = 0
    until: int | None = None
    fewest: int = 2


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
    heads = [scope for scope in root.walk() if scope.kind == "section" and scope.lines]
    for sentence in sentences:
        meant = FOR_ALL.search(sentence.text.lower())
        if meant is not None and (room := _room(sentence) or _named(sentence)) is not None:
            since, until = _section_of(sentence, heads, some=meant[0].startswith(SOME))
            yield Told(room, all=True, since=since, until=until)
    yield from _houses(heads)
    day = book.day_of_post.read.span if book.day_of_post is not None else None
    for line in lines[:_OPENING]:
        whole = line.span()
        if day is None or not whole.start <= day.start < whole.end:
            continue
        for sentence in split_sentences(line):
            said = sentence.span.start <= day.start < sentence.span.end
            if said and not is_past(sentence.text) and (room := _named_room(sentence)) is not None:
                yield Told(room, all=False)


def _houses(heads: Sequence[Scope]) -> Iterator[Told]:
    """The houses of sections that begin with a day and a place ("Thursday, 9 May at The Boiler House")."""
    for at, scope in enumerate(heads):
        line = next((one.lines[0] for one in scope.body if one.kind in ("text", "lead") and one.lines), None)
        when = next((one for one in find_when(line.text[:_LONGEST]) if one.days), None) if line else None
        if line is None or when is None or when.at[0] > _NEAR_START:
            continue
        found = _HOUSE.match(line.text, when.at[1])
        part = Part(line, *found.span(1)).trimmed() if found is not None else None
        if part is None or is_online(part.text) or _ends_with_town(part.text) or find_when(part.text):
            continue
        until = next((one for one in heads[at + 1 :] if one.rank <= scope.rank), None)
        end = until.lines[0].span().start if until is not None else None
        yield Told(part, all=True, since=line.span().start, until=end, fewest=1)


_NEAR_START = 3
_HOUSE = re.compile(
    r",?\s(?:at|@|in|im|in der|bei|beim|chez|au|à la|en el|en la|en|presso|al|alla|no|na|bij|in de|in het)\s"
    r"((?:the |our |la |le |el |de )?[A-ZÀ-Þ][^.;:!?()]{2,60}?)"
    r"(?=\s?\(|[.;]?$|[.;]\s|,\s(?:doors?|from|starts?|at|ab|Einlass|Beginn|dès|desde|dalle|vanaf|\d))"
)


def _section_of(sentence: Part, heads: Sequence[Scope], *, some: bool) -> tuple[int, int | None]:
    """Where the section of a sentence begins and ends, where its heading names it ("LodestoneDay, Tuesday").

    "Venue" heads no part of a programme; `some` is whether the sentence speaks of "the meetings" alone.
    """
    above = [one for one in heads if one.lines[0].span().start < sentence.span.start]
    below = [one for one in heads if one.lines[0].span().start > sentence.span.start]
    own = above[-1] if above else None
    if own is not None and (is_generic_heading(own.lines[0].text) or is_aside(own.lines[0].text)):
        own = None
    ending = [one for one in below if some or (own is not None and one.rank <= own.rank)]
    since = own.lines[0].span().start if own is not None else 0
    return since, ending[0].lines[0].span().start if ending else None


_LONGEST = 900


def _room(sentence: Part) -> Part | None:
    """The place of all: what "are in" leads to, though no word says that it is a room; no town, no call."""
    label = find_label(sentence.text)
    for found in _IN.finditer(sentence.text):
        end = _BEFORE.search(sentence.text, 0, found.start())
        part = sentence.at(*found.span(1)).trimmed()
        word = _uncut(part).text
        named = is_room(word) or _BY_NOUN.match(sentence.text, found.end()) is not None
        alone = (" " not in word and not named) or _LANGUAGE.search(part.text)
        if (end is None and label is None) or alone or _ends_with_town(part.text) or is_online(part.text):
            continue
        venue = addressed(sentence.at(found.start(), len(sentence.text)).trimmed(), here=True)
        return venue[1] if venue else _with_next(sentence, _uncut(part))
    return None


_BY_NOUN = re.compile(
    rf",\s(?i:(?:the|our|a|an|der|die|das|la|le|el|il|het|de)\s)?(?:[\w-]+\s){{0,2}}(?i:{pattern_for('room')})\b"
)
"""What kind of place a name is, right behind it ("in Pascal, the big hall on the ground floor")."""

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
