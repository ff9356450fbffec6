"""Owns the pages: which values stand at which address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from flask import Blueprint, Response, abort, current_app

from feeds.model import Event, PostInfo, Session, Speaker
from feeds.web import agenda, jsonld, machines
from feeds.web.index import Index
from feeds.web.links import add_one
from feeds.web.pages import Crumb, guard, offered, page, shelf, site

blueprint = Blueprint("pages", __name__)
blueprint.after_request(guard)
machines.register(blueprint)

Value = TypeVar("Value")
_MOST_IN_FULL = 12
"""How many sessions of one event the first page still lists."""
_HOME = Crumb(name="All events", path="/")


@blueprint.get("/")
def home() -> Response:
    """All events, those to come first; small ones in full; what belongs to no event before what is later."""
    index = shelf().index
    today: date | None = current_app.extensions["feeds.clock"]()
    cards = [_card(event, index) for event in index.schedule.events]
    coming = [card for card in cards if today is None or card.last >= today]
    past = [card for card in cards if today is not None and card.last < today]
    settings = shelf().settings
    return page(
        "home.html",
        path="/",
        title=settings.title,
        description=settings.description or "Every event and session, as calendars to subscribe to.",
        coming=coming,
        past=past[::-1],
        others=_others(index, today=today, first=coming[0].first if coming else None),
    )


@blueprint.get("/sessions")
def others() -> Response:
    """All sessions that belong to no event, past ones too."""
    index = shelf().index
    sessions = index.of_event("")
    if not sessions:
        abort(404)
    return page(
        "others.html",
        path="/sessions",
        title="Single sessions",
        description=f"{_counted(sessions)} outside any event.",
        crumbs=(_HOME,),
        days=agenda.days(sessions, index),
    )


@blueprint.get("/events/<slug>")
def event(slug: str) -> Response:
    """One event, day by day."""
    index = shelf().index
    value = _found(index.events.get(slug))
    sessions = index.of_event(slug)
    days = agenda.days(sessions, index)
    path, here = f"/events/{slug}", site()
    return page(
        "event.html",
        path=path,
        title=value.name,
        description=value.description or _about(value, sessions),
        crumbs=(_HOME,),
        offers=_takes_place(value),
        event=value,
        language=index.language_of(value),
        dates=agenda.span_label(*agenda.event_days(value, sessions)),
        tracks=index.tracks_of(slug),
        hues=index.hues,
        days=days,
        jsonld=jsonld.of_event(
            value,
            page=here.absolute(path),
            rows=[row for day in days for row in day.rows],
            sessions_at=here.absolute("/sessions/"),
            pasts=shelf().catalog.past,
        ),
    )


@blueprint.get("/events/<slug>/tracks/<track>")
def track(slug: str, track: str) -> Response:
    """One track of an event."""
    index = shelf().index
    value, above = _found(index.tracks.get((slug, track))), _found(index.events.get(slug))
    sessions = index.of_track(slug, track)
    return page(
        "track.html",
        path=f"/events/{slug}/tracks/{track}",
        title=value.name,
        description=f"{value.name} at {above.name}: {_counted(sessions)}.",
        crumbs=(_HOME, Crumb(name=above.name, path=f"/events/{slug}")),
        track=value,
        event=above,
        language=index.language_of(above),
        hue=index.hues[slug, track],
        dates=agenda.span_label(*agenda.session_days(sessions)),
        days=agenda.days(sessions, index),
    )


@blueprint.get("/speakers/<slug>")
def speaker(slug: str) -> Response:
    """One person's sessions at all events."""
    index = shelf().index
    value: Speaker = _found(index.speakers.get(slug))
    sessions = index.of_speaker(slug)
    return page(
        "speaker.html",
        path=f"/speakers/{slug}",
        title=value.name,
        description=f"{_counted(sessions)} with {value.name}.",
        crumbs=(_HOME,),
        speaker=value,
        days=agenda.days(sessions, index),
    )


