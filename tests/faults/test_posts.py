"""Owns the tests of broken and hostile posts: each is told by name, at its line, and hurts no other."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from feeds.cli import main

GOOD = """\
---
title: Example Summit 2027
date: 2027-01-10
---

## Example Summit in Oslo, 4-6 May 2027

### Opening words

When: Tuesday, 4 May 2027, 09:00 - 09:45
"""
SECONDS = 2.0
Told = list[tuple[str, int]]


@dataclass(frozen=True)
class Site:
    """A folder with one good post, and the command run on it."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def bad(self) -> Path:
        """Where the bad post goes."""
        return self.folder / "posts" / "bad.md"

    def check(self) -> Told:
        """The rules and lines told of all posts but the good one; the good one must have been read."""
        begun = time.process_time()
        findings = self._json("check", "--output-format", "json")
        assert time.process_time() - begun < SECONDS
        shown = self._json("show", "--json")
        good = [one["title"] for one in shown["sessions"] if one["post"] == "posts/good.md"]
        assert good == ["Opening words"]
        assert [one for one in findings if one["path"] == "posts/good.md"] == []
        return [(one["rule"], one["line"]) for one in findings]

    def _json(self, *arguments: str) -> Any:
        with pytest.raises(SystemExit):
            main(arguments)
        return json.loads(self.capsys.readouterr().out)


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Site:
    """A working directory whose `posts` holds the good post."""
    monkeypatch.chdir(tmp_path)
    made = Site(tmp_path, capsys)
    made.bad.parent.mkdir()
    (made.bad.parent / "good.md").write_text(GOOD, encoding="utf-8")
    return made


def front(text: str) -> bytes:
    return f"---\n{text}\n---\n\nHello.\n".encode()


SESSIONS = (
    "title: A\nevents: {name: Summit, start: 2027-03-28, city: Paris, country: FR}\nsessions:\n- title: B\n"
)
BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))

FILES: dict[str, tuple[bytes, Told]] = {
    "latin-1": ("Hello\n\nCafé at nine\n".encode("latin-1"), [("not-utf8", 3)]),
    "latin-1 after old Mac newlines": ("a\rb\rCafé\r".encode("latin-1"), [("not-utf8", 3)]),
    "utf-16": (GOOD.encode("utf-16"), [("not-utf8", 1)]),
    "byte order mark": (b"\xef\xbb\xbfHello.\n", [("byte-order-mark", 1)]),
    "no front matter": (b"Hello.\n", []),
    "unclosed YAML": (b"---\ntitle: A\n\nHello.\n", [("unclosed-front-matter", 1)]),
    "unclosed TOML": (b'+++\ntitle = "A"\n\nHello.\n', [("unclosed-front-matter", 1)]),
    "unclosed JSON": (b'{\n"title": "A"\n\nHello.\n', [("unclosed-front-matter", 1)]),
    "thematic break": (b"---\n\nHello.\n", []),
    "YAML list": (front("- a\n- b"), [("invalid-front-matter", 2)]),
    "YAML text": (front("hello"), [("invalid-front-matter", 2)]),
    "YAML error": (front("title: A\nb: 'open"), [("invalid-front-matter", 4)]),
    "YAML second document": (front("title: A\n...\nb: 2"), [("invalid-front-matter", 4)]),
    "TOML error": (b'+++\ntitle = "A\n+++\n', [("invalid-front-matter", 2)]),
    "duplicate key": (front("title: A\ndate: 2027-01-01\ntitle: B"), [("duplicate-key", 4)]),
    "nested duplicate key": (front("events:\n- name: A\n  city: Oslo\n  name: B"), [("duplicate-key", 5)]),
    "duplicate TOML key": (b"+++\na = 1\na = 2\n+++\n", [("duplicate-key", 3)]),
    "alias bomb": (front(BOMB), [("front-matter-too-complex", 6)]),
    "alias of itself": (front("a: &a [*a]"), [("invalid-front-matter", 2)]),
    "deep flow YAML": (front("a: " + "[" * 50_000), [("front-matter-too-complex", 2)]),
    "deep block YAML": (front("- " * 50_000 + "a"), [("front-matter-too-complex", 2)]),
    "deep TOML": (f"+++\na = {'[' * 5_000}\n+++\n".encode(), [("front-matter-too-complex", 1)]),
    "deep TOML key": (f"+++\n{'a.' * 50_000}a = 1\n+++\n".encode(), [("front-matter-too-complex", 2)]),
    "long front matter": (front("a: b\n" * 50_000), [("front-matter-too-complex", 1)]),
    "object tag": (front("a: !!python/object/apply:os.system [touch x]"), [("invalid-front-matter", 2)]),
    "20 MB": (b"word " * 4_000_000, [("post-too-large", 1)]),
    "1 MB in a line": (b"word " * 200_000, [("too-many-blocks", 1)]),
    "many blocks": (b"# a\n\n" * 25_000, [("too-many-blocks", 16_001)]),
    "much markup": (b"Hello.\n\n" + b"*a* `b`\n" * 1_000, [("too-many-blocks", 3)]),
    "more markup": (b"[" * 200_000, [("too-many-blocks", 1)]),
    "10,000 headings": (b"# a\n" * 10_000, [("too-many-blocks", 8_001)]),
    "deep quotes": (b"hello\n\n" + b">" * 5_000 + b" a\n", [("nested-too-deeply", 3)]),
    "deep lists": (b"- " * 5_000 + b"a\n", [("nested-too-deeply", 1)]),
    "deep numbered lists": (b"1. " * 5_000 + b"a\n", [("nested-too-deeply", 1)]),
    "deep tables": (b"<div>\n" + b"<table><tr><td>" * 5_000, [("nested-too-deeply", 2)]),
    "unclosed lists": (b"<div>\n" + b"<ul><li>" * 50_000, [("nested-too-deeply", 2)]),
    "unclosed tags": (b"<div>\n" + b"<b><i>" * 40_000, []),
    "unclosed comment": (b"Hello.\n\n<!-- 9:00\n\n## More\n", []),
    "large attribute": (b'<div>\n<img src="' + b"a" * 1_000_000 + b'">\nHello.\n</div>\n', []),
    "control character": (b"Hello\n\nthe\x1bre\n", [("control-character", 3)]),
    "control character in front matter": (front("title: A\x00B"), [("control-character", 2)]),
    "empty": (b"", []),
    "only newlines": (b"\r\n\r\n", []),
    "impossible date": (front(f"{SESSIONS}  start: 2027-02-30 10:00"), [("impossible-date", 6)]),
    "impossible time": (front(f"{SESSIONS}  start: 2027-03-28 25:00"), [("impossible-time", 6)]),
    "skipped time": (front(f"{SESSIONS}  start: 02:30"), [("time-in-gap", 6)]),
    "repeated time": (front(f"{SESSIONS}  start: 2027-10-31 02:30"), [("ambiguous-time", 6)]),
    "end before start": (front(f"{SESSIONS}  start: 10:00\n  end: 09:00"), [("end-before-start", 7)]),
}


