"""Owns headings: the name, the city and the days in one, and the event that it declares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from feeds.model import Place
from feeds.post import Line
from feeds.understand.city_clues import FAMOUS
from feeds.understand.context import Book, Context
from feeds.understand.draft import DraftEvent, Reads
from feeds.understand.events import same_event
from feeds.understand.part import Part
from feeds.understand.phrases import conference_like, is_generic_heading
from feeds.understand.places import PlaceMention, find_online, find_places, is_online, settle
from feeds.understand.rooms import is_room
from feeds.understand.town_names import names_person, town_in_name
from feeds.understand.when import find_when, find_year, resolve_days
from feeds.understand.when.values import Problem, When

_SETTING_OFF = (",", "-", "–", "—", "(", "|", "•", "@", ":")
_SET_OFF = (",", "-", "–", "—", "|", "•", ":")
_IN = re.compile(r"(?i)(?:^|\s)(?:in|at|à|en|a|em|im|nach|zu|te|ad)$")
_CONNECTING = re.compile(
    r"(?i)[\s,]+(?:in|on|at|from|am|im|le|à|el|en|il|a|em|op|the|vom|von|du|del|dal|de)$"
)
_LONGEST_CONNECTION = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading taken apart: the name left when days and places are taken out."""

    name: Part
    place: Place | None
    place_part: Part | None
    when: When | None
    url: str | None
    online: bool = False
    venue: Part | None = None

    @property
    def dated(self) -> bool:
        """Whether its days are written out; weekdays alone are days of what stands around it."""
        days = self.when.days if self.when is not None else None
        return days is not None and days.days[0].day is not None


def read_heading(line: Line, *, near: Sequence[Place] = ()) -> Heading | None:
    """The name, place and days of a heading; None where no name is left."""
    whens = find_when(line.text)
    mentions = [
        m for m in find_places(line.text) if not any(w.at[0] < m.at[1] and m.at[0] < w.at[1] for w in whens)
    ]
    mention = _heading_place(line, mentions) or _beside_days(line, whens) or _behind_name(line, whens)
    cuts = sorted([when.at for when in whens] + ([mention.at] if mention else []))
    name = next((part for part in _pieces(line, cuts) if part and not is_generic_heading(part.text)), None)
    if name is None:
        return None
    place = settle(mention, near=near)[0] if mention else None
    part = Part(line, *mention.at) if mention else None
    days = next((when.days for when in whens if when.days), None)
    if mention is None and days is not None and (days.several or days.days[0].day) and not names_person(name):
        place, part = town_in_name(name) or (None, None)
    link = next((mark for mark in name.links), None)
    name, apart = _without_where(name, in_town=mention is not None)
    online = apart is not None and is_online(apart.text)
    return Heading(
        online=online,
        venue=None if online else apart,
        name=name,
        place=place,
        place_part=part,
        when=whens[0] if whens else None,
        url=link.href if link else None,
    )


_WHERE = re.compile(r"(?:,|\s[–—|-])\s+([^,–—|()]{3,60})$|\s\(([^()]{3,40})\)$")


def _without_where(name: Part, *, in_town: bool) -> tuple[Part, Part | None]:
    """A name without the "online" or, where a town stands behind it, the venue that is set off at its end."""
    found = _WHERE.search(name.text, max(0, len(name.text) - _LONGEST_WHERE))
    if found is None:
        return name, None
    where = name.at(*found.span(found.lastindex or 1)).trimmed()
    online = [mention.at for mention in find_online(where.text)] == [(0, len(where.text))]
    venue = in_town and is_room(where.text) and not conference_like(where.text)
    return (name.at(0, found.start()).trimmed(), where) if online or venue else (name, None)


_LONGEST_WHERE = 70

_APART = re.compile(r"(?:,|[–—|(]|\s-)\s*([A-ZÀ-Þ][^,–—|()]{2,40}?)\s*(?:[,)–—|]|\s-)\s*")


def _beside_days(line: Line, whens: Sequence[When]) -> PlaceMention | None:
    """A town alone between a name and its days, even one whose name means other things, too."""
    days = {when.at[0] for when in whens if when.days}
    for found in _APART.finditer(line.text) if days else ():
        if found.end() in days:
            for mention in find_places(found[1], base=found.start(1), hint=True):
                if mention.at == found.span(1):
                    return mention
    return None


