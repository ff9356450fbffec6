"""Owns what the line below a title, or the tail behind it, says without labels: who speaks, and where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from feeds.post import Line
from feeds.understand.part import SENTENCE_END, Part
from feeds.understand.people import HONORIFIC, format_of, looks_like_people
from feeds.understand.rooms import find_room, is_bare_room, is_room, is_room_code, is_surely_room
from feeds.understand.when import find_when

BY = re.compile(
    r"(?i)^(?:by|presented by|hosted by|led by|moderated by|hosts?|with|von|mit|par|avec|por|con|di|com|door|"
    r"met|speakers?:|talk by|facilitated by)\s+(?=[\w\"“*])"
)
_INLINE_ROOM = re.compile(
    r"(?i)(?:^|[\s(.,;])(?:room|raum|saal|salle|sala|aula|zaal|venue|where|location|stage)s?\s{0,2}[:：]"
    r"\s{0,3}([^.;|\n()]{2,60})"
)
_SEGMENT = re.compile(rf"[()]|\s[—–|•·/-]\s|;\s|{SENTENCE_END.pattern}")
_IN_THE = re.compile(
    r"\b(?:in|im|at|auf|dans|en|na|no|nella|nel) (?:the |der |la |le |el |de |het )"
    r"([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,2})(?! [a-z]+ing)"
)
_NUMBERED = re.compile(r",\s([A-ZÀ-Þ][\w-]*\s\d{1,3}[a-zA-Z]?)\.?$")
_PREPOSITION = re.compile(
    r"(?i)[\s,(]*(?:in|at|@|im|in der|dans|en|à|na|no|nella|op|bij)\s*(?:the\s+|la\s+|le\s+)?$"
)
_LONGEST_PREPOSITION = 20
_TAIL = re.compile(r"\(([^()]{2,60})\)\s{0,3}[.!]?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Who and where, as parts still to be read.

    `opening` is the paragraph, where `people` are no more than the name it opens with: it may name others.
    """

    people: Part | None = None
    room: Part | None = None
    opening: Part | None = None


def common_rooms(lines: Iterable[Line]) -> frozenset[str]:
    """Short phrases that recur where rooms stand: in brackets, behind a dash, numbered at a line's end."""
    found: defaultdict[str, list[_Candidate]] = defaultdict(list)
    for number, line in enumerate(lines):
        for one in _candidates(line, number):
            found[one.text.casefold()].append(one)
    return frozenset(text for text, each in found.items() if _recurs(each))


class _Candidate(NamedTuple):
    """A phrase on the line of a number that may be a room by where it stands, there like a name.

    `beside` are the piece before it and its own, where it is one of several pieces.
    """

    number: int
    text: str
    named: bool = True
    beside: tuple[Part, Part] | None = None


def _candidates(line: Line, number: int) -> Iterator[_Candidate]:
    if _SEGMENT.search(line.text):
        for before, part in pairwise(segments(Part(line, 0, len(line.text)))):
            if _is_short(part.text):
                yield _Candidate(number, part.text, beside=(before, part))
    if (last := _NUMBERED.search(line.text)) and _is_short(last[1]):
        yield _Candidate(number, last[1])
    for found in _IN_THE.finditer(line.text):
        yield _Candidate(number, found[1], named=False)


def _is_short(text: str) -> bool:
    return text[:1].isupper() and len(text.split()) <= 4


def _recurs(candidates: Sequence[_Candidate]) -> bool:
    """Whether a phrase stands on more than one line; what it is, is asked only where it does."""
    if len({one.number for one in candidates}) < 2:
        return False
    return len({one.number for one in candidates if _may_be_room(one)}) > 1


def _may_be_room(one: _Candidate) -> bool:
    if find_when(one.text):
        return False
    if not one.named:
        return True
    return looks_like_people(one.text) < 0.5 and not (one.beside and _employs(*one.beside))


def _employs(before: Part, part: Part) -> bool:
    """Whether a phrase in brackets is the organisation of the name before it ("Ola Nowak (Harbour Lab)")."""
    gap = part.line.text[before.end : part.start]
    return gap.strip() == "(" and looks_like_people(before.text.rpartition(",")[2]) >= 0.5


def segments(part: Part) -> Iterator[Part]:
    """The pieces between dashes, bars, brackets and full stops."""
    at = 0
    for found in _SEGMENT.finditer(part.text):
        if piece := part.at(at, found.start()).trimmed():
            yield piece
        at = found.end()
    if piece := part.at(at, len(part.text)).trimmed():
        yield piece


def below(line: Line, rooms: Collection[str]) -> Beside:
    """What the first line below a title says ("Ada Lovelace, Analytical — Main Hall", "With A. Room: 4")."""
    return told(Part(line, 0, len(line.text)), rooms)