@pytest.mark.parametrize(("data", "told"), FILES.values(), ids=FILES.keys())
def test_bad_post_is_told_by_name_at_its_line(site: Site, data: bytes, told: Told) -> None:
    site.bad.write_bytes(data)
    assert site.check() == told


def test_link_out_of_the_folder_is_refused(site: Site) -> None:
    outside = site.folder / "secret.md"
    outside.write_text(GOOD, encoding="utf-8")
    site.bad.symlink_to(outside)
    assert site.check() == [("outside-posts", 1)]


def test_link_to_another_post_is_a_post(site: Site) -> None:
    (site.bad.parent / "b.txt").write_text("Hello.\n", encoding="utf-8")
    site.bad.symlink_to("b.txt")
    assert site.check() == []


def test_links_in_a_circle_are_told(site: Site) -> None:
    site.bad.symlink_to("worse.md")
    (site.bad.parent / "worse.md").symlink_to("bad.md")
    assert site.check() == [("unreadable-post", 1), ("unreadable-post", 1)]


def test_link_to_nothing_is_told(site: Site) -> None:
    site.bad.symlink_to("gone.md")
    assert site.check() == [("unreadable-post", 1)]


def test_folder_linked_into_itself_is_not_followed(site: Site) -> None:
    (site.bad.parent / "again").symlink_to(".", target_is_directory=True)
    assert site.check() == []


def test_pipe_is_told_and_never_opened(site: Site) -> None:
    os.mkfifo(site.bad)
    assert site.check() == [("unreadable-post", 1)]


def test_folder_named_as_a_post_is_a_folder(site: Site) -> None:
    site.bad.mkdir()
    (site.bad / "inner.md").write_bytes(b"Caf\xe9\n")
    assert site.check() == [("not-utf8", 1)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_post_is_told(site: Site) -> None:
    site.bad.write_text("Hello.\n", encoding="utf-8")
    site.bad.chmod(0)
    assert site.check() == [("unreadable-post", 1)]


def test_tag_of_an_object_runs_nothing(site: Site) -> None:
    site.bad.write_bytes(front("a: !!python/object/apply:os.system ['touch made']"))
    site.check()
    assert [path.name for path in site.folder.iterdir()] == ["posts"]


def test_empty_folder_is_noted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "posts").mkdir()
    with pytest.raises(SystemExit):
        main(("check", "--output-format", "json"))
    assert [one["rule"] for one in json.loads(capsys.readouterr().out)] == ["no-posts"]
