"""Owns the promise that the same posts give the same bytes on every machine, in every order, on every day."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds.catalog import Catalog
from feeds.compile import Compiled, Site, compile_posts
from feeds.settings import Settings

ROOT = Path(__file__).parent.parent.parent
POSTS = ROOT / "posts"
HERE = Settings(title="Here", base_url="https://feeds.example.org")

# What a compile publishes, as one text: feeds, findings, digest, and every row of the catalog.
PRINT = """
import hashlib, json, sqlite3, sys
from pathlib import Path
from feeds.compile import build
from feeds.settings import Settings
catalog = Path(sys.argv[2])
done = build(Path(sys.argv[1]), catalog=catalog, settings=Settings(title="Here"))
with sqlite3.connect(catalog) as file:
    dump = "\\n".join(file.iterdump())
print(json.dumps({
    "feeds": {one.address: hashlib.sha256(one.body).hexdigest() for one in done.publication.feeds},
    "findings": [repr(one) for one in done.diagnostics],
    "digest": done.digest,
    "catalog": hashlib.sha256(dump.encode()).hexdigest(),
    "rows": dump.count("INSERT INTO"),
}))
"""


def published(posts: Path, *, home: Path, **environ: str) -> dict[str, object]:
    """What a process of its own publishes, started in a folder of its own."""
    home.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", PRINT, str(posts), str(home / "catalog")]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(  # noqa: S603 - our own command
        command, cwd=home, env={**kept, "PYTHONPATH": str(ROOT), **environ}, capture_output=True, check=True
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def copied(to: Path, *, backwards: bool, seconds: int) -> Path:
    """The posts, created in another order and at another time."""
    to.mkdir(parents=True)
    for path in sorted(POSTS.iterdir(), reverse=backwards):
        if path.is_file():
            shutil.copyfile(path, to / path.name)
            os.utime(to / path.name, (seconds, seconds))
    return to


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("first")
    posts = copied(folder / "posts", backwards=False, seconds=1_000_000_000)
    return published(posts, home=folder / "home", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C")


@pytest.mark.parametrize(
    ("backwards", "seconds", "environ"),
    [
        (True, 1_900_000_000, {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"}),
        (
            False,
            0,
            {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR"},
        ),
        (True, 1, {"PYTHONHASHSEED": "3", "TZ": ":bogus", "PYTHONUTF8": "0", "PYTHONTZPATH": "/nowhere"}),
    ],
    ids=["far east", "turkish", "no zones"],
)
def test_same_posts_give_the_same_bytes(
    first: dict[str, object], tmp_path: Path, backwards: bool, seconds: int, environ: dict[str, str]
) -> None:
    posts = copied(tmp_path / "deep" / "posts", backwards=backwards, seconds=seconds)
    assert published(posts, home=tmp_path / "elsewhere", **environ) == first


def test_first_publication_is_whole(first: dict[str, object]) -> None:
    assert isinstance(first["feeds"], dict)
    assert "/all.ics" in first["feeds"]
    assert isinstance(first["rows"], int)
    assert first["rows"] > len(first["feeds"])


# Small posts that speak of each other: the same evening, the same people under two spellings, equal titles.
PIECES = (
    "## Harbour Conf, Lisbon, 4-5 June 2026\n\n### Tides, Zoë Quinn, Almanac\n\n#### 10:00 - 10:30, 4 June\n",
    "## Harbour Conf, Lisbon, 4-5 June 2026\n\n### Tides, Zoe Quinn, Almanac\n\n#### 10:00 - 10:30, 4 June\n",
    "## Harbour Conference, Lisbon, 4-5 June 2026\n\n### Boats, Jon Falk\n\n#### 10:15 - 10:45, 4 June\n",
    "## Boat Night, Oslo, 2 July 2026\n\n### Tides, Bob Hale, Fjord\n\n#### 18:00 - 18:30, Room 2\n",
    "## Boat Night, Oslo, 6 August 2026\n\n### Tides, Robert Hale, Fjord\n\n#### 18:00 - 18:30, Room 2\n",
    "Nothing happens here.\n",
    "---\ntitle: [\n---\n",
)  # fmt: skip
NAMES = ("a.md", "b.md", "c.md", "sub/a.md", "sub/index.md")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.dictionaries(st.sampled_from(NAMES), st.sampled_from(PIECES), max_size=5), min_size=2, max_size=4
    )
)
def test_compiling_after_changes_is_compiling_anew(
    tmp_path_factory: pytest.TempPathFactory, steps: list[dict[str, str]]
) -> None:
    posts = tmp_path_factory.mktemp("site") / "posts"
    posts.mkdir()
    site = Site(posts, settings=HERE)
    for step in steps:
        for path in [path for path in posts.rglob("*") if path.is_file()]:
            path.unlink()
        for name, text in step.items():
            (posts / name).parent.mkdir(exist_ok=True)
            (posts / name).write_text(text, encoding="utf-8")
        again, anew = site.compile(), compile_posts(posts, settings=HERE)
        assert (again.schedule, again.diagnostics, again.digest) == (
            anew.schedule,
            anew.diagnostics,
            anew.digest,
        )
        assert again.publication is not None
        assert anew.publication is not None
        assert again.publication.feeds == anew.publication.feeds
        for slugs in (
            [one.slug for one in again.schedule.sessions],
            [one.slug for one in again.schedule.events],
            [one.slug for one in again.schedule.speakers],
            [one.slug for one in again.schedule.posts],
        ):
            assert len(slugs) == len(set(slugs))


# A site of the project's own posts under random edits: times, people, titles, tracks and whole posts.
SEED = (POSTS / "2024-03-14-two-conferences-one-week.md").read_text(encoding="utf-8")
EDITS = (
    ("14:40", "14:35"), ("Barcelona", "Lisbon"), ("Bailey Hayes", "Bailey M. Hayes"), ("Cosmonic", "Fastly"),
    ("WASM I/O", "Wasm Days"), ("Tuesday, 19th March", "Tuesday, 26th March"), ("### ", "### New "),
    ("Liam Randall", "Zoe Quinn"), ("2024", "2025"), ("date: ", "author: Ann\ndate: "), ("", ""),
)  # fmt: skip


def edited(dice: random.Random, posts: Path) -> None:
    """One edit somewhere: a post that comes, goes, breaks, is renamed, or has other words."""
    path = posts / f"{dice.randrange(6)}.md"
    match dice.randrange(10):
        case 0:
            path.unlink(missing_ok=True)
        case 1:
            path.write_bytes(b"\xff")
        case 2 if path.exists():
            path.rename(posts / f"{dice.randrange(6)}.md")
        case _:
            text = SEED
            for old, new in dice.sample(EDITS, dice.randrange(4)):
                text = text.replace(old, new)
            path.write_text(text, encoding="utf-8")


def rows(path: Path) -> list[str]:
    """All that stands in a catalog."""
    file = sqlite3.connect(path)
    try:
        return list(file.iterdump())
    finally:
        file.close()


def told(compiled: Compiled) -> tuple[object, ...]:
    """What a compile made, but for the feeds, which stand in the catalog."""
    return compiled.schedule, compiled.diagnostics, compiled.revisions, compiled.record, compiled.moved


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("recorded", [False, True], ids=["without a record", "with a record"])
def test_catalog_after_random_edits_is_that_of_a_new_compile(
    tmp_path: Path, seed: int, recorded: bool
) -> None:
    dice = random.Random(seed)  # noqa: S311 - any edits will do
    posts, clock = tmp_path / "posts", datetime(2024, 1, 1, tzinfo=UTC)
    posts.mkdir()
    site = Site(posts, settings=HERE, catalog=tmp_path / "kept", confirm=True)
    for step in range(12):
        for _ in range(dice.randrange(1, 4)):
            edited(dice, posts)
        now = clock + step * timedelta(days=20) if recorded else None
        site.compile(now=now)
        kept = site.compile(now=now)
        fresh = tmp_path / f"fresh-{step}"
        anew = Site(posts, settings=HERE, catalog=fresh, confirm=True).compile(now=now)
        assert told(kept) == told(anew)
        assert Catalog.open(fresh).addresses()
        assert rows(tmp_path / "kept") == rows(fresh)
