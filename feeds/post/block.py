"""Owns the values of the block tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from feeds.post.rich import Line
    from feeds.source import Span

Kind = Literal[
    "heading", "paragraph", "list", "item", "quote", "table", "row", "cell", "code", "term", "rule"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block. Leaves (heading, paragraph, cell, term, code) have lines, the others children.

    `level` is a heading's 1-6; `ordered` is a list's first number, None for bullets; `head` marks the
    rows of a table's header; `wide` and `tall` are a cell's spans in an HTML table.
    """

    kind: Kind
    span: Span
    lines: tuple[Line, ...] = ()
    children: tuple[Block, ...] = ()
    level: int = 0
    ordered: int | None = None
    head: bool = False
    wide: int = 1
    tall: int = 1
