"""Owns what a compile must survive: folders that cannot be written, records that cannot be read, company."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.catalog import Catalog
from feeds.compile import Site, build, compile_posts
from feeds.revisions import read_record
from feeds.settings import Settings

ROOT = Path(__file__).parent.parent.parent
SETTINGS = Settings(title="Harbour Talks")
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 5, 2, 12, tzinfo=UTC)
POST = """---
date: 2026-03-01
---
## Harbour Night, Lisbon, 4 June 2026

### Tides, Zoë Quinn, Almanac

#### {time} - 19:30
"""


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    folder = tmp_path / "posts"
    folder.mkdir()
    write(folder, time="18:00")
    return folder


def write(posts: Path, *, time: str) -> None:
    (posts / "tides.md").write_text(POST.format(time=time), encoding="utf-8")


def blocked(posts: Path) -> None:
    """Let nothing be written under the record's name, whoever the tests run as: a folder stands there."""
    (posts / "revisions.json").mkdir()


def rules(found: tuple[object, ...]) -> list[str]:
    return [getattr(one, "rule", "") for one in found]


def test_record_that_cannot_be_written_is_told_and_the_posts_are_published(
    posts: Path, tmp_path: Path
) -> None:
    blocked(posts)
    site = Site(posts, settings=SETTINGS, catalog=tmp_path / "catalog", keep=True)
    done = site.compile(now=NOW)
    assert (done.stale, [one.title for one in done.schedule.sessions]) == (True, ["Tides"])
    assert rules(Catalog.open(tmp_path / "catalog").diagnostics) == ["damaged-record", "stale-record"]


def test_record_that_cannot_be_written_fails_whoever_wants_it_written(posts: Path) -> None:
    blocked(posts)
    with pytest.raises(OSError, match="cannot be read"):
        Site(posts, settings=SETTINGS).compile(now=NOW)


def test_times_nobody_remembers_are_those_of_the_posts(posts: Path) -> None:
    blocked(posts)
    one = Site(posts, settings=SETTINGS, keep=True).compile(now=NOW)
    two = Site(posts, settings=SETTINGS, keep=True).compile(now=LATER)
    assert (one.revisions, one.publication) == (two.revisions, two.publication)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_folder_that_cannot_be_written_is_served(posts: Path) -> None:
    posts.chmod(0o555)
    try:
        done = Site(posts, settings=SETTINGS, keep=True).compile(now=NOW)
        assert (done.stale, rules(done.diagnostics)) == (True, ["stale-record"])
    finally:
        posts.chmod(0o755)


def test_record_that_can_be_written_again_catches_up(posts: Path) -> None:
    blocked(posts)
    site = Site(posts, settings=SETTINGS, keep=True)
    assert site.compile(now=NOW).stale
    (posts / "revisions.json").rmdir()
    done = site.compile(now=LATER)
    assert (done.stale, rules(done.diagnostics)) == (False, [])
    assert read_record(posts / "revisions.json") == (done.record, ())


def test_damaged_record_is_told_and_sequences_do_not_fall(posts: Path) -> None:
    site = Site(posts, settings=SETTINGS)
    site.compile(now=NOW)
    write(posts, time="18:15")
    before = site.compile(now=LATER)
    record = posts / "revisions.json"
    text = record.read_text(encoding="utf-8")
    record.write_text(f"<<<<<<< HEAD\n{text}=======\n>>>>>>> branch\n", encoding="utf-8")
    after = compile_posts(posts, settings=SETTINGS)
    assert after.revisions == before.revisions
    assert "damaged-record" in rules(after.diagnostics)


BUILD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from feeds.compile import Site
from feeds.settings import Settings
posts, catalog, second = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
site = Site(posts, settings=Settings(title="Harbour Talks"), catalog=catalog, keep=True)
print(site.compile(now=datetime(2026, 5, 1, 12, 0, second, tzinfo=UTC)).digest)
"""


def test_two_compiles_at_once_leave_a_whole_catalog_and_record(posts: Path, tmp_path: Path) -> None:
    catalog = tmp_path / "new" / "catalog"
    running = [
        subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-c", BUILD, str(posts), str(catalog), str(second)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
        )
        for second in range(4)
    ]
    digests = {one.communicate(timeout=60)[0].decode().strip() for one in running}
    assert [one.returncode for one in running] == [0] * 4
    assert Catalog.open(catalog).meta.digest in digests
    assert read_record(posts / "revisions.json")[1] == ()
    after = build(posts, catalog=catalog, settings=SETTINGS)
    assert rules(after.diagnostics) == []
    assert sorted(path.name for path in posts.iterdir()) == [".gitattributes", "revisions.json", "tides.md"]
    assert sorted(path.name for path in catalog.parent.iterdir()) == ["catalog"]
