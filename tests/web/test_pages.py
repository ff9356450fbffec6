"""Owns what people and search engines get: pages, their headers, and that no post becomes markup."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from feeds.model import Event, PostInfo, Schedule, Session, Speaker, Track
from feeds.web import create_app

VOID = {"meta", "link", "input", "br", "img", "hr", "rect", "path", "circle"}
PAGES = (
    "/",
    "/events/harbourconf-2026",
    "/events/harbourconf-2026/tracks/systems",
    "/speakers/mei-tanaka",
    "/sessions/wasm-at-sea",
    "/sessions/booth-hours",
    "/posts/2026-03-harbourconf",
)


@dataclass(kw_only=True)
class Element:
    """One element of a page."""

    tag: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, tag: str) -> Iterator[Element]:
        """Every element of a kind below this one, in order."""
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.all(tag)


class Tree(HTMLParser):
    """Reads a page and fails on a tag that is not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element(tag="root", attributes={})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in <{tag}>"
        element = Element(tag=tag, attributes={name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(
            Element(tag=tag, attributes={name: value or "" for name, value in attrs})
        )

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def tree(body: bytes) -> Element:
    """The page as a tree."""
    parser = Tree()
    parser.feed(body.decode())
    parser.close()
    assert parser.open == [parser.root]
    return parser.root


@pytest.mark.parametrize("path", PAGES)
def test_page_is_found_and_well_formed(ask: Any, path: str) -> None:
    reply = ask("GET", path)
    page = tree(reply.body)
    assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert [html.attributes.get("lang") for html in page.all("html")] == ["en"]
    assert len(list(page.all("h1"))) == 1
    assert len(list(page.all("main"))) == 1
    ids = [element.attributes["id"] for element in every(page) if "id" in element.attributes]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_page_headings_go_down_one_step_at_a_time(ask: Any, path: str) -> None:
    levels = [
        int(e.tag[1]) for e in every(tree(ask("GET", path).body)) if e.tag in ("h1", "h2", "h3", "h4", "h5")
    ]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def every(element: Element) -> Iterator[Element]:
    """All elements, in order."""
    for child in element.children:
        yield child
        yield from every(child)


@pytest.mark.parametrize("path", PAGES)
def test_page_headers(ask: Any, path: str) -> None:
    headers = ask("GET", path).headers
    assert {name: headers.get(name) for name in GUARDS} == GUARDS


GUARDS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "strict-transport-security": "max-age=31536000",
    "cache-control": "public, max-age=60, stale-while-revalidate=600",
    "set-cookie": None,
}


@pytest.mark.parametrize("path", PAGES)
def test_page_is_not_sent_twice(ask: Any, path: str) -> None:
    tag = ask("GET", path).headers["etag"]
    again = ask("GET", path, {"If-None-Match": tag})
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)


@pytest.mark.parametrize("path", [*PAGES, "/changes.atom", "/sitemap.xml", "style", "/favicon.svg"])
def test_page_is_compressed_for_whoever_asks(ask: Any, path: str) -> None:
    if path == "style":
        path = next(
            link.attributes["href"]
            for link in tree(ask("GET", "/").body).all("link")
            if link.attributes["rel"] == "stylesheet"
        )
    plain, packed = ask("GET", path), ask("GET", path, {"Accept-Encoding": "gzip, br"})
    assert (plain.headers.get("content-encoding"), packed.headers.get("content-encoding")) == (None, "gzip")
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["content-length"] == str(len(packed.body))
    assert len(packed.body) < len(plain.body)
    assert packed.headers["etag"] == f'{plain.headers["etag"][:-1]}-gz"'
    assert (plain.headers["vary"], packed.headers["vary"]) == ("Accept-Encoding", "Accept-Encoding")


