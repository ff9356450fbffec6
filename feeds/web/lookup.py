"""Owns answering requests for feeds: one look-up from (method, path, headers) to an answer, without Flask."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from http import HTTPStatus
from threading import Lock
from urllib.parse import quote

from feeds.catalog import Catalog, CatalogCorruptError, CatalogWatcher, StoredFeed
from feeds.settings import Settings
from feeds.web.hiding import HIDE, hides_cancelled, without_cancelled
from feeds.web.http import (
    accepts_gzip,
    gains_by_gzip,
    gzipped,
    http_date,
    not_modified,
    prefers_json,
)
from feeds.web.index import Index

Headers = tuple[tuple[str, str], ...]

ALLOWED = "GET, HEAD, OPTIONS"
_REMEMBERED_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A whole response. It may be shared by many requests, so nothing in it ever changes."""

    status: int
    headers: Headers
    body: bytes = b""

    @property
    def status_line(self) -> str:
        """The status as WSGI wants it."""
        return f"{self.status} {HTTPStatus(self.status).phrase}"

    @cached_property
    def raw_headers(self) -> list[tuple[bytes, bytes]]:
        """The headers as ASGI wants them."""
        return [(name.lower().encode("ascii"), value.encode("latin-1")) for name, value in self.headers]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """One feed in one coding with the answers it can give."""

    etag: str
    last_modified: datetime
    whole: Answer
    bodiless: Answer
    unchanged: Answer

    @property
    def size(self) -> int:
        """Bytes held, headers guessed."""
        return len(self.whole.body) + 2048


_Key = tuple[str, bool, bool]


class Shelf:
    """One catalog and the answers prepared from it; a new catalog gets a new shelf, so the two never mix."""

    def __init__(
        self, *, catalog: Catalog, settings: Settings | None = None, budget: int = _REMEMBERED_BYTES
    ) -> None:
        """`settings` replace the ones stored in the catalog; `budget` is in bytes of remembered answers."""
        self.catalog = catalog
        self.settings = settings or catalog.meta.settings
        self._index: Index | None = None
        self._prepared: OrderedDict[_Key, Prepared] = OrderedDict()
        self._held = 0
        self._budget = budget
        self._lock = Lock()

    @property
    def held(self) -> int:
        """Bytes of remembered answers."""
        return self._held

    @property
    def index(self) -> Index:
        """The catalog's schedule by slug, made once (twice, if two threads ask first, which does no harm)."""
        if self._index is None:
            self._index = Index(self.catalog.schedule, pasts=self.catalog.past)
        return self._index

    def prepared(self, path: str, *, compressed: bool, hidden: bool = False) -> Prepared | None:
        """The feed at a path, compressed where that was asked for and gains; None where there is none.

        `hidden` leaves out what was cancelled. Raises: CatalogCorruptError.
        """
        key = (path, compressed, hidden)
        known = self._prepared.get(key)
        if known is not None:
            return known
        feed = self.catalog.feed(path)
        if feed is None:
            return None
        if hidden:
            feed = without_cancelled(feed)
        made = _prepare(feed, settings=self.settings, compressed=compressed)
        # A date that is still to come is told as the present one, which passes.
        if feed.last_modified <= datetime.now(UTC):
            self._remember(key, made)
        return made

    def _remember(self, key: _Key, made: Prepared) -> None:
        """First in, first out, within a budget: a walk through all feeds must not fill the memory."""
        with self._lock:
            if key in self._prepared:
                return
            self._prepared[key] = made
            self._held += made.size
            while self._held > self._budget and len(self._prepared) > 1:
                self._held -= self._prepared.popitem(last=False)[1].size


class Lookup:
    """Answers every address that ends in `.ics`; the newest catalog is taken once a request."""

    def __init__(self, watcher: CatalogWatcher, *, settings: Settings | None = None) -> None:
        """`settings` replace the ones stored in the catalog."""
        self.watcher = watcher
        self._settings = settings
        self._shelf: Shelf | None = None

    def shelf(self) -> Shelf | None:
        """The newest catalog with its answers; None before the first catalog."""
        catalog, shelf = self.watcher.current(), self._shelf
        if catalog is None:
            return None
        if shelf is None or shelf.catalog is not catalog:
            shelf = self._shelf = Shelf(catalog=catalog, settings=self._settings)
        return shelf

    def __call__(
        self, method: str, path: str, headers: Mapping[str, str], *, query: str = ""
    ) -> Answer | None:
        """The answer, or None where the path is no feed's; header names are lower case.

        Of the query only `cancelled=hide` counts: whatever else was added to an address changes nothing.
        """
        if not path.endswith(".ics"):
            return None
        if not path.isascii():
            path = quote(path, errors="replace")
        shelf = self.shelf()
        if shelf is None:
            return _problem(503, "Nothing has been published yet.", path=path, headers=headers)
        try:
            hidden = query != "" and hides_cancelled(query)
            return _answer(shelf, method=method, path=path, headers=headers, hidden=hidden)
        except CatalogCorruptError:
            # A 5xx makes programs wait; an empty calendar or a 404 would make them forget (CONFORMANCE F13).
            return _problem(
                503, "This feed is damaged and will be published anew.", path=path, headers=headers
            )


