"""Owns the tests of changes in words, against what a careful person would write to the subscribers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from feeds.cli.changes import in_words, moment
from feeds.revisions import Change, Facts

OSLO = ZoneInfo("Europe/Oslo")
BEFORE = Facts(
    title="Opening words",
    start=datetime(2027, 5, 4, 9, 0, tzinfo=OSLO),
    end=datetime(2027, 5, 4, 9, 45, tzinfo=OSLO),
    timezone="Europe/Oslo",
    room="Room A",
    city="Oslo",
    speakers=("Ada Example",),
)


def change(before: Facts | None, *, also: tuple[str, ...] = (), **others: object) -> Change:
    return Change(
        uid="1",
        subject="session",
        slug="opening-words",
        event=None,
        at=datetime(2027, 1, 1, tzinfo=UTC),
        sequence=1,
        before=before,
        after=replace(BEFORE, **others),  # type: ignore[arg-type]
        also=also,
    )


@pytest.mark.parametrize(
    ("changed", "lines"),
    [
        (change(None), ["added         Opening words (Tuesday, 4 May 2027, 09:00–09:45)"]),
        (
            change(BEFORE, status="cancelled"),
            ["cancelled     Opening words (Tuesday, 4 May 2027, 09:00–09:45)"],
        ),
        (change(BEFORE, title="First words"), ["renamed       Opening words → First words"]),
        (
            change(BEFORE, start=datetime(2027, 5, 5, 9, 0, tzinfo=OSLO), end=None),
            ["moved         Opening words: Tuesday, 4 May 2027, 09:00–09:45 → Wednesday, 5 May 2027, 09:00"],
        ),
        (
            change(BEFORE, timezone="Europe/Berlin"),
            [
                "moved         Opening words: Tuesday, 4 May 2027, 09:00–09:45 Europe/Oslo "
                "→ Tuesday, 4 May 2027, 09:00–09:45 Europe/Berlin"
            ],
        ),
        (
            change(BEFORE, room=None, speakers=("Ada Example", "Zoë Sample")),
            [
                "new room      Opening words: Room A → none",
                "new speakers  Opening words: Ada Example → Ada Example, Zoë Sample",
            ],
        ),
        (change(BEFORE, city="Bergen", venue="Hall"), ["new place     Opening words: Oslo → Hall, Bergen"]),
        (change(BEFORE, also=("description",)), ["new text      Opening words: description"]),
        (
            change(BEFORE, title="a\x1b[2Jb", room="Room A"),
            ["renamed       Opening words → a␛[2Jb"],
        ),
    ],
)
def test_change_is_told_in_words(changed: Change, lines: list[str]) -> None:
    told = in_words([changed], width=None).plain.split("\n")
    assert told == [*lines, "", "Subscribers will see changes in 1 session."]


def test_nothing_new_is_said() -> None:
    assert in_words([], width=80).plain == "Subscribers will see nothing new."


def test_conferences_and_sessions_are_counted_apart() -> None:
    both = [change(None), change(None), replace(change(None), subject="event")]
    told = in_words(both, width=None).plain.split("\n")
    assert told[-1] == "Subscribers will see changes in 2 sessions and 1 event."


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2027, 5, 4), None, "4 May 2027"),
        (date(2027, 5, 4), date(2027, 5, 5), "4 May 2027"),
        (date(2027, 5, 4), date(2027, 5, 7), "4–6 May 2027"),
        (None, None, "no day yet"),
    ],
)
def test_moment_of_days_ends_with_the_last_day(start: date | None, end: date | None, words: str) -> None:
    assert moment(start, end) == words
