"""Owns what people follow besides calendars: a page and an Atom feed of changes, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, Response, abort

from feeds.model import Event, Schedule, Speaker, Track
from feeds.web import agenda, atom
from feeds.web.pages import Crumb, conditional, guard, page, shelf, site

_RULES = ("", "/events/<event>", "/events/<event>/tracks/<track>", "/speakers/<speaker>")
_HOME = Crumb(name="All events", path="/")


def made() -> Blueprint:
    """The addresses of this module."""
    blueprint = Blueprint("changes", __name__)
    blueprint.after_request(guard)
    for rule in _RULES:
        blueprint.add_url_rule(f"{rule}/changes", view_func=as_page)
        blueprint.add_url_rule(f"{rule}/changes.atom", view_func=as_atom)
    return blueprint


def followed_paths(schedule: Schedule) -> Iterator[str]:
    """The addresses of all pages of changes; each has its Atom feed at the address with `.atom`."""
    yield "/changes"
    for event in schedule.events:
        yield f"/events/{event.slug}/changes"
    for track in schedule.tracks:
        yield f"/events/{track.event}/tracks/{track.slug}/changes"
    for speaker in schedule.speakers:
        yield f"/speakers/{speaker.slug}/changes"


def as_page(**slugs: str) -> Response:
    """The changes for people, day by day."""
    subject = _subject(**slugs)
    told = shelf().catalog.news(subject.path)
    days = [
        (agenda.day_label(day), day.isoformat(), tuple(news))
        for day, news in groupby(told, key=lambda one: one.at.date())
    ]
    return page(
        "changes.html",
        path=f"{subject.path.rstrip('/')}/changes",
        title=subject.title,
        description=f"What is new, moved or cancelled in {subject.name}, the newest first.",
        crumbs=subject.crumbs,
        days=days,
    )


def as_atom(**slugs: str) -> Response:
    """The changes for feed readers."""
    subject, here = _subject(**slugs), site()
    body = atom.render(
        shelf().catalog.news(subject.path),
        title=subject.title,
        author=here.settings.title,
        path=f"{subject.path.rstrip('/')}/changes",
        root=here.root,
    )
    response = conditional(body, content_type="application/atom+xml; charset=utf-8", max_age=60)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """Whose changes are told: its page, its name, and the pages on the way to it."""

    path: str
    name: str
    crumbs: tuple[Crumb, ...]

    @property
    def title(self) -> str:
        return f"What changed: {self.name}"


def _subject(*, event: str = "", track: str = "", speaker: str = "") -> _Subject:
    index = shelf().index
    found: Event | Track | Speaker | None
    match event, track, speaker:
        case "", "", "":
            return _Subject(path="/", name=shelf().settings.title, crumbs=(_HOME,))
        case "", "", _:
            path, found = f"/speakers/{speaker}", index.speakers.get(speaker)
        case _, "", _:
            path, found = f"/events/{event}", index.events.get(event)
        case _:
            path, found = f"/events/{event}/tracks/{track}", index.tracks.get((event, track))
    if found is None:
        abort(404)
    above = (_HOME, Crumb(name=found.name, path=path))
    return _Subject(path=path, name=found.name, crumbs=above)
