"""Owns the tests of the front-matter dialect: every field, every fault, the documentation and the schema."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from feeds.post import read_post
from feeds.settings import Settings
from feeds.understand.draft import Draft, DraftEvent, DraftSession
from feeds.understand.reading import understand
from feeds.understand.structured import EVENT_KEYS, SESSION_KEYS, SPEAKER_KEYS

DOCS = Path(__file__).parents[2] / "docs"


def read(front: str, prose: str = "Hello.\n") -> Draft:
    post, findings = read_post(
        "posts/a.md", f"---\ntitle: Where to meet us\ndate: 2024-03-01\n{front}\n---\n\n{prose}".encode()
    )
    assert post is not None
    assert findings == ()
    return understand(post, Settings())


def told(draft: Draft) -> list[tuple[str, int, str | None]]:
    """Rule, line (counted from the first that a test writes) and help of each finding, in order of lines."""
    return sorted((one.rule, one.line - 3, one.help) for one in draft.findings)


def event(front: str) -> DraftEvent:
    draft = read(front)
    assert told(draft) == []
    (only,) = draft.events
    return only


SUMMIT = "events: {name: Zone Summit, start: 2024-03-14, city: Lisbon}\n"


def session(fields: str, *, events: str = SUMMIT) -> DraftSession:
    draft = read(f"{events}sessions:\n- {{title: Gap, {fields}}}")
    assert told(draft) == []
    (only,) = draft.sessions
    return only


# --- events ---------------------------------------------------------------------------------------

EVENTS: list[tuple[str, str, Any]] = [
    ("slug: zone-summit", "slug", "zone-summit"),
    ("uid: zone-summit@example.org", "uid", "zone-summit@example.org"),
    ("start: 2024-03-14", "last", date(2024, 3, 14)),
    ("start: 2024-03-14, end: 2024-03-16", "last", date(2024, 3, 16)),
    ("date: 2024-03-14", "first", date(2024, 3, 14)),
    ("dates: 2024-03-14/2024-03-16", "last", date(2024, 3, 16)),
    ("dates: 14-16 March 2024", "last", date(2024, 3, 16)),
    ("start: 2024-03-14 09:00", "first", date(2024, 3, 14)),
    ("timezone: Europe/Lisbon", "timezone", "Europe/Lisbon"),
    ("venue: Casa do Brasil", "venue", "Casa do Brasil"),
    ("city: Nowhere-upon-Sea, timezone: Europe/London", "venue", "Nowhere-upon-Sea"),
    ("url: 'https://example.org/'", "url", "https://example.org/"),
    ("online: true", "online", True),
    ("description: A summit.", "description", "A summit."),
    ("image: /a.png", "image", "/a.png"),
    ("status: Canceled", "status", "cancelled"),
]


@pytest.mark.parametrize(("fields", "name", "value"), EVENTS)
def test_event_has_what_its_fields_say(fields: str, name: str, value: Any) -> None:
    assert getattr(event(f"event: {{name: Zone Summit, {fields}}}"), name) == value


@pytest.mark.parametrize(
    ("country", "zone"), [("FR", "Europe/Paris"), ("France", "Europe/Paris"), ("Texas", "America/Chicago")]
)
def test_country_tells_cities_of_one_name_apart(country: str, zone: str) -> None:
    place = event(f"events: [{{name: A, city: Paris, country: {country}}}]").place
    assert place is not None
    assert place.timezone == zone


# --- sessions -------------------------------------------------------------------------------------

AFTERNOON = datetime(2024, 3, 14, 14, 40)  # noqa: DTZ001 - drafts hold local times of a zone beside them
SESSIONS: list[tuple[str, str, Any]] = [
    ("start: 2024-03-14 14:40", "start", AFTERNOON),
    ("start: 2024-03-14T14:40:00", "start", AFTERNOON),
    ("start: 14:40", "start", AFTERNOON),
    ("start: '2:40 pm'", "start", AFTERNOON),
    ("start: 'March 14, 2:40pm'", "start", AFTERNOON),
    ("start: 2024-03-14T15:40+01:00", "start", AFTERNOON),
    ("start: 2024-03-14T14:40Z", "start", AFTERNOON),
    ("start: 14:40, date: 2024-03-15", "start", AFTERNOON.replace(day=15)),
    ("start: 14:40", "timezone", "Europe/Lisbon"),
    ("start: 14:40, timezone: Europe/Paris", "timezone", "Europe/Paris"),
    ("start: 14:40, end: 15:10", "end", AFTERNOON.replace(hour=15, minute=10)),
    ("start: 14:40, end: 2024-03-14 15:10", "end", AFTERNOON.replace(hour=15, minute=10)),
    ("start: 14:40 - 15:10", "end", AFTERNOON.replace(hour=15, minute=10)),
    ("start: 22:00, end: 01:00", "end", AFTERNOON.replace(day=15, hour=1, minute=0)),
    *(
        (f"start: 14:40, duration: {text}", "end", AFTERNOON.replace(hour=16, minute=10))
        for text in ("90", "90 min", "1h30", "1 h 30 min", "'1:30'", "1.5 hours", "PT1H30M", "PT90M")
    ),
    ("start: 14:40, duration: 30", "end", AFTERNOON.replace(hour=15, minute=10)),
    ("start: 2024-03-30 23:30, duration: 3h", "end", AFTERNOON.replace(day=31, hour=3, minute=30)),
    ("date: 2024-03-14", "end", date(2024, 3, 15)),
    ("start: 14:40, all_day: true", "start", date(2024, 3, 14)),
    ("start: 2024-03-14, end: 2024-03-15", "end", date(2024, 3, 16)),
    ("date: 2024-03-14/2024-03-15", "end", date(2024, 3, 16)),
    ("start: 2024-03-14, duration: 2 days", "end", date(2024, 3, 16)),
    ("start: 14:40, track: Zones", "track", "Zones"),
    ("start: 14:40, format: Workshop", "format", "Workshop"),
    ("start: 14:40, room: 5", "room", "5"),
    ("start: 14:40, room_url: 'https://example.org/5'", "room_url", "https://example.org/5"),
    ("start: 14:40, url: 'https://example.org/gap'", "url", "https://example.org/gap"),
    (
        "start: 14:40, conference_url: 'https://meet.example.org/x'",
        "conference_url",
        "https://meet.example.org/x",
    ),
    ("start: 14:40, description: 'Why.'", "description", "Why."),
    ("start: 14:40, image: /a.png", "image", "/a.png"),
    ("start: 14:40, status: postponed", "status", "postponed"),
    ("start: 14:40, slug: gap", "slug", "gap"),
    ("start: 14:40, uid: gap-1", "uid", "gap-1"),
]


@pytest.mark.parametrize(("fields", "name", "value"), SESSIONS)
def test_session_has_what_its_fields_say(fields: str, name: str, value: Any) -> None:
    assert getattr(session(fields), name) == value


SPEAKERS: list[tuple[str, list[tuple[str, str | None]]]] = [
    ("speaker: Ada Lovelace", [("Ada Lovelace", None)]),
    (
        "speakers: 'Ada Lovelace, Engines & Grace Hopper'",
        [("Ada Lovelace", "Engines"), ("Grace Hopper", None)],
    ),
    ("speakers: [Ada Lovelace, Grace Hopper]", [("Ada Lovelace", None), ("Grace Hopper", None)]),
    (
        "speakers: [{name: Ada Lovelace, affiliation: Engines}, Grace Hopper]",
        [("Ada Lovelace", "Engines"), ("Grace Hopper", None)],
    ),
    ("speakers: {name: Prince}", [("Prince", None)]),
    ("speakers: []", []),
]


@pytest.mark.parametrize(("fields", "people"), SPEAKERS)
def test_speakers_are_texts_or_mappings(fields: str, people: list[tuple[str, str | None]]) -> None:
    assert [(one.name, one.affiliation) for one in session(f"start: 14:40, {fields}").people] == people


TWO = """\
events:
- {name: Zone Summit, slug: zones, start: 2024-03-14, city: Lisbon}
- {name: Hack Days, start: 2024-04-09, end: 2024-04-10, city: Kolkata}
"""


@pytest.mark.parametrize(
    ("fields", "key", "zone"),
    [
        ("event: zones, start: 14:40", 0, "Europe/Lisbon"),
        ("event: zone summit, start: 14:40", 0, "Europe/Lisbon"),
        ("event: Hack Days, start: 2024-04-10 14:40", 1, "Asia/Kolkata"),
        ("start: 2024-04-10 14:40", 1, "Asia/Kolkata"),
    ],
)
def test_session_belongs_to_the_event_it_names_or_falls_into(fields: str, key: int, zone: str) -> None:
    found = session(fields, events=TWO)
    assert (found.event, found.timezone) == (key, zone)


FAULTS: list[tuple[str, list[tuple[str, int, str | None]]]] = [
    ("events: {city: Lisbon}", [("missing-value", 1, "name: Calendar Summit")]),
    ("events: {name: A, cuntry: PT}", [("unknown-key", 1, "did you mean `country`?")]),
    ("events: {name: A, location: B}", [("unknown-key", 1, "did you mean `venue`?")]),
    (
        "events: {name: A, city: Qwxz}",
        [
            (
                "unknown-city",
                1,
                "mend its spelling; if it is right, add its zone, as in `timezone: Europe/Madrid`",
            )
        ],
    ),
    ("events: {name: A, city: Lisbon, country: FR}", [("unknown-city", 1, "country: PT")]),
    ("events: {name: A, country: Nowhereland}", [("invalid-value", 1, "country: PT")]),
    ("events: {name: A, start: 2024-02-30}", [("impossible-date", 1, "start: 2024-03-01")]),
    ("events: {name: A, start: soon}", [("invalid-value", 1, "start: 2024-03-01")]),
    (
        "events: {name: A, start: 2024-03-14, end: 2024-03-12}",
        [("end-before-start", 1, "if the two are swapped: start: 2024-03-12, end: 2024-03-14")],
    ),
    ("events: {name: A, online: maybe}", [("invalid-value", 1, "online: true")]),
    ("events: {name: A, timezone: europe/lisbon}", [("invalid-value", 1, "timezone: Europe/Lisbon")]),
    ("sessions:\n- title: A\n  start: 2024-03-14 14:40", [("zone-unknown", 2, "timezone: Europe/Madrid")]),
    ("sessions: {room: A}", [("missing-value", 1, "title: Mind the Gap")]),
    ("sessions:\n- title: [A]", [("invalid-value", 2, "title: …")]),
    (
        "sessions:\n- titel: A\n  match: B",
        [
            ("unknown-key", 2, "did you mean `title`?"),
            ("unmatched-override", 3, "write a part of the session's title"),
        ],
    ),
    ("sessions:\n- title: A", [("undated-session", 2, "start: 2024-03-01 14:40")]),
    ("sessions:\n- title: A\n  start: 14:40", [("missing-value", 3, "date: 2024-03-01")]),
    (
        "sessions:\n- title: A\n  start: 2024-03-14 14:40",
        [
            (
                "zone-unknown",
                2,
                "timezone: Europe/Madrid",
            )
        ],
    ),
    (
        "sessions:\n- title: A\n  startTime: 1\n  date: 2024-03-14",
        [("unknown-key", 3, "did you mean `start`?")],
    ),
    *(
        (f"{SUMMIT}sessions:\n- title: A\n  start: 14:40\n  {field}", [(rule, 5, remedy)])
        for field, rule, remedy in (
            ("end: 14:40", "end-before-start", "put the later time into `end`"),
            ("end: 25:10", "impossible-time", "end: 2024-03-14 14:40"),
            ("end: 2024-03-15", "invalid-value", "end: 2024-03-14 15:10"),
            ("duration: long", "invalid-value", "duration: 45 min"),
            ("all_day: often", "invalid-value", "all_day: true"),
            ("url: example.org/gap", "invalid-value", "url: https://example.org/gap"),
            ("url: 'javascript:alert(1)'", "invalid-value", "url: https://example.org/talk"),
            ("status: cancelt", "invalid-value", "status: cancelled"),
            ("slug: ../gap", "invalid-value", "slug: gap"),
            ("uid: a b", "invalid-value", "uid: mind-the-gap-2024"),
            ("speakers: [5]", "invalid-value", "speakers: [Ada Lovelace, Grace Hopper]"),
            ("speakers: [{url: 'https://x.org'}]", "missing-value", "name: Ada Lovelace"),
            ("speakers: [{name: A, company: B}]", "unknown-key", "did you mean `affiliation`?"),
        )
    ),
]


@pytest.mark.parametrize(("front", "findings"), FAULTS)
def test_fault_is_told_at_its_line_with_a_remedy(
    front: str, findings: list[tuple[str, int, str | None]]
) -> None:
    assert told(read(front)) == sorted(findings)


def test_time_that_cannot_be_read_holds_the_session_back() -> None:
    draft = read(f"{SUMMIT}sessions:\n- {{title: A, start: 14:40, end: 13:00}}\n- {{title: B, start: 14:40}}")
    assert [(one.title, one.held) for one in draft.sessions] == [("A", "end-before-start"), ("B", None)]


# --- documentation --------------------------------------------------------------------------------

EXAMPLES = re.findall(r"```yaml\n(.*?)```", (DOCS / "front-matter.md").read_text(encoding="utf-8"), re.DOTALL)
SCHEMA = json.loads((DOCS / "front-matter.schema.json").read_text(encoding="utf-8"))
MEETING = """\
## Zone Summit, Lisbon, Portugal: 14 - 15 March 2026

