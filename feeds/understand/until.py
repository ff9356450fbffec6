"""Owns a sentence that only says until when something lasts that was told before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from feeds.understand.context import Book
from feeds.understand.draft import Read
from feeds.understand.moments import Moment
from feeds.understand.part import Part
from feeds.understand.phrases import pattern_for
from feeds.understand.when.values import Clock, Times

_UNTIL = re.compile(rf"\b(?:{pattern_for('until')})\s{{0,3}}$", re.IGNORECASE)
_SUBJECT = re.compile(rf"\b(?:{pattern_for('it')}|{pattern_for('session')})\b", re.IGNORECASE)
"""What lasts until then: the session itself, no buffet and no car park."""
_REACH = 30
LONGEST = timedelta(hours=12)
_HALF_DAY = 12


def only_ends(sentence: Part, moments: Sequence[Moment]) -> bool:
    """Whether the one time of a sentence is an end ("The workshop runs until 18:30 and has 20 places")."""
    if len(moments) != 1 or moments[0].when.days is not None:
        return False
    times = moments[0].when.times
    clock = _one(times[0]) if len(times) == 1 else None
    return clock is not None and _is_until(sentence, clock.at[0])


def is_limit(sentence: Part, moment: Moment) -> bool:
    """Whether a day with its time only says how long something lasts ("until Friday noon")."""
    return moment.when.days is not None and _is_until(sentence, moment.when.at[0])


def _is_until(sentence: Part, at: int) -> bool:
    return _UNTIL.search(sentence.line.text, max(sentence.start, at - _REACH), at) is not None


def _one(times: Times) -> Clock | None:
    """The clock of a slot that has only one, be it written as a start or as an end."""
    return None if times.start is not None and times.end is not None else times.start or times.end


def end_last(book: Book, sentence: Part, *, moment: Moment) -> None:
    """Give the end to the session that was told right before in the same paragraph, if it has none.

    Until when something else lasts, as a buffet does, says nothing of it.
    """
    if not _SUBJECT.search(sentence.line.text, sentence.start, moment.when.at[0]):
        return
    last = book.sessions[-1] if book.sessions else None
    clock = _one(moment.when.times[0])
    if last is None or clock is None or last.end is not None or not isinstance(last.start, datetime):
        return
    whole = sentence.line.span()
    if not whole.start <= last.span.start < sentence.span.start:
        return
    if end := _after(last.start, clock):
        read = Read(how="read", span=moment.part.span, why=f"the words “{moment.part.text}”")
        book.sessions[-1] = replace(last, end=end, reads={**last.reads, "end": read})


def _after(start: datetime, clock: Clock) -> datetime | None:
    """The first such time behind a start, before half a day is over; "until 6" of an afternoon is 18:00."""
    hours = [clock.hour]
    if clock.meridiem:
        hours = [clock.hour % _HALF_DAY + (_HALF_DAY if clock.meridiem == "pm" else 0)]
    elif start.hour >= _HALF_DAY > clock.hour:
        hours.append(clock.hour + _HALF_DAY)
    ends = (start.replace(hour=hour, minute=clock.minute) for hour in hours if hour < 2 * _HALF_DAY)
    return next((end for end in ends if start < end <= start + LONGEST), None)
