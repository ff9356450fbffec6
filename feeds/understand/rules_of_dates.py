"""Owns the days of a rule that a sentence says ("the last Thursday at 5. So that's 27 May and 24 June")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from feeds.post import Line
from feeds.understand.attended import whens_of
from feeds.understand.moments import Moment
from feeds.understand.part import Part
from feeds.understand.phrases import is_deadline, pattern_for
from feeds.understand.when.values import When

_THAT_IS = re.compile(rf"\W*(?:{pattern_for('leads to the dates of a rule')})\W*$")
_SINCE = re.compile(rf"(?:^|\W)(?:{pattern_for('leads to the first date of a rule')})\W*$")
_LEAD = 40
"""Letters of what leads to dates."""


def says_dates(lines: Sequence[Line]) -> bool:
    """Whether a paragraph with a rule says its dates as well."""
    return any(next(_days(Part(line, 0, len(line.text))), None) is not None for line in lines)


def on_its_dates(sentence: Part, moments: Sequence[Moment], *, after: Part | None) -> list[Moment]:
    """The moments; one that is a rule, on the dates that the sentence or the one `after` it says."""
    rules = [one for one in moments if one.when.recurring and one.when.days is None]
    if len(moments) != 1 or not rules:
        return list(moments)
    begun = [when for when in _days(sentence) if _SINCE.search(_before(sentence, when))]
    listed = [when for when in _days(after) if _THAT_IS.match(_before(after, when))] if after else []
    said = next(iter((*begun, *listed)), None)
    if said is None:
        return list(moments)
    (rule,) = rules
    return [Moment(rule.line, replace(rule.when, days=said.days, recurring=False))]


def _days(sentence: Part) -> Iterator[When]:
    for when in whens_of(sentence.line, start=sentence.start, end=sentence.end):
        written = when.days is not None and when.days.days[0].day is not None
        if written and not when.times and not is_deadline(sentence.text):
            yield when


def _before(sentence: Part, when: When) -> str:
    return sentence.line.text[max(sentence.start, when.at[0] - _LEAD) : when.at[0]].lower()