### [Mind the Gap](https://example.org/gap) - Ada Lovelace, Engines

Saturday, March 14, 14:00 - 14:30

### [Opening](https://example.org/keynote) - Grace Hopper, Navy

Saturday, March 14, 10:00 - 11:00

### Doors open

Saturday, March 14, 9:00
"""


def data_of(front: str) -> Any:
    post, _ = read_post("posts/a.md", f"---\n{front}---\n".encode())
    assert post is not None
    return dict(post.front.data)


def documented(number: int, prose: str = "Hello.\n") -> list[tuple[str, str, str | None, list[str]]]:
    post, _ = read_post("posts/a.md", f"---\n{EXAMPLES[number]}---\n\n{prose}".encode())
    assert post is not None
    draft = understand(post, Settings())
    assert [one for one in draft.findings if one.line <= EXAMPLES[number].count("\n") + 2] == []
    return [(one.title, str(one.start), one.room, [who.name for who in one.people]) for one in draft.sessions]


def test_documented_events_are_read() -> None:
    assert documented(0) == [
        ("What a VTIMEZONE is for", "2026-03-05 18:30:00", None, ["Inês Carvalho"]),
        ("Half-hour offsets", "2026-04-10 10:00:00", "Hall 2", ["Ananya Sen", "Tomás Reis"]),
    ]


def test_documented_overrides_are_laid_over_the_prose() -> None:
    assert documented(1, MEETING) == [
        ("Mind the Gap", "2026-03-14 15:00:00", "Hall A", ["Ada Lovelace"]),
        ("Opening", "2026-03-14 10:00:00", None, []),
    ]


def test_documented_front_matter_of_generators_is_read() -> None:
    assert documented(2) == [("Lisbon Hack Night", "2026-03-05 18:30:00", None, ["Inês Carvalho"])]


def test_schema_knows_the_keys_that_are_read() -> None:
    keys = {name: sorted(kind["properties"]) for name, kind in SCHEMA["$defs"].items()}
    wanted = {"event": sorted(EVENT_KEYS), "session": sorted(SESSION_KEYS), "speaker": sorted(SPEAKER_KEYS)}
    assert keys == wanted


@pytest.mark.parametrize("example", EXAMPLES)
def test_schema_allows_the_documented_examples(example: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(SCHEMA)
    assert [error.message for error in validator.iter_errors(data_of(example))] == []


@pytest.mark.parametrize(
    ("front", "rules"), [(front, findings) for front, findings in FAULTS if findings[0][0] == "unknown-key"]
)
def test_schema_refuses_keys_that_nobody_reads(front: str, rules: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(data_of(f"{front}\n")), rules
