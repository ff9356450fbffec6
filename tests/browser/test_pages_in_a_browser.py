"""Owns what only a browser knows: widths, colours, keyboards, and that nothing is loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest

from feeds.model import Event, PostInfo, Schedule, Session, Speaker, Track
from feeds.web import create_app

AXE = Path(__file__).with_name("node_modules") / "axe-core" / "axe.min.js"
PAGES = (
    "/",
    "/events/harbourconf-2026",
    "/events/harbourconf-2026/tracks/calendar-day",
    "/speakers/mei-tanaka",
    "/sessions/one-uid-for-life",
    "/sessions/feeds-that-never-lie",
    "/posts/2026-03-harbourconf",
)
LOOKS = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def page(request: pytest.FixtureRequest, browser: Any, port: int) -> Iterator[Any]:
    """A tab of a phone or a desktop, in light or dark, that notes complaints and strangers."""
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, base_url=f"http://127.0.0.1:{port}"
    )
    context.set_default_timeout(5000)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.complaints, tab.strangers = [], []
    tab.on("console", lambda message: tab.complaints.append(message.text))
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.on(
        "request", lambda asked: tab.strangers.append(asked.url) if is_elsewhere(asked.url, port) else None
    )
    yield tab
    context.close()


def is_elsewhere(url: str, port: int) -> bool:
    return urlsplit(url).netloc != f"127.0.0.1:{port}"


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_and_is_quiet(page: Any, path: str) -> None:
    page.goto(path)
    for summary in page.locator("details:not([open]) summary").all()[::-1]:
        summary.click()
    sizes = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert sizes[0] <= sizes[1]
    assert page.complaints == []
    assert page.strangers == []


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm install --prefix tests/browser")
@pytest.mark.parametrize("path", [*PAGES, "/no-such-page"])
def test_page_has_no_accessibility_findings(page: Any, path: str) -> None:
    page.goto(path)
    for summary in page.locator("details:not([open]) summary").all()[::-1]:
        summary.click()
    page.evaluate(AXE.read_text(encoding="utf-8"))  # the page's own policy would refuse a script tag
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    assert [
        (rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found["violations"]
    ] == []


def test_targets_are_large_enough(page: Any) -> None:
    """WCAG 2.2, 2.5.8: 24 pixels, but for links within a sentence."""
    page.goto("/events/harbourconf-2026")
    small = page.evaluate(
        """[...document.querySelectorAll("a, button, summary, input")]
             .filter(e => e.checkVisibility() && !e.closest(".skip, p.small, .prose"))
             .map(e => [e.textContent.trim(), (e.closest("li, h2, h3, .brand") || e).getBoundingClientRect()])
             .filter(([_, box]) => box.height < 23.9 || box.width < 23.9)
             .map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
    )
    assert small == []


@pytest.mark.parametrize("path", PAGES)
def test_targets_are_large_enough_for_fingers(browser: Any, port: int, path: str) -> None:
    """WCAG 2.5.5: 44 pixels, but for links within a sentence; a card is one target as a whole."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        timezone_id="Asia/Tokyo",
        base_url=f"http://127.0.0.1:{port}",
    )
    tab = context.new_page()
    tab.goto(path)
    small = tab.evaluate(
        """[...document.querySelectorAll("a, button, summary, input[type=text], [data-own-zone]")]
             .filter(e => e.checkVisibility() && !e.closest(".skip, .small, .prose, .card"))
             .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
             .filter(([_, box]) => box.height < 43.9 || box.width < 43.9)
             .map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
    )
    assert small == []
    context.close()


@pytest.mark.parametrize("width", [320, 390, 768])
def test_way_to_a_page_is_never_cut(browser: Any, port: int, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, base_url=f"http://127.0.0.1:{port}"
    )
    tab = context.new_page()
    tab.goto("/sessions/one-uid-for-life")
    assert tab.locator(".crumbs bdi").all_inner_texts()[:2] == ["All events", "HarbourConf 2026"]
    cut = tab.evaluate(
        """[...document.querySelectorAll(".crumbs a, .crumbs bdi")]
             .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth && e.clientWidth).length"""
    )
    assert cut == 0
    context.close()


