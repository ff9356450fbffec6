"""Owns phrases that recur in a post where rooms stand, in brackets, behind a dash or at a line's end."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from feeds.post import Line
from feeds.understand.part import BORDER, Part, segments
from feeds.understand.people import likely_people
from feeds.understand.phrases import words_for
from feeds.understand.rooms import is_room
from feeds.understand.when import find_when

_IN_THE = re.compile(
    r"\b(?:in|im|at|auf|dans|en|na|no|nella|nel) (?:the |der |la |le |el |de |het )"
    r"([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,2})(?! [a-z]+ing)"
)

_NUMBERED = re.compile(r",\s([A-ZÀ-Þ][\w-]*\s\d{1,3}[a-zA-Z]?)\.?$")


def common_rooms(lines: Iterable[Line]) -> frozenset[str]:
    """Short phrases that recur where rooms stand: in brackets, behind a dash, numbered at a line's end."""
    found: defaultdict[str, list[_Candidate]] = defaultdict(list)
    last: defaultdict[str, list[str]] = defaultdict(list)
    for number, line in enumerate(lines):
        for one in _candidates(line, number):
            found[one.text.casefold()].append(one)
        if (behind := _LAST.search(line.text)) is not None and find_when(line.text):
            last[behind[1].casefold()].append(behind[1])
    return frozenset(text for text, each in found.items() if _recurs(each)) | _last_rooms(last)


_LAST = re.compile(
    r"\d(?:\s?(?:uhr|uur|h|hrs|[ap]\.?m\.?))?,\s(?-i:([A-ZÀ-Þ][\w'’-]*(?:\s[\w'’-]+){0,3}))(?:\s\([^()]{2,60}\))?$",
    re.IGNORECASE,
)
"""What ends a line behind its time ("Friday, 10:15–11:05, Omega 1"), perhaps with an aside in brackets."""


def _last_rooms(last: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """What ends lines behind their times, where it recurs there or is a room by its words.

    Then a single word in that place is a room too ("Omega 1", "Alfa"), where fewer lines end with one.
    """
    rooms = {text for text, each in last.items() if len(each) > 1 or is_room(text)}
    last = {text: each for text, each in last.items() if text not in _NO_ROOM}
    rooms = {text for text in rooms & last.keys() if not likely_people(last[text][0])}
    numbered = {_NUMBER.sub("", text) for text in rooms if _NUMBER.search(text)}
    rooms |= {text for text in last if _NUMBER.search(text) and _NUMBER.sub("", text) in numbered}
    single = {text for text in last if " " not in text and text not in rooms}
    few = sum(len(last[text]) for text in single) < sum(len(last[text]) for text in rooms)
    return frozenset(rooms | single) if few else frozenset(rooms)


_NO_ROOM = frozenset(words_for("no room behind a time"))
_NUMBER = re.compile(r"\s\d{1,3}[a-z]?$")


class _Candidate(NamedTuple):
    """A phrase on the line of a number that may be a room by where it stands, there like a name.

    `beside` are the piece before it and its own, where it is one of several pieces.
    """

    number: int
    text: str
    named: bool = True
    beside: tuple[Part, Part] | None = None


_BEHIND_TIME = re.compile(
    r"\d(?:\s?(?:uhr|uur|h|hrs|[ap]\.?m\.?))?,\s([A-ZÀ-Þ][^,.;:()]{2,30}):\s", re.IGNORECASE
)


def _candidates(line: Line, number: int) -> Iterator[_Candidate]:
    if (ahead := _BEHIND_TIME.search(line.text)) and _is_short(ahead[1]):
        yield _Candidate(number, ahead[1])  # "14.30 uur, Jeugdhoek: Voorlezen"
    if BORDER.search(line.text):
        for before, part in pairwise(segments(Part(line, 0, len(line.text)))):
            if _is_short(part.text) and not _is_advice(before, part):
                yield _Candidate(number, part.text, beside=(before, part))
    if (last := _NUMBERED.search(line.text)) and _is_short(last[1]):
        yield _Candidate(number, last[1])
    for found in _IN_THE.finditer(line.text):
        yield _Candidate(number, found[1], named=False)


def _is_advice(before: Part, part: Part) -> bool:
    """Whether a sentence of its own names nothing ("Yoga. Bring a mat.", but "Yoga. Studio Hall.")."""
    gap = part.line.text[before.end : part.start]
    words = part.text.split()[1:]
    return gap.lstrip()[:1] in (".", "!", "?") and any(map(str.islower, words)) and not is_room(part.text)


def _is_short(text: str) -> bool:
    return text[:1].isupper() and len(text.split()) <= 4


def _recurs(candidates: Sequence[_Candidate]) -> bool:
    """Whether a phrase stands on more than one line; what it is, is asked only where it does."""
    if len({one.number for one in candidates}) < 2:
        return False
    return len({one.number for one in candidates if _may_be_room(one)}) > 1


def _may_be_room(one: _Candidate) -> bool:
    if find_when(one.text):
        return False
    if not one.named:
        return True
    return not likely_people(one.text) and not (one.beside and _employs(*one.beside))


def _employs(before: Part, part: Part) -> bool:
    """Whether a phrase in brackets is the organisation of the name before it ("Ola Nowak (Harbour Lab)")."""
    gap = part.line.text[before.end : part.start]
    return gap.strip() == "(" and likely_people(before.text.rpartition(",")[2])
