"""Owns the reading of one entry of `sessions:`, alone or on top of what prose said of the same session."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from feeds.understand.context import Book
from feeds.understand.draft import DraftEvent, DraftSession, Read
from feeds.understand.events import same_event
from feeds.understand.structured.entry import Entry
from feeds.understand.structured.people import read_speakers
from feeds.understand.structured.slots import TIME_KEYS, Slot, day_of, read_slot

_PLAIN: Final = ("track", "format", "room")
_ADDRESSES: Final = ("url", "room_url", "conference_url")


def read_session(entry: Entry, *, stated: frozenset[int]) -> DraftSession | None:
    """A session that only the front matter tells. `stated` are the keys of the front matter's own events.

    Reports: invalid-value, missing-value, undated-session, zone-unknown, and the rules of time.
    """
    title = entry.line("title")
    if title is None:
        entry.book.lost = True
        return None
    event = event_of(entry, stated=stated)
    bare = DraftSession(title=title, event=event, span=entry.span("title"))
    slot, held = _slot(entry, None, event)
    draft = replace(_filled(entry, bare, slot), held=held)
    if draft.event is None and draft.start is not None:
        draft = replace(draft, event=_event_on(entry.book, draft.start, stated=stated))
        draft = replace(draft, timezone=draft.timezone or _zone_of_time(entry.book, draft))
    _tell_unknowns(entry, draft)
    return draft


def lay_over(entry: Entry, base: DraftSession, *, stated: frozenset[int]) -> DraftSession:
    """A session of the prose with the fields that the entry gives; a key without a value empties its field.

    Reports: as `read_session`.
    """
    event = event_of(entry, stated=stated) if entry.has("event") else base.event
    slot, held = Slot(start=base.start, end=base.end, timezone=base.timezone), base.held
    if TIME_KEYS & entry.data.keys():
        read, held = _slot(entry, base, event)
        slot = slot if held else read
    return replace(_filled(entry, replace(base, event=event), slot), held=held)


def _slot(entry: Entry, base: DraftSession | None, event: int | None) -> tuple[Slot, str | None]:
    """When it is, and the error that forbids to publish it anew: half-read times would mislead people."""
    told = len(entry.book.errors)
    slot = read_slot(entry, base, day=_only_day(entry.book, event), zone=_zone(entry.book, event))
    errors = entry.book.errors[told:]
    return slot, errors[0] if errors else None


def _filled(entry: Entry, base: DraftSession, slot: Slot) -> DraftSession:
    given = entry.data
    changes: dict[str, Any] = {key: entry.line(key) for key in _PLAIN if key in given}
    changes |= {key: entry.url(key) for key in _ADDRESSES if _usable(entry, key)}
    if "track" in given:
        changes["track_url"] = None
    if "speakers" in given or "speaker" in given:
        changes |= {"people": read_speakers(entry, "speakers", "speaker"), "prose": ""}
    if "description" in given:
        changes["description"] = entry.text("description") or ""
    if "image" in given:
        changes["image"] = entry.line("image")
    if entry.has("status"):
        changes["status"] = entry.status()
    changes["title"] = entry.line("title") or base.title
    changes["slug"], changes["uid"] = entry.slug() or base.slug, entry.uid() or base.uid
    timezone = slot.timezone if isinstance(slot.start, datetime) or slot.start is None else None
    return replace(
        base,
        **changes,
        start=slot.start,
        end=slot.end,
        timezone=timezone,
        borrowed=False,
        laid=True,
        reads=_reads(entry, base),
    )


def _usable(entry: Entry, key: str) -> bool:
    """Whether the key says something about its field: an address, or that there is none."""
    return key in entry.data and (not entry.has(key) or entry.url(key) is not None)


_FIELDS: Final = {"speaker": "speakers", "date": "start", "duration": "end", "all_day": "start"}


def _reads(entry: Entry, base: DraftSession) -> dict[str, Read]:
    own = {key: entry.read(key) for key in entry.data if key not in ("match", "ignore")}
    named = {_FIELDS[key]: read for key, read in own.items() if key in _FIELDS}
    return {**base.reads, **named, **own}


def event_of(entry: Entry, *, stated: frozenset[int]) -> int | None:
    """The key of the event that `event` names by slug or name, or of the only one there is."""
    book, name = entry.book, entry.line("event")
    if name is None:
        keys = sorted(stated) or [event.key for event in book.events if event.stated or len(book.events) == 1]
        return keys[0] if len(keys) == 1 else None
    for event in book.events:
        if name == event.slug or name.casefold() == event.name.casefold():
            return event.key
    for event in book.events:
        if same_event(event.name, name):
            return event.key
    slug = name if "-" in name and name == name.lower() and " " not in name else None
    book.events.append(DraftEvent(key=len(book.events), name=name, slug=slug, span=entry.span("event")))
    return len(book.events) - 1


def _event_on(book: Book, start: datetime | date, *, stated: frozenset[int]) -> int | None:
    """The one event that is going on that day."""
    day = day_of(start)
    going_on = [
        event.key
        for event in book.events
        if (event.key in stated or not stated)
        and event.first
        and event.first <= day <= (event.last or event.first)
    ]
    return going_on[0] if len(going_on) == 1 else None


def _zone(book: Book, key: int | None) -> str | None:
    if key is None:
        return book.default_zone
    event = book.events[key]
    return event.timezone or (event.place.timezone if event.place else None) or book.default_zone


def _zone_of_time(book: Book, draft: DraftSession) -> str | None:
    return _zone(book, draft.event) if isinstance(draft.start, datetime) else None


def _only_day(book: Book, key: int | None) -> date | None:
    event = book.events[key] if key is not None else None
    return event.first if event is not None and event.first == (event.last or event.first) else None


def _tell_unknowns(entry: Entry, draft: DraftSession) -> None:
    title = draft.title[:60]
    if draft.start is None and not (entry.has("start") or entry.has("date")):
        message = f"the session `{title}` has no start, so it is listed but not published"
        entry.book.tell(
            "undated-session", message, span=draft.span, help=entry.pair("start", f"{entry.day} 14:40")
        )
    elif isinstance(draft.start, datetime) and draft.timezone is None:
        message = f"nothing says in which time zone `{title}` is, so it is listed but not published"
        entry.book.tell(
            "zone-unknown", message, span=draft.span, help=entry.pair("timezone", "Europe/Madrid")
        )
