"""Owns front matter that describes one event without saying `events:`, as many site generators have it.

A post's own `date:` makes it no event; a start, or an end beside the date, does, and so does the layout of
an event with a place and a time of day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from feeds.model import Place
from feeds.post import FrontMatter
from feeds.post.front_matter import KeyPath
from feeds.source import Span
from feeds.understand.context import Book
from feeds.understand.draft import DraftEvent
from feeds.understand.places import find_places, is_online, settle
from feeds.understand.rooms import unknown_room
from feeds.understand.structured.entry import Entry
from feeds.understand.structured.events import read_place
from feeds.understand.structured.programme import nested_event, programme
from feeds.understand.structured.slots import Slot, day_of, read_slot

if TYPE_CHECKING:
    from feeds.post import Post

LONGEST_SESSION: Final = timedelta(hours=14)

_DAY_KEYS: Final = (
    *("start", "startDate", "start_date", "startdate", "start-date", "starts", "date_start", "dtstart"),
    *("event_date", "eventDate", "event-date", "event_start", "eventStart", "eventStartDate"),
)
_SURE_KEYS: Final = tuple(key for key in _DAY_KEYS if key not in ("start", "starts"))
"""Keys that nothing but an event has."""
_CLOCK_KEYS: Final = ("start_time", "startTime", "start-time", "event_time", "eventTime")
_END_KEYS: Final = (
    *(
        "end",
        "endDate",
        "end_date",
        "enddate",
        "end-date",
        "ends",
        "date_end",
        "dtend",
        "event_end",
        "eventEnd",
    ),
    *("eventEndDate", "end_time", "endTime", "end-time"),
)
ZONE_KEYS: Final = ("timezone", "time_zone", "timeZone", "tz")
_OTHERS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "name", "headline"),
    "timezone": ZONE_KEYS,
    "speakers": ("speakers", "speaker", "presenters", "presenter"),
    "city": ("city",),
    "country": ("country",),
    "venue": ("venue",),
    "room": ("room",),
    "location": ("location", "where", "place", "address", "event_location", "eventLocation"),
    "duration": ("duration",),
    "all_day": ("all_day", "allDay", "allday"),
    "event": ("event",),
    "description": ("description", "summary", "excerpt"),
}
_URL_KEYS: Final = (
    *("registration_url", "registrationUrl", "registration", "register", "event_url", "eventUrl", "tickets"),
    *("rsvp", "website", "link", "url"),
)
_LAYOUTS: Final = frozenset(
    {"event", "events", "meetup", "talk", "webinar", "workshop", "veranstaltung", "événement", "evento"}
)
_CLOCK: Final = re.compile(r"\d[T ](?!00:00)\d{1,2}:\d\d")
_BARE_CLOCK: Final = re.compile(r"\d{1,2}(?:[:.h]\d\d)?\s?(?:[ap]\.?m\.?)?", re.IGNORECASE)
_STATUS_KEYS: Final = ("event_status", "eventStatus", "status")
_STATUSES: Final = frozenset({"cancelled", "canceled", "postponed", "tentative", "confirmed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Implied:
    """What the front matter describes: an event, the sessions it lists, and one of its own name at a time."""

    event: DraftEvent
    session: Entry | None
    programme: tuple[Entry, ...] = ()


def read_implied(post: Post, book: Book) -> Implied | None:
    """The event that the post's own front matter describes, if it does.

    Reports: invalid-value, impossible-date, end-before-start, zone-unknown, unknown-city, ambiguous-city.
    """
    fronts = (post.front, *nested_event(post.front))
    front = next((one for one in fronts if _names(one.data) is not None), post.front)
    names = _names(front.data)
    if names is None:
        _tell_undated(front, book, "start", keys=_SURE_KEYS)
        return None
    if "end" not in names:
        _tell_undated(front, book, "end", keys=_END_KEYS, day=names.get("date", names["start"]))
    entry = renamed(front, book, names=names)
    title = entry.line("title")
    if title is None:
        book.lost = True
        return None
    place = read_place(entry) or _place(entry)
    zone = entry.zone() or (place.timezone if place else None) or book.default_zone
    slot = read_slot(entry, None, day=None, zone=zone)
    if slot.start is None:
        book.lost = True
        return None
    named = entry.line("event") if isinstance(entry.data.get("event"), str) else None
    event = _event(entry, slot, name=named or title, place=place)
    listed = tuple(programme(front, book))
    return Implied(event=event, session=entry if _is_session(slot) else None, programme=listed)


def _tell_undated(
    front: FrontMatter, book: Book, name: str, *, keys: tuple[str, ...], day: str | None = None
) -> None:
    """Tell a start or an end that no day can be read from; "TBA" is one that is not yet known."""
    key = next((key for key in keys if isinstance(front.data.get(key), str)), None)
    if key is None or not str(front.data[key]).strip() or _dated(front.data[key]):
        return
    book.lost = book.lost or name == "start"
    if not unknown_room(str(front.data[key])):
        entry = renamed(front, book, names={name: key} | ({"date": day} if day is not None else {}))
        entry.wrong(name, "a day or a time", example=entry.day)


def _names(data: Mapping[str, Any]) -> dict[str, str] | None:
    """Our names of the fields and the post's; None where nothing says that the post is an event."""

    def first(keys: tuple[str, ...]) -> str | None:
        return next((key for key in keys if data.get(key) not in (None, "")), None)

    day, clock, end = first(_DAY_KEYS), first(_CLOCK_KEYS), first(_END_KEYS)
    if day in ("start", "starts") and data.get("date") and _BARE_CLOCK.fullmatch(str(data[day])[:12]):
        day, clock = "date", day
    if day is None and (clock is not None or end is not None):
        day = first(("date",))
    if day is None and _is_page_of_event(data):
        day = "date"
    if day is None or not _dated(data[day]):
        return None
    found = {name: key for name, keys in _OTHERS.items() if (key := first(keys)) is not None}
    found |= {"date": day, "start": clock} if clock is not None else {"start": day}
    found |= {"end": end} if end is not None and _dated(data[end]) else {}
    url = next((key for key in _URL_KEYS if str(data.get(key)).startswith(("https://", "http://"))), None)
    status = next((key for key in _STATUS_KEYS if str(data.get(key)).lower() in _STATUSES), None)
    return found | ({"url": url} if url else {}) | ({"status": status} if status else {})


