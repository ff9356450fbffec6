"""Owns the promise that compiling again publishes what a compile that remembers nothing would."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds.catalog import Catalog, CatalogNotWritableError
from feeds.compile import Compiled, Site
from feeds.ical.zones import vtimezone
from feeds.settings import Settings

SETTINGS = Settings(title="Here", base_url="https://feeds.example.org")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TALK = "## Harbour Conf, Lisbon, 4 June 2026\n\n### {title}, Jon Falk\n\n#### 10:00 - 10:30\n"
FORM = """---
events:
  - name: Harbour Conf
    slug: hc
    start: {day}
    city: {city}
sessions:
  - title: {title}
    start: {start}
{more}---
"""


def form(start: str, *, more: str = "", title: str = "Tides", city: str = "Lisbon") -> str:
    return FORM.format(day=start[:10], start=start, more=more, title=title, city=city)


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    folder = tmp_path / "site" / "posts"
    folder.mkdir(parents=True)
    return folder


def fresh(posts: Path, *, now: datetime | None = None) -> Compiled:
    """What a program publishes that starts now."""
    copy = posts.parent / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(posts, copy / "posts")
    return Site(copy / "posts", settings=SETTINGS).compile(now=now)


def said(compiled: Compiled) -> object:
    publication = compiled.publication
    assert publication is not None
    feeds = {feed.address: feed.body for feed in publication.feeds}
    return feeds, [one.message for one in compiled.diagnostics], dict(compiled.moved), compiled.revisions


def test_clash_is_told_alike_where_sessions_share_the_time_above_them(posts: Path) -> None:
    listed = "- Knots, Piet Wieringa\n- Opening, Piet Wieringa\n"
    (posts / "a.md").write_text(f"## Harbour Conf, Lisbon, 4 June 2026\n\n### 10:00 - 10:30\n\n{listed}")
    (posts / "b.md").write_text("Nothing.\n")
    site = Site(posts, settings=SETTINGS)
    site.compile()
    (posts / "b.md").write_text("## Boat Night, Oslo, 2 July 2026\n\n### Knots\n\n#### 18:00 - 18:30\n")
    assert said(site.compile()) == said(fresh(posts))


def test_end_told_in_another_zone_is_no_change_at_the_next_start(posts: Path) -> None:
    (posts / "a.md").write_text(form("2026-06-04 10:00"))
    paris = "    timezone: Europe/Paris\n    end: 2026-06-04 11:30\n"
    (posts / "b.md").write_text(form("2026-06-04 11:00", more=paris))
    Site(posts, settings=SETTINGS).compile(now=NOW)
    again = Site(posts, settings=SETTINGS).compile(now=NOW + timedelta(hours=1))
    assert again.changes == ()
    assert {one.sequence for one in again.revisions.values()} == {0}


def test_each_change_between_the_hours_of_an_autumn_night_is_revised(posts: Path) -> None:
    site = Site(posts, settings=SETTINGS)
    sequences = []
    for number, start in enumerate(("01:30", "00:30", "01:30", "00:30")):
        (posts / "a.md").write_text(form(f"2026-10-25T{start}Z", city="Berlin"))
        compiled = site.compile(now=NOW + timedelta(hours=number))
        sequences.append(max(one.sequence for one in compiled.revisions.values()))
    assert sequences == [0, 1, 2, 3]


def test_speaker_changed_when_a_talk_retires_stays_as_last_published(posts: Path) -> None:
    site = Site(posts, settings=SETTINGS)
    (posts / "a.md").write_text(TALK.format(title="Tides"))
    site.compile(now=NOW)
    struck = "### ~~Tides, Runa Solberg~~"
    (posts / "a.md").write_text(TALK.format(title="Tides").replace("### Tides, Jon Falk", struck))
    site.compile(now=datetime(2026, 9, 1, tzinfo=UTC))
    recorded = [line for line in (posts / "revisions.json").read_text().split("\n") if "Tides" in line]
    assert ['{"slug": "jon-falk", "name": "Jon Falk"}' in line for line in recorded] == [True]
    assert ["runa-solberg" in line for line in recorded] == [False]


def test_address_of_a_retired_talk_leads_where_the_live_one_went(posts: Path) -> None:
    site = Site(posts, settings=SETTINGS)
    march = "2026-03-10 10:00"
    (posts / "a.md").write_text(form(march, more="    uid: z\n"))
    site.compile(now=NOW)
    (posts / "a.md").write_text(form(march, more="    uid: z\n    status: cancelled\n"))
    site.compile(now=NOW + timedelta(days=1))
    site.compile(now=NOW + timedelta(days=50))
    (posts / "a.md").unlink()
    later = form("2026-09-10 10:00", more="    uid: a\n").replace("hc", "hd")
    (posts / "b.md").write_text(later)
    site.compile(now=NOW + timedelta(days=60))
    (posts / "b.md").write_text(later.replace("Tides", "Boats"))
    now = NOW + timedelta(days=61)
    expected = fresh(posts, now=now)
    assert expected.moved["/sessions/tides"] == "/sessions/boats"
    assert said(site.compile(now=now)) == said(expected)


def test_what_a_damaged_line_lost_is_recorded_so_that_it_can_be_read(posts: Path) -> None:
    (posts / "a.md").write_text(TALK.format(title="Tides"))
    site = Site(posts, settings=SETTINGS)
    site.compile(now=NOW)
    record = posts / "revisions.json"
    lines = record.read_text().split("\n")
    cut = (line[: line.index('"end"')] if '"session"' in line else line for line in lines)
    record.write_text("\n".join(cut))
    site.compile(now=NOW + timedelta(hours=1))
    assert [one.rule for one in fresh(posts).diagnostics if one.rule == "damaged-record"] == []


def test_compile_after_one_that_was_broken_off_publishes_everything(posts: Path, tmp_path: Path) -> None:
    catalog = tmp_path / "catalog"
    (posts / "a.md").write_text(TALK.format(title="Tides"))
    site = Site(posts, settings=SETTINGS, catalog=catalog)
    site.compile()
    catalog.unlink()
    catalog.mkdir()  # nothing can take the name of a folder
    (posts / "a.md").write_text(TALK.format(title="Boats"))
    with pytest.raises(CatalogNotWritableError):
        site.compile()
    catalog.rmdir()
    assert said(site.compile()) == said(fresh(posts))
    assert [one.title for one in Catalog.open(catalog).schedule.sessions] == ["Boats"]


def test_catalog_that_somebody_deleted_is_made_again(posts: Path, tmp_path: Path) -> None:
    (posts / "a.md").write_text(TALK.format(title="Tides"))
    site = Site(posts, settings=SETTINGS, catalog=tmp_path / "catalog")
    site.compile()
    (tmp_path / "catalog").unlink()
    site.compile()
    assert [one.title for one in Catalog.open(tmp_path / "catalog").schedule.sessions] == ["Tides"]


def test_record_is_written_by_the_first_compile_that_may(posts: Path) -> None:
    (posts / "a.md").write_text(TALK.format(title="Tides"))
    site = Site(posts, settings=SETTINGS)
    site.compile()
    site.compile(now=NOW)
    assert (posts / "revisions.json").exists()


@pytest.mark.parametrize("zone", ["Europe/London", "Europe/Dublin", "Australia/Sydney", "Africa/Algiers"])
def test_site_without_events_compiles_in_every_zone(posts: Path, zone: str) -> None:
    (posts / "a.md").write_text("# Hello\n\nNothing takes place.\n")
    compiled = Site(posts, settings=Settings(title="Here", timezone=zone)).compile()
    assert compiled.publication is not None
    assert [feed.count for feed in compiled.publication.feeds] == [0, 0]


def test_zone_that_kept_its_clocks_has_one_offset() -> None:
    """London had summer time all through 1970: one block, called standard, from the epoch on."""
    assert vtimezone("Europe/London", (1970, 1970)).decode().split("\r\n")[:-1] == [
        *("BEGIN:VTIMEZONE", "TZID:Europe/London", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
        *("TZOFFSETFROM:+0100", "TZOFFSETTO:+0100", "TZNAME:BST", "END:STANDARD", "END:VTIMEZONE"),
    ]
