"""Owns how times are shown: in the reader's own zone where that is asked for, and within their column."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from feeds.web import create_app


@pytest.mark.parametrize(
    ("zone", "day", "times"),
    [
        ("Asia/Tokyo", "Tuesday 12 May 2026", ["17:30", "18:00"]),
        # 09:30 in Lisbon in May is still the evening before in Hawaii.
        ("Pacific/Honolulu", "Monday 11 May 2026", ["22:30", "23:00"]),
    ],
)
def test_times_are_shown_in_the_zone_of_the_reader_who_asks(
    browser: Any, port: int, zone: str, day: str, times: list[str]
) -> None:
    context = browser.new_context(timezone_id=zone, base_url=f"http://127.0.0.1:{port}")
    tab = context.new_page()
    tab.goto("/sessions/one-uid-for-life")
    shown = tab.locator(".facts .date"), tab.locator(".when time"), tab.locator(".zone")
    there = (["Tuesday 12 May 2026"], ["09:30", "10:00"], ["Europe/Lisbon (WEST, UTC+1)"])
    assert tuple(part.all_text_contents() for part in shown) == there
    tab.get_by_label("Show in my time zone").check()
    assert tuple(part.all_text_contents() for part in shown) == ([day], times, [f"{zone} (your time zone)"])
    tab.get_by_label("Show in my time zone").uncheck()
    assert tuple(part.all_text_contents() for part in shown) == there
    context.close()


def test_an_agenda_names_the_day_of_a_time_that_is_not_the_one_above(browser: Any, port: int) -> None:
    context = browser.new_context(timezone_id="Pacific/Honolulu", base_url=f"http://127.0.0.1:{port}")
    tab = context.new_page()
    tab.goto("/events/harbourconf-2026/tracks/calendar-day")
    tab.get_by_label("Show in my time zone").check()
    times = tab.locator(".when time").all_text_contents()
    assert times[:3] == ["All day", "22:30, 11 May", "23:00"]
    context.close()


def test_zone_of_the_reader_is_remembered(browser: Any, port: int) -> None:
    context = browser.new_context(timezone_id="Asia/Tokyo", base_url=f"http://127.0.0.1:{port}")
    tab = context.new_page()
    tab.goto("/sessions/one-uid-for-life")
    tab.get_by_label("Show in my time zone").check()
    tab.goto("/speakers/ines-carvalho")
    assert tab.locator(".when time").first.text_content() == "17:30"
    tab.get_by_label("Show in my time zone").uncheck()
    tab.go_back()
    assert tab.locator(".when time").first.text_content() == "09:30"
    assert tab.evaluate("localStorage.length") == 0
    context.close()


def test_zone_of_the_reader_is_shown_where_nothing_can_be_remembered(browser: Any, port: int) -> None:
    context = browser.new_context(timezone_id="Asia/Tokyo", base_url=f"http://127.0.0.1:{port}")
    context.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error(); }})")
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto("/sessions/one-uid-for-life")
    tab.get_by_label("Show in my time zone").check()
    assert tab.locator(".when time").first.text_content() == "17:30"
    assert complaints == []
    context.close()


def test_first_page_shows_all_its_agendas_in_the_zone_of_the_reader(
    browser: Any, tmp_path: Path, sample: ModuleType, answered_by: Any
) -> None:
    sample.publish(tmp_path / "catalog", settings=replace(sample.SETTINGS, base_url=None))
    context = browser.new_context(timezone_id="Asia/Tokyo", base_url="http://site.test")
    context.route("**/*", answered_by(create_app(tmp_path / "catalog", clock=lambda: None)))
    tab = context.new_page()
    tab.goto("/")
    tab.get_by_label("Show in my time zone").check()
    assert tab.locator(".zone").all_text_contents() == ["Asia/Tokyo (your time zone)"] * 2
    starts = tab.locator(".when time:first-child").all_text_contents()
    assert starts[:3] == ["00:30, 8 Oct", "02:00, 8 Oct", "05:00, 8 Oct"]
    assert "17:30" in starts
    context.close()


@pytest.mark.parametrize("path", ["/events/harbourconf-2026", "/sessions/one-uid-for-life"])
def test_nothing_moves_when_the_zone_of_the_reader_is_offered(browser: Any, port: int, path: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        timezone_id="Asia/Tokyo",
        base_url=f"http://127.0.0.1:{port}",
    )
    tab = context.new_page()
    tab.route("**/zone.*.js", lambda route: (time.sleep(0.5), route.continue_()))
    tab.goto(path)
    tab.get_by_label("Show in my time zone").wait_for()
    moved = tab.evaluate(
        """new Promise(done => new PerformanceObserver(list => done(list.getEntries().map(e => e.value)))
             .observe({type: "layout-shift", buffered: true})
             || setTimeout(() => done([]), 500))"""
    )
    assert moved == []
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_ends_on_another_day_stand_in_one_line(
    browser: Any, tmp_path: Path, sample: ModuleType, answered_by: Any, width: int
) -> None:
    values = sample.schedule()
    lisbon = ZoneInfo("Europe/Lisbon")
    changes = {
        "last-light": {"end": datetime(2026, 5, 15, 2, tzinfo=lisbon)},
        "calendar-day": {"end": date(2026, 5, 15)},
    }
    sessions = tuple(replace(one, **changes.get(one.slug, {})) for one in values.sessions)
    values = replace(values, sessions=sessions)
    sample.publish(tmp_path / "catalog", values=values, settings=replace(sample.SETTINGS, base_url=None))
    context = browser.new_context(viewport={"width": width, "height": 844}, base_url="http://site.test")
    context.route("**/*", answered_by(create_app(tmp_path / "catalog")))
    tab = context.new_page()
    tab.goto("/events/harbourconf-2026")
    for media in ("screen", "print"):
        tab.emulate_media(media=media)
        ends = tab.locator(".later")
        assert ends.all_inner_texts() == ["until 14 May", "until 02:00, 15 May"]
        fits = (
            "e => { const r = document.createRange(); r.selectNodeContents(e); return r.getClientRects(); }"
        )
        for end in ends.all():
            tops = end.evaluate(f"e => [...({fits})(e)].map(box => Math.round(box.top))")
            assert len(set(tops)) == 1
            assert end.evaluate("e => e.scrollWidth <= e.clientWidth")
    context.close()


def test_zones_of_several_places_give_way_to_the_one_of_the_reader(browser: Any, port: int) -> None:
    context = browser.new_context(timezone_id="Asia/Tokyo", base_url=f"http://127.0.0.1:{port}")
    tab = context.new_page()
    tab.goto("/speakers/amara-okafor")
    zones = tab.locator(".zone")
    there = ["local to each place", "America/Denver (MDT, UTC−6)", "Europe/Lisbon (WEST, UTC+1)"]
    assert list(dict.fromkeys(zones.all_text_contents())) == there
    tab.get_by_label("Show in my time zone").check()
    assert list(dict.fromkeys(zones.all_text_contents())) == ["Asia/Tokyo (your time zone)", ""]
    context.close()


@pytest.mark.parametrize("path", ["/sessions/one-uid-for-life", "/sessions/booth-hours"])
def test_readers_at_the_place_are_offered_no_other_zone(browser: Any, port: int, path: str) -> None:
    context = browser.new_context(timezone_id="Europe/Lisbon", base_url=f"http://127.0.0.1:{port}")
    tab = context.new_page()
    tab.goto(path)
    assert tab.get_by_text("Show in my time zone").is_visible() is False
    context.close()
