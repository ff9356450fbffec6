"""Owns the date and time expressions of a line that something to attend can have, doors and remarks apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from feeds.post import Line
from feeds.understand.attended import whens_of
from feeds.understand.part import SENTENCE_END, Part
from feeds.understand.phrases import is_by_then, pattern_for, words_for
from feeds.understand.when.values import When


@dataclass(frozen=True, slots=True)
class Moment:
    """A date and time expression and the line it stands in."""

    line: Line
    when: When

    @property
    def part(self) -> Part:
        """The words of the expression."""
        return Part(self.line, *self.when.at)


_DOORS = re.compile(
    rf"\b(?:{pattern_for('doors')})(?:\s(?:and|&|und|et|y|e|en)\s\w{{2,15}})?"
    r"(?:\s(?:from|at|ab|um|dès|à|desde|dalle|das|vanaf|om))?:?\s$"
)
_DOORS_BEHIND = re.compile(rf"\s?\((?:{pattern_for('doors')})\)")
_LONGEST_DOORS = 40


def without_doors(moment: Moment) -> Moment | None:
    """A moment, but only its day where its time is that of the doors ("9 April, 6 PM (doors)")."""
    if not opens_doors(moment):
        return moment
    return Moment(moment.line, replace(moment.when, times=())) if moment.when.days is not None else None


def opens_doors(moment: Moment) -> bool:
    """Whether a time is when one may come in ("13:00 until 17:30 (walk-in from 12:30)")."""
    start, end = moment.when.at
    from_word = moment.line.text[max(0, start - _LONGEST_DOORS) : end].lower()
    before = from_word[: len(from_word) - (end - start)]
    behind = _DOORS_BEHIND.match(moment.line.text[end : end + _LONGEST_DOORS].lower())
    return behind is not None or (moment.when.days is None and _DOORS.search(before) is not None)


def moments_of(line: Line, start: int) -> list[Moment]:
    """The date and time expressions of a line; "Tomorrow" in a title beside a real date is a word."""
    whens = _without_remarks(line, _met_for(line, whens_of(line, start=start)))
    whens = tuple(
        when for number, when in enumerate(whens) if not (number and is_by_then(line.text, when.at[0]))
    )
    whens = _without_limits(line, whens)
    dated = any(when.days and when.days.days[0].relative is None for when in whens)
    apart = _set_off(line, whens)
    dated = dated or (bool(whens) and bool(whens[0].times) and not line.text[: whens[0].at[0]].strip(" *_("))
    whens = tuple(
        w for w in whens if not (dated and _relative(w)) and not _in_title(line, w) and w.at[0] < apart
    )
    return [Moment(line, replace(w, days=None) if _repeats(line, w) else w) for w in whens]


def _met_for(line: Line, whens: Sequence[When]) -> tuple[When, ...]:
    """The times of a line, "7pm for 7.30pm" as the time to be there, but not "doors 7pm for 8pm"."""
    kept: list[When] = []
    for when in whens:
        if kept and when.days is None and line.text[kept[-1].at[1] : when.at[0]].strip() == "for":
            first = kept[-1].at[0]
            if _DOORS.search(line.text[max(0, first - _LONGEST_DOORS) : first].lower()) is None:
                kept[-1] = replace(kept[-1], at=(first, when.at[1]))
                continue
        kept.append(when)
    return tuple(kept)


def _without_remarks(line: Line, whens: Sequence[When]) -> tuple[When, ...]:
    """The times of a line that begins with one, but those that a later sentence mentions.

    "18:00 – Doors open. Pizza arrives about 18:15"; a sentence that begins with its time tells its own.
    """
    if len(whens) < 2 or not whens[0].times or line.text[: whens[0].at[0]].strip(" *_(~"):
        return tuple(whens)
    kept = [whens[0]]
    for when in whens[1:]:
        ends = [found.end() for found in SENTENCE_END.finditer(line.text, kept[-1].at[1], when.at[0])]
        if when.days is None and ends and any(map(str.isalpha, line.text[ends[-1] : when.at[0]])):
            break
        kept.append(when)
    return tuple(kept)


def _without_limits(line: Line, whens: tuple[When, ...]) -> tuple[When, ...]:
    """The expressions without a day until which something else lasts ("16:00, sign up until Thursday")."""
    if not any(when.times for when in whens):
        return whens
    return tuple(
        when
        for when in whens
        if when.times or _UNTIL.search(line.text, max(0, when.at[0] - _LONGEST_UNTIL), when.at[0]) is None
    )


_UNTIL = re.compile(rf"(?i)\b(?:{pattern_for('until')})\s(?:the\s)?$")
_LONGEST_UNTIL = 20


def _set_off(line: Line, whens: Sequence[When]) -> int:
    """Where the words begin that a bold time with a colon heads: in them times are words of the title."""
    if len(whens) < 2 or not whens[0].times:
        return len(line.text)
    bold = next((mark for mark in line.marked("strong") if mark.start <= 2), None)
    if bold is None or whens[0].at[1] > bold.end or whens[-1].at[0] < bold.end:
        return len(line.text)
    colon = line.text[bold.start : bold.end + 1].rstrip().endswith(":")
    return bold.end if colon else len(line.text)


_EVERY = re.compile(
    r"(?i)\b(?:every|each|jeden?|chaque|cada|ogni|elke)\s+(?:other\s+|second\s+|third\s+|zweiten\s+)?$"
)
_EVERY_REACH = 30


def _repeats(line: Line, when: When) -> bool:
    """ "every other Tuesday at 17:00" says no single day."""
    if when.days is None or not when.times:
        return False
    start = when.at[0]
    return _EVERY.search(line.text[max(0, start - _EVERY_REACH) : start]) is not None


def _in_title(line: Line, when: When) -> bool:
    """A time with words on both sides inside one link belongs to its title ("The 3 a.m. Retraining Job")."""
    start, end = when.at
    if _is_weekday(when) and any(
        m.start < start and end <= m.end and _names_weekday(line.text[m.start : start].split())
        for m in line.marks
        if m.kind in ("strong", "link", "emphasis")
    ):
        return True  # "**The Big Saturday**"
    return any(
        m.start < start
        and end < m.end
        and _worded(line.text[m.start : start])
        and _worded(line.text[end : m.end])
        for m in line.marked("link")
    )


_BEFORE_DAYS = frozenset(words_for("before a day"))


def _names_weekday(words: list[str]) -> bool:
    """Whether words make a title of the weekday behind them ("The Big Saturday", "Big Saturday")."""
    return bool(words) and words[-1].lower() not in _BEFORE_DAYS and words[-1][0].isupper()


def _is_weekday(when: When) -> bool:
    """Whether only a weekday is said."""
    days = when.days
    bare = days is not None and not when.times and not days.several
    return bare and days is not None and days.days[0].day is None and days.days[0].weekday is not None


def _worded(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _relative(when: When) -> bool:
    return when.days is not None and not when.times and when.days.days[0].relative is not None
