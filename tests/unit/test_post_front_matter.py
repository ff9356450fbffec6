"""Owns the tests of front matter: values as written, and the place of every key and value."""

from __future__ import annotations

from typing import Any

import pytest

from feeds.post import Post, read_post
from feeds.post.front_matter import KeyPath


def read(text: str) -> Post:
    post, findings = read_post("posts/a.md", text.encode())
    assert findings == ()
    assert post is not None
    return post


YAML: list[tuple[str, Any]] = [
    ("14:40", "14:40"),
    ("2024-03-14", "2024-03-14"),
    ("2024-13-14 25:00", "2024-13-14 25:00"),
    ("NO", "NO"),
    ("on", "on"),
    ("0900", "0900"),
    ("1_000", "1_000"),
    ("12", 12),
    ("-3", -3),
    ("1.5", 1.5),
    ("1.50", "1.50"),
    ("true", True),
    ("FALSE", False),
    ("~", None),
    ("", None),
    ("'true'", "true"),
    ('"12"', "12"),
    ("a # b", "a"),
    ("|\n  a\n  b", "a\nb\n"),
    (">-\n  a\n  b", "a b"),
    ("[a, 1]", ["a", 1]),
    ("{a: {b: c}}", {"a": {"b": "c"}}),
    ("!!str 12", "12"),
]


@pytest.mark.parametrize(("written", "value"), YAML)
def test_yaml_value_is_what_the_author_wrote(written: str, value: Any) -> None:
    assert read(f"---\nkey: {written}\n---\n").front.data == {"key": value}


def test_alias_repeats_its_value() -> None:
    assert read("---\na: &x [1]\nb: *x\n---\n").front.data == {"a": [1], "b": [1]}


TOML = """\
+++
title = "é" # words
date = 2024-03-14T09:00:00+01:00
day = 2024-03-14
clock = 14:40:00
a.b = 1
[[sessions]]
title = '''
x'''
speakers = ["y", {name = "z", url = 'u'}]
[[sessions]]
title = "w"
[sessions.more]
k = true
+++
"""


def test_toml_values_are_those_that_yaml_would_give() -> None:
    assert read(TOML).front.data == {
        "title": "é",
        "date": "2024-03-14T09:00:00+01:00",
        "day": "2024-03-14",
        "clock": "14:40:00",
        "a": {"b": 1},
        "sessions": [
            {"title": "x", "speakers": ["y", {"name": "z", "url": "u"}]},
            {"title": "w", "more": {"k": True}},
        ],
    }


PLACES: list[tuple[str, KeyPath, str | None, str]] = [
    (TOML, ("title",), "title", '"é"'),
    (TOML, ("date",), "date", "2024-03-14T09:00:00+01:00"),
    (TOML, ("a", "b"), "a.b", "1"),
    (TOML, ("sessions", 0, "title"), "title", "'''\nx'''"),
    (TOML, ("sessions", 0, "speakers", 0), None, '"y"'),
    (TOML, ("sessions", 0, "speakers", 1, "url"), "url", "'u'"),
    (TOML, ("sessions", 1, "title"), "title", '"w"'),
    (TOML, ("sessions", 1, "more", "k"), "k", "true"),
    ("---\ntitle: '🎉 é'\nb: ü\n---\n", ("b",), "b", "ü"),
    (
        "\n\n---\r\nsessions:\r\n  - title: A: B\r\n---\n".replace("A: B", "'A: B'"),
        ("sessions", 0, "title"),
        "title",
        "'A: B'",
    ),
    ("---\na:\n- b\n-  c d \n---\n", ("a", 1), None, "c d"),
    ("---\na: [x, {b: c}]\n---\n", ("a", 1, "b"), "b", "c"),
    ("---\na:\n  b: 1\n\nc: 2\n---\n", ("a",), "a", "b: 1"),
    ("---\na: |\n  b\n  c\n\nd: 2\n---\n", ("a",), "a", "|\n  b\n  c"),
    ('{\n\t"é": {"b": ["c"]}\n}\nHello.\n', ("é", "b", 0), None, '"c"'),
]


@pytest.mark.parametrize(("text", "path", "key", "value"), PLACES)
def test_keys_and_values_have_their_places(text: str, path: KeyPath, key: str | None, value: str) -> None:
    post = read(text)
    assert post.source.slice(post.front.values[path]) == value
    assert (post.source.slice(post.front.keys[path]) if path in post.front.keys else None) == key


BODIES = [
    ("---\ntitle: A\n---\n# B\n", "\n# B\n"),
    ("---\n---\nB", "\nB"),
    ("---\ntitle: A\n--- \t\nB", "\nB"),
    ("+++\na = 1\n+++\nB", "\nB"),
    ('{\n"a": 1\n}\nB', "\nB"),
    ("---\na: |\n  ---\n---\nB", "\nB"),
    ("Hello.\n\n---\na: 1\n---\n", "Hello.\n\n---\na: 1\n---\n"),
    ("---\n\n# B\n", "---\n\n# B\n"),
    ("{% a %}\nB", "{% a %}\nB"),
]


@pytest.mark.parametrize(("text", "body"), BODIES)
def test_body_begins_behind_the_front_matter(text: str, body: str) -> None:
    post = read(text)
    assert post.source.text[post.body :] == body


def test_missing_path_gives_the_nearest_thing_above() -> None:
    post = read("---\na:\n  b: 1\n---\n")
    assert post.source.slice(post.front.span("a", "c", 0)) == "b: 1"


def test_text_takes_the_first_key_that_holds_one() -> None:
    front = read("---\na:\nb: [1]\nc: true\nd: 5\ne: x\n---\n").front
    assert front.text("a", "b", "c", "d", "e") == "5"
