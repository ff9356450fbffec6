"""Owns the hours that an introduction says once for every evening of a series ("Talks always start at 7")."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from feeds.post import Line
from feeds.understand.attended import whens_of
from feeds.understand.clauses import split_sentences
from feeds.understand.facts import Facts
from feeds.understand.gatherings import runs_errand
from feeds.understand.moments import Moment, opens_doors
from feeds.understand.outline import Scope
from feeds.understand.part import Part
from feeds.understand.people import surely_people
from feeds.understand.phrases import pattern_for
from feeds.understand.rooms import find_room
from feeds.understand.when import find_when
from feeds.understand.when.values import When
from feeds.understand.when.words import WORDS

_ALWAYS = re.compile(rf"\b(?:{pattern_for('always')})\b")
_SERIES = re.compile(rf"\b(?:{pattern_for('evenings of a series')})\b")
FOR_ALL = re.compile(rf"\b(?:{pattern_for('for all of them')})\b")
"""What says in lower case that a sentence is about all evenings or talks of a post."""
SOME = ("the ", "our ")
"""What begins so is about all of a kind only ("the winter meetings are held in …"), not of other sections."""
_BEGIN = re.compile(
    rf"\b(?:{pattern_for('taking place')})\b(?!.{{0,200}}\b(?:{pattern_for('around an evening')})\b)"
)
_STARTS = re.compile(rf"\b(?:{pattern_for('taking place')})\b")
_PHRASE = re.compile(r"[,:(]| [–—-] | by | with ")
_WEEKLY = re.compile(rf"\b(?:{pattern_for('on weekdays')})\b")
_NONE = re.compile(rf"(?:{pattern_for('none this time')})\b")
_NOTHING = re.compile(rf"(?:{pattern_for('nothing that day')})[ .!]*")
_NO = re.compile(rf"(?:(?i:{pattern_for('no gathering')})\s(?<!No )|No (?=[a-zà-þ]))\w+(?:\s\w+){{0,2}}[.!]?")
"""Nothing that day; a name in capitals that begins so is one ("No Doubt")."""
_OPEN = re.compile(rf"\b(?:{pattern_for('open then')})\b")
_MOST_LINES = 12
_NEAR = 20
"""Letters between what is meant and when it begins."""


class Usual(NamedTuple):
    """The hours of every evening, and the room where one is said with them."""

    hours: Moment
    room: Part | None
    bare: bool
    """Whether no evening is set off or named with a speaker, so that a line without either is one too."""
    some: bool = False
    """Whether it is said of "the meetings": another section has a place of its own."""
    weekday: int | None = None
    """The weekday that a rule says ("the last Thursday of the month"): of no other day is it said."""

    def holds(self, day: date, said: Moment) -> bool:
        """Whether a day can be one of the evenings; one whose own weekday is written may be an exception."""
        own = said.when.days is not None and said.when.days.days[0].weekday is not None
        return own or self.weekday is None or day.weekday() == self.weekday


def usual_of(root: Scope) -> Usual | None:
    """What the first lines of running text say of all evenings: hours without a day, or of recurring ones."""
    lines = [line for scope in root.walk() if scope.kind in ("text", "lead") for line in scope.lines]
    for line in lines[:_MOST_LINES]:
        for sentence in split_sentences(line):
            plain = sentence.text.lower()
            whens = [one for one in whens_of(line, start=sentence.start, end=sentence.end) if one.times]
            whens = [one for one in whens if not opens_doors(Moment(line, one))] or whens
            whens = [one for one in whens if not _in_brackets(sentence, one)] or whens
            if _OPEN.search(plain) or runs_errand(sentence):
                continue
            recurring = len(whens) == 1 and whens[0].recurring
            meant = FOR_ALL.search(plain)
            of_all = meant is not None and _STARTS.search(plain) is not None
            if meant is not None and len(whens) > 1:  # "Pizza from 5:30pm, talks start at 6pm"
                end = sentence.start + meant.end()
                whens = [one for one in whens if end <= one.at[0] <= end + _NEAR] or whens
            if not recurring and not of_all and not (_ALWAYS.search(plain) and _begins(plain)):
                continue
            if not whens:  # "Tuesdays 15.15–16.00" are no hours of opening where somebody meets
                whens = [one for one in find_when(sentence.text, base=sentence.start) if one.times]
            if len(whens) == 1 and not _dated(whens[0]):
                hours = Moment(line, replace(whens[0], days=None))
                some = meant is not None and meant[0].startswith(SOME)
                room = _room(sentence, whens[0].at) if not _told_before(root, line) else None
                weekday = _weekday(sentence) if whens[0].recurring else None
                bare = recurring or of_all or _all_bare(root)
                return Usual(hours, room, bare=bare, some=some, weekday=weekday)
    return None


_WORD = re.compile(r"[^\W\d_]+(?:-feira)?")


def _weekday(sentence: Part) -> int | None:
    """The one weekday that a rule names, in any of the languages."""
    words = (WORDS.get(word) for word in _WORD.findall(sentence.text))
    found = {word.number for word in words if word is not None and word.kind in "WS"}
    return found.pop() if len(found) == 1 else None


def _in_brackets(sentence: Part, when: When) -> bool:
    """Whether a time is told in passing ("begin at 7.30pm (the urn goes on about a quarter past seven)")."""
    before = sentence.line.text[sentence.start : when.at[0]]
    return before.rfind("(") > before.rfind(")")


def _told_before(root: Scope, line: Line) -> bool:
    """Whether bullets with hours of their own stand before a line: its room is not theirs."""
    start = line.span().start
    items = (one for one in root.walk() if one.kind == "item" and one.lines)
    return any(one.facts.timed and one.lines[0].span().start < start for one in items)


def _begins(plain: str) -> bool:
    """Whether a sentence says that the evenings take place, or are on a weekday ("always on a Tuesday")."""
    return _BEGIN.search(plain) is not None and (
        _SERIES.search(plain) is not None or _WEEKLY.search(plain) is not None
    )


def _dated(when: When) -> bool:
    """Whether more than a weekday is said: then the hours are those of this day."""
    days = when.days
    if days is None:
        return False
    return days.several or days.days[0].day is not None or days.days[0].relative is not None


def _all_bare(root: Scope) -> bool:
    items = [scope.lines[0] for scope in root.walk() if scope.kind == "item" and scope.lines]
    return not any(
        line.marks or any(surely_people(words) for words in _PHRASE.split(line.text)) for line in items
    )


def _room(sentence: Part, time: tuple[int, int]) -> Part | None:
    found = find_room(sentence.blotted([time]))
    return sentence.at(*found).trimmed() if found else None


def at_usual_hours(facts: Facts, usual: Usual) -> Facts:
    """The facts of an evening that says its day, with the hours of all."""
    return replace(facts, moments=[usual.hours], ends=[])


def has_none(title: str) -> bool:
    """Whether a title says of a gathering that there is none, whatever its time ("no meeting")."""
    found = _NONE.match(title.lower().strip())
    return found is not None and not title.strip()[found.end() :].lstrip(" .!")[:1].isalnum()


def is_none(title: str) -> bool:
    """Whether a title only says that there is nothing that day ("no lecture", "kein Yoga", "closed")."""
    plain = title.lower().strip()
    if _NONE.match(plain) or _NOTHING.fullmatch(plain):
        return True
    return _NO.fullmatch(title.strip()) is not None
