"""Owns the record's file: read whole, written whole or not at all, and read from git."""

from __future__ import annotations

import os
import subprocess  # the record of another revision is git's to tell
import tempfile
from pathlib import Path

from feeds.diagnostics import Diagnostic
from feeds.revisions.memory import Memory
from feeds.revisions.record import Record
from feeds.revisions.text import format_record, parse_record

ATTRIBUTES = ".gitattributes"


class RecordNotFoundError(Exception):
    """The record of a git revision cannot be had; the message says why."""


def read_record(path: Path) -> tuple[Record, tuple[Diagnostic, ...]]:
    """The record of a file; an empty one where there is no file yet.

    Reports: damaged-record.
    """
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return Record(path=path.as_posix()), ()
    return parse_record(text, path=path.as_posix())


def write_record(path: Path, record: Record, *, memory: Memory | None = None) -> bool:
    """Write a record whole or not at all; whether the file changed. A crash leaves the old file."""
    new = format_record(record, memory=memory).encode()
    if path.exists() and path.read_bytes() == new:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return True


def ensure_merge_rule(path: Path) -> bool:
    """Tell git to merge the record line by line without conflicts; whether the rule had to be written.

    The rule stands in `.gitattributes` beside the record. Two branches may both add sessions at one place
    of the sorted file; the reader settles whatever both sides say of one session.
    """
    rule = f"{path.name} merge=union"
    attributes = path.parent / ATTRIBUTES
    text = attributes.read_text(encoding="utf-8") if attributes.exists() else ""
    if any(line.split()[:1] == [path.name] for line in text.splitlines()):
        return False
    if text and not text.endswith("\n"):
        text += "\n"
    attributes.write_text(f"{text}{rule}\n", encoding="utf-8")
    return True


def record_at_git_revision(path: Path, revision: str) -> tuple[Record, tuple[Diagnostic, ...]]:
    """The record as it was in a git revision (`HEAD`, `main`, a commit, a tag).

    Reports: damaged-record. RecordNotFoundError says why git cannot give it.
    """
    if revision.startswith("-") or ":" in revision or not revision.isprintable():
        raise RecordNotFoundError(f"`{revision}` is not a git revision")
    command = ["git", "-C", str(path.parent), "show", f"{revision}:./{path.name}"]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)  # noqa: S603 - no shell
    except FileNotFoundError:
        raise RecordNotFoundError("git is not installed") from None
    except subprocess.TimeoutExpired:
        raise RecordNotFoundError(f"git took too long to find `{revision}`") from None
    if done.returncode != 0:
        why = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise RecordNotFoundError(f"git has no record at `{revision}`: {why}")
    return parse_record(done.stdout.decode("utf-8", "replace"), path=f"{revision}:{path.as_posix()}")


def _umask() -> int:
    """The mask that new files are made under; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Make the new name last; not every file system lets a folder be opened."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
