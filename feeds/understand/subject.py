"""Owns the name of the event a post is about where no word of it says so ("Ferris Fridays")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feeds.post import Line
from feeds.understand.city_clues import strong_mentions
from feeds.understand.events import ARTICLE, EventName, says_no_name, tidy_name
from feeds.understand.labels import label_kind
from feeds.understand.part import Part
from feeds.understand.people import format_of, likely_people, surely_people
from feeds.understand.phrases import (
    conference_like,
    is_deadline,
    is_event_word,
    is_generic,
    is_generic_heading,
    is_past,
    looks_back_at,
    tells_no_event,
)
from feeds.understand.places import find_places, names_town
from feeds.understand.rooms import is_room
from feeds.understand.when import find_when
from feeds.understand.when.words import MONTH_NUMBERS

MOST_WORDS = 6
"""A longer one is a sentence."""

_NO_NAME = re.compile(  # a version; somebody's dignity
    r"(?i:\b(?:sponsors?|sponsoring|partners?|members?|booth|stand)$)|"
    r"(?i:^(?:version|release|v|ausgabe|versión|versione|versão|versie)\.?\s?\d)|\d\.\d|\b(?:Dr|Prof|Mag|Ing)\."
)
_PROPER = re.compile(
    r"(?<![\w'’])[A-ZÀ-Þ][\w'’]+(?:\s(?:(?:of|de|do|da|the|del|di|der|van)\s)?[A-ZÀ-Þ#\d][\w'’#]*){1,4}"
    r"|(?<![\w'’])[A-Z][a-z]+[A-Z]\w+\s20\d\d"
)
_BORDER = re.compile(r"\s*[:|]\s|\s[–—-]\s|,\s|[!?]\s?|\s@\s")
_EDITION = re.compile(
    r"\s*,?\s(?:#\s?\d{1,4}|(?:19|20)\d\d|['’]\d\d|[IVX]{1,5}|(?:no|nr|vol|n°|nº)\.?\s?\d{1,4}|\d{1,3})$",
    re.IGNORECASE,
)
_WITH_YEAR = re.compile(
    r"(?<![\w.'’-])(?:[A-ZÀ-Þ][\w.'’-]*\s(?:(?:of|de|do|da|du|des|del|di|der|van)\s)?){1,4}(?:19|20)\d\d\b"
)
_MONTH = re.compile(rf"(?i)\s(?:{'|'.join(sorted(name for name in MONTH_NUMBERS if len(name) > 4))})$")
_DOING = re.compile(
    r"(?:Meet|Join|See|Visit|Find|Catch|Treffen Sie|Rencontrez|Conoce|Ven a|Visita|Ontmoet)\s"
)
"""Who is met is no event."""

_IN_TOWN = re.compile(r"\s(?:in|at|à|en|a|em|im|te)$")


def subject(title: Line, lines: Sequence[Line], *, scheduled: bool) -> tuple[Line, EventName] | None:
    """The event that a title and the first lines of running text are about, if anything speaks for one.

    `scheduled` is whether the post has a programme: then a name needs no day or city beside it.
    """
    if tells_no_event(title.text) or is_past(title.text) or is_deadline(title.text):
        return None
    dated = next(_of_a_year(title), None) if scheduled else None
    marked = next(emphasised(lines), None)
    by_the_way = marked is not None and (_pointed_at(marked) or not conference_like(marked[1].name))
    if dated is not None and by_the_way:
        return dated  # "DocsHarbour 2023" in the title, "at [The Old Shed](u)" in the text
    return (
        marked
        or next(_headed(title, lines, scheduled=scheduled), None)
        or next(_in_both(title, lines), None)
        or dated
    )


_AT = re.compile(
    r"(?i)\b(?:at|in|im|auf|bei|à|au|chez|en|al|presso|nel|no|na|op)(?:\s(?:the|der|dem|la|le|el))?\s\W*$"
)


def _pointed_at(found: tuple[Line, EventName]) -> bool:
    """Whether a preposition leads to a name, as to a venue."""
    line, name = found
    return _AT.search(line.text, max(0, name.start - 12), name.start) is not None


def emphasised(lines: Sequence[Line]) -> Iterator[tuple[Line, EventName]]:
    """The bold and linked names in sentences of the introduction that say days or a city, and no time."""
    for line in lines:
        if not introduces(line) or any(when.times for when in find_when(line.text)):
            continue
        for mark in line.marks:
            text = line.text[mark.start : mark.end].strip(" ,.:;!")
            if mark.kind not in ("strong", "link") or looks_back_at(line.text, (mark.start, mark.end)):
                continue
            if namelike(text):
                yield line, EventName(mark.start, mark.end, text, weak=True)


def introduces(line: Line) -> bool:
    """Whether a line says the days or the city."""
    dated = any(when.days and not when.times for when in find_when(line.text))
    return dated or any(strong_mentions(line))


def namelike(text: str, *, person: bool = False) -> bool:
    """A name: a few words, a capital first; no day, no room, nothing to click, nobody.

    `person`: it may look like somebody whose name is not known.
    """
    edition = _EDITION.search(text)
    stem = text[: edition.start()] if edition else text
    words = re.findall(r"[\w'’.-]*\w[\w'’.-]*", stem)
    if not 1 <= len(words) <= MOST_WORDS or not stem[:1].isupper() or _NO_NAME.search(text):
        return False
    if find_when(text) or is_generic(stem) or says_no_name(text) or label_kind(stem) is not None:
        return False
    if (is_room(stem) and not conference_like(stem)) or (surely_people if person else likely_people)(stem):
        return False
    return not names_town(stem)


def _headed(title: Line, lines: Sequence[Line], *, scheduled: bool) -> Iterator[tuple[Line, EventName]]:
    """A piece of the title ("Ferris Fridays #12: async") that the introduction speaks of too."""
    pieces = [part for part in _pieces(title) if part]
    told = scheduled and any(_says_what(part.text) for part in pieces)
    for part in pieces:
        name = part.text
        if is_generic_heading(name) or format_of(name) is not None or not namelike(name, person=True):
            continue
        if is_event_word(name):
            continue
        edition = _EDITION.search(name)
        stem = name[: edition.start()] if edition else name
        speaks = [line for line in lines if _says(line.text, stem) and not is_past(line.text)]
        kind = conference_like(stem.split()[0])  # "Tag der offenen Tür", "Journée du logiciel"
        if told or (scheduled and (edition or kind)) or any(scheduled or introduces(line) for line in speaks):
            yield title, EventName(part.start, part.end, name, weak=True)


def _says_what(text: str) -> bool:
    """Whether a piece of a title only says when, or that a programme follows ("the schedule", "Feb 25")."""
    return bool(find_when(text)) or is_generic_heading(text) or says_no_name(text)


def with_edition(title: Line) -> EventName | None:
    """The piece of a title that ends with its number ("Ferris Fridays #12")."""
    for part in _pieces(title):
        edition = _EDITION.search(part.text)
        if edition and "#" in edition[0] and namelike(part.text, person=True):
            return EventName(part.start, part.end, part.text, weak=True)
    return None


def _of_a_year(title: Line) -> Iterator[tuple[Line, EventName]]:
    """A name with its year anywhere in the title of a post with a programme ("the agenda of PyLima 2025")."""
    for found in _WITH_YEAR.finditer(title.text):
        name = tidy_name(found[0])
        if namelike(name):
            yield title, EventName(found.end() - len(name), found.end(), name, weak=True)


def _pieces(title: Line) -> Iterator[Part]:
    """What stands between colons, dashes and commas, without "Announcing", a town or a month around it."""
    text, at = title.text, 0
    for border in (*_BORDER.finditer(text), None):
        part = Part(title, at, border.start() if border else len(text)).trimmed()
        at = border.end() if border else at
        if _DOING.match(part.text):
            continue
        opening, month = ARTICLE.match(part.text), _MONTH.search(part.text)
        part = part.at(opening.end() if opening else 0, month.start() if month else len(part.text))
        if month and (leading := _IN_TOWN.search(part.text)):
            part = part.at(0, leading.start())
        places = find_places(part.text, hint=True)
        town = next((m.at[0] for m in places if m.at[1] == len(part.text)), None)
        before = _IN_TOWN.search(part.text[:town].rstrip()) if town else None
        yield part.at(0, before.start()) if before else part


_SHORTEST_WORD = 6


def _says(text: str, stem: str) -> bool:
    """Whether a text has a name of several words, or one word that is written as a name."""
    if " " in stem:
        text, stem = text.casefold(), stem.casefold()
    elif len(stem) < _SHORTEST_WORD:
        return False
    return stem in text and re.search(rf"(?<!\w){re.escape(stem)}(?!\w)", text) is not None


_ATTENDS = re.compile(r"(?i)\s(?:at|@|bei|beim|auf|à|au|aux|en|al|alla|no|na|op)\s")
"""Behind who goes to an event."""


def _in_both(title: Line, lines: Sequence[Line]) -> Iterator[tuple[Line, EventName]]:
    """A name of two words or more that stands in the title and in the introduction."""
    text = " ".join(line.text for line in lines)
    for found in _PROPER.finditer(title.text):
        name = found[0]
        if title.text[found.end() :][:2].strip(".").isdigit():
            continue  # the beginning of a version: "Python 3" of "Python 3.12"
        if _ATTENDS.match(title.text, found.end()) and not conference_like(name):
            continue  # "Quarry at rust nation"
        if name in text and namelike(name):
            yield title, EventName(*found.span(), name, weak=True)
