"""Owns what pages say of plans that changed: what is called off, put off, uncertain or moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from feeds.model import Event, Schedule, Session
from feeds.web import create_app
from tests.unit.revisions_site import change
from tests.web.test_changes import revised, written
from tests.web.test_pages import Element, tree


def page_of(tmp_path: Path, sample: ModuleType, values: Schedule, path: str) -> Element:
    """A page of a schedule."""
    sample.publish(tmp_path / "catalog", values=values)
    return tree(create_app(tmp_path / "catalog").test_client().get(path).data)


def links_of(page: Element) -> list[str]:
    """Where its `main` leads."""
    (main,) = page.all("main")
    return [a.attributes["href"] for a in main.all("a")]


def card_of(page: Element) -> Element:
    """The card beside what the page tells."""
    (card,) = [one for one in page.all("section") if one.attributes.get("class") == "subscribe"]
    return card


def test_cancelled_session_is_added_to_no_calendar(ask: Any) -> None:
    page = tree(ask("GET", "/sessions/feeds-that-never-lie").body)
    assert [link for link in links_of(page) if ".ics" in link or "calendar" in link.partition("?")[0]] == [
        "/events/harbourconf-2026/tracks/calendar-day",
        "webcal://talks.example.org/events/harbourconf-2026.ics",
    ]
    assert [h.text for h in card_of(page).all("h2")] == ["This session was cancelled."]


@pytest.mark.parametrize("event", [None, "off"])
def test_cancelled_session_without_an_event_that_takes_place_offers_nothing(
    tmp_path: Path, sample: ModuleType, event: str | None
) -> None:
    day = date(2026, 1, 1)
    values = Schedule(
        events=(Event(slug="off", name="Off", start=day, end=date(2026, 1, 2), status="cancelled"),),
        sessions=(Session(slug="s", title="S", start=day, event=event, status="cancelled"),),
    )
    card = card_of(page_of(tmp_path, sample, values, "/sessions/s"))
    assert (card.text.strip(), list(card.all("a"))) == ("This session was cancelled.", [])


@pytest.mark.parametrize(
    ("status", "title"),
    [("confirmed", "S"), ("tentative", "Tentative: S"), ("postponed", "Postponed: S")],
)
def test_copy_of_one_session_says_what_is_not_certain(
    tmp_path: Path, sample: ModuleType, status: Any, title: str
) -> None:
    values = Schedule(sessions=(Session(slug="s", title="S", start=date(2026, 1, 1), status=status),))
    queries = [
        parse_qs(urlsplit(link).query)
        for link in links_of(page_of(tmp_path, sample, values, "/sessions/s"))
        if link.startswith("https://")
    ]
    assert [query.get("text", query.get("subject")) for query in queries] == [[title], [title]]


def moved(tmp_path: Path, *edits: Any) -> Element:
    """The conference's page, and after it that of its talk at 11:00 on 4 May, after some edits."""
    get = create_app(written(tmp_path / "catalog", revised(*edits))).test_client().get
    body = Element(tag="both", attributes={})
    body.children = [tree(get(path).data) for path in ("/events/harbour-conf-2027", SESSION)]
    return body


SESSION = "/sessions/charting-unknown-waters"


@pytest.mark.parametrize(
    ("edit", "was"),
    [
        (change("charts", room="Dock"), []),
        (change("charts", at="15:00"), [("2027-05-04T11:00+01:00", "11:00")]),
        (change("charts", day=1), [("2027-05-04T11:00+01:00", "11:00, 4 May")]),
        (change("charts", day=365), [("2027-05-04T11:00+01:00", "11:00, 4 May 2027")]),
        (change("charts", day=1, status="tentative"), [("2027-05-04T11:00+01:00", "11:00, 4 May")]),
        (change("charts", day=1, status="cancelled"), []),
        (change("charts", day=1, status="postponed"), []),
    ],
)
def test_session_that_moved_says_so_and_when_it_was(
    tmp_path: Path, edit: Any, was: list[tuple[str, str]]
) -> None:
    event, session = moved(tmp_path, edit).children
    for page in (event, session):
        badges = [p.text for p in page.all("p") if p.attributes.get("class") == "badge moved"]
        assert badges == ["Moved"] * len(was)
    told = [
        time
        for span in session.all("span")
        if span.attributes.get("class") == "was"
        for time in span.all("time")
    ]
    assert [(time.attributes["datetime"], time.text) for time in told] == was


def test_day_that_moved_says_which_it_was(tmp_path: Path) -> None:
    get = create_app(written(tmp_path / "catalog", revised(change("boats", day=1)))).test_client().get
    page = tree(get("/sessions/boat-tour").data)
    (was,) = [span for span in page.all("span") if span.attributes.get("class") == "was"]
    assert was.text == "was 6 May"


@pytest.mark.parametrize(
    ("status", "titles", "told", "offers"),
    [
        ("confirmed", [], "No sessions are announced yet.", ["Subscribe"]),
        ("cancelled", ["Regatta"], "This event was cancelled.", []),
    ],
)
def test_event_without_sessions_says_whether_it_takes_place(
    tmp_path: Path, sample: ModuleType, status: Any, titles: list[str], told: str, *, offers: list[str]
) -> None:
    event = Event(slug="e", name="Regatta", start=date(2026, 5, 1), end=date(2026, 5, 2), status=status)
    sample.publish(tmp_path / "catalog", values=Schedule(events=(event,)))
    get = create_app(tmp_path / "catalog", clock=lambda: None).test_client().get
    home, page = (tree(get(path).data) for path in ("/", "/events/e"))
    for body in (home, page):
        struck = [
            h.text for tag in ("h1", "h3") for h in body.all(tag) if h.attributes.get("class") == "struck"
        ]
        assert struck == titles
        assert [p.text for p in body.all("p") if p.attributes.get("class") == "none"] == [told]
        assert "0 sessions" not in body.text
    assert [h.text for h in page.all("h2")] == offers
    assert ("#subscribe" in get("/events/e").text) == bool(offers)
