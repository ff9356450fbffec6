"""Owns the reading of one entry of `events:`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from feeds.model import Place
from feeds.understand.draft import DraftEvent
from feeds.understand.places import as_written, country_code, find_places, place_named, settle
from feeds.understand.structured.entry import Entry
from feeds.understand.structured.keys import EVENT_KEYS, EVENT_SYNONYMS
from feeds.understand.structured.moments import read_days


def read_event(entry: Entry, *, key: int) -> DraftEvent | None:
    """The event that an entry describes, under a key of its own.

    Reports: unknown-key, missing-value, invalid-value, end-before-start, impossible-date, unknown-city,
    ambiguous-city.
    """
    entry.unknown(EVENT_KEYS, EVENT_SYNONYMS)
    title = "name" if entry.has("name") else "title"
    name = entry.line(title)
    if name is None:
        entry.book.lost = True
        if not entry.has(title):
            message = "this event has no `name`"
            entry.book.tell(
                "missing-value", message, span=entry.span(), help=entry.pair("name", "Calendar Summit")
            )
        return None
    first, last = _days(entry)
    place = read_place(entry)
    return DraftEvent(
        key=key,
        name=name,
        first=first,
        last=last,
        place=place,
        timezone=entry.zone(),
        url=entry.url("url"),
        venue=entry.line("venue") or (None if place else entry.line("city")),
        online=entry.flag("online") is True,
        description=entry.text("description") or "",
        image=entry.line("image"),
        status=entry.status(),
        slug=entry.slug(),
        uid=entry.uid(),
        stated=True,
        span=entry.span(title),
        reads={field: entry.read(field) for field in entry.data} | {"name": entry.read(title)},
    )


def _days(entry: Entry) -> tuple[date | None, date | None]:
    """First and last day, both inclusive, as authors write them."""
    whole = next((key for key in ("dates", "date") if entry.has(key)), None)
    first = read_days(entry, whole or "start")
    last = read_days(entry, "end")
    if first is None:
        return (last[0], last[1]) if last and not entry.has(whole or "start") else (None, None)
    if last is not None and last[1] < first[0]:
        entry.book.tell(
            "end-before-start",
            f"the event ends on `{last[1]}`, before it starts on `{first[0]}`",
            span=entry.span("end"),
            help=f"if the two are swapped: start: {last[1]}, end: {first[0]}",
        )
        last = None
    return first[0], max(first[1], last[1]) if last else first[1]


def read_place(entry: Entry) -> Place | None:
    """The city under `city` and `country`.

    Reports: invalid-value, unknown-city, ambiguous-city.
    """
    city, country = entry.line("city"), entry.line("country")
    if country is not None and country_code(country) is None and not place_named(city or "", country=country):
        known = place_named(city) if city else ()
        entry.wrong("country", "a country", example=known[0].country if known else "PT")
        country = None
    if city is None:
        return None
    found = place_named(city, country=country)
    if not found:
        _tell_unknown(entry, city, country)
        return None
    if country is None and not entry.has("timezone") and _could_be_either(city, found):
        here, there = found[0], found[1]
        message = (
            f"`{city[:60]}` was read as {here.city} in {here.country}; there is one in {there.country} too"
        )
        entry.book.tell(
            "ambiguous-city", message, span=entry.span("city"), help=entry.pair("country", here.country)
        )
    return as_written(found[0], city)


def _tell_unknown(entry: Entry, city: str, country: str | None) -> None:
    elsewhere = place_named(city) if country is not None else ()
    if elsewhere:
        message = f"no city `{city[:60]}` in `{country}` is known, but one in {elsewhere[0].country}"
        remedy = entry.pair("country", elsewhere[0].country)
    elif entry.has("timezone"):
        return
    else:
        message = f"the city `{city[:60]}` is not known"
        remedy = "mend its spelling; if it is right, add its zone, as in `timezone: Europe/Madrid`"
    entry.book.tell("unknown-city", message, span=entry.span("city"), help=remedy)


def _could_be_either(city: str, found: Sequence[Place]) -> bool:
    """Whether the two best known namesakes are about as well known, and would give different times."""
    mentions = find_places(city, hint=True)
    if len(found) < 2 or not mentions or not settle(mentions[0])[1]:
        return False
    return found[0].country != found[1].country and found[0].timezone != found[1].timezone
