"""Owns what the line below a title, or the tail behind it, says without labels: who speaks, and where."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from feeds.post import Line
from feeds.understand.addresses import house_in_town
from feeds.understand.attended import whens_of
from feeds.understand.clauses import sentences_of
from feeds.understand.part import SENTENCE_END, Part, segments
from feeds.understand.people import HONORIFIC, likely_people, surely_people
from feeds.understand.phrases import pattern_for
from feeds.understand.rooms import (
    find_room,
    is_bare_room,
    is_room,
    is_room_code,
    is_surely_room,
    place_on_map,
)
from feeds.understand.title_rooms import names_room
from feeds.understand.when import find_when

BY = re.compile(
    r"(?i)^(?:by|presented by|hosted by|led by|moderated by|hosts?|with|von|mit|par|avec|por|con|di|com|door|"
    r"met|speakers?:|talk by|facilitated by)\s+(?=[\w\"“*])"
)
_INLINE_ROOM = re.compile(
    r"(?i)(?:^|[\s(.,;])(?:room|raum|saal|salle|sala|aula|zaal|venue|where|location|stage)s?\s{0,2}[:：]"
    r"\s{0,3}([^.;|\n()]{2,60})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Who and where, as parts still to be read.

    `opening` is the paragraph, where `people` are no more than the name it opens with: it may name others.
    """

    people: Part | None = None
    room: Part | None = None
    opening: Part | None = None


def below(line: Line, rooms: Collection[str]) -> Beside:
    """What the first line below a title says ("Ada Lovelace, Analytical — Main Hall", "With A. Room: 4")."""
    return told(Part(line, 0, len(line.text)), rooms)


def _is_people(whole: Part, rooms: Collection[str]) -> bool:
    """Whether a phrase is a list of speakers to its end, and no room is a piece of it."""
    led = BY.match(whole.text) is not None or whole.text.count(" (") > 1  # "Ada Ek (Quarry) and Bo Li (F5)"
    if SENTENCE_END.search(whole.text) or not (likely_people if led else surely_people)(whole.text):
        return False
    pieces = [piece.text.rpartition(",")[2].strip() for piece in segments(whole)]
    return not any(names_room(piece, rooms) for piece in pieces)


def told(part: Part, rooms: Collection[str]) -> Beside:
    """What a phrase says of people and room; a sentence of its own about the people counts first."""
    dry = _dry(part.trimmed())
    led = _led(dry)
    whole = dry.at(led.start - dry.start, len(dry.text)) if led is not None else dry
    found = _told(whole, rooms) if whole else Beside()
    if led is not None and found.people is None:
        return replace(found, people=led, opening=None)
    listed = found.people is not None and found.opening is None
    given = _given(part.trimmed()) if not listed else None
    return replace(found, people=given, opening=None) if given is not None else found


_RAIN = re.compile(rf"\b(?:{pattern_for('if it rains')})\b")


def _dry(part: Part) -> Part:
    """A part up to the sentence that says where it is in bad weather."""
    rain = _RAIN.search(part.text.lower())
    return part.at(0, rain.start()).trimmed() if rain is not None else part


def _led(part: Part) -> Part | None:
    """Whom a phrase names behind the words that lead to a name ("Talk by Ada Ek, room Parrot")."""
    lead = _GIVEN.match(part.text)
    named = _FIRST_PIECE.match(part.text, lead.end()) if lead is not None else None
    people = named is not None and likely_people(named[0])
    return part.at(*named.span()).trimmed() if named is not None and people else None


_FIRST_PIECE = re.compile(r"[^.,;:!?()]{3,60}")


def _told(whole: Part, rooms: Collection[str]) -> Beside:
    first = _first_sentence(whole)
    place = _room_and_name(first) or place_on_map(whole) or house_in_town(first) or _only_where(first)
    if place is not None:
        return Beside(room=place)
    if len(first.text) < _LONGEST_PLACE and " | " in first.text and _is_one_place(first.text):
        return _people_and_place(first)
    if "; " in whole.text and not SENTENCE_END.search(whole.text) and (several := _people(whole)):
        return Beside(people=several)  # "A, Org; B & C, Org"
    if (parted := _people_beside_room(first)) is not None:
        return parted
    if "(" in first.text and _is_people(first, rooms):
        return Beside(people=first, room=_last_room(whole, rooms))  # "Ada Ek (Quarry), with Bo Li and Cy Wu"
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
    return Beside(people=people, room=room or _last_room(whole, rooms), opening=paragraph)


def _room_and_name(part: Part) -> Part | None:
    """A room or its code with its name in brackets."""
    found = _ROOM_AND_NAME.fullmatch(part.text)
    return part if found is not None and (is_surely_room(found[1]) or _CODED.fullmatch(found[1])) else None


_ROOM_AND_NAME = re.compile(r"([^()]{3,30})\s\([^(),;:]{2,30}\)")
"""A room with its name ("Room 2 (Sala Gaudí)")."""

