"""Owns the name of a compile's inputs: equal names mean that compiling again would make the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from feeds import __file__ as package
from feeds.diagnostics import Diagnostic
from feeds.settings import Settings

_DATA = (".py", ".txt", ".tsv")
_MAKERS = ("icalendar", "nh3", "pyromark", "python-frontmatter", "python-slugify", "PyYAML", "tzdata")


def name_of(parts: Iterable[tuple[str, bytes]], *, record: bytes, settings: Settings) -> str:
    """The name of all inputs: program, settings, revision record, and every post's path and digest."""
    whole = blake2b(digest_size=20)
    whole.update(_program())
    whole.update(repr(settings).encode("utf-8", "backslashreplace"))
    whole.update(record)
    for shown, part in parts:
        whole.update(shown.encode("utf-8", "surrogateescape") + b"\0" + part)
    return whole.hexdigest()


def digest_of(data: bytes | Diagnostic) -> bytes:
    """The digest of a file's bytes, or of why there are none."""
    return blake2b(data if isinstance(data, bytes) else repr(data).encode(), digest_size=20).digest()


@cache
def _program() -> bytes:
    """The digest of this program and of the packages that shape its bytes.

    The version alone would not do: who works on the program would be served what it made an hour ago.
    """
    whole = blake2b(repr([(name, version(name)) for name in _MAKERS]).encode(), digest_size=20)
    root = Path(package).parent
    for path in sorted(path for path in root.rglob("*") if path.suffix in _DATA):
        whole.update(path.relative_to(root).as_posix().encode() + b"\0" + digest_of(path.read_bytes()))
    return whole.digest()
