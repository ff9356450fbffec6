"""Owns writing a catalog: whole or as a changed copy, always a new file that takes the old one's name."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from feeds import __version__
from feeds.catalog.codec import encode
from feeds.catalog.rows import Values, rows_of, truly, values_of
from feeds.catalog.values import APPLICATION, FORMAT, CatalogNotWritableError, digest_of, key_of
from feeds.following import Following
from feeds.sameness import difference

if TYPE_CHECKING:
    from feeds.diagnostics import Diagnostic
    from feeds.model import Revision, Schedule
    from feeds.publication import Feed
    from feeds.settings import Settings

_NOTHING: Mapping[str, str | None] = MappingProxyType({})

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE value (kind TEXT, key TEXT, data TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE moved (address TEXT PRIMARY KEY, target TEXT) WITHOUT ROWID;
CREATE TABLE feed (
    address TEXT PRIMARY KEY, page TEXT NOT NULL, name TEXT NOT NULL, filename TEXT NOT NULL, method TEXT,
    count INTEGER NOT NULL, last_modified INTEGER NOT NULL, digest TEXT NOT NULL,
    head BLOB NOT NULL, organizer BLOB NOT NULL, shared BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE piece (key BLOB PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
"""
# A feed is its head and the keys of its pieces, one behind the other: a session stands in five feeds or more
# and is written once. Nothing is compressed: that took longer than all else, and a worker prepares each
# answer once.


@dataclass(frozen=True, slots=True)
class Pieces:
    """What feeds share: the key of each piece, and in how many places of all feeds it stands."""

    keys: dict[bytes, bytes] = field(default_factory=dict)
    uses: Counter[bytes] = field(default_factory=Counter)

    def copy(self) -> Pieces:
        """Another one, which can be changed."""
        return Pieces(dict(self.keys), Counter(self.uses))

    def take(self, feed: Feed) -> bytes:
        """Count what a feed holds; its keys, one behind the other."""
        keys, shared = self.keys, feed.calendar.shared
        for piece in shared:
            if piece not in keys:
                keys[piece] = key_of(piece)
        self.uses.update(shared)
        return b"".join([keys[piece] for piece in shared])

    def drop(self, feed: Feed) -> None:
        """Count what a feed holds no more."""
        self.uses.subtract(feed.calendar.shared)

    def sweep(self) -> list[bytes]:
        """Forget what no feed holds any more; the keys of these pieces."""
        gone = [piece for piece, count in self.uses.items() if not count]
        for piece in gone:
            del self.uses[piece]
        return [self.keys.pop(piece) for piece in gone]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What stands in a published file: hand it to the next `write_catalog` and only changes are written."""

    stamp: tuple[int, int, int]
    feeds: Mapping[str, Feed]
    pieces: Pieces
    values: Values
    meta: Mapping[str, str]
    moved: Mapping[str, str | None]


def write_catalog(
    path: Path,
    *,
    schedule: Schedule,
    feeds: Sequence[Feed],
    diagnostics: Sequence[Diagnostic],
    revisions: Mapping[str, Revision],
    settings: Settings,
    digest: str,
    moved: Mapping[str, str | None] = _NOTHING,
    following: Following | None = None,
    previous: Written | None = None,
) -> Written:
    """Publish a catalog at `path`; readers see the old file or the new one, never a part.

    `moved` maps an address that was published once, a page's or its feed's, to its new address, or to
    None where it is gone for good. `following` is what pages tell of the past. `previous` is what the
    last call returned: values that are still the same objects cost nothing.

    Raises: CatalogNotWritableError.
    """
    wanted = Written(
        stamp=(0, 0, 0),
        feeds={feed.address: feed for feed in feeds},
        pieces=Pieces(),
        values=values_of(
            schedule, diagnostics=diagnostics, revisions=revisions, following=following or Following()
        ),
        meta=_meta(settings=settings, digest=digest, findings=len(diagnostics)),
        moved={_page(old): _page(new) if new is not None else None for old, new in moved.items()},
    )
    try:
        with _turn(path.parent):
            return _publish(path, wanted, previous)
    except (OSError, sqlite3.OperationalError) as error:
        raise CatalogNotWritableError(f"cannot write the catalog `{path}`: {error}") from error


def _page(address: str) -> str:
    return address.removesuffix(".ics")


def _meta(*, settings: Settings, digest: str, findings: int) -> dict[str, str]:
    return {
        "version": __version__,
        "tzdata": version("tzdata"),
        "digest": digest,
        "findings": str(findings),
        "settings": encode(settings),
    }


@contextmanager
def _turn(directory: Path) -> Iterator[None]:
    """One writer at a time in a directory; the lock ends with the process, however that ends."""
    directory.mkdir(parents=True, exist_ok=True)
    handle = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
        os.fsync(handle)  # makes the rename itself durable
    finally:
        os.close(handle)


def _publish(path: Path, wanted: Written, previous: Written | None) -> Written:
    # What a killed writer left here is overwritten, so nothing piles up.
    draft = path.with_name(f".{path.name}.draft")
    known = previous if previous is not None and previous.stamp == stamp_of(path) else None
    draft.unlink(missing_ok=True)
    try:
        if known is not None:
            shutil.copyfile(path, draft)
        with closing(sqlite3.connect(draft, isolation_level=None)) as file:
            pieces = _fill(file, wanted, known)
        _flush(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return replace(wanted, stamp=stamp_of(path), pieces=pieces)


def stamp_of(path: Path) -> tuple[int, int, int]:
    """Which file stands at a path now: inode, time, size; zeros where there is none."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return (0, 0, 0)
    return (status.st_ino, status.st_mtime_ns, status.st_size)


