"""Owns the hours of a booth: which sentences say when somebody is at one, and what it is called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feeds.understand.moments import Moment
from feeds.understand.part import QUOTED, Part
from feeds.understand.phrases import LONGEST_SENTENCE, pattern_for
from feeds.understand.title import Title

_WORD = rf"(?:{pattern_for('booth, for sure')})"
_NUMBER = rf"(?:,?\s(?:{pattern_for('number of a booth')}|[#№])?\s?[a-z]{{0,3}}[-.]?\d[\w.-]{{0,6}}\b)"
_BOOTH = re.compile(
    rf"(?:\b(?:{pattern_for('before a booth')})\s(?:[\w'’-]{{2,20}}\s){{0,2}}?|^\W*)"
    rf"(?P<led>{_WORD}{_NUMBER}?)(?![\w-])|\b(?P<numbered>{_WORD}{_NUMBER})(?![\w-])"
)
_ONLY_BOOTH = re.compile(rf"(?:(?:{pattern_for('before a booth')})\s)?{_WORD}{_NUMBER}?")
"""A heading that is nothing but a booth ("The stand", but not "The last stand")."""

_HOURS = re.compile(rf"\b(?:{pattern_for('hours of a booth')})\b")
_SEVERAL = 2


def booth_in(part: Part) -> Part | None:
    """The booth that words name, with its number ("We are in booth 621, next to …")."""
    plain = part.text.lower()[:LONGEST_SENTENCE]
    found = _BOOTH.search(plain) if len(plain) == len(part.text[:LONGEST_SENTENCE]) else None
    if found is None:
        return None
    return part.at(*found.span("led" if found["led"] else "numbered")).trimmed()


def says_hours(part: Part) -> bool:
    """Whether words say when somebody is at a booth."""
    return _HOURS.search(part.text.lower()[:LONGEST_SENTENCE]) is not None


def at_booth(
    sentence: Part, moments: Sequence[Moment], *, before: Part | None, heading: Part | None
) -> Title | None:
    """The booth at which somebody is at the times of a sentence, none of which is without its end.

    It names the booth itself ("Booth 7 is open on Tuesday 5-7pm"), or the sentence `before` or the `heading`
    does and this one says the hours ("Expo hall hours: Tuesday 5-7pm, Wednesday 10am-4pm").
    """
    times = [one for moment in moments for one in moment.when.times]
    quoted = any(" " in found[1] for found in QUOTED.finditer(sentence.text))
    titled = sentence.links or sentence.marks("strong") or quoted
    if titled or any(one.end is None for one in times):
        return None
    told = Part(sentence.line, sentence.start, max(sentence.start, moments[0].when.at[0]))
    own = booth_in(told)
    days = sum(len(moment.when.days.days) for moment in moments if moment.when.days is not None)
    if not says_hours(sentence) and (own is None or days < _SEVERAL):
        return None
    above = booth_in(heading) if heading is not None and _ONLY_BOOTH.fullmatch(heading.text.lower()) else None
    part = own or (booth_in(before) if before is not None else None) or above
    return Title(part=part, text=_called(part.text)) if part is not None else None


def _called(text: str) -> str:
    """A booth as it is called: "booth, number 512" is "Booth 512"."""
    plain = _COUNTED.sub(" ", text)
    return plain[:1].upper() + plain[1:]


_COUNTED = re.compile(rf"(?i),?\s(?:{pattern_for('number of a booth')})\s(?=\S)")
