"""Owns what stands apart from its siblings: of another event, in another town or on other days."""

from __future__ import annotations

from datetime import date

from feeds.model import Place
from feeds.post import Line
from feeds.understand.attended import whens_of
from feeds.understand.context import Book, Context
from feeds.understand.draft import Read
from feeds.understand.headings import town_of
from feeds.understand.introduced_days import only_day_of
from feeds.understand.moments import Moment
from feeds.understand.outline import Scope
from feeds.understand.part import Part
from feeds.understand.phrases import is_generic_heading
from feeds.understand.town_names import town_in_name
from feeds.understand.towns import town_ahead, town_led_to, town_said


def context_apart(book: Book, scope: Scope, *, context: Context) -> Context | None:
    """The context of a scope that is of another event or in another town than its siblings."""
    listed = book.listed.get(scope.lines[0].span().start)
    if listed is not None:
        return within(book, listed, context=context)
    town = book.towns.get(scope.lines[0].span().start)
    if scope.kind == "section":
        town = town_of(scope.lines[0], near=places_of(book))
    if town is None and context.place is None and context.event is None and scope.kind != "section":
        town = town_said(scope)
    if town is None:
        return _outside(book, scope, context)
    read = Read(how="inherited", span=town[1].span, why=f"“{town[1].text}” says where")
    return context._replace(place=town[0], place_read=read)


def places_of(book: Book) -> list[Place]:
    """The cities of the events so far, each once."""
    return list(dict.fromkeys(event.place for event in book.events if event.place))


def within(book: Book, key: int, *, context: Context) -> Context:
    """The context of what stands below the line that lists an event."""
    event = book.events[key]
    place = event.place or context.place
    return context._replace(
        event=key, declared=True, day=only_day_of(event), place=place, track=None, room=None
    )


def _outside(book: Book, scope: Scope, context: Context) -> Context | None:
    """A section of its own whose days all lie outside the event that a heading before it declares."""
    event = book.event(context)
    if scope.kind != "section" or not context.behind or event is None:
        return None
    if is_generic_heading(scope.lines[0].text):
        return None
    days = _days_below(book, scope)
    if event.first is None or event.last is None or not days or any(map(event.near, days)):
        return None
    return context._replace(
        event=None, declared=False, day=None, place=None, place_read=None, room=None, track=None
    )


def told_behind_name(book: Book, scope: Scope) -> Scope | None:
    """The sentences with times behind the event that a bullet begins with ("**Name, City, days.** Ada …")."""
    line = scope.lines[0]
    bold = next((one for one in line.marked("strong") if one.start <= _NEAR_START), None)
    if scope.body or bold is None or line.span().start not in book.listed:
        return None
    day = scope.facts.dated
    if not scope.facts.timed or day is None or day.when.at[0] >= bold.end:
        return None
    return Scope(kind="text", lines=(line.cut(bold.end, len(line.text)), *scope.lines[1:]))


_NEAR_START = 2


def is_outside(book: Book, scope: Scope, *, context: Context) -> bool:
    """Whether a paragraph says days, all of them outside the event that the post is about."""
    event = book.event(context)
    if context.declared or event is None or event.first is None:
        return False
    days = _days_below(book, scope)
    return bool(days) and not any(map(event.near, days))


def _days_below(book: Book, scope: Scope) -> list[date]:
    """The days with their number that a section says."""
    found = []
    for line in (line for child in scope.walk() for line in child.lines):
        for when in whens_of(line):
            if when.days is not None and when.days.days[0].day is not None:
                day = book.day(Moment(line, when), Context(), quiet=True)
                found.extend([day.days.first, day.days.last] if day is not None else [])
    return found


def in_town_of(book: Book, heading: Line, *, context: Context) -> Context:
    """The context of a section about another town than what stands before it ("Cologne, part one").

    Where no town is known, the heading has to be nothing but one ("Denver", "And then Tokyo"); behind one
    that declares an event it has to be that, or a name that ends with a town of none of the events ("LoomDev
    Bucharest").
    """
    named = town_in_name(Part(heading, 0, len(heading.text)).trimmed()) if context.behind else None
    led = town_led_to(heading)
    town = town_ahead(heading) or named or led
    if town is None:
        return context
    place, part = town
    whole = led is not None or part.text == heading.text.strip()
    if context.declared:
        held = any(event.place is not None and event.place.city == place.city for event in book.events)
        if held or not context.behind or not (whole or named is not None):
            return context
        context = context._replace(declared=False, behind=False, event=None, day=None, place=None)
    elif not whole if context.place is None else place.timezone == context.place.timezone:
        return context
    read = Read(how="read", span=part.span, why=f"“{part.text}” heads the section")
    return context._replace(place=place, place_read=read, event=None, day=None)
