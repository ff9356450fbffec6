"""Owns the city a post is about, and the city that stands beside each event's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from feeds.model import Place
from feeds.post import Line
from feeds.understand.city_clues import (
    Clue,
    Found,
    clues_of,
    names_of,
    present_mentions,
    qualified,
    stated_clues,
    strong_mentions,
)
from feeds.understand.clauses import split_sentences
from feeds.understand.context import Book
from feeds.understand.draft import DraftEvent, Read
from feeds.understand.part import Part
from feeds.understand.places import PlaceMention, far_apart, settle
from feeds.understand.town_names import town_of_name
from feeds.understand.when import find_when

MOST_LINES = 20
"""Further down nobody says for the first time in which country a city is."""


def place_of(
    book: Book, lines: Sequence[Line], *, tags: Line | None, stated: Line | None = None
) -> tuple[Place | None, Read | None]:
    """The one city the post is about: the one for which the clues of its lines weigh most.

    `stated` is what front matter says of the place.

    Cities of one zone do not contradict each other; of two zones one must clearly outweigh the other.
    """
    clues = [*clues_of(book, lines), *(stated_clues(stated) if stated is not None else ())]
    clues = clues or list(names_of(lines, tags))
    ranked = _ranked(clues, _zone_of)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < OUTWEIGHS * ranked[1][1]):
        return None, None
    there = [clue for clue in clues if _zone_of(clue) == ranked[0][0]]
    best = _ranked(there, _city_of)[0][0]
    line, mention = next((clue.line, clue.mention) for clue in there if _city_of(clue) == best)
    if mention.country is None and mention.region is None:
        line, mention = next(qualified(lines[:MOST_LINES], mention.text), (line, mention))
    near = [clue.mention.candidates[0] for clue in clues if clue.mention.text != mention.text]
    place, guess = settle(mention, near=near)
    part = Part(line, *mention.at)
    if guess:
        _tell_guess(book, part, mention, place)
    return place, Read(how="read", span=part.span, why=f"“{part.text}” in the post")


OUTWEIGHS = 1.25


def _ranked(clues: Sequence[Clue], named: Callable[[Clue], str]) -> list[tuple[str, float]]:
    """What the clues weigh together, the most first; of those that weigh the same, the one named first.

    Of the lines that speak for one, each counts half of the one before.
    """
    best: dict[str, dict[int, float]] = {}
    for clue in clues:
        of_line = best.setdefault(named(clue), {})
        of_line[id(clue.line)] = max(clue.weight, of_line.get(id(clue.line), 0))
    weighed = [
        (name, sum(weight / 2**rank for rank, weight in enumerate(sorted(of_line.values(), reverse=True))))
        for name, of_line in best.items()
    ]
    return sorted(weighed, key=itemgetter(1), reverse=True)


def _zone_of(clue: Clue) -> str:
    return clue.mention.candidates[0].timezone


def _city_of(clue: Clue) -> str:
    return clue.mention.candidates[0].city


def _tell_guess(book: Book, part: Part, mention: PlaceMention, place: Place) -> None:
    other = next((one for one in mention.candidates if one.spot != place.spot), None)
    near = other is not None and other.country == place.country
    here, there = (_region_of(one) if near else one.country for one in (place, other or place))
    also = f"; there is one in {there} too" if other is not None else ""
    instead = f", or `{part.text}, {there}` if that is meant" if other is not None and there != here else ""
    book.tell(
        "ambiguous-city",
        f"`{part.text}` was read as {place.city}, {here}{also}",
        span=part.span,
        help=f"write where it is beside it: `{part.text}, {here}`{instead}",
    )


def _region_of(place: Place) -> str:
    return place.region or place.country


def give_cities(book: Book, lines: Sequence[Line], *, place: Place | None, read: Read | None) -> None:
    """Give each event the city named right after it ("FOSDEM in Brussels and …"), else the post's."""
    for event in [one for one in book.events if "city" not in one.reads]:
        found = next((one for line in lines for one in _city_after(line, event.name)), None)
        if found is not None:
            line, mention = found
            own, _ = settle(mention, near=[place] if place else [])
            part = Part(line, *mention.at)
            why = f"“{part.text}” beside the name"
            reads = {**event.reads, "city": Read(how="read", span=part.span, why=why)}
            book.events[event.key] = replace(event, place=own, reads=reads)
        elif (told := _announced_at(event, lines)) is not None:
            own, part = told
            why = f"“{part.text}” beside its days"
            reads = {**event.reads, "city": Read(how="read", span=part.span, why=why)}
            book.events[event.key] = replace(event, place=own, reads=reads)
        elif (own_town := _elsewhere(event, place)) is not None:
            reads = {**event.reads, "city": Read(how="read", span=event.span, why="the town in its name")}
            book.events[event.key] = replace(event, place=own_town, reads=reads)
        elif place is not None and read is not None:
            book.events[event.key] = replace(event, place=place, reads={**event.reads, "city": read})


def _announced_at(event: DraftEvent, lines: Sequence[Line]) -> tuple[Place, Part] | None:
    """The one town that the sentence names which says when an event is."""
    for line in lines:
        if event.name not in line.text:
            continue
        for sentence in split_sentences(line):
            if event.name in sentence.text and any(when.days for when in find_when(sentence.text)):
                mentions = (one for _, one in present_mentions(line))
                towns = [one for one in mentions if sentence.start <= one.at[0] < sentence.end]
                if len({town.candidates[0].timezone for town in towns}) == 1:
                    return settle(towns[0])[0], Part(line, *towns[0].at)
    return None


def _elsewhere(event: DraftEvent, place: Place | None) -> Place | None:
    """The town in the name of an event, where it is not the one that the post is about."""
    town = town_of_name(event.name) if event.place is None else None
    return town if town is not None and (place is None or far_apart(town, place)) else None


def _city_after(line: Line, name: str) -> Iterator[Found]:
    at = line.text.find(name)
    if at == -1:
        return
    end = at + len(name)
    for found in strong_mentions(line):
        between = line.text[end : found[1].at[0]] if found[1].at[0] >= end else "-" * 99
        if len(between) < 30 and re.fullmatch(
            r"[\s\d'’()\w]{0,14}[\s,]*(?:in|at|à|en|a|em|te|,)\s*", between
        ):
            yield found
