"""Owns the step from one published state of a session or conference to the next: SEQUENCE, times, history."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from feeds.model import Event, Revision, Schedule, Session, Speaker, Track
from feeds.revisions.bulk import unchanged
from feeds.revisions.changes import RISES, Change, change_of, different
from feeds.revisions.clock import Clock
from feeds.revisions.memory import Memory
from feeds.revisions.record import Entry, EventEntry, SessionEntry, Step

REMEMBERED = 10
"""Changes that the record remembers of each session."""

_MASK = (1 << 64) - 1
_UNTOLD = ("description", "image", "room_url", "conference_url", "online")
_EVENT = attrgetter(
    "slug",
    "name",
    "start",
    "end",
    "place",
    "timezone",
    "url",
    "venue",
    "online",
    "description",
    "image",
    "status",
)


class Surroundings:
    """What a session's bytes say beyond its own fields: its conference, its track, its people."""

    def __init__(self, schedule: Schedule, memory: Memory) -> None:
        self._events = {event.slug: event for event in schedule.events}
        self._people = {speaker.slug: speaker for speaker in schedule.speakers}
        self._tracks = {(track.event, track.slug): track for track in schedule.tracks}
        self._bare = {key: replace(track, rank=0) for key, track in self._tracks.items()}
        self._event_sums = memory.each("events", self._events, make=_sum_of_event)
        self._track_sums = memory.each("tracks", self._tracks, make=_sum_of_track)
        self._people_sums = memory.each("people", self._people, make=_sum_of_speaker)

    @property
    def sums(self) -> tuple[object, ...]:
        """All that contexts are made of."""
        return self._event_sums, self._track_sums, self._people_sums

    def context(self, session: Session) -> int:
        """A number that changes with any of them; their order is a fact of the session itself."""
        total = self._event_sums.get(session.event or "", 0)
        if session.track is not None:
            total += self._track_sums.get((session.event or "", session.track), 0)
        for slug in session.speakers:
            total += self._people_sums.get(slug, 0)
        return total & _MASK

    def around(self, session: Session) -> tuple[tuple[Speaker, ...], Track | None, str | None, str | None]:
        """The people, the track, the venue and the city of a session."""
        event = self._events.get(session.event or "")
        people = tuple(
            [replace(self._people[slug], names=()) for slug in session.speakers if slug in self._people]
        )
        track = self._bare.get((session.event or "", session.track or ""))
        return (
            people,
            track,
            event.venue if event else None,
            event.place.city if event and event.place else None,
        )


def _sum_of_event(event: Event) -> int:
    place = event.place
    where = (place.city, place.country, place.region, place.latitude, place.longitude) if place else ()
    return _sum(
        (event.uid, event.name, event.url, event.venue, event.online, event.image, event.status, *where)
    )


def _sum_of_track(track: Track) -> int:
    return _sum((track.name, track.url))


def _sum_of_speaker(speaker: Speaker) -> int:
    return _sum((speaker.slug, speaker.name, speaker.affiliation, speaker.url))


def _sum(told: tuple[object, ...]) -> int:
    return int.from_bytes(blake2b(repr(told).encode("utf-8", "backslashreplace"), digest_size=8).digest())


def session_entry(
    session: Session,
    *,
    event: str | None,
    before: SessionEntry | None,
    around: Surroundings,
    clock: Clock,
) -> SessionEntry:
    """The entry of a session as it is to be published now; its revision is still that of `before`."""
    speakers, track, venue, city = around.around(session)
    return SessionEntry(
        revision=before.revision if before else _first(session, clock),
        session=replace(session, held=None, line=1, origins={}),
        event=event,
        speakers=speakers,
        track=track,
        venue=venue,
        city=city,
        context=around.context(session),
        history=before.history if before else (),
    )


def event_entry(
    event: Event,
    *,
    before: EventEntry | None,
    absent: bool,
    clock: Clock,
) -> EventEntry:
    """The entry of a conference as it is to be published now; its revision is still that of `before`."""
    return EventEntry(
        revision=before.revision if before else _first(event, clock),
        event=replace(event, origins={}),
        absent=absent,
        history=before.history if before else (),
    )


def _first(subject: Session | Event, clock: Clock) -> Revision:
    at = clock.first(posts=subject.posts, start=subject.start)
    return Revision(uid=subject.uid or "", sequence=0, created=at, last_modified=at)


def same_event(event: Event, recorded: Event) -> bool:
    """Whether two conferences publish the same facts."""
    return bool(_EVENT(event) == _EVENT(recorded))


def same_bytes(before: Entry, after: Entry) -> bool:
    """Whether two entries are published as the same bytes: only where they were last seen may differ."""
    match before, after:
        case EventEntry(), EventEntry():
            return same_event(before.event, after.event) and before.retired == after.retired
        case SessionEntry(), SessionEntry():
            return (
                before.context == after.context
                and before.event == after.event
                and before.retired == after.retired
                and unchanged(before.session, after.session)
            )
        case _:
            return False


def revised(before: Entry, after: Entry, *, clock: Clock) -> tuple[Entry, Change]:
    """The entry under its next revision: SEQUENCE rises by what calendars look at, the time in any case."""
    names = different(before.facts, after.facts)
    old = before.revision
    revision = Revision(
        uid=old.uid,
        sequence=old.sequence + (not RISES.isdisjoint(names)),
        created=old.created,
        last_modified=clock.after(old.last_modified),
    )
    also = _untold(before, after)
    kept = before.history
    if names or also:
        was = {name: getattr(before.facts, name) for name in names}
        step = Step(at=revision.last_modified, sequence=revision.sequence, was=was, also=also)
        kept = (*before.history, step)[-REMEMBERED:]
    entry = replace(after, revision=revision, history=kept)
    return entry, change_of(before, entry, also=also)


def _untold(before: Entry, after: Entry) -> tuple[str, ...]:
    one: Any = before.event if isinstance(before, EventEntry) else before.session
    two: Any = after.event if isinstance(after, EventEntry) else after.session
    return tuple(name for name in _UNTOLD if getattr(one, name, None) != getattr(two, name, None))
