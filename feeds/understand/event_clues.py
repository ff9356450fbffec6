"""Owns what the first lines of a post say for a name that no word shows to be an event's, and its weight.

It is asked only where the title, a list and a heading name none: "Forez Libre aura lieu le 16 novembre à …".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from feeds.post import Line
from feeds.understand.addresses import names_street
from feeds.understand.attended import whens_of
from feeds.understand.city_clues import present_mentions
from feeds.understand.clauses import split_sentences
from feeds.understand.events import ARTICLE, EventName, tidy_name, tokens_of
from feeds.understand.part import Part
from feeds.understand.phrases import (
    is_deadline,
    is_past,
    is_platform,
    looks_back_at,
    pattern_for,
    tells_no_event,
)
from feeds.understand.subject import namelike

# What stands beside a name weighs so much.
TITLE, DAYS, SEVERAL_DAYS, TOWN, HELD, POINTED, EDITION, MARKED, OWNED = 2, 2, 3, 2, 3, 1, 2, 1, -4
ENOUGH = 5
"""The least that makes an event of a name: it is held, on days, in a town or in the title."""

OUTWEIGHS, HALF = 1.25, 0.5
MOST_LINES = 12
NEAR = 60
"""Letters between a name and its town or its days."""

_NAME = re.compile(
    r"(?<![\w'’@/.-])(?:\d{1,3}\.\s)?[A-ZÀ-Þ][\w'’+.-]*(?:\s(?:(?:of|de|do|da|the|del|di|der|des|du|van|im|am|en|in)\s)?"
    r"(?:[A-ZÀ-Þ#\d][\w'’+-]*))*"
)
_HELD = re.compile(
    rf"(?:\s\d{{4}})?,?\s(?:{pattern_for('held')}|{pattern_for('returning')})\b", re.IGNORECASE
)
_POINTED = re.compile(rf"\b(?:{pattern_for('attended at')})\s(?:(?:{pattern_for('the')})\s)?$", re.IGNORECASE)
_OWNED = re.compile(rf"(?:['’]s\s|,?\s(?:{pattern_for('being')})\b)", re.IGNORECASE)
_EDITION = re.compile(r"(?:\s(?:19|20)\d\d|\s#\d{1,3}|^\d{1,3}\.\s.*)$")
_VERSION = re.compile(r"\s\d{1,3}$")
"""A version, or the number of a house."""

_ORGANISATION = re.compile(rf"(?:.*\s)?(?:{pattern_for('organisation')})\.?$")
_ORDINAL = re.compile(r"\d{1,3}\.\s")
_GENITIVE = re.compile(r"\bdes\s$")


class Clue(NamedTuple):
    """A mention of a name, and how much it speaks for an event."""

    weight: int
    line: Line
    name: EventName


def told_at_once(title: Line, lines: Sequence[Line]) -> tuple[Line, EventName] | None:
    """The name of which one sentence says all: that it is held, in a town, on several days."""
    return named_by_clues(title, lines, least=HELD + TOWN + SEVERAL_DAYS)


def named_by_clues(title: Line, lines: Sequence[Line], *, least: int = 0) -> tuple[Line, EventName] | None:
    """The name for which the clues weigh enough, and clearly more than for any other.

    A single mention must weigh the `least`.
    """
    if tells_no_event(title.text) or is_past(title.text):
        return None
    clues = [clue for line in (title, *lines[:MOST_LINES]) for clue in _clues(line, titled=line is title)]
    best: dict[frozenset[str], list[Clue]] = defaultdict(list)
    for clue in clues:
        best[tokens_of(clue.name.name)].append(clue)
    ranked = sorted(((_sum(each), each) for each in best.values()), key=lambda one: one[0], reverse=True)
    if not ranked or ranked[0][0] < ENOUGH:
        return None
    if len(ranked) > 1 and ranked[0][0] < OUTWEIGHS * ranked[1][0]:
        return None
    first = max(ranked[0][1], key=lambda clue: clue.weight)
    return (first.line, first.name) if first.weight >= least else None


def _sum(clues: Sequence[Clue]) -> float:
    """What mentions weigh together: each further one counts half of the one before."""
    weights = sorted((clue.weight for clue in clues), reverse=True)
    return sum(weight * HALF**rank for rank, weight in enumerate(weights))


def _clues(line: Line, *, titled: bool) -> Iterator[Clue]:
    for sentence in [Part(line, 0, len(line.text))] if titled else split_sentences(line):
        whens = whens_of(line, start=sentence.start, end=sentence.end)
        if is_past(sentence.text) or is_deadline(sentence.text) or any(when.times for when in whens):
            continue  # with a time it tells of a session
        written = [when.at for when in whens if when.days is not None and when.days.days[0].month]
        for found in _NAME.finditer(sentence.text):
            start, end = sentence.start + found.start(), sentence.start + found.end()
            if any(start < day[1] and day[0] < end for day in written):
                continue  # "vom 16. bis 18. November 2027 in München"
            name = _tidied(sentence.at(*found.span()))
            if name is not None and not looks_back_at(line.text, (name.start, name.end)):
                yield Clue(_weight(sentence, name, titled=titled), line, name)


def _tidied(part: Part) -> EventName | None:
    article = ARTICLE.match(part.text)
    part = part.at(article.end() if article else 0, len(part.text)).trimmed()
    label = tidy_name(part.text)
    if _GENITIVE.search(part.line.text, max(0, part.start - 4), part.start):
        label = label.removesuffix("s")  # "das Programm des 11. Linux-Infotags"
    several = len(label.split()) > 1 or sum(map(str.isupper, label)) > 1
    if not several or not namelike(_ORDINAL.sub("", label, count=1), person=True) or is_platform(label):
        return None
    if _ORGANISATION.match(label) or names_street(label):
        return None
    return None if _VERSION.search(label) else EventName(part.start, part.end, label, weak=True)


def _weight(sentence: Part, name: EventName, *, titled: bool) -> int:
    line, text = sentence.line, sentence.line.text
    weight = TITLE * titled + EDITION * (_EDITION.search(name.name) is not None)
    weight += MARKED * any(m.start <= name.start and name.end <= m.end for m in line.marks)
    whens = whens_of(line, start=sentence.start, end=sentence.end)
    near = [when for when in whens if when.days and _is_near(name, when.at)]
    if any(when.days and when.days.several for when in near):
        weight += SEVERAL_DAYS
    elif near:
        weight += DAYS
    weight += TOWN * any(
        _is_near(name, mention.at) and not name.start <= mention.at[0] < name.end
        for _, mention in present_mentions(line)
    )
    held = _HELD.match(text, name.end)
    weight += HELD * (held is not None)
    weight += POINTED * (_POINTED.search(text, max(0, name.start - 20), name.start) is not None)
    owned = held is None and _OWNED.match(text, name.end) is not None
    return weight + OWNED * owned


def _is_near(name: EventName, at: tuple[int, int]) -> bool:
    return at[0] - name.end <= NEAR and name.start - at[1] <= NEAR