def test_copy_button_copies_and_says_so(page: Any, port: int) -> None:
    page.goto("/events/harbourconf-2026")
    page.get_by_role("button", name="Copy the address").click()
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"http://127.0.0.1:{port}/events/harbourconf-2026.ics"


def test_agenda_of_a_phone_comes_before_the_card(browser: Any, port: int) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=f"http://127.0.0.1:{port}")
    tab = context.new_page()
    tab.goto("/events/harbourconf-2026")
    tops = [tab.locator(name).first.bounding_box()["y"] for name in (".quick a", ".day-head", "#subscribe")]
    assert tops == sorted(tops)
    assert tops[1] < 844
    context.close()


def test_one_tap_on_a_phone_shows_the_ways_of_google_and_outlook(browser: Any, port: int) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False, base_url=f"http://127.0.0.1:{port}"
    )
    tab = context.new_page()
    tab.goto("/events/harbourconf-2026")
    tab.get_by_role("link", name="Google, Outlook and more ways").click()
    tab.wait_for_timeout(1000)  # it scrolls smoothly
    for name in ("Add to Google Calendar", "Add to Outlook.com", "Add to Microsoft 365"):
        box = tab.get_by_role("link", name=name).bounding_box()
        assert 0 <= box["y"] <= 844 - box["height"]
    context.close()


def test_colours_of_tracks_stand_out(page: Any) -> None:
    """WCAG 1.4.11: three to one against what is beside them, as Chromium paints them."""
    page.goto("/events/harbourconf-2026")
    ratios = page.evaluate(
        """() => {
          const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
          const light = (colour) => {
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(
              v => v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
          };
          const paper = light(getComputedStyle(document.body).backgroundColor);
          const chip = document.querySelector("[aria-label=Tracks] a");
          return [1, 2, 3, 4, 5, 6, 7, 8].map(hue => {
            chip.className = `hue-${hue}`;
            const dot = light(getComputedStyle(chip, "::before").backgroundColor);
            return Math.max(dot, paper) / Math.min(dot, paper);
          });
        }"""
    )
    assert [ratio for ratio in ratios if ratio < 3] == []
    assert len(set(ratios)) == 8


def test_keyboard_reaches_the_content_and_shows_where_it_is(page: Any) -> None:
    page.goto("/events/harbourconf-2026")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(12):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid"


def test_focus_is_never_under_the_heading_of_a_day(browser: Any, port: int) -> None:
    """WCAG 2.2, 2.4.11, on the way back up, where the heading that stays on top would cover it."""
    context = browser.new_context(viewport={"width": 390, "height": 420}, base_url=f"http://127.0.0.1:{port}")
    tab = context.new_page()
    tab.emulate_media(reduced_motion="reduce")
    tab.goto("/events/harbourconf-2026")
    tab.locator(".row a").last.focus()
    for _ in range(12):
        tab.keyboard.press("Shift+Tab")
        covered = tab.evaluate(
            """[...document.querySelectorAll(".day-head")].some(head => {
                 const top = head.getBoundingClientRect();
                 const link = document.activeElement.getBoundingClientRect();
                 return link.top < top.bottom && link.bottom > top.top;
               })"""
        )
        assert covered is False
    context.close()


def test_page_says_everything_without_scripts(browser: Any, port: int) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=f"http://127.0.0.1:{port}")
    tab = context.new_page()
    tab.goto("/events/harbourconf-2026")
    assert tab.get_by_text("Show in my time zone").is_visible() is False
    field = tab.get_by_label("Calendar address")
    assert field.is_visible()
    assert field.input_value() == f"http://127.0.0.1:{port}/events/harbourconf-2026.ics"
    assert tab.get_by_role("button").count() == 0
    context.close()


