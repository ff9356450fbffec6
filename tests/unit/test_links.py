"""Where links lead from a calendar, and how a website makes the relative ones whole."""

from __future__ import annotations

import pytest

from feeds.post import read_post
from feeds.settings import Settings
from feeds.understand.links import leads, page_of, whole
from feeds.understand.reading import understand

POST = """---
title: Wren Fest
date: 2027-05-01
permalink: /2027/05/wren-fest/
image: cover.png
---

# [Wren Fest](/wren), Leeds, 13 May 2027

- 10:00 [Moon](/talks/moon)
- 11:00 [Sea](sea.html) in the [Otter Room](../rooms/otter)
- 12:00 [Sand](https://example.com/sand)
"""


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("https://example.org/a", "away"),
        ("http://example.org", "away"),
        ("mailto:ada@example.org", "elsewhere"),
        ("/talks/a", "within"),
        ("talks/a.html", "within"),
        ("../a", "within"),
        ("#a", "within"),
        ("?day=2", "within"),
        ("a/", "within"),
        ("./a", "within"),
        ("//example.org/a", "away"),
        ("//slip", "nowhere"),
        ("TODO", "nowhere"),
        ("https//example.org/a", "nowhere"),
        ("https;//example.org/a", "nowhere"),
        ("zoom.us/j/1", "nowhere"),
        ("ada@example.org", "nowhere"),
        ("htp://example.org", "nowhere"),
        ("http:/example.org", "nowhere"),
        ("https://", "nowhere"),
        ("https://[", "nowhere"),
        ("www.example.org/a", "nowhere"),
        ("example.org/a", "nowhere"),
        ("javascript:alert(1)", "nowhere"),
        ("", "nowhere"),
        (" ", "nowhere"),
    ],
)
def test_where_an_address_leads(url: str, where: str) -> None:
    assert leads(url) == where


@pytest.mark.parametrize(
    ("website", "permalink", "page"),
    [
        (None, "/a/", None),
        ("https://example.org", None, "https://example.org/"),
        ("https://example.org/blog", None, "https://example.org/blog/"),
        ("https://example.org", "/a/b/", "https://example.org/a/b/"),
        ("https://example.org", "https://example.com/c", "https://example.com/c"),
        ("https://example.org", "/:year/:title/", "https://example.org/"),
    ],
)
def test_where_a_post_is_published(website: str | None, permalink: str | None, page: str | None) -> None:
    assert page_of(website, permalink) == page


@pytest.mark.parametrize(
    ("url", "there"),
    [
        ("/x", "https://example.org/x"),
        ("x/", "https://example.org/a/x/"),
        ("../x", "https://example.org/x"),
        ("#x", "https://example.org/a/#x"),
        ("//example.com/x", "https://example.com/x"),
        ("https://example.com", "https://example.com"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
        (None, None),
    ],
)
def test_a_relative_address_leads_on_from_its_page(url: str | None, there: str | None) -> None:
    assert whole(url, page="https://example.org/a/") == there


def test_links_of_a_post_lead_to_its_website() -> None:
    post, _ = read_post("posts/wren.md", POST.encode())
    assert post is not None
    draft = understand(post, Settings(website="https://example.org"))
    assert [event.url for event in draft.events] == ["https://example.org/wren"]
    assert [session.url for session in draft.sessions] == [
        "https://example.org/talks/moon",
        "https://example.org/2027/05/wren-fest/sea.html",
        "https://example.com/sand",
    ]
    assert draft.sessions[1].room_url == "https://example.org/2027/05/rooms/otter"
    assert draft.image == "https://example.org/2027/05/wren-fest/cover.png"
    assert not draft.findings


def test_without_a_website_relative_links_are_told_once_a_post() -> None:
    post, _ = read_post("posts/wren.md", POST.encode())
    assert post is not None
    draft = understand(post, Settings())
    assert [finding.rule for finding in draft.findings] == ["relative-url"]
    said = "`/talks/moon` leads only within your own website, as does 1 more of this post"
    assert draft.findings[0].message == said


def test_a_labelled_link_and_one_of_the_front_matter_lead_to_the_website_too() -> None:
    text = """---
title: Wren Fest
date: 2027-05-01
sessions:
  - title: Moon
    start: 2027-05-13 10:00
    timezone: Europe/London
    url: /moon
---

# Wren Fest, Leeds, 13 May 2027

## Sea

When: 13 May 2027, 14:00
URL: /sea
"""
    post, _ = read_post("posts/wren.md", text.encode())
    assert post is not None
    draft = understand(post, Settings(website="https://example.org"))
    assert sorted(session.url or "" for session in draft.sessions) == [
        "https://example.org/moon",
        "https://example.org/sea",
    ]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://example.org/slideshttps://example.org/video", True),
        ("http://example.org/event/1YFiks://example.org/event/1YFik", True),
        ("https://web.example/2024/https://example.org/a", False),
        ("https://example.org/go?to=https://example.com", False),
        ("https://example.org/go?open=app://here", False),
    ],
)
def test_two_addresses_run_together_are_told(url: str, told: bool) -> None:
    text = (
        f"---\ntitle: A\ndate: 2027-05-01\n---\n\n# Wren Fest, Leeds, 13 May 2027\n\n- 10:00 [Moon]({url})\n"
    )
    post, _ = read_post("posts/wren.md", text.encode())
    assert post is not None
    rules = [finding.rule for finding in understand(post, Settings()).findings]
    assert rules == (["malformed-url"] if told else [])


def test_an_address_that_leaves_out_the_scheme_is_whole_with_it() -> None:
    head = "---\ntitle: A\ndate: 2027-05-01\n---\n\n# Wren Fest, Leeds, 13 May 2027\n\n"
    text = f"{head}- 10:00 [Moon](//example.org/a)\n"
    post, _ = read_post("posts/wren.md", text.encode())
    assert post is not None
    draft = understand(post, Settings())
    assert [session.url for session in draft.sessions] == ["https://example.org/a"]
    assert not draft.findings


@pytest.mark.parametrize(
    ("front", "website", "url"),
    [
        ("permalink: /2027/wren/", None, None),
        ("permalink: /2027/wren/", "https://example.org", "https://example.org/2027/wren/"),
        ("permalink: /:year/:title/", "https://example.org", None),
        ("url: /wren", "https://example.org", "https://example.org/wren"),
        ("url: https://wrenfest.example", "https://example.org", None),
        ("permalink: https://blog.example/wren", None, "https://blog.example/wren"),
        ("canonical_url: https://blog.example/wren", "https://example.org", "https://blog.example/wren"),
        ("canonical: javascript:alert(1)", None, None),
        ("slug: wren", "https://example.org", None),
    ],
)
def test_where_a_post_is_read(front: str, website: str | None, url: str | None) -> None:
    post, _ = read_post("posts/wren.md", f"---\ntitle: Wren\n{front}\n---\n\nWords.\n".encode())
    assert understand(post, Settings(website=website)).url == url
