"""Owns the day that running text speaks of: said once, it holds for the sentences that go on with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from feeds.understand.context import Book, Context, DayContext
from feeds.understand.facts import Moment
from feeds.understand.part import Part
from feeds.understand.phrases import is_deadline, is_past, pattern_for
from feeds.understand.when.values import When

AROUND = timedelta(days=2)
"""Workshops and parties lie around an event."""

_QUOTED = re.compile(r"[“„«][^“”„«»]{6,150}[”“»]")
_GOES_ON = re.compile(rf"\W*(?:{pattern_for('going on with the day')})\b")


def on_the_day(book: Book, sentence: Part, *, whens: Sequence[When], context: Context) -> Context:
    """The context with the day of a sentence whose times have none beside them.

    The day stands apart in the sentence ("On Thursday we have a lab: it starts at 9:00"), or the sentence
    goes on with the day the last one spoke of ("Later that day, at 14:15, …").
    """
    if any(when.days for when in whens if when.times):
        return context
    first = next(when.at[0] for when in whens if when.times)
    said = [when for when in whens if _one_day(when) and when.at[0] < first]
    if said:
        day = book.day(Moment(sentence.line, said[-1]), context)
        return context._replace(day=day) if day is not None else context
    goes_on = _GOES_ON.match(sentence.text.lower()) or (context.day is None and _names(sentence))
    if context.spoken is not None and goes_on:
        return context._replace(day=context.spoken)
    return context


def speaking_of(book: Book, sentence: Part, *, whens: Sequence[When], context: Context) -> Context:
    """The context after a sentence: the one day it says is what the text speaks of now."""
    if any(when.times for when in whens):
        context = context._replace(introduced=None)
    said = [when for when in whens if when.days is not None]
    if len(said) != 1 or not (said[0].times or _one_day(said[0])):
        return context
    if is_past(sentence.text) or is_deadline(sentence.text):
        return context
    day = _quietly(book, Moment(sentence.line, said[0]), context)
    if day is None or len(day.days.days) > 1 or not _of_the_event(book, day, context):
        return context
    return context._replace(spoken=day, introduced=None if said[0].times else day)


def _names(sentence: Part) -> bool:
    """Whether a sentence names something of several words by a link or in quotes, as one does a talk."""
    links = (sentence.line.text[mark.start : mark.end] for mark in sentence.links)
    return any(len(text.split()) > 2 for text in links) or _QUOTED.search(sentence.text) is not None


def _of_the_event(book: Book, day: DayContext, context: Context) -> bool:
    """A day far from the event is one that the text only remembers."""
    event = book.event(context)
    if event is None or event.first is None:
        return True
    return event.first - AROUND <= day.days.first <= (event.last or event.first) + AROUND


def _one_day(when: When) -> bool:
    days = when.days
    return days is not None and not when.times and not days.ranged and len(days.days) == 1


def _quietly(book: Book, moment: Moment, context: Context) -> DayContext | None:
    """The day a moment says, with no finding on it: what reads the moment tells what is wrong with it."""
    before, told, rules, previous = len(book.findings), set(book.told), set(book.rules), book.previous
    day = book.day(moment, context)
    del book.findings[before:]
    book.told, book.rules, book.previous = told, rules, previous
    return day
