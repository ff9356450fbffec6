"""Owns schedules made by hand to be hard to write down: every status, kind of time, script and length."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from feeds.model import Event, Place, PostInfo, Revision, Schedule, Session, Speaker, Track, session_order

CREATED = datetime(2023, 12, 1, 8, 0, tzinfo=UTC)
REVISED = datetime(2024, 2, 29, 23, 59, 58, tzinfo=UTC)


def at(zone: str, text: str, *, fold: int = 0) -> datetime:
    """A local time of a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


PARIS = Place(city="Paris", country="FR", timezone="Europe/Paris", latitude=48.85341, longitude=2.3488)
PUNE = Place(city="पुणे", country="IN", timezone="Asia/Kolkata", latitude=18.51957, longitude=73.85535)

EVENTS = (
    Event(
        slug="harbour-days-2024",
        name="Harbour Days, spring; 2024 edition",
        start=date(2024, 3, 30),
        end=date(2024, 4, 2),
        place=PARIS,
        timezone="Europe/Paris",
        url="https://harbour.example/é/?q=ü&x=1,2;3",
        venue="Palais \\ des Congrès",
        description="First line\r\nSecond\u2028third\tfourth \x07 <b>not bold</b> & more",
        image="https://harbour.example/banner.png",
        uid="00000000-0000-5000-8000-00000000e001",
        posts=("posts/one.md",),
    ),
    Event(
        slug="city-only-2026",
        name="Only a city",
        start=date(2026, 2, 27),
        end=None,
        place=PUNE,
        timezone="Asia/Kolkata",
        status="postponed",
        uid="00000000-0000-5000-8000-00000000e002",
        posts=("posts/two.md",),
    ),
    Event(slug="someday", name="Some day", start=None, end=None, uid="00000000-0000-5000-8000-00000000e003"),
)

SPEAKERS = (
    Speaker(slug="ana-li", name="Ana Li", affiliation="Boats, Ltd; & Co"),
    Speaker(slug="bo", name='Bo "the\tBow" Ek\n', url="https://people.example/bo"),
    Speaker(slug="silent", name="Nobody Asked"),
)
TRACKS = (
    Track(event="harbour-days-2024", slug="boats", name="Boats, big: and small"),
    Track(event="harbour-days-2024", slug="empty", name="Nothing here"),
)
POSTS = (
    PostInfo(slug="one", path="posts/one.md", title="We are at Harbour Days"),
    PostInfo(slug="two", path="posts/two.md", title="Später", description="Zwei\nZeilen"),
    PostInfo(slug="zero", path="posts/zero.md", title="Nothing scheduled"),
)


def _session(number: int, title: str, start: datetime | date | None, **more: object) -> Session:
    zone = start.tzinfo.key if isinstance(start, datetime) and isinstance(start.tzinfo, ZoneInfo) else None
    values: dict[str, object] = {
        "slug": f"session-{number}",
        "title": title,
        "start": start,
        "timezone": zone,
        "uid": f"00000000-0000-5000-8000-{number:012}",
        "event": "harbour-days-2024",
        "speakers": ("ana-li", "bo"),
        "posts": ("posts/one.md",),
        **more,
    }
    return Session(**values)  # type: ignore[arg-type]


FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
FLAGS = "\U0001f1eb\U0001f1f7\U0001f1ee\U0001f1f3"
_PARIS = "Europe/Paris"

