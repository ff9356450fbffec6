"""Owns `Part`: a slice of a line that means one thing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from feeds.post import Line, Mark
from feeds.source import Span

_LEADING = re.compile(
    r"^(?:[\s,;:.|•·–—\-−~→>»*/@#&+=!?\u2022\u25cf\u25cb\u2023\u2043]|[^\w\s\"'“‘«‹(\[<„¿¡$€£.…`])+",
    re.UNICODE,
)
_TRAILING = re.compile(r"(?:[\s,;:|•·–—\-−~→<«*/@&+=\u2022]|[^\w\s\"'”’»›)\]>!?.…%`$€£*+#])+$", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Part:
    """The half-open slice `start:end` of a line's text."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words."""
        return self.line.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where the words stand in the source."""
        return self.line.span(self.start, self.end)

    @property
    def links(self) -> tuple[Mark, ...]:
        """The links that overlap, in coordinates of the line."""
        return tuple(
            m for m in self.line.marks if m.kind == "link" and m.start < self.end and m.end > self.start
        )

    def marks(self, *kinds: str) -> tuple[Mark, ...]:
        """The marks of these kinds that overlap, in coordinates of the line."""
        return tuple(
            m for m in self.line.marks if m.kind in kinds and m.start < self.end and m.end > self.start
        )

    def at(self, start: int, end: int) -> Part:
        """A slice of this part, given in its own coordinates."""
        return Part(self.line, self.start + start, self.start + end)

    def trimmed(self) -> Part:
        """Without separators, bullets and emoji at its ends; brackets that close nothing go too."""
        text = self.text
        lead = _LEADING.match(text)
        start = lead.end() if lead else 0
        trail = _TRAILING.search(text, start)
        end = trail.start() if trail else len(text)
        return _unbracketed(self.at(start, max(start, end)))

    def __bool__(self) -> bool:
        return any(char.isalnum() for char in self.text)


SENTENCE_END = re.compile(
    r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bSt)(?<!\bvs)(?<!\bNo)(?<!\bNr)(?<!\bMrs)(?<!\bProf)(?<!\bavv)(?<!\bIng)(?<!\bDra)"
    r"(?<!\bDott)(?<!\bSr)(?<!\bJr)(?<!\b[A-Z])(?<!\b[ap]\.m)(?<!\b[ap]m)[.!?]\s+(?=[A-ZÀ-Þ\"“¿¡*])"
)
"""Where one sentence ends and another begins; not behind titles, initials and "a.m."."""

_PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">"}


def _unbracketed(part: Part) -> Part:
    """Brackets around the whole, or left half open by what was cut away, say nothing."""
    text = part.text
    if not text:
        return part
    for opening, closing in _PAIRS.items():
        if text[0] == opening and text[-1] == closing and text.count(opening) == 1:
            return part.at(1, len(text) - 1).trimmed()
        if text[0] == opening and closing not in text:
            return part.at(1, len(text)).trimmed()
        if (
            text[-1] in (closing, opening)
            and text.count(opening) != text.count(closing)
            and text[-1] != text[0]
        ):
            return part.at(0, len(text) - 1).trimmed()
    return part
