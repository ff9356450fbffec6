"""Owns what a post's title and first paragraphs say of the event: its name, its days, a zone for all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.model import Place
from feeds.post import Line, Mark
from feeds.understand.city_clues import present_mentions
from feeds.understand.context import Book, Context, noted_zone
from feeds.understand.dated_names import names_with_days
from feeds.understand.declared import headings_declare
from feeds.understand.draft import DraftEvent, Read
from feeds.understand.event_clues import named_by_clues, told_at_once
from feeds.understand.events import (
    EventName,
    find_event_names,
    same_event,
    says_no_name,
    tidy_name,
    tokens_of,
)
from feeds.understand.gatherings import names_errand
from feeds.understand.introduced_city import give_cities, place_of
from feeds.understand.introduced_days import (
    date_event,
    days_said,
    days_told,
    only_day,
    weekdays_said,
    written_days,
)
from feeds.understand.labels import find_label
from feeds.understand.listed_events import Listed, headed_events, listed_events, stops_of_tour
from feeds.understand.numbered import date_by_numbers, note_numbered_days
from feeds.understand.outline import Scope
from feeds.understand.part import Part
from feeds.understand.phrases import conference_like, is_deadline, is_past, pattern_for
from feeds.understand.places import is_online
from feeds.understand.recurring_rooms import common_rooms
from feeds.understand.speakers_first import tells_speakers_first
from feeds.understand.subject import emphasised, subject, with_edition
from feeds.understand.tables import table_says_when
from feeds.understand.towns import is_trip, towns_of_entries
from feeds.understand.when import find_when
from feeds.understand.when.values import ResolvedDays

if TYPE_CHECKING:
    from feeds.post import Post

TITLE_KEYS = ("title", "Title", "name", "headline", "titre", "titel", "título", "titulo", "titolo")
"""What site generators, and their authors, call the title of a post."""

MOST_LINES = 60
"""The introduction of even the longest post; what comes later is not read for the event."""

SHORTEST_NAME = 3
"""What is left of "On Tuesday night" without its day is no name."""

LONGEST_NOTE = 400
"""A note on the zone is a sentence, no paragraph."""


def introduce(book: Book, post: Post, *, root: Scope, title: str) -> Context:
    """The context of the whole post: the event its title names, its city, its days, a zone note.

    Reports: ambiguous-city.
    """
    title_line = _title_line(post, title)
    book.rooms = common_rooms(line for scope in root.walk() for line in scope.lines)
    book.speakers_first = tells_speakers_first(line for scope in root.walk() for line in scope.lines)
    paragraphs = list(_paragraphs(root))
    heads = [title_line, *_headline(root)]
    if not any(present_mentions(title_line)):
        book.towns = towns_of_entries(root)
    lines = [title_line, *_heads_and_paragraphs(root)]
    told = [line for line in lines if line is title_line or line.span().start not in book.towns]
    place, place_read = _place(book, post, told, root=root)
    context = _zone(root, Context(place=place, place_read=place_read))
    if headings_declare(root, title=title_line):
        return context
    book.said, book.told_of = days_said(book, root), days_told(book, root)
    book.weekdays = weekdays_said(root)
    listed = listed_events(book, paragraphs) or headed_events(book, root)
    listed = listed or stops_of_tour(book, root, title=title_line)
    for one in listed:
        _add_listed(book, one)
    _note_sections(book, root)
    for line, name, days in names_with_days(book, title_line, lines=paragraphs):
        _add(book, line, name, days=days)
    telling = [line for line in paragraphs if not _is_place(line)]
    chosen = _chosen(book, root, heads=heads, lines=telling)
    for line, name in chosen:
        if len(listed) < FEWEST_LISTED or line is not title_line or _is_said(name, telling):
            _add(book, line, name)
    items = {id(scope.lines[0]) for scope in root.walk() if scope.kind == "item" and scope.lines}
    among_others = len(listed) > 1 or any(id(line) in items for line in _lines_of(listed, chosen))
    if among_others and place_read is not None and any(_holds(one.line, place_read) for one in listed):
        place = place_read = None  # the town of one of several events is not that of the post
        context = context._replace(place=None, place_read=None)
    give_cities(book, lines, place=place, read=place_read)
    main = _main(book, title_line, among_others=among_others)
    note_numbered_days(book, root.walk())
    if main is not None:
        date_by_numbers(book, book.events[main])
    event = book.events[main] if main is not None else None
    in_title = context.place_read is not None and _holds(title_line, context.place_read)
    if event is not None and _says_where(event, in_title=in_title):
        # A city of the introduction may be anything.
        context = context._replace(place=event.place, place_read=event.reads.get("city"))
    day = only_day(book, event, root=root, lines=lines)
    if event is not None:
        date_event(book, event, day=day, lines=lines, root=root)
    book.day_of_post = day
    whole = Part(title_line, 0, len(title_line.text))
    return context._replace(event=main, title=whole, day=day)


def _chosen(
    book: Book, root: Scope, *, heads: Sequence[Line], lines: Sequence[Line]
) -> list[tuple[Line, EventName]]:
    """The names of what the post is about: in its heading or title (the first of `heads`) or its text."""
    scheduled = sum(1 + (scope.kind == "table") for scope in root.walk() if _has_days_or_times(scope)) > 1
    named = (list(_named(head, lines, scheduled=scheduled)) for head in reversed(heads))
    chosen = next((found for found in named if found), [])
    if not chosen and not book.events and (only := named_by_clues(heads[0], lines)) is not None:
        return [only]
    if book.events or not all(name.weak for _, name in chosen):
        return chosen
    held = told_at_once(heads[0], lines)  # "Quiltdb in Mostar" is no event beside one that is held
    other = held is not None and not any(same_event(held[1].name, name.name) for _, name in chosen)
    return [held] if held is not None and other else chosen


def _is_said(name: EventName, lines: Sequence[Line]) -> bool:
    """Whether the text says a name of the title again; a post about several events may be called anything."""
    plain = name.name.casefold()
    return any(plain in line.text.casefold() for line in lines)


FEWEST_LISTED = 2


def _says_where(event: DraftEvent, *, in_title: bool) -> bool:
    """Whether front matter says where an event is, or the words beside its name where no title does."""
    stated = event.stated and (event.place is not None or event.timezone is not None)
    return stated or (event.place is not None and not in_title)


def _lines_of(listed: Sequence[Listed], chosen: Sequence[tuple[Line, EventName]]) -> Iterator[Line]:
    yield from (one.line for one in listed)
    yield from (line for line, _ in chosen)


def _holds(line: Line, read: Read) -> bool:
    """Whether what was read stands in a line."""
    whole = line.span()
    return whole.start <= read.span.start < whole.end


def _place(book: Book, post: Post, lines: Sequence[Line], *, root: Scope) -> tuple[Place | None, Read | None]:
    """The city that the post is about; none where paragraphs lead from one to another."""
    place, read = place_of(book, lines, tags=_tags(post), stated=_stated_place(post))
    trip = read is not None and not _holds(lines[0], read) and is_trip(root)
    return (None, None) if trip else (place, read)


def _has_days_or_times(scope: Scope) -> bool:
    return table_says_when(scope) if scope.kind == "table" else scope.facts.timed


def _title_line(post: Post, title: str) -> Line:
    key = next((name for name in TITLE_KEYS if post.front.text(name)), None)
    at = post.front.span(key).start if key else 0
    if key and post.source.text[at : at + 1] in "\"'":
        at += 1
    return Line(text=title, marks=(), anchors=((0, at),))


PLACE_KEYS = (
    *("location", "city", "place", "venue", "ort", "stadt", "lieu", "ville", "lugar", "ciudad"),
    *("luogo", "città", "cidade", "local", "plaats", "stad", "locatie"),
)
"""What front matter calls the place that a post is about."""


def _stated_place(post: Post) -> Line | None:
    """The place that front matter names, in a line."""
    key = next((key for key in PLACE_KEYS if isinstance(post.front.data.get(key), str)), None)
    text = post.front.text(key) if key is not None else None
    if key is None or not text:
        return None
    return Line(text=text[:200], marks=(), anchors=((0, post.front.span(key).start),))


def _tags(post: Post) -> Line | None:
    """The tags of a post in one line, each as a name ("bergamo" too)."""
    found = (post.front.data.get(key) for key in ("tags", "Tags", "keywords", "categories", "tag"))
    tags = [tag for value in found for tag in (value if isinstance(value, list) else [value]) if tag]
    text = ", ".join(str(tag)[:1].upper() + str(tag)[1:100] for tag in tags[:MOST_TAGS])
    return Line(text=text, marks=(), anchors=((0, 0),)) if text else None


MOST_TAGS = 30


def _headline(root: Scope) -> list[Line]:
    """The heading of the first level that a post begins with: it says again what the post is about."""
    first = next((scope for scope in root.body if scope.lines), None)
    return list(first.lines[:1]) if first is not None and first.kind == "section" and first.rank == 1 else []


def _heads_and_paragraphs(root: Scope) -> list[Line]:
    found: list[Line] = []
    for scope in root.walk():
        found += scope.lines
        if len(found) >= MOST_LINES:
            return found[:MOST_LINES]
    return found


def _paragraphs(root: Scope) -> Iterator[Line]:
    """The lines of running text, where a sentence may introduce the event."""
    for scope in root.walk():
        if scope.kind in ("text", "item", "lead"):
            yield from scope.lines


# --- the zone -------------------------------------------------------------------------------------


def _zone(root: Scope, context: Context) -> Context:
    """A note anywhere outside the sessions ("all times are in CET") holds for the post."""
    scopes = (scope for scope in root.walk() if scope.kind in ("text", "lead", "section"))
    lines = (line for scope in scopes for line in scope.lines if len(line.text) < LONGEST_NOTE)
    return noted_zone(context, lines)


# --- the event ------------------------------------------------------------------------------------


def _named(title: Line, lines: Sequence[Line], *, scheduled: bool) -> Iterator[tuple[Line, EventName]]:
    """Names in the title; without one, the name the introduction links to or says twice.

    `scheduled` is whether the post has a programme.
    """
    names = find_event_names(title.text, title=True)
    marked = next(emphasised(lines[:6]), None)
    if marked is not None and names and all(name.weak for name in names) and _is_told(marked):
        told = any(same_event(name.name, marked[1].name) or _says_days(lines[:6], name) for name in names)
        names = names if told else []  # "March at Granite" is where we work; the event stands below, in bold
    for name in names:
        yield title, name
    if names:
        return
    numbered = with_edition(title) if scheduled else None
    if numbered is not None:
        yield title, numbered
        return
    said = next(_said_or_marked(lines[:8]), None) or subject(title, lines[:6], scheduled=scheduled)
    if said is not None:
        yield said


def _is_told(marked: tuple[Line, EventName]) -> bool:
    """Whether a name in bold is an event's by its words or by the days beside it."""
    line, name = marked
    return conference_like(name.name) or written_days(line.text) is not None


