"""Owns dotted hours that only their list shows to be hours: "- 1.30 Lunch" below "- 12.00 Steam up"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feeds.post import Line
from feeds.understand.attended import whens_of
from feeds.understand.when.values import Clock, Times, When

_DOTTED = re.compile(r"[^\w\n]{0,4}(([1-7])\.([0-5][05]))(?=\s)")
"""A low number with a dot begins a line: of itself it is rather a version or a length."""

FEWEST = 2
"""Lines beside it that begin with a dotted hour."""


def read_dotted_hours(lines: Sequence[Line]) -> None:
    """Read dotted numbers that lines begin with as hours, where other lines of the list begin with some."""
    low = [(line, found) for line in lines if (found := _DOTTED.match(line.text)) and not whens_of(line)]
    if not low or sum(map(_begins_dotted, lines)) < FEWEST:
        return
    for line, found in low:
        at = found.span(1)
        clock = Clock(at=at, hour=int(found[2]), minute=int(found[3]), style="dot")
        line.answers[0, None] = (When(at=at, times=(Times(at=at, start=clock),)),)


def _begins_dotted(line: Line) -> bool:
    first = next(iter(whens_of(line)), None)
    if first is None or not first.times or first.times[0].start is None:
        return False
    return first.times[0].start.style == "dot" and not line.text[: first.at[0]].strip(" *_")
