"""Owns a small site of posts that the tests of revisions edit: each talk has a key that no edit changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath
from zlib import crc32
from zoneinfo import ZoneInfo

from feeds.model import Event, Place, PostInfo, Schedule, Session, Speaker, Status, Track, session_order

LISBON = Place(city="Lisbon", country="PT", timezone="Europe/Lisbon", latitude=38.72, longitude=-9.14)
OSLO = Place(city="Oslo", country="NO", timezone="Europe/Oslo", latitude=59.91, longitude=10.75)


@dataclass(frozen=True, kw_only=True)
class Talk:
    """What an author says of a session. `day` counts from the conference's first."""

    title: str
    event: str = "harbour"
    day: int = 0
    at: str | None = "09:00"
    minutes: int | None = 45
    room: str | None = None
    track: str | None = None
    format: str | None = None
    people: tuple[str, ...] = ()
    url: str | None = None
    description: str = ""
    status: Status = "confirmed"
    post: str = "posts/harbour.md"
    uid: str | None = None
    held: str | None = None
    unknown: bool = False


@dataclass(frozen=True, kw_only=True)
class Conference:
    """What an author says of an event."""

    name: str
    start: date
    days: int = 3
    place: Place = LISBON
    venue: str | None = "Quay Hall"
    url: str | None = None
    status: Status = "confirmed"
    post: str = "posts/harbour.md"
    uid: str | None = None


@dataclass(frozen=True, kw_only=True)
class Site:
    """All posts: conferences and talks by keys that stand for what a person would call the same."""

    events: Mapping[str, Conference]
    talks: Mapping[str, Talk]
    stamps: Mapping[str, datetime] = field(default_factory=dict)

    def schedule(self) -> Schedule:
        """The schedule as the rooms before would link it; a session's line tells its key."""
        slugs = {key: _slug(f"{one.name} {one.start.year}") for key, one in self.events.items()}
        events = [_event(slugs[key], one) for key, one in self.events.items()]
        drafts = sorted(
            ((key, _session(key, talk, slugs=slugs, events=self.events)) for key, talk in self.talks.items()),
            key=lambda one: (
                session_order(one[1]),
                one[1].room or "",
                one[1].speakers,
                one[1].url or "",
                one[0],
            ),
        )
        sessions: list[Session] = []
        used: set[str] = set()
        for _, draft in drafts:
            slug = next(name for name in _names(draft.slug) if name not in used)
            used.add(slug)
            sessions.append(replace(draft, slug=slug))
        people = {name for talk in self.talks.values() for name in talk.people}
        tracks = {(slugs[talk.event], talk.track) for talk in self.talks.values() if talk.track}
        paths = {talk.post for talk in self.talks.values()} | {one.post for one in self.events.values()}
        return Schedule(
            events=tuple(sorted(events, key=lambda event: (event.start or date.max, event.slug))),
            sessions=tuple(sorted(sessions, key=session_order)),
            speakers=tuple(Speaker(slug=_slug(name), name=name, names=(name,)) for name in sorted(people)),
            tracks=tuple(Track(event=event, slug=_slug(name), name=name) for event, name in sorted(tracks)),
            posts=tuple(
                PostInfo(slug=PurePosixPath(path).stem, path=path, title=path, stamp=self.stamps.get(path))
                for path in sorted(paths)
            ),
        )


def line_of(key: str) -> int:
    """The line that a talk stands on, in every version of its post."""
    return 2 + crc32(key.encode()) % 1_000_000


Edit = Callable[[Site], Site]


def change(*keys: str, **fields: object) -> Edit:
    """Talks with other facts."""

    def edit(site: Site) -> Site:
        talks = {key: replace(site.talks[key], **fields) for key in keys}  # type: ignore[arg-type]
        return replace(site, talks={**site.talks, **talks})

    return edit


def conference(key: str, **fields: object) -> Edit:
    """A conference with other facts."""

    def edit(site: Site) -> Site:
        return replace(site, events={**site.events, key: replace(site.events[key], **fields)})  # type: ignore[arg-type]

    return edit


def drop(*keys: str) -> Edit:
    """Without some talks."""
    return lambda site: replace(site, talks={key: one for key, one in site.talks.items() if key not in keys})


def drop_event(key: str) -> Edit:
    """Without a conference and all its talks."""
    return lambda site: replace(
        site,
        events={name: one for name, one in site.events.items() if name != key},
        talks={name: one for name, one in site.talks.items() if one.event != key},
    )


def add(key: str, talk: Talk) -> Edit:
    """With another talk."""
    return lambda site: replace(site, talks={**site.talks, key: talk})


