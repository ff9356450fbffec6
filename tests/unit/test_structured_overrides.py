"""Owns the tests of front matter over prose, field by field, and of posts that are an event themselves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from feeds.post import read_post
from feeds.settings import Settings
from feeds.understand.draft import Draft, DraftSession
from feeds.understand.reading import understand

PROSE = """\
## Zone Summit, Lisbon, Portugal: 14 - 15 March 2024

### [Mind the Gap](https://example.org/gap) - Ada Lovelace, Engines

Thursday, March 14, 14:00 - 14:30

### [Leap Seconds](https://example.org/leap) - Grace Hopper, Navy

Friday, March 15, 9:00 - 10:00
"""
START = datetime(2024, 3, 14, 14, 0)  # noqa: DTZ001 - drafts hold local times of a zone beside them


def read(front: str, prose: str = PROSE) -> Draft:
    post, _ = read_post(
        "posts/a.md", f"---\ntitle: Where to meet us\ndate: 2024-03-01\n{front}\n---\n\n{prose}".encode()
    )
    assert post is not None
    return understand(post, Settings())


def plain(session: DraftSession) -> dict[str, Any]:
    """The fields of a session, whatever line they came from."""
    names = [name for name in session.__slots__ if name not in ("reads", "prose", "span", "people")]
    people = [person.name for person in session.people]
    return {name: getattr(session, name) for name in names} | {"people": people}


def overridden(field: str, *, match: str = "Mind the Gap") -> DraftSession:
    draft = read(f"sessions:\n- match: {match}\n  {field}")
    assert [one.rule for one in draft.findings] == []
    assert plain(draft.sessions[1]) == plain(read("").sessions[1])
    return draft.sessions[0]


FIELDS: list[tuple[str, dict[str, Any]]] = [
    ("title: Mind it", {"title": "Mind it"}),
    ("track: Zones", {"track": "Zones"}),
    ("format: Panel", {"format": "Panel"}),
    ("speakers: Alan Turing", {"people": ["Alan Turing"]}),
    ("speakers: []", {"people": []}),
    ("speaker: Alan Turing", {"people": ["Alan Turing"]}),
    ("room: Hall A", {"room": "Hall A"}),
    ("room_url: https://example.org/a", {"room_url": "https://example.org/a"}),
    ("url: https://example.org/b", {"url": "https://example.org/b"}),
    ("url:", {"url": None}),
    ("conference_url: https://example.org/c", {"conference_url": "https://example.org/c"}),
    ("description: Why.", {"description": "Why."}),
    ("image: /a.png", {"image": "/a.png"}),
    ("status: cancelled", {"status": "cancelled"}),
    ("slug: gap", {"slug": "gap"}),
    ("uid: gap-1", {"uid": "gap-1"}),
    ("date: 2024-03-15", {"start": START.replace(day=15), "end": START.replace(day=15, minute=30)}),
    ("start: 15:00", {"start": START.replace(hour=15), "end": START.replace(hour=15, minute=30)}),
    (
        "start: 2024-03-15 15:00",
        {"start": START.replace(day=15, hour=15), "end": START.replace(day=15, hour=15, minute=30)},
    ),
    ("end: 15:00", {"end": START.replace(hour=15)}),
    ("end:", {"end": None}),
    ("duration: 1h", {"end": START.replace(hour=15)}),
    ("all_day: true", {"start": date(2024, 3, 14), "end": date(2024, 3, 15), "timezone": None}),
    ("timezone: Europe/Paris", {"timezone": "Europe/Paris"}),
]


@pytest.mark.parametrize(("field", "changes"), FIELDS)
def test_override_changes_its_field_and_no_other(field: str, changes: dict[str, Any]) -> None:
    before, after = plain(read("").sessions[0]), plain(overridden(field))
    changed = {name: value for name, value in after.items() if value != before[name]}
    assert changed == {"laid": True, **changes}


@pytest.mark.parametrize(
    "match", ["Mind the Gap", "MIND THE GAP", "Mind the", "the gap", "Mind the…", "https://example.org/gap"]
)
def test_match_is_a_title_a_part_of_it_or_the_address(match: str) -> None:
    assert overridden("room: Hall A", match=match).room == "Hall A"


def test_match_of_nothing_suggests_the_nearest_title() -> None:
    (finding,) = read("sessions:\n- match: Mined the Gab\n  room: A").findings
    assert (finding.rule, finding.line, finding.help) == ("unmatched-override", 5, 'match: "Mind the Gap"')


def test_ignored_session_is_none() -> None:
    draft = read("sessions:\n- match: Mind the Gap\n  ignore: true")
    assert [one.title for one in draft.sessions] == ["Leap Seconds"]


def test_session_of_the_same_title_is_the_same_session() -> None:
    draft = read(
        "sessions:\n- title: mind the gap\n  room: Hall A\n- title: Zones\n  start: 2024-03-14 16:00"
    )
    assert [(one.title, one.room, str(one.start)) for one in draft.sessions] == [
        ("mind the gap", "Hall A", "2024-03-14 14:00:00"),
        ("Leap Seconds", None, "2024-03-15 09:00:00"),
        ("Zones", None, "2024-03-14 16:00:00"),
    ]


def test_override_that_cannot_be_read_holds_the_session_as_it_was() -> None:
    found = read("sessions:\n- match: Mind the Gap\n  start: 25:00").sessions[0]
    assert (found.start, found.held) == (START, "impossible-time")


def test_what_the_author_settles_is_doubted_no_more() -> None:
    prose = PROSE.replace("Thursday, March 14", "Friday, March 14")
    doubts = [one.rule for one in read("", prose).findings]
    settled = [one.rule for one in read("sessions:\n- match: Mind the\n  date: 2024-03-14", prose).findings]
    assert (doubts, settled) == (["weekday-mismatch"], [])


def test_prose_can_be_left_unread() -> None:
    draft = read("prose: false\nsession: {title: Zones, start: 2024-03-14 16:00, timezone: UTC}")
    assert [one.title for one in draft.sessions] == ["Zones"]


# --- posts that are an event ----------------------------------------------------------------------

Told = tuple[list[tuple[str, str, str]], list[tuple[str, str, str | None]]]
IMPLIED: dict[str, tuple[str, Told]] = {
    "a day": ("start: 2024-03-05\ncity: Lisbon", ([("Meet", "2024-03-05", "2024-03-05")], [])),
    "days": ("startDate: 2024-03-05\nendDate: 2024-03-07", ([("Meet", "2024-03-05", "2024-03-07")], [])),
    "its date and an end": (
        "date: 2024-03-05\nend: 2024-03-07",
        ([("Meet", "2024-03-05", "2024-03-07")], []),
    ),
    "a time": (
        "start: 2024-03-05 18:30\nlocation: Lisbon, Portugal",
        ([("Meet", "2024-03-05", "2024-03-05")], [("Meet", "2024-03-05 18:30:00", "Europe/Lisbon")]),
    ),
    "a day and a time apart": (
        "event_date: March 5, 2024\nstart_time: 6:30pm\nend_time: 8pm\ntimezone: Asia/Tokyo",
        ([("Meet", "2024-03-05", "2024-03-05")], [("Meet", "2024-03-05 18:30:00", "Asia/Tokyo")]),
    ),
    "an instant": (
        "date: 2024-07-01T13:00:00Z\ndate_end: 2024-07-01T15:00:00Z\nlocation: Berlin, Germany",
        ([("Meet", "2024-07-01", "2024-07-01")], [("Meet", "2024-07-01 15:00:00", "Europe/Berlin")]),
    ),
    "times over days": (
        "start: 2024-03-05T09:00\nend: 2024-03-07T17:00\ncity: Lisbon",
        ([("Meet", "2024-03-05", "2024-03-07")], []),
    ),
    "a talk at an event": (
        "event: Zone Summit\nstart: 2024-03-05 18:30\ncity: Lisbon",
        ([("Zone Summit", "2024-03-05", "2024-03-05")], [("Meet", "2024-03-05 18:30:00", "Europe/Lisbon")]),
    ),
    "an ordinary date": ("date: 2024-03-05", ([], [])),
    "an ordinary date and place": ("date: 2024-03-05\nlocation: Lisbon\nlink: https://example.org", ([], [])),
    "a start that is none": ("date: 2024-03-05\nstart: true\nend: 5", ([], [])),
}


@pytest.mark.parametrize(("front", "wanted"), IMPLIED.values(), ids=IMPLIED.keys())
def test_front_matter_with_a_start_is_an_event(front: str, wanted: Told) -> None:
    post, _ = read_post("posts/a.md", f"---\ntitle: Meet\n{front}\n---\n\nHello.\n".encode())
    assert post is not None
    draft = understand(post, Settings())
    assert [one.rule for one in draft.findings] == []
    events = [(one.name, str(one.first), str(one.last)) for one in draft.events]
    assert (events, [(one.title, str(one.start), one.timezone) for one in draft.sessions]) == wanted


def test_fault_names_the_key_of_the_author() -> None:
    post, _ = read_post("posts/a.md", b"---\ntitle: Meet\nevent_date: 2024-02-30\n---\n")
    assert post is not None
    (finding,) = understand(post, Settings()).findings
    assert (finding.rule, finding.line, finding.help) == ("impossible-date", 3, "event_date: 2024-03-14")


def test_draft_is_hidden() -> None:
    assert [read(f"draft: {value}").hidden for value in ("true", "false")] == [True, False]


def test_entries_of_one_title_at_two_times_are_two_sessions() -> None:
    draft = read(
        "events: {name: Zone Summit, start: 2024-03-14, city: Lisbon}\nsessions:\n"
        "- {title: Coffee, start: 10:00}\n- {title: Coffee, start: 15:00}\n- {title: Coffee, start: 15:00}"
    )
    coffees = [
        one.start.hour for one in draft.sessions if one.title == "Coffee" and hasattr(one.start, "hour")
    ]
    assert coffees == [10, 15]


def test_match_suggests_a_title_with_its_quotation_marks_escaped() -> None:
    draft = read(
        "events: {name: Zone Summit, start: 2024-03-14, city: Lisbon}\nsessions:\n"
        "- {title: 'Say \"hi\" to all', start: 10:00}\n- {match: Say hi to al, room: A}"
    )
    assert [one.help for one in draft.findings] == ['match: "Say \\"hi\\" to all"']
