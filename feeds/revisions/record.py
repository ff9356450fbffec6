"""Owns the revision record: what was published of each session and conference, and under which revision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import cast

from feeds.model import Event, Revision, Session, Speaker, Status, Track

Value = str | tuple[str, ...] | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a person would be told of a session or conference; `speakers` are names, `track` is a name."""

    title: str
    start: datetime | date | None = None
    end: datetime | date | None = None
    timezone: str | None = None
    status: Status = "confirmed"
    room: str | None = None
    venue: str | None = None
    city: str | None = None
    track: str | None = None
    format: str | None = None
    speakers: tuple[str, ...] = ()
    url: str | None = None


FACTS: tuple[str, ...] = tuple(Facts.__dataclass_fields__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One past change: when, the SEQUENCE it gave, the old values of `Facts` fields, other fields touched."""

    at: datetime
    sequence: int
    was: Mapping[str, Value] = field(default_factory=dict)
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEntry:
    """A session as last published, with the people and the track it needs to be published again.

    `event` is the conference's UID; `context` sums up the conference, track and people that its bytes
    speak of; `retired` is when a cancelled session left the feeds, `absent` says that no post holds it.
    """

    revision: Revision
    session: Session
    event: str | None = None
    speakers: tuple[Speaker, ...] = ()
    track: Track | None = None
    venue: str | None = None
    city: str | None = None
    context: int = 0
    retired: datetime | None = None
    absent: bool = False
    history: tuple[Step, ...] = ()

    @property
    def facts(self) -> Facts:
        """What subscribers were told."""
        session = self.session
        return Facts(
            title=session.title,
            start=session.start,
            end=session.end,
            timezone=session.timezone,
            status=session.status,
            room=session.room,
            venue=self.venue,
            city=self.city,
            track=self.track.name if self.track else session.track,
            format=session.format,
            speakers=tuple(speaker.name for speaker in self.speakers),
            url=session.url,
        )

    @property
    def live(self) -> bool:
        """Whether calendars show it: published and not cancelled."""
        return self.retired is None and self.session.status != "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEntry:
    """A conference as last published."""

    revision: Revision
    event: Event
    retired: datetime | None = None
    absent: bool = False
    history: tuple[Step, ...] = ()

    @property
    def facts(self) -> Facts:
        """What subscribers were told."""
        event = self.event
        return Facts(
            title=event.name,
            start=event.start,
            end=event.end,
            timezone=event.timezone,
            status=event.status,
            venue=event.venue,
            city=event.place.city if event.place else None,
            url=event.url,
        )

    @property
    def live(self) -> bool:
        """Whether calendars show it: published and not cancelled."""
        return self.retired is None and self.event.status != "cancelled"


Entry = SessionEntry | EventEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything ever published, by UID. Nothing leaves it, so that no UID is given twice.

    `addresses` are the addresses that answered once: the one that took over, or None where it is gone.
    `lost` are lines of the file too damaged to hold a UID, kept as they stand. `edition` names the bytes'
    layout: where it changes, so does every LAST-MODIFIED. `memory` holds what was worked out from it once.
    """

    sessions: Mapping[str, SessionEntry] = field(default_factory=dict)
    events: Mapping[str, EventEntry] = field(default_factory=dict)
    addresses: Mapping[str, str | None] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    edition: str = "1"
    path: str = field(default="revisions.json", compare=False)
    memory: dict[str, object] = field(init=False, default_factory=dict, compare=False, repr=False)

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Conferences and sessions alike."""
        return {**self.events, **self.sessions}

    @property
    def retired(self) -> frozenset[str]:
        """UIDs of those that left the feeds."""
        return frozenset(uid for uid, entry in self.entries.items() if entry.retired is not None)

    @property
    def revised(self) -> datetime | None:
        """When anything published last changed, by the record's own times; None while it is empty."""
        if "revised" not in self.memory:
            self.memory["revised"] = max(_times(self), default=None)
        return cast("datetime | None", self.memory["revised"])

    @property
    def next_leaving(self) -> datetime:
        """When the first of the cancelled that are still shown leaves the feeds, aware UTC."""
        if "leaving" not in self.memory:
            self.memory["leaving"] = min(_leavings(self), default=datetime.max.replace(tzinfo=UTC))
        return cast("datetime", self.memory["leaving"])


def _leavings(record: Record) -> Iterator[datetime]:
    for entry in record.entries.values():
        subject = entry.session if isinstance(entry, SessionEntry) else entry.event
        if entry.retired is None and subject.status == "cancelled":
            yield leaves(subject)


def _times(record: Record) -> Iterator[datetime]:
    for entry in record.entries.values():
        yield entry.revision.last_modified
        if entry.retired is not None:
            yield entry.retired


def leaves(subject: Session | Event) -> datetime:
    """When a cancelled session or conference leaves the feeds: 30 days after its end, aware UTC."""
    end = subject.end or subject.start
    if end is None:
        return datetime.max.replace(tzinfo=UTC)
    if isinstance(end, datetime):
        return end.astimezone(UTC) + STAYS
    return datetime(end.year, end.month, end.day, tzinfo=UTC) + STAYS


STAYS = timedelta(days=30)
"""How long a cancellation stays to be seen: calendars that poll once a week must not miss it."""
