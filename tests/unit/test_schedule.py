"""Owns what linking must make of drafts: each event, session and speaker once, whoever tells of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from feeds.model import Event, Place, Schedule, Status
from feeds.schedule import Linked, Memory, link
from feeds.source import Source, Span
from feeds.understand.draft import Draft, DraftEvent, DraftPerson, DraftSession, Read

PARIS = Place(city="Paris", country="FR", timezone="Europe/Paris", latitude=48.85, longitude=2.35)
LYON = Place(city="Lyon", country="FR", timezone="Europe/Paris", latitude=45.76, longitude=4.84)
TEXT = "a line of forty characters, more or less\n" * 40


def told(
    path: str,
    *sessions: DraftSession,
    events: tuple[DraftEvent, ...] = (),
    hidden: bool = False,
    published: date | None = date(2024, 3, 1),
) -> Draft:
    """What a post at posts/PATH.md tells."""
    source = Source.from_text(f"posts/{path}.md", TEXT)
    return Draft(
        source=source, title=path, sessions=sessions, events=events, hidden=hidden, published=published
    )


def event(
    name: str, first: date | None = None, last: date | None = None, *, place: Place | None = None,
    key: int = 0, stated: bool = True, slug: str | None = None, status: Status = "confirmed",
    url: str | None = None,
) -> DraftEvent:  # fmt: skip
    return DraftEvent(
        key=key,
        name=name,
        first=first,
        last=last,
        place=place,
        stated=stated,
        slug=slug,
        status=status,
        url=url,
    )


def session(
    title: str, start: datetime | date | None = None, minutes: int | None = None, *, at: int = 1,
    zone: str | None = "Europe/Paris", people: tuple[str, ...] = (), event: int | None = None,
    room: str | None = None, status: Status = "confirmed", prose: str = "", track: str | None = None,
    url: str | None = None, track_url: str | None = None,
) -> DraftSession:  # fmt: skip
    """A session whose time was read in line AT."""
    line = Span((at - 1) * 41, (at - 1) * 41 + 10)
    end = start + timedelta(minutes=minutes) if start is not None and minutes is not None else None
    return DraftSession(
        title=title, start=start, end=end, timezone=zone if isinstance(start, datetime) else None,
        event=event,
        people=tuple(DraftPerson(name=name, span=line) for name in people), room=room, status=status,
        prose=prose, track=track, track_url=track_url, url=url, span=line,
        reads={"start": Read(how="read", span=line, why="read")},
    )  # fmt: skip


def at(hour: int, minute: int = 0, *, day: int = 19, month: int = 3) -> datetime:
    return datetime(2024, month, day, hour, minute)  # noqa: DTZ001 - drafts are naive


def findings(linked: Linked) -> list[tuple[str, str, int]]:
    return sorted((one.rule, one.path, one.line) for one in linked.diagnostics)


def slugs(schedule: Schedule) -> list[str]:
    return [one.slug for one in schedule.sessions]


# speakers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "speakers"),
    [
        (["Zoë Quinn", "Zoe Quinn"], [("zoe-quinn", "Zoe Quinn")]),
        (["Zoë Quinn", "Zoë Quinn", "Zoe Quinn"], [("zoe-quinn", "Zoë Quinn")]),
        (["Dr. Ann Bell", "Ann Bell"], [("dr-ann-bell", "Dr. Ann Bell")]),
        (["Jürgen Maier", "Juergen Maier"], [("juergen-maier", "Juergen Maier")]),
        (["Ann Bell", "Ann Bellamy"], [("ann-bell", "Ann Bell"), ("ann-bellamy", "Ann Bellamy")]),
        (["Ann", "Ann Bell"], [("ann", "Ann"), ("ann-bell", "Ann Bell")]),
        (["山田 太郎", "山本 太郎"], 2),
    ],
)
def test_speaker_under_several_spellings_is_one(
    names: list[str], speakers: list[tuple[str, str]] | int
) -> None:
    drafts = [told(f"p{i}", session(f"Talk {i}", at(9 + i), people=(name,))) for i, name in enumerate(names)]
    for order in permutations(drafts):
        found = [(one.slug, one.name) for one in link(order).schedule.speakers]
        assert (len(found) if isinstance(speakers, int) else found) == speakers


def test_speaker_under_two_spellings_has_all_sessions() -> None:
    drafts = [
        told("a", session("One", at(9), people=("Zoë Quinn",))),
        told("b", session("Two", at(11), people=("Zoe Quinn",))),
    ]
    assert [one.speakers for one in link(drafts).schedule.sessions] == [("zoe-quinn",)] * 2


def test_names_that_may_be_one_person_are_told_at_the_rarer_one() -> None:
    drafts = [
        told(
            "a",
            session("One", at(9), people=("Robert Hale",)),
            session("Two", at(11), people=("Robert Hale",)),
        ),
        told("b", session("Three", at(13), people=("Bob Hale",), at=7)),
    ]
    linked = link(drafts)
    assert findings(linked) == [("similar-names", "posts/b.md", 7)]
    assert [one.slug for one in linked.schedule.speakers] == ["bob-hale", "robert-hale"]


@pytest.mark.parametrize(
    ("prose", "speakers"),
    [
        ("Mira Sandberg shows how it is done.", ("mira-sandberg",)),
        ("Thanks to everybody who came.", ()),
        ("The Sandberg bridge is near.", ()),
        ("", ()),
    ],
)
def test_session_without_speakers_has_those_known_from_other_posts(
    prose: str, speakers: tuple[str, ...]
) -> None:
    drafts = [
        told("a", session("One", at(9), people=("Mira Sandberg",))),
        told("b", session("Panel", at(12), prose=prose)),
    ]
    panel = next(one for one in link(drafts).schedule.sessions if one.title == "Panel")
    assert panel.speakers == speakers


# events ----------------------------------------------------------------------------------------------------

SPRING = (date(2024, 3, 19), date(2024, 3, 22))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (event("Harbour Conf", *SPRING), event("Harbour Conf", *SPRING), ["harbour-conf-2024"]),
        (event("Harbour Conf", *SPRING), event("Harbour Conf"), ["harbour-conf-2024"]),
        (event("Harbour Conf 2024", *SPRING), event("Harbour Conf '24", *SPRING), ["harbour-conf-2024"]),
        (event("Harbour Conf", *SPRING), event("Harbour Conf", date(2024, 3, 18)), ["harbour-conf-2024"]),
        (
            event("HarbourCon EU", *SPRING, place=PARIS),
            event("HarbourCon + BoatCon EU", *SPRING, place=PARIS),
            ["harbourcon-eu-2024"],
        ),
        (
            event("HarbourCon EU", *SPRING, place=PARIS),
            event("HarbourCon + BoatCon EU", *SPRING, place=LYON),
            ["harbourcon-boatcon-eu-2024", "harbourcon-eu-2024"],
        ),
        (
            event("Boat Days", *SPRING, place=PARIS),
            event("Night Market", *SPRING, place=PARIS),
            ["boat-days-2024", "night-market-2024"],
        ),
        (
            event("Rust Evening", date(2024, 3, 5)),
            event("Rust Evening", date(2024, 4, 2)),
            ["rust-evening-2024", "rust-evening-2024-04"],
        ),
        (
            event("Rust Evening", date(2024, 3, 5), place=PARIS),
            event("Rust Evening", date(2024, 3, 26), place=LYON),
            ["rust-evening-2024", "rust-evening-2024-lyon"],
        ),
        (
            event("Rust Evening", date(2024, 3, 5)),
            event("Rust Evening", date(2024, 3, 26)),
            ["rust-evening-2024", "rust-evening-2024-03"],
        ),
        (
            event("Rust Evening", date(2024, 3, 5)),
            event("Rust Evening", date(2025, 3, 4)),
            ["rust-evening-2024", "rust-evening-2025"],
        ),
        (event("One", *SPRING, slug="mine"), event("Two", date(2024, 9, 1), slug="mine"), ["mine"]),
    ],
)
def test_event_of_two_posts(one: DraftEvent, other: DraftEvent, expected: list[str]) -> None:
    drafts = [told("a", events=(one,)), told("b", events=(other,))]
    for order in permutations(drafts):
        assert sorted(found.slug for found in link(order).schedule.events) == expected


def test_event_told_twice_has_the_facts_of_both() -> None:
    drafts = [
        told("a", events=(event("Harbour Conf", url="https://harbour.example"),)),
        told("b", events=(event("Harbour Conf", *SPRING, place=PARIS),)),
    ]
    assert link(drafts).schedule.events == (
        Event(
            slug="harbour-conf-2024", name="Harbour Conf", start=SPRING[0], end=date(2024, 3, 23),
            place=PARIS,
            timezone="Europe/Paris", url="https://harbour.example", posts=("posts/a.md", "posts/b.md"),
        ),
    )  # fmt: skip


def test_event_cancelled_by_a_later_post_is_cancelled() -> None:
    drafts = [
        told("a", events=(event("Harbour Conf", *SPRING),)),
        told("b", events=(event("Harbour Conf", *SPRING, status="cancelled"),)),
    ]
    assert [one.status for one in link(drafts).schedule.events] == ["cancelled"]


@pytest.mark.parametrize(
    ("first", "stated", "talks", "shown"),
    [
        (date(2024, 3, 19), True, False, True),
        (date(2024, 3, 19), False, False, False),
        (None, True, False, False),
        (None, False, True, True),
    ],
)
def test_event_is_shown_with_sessions_or_where_stated_with_days(
    first: date | None, stated: bool, talks: bool, shown: bool
) -> None:
    sessions = (session("Talk", at(9), event=0),) if talks else ()
    linked = link([told("a", *sessions, events=(event("Harbour Conf", first, stated=stated),))])
    assert bool(linked.schedule.events) == shown


def test_monthly_sessions_belong_to_their_own_evening() -> None:
    drafts = [
        told(
            f"m{month}",
            session("Open floor", at(19, day=5, month=month), event=0),
            events=(event("Rust Evening", date(2024, month, 5)),),
        )
        for month in (2, 3, 4)
    ]
    assert [(one.slug, one.event) for one in link(drafts).schedule.sessions] == [
        ("open-floor-rust-evening-2024", "rust-evening-2024"),
        ("open-floor-rust-evening-2024-03", "rust-evening-2024-03"),
        ("open-floor-rust-evening-2024-04", "rust-evening-2024-04"),
    ]


# sessions --------------------------------------------------------------------------------------------------


def test_session_told_by_two_posts_is_one_with_the_facts_of_both() -> None:
    conf = (event("Harbour Conf", *SPRING),)
    drafts = [
        told("a", session("Tides", at(9), event=0, people=("Mira Sandberg",)), events=conf),
        told(
            "b", session("TIDES", at(9), 30, event=0, people=("Jon Falk",), room="Hall 2", at=5), events=conf
        ),
    ]
    linked = link(drafts)
    assert findings(linked) == [("duplicate-session", "posts/b.md", 5)]
    assert [
        (one.title, one.end, one.room, one.speakers, one.posts) for one in linked.schedule.sessions
    ] == [
        ("Tides", at(9, 30).replace(tzinfo=ZoneInfo("Europe/Paris")), "Hall 2", ("mira-sandberg", "jon-falk"),
         ("posts/a.md", "posts/b.md")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        session("Tides", at(11), event=0),
        session("Tides and boats", at(9), event=0),
        session("Tides", at(9)),
        session("Tides", event=0),
    ],
    ids=["another time", "another title", "no event", "no time"],
)
def test_sessions_that_differ_stay_apart(other: DraftSession) -> None:
    conf = (event("Harbour Conf", *SPRING),)
    linked = link([told("a", session("Tides", at(9), event=0), events=conf), told("b", other, events=conf)])
    assert len(linked.schedule.sessions) == len(set(slugs(linked.schedule))) == 2


def test_session_cancelled_in_either_telling_is_cancelled() -> None:
    conf = (event("Harbour Conf", *SPRING),)
    drafts = [
        told("a", session("Tides", at(9), event=0), events=conf),
        told("b", session("Tides", at(9), event=0, status="cancelled"), events=conf),
    ]
    assert [one.status for one in link(drafts).schedule.sessions] == ["cancelled"]


@pytest.mark.parametrize(
    ("start", "zone", "published"),
    [
        (at(9), "Europe/Paris", True),
        (date(2024, 3, 19), None, True),
        (at(9), None, False),
        (None, None, False),
    ],
    ids=["timed", "all day", "unzoned", "undated"],
)
def test_session_is_listed_and_published_where_its_instant_is_known(
    start: datetime | date | None, zone: str | None, published: bool
) -> None:
    found = link([told("a", session("Tides", start, zone=zone))]).schedule.sessions
    assert [(one.slug, one.published) for one in found] == [("tides", published)]


def test_session_times_are_aware_in_their_zone() -> None:
    (found,) = link([told("a", session("Tides", at(14, 40), 30))]).schedule.sessions
    assert (found.start, found.end) == (
        datetime(2024, 3, 19, 13, 40, tzinfo=UTC),
        datetime(2024, 3, 19, 14, 10, tzinfo=UTC),
    )
    assert found.timezone == "Europe/Paris"


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        ([session("Tides", at(9))], ["tides"]),
        (
            [session("Tides", at(9)), session("Tides", at(9, day=20))],
            ["tides-2024-03-19", "tides-2024-03-20"],
        ),
        (
            [session("Tides", at(9)), session("Tides", at(11))],
            ["tides-2024-03-19-0900", "tides-2024-03-19-1100"],
        ),
        (
            [session("Tides"), session("Tides", at=2), session("Tides 2", at(9))],
            ["tides-2", "tides", "tides-3"],
        ),
        ([session("?!", at(9)), session("!?", at(11))], ["x-2024-03-19-0900", "x-2024-03-19-1100"]),
    ],
)
def test_session_slugs_tell_apart(sessions: list[DraftSession], expected: list[str]) -> None:
    assert slugs(link([told("a", *sessions)]).schedule) == expected


def test_schedule_does_not_depend_on_the_order_of_drafts() -> None:
    conf = (event("Harbour Conf", *SPRING, place=PARIS), event("Tide Talks", key=1))
    drafts = [
        told("a", session("Tides", at(9), event=0, people=("Zoë Quinn",)), events=conf),
        told("b", session("Tides", at(9), event=0, people=("Zoe Quinn",)), session("Tides"), events=conf),
        told(
            "c",
            session("Tides", at(9)),
            session("Panel", at(9), prose="Zoë Quinn explains."),
            events=conf[1:],
        ),
        told("d", session("Tides", at(9), event=1, track="Boats"), events=conf[1:]),
    ]
    linked = [link(order, broken=["posts/z.md"]) for order in permutations(drafts)]
    assert [one == linked[0] for one in linked] == [True] * 24


# posts -----------------------------------------------------------------------------------------------------


def test_hidden_post_tells_nothing() -> None:
    draft = told(
        "a", session("Tides", at(9), people=("Mira Sandberg",)), events=(event("C", *SPRING),), hidden=True
    )
    assert link([draft]).schedule == Schedule()


def test_broken_post_is_listed_as_broken() -> None:
    posts = link([told("a")], broken=["posts/b.md"]).schedule.posts
    assert [(one.slug, one.broken) for one in posts] == [("a", False), ("b", True)]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["2024-01-01-hello"], ["2024-01-01-hello"]),
        (["hello/index"], ["hello"]),
        (["en/hello", "fr/hello"], ["hello-posts-en-hello-md", "hello-posts-fr-hello-md"]),
    ],
)
def test_post_slug_is_the_name_of_its_file_or_folder(paths: list[str], expected: list[str]) -> None:
    assert [one.slug for one in link([told(path) for path in paths]).schedule.posts] == expected


def test_tracks_are_ranked_as_posts_name_them() -> None:
    conf = (event("Harbour Conf", *SPRING), event("Summit Days", *SPRING, key=1))
    first = (
        session("A", at(9), event=0, track="Zur Sonne"),
        session("B", at(9), event=0, track="Änderung"),
        session("C", at(9), event=1, track="Main"),
    )
    second = (session("D", at(9), event=0, track="Attic"), session("E", at(9), event=0, track="Änderung"))
    drafts = [told("a", *first, events=conf), told("b", *second, events=conf[:1])]
    assert [(one.slug, one.rank) for one in link(drafts).schedule.tracks] == [
        ("anderung", 1),
        ("attic", 2),
        ("zur-sonne", 0),
        ("main", 0),
    ]


def test_track_has_the_first_name_and_the_first_address() -> None:
    conf = (event("Harbour Conf", *SPRING),)
    sessions = (
        session("A", at(9), event=0, track="Boat Day"),
        session("B", at(10), event=0, track="Boat day", track_url="https://boats.example"),
        session("C", at(11), track="Nowhere"),
    )
    tracks = link([told("a", *sessions, events=conf)]).schedule.tracks
    assert [(one.event, one.slug, one.name, one.url) for one in tracks] == [
        ("harbour-conf-2024", "boat-day", "Boat Day", "https://boats.example")
    ]


# clashes ---------------------------------------------------------------------------------------------------

ROOM, SPEAKER = "room-double-booked", "speaker-double-booked"


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        ([session("A", at(9), 30, room="R"), session("B", at(9, 30), 30, room="R", at=2)], []),
        ([session("A", at(9), 31, room="R"), session("B", at(9, 30), 30, room="R", at=2)], [(ROOM, 2)]),
        ([session("B", at(9, 30), 30, room="R"), session("A", at(9), 31, room="r ", at=2)], [(ROOM, 1)]),
        ([session("A", at(9), 31, room="R"), session("B", at(9, 30), 30, room="S", at=2)], []),
        ([session("A", at(9), room="R"), session("B", at(9), room="R", at=2)], [(ROOM, 2)]),
        ([session("A", at(9), room="R"), session("B", at(9, 1), room="R", at=2)], []),
        ([session("A", at(9), 60, room="R"), session("a", at(9, 30), room="R", at=2)], []),
        (
            [
                session("A", at(9), 240, room="R"),
                session("B", at(10), 30, room="R", at=2),
                session("C", at(12), 30, room="R", at=3),
            ],
            [(ROOM, 2), (ROOM, 3)],
        ),
        ([session("A", at(9), 60, room="R", status="cancelled"), session("B", at(9), room="R", at=2)], []),
        ([session("A", at(9), 60, room="R", zone=None), session("B", at(9), room="R", at=2)], []),
        ([session("A", date(2024, 3, 19), room="R"), session("B", at(9), room="R", at=2)], []),
        (
            [session("A", at(9), 60, people=("Jo Li",)), session("B", at(9), people=("Jo Li",), at=2)],
            [(SPEAKER, 2)],
        ),
        (
            [
                session("A", at(9), 60, people=("Jo Li",), room="R"),
                session("B", at(9, 30), people=("Jo Li",), room="R", at=2),
            ],
            [(ROOM, 2), (SPEAKER, 2)],
        ),
        (
            [
                session("A", at(9), 60, people=("Jo Li",)),
                session("B", at(8), people=("Jo Li",), zone="Europe/London", at=2),
            ],
            [(SPEAKER, 2)],
        ),
    ],
)
def test_clash_is_told_once_at_the_later_session(
    sessions: list[DraftSession], expected: list[tuple[str, int]]
) -> None:
    linked = link([told("a", *sessions)])
    assert findings(linked) == [(rule, "posts/a.md", line) for rule, line in expected]


def test_rooms_of_two_posts_without_an_event_are_two_rooms() -> None:
    drafts = [
        told("a", session("A", at(9), 60, room="Room 2")),
        told("b", session("B", at(9), room="Room 2")),
    ]
    assert findings(link(drafts)) == []


# memory ----------------------------------------------------------------------------------------------------


def test_linking_with_memory_is_linking_anew() -> None:
    conf = (event("Harbour Conf", *SPRING, place=PARIS),)
    a = told("a", session("Tides", at(9), event=0, people=("Zoë Quinn",)), events=conf)
    b = told("b", session("Tides", at(9, day=20), event=0, room="R"), events=conf)
    moved = told("b", session("Tides", at(10, day=20), event=0, room="R"), events=conf)
    panel = told("c", session("Panel", at(9), prose="Zoe Quinn explains it all."))
    renamed = told("a", session("Tides", at(9), event=0, people=("Zoe Quinn",)), events=conf)
    memory = Memory()
    for drafts in ([a], [a, b], [a, b, panel], [renamed, b, panel], [a, moved, panel], [moved], [], [a, b]):
        assert link(drafts, memory=memory) == link(drafts)


def test_linking_again_gives_the_same_objects() -> None:
    conf = (event("Harbour Conf", *SPRING, place=PARIS),)
    drafts = [
        told(path, session("Tides", at(hour), event=0, people=("Zoë Quinn",), track="T"), events=conf)
        for path, hour in (("a", 9), ("b", 11))
    ]
    memory = Memory()
    before = link(drafts, memory=memory).schedule
    changed = [drafts[0], told("b", session("Boats", at(12), event=0), events=conf)]
    after = link(changed, memory=memory).schedule
    assert after.events[0] is before.events[0]
    assert after.speakers[0] is before.speakers[0]
    assert after.tracks[0] is before.tracks[0]
    assert after.posts[0] is before.posts[0]
