"""Owns the frozen values that all else speaks of: events, sessions, speakers, tracks, the schedule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal

Status = Literal["confirmed", "tentative", "postponed", "cancelled"]
How = Literal["read", "inherited", "defaulted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a value came from: words read in a post, a heading it was inherited from, or a default rule.

    Lines and columns count from 1; `words` are the words read; `why` is a sentence for `feeds explain`.
    """

    how: How
    path: str
    line: int
    column: int
    words: str
    why: str


Origins = Mapping[str, Origin]


def _nowhere() -> Origins:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A city as the post spells it: ISO 3166-1 alpha-2 country, IANA zone, WGS 84 degrees."""

    city: str
    country: str
    timezone: str
    latitude: float
    longitude: float
    region: str | None = None

    @property
    def spot(self) -> tuple[str, float, float]:
        """What tells it from every other city, however it is spelt."""
        return (self.country, self.latitude, self.longitude)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A person. `names` are all spellings met, the published one first."""

    slug: str
    name: str
    affiliation: str | None = None
    url: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A named strand of an event: a co-located day, a stage, a theme. `rank` counts as posts name them."""

    event: str
    slug: str
    name: str
    url: str | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A conference or meetup. `start` and `end` are days, the end exclusive; unknown days are None."""

    slug: str
    name: str
    start: date | None
    end: date | None
    place: Place | None = None
    timezone: str | None = None
    url: str | None = None
    venue: str | None = None
    online: bool = False
    description: str = ""
    image: str | None = None
    status: Status = "confirmed"
    uid: str | None = None
    posts: tuple[str, ...] = ()
    origins: Origins = field(default_factory=_nowhere, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One scheduled thing.

    `start`/`end` are half-open: aware datetimes in `timezone`, or dates for an all-day session (the end
    exclusive). Where no zone can be known `timezone` is None, the datetimes are naive, and the session
    is listed but never published; likewise where `start` is None. `speakers` are slugs in the order they
    were named. `held` is the name of the rule of an error that keeps the session from being published anew.
    """

    slug: str
    title: str
    start: datetime | date | None
    end: datetime | date | None = None
    timezone: str | None = None
    event: str | None = None
    track: str | None = None
    format: str | None = None
    speakers: tuple[str, ...] = ()
    room: str | None = None
    room_url: str | None = None
    url: str | None = None
    conference_url: str | None = None
    description: str = ""
    image: str | None = None
    status: Status = "confirmed"
    uid: str | None = None
    held: str | None = None
    posts: tuple[str, ...] = ()
    line: int = 1
    origins: Origins = field(default_factory=_nowhere, compare=False, repr=False)

    @property
    def all_day(self) -> bool:
        """Whether the session has days instead of times."""
        return self.start is not None and not isinstance(self.start, datetime)

    @property
    def published(self) -> bool:
        """Whether it can stand in a feed: a known start, a known zone, nothing held back."""
        return self.start is not None and (self.all_day or self.timezone is not None) and self.held is None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostInfo:
    """What pages and feeds say of a post. `stamp` is its own date in UTC, the base of revision times.

    `url` is where people read it and `language` (BCP 47) what it is written in, as far as they are known.
    """

    slug: str
    path: str
    title: str
    description: str = ""
    image: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    stamp: datetime | None = None
    broken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Everything understood from all posts, linked. Each tuple is sorted and its slugs are unique.

    Events by (start, slug), sessions by `session_order`, speakers and posts by slug, tracks by (event, slug).
    """

    events: tuple[Event, ...] = ()
    sessions: tuple[Session, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    tracks: tuple[Track, ...] = ()
    posts: tuple[PostInfo, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What calendar clients compare: times are aware UTC to the second, `sequence` never falls."""

    uid: str
    sequence: int
    created: datetime
    last_modified: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A finished calendar in pieces: a session stands in many calendars, and its bytes only once in memory.

    `shared` are whole components and the end, in their order; `organizer` is one more line of every VEVENT.
    """

    head: bytes
    shared: tuple[bytes, ...] = ()
    organizer: bytes = b""

    @property
    def body(self) -> bytes:
        """The calendar as it is sent."""
        if not self.organizer:
            return b"".join((self.head, *self.shared))
        return b"".join((self.head, *map(self._organized, self.shared)))

    def _organized(self, piece: bytes) -> bytes:
        if not piece.endswith(_EVENT_ENDS):
            return piece
        return b"".join((piece.removesuffix(_EVENT_ENDS), self.organizer, _EVENT_ENDS))

    @property
    def size(self) -> int:
        """Octets of the body; of a download those of its organizer are left out."""
        return len(self.head) + sum(map(len, self.shared))


_EVENT_ENDS = b"END:VEVENT\r\n"


def folds(subject: object) -> tuple[int, int]:
    """Which of two hours its times stand in, where clocks are set back: `==` does not tell them apart."""
    return tuple(getattr(getattr(subject, name, None), "fold", 0) for name in ("start", "end"))  # type: ignore[return-value]


def session_order(session: Session) -> tuple[str, str, str]:
    """The total order of sessions: start (days before times of that day, unknown last), event, slug."""
    start = session.start.isoformat() if session.start is not None else "9999"
    return (start, session.event or "", session.slug)
