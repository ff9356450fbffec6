"""Owns which feeds exist and what each holds; a feed that did not change is the same object as last time."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import attrgetter
from typing import Literal
from zlib import crc32

from feeds import ical
from feeds.ical import Fragment
from feeds.model import Calendar, Event, PostInfo, Revision, Schedule, Session, Speaker, Track, folds
from feeds.settings import Settings

MOST_EVENTS = 1000
MOST_OCTETS = 900_000
"""Google stops near 1 MB and 1,100 VEVENTs; a larger feed keeps its newest."""

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_COLORS = tuple(sorted(ical.COLORS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A finished calendar: `address` ends in .ics, `page` is where people read about it ("/" for all).

    `method` is "PUBLISH" for the download of one session and None for what can be subscribed to.
    """

    address: str
    page: str
    name: str
    filename: str
    method: Literal["PUBLISH"] | None
    calendar: Calendar
    last_modified: datetime
    count: int

    @property
    def body(self) -> bytes:
        """The calendar's bytes, joined anew at each call: all feeds have many times those of all sessions."""
        return self.calendar.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """All feeds, sorted by address; what was too large as (address, VEVENTs, octets); the VEVENTs by UID."""

    feeds: tuple[Feed, ...]
    problems: tuple[tuple[str, int, int], ...]
    fragments: Mapping[str, Fragment]


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
    """What the last publication was made of, so that the next makes only what differs.

    A VEVENT is remembered with everything it was rendered from, a feed with everything it was joined from.
    """

    settings: Settings | None = None
    around: _Around | None = None
    rendered: dict[str, _Rendered] = field(default_factory=dict)
    groups: dict[str, list[Fragment]] = field(default_factory=dict)
    subjects: tuple[object, ...] = ()
    plans: dict[str, _Plan] = field(default_factory=dict)
    joined: dict[str, _Joined] = field(default_factory=dict)
    order: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Rendered:
    inputs: tuple[object, ...]
    fragment: Fragment
    addresses: tuple[str, ...]
    download: Feed | None


@dataclass(frozen=True, slots=True)
class _Joined:
    plan: _Plan
    fragments: Sequence[Fragment]
    feed: Feed
    problem: tuple[str, int, int] | None


_Plan = tuple[str, str, str, str | None]
"""Page, name, description and zone of a feed."""


def publish(
    schedule: Schedule,
    *,
    revisions: Mapping[str, Revision],
    settings: Settings,
    memory: Memory | None = None,
) -> Publication:
    """Every feed of a schedule: all, each event, track, speaker and post, and a download for each session.

    `revisions` are by UID. `memory` is brought up to date. Raises: KeyError for a session without revision.
    """
    memory = memory if memory is not None and memory.settings == settings else _forget(memory, settings)
    rendered = _render(schedule, revisions=revisions, settings=settings, memory=memory)
    groups, touched = _group(rendered, memory)
    plans = _planned(schedule, settings=settings, memory=memory)
    joined = memory.joined if plans is memory.plans else {}
    joined = {
        address: joined[address]
        if address in joined and address not in touched
        else _join(plan, groups.get(address, []), settings=settings, memory=memory)
        for address, plan in plans.items()
    }
    memory.rendered, memory.groups, memory.plans, memory.joined = rendered, groups, plans, joined
    feeds = {address: one.feed for address, one in joined.items()}
    for made in rendered.values():
        if made.download is not None:
            feeds[made.download.address] = made.download
    if feeds.keys() != memory.order.keys():
        memory.order = dict.fromkeys(sorted(feeds))
    return Publication(
        feeds=tuple(map(feeds.__getitem__, memory.order)),
        problems=tuple(sorted(one.problem for one in joined.values() if one.problem is not None)),
        fragments={uid: made.fragment for uid, made in rendered.items()},
    )


