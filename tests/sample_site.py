"""Owns a hand-made schedule as a careful person would write it: two conferences, thirteen sessions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from feeds.catalog import Written, write_catalog
from feeds.diagnostics import Diagnostic, Severity
from feeds.model import (
    Calendar,
    Event,
    Place,
    PostInfo,
    Revision,
    Schedule,
    Session,
    Speaker,
    Track,
    session_order,
)
from feeds.publication import Feed
from feeds.settings import Settings

REVISED = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
LISBON = Place(city="Lisbon", country="PT", timezone="Europe/Lisbon", latitude=38.72, longitude=-9.14)
DENVER = Place(
    city="Denver",
    country="US",
    region="Colorado",
    timezone="America/Denver",
    latitude=39.74,
    longitude=-104.98,
)
SETTINGS = Settings(
    title="Harbour Talks",
    description="Where our people speak this year, as calendars that keep themselves up to date.",
    base_url="https://talks.example.org",
)


def schedule() -> Schedule:
    """Two conferences, one of them with a cancelled session, an all-day one and one without a time."""
    return Schedule(
        events=EVENTS,
        sessions=tuple(sorted(SESSIONS, key=session_order)),
        speakers=SPEAKERS,
        tracks=TRACKS,
        posts=POSTS,
    )


def feeds(values: Schedule, *, note: str = "") -> tuple[Feed, ...]:
    """A feed for each address; `note` goes into every body, so that two publications can be told apart."""

    def feed(
        address: str, name: str, sessions: list[Session], method: Literal["PUBLISH"] | None = None
    ) -> Feed:
        page = "/" if address == "/all.ics" else address.removesuffix(".ics")
        filename = address.strip("/").replace("/", "-")
        return Feed(
            address=address,
            page=page,
            name=name,
            filename=filename,
            method=method,
            calendar=calendar(name, sessions, note=note),
            last_modified=REVISED,
            count=len(sessions),
        )

    known = [session for session in values.sessions if session.published]
    made = [feed("/all.ics", "Harbour Talks", known)]
    for event in values.events:
        own = [session for session in known if session.event == event.slug]
        made.append(feed(f"/events/{event.slug}.ics", event.name, own))
    for track in values.tracks:
        own = [session for session in known if (session.event, session.track) == (track.event, track.slug)]
        made.append(feed(f"/events/{track.event}/tracks/{track.slug}.ics", track.name, own))
    for speaker in values.speakers:
        own = [session for session in known if speaker.slug in session.speakers]
        made.append(feed(f"/speakers/{speaker.slug}.ics", speaker.name, own))
    for post in values.posts:
        made.append(feed(f"/posts/{post.slug}.ics", post.title, [s for s in known if post.path in s.posts]))
    made += [feed(f"/sessions/{s.slug}.ics", s.title, [s], "PUBLISH") for s in known]
    return tuple(made)


def calendar(name: str, sessions: list[Session], *, note: str) -> Calendar:
    """Enough of a calendar to be told from another one."""
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//sample//EN",
        f"X-WR-CALNAME:{name}",
        f"X-NOTE:{note}",
    ]
    events = [
        _lines("BEGIN:VEVENT", f"UID:{one.slug}", f"SUMMARY:{one.title}", f"X-NOTE:{note}", "END:VEVENT")
        for one in sessions
    ]
    return Calendar(head=_lines(*head), shared=(*events, _lines("END:VCALENDAR")))


def _lines(*lines: str) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


def publish(path: Path, *, note: str = "", values: Schedule | None = None, **changes: Any) -> Written:
    """Writes the catalog of the sample, or of another schedule."""
    values = schedule() if values is None else values
    arguments: dict[str, Any] = {
        "schedule": values,
        "diagnostics": (FINDING,),
        "revisions": {"wasm-at-sea": REVISION},
        "settings": SETTINGS,
        "digest": f"input-{note}",
    }
    if "feeds" not in changes:
        arguments["feeds"] = feeds(values, note=note)
    return write_catalog(path, **(arguments | changes))


def _at(zone: str, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone))  # type: ignore[misc,arg-type]


def _lisbon(slug: str, title: str, day: int, clock: tuple[int, int], minutes: int, **more: Any) -> Session:
    start = _at("Europe/Lisbon", 2026, 5, day, *clock)
    end = _at("Europe/Lisbon", 2026, 5, day, *divmod(clock[0] * 60 + clock[1] + minutes, 60))
    return Session(
        slug=slug,
        title=title,
        start=start,
        end=end,
        timezone="Europe/Lisbon",
        event="harbourconf-2026",
        posts=("posts/2026-03-harbourconf.md",),
        **more,
    )


def _denver(slug: str, title: str, day: int, clock: tuple[int, int], minutes: int, **more: Any) -> Session:
    start = _at("America/Denver", 2025, 10, day, *clock)
    end = _at("America/Denver", 2025, 10, day, *divmod(clock[0] * 60 + clock[1] + minutes, 60))
    return Session(
        slug=slug,
        title=title,
        start=start,
        end=end,
        timezone="America/Denver",
        event="summit-days-2025",
        posts=("posts/2025-09-summit-days.md",),
        **more,
    )


REVISION = Revision(uid="c0ffee", sequence=2, created=REVISED, last_modified=REVISED)
FINDING = Diagnostic(
    path="posts/2026-03-harbourconf.md",
    line=7,
    column=3,
    end_line=7,
    end_column=12,
    severity=Severity.WARNING,
    rule="weekday-mismatch",
    message="`Friday 13 May` is a Wednesday.",
    source_line="Friday 13 May",
)
EVENTS = (
    Event(
        slug="summit-days-2025",
        name="Summit Days 2025",
        start=date(2025, 10, 7),
        end=date(2025, 10, 9),
        place=DENVER,
        timezone="America/Denver",
        url="https://summit.example.com/",
        venue="Union Hall",
        posts=("posts/2025-09-summit-days.md",),
    ),
    Event(
        slug="harbourconf-2026",
        name="HarbourConf 2026",
        start=date(2026, 5, 12),
        end=date(2026, 5, 15),
        place=LISBON,
        timezone="Europe/Lisbon",
        url="https://harbourconf.example.com/2026/",
        venue="Doca de Alcântara",
        description="Three days on the river about building small, dependable systems.",
        posts=("posts/2026-03-harbourconf.md",),
    ),
)
TRACKS = (
    Track(event="harbourconf-2026", slug="calendar-day", name="Calendar Day"),
    Track(event="harbourconf-2026", slug="systems", name="Systems Stage"),
    Track(event="summit-days-2025", slug="field-notes", name="Field Notes"),
)
SPEAKERS = (
    Speaker(
        slug="amara-okafor",
        name="Amara Okafor",
        affiliation="Tidewater Labs",
        url="https://amara.example.net",
    ),
    Speaker(slug="ines-carvalho", name="Inês Carvalho", affiliation="Porto Atlântico"),
    Speaker(slug="jonas-lindqvist", name="Jonas Lindqvist"),
    Speaker(slug="mei-tanaka", name="Mei Tanaka", affiliation="Northgate & Sons, LLC"),
)
POSTS = (
    PostInfo(
        slug="2025-09-summit-days",
        path="posts/2025-09-summit-days.md",
        title="See you in Denver",
        description="Three talks and a workshop in the mountains.",
        stamp=datetime(2025, 9, 1, 9, tzinfo=UTC),
    ),
    PostInfo(
        slug="2026-03-harbourconf",
        path="posts/2026-03-harbourconf.md",
        title="HarbourConf: where to find us",
        description="A day of its own for calendars, and more.",
        author="Amara Okafor",
        stamp=REVISED,
    ),
)
SESSIONS = (
    _denver(
        "thin-air",
        "Thin Air: Debugging at 2,000 Metres",
        7,
        (9, 30),
        45,
        format="Keynote",
        room="Great Room",
        speakers=("amara-okafor",),
    ),
    _denver(
        "notes-from-the-field",
        "Notes from the Field",
        7,
        (11, 0),
        30,
        format="Talk",
        track="field-notes",
        room="Room 4",
        speakers=("jonas-lindqvist",),
    ),
    _denver(
        "maps-without-network",
        "Maps without a Network",
        7,
        (14, 0),
        90,
        format="Workshop",
        track="field-notes",
        room="Room 4",
        speakers=("mei-tanaka", "jonas-lindqvist"),
    ),
    _denver(
        "closing-panel",
        "What Broke This Year?",
        8,
        (16, 30),
        60,
        format="Panel",
        room="Great Room",
        speakers=("amara-okafor", "mei-tanaka"),
    ),
    Session(
        slug="calendar-day",
        title="Calendar Day",
        start=date(2026, 5, 12),
        end=date(2026, 5, 13),
        timezone="Europe/Lisbon",
        event="harbourconf-2026",
        track="calendar-day",
        format="Co-located day",
        posts=("posts/2026-03-harbourconf.md",),
    ),
    _lisbon(
        "one-uid-for-life",
        "One UID for Life",
        12,
        (9, 30),
        30,
        format="Talk",
        track="calendar-day",
        room="Sala Tejo",
        speakers=("ines-carvalho",),
        url="https://harbourconf.example.com/2026/one-uid",
        description="Why an event must keep its name when everything else about it changes.\n\n"
        "With three stories of calendars that forgot, and what it took to mend them.",
    ),
    _lisbon(
        "time-zones-are-people",
        "Time Zones Are People: Reading the tz Database for Fun",
        12,
        (10, 15),
        45,
        format="Talk",
        track="calendar-day",
        room="Sala Tejo",
        speakers=("jonas-lindqvist", "mei-tanaka"),
    ),
    _lisbon(
        "feeds-that-never-lie",
        "Feeds That Never Lie",
        12,
        (14, 0),
        120,
        format="Workshop",
        track="calendar-day",
        room="Sala Tejo",
        speakers=("ines-carvalho",),
        status="cancelled",
    ),
    _lisbon(
        "wasm-at-sea",
        "Components at Sea",
        13,
        (9, 0),
        40,
        format="Keynote",
        track="systems",
        room="Doca 1",
        room_url="https://harbourconf.example.com/2026/map#doca-1",
        speakers=("amara-okafor",),
    ),
    _lisbon(
        "backpressure",
        "Backpressure, Explained with Boats",
        13,
        (11, 20),
        25,
        format="Lightning Talk",
        track="systems",
        room="Doca 1",
        speakers=("mei-tanaka",),
    ),
    _lisbon(
        "small-databases",
        "Small Databases, Large Promises",
        14,
        (10, 0),
        40,
        format="Talk",
        track="systems",
        room="Doca 2",
        speakers=("jonas-lindqvist",),
        status="tentative",
    ),
    _lisbon(
        "last-light",
        "Last Light: A Retrospective",
        14,
        (17, 30),
        45,
        format="Panel",
        room="Doca 1",
        speakers=("amara-okafor", "ines-carvalho", "mei-tanaka"),
    ),
    Session(
        slug="booth-hours",
        title="Meet Us at Booth 14",
        start=None,
        event="harbourconf-2026",
        posts=("posts/2026-03-harbourconf.md",),
    ),
)