def _says_days(lines: Sequence[Line], name: EventName) -> bool:
    return any(name.name in line.text and written_days(line.text) is not None for line in lines)


def _said_or_marked(lines: Sequence[Line]) -> Iterator[tuple[Line, EventName]]:
    """Names that the introduction marks as a whole, or says twice."""
    present = (line for line in lines if not is_past(line.text))
    found = [(line, name) for line in present for name in find_event_names(line.text)]
    counts = Counter(name.name for _, name in found)
    for line, name in found:
        if counts[name.name] > 1 or any(_marks(mark, name) for mark in line.marks):
            yield line, name


def _is_place(line: Line) -> bool:
    """Whether a line is labelled as a place, whose name is no event's ("Where: [The Otter](u), Leeds")."""
    label = find_label(line.text)
    return label is not None and label.kind == "where"


def _marks(mark: Mark, name: EventName) -> bool:
    """Whether a name fills what is marked, an article or a year aside ("Game day in a box" holds none)."""
    inside = mark.start <= name.start and name.end <= mark.end + 2
    return mark.kind != "code" and inside and mark.end - mark.start < 1.6 * (name.end - name.start) + 4


def _add(book: Book, line: Line, name: EventName, *, days: ResolvedDays | None = None) -> DraftEvent | None:
    """An event of this name, unless one is named alike."""
    part = _marked_name(_undated_name(Part(line, name.start, name.end)))
    label = name.name if (part.start, part.end) == (name.start, name.end) else tidy_name(part.text)
    known = any(_alike(event.name, label) for event in book.events)
    if not part or known or len(label) < SHORTEST_NAME or says_no_name(label) or is_deadline(part.text):
        return None
    if (
        _HOUSE.search(label)
        or (label[0].isalpha() and label.split(maxsplit=1)[0].islower())
        or names_errand(label)
    ):
        return None  # "This week on the stream"
    reads = {"name": Read(how="read", span=part.span, why=f"the words “{part.text}”")}
    if days is not None:
        reads["start"] = reads["end"] = Read(how="read", span=line.span(), why="the days beside the name")
    link = next((mark.href for mark in part.links if mark.href.startswith("http")), None)
    event = DraftEvent(
        key=len(book.events),
        name=label,
        first=days.first if days else None,
        last=days.last if days else None,
        url=link,
        online=is_online(line.text),
        span=part.span,
        stated=days is not None,
        reads=reads,
    )
    book.events.append(event)
    return event