def test_tag_of_a_page_holds_for_its_coding_only(ask: Any) -> None:
    tags = [ask("GET", "/", {"Accept-Encoding": coding}).headers["etag"] for coding in ("", "gzip")]
    answers = [
        ask("GET", "/", {"Accept-Encoding": coding, "If-None-Match": tag})
        for coding in ("", "gzip")
        for tag in tags
    ]
    assert [answer.status for answer in answers] == [304, 200, 200, 304]
    assert [answer.headers["vary"] for answer in answers] == ["Accept-Encoding"] * 4
    assert [answer.headers.get("content-encoding") for answer in answers] == [None, None, "gzip", None]


@pytest.mark.parametrize("path", PAGES)
def test_page_head_has_no_body(ask: Any, path: str) -> None:
    get, head = ask("GET", path), ask("HEAD", path)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["etag"] == get.headers["etag"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/", 405),
        ("DELETE", "/events/harbourconf-2026", 405),
        ("GET", "/events/none", 404),
        ("GET", "/events/harbourconf-2026/", 200),
        ("GET", "/events/harbourconf-2026/tracks/none", 404),
        ("GET", "/events/none/tracks/systems", 404),
        ("GET", "/speakers/none", 404),
        ("GET", "/sessions/none", 404),
        ("GET", "/posts/none", 404),
        ("GET", "/static/style.0000000000.css", 404),
        ("GET", "/static/../__init__.py", 404),
        ("GET", "/events/first-try-2019", 410),
        ("GET", "/events/harbour-2026", 308),
        ("GET", "/robots.txt", 200),
        ("GET", "/sitemap.xml", 200),
        ("GET", "/healthz", 200),
        ("GET", "/favicon.ico", 200),
        ("GET", "/%FF", 404),
        ("GET", "/%00", 404),
    ],
)
def test_page_status(ask: Any, method: str, path: str, status: int) -> None:
    assert ask(method, path).status == status


def test_page_that_allows_no_writing_says_so(ask: Any) -> None:
    allowed = ask("POST", "/").headers["allow"]
    assert sorted(allowed.split(", ")) == ["GET", "HEAD", "OPTIONS"]


def test_page_that_moved_leads_on(ask: Any) -> None:
    target = ask("GET", "/events/harbour-2026").headers["location"]
    assert target == "https://talks.example.org/events/harbourconf-2026"


def test_unknown_page_suggests_the_nearest(ask: Any) -> None:
    (main,) = tree(ask("GET", "/events/harbourconf").body).all("main")
    assert [(a.attributes["href"], a.text) for a in main.all("a")] == [
        ("/events/harbourconf-2026", "HarbourConf 2026"),
        ("/", "All events"),
    ]


@pytest.mark.parametrize("path", ["/nothing-like-this", "/events/first-try-2019"])
def test_page_of_an_error_has_the_frame_of_every_page(ask: Any, path: str) -> None:
    page = tree(ask("GET", path).body)
    assert next(page.all("a")).attributes == {"class": "skip", "href": "#main"}
    (foot,) = page.all("footer")
    assert [a.attributes["href"] for a in foot.all("a")] == ["/", "/all.ics", "/changes"]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/events/e", "This event was cancelled"),
        ("/events/e/changes", "This event was cancelled"),
        ("/sessions/s", "This session was cancelled"),
        ("/speakers/p", "No longer announced"),
        ("/events/e/tracks/t", "No longer announced"),
    ],
)
def test_page_that_is_gone_says_why_and_leads_to_what_changed(
    tmp_path: Path, sample: ModuleType, path: str, title: str
) -> None:
    gone = ("/events/e", "/sessions/s", "/speakers/p", "/events/e/tracks/t")
    sample.publish(tmp_path / "catalog", moved=dict.fromkeys(gone))
    reply = create_app(tmp_path / "catalog").test_client().get(path)
    (main,) = tree(reply.data).all("main")
    assert (reply.status_code, next(main.all("h1")).text) == (410, title)
    assert [a.attributes["href"] for a in main.all("a")] == ["/", "/changes"]


def test_unknown_page_is_told_in_json_to_who_prefers_it(ask: Any) -> None:
    reply = ask("GET", "/nothing-like-this", {"Accept": "application/json"})
    assert reply.headers["content-type"] == "application/problem+json"
    assert json.loads(reply.body) == {
        "type": "about:blank",
        "title": "Page not found",
        "status": 404,
        "detail": "There is no page at this address.",
    }


