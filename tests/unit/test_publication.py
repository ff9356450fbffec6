"""Owns which feeds there are, what each holds, and that only what changed is made anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest

from feeds.ical import read_back
from feeds.model import Calendar, Event, Place, PostInfo, Revision, Schedule, Session, Speaker, Track
from feeds.publication import MOST_EVENTS, MOST_OCTETS, Feed, Memory, Publication, publish
from feeds.settings import Settings

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SETTINGS = Settings(title="Talks", base_url="https://a.example")
PLACE = Place(city="Paris", country="FR", timezone="Europe/Paris", latitude=48.85, longitude=2.35)
EVENTS = (
    Event(
        slug="days",
        name="Days",
        start=date(2026, 3, 10),
        end=date(2026, 3, 12),
        place=PLACE,
        uid="e-days",
        posts=("p/one.md",),
    ),
    Event(slug="nights", name="Nights", start=None, end=None, uid="e-nights"),
)
TRACKS = (Track(event="days", slug="boats", name="Boats"), Track(event="days", slug="planes", name="Planes"))
SPEAKERS = (Speaker(slug="ana", name="Ana Li"), Speaker(slug="bo", name="Bo Ek"))
POSTS = (
    PostInfo(slug="one", path="p/one.md", title="Post one"),
    PostInfo(slug="two", path="p/two.md", title="Post two"),
)


def session(slug: str, **more: object) -> Session:
    start = datetime(2026, 3, 10, 10, 0, tzinfo=PARIS)
    values: dict[str, object] = {
        "title": f"Talk {slug}",
        "start": start,
        "end": start + timedelta(minutes=30),
        "timezone": "Europe/Paris",
        "event": "days",
        "uid": f"s-{slug}",
        "posts": ("p/one.md",),
        **more,
    }
    return Session(slug=slug, **values)  # type: ignore[arg-type]


SESSIONS = (
    session("a", track="boats", speakers=("ana", "bo")),
    session("b", speakers=("ana", "nobody"), posts=("p/one.md", "p/two.md", "p/gone.md")),
    session("c", event=None, track="boats"),
    session("d", event="nights", status="cancelled", held="end-before-start"),
    session("e", start=None, end=None),
    session("f", held="end-before-start"),
    session("g", start=datetime(2026, 3, 10, 10), end=None, timezone=None),  # noqa: DTZ001
    session("h", start=None, end=None, status="cancelled"),
    session("i", start=date(2026, 3, 11), end=None, timezone=None, event="unknown"),
)
SCHEDULE = Schedule(events=EVENTS, sessions=SESSIONS, speakers=SPEAKERS, tracks=TRACKS, posts=POSTS)


def revisions(schedule: Schedule, *, modified: datetime = NOW) -> dict[str, Revision]:
    uids = [each.uid for each in (*schedule.events, *schedule.sessions) if each.uid is not None]
    return {uid: Revision(uid=uid, sequence=0, created=NOW, last_modified=modified) for uid in uids}


def published(
    schedule: Schedule = SCHEDULE, *, settings: Settings = SETTINGS, memory: Memory | None = None
) -> Publication:
    return publish(schedule, revisions=revisions(schedule), settings=settings, memory=memory)


def by_address(publication: Publication) -> dict[str, Feed]:
    return {feed.address: feed for feed in publication.feeds}


def test_publish_feeds_hold() -> None:
    found = by_address(published())
    assert {address: [entry.uid for entry in read_back(feed.body)] for address, feed in found.items()} == {
        "/all.ics": ["e-days", "s-a", "s-b", "s-c", "s-d", "s-i"],
        "/events/days.ics": ["e-days", "s-a", "s-b"],
        "/events/nights.ics": ["s-d"],
        "/events/days/tracks/boats.ics": ["s-a"],
        "/events/days/tracks/planes.ics": [],
        "/speakers/ana.ics": ["s-a", "s-b"],
        "/speakers/bo.ics": ["s-a"],
        "/posts/one.ics": ["e-days", "s-a", "s-b", "s-c", "s-d", "s-i"],
        "/posts/two.ics": ["s-b"],
        "/sessions/a.ics": ["s-a"],
        "/sessions/b.ics": ["s-b"],
        "/sessions/c.ics": ["s-c"],
        "/sessions/d.ics": ["s-d"],
        "/sessions/i.ics": ["s-i"],
    }
    assert {address: feed.count for address, feed in found.items()} == {
        address: len(read_back(feed.body)) for address, feed in found.items()
    }


def test_publish_feeds_are_sorted_and_described() -> None:
    feeds = published().feeds
    assert [(feed.address, feed.page, feed.name, feed.filename, feed.method) for feed in feeds] == [
        ("/all.ics", "/", "Talks", "all.ics", None),
        ("/events/days.ics", "/events/days", "Days", "days.ics", None),
        (
            "/events/days/tracks/boats.ics",
            "/events/days/tracks/boats",
            "Boats · Days",
            "days-boats.ics",
            None,
        ),
        (
            "/events/days/tracks/planes.ics",
            "/events/days/tracks/planes",
            "Planes · Days",
            "days-planes.ics",
            None,
        ),
        ("/events/nights.ics", "/events/nights", "Nights", "nights.ics", None),
        ("/posts/one.ics", "/posts/one", "Post one", "one.ics", None),
        ("/posts/two.ics", "/posts/two", "Post two", "two.ics", None),
        ("/sessions/a.ics", "/sessions/a", "Talk a", "a.ics", "PUBLISH"),
        ("/sessions/b.ics", "/sessions/b", "Talk b", "b.ics", "PUBLISH"),
        ("/sessions/c.ics", "/sessions/c", "Talk c", "c.ics", "PUBLISH"),
        ("/sessions/d.ics", "/sessions/d", "Talk d", "d.ics", "PUBLISH"),
        ("/sessions/i.ics", "/sessions/i", "Talk i", "i.ics", "PUBLISH"),
        ("/speakers/ana.ics", "/speakers/ana", "Ana Li", "ana.ics", None),
        ("/speakers/bo.ics", "/speakers/bo", "Bo Ek", "bo.ics", None),
    ]


def test_publish_nothing_has_one_feed() -> None:
    (feed,) = published(Schedule()).feeds
    assert (feed.address, feed.count, feed.last_modified) == ("/all.ics", 0, datetime(1970, 1, 1, tzinfo=UTC))


def lines(feed: Feed, *names: str) -> list[str]:
    text = feed.body.decode().replace("\r\n ", "").split("\r\n")
    return [line for line in text if line.startswith(names)]


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        (
            "https://a.example",
            ["SOURCE;VALUE=URI:https://a.example/events/days.ics", "URL:https://a.example/events/days"],
        ),
        (None, []),
    ],
)
def test_publish_addresses_only_from_settings(base: str | None, expected: list[str]) -> None:
    feed = by_address(published(settings=replace(SETTINGS, base_url=base)))["/events/days.ics"]
    head = replace(feed, calendar=Calendar(head=feed.calendar.head))
    assert lines(head, "SOURCE", "URL") == expected


def test_publish_sessions_name_their_event_where_it_stands() -> None:
    found = by_address(published())
    assert lines(found["/sessions/a.ics"], "RELATED-TO") == ["RELATED-TO;RELTYPE=PARENT:e-days"]
    assert lines(found["/sessions/d.ics"], "RELATED-TO") == []


def test_publish_zone_shown_is_the_usual_one() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    start = datetime(2026, 5, 1, 9, tzinfo=tokyo)
    more = [
        session(f"t{n}", start=start, end=None, timezone="Asia/Tokyo", speakers=("ana",)) for n in range(3)
    ]
    found = by_address(published(replace(SCHEDULE, sessions=(*SESSIONS, *more))))
    assert lines(found["/speakers/ana.ics"], "X-WR-TIMEZONE") == ["X-WR-TIMEZONE:Asia/Tokyo"]
    assert lines(found["/events/days.ics"], "X-WR-TIMEZONE") == ["X-WR-TIMEZONE:Europe/Paris"]


def test_publish_last_modified_is_the_newest() -> None:
    later = NOW + timedelta(days=1)
    known = {**revisions(SCHEDULE), "s-b": Revision(uid="s-b", sequence=1, created=NOW, last_modified=later)}
    found = {
        feed.address: feed.last_modified
        for feed in publish(SCHEDULE, revisions=known, settings=SETTINGS).feeds
    }
    assert (found["/all.ics"], found["/speakers/bo.ics"], found["/posts/two.ics"]) == (later, NOW, later)


def test_publish_session_without_revision_raises() -> None:
    with pytest.raises(KeyError, match="s-a"):
        publish(SCHEDULE, revisions={}, settings=SETTINGS)


def many(count: int, *, description: str = "") -> Schedule:
    first = datetime(2026, 1, 1, 9, tzinfo=PARIS)
    sessions = tuple(
        session(
            f"n{n:05}",
            start=first + timedelta(hours=n),
            end=None,
            event=None,
            posts=(),
            description=description,
        )
        for n in range(count)
    )
    return Schedule(sessions=sessions)


@pytest.mark.parametrize(("count", "kept"), [(MOST_EVENTS, MOST_EVENTS), (MOST_EVENTS + 5, MOST_EVENTS)])
def test_publish_feed_keeps_the_newest_by_number(count: int, kept: int) -> None:
    publication = published(many(count))
    feed = by_address(publication)["/all.ics"]
    assert [entry.uid for entry in read_back(feed.body)] == [f"s-n{n:05}" for n in range(count - kept, count)]
    assert [(address, number) for address, number, _ in publication.problems] == [("/all.ics", count)] * (
        count > kept
    )


def test_publish_feed_keeps_the_newest_by_size() -> None:
    publication = published(many(400, description="ü" * 2000))
    feed = by_address(publication)["/all.ics"]
    assert len(feed.body) <= MOST_OCTETS
    assert len(feed.body) > MOST_OCTETS - 20_000
    assert [entry.uid for entry in read_back(feed.body)] == [
        f"s-n{n:05}" for n in range(400 - feed.count, 400)
    ]
    ((address, count, size),) = publication.problems
    assert (address, count) == ("/all.ics", 400)
    assert size > MOST_OCTETS


def _with_session(schedule: Schedule, changed: Session) -> Schedule:
    sessions = [changed if each.slug == changed.slug else each for each in schedule.sessions]
    return replace(schedule, sessions=tuple(sessions))


CHANGES: list[tuple[str, Callable[[Schedule], Schedule], set[str]]] = [
    ("nothing", lambda schedule: replace(schedule, sessions=tuple(map(replace, schedule.sessions))), set()),
    (
        "title of a session",
        lambda schedule: _with_session(schedule, replace(SESSIONS[0], title="New")),
        {"/all.ics", "/events/days.ics", "/events/days/tracks/boats.ics", "/speakers/ana.ics",
         "/speakers/bo.ics", "/posts/one.ics", "/sessions/a.ics"},
    ),
    (
        "name of a speaker",
        lambda schedule: replace(schedule, speakers=(SPEAKERS[0], replace(SPEAKERS[1], name="B. Ek"))),
        {"/all.ics", "/events/days.ics", "/events/days/tracks/boats.ics", "/speakers/ana.ics",
         "/speakers/bo.ics", "/posts/one.ics", "/sessions/a.ics"},
    ),
    (
        "title of a post",
        lambda schedule: replace(schedule, posts=(POSTS[0], replace(POSTS[1], title="New"))),
        {"/posts/two.ics"},
    ),
    (
        "track of a session",
        lambda schedule: _with_session(schedule, replace(SESSIONS[0], track="planes")),
        {"/all.ics", "/events/days.ics", "/events/days/tracks/boats.ics", "/events/days/tracks/planes.ics",
         "/speakers/ana.ics", "/speakers/bo.ics", "/posts/one.ics", "/sessions/a.ics"},
    ),
    (
        "a session less",
        lambda schedule: replace(schedule, sessions=tuple(each for each in SESSIONS if each.slug != "i")),
        {"/all.ics", "/posts/one.ics", "/sessions/i.ics"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("change", "changed"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_publish_again_makes_only_what_changed(
    change: Callable[[Schedule], Schedule], changed: set[str]
) -> None:
    memory = Memory()
    before = by_address(published(memory=memory))
    schedule = change(SCHEDULE)
    after = by_address(published(schedule, memory=memory))
    assert {
        address for address in before.keys() | after.keys() if before.get(address) is not after.get(address)
    } == changed
    assert tuple(after.values()) == published(schedule).feeds


def test_publish_again_with_other_settings_makes_all_anew() -> None:
    memory = Memory()
    published(memory=memory)
    other = replace(SETTINGS, title="Other", refresh=5)
    assert published(settings=other, memory=memory) == published(settings=other)


def test_publish_again_with_a_new_revision_makes_the_session_anew() -> None:
    memory = Memory()
    published(memory=memory)
    later = revisions(SCHEDULE, modified=NOW + timedelta(days=1))
    found = publish(SCHEDULE, revisions=later, settings=SETTINGS, memory=memory)
    assert {feed.last_modified for feed in found.feeds if feed.count} == {NOW + timedelta(days=1)}


def test_publish_again_costs_little() -> None:
    """A ratio, so that it holds on any machine: remade is at least five times as cheap as made."""
    schedule, memory = many(2000, description="Words about it. " * 20), Memory()
    known = revisions(schedule)

    def seconds() -> float:
        start = process_time()
        publish(schedule, revisions=known, settings=SETTINGS, memory=memory)
        return process_time() - start

    first = seconds()
    assert min(seconds() for _ in range(5)) * 5 < first
