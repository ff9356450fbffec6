"""Owns the tests of the folder of posts: what is a post, how it is shown, and in which order."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from feeds.diagnostics import Diagnostic
from feeds.folder import MOST_LEVELS, list_posts, read_bytes


def write(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"Hello.\n")
    return folder


def shown(folder: Path, paths: Iterable[Path] = ()) -> list[str]:
    return [post.shown for post in list_posts(folder, list(paths)).files]


def test_posts_are_sorted_whatever_the_folder_below(tmp_path: Path) -> None:
    folder = write(tmp_path / "posts", "b.md", "a/z.md", "c.MD", "d.markdown", "e.mdx", "a.md")
    assert shown(folder) == [
        *("posts/a.md", "posts/a/z.md", "posts/b.md", "posts/c.MD", "posts/d.markdown", "posts/e.mdx"),
    ]


def test_other_files_are_no_posts(tmp_path: Path) -> None:
    folder = write(tmp_path / "posts", "a.md", "b.txt", ".hidden.md", ".git/c.md", "d.md.bak", "md")
    assert shown(folder) == ["posts/a.md"]


def test_folder_that_is_not_there_has_no_posts(tmp_path: Path) -> None:
    assert shown(tmp_path / "posts") == []


def test_given_files_are_shown_below_their_folder(tmp_path: Path) -> None:
    folder = write(tmp_path / "posts", "a.md", "b/c.md", "d.md")
    outside = write(tmp_path, "other.md") / "other.md"
    assert shown(folder, [folder / "b" / "c.md", outside]) == ["other.md", "posts/b/c.md"]


def test_given_folder_gives_its_posts(tmp_path: Path) -> None:
    folder = write(tmp_path / "posts", "a.md", "b/c.md", "b/d.txt")
    assert shown(folder, [folder / "b"]) == ["posts/b/c.md"]


def test_post_given_twice_is_one(tmp_path: Path) -> None:
    folder = write(tmp_path / "posts", "a.md")
    assert shown(folder, [folder / "a.md", folder]) == ["posts/a.md"]


def test_given_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path / "posts", "a.md")
    found = list_posts(folder, [folder / "gone.md"]).diagnostics
    assert [(one.rule, one.path) for one in found] == [("unreadable-post", "posts/gone.md")]


def test_link_inside_of_the_folder_is_a_post(tmp_path: Path) -> None:
    folder = write(tmp_path / "posts", "a.md")
    (folder / "b.md").symlink_to("a.md")
    assert shown(folder) == ["posts/a.md", "posts/b.md"]


def test_folder_that_is_itself_a_link_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "real", "a.md")
    (tmp_path / "posts").symlink_to("real")
    assert shown(tmp_path / "posts") == ["posts/a.md"]


def test_folders_beyond_measure_are_told(tmp_path: Path) -> None:
    folder = write(tmp_path / "posts", "/".join(["d"] * (MOST_LEVELS + 1)) + "/a.md")
    found = list_posts(folder)
    assert (found.files, [one.rule for one in found.diagnostics]) == ((), ["unreadable-post"])


def test_name_that_is_not_utf8_is_shown_as_text(tmp_path: Path) -> None:
    folder = tmp_path / "posts"
    folder.mkdir()
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.md")).write_bytes(b"")
    except OSError:
        pytest.skip("this file system has only UTF-8 names")
    assert shown(folder) == ["posts/caf\\xe9.md"]


def test_stamp_changes_with_the_bytes(tmp_path: Path) -> None:
    folder = write(tmp_path / "posts", "a.md")
    before = list_posts(folder).files[0].stamp
    (folder / "a.md").write_bytes(b"Hello again.\n")
    assert list_posts(folder).files[0].stamp != before


def test_bytes_are_read_only_so_far(tmp_path: Path) -> None:
    post = list_posts(write(tmp_path / "posts", "a.md")).files[0]
    assert [read_bytes(post, most=most) for most in (2, 100)] == [b"Hel", b"Hello.\n"]


def test_post_that_vanished_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path / "posts", "a.md")
    post = list_posts(folder).files[0]
    Path(post.path).unlink()
    found = read_bytes(post, most=100)
    assert isinstance(found, Diagnostic)
    assert (found.rule, found.path, found.line) == ("unreadable-post", "posts/a.md", 1)
