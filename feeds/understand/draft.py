"""Owns what one post says by itself: drafts of events and sessions, each value with the span it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from feeds.source import Span

if TYPE_CHECKING:
    from feeds.diagnostics import Diagnostic
    from feeds.model import How, Place, Status
    from feeds.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """How a value came about: the span of the words, and a sentence for `feeds explain`."""

    how: How
    span: Span
    why: str


Reads = Mapping[str, Read]

NOWHERE: Final = Span(0, 0)
"""The head of the post, for what stands in no place of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPerson:
    """A person as named in one place."""

    name: str
    affiliation: str | None = None
    url: str | None = None
    span: Span = NOWHERE


AROUND = timedelta(days=2)
"""Workshops and parties lie around an event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEvent:
    """A conference as one post tells of it. `last` is inclusive; `key` is unique in the post."""

    key: int
    name: str
    first: date | None = None
    last: date | None = None
    place: Place | None = None
    timezone: str | None = None
    url: str | None = None
    venue: str | None = None
    online: bool = False
    description: str = ""
    image: str | None = None
    status: Status = "confirmed"
    slug: str | None = None
    uid: str | None = None
    stated: bool = False
    span: Span = NOWHERE
    reads: Reads = field(default_factory=dict)

    def near(self, day: date) -> bool:
        """Whether a day lies in the event or around it; every day does where its own are not known."""
        if self.first is None:
            return True
        return self.first - AROUND <= day <= (self.last or self.first) + AROUND


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSession:
    """A session as one post tells of it: naive local times or days (inclusive `end` never: half-open).

    `event` is the key of a `DraftEvent`; `prose` is text in which known people may be found; `borrowed`
    says that the title is that of the event, because a sentence only told when it takes place; `laid`, that
    front matter tells of it.
    """

    title: str
    start: datetime | date | None = None
    end: datetime | date | None = None
    timezone: str | None = None
    event: int | None = None
    track: str | None = None
    track_url: str | None = None
    format: str | None = None
    people: tuple[DraftPerson, ...] = ()
    room: str | None = None
    room_url: str | None = None
    url: str | None = None
    conference_url: str | None = None
    description: str = ""
    prose: str = ""
    image: str | None = None
    status: Status = "confirmed"
    slug: str | None = None
    uid: str | None = None
    held: str | None = None
    borrowed: bool = False
    laid: bool = False
    span: Span = NOWHERE
    reads: Reads = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        """The day it begins on."""
        return self.start.date() if isinstance(self.start, datetime) else self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything understood from one post, which people read at `url` in a `language` (BCP 47).

    `lost`: something of it could not be read as what it is.
    """

    source: Source
    title: str
    description: str = ""
    image: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    published: date | None = None
    stamp: datetime | None = None
    slug: str | None = None
    events: tuple[DraftEvent, ...] = ()
    sessions: tuple[DraftSession, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    hidden: bool = False
    lost: bool = False