_CODED = re.compile(r"[A-Z]{1,3}\d{0,2}\.\d{1,4}[A-Za-z]?(?:\.\d{1,3}[A-Za-z]?)?")
"""A building, a floor and a door ("K.1.105", "UB2.252A")."""

_ONLY_IN = re.compile(
    r"(?i:in|at|im|in der|dans|en|nel|nella|na|no|in de|op)\s(?i:the\s|der\s|dem\s|la\s|le\s|el\s|il\s)?"
    r"([A-ZÀ-Þ][\w'’&-]*(?:\s[A-ZÀ-Þ\d][\w'’&-]*){1,4})[.!]?"
)


def _only_where(sentence: Part) -> Part | None:
    """The name of several words that a sentence only is "in" ("In the AppSec Village.")."""
    found = _ONLY_IN.fullmatch(sentence.text)
    return sentence.at(*found.span(1)) if found and not find_when(sentence.text) else None


_GIVEN = re.compile(rf"(?i:{pattern_for('given by')})\s+(?=[A-ZÀ-Þ])")
_NAMED = re.compile(r"[^.;:!?()]{3,120}?(?=,?\s(?:who|which|die|der|qui|que|che|wie)\s|[.;:!?()]|$)")


def _given(part: Part) -> Part | None:
    """Who gives it, by a sentence of its own ("Ten miles but flat. Led by Ada Ek.")."""
    for sentence in sentences_of(part):
        words = sentence.trimmed()
        lead = _GIVEN.match(words.text)
        named = _NAMED.match(words.text, lead.end()) if lead else None
        if named is not None and likely_people(named[0]):
            return words.at(named.start(), named.end()).trimmed()
    return None


def _last_room(part: Part, rooms: Collection[str]) -> Part | None:
    """The room that is the last of several sentences ("With Ada Ek. Bring a chart. Kiln Room.")."""
    sentences = tuple(sentences_of(part))
    if len(sentences) < _SEVERAL:
        return None
    words = sentences[-1].trimmed()
    return words if is_bare_room(words.text) or words.text.casefold() in rooms else None


_SEVERAL = 2


def _first_sentence(part: Part) -> Part:
    end = SENTENCE_END.search(part.text)
    return part.at(0, end.start()) if end is not None else part


def _is_one_place(text: str) -> bool:
    """Whether bars part a building, a level and a room ("Salt Palace | Level 2 | 250 AB")."""
    pieces = [piece.strip() for piece in text.split(" | ")]
    if is_room(pieces[0]):
        return True
    return sum(map(is_room, pieces)) > 1 or (len(pieces) > 2 and is_room(pieces[1]))


_NUMBERED_NAME = re.compile(
    r"[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+){0,2}\s"
    r"(?:\d{1,3}[A-Za-z]?|[A-Z]|Theat(?:re|er)|Ballroom|Auditorium|Suites?|Lounge|Hall)"
)
"""Where something is, as an employer is hardly called ("Regency B", "Stifel Theatre")."""


_LONGEST_PLACE = 160


def _people_and_place(part: Part) -> Beside:
    """A place in pieces, and who is named before it ("with Ada Ek & Bo Li, Pavilion 7 | S05")."""
    names, comma, _ = part.text.partition(" | ")[0].rpartition(", ")
    people = part.at(0, len(names)) if comma else None
    led = BY.match(names)
    if people is None or not likely_people(names[led.end() if led else 0 :]):
        return Beside(room=part)
    return Beside(people=people, room=part.at(len(names) + len(comma), len(part.text)))


def _people_beside_room(first: Part) -> Beside | None:
    """People, and before or behind them what can only be a room ("Ada Ek and Bo Li, Regency B").

    "Ada Ek again, in room B.1.017", "Ada Ek in room 7", "Room 4, Ada Ek".
    """
    if len(first.text) > _LONGEST_LINE:
        return None
    for people, room in _halves(first):
        place = _sure_room(room.trimmed())
        if place is None or surely_people(place.text):
            continue
        named = _AS_WELL.sub("", people.text)
        who = people.at(0, len(named)).trimmed()
        if (said := _people(who) or opening(who)) is not None:
            return Beside(people=said, room=place)
    return None


def _halves(part: Part) -> Iterator[tuple[Part, Part]]:
    """The two ends of a phrase that may be people and a room, at its last comma, its first, or "in"."""
    comma = part.text.rfind(", ")
    if comma > 0:
        yield part.at(0, comma), part.at(comma + 2, len(part.text))
        first = part.text.index(", ")
        yield part.at(first + 2, len(part.text)), part.at(0, first)
    for dash in _DASHES.finditer(part.text):
        ends = part.at(0, dash.start()), part.at(dash.end(), len(part.text))
        yield ends
        yield ends[::-1]
    *_, led = [found.start() for found in _LED_IN.finditer(part.text)] or [0]
    if led > max(comma, 0):
        yield part.at(0, led), part.at(led + 1, len(part.text))


