"""Owns the day that running text speaks of: said once, it holds for the sentences that go on with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from feeds.understand.context import Book, Context, DayContext
from feeds.understand.draft import DraftEvent
from feeds.understand.moments import Moment
from feeds.understand.numbered import ordinal_day
from feeds.understand.part import QUOTED, Part
from feeds.understand.phrases import is_past, pattern_for, sets_deadline
from feeds.understand.topics import is_of_topic
from feeds.understand.when.values import When

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
    if (counted := ordinal_day(book, sentence, context=context)) is not None:
        return context._replace(day=counted)
    goes_on = _GOES_ON.match(sentence.text.lower()) or (context.day is None and _names(sentence))
    goes_on = goes_on or _follows(sentence, first, context.spoken)
    goes_on = goes_on or (is_of_topic(sentence) and _said_here(sentence, context.spoken))
    of_paragraph = context.day is book.day_of_post and _said_here(sentence, context.spoken)
    goes_on = goes_on or (of_paragraph and _names(sentence))
    if context.spoken is not None and goes_on:
        return context._replace(day=context.spoken)
    return context


def _follows(sentence: Part, time: int, spoken: DayContext | None) -> bool:
    """Whether a sentence begins with its time, in the paragraph that said the day ("And at 7pm we …")."""
    return _said_here(sentence, spoken) and time - sentence.start <= _NEAR_START


def _said_here(sentence: Part, spoken: DayContext | None) -> bool:
    """Whether the paragraph of a sentence said the day."""
    paragraph = sentence.line.span()
    return spoken is not None and paragraph.start <= spoken.read.span.start < paragraph.end


def speaking_of(book: Book, sentence: Part, *, whens: Sequence[When], context: Context) -> Context:
    """The context after a sentence: the one day it says is what the text speaks of now."""
    if any(when.times for when in whens):
        context = context._replace(introduced=None)
    said = [when for when in whens if when.days is not None]
    if not whens and context.spoken is not None and _GOES_ON.match(sentence.text.lower()):
        read = replace(context.spoken.read, span=sentence.span)  # "That same afternoon Ada … It starts at 2"
        return context._replace(spoken=replace(context.spoken, read=read))
    if not said:
        return _counting(book, sentence, whens=whens, context=context)
    if len(said) != 1 or not (said[0].times or _one_day(said[0])):
        return context
    at = (said[0].at[0] - sentence.start, said[0].at[1] - sentence.start)
    if is_past(sentence.text) or sets_deadline(sentence.text, at):
        return context
    day = book.day(Moment(sentence.line, said[0]), context, quiet=True)  # its reader tells what is wrong
    if day is None or len(day.days.days) > 1 or _is_remembered(day, book.event(context)):
        return context
    return context._replace(spoken=day, introduced=None if said[0].times else day)


def _is_remembered(day: DayContext, event: DraftEvent | None) -> bool:
    """Whether a day lies so long before the event that the text only remembers it."""
    first = day.days.first
    return event is not None and event.first is not None and first < event.first and not event.near(first)


def _counting(book: Book, sentence: Part, *, whens: Sequence[When], context: Context) -> Context:
    """The context after a sentence without a day but one that it counts ("on the second day")."""
    counted = ordinal_day(book, sentence, context=context)
    if counted is None or is_past(sentence.text):
        return context
    return context._replace(spoken=counted, introduced=None if whens else counted)


_NEAR_START = 14
"""Letters of "And from" and "It starts at"."""


def _names(sentence: Part) -> bool:
    """Whether a sentence names something of several words by a mark or in quotes, as one does a talk."""
    links = (sentence.line.text[mark.start : mark.end] for mark in sentence.marks("link", "emphasis"))
    return any(len(text.split()) > 2 for text in links) or QUOTED.search(sentence.text) is not None


def _one_day(when: When) -> bool:
    days = when.days
    return days is not None and not when.times and not days.ranged and len(days.days) == 1