def _group(rendered: Mapping[str, _Rendered], memory: Memory) -> tuple[dict[str, list[Fragment]], set[str]]:
    """The VEVENTs of each address in their order, and the addresses of which any changed."""
    before, groups = memory.rendered, dict(memory.groups)
    changed = [made for uid, made in rendered.items() if before.get(uid) is not made]
    gone = [made for uid, made in before.items() if rendered.get(uid) is not made]
    stale = {id(made.fragment) for made in gone}
    come: defaultdict[str, list[Fragment]] = defaultdict(list)
    for made in changed:
        for address in dict.fromkeys(made.addresses):
            come[address].append(made.fragment)
    touched = {*come, *(address for made in gone for address in made.addresses)}
    for address in touched:
        stays = [fragment for fragment in groups.get(address, ()) if id(fragment) not in stale]
        groups[address] = sorted(stays + come[address], key=_order)
    return groups, touched


_order = attrgetter("order")


def _planned(schedule: Schedule, *, settings: Settings, memory: Memory) -> dict[str, _Plan]:
    """The feeds that are joined, by address; the same dict as long as they are the same."""
    subjects = (schedule.events, schedule.tracks, schedule.speakers, schedule.posts)
    if not memory.plans or memory.subjects != subjects:
        memory.subjects = subjects
        return {_address(plan[0]): plan for plan in _plans(schedule, settings)}
    return memory.plans


def _forget(memory: Memory | None, settings: Settings) -> Memory:
    """An empty memory: settings stand in every feed."""
    memory = memory if memory is not None else Memory()
    memory.settings, memory.around, memory.subjects = settings, None, ()
    memory.rendered, memory.groups, memory.plans, memory.joined, memory.order = {}, {}, {}, {}, {}
    return memory


def _render(
    schedule: Schedule, *, revisions: Mapping[str, Revision], settings: Settings, memory: Memory
) -> dict[str, _Rendered]:
    """Everything published, by UID: what was made from equal values before is taken as it is."""
    made: dict[str, _Rendered] = {}
    around = _Around(
        events={event.slug: event for event in schedule.events},
        tracks={(track.event, track.slug): track for track in schedule.tracks},
        speakers={speaker.slug: speaker for speaker in schedule.speakers},
        posts={post.path: post.slug for post in schedule.posts},
    )
    for event in schedule.events:
        known = revisions.get(event.uid) if event.uid is not None else None
        if event.start is None or known is None:
            continue
        parts = (event, known, _slugs(event.posts, around.posts))
        old = memory.rendered.get(known.uid)
        made[known.uid] = old if old and old.inputs == parts else _render_event(parts, settings)
    unmoved = memory.around == around
    for session in filter(_publishable, schedule.sessions):
        uid = session.uid or ""
        revision, old = revisions[uid], memory.rendered.get(uid)
        # Thirteen thousand times a compile: what a session refers to is looked up only where it may differ.
        if unmoved and old and old.inputs[0] is session and old.inputs[1] == revision:
            made[uid] = old
            continue
        inputs = _inputs(session, revision, around=around)
        made[uid] = old if old and old.inputs == inputs else _render_session(inputs, settings)
    memory.around = around
    return made


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


def _render_event(inputs: tuple[Event, Revision, tuple[str, ...]], settings: Settings) -> _Rendered:
    event, revision, posts = inputs
    page = f"/events/{event.slug}"
    fragment = ical.render_event(event, revision=revision, page=_absolute(page, settings))
    addresses = ("/all.ics", _address(page), *(f"/posts/{post}.ics" for post in posts))
    return _Rendered(inputs, fragment, addresses, None)


def _render_session(inputs: _Inputs, settings: Settings) -> _Rendered:
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
        page=_absolute(page, settings),
    )
    addresses = (
        "/all.ics",
        *((f"/events/{event.slug}.ics",) if event is not None else ()),
        *((f"/events/{track.event}/tracks/{track.slug}.ics",) if track is not None else ()),
        *(f"/speakers/{speaker.slug}.ics" for speaker in speakers),
        *(f"/posts/{post}.ics" for post in posts),
    )
    return _Rendered(inputs, fragment, addresses, _download(page, session.title, fragment, settings))


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
        address=_address(page),
        page=page,
        name=name,
        filename=_filename(page),
        method="PUBLISH",
        calendar=calendar,
        last_modified=fragment.last_modified,
        count=1,
    )


