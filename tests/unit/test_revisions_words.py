"""Owns the tests of changes in words, against what a careful person would write."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from feeds.revisions import Change, Facts, describe, in_json, in_markdown, in_text, joined, tell

MADRID = ZoneInfo("Europe/Madrid")
GAP = Facts(
    title="Mind the Gap",
    start=datetime(2024, 3, 14, 14, 40, tzinfo=MADRID),
    end=datetime(2024, 3, 14, 15, 10, tzinfo=MADRID),
    timezone="Europe/Madrid",
    room="Auditorium",
    speakers=("Ann Lee",),
)
TOUR = Facts(title="City Tour", start=date(2024, 3, 14), end=date(2024, 3, 15))
FRIDAY = datetime(2024, 3, 15, 10, 0, tzinfo=MADRID)
FRIDAY_END = datetime(2024, 3, 15, 10, 30, tzinfo=MADRID)


def change(before: Facts | None, after: Facts, *also: str) -> Change:
    return Change(
        uid="u", subject="session", slug="s", event="e", at=datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
        sequence=1, before=before, after=after, also=also,
    )  # fmt: skip


CASES = [
    (None, GAP, (), "added: “Mind the Gap” Thu 14 Mar 2024 14:40 Europe/Madrid"),
    (None, TOUR, (), "added: “City Tour” Thu 14 Mar 2024"),
    (None, replace(TOUR, end=date(2024, 3, 17)), (), "added: “City Tour” Thu 14 Mar – Sat 16 Mar 2024"),
    (None, Facts(title="Soon"), (), "added: “Soon” at a time not known"),
    (GAP, replace(GAP, start=FRIDAY, end=FRIDAY_END), (),
     "moved: “Mind the Gap” Thu 14 Mar 14:40 → Fri 15 Mar 10:00 Europe/Madrid"),
    (GAP, replace(GAP, end=datetime(2024, 3, 14, 15, 40, tzinfo=MADRID)), (),
     "moved: “Mind the Gap” Thu 14 Mar 14:40–15:10 → Thu 14 Mar 14:40–15:40 Europe/Madrid"),
    (GAP, replace(GAP, end=None), (),
     "moved: “Mind the Gap” Thu 14 Mar 14:40–15:10 → Thu 14 Mar 14:40 Europe/Madrid"),
    (GAP, replace(GAP, start=FRIDAY.replace(year=2025), end=FRIDAY_END.replace(year=2025)), (),
     "moved: “Mind the Gap” Thu 14 Mar 2024 14:40 → Sat 15 Mar 2025 10:00 Europe/Madrid"),
    (GAP, replace(GAP, start=datetime(2024, 3, 14, 14, 40, tzinfo=UTC),
                  end=datetime(2024, 3, 14, 15, 10, tzinfo=UTC), timezone="UTC"), (),
     "moved: “Mind the Gap” Thu 14 Mar 14:40 Europe/Madrid → Thu 14 Mar 14:40 UTC"),
    (GAP, replace(GAP, start=date(2024, 3, 15), end=date(2024, 3, 16), timezone=None), (),
     "moved: “Mind the Gap” Thu 14 Mar 14:40–15:10 Europe/Madrid → Fri 15 Mar"),
    (GAP, replace(GAP, title="Mind It"), (), "renamed: “Mind It” was “Mind the Gap”"),
    (GAP, replace(GAP, room="Hall"), (), "new room: “Mind the Gap” Auditorium → Hall"),
    (GAP, replace(GAP, room=None), (), "new room: “Mind the Gap” Auditorium → none"),
    (GAP, replace(GAP, venue="Palau", city="Girona"), (), "new place: “Mind the Gap” none → Palau, Girona"),
    (GAP, replace(GAP, speakers=("Ann Lee", "Bo Kim")), (),
     "new speakers: “Mind the Gap” Ann Lee → Ann Lee, Bo Kim"),
    (GAP, replace(GAP, status="cancelled"), (),
     "cancelled: “Mind the Gap” Thu 14 Mar 2024 14:40 Europe/Madrid"),
    (replace(GAP, status="cancelled"), GAP, (),
     "revived: “Mind the Gap” Thu 14 Mar 2024 14:40 Europe/Madrid"),
    (GAP, replace(GAP, status="tentative"), (), "new status: “Mind the Gap” confirmed → tentative"),
    (GAP, GAP, ("description", "room_url"), "new text: “Mind the Gap” description, room link"),
    (GAP, replace(GAP, title="Mind It", start=FRIDAY, end=FRIDAY_END, room="Hall"), ("description",),
     "moved: “Mind It” Thu 14 Mar 14:40 → Fri 15 Mar 10:00 Europe/Madrid; renamed from “Mind the Gap”; "
     "new room: Auditorium → Hall; new text: description"),
    (replace(GAP, title="a\r\nb"), replace(GAP, title="x\u202e\x1b[2J\x00y"), (),
     "renamed: “x [2J y” was “a b”"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "also", "words"), CASES, ids=[case[3][:50] for case in CASES])
def test_change_is_told_as_a_person_would(
    before: Facts | None, after: Facts, also: tuple[str, ...], words: str
) -> None:
    assert describe(change(before, after, *also)) == words


def test_parts_of_a_change_keep_names_from_right_to_left_apart() -> None:
    told = tell(change(replace(GAP, title="פנים", room="A"), replace(GAP, title="خارج", room="ב")))
    assert told == (
        "renamed",
        "خارج",
        "was “\u2068פנים\u2069”; new room: A → \u2068ב\u2069",
    )
    assert joined(told) == f"renamed: “\u2068خارج\u2069” {told.detail}"


def test_words_for_a_terminal_hold_no_isolates() -> None:
    one = change(None, replace(GAP, title="خارج\u2069"))
    assert describe(one) == "added: “خارج” Thu 14 Mar 2024 14:40 Europe/Madrid"


def test_changes_in_text_are_a_line_each() -> None:
    both = [change(None, GAP), change(GAP, replace(GAP, room="Hall"))]
    assert in_text(both) == f"{describe(both[0])}\n{describe(both[1])}\n"
    assert in_text([]) == ""


def test_changes_in_markdown_stay_a_list_of_words() -> None:
    hostile = replace(
        GAP, title="<script>[x](javascript:y)</script> `a` *b* _c_ # d\n\n# e &amp; | f ~g~ ![h]"
    )
    assert in_markdown([change(None, hostile)]) == (
        "Subscribers will see:\n\n"
        r"- added: “\<script\>\[x\]\(javascript:y\)\</script\> \`a\` \*b\* \_c\_ \# d"
        r" \# e \&amp; \| f \~g\~ \!\[h\]” Thu 14 Mar 2024 14:40 Europe/Madrid"
        "\n"
    )
    assert in_markdown([]) == "Subscribers will see no change.\n"


def test_changes_in_json_hold_before_and_after() -> None:
    (told,) = in_json([change(GAP, replace(GAP, start=date(2024, 3, 15), end=None, timezone=None))])
    before = {
        "title": "Mind the Gap", "start": "2024-03-14T14:40:00+01:00", "end": "2024-03-14T15:10:00+01:00",
        "timezone": "Europe/Madrid", "status": "confirmed", "room": "Auditorium", "venue": None,
        "city": None, "track": None, "format": None, "speakers": ["Ann Lee"], "url": None,
    }  # fmt: skip
    assert json.loads(json.dumps(told)) == {
        "uid": "u", "subject": "session", "slug": "s", "event": "e", "kinds": ["moved"],
        "at": "2024-01-02T03:04:05Z", "sequence": 1, "also": [], "before": before,
        "after": {**before, "start": "2024-03-15", "end": None, "timezone": None},
        "words": "moved: “Mind the Gap” Thu 14 Mar 14:40–15:10 Europe/Madrid → Fri 15 Mar",
    }  # fmt: skip


@pytest.mark.parametrize("title", ["*" * 100_000, "\x00" * 100_000, " \n" * 50_000, "](" * 50_000])
def test_words_of_hostile_titles_take_linear_time(title: str) -> None:
    one = change(None, replace(GAP, title=title))
    assert in_markdown([one]).count("\n") == 3
