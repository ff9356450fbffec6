"""Owns `Line`: plain text of one logical line with its Markdown marks and the way back to the source."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Any, Literal

from feeds.source import Span

MarkKind = Literal["link", "strong", "emphasis", "strike", "code", "image"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of a line's text with a Markdown meaning; `href` only for links and images."""

    kind: MarkKind
    start: int
    end: int
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One logical line: soft breaks are spaces, hard breaks have ended it.

    `anchors` are pairs (offset in text, offset in source), sorted, the first at text offset 0; `soft`
    are the text offsets where the author broke the line without meaning it.
    """

    text: str
    marks: tuple[Mark, ...]
    anchors: tuple[tuple[int, int], ...]
    soft: tuple[int, ...] = ()
    answers: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What readers found out about the line and may ask again, each under keys of its own."""

    def offset(self, at: int) -> int:
        """The source offset of a text offset."""
        anchors = self.anchors
        text, source = anchors[bisect_right(anchors, (at, 1 << 60)) - 1 if len(anchors) > 1 else 0]
        return source + at - text

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The source span under a slice of the text."""
        stop = len(self.text) if end is None else end
        if stop <= start:
            return Span(self.offset(start), self.offset(start))
        return Span(self.offset(start), self.offset(stop - 1) + 1)

    def marked(self, kind: MarkKind) -> tuple[Mark, ...]:
        """The marks of one kind, in text order."""
        return tuple([mark for mark in self.marks if mark.kind == kind]) if self.marks else ()

    def cut(self, start: int, end: int) -> Line:
        """The part of the line under a slice, its marks clipped."""
        marks = tuple(
            Mark(kind=m.kind, start=max(m.start, start) - start, end=min(m.end, end) - start, href=m.href)
            for m in self.marks
            if m.start < end and m.end > start
        )
        first, last = bisect_right(self.anchors, (start, 1 << 60)), bisect_left(self.anchors, (end, -1))
        inner = [(at - start, source) for at, source in self.anchors[first:last]]
        soft = self.soft[bisect_right(self.soft, start) : bisect_left(self.soft, end)]
        return Line(
            text=self.text[start:end],
            marks=marks,
            anchors=((0, self.offset(start)), *inner),
            soft=tuple([at - start for at in soft]),
        )


_INVISIBLE = re.compile("[\u200b\u200c\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\t": " ", "\n": " "})


_BAR = " // "
"""What parts the pieces of a line, as a bar does ("[T](u) // Ada Ek // Hall 2")."""


class LineBuilder:
    """Collects the pieces of a block into lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._length = 0
        self._anchors: list[tuple[int, int]] = []
        self._marks: list[Mark] = []
        self._open: list[tuple[MarkKind, int, str]] = []
        self._soft: list[int] = []

    def add(self, text: str, source: int) -> None:
        """Append text that stands at a source offset; invisible characters fall out."""
        if text.isprintable():  # most text: nothing to take out, no space but plain ones
            self._piece(text, source)
            return
        at = 0
        for found in _INVISIBLE.finditer(text):
            self._piece(text[at : found.start()].translate(_SPACES), source + at)
            at = found.end()
        self._piece(text[at:].translate(_SPACES), source + at)

    def _piece(self, text: str, source: int) -> None:
        if text.startswith(_BAR) or text.count(_BAR) > 1:
            self._barred(text, source)
        elif text:
            self._anchors.append((self._length, source))
            self._pieces.append(text)
            self._length += len(text)

    def _barred(self, text: str, source: int) -> None:
        """Append text with a bar in the place of each pair of slashes."""
        first, *others = text.split(_BAR)
        self._piece(first, source)
        at = source + len(first)
        for piece in others:
            self._piece(" | ", at)
            at += len(_BAR)
            self._piece(piece, at)
            at += len(piece)

    def space(self, source: int) -> None:
        """A soft break, unless a space stands there already; inside a link nobody means one."""
        if not any(kind == "link" for kind, _, _ in self._open):
            self._soft.append(self._length)
        if self._pieces and not self._pieces[-1].endswith(" "):
            self.add(" ", source)

    def open(self, kind: MarkKind, href: str = "") -> None:
        """Begin a mark at this place."""
        self._open.append((kind, self._length, href))

    def close(self, kind: MarkKind) -> None:
        """End the innermost open mark of a kind; nothing where none is open."""
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == kind:
                _, start, href = self._open.pop(index)
                self._mark(kind, start, href)
                return

    def _mark(self, kind: MarkKind, start: int, href: str) -> None:
        if self._length > start or kind == "image":
            self._marks.append(Mark(kind=kind, start=start, end=self._length, href=href))

    def end_line(self) -> None:
        """A hard break: what is open goes on in the next line."""
        for kind, start, href in self._open:
            self._mark(kind, start, href)
        self._open = [(kind, 0, href) for kind, _, href in self._open]
        text = "".join(self._pieces)
        if text.strip() or any(mark.kind == "image" for mark in self._marks):
            self.lines.append(_trimmed(text, self._marks, self._anchors, self._soft))
        self._pieces, self._length, self._anchors, self._marks, self._soft = [], 0, [], [], []

    def finish(self) -> tuple[Line, ...]:
        """All lines; the builder is empty afterwards."""
        if not (self._pieces or self.lines or self._marks or self._open):
            self._soft = []
            return ()
        self.end_line()
        lines, self.lines, self._open = tuple(self.lines), [], []
        return lines


def _trimmed(text: str, marks: list[Mark], anchors: list[tuple[int, int]], soft: list[int]) -> Line:
    line = Line(
        text=text,
        marks=tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))),
        anchors=tuple(anchors) or ((0, 0),),
        soft=tuple(soft),
    )
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return line if (start, end) == (0, len(text)) else line.cut(start, max(start, end))