_SURE = 0.8


def _is_people(whole: Part, rooms: Collection[str]) -> bool:
    """Whether a phrase is a list of speakers to its end, and no room is a piece of it."""
    if SENTENCE_END.search(whole.text) or looks_like_people(whole.text) < _SURE:
        return False
    pieces = [piece.text.rpartition(",")[2].strip() for piece in segments(whole)]
    return not any(names_room(piece, rooms) for piece in pieces)


def told(part: Part, rooms: Collection[str]) -> Beside:
    """What a phrase says of people and room."""
    whole = part.trimmed()
    first = _first_sentence(whole)
    if len(first.text) < 100 and " | " in first.text and _is_one_place(first.text):
        return Beside(room=first)
    if "; " in whole.text and not SENTENCE_END.search(whole.text) and (several := _people(whole)):
        return Beside(people=several)  # "A, Org; B & C, Org"
    if "(" in whole.text and _is_people(whole, rooms):
        return Beside(people=whole)  # "Ada Ek (Quarry), with Bo Li and Cy Wu"
    room = people = paragraph = None
    if found := _INLINE_ROOM.search(whole.text):
        room = whole.at(*found.span(1)).trimmed()
    for number, piece in enumerate(segments(whole)):
        if number > 3:
            break
        if number and is_room_code(piece.text) and _goes_on(whole, piece):
            continue
        if room is None and (number or people is None) and (place := _room(piece, rooms)):
            room = place
        elif people is None and number < 2:
            people = _people(piece)
            if people is None and number == 0 and (people := opening(piece)):
                paragraph = whole
    return Beside(people=people, room=room, opening=paragraph)


def _first_sentence(part: Part) -> Part:
    end = SENTENCE_END.search(part.text)
    return part.at(0, end.start()) if end is not None else part


def _is_one_place(text: str) -> bool:
    """Whether bars part a building, a level and a room ("Salt Palace | Level 2 | 250 AB")."""
    pieces = [piece.strip() for piece in text.split(" | ")]
    if is_room(pieces[0]):
        return True
    return sum(map(is_room, pieces)) > 1 or (len(pieces) > 2 and is_room(pieces[1]))


_GOES_ON = re.compile(r"\)(?:,\s|\s(?:&|[a-zà-þ]))")


def _goes_on(whole: Part, piece: Part) -> bool:
    """Whether a sentence goes on behind a bracket, as behind an organisation ("Ada (F5), Bo and …")."""
    return _GOES_ON.match(whole.line.text, piece.end) is not None


def _room(piece: Part, rooms: Collection[str]) -> Part | None:
    """A piece that is a room, or whose last part behind a comma is, or that names one after "in"."""
    if names_room(piece.text, rooms) and not find_when(piece.text):
        return piece
    if "," in piece.text:
        last = piece.at(piece.text.rindex(",") + 1, len(piece.text)).trimmed()
        if last and names_room(last.text, rooms) and looks_like_people(piece.text) < 0.5:
            return last
    found = find_room(piece.text, rooms)
    return piece.at(*found).trimmed() if found else None


_BEHIND_TIME = re.compile(
    r"(?i:in|at|im|in der|en|à|dans|na|no|nella|op|bij)\s(?i:the\s|la\s|le\s|el\s|de\s|der\s)?"
    r"([A-ZÀ-Þ][\w'’-]*(?:\s[A-ZÀ-Þ\d][\w'’-]*){0,4})(?=[,;.!]|\s[–—(|]|$)"
)
_GIVEN_BY = re.compile(
    r"(?i:\b(?:run|led|given|held|taught|hosted|presented|facilitated|moderated|animée?|dirigid[oa]|condott[oa]|"
    r"geleitet|gehalten|begeleid|gegeven)\s(?:by|par|por|da|von|door)\s)"
)


_WHERE_IN_WHO = re.compile(r",\s(?:zaal|saal|raum|room|salle|sala|aula)\s", re.IGNORECASE)


def who_and_where(part: Part) -> tuple[Part, Part | None]:
    """Labelled people, and the room behind them that names itself one ("Ada Ek, zaal Machinehal")."""
    found = _WHERE_IN_WHO.search(part.text)
    if found is None:
        return part, None
    return part.at(0, found.start()).trimmed(), part.at(found.start() + 1, len(part.text)).trimmed()


