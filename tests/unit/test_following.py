"""Owns the tests of what can be followed: which page tells which change, and what a page was before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from feeds.following import MOST, Following, Memory, Past, follow
from feeds.revisions import Record, revise
from tests.unit.revisions_site import (
    EDITED,
    MADE,
    SITE,
    Edit,
    Site,
    Talk,
    add,
    change,
    conference,
    drop,
    drop_event,
)

EVENT = "/events/harbour-conf-2027"
DAY = timedelta(days=1)


def followed(*edits: Edit, site: Site = SITE) -> Following:
    """What is to be followed after some edits, each a day later than the one before."""
    done = revise(site.schedule(), record=Record(), now=MADE)
    for number, edit in enumerate(edits):
        site = edit(site)
        done = revise(site.schedule(), record=done.record, now=EDITED + number * DAY)
    return follow(done.record, schedule=done.schedule)


def newest(following: Following, page: str) -> str:
    """What a page tells first."""
    return following.news[page][0].words


MOVED = "moved: “Charting Unknown Waters” Tue 4 May 11:00 → Wed 5 May 11:00 Europe/Lisbon"


@pytest.mark.parametrize(
    "page", ["/", EVENT, f"{EVENT}/tracks/navigation", "/speakers/ines-prado", "/speakers/lea-storm"]
)
def test_change_is_told_on_every_page_it_concerns(page: str) -> None:
    told = followed(change("charts", day=1)).news[page]
    assert [one.words for one in told if one.at == EDITED] == [MOVED]
    assert (told[0].at, told[0].page) == (EDITED, "/sessions/charting-unknown-waters")


def test_change_is_told_on_no_other_page() -> None:
    news = followed(change("charts", day=1)).news
    assert sorted(page for page, told in news.items() if told[0].at == EDITED) == [
        "/", EVENT, f"{EVENT}/tracks/navigation", "/speakers/ines-prado", "/speakers/lea-storm",
    ]  # fmt: skip


def test_who_follows_a_speaker_hears_that_the_talk_lost_them() -> None:
    told = followed(change("charts", people=("Lea Storm",)))
    assert newest(told, "/speakers/ines-prado") == (
        "new speakers: “Charting Unknown Waters” Ines Prado, Lea Storm → Lea Storm"
    )


def test_who_follows_a_track_hears_that_a_talk_left_it() -> None:
    told = followed(add("more", Talk(title="Depth", track="Navigation")), change("charts", track=None))
    assert newest(told, f"{EVENT}/tracks/navigation") == (
        "new track: “Charting Unknown Waters” Navigation → none"
    )


def test_newest_is_told_first_and_conferences_before_their_sessions() -> None:
    told = followed(change("boats", day=1), change("ropes", room="Dock")).news[EVENT]
    assert [one.words for one in told[:3]] == [
        "new room: “Ropes and Knots in Practice” Pier → Dock",
        "moved: “Boat Tour” Thu 6 May → Wed 5 May",
        "added: “Harbour Conf” Tue 4 May – Thu 6 May 2027",
    ]


def test_each_change_has_a_name_of_its_own_and_keeps_it() -> None:
    before = followed(change("boats", day=1)).news["/"]
    after = followed(change("boats", day=1), change("boats", title="Boat trip")).news["/"]
    assert len({one.key for one in after}) == len(after)
    assert {one.key for one in before} == {one.key for one in after[1:]}


def test_cancelled_talk_leads_to_the_page_it_has() -> None:
    one = followed(drop("ropes")).news["/"][0]
    assert (one.kinds, one.page) == (("cancelled",), "/sessions/ropes-and-knots-in-practice")


def test_what_left_the_feeds_leads_to_the_event_or_home() -> None:
    done = revise(SITE.schedule(), record=Record(), now=MADE)
    site = drop_event("summit")(drop("ropes")(SITE))
    done = revise(site.schedule(), record=done.record, now=EDITED)
    done = revise(site.schedule(), record=done.record, now=EDITED + 200 * DAY)
    told = follow(done.record, schedule=done.schedule).news["/"]
    pages = {one.words.split("“")[1].split("”")[0]: one.page for one in told if "cancelled" in one.kinds}
    assert (pages["Ropes and Knots in Practice"], pages["Lunch"], pages["Summit Days"]) == (EVENT, "/", "/")


def test_page_tells_a_hundred_changes_at_most() -> None:
    talks = {f"t{number}": Talk(title=f"Talk number {number}", room="Pier") for number in range(MOST + 30)}
    many = followed(site=replace(SITE, talks=talks))
    assert {page: len(told) for page, told in many.news.items()} == {"/": MOST, EVENT: MOST, **SUMMIT}


SUMMIT = {"/events/summit-days-2027": 1}


MORNING, LATER = "2027-05-04T11:00:00+01:00", "2027-05-05T11:00:00+01:00"


@pytest.mark.parametrize(
    ("edits", "starts"),
    [
        ([change("charts", day=1)], (MORNING,)),
        ([change("charts", day=1), change("charts", day=2)], (MORNING, LATER)),
        ([change("charts", day=1), change("charts", day=0)], (LATER,)),
        ([change("charts", day=1), change("charts", title="Charts")], (MORNING,)),
        ([change("charts", minutes=90)], None),
        ([change("charts", room="Dock")], None),
        # a time for a day that was known is news, but no new date
        ([change("charts", at=None), change("charts", at="11:00")], None),
        ([change("charts", at=None), change("charts", at="11:00", day=1)], ("2027-05-04",)),
    ],
)
def test_starts_given_up_are_remembered(edits: list[Edit], starts: tuple[str, ...] | None) -> None:
    page = "/sessions/" + ("charts" if len(edits) > 1 and _renames(edits) else "charting-unknown-waters")
    assert followed(*edits).past.get(page) == (Past(starts=starts) if starts else None)


def _renames(edits: list[Edit]) -> bool:
    site = SITE
    for edit in edits:
        site = edit(site)
    return site.talks["charts"].title == "Charts"


def test_conference_that_left_its_place_went_online() -> None:
    done = revise(SITE.schedule(), record=Record(), now=MADE)
    plan = SITE.schedule()
    event = replace(plan.events[0], place=None, venue=None, online=True)
    done = revise(replace(plan, events=(event, *plan.events[1:])), record=done.record, now=EDITED)
    assert follow(done.record, schedule=done.schedule).past == {EVENT: Past(went_online=True)}


def test_conference_that_was_online_all_the_time_did_not_go_there() -> None:
    plan = SITE.schedule()
    event = replace(plan.events[0], place=None, venue=None, online=True)
    online = replace(plan, events=(event, *plan.events[1:]))
    done = revise(online, record=Record(), now=MADE)
    assert follow(done.record, schedule=done.schedule).past == {}


def test_conference_under_a_new_name_keeps_its_news() -> None:
    told = followed(change("boats", day=1), conference("harbour", name="Sea Conf"))
    assert newest(told, "/events/sea-conf-2027") == "renamed: “Sea Conf” was “Harbour Conf”"
    assert "/events/harbour-conf-2027" not in told.news


def test_memory_changes_nothing_but_the_work() -> None:
    memory = Memory()
    done = revise(SITE.schedule(), record=Record(), now=MADE)
    first = follow(done.record, schedule=done.schedule, memory=memory)
    site = change("charts", title="Charts and maps")(drop("ropes")(SITE))
    done = revise(site.schedule(), record=done.record, now=EDITED)
    again = follow(done.record, schedule=done.schedule, memory=memory)
    assert again == follow(done.record, schedule=done.schedule)
    kept = {one.key: one for one in first.news["/speakers/kari-moe"]}
    assert [one is kept[one.key] for one in again.news["/speakers/kari-moe"]] == [True]