def test_robots_allow_feeds(ask: Any) -> None:
    text = "User-agent: *\nAllow: /\n\nSitemap: https://talks.example.org/sitemap.xml\n"
    assert ask("GET", "/robots.txt").body.decode() == text


def test_sitemap_names_every_page_once(ask: Any, sample: ModuleType) -> None:
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ElementTree.fromstring(ask("GET", "/sitemap.xml").body)  # noqa: S314 - our own text
    found = [str(url.findtext(f"{namespace}loc")) for url in root]
    values = sample.schedule()
    count = 1 + sum(
        len(part) for part in (values.events, values.sessions, values.speakers, values.tracks, values.posts)
    )
    assert len(found) == len(set(found)) == count
    assert [ask("GET", urlsplit(url).path).status for url in found] == [200] * count


def test_health_says_what_is_served(ask: Any) -> None:
    state = json.loads(ask("GET", "/healthz").body)
    assert {name: state[name] for name in ("status", "digest", "findings", "problem")} == {
        "status": "ok",
        "digest": "input-",
        "findings": 1,
        "problem": None,
    }
    assert 0 <= state["age_seconds"] < 3600


def test_static_files_are_kept_for_ever(ask: Any) -> None:
    page = tree(ask("GET", "/").body)
    styles = [link.attributes["href"] for link in page.all("link") if link.attributes["rel"] == "stylesheet"]
    scripts = [script.attributes["src"] for script in page.all("script") if "src" in script.attributes]
    kinds = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
    assert len(styles) == 1
    for path in (*styles, *scripts):
        headers = ask("GET", path).headers
        assert (headers["content-type"], headers["cache-control"]) == (
            kinds[path.rpartition(".")[2]],
            "public, max-age=31536000, immutable",
        )


def test_page_names_its_feed(ask: Any) -> None:
    for path, feed in (("/", "/all.ics"), ("/speakers/mei-tanaka", "/speakers/mei-tanaka.ics")):
        links = [link.attributes for link in tree(ask("GET", path).body).all("link")]
        assert [link["href"] for link in links if link.get("type") == "text/calendar"] == [feed]
        assert [link["href"] for link in links if link["rel"] == "canonical"] == [
            f"https://talks.example.org{path}"
        ]


def test_subscribe_links_hold_the_address_encoded_once(ask: Any) -> None:
    page = tree(ask("GET", "/speakers/ines-carvalho").body)
    buttons = [
        a.attributes["href"] for a in page.all("a") if a.attributes.get("class", "").startswith("button")
    ]
    quick, more, webcal, google, outlook, microsoft365 = buttons
    assert more == "#ways"
    assert quick == webcal == "webcal://talks.example.org/speakers/ines-carvalho.ics"
    assert google == (
        "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Ftalks.example.org%2Fspeakers%2Fines-carvalho.ics"
    )
    for link, host in ((outlook, "outlook.live.com"), (microsoft365, "outlook.office.com")):
        parts = urlsplit(link)
        assert (parts.hostname, parts.path) == (host, "/calendar/0/addfromweb")
        assert parse_qs(parts.query) == {
            "url": ["https://talks.example.org/speakers/ines-carvalho.ics"],
            "name": ["Inês Carvalho"],
        }


def test_snippet_works_where_it_is_pasted(ask: Any) -> None:
    page = tree(ask("GET", "/events/harbourconf-2026").body)
    (box,) = page.all("textarea")
    pasted = tree(box.text.encode())
    assert [(e.tag, e.attributes["href"]) for e in every(pasted)] == [
        ("link", "https://talks.example.org/events/harbourconf-2026.ics"),
        ("a", "webcal://talks.example.org/events/harbourconf-2026.ics"),
        ("a", "https://talks.example.org/events/harbourconf-2026#subscribe"),
        ("a", "https://talks.example.org/events/harbourconf-2026.ics"),
    ]


