"""Owns the wrapping of styled text beside a hanging indent."""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text


def wrapped(text: Text, *, first: Text, width: int | None) -> list[Text]:
    """The text behind `first`, its further lines as far in; in `width` cells, or on one line where None."""
    indent = cell_len(first.plain)
    if width is None:
        return [_join(first, text)]
    # A terminal narrower than the indent still gets words, not one letter a line.
    lines = text.wrap(Console(), max(20, width - indent)) or [text]
    return [_join(first if at == 0 else Text(" " * indent), line) for at, line in enumerate(lines)]


def _join(first: Text, line: Text) -> Text:
    joined = Text.assemble(first, line)
    joined.rstrip()
    return joined