def behind_time(part: Part) -> Beside:
    """Where it is and who gives it, in words behind a time ("in Sonaatti 1, run by Ada Ek. Bring a pen")."""
    found, given = _BEHIND_TIME.match(part.text), _GIVEN_BY.search(part.text)
    people = None
    if given is not None:
        end = SENTENCE_END.search(part.text, given.end())
        named = part.at(given.end(), end.start() if end else len(part.text)).trimmed()
        people = named if looks_like_people(named.text) >= 0.5 else None
    if found is None or not (" " in found[1] or is_room(found[1]) or any(map(str.isdigit, found[1]))):
        return Beside(people=people)  # "in English"
    return Beside(people=people, room=part.at(*found.span(1)))


def room_of_heading(part: Part) -> Part | None:
    """The room that heads what is held in it: "Main hall", "Track 2 (seminar room, 1st floor)"."""
    text = part.text
    bracket = _TAIL.search(text)
    if bracket is not None:
        for piece in (part.at(*bracket.span(1)), *_comma_pieces(part.at(*bracket.span(1)))):
            if is_surely_room(piece.text) or _NUMBERED_NAME.fullmatch(piece.text):
                return piece
            if is_room(piece.text) and not find_when(piece.text) and looks_like_people(piece.text) < 0.5:
                return piece
        named = room_of_heading(part.at(0, bracket.start()).trimmed())
        return part if named is not None and len(text) < 40 and "," not in text else named
    short = len(text.split()) <= 3 and not any(mark in text for mark in ":?!")
    if short and is_bare_room(text.title()) and format_of(text) is None:
        return part
    found = _HEADED.search(text)
    return part.at(*found.span(1)) if found and _heads(found[1]) else None


_NUMBERED_NAME = re.compile(r"[A-ZÀ-Þ][\w-]*\s(?!(?:19|20)\d\d$)\d{1,4}[A-Za-z]?")

_HEADED = re.compile(
    r"(?:(?:\s[–—|•·-]|[,:])\s(?=[A-ZÀ-Þ])|"
    r"[,:]\s(?:in|im|in der|en|dans|nella|nel|na|no|in de) (?:the |la |le )?)"
    r"([^–—|•·,:()]{4,40})$"
)
"""What stands last in a heading, set off from its other words."""


def _heads(text: str) -> bool:
    """Whether the last words of a heading are where all of it is ("Morning talks – Main hall")."""
    words = text.split()
    if find_when(text) or format_of(text) is not None or len(words) > 4:
        return False
    return is_surely_room(text) or (
        any(map(is_room, (words[0], words[-1]))) and looks_like_people(text) < 0.5
    )


def _comma_pieces(part: Part) -> Iterator[Part]:
    at = 0
    for piece in part.text.split(","):
        yield part.at(at, at + len(piece)).trimmed()
        at += len(piece) + 1


_ACCOMPANIED = re.compile(r"(?:with|mit|avec|con|com|met|for|für|pour|para|per|voor)\s")
"""What begins so comes along ("com café e tapioca"): it is no room."""


def names_room(text: str, rooms: Collection[str]) -> bool:
    """Whether a short piece is a room: by its noun, or because it recurs where rooms stand."""
    plain = text.casefold().removeprefix("the ")
    if len(text.split()) > 6 or not any(char.isalpha() for char in text) or _ACCOMPANIED.match(text):
        return False
    return plain in rooms or (is_room(text) and len(text) < 60 and not _names_people(text))


def _names_people(text: str) -> bool:
    """A name with its organisation stays people though the organisation has a hall or a library."""
    return "," in text and looks_like_people(text.partition(",")[0]) >= 0.5


def _people(piece: Part) -> Part | None:
    lead = BY.match(piece.text)
    words = piece.at(lead.end(), len(piece.text)).trimmed() if lead else piece
    if len(words.text) > 260:
        return None
    return words if looks_like_people(words.text) >= (0.3 if lead else 0.5) else None


_RUN = re.compile(
    r"(?:(?:In \w+ )?(?:[Oo]ur|[Uu]nser[e]?|[Nn]otre|[Nn]uestr[oa]|[Oo]nze)\s(?:[A-Z]{2,4}|[a-z]+)\s)?"
    r"([A-ZÀ-Þ][\w'’-]+(?:\s(?:[a-zà-þ]{1,3}\s){0,2}[A-ZÀ-Þ][\w'’-]*){1,3})(?=,?\s+[a-zà-þ(]|\s(?:&|and|und|et|y|e|en)\s|,\s)"
)


def opening(piece: Part) -> Part | None:
    """The speaker a paragraph opens with: a bold name, or a full name before a verb ("Ada Ek shows …")."""
    if bold := opening_name(piece):
        return bold
    found = _RUN.match(piece.text)
    if found is None or looks_like_people(found[1]) < 0.5:
        return None
    end = found.end()
    second = re.match(
        r"\s(?:&|and|und|et|y|e|en)\s([A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]*){1,3})", piece.text[end:]
    )
    if second is not None and looks_like_people(second[1]) >= 0.5:
        end += second.end()
    return piece.at(found.start(1), end)