def test_quick_links_lead_to_ways_that_are_open_and_say_to_what(ask: Any) -> None:
    """A phone without a program for webcal must come to Google and Outlook in one tap, without scripts."""
    page = tree(ask("GET", "/events/harbourconf-2026").body)
    (quick,) = [p for p in page.all("p") if p.attributes.get("class") == "quick"]
    assert [" ".join(a.text.split()) for a in quick.all("a")] == [
        "Subscribe to HarbourConf 2026 in your calendar app (webcal)",
        "Google, Outlook … and more ways to subscribe to HarbourConf 2026",
    ]
    (ways,) = [box for box in page.all("details") if box.attributes.get("id") == "ways"]
    assert "open" in ways.attributes
    assert len([a for a in ways.all("a") if a.attributes.get("class") == "button"]) == 3


def test_session_page_offers_each_way_to_add_it_once(ask: Any) -> None:
    page = tree(ask("GET", "/sessions/one-uid-for-life").body)
    buttons = [a.text for a in page.all("a") if a.attributes.get("class", "").startswith("button")]
    assert buttons == ["Add to calendar (.ics file)", "Add to Google Calendar", "Add to Outlook.com"]


def test_page_times_are_local_with_their_offset(ask: Any) -> None:
    page = tree(ask("GET", "/sessions/one-uid-for-life").body)
    times = [(time.attributes["datetime"], time.text) for time in page.all("time")]
    assert times == [("2026-05-12T09:30+01:00", "09:30"), ("2026-05-12T10:00+01:00", "10:00")]
    assert [span.text for span in page.all("span") if span.attributes.get("class") == "zone"] == [
        "Europe/Lisbon (WEST, UTC+1)"
    ]


def timed(slug: str, zone: str, month: int) -> Session:
    """A session at 18:00 of the first of a month."""
    start = datetime(2027, month, 1, 18, tzinfo=ZoneInfo(zone))
    return Session(slug=slug, title=slug, start=start, timezone=zone, event="e")


@pytest.mark.parametrize(
    ("sessions", "zones"),
    [
        ([timed("a", "UTC", 3)], ["UTC"]),
        ([timed("a", "America/New_York", 3)], ["America/New_York (EST, UTC−5)"]),
        # a series of one place, whose clocks are set forward in between
        ([timed("a", "America/New_York", 3), timed("b", "America/New_York", 4)], ["America/New_York"]),
        ([timed("a", "America/New_York", 3), timed("b", "Europe/Paris", 4)],
         ["local to each place", "America/New_York (EST, UTC−5)", "Europe/Paris (CEST, UTC+2)"]),
    ],
)  # fmt: skip
def test_event_page_names_the_zone_of_all_times_once(
    tmp_path: Path, sample: ModuleType, sessions: list[Session], zones: list[str]
) -> None:
    event = Event(slug="e", name="E", start=date(2027, 3, 1), end=date(2027, 4, 2))
    sample.publish(tmp_path / "catalog", values=Schedule(events=(event,), sessions=tuple(sessions)))
    page = tree(create_app(tmp_path / "catalog").test_client().get("/events/e").data)
    assert [e.text for e in every(page) if e.attributes.get("class") == "zone"] == zones


def test_event_page_lists_days_and_sessions_in_order(ask: Any) -> None:
    page = tree(ask("GET", "/events/harbourconf-2026").body)
    assert [h.text for h in page.all("h2")] == [
        "Tuesday 12 May 2026",
        "Wednesday 13 May 2026",
        "Thursday 14 May 2026",
        "Time to be announced",
        "Subscribe",
    ]
    assert [h.text for h in page.all("h3")] == [
        "Calendar Day",
        "One UID for Life",
        "Time Zones Are People: Reading the tz Database for Fun",
        "Feeds That Never Lie",
        "Components at Sea",
        "Backpressure, Explained with Boats",
        "Small Databases, Large Promises",
        "Last Light: A Retrospective",
        "Meet Us at Booth 14",
    ]
    assert [p.text for p in page.all("p") if "badge" in p.attributes.get("class", "")] == [
        "Cancelled",
        "Tentative",
    ]


