"""Owns the life of addresses, from posts on a disk to HTTP: renamed ones lead on, what is gone is gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from feeds.compile import Site
from feeds.settings import Settings
from feeds.web import create_app

HARBOUR = """\
---
title: Harbour Conf 2027
date: 2027-01-10
---

## Harbour Conf in Lisbon, 4-6 May 2027

### Reading the Tides

When: Tuesday, 4 May 2027, 09:00 - 09:45
Speaker: Ines Prado

### Charting Unknown Waters

When: Tuesday, 4 May 2027, 11:00 - 11:45
Speaker: Tom Vale

### Ropes and Knots in Practice

When: Wednesday, 5 May 2027, 10:00 - 10:45
Speaker: Tom Vale
"""
SUMMIT = """\
---
title: Summit Days 2027
date: 2027-01-10
---

## Summit Days in Oslo, 8-9 June 2027

### Snow Load on Steel Roofs

When: Tuesday, 8 June 2027, 09:00 - 09:45
Speaker: Kari Moe
"""
BASE = "https://sea.example"
FIRST, SECOND, THIRD = (datetime(2027, month, 1, 12, tzinfo=UTC) for month in (2, 3, 4))
LONG_AFTER = datetime(2027, 12, 1, 12, tzinfo=UTC)

Get = Callable[..., Any]
Publish = Callable[[Mapping[str, str], datetime], Get]


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """Writes posts, compiles them with the record at a time, and asks for what is served then."""
    folder = tmp_path / "posts"
    folder.mkdir()
    site = Site(folder, settings=Settings(base_url=BASE), catalog=tmp_path / "catalog")

    def published(posts: Mapping[str, str], now: datetime) -> Get:
        for path in folder.rglob("*.md"):
            path.unlink()
        for name, text in posts.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
        site.compile(now=now)
        get: Get = create_app(tmp_path / "catalog").test_client().get
        return get

    return published


BOTH = {"harbour": HARBOUR, "summit": SUMMIT}


def answers(get: Get, page: str) -> dict[str, tuple[int, str | None]]:
    """How the page and its feed are answered."""
    replies = {suffix: get(page + suffix) for suffix in ("", ".ics")}
    return {suffix: (reply.status_code, reply.headers.get("location")) for suffix, reply in replies.items()}


def leads_to(page: str) -> dict[str, tuple[int, str | None]]:
    """How an address that moved is answered."""
    return {suffix: (308, f"{BASE}{page}{suffix}") for suffix in ("", ".ics")}


THERE = dict.fromkeys(("", ".ics"), (200, None))
GONE = dict.fromkeys(("", ".ics"), (410, None))
UNKNOWN = dict.fromkeys(("", ".ics"), (404, None))


def test_speaker_spelt_anew_leads_on(publish: Publish) -> None:
    publish(BOTH, FIRST)
    renamed = {**BOTH, "harbour": HARBOUR.replace("Tom Vale", "Thomas Vale")}
    get = publish(renamed, SECOND)
    assert answers(get, "/speakers/tom-vale") == leads_to("/speakers/thomas-vale")
    assert answers(get, "/speakers/thomas-vale") == THERE


def test_event_renamed_leads_on(publish: Publish) -> None:
    publish(BOTH, FIRST)
    get = publish({**BOTH, "harbour": HARBOUR.replace("Harbour Conf", "Sea Conf")}, SECOND)
    assert answers(get, "/events/harbour-conf-2027") == leads_to("/events/sea-conf-2027")


def test_session_renamed_leads_on(publish: Publish) -> None:
    publish(BOTH, FIRST)
    get = publish({**BOTH, "harbour": HARBOUR.replace("Reading the Tides", "Reading the Waves")}, SECOND)
    assert answers(get, "/sessions/reading-the-tides") == leads_to("/sessions/reading-the-waves")


def test_event_renamed_twice_leads_to_the_last_name(publish: Publish) -> None:
    publish(BOTH, FIRST)
    publish({**BOTH, "harbour": HARBOUR.replace("Harbour Conf", "Sea Conf")}, SECOND)
    get = publish({**BOTH, "harbour": HARBOUR.replace("Harbour Conf", "Ocean Conf")}, THIRD)
    for old in ("harbour-conf-2027", "sea-conf-2027"):
        assert answers(get, f"/events/{old}") == leads_to("/events/ocean-conf-2027")


def test_event_renamed_and_back_is_where_it_was(publish: Publish) -> None:
    publish(BOTH, FIRST)
    publish({**BOTH, "harbour": HARBOUR.replace("Harbour Conf", "Sea Conf")}, SECOND)
    get = publish(BOTH, THIRD)
    assert answers(get, "/events/harbour-conf-2027") == THERE
    assert answers(get, "/events/sea-conf-2027") == leads_to("/events/harbour-conf-2027")


def test_event_deleted_stays_while_its_cancellation_is_told_and_then_is_gone(publish: Publish) -> None:
    publish(BOTH, FIRST)
    pages = ("/events/summit-days-2027", "/speakers/kari-moe", "/sessions/snow-load-on-steel-roofs")
    get = publish({"harbour": HARBOUR}, SECOND)
    assert {page: answers(get, page) for page in pages} == dict.fromkeys(pages, THERE)
    assert get("/events/summit-days-2027.ics").text.count("STATUS:CANCELLED") == 2
    get = publish({"harbour": f"{HARBOUR}\nSee you there.\n"}, LONG_AFTER)
    assert {page: answers(get, page) for page in pages} == dict.fromkeys(pages, GONE)


def test_event_that_comes_back_is_there_again(publish: Publish) -> None:
    publish(BOTH, FIRST)
    publish({"harbour": HARBOUR}, SECOND)
    gone = publish({"harbour": f"{HARBOUR}\nSee you there.\n"}, LONG_AFTER)
    assert answers(gone, "/events/summit-days-2027") == GONE
    get = publish(BOTH, LONG_AFTER.replace(day=2))
    assert answers(get, "/events/summit-days-2027") == THERE


def test_speaker_who_left_is_gone(publish: Publish) -> None:
    publish(BOTH, FIRST)
    get = publish({**BOTH, "harbour": HARBOUR.replace("Speaker: Ines Prado\n", "")}, SECOND)
    assert answers(get, "/speakers/ines-prado") == GONE


def test_post_deleted_stays_while_its_cancellations_are_told_and_then_is_gone(publish: Publish) -> None:
    publish(BOTH, FIRST)
    get = publish({"harbour": HARBOUR}, SECOND)
    assert answers(get, "/posts/summit") == THERE
    assert get("/posts/summit.ics").text.count("STATUS:CANCELLED") == 2
    page = get("/posts/summit").text
    assert ('<h1 dir="auto">Summit Days</h1>' in page, 'id="subscribe"' in page) == (True, False)
    get = publish({"harbour": f"{HARBOUR}\nSee you there.\n"}, LONG_AFTER)
    assert answers(get, "/posts/summit") == GONE
    assert answers(publish(BOTH, LONG_AFTER.replace(day=2)), "/posts/summit") == THERE


def test_post_renamed_leads_on(publish: Publish) -> None:
    publish(BOTH, FIRST)
    get = publish({"harbour": HARBOUR, "2027-summit-days": SUMMIT}, SECOND)
    assert answers(get, "/posts/summit") == leads_to("/posts/2027-summit-days")
    get = publish({"harbour": HARBOUR, "summit-in-oslo": SUMMIT}, THIRD)
    assert answers(get, "/posts/summit") == leads_to("/posts/summit-in-oslo")


def test_post_whose_sessions_another_tells_of_is_gone(publish: Publish) -> None:
    publish({**BOTH, "again": SUMMIT}, FIRST)
    get = publish(BOTH, SECOND)
    assert answers(get, "/posts/again") == GONE
    assert answers(get, "/posts/summit") == THERE


def test_post_deleted_gives_its_address_to_another_of_its_name(publish: Publish) -> None:
    publish({"a/summit": SUMMIT, "harbour": HARBOUR}, FIRST)
    get = publish({"b/summit": HARBOUR.replace("Harbour", "Coast")}, SECOND)
    assert answers(get, "/posts/summit") == THERE


def test_address_that_never_was_is_unknown(publish: Publish) -> None:
    get = publish(BOTH, FIRST)
    assert answers(get, "/events/regatta-2027") == UNKNOWN


def test_broken_post_takes_no_address_away(publish: Publish) -> None:
    publish(BOTH, FIRST)
    get = publish({**BOTH, "summit": "---\ntitle: [\n---\n"}, SECOND)
    assert answers(get, "/events/summit-days-2027") == THERE
    assert answers(get, "/speakers/kari-moe") == THERE


def test_change_is_told_to_who_follows_it(publish: Publish) -> None:
    publish(BOTH, FIRST)
    moved = HARBOUR.replace("Tuesday, 4 May 2027, 11:00", "Wednesday, 5 May 2027, 11:00")
    get = publish({**BOTH, "harbour": moved}, SECOND)
    told = "moved: “Charting Unknown Waters” Tue 4 May 11:00 → Wed 5 May 11:00 Europe/Lisbon"
    for page in ("", "/events/harbour-conf-2027", "/speakers/tom-vale"):
        assert get(f"{page}/changes.atom").text.count(told) == 1
        assert get(f"{page}/changes").text.count(told.partition("” ")[2]) == 1
    assert get("/speakers/ines-prado/changes.atom").text.count(told) == 0
