"""Owns the proof that calendar programs see what the posts said: times by zoneinfo, texts as given."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from unicodedata import normalize

import pytest

from feeds.model import Session
from feeds.publication import publish
from feeds.settings import Settings
from tests.conformance.samples import EVENTS, REVISIONS, SCHEDULE
from tests.interop.readers import (
    Reader,
    Seen,
    with_home_assistant,
    with_icalendar,
    with_icaljs,
    with_node_ical,
    with_vobject,
)

READERS = [with_icalendar, with_vobject, with_home_assistant, with_icaljs, with_node_ical]
FEEDS = publish(SCHEDULE, revisions=REVISIONS, settings=Settings(base_url="https://talks.example")).feeds
BY_UID = {session.uid: session for session in SCHEDULE.sessions}
STATUS = {
    "confirmed": "CONFIRMED",
    "tentative": "TENTATIVE",
    "postponed": "TENTATIVE",
    "cancelled": "CANCELLED",
}

# node-ical unescapes `\\n` to a newline wherever it stands, and takes Vancouver's rules from its Node.
NOT_OF_NODE_ICAL = {"00000000-0000-5000-8000-000000000031", "00000000-0000-5000-8000-000000000015"}
# Clean titles have to come out as they are; the others are sanitised, which the property tests cover.
CLEAN = [
    session
    for session in SCHEDULE.sessions
    if session.title.isprintable() and session.title == session.title.strip() and len(session.title) < 255
]


def instant(moment: datetime | date) -> datetime | date:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


def expected_times(session: Session) -> tuple[datetime | date, datetime | date]:
    assert session.start is not None
    start = instant(session.start)
    if session.end is not None:
        return start, instant(session.end)
    return start, start + (timedelta(minutes=30) if isinstance(start, datetime) else timedelta(days=1))


@cache
def read(reader: Reader, *, method: str | None) -> dict[str, list[Seen]]:
    """What a reader sees in each feed, by address."""
    feeds = [feed for feed in FEEDS if feed.method == method]
    found = reader([feed.body for feed in feeds])
    return {feed.address: seen for feed, seen in zip(feeds, found, strict=True)}


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_reader_sees_every_event_once(reader: Reader) -> None:
    seen = read(reader, method=None)
    assert {address: len({each.uid for each in events}) for address, events in seen.items()} == {
        feed.address: feed.count for feed in FEEDS if feed.method is None
    }


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_reader_sees_the_times_of_the_posts(reader: Reader) -> None:
    seen = {each.uid: (each.start, each.end) for each in read(reader, method=None)["/all.ics"]}
    skipped = NOT_OF_NODE_ICAL if reader is with_node_ical else set()
    wanted = {uid: expected_times(BY_UID[uid]) for uid in seen if uid in BY_UID}
    assert {uid: times for uid, times in seen.items() if uid in BY_UID and uid not in skipped} == {
        uid: times for uid, times in wanted.items() if uid not in skipped
    }
    conference, one_day = EVENTS[:2]
    assert (seen[conference.uid or ""], seen[one_day.uid or ""]) == (
        (date(2024, 3, 30), date(2024, 4, 2)),
        (date(2026, 2, 27), date(2026, 2, 28)),
    )


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_reader_sees_the_titles_of_the_posts(reader: Reader) -> None:
    seen = {each.uid: each.summary for each in read(reader, method=None)["/all.ics"]}
    skipped = NOT_OF_NODE_ICAL if reader is with_node_ical else set()
    clean = [session for session in CLEAN if session.uid in seen and session.uid not in skipped]
    assert len(clean) > 15
    assert {session.uid: seen[session.uid or ""] for session in clean} == {
        session.uid: normalize("NFC", session.title) for session in clean
    }


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_reader_sees_status_and_sequence(reader: Reader) -> None:
    seen = {each.uid: (each.status, each.sequence) for each in read(reader, method=None)["/all.ics"]}
    assert seen == {
        uid: (STATUS[value.status], REVISIONS[uid].sequence)
        for value in (*EVENTS, *SCHEDULE.sessions)
        if (uid := value.uid) in seen and uid is not None
    }


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@pytest.mark.parametrize(
    ("number", "location", "first_line"),
    [
        (2, "Salle 1; côté mer, Palais \\ des Congrès, Paris", "End not announced"),
        (1, "Palais \\ des Congrès, Paris", "Keynote · Harbour Days, spring; 2024 edition"),
        (
            23,
            'Room "7"; left, \\ right, Palais \\ des Congrès, Paris',
            'For"mat · Harbour Days, spring; 2024 edition',
        ),
        (12, "पुणे", "Only a city"),
        (9, "Palais \\ des Congrès, Paris", "Cancelled"),
    ],
)
def test_reader_sees_place_and_description(
    reader: Reader, number: int, location: str, first_line: str
) -> None:
    (seen,) = read(reader, method="PUBLISH")[f"/sessions/session-{number}.ics"]
    assert seen.location == location
    assert (seen.description or "").split("\n")[0] == first_line


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_reader_sees_one_event_in_a_download(reader: Reader) -> None:
    seen = read(reader, method="PUBLISH")
    assert {address: [each.uid for each in events] for address, events in seen.items()} == {
        f"/sessions/{session.slug}.ics": [session.uid]
        for session in SCHEDULE.sessions
        if session.start is not None and session.held is None
    }