def test_json_ld_says_the_same_instants(ask: Any) -> None:
    page = tree(ask("GET", "/sessions/feeds-that-never-lie").body)
    (text,) = [s.text for s in page.all("script") if s.attributes.get("type") == "application/ld+json"]
    data = json.loads(text)
    assert {
        name: data[name] for name in ("@type", "name", "startDate", "endDate", "eventStatus", "performer")
    } == {
        "@type": "Event",
        "name": "Feeds That Never Lie",
        "startDate": "2026-05-12T14:00:00+01:00",
        "endDate": "2026-05-12T16:00:00+01:00",
        "eventStatus": "https://schema.org/EventCancelled",
        "performer": [{"@type": "Person", "name": "Inês Carvalho"}],
    }
    assert data["location"] == {
        "@type": "Place",
        "name": "Sala Tejo, Doca de Alcântara",
        "address": {"@type": "PostalAddress", "addressLocality": "Lisbon", "addressCountry": "PT"},
    }
    assert (data["superEvent"]["startDate"], data["superEvent"]["endDate"]) == ("2026-05-12", "2026-05-14")


@pytest.mark.parametrize(
    ("today", "coming", "past"),
    [
        (date(2025, 10, 8), ["Summit Days 2025", "HarbourConf 2026"], []),
        (date(2025, 10, 9), ["HarbourConf 2026"], ["Summit Days 2025"]),
        (date(2026, 5, 15), [], ["HarbourConf 2026", "Summit Days 2025"]),
        (None, ["Summit Days 2025", "HarbourConf 2026"], []),
    ],
)
def test_home_tells_coming_events_from_past_ones(
    published: Path, today: date | None, coming: list[str], past: list[str]
) -> None:
    page = tree(create_app(published, clock=lambda: today).test_client().get("/").data)
    assert [next(article.all("h3")).text for article in page.all("article")] == coming
    assert [
        next(card.all("h3")).text for card in page.all("li") if card.attributes.get("class") == "card"
    ] == past


def test_home_leads_to_an_event_that_is_too_long_for_it(tmp_path: Path, sample: ModuleType) -> None:
    days = [date(2026, 5, day) for day in range(1, 14)]
    for count, titles in ((12, [f"Day {day.day}" for day in days[:12]]), (13, [])):
        values = Schedule(
            events=(Event(slug="e", name="Long Days", start=days[0], end=days[-1]),),
            sessions=tuple(
                Session(slug=f"s{day.day:02}", title=f"Day {day.day}", start=day, event="e")
                for day in days[:count]
            ),
        )
        path = tmp_path / f"catalog-{count}"
        sample.publish(path, values=values, feeds=sample.feeds(values))
        page = tree(create_app(path, clock=lambda: None).test_client().get("/").data)
        assert [h.text for h in page.all("h5")] == titles
    (more,) = [a for p in page.all("p") if p.attributes.get("class") == "more" for a in p.all("a")]
    assert (more.attributes["href"], more.text) == ("/events/e", "See all 13 sessions of Long Days")


@pytest.fixture
def home_of(tmp_path: Path, sample: ModuleType) -> Any:
    """Publishes an event, and sessions outside it on each of the first days of May."""

    def published(count: int, today: int, event: int) -> Any:
        day = date(2026, 5, event)
        values = Schedule(
            events=(Event(slug="e", name="The Event", start=day, end=day + timedelta(days=1)),),
            sessions=tuple(
                Session(slug=f"s{day:02}", title=f"Day {day}", start=date(2026, 5, day))
                for day in range(1, count + 1)
            ),
        )
        sample.publish(tmp_path / "catalog", values=values)
        return create_app(tmp_path / "catalog", clock=lambda: date(2026, 5, today)).test_client().get

    return published


