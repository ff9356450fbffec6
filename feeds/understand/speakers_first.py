"""Owns lists that name who speaks before what of: "10:00 Ada Ek — Slow tools", line after line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from feeds.post import Line
from feeds.understand.part import Part
from feeds.understand.people import likely_people, surely_people
from feeds.understand.when import find_when

_DASH = re.compile(r"\s[—–-]\s")
_LOWER = re.compile(r"(?:^|\s)(?!(?:of|the|for|and|at|de|von|van|der|di|du|la|y|und)\b)[a-zà-þ]{2,}")
_LONGEST = 80
_ENOUGH = 2


def tells_speakers_first(lines: Iterable[Line]) -> bool:
    """Whether several lines have a time, a name that can be nothing else, a dash and a title."""
    found = 0
    for line in lines:
        when = next((one for one in find_when(line.text) if one.times), None)
        if when is None or line.text[: when.at[0]].strip(" *_("):
            continue
        part = Part(line, when.at[1], len(line.text)).trimmed()
        dash = _DASH.search(part.text[:_LONGEST])
        if dash and _LOWER.search(part.text, dash.end()):
            found += surely_people(part.text[: dash.start()])
    return found >= _ENOUGH


def names_first(part: Part, *, first: bool) -> tuple[Part, Part] | None:
    """Who speaks, and what of, in a post that names speakers `first`; None where nobody stands first."""
    dash = _DASH.search(part.text[:_LONGEST]) if first else None
    if dash is None or not likely_people(part.text[: dash.start()]):
        return None
    return part.at(0, dash.start()).trimmed(), part.at(dash.end(), len(part.text)).trimmed()