def _answer(shelf: Shelf, *, method: str, path: str, headers: Mapping[str, str], hidden: bool) -> Answer:
    encoding = headers.get("accept-encoding")
    compressed = encoding is not None and accepts_gzip(encoding)
    feed = shelf.prepared(path, compressed=compressed, hidden=hidden)
    if feed is None:
        return _absent(shelf, path=path, headers=headers, hidden=hidden)
    if method not in ("GET", "HEAD"):
        return _OPTIONS if method == "OPTIONS" else _NOT_ALLOWED
    conditional = "if-none-match" in headers or "if-modified-since" in headers
    if conditional and not_modified(
        headers, etag=feed.etag, last_modified=feed.last_modified, now=datetime.now(UTC)
    ):
        return feed.unchanged
    return feed.whole if method == "GET" else feed.bodiless


def _prepare(feed: StoredFeed, *, settings: Settings, compressed: bool) -> Prepared:
    body, coding = feed.body, ""
    if compressed and gains_by_gzip(body):
        body, coding = gzipped(body), "gzip"
    etag = f'"{feed.digest}-gz"' if coding else f'"{feed.digest}"'
    last_modified = min(feed.last_modified, datetime.now(UTC).replace(microsecond=0))
    constant = (
        ("ETag", etag),
        ("Last-Modified", http_date(last_modified)),
        ("Cache-Control", _cache_control(settings)),
        ("Vary", "Accept-Encoding"),
        ("Link", _links(feed, settings)),
        *_OPEN_TO_ALL,
    )
    content = (
        ("Content-Type", feed.content_type),
        ("Content-Length", str(len(body))),
        *((("Content-Encoding", coding),) if coding else ()),
        ("Content-Disposition", feed.disposition),
        *_GUARDS,
        *constant,
    )
    return Prepared(
        etag=etag,
        last_modified=last_modified,
        whole=Answer(status=200, headers=content, body=body),
        bodiless=Answer(status=200, headers=content),
        unchanged=Answer(status=304, headers=constant),
    )


def _cache_control(settings: Settings) -> str:
    """Half the refresh interval, so that a cache never makes a subscriber miss two polls in a row."""
    fresh = max(60, min(timedelta(minutes=settings.refresh / 2), timedelta(hours=1)).seconds or 3600)
    return f"public, max-age={fresh}, stale-while-revalidate=3600, stale-if-error=86400"


def _links(feed: StoredFeed, settings: Settings) -> str:
    base = settings.base_url or ""
    return (
        f'<{base}{feed.address}>; rel="self"; type="text/calendar", '
        f'<{base}{feed.page}>; rel="alternate"; type="text/html"'
    )


def _absent(shelf: Shelf, *, path: str, headers: Mapping[str, str], hidden: bool) -> Answer:
    query = f"?{HIDE}" if hidden else ""
    moved, page = shelf.catalog.moved, path.removesuffix(".ics")
    if page in moved:
        target = moved[page]
        if target is None:
            return _problem(410, "This feed is gone for good.", path=path, headers=headers)
        return _redirect(f"{target}.ics{query}", settings=shelf.settings)
    nearest = shelf.catalog.nearest(path.lower())
    if nearest is not None and nearest == path.lower():
        return _redirect(f"{nearest}{query}", settings=shelf.settings)
    hint = f" Did you mean {shelf.settings.base_url or ''}{nearest} ?" if nearest else ""
    return _problem(404, f"There is no feed at this address.{hint}", path=path, headers=headers)


def _redirect(target: str, *, settings: Settings) -> Answer:
    location = ("Location", f"{settings.base_url or ''}{target}")
    return Answer(
        status=308,
        headers=(location, ("Content-Length", "0"), ("Cache-Control", "public, max-age=3600"), *_OPEN_TO_ALL),
    )


def _problem(status: int, detail: str, *, path: str, headers: Mapping[str, str]) -> Answer:
    """An error in words, or as RFC 9457 asks; never as a calendar."""
    if prefers_json(headers.get("accept", "")):
        title = HTTPStatus(status).phrase
        problem = {
            "type": "about:blank",
            "title": title,
            "status": status,
            "detail": detail,
            "instance": path,
        }
        kind, body = "application/problem+json", json.dumps(problem).encode()
    else:
        kind, body = "text/plain; charset=utf-8", f"{detail}\n".encode()
    return Answer(
        status=status,
        headers=(
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "public, max-age=60" if status != 503 else "no-cache"),
            ("Vary", "Accept"),
            *((("Retry-After", "10"),) if status == 503 else ()),
            *_GUARDS,
            *_OPEN_TO_ALL,
        ),
        body=body,
    )


_OPEN_TO_ALL: Headers = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, Link, Content-Disposition, Retry-After"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
)
_GUARDS: Headers = (
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; sandbox"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Robots-Tag", "noindex"),
    ("Accept-Ranges", "none"),
)
_OPTIONS = Answer(
    status=204,
    headers=(
        ("Allow", ALLOWED),
        ("Access-Control-Allow-Methods", ALLOWED),
        ("Access-Control-Allow-Headers", "If-None-Match, If-Modified-Since"),
        ("Access-Control-Max-Age", "86400"),
        *_OPEN_TO_ALL,
    ),
)
_NOT_ALLOWED = Answer(
    status=405,
    headers=(
        ("Allow", ALLOWED),
        ("Content-Length", "0"),
        ("Cache-Control", "public, max-age=60"),
        *_OPEN_TO_ALL,
    ),
)