@pytest.mark.parametrize(
    ("days", "labels", "shown", "more"),
    [
        ((3, 1, 20), ["Single sessions", "Events"], [1, 2, 3], []),
        ((3, 2, 20), ["Single sessions", "Events"], [2, 3], ["See all 3 sessions outside any event"]),
        ((3, 1, 1), ["Events", "Single sessions"], [1, 2, 3], []),
        ((14, 2, 1), ["Single sessions", "Past events"], [*range(2, 14)],
         ["See all 14 sessions outside any event"]),
        ((3, 9, 10), ["Events", "Single sessions"], [], ["See all 3 sessions outside any event"]),
    ],
)  # fmt: skip
def test_home_tells_the_next_sessions_outside_any_event(
    home_of: Any, days: tuple[int, int, int], labels: list[str], shown: list[int], more: list[str]
) -> None:
    """`days` are how many in May have a session, which is today, and on which the event is."""
    get = home_of(*days)
    page = tree(get("/").data)
    assert [h.text for h in page.all("h2")] == [*labels, "Subscribe"]
    assert [h.text for h in page.all("h4")] == [f"Day {day}" for day in shown]
    links = [a for p in page.all("p") if p.attributes.get("class") == "more" for a in p.all("a")]
    assert [a.text for a in links if a.attributes["href"] == "/sessions"] == more
    every = [h.text for h in tree(get("/sessions").data).all("h3")]
    assert every == [f"Day {day + 1}" for day in range(days[0])]


def test_site_whose_sessions_all_belong_to_events_has_no_page_of_others(ask: Any) -> None:
    assert ask("GET", "/sessions").status == 404


def test_session_leads_to_its_post_and_the_post_to_where_it_is_read(
    tmp_path: Path, sample: ModuleType
) -> None:
    values = sample.schedule()
    posts = tuple(replace(post, url="https://blog.example/p") for post in values.posts)
    sample.publish(tmp_path / "catalog", values=replace(values, posts=posts))
    get = create_app(tmp_path / "catalog").test_client().get
    (facts,) = tree(get("/sessions/one-uid-for-life").data).all("dl")
    post = "/posts/2026-03-harbourconf"
    links = [(a.attributes["href"], a.text) for a in facts.all("a") if a.attributes["href"] == post]
    assert links == [(post, "HarbourConf: where to find us")]
    (main,) = tree(get(post).data).all("main")
    away = [a.text for a in main.all("a") if a.attributes["href"] == "https://blog.example/p"]
    assert away == ["Read it at blog.example"]


def test_texts_of_a_post_are_in_its_language_and_the_rest_in_english(
    tmp_path: Path, sample: ModuleType
) -> None:
    values = sample.schedule()
    posts = tuple(replace(post, language="pt-BR") for post in values.posts)
    sample.publish(tmp_path / "catalog", values=replace(values, posts=posts))
    get = create_app(tmp_path / "catalog", clock=lambda: None).test_client().get
    found = {}
    for path in PAGES:
        page = tree(get(path).data)
        assert [html.attributes["lang"] for html in page.all("html")] == ["en"]
        told = [(e.tag, e.text.strip()[:20]) for e in every(page) if e.attributes.get("lang") == "pt-BR"]
        found[path] = (told[0], len(told))
    assert found == {
        "/": (("bdi", "Summit Days 2025"), 2 + 13),
        "/events/harbourconf-2026": (("h1", "HarbourConf 2026"), 2 + 9),
        "/events/harbourconf-2026/tracks/systems": (("h1", "Systems Stage"), 1 + 3),
        "/speakers/mei-tanaka": (("bdi", "Maps without a Netwo"), 5),
        "/sessions/wasm-at-sea": (("h1", "Components at Sea"), 1),
        "/sessions/booth-hours": (("h1", "Meet Us at Booth 14"), 1),
        "/posts/2026-03-harbourconf": (("h1", "HarbourConf: where t"), 2 + 9),
    }


def test_track_page_tells_the_days_of_the_track(ask: Any) -> None:
    page = tree(ask("GET", "/events/harbourconf-2026/tracks/calendar-day").body)
    (facts, *_) = [ul for ul in page.all("ul") if ul.attributes.get("class") == "meta"]
    assert [li.text for li in facts.all("li")] == ["HarbourConf 2026", "12 May 2026", "Lisbon"]