def _plans(schedule: Schedule, settings: Settings) -> Iterator[_Plan]:
    yield "/", settings.title, settings.description or settings.title, settings.timezone
    names: dict[str, Event] = {}
    for event in schedule.events:
        names[event.slug] = event
        yield f"/events/{event.slug}", event.name, _about(event), _zone(event)
    for track in schedule.tracks:
        home = names.get(track.event)
        name = f"{track.name} · {home.name}" if home is not None else track.name
        zone = _zone(home) if home is not None else None
        yield f"/events/{track.event}/tracks/{track.slug}", name, f"Sessions of {name}", zone
    for speaker in schedule.speakers:
        yield f"/speakers/{speaker.slug}", speaker.name, f"Sessions with {speaker.name}", None
    for post in schedule.posts:
        yield f"/posts/{post.slug}", post.title, _gist(post), None


def _about(event: Event) -> str:
    place = f" in {event.place.city}" if event.place is not None else ""
    return event.description or f"Sessions of {event.name}{place}"


def _gist(post: PostInfo) -> str:
    return post.description or f"What “{post.title}” announces"


def _zone(event: Event) -> str | None:
    return event.timezone or (event.place.timezone if event.place is not None else None)


def _join(plan: _Plan, fragments: Sequence[Fragment], *, settings: Settings, memory: Memory) -> _Joined:
    old = memory.joined.get(_address(plan[0]))
    if old is not None and old.fragments == fragments and old.plan == plan:
        return old
    page, name, _, _ = plan
    size = sum([len(fragment.body) for fragment in fragments])
    kept = fragments[-MOST_EVENTS:]
    calendar = _assemble(plan, kept, settings)
    while calendar.size > MOST_OCTETS:
        kept = _lighter(kept, calendar.size - MOST_OCTETS)
        calendar = _assemble(plan, kept, settings)
    address = _address(page)
    feed = Feed(
        address=address,
        page=page,
        name=name,
        filename=_filename(page),
        method=None,
        calendar=calendar,
        last_modified=_newest(kept),
        count=len(kept),
    )
    problem = (address, len(fragments), size) if len(kept) < len(fragments) else None
    return _Joined(plan, fragments, feed, problem)


def _lighter(fragments: Sequence[Fragment], octets: int) -> Sequence[Fragment]:
    """What is left when the oldest that weigh at least so much are gone."""
    gone = 0
    while octets > 0:
        octets -= len(fragments[gone].body)
        gone += 1
    return fragments[gone:]


def _assemble(plan: _Plan, fragments: Sequence[Fragment], settings: Settings) -> Calendar:
    page, name, description, zone = plan
    return ical.assemble(
        fragments,
        name=name,
        description=description,
        timezone=zone or _usual_zone(fragments) or settings.timezone,
        source=_absolute(_address(page), settings),
        url=_absolute(page, settings),
        refresh_minutes=settings.refresh,
        color=_COLORS[crc32(page.encode()) % len(_COLORS)],
        last_modified=_newest(fragments),
    )


def _usual_zone(fragments: Sequence[Fragment]) -> str | None:
    """The zone of most, the first in the alphabet of several."""
    zones = Counter(fragment.timezone for fragment in fragments if fragment.timezone is not None)
    return min(zones, key=lambda zone: (-zones[zone], zone), default=None)


def _newest(fragments: Sequence[Fragment]) -> datetime:
    return max([fragment.last_modified for fragment in fragments], default=_NEVER)


def _address(page: str) -> str:
    return "/all.ics" if page == "/" else f"{page}.ics"


def _absolute(address: str, settings: Settings) -> str | None:
    # Only from the settings: a feed that took the address of the request would differ from host to host.
    return f"{settings.base_url}{address}" if settings.base_url else None


def _filename(page: str) -> str:
    """The slugs of a page, joined: `/events/E/tracks/T` is saved as `E-T.ics`."""
    slugs = "-".join(page.split("/")[2::2])
    return f"{_UNSAFE.sub('', slugs) or 'all'}.ics"
