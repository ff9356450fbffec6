"""Owns what a calendar program gets: a table of requests and answers (RFC 9110, CONFORMANCE F)."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from feeds.catalog import Catalog, CatalogWatcher
from feeds.web.lookup import Lookup, Shelf

FEED = "/events/harbourconf-2026.ics"
MODIFIED = "Mon, 02 Mar 2026 10:30:00 GMT"
EARLIER = "Mon, 02 Mar 2026 10:29:59 GMT"
LATER = "Tue, 03 Mar 2026 00:00:00 GMT"
TAG = "(the tag)"
GZIP_TAG = "(the gzip tag)"


def body_of(sample: ModuleType, address: str) -> bytes:
    """The bytes that were published."""
    return next(feed.body for feed in sample.feeds(sample.schedule()) if feed.address == address)


def filled(headers: Mapping[str, str], ask: Any) -> dict[str, str]:
    """The headers with the real tags in place of their names."""
    plain = ask("HEAD", FEED).headers["etag"]
    packed = ask("HEAD", FEED, {"Accept-Encoding": "gzip"}).headers["etag"]
    return {name: value.replace(TAG, plain).replace(GZIP_TAG, packed) for name, value in headers.items()}


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {}, 200),
        ("HEAD", {}, 200),
        ("OPTIONS", {}, 204),
        ("POST", {}, 405),
        ("PUT", {}, 405),
        ("DELETE", {}, 405),
        ("PROPFIND", {}, 405),
        ("REPORT", {}, 405),
        # RFC 9110 section 13.1.2: lists, the star and weak comparison
        ("GET", {"If-None-Match": TAG}, 304),
        ("HEAD", {"If-None-Match": TAG}, 304),
        ("GET", {"If-None-Match": "*"}, 304),
        ("GET", {"If-None-Match": f"W/{TAG}"}, 304),
        ("GET", {"If-None-Match": f'"other", W/{TAG}'}, 304),
        ("GET", {"If-None-Match": f'{TAG},"other"'}, 304),
        ("GET", {"If-None-Match": '"other"'}, 200),
        ("GET", {"If-None-Match": "garbage"}, 200),
        ("GET", {"If-None-Match": ""}, 200),
        # a tag belongs to one coding
        ("GET", {"If-None-Match": GZIP_TAG}, 200),
        ("GET", {"If-None-Match": GZIP_TAG, "Accept-Encoding": "gzip"}, 304),
        ("GET", {"If-None-Match": TAG, "Accept-Encoding": "gzip"}, 200),
        # section 13.1.3: an exact date, strictly read, and only without If-None-Match
        ("GET", {"If-Modified-Since": MODIFIED}, 304),
        ("GET", {"If-Modified-Since": LATER}, 304),
        ("GET", {"If-Modified-Since": EARLIER}, 200),
        ("GET", {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}, 200),
        ("GET", {"If-Modified-Since": "Monday, 02-Mar-26 10:30:00 GMT"}, 304),
        ("GET", {"If-Modified-Since": "Mon Mar  2 10:30:00 2026"}, 304),
        ("GET", {"If-Modified-Since": "2026-03-02T10:30:00Z"}, 200),
        ("GET", {"If-Modified-Since": "yesterday"}, 200),
        ("GET", {"If-Modified-Since": "Mon, 30 Feb 2026 10:30:00 GMT"}, 200),
        ("GET", {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, 200),
        ("GET", {"If-None-Match": '"other"', "If-Modified-Since": MODIFIED}, 200),
        ("GET", {"If-None-Match": TAG, "If-Modified-Since": EARLIER}, 304),
        # whatever a program says it accepts, a feed is a calendar (Meetable#138)
        ("GET", {"Accept": "text/html"}, 200),
        ("GET", {"Accept": "application/json;q=1, text/calendar;q=0"}, 200),
        ("GET", {"Range": "bytes=0-9"}, 200),
    ],
)
def test_feed_status(ask: Any, method: str, headers: dict[str, str], status: int) -> None:
    assert ask(method, FEED, filled(headers, ask)).status == status


def test_feed_headers(ask: Any, sample: ModuleType) -> None:
    reply = ask("GET", FEED)
    body = body_of(sample, FEED)
    names = ("date", "server", "connection", "etag")
    assert reply.body == body
    assert {name: value for name, value in reply.headers.items() if name not in names} == {
        "content-type": "text/calendar; charset=utf-8",
        "content-length": str(len(body)),
        "content-disposition": 'inline; filename="events-harbourconf-2026.ics"; '
        "filename*=UTF-8''events-harbourconf-2026.ics",
        "last-modified": MODIFIED,
        "cache-control": "public, max-age=1800, stale-while-revalidate=3600, stale-if-error=86400",
        "vary": "Accept-Encoding",
        "link": '<https://talks.example.org/events/harbourconf-2026.ics>; rel="self"; type="text/calendar", '
        '<https://talks.example.org/events/harbourconf-2026>; rel="alternate"; type="text/html"',
        "accept-ranges": "none",
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "ETag, Link, Content-Disposition, Retry-After",
        "cross-origin-resource-policy": "cross-origin",
        "content-security-policy": "default-src 'none'; sandbox",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-robots-tag": "noindex",
    }


def test_feed_head_equals_get(ask: Any) -> None:
    get, head = ask("GET", FEED), ask("HEAD", FEED)
    assert head.body == b""
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_unchanged_feed_says_what_the_whole_one_says(ask: Any, encoding: str) -> None:
    """RFC 9110 section 15.4.5."""
    whole = ask("GET", FEED, {"Accept-Encoding": encoding})
    unchanged = ask("GET", FEED, {"Accept-Encoding": encoding, "If-None-Match": whole.headers["etag"]})
    names = ("etag", "last-modified", "cache-control", "vary", "access-control-allow-origin", "link")
    assert (unchanged.status, unchanged.body) == (304, b"")
    assert {name: unchanged.headers[name] for name in names} == {name: whole.headers[name] for name in names}
    assert "content-type" not in unchanged.headers


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br", "gzip"),
        ("GZIP;Q=0.5", "gzip"),
        ("x-gzip", "gzip"),
        ("br;q=1, gzip;q=0.001", "gzip"),
        ("gzip;q=0.5, identity;q=0.5", "gzip"),
        ("identity;q=0, gzip", "gzip"),
        ("", None),
        ("identity", None),
        ("gzip;q=0", None),
        ("gzip;q=0.0, *", None),
        ("*", None),
        ("*;q=0", None),
        ("deflate, br", None),
        ("gzip;q=0.5, identity;q=0.8", None),
        ("gzip;q=0.5, *;q=0.8", None),
        ("notgzip", None),
        (",,;,", None),
    ],
)
def test_feed_coding(ask: Any, sample: ModuleType, accept: str, coding: str | None) -> None:
    reply = ask("GET", FEED, {"Accept-Encoding": accept})
    plain = gzip.decompress(reply.body) if coding else reply.body
    assert reply.headers.get("content-encoding") == coding
    assert reply.headers["content-length"] == str(len(reply.body))
    assert reply.headers["vary"] == "Accept-Encoding"
    assert plain == body_of(sample, FEED)


def test_feed_tags_differ_by_coding_and_are_strong(ask: Any) -> None:
    plain, packed = (ask("GET", FEED, {"Accept-Encoding": accept}).headers["etag"] for accept in ("", "gzip"))
    assert plain != packed
    assert (plain[0], packed[0]) == ('"', '"')


def test_feed_is_not_compressed_unasked(ask: Any) -> None:
    assert "content-encoding" not in ask("GET", FEED).headers


@pytest.mark.parametrize(
    "query", ["?", "?utm_source=mail", "?event=none", "?q=%00", "?" + "x" * 4000, "?cancelled=hide&_=1"]
)
def test_stray_query_changes_nothing(ask: Any, query: str) -> None:
    plain, strayed = ask("GET", FEED), ask("GET", FEED + query)
    assert (strayed.status, strayed.headers["etag"], strayed.body) == (200, plain.headers["etag"], plain.body)


def test_download_is_saved_and_published(ask: Any) -> None:
    headers = ask("GET", "/sessions/wasm-at-sea.ics").headers
    assert headers["content-type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert headers["content-disposition"] == (
        "attachment; filename=\"sessions-wasm-at-sea.ics\"; filename*=UTF-8''sessions-wasm-at-sea.ics"
    )


def test_options_answers_a_preflight(ask: Any) -> None:
    reply = ask("OPTIONS", FEED, {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"})
    assert reply.body == b""
    assert {name: reply.headers.get(name) for name in PREFLIGHT} == PREFLIGHT


PREFLIGHT = {
    "allow": "GET, HEAD, OPTIONS",
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "If-None-Match, If-Modified-Since",
    "access-control-max-age": "86400",
    "access-control-allow-credentials": None,
}


def test_other_methods_say_what_is_allowed(ask: Any) -> None:
    assert ask("PROPFIND", FEED).headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/events/harbour-2026.ics", 308, "https://talks.example.org/events/harbourconf-2026.ics"),
        ("/ALL.ics", 308, "https://talks.example.org/all.ics"),
        ("/Events/HarbourConf-2026.ics", 308, "https://talks.example.org/events/harbourconf-2026.ics"),
        ("/events/first-try-2019.ics", 410, None),
        ("/events/none-of-the-kind-at-all.ics", 404, None),
        ("/events/../all.ics", 404, None),
        ("/%2e%2e/all.ics", 404, None),
        ("/all%00.ics", 404, None),
        ("/%C3%A9t%C3%A9.ics", 404, None),
        ("/%FF%FE.ics", 404, None),
        ("/" + "a" * 3000 + ".ics", 404, None),
        ("/.ics", 404, None),
        ("/' OR 1=1 --.ics".replace(" ", "%20"), 404, None),
    ],
)
def test_address_that_is_no_feed(ask: Any, path: str, status: int, location: str | None) -> None:
    reply = ask("GET", path)
    assert (reply.status, reply.headers.get("location")) == (status, location)
    assert not reply.headers.get("content-type", "").startswith("text/calendar")


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("/events/harbourconf.ics", "/events/harbourconf-2026.ics"),
        ("/events/harborconf-2026.ics", "/events/harbourconf-2026.ics"),
        ("/speakers/mei-tanka.ics", "/speakers/mei-tanaka.ics"),
        ("/al.ics", "/all.ics"),
    ],
)
def test_unknown_feed_suggests_the_nearest(ask: Any, path: str, nearest: str) -> None:
    text = f"There is no feed at this address. Did you mean https://talks.example.org{nearest} ?\n"
    assert ask("GET", path).body.decode() == text


def test_unknown_feed_is_told_in_json_to_who_prefers_it(ask: Any) -> None:
    reply = ask("GET", "/zzz.ics", {"Accept": "application/json"})
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.body.decode() == (
        '{"type": "about:blank", "title": "Not Found", "status": 404, '
        '"detail": "There is no feed at this address.", "instance": "/zzz.ics"}'
    )


def test_two_servers_give_the_same_bytes_and_tags(published: Path) -> None:
    lookups = [Lookup(CatalogWatcher(published)) for _ in range(2)]
    for address in Catalog.open(published).addresses():
        for headers in ({}, {"accept-encoding": "gzip"}):
            first, second = (lookup("GET", address, headers) for lookup in lookups)
            assert first == second


def test_date_to_come_is_told_as_the_present(tmp_path: Path, sample: ModuleType) -> None:
    """RFC 9110 section 8.8.2.1: never later than the message itself."""
    future = datetime(2200, 1, 1, tzinfo=UTC)
    made = [replace(feed, last_modified=future) for feed in sample.feeds(sample.schedule())]
    sample.publish(tmp_path / "catalog", feeds=made)
    answer = Lookup(CatalogWatcher(tmp_path / "catalog"))("GET", FEED, {})
    assert answer is not None
    told = parsedate_to_datetime(dict(answer.headers)["Last-Modified"])
    assert timedelta(0) <= datetime.now(UTC) - told < timedelta(minutes=1)


def test_memory_of_answers_is_bounded(published: Path) -> None:
    catalog = Catalog.open(published)
    shelf = Shelf(catalog=catalog, budget=12_000)
    for address in catalog.addresses() * 2:
        prepared = shelf.prepared(address, compressed=False)
        assert prepared is not None
        assert 0 < shelf.held <= 12_000


@pytest.mark.timeout(10)
@pytest.mark.parametrize("name", ["if-none-match", "if-modified-since", "accept-encoding", "accept"])
@pytest.mark.parametrize("value", ['"', "W/", 'W/"', ",;q=", " ", "a", "\xff", "*,"])
def test_hostile_header_changes_nothing_and_takes_no_time(published: Path, name: str, value: str) -> None:
    answer = Lookup(CatalogWatcher(published))("GET", FEED, {name: value * 100_000})
    assert answer is not None
    assert answer.status == 200