_LAST = re.compile(r"(?:,|\s[–—|-])\s+([A-ZÀ-Þ][^,–—|()]{2,40})$")


def _behind_name(line: Line, whens: Sequence[When]) -> PlaceMention | None:
    """A well-known town alone at the end of a dated heading, whatever else its name means ("…, Lagos")."""
    found = _LAST.search(line.text) if any(when.days for when in whens) else None
    for mention in find_places(found[1], base=found.start(1), hint=True) if found else ():
        if found is not None and mention.at == found.span(1) and mention.fames[:1] >= (FAMOUS,):
            return mention
    return None


def town_of(line: Line, *, near: Sequence[Place] = ()) -> tuple[Place, Part] | None:
    """The city of a heading that says nothing but where and when ("Bogotá – Thursday, 15 August")."""
    whens = find_when(line.text)
    if not any(when.days and when.days.days[0].day for when in whens):
        return None
    for mention in find_places(line.text):
        cuts = sorted([*(when.at for when in whens), mention.at])
        if not any(part and not is_generic_heading(part.text) for part in _pieces(line, cuts)):
            return settle(mention, near=near)[0], Part(line, *mention.at)
    return None


def _heading_place(line: Line, mentions: Sequence[PlaceMention]) -> PlaceMention | None:
    """In a heading a place counts where it is set off by a comma, a dash, brackets or "in"."""
    for mention in mentions:
        before, after = line.text[: mention.at[0]].rstrip(), line.text[mention.at[1] :].lstrip()
        if before.endswith(_SETTING_OFF) or _IN.search(before[-8:]):
            return mention
        if not before and after.startswith(_SET_OFF):
            return mention
    return None


def _pieces(line: Line, cuts: Sequence[tuple[int, int]]) -> Iterator[Part]:
    """What is left of a line between the cuts, connecting words trimmed away."""
    at = 0
    for start, end in (*cuts, (len(line.text), 0)):
        yield _clean_name(Part(line, at, start))
        at = max(at, end)


def _clean_name(part: Part) -> Part:
    part = part.trimmed()
    found = _CONNECTING.search(part.text[-_LONGEST_CONNECTION:])
    if not found:
        return part
    cut = max(0, len(part.text) - _LONGEST_CONNECTION) + found.start()
    return part.at(0, cut).trimmed()


def declare(
    book: Book,
    heading: Heading,
    *,
    context: Context,
    days: tuple[date, date] | None,
    reads: Reads,
) -> int:
    """The key of the event a heading declares: a new one, or the one it names again, filled up."""
    name = event_name(heading.name.text)
    first, last = days or (None, None)
    venue = heading.venue.text if heading.venue else None
    for known in book.events:  # a name inside the other is the same event, unless the days differ
        if same_event(known.name, name) and (known.first is None or first is None or known.first == first):
            book.events[known.key] = replace(
                known,
                first=known.first or first,
                last=known.last or last,
                place=known.place or heading.place,
                online=known.online or heading.online,
                venue=known.venue or venue,
                url=known.url or heading.url,
                reads={**reads, **known.reads},
                stated=True,
            )
            return known.key
    event = DraftEvent(
        key=len(book.events),
        name=name,
        first=first,
        last=last,
        place=heading.place or context.place,
        online=heading.online,
        venue=venue,
        url=heading.url,
        span=heading.name.span,
        stated=True,
        reads=reads,
    )
    book.events.append(event)
    return event.key


def event_name(text: str) -> str:
    """A name as published: numbering, a preposition and trailing punctuation gone."""
    return _AHEAD.sub("", re.sub(r"\s+", " ", text)).strip(" ,;:|–—-•")


_AHEAD = re.compile(r"^(?:\d{1,2}[.)]|at(?: the)?|@|auf der|bei der|beim|à la|en la|alla|na|bij) (?=[^a-z])")
"""What stands ahead of a name ("3. RustConf", "London, at RustConf")."""


def days_of(book: Book, when: When | None) -> tuple[date, date] | None:
    """First and last day (inclusive) of a date expression, silently None where they cannot be known."""
    if when is None or when.days is None:
        return None
    found = resolve_days(when.days, anchor=book.anchor, frame=book.year_frame)
    return None if isinstance(found, Problem) else (found.first, found.last)


def year_of(text: str) -> int | None:
    """A year named in a title, also as '24."""
    short = re.search(r"['’](\d\d)\b", text)
    return find_year(text) or (2000 + int(short[1]) if short else None)
