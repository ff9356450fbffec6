"""Owns numbered days: which date "Day 2" means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from feeds.source import Span
from feeds.understand.context import Book, Context, DayContext
from feeds.understand.draft import DraftEvent, Read
from feeds.understand.introduced_days import is_limit
from feeds.understand.moments import Moment
from feeds.understand.outline import Scope
from feeds.understand.part import Part
from feeds.understand.phrases import LONGEST_SENTENCE
from feeds.understand.when import find_when
from feeds.understand.when.values import ResolvedDays, When

MOST_NUMBER = 14
"""No event is counted further."""

_NUMBERED = re.compile(
    r"(?i)\b(?:day|tag|jour|día|dia|giorno|dag)\s{0,3}#?(\d{1,2}\b|(?:one|two|three|four|five)\b(?! of\b))"
)
_SPELT = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}

_ORDINALS = (
    "first|1st|opening|ersten?|1er|premier|primer|primo|primeiro|eerste",
    "second|2nd|zweiten?|deuxième|segundo|secondo|tweede",
    "third|3rd|dritten?|troisième|tercer|terzo|terceiro|derde",
    "fourth|4th|vierten?|quatrième|cuarto|quarto|vierde",
)
_LAST = "last|final|closing|letzten?|dernier|último|ultimo|laatste"
_ORDINAL = re.compile(
    rf"(?i)(?<![\w-])(?:{'|'.join(f'({words})' for words in _ORDINALS)}|({_LAST})) "
    r"(?:day|tag|jour|día|dia|giorno|dag)\b"
    r"(?! (?:of|des|der|du|de|del|della|do|da|van)\b"
    r"(?! (?:the (?:conference|event|show|summit|fair)|konferenz|messe|tagung|la conf[ée]ren\w+)\b))"
)
"""A day that is counted in words ("on the second day"), not "the last day of registration"."""


def _number(found: re.Match[str]) -> int:
    return _SPELT.get(found[1].lower()) or int(found[1])


def ordinal_day(book: Book, sentence: Part, *, context: Context) -> DayContext | None:
    """The day that is counted in words, of the event that a sentence speaks of."""
    event = book.event(context)
    found = _ORDINAL.search(sentence.text[:LONGEST_SENTENCE])
    if found is None or event is None or event.first is None or event.last is None:
        return None
    number = found.lastindex or 1
    number = (event.last - event.first).days + 1 if number > len(_ORDINALS) else number
    return _counted(book, number, span=sentence.at(*found.span()).span, context=context)


def note_numbered_days(book: Book, scopes: Iterable[Scope]) -> None:
    """Remember lines that say which date a numbered day is ("DAY 1 - Saturday, Feb 22")."""
    for scope in scopes:
        for line in scope.lines:
            days = list(_NUMBERED.finditer(line.text))
            if not days:
                continue
            whens = [one for one in find_when(line.text) if one.days and not is_limit(line.text, one)]
            # "Day 1 is Saturday, 14 May and Day 2 is Sunday, 15 May": each with the date behind it.
            for found, end in zip(days, [*(one.start() for one in days[1:]), len(line.text)], strict=True):
                when = next((one for one in whens if found.end() <= one.at[0] < end), None)
                when = when or (whens[0] if len(days) == len(whens) == 1 else None)
                number = _number(found)
                if number > MOST_NUMBER or (when is not None and _is_of_month(when, number)):
                    continue
                if when is not None and (day := book.day(Moment(line, when), Context())):
                    book.numbered.setdefault(number, day)


def _is_of_month(when: When, number: int) -> bool:
    """Whether the number is the day of the month itself ("segunda-feira, dia 7")."""
    return when.days is not None and any(one.day == number and one.month is None for one in when.days.days)


def date_by_numbers(book: Book, event: DraftEvent) -> None:
    """An event lasts from its first numbered day to its last, where only one of them was said of it."""
    days = [day.days.first for day in book.numbered.values()]
    known = {event.first, event.last} - {None}
    if len(set(days)) > 1 and len(known) < 2 and known <= set(days):
        reads = [book.numbered[number].read for number in (min(book.numbered), max(book.numbered))]
        book.events[event.key] = replace(
            event,
            first=min(days),
            last=max(days),
            stated=True,
            reads={**event.reads, "start": reads[0], "end": reads[1]},
        )


def numbers_day(scope: Scope) -> bool:
    """Whether a head says a numbered day ("Day 2")."""
    return any(_NUMBERED.search(line.text) for line in scope.lines)


def numbered_day(book: Book, scope: Scope, *, context: Context) -> DayContext | None:
    """The day that "Day 2" means: as a line of the post says it, else counted from the event's first."""
    for line in scope.lines:
        if found := _NUMBERED.search(line.text):
            number, span = _number(found), line.span(*found.span())
            return book.numbered.get(number) or _counted(book, number, span=span, context=context)
        if day := ordinal_day(book, Part(line, 0, len(line.text)), context=context):
            return day
    return None


def _counted(book: Book, number: int, *, span: Span, context: Context) -> DayContext | None:
    event = book.event(context)
    if event is None or event.first is None or not 1 <= number <= MOST_NUMBER:
        return None
    day = event.first + timedelta(days=number - 1)
    if event.last is not None and day > event.last:
        return None
    read = Read(how="inherited", span=span, why=f"day {number} of {event.name}")
    return DayContext(days=ResolvedDays(days=(day,), ranged=False, year_from="text"), read=read)
