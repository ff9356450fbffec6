"""Owns the way from a file's bytes to a `Post`: text, front matter with key spans, block tree with spans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.diagnostics import Diagnostic, report
from feeds.post.block import Block
from feeds.post.blocks import read_blocks
from feeds.post.front_matter import FrontMatter, read_front_matter
from feeds.post.rich import Line, Mark
from feeds.post.tree import TooDeepError, TooManyError
from feeds.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST_BYTES", "Block", "FrontMatter", "Line", "Mark", "Post", "read_post"]

MOST_BYTES = 1_048_576
"""A post is prose; what is larger is a mistake or an attack."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post, read but not yet understood. `body` is where the prose begins in the source's text."""

    source: Source
    front: FrontMatter
    blocks: tuple[Block, ...]
    body: int

    @property
    def path(self) -> str:
        """The path as shown to people."""
        return self.source.path


def read_post(path: str, data: bytes) -> tuple[Post | None, tuple[Diagnostic, ...]]:
    """The post in a file's bytes, or None with the error that says why not.

    Reports: not-utf8, byte-order-mark, control-character, post-too-large, too-many-blocks,
    nested-too-deeply, and what `read_front_matter` reports.
    """
    if len(data) > MOST_BYTES:
        return None, (_too_large(path, len(data)),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return None, (_not_utf8(path, data, problem),)
    source = Source.from_text(path, text)
    findings = list(_oddities(source, text))
    front, body, problems = read_front_matter(source)
    findings += problems
    if front is None:
        return None, tuple(findings)
    try:
        blocks = read_blocks(source, body)
    except TooManyError as problem:
        findings.append(
            _refused(source, "too-many-blocks", problem.at, f"more than {problem.most:,} {problem.what}")
        )
        return None, tuple(findings)
    except TooDeepError as problem:
        findings.append(_refused(source, "nested-too-deeply", problem.at, f"more than {problem.most} levels"))
        return None, tuple(findings)
    return Post(source=source, front=front, blocks=blocks, body=body), tuple(findings)


def _oddities(source: Source, text: str) -> Iterator[Diagnostic]:
    if text.startswith("\ufeff"):
        yield report(
            "byte-order-mark",
            "the file begins with a byte order mark; it was skipped",
            source=source,
            span=Span(0, 0),
            help="save the file as UTF-8 without a byte order mark",
        )
    if found := _CONTROLS.search(source.text):
        count = len(_CONTROLS.findall(source.text))
        more = f" and {count - 1} more" if count > 1 else ""
        yield report(
            "control-character",
            f"control character `U+{ord(found[0]):04X}`{more}; calendars cannot carry it, so it is left out",
            source=source,
            span=Span(*found.span()),
            help="delete the character",
        )


def _too_large(path: str, size: int) -> Diagnostic:
    return report(
        "post-too-large",
        f"the file has {size:,} bytes; a post may have at most {MOST_BYTES:,}",
        source=Source.from_text(path, ""),
        span=Span(0, 0),
        help="split the post, or move the file out of the posts folder",
    )


def _not_utf8(path: str, data: bytes, problem: UnicodeDecodeError) -> Diagnostic:
    source = Source.from_text(path, data.decode("utf-8", "replace"))
    at = len(data[: problem.start].decode("utf-8").replace("\r\n", "\n"))
    return report(
        "not-utf8",
        f"byte `0x{data[problem.start]:02X}` is not UTF-8, so the post cannot be read",
        source=source,
        span=Span(at, at + 1),
        help="save the file as UTF-8 (it looks like a file in an older encoding such as Windows-1252)",
    )


def _refused(source: Source, rule: str, at: int, why: str) -> Diagnostic:
    return report(
        rule,
        f"the post has {why}, so it is not read",
        source=source,
        span=Span(at, at),
        help="split the post, or flatten what is nested here",
    )
