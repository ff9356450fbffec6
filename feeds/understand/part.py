"""Owns `Part`: a slice of a line that means one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from feeds.post import Line, Mark
from feeds.source import Span

# Separators, bullets and emoji: all but letters, and the quotes, brackets and signs that belong to words.
_LEADING = re.compile(r"[^\w\"'“‘«‹({\[<„¿¡$€£…`]*")
_TRAILING = re.compile(r"[^\w\"'”“’»›)\]>!?.…%`$€£#]")

_LETTER = re.compile(r"[^\W_]")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_OPENING = frozenset(_BRACKETS)
_SIGNS = _OPENING | frozenset(_BRACKETS.values())
_MOST_BRACKETS = 8
"""No author nests deeper."""

_ABBREVIATIONS = (
    *("Dr", "Mr", "Ms", "Mrs", "Prof", "St", "Sr", "Jr", "vs", "No", "Nr", "avv", "Ing", "Dra", "Dott"),
    *("Mme", "Mlle", "Hr", "Fr", "bzw", "ca", "Str", r"o\.l\.v", r"m\.m\.v", r"i\.s\.m", r"z\.B", r"u\.a"),
    *(r"[ap]\.m", "e"),  # "e. V."
)
_INITIAL = r"(?:(?<!\b[A-Z].)|(?<=(?i:room|hall|saal|zaal|raum|sala|alle|aula|rack) [A-Z].)|(?<=\d [A-Z].))"
"""A lone letter is the initial of a name, but behind a room or a number it is its last word ("Hall B.")."""

# The mark comes first, so that the search can run to it and look behind only there.
SENTENCE_END = re.compile(
    "[.!?…]"
    + "".join(rf"(?<!\b{word}.)" for word in _ABBREVIATIONS)
    + r"(?<!\b[ia]m \d.)"  # "im 1. OG"
    + _INITIAL
    + r"[\"”’)]{0,2}\s+(?=[A-ZÀ-Þ\"“¿¡*\[])"
)
"""Where one sentence ends and another begins; not behind titles, initials and "a.m."."""


QUOTED = re.compile(r"[“\"„«»]([^“”\"„«»]{5,150})[”\"“»«]")
"""Words in quotation marks of any of the languages; the group is the words."""


class Part(NamedTuple):
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
        return self.marks("link")

    def marks(self, *kinds: str) -> tuple[Mark, ...]:
        """The marks of these kinds that overlap, in coordinates of the line."""
        if not self.line.marks:
            return ()
        return tuple(
            [m for m in self.line.marks if m.kind in kinds and m.start < self.end and m.end > self.start]
        )

    def at(self, start: int, end: int) -> Part:
        """A slice of this part, given in its own coordinates."""
        return Part(self.line, self.start + start, self.start + end)

    def pieces(self, sign: str) -> list[Part]:
        """The parts between signs, without what is blank."""
        at = self.start
        found: list[Part] = []
        for words in self.text.split(sign):
            found.append(Part(self.line, at, at + len(words)).trimmed())
            at += len(words) + len(sign)
        return [one for one in found if one]

    def overlaps(self, other: Part) -> bool:
        """Whether both have a letter of the same line."""
        return self.line is other.line and self.start < other.end and other.start < self.end

    def blotted(self, slices: Iterable[tuple[int, int]]) -> str:
        """The words with commas in place of slices of the line, so that the time in "at 2 PM" is no place."""
        text = self.text
        for start, end in slices:
            text = text[: start - self.start] + "," * (end - start) + text[end - self.start :]
        return text

    def trimmed(self) -> Part:
        """Without separators, bullets and emoji at its ends; brackets that close nothing go too."""
        text = self.line.text
        if self.start < self.end and text[self.start].isalnum() and text[self.end - 1].isalnum():
            return self
        part = self._stripped()
        for _ in range(_MOST_BRACKETS):
            inner = _unbracketed(part)
            if inner is part:
                break
            part = inner._stripped()
        return part

    def _stripped(self) -> Part:
        text = self.line.text
        lead = _LEADING.match(text, self.start, self.end)
        start, end = lead.end() if lead else self.start, self.end
        while end > start and _TRAILING.match(text, end - 1):
            end -= 1
        return Part(self.line, start, end)

    def __bool__(self) -> bool:
        text, start, end = self.line.text, self.start, self.end
        return start < end and (text[start].isalnum() or _LETTER.search(text, start, end) is not None)


def _unbracketed(part: Part) -> Part:
    """Brackets around the whole, or left half open by what was cut away, say nothing."""
    text = part.text
    if not text:
        return part
    first, last = text[0], text[-1]
    if first not in _OPENING and last not in _SIGNS:
        return part
    for opening, closing in _BRACKETS.items():
        if first == opening and last == closing and text.count(opening) == 1:
            return part.at(1, len(text) - 1)
        if first == opening and closing not in text:
            return part.at(1, len(text))
        if last in (closing, opening) and last != first and text.count(opening) != text.count(closing):
            return part.at(0, len(text) - 1)
    return part


BORDER = re.compile(rf"[()]|\s[—–|•·/-]\s|;\s|{SENTENCE_END.pattern}")
"""What parts the pieces of a line."""


def segments(part: Part) -> Iterator[Part]:
    """The pieces between dashes, bars, brackets and full stops."""
    at = 0
    for found in BORDER.finditer(part.text):
        if piece := part.at(at, found.start()).trimmed():
            yield piece
        at = found.end()
    if piece := part.at(at, len(part.text)).trimmed():
        yield piece
