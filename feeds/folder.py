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

Stamp = tuple[int, int, int, int]
"""What a file system says of a file; equal stamps mean that it need not be read again."""

_Entry = Path | os.DirEntry[str]
_Found = tuple[_Entry, str]
"""Where it lies, and how it is shown to people. What the folder's listing told need not be asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFile:
    """A file that is a post. `shown` is its path as people know it: the folder's name and what is below."""

    path: str
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
    root = None if paths else folder.resolve()
    given = _given(folder, paths) if paths else _below(folder, shown=folder.name or folder.resolve().name)
    taken = [one if isinstance(one, Diagnostic) else _taken(one, root) for one in given]
    files = {one.shown: one for one in taken if isinstance(one, PostFile)}
    return Folder(
        files=tuple([files[shown] for shown in sorted(files)]),
        diagnostics=tuple(one for one in taken if isinstance(one, Diagnostic)),
    )


def read_bytes(post: PostFile, *, most: int) -> bytes | Diagnostic:
    """At most `most` + 1 bytes of a post, or why it cannot be read.

    Reports: unreadable-post.
    """
    try:
        with open(post.path, "rb") as file:  # noqa: PTH123 - a thousand paths are not worth a `Path` each
            return file.read(most + 1)
    except OSError as problem:
        return _unreadable(post.shown, problem, remedy="give the server the right to read it")


def _given(folder: Path, paths: Sequence[Path]) -> Iterator[_Found | Diagnostic]:
    root = folder.absolute()
    for path in paths:
        shown = _shown(path.absolute(), root)
        if path.is_dir():
            yield from _below(path, shown=shown)
        else:
            yield path, shown


def _shown(path: Path, root: Path) -> str:
    if path.is_relative_to(root):
        return _text((Path(root.name) / path.relative_to(root)).as_posix())
    return _text(path.name)


def _below(folder: Path, *, shown: str, level: int = 0) -> Iterator[_Found | Diagnostic]:
    """What may be a post in a folder and the folders in it; links to folders are not followed."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as problem:
        yield _unreadable(shown, problem, remedy="give the server the right to read the folder")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        name = f"{shown}/{_text(entry.name)}"
        if entry.is_dir(follow_symlinks=False):
            yield from _within(Path(entry.path), shown=name, level=level + 1)
        elif entry.name.lower().endswith(SUFFIXES):
            yield entry, name


def _within(folder: Path, *, shown: str, level: int) -> Iterator[_Found | Diagnostic]:
    if level <= MOST_LEVELS:
        yield from _below(folder, shown=shown, level=level)
        return
    message = f"the folder is more than {MOST_LEVELS} folders deep, so nothing in it is read"
    yield _refused("unreadable-post", shown, message=message, remedy="move its posts further up")


def _taken(found: _Found, root: Path | None) -> PostFile | Diagnostic:
    entry, shown = found
    try:
        if (
            root is not None
            and entry.is_symlink()
            and not Path(entry).resolve(strict=True).is_relative_to(root)
        ):
            message = "the link leads out of the posts folder"
            return _refused(
                "outside-posts", shown, message=message, remedy="put the file itself into the folder"
            )
        status = entry.stat()
    except (OSError, RuntimeError) as problem:  # pathlib raises RuntimeError for a loop of links
        return _unreadable(
            shown, problem, remedy="remove the broken link" if entry.is_symlink() else "check the path"
        )
    if not stat.S_ISREG(status.st_mode):  # opening a named pipe would wait for ever
        what = "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file"
        return _refused(
            "unreadable-post", shown, message=f"this is {what}", remedy="move it out of the folder"
        )
    stamp = (status.st_mtime_ns, status.st_size, status.st_ino, status.st_ctime_ns)
    return PostFile(path=os.fspath(entry), shown=shown, stamp=stamp)


def _unreadable(shown: str, problem: OSError | RuntimeError, *, remedy: str) -> Diagnostic:
    why = problem.strerror if isinstance(problem, OSError) and problem.strerror else "its links form a loop"
    return _refused("unreadable-post", shown, message=f"it cannot be read: {why}", remedy=remedy)


def _refused(rule: str, shown: str, *, message: str, remedy: str) -> Diagnostic:
    return report(rule, message, source=Source.from_text(shown, ""), span=Span(0, 0), help=remedy)


def _text(name: str) -> str:
    """A name as text that can be written anywhere: names of files need not be UTF-8."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
