"""Owns what a compile must do over and over: only what changed, the record beside the posts, the catalog."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import feeds
from feeds.catalog import Catalog
from feeds.compile import Compiled, Site, build, compile_posts
from feeds.revisions import read_record
from feeds.settings import Settings

SETTINGS = Settings(title="Harbour Talks")
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 5, 2, 12, tzinfo=UTC)
POST = """---
title: Evenings at the harbour
date: 2026-03-01
events:
  - {{name: Harbour Night, slug: harbour-night, start: 2026-06-04, city: Lisbon, country: PT}}
sessions:
  - {{title: {title}, event: harbour-night, start: 2026-06-04 {time}, duration: 30, url: "https://h.example/{title}"}}
---
"""


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    folder = tmp_path / "posts"
    folder.mkdir()
    write(folder / "tides.md", title="Tides", time="18:00")
    write(folder / "boats.md", title="Boats", time="19:00")
    return folder


def write(path: Path, *, title: str, time: str) -> None:
    path.write_text(POST.format(title=title, time=time), encoding="utf-8")


def bodies(compiled: Compiled) -> dict[str, bytes]:
    assert compiled.publication is not None
    return {feed.address: feed.body for feed in compiled.publication.feeds}


def sequences(compiled: Compiled) -> dict[str, tuple[int, datetime]]:
    revisions = compiled.revisions
    return {
        one.title: (revisions[one.uid or ""].sequence, revisions[one.uid or ""].last_modified)
        for one in compiled.schedule.sessions
    }


# what did not change ---------------------------------------------------------------------------------------


def test_build_of_unchanged_posts_takes_the_catalog(posts: Path, tmp_path: Path) -> None:
    catalog = tmp_path / "out" / "deep" / "catalog"
    first = build(posts, catalog=catalog, settings=SETTINGS)
    before = catalog.stat()
    again = build(posts, catalog=catalog, settings=SETTINGS)
    assert (first.changed, again.changed, again.publication) == (True, False, None)
    assert (again.schedule, again.diagnostics, again.revisions) == (
        first.schedule,
        first.diagnostics,
        first.revisions,
    )
    assert (again.digest, catalog.stat()) == (first.digest, before)


def touch(posts: Path) -> None:
    for path in posts.iterdir():
        path.touch()


def edit(posts: Path) -> None:
    write(posts / "tides.md", title="Tides", time="18:05")


def add(posts: Path) -> None:
    write(posts / "ropes.md", title="Ropes", time="20:00")


def remove(posts: Path) -> None:
    (posts / "tides.md").unlink()


def rename(posts: Path) -> None:
    (posts / "tides.md").rename(posts / "high-tides.md")


def breaks(posts: Path) -> None:
    (posts / "tides.md").write_bytes(b"\xff")


def leave(posts: Path) -> None:
    assert posts.is_dir()


@pytest.mark.parametrize("change", [edit, add, remove, rename, breaks])
def test_change_is_published(posts: Path, tmp_path: Path, change: Callable[[Path], None]) -> None:
    catalog = tmp_path / "catalog"
    site = Site(posts, settings=SETTINGS, catalog=catalog)
    site.compile()
    change(posts)
    changed = site.compile()
    anew = compile_posts(posts, settings=SETTINGS)
    assert (changed.schedule, changed.diagnostics, bodies(changed)) == (
        anew.schedule,
        anew.diagnostics,
        bodies(anew),
    )
    assert Catalog.open(catalog).meta.digest == changed.digest == anew.digest


NIGHT = """---
title: Night
date: 2026-03-01
events:
  - {{name: Night, slug: night, start: 2026-10-25, city: London, country: GB}}
sessions:
  - {{title: Owls, event: night, start: "2026-10-25T01:30:00{offset}", duration: 10}}
