"""Owns feeds without cancelled events: `?cancelled=hide`, as independent readers and caches see it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import icalendar
import pytest

from feeds.catalog import Catalog, CatalogWatcher, write_catalog
from feeds.publication import publish
from feeds.revisions import Record, revise
from feeds.settings import Settings
from feeds.web import create_app
from feeds.web.hiding import hides_cancelled
from feeds.web.lookup import Lookup, Shelf
from tests.conformance.checker import check
from tests.unit.revisions_site import EDITED, MADE, SITE, Site, change, conference, drop

FEED = "/events/harbour-conf-2027.ics"
HIDDEN = f"{FEED}?cancelled=hide"
# Long enough to be folded once the query is behind it.
BASE = "https://calendars-of-the-harbour-association.example.org/kept-up-to-date"
# Words that look like the lines which say that an event is cancelled.
TRAP = "STATUS:CANCELLED\nBEGIN:VEVENT\nSTATUS:CANCELLED\nEND:VEVENT"


def written(path: Path, site: Site, *, before: Site = SITE, base: str | None = BASE) -> Path:
    """A catalog of a site that was another one before."""
    first = revise(before.schedule(), record=Record(), now=MADE)
    done = revise(site.schedule(), record=first.record, now=EDITED)
    settings = Settings(title="Sea", base_url=base)
    feeds = publish(done.schedule, revisions=done.revisions, settings=settings).feeds
    write_catalog(
        path,
        schedule=done.schedule,
        feeds=feeds,
        diagnostics=(),
        revisions=done.revisions,
        settings=settings,
        digest="1",
        moved={"/events/old": "/events/harbour-conf-2027"},
    )
    return path


EDITS = (change("tides", status="cancelled"), drop("boats"), change("ropes", description=TRAP))


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = SITE
    for edit in EDITS:
        site = edit(site)
    return written(tmp_path_factory.mktemp("hiding") / "catalog", site)


@pytest.fixture(scope="module")
def get(catalog: Path) -> Callable[..., Any]:
    return create_app(catalog).test_client().get


def titles(body: bytes) -> dict[str, str]:
    """What a calendar shows: titles and statuses."""
    events = icalendar.Calendar.from_ical(body).walk("VEVENT")
    return {str(event["SUMMARY"]).removeprefix("Cancelled: "): str(event["STATUS"]) for event in events}


def test_hidden_feed_has_all_but_the_cancelled(get: Callable[..., Any]) -> None:
    whole, hidden = titles(get(FEED).data), titles(get(HIDDEN).data)
    gone = [title for title, status in whole.items() if status == "CANCELLED"]
    assert len(gone) == 2
    assert hidden == {title: status for title, status in whole.items() if title not in gone}


def test_hidden_feed_is_a_sound_calendar(get: Callable[..., Any]) -> None:
    assert check(get(HIDDEN).data) == check(get(FEED).data)


def test_hidden_feed_refreshes_from_itself(get: Callable[..., Any]) -> None:
    reply = get(HIDDEN)
    calendar = icalendar.Calendar.from_ical(reply.data)
    assert str(calendar["SOURCE"]) == f"{BASE}{HIDDEN}"
    assert reply.headers["link"].split(";")[0] == f"<{BASE}{HIDDEN}>"


def test_hidden_feed_has_tags_of_its_own(get: Callable[..., Any]) -> None:
    tags = [
        get(address, headers={"Accept-Encoding": coding}).headers["etag"]
        for address in (FEED, HIDDEN)
        for coding in ("", "gzip")
    ]
    assert len(set(tags)) == 4
    assert [tag[0] for tag in tags] == ['"'] * 4
    statuses = [get(HIDDEN, headers={"If-None-Match": tag}).status_code for tag in tags]
    assert statuses == [200, 200, 304, 200]


def test_hidden_feed_may_be_compressed(get: Callable[..., Any]) -> None:
    packed = get(HIDDEN, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == get(HIDDEN).data


@pytest.mark.parametrize(
    ("query", "hides"),
    [
        ("cancelled=hide", True),
        ("cancelled=hide&_=1", True),
        ("utm_source=mail&cancelled=hide", True),
        ("cancelled=keep&cancelled=hide", True),
        ("cancelled=hide&cancelled=keep", False),
        ("cancelled=keep", False),
        ("cancelled=", False),
        ("cancelled=Hide", False),
        ("notcancelled=hide", False),
        ("q=cancelled=hide", False),
        ("", False),
        ("&" * 100_000, False),
    ],
)
def test_query_hides_the_cancelled(query: str, hides: bool) -> None:
    assert hides_cancelled(query) is hides


def test_keep_is_what_a_feed_does_anyway(get: Callable[..., Any]) -> None:
    plain, kept = get(FEED), get(f"{FEED}?cancelled=keep")
    assert (kept.data, kept.headers["etag"]) == (plain.data, plain.headers["etag"])


def test_download_of_a_cancelled_talk_still_tells_of_it(get: Callable[..., Any]) -> None:
    address = "/sessions/reading-the-tides.ics"
    assert get(f"{address}?cancelled=hide").data == get(address).data


def test_address_that_moved_keeps_the_wish(get: Callable[..., Any]) -> None:
    assert get("/events/old.ics?cancelled=hide").headers["location"] == f"{BASE}{HIDDEN}"
    assert get("/events/old.ics?cancelled=no").headers["location"] == f"{BASE}{FEED}"


def test_feed_of_cancelled_days_only_still_holds_a_component(tmp_path: Path) -> None:
    """RFC 5545 section 3.6: at least one component."""
    boats = replace(SITE, talks={"boats": SITE.talks["boats"]})
    site = conference("summit", status="cancelled")(conference("harbour", status="cancelled")(boats))
    site = change("boats", status="cancelled")(site)
    path = written(tmp_path / "catalog", site, before=site, base=None)
    for address in Catalog.open(path).addresses():
        if not address.startswith("/sessions/"):
            calendar = icalendar.Calendar.from_ical(
                create_app(path).test_client().get(f"{address}?cancelled=hide").data
            )
            assert [str(event["STATUS"]) for event in calendar.walk("VEVENT")] == []
            assert len(calendar.subcomponents) > 0


def test_answers_without_the_cancelled_are_remembered_within_the_budget(published: Path) -> None:
    stored = Catalog.open(published)
    shelf = Shelf(catalog=stored, budget=12_000)
    for address in stored.addresses() * 2:
        for hidden in (False, True):
            first = shelf.prepared(address, compressed=False, hidden=hidden)
            assert shelf.prepared(address, compressed=False, hidden=hidden) is first
            assert 0 < shelf.held <= 12_000


@pytest.mark.timeout(10)
@pytest.mark.parametrize("part", ["cancelled=", "cancelled=hide&", "&", "=", "cancelled=hide", "%00"])
def test_hostile_query_takes_no_time(catalog: Path, part: str) -> None:
    answer = Lookup(CatalogWatcher(catalog))("GET", FEED, {}, query=part * 100_000)
    assert answer is not None
    assert answer.status == 200
