"""Owns how findings look on a terminal: a headline, the source line with carets, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from feeds.diagnostics import Diagnostic, Severity
from feeds.diagnostics.plain import visible, visible_lines

_STYLES: Final = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}
_CUT: Final = "…"


def render(diagnostics: Sequence[Diagnostic], *, width: int = 100) -> Text:
    """The findings with their source lines clipped to `width` cells, and a summary line; empty where none.

    Styles are carried beside the text: `.plain` is what a file gets.
    """
    if not diagnostics:
        return Text()
    parts = [finding(diagnostic, width=width) for diagnostic in diagnostics]
    return Text("\n\n").join([*parts, Text(summary(diagnostics), style="bold")])


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """One sentence: `Found 2 warnings and 1 note in 3 posts.`"""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    found = [_count(counts[severity], str(severity)) for severity in Severity if counts[severity]]
    posts = _count(len({diagnostic.path for diagnostic in diagnostics}), "post")
    return f"Found {_and(found)} in {posts}." if found else "Found nothing to mend."


def finding(diagnostic: Diagnostic, *, width: int) -> Text:
    """One finding: headline, source line with carets clipped to `width` cells, help."""
    style = _STYLES[diagnostic.severity]
    text = Text(f"{visible(diagnostic.path)}:{diagnostic.line}:{diagnostic.column}: ", style="bold")
    headline = Text.assemble(text, (f"{diagnostic.severity}[{diagnostic.rule}]", style))
    headline.append(f" {visible(diagnostic.message)}", style="not bold")
    return Text("\n").join([headline, *_snippet(diagnostic, style=style, width=width), *_help(diagnostic)])


def _snippet(diagnostic: Diagnostic, *, style: str, width: int) -> Iterator[Text]:
    if not diagnostic.source_line.strip():
        return
    gutter = len(str(diagnostic.line))
    before, under, after = _excerpt(diagnostic, room=max(20, width - gutter - 3))
    carets = "^" * max(1, cell_len(before + under) - cell_len(before))
    yield Text(f"{' ' * gutter} |", style="blue")
    yield Text.assemble((f"{diagnostic.line} | ", "blue"), before + under + after)
    yield Text.assemble((f"{' ' * gutter} | ", "blue"), " " * cell_len(before), (carets, style))


def _excerpt(diagnostic: Diagnostic, *, room: int) -> tuple[str, str, str]:
    """What stands before, under and after the carets, clipped to `room` cells around the first caret."""
    line = diagnostic.source_line
    first = min(diagnostic.column - 1, len(line))
    same_line = diagnostic.end_line == diagnostic.line
    last = max(first, min(diagnostic.end_column - 1, len(line)) if same_line else len(line))
    # More than `room` code points on a side cannot be shown (but for zero-width ones, which nobody misses).
    start, middle = max(0, first - room), min(last, first + room)
    before, under, after = map(visible, (line[start:first], line[first:middle], line[middle : middle + room]))
    complete = start == 0 and middle + room >= len(line)
    if complete and cell_len(before + under + after) <= room:
        return before, under, after.rstrip()
    kept = _tail(before, room // 3, cut=start > 0)
    shown = _head(under, room - cell_len(kept), cut=middle < last)
    left = room - cell_len(kept + shown)
    return kept, shown, _head(after.rstrip(), left, cut=len(line) > middle + room) if shown == under else ""


def _head(text: str, room: int, *, cut: bool) -> str:
    """The start of the text in `room` cells, with an ellipsis where something is missing."""
    if not cut and cell_len(text) <= room:
        return text
    if room < 1:
        return ""
    used = _fitting(text, room - 1)
    return text[:used] + _CUT


def _tail(text: str, room: int, *, cut: bool) -> str:
    if not cut and cell_len(text) <= room:
        return text
    used = _fitting(text[::-1], room - 1)
    return _CUT + text[len(text) - used :]


def _fitting(text: str, room: int) -> int:
    """How many code points of the text fit into `room` cells."""
    total = 0

    def fits(character: str) -> bool:
        nonlocal total
        total += cell_len(character)
        return total <= room

    return sum(1 for _ in takewhile(fits, text))


def _help(diagnostic: Diagnostic) -> Iterator[Text]:
    if not diagnostic.help:
        return
    first, *rest = visible_lines(diagnostic.help)
    yield Text.assemble(("help: ", "bold green"), first)
    yield from (Text(f"      {line}") for line in rest)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _and(items: Sequence[str]) -> str:
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last
