"""Owns the room that a title or a heading holds: ahead of it, behind it or in brackets at its end."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from feeds.post import Line
from feeds.understand.addresses import addressed, is_street
from feeds.understand.attended import whens_of
from feeds.understand.part import BORDER, SENTENCE_END, Part
from feeds.understand.people import format_of, likely_people, surely_people, with_status
from feeds.understand.phrases import conference_like, is_generic_heading, pattern_for
from feeds.understand.rooms import find_room, is_bare_room, is_room, is_surely_room
from feeds.understand.when import find_when

PREPOSITION = re.compile(
    r"(?i)[\s,(]*(?:\b(?:in|at|im|ins|auf|dans|en|à|au|na|no|nel|nella|alla|op|bij)|@)\s*"
    r"(?:(?:the|der|dem|den|die|das|la|le|el|il|de|het)\s+)?$"
)

_LONGESTPREPOSITION = 20

_TAIL = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]]\s{0,3}[.!]?$")


def room_of_heading(part: Part) -> Part | None:
    """The room that heads what is held in it: "Main hall", "Track 2 (seminar room, 1st floor)"."""
    kind = _KIND_BEHIND.search(part.text)
    if kind is not None and (format_of(kind[1].rstrip("s")) is not None or is_generic_heading(kind[1])):
        part = part.at(0, kind.start()).trimmed()  # "Aula 1 - Talks"
    text = part.text
    bracket = _TAIL.search(text)
    if bracket is not None:
        for piece in (part.at(*bracket.span(1)), *_comma_pieces(part.at(*bracket.span(1)))):
            if is_surely_room(piece.text) or _NUMBERED_NAME.fullmatch(piece.text):
                return piece
            if find_when(piece.text):
                continue
            if is_bare_room(piece.text) or (is_room(piece.text) and not likely_people(piece.text)):
                return piece
        named = room_of_heading(part.at(0, bracket.start()).trimmed())
        whole = named is not None and named.end == part.start + len(text[: bracket.start()].rstrip())
        return part if whole and len(text) < 40 and "," not in text else named
    short = len(text.split()) <= 3 and not any(mark in text for mark in ":?!")
    if short and is_bare_room(text.title()) and format_of(text) is None:
        return part
    if _NOUN_FIRST.fullmatch(text):
        return part
    found = _HEADED.search(text)
    return part.at(*found.span(1)) if found and _heads(found[1]) else None


_KIND_BEHIND = re.compile(r"\s[–—|•·-]\s([^–—|•·,:()]{3,30})$")
"""What is held in a room, behind its name ("Aula 1 - Talks")."""

_NOUN = (
    r"(?i:room|lab|labor|laboratorio|laboratório|studio|raum|saal|hörsaal|salle|amphi(?:théâtre)?|sala|salón|salão|"
    r"aula|auditorio|auditório|auditorium|zaal)"
)
_NOUN_FIRST = re.compile(
    rf"{_NOUN}(?:\s(?:(?:de|del|di|da|do|des|du|la|le)\s){{0,2}}[A-ZÀ-Þ\d][\w'’.-]*){{1,3}}"
)
"""A room called by its noun and a name ("Sala Laboratorio 2")."""

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
    return is_surely_room(text) or (any(map(is_room, (words[0], words[-1]))) and not likely_people(text))


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
    if text[:1].islower() and _AND_SO_ON.search(text):
        return plain in rooms  # "museum website and models it live"
    any_one = _SOMEWHERE.search(text) is not None or _TALKING.match(text) is not None
    return plain in rooms or (is_room(text) and len(text) < 60 and not (any_one or _names_people(text)))


_AND_SO_ON = re.compile(r"\s(?:and|und|et|y|e|en)\s[a-zà-ÿ]")
"""How a sentence goes on, as hardly a room that begins with a small letter."""

_TALKING = re.compile(r"(?i)(?:you|we|find|visit|see|meet|join|ihr|wir|sie|vous|nous|trovate|encuéntranos)\b")
_SOMEWHERE = re.compile(
    r"\w\s(?:in|im|at|en|dans|nel|na|no|op)\s(?:the |der |dem |la |le |el |de |het )?[a-zà-ÿ]+[.!]?$"
)
"""Some hotel or bar, which nothing names ("sempre in hotel")."""


def _names_people(text: str) -> bool:
    """A name with its organisation stays people though the organisation has a hall or a library."""
    name = _ORGANISED.match(text)
    return name is not None and likely_people(name[1])


_ORGANISED = re.compile(r"([^,()]{3,60})(?:,| \()")


_UNIVERSITY = re.compile(
    r"(?i)(?:the )?(?:university|universit[äéày]t?|universidade?|universiteit|uni|institute?|college|school|"
    r"hochschule)\b(?! (?:library|hall|building|room|auditorium|bibliothek))"
)
"""In brackets at the end of a line whom somebody works for, rather than where it is."""


_DASHED = re.compile(r"\s[–—|-]\s([^–—|()]{3,40})$")


def _behind_dash(part: Part) -> tuple[Part, Part] | None:
    """A part, and behind its last dash what can only be where it is ("… – Ada Ek, Bo Li – Room 241")."""
    found = _DASHED.search(part.text)
    if found is None:
        return None
    room = part.at(*found.span(1)).trimmed()
    named = is_surely_room(room.text) or (is_bare_room(room.text) and len(room.text.split()) > 1)
    return (part.at(0, found.start()).trimmed(), room) if named else None


def tail_room(part: Part, rooms: Collection[str]) -> tuple[Part, Part | None]:
    """A part without the room in brackets at its end ("with Adwoa Mensah (Room Volta)")."""
    found = _TAIL.search(part.text)
    if found:
        inner = part.at(*found.span(1)).trimmed()
        if names_room(inner.text, rooms) and not _UNIVERSITY.match(inner.text):
            return part.at(0, found.start()).trimmed(), inner
    if venue := addressed(part):
        return part.at(0, venue[0]), venue[1]
    if listed := _behind_dash(part) or behind_comma(part, rooms) or _with_street(part):
        return listed
    named = find_room(part.text, rooms)
    quarter = named is not None and _QUARTER.fullmatch(part.text, named[1]) is not None
    if named is None or (part.text[named[1] :].strip(" .!)") and not quarter):
        return part, None
    room = part.at(*named).trimmed()
    if not names_room(room.text, rooms):
        return part, None
    room = part.at(named[0], len(part.text)).trimmed() if quarter else room
    window = max(0, named[0] - _LONGESTPREPOSITION)
    preposition = PREPOSITION.search(part.text[window : named[0]])
    return part.at(0, window + preposition.start() if preposition else named[0]).trimmed(), room


_QUARTER = re.compile(r",\s(?:[A-ZÀ-Þ][\w'’-]*\s?){1,3}[.!]?")
"""A part of the town behind a house ("en el Bar La Rueda, Barrio Italia")."""

_NAMED_PLACE = re.compile(
    rf"(?:[A-ZÀ-Þ][\w'’-]+ ){{1,3}}(?!cent(?:re|er)|college|university|hub)(?:{pattern_for('room')})"
)
"""A name before its word for a place, which is spelt without a capital ("High Green car park")."""


_THE_HOUSE = re.compile(r"(?:the|der|die|das|l[ae]|el|il|het|de) (?:[A-ZÀ-Þ][\w'’-]*\s?){2,4}")
"""A house by its name with the article ("end of year drinks, the Thistle Inn")."""


_COME_TOGETHER = re.compile(rf"\b(?:{pattern_for('people come together')}|caf[ée])s?$")
_HOUSE = re.compile(rf"(?:[A-ZÀ-Þ][\w'’-]+ ){{1,3}}(?:{pattern_for('house, with regard to case')})")
"""A house by its last word ("Repair evening, Westside Library")."""


def behind_comma(part: Part, rooms: Collection[str]) -> tuple[Part, Part] | None:
    """A part and the room behind its last comma, by its name or because it recurs ("Closing, Main Hall")."""
    at = part.text.rfind(",")
    if at < 1:
        return None
    room = part.at(at + 1, len(part.text.rstrip("."))).trimmed()
    if SENTENCE_END.search(room.text):
        return None  # "Title, Ada Ek. Room 4"
    led = find_room(room.text)
    if led is not None and PREPOSITION.fullmatch(f" {room.text[: led[0]]}") and led[1] == len(room.text):
        return part.at(0, at).trimmed(), room.at(*led)  # "Title, in the small room"
    recurs = room.text.casefold().removeprefix("the ") in rooms
    before = BORDER.split(part.text[:at])[-1].rpartition(",")[2]
    apart = not likely_people(before)
    recurs = recurs and (apart or not part.text.endswith("."))  # "… — Ada Ek, Quarry. Monday, …"
    named = is_bare_room(room.text) and len(room.text.split()) > 1 and apart
    named = named or is_surely_room(room.text) or _NAMED_PLACE.fullmatch(room.text) is not None
    nobody = apart or _COME_TOGETHER.search(before.lower()) is not None
    house = _THE_HOUSE.fullmatch(room.text) or (_HOUSE.fullmatch(room.text) if nobody else None)
    named = named or (house is not None and is_room(room.text))
    if not room or not (recurs or named):
        return None
    return part.at(0, at).trimmed(), room


def _with_street(part: Part) -> tuple[Part, Part] | None:
    """A part and the venue before its street ("Mapathon, TU Graz, HS i12, Inffeldgasse 16b")."""
    pieces = list(_comma_pieces(part))
    if len(pieces) < _FEWEST_PIECES or not is_street(pieces[-1].text):
        return None
    venue = len(pieces) - 1
    while venue > 1 and not likely_people(pieces[venue - 1].text):
        venue -= 1
    if venue == len(pieces) - 1:
        return None
    return part.at(0, pieces[venue - 1].end - part.start), Part(
        part.line, pieces[venue].start, part.end
    ).trimmed()


_FEWEST_PIECES = 3


_GATHERING = re.compile(rf"(?i:{pattern_for('gathering')})")
"""What people come together for may be called like a room ("Town Hall: Small packages")."""


_BEFORE = re.compile(r"^\[?([^\[\]:]{2,40})\]?\s*[:–—]\s+|^\[([^\[\]]{2,40})\]\s*")


_PHRASE = re.compile(
    r"\s(?:in|at|on|from|to|with|for|im|am|mit|für|vom|dans|en|avec|pour|con|para|nel|nella|com|no|na|op|met|voor)\s"
)
"""Within a name these make a title of it ("The cat in the library"), not a room."""

_IN_ROOM = re.compile(
    r"(?:in|im|at|en|à|dans|nella|in der)\s(?:the\s|la\s|el\s|der\s)?((?:(?!\.\s)[^,:]){2,40})[,:]\s+(?=\S)"
)
_BRACKETED = re.compile(r"\(([^()]{2,60})\)\s+(?=\S)")


_TRACK = re.compile(r"(?i)\b(?:dev ?room|track|mini ?conf(?:erence)?|symposium)$")


def _begins_with_room(text: str) -> bool:
    """Whether a room stands before the track that is held in it ("UA2.114 (Baudoux), Rust devroom")."""
    room, comma, track = text.partition(", ")
    return bool(comma) and is_room(room) and _TRACK.search(track) is not None


_ROOM_OF = re.compile(r"\w+\s(?:de|des|du|di|del|della|do|da|van|voor)\s")
"""A room by what it is for ("Salle des fêtes")."""


def room_line(line: Line) -> Part | None:
    """The room that a line in italics is, for what follows it ("*Aula Magna*")."""
    part = Part(line, 0, len(line.text)).trimmed()
    marked = any(m.start <= part.start and part.end <= m.end for m in part.marks("emphasis"))
    named = is_surely_room(part.text) or is_bare_room(part.text) or _ROOM_OF.match(part.text) is not None
    named = named or part.text[-1:] == ")" or "," in part.text  # its code or its building
    if marked and named and not _names_people(part.text):
        return room_of_heading(part)
    return part if _NUMBERED_ROOM.fullmatch(part.text) else None


_NUMBERED_ROOM = re.compile(rf"{_NOUN}\s(?:[A-Z]|[A-Z]?\d{{1,3}}[a-z]?)")
"""A line of nothing but a room and its number ("Laboratorio 1")."""


def _between(part: Part, ahead: re.Match[str]) -> bool:
    """Whether a name stands between a clock and a title that is marked: that is where it is.

    "12:20, Kesselhaus: [The title](u)", "at 2:35pm in Mission City, “The title”".
    """
    name = ahead[1] or ahead[ahead.lastindex or 0]
    text, start = part.line.text, part.start + ahead.end()
    marked = any(abs(mark.start - start) <= _MARKS for mark in part.marks("link", "strong", "emphasis"))
    if not (marked or text[start : start + 1] in _QUOTES) or not name[:1].isupper() or "," in name:
        return False
    led = text[: part.start].rstrip()[-1:] == "," or ahead[0][:1].islower()
    timed = any(when.times and 0 <= part.start - when.at[1] <= _MARKS for when in whens_of(part.line))
    return timed and led and not surely_people(name) and not conference_like(name)


_MARKS = 3
"""Letters of marks, commas and spaces between two things that stand beside each other."""
_QUOTES = frozenset("“”„«\"'‘")


def leading_room(part: Part, rooms: Collection[str]) -> tuple[Part, Part | None]:
    """A part without the room it begins with ("Ballroom A: How we lost 3 TB", "[Sal 2] Data capture")."""
    for ahead in (_BRACKETED.match(part.text), _IN_ROOM.match(part.text)):
        named = ahead is not None and (is_room(ahead[1]) or _between(part, ahead))
        if ahead is not None and named and not find_when(ahead[1]):
            return part.at(ahead.end(), len(part.text)).trimmed(), part.at(*ahead.span(1)).trimmed()
    found = _BEFORE.match(part.text)
    if not found or with_status(part.text, (0, len(part.text)))[1] is not None:  # "[Cancelled] Slips"
        return part, None
    group = 1 if found[1] else 2
    room = part.at(*found.span(group)).trimmed()
    if _PHRASE.search(room.text) and room.text.casefold() not in rooms:
        return part, None
    bracketed = part.text.startswith("[") and len(room.text) > 3
    if format_of(room.text) is not None or len(room.text.split()) > 4 or _GATHERING.fullmatch(room.text):
        return part, None
    known = names_room(room.text, rooms) or _begins_with_room(room.text)
    if not (bracketed or known or _between(part, found)):
        return part, None
    return part.at(found.end(), len(part.text)).trimmed(), room