_HOUSE = re.compile(rf"\s(?:{pattern_for('house of events')})$", re.IGNORECASE)
"""What a house where events are held is called at its end ("Metro Toronto Convention Centre")."""


def _marked_name(part: Part) -> Part:
    """A name that is marked, without what stands before the mark ("an der Theresienhöhe die *KubeTage*")."""
    for mark in part.marks("strong", "emphasis", "link"):
        marked = Part(part.line, mark.start, part.end)
        if part.start < mark.start and part.end - 2 <= mark.end and conference_like(marked.text):
            return marked
    return part


def _add_listed(book: Book, listed: Listed) -> None:
    """An event of a list, with the city of its line."""
    event = _add(book, listed.line, listed.name, days=listed.days)
    if event is None:
        return
    book.listed[listed.line.span().start] = event.key
    part = listed.place_part
    why = f"“{part.text}” beside the name" if part else "it is held online"
    reads = {**event.reads, "city": Read(how="read", span=part.span if part else listed.line.span(), why=why)}
    book.events[event.key] = replace(event, place=listed.place, reads=reads)


def _note_sections(book: Book, root: Scope) -> None:
    """A section whose first paragraph tells of an event is about this event as a whole."""
    for scope in root.walk():
        below = [child for child in scope.body if child.lines]
        if scope.kind != "section" or not scope.lines or not below or below[0].kind != "text":
            continue
        key = book.listed.get(below[0].lines[0].span().start)
        starts = {line.span().start for other in below[1:] for inner in other.walk() for line in inner.lines}
        if key is not None and not starts & book.listed.keys():
            book.listed[scope.lines[0].span().start] = key


def _undated_name(part: Part) -> Part:
    """A name without the day that ran into it ("Meetup on November 18th")."""
    when = next((one for one in find_when(part.line.text) if part.start < one.at[0] < part.end), None)
    if when is None:
        return part
    cut = Part(part.line, part.start, when.at[0]).trimmed()
    tail = re.search(r"(?i)\s+(?:on|in|im|am|en|le|el|il|em|op|from|vom|the)$", cut.text)
    return cut.at(0, tail.start()).trimmed() if tail else cut


def _alike(one: str, other: str) -> bool:
    """Whether a title and a sentence name one event: one inside the other, or a rare word in common."""
    shared = {
        word for word in tokens_of(one) & tokens_of(other) if len(word) > 6 and word.endswith(("con", "conf"))
    }
    return same_event(one, other) or bool(shared)


def _main(book: Book, title: Line, *, among_others: bool) -> int | None:
    """The event of the title; else the first, unless the post lists it among others."""
    names = find_event_names(title.text, title=True)
    for event in book.events:
        if any(_alike(event.name, name.name) for name in names):
            return event.key
    whole = title.span()
    for event in book.events:
        if event.span is not None and whole.start <= event.span.start < whole.end:
            return event.key
    return book.events[0].key if book.events and not among_others else None
