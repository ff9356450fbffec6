"""Owns what a line is by itself: a day, a time at its head, a title by its marks, prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from feeds.post import Line
from feeds.understand.phrases import pattern_for
from feeds.understand.when import find_when

_ORNAMENT = re.compile(r"[^\w\"'“‘«(\[#~]{1,8}", re.UNICODE)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]{0,2}(?:\s+[A-ZÀ-Þ\"“]|\s*$)")


def whole_mark(line: Line, kind: Literal["strong", "link", "emphasis"]) -> bool:
    """Whether marks of one kind cover all letters of a line."""
    covered = sorted((mark.start, mark.end) for mark in line.marked(kind))
    if not covered:
        return False
    at = 0
    for start, end in covered:
        if any(char.isalnum() for char in line.text[at:start]):
            return False
        at = max(at, end)
    return not any(char.isalnum() for char in line.text[at:])


def begins_marked(line: Line) -> bool:
    """Whether a line begins with a bold or linked stretch that is a title by its length."""
    return any(
        mark.start <= 2 and mark.end - mark.start >= 4
        for mark in line.marks
        if mark.kind in ("strong", "link")
    )


_BY = re.compile(r"(?i)[\s,–—-]*(?:by|with|von|mit|par|avec|por|con|di|com|door|met)\s")


def asks(line: Line) -> bool:
    """Whether a marked question opens a paragraph that answers it ("**No ticket yet?** With this code …")."""
    mark = min(line.marked("strong"), key=lambda one: one.start, default=None)
    if mark is None or not line.text[mark.start : mark.end].rstrip().endswith("?"):
        return False
    if _BY.match(line.text, mark.end):
        return False  # "**Magic, or just another worklet?** by Ada Ek, Quarry"
    first = next((when.at[0] for when in find_when(line.text) if when.times), len(line.text))
    return len(line.text[mark.end : first].split()) > 7


def has_clock(lines: Sequence[Line]) -> bool:
    """Whether lines say a clock time, and none of them is prose."""
    return any(when.times for line in lines for when in find_when(line.text)) and not any(
        is_prose(line.text) for line in lines
    )


def is_day(line: Line) -> bool:
    """Whether a line is a day and nothing else but ornament ("Saturday", "Day 2 – Sunday, Feb 23:")."""
    if len(line.text) > 80:
        return False
    whens = find_when(line.text)
    if len(whens) != 1 or whens[0].days is None or whens[0].times:
        return False
    rest = line.text[: whens[0].at[0]] + line.text[whens[0].at[1] :]
    rest = re.sub(
        r"(?i)\b(?:day|tag|jour|día|dia|giorno|dag)\s{0,3}(?:\d{1,2}|one|two|three|four)\b", "", rest
    )
    rest = _FEAST.sub("", rest)
    return not any(char.isalnum() for char in rest)


_FEAST = re.compile(rf"\b(?i:{pattern_for('feast')})\b")
"""What a day is called besides ("Good Friday, April 18")."""


def begins_with_time(text: str) -> bool:
    """Whether a line begins with a clock time, ornament aside."""
    return _head_begins_with_time(text[:60])


@lru_cache(maxsize=2048)
def _head_begins_with_time(head: str) -> bool:
    ornament = _ORNAMENT.match(head)
    at = ornament.end() if ornament else 0
    if not any(map(str.isdigit, head[at : at + 12])):
        return False
    return any(when.times and min(times.at[0] for times in when.times) <= at + 1 for when in find_when(head))


def is_sentence(text: str) -> bool:
    """Whether a bold line is a sentence: long, and it ends like one."""
    return len(text.split()) > 10 and text.rstrip()[-1:] in ".!"


def is_prose(text: str) -> bool:
    """Whether a line is sentences rather than a title or a list of facts."""
    return len(text) > 120 and _SENTENCE_END.search(text) is not None and text.rstrip()[-1:] in ".!?…"
