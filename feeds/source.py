"""Owns the text of one post file and the spans that point into it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points in a `Source`'s text."""

    start: int
    end: int

    def cover(self, other: Span) -> Span:
        """The smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place as an editor shows it: line and column count from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    r"""One decoded post: newlines are `\n`, a byte order mark is gone, line numbers are the file's."""

    path: str
    text: str
    starts: tuple[int, ...] = field(repr=False, compare=False)

    @classmethod
    def from_text(cls, path: str, text: str) -> Source:
        r"""A source whose text has its newlines normalised to `\n` (CR LF and lone CR count as one)."""
        plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        starts = [0]
        at = plain.find("\n")
        while at != -1:
            starts.append(at + 1)
            at = plain.find("\n", at + 1)
        return cls(path=path, text=plain, starts=tuple(starts))

    def position(self, offset: int) -> Position:
        """Line and column of a code point offset."""
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its newline; empty beyond the end."""
        if not 1 <= number <= len(self.starts):
            return ""
        start = self.starts[number - 1]
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        return self.text[start:end]

    def slice(self, span: Span) -> str:
        """The text under a span."""
        return self.text[span.start : span.end]