_DASHES = re.compile(r"\s[–—|·]\s")
_LED_IN = re.compile(r"(?i)\s(?=(?:in|at|im|en|à|dans|na|no|nel|nella|op)\s(?:the\s)?\S)")


def _sure_room(part: Part) -> Part | None:
    """A piece that can only be a room, without what leads to it and "as well" behind it."""
    led = _IN.match(part.text)
    start = led.end() if led else 0
    room = part.at(start, start + len(_AS_WELL.sub("", part.text[start:])))
    sure = is_surely_room(room.text) or _room_and_name(room) or _coded(room.text)
    sure = sure or _NUMBERED_NAME.fullmatch(room.text) is not None
    if not sure and (not is_bare_room(room.text) or _INSTITUTION.search(room.text)):
        return None
    return room


def _coded(text: str) -> bool:
    """Whether a room is a code, with the word for a room before it or without."""
    return _CODED.fullmatch(text.rpartition(" ")[2]) is not None and is_room(text)


_IN = re.compile(r"(?i)(?:in|at|im|en|à|dans|na|no|nel|nella|op)\s(?:the\s)?(?=\S)")
_AS_WELL = re.compile(rf"\s(?:{pattern_for('as well')})$")
_LONGEST_LINE = 120
_INSTITUTION = re.compile(rf"\b(?:{pattern_for('institution')})\b")
_GOES_ON = re.compile(r"\)(?:,\s|\s(?:&|[a-zà-þ]))")


def _goes_on(whole: Part, piece: Part) -> bool:
    """Whether a sentence goes on behind a bracket, as behind an organisation ("Ada (F5), Bo and …")."""
    return _GOES_ON.match(whole.line.text, piece.end) is not None


def _room(piece: Part, rooms: Collection[str]) -> Part | None:
    """A piece that is a room, or whose last part behind a comma is, or that names one after "in"."""
    found = None if is_bare_room(piece.text) else find_room(_timeless(piece), rooms)
    if found is None and names_room(piece.text, rooms) and not find_when(piece.text):
        return piece
    if "," in piece.text:
        last = piece.at(piece.text.rindex(",") + 1, len(piece.text)).trimmed()
        if last and names_room(last.text, rooms) and not likely_people(piece.text):
            return last
        head = piece.at(0, piece.text.index(",")).trimmed()
        if " " in head.text and is_bare_room(head.text) and not likely_people(head.text):
            return head  # "Salthill Promenade, beside the diving tower"
    return piece.at(*found).trimmed() if found else None


def _timeless(piece: Part) -> str:
    """The words with commas in place of times: "No sábado 19 … no auditório" begins with a day."""
    whens = whens_of(piece.line, start=piece.start, end=piece.end)
    return piece.blotted(when.at for when in whens) if whens else piece.text


_WHERE_IN_WHO = re.compile(r",\s(?:zaal|saal|raum|room|salle|sala|aula)\s", re.IGNORECASE)


def who_and_where(part: Part) -> tuple[Part, Part | None]:
    """Labelled people, and the room behind them that names itself one ("Ada Ek, zaal Machinehal")."""
    found = _WHERE_IN_WHO.search(part.text)
    if found is None:
        return part, None
    return part.at(0, found.start()).trimmed(), part.at(found.start() + 1, len(part.text)).trimmed()


def _people(piece: Part) -> Part | None:
    lead = BY.match(piece.text)
    words = piece.at(lead.end(), len(piece.text)).trimmed() if lead else piece
    if len(words.text) > 260:
        return None
    return words if likely_people(words.text, led=lead is not None) else None


_RUN = re.compile(
    r"(?:(?:In \w+ )?(?:[Oo]ur|[Uu]nser[e]?|[Nn]otre|[Nn]uestr[oa]|[Oo]nze)\s(?:[A-Z]{2,4}|[a-z]+)\s)?"
    r"([A-ZÀ-Þ][\w'’-]+(?:\s(?:[a-zà-þ]{1,3}\s){0,2}[A-ZÀ-Þ][\w'’-]*){1,3})(?=,?\s+[a-zà-þ(]|\s(?:&|and|und|et|y|e|en)\s|,\s)"
)


def opening(piece: Part) -> Part | None:
    """The speaker a paragraph opens with: a bold name, or a full name before a verb ("Ada Ek shows …")."""
    if bold := opening_name(piece):
        return bold
    found = _RUN.match(piece.text)
    if found is None or found[1].endswith(("'s", "’s")) or not likely_people(found[1]):
        return None
    end = found.end()
    second = re.match(
        r"\s(?:&|and|und|et|y|e|en)\s([A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]*){1,3})", piece.text[end:]
    )
    if second is not None and likely_people(second[1]):
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
