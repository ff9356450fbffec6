"""Owns the VEVENT of each session and conference: which feeds it stands in, and when it is made anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from feeds import ical
from feeds.ical import Fragment
from feeds.model import Event, Revision, Schedule, Session, Speaker, Track, folds
from feeds.publication.values import Feed, absolute, address_of, filename_of
from feeds.sameness import difference, exchange
from feeds.settings import Settings

Subjects = tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A VEVENT, all that it was made of, the feeds it stands in, and the download of a session."""

    inputs: tuple[object, ...]
    fragment: Fragment
    addresses: tuple[str, ...]
    download: Feed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What sessions refer to, by slug; posts by path."""

    events: Mapping[str, Event]
    tracks: Mapping[tuple[str, str], Track]
    speakers: Mapping[str, Speaker]
    posts: Mapping[str, str]


_Inputs = tuple[
    Session, Revision, Event | None, Track | None, tuple[Speaker, ...], tuple[str, ...], tuple[int, int]
]


@dataclass(slots=True)
class Memory:
    """What was rendered the last time, and of what."""

    subjects: Subjects = ()
    around: _Around = field(default_factory=lambda: _Around(events={}, tracks={}, speakers={}, posts={}))
    revisions: Mapping[str, Revision] = field(default_factory=dict)
    sessions: tuple[Session, ...] = ()
    of_sessions: dict[str, Rendered] = field(default_factory=dict)
    rendered: dict[str, Rendered] = field(default_factory=dict)


def subjects_of(schedule: Schedule) -> Subjects:
    """All that sessions refer to; two of them are compared by identity first."""
    return schedule.events, schedule.tracks, schedule.speakers, schedule.posts


def render(
    schedule: Schedule, *, revisions: Mapping[str, Revision], settings: Settings, memory: Memory
) -> dict[str, Rendered]:
    """Everything published, by UID: what was made from equal values before is taken as it is.

    Raises: KeyError for a session without revision.
    """
    subjects = subjects_of(schedule)
    unmoved = memory.subjects == subjects
    around = memory.around if unmoved else _around(schedule)
    made, sessions = (
        _standing(schedule.sessions, revisions=revisions, memory=memory)
        if unmoved
        else (dict[str, Rendered](), schedule.sessions)
    )
    for session in filter(_publishable, sessions):
        uid = session.uid or ""
        inputs, old = _inputs(session, revisions[uid], around=around), memory.of_sessions.get(uid)
        made[uid] = old if old and old.inputs == inputs else _render_session(inputs, settings)
    rendered = made | _render_events(schedule, revisions, settings, memory=memory, posts=around.posts)
    memory.subjects, memory.around, memory.revisions = subjects, around, revisions
    memory.sessions, memory.of_sessions, memory.rendered = schedule.sessions, made, rendered
    return rendered


def _around(schedule: Schedule) -> _Around:
    return _Around(
        events={event.slug: event for event in schedule.events},
        tracks={(track.event, track.slug): track for track in schedule.tracks},
        speakers={speaker.slug: speaker for speaker in schedule.speakers},
        posts={post.path: post.slug for post in schedule.posts},
    )


def _standing(
    sessions: tuple[Session, ...], *, revisions: Mapping[str, Revision], memory: Memory
) -> tuple[dict[str, Rendered], Iterable[Session]]:
    """What stays as it was where nothing around it moved, and the few sessions to look at."""
    differs, change = difference(revisions, memory.revisions), exchange(sessions, memory.sessions)
    stale = {*differs.others, *differs.gone, *(one.uid or "" for one in change.went)}
    made = dict(memory.of_sessions)
    for uid in stale:
        made.pop(uid, None)
    came = set(map(id, change.came))
    return made, [one for one in sessions if id(one) in came or one.uid in stale]


def _inputs(session: Session, revision: Revision, *, around: _Around) -> _Inputs:
    """All that a session's VEVENT and its addresses are made of, apart from the settings."""
    return (
        session,
        revision,
        around.events.get(session.event) if session.event is not None else None,
        around.tracks.get((session.event, session.track)) if session.event and session.track else None,
        tuple([around.speakers[slug] for slug in session.speakers if slug in around.speakers]),
        _slugs(session.posts, around.posts),
        folds(session),
    )


def _publishable(session: Session) -> bool:
    """Published, or cancelled at a time that is known: subscribers have to hear of it."""
    if session.published:
        return True
    known = session.start is not None and (session.all_day or session.timezone is not None)
    return known and session.status == "cancelled"


def _slugs(paths: tuple[str, ...], posts: Mapping[str, str]) -> tuple[str, ...]:
    return tuple([posts[path] for path in paths if path in posts])


def _render_events(
    schedule: Schedule,
    revisions: Mapping[str, Revision],
    settings: Settings,
    *,
    memory: Memory,
    posts: Mapping[str, str],
) -> dict[str, Rendered]:
    made: dict[str, Rendered] = {}
    for event in schedule.events:
        known = revisions.get(event.uid) if event.uid is not None else None
        if event.start is None or known is None:
            continue
        inputs = (event, known, _slugs(event.posts, posts))
        old = memory.rendered.get(known.uid)
        made[known.uid] = old if old and old.inputs == inputs else _render_event(inputs, settings)
    return made


def _render_event(inputs: tuple[Event, Revision, tuple[str, ...]], settings: Settings) -> Rendered:
    event, revision, posts = inputs
    page = f"/events/{event.slug}"
    fragment = ical.render_event(event, revision=revision, page=absolute(page, settings))
    addresses = ("/all.ics", address_of(page), *(f"/posts/{post}.ics" for post in posts))
    return Rendered(inputs, fragment, addresses, None)


def _render_session(inputs: _Inputs, settings: Settings) -> Rendered:
    session, revision, event, track, speakers, posts, _ = inputs
    page = f"/sessions/{session.slug}"
    fragment = ical.render_session(
        session,
        revision=revision,
        event=event,
        event_uid=event.uid if event is not None and event.start is not None else None,
        speakers=speakers,
        track=track,
        place=event.place if event is not None else None,
        page=absolute(page, settings),
    )
    addresses = (
        "/all.ics",
        *((f"/events/{event.slug}.ics",) if event is not None else ()),
        *((f"/events/{track.event}/tracks/{track.slug}.ics",) if track is not None else ()),
        *(f"/speakers/{speaker.slug}.ics" for speaker in speakers),
        *(f"/posts/{post}.ics" for post in posts),
    )
    return Rendered(inputs, fragment, addresses, _download(page, session.title, fragment, settings))


def _download(page: str, name: str, fragment: Fragment, settings: Settings) -> Feed:
    calendar = ical.assemble(
        [fragment],
        name=name,
        description="",
        timezone=None,
        source=None,
        url=None,
        refresh_minutes=settings.refresh,
        color=None,
        last_modified=fragment.last_modified,
        method="PUBLISH",
        organizer=ical.Organizer(name=settings.title, address=settings.organizer),
    )
    return Feed(
        address=address_of(page),
        page=page,
        name=name,
        filename=filename_of(page),
        method="PUBLISH",
        calendar=calendar,
        last_modified=fragment.last_modified,
        count=1,
    )