def _is_page_of_event(data: Mapping[str, Any]) -> bool:
    """Whether the page is one of an event: its layout says so, it has a place, and its date a time of day."""
    layout = any(str(data.get(key)).lower().strip() in _LAYOUTS for key in ("layout", "type", "kind"))
    placed = any(data.get(key) for key in (*_OTHERS["location"], "venue", "city"))
    return layout and placed and _CLOCK.search(str(data.get("date"))[:40]) is not None


def _dated(value: object) -> bool:
    """Whether a value can be a day: `start: true` and `end: 5` are other programs' business."""
    return isinstance(value, str) and any(char.isdigit() for char in value)


def renamed(front: FrontMatter, book: Book, *, names: Mapping[str, str]) -> Entry:
    """The post's own front matter as an entry with our names; its faults are told with the post's."""
    ours = {theirs: name for name, theirs in names.items()}
    view = FrontMatter(
        data={name: front.data[theirs] for name, theirs in names.items()},
        keys=_moved(front.keys, ours),
        values=_moved(front.values, ours),
        toml=front.toml,
    )
    return Entry(book, view, (), view.data, names)


def _moved(spans: Mapping[KeyPath, Span], ours: Mapping[str, str]) -> dict[KeyPath, Span]:
    return {(ours[str(path[0])], *path[1:]): span for path, span in spans.items() if path and path[0] in ours}


def _place(entry: Entry) -> Place | None:
    """The city in a location: "Sala 2, Rua Nova, Lisbon, Portugal", or a mapping with a city."""
    location = entry.data.get("location")
    if isinstance(location, Mapping):
        return read_place(Entry(entry.book, entry.front, ("location",), location))
    text = entry.line("location") or entry.line("venue")
    mentions = find_places(text, hint=True) if text else ()
    if not text or not mentions or text.count(",", mentions[-1].whole[1]) > 1:
        return None  # "Nomad Hub, 2F, Ulan Bator": a town stands at the end
    return settle(mentions[-1])[0] if mentions[-1].candidates else None


def _venue(entry: Entry, place: Place | None) -> str | None:
    location = entry.data.get("location")
    if isinstance(location, Mapping):
        inner = Entry(entry.book, entry.front, ("location",), location)
        return entry.line("venue") or inner.line("name") or inner.line("venue")
    text = entry.line("venue") or entry.line("location")
    if text is None or is_online(text):
        return None
    only_city = place is not None and "," not in text and text.startswith(place.city)
    return None if only_city else text


def _event(entry: Entry, slot: Slot, *, name: str, place: Place | None) -> DraftEvent:
    assert slot.start is not None  # noqa: S101 - the caller asked
    first = day_of(slot.start)
    last = first if slot.end is None else _last_day(slot.end)
    location = entry.data.get("location")
    reads = {key: entry.read(key) for key in entry.data}
    return DraftEvent(
        key=len(entry.book.events),
        name=name,
        first=first,
        last=first if _is_session(slot) else max(first, last),
        place=place,
        timezone=entry.zone(),
        url=entry.url("url"),
        venue=_venue(entry, place),
        online=isinstance(location, str) and is_online(location),
        description=entry.text("description") or "",
        status=entry.status(),
        stated=True,
        span=entry.span("title"),
        reads=reads | {"name": reads["event" if name != entry.line("title") else "title"]},
    )


def _is_session(slot: Slot) -> bool:
    if not isinstance(slot.start, datetime):
        return False
    return slot.end is None or (isinstance(slot.end, datetime) and slot.end - slot.start <= LONGEST_SESSION)


def _last_day(end: datetime | date) -> date:
    return end.date() if isinstance(end, datetime) else end - timedelta(days=1)
