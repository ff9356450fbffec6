"""Owns the events of a post about several: listed, told in paragraphs, below headings, stops of a tour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from feeds.model import Place
from feeds.post import Line
from feeds.understand.attended import whens_of
from feeds.understand.clauses import split_sentences
from feeds.understand.context import Book
from feeds.understand.events import EventName, find_event_names
from feeds.understand.headings import town_of
from feeds.understand.labels import find_label
from feeds.understand.outline import Scope
from feeds.understand.part import Part
from feeds.understand.phrases import conference_like, is_by_then, is_deadline, is_past, looks_back_at
from feeds.understand.places import find_places, is_online, settle
from feeds.understand.subject import MOST_WORDS, namelike
from feeds.understand.town_names import town_in_name, town_of_name
from feeds.understand.when import resolve_days
from feeds.understand.when.values import Problem, ResolvedDays, When

MOST_LINES = 80
"""No post lists more events."""

_BORDER = re.compile(
    r"\s*[,;·•|()\U0001F4CD]\s*|\s[–—-]\s|\s+(?:in|à|en|a|em|te)\s+(?=[A-ZÀ-Þ])|[.!?](?:\s|$)|:\s"
)


_NEAR_START = 2
"""Letters before the beginning of a line, such as a bullet's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An event of a list; `place` is None where it is held online."""

    line: Line
    name: EventName
    days: ResolvedDays
    place: Place | None
    place_part: Part | None


def listed_events(book: Book, lines: Sequence[Line]) -> list[Listed]:
    """The events of a list, and those of a tour told in paragraphs."""
    listed = list(_heading_lines(book, lines[:MOST_LINES]))
    taken = {id(one.line) for one in listed}
    told = [one for line in lines[:MOST_LINES] if id(line) not in taken if (one := _told(book, line))]
    apart = {(one.days.first, one.place) for one in (*listed, *told)}
    if len(apart) < 2:
        return listed  # one alone that is told is what the post is about, or an aside
    order = {id(line): number for number, line in enumerate(lines)}
    return sorted((*listed, *told), key=lambda one: order[id(one.line)])


def headed_events(book: Book, root: Scope) -> list[Listed]:
    """The events that headings name, where the paragraph right below begins with a town and days.

    "## Berlin Buzzwords", "Berlin, June 9-11, at the Kulturbrauerei." One alone has to say that it is one.
    """
    found: list[Listed] = []
    for scope in root.walk():
        below = next((child for child in scope.body if child.lines), None)
        if scope.kind == "section" and scope.lines and below is not None and below.kind == "text":
            one = _headed(book, scope.lines[0], below.lines[0])
            found += [one] if one is not None else []
    found = [one for one in found if conference_like(one.name.name) or _TITLE_CASE.fullmatch(one.name.name)]
    return found if len(found) > 1 or any(conference_like(one.name.name) for one in found) else []


_TITLE_CASE = re.compile(r"(?:[A-ZÀ-Þ0-9][\w'’.&-]*(?:\s|$)){2,6}")
"""A name, as no other heading is written ("Berlin Buzzwords", but "Our apartment swap")."""


def _headed(book: Book, heading: Line, line: Line) -> Listed | None:
    sentence = next(iter(split_sentences(line)), None)
    name = Part(heading, 0, len(heading.text)).trimmed()
    if sentence is None or is_past(sentence.text) or not namelike(name.text, person=True):
        return None
    whens = whens_of(line, start=sentence.start, end=sentence.end)
    mentions = find_places(line.text) if find_label(line.text) is None else ()
    town = next((m for m in mentions if m.at[0] <= _NEAR_START and m.candidates), None)
    days = _days_of(book, whens) if town is not None and not any(when.times for when in whens) else None
    if town is None or days is None:
        return None
    return Listed(
        line=heading,
        name=EventName(name.start, name.end, name.text, weak=False),
        days=days,
        place=settle(town)[0],
        place_part=Part(line, *town.at),
    )


def stops_of_tour(book: Book, root: Scope, *, title: Line) -> list[Listed]:
    """The stops of a tour: headings, bold lines or bullets of nothing but a town and its days.

    Each is the event of the title in that town; where times stand below, they are read as sessions instead.
    """
    found: list[Listed] = []
    for scope in root.walk():
        if scope.kind in ("section", "lead", "item") and scope.lines:
            stop = _stop(book, scope.lines[0], title)
            found += [stop] if stop is not None and not _is_timed(scope) else []
    towns = {one.place.city for one in found if one.place is not None}
    return found[:MOST_LINES] if len(towns) >= FEWEST_STOPS else []


FEWEST_STOPS = 3
LATE = timedelta(days=31)
"""A post is written no longer after what it announces."""

_YEAR = re.compile(r"\s(?:19|20)\d\d\b")


def _is_timed(scope: Scope) -> bool:
    return any(inner.facts.timed for inner in scope.walk() if inner.lines)