def test_tracks_stand_in_the_order_of_the_post(tmp_path: Path, sample: ModuleType) -> None:
    names = ("Zur Sonne", "Änderung", "Attic")
    values = Schedule(
        events=(Event(slug="e", name="E", start=date(2026, 5, 1), end=date(2026, 5, 2)),),
        sessions=tuple(
            Session(slug=f"{name}-s", title=name, start=date(2026, 5, 1), event="e", track=name)
            for name in sorted(names)
        ),
        tracks=tuple(
            Track(event="e", slug=name, name=name, rank=names.index(name)) for name in sorted(names)
        ),
    )
    sample.publish(tmp_path / "catalog", values=values)
    page = tree(create_app(tmp_path / "catalog").test_client().get("/events/e").data)
    (chips,) = [nav for nav in page.all("nav") if nav.attributes["aria-label"] == "Tracks"]
    assert [(a.text, a.attributes["class"]) for a in chips.all("a")] == [
        ("Zur Sonne", "hue-1"),
        ("Änderung", "hue-2"),
        ("Attic", "hue-3"),
    ]
    assert [h.text for h in page.all("h3")] == list(names)


def test_track_has_one_colour_on_all_pages(ask: Any) -> None:
    page = tree(ask("GET", "/events/harbourconf-2026").body)
    (chips,) = [nav for nav in page.all("nav") if nav.attributes["aria-label"] == "Tracks"]
    told = {a.attributes["href"]: a.attributes["class"] for a in chips.all("a")}
    assert told == {
        "/events/harbourconf-2026/tracks/calendar-day": "hue-1",
        "/events/harbourconf-2026/tracks/systems": "hue-2",
    }
    for path, hue in told.items():
        over = next(tree(ask("GET", path).body).all("p"), None)
        assert over is not None
        assert over.attributes["class"] == f"over {hue}"
    rows = [div for div in page.all("div") if div.attributes.get("class", "").startswith("what")]
    assert {
        (div.attributes["class"].removeprefix("what "), a.attributes["href"])
        for div in rows
        for a in div.all("a")
        if "/tracks/" in a.attributes["href"]
    } == {(hue, path) for path, hue in told.items()}


