"""Owns what a post's title and first paragraphs say of the event: its name, days, city, and the zone of all times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from feeds.model import Place
from feeds.post import Line
from feeds.understand.context import Book, Context, DayContext, note_numbered_days
from feeds.understand.draft import DraftEvent, Read
from feeds.understand.events import (
    EventName,
    find_event_names,
    is_deadline,
    is_past,
    read_heading,
    same_event,
)
from feeds.understand.outline import Scope
from feeds.understand.part import Part
from feeds.understand.places import PlaceMention, find_places, is_online, settle
from feeds.understand.when import find_when, find_zone_note, resolve_days
from feeds.understand.when.values import Days, Problem, ResolvedDays

if TYPE_CHECKING:
    from feeds.post import Post

MOST_LINES = 60
"""The introduction of even the longest post; what comes later is not read for the event."""


def introduce(book: Book, post: Post, root: Scope, title: str, context: Context) -> Context:
    """The context of the whole post: the event its title names, its city, its days, a zone note."""
    title_line = _title_line(post, title)
    lines = list(_intro_lines(root))
    place, place_read = _place(book, [title_line, *lines])
    context = context.within(place=place, place_read=place_read)
    context = _zone(root, context)
    if _headings_declare(root):
        return context
    key = _event(book, title_line, list(_paragraphs(root)), place, place_read)
    note_numbered_days(book, root.walk())
    event = book.events[key] if key is not None else None
    day = _single_day(book, event, lines)
    return context.within(event=key, title=Part(title_line, 0, len(title_line.text)), day=day)


def _title_line(post: Post, title: str) -> Line:
    key = next((name for name in ("title", "Title", "name", "headline") if post.front.text(name)), None)
    at = post.front.span(key).start if key else 0
    if key and post.source.text[at : at + 1] in "\"'":
        at += 1
    return Line(text=title, marks=(), anchors=((0, at),))


def _intro_lines(root: Scope) -> Iterator[Line]:
    """Paragraphs before and between the first heads, and headings: where events are introduced."""
    count = 0
    for scope in root.walk():
        if scope.kind in ("text", "section", "lead", "item") and scope.lines:
            for line in scope.lines:
                yield line
                count += 1
                if count >= MOST_LINES:
                    return


def _headings_declare(root: Scope) -> bool:
    """Whether headings name the events themselves, with city or days; then the title only sums them up."""
    for scope in root.walk():
        if scope.kind != "section" or facts_of_times(scope):
            continue
        heading = read_heading(scope.lines[0])
        days = heading.when.days if heading is not None and heading.when is not None else None
        if heading is not None and days is not None and (heading.place is not None or _several_days(days)):
            return True
    return False


def facts_of_times(scope: Scope) -> bool:
    """Whether a head says a clock time."""
    return any(when.times for line in scope.lines for when in find_when(line.text))


def _several_days(days: Days) -> bool:
    return days.ranged or len(days.days) > 1


def _paragraphs(root: Scope) -> Iterator[Line]:
    """The lines of running text, where a sentence may introduce the event."""
    for scope in root.walk():
        if scope.kind in ("text", "item", "lead"):
            yield from scope.lines


def _place(book: Book, lines: Sequence[Line]) -> tuple[Place | None, Read | None]:
    """The one city the post is about: the one its strong mentions agree on."""
    found: list[tuple[Line, PlaceMention]] = []
    for line in lines:
        if is_past(line.text):
            continue
        found += [(line, mention) for mention in find_places(line.text) if mention.confidence == "strong"]
    if not found:
        return None, None
    counts = Counter(mention.candidates[0].city for _, mention in found if mention.candidates)
    best, most = counts.most_common(1)[0]
    if len(counts) > 1 and most < 2 * counts.most_common(2)[1][1] and _several(found):
        return None, None
    line, mention = next((l, m) for l, m in found if m.candidates and m.candidates[0].city == best)
    place, guess = settle(
        mention, near=[m.candidates[0] for _, m in found if m.candidates and m is not mention]
    )
    part = Part(line, *mention.at)
    if guess:
        others = [other for other in mention.candidates if other != place][:1]
        book.tell(
            "ambiguous-city",
            f"`{part.text}` was read as {place.city}, {place.country}; there is one in {others[0].country} too"
            if others else f"`{part.text}` was read as {place.city}, {place.country}",
            span=part.span,
            help=f"write the country beside it: `{place.city}, {place.country}`",
        )  # fmt: skip
    return place, Read(how="read", span=part.span, why=f"“{part.text}” in the post")


def _several(found: Sequence[tuple[Line, PlaceMention]]) -> bool:
    zones = {mention.candidates[0].timezone for _, mention in found if mention.candidates}
    return len(zones) > 1


def _zone(root: Scope, context: Context) -> Context:
    """A note anywhere outside the sessions ("all times are in CET") holds for the post."""
    for scope in root.walk():
        if scope.kind not in ("text", "lead", "section"):
            continue
        for line in scope.lines:
            zone = find_zone_note(line.text) if len(line.text) < 400 else None
            if zone is not None:
                read = Read(
                    how="inherited", span=line.span(*zone.at), why="a note says in which zone the times are"
                )
                return context.within(zone=zone, zone_read=read)
    return context


def _event(
    book: Book, title: Line, lines: Sequence[Line], place: Place | None, read: Read | None
) -> int | None:
    """The event of the title, and further ones that the introduction dates; the first is the post's."""
    names = [(title, name) for name in find_event_names(title.text, title=True)]
    dated = list(_dated(book, lines))
    for line, name, first, last in dated:
        _add(book, line, name, place, read, first, last)
    for line, name in names:
        if not any(same_event(event.name, name.name) for event in book.events):
            _add(book, line, name, place, read, None, None)
    if not book.events:
        return None
    for event in book.events:
        if any(same_event(event.name, name.name) for _, name in names):
            return event.key
    return book.events[0].key


