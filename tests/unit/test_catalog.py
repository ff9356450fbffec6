"""Owns what a catalog promises: everything comes back, same input, same file, cheap changes."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest

from feeds.catalog import (
    Catalog,
    CatalogCorruptError,
    CatalogError,
    CatalogMissingError,
    CatalogOutdatedError,
    CatalogWatcher,
)
from feeds.model import Calendar, Schedule, Session
from feeds.publication import Feed


def dump(path: Path) -> list[tuple[object, ...]]:
    """Every row of every table, in order."""
    with sqlite3.connect(path) as file:
        tables = [
            name
            for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        rows = [
            (table, *row)
            for table in tables
            for row in file.execute(f"SELECT * FROM {table} ORDER BY 1, 2")  # noqa: S608 - our own names
        ]
    file.close()
    return rows


def test_everything_comes_back(tmp_path: Path, sample: ModuleType) -> None:
    sample.publish(tmp_path / "catalog")
    catalog = Catalog.open(tmp_path / "catalog")
    assert catalog.schedule == sample.schedule()
    assert catalog.diagnostics == (sample.FINDING,)
    assert catalog.revisions == {"wasm-at-sea": sample.REVISION}
    assert catalog.meta.settings == sample.SETTINGS
    assert (catalog.meta.digest, catalog.meta.findings) == ("input-", 1)
    published = {feed.address: feed for feed in sample.feeds(sample.schedule())}
    assert catalog.addresses() == tuple(sorted(published))
    for address, feed in published.items():
        stored = catalog.feed(address)
        assert stored is not None
        names = {"body", *Feed.__dataclass_fields__} - {"calendar"}
        assert {name: getattr(stored, name) for name in names} == {
            name: getattr(feed, name) for name in names
        }


@pytest.mark.parametrize("fold", [0, 1])
def test_hour_that_happens_twice_comes_back_as_itself(tmp_path: Path, sample: ModuleType, fold: int) -> None:
    start = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Paris"), fold=fold)
    session = Session(slug="s", title="Night", start=start, timezone="Europe/Paris")
    sample.publish(tmp_path / "catalog", values=Schedule(sessions=(session,)), feeds=[])
    (read,) = Catalog.open(tmp_path / "catalog").schedule.sessions
    assert isinstance(read.start, datetime)
    assert read.start.utcoffset() == timedelta(hours=2 - fold)
    assert read.start.astimezone(UTC) == start.astimezone(UTC)


@pytest.mark.parametrize(
    "start",
    [None, datetime(2026, 1, 1, 9),  # noqa: DTZ001 - the zone nobody knows
     datetime(2026, 1, 1, 9, tzinfo=ZoneInfo("Asia/Kolkata"))]
)  # fmt: skip
def test_kinds_of_times_come_back(tmp_path: Path, sample: ModuleType, start: datetime | None) -> None:
    zone = "Asia/Kolkata" if start is not None and start.tzinfo is not None else None
    session = Session(slug="s", title="T", start=start, timezone=zone)
    sample.publish(tmp_path / "catalog", values=Schedule(sessions=(session,)), feeds=[])
    (read,) = Catalog.open(tmp_path / "catalog").schedule.sessions
    assert read == session


def test_same_input_makes_the_same_file(tmp_path: Path, sample: ModuleType) -> None:
    sample.publish(tmp_path / "one")
    sample.publish(tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_changed_copy_equals_a_whole_file(tmp_path: Path, sample: ModuleType) -> None:
    before = sample.publish(tmp_path / "changed", note="before")
    values = sample.schedule()
    fewer = replace(values, sessions=values.sessions[2:], speakers=values.speakers[:-1])
    sample.publish(tmp_path / "changed", note="after", values=fewer, previous=before, diagnostics=())
    sample.publish(tmp_path / "whole", note="after", values=fewer, diagnostics=())
    assert dump(tmp_path / "changed") == dump(tmp_path / "whole")


def test_file_of_somebody_else_is_written_whole(tmp_path: Path, sample: ModuleType) -> None:
    before = sample.publish(tmp_path / "catalog", note="ours")
    sample.publish(tmp_path / "catalog", note="theirs", moved={"/old.ics": None})
    sample.publish(tmp_path / "catalog", note="again", previous=before)
    sample.publish(tmp_path / "whole", note="again")
    assert dump(tmp_path / "catalog") == dump(tmp_path / "whole")


def test_published_file_stands_alone(tmp_path: Path, sample: ModuleType) -> None:
    sample.publish(tmp_path / "deep" / "down" / "catalog")
    assert [path.name for path in (tmp_path / "deep" / "down").iterdir()] == ["catalog"]


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CatalogMissingError, match="there is no catalog at"):
        Catalog.open(tmp_path / "none")


def broken(good: bytes) -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "text", b"hello, world\n" * 100
    yield "half", good[: len(good) // 2]
    yield "one byte short", good[:-1]
    yield "longer", good + b"\0" * 4096
    yield "zeros after the header", good[:100] + bytes(len(good) - 100)
    yield "zeros", bytes(len(good))


@pytest.mark.parametrize("kind", range(7))
def test_damaged_file_is_named(tmp_path: Path, sample: ModuleType, kind: int) -> None:
    path = tmp_path / "catalog"
    sample.publish(path)
    _, damaged = list(broken(path.read_bytes()))[kind]
    path.write_bytes(damaged)
    with pytest.raises(CatalogCorruptError) as caught:
        Catalog.open(path)
    assert str(path) in str(caught.value)


def test_directory_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(CatalogCorruptError):
        Catalog.open(tmp_path)


def test_another_programs_database(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other") as file:
        file.execute("CREATE TABLE t (x)")
    file.close()
    with pytest.raises(CatalogCorruptError, match="is not a catalog"):
        Catalog.open(tmp_path / "other")


def test_another_format(tmp_path: Path, sample: ModuleType) -> None:
    path = tmp_path / "catalog"
    sample.publish(path)
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA user_version = 999")
    file.close()
    with pytest.raises(CatalogOutdatedError, match="has format 999"):
        Catalog.open(path)


@pytest.mark.parametrize(
    ("where", "count"),
    [(b"X-WR-CALNAME:Thin Air", 1), (b"SUMMARY:Thin Air", 5)],
    ids=["in its head", "in what feeds share"],
)
def test_flipped_byte_in_a_feed_is_noticed(
    tmp_path: Path, sample: ModuleType, where: bytes, count: int
) -> None:
    lost = sorted(feed.address for feed in sample.feeds(sample.schedule()) if where in feed.body)
    assert len(lost) == count
    path = tmp_path / "catalog"
    sample.publish(path)
    data = path.read_bytes()
    (at,) = [found.end() - 3 for found in re.finditer(re.escape(where), data)]
    path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    catalog, damaged = Catalog.open(path), []
    for address in catalog.addresses():
        try:
            catalog.feed(address)
        except CatalogCorruptError:
            damaged.append(address)
    assert damaged == lost


def test_what_feeds_share_is_stored_once(tmp_path: Path, sample: ModuleType) -> None:
    path = tmp_path / "catalog"
    sample.publish(path)
    assert path.read_bytes().count(b"UID:thin-air\r\n") == 1
    organizer = b"ORGANIZER;CN=Us:invalid:nomail\r\n"
    shared = (b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", b"Z\r\n")
    calendar = Calendar(head=b"A\r\n", shared=shared, organizer=organizer)
    (feed, *_) = sample.feeds(sample.schedule())
    sample.publish(path, feeds=[replace(feed, calendar=calendar)])
    stored = Catalog.open(path).feed(feed.address)
    assert stored is not None
    assert stored.body == b"A\r\nBEGIN:VEVENT\r\n" + organizer + b"END:VEVENT\r\nZ\r\n"


@pytest.mark.parametrize("position", range(0, 60_000, 1500))
def test_damage_anywhere_raises_nothing_else(tmp_path: Path, sample: ModuleType, position: int) -> None:
    path = tmp_path / "catalog"
    sample.publish(path)
    data = bytearray(path.read_bytes())
    data[position % len(data) : position % len(data) + 64] = b"\xa5" * 64
    path.write_bytes(data)
    try:
        catalog = Catalog.open(path)
        for address in catalog.addresses():
            catalog.feed(address)
        assert isinstance(catalog.schedule, Schedule)
        assert isinstance(catalog.diagnostics, tuple)
    except CatalogError as error:
        assert str(path) in str(error)  # noqa: PT017 - either way is right


def test_watcher_keeps_the_last_good_one(tmp_path: Path, sample: ModuleType) -> None:
    path = tmp_path / "catalog"
    sample.publish(path, note="good")
    watcher = CatalogWatcher(path, interval=0)
    good = watcher.current()
    (tmp_path / "new").write_bytes(b"garbage")
    (tmp_path / "new").replace(path)
    assert watcher.current() is good
    assert watcher.problem == f"`{path}` is not a catalog"
    path.unlink()
    assert watcher.current() is good
    sample.publish(path, note="better")
    better = watcher.current()
    assert better is not None
    assert (better.meta.digest, watcher.problem) == ("input-better", None)


def test_watcher_looks_only_now_and_then(tmp_path: Path, sample: ModuleType) -> None:
    path = tmp_path / "catalog"
    sample.publish(path, note="one")
    watcher = CatalogWatcher(path, interval=3600)
    one = watcher.current()
    sample.publish(path, note="two")
    assert watcher.current() is one


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("/events/harbourconf-2025.ics", "/events/harbourconf-2026.ics"),
        ("/speakers/jonas-lindquist.ics", "/speakers/jonas-lindqvist.ics"),
        ("/sessions/wasm-at-see.ics", "/sessions/wasm-at-sea.ics"),
        ("/all", "/all.ics"),
        ("/speakers/ines-lindholm.ics", None),
        ("/sessions/booths-at-home.ics", None),
        ("/posts/2025-09-harbour-days.ics", None),
        ("/wholly-different.ics", None),
        ("", None),
        ("/" + "a" * 100_000, None),
    ],
)
def test_nearest(tmp_path: Path, sample: ModuleType, asked: str, nearest: str | None) -> None:
    sample.publish(tmp_path / "catalog")
    assert Catalog.open(tmp_path / "catalog").nearest(asked) == nearest


def test_filename_can_hold_no_header(tmp_path: Path, sample: ModuleType) -> None:
    (feed,) = [feed for feed in sample.feeds(sample.schedule()) if feed.address == "/all.ics"]
    evil = replace(feed, filename='a"b\r\nX-Evil: 1/../é.ics')
    sample.publish(tmp_path / "catalog", feeds=[evil])
    stored = Catalog.open(tmp_path / "catalog").feed("/all.ics")
    assert stored is not None
    assert stored.disposition == (
        'inline; filename="a-b-X-Evil-1-..-.ics"; '
        "filename*=UTF-8''a%22b%0D%0AX-Evil%3A%201%2F..%2F%C3%A9.ics"
    )


@pytest.mark.timeout(60)
def test_one_change_among_thousands_is_cheap(tmp_path: Path, sample: ModuleType) -> None:
    """A changed post is on its way in a tenth of a second; the bound here leaves room for a busy machine."""
    path, count = tmp_path / "catalog", 13_000
    start = datetime(2026, 5, 1, 9, tzinfo=ZoneInfo("Europe/Lisbon"))
    sessions = tuple(
        Session(slug=f"s-{n:05}", title=f"Session {n}", start=start, timezone="Europe/Lisbon")
        for n in range(count)
    )
    feeds = [
        Feed(address=f"/sessions/s-{n:05}.ics", page="/", name=f"{n}", filename=f"{n}.ics", method=None,
             calendar=Calendar(head=f"{n}".encode() * 400), last_modified=sample.REVISED, count=1)
        for n in range(20_000)
    ]  # fmt: skip
    before = sample.publish(path, values=Schedule(sessions=sessions), feeds=feeds)
    feeds[77] = replace(feeds[77], calendar=Calendar(head=b"changed"))
    changed = (*sessions[:5], replace(sessions[5], title="Changed"), *sessions[6:])
    begun = time.perf_counter()
    sample.publish(path, values=Schedule(sessions=changed), feeds=feeds, previous=before)
    spent = time.perf_counter() - begun
    catalog = Catalog.open(path)
    stored = catalog.feed("/sessions/s-00077.ics")
    assert stored is not None
    assert (stored.body, catalog.schedule.sessions[5].title) == (b"changed", "Changed")
    print(f"one change: {spent * 1000:.0f} ms, {path.stat().st_size / 1e6:.0f} MB")
    assert spent < 1.0
