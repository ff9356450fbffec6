"""Owns which dates and times of a line say when something can be attended.

Times in code, hours of opening, deadlines and what is told of the past are none of these.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from feeds.post import Line, Mark
from feeds.understand.addresses import is_street_ahead
from feeds.understand.part import SENTENCE_END
from feeds.understand.phrases import is_since, is_told, says_opening_hours, sets_deadline
from feeds.understand.when import find_when
from feeds.understand.when.values import When

_REACH = 240
"""No sentence about a time is longer to either side of it."""

_SINCE = 12
_BEFORE = 60
"""No verb that leads to a time is longer."""


def whens_of(line: Line, *, start: int = 0, end: int | None = None) -> tuple[When, ...]:
    """The date and time expressions of a line, or of a stretch of it, that something to attend can have."""
    known: tuple[When, ...] | None = line.answers.get((start, end))
    if known is None:
        known = line.answers[start, end] = _whens(line, start, end)
    return known


def _whens(line: Line, start: int, end: int | None) -> tuple[When, ...]:
    found = find_when(line.text[start:end], base=start)
    if not found:
        return ()
    found = tuple(one for when in found if (one := _without_possessive(line.text, when)) is not None)
    found = tuple(_outside_links(line, when) for when in found)
    code = sorted(line.marked("code"), key=lambda mark: mark.start)
    titled = _in_titles(line, found)
    return tuple(
        when
        for when in found
        if when not in titled and not _in_code(line, when, code=code) and _is_attended(line, when)
    )


_MY = re.compile(r"\s(?!(?:at|from|and|to|the|morning|afternoon|evening|night)\b)[a-zà-ÿ]{3,}")


def _without_possessive(text: str, when: When) -> When | None:
    """A when without a day that is French for "my" ("**Mon fils**"); None if no more is left."""
    day = when.days.days[0] if when.days is not None and len(when.days.days) == 1 else None
    if day is None or text[slice(*day.at)] != "Mon" or _MY.match(text, day.at[1]) is None:
        return when
    if not when.times:
        return None
    ends = [times.at[1] for times in when.times]
    return replace(when, days=None, at=(min(times.at[0] for times in when.times), max(ends)))


def _outside_links(line: Line, when: When) -> When:
    """A when without the times that are words of a linked title ("[Knots at 3am](u), at 4.30pm")."""
    links = line.marked("link") if len(when.times) > 1 else ()
    inside = [one for one in when.times if any(m.start < one.at[0] and one.at[1] <= m.end for m in links)]
    left = tuple(one for one in when.times if one not in inside)
    if not left or len(left) == len(when.times):
        return when
    starts = [left[0].at[0], *((when.days.at[0],) if when.days is not None else ())]
    return replace(when, times=left, at=(min(starts), when.at[1]))


def _in_titles(line: Line, whens: Sequence[When]) -> list[When]:
    """Times and days inside the words of a link, where the line says a time outside: parts of its title."""
    if len(whens) < 2:
        return []
    links = line.marked("link")
    inside = [when for when in whens if any(m.start < when.at[0] and when.at[1] <= m.end for m in links)]
    return inside if any(when.times for when in whens if when not in inside) else []


def _is_attended(line: Line, when: When) -> bool:
    first = when.at[0]
    before = line.text[max(0, first - _BEFORE) : first]
    if is_told(before) or _starts_then(line.text, when) or _says_again(line.text, when):
        return False
    if when.days is not None and not when.times and is_street_ahead(before):
        return False
    if when.days is not None and not when.times and is_since(before[-_SINCE:]):
        return False
    start, end = _sentence(line.text, when)
    sentence = line.text[start:end]
    if when.times and _names_no_date(when) and says_opening_hours(sentence):
        return False
    among_others = bool(line.text[:start].strip() or line.text[end:].strip())
    return not (among_others and sets_deadline(sentence, (when.at[0] - start, when.at[1] - start)))


_FOR = re.compile(r"\bfor an? $")
_START = re.compile(r"\sstart\b")


def _starts_then(text: str, when: When) -> bool:
    """Whether a time says when it begins for those who came earlier ("6pm for a 6:30pm start")."""
    first, last = when.at
    return _FOR.search(text, max(0, first - 8), first) is not None and _START.match(text, last) is not None


_AGAIN = re.compile(
    r"(?i)\(\s?(?:that['’]?s|that is|which is|that means|i\.?e\.?|=|das (?:ist|sind|entspricht|heißt)|"
    r"entspricht|d\. ?h\.|soit|c['’]est-à-dire|es decir|o sea|cioè|ovvero|ou seja|isto é|dat is|oftewel)"
    r"[^()]*$"
)
_LONGEST_BRACKET = 120
_CLOCK = re.compile(r"\d\s?(?:[:.h]\s?\d\d|[ap]\.?m\b|uhr\b|uur\b|h\b)", re.IGNORECASE)


def _says_again(text: str, when: When) -> bool:
    """Whether a time says one before its bracket again, for other places ("(that's 12:30 in Bengaluru)")."""
    start = max(0, when.at[0] - _LONGEST_BRACKET)
    found = _AGAIN.search(text, start, when.at[0]) if when.times else None
    if found is None and when.times and _IN_CITY.match(text, when.at[1]):
        found = _OPENED.search(text, start, when.at[0])
    if found is None:
        aside = when.times and _ASIDE.match(text, when.at[1])  # "14:00 (15:00 doors)"
        return bool(aside) and _RIGHT_BEHIND.search(text, start, when.at[0]) is not None
    return _CLOCK.search(text, max(0, start - _LONGEST_BRACKET), found.start()) is not None


_ASIDE = re.compile(r"\s[a-zà-ÿ][^()]{2,60}\)")
_RIGHT_BEHIND = re.compile(r"\d(?:\s?[ap]\.?m\.?|\s?(?:h|[Uu]hr|uur))?(?:\s[A-Z]{2,5})?\s\($")
_IN_CITY = re.compile(r"\s(?:in|à|en|em|a)\s[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)?\s?[,;)/]")
_OPENED = re.compile(r"\([^()]*$")
"""A bracket behind a time, with that of other places in it ("17:00 UTC (19:00 in Madrid, 14:00 in Lima)")."""


def _names_no_date(when: When) -> bool:
    return when.days is None or when.days.days[0].day is None


def _in_code(line: Line, when: When, *, code: Sequence[Mark]) -> bool:
    """Whether it stands in a code span; at the head of a line such a span may be the style of a time."""
    first, last = when.at
    at = bisect_left(code, last, key=lambda mark: mark.start) - 1
    if at < 0 or code[at].end <= first:
        return False
    styled = (code[at].start, code[at].end) == when.at and not line.text[:first].strip()
    return not styled


def _sentence(text: str, when: When) -> tuple[int, int]:
    """The sentence around it."""
    first, last = when.at
    start = max(0, first - _REACH)
    for found in SENTENCE_END.finditer(text, start, first):
        start = found.end()
    after = SENTENCE_END.search(text, max(first, last - 1), min(len(text), last + _REACH))
    return start, after.end() if after else min(len(text), last + _REACH)
