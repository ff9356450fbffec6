"""Owns which headings declare an event, and what they and the labels below them say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from feeds.post import Line
from feeds.understand.attended import whens_of
from feeds.understand.context import Book, Context, DayContext, located
from feeds.understand.draft import Read
from feeds.understand.events import find_event_names, same_event, says_no_name
from feeds.understand.headings import Heading, days_of, read_heading
from feeds.understand.heads import Head, sessions_below
from feeds.understand.moments import Moment
from feeds.understand.outline import INTRO_RANK, Scope
from feeds.understand.part import SENTENCE_END, Part
from feeds.understand.people import format_of
from feeds.understand.phrases import conference_like, is_deadline, is_past, pattern_for

MOST_EVENTS = 200
"""No post tells of more; later headings name parts of the last."""


def declares_event(book: Book, head: Head, *, heading: Heading, context: Context, nested: bool) -> bool:
    """A heading declares an event by a city or several days; where none is declared, a dated name does."""
    text, name = head.scope.lines[0].text, heading.name.text
    if is_deadline(text) or is_past(text) or head.facts.timed or len(book.events) >= MOST_EVENTS:
        return False
    if head.scope.rank == INTRO_RANK or says_no_name(name) or BOOTH.search(name):
        return False
    days = days_of(book, heading.when)
    several = days is not None and days[0] != days[1] and heading.dated
    if head.scope.kind != "section":  # a bold line declares where it says as much as a heading would
        return heading.place is not None and several
    like = conference_like(name)
    where = heading.place is not None or heading.online
    opened = days is None and _opening_days(book, head, context, placed=where) is not None
    placed = where and (days is not None or opened or (like and context.event is None))
    if placed or several:
        return True
    return _named_again(book, head, name, context=context, dated=days is not None, nested=nested)


def _named_again(book: Book, head: Head, name: str, *, context: Context, dated: bool, nested: bool) -> bool:
    """Whether a heading without a city names an event that is known, or dates one that sounds like one."""
    if _AROUND.match(name):
        return False
    event = book.event(context)
    if context.declared and event is not None:
        return same_event(event.name, name)
    like = conference_like(name)
    dated = dated or (
        nested and (head.merged.dated is not None or _day_below(book, head, context) is not None)
    )
    if like and not format_of(name) and dated:
        return True
    return len(name.split()) <= 8 and any(same_event(one.name, name) for one in book.events)


BOOTH = re.compile(rf"(?i)\b(?:{pattern_for('booth')})\s(?:[#№]\s?)?[A-Z]?\d")
"""What a number makes a place in a hall ("Expo hall, booth 328")."""

_AROUND = re.compile(
    r"(?i)(?:before|after|around|beyond|outside|vor|nach|rund um|neben|avant|après|autour d\w+|antes d\w+|"
    r"después d\w+|alrededor d\w+|prima d\w+|dopo|intorno a\w*|depois d\w+|voor|na|rondom)\s"
)
"""What stands around an event is none of its own names ("Before FOSDEM: contributor day")."""


def event_days(
    book: Book, head: Head, *, heading: Heading, context: Context
) -> tuple[tuple[date, date] | None, DayContext | None]:
    """The days of the event, and the day that holds below: those of the heading, else of a label."""
    days = days_of(book, heading.when) if heading.dated else None
    if days is None and head.merged.dated and heading.dated == (heading.when is not None):
        day = book.day(head.merged.dated, context)
        return ((day.days.first, day.days.last) if day else None), day
    if heading.when is not None and head.facts.dated:
        return days, book.day(head.facts.dated, context)
    placed = heading.place is not None or heading.online
    if days is None and (opening := _opening_days(book, head, context, placed=placed)) is not None:
        return (opening.days.first, opening.days.last), None
    day = _day_below(book, head, context) if days is None and context.event is None else None
    return ((day.days.first, day.days.last) if day else days), day


def _opening_days(book: Book, head: Head, context: Context, *, placed: bool) -> DayContext | None:
    """The several days with which the first paragraph below a heading begins ("October 7-11, Kinepolis.").

    Below a heading that says the place they may stand anywhere in its first sentence ("Rust Nation, Leeds"
    and "And last, from 26 to 28 March, …").
    """
    if head.scope.kind != "section" or not head.rest or head.rest[0].kind != "text":
        return None
    for line in head.rest[0].lines[:1]:
        said = SENTENCE_END.search(line.text)
        end = (min(said.start(), _OPENING) if said else _OPENING) if placed else _NEAR_START
        for when in whens_of(line):
            if when.days is None or when.times or when.at[0] > end:
                break
            day = book.day(Moment(line, when), context, quiet=True)
            if day is not None and day.days.first != day.days.last:
                return day
    return None


_OPENING = 200
"""Letters of a first sentence."""

_NEAR_START = 3


def _day_below(book: Book, head: Head, context: Context) -> DayContext | None:
    """The one day on which all is that labels below a heading date ("Date: 9 April" of each talk)."""
    dated = [one.facts.dated for one in head.rest if one.facts.timed and "title" in one.facts.labelled]
    days = [book.day(moment, context, quiet=True) if moment else None for moment in dated]
    first = days[0] if days else None
    return first if first and all(day and day.days.days == first.days.days for day in days) else None


def event_reads(heading: Heading, head: Head) -> dict[str, Read]:
    """Where the name, the city and the days of a declared event were read."""
    reads = {"name": Read(how="read", span=heading.name.span, why=f"the heading “{heading.name.text}”")}
    if heading.place_part is not None:
        span = heading.place_part.span
        reads["city"] = Read(how="read", span=span, why=f"“{heading.place_part.text}” in the heading")
    if heading.when is not None:
        words = Part(head.scope.lines[0], *heading.when.at)
        reads["start"] = reads["end"] = Read(
            how="read", span=words.span, why=f"“{words.text}” in the heading"
        )
    return reads


def event_link(head: Head, name: str) -> str | None:
    """The first link in the section whose words are the event's name."""
    for scope in head.rest[:4]:
        for line in scope.lines:
            for mark in line.marked("link"):
                if same_event(line.text[mark.start : mark.end], name):
                    return mark.href
    return None