def rename_post(old: str, new: str) -> Edit:
    """A file under another name."""
    return lambda site: replace(
        site,
        events={k: replace(one, post=new) if one.post == old else one for k, one in site.events.items()},
        talks={k: replace(one, post=new) if one.post == old else one for k, one in site.talks.items()},
    )


def edited(site: Site, edits: Iterable[Edit]) -> Site:
    """A site after some edits."""
    for edit in edits:
        site = edit(site)
    return site


def _event(slug: str, one: Conference) -> Event:
    return Event(
        slug=slug,
        name=one.name,
        start=one.start,
        end=one.start + timedelta(days=one.days),
        place=one.place,
        timezone=one.place.timezone,
        url=one.url,
        venue=one.venue,
        status=one.status,
        uid=one.uid,
        posts=(one.post,),
    )


def _session(key: str, talk: Talk, *, slugs: Mapping[str, str], events: Mapping[str, Conference]) -> Session:
    home = events[talk.event]
    start: datetime | date | None = None
    end: datetime | date | None = None
    day = home.start + timedelta(days=talk.day)
    if talk.at is not None and not talk.unknown:
        wall = datetime.fromisoformat(f"{day.isoformat()}T{talk.at}")
        start = wall.replace(tzinfo=ZoneInfo(home.place.timezone))
        end = start + timedelta(minutes=talk.minutes) if talk.minutes else None
    elif not talk.unknown:
        start, end = day, day + timedelta(days=1)
    return Session(
        slug=_slug(talk.title),
        title=talk.title,
        start=start,
        end=end,
        timezone=home.place.timezone if talk.at is not None else None,
        event=slugs[talk.event],
        track=_slug(talk.track) if talk.track else None,
        format=talk.format,
        speakers=tuple(_slug(name) for name in talk.people),
        room=talk.room,
        url=talk.url,
        description=talk.description,
        status=talk.status,
        uid=talk.uid,
        held=talk.held,
        posts=(talk.post,),
        line=line_of(key),
    )


def _slug(text: str) -> str:
    return "-".join("".join(char if char.isalnum() else " " for char in text.lower()).split()) or "untitled"


def _names(slug: str) -> Iterable[str]:
    yield slug
    number = 2
    while True:
        yield f"{slug}-{number}"
        number += 1


ABSTRACT = (
    "Fishing fleets, ferries and offshore parks all want the same water. "
    "Four people who plan it for a living argue about who goes first, and why."
)

SITE = Site(
    events={
        "harbour": Conference(name="Harbour Conf", start=date(2027, 5, 4), url="https://harbour.example"),
        "summit": Conference(name="Summit Days", start=date(2027, 6, 8), place=OSLO, post="posts/summit.md"),
    },
    talks={
        "tides": Talk(
            title="Reading the Tides", room="Pier", people=("Ines Prado",), url="https://harbour.example/a"
        ),
        "ropes": Talk(title="Ropes and Knots in Practice", at="10:00", room="Pier", people=("Tom Vale",)),
        "charts": Talk(
            title="Charting Unknown Waters",
            at="11:00",
            track="Navigation",
            people=("Ines Prado", "Lea Storm"),
        ),
        "coffee1": Talk(title="Coffee", at="15:00", minutes=30),
        "coffee2": Talk(title="Coffee", at="15:00", minutes=30, day=1),
        "panel": Talk(
            title="Panel: Who Owns the Sea?",
            at="10:00",
            day=1,
            room="Dock",
            people=("Ada Lund", "Tom Vale", "Wei Chen"),
            description=ABSTRACT,
        ),
        "boats": Talk(title="Boat Tour", at=None, day=2),
        "opening": Talk(title="Opening", event="summit", post="posts/summit.md", people=("Kari Moe",)),
        "snow": Talk(
            title="Snow Load on Steel Roofs",
            event="summit",
            at="10:00",
            post="posts/summit.md",
            people=("Odd Berg",),
        ),
        "lunch": Talk(title="Lunch", event="summit", at="12:00", post="posts/summit.md", minutes=60),
        "part1": Talk(
            title="Avalanche Workshop, Part 1",
            event="summit",
            at="13:00",
            post="posts/summit.md",
            people=("Liv Dal",),
        ),
        "part2": Talk(
            title="Avalanche Workshop, Part 2",
            event="summit",
            at="15:00",
            post="posts/summit.md",
            people=("Liv Dal",),
        ),
    },
)

MADE = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
EDITED = datetime(2027, 2, 20, 8, 30, tzinfo=UTC)