_NAME = re.compile(
    rf"^(?:(?:{HONORIFIC})\.\s+)?[^\W\d_][\w'’.-]+"
    r"(?:\s+(?:[a-zà-þ]{1,3}\s+){0,2}[^\W\d_a-z][\w'’.-]*){1,3}$"
)
_ALSO = re.compile(r"[\s,]*(?:&|and|und|et|y|e|en|,)\s*")


def opening_name(piece: Part) -> Part | None:
    """A bold name that opens the paragraph below a title is the speaker; "A & B" in bold are both."""
    names = [m for m in piece.marks("strong") if _NAME.match(piece.line.text[m.start : m.end].strip())]
    if not names or names[0].start > piece.start + 1:
        return None
    end = names[0].end
    for mark in names[1:]:
        if _ALSO.fullmatch(piece.line.text[end : mark.start]):
            end = mark.end
    tail = re.match(r",\s+[^.,;:]{2,40}$", piece.line.text[end : piece.end])
    return Part(piece.line, piece.start, end + tail.end() if tail else end)


_UNIVERSITY = re.compile(
    r"(?i)(?:the )?(?:university|universit[äéày]t?|universidade?|universiteit|uni|institute?|college|school|"
    r"hochschule)\b(?! (?:library|hall|building|room|auditorium|bibliothek))"
)
"""In brackets at the end of a line whom somebody works for, rather than where it is."""


def tail_room(part: Part, rooms: Collection[str]) -> tuple[Part, Part | None]:
    """A part without the room in brackets at its end ("with Adwoa Mensah (Room Volta)")."""
    found = _TAIL.search(part.text)
    if found:
        inner = part.at(*found.span(1)).trimmed()
        if names_room(inner.text, rooms) and not _UNIVERSITY.match(inner.text):
            return part.at(0, found.start()).trimmed(), inner
    if listed := behind_comma(part, rooms):
        return listed
    named = find_room(part.text, rooms)
    if named is None or part.text[named[1] :].strip(" .!)"):
        return part, None
    room = part.at(*named).trimmed()
    if not names_room(room.text, rooms):
        return part, None
    window = max(0, named[0] - _LONGEST_PREPOSITION)
    preposition = _PREPOSITION.search(part.text[window : named[0]])
    return part.at(0, window + preposition.start() if preposition else named[0]).trimmed(), room


def behind_comma(part: Part, rooms: Collection[str]) -> tuple[Part, Part] | None:
    """A part and the room behind its last comma, by its name or because it recurs ("Closing, Main Hall")."""
    at = part.text.rfind(",")
    if at < 1:
        return None
    room = part.at(at + 1, len(part.text)).trimmed()
    recurs = room.text.casefold().removeprefix("the ") in rooms
    before = _SEGMENT.split(part.text[:at])[-1].rpartition(",")[2]
    named = is_bare_room(room.text) and len(room.text.split()) > 1 and looks_like_people(before) < 0.5
    named = named or is_surely_room(room.text)
    if not room or not (recurs or named):
        return None
    return part.at(0, at).trimmed(), room


_BEFORE = re.compile(r"^\[?([^\[\]:]{2,40})\]?\s*[:–—]\s+|^\[([^\[\]]{2,40})\]\s*")


_PHRASE = re.compile(
    r"\s(?:in|at|on|from|to|with|for|im|am|mit|für|vom|dans|en|avec|pour|con|para|nel|nella|com|no|na|op|met|voor)\s"
)
"""Within a name these make a title of it ("The cat in the library"), not a room."""

_BRACKETED = re.compile(r"\(([^()]{2,60})\)\s+(?=\S)")


def leading_room(part: Part, rooms: Collection[str]) -> tuple[Part, Part | None]:
    """A part without the room it begins with ("Ballroom A: How we lost 3 TB", "[Sal 2] Data capture")."""
    if (bracketed_room := _BRACKETED.match(part.text)) and is_room(bracketed_room[1]):
        room = part.at(*bracketed_room.span(1)).trimmed()
        return part.at(bracketed_room.end(), len(part.text)).trimmed(), room
    found = _BEFORE.match(part.text)
    if not found:
        return part, None
    group = 1 if found[1] else 2
    room = part.at(*found.span(group)).trimmed()
    if _PHRASE.search(room.text) and room.text.casefold() not in rooms:
        return part, None
    bracketed = part.text.startswith("[") and len(room.text) > 3
    if format_of(room.text) is not None or len(room.text.split()) > 4:
        return part, None
    if not (bracketed or names_room(room.text, rooms)):
        return part, None
    return part.at(found.end(), len(part.text)).trimmed(), room
