"""Owns the tests of the stage: UIDs, times, tombstones, broken posts, addresses, history."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from feeds.model import PostInfo, Schedule, Session
from feeds.revisions import Record, Revised, first_revision, history, revise
from tests.unit.revisions_site import (
    EDITED,
    MADE,
    OSLO,
    SITE,
    Conference,
    Edit,
    Talk,
    add,
    change,
    conference,
    drop,
    drop_event,
    edited,
    line_of,
)

BASE = revise(SITE.schedule(), record=Record(), now=MADE)
SECOND = timedelta(seconds=1)


def after(
    *edits: Edit, record: Record = BASE.record, now: datetime | None = EDITED, **options: Any
) -> Revised:
    return revise(edited(SITE, edits).schedule(), record=record, now=now, **options)


def uid(key: str) -> str:
    return next(one.uid or "" for one in BASE.schedule.sessions if one.line == line_of(key))


def session(revised: Revised, key: str) -> Session:
    return next(one for one in revised.schedule.sessions if one.uid == uid(key))


def titles(revised: Revised) -> list[str]:
    return [f"{one.title} {one.status}" for one in revised.schedule.sessions]


# UIDs


def test_uid_is_an_opaque_name_based_uuid() -> None:
    found = {*BASE.record.sessions, *BASE.record.events}
    assert {(len(one), one[14]) for one in found} == {(36, "5")}
    assert len(found) == len(SITE.talks) + len(SITE.events)


def test_uid_does_not_depend_on_clock_or_order_of_posts() -> None:
    turned = replace(
        SITE, talks=dict(reversed(SITE.talks.items())), events=dict(reversed(SITE.events.items()))
    )
    again = revise(turned.schedule(), record=Record(), now=EDITED)
    assert again.schedule == BASE.schedule


def test_uid_without_record_survives_what_a_link_survives() -> None:
    bare = revise(
        edited(SITE, [change("tides", title="Moon", at="18:00", room=None)]).schedule(), record=Record()
    )
    assert [one.uid for one in bare.schedule.sessions if one.title == "Moon"] == [uid("tides")]


def test_uid_of_a_first_title_is_not_given_to_another_session() -> None:
    renamed = after(change("snow", title="Snow Load on Roofs of Steel"))
    fresh = Talk(title="Snow Load on Steel Roofs", event="summit", at="16:00", post="posts/summit.md")
    both = after(
        change("snow", title="Snow Load on Roofs of Steel"), add("new", fresh), record=renamed.record
    )
    assert session(both, "snow").title == "Snow Load on Roofs of Steel"
    assert len({one.uid for one in both.schedule.sessions}) == len(SITE.talks) + 1


@pytest.mark.parametrize("own", ["talk-1@example.com", "urn:uuid:123", "a" * 191, "A.b_c~d/e+f=g"])
def test_uid_of_an_author_is_taken_as_it_stands(own: str) -> None:
    revised = revise(edited(SITE, [change("ropes", uid=own)]).schedule(), record=Record(), now=MADE)
    assert own in revised.revisions
    assert revised.diagnostics == ()


@pytest.mark.parametrize(
    "own", ["", "two words", "a" * 192, "tab\t", "line\nbreak", "semi;colon", "comma,", "é", "\\"]
)
def test_uid_of_an_author_that_calendars_cannot_hold_is_told(own: str) -> None:
    revised = revise(edited(SITE, [change("ropes", uid=own)]).schedule(), record=BASE.record, now=EDITED)
    assert [(one.rule, one.line) for one in revised.diagnostics] == [("invalid-value", line_of("ropes"))]
    assert revised.record is BASE.record


def test_uid_written_twice_stays_with_the_first() -> None:
    revised = revise(
        edited(SITE, [change("ropes", "charts", uid="mine")]).schedule(), record=Record(), now=MADE
    )
    assert [(one.rule, one.line) for one in revised.diagnostics] == [("invalid-value", line_of("charts"))]
    assert [one.title for one in revised.schedule.sessions if one.uid == "mine"] == [
        "Ropes and Knots in Practice"
    ]
    assert len(revised.revisions) == len(BASE.revisions)


def test_uid_pasted_by_an_author_settles_a_doubt() -> None:
    one = Talk(title="Ropes and Knots in Practice A", at="12:00", people=("Tom Vale",))
    two = Talk(title="Ropes and Knots in Practice B", at="16:00", people=("Tom Vale",))
    asked = after(drop("ropes"), add("one", one), add("two", two))
    assert [finding.rule for finding in asked.diagnostics] == ["ambiguous-identity"]
    help_ = asked.diagnostics[0].help or ""
    assert help_.count(f"`uid: {uid('ropes')}`") == 1
    told = after(drop("ropes"), add("one", one), add("two", replace(two, uid=uid("ropes"))))
    assert told.diagnostics == ()
    assert session(told, "ropes").title == two.title


def test_uid_of_a_conference_is_another_in_another_year() -> None:
    harbour = [key for key, talk in SITE.talks.items() if talk.event == "harbour" and "coffee" not in key]
    next_year = edited(SITE, [drop(*harbour), conference("harbour", start=date(2028, 5, 2))])
    revised = revise(next_year.schedule(), record=BASE.record, now=EDITED, confirm=True)
    old = next(event.uid for event in BASE.schedule.events if event.name == "Harbour Conf")
    states = {
        event.uid == old: event.status for event in revised.schedule.events if event.name == "Harbour Conf"
    }
    assert states == {True: "cancelled", False: "confirmed"}


# Times


@pytest.mark.parametrize("now", [MADE, MADE - timedelta(days=400), MADE + timedelta(microseconds=900)])
def test_last_modified_rises_whatever_the_clock_says(now: datetime) -> None:
    revised = after(change("tides", room="Dock"), now=now)
    assert revised.revisions[uid("tides")].last_modified == MADE + SECOND


def test_times_are_whole_seconds_in_utc() -> None:
    now = datetime(2027, 2, 1, 13, 30, 15, 250_000, tzinfo=OSLO_ZONE)
    assert after(change("tides", room="Dock"), now=now).revisions[uid("tides")].last_modified == datetime(
        2027, 2, 1, 12, 30, 15, tzinfo=UTC
    )


OSLO_ZONE = ZoneInfo(OSLO.timezone)
STAMP = datetime(2026, 12, 3, 10, 0, tzinfo=UTC)


def test_times_without_record_and_clock_are_the_posts_own() -> None:
    site = replace(SITE, stamps={"posts/harbour.md": STAMP})
    revised = revise(site.schedule(), record=Record())
    dated = revised.revisions[uid("tides")]
    undated = revised.revisions[uid("snow")]
    assert (dated.created, dated.last_modified, dated.sequence) == (STAMP, STAMP, 0)
    assert undated.last_modified == datetime(2026, 1, 1, tzinfo=UTC)


def test_times_where_the_record_is_only_read_follow_the_record() -> None:
    edits = (change("tides", room="Dock"), add("fog", Talk(title="Fog Signals", at="12:00")))
    one, two = after(*edits, now=None), after(*edits, now=None)
    assert one == two
    assert {item.last_modified for item in one.revisions.values()} == {MADE, MADE + SECOND}
    written = after(*edits)
    assert {key: item.sequence for key, item in one.revisions.items()} == {
        key: item.sequence for key, item in written.revisions.items()
    }


@pytest.mark.parametrize(
    ("stamps", "start", "expected"),
    [
        ([STAMP, None, STAMP - timedelta(days=3)], date(2027, 5, 4), STAMP),
        ([None], date(2027, 5, 4), datetime(2026, 1, 1, tzinfo=UTC)),
        ([], datetime(2027, 5, 4, 9, tzinfo=OSLO_ZONE), datetime(2026, 1, 1, tzinfo=UTC)),
        ([], date(1, 1, 1), datetime(1, 1, 1, tzinfo=UTC)),
        ([], None, datetime(1970, 1, 1, tzinfo=UTC)),
        ([STAMP.astimezone(OSLO_ZONE)], None, STAMP),
    ],
)
def test_first_revision(stamps: list[datetime | None], start: date | None, expected: datetime) -> None:
    found = first_revision(stamps, start=start)
    assert (found, found.tzinfo) == (expected, UTC)


def test_another_edition_of_the_bytes_moves_every_time_and_no_sequence() -> None:
    revised = after(edition="2")
    assert {item.last_modified for item in revised.revisions.values()} == {EDITED}
    assert {item.sequence for item in revised.revisions.values()} == {0}
    assert revised.changes == ()
    assert after(record=revised.record, edition="2", now=EDITED + SECOND).record is revised.record


# Cancelled and gone


def test_tombstone_stays_thirty_days_after_the_end() -> None:
    gone = after(drop("snow"))
    last = datetime(2027, 6, 8, 8, 45, tzinfo=UTC) + timedelta(days=30)
    stays = after(drop("snow"), record=gone.record, now=last)
    leaves = after(drop("snow"), record=stays.record, now=last + SECOND)
    later = after(drop("snow"), record=leaves.record, now=last + timedelta(days=900))
    assert session(stays, "snow").status == "cancelled"
    assert stays.record is gone.record
    assert uid("snow") not in leaves.revisions
    assert uid("snow") in leaves.record.sessions
    assert leaves.changes == ()
    assert later.record is leaves.record
    assert after(drop("snow"), record=leaves.record, now=None).record is leaves.record


def test_tombstone_brings_its_people_and_track_along() -> None:
    gone = after(drop("charts"))
    assert {one.name for one in gone.schedule.speakers} >= {"Ines Prado", "Lea Storm"}
    assert [one.name for one in gone.schedule.tracks] == ["Navigation"]
    left = after(drop("charts"), record=gone.record, now=EDITED + timedelta(days=400))
    assert "Lea Storm" not in {one.name for one in left.schedule.speakers}
    assert left.schedule.tracks == ()


def test_past_session_that_vanishes_is_not_announced() -> None:
    gone = after(drop("snow"), now=datetime(2028, 1, 1, tzinfo=UTC))
    assert uid("snow") not in gone.revisions
    assert gone.record.sessions[uid("snow")].retired is not None


@pytest.mark.parametrize("away", [timedelta(days=1), timedelta(days=500)])
def test_session_that_comes_back_revives(away: timedelta) -> None:
    gone = after(drop("snow"))
    kept = after(drop("snow"), record=gone.record, now=EDITED + away)
    back = after(record=kept.record, now=EDITED + away + timedelta(days=1))
    assert session(back, "snow").status == "confirmed"
    assert back.revisions[uid("snow")].sequence == 2
    assert [one.kinds for one in back.changes if one.subject == "session"] == [("revived",)]


def test_cancelled_in_its_post_leaves_the_feeds_too() -> None:
    edit = change("snow", status="cancelled")
    said = after(edit)
    left = after(edit, record=said.record, now=EDITED + timedelta(days=400))
    assert session(said, "snow").status == "cancelled"
    assert uid("snow") not in left.revisions
    assert after(edit, record=left.record, now=EDITED + timedelta(days=401)).record is left.record


def test_conference_that_vanishes_is_cancelled_with_its_sessions() -> None:
    gone = after(drop_event("summit"))
    assert [(one.name, one.status) for one in gone.schedule.events] == [
        ("Harbour Conf", "confirmed"), ("Summit Days", "cancelled"),
    ]  # fmt: skip
    left = after(drop_event("summit"), record=gone.record, now=EDITED + timedelta(days=400))
    assert [one.name for one in left.schedule.events] == ["Harbour Conf"]
    assert left.gone >= {"/events/summit-days-2027", "/speakers/kari-moe", "/sessions/opening"}


@pytest.mark.parametrize(
    ("dropped", "held_back"),
    [(6, False), (7, True), (12, True)],
)
def test_mass_cancellation_is_more_than_half(dropped: int, held_back: bool) -> None:
    keys = list(SITE.talks)[:dropped]
    revised = after(drop(*keys))
    assert [one.rule for one in revised.diagnostics] == (["mass-cancellation"] if held_back else [])
    cancelled = [one for one in revised.schedule.sessions if one.status == "cancelled"]
    assert len(cancelled) == (0 if held_back else dropped)
    if held_back:
        assert revised.revisions == BASE.revisions
        assert revised.record is BASE.record


def test_mass_cancellation_of_two_sessions_is_none() -> None:
    few = list(SITE.talks)[2:]
    small = after(drop(*few), record=Record(), now=MADE)
    assert after(drop(*SITE.talks), record=small.record).diagnostics == ()


# Broken posts


def test_broken_post_keeps_what_it_published() -> None:
    revised = after(drop_event("harbour"), broken={"posts/harbour.md"})
    assert (revised.record, revised.diagnostics) == (BASE.record, ())
    assert revised.revisions == BASE.revisions
    assert titles(revised) == titles(BASE)


def test_broken_post_under_a_new_name_keeps_what_it_published() -> None:
    revised = after(drop_event("harbour"), broken={"posts/new-name.md"})
    assert revised.revisions == BASE.revisions


def test_broken_post_does_not_hold_other_posts_back() -> None:
    revised = after(drop_event("harbour"), drop("snow"), broken={"posts/harbour.md"})
    assert [one.title for one in revised.schedule.sessions if one.status == "cancelled"] == [
        SITE.talks["snow"].title
    ]


def test_error_that_hides_a_session_cancels_nothing_of_its_post() -> None:
    wrong = Talk(title="???", event="summit", post="posts/summit.md", at="21:00", held="impossible-time")
    revised = after(drop("snow"), add("wrong", wrong))
    assert session(revised, "snow").status == "confirmed"
    assert [one.uid for one in revised.schedule.sessions if one.title == "???"] == [None]


# Addresses

HARBOUR = "/events/harbour-conf-2027"


@pytest.mark.parametrize(
    ("edits", "aliases"),
    [
        ((change("ropes", title="Ropes and Knots"),),
         {"/sessions/ropes-and-knots-in-practice": "/sessions/ropes-and-knots"}),
        ((change("tides", "charts", people=("Inês Prado",)),),
         {"/speakers/ines-prado": "/speakers/inês-prado"}),
        ((change("charts", track="Navigation and Charts"),),
         {f"{HARBOUR}/tracks/navigation": f"{HARBOUR}/tracks/navigation-and-charts"}),
        ((conference("summit", name="Winter Summit Days"),),
         {"/events/summit-days-2027": "/events/winter-summit-days-2027"}),
        ((conference("harbour", name="Harbour Conference"),),
         {HARBOUR: "/events/harbour-conference-2027",
          f"{HARBOUR}/tracks/navigation": "/events/harbour-conference-2027/tracks/navigation"}),
        ((add("coffee0", Talk(title="Coffee", at="08:00")),), {}),
        ((change("tides", at="19:00", room="Attic", day=2),), {}),
    ],
)  # fmt: skip
def test_address_that_moved_leads_on(edits: tuple[Edit, ...], aliases: dict[str, str]) -> None:
    revised = after(*edits)
    people = {"/speakers/lea-storm"} if "/speakers/ines-prado" in aliases else set()
    assert (dict(revised.aliases), revised.gone) == (aliases, people)


def test_address_that_moved_twice_leads_to_the_last() -> None:
    one = after(change("snow", title="Snow Load on Roofs"))
    two = after(change("snow", title="Snow on Roofs"), record=one.record)
    assert dict(two.aliases) == {
        "/sessions/snow-load-on-steel-roofs": "/sessions/snow-on-roofs",
        "/sessions/snow-load-on-roofs": "/sessions/snow-on-roofs",
    }
    back = after(record=two.record)
    assert dict(back.aliases) == {
        "/sessions/snow-load-on-roofs": "/sessions/snow-load-on-steel-roofs",
        "/sessions/snow-on-roofs": "/sessions/snow-load-on-steel-roofs",
    }


def test_address_of_a_repeat_stays_its_own() -> None:
    slugs = {one.uid: one.slug for one in BASE.schedule.sessions}
    for edits in (
        (drop("coffee1"),),
        (add("coffee0", Talk(title="Coffee", at="08:00")),),
        (change("coffee1", day=2),),
    ):
        revised = after(*edits)
        assert {one.uid: one.slug for one in revised.schedule.sessions if one.uid in slugs} == slugs
        assert len({one.slug for one in revised.schedule.sessions}) == len(revised.schedule.sessions)


# Changes and history


def test_change_holds_before_and_after() -> None:
    revised = after(change("tides", at="11:00", room="Dock", description="New words."))
    (one,) = revised.changes
    assert one.before is not None
    assert (one.kinds, one.also) == (("moved", "new room", "new text"), ("description",))
    assert (one.before.room, one.after.room, one.sequence, one.at) == ("Pier", "Dock", 1, EDITED)
    assert (str(one.before.start)[11:16], str(one.after.start)[11:16]) == ("09:00", "11:00")


def test_changes_are_in_session_order() -> None:
    revised = after(change("snow", "tides", "panel", room="Attic"))
    assert [one.slug for one in revised.changes] == [
        "reading-the-tides", "panel-who-owns-the-sea", "snow-load-on-steel-roofs",
    ]  # fmt: skip


def test_history_tells_each_change_and_how_it_began() -> None:
    record = BASE.record
    edits = [{"room": "Dock"}, {"room": None, "at": "12:00"}, {"status": "cancelled"}]
    for number, edit in enumerate(edits):
        record = after(change("tides", **edit), record=record, now=EDITED + number * timedelta(days=1)).record
    told = history(record.sessions[uid("tides")])
    assert [(one.kinds, one.sequence) for one in told] == [
        (("cancelled", "moved", "new room"), 3), (("moved", "new room"), 2), (("new room",), 1),
        (("added",), 0),
    ]  # fmt: skip
    assert [one.before.room if one.before else "" for one in told] == [None, "Dock", "Pier", ""]
    assert [one.after.room for one in told] == ["Pier", None, "Dock", "Pier"]


def test_history_is_bounded() -> None:
    record = BASE.record
    for number in range(25):
        record = after(change("tides", room=f"Room {number}"), record=record).record
    told = history(record.sessions[uid("tides")])
    assert len(told) == 11
    assert [one.sequence for one in told[:2]] == [25, 24]


# Nothing, and too much


def test_nothing_at_all() -> None:
    empty = revise(Schedule(), record=Record(), now=MADE)
    assert (empty.schedule, empty.record, empty.changes) == (Schedule(), Record(), ())


def test_session_that_cannot_be_published_has_no_revision() -> None:
    one = Session(slug="one", title="One", start=None, posts=("posts/a.md",))
    schedule = Schedule(sessions=(one,), posts=(PostInfo(slug="a", path="posts/a.md", title="A"),))
    revised = revise(schedule, record=Record(), now=MADE)
    assert (revised.schedule, revised.revisions, revised.record) == (schedule, {}, Record())


def test_conferences_alone_are_recorded() -> None:
    site = replace(SITE, talks={}, events={"one": Conference(name="One", start=date(2027, 1, 1))})
    revised = revise(site.schedule(), record=Record(), now=MADE)
    assert [event.uid for event in revised.schedule.events] == list(revised.revisions)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("title", ["Same", "Same {}", "{}"])
def test_thousands_of_new_titles_at_one_time_take_no_quadratic_time(title: str) -> None:
    def many(prefix: str, room: str) -> Schedule:
        sessions = [
            Session(slug=f"s{at:05}", title=prefix + title.format(at), start=date(2027, 1, 1),
                    room=f"{room}{at}", posts=("a.md",))
            for at in range(3000)
        ]  # fmt: skip
        return Schedule(sessions=tuple(sessions))

    first = revise(many("", "a"), record=Record(), now=MADE)
    second = revise(many("Other ", "b"), record=first.record, now=EDITED, confirm=True)
    assert len(first.revisions) == 3000
    assert first.record.sessions.keys() <= second.record.sessions.keys()
