"""Owns the further days of a session that a sentence below it says ("Also on 9, 16 and 23 October")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from feeds.understand.attended import whens_of
from feeds.understand.clauses import split_sentences
from feeds.understand.facts import Facts
from feeds.understand.moments import Moment
from feeds.understand.outline import Scope
from feeds.understand.phrases import pattern_for

_ALSO = re.compile(rf"\b(?:{pattern_for('also on')})\s")
_NEAR = 4
"""Letters between the words and the days."""


def on_other_days(facts: Facts, below: Sequence[Scope]) -> Facts | None:
    """What a session is on its further days: the same, at the same times; None where it has none."""
    hours = [moment for moment in facts.moments if moment.when.times]
    days = list(_days(below)) if hours else []
    if not days:
        return None
    same = [Moment(one.line, replace(one.when, days=None)) for one in hours]
    return replace(facts, moments=[*days, *same])


def _days(below: Sequence[Scope]) -> Iterator[Moment]:
    lines = [line for scope in below if scope.kind == "text" for line in scope.lines]
    for line in (line for line in lines if _ALSO.search(line.text.lower())):
        for sentence in split_sentences(line):
            also = _ALSO.search(sentence.text.lower())
            if also is None:
                continue
            end = sentence.start + also.end()
            for when in whens_of(line, start=sentence.start, end=sentence.end):
                if when.days is not None and not when.times and end <= when.at[0] <= end + _NEAR:
                    yield Moment(line, when)