_SESSIONS = (
    _session(
        1, "Plain", at(_PARIS, "2024-03-30T10:00"), end=at(_PARIS, "2024-03-30T10:30"), format="Keynote"
    ),
    _session(2, "No end known", at(_PARIS, "2024-03-30T11:00"), track="boats", room="Salle 1; côté mer"),
    _session(
        3, "Second half past two", at(_PARIS, "2024-10-27T02:30", fold=1), end=at(_PARIS, "2024-10-27T03:30")
    ),
    _session(4, "First half past two", at(_PARIS, "2024-10-27T02:30"), end=at(_PARIS, "2024-10-27T04:00")),
    _session(
        5,
        "Ends in the hour that comes twice",
        at(_PARIS, "2024-10-27T01:00"),
        end=at(_PARIS, "2024-10-27T02:15", fold=1),
    ),
    _session(6, "Over New Year", at(_PARIS, "2024-12-31T23:00"), end=at(_PARIS, "2025-01-01T01:00")),
    _session(7, "Leap day", date(2024, 2, 29), end=date(2024, 3, 1)),
    _session(8, "All day without an end", date(2024, 12, 31)),
    _session(
        9, "Cancelled", at(_PARIS, "2024-03-31T09:00"), end=at(_PARIS, "2024-03-31T09:45"), status="cancelled"
    ),
    _session(
        10,
        "Postponed",
        at(_PARIS, "2024-03-31T10:00"),
        end=at(_PARIS, "2024-03-31T10:45"),
        status="postponed",
    ),
    _session(
        11,
        "Tentative",
        at(_PARIS, "2024-03-31T11:00"),
        end=at(_PARIS, "2024-03-31T11:45"),
        status="tentative",
    ),
    _session(
        12,
        "Half an hour off",
        at("Asia/Kolkata", "2026-02-27T09:30"),
        end=at("Asia/Kolkata", "2026-02-27T10:15"),
        event="city-only-2026",
        posts=("posts/two.md",),
    ),
    _session(
        13,
        "Negative daylight saving",
        at("Europe/Dublin", "2024-07-01T09:00"),
        end=at("Europe/Dublin", "2024-07-01T10:00"),
        event=None,
    ),
    _session(
        14,
        "Irregular",
        at("Africa/Casablanca", "2026-02-20T09:00"),
        end=at("Africa/Casablanca", "2026-02-20T10:00"),
        event=None,
    ),
    _session(
        15,
        "A last change",
        at("America/Vancouver", "2026-01-20T09:00"),
        end=at("America/Vancouver", "2026-12-20T10:00"),
        event=None,
    ),
    _session(
        16, "Universal", at("Etc/UTC", "2026-02-20T09:00"), end=at("Etc/UTC", "2026-02-20T10:00"), event=None
    ),
    _session(
        17,
        "Half-hour daylight saving",
        at("Australia/Lord_Howe", "2025-04-06T09:00"),
        end=at("Australia/Lord_Howe", "2025-10-05T10:00"),
        event=None,
    ),
    _session(
        18,
        "日本語の長いタイトル" * 30,
        at("Asia/Tokyo", "2025-05-05T09:00"),
        end=at("Asia/Tokyo", "2025-05-05T10:00"),
        event=None,
    ),
    _session(
        19,
        FAMILY * 12,
        at(_PARIS, "2024-04-01T09:00"),
        end=at(_PARIS, "2024-04-01T09:30"),
        description=f"x{FAMILY}" * 40,
    ),
    _session(
        20,
        FLAGS * 15,
        at(_PARIS, "2024-04-01T09:30"),
        end=at(_PARIS, "2024-04-01T10:00"),
        description=FLAGS * 200,
    ),
    _session(
        21,
        "Zalgo" + "e\u0301\u0323\u0302" * 60,
        at(_PARIS, "2024-04-01T10:00"),
        end=at(_PARIS, "2024-04-01T10:30"),
        description="Cafe\u0301, " * 400,
    ),
    _session(
        22,
        "  Control\x00 \x1b[31mred\x85\u2029line\ud800\ufeff \u202egnp.exe  ",
        at(_PARIS, "2024-04-01T11:00"),
        end=at(_PARIS, "2024-04-01T11:30"),
        description="BEGIN:VEVENT\r\nUID:evil\r\nEND:VEVENT\r\n",
    ),
    _session(
        23,
        '"Quoted"; a, b \\ c: d^e',
        at(_PARIS, "2024-04-01T12:00"),
        end=at(_PARIS, "2024-04-01T12:30"),
        room='Room "7"; left, \\ right',
        room_url='https://maps.example/é?x="<>',
        format='For"mat',
        url="https://a.example/b c",
    ),
    _session(
        24,
        "Online",
        at(_PARIS, "2024-04-01T13:00"),
        end=at(_PARIS, "2024-04-01T13:30"),
        conference_url="https://meet.example/j/1?pwd=a,b;c",
        image="https://a.example/ü.jpg",
        url="javascript:alert(1)",
    ),
    _session(
        25,
        "By phone",
        at(_PARIS, "2024-04-01T14:00"),
        end=at(_PARIS, "2024-04-01T14:30"),
        conference_url="tel:+33-1-23",
    ),
    _session(
        26,
        "word " * 100,
        at(_PARIS, "2024-04-01T15:00"),
        end=at(_PARIS, "2024-04-01T15:30"),
        description="A sentence of no consequence. " * 400,
        url="https://a.example/" + "x" * 300,
    ),
    _session(
        27, "\u200b\x07", at(_PARIS, "2024-04-01T16:00"), end=at(_PARIS, "2024-04-01T16:30"), format="Panel"
    ),
    _session(28, "Day after day", date(2024, 4, 29), end=date(2024, 5, 3), status="cancelled"),
    _session(29, "Not known when", None),
    _session(30, "Held back", at(_PARIS, "2024-04-01T17:00"), held="end-before-start"),
    _session(
        31,
        "Backslashes \\, and \\; and \\n and \\\\",
        at(_PARIS, "2024-04-01T18:00"),
        end=at(_PARIS, "2024-04-01T18:30"),
        description="\\" * 500,
    ),
    _session(
        32,
        "Spaces",
        at(_PARIS, "2024-04-01T19:00"),
        end=at(_PARIS, "2024-04-01T19:30"),
        description="a" + " " * 300 + "b",
    ),
)

SCHEDULE = Schedule(
    events=EVENTS,
    sessions=tuple(sorted(_SESSIONS, key=session_order)),
    speakers=SPEAKERS,
    tracks=TRACKS,
    posts=POSTS,
)
REVISIONS = {
    value.uid: Revision(uid=value.uid, sequence=number % 3, created=CREATED, last_modified=REVISED)
    for number, value in enumerate((*EVENTS, *_SESSIONS))
    if value.uid is not None
}
