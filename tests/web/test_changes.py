"""Owns what people follow besides calendars, read as feed readers do: by RFC 4287, as XML, over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest

from feeds.catalog import write_catalog
from feeds.following import follow
from feeds.model import Schedule
from feeds.publication import publish
from feeds.revisions import Record, Revised, revise
from feeds.settings import Settings
from feeds.web import create_app
from feeds.web.links import changes_path
from tests.unit.revisions_site import EDITED, MADE, SITE, Talk, add, change, conference, drop
from tests.web.test_pages import tree

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://sea.example"
EVENT = "/events/harbour-conf-2027"
PAGES = ("", EVENT, f"{EVENT}/tracks/navigation", "/speakers/ines-prado")
HOSTILE = "<script>alert(1)</script> & ]]> \x0b\x00 \ufffe \ufdd0 \U0001f6a2 “é”"


def written(path: Path, done: Revised, *, title: str = "Sea") -> Path:
    """The catalog of what is to be published."""
    settings = Settings(title=title, base_url=BASE)
    write_catalog(
        path,
        schedule=done.schedule,
        feeds=publish(done.schedule, revisions=done.revisions, settings=settings).feeds,
        diagnostics=(),
        revisions=done.revisions,
        settings=settings,
        digest="1",
        moved={**done.aliases, **dict.fromkeys(done.gone)},
        following=follow(done.record, schedule=done.schedule),
    )
    return path


def revised(*edits: Any) -> Revised:
    """A site as first published, then edited."""
    first = revise(SITE.schedule(), record=Record(), now=MADE)
    site = SITE
    for edit in edits:
        site = edit(site)
    return revise(site.schedule(), record=first.record, now=EDITED)


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    edits = (change("charts", day=1), drop("boats"), add("odd", Talk(title=HOSTILE, day=1)))
    path = written(tmp_path_factory.mktemp("changes") / "catalog", revised(*edits))
    return create_app(path).test_client().get


def feed_at(get: Callable[..., Any], page: str) -> ET.Element:
    """The Atom feed of a page, by a real parser."""
    return ET.fromstring(get(f"{page}/changes.atom").data)  # noqa: S314 - our own bytes


def text(element: ET.Element, name: str) -> str:
    """The text of the one child of a name."""
    (child,) = element.findall(ATOM + name)
    return child.text or ""


@pytest.mark.parametrize("page", PAGES)
def test_atom_feed_has_all_that_the_standard_requires(get: Callable[..., Any], page: str) -> None:
    """RFC 4287 sections 4.1.1 and 4.1.2: id, title and time each, an author, links to self and page."""
    feed = feed_at(get, page)
    entries = feed.findall(ATOM + "entry")
    assert feed.tag == f"{ATOM}feed"
    assert text(feed.findall(ATOM + "author")[0], "name") == "Sea"
    assert {link.get("rel"): link.get("href") for link in feed.findall(ATOM + "link")} == {
        "self": f"{BASE}{page}/changes.atom",
        "alternate": f"{BASE}{page}/changes",
    }
    for element in (feed, *entries):
        assert UUID(text(element, "id").removeprefix("urn:uuid:")).version == 5
        assert text(element, "title") != ""
    assert len({text(entry, "id") for entry in entries}) == len(entries) > 0
    assert text(feed, "updated") == max(text(entry, "updated") for entry in entries)


def test_atom_feed_tells_old_and_new_with_the_link(get: Callable[..., Any]) -> None:
    entry = feed_at(get, "/speakers/ines-prado").findall(ATOM + "entry")[0]
    assert (
        text(entry, "title")
        == "moved: “Charting Unknown Waters” Tue 4 May 11:00 → Wed 5 May 11:00 Europe/Lisbon"
    )
    assert (text(entry, "updated"), text(entry, "published")) == ("2027-02-20T08:30:00Z",) * 2
    assert [link.get("href") for link in entry.findall(ATOM + "link")] == [
        f"{BASE}/sessions/charting-unknown-waters"
    ]
    assert [category.get("term") for category in entry.findall(ATOM + "category")] == ["moved"]


def test_atom_entry_has_one_name_wherever_it_is_told(get: Callable[..., Any]) -> None:
    moved = {
        text(entry, "id")
        for page in PAGES
        for entry in feed_at(get, page).findall(ATOM + "entry")
        if text(entry, "title").startswith("moved")
    }
    assert len(moved) == 1


def test_atom_feeds_have_names_of_their_own(get: Callable[..., Any]) -> None:
    assert len({text(feed_at(get, page), "id") for page in PAGES}) == len(PAGES)


def test_hostile_title_is_only_words(get: Callable[..., Any]) -> None:
    told = [text(entry, "title") for entry in feed_at(get, EVENT).findall(ATOM + "entry")]
    assert [words for words in told if "script" in words] == [
        "added: “<script>alert(1)</script> & ]]> \ufffd \ufdd0 \U0001f6a2 “é”” Wed 5 May 2027 09:00 "
        "Europe/Lisbon"
    ]
    assert "<script>alert" not in get(f"{EVENT}/changes").text


def test_atom_feed_says_what_it_is_and_is_not_sent_twice(get: Callable[..., Any]) -> None:
    first = get("/changes.atom")
    again = get("/changes.atom", headers={"If-None-Match": first.headers["etag"]})
    assert first.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert first.headers["access-control-allow-origin"] == "*"
    assert (again.status_code, again.data) == (304, b"")


def test_rebuilt_feed_has_the_same_bytes(get: Callable[..., Any], tmp_path: Path) -> None:
    edits = (change("charts", day=1), drop("boats"), add("odd", Talk(title=HOSTILE, day=1)))
    again = create_app(written(tmp_path / "catalog", revised(*edits))).test_client().get
    for page in PAGES:
        for suffix in ("/changes", "/changes.atom"):
            assert again(page + suffix).data == get(page + suffix).data


def test_page_tells_the_same_changes_as_the_feed(get: Callable[..., Any]) -> None:
    for page in PAGES:
        body = get(f"{page}/changes").text
        entries = feed_at(get, page).findall(ATOM + "entry")
        assert body.count('<li class="row">') == len(entries)


def test_page_tells_the_time_of_a_change_apart_from_that_of_the_session(get: Callable[..., Any]) -> None:
    row = next(li for li in tree(get(f"{EVENT}/changes").data).all("li") if "Charting" in li.text)
    (when,) = [p for p in row.all("p") if p.attributes.get("class") == "when"]
    assert when.text == "at 08:30 UTC"
    (told,) = [p for what in row.all("div") for p in what.all("p")]
    assert told.text == "moved: “Charting Unknown Waters” Tue 4 May 11:00 → Wed 5 May 11:00 Europe/Lisbon"
    assert [a.text for a in told.all("a")] == ["Charting Unknown Waters"]


def test_title_from_right_to_left_stays_in_its_place(tmp_path: Path) -> None:
    """UAX 9: in its own isolate it cannot swap with the times behind it."""
    done = revised(add("ports", Talk(title="إدارة الموانئ", people=("Ines Prado",), day=1)))
    get = create_app(written(tmp_path / "catalog", done)).test_client().get
    title = text(feed_at(get, "/speakers/ines-prado").findall(ATOM + "entry")[0], "title")
    assert title == "added: “\u2068إدارة الموانئ\u2069” Wed 5 May 2027 09:00 Europe/Lisbon"
    isolated = [bdi.text for bdi in tree(get("/speakers/ines-prado/changes").data).all("bdi")]
    assert "إدارة الموانئ" in isolated


def test_changes_of_what_is_not_there_are_not_found(get: Callable[..., Any]) -> None:
    asked = ("/events/none/changes", "/speakers/none/changes.atom", f"{EVENT}/tracks/none/changes.atom")
    assert [get(path).status_code for path in asked] == [404, 404, 404]


def test_site_without_history_has_nothing_to_tell(tmp_path: Path) -> None:
    settings = Settings(title="Sea")
    write_catalog(
        tmp_path / "catalog",
        schedule=Schedule(),
        feeds=publish(Schedule(), revisions={}, settings=settings).feeds,
        diagnostics=(),
        revisions={},
        settings=settings,
        digest="1",
    )
    get = create_app(tmp_path / "catalog").test_client().get
    feed = feed_at(get, "")
    assert (text(feed, "updated"), feed.findall(ATOM + "entry")) == ("1970-01-01T00:00:00Z", [])
    assert "Nothing has changed yet." in get("/changes").text


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("/", "/changes"),
        ("/events/e", "/events/e/changes"),
        ("/events/changes", "/events/changes/changes"),
        ("/events/e/changes", "/events/e/changes"),
        ("/events/e/tracks/t", "/events/e/tracks/t/changes"),
        ("/events/e/tracks/changes", "/events/e/tracks/changes/changes"),
        ("/speakers/s", "/speakers/s/changes"),
        ("/sessions/s", "/changes"),
        ("/sessions/changes", "/changes"),
        ("/posts/changes", "/changes"),
        ("/changes", "/changes"),
    ],
)
def test_pages_lead_to_the_changes_that_concern_them(path: str, changes: str) -> None:
    assert changes_path(path) == changes


def test_page_names_its_feed_of_changes(get: Callable[..., Any]) -> None:
    link = (
        f'<link rel="alternate" type="application/atom+xml" title="What changed" href="{EVENT}/changes.atom">'
    )
    assert get(EVENT).text.count(link) == 1
    assert get(EVENT).text.count(f'href="{EVENT}/changes"') == 1


def test_changes_of_a_page_that_moved_are_found_from_the_old_address(tmp_path: Path) -> None:
    path = written(tmp_path / "catalog", revised(conference("harbour", name="Sea Conf")))
    get = create_app(path).test_client().get
    for suffix in ("", ".ics", "/changes", "/changes.atom"):
        reply = get(EVENT + suffix)
        assert (reply.status_code, reply.headers["location"]) == (
            308,
            f"{BASE}/events/sea-conf-2027{suffix}",
        )


# What search engines are told, by the words of https://schema.org/EventStatusType.


def told(tmp_path: Path, *edits: Any, page: str = "/sessions/charting-unknown-waters") -> tuple[Any, ...]:
    """The status, the start and the former starts that a page tells."""
    get = create_app(written(tmp_path / "catalog", revised(*edits))).test_client().get
    data = _jsonld(get(page).text)
    return data["eventStatus"], data["startDate"], data.get("previousStartDate")


def _jsonld(page: str) -> dict[str, Any]:
    _, _, rest = page.partition('<script type="application/ld+json">')
    found: dict[str, Any] = json.loads(rest.partition("</script>")[0])
    return found


SCHEDULED, MORNING = "https://schema.org/EventScheduled", "2027-05-04T11:00:00+01:00"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (change("charts"), (SCHEDULED, MORNING, None)),
        (change("charts", room="Dock"), (SCHEDULED, MORNING, None)),
        (change("charts", status="tentative"), (SCHEDULED, MORNING, None)),
        (
            change("charts", day=1),
            ("https://schema.org/EventRescheduled", "2027-05-05T11:00:00+01:00", MORNING),
        ),
        (change("charts", status="cancelled"), ("https://schema.org/EventCancelled", MORNING, None)),
        (drop("charts"), ("https://schema.org/EventCancelled", MORNING, None)),
        (change("charts", status="postponed"), ("https://schema.org/EventPostponed", MORNING, None)),
        (
            change("charts", day=1, status="cancelled"),
            ("https://schema.org/EventCancelled", "2027-05-05T11:00:00+01:00", None),
        ),
    ],
)
def test_session_page_tells_what_became_of_the_plan(
    tmp_path: Path, edit: Any, expected: tuple[Any, ...]
) -> None:
    assert told(tmp_path, edit) == expected


def test_session_that_moved_twice_tells_both_old_starts(tmp_path: Path) -> None:
    done = revised(change("charts", day=1))
    site = change("charts", day=2)(SITE)
    done = revise(site.schedule(), record=done.record, now=EDITED.replace(day=25))
    get = create_app(written(tmp_path / "catalog", done)).test_client().get
    data = _jsonld(get("/sessions/charting-unknown-waters").text)
    assert data["previousStartDate"] == [MORNING, "2027-05-05T11:00:00+01:00"]


@pytest.mark.parametrize("page", [EVENT, "/sessions/charting-unknown-waters"])
def test_page_of_a_conference_that_left_its_place_says_that_it_moved_online(
    tmp_path: Path, page: str
) -> None:
    plan = SITE.schedule()
    online = replace(plan.events[0], place=None, venue=None, online=True)
    first = revise(plan, record=Record(), now=MADE)
    done = revise(replace(plan, events=(online, *plan.events[1:])), record=first.record, now=EDITED)
    data = _jsonld(create_app(written(tmp_path / "catalog", done)).test_client().get(page).text)
    assert (data["eventStatus"], data["eventAttendanceMode"]) == (
        "https://schema.org/EventMovedOnline",
        "https://schema.org/OnlineEventAttendanceMode",
    )