@blueprint.get("/sessions/<slug>")
def session(slug: str) -> Response:
    """One session."""
    index = shelf().index
    value: Session = _found(index.sessions.get(slug))
    row = agenda.row(value, index)
    path, here = f"/sessions/{slug}", site()
    place = ", ".join(_place(value, row.event))
    above = (Crumb(name=row.event.name, path=f"/events/{row.event.slug}"),) if row.event else ()
    return page(
        "session.html",
        path=path,
        title=value.title,
        description=value.description or ", ".join(_place(value, row.event)),
        crumbs=(_HOME, *above),
        row=row,
        posts=index.posts_of(value),
        day=agenda.start_day(value),
        place=place,
        add=add_one(value, place=place, page=here.absolute(path)),
        download=shelf().catalog.feed(f"{path}.ics"),
        above=offered(f"/events/{row.event.slug}", here) if row.event and _takes_place(row.event) else None,
        jsonld=None
        if value.start is None
        else jsonld.of_session(row, page=here.absolute(path), pasts=shelf().catalog.past),
    )


@blueprint.get("/posts/<slug>")
def post(slug: str) -> Response:
    """What one post tells of."""
    index = shelf().index
    value: PostInfo = _found(index.posts.get(slug))
    sessions = index.of_post(value)
    return page(
        "post.html",
        path=f"/posts/{slug}",
        title=value.title,
        description=value.description,
        crumbs=(_HOME,),
        offers=not sessions or _any_stands(sessions),
        post=value,
        posted=agenda.span_label(value.stamp.date(), None) if value.stamp else "",
        days=agenda.days(sessions, index),
    )


def _takes_place(event: Event) -> bool:
    """Whether it or any session of it does."""
    return event.status != "cancelled" or _any_stands(shelf().index.of_event(event.slug))


def _any_stands(sessions: tuple[Session, ...]) -> bool:
    return any(session.status != "cancelled" for session in sessions)


def _found(value: Value | None) -> Value:
    if value is None:
        abort(404)
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Card:
    """An event on the first page."""

    event: Event
    language: str | None
    dates: str
    first: date
    last: date
    count: str
    brief: bool
    days: tuple[agenda.Day, ...]


def _card(event: Event, index: Index) -> _Card:
    sessions = index.of_event(event.slug)
    start, end = agenda.event_days(event, sessions)
    return _Card(
        event=event,
        language=index.language_of(event),
        dates=agenda.span_label(start, end),
        first=start or date.max,
        last=agenda.last_day(start, end),
        count=_counted(sessions),
        brief=len(sessions) <= _MOST_IN_FULL,
        days=agenda.days(sessions, index),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Others:
    """The next sessions that belong to no event, before the first event where `early`.

    `more` counts all of them where not all are shown.
    """

    days: tuple[agenda.Day, ...]
    more: str
    early: bool


def _others(index: Index, *, today: date | None, first: date | None) -> _Others | None:
    every = index.of_event("")
    coming = [one for one in every if today is None or agenda.last_day_of(one) >= today]
    shown = agenda.ordered(coming, index)[:_MOST_IN_FULL]
    if not every:
        return None
    return _Others(
        days=agenda.days(shown, index),
        more=_counted(every) if len(shown) < len(every) else "",
        early=bool(shown) and (first is None or agenda.first_day_of(shown[0]) < first),
    )


def _about(event: Event, sessions: tuple[Session, ...]) -> str:
    where = f" in {event.place.city}" if event.place else ""
    return f"{event.name}{where}{': ' if sessions else ''}{_counted(sessions)}."


def _counted(sessions: tuple[Session, ...]) -> str:
    """Empty for none: what is not announced yet is no number."""
    if not sessions:
        return ""
    return f"{len(sessions)} session{'' if len(sessions) == 1 else 's'}"


def _place(session: Session, event: Event | None) -> tuple[str, ...]:
    venue, city = (event.venue, event.place.city if event.place else None) if event else (None, None)
    return tuple(name for name in (session.room, venue, city) if name)