def _stop(book: Book, line: Line, title: Line) -> Listed | None:
    town = town_of(line)
    days = _days_of(book, whens_of(line)) if town is not None else None
    if town is None or days is None or (book.anchor is not None and days.last < book.anchor - LATE):
        return None
    place, part = town
    told = _YEAR.sub("", re.split(r"[:|!?]\s|\s[–—-]\s", title.text)[0]).strip()
    name = f"{told} {part.text}"
    if len(told) < SHORTEST_TITLE or len(told.split()) > MOST_WORDS:
        return None
    return Listed(
        line=line,
        name=EventName(part.start, part.end, name, weak=False),
        days=days,
        place=place,
        place_part=part,
    )


SHORTEST_TITLE = 4


def _heading_lines(book: Book, lines: Sequence[Line]) -> Iterator[Listed]:
    """The lines that begin with a bold or linked name and say days, no time, and a city or "online"."""
    for line in lines:
        name = _name(line)
        days = _days(book, line, name) if name is not None else None
        if name is None or days is None:
            continue
        found = _place(line, name.end) or _place_in(line, name)
        if found is not None or is_online(line.text):
            place, part = found or (None, None)
            yield Listed(line=line, name=name, days=days, place=place, place_part=part)


def _told(book: Book, line: Line) -> Listed | None:
    """What the first sentence of a paragraph with a name, days and a city tells of."""
    if not any(when.days for when in whens_of(line)):
        return None
    for sentence in islice(split_sentences(line), MOST_SENTENCES):
        if is_past(sentence.text) or is_deadline(sentence.text):
            continue
        whens = whens_of(line, start=sentence.start, end=sentence.end)
        days = _days_of(book, whens) if whens else None
        name = _name_in(sentence, timed=any(when.times for when in whens)) if days is not None else None
        if name is None or days is None:
            continue
        for mention in find_places(sentence.text, base=sentence.start):
            if mention.confidence == "strong" and mention.candidates:
                part = Part(line, *mention.at)
                return Listed(line=line, name=name, days=days, place=settle(mention)[0], place_part=part)
        town = town_in_name(Part(line, name.start, name.end))
        if town is not None:
            return Listed(line=line, name=name, days=days, place=town[0], place_part=town[1])
    return None


MOST_SENTENCES = 3


def _name_in(sentence: Part, *, timed: bool) -> EventName | None:
    """The first name of a sentence that says what it is, else one that is marked and no session's.

    Beside a time it has to end with a town ("**SREcraft Dublin** is on Friday; I'm on at 9:40").
    """
    marked = [
        EventName(mark.start, mark.end, part.text, weak=False)
        for mark in (sentence.marks("strong") if timed else sentence.marks("strong", "link"))
        if (part := Part(sentence.line, mark.start, mark.end).trimmed()) and namelike(part.text, person=True)
    ]
    said = [name for name in find_event_names(sentence.text) if not name.weak]
    if said:
        one = said[0]
        return EventName(one.start + sentence.start, one.end + sentence.start, one.name, weak=False)
    marked = [one for one in marked if town_of_name(one.name) is not None] if timed else marked
    return marked[0] if marked else None


def _days_of(book: Book, whens: Sequence[When]) -> ResolvedDays | None:
    """The first days that are said, written out and without a time."""
    said = next((when.days for when in whens if when.days is not None and not when.times), None)
    if said is None or said.days[-1].day is None:
        return None
    found = resolve_days(said, anchor=book.anchor, frame=book.year_frame)
    return None if isinstance(found, Problem) else found


def _name(line: Line) -> EventName | None:
    """The name a line begins with: what is marked there, or its beginning ("**Name, City, days.** …")."""
    marks = [m for m in line.marks if m.kind in ("strong", "link") and m.start <= _NEAR_START]
    for mark in marks[:2]:
        part = Part(line, mark.start, mark.end).trimmed()
        border = _BORDER.search(part.text)
        for one in (part, part.at(0, border.start() if border else 0).trimmed()):
            if one and namelike(one.text, person=True):
                return EventName(one.start, one.end, one.text, weak=False)
    return None


def _days(book: Book, line: Line, name: EventName) -> ResolvedDays | None:
    """The days of the line; where it goes on with times, those in bold with the name it begins with."""
    bold = next((m for m in line.marked("strong") if m.start <= _NEAR_START), None)
    ahead = whens_of(line, start=bold.start, end=bold.end) if bold is not None else ()
    named = bold is not None and any(when.days and when.at[0] > name.end for when in ahead)
    whens = ahead if named else whens_of(line)
    if any(when.times for when in whens):
        return None
    said = [when for when in whens if when.days is not None and when.days.days[-1].day is not None]
    if not said or said[0].days is None or looks_back_at(line.text, said[0].at):
        return None
    before = line.text[max(0, said[0].at[1] - 200) : said[0].at[1]]
    if is_deadline(before) or is_by_then(line.text, said[0].at[0]):
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