---
"""


def test_other_hour_of_the_night_that_clocks_are_set_back_is_published(posts: Path, tmp_path: Path) -> None:
    """Both are 01:30 in London, and equal to `==`."""
    catalog = tmp_path / "catalog"
    site = Site(posts, settings=SETTINGS, catalog=catalog)
    for offset, hour in (("+01:00", "003000"), ("+00:00", "013000")):
        (posts / "night.md").write_text(NIGHT.format(offset=offset), encoding="utf-8")
        compiled = site.compile()
        assert f"DTSTART:20261025T{hour}Z".encode() in bodies(compiled)["/sessions/owls.ics"]
        stored = Catalog.open(catalog)
        feed = stored.feed("/sessions/owls.ics")
        assert feed is not None
        assert feed.body == bodies(compiled)["/sessions/owls.ics"]
        (session,) = [one for one in stored.schedule.sessions if one.slug == "owls"]
        assert isinstance(session.start, datetime)
        assert f"{session.start.astimezone(UTC):%H%M%S}" == hour


@pytest.mark.parametrize("change", [touch, leave])
def test_nothing_new_is_not_compiled_again(
    posts: Path, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    site = Site(posts, settings=SETTINGS, catalog=tmp_path / "catalog")
    first = site.compile()
    change(posts)
    assert site.compile() is first


def test_feed_that_did_not_change_is_the_same_object(posts: Path) -> None:
    site = Site(posts, settings=SETTINGS)
    before, _ = site.compile(), edit(posts)
    after = site.compile()
    assert before.publication is not None
    assert after.publication is not None
    kept = {one.address: one for one in before.publication.feeds}
    same = {one.address for one in after.publication.feeds if kept.get(one.address) is one}
    assert same == {"/sessions/boats.ics", "/posts/boats.ics"}


def test_settings_are_part_of_what_was_compiled(posts: Path, tmp_path: Path) -> None:
    catalog = tmp_path / "catalog"
    build(posts, catalog=catalog, settings=SETTINGS)
    again = build(posts, catalog=catalog, settings=Settings(title="Other"))
    assert (again.changed, Catalog.open(catalog).meta.settings.title) == (True, "Other")


def test_damaged_catalog_is_written_anew(posts: Path, tmp_path: Path) -> None:
    catalog = tmp_path / "catalog"
    first = build(posts, catalog=catalog, settings=SETTINGS)
    catalog.write_bytes(catalog.read_bytes()[:5000])
    again = build(posts, catalog=catalog, settings=SETTINGS)
    assert (again.changed, Catalog.open(catalog).meta.digest) == (True, first.digest)


def test_given_paths_are_compiled_alone(posts: Path) -> None:
    found = compile_posts(posts, settings=SETTINGS, paths=[posts / "boats.md"])
    assert [one.path for one in found.schedule.posts] == ["posts/boats.md"]


def test_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    found = compile_posts(tmp_path / "posts", settings=SETTINGS)
    assert [one.rule for one in found.diagnostics] == ["no-posts"]


# the record ------------------------------------------------------------------------------------------------


def test_compile_without_a_time_writes_no_record(posts: Path) -> None:
    compile_posts(posts, settings=SETTINGS)
    assert sorted(path.name for path in posts.iterdir()) == ["boats.md", "tides.md"]


def test_compile_with_a_time_writes_the_record(posts: Path) -> None:
    done = Site(posts, settings=SETTINGS).compile(now=NOW)
    assert sorted(path.name for path in posts.iterdir()) == [
        ".gitattributes", "boats.md", "revisions.json", "tides.md"
    ]  # fmt: skip
    assert read_record(posts / "revisions.json") == (done.record, ())


def test_change_raises_the_revision_of_what_changed(posts: Path) -> None:
    site = Site(posts, settings=SETTINGS)
    first = sequences(site.compile(now=NOW))
    edit(posts)
    second = sequences(site.compile(now=LATER))
    assert second == {"Tides": (1, LATER), "Boats": first["Boats"]}


def test_record_gives_every_machine_the_same_bytes(posts: Path, tmp_path: Path) -> None:
    site = Site(posts, settings=SETTINGS)
    site.compile(now=NOW)
    edit(posts)
    done = site.compile(now=LATER)
    shutil.copytree(posts, tmp_path / "elsewhere" / "posts")
    anew = compile_posts(tmp_path / "elsewhere" / "posts", settings=SETTINGS)
    assert (bodies(anew), anew.digest, anew.changes) == (bodies(done), done.digest, ())


def test_record_written_by_a_compile_is_no_change_for_the_next(posts: Path, tmp_path: Path) -> None:
    catalog = tmp_path / "catalog"
    site = Site(posts, settings=SETTINGS, catalog=catalog)
    first = site.compile(now=NOW)
    assert site.compile(now=LATER) is first
    assert build(posts, catalog=catalog, settings=SETTINGS).changed is False


def test_record_that_changed_beneath_is_read_again(posts: Path) -> None:
    site = Site(posts, settings=SETTINGS)
    site.compile(now=NOW)
    other = Site(posts, settings=SETTINGS)
    edit(posts)
    other.compile(now=LATER)
    assert sequences(site.compile())["Tides"] == (1, LATER)


def test_broken_post_keeps_what_it_last_published(posts: Path) -> None:
    site = Site(posts, settings=SETTINGS)
    first = bodies(site.compile(now=NOW))
    breaks(posts)
    again = site.compile(now=LATER)
    assert bodies(again)["/all.ics"] == first["/all.ics"]
    assert [one.rule for one in again.diagnostics] == ["not-utf8"]


def test_session_that_vanished_is_cancelled(posts: Path) -> None:
    site = Site(posts, settings=SETTINGS)
    site.compile(now=NOW)
    remove(posts)
    done = site.compile(now=LATER)
    assert {one.title: one.status for one in done.schedule.sessions} == {
        "Boats": "confirmed",
        "Tides": "cancelled",
    }


@pytest.mark.parametrize("restarted", [False, True])
def test_cancellation_leaves_the_feeds_without_an_edit(posts: Path, tmp_path: Path, restarted: bool) -> None:
    site = Site(posts, settings=SETTINGS, catalog=tmp_path / "feeds.catalog")
    site.compile(now=NOW)
    remove(posts)
    shown = site.compile(now=LATER)
    site = Site(posts, settings=SETTINGS, catalog=tmp_path / "feeds.catalog") if restarted else site
    assert site.compile(now=datetime(2026, 7, 4, 12, tzinfo=UTC)).digest == shown.digest
    gone = site.compile(now=datetime(2026, 7, 5, 12, tzinfo=UTC))
    assert [one.title for one in shown.schedule.sessions] == ["Tides", "Boats"]
    assert [one.title for one in gone.schedule.sessions] == ["Boats"]
    assert site.compile(now=datetime(2026, 7, 6, 12, tzinfo=UTC)) is gone
    assert bodies(Site(posts, settings=SETTINGS).compile()) == bodies(gone)


def test_given_paths_do_not_cancel_the_others(posts: Path) -> None:
    Site(posts, settings=SETTINGS).compile(now=NOW)
    found = compile_posts(posts, settings=SETTINGS, paths=[posts / "boats.md"])
    assert [(one.title, one.status) for one in found.schedule.sessions] == [("Boats", "confirmed")]


def test_version_of_the_program_is_part_of_the_digest(posts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from feeds.compile import inputs  # noqa: PLC0415

    before = compile_posts(posts, settings=SETTINGS).digest
    copy = posts.parent / "program"
    shutil.copytree(Path(feeds.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "source.py").write_text("changed = True\n", encoding="utf-8")
    monkeypatch.setattr(inputs, "package", str(copy / "__init__.py"))
    inputs._program.cache_clear()
    try:
        assert compile_posts(posts, settings=SETTINGS).digest != before
    finally:
        inputs._program.cache_clear()
