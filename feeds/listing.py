"""Owns the JSON listing of what was understood, which `feeds show --json` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from feeds.diagnostics import Diagnostic
from feeds.diagnostics.as_json import as_object
from feeds.model import Event, Schedule, Session, Speaker, Track


class Understood(Protocol):
    """What a compile gives to be listed."""

    @property
    def schedule(self) -> Schedule:
        """All that was understood, linked."""

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """All findings in their total order."""


def as_json(understood: Understood) -> dict[str, object]:
    """The listing: local times `YYYY-MM-DDTHH:MM`, days `YYYY-MM-DD`, ends exclusive, unknown None."""
    schedule = understood.schedule
    speakers = {speaker.slug: _speaker(speaker) for speaker in schedule.speakers}
    return {
        "events": [_event(event) for event in schedule.events],
        "tracks": [_track(track) for track in schedule.tracks],
        "speakers": list(speakers.values()),
        "sessions": [_session(session, speakers=speakers) for session in schedule.sessions],
        "diagnostics": [as_object(diagnostic) for diagnostic in understood.diagnostics],
    }


def local(moment: datetime | date | None) -> str | None:
    """A moment as its own zone's clocks show it, to the minute; a day as a day."""
    match moment:
        case datetime():
            return moment.strftime("%Y-%m-%dT%H:%M")
        case date():
            return moment.isoformat()
        case None:
            return None


def _event(event: Event) -> dict[str, object]:
    place = event.place
    return {
        "slug": event.slug,
        "name": event.name,
        "start": local(event.start),
        "end": local(event.end),
        "city": place.city if place else None,
        "country": place.country if place else None,
        "timezone": event.timezone or (place.timezone if place else None),
        "url": event.url,
    }


def _track(track: Track) -> dict[str, object]:
    return {"event": track.event, "slug": track.slug, "name": track.name}


def _speaker(speaker: Speaker) -> dict[str, object]:
    return {"slug": speaker.slug, "name": speaker.name, "affiliation": speaker.affiliation}


def _session(session: Session, *, speakers: Mapping[str, dict[str, object]]) -> dict[str, object]:
    return {
        "uid": session.uid,
        "slug": session.slug,
        "title": session.title,
        "url": session.url,
        "event": session.event,
        "track": session.track,
        "format": session.format,
        "speakers": [speakers[slug] for slug in session.speakers],
        "start": local(session.start),
        "end": local(session.end),
        "timezone": session.timezone,
        "all_day": session.all_day,
        "room": session.room,
        "room_url": session.room_url,
        "status": session.status,
        "description": session.description,
        "post": session.posts[0] if session.posts else None,
        "line": session.line,
    }