def test_style_has_no_rule_without_an_element() -> None:
    folder = files("feeds.web")
    style = (folder / "static" / "style.css").read_text(encoding="utf-8")
    selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}|@[^{]*\{", " ", style)
    ruled = set(re.findall(r"\.([a-z][a-z0-9-]*)", selectors))
    pages = " ".join(page.read_text(encoding="utf-8") for page in (folder / "templates").iterdir())
    given = set(re.findall(r"[a-z][a-z0-9-]*", " ".join(re.findall(r'class="([^"]*)"', pages))))
    by_value = {"tentative", *(f"hue-{number}" for number in range(1, 9))}
    assert ruled - given == by_value


EVIL = "\"'><script>alert(1)</script></script><!--{{7*7}} & javascript:x"
EVIL_URLS = (
    "javascript:alert(1)",
    "data:text/html,x",
    "JaVaScRiPt:alert(1)",
    "//evil.example",
    "https://",
    "\x00http://x",
)


def hostile(url: str) -> Schedule:
    """Everything a post can say is a trap."""
    return Schedule(
        events=(
            Event(
                slug="e",
                name=EVIL,
                start=date(2026, 1, 1),
                end=date(2026, 1, 2),
                venue=EVIL,
                description=EVIL,
                url=url,
                image=url,
                posts=("p.md",),
            ),
        ),
        sessions=(
            Session(
                slug="s",
                title=EVIL,
                start=date(2026, 1, 1),
                event="e",
                track="t",
                format=EVIL,
                room=EVIL,
                description=EVIL,
                speakers=("p",),
                url=url,
                room_url=url,
                conference_url=url,
                image=url,
                posts=("p.md",),
            ),
        ),
        speakers=(Speaker(slug="p", name=EVIL, affiliation=EVIL, url=url),),
        tracks=(Track(event="e", slug="t", name=EVIL, url=url),),
        posts=(
            PostInfo(slug="p", path="p.md", title=EVIL, description=EVIL, author=EVIL, image=url, url=url),
        ),
    )


@pytest.mark.parametrize("url", EVIL_URLS)
def test_hostile_text_stays_text(tmp_path: Path, sample: ModuleType, url: str) -> None:
    settings = replace(sample.SETTINGS, title=EVIL, description=EVIL)
    values = hostile(url)
    sample.publish(tmp_path / "catalog", values=values, settings=settings, feeds=sample.feeds(values))
    client = create_app(tmp_path / "catalog").test_client()
    for path in ("/", "/events/e", "/events/e/tracks/t", "/speakers/p", "/sessions/s", "/posts/p", "/none"):
        body = client.get(path).data
        page = tree(body)
        scripts = [s.attributes for s in page.all("script")]
        assert [s for s in scripts if "src" not in s and s.get("type") != "application/ld+json"] == []
        assert b"<!--" not in body
        assert b"<script>" not in body
        assert [e for e in every(page) if any(name.startswith("on") for name in e.attributes)] == []
        targets = [
            e.attributes[name] for e in every(page) for name in ("href", "src") if name in e.attributes
        ]
        schemes = {urlsplit(target).scheme for target in targets}
        assert schemes <= {"", "https", "webcal"}
        assert [target for target in targets if "evil" in unquote(target)] == []


def test_description_is_shown_as_lists_and_links(tmp_path: Path, sample: ModuleType) -> None:
    told = 'Read https://a.example/?x=1&y=<b>. Then:\n\n1. come\n2. see\n\n• https://b.example/"onclick=x'
    values = Schedule(sessions=(Session(slug="s", title="S", start=date(2026, 1, 1), description=told),))
    sample.publish(tmp_path / "catalog", values=values, feeds=sample.feeds(values))
    page = tree(create_app(tmp_path / "catalog").test_client().get("/sessions/s").data)
    (prose,) = [div for div in page.all("div") if div.attributes.get("class") == "prose"]
    assert [(e.tag, e.text.strip()) for e in prose.children] == [
        ("p", "Read https://a.example/?x=1&y=<b>. Then:"),
        ("ol", "come\nsee"),
        ("ul", 'https://b.example/"onclick=x'),
    ]
    assert [a.attributes for a in prose.all("a")] == [
        {"href": address, "rel": "nofollow noopener", "dir": "ltr"}
        for address in ("https://a.example/?x=1&y=", "https://b.example/")
    ]


def test_address_of_the_request_counts_only_where_none_is_configured(
    tmp_path: Path, sample: ModuleType
) -> None:
    sample.publish(tmp_path / "catalog", settings=replace(sample.SETTINGS, base_url=None))
    client = create_app(tmp_path / "catalog").test_client()
    body = tree(client.get("/", headers={"Host": "calendar.test:8000"}).data)
    assert next(i.attributes["value"] for i in body.all("input")) == "http://calendar.test:8000/all.ics"


def test_site_below_a_path_links_below_it(tmp_path: Path, sample: ModuleType) -> None:
    sample.publish(
        tmp_path / "catalog", settings=replace(sample.SETTINGS, base_url="https://x.example/talks")
    )
    page = tree(create_app(tmp_path / "catalog").test_client().get("/").data)
    local = [a.attributes["href"] for a in page.all("a") if a.attributes["href"].startswith("/")]
    assert [href for href in local if not href.startswith("/talks/")] == []


def test_nothing_published_is_told_and_passes(tmp_path: Path, sample: ModuleType) -> None:
    path = tmp_path / "catalog"
    client = create_app(path).test_client()
    before = [
        (client.get(address).status_code, client.get(address).headers.get("Retry-After"))
        for address in ("/", "/all.ics", "/none")
    ]
    assert before == [(503, "10")] * 3
    assert client.get("/healthz").status_code == 503
    sample.publish(path)
    later = create_app(path).test_client()
    assert [later.get(address).status_code for address in ("/", "/all.ics", "/none", "/healthz")] == [
        200,
        200,
        404,
        200,
    ]