def _dated(book: Book, lines: Sequence[Line]) -> Iterator[tuple[Line, EventName, date, date]]:
    """Names that stand in one sentence with days and no clock: "X will be held January 20-22 in …"."""
    for line in lines[:25]:
        if is_deadline(line.text) or is_past(line.text) or len(line.text) < 40:
            continue
        whens = [when for when in find_when(line.text) if when.days and not when.times]
        names = [name for name in find_event_names(line.text) if not name.weak]
        for when in whens[:1]:
            found = resolve_days(when.days, anchor=book.anchor, frame=book.year_frame) if when.days else None
            if found is None or isinstance(found, Problem):
                continue
            near = [n for n in names if n.end <= when.at[0] and _one_sentence(line.text[n.end : when.at[0]])]
            if near:
                yield line, near[-1], found.first, found.last


def _one_sentence(between: str) -> bool:
    return len(between) < 120 and re.search(r"[.!?]\s+[A-Z]", between) is None


def _add(book: Book, line: Line, name: EventName, place: Place | None, read: Read | None, first: date | None,
         last: date | None) -> None:  # fmt: skip
    part = Part(line, name.start, name.end)
    if any(same_event(event.name, name.name) for event in book.events) or is_deadline(part.text):
        return
    reads = {"name": Read(how="read", span=part.span, why=f"the words “{part.text}”")}
    if read is not None:
        reads["city"] = read
    if first is not None:
        reads["start"] = Read(how="read", span=line.span(), why="the days beside the name")
    link = next((mark.href for mark in part.links if mark.href.startswith("http")), None)
    book.events.append(
        DraftEvent(key=len(book.events), name=name.name, first=first, last=last, place=place, url=link,
                   online=place is None and is_online(line.text), span=part.span, stated=first is not None, reads=reads)
    )  # fmt: skip


def _single_day(book: Book, event: DraftEvent | None, lines: Sequence[Line]) -> DayContext | None:
    """The day that holds for every time in a post about a one-day event."""
    if event is not None and event.first is not None and event.first == event.last:
        days = ResolvedDays(days=(event.first,), ranged=False, year_from="text")
        return DayContext(days=days, read=Read(how="inherited", span=event.reads["start"].span,
                                               why=f"the only day of {event.name}"))  # fmt: skip
    found = {}
    for line in lines[:25]:
        for when in find_when(line.text):
            if when.days is None or when.days.days[0].day is None or is_deadline(line.text) or is_past(line.text):
                continue
            resolved = resolve_days(when.days, anchor=book.anchor, frame=book.year_frame)
            if not isinstance(resolved, Problem) and len(resolved.days) == 1:
                found.setdefault(resolved.first, (line, when, resolved))
    if len(found) != 1:
        return None
    line, when, resolved = next(iter(found.values()))
    part = Part(line, *when.at)
    return DayContext(
        days=resolved, read=Read(how="inherited", span=part.span, why=f"the only day named, “{part.text}”")
    )
