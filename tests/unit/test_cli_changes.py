"""Owns the tests of changes on a terminal and between two records, as a careful person would tell them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from feeds.cli.changes import changes_between, in_words
from feeds.revisions import Change, Facts, Record, describe, revise
from tests.unit.revisions_site import EDITED, MADE, SITE, Edit, Talk, add, change, conference, drop, edited

OSLO = ZoneInfo("Europe/Oslo")
BEFORE = Facts(
    title="Opening words",
    start=datetime(2027, 5, 4, 9, 0, tzinfo=OSLO),
    end=datetime(2027, 5, 4, 9, 45, tzinfo=OSLO),
    timezone="Europe/Oslo",
    room="Room A",
)


def told(before: Facts | None, **others: object) -> Change:
    return Change(
        uid="1",
        subject="session",
        slug="opening-words",
        event=None,
        at=datetime(2027, 1, 1, tzinfo=UTC),
        sequence=1,
        before=before,
        after=replace(BEFORE, **others),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (told(None), "added: “Opening words” Tue 4 May 2027 09:00 Europe/Oslo"),
        (told(BEFORE, status="cancelled"), "cancelled: “Opening words” Tue 4 May 2027 09:00 Europe/Oslo"),
        (told(BEFORE, room=None), "new room: “Opening words” Room A → none"),
        (told(BEFORE, title="a\x1b[2Jb: c"), "renamed: “a [2Jb: c” was “Opening words”"),
    ],
)
def test_change_is_told_in_the_words_of_the_record(one: Change, line: str) -> None:
    assert in_words([one], width=None).plain.split("\n") == [
        line, "", "Subscribers will see changes in 1 session.",
    ]  # fmt: skip


def test_long_words_go_on_below_themselves() -> None:
    lines = in_words([told(BEFORE, room="The long room behind the kitchen")], width=40).plain.split("\n")
    assert lines[:3] == [
        "new room: “Opening words” Room A → The",
        "          long room behind the kitchen",
        "",
    ]


def test_nothing_new_is_said() -> None:
    assert in_words([], width=80).plain == "Subscribers will see nothing new."


def test_conferences_and_sessions_are_counted_apart() -> None:
    both = [told(None), told(None), replace(told(None), subject="event")]
    last = in_words(both, width=None).plain.split("\n")[-1]
    assert last == "Subscribers will see changes in 2 sessions and 1 event."


def recorded(*edits: Edit, since: Record | None = None, later: timedelta = timedelta(0)) -> Record:
    """The record after some edits made at once, on top of another one."""
    site = edited(SITE, edits)
    return revise(site.schedule(), record=since or Record(), now=(EDITED if since else MADE) + later).record


FIRST = recorded()
SECOND = recorded(change("charts", day=1), since=FIRST)
SPARED = recorded(drop("boats"), since=FIRST)
TOUR = "“Boat Tour” Thu 6 May 2027"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (FIRST, FIRST, []),
        (FIRST, SECOND, ["moved: “Charting Unknown Waters” Tue 4 May 11:00 → Wed 5 May 11:00 Europe/Lisbon"]),
        # two steps are one to who sees only the last
        (
            FIRST,
            recorded(change("charts", day=2, room="Dock"), since=SECOND),
            [
                "moved: “Charting Unknown Waters” Tue 4 May 11:00 → Thu 6 May 11:00 Europe/Lisbon; "
                "new room: none → Dock"
            ],
        ),
        (FIRST, recorded(since=SECOND), []),
        (FIRST, SPARED, [f"cancelled: {TOUR}"]),
        (FIRST, recorded(drop("boats"), since=SPARED, later=timedelta(days=400)),
         [f"cancelled: {TOUR}"]),
        (FIRST, recorded(add("new", Talk(title="Night Watch", day=2)), since=FIRST),
         ["added: “Night Watch” Thu 6 May 2027 09:00 Europe/Lisbon"]),
        (FIRST, recorded(conference("harbour", name="Sea Conf"), since=FIRST),
         ["renamed: “Sea Conf” was “Harbour Conf”"]),
        (FIRST, recorded(change("charts", description="What is left white."), since=FIRST),
         ["new text: “Charting Unknown Waters” description"]),
    ],
)  # fmt: skip
def test_records_differ_by_what_subscribers_see(before: Record, after: Record, words: list[str]) -> None:
    assert [describe(one) for one in changes_between(before, after)] == words


def test_what_was_cancelled_before_anybody_heard_of_it_is_no_news() -> None:
    found = changes_between(Record(), SPARED)
    assert {one.kinds for one in found} == {("added",)}
    assert {one.uid for one in found} == {uid for uid, entry in SPARED.entries.items() if entry.live}
