"""Owns the front-matter dialect: `events:` and `sessions:` with every field, laid over what prose said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feeds.understand.context import Book
from feeds.understand.draft import Read
from feeds.understand.structured.entry import Entry, entries
from feeds.understand.structured.events import read_event
from feeds.understand.structured.implied import ZONE_KEYS, Implied, read_implied, renamed
from feeds.understand.structured.keys import EVENT_KEYS, SESSION_KEYS, SESSION_SYNONYMS, SPEAKER_KEYS
from feeds.understand.structured.overlay import lay, lay_implied
from feeds.understand.structured.programme import names_no_event
from feeds.understand.when.values import Zone

if TYPE_CHECKING:
    from feeds.post import Post

__all__ = ["EVENT_KEYS", "SESSION_KEYS", "SPEAKER_KEYS", "Structured", "override", "read_structured"]


@dataclass(slots=True, kw_only=True)
class Structured:
    """What the front matter says of sessions, kept until the prose is read; `complete`: the prose is not.

    `zone` is that of the post's times where they say none.
    """

    sessions: list[Entry] = field(default_factory=list)
    events: frozenset[int] = frozenset()
    implied: Implied | None = None
    zone: tuple[Zone, Read] | None = None
    complete: bool = False


def read_structured(post: Post, book: Book) -> Structured:
    """The front matter's sessions. Its events go into the book at once: prose may only add to them.

    Reports: unknown-key, invalid-value, missing-value, end-before-start, impossible-date, unknown-city,
    ambiguous-city.
    """
    zone = _zone(post, book)
    if zone is not None:
        book.default_zone = zone[0].name
    own = () if names_no_event(post.front) else ("event",)
    for entry in entries(post.front, book, "events", *own):
        if event := read_event(entry, key=len(book.events)):
            book.events.append(event)
    sessions = list(entries(post.front, book, "sessions", "session"))
    for entry in sessions:
        entry.unknown(SESSION_KEYS, SESSION_SYNONYMS)
    implied = None if book.events or sessions else read_implied(post, book)
    if implied is not None:
        book.events.append(implied.event)
    return Structured(
        sessions=sessions,
        implied=implied,
        zone=zone,
        events=frozenset(event.key for event in book.events),
        complete=post.front.data.get("prose") is False,
    )


def _zone(post: Post, book: Book) -> tuple[Zone, Read] | None:
    """The zone that stands at the top of the front matter (`timezone: Europe/Madrid`)."""
    key = next((key for key in ZONE_KEYS if isinstance(post.front.data.get(key), str)), None)
    entry = renamed(post.front, book, names={"timezone": key}) if key is not None else None
    name = entry.zone() if entry is not None else None
    if entry is None or name is None:
        return None
    read = Read(how="inherited", span=entry.span("timezone"), why="the front matter's zone")
    return Zone(at=(0, 0), text=name, kind="iana", name=name), read


def override(book: Book, structured: Structured) -> None:
    """Lay the front matter over what prose said, field by field, and add the sessions only it knows.

    Reports: unmatched-override, invalid-value, missing-value, undated-session, zone-unknown, rules of time.
    """
    for entry in structured.sessions:
        lay(book, entry, stated=structured.events)
    if structured.implied is not None:
        for entry in structured.implied.programme:
            lay(book, entry, stated=frozenset({structured.implied.event.key}))
    if structured.implied is not None and structured.implied.session is not None:
        lay_implied(book, structured.implied.session, event=structured.implied.event)