def test_text_twice_as_large_still_fits(browser: Any, port: int) -> None:
    """WCAG 1.4.10: 320 pixels wide is 1280 at 400 %."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, base_url=f"http://127.0.0.1:{port}")
    tab = context.new_page()
    for path in PAGES:
        tab.goto(path)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_letters_twice_as_large_fit_a_phone(large_print: Any, port: int, path: str) -> None:
    """WCAG 1.4.4, and no link for the keyboard peeks out of its hiding place."""
    context = large_print.new_context(
        viewport={"width": 390, "height": 844}, base_url=f"http://127.0.0.1:{port}"
    )
    tab = context.new_page()
    tab.goto(path)
    assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    bottoms = tab.evaluate(
        "[...document.querySelectorAll('.skip')].map(link => link.getBoundingClientRect().bottom)"
    )
    assert [bottom for bottom in bottoms if bottom > 0] == []
    context.close()


LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunt"
FAR = f"https://{LONG.lower()}.example.org/{LONG}"


def test_words_of_sixty_letters_widen_nothing(
    browser: Any, tmp_path: Path, sample: ModuleType, answered_by: Any
) -> None:
    values = Schedule(
        events=(
            Event(slug="e", name=LONG, start=date(2026, 5, 1), end=date(2026, 5, 2), venue=LONG, url=FAR),
        ),
        sessions=(
            Session(
                slug="s",
                title=f"A {LONG}",
                start=date(2026, 5, 1),
                event="e",
                track="t",
                format=LONG,
                room=LONG,
                speakers=("p",),
                description=f"{LONG} {FAR}",
                url=FAR,
                room_url=FAR,
                posts=("p.md",),
            ),
        ),
        tracks=(Track(event="e", slug="t", name=LONG, url=FAR),),
        speakers=(Speaker(slug="p", name=f"{LONG} {LONG}", affiliation=LONG, url=FAR),),
        posts=(PostInfo(slug="p", path="p.md", title=LONG, description=LONG, author=LONG),),
    )
    settings = replace(sample.SETTINGS, title=LONG, description=LONG, base_url=None)
    sample.publish(tmp_path / "catalog", values=values, settings=settings, feeds=sample.feeds(values))
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, has_touch=True, base_url="http://site.test"
    )
    context.route("**/*", answered_by(create_app(tmp_path / "catalog", clock=lambda: None)))
    tab = context.new_page()
    for path in (
        "/",
        "/events/e",
        "/events/e/tracks/t",
        "/speakers/p",
        "/sessions/s",
        "/posts/p",
        f"/{LONG}",
    ):
        tab.goto(path)
        for summary in tab.locator("details:not([open]) summary").all()[::-1]:
            summary.click()
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, path
    hyphens = "[...document.querySelectorAll('h1')].map(e => getComputedStyle(e).hyphens)"
    assert tab.evaluate(hyphens) == ["auto"]
    context.close()


def test_paper_says_where_links_lead_and_where_it_comes_from(browser: Any, port: int) -> None:
    context = browser.new_context(base_url=f"http://127.0.0.1:{port}")
    tab = context.new_page()
    own = tab.locator(".paper")
    tab.goto("/sessions/one-uid-for-life")
    assert own.is_visible() is False
    tab.emulate_media(media="print")
    behind = "e => getComputedStyle(e, '::after').content"
    away = tab.locator(".facts a", has_text="Session page")
    assert away.evaluate(behind) == '" (https://harbourconf.example.com/2026/one-uid)"'
    assert tab.get_by_role("link", name="HarbourConf 2026", exact=True).last.evaluate(behind) == "none"
    assert own.inner_text() == f"http://127.0.0.1:{port}/sessions/one-uid-for-life"
    assert own.is_visible() is True
    context.close()
