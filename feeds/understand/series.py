"""Owns a series: its hours said once, in its heading or a sentence below, and its days in the list after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from feeds.understand.attended import whens_of
from feeds.understand.context import Book, Context, located
from feeds.understand.emit import emit
from feeds.understand.head_titles import read_as_title
from feeds.understand.heads import Head
from feeds.understand.labels import find_label
from feeds.understand.moments import Moment
from feeds.understand.outline import INTRO_RANK, Scope
from feeds.understand.part import Part
from feeds.understand.phrases import pattern_for
from feeds.understand.title import Title, clean
from feeds.understand.titles import read_title
from feeds.understand.usual import is_none
from feeds.understand.when.values import When

FEWEST = 2
"""Days in the list; one alone is a session with its date below."""


def read_series(book: Book, head: Head, *, title: Title, context: Context) -> bool:
    """Read the sessions of a series; False where the head is of none."""
    days = [scope for scope in head.scope.body if scope.kind == "item"]
    untimed = [scope for scope in days if not scope.facts.timed]
    if len(untimed) < FEWEST or not all(map(_is_day, days)):
        return False
    if head.scope.rank == INTRO_RANK and context.headed and context.title is not None:
        title = read_title(context.title) or title  # "Every second Tuesday at 17:00. The dates:"
    hours = _hours(head.scope)
    if hours is None:
        return False
    texts = [(part, after) for part, after in head.merged.texts if not _within(part, title.part)]
    facts = replace(head.merged, moments=[hours], ends=[], texts=texts)
    context = located(context, facts)._replace(title=title.part)
    for scope in days:
        when = _first_day(scope)
        topic = _topic(scope, when)
        if _is_off(scope, topic):
            continue
        day = book.day(Moment(scope.lines[0], _moved_to(topic) or when), context)
        if day is not None:
            own = _own_hours(topic)
            own = None if own is not None and _starts(own) == _starts(hours) else own
            facts = replace(facts, moments=[own or hours])
            bare = own is not None and (_is_moved(topic) or own.when.at[0] - topic.start <= _NEAR_START)
            named = title if bare or _is_aside(topic) else _of_day(book, title, topic)
            emit(book, named, facts=facts, context=context._replace(day=day), rest=scope.body)
    return True


def _within(part: Part, title: Part) -> bool:
    """Whether a text holds the name of the series, which no day of it says of its speakers."""
    return part.line is title.line and part.start <= title.start < part.end


def _is_day(scope: Scope) -> bool:
    """Whether a bullet begins with a written day."""
    if not scope.lines:
        return False
    whens = whens_of(scope.lines[0])
    first = whens[0] if whens else None
    plain = first is not None and not scope.lines[0].text[: first.at[0]].strip(" *_~(")
    return plain and first is not None and first.days is not None and first.days.days[0].day is not None


_OFF = re.compile(
    rf"(?:{pattern_for('off this time')})\b"
    rf"|(?:{pattern_for('nothing then')})\s*(?:$|(?:\w+\s){{0,2}}(?:{pattern_for('meeting')})\b)"
)


def _is_off(scope: Scope, topic: Part) -> bool:
    """Whether a day is struck out, or what stands behind it says that there is nothing."""
    struck = any(mark.start <= topic.start for mark in scope.lines[0].marked("strike"))
    return struck or is_none(topic.text) or _OFF.match(topic.text.lower()) is not None


_MOVED = re.compile(rf"(?:{pattern_for('moved to')})\s")


def _moved_to(topic: Part) -> When | None:
    """The other day that a date of the list was moved to ("15 October (moved to 16 October, 17:00 UTC)")."""
    moved = _MOVED.match(topic.text.lower())
    found = whens_of(topic.line, start=topic.start + moved.end()) if moved is not None else ()
    dated = (one for one in found if one.days is not None and one.days.days[0].day is not None)
    return next(dated, None)


def moves_dates(scopes: Sequence[Scope]) -> bool:
    """Whether of the dates of a list only a few have a time of their own: moved, or said again."""
    days = [scope for scope in scopes if scope.kind == "item"]
    if len(days) < FEWEST or not all(map(_is_day, days)):
        return False
    topics = [_topic(scope, _first_day(scope)) for scope in days if scope.facts.timed]
    return all(map(_is_moved, topics)) or len(topics) * FEWEST < len(days)


def _is_moved(topic: Part) -> bool:
    return _MOVED.match(topic.text.lower()) is not None


_NEAR_START = 12
"""Letters before a time that is all that a day says for itself ("only at 16:00")."""


def _own_hours(topic: Part) -> Moment | None:
    """The time that one day has for itself ("30 October – moved to 16:00 UTC")."""
    moved = _MOVED.match(topic.text.lower())
    start = topic.start + (moved.end() if moved else 0)
    found = [when for when in whens_of(topic.line, start=start) if when.times]
    return Moment(topic.line, replace(found[0], days=None)) if len(found) == 1 else None


def _starts(moment: Moment) -> list[tuple[int, int]]:
    """The hours and minutes, as written, at which it begins."""
    return [(times.start.hour, times.start.minute) for times in moment.when.times if times.start is not None]


def _first_day(scope: Scope) -> When:
    return whens_of(scope.lines[0])[0]


def _hours(scope: Scope) -> Moment | None:
    """The only time of the head and of the paragraphs before the list, if it says no date."""
    found = [moment for moment in _moments(scope) if moment.when.times]
    if len(found) != 1:
        return None
    (moment,) = found
    days = moment.when.days
    if days is not None and (days.days[0].day is not None or days.days[0].relative is not None):
        return None
    return Moment(moment.line, replace(moment.when, days=None))


def _moments(scope: Scope) -> Iterator[Moment]:
    yield from scope.facts.moments
    for below in scope.body:
        if below.kind == "item":
            return
        for line in below.lines if below.kind == "text" else ():
            yield from (Moment(line, when) for when in whens_of(line))


def _topic(scope: Scope, when: When) -> Part:
    """What stands behind the day."""
    line = scope.lines[0]
    return Part(line, when.at[1], len(line.text)).trimmed()


def _is_aside(topic: Part) -> bool:
    """Whether nothing, or only a remark in brackets, stands behind a day ("May 8 (second Thursday)")."""
    labelled = find_label(topic.text) is not None or _LABELLED.match(topic.text) is not None
    return not topic or labelled or topic.line.text[: topic.start].rstrip().endswith("(")


_LABELLED = re.compile(r"[a-z]{3,12}: ")
"""What a day has besides a topic ("chair: Ada Ek")."""


def _of_day(book: Book, title: Title, topic: Part) -> Title:
    """The title of one day: the series' and the topic's, with the people behind the topic."""
    told = read_as_title(book, topic)
    if told is None or told.people is None:
        return title._replace(part=topic, text=f"{title.text}: {clean(topic.text)}")
    return title._replace(part=told.part, text=f"{title.text}: {told.text}", people=told.people)
