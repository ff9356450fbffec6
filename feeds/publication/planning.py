"""Owns which feeds there are of many sessions, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from feeds.model import Event, PostInfo, Schedule
from feeds.settings import Settings


class Plan(NamedTuple):
    """A feed before anything stands in it."""

    page: str
    name: str
    description: str
    timezone: str | None


def plans_of(schedule: Schedule, settings: Settings) -> Iterator[Plan]:
    """The feed of all, and of each event, track, speaker and post."""
    yield Plan("/", settings.title, settings.description or settings.title, settings.timezone)
    names: dict[str, Event] = {}
    for event in schedule.events:
        names[event.slug] = event
        yield Plan(f"/events/{event.slug}", event.name, _about(event), _zone(event))
    for track in schedule.tracks:
        home = names.get(track.event)
        name = f"{track.name} · {home.name}" if home is not None else track.name
        zone = _zone(home) if home is not None else None
        yield Plan(f"/events/{track.event}/tracks/{track.slug}", name, f"Sessions of {name}", zone)
    for speaker in schedule.speakers:
        yield Plan(f"/speakers/{speaker.slug}", speaker.name, f"Sessions with {speaker.name}", None)
    for post in schedule.posts:
        yield Plan(f"/posts/{post.slug}", post.title, _gist(post), None)


def _about(event: Event) -> str:
    place = f" in {event.place.city}" if event.place is not None else ""
    return event.description or f"Sessions of {event.name}{place}"


def _gist(post: PostInfo) -> str:
    return post.description or f"What “{post.title}” announces"


def _zone(event: Event) -> str | None:
    return event.timezone or (event.place.timezone if event.place is not None else None)
