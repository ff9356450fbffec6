"""Owns the folder of posts: which files are posts, and their bytes, whatever lies there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from feeds.diagnostics import Diagnostic, report
from feeds.source import Source, Span

SUFFIXES = (".md", ".markdown", ".mdx")
MOST_LEVELS = 12
MOST_POSTS = 50_000

Stamp = tuple[int, int, int, int]
"""What a file system says of a file; equal stamps mean that it need not be read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFile:
    """A file that is a post. `shown` is its path as people know it: the folder's name and what is below."""

    path: Path
    shown: str
    stamp: Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """The posts of a folder, sorted by shown path, and what could not be taken."""

    files: tuple[PostFile, ...]
    diagnostics: tuple[Diagnostic, ...]


def list_posts(folder: Path, paths: Sequence[Path] = ()) -> Folder:
    """All posts of a folder, or just the given files.

    Files and folders whose names begin with a dot are nobody's posts. Links that lead out are refused.
    Reports: outside-posts, unreadable-post.
    """
    findings: list[Diagnostic] = []
    root = folder.resolve()
    found: list[PostFile] = []
    for path, shown in _given(folder, paths) if paths else _below(folder, folder.name or root.name, 0):
        post = _file(path, shown, None if paths else root, findings)
        if post is not None:
            found.append(post)
    return Folder(files=tuple(sorted(found, key=lambda post: post.shown)), diagnostics=tuple(findings))


def read_bytes(post: PostFile, *, most: int) -> bytes | Diagnostic:
    """At most `most` + 1 bytes of a post, or why it cannot be read.

    Reports: unreadable-post.
    """
    try:
        with post.path.open("rb") as file:
            return file.read(most + 1)
    except OSError as problem:
        return _refused("unreadable-post", post.shown, f"the file cannot be read: {problem.strerror or problem}",
                        "give the server the right to read it")  # fmt: skip


def _given(folder: Path, paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    root = folder.absolute()
    for path in paths:
        whole = path.absolute()
        if path.is_dir():
            yield from _below(path, _shown(whole, root), 0)
        else:
            yield path, _shown(whole, root)


def _shown(path: Path, root: Path) -> str:
    if path.is_relative_to(root):
        return (Path(root.name) / path.relative_to(root)).as_posix()
    return path.name


def _below(folder: Path, shown: str, level: int) -> Iterator[tuple[Path, str]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        name = f"{shown}/{entry.name}"
        if entry.name.lower().endswith(SUFFIXES):
            yield Path(entry.path), name
        elif level < MOST_LEVELS and entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry.path), name, level + 1)


def _file(path: Path, shown: str, root: Path | None, findings: list[Diagnostic]) -> PostFile | None:
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            if root is not None and not path.resolve(strict=True).is_relative_to(root):
                findings.append(_refused("outside-posts", shown, "the link leads out of the posts folder",
                                         "put the file itself into the folder"))  # fmt: skip
                return None
            status = path.stat()
    except (OSError, RuntimeError) as problem:
        findings.append(_refused("unreadable-post", shown, f"the file cannot be read: {problem}", "remove the broken link"))
        return None
    if not stat.S_ISREG(status.st_mode):
        if not stat.S_ISDIR(status.st_mode):
            findings.append(_refused("unreadable-post", shown, "this is not a regular file", "move it out of the folder"))
        return None
    stamp = (status.st_mtime_ns, status.st_size, status.st_ino, status.st_ctime_ns)
    return PostFile(path=path, shown=shown, stamp=stamp)


def _refused(rule: str, shown: str, message: str, remedy: str) -> Diagnostic:
    return report(rule, message, source=Source.from_text(shown, ""), span=Span(0, 0), help=remedy)