def located_below(head: Head, context: Context) -> Context:
    """The context with the one city in which all is that labels below a heading locate."""
    found = [located(context, one.facts) for one in head.rest if "title" in one.facts.labelled]
    places = {one.place for one in found}
    return found[0] if len(places) == 1 else context


def headings_declare(root: Scope, *, title: Line) -> bool:
    """Whether headings name the events themselves, with city or days; then the title only sums them up.

    It does not where it names an event itself and a single heading another, with days beside it.
    """
    declaring = list(_declaring(root))
    if len(declaring) != 1 or not declaring[0].facts.dated:
        return bool(declaring)
    named = [name for name in find_event_names(title.text, title=True) if not name.weak]
    (heading,) = declaring
    sections = (one for one in root.walk() if one.kind == "section" and one is not heading)
    others = [one for one in sections if one.rank == heading.rank]
    apart = not any(same_event(name.name, heading.lines[0].text) for name in named)
    return not (named and apart and any(sessions_below([one]) for one in others))


def _declaring(root: Scope) -> Iterator[Scope]:
    """The headings that name an event, with its city or its days."""
    for scope in root.walk():
        if scope.kind not in ("section", "lead") or not scope.lines or scope.facts.timed:
            continue
        if scope.rank == INTRO_RANK:
            continue
        heading = read_heading(scope.lines[0])
        days = heading.when.days if heading is not None and heading.when is not None else None
        written = days is not None and days.several and days.days[0].day is not None
        said = (heading is not None and heading.place is not None, written)
        if days is not None and (all(said) if scope.kind == "lead" else any(said)):
            yield scope