def _fill(file: sqlite3.Connection, wanted: Written, known: Written | None) -> Pieces:
    # No journal and no waiting: nobody reads a draft, and it is flushed as a whole before it is renamed.
    file.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
    )
    if known is None:
        # Pages that hold a session and most feeds whole: with 4 kB the file is 40 % larger to copy.
        file.executescript(
            f"PRAGMA page_size = 16384; PRAGMA application_id = {APPLICATION}; "
            f"PRAGMA user_version = {FORMAT}; {_TABLES}"
        )
    file.execute("BEGIN")
    pieces = _write_feeds(file, wanted.feeds, known)
    _write_values(file, wanted.values, known.values if known else {})
    for table, columns in (("meta", "key, value"), ("moved", "address, target")):
        file.execute(f"DELETE FROM {table}")  # noqa: S608 - constant names
        rows = wanted.meta if table == "meta" else wanted.moved
        file.executemany(f"INSERT INTO {table} ({columns}) VALUES (?, ?)", sorted(rows.items()))  # noqa: S608
    file.execute("COMMIT")
    return pieces


def _write_feeds(file: sqlite3.Connection, wanted: Mapping[str, Feed], known: Written | None) -> Pieces:
    """The feeds that changed, and the pieces that came or went with them."""
    before: Mapping[str, Feed] = known.feeds if known else {}
    pieces = known.pieces.copy() if known else Pieces()
    stored = len(pieces.keys)
    differs = difference(wanted, before)
    left = differs.gone
    come = (wanted[address] for address in truly(differs.others, now=wanted, before=before))
    rows = [_feed_row(feed, pieces.take(feed)) for feed in come]
    for address in chain(left, (row[0] for row in rows if row[0] in before)):
        pieces.drop(before[address])
    added = list(islice(pieces.keys.items(), stored, None))
    file.executemany("DELETE FROM piece WHERE key = ?", [(key,) for key in pieces.sweep()])
    file.executemany(
        "INSERT INTO piece VALUES (?, ?)",
        sorted((key, piece) for piece, key in added if piece in pieces.keys),
    )
    file.executemany("DELETE FROM feed WHERE address = ?", [(address,) for address in left])
    file.executemany(f"INSERT OR REPLACE INTO feed VALUES ({', '.join('?' * 11)})", rows)  # noqa: S608
    return pieces


def _feed_row(feed: Feed, keys: bytes) -> tuple[Any, ...]:
    calendar, stamp = feed.calendar, int(feed.last_modified.timestamp())
    return (feed.address, feed.page, feed.name, feed.filename, feed.method, feed.count, stamp,
            digest_of(feed.body), calendar.head, calendar.organizer, keys)  # fmt: skip


def _write_values(file: sqlite3.Connection, wanted: Values, known: Values) -> None:
    rows = rows_of(wanted, known)
    file.executemany("DELETE FROM value WHERE kind = ? AND key = ?", rows.gone)
    file.executemany("INSERT OR REPLACE INTO value VALUES (?, ?, ?)", rows.changed)


def _flush(draft: Path) -> None:
    handle = os.open(draft, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
