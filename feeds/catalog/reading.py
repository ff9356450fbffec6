"""Owns reading a catalog: one immutable file, shared by threads, nothing loaded before it is asked for."""

from __future__ import annotations

import re
import sqlite3
import struct
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any, Literal, cast
from urllib.parse import quote

from feeds.catalog.codec import Value, decode
from feeds.catalog.values import (
    APPLICATION,
    FORMAT,
    KEY_SIZE,
    CatalogCorruptError,
    CatalogMissingError,
    CatalogOutdatedError,
    Meta,
    StoredFeed,
    digest_of,
)
from feeds.diagnostics import Diagnostic
from feeds.following import News, Past
from feeds.model import Calendar, Event, PostInfo, Revision, Schedule, Session, Speaker, Track, session_order
from feeds.settings import Settings

_FEED = (
    "SELECT page, name, filename, method, count, last_modified, digest, head, organizer, shared "
    "FROM feed WHERE address = ?"
)
_PIECE = "SELECT body FROM piece WHERE key = ?"
_VALUE = "SELECT data FROM value WHERE kind = ? AND key = ?"
_LONGEST_ADDRESS = 300
_NO_PAST = Past()
_DATE = re.compile(r"^\d{4}(?:-\d{2}){1,2}-")


class Catalog:
    """An open catalog. Whoever holds one sees one publication, however many come after it."""

    def __init__(self, *, path: Path, connection: sqlite3.Connection) -> None:
        """Use `Catalog.open`. `moved` maps a former page to the present one, to None where it is gone;

        `published` is when the file was made, in seconds since 1970.
        """
        self.path = path
        self.published = path.stat().st_mtime
        self._connection = connection
        self._lock = Lock()
        self._schedule: Schedule | None = None
        self._revisions: Mapping[str, Revision] | None = None
        self._pasts: Mapping[str, Past] | None = None
        self.meta = self._read_meta()
        self.moved: Mapping[str, str | None] = dict(self._all("SELECT address, target FROM moved"))
        weakref.finalize(self, connection.close)

    @classmethod
    def open(cls, path: Path) -> Catalog:
        """Open a published file.

        Raises: CatalogMissingError, CatalogCorruptError, CatalogOutdatedError.
        """
        _check_header(path)
        with _damage_named(path):
            # immutable: no locks, no journal look-ups, and a read-only disk is fine.
            address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
            connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            try:
                return cls(path=path, connection=connection)
            except BaseException:
                connection.close()
                raise

    def feed(self, address: str) -> StoredFeed | None:
        """The feed at an address such as `/all.ics`.

        Raises: CatalogCorruptError where the stored bytes are not the bytes that were published.
        """
        row = self._one(_FEED, address)
        if row is None:
            return None
        page, name, filename, method, count, stamp, digest, head, organizer, keys = row
        with _damage_named(self.path):
            shared = tuple(self._pieces(keys))
            body = Calendar(head=head, shared=shared, organizer=organizer).body
        if digest_of(body) != digest:
            raise CatalogCorruptError(
                f"the feed `{address}` in `{self.path}` is damaged: compile the posts again"
            )
        return StoredFeed(
            address=address,
            page=page,
            name=name,
            filename=filename,
            method=cast(Literal["PUBLISH"] | None, method),
            count=count,
            last_modified=datetime.fromtimestamp(stamp, UTC),
            digest=digest,
            body=body,
        )

    def _pieces(self, keys: bytes) -> Iterator[bytes]:
        for at in range(0, len(keys), KEY_SIZE):
            ((piece,),) = self._connection.execute(_PIECE, (keys[at : at + KEY_SIZE],))
            yield piece

    def nearest(self, address: str) -> str | None:
        """The feed address most like one that does not exist; the work does not grow with the catalog."""
        wanted = address[:_LONGEST_ADDRESS]
        after = "SELECT address FROM feed WHERE address >= ? ORDER BY address LIMIT 32"
        before = "SELECT address FROM feed WHERE address < ? ORDER BY address DESC LIMIT 32"
        near = [row[0] for query in (after, before) for row in self._all(query, wanted)]
        # Without what all addresses share, or every short name would be like every other one.
        stems: dict[str, str] = {address[1:].removesuffix(".ics"): address for address in near}
        asked = wanted[1:].removesuffix(".ics")
        for stem in get_close_matches(asked, stems, n=8, cutoff=0.6):
            # What all of a kind begin with makes no two of them alike.
            if get_close_matches(_name(asked), [_name(stem)], cutoff=0.7):
                return stems[stem]
        return None

    def name(self, address: str) -> str | None:
        """What the feed at an address is called."""
        row = self._one("SELECT name FROM feed WHERE address = ?", address)
        return cast(str, row[0]) if row is not None else None

    def addresses(self) -> tuple[str, ...]:
        """The addresses of all feeds, sorted."""
        return tuple(row[0] for row in self._all("SELECT address FROM feed ORDER BY address"))

    @property
    def schedule(self) -> Schedule:
        """Everything understood from the posts, read once."""
        with self._lock:
            if self._schedule is None:
                self._schedule = self._read_schedule()
            return self._schedule

    @property
    def revisions(self) -> Mapping[str, Revision]:
        """The revisions as they were handed in, read once."""
        with self._lock:
            if self._revisions is None:
                self._revisions = {key: cast(Revision, value) for key, value in self._values("revision")}
            return self._revisions

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The findings of the compile, in their total order."""
        by_post = (cast("tuple[Diagnostic, ...]", told) for _, told in self._values("diagnostics"))
        return tuple(chain.from_iterable(by_post))

    def news(self, page: str) -> tuple[News, ...]:
        """The newest changes that a page such as `/events/E` tells, the newest first."""
        return cast("tuple[News, ...]", self._value("news", page) or ())

    def past(self, page: str) -> Past:
        """What a page was before; few were anything, so all are read once."""
        with self._lock:
            if self._pasts is None:
                self._pasts = {key: cast(Past, value) for key, value in self._values("past")}
            return self._pasts.get(page, _NO_PAST)

    def _read_meta(self) -> Meta:
        (application,) = self._one("PRAGMA application_id") or (0,)
        (form,) = self._one("PRAGMA user_version") or (0,)
        if application != APPLICATION:
            raise CatalogCorruptError(f"`{self.path}` is not a catalog")
        if form != FORMAT:
            raise CatalogOutdatedError(
                f"`{self.path}` has format {form}, this version reads {FORMAT}: compile the posts again"
            )
        with _damage_named(self.path):
            rows = dict(self._all("SELECT key, value FROM meta"))
            return Meta(
                version=rows["version"],
                tzdata=rows["tzdata"],
                digest=rows["digest"],
                findings=int(rows["findings"]),
                settings=cast(Settings, decode("settings", rows["settings"])),
            )

    def _read_schedule(self) -> Schedule:
        def read(kind: str) -> Any:
            return (value for _, value in self._values(kind))

        events: Iterator[Event] = read("event")
        sessions: Iterator[Session] = read("session")
        speakers: Iterator[Speaker] = read("speaker")
        tracks: Iterator[Track] = read("track")
        posts: Iterator[PostInfo] = read("post")
        return Schedule(
            events=tuple(sorted(events, key=lambda event: (event.start or date.max, event.slug))),
            sessions=tuple(sorted(sessions, key=session_order)),
            speakers=tuple(sorted(speakers, key=lambda speaker: speaker.slug)),
            tracks=tuple(sorted(tracks, key=lambda track: (track.event, track.slug))),
            posts=tuple(sorted(posts, key=lambda post: post.slug)),
        )

    def _value(self, kind: str, key: str) -> Value | None:
        row = self._one(_VALUE, kind, key)
        with _damage_named(self.path):
            return decode(kind, row[0]) if row is not None else None

    def _values(self, kind: str) -> list[tuple[str, Value]]:
        rows = self._all("SELECT key, data FROM value WHERE kind = ? ORDER BY key", kind)
        with _damage_named(self.path):
            return [(key, decode(kind, data)) for key, data in rows]

    def _one(self, query: str, *values: str) -> tuple[Any, ...] | None:
        return next(iter(self._all(query, *values)), None)

    def _all(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        with _damage_named(self.path):
            return self._connection.execute(query, values).fetchall()


def _name(address: str) -> str:
    """The last part, without the date that the names of posts begin with."""
    return _DATE.sub("", address.rpartition("/")[2])


def _check_header(path: Path) -> None:
    """SQLite finds a missing tail only when it reads there; the header says how long the file must be."""
    try:
        with path.open("rb") as file:
            head, size = file.read(100), file.seek(0, 2)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise CatalogMissingError(f"there is no catalog at `{path}`: compile the posts first") from error
    except OSError as error:
        raise CatalogCorruptError(f"cannot read the catalog `{path}`: {error}") from error
    if len(head) < 100 or not head.startswith(b"SQLite format 3\0"):
        raise CatalogCorruptError(f"`{path}` is not a catalog")
    page_size, pages = struct.unpack(">H", head[16:18])[0], struct.unpack(">I", head[28:32])[0]
    expected = (65536 if page_size == 1 else page_size) * pages
    if size != expected:
        raise CatalogCorruptError(
            f"the catalog `{path}` has {size} bytes instead of {expected}: copy it again"
        )


@contextmanager
def _damage_named(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, AttributeError, KeyError, TypeError, ValueError) as error:
        raise CatalogCorruptError(
            f"the catalog `{path}` is damaged ({error}): compile the posts again"
        ) from error
