"""Owns the days that a post's introduction says: the only one, those of the event, all that are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from feeds.post import Line
from feeds.understand.attended import whens_of
from feeds.understand.byline import is_byline
from feeds.understand.context import Book, DayContext
from feeds.understand.draft import DraftEvent, Read
from feeds.understand.grid import grid_of
from feeds.understand.labels import find_label
from feeds.understand.line_kinds import begins_with_time, is_day
from feeds.understand.outline import Scope
from feeds.understand.part import Part
from feeds.understand.phrases import (
    LONGEST_SENTENCE,
    is_by_then,
    is_deadline,
    is_past,
    looks_back_at,
    sets_deadline,
)
from feeds.understand.when import find_when, resolve_days
from feeds.understand.when.values import Days, Problem, ResolvedDays, When

_HELD = re.compile(
    r"(?i)\b(?:tak(?:es?|en|ing) place|held|hosting|host|happening|join us|invite|meet|gather|starts?|runs?|"
    r"from|statt|treffen|laden|lieu|invitons|celebra(?:mos)?|organi[sz]\w+|tendrá|svolge|terrà|realiza|acontece|plaats|on|am|le|el|il|em|op)\b"
)


_LIMIT = re.compile(
    r"(?i)\b(?:by|before|until|till|through|bis(?: zum)?|vor dem|avant(?: le)?|jusqu['’]au|antes del?|"
    r"hasta(?: el)?|entro(?: il)?|fino al|prima del|até(?: ao?)?|antes de|vóór|voor|tot(?: en met)?)\s{1,3}"
    r"(?:[a-zà-ÿ]+,?\s)?$"
)
"""What stands right before a day by which something has to be done."""

_BUILT = re.compile(r"\w+[a-z][A-Z]")
"""A word that is built for a name ("AfriMap"): what stands behind it may be left out."""

_SEASON = timedelta(days=150)
"""What a post announces lies no further apart."""

_LONG_AGO = timedelta(days=300)


def only_day(
    book: Book, event: DraftEvent | None, *, root: Scope, lines: Sequence[Line]
) -> DayContext | None:
    """The day that holds for every time: the event's only one, or the only one the post names."""
    if event is not None and event.first is not None:
        return only_day_of(event)
    if _days_of_programme(book, root) is not None:
        return None
    intro = _before_programme(root, lines)
    if is_deadline(lines[0].text):  # among the days of a call the event's is the one that says so
        intro = [line for line in intro if _HELD.search(line.text)]
    labelled = [line for line in intro if _says_when(line)]
    explicit = [one for line in labelled or intro for one in _days_in(book, line, _written)]
    explicit = _coming(book, explicit)
    explicit = [one for one in explicit if not _is_year(book, one, others=explicit)] or explicit
    if len({days for days, _ in explicit}) == 1:
        return _single(*explicit[0])
    if explicit and len(explicit[0][0]) > 1:
        return None  # the days of the event come first, then some of them again
    for line in intro[:4]:  # several are named: the first sentence that says when it takes place decides
        here = _coming(book, list(_days_in(book, line, _written)))
        here = [one for one in here if not _aside(one[1])] or here
        if here and (line is lines[0] or _HELD.search(line.text)):
            return _single(*here[0]) if len({days for days, _ in here}) == 1 else None
    spoken = [one for line in intro[:4] for one in _days_in(book, line, _spoken)] if not explicit else []
    return _single(*spoken[0]) if len({days for days, _ in spoken}) == 1 else None


def _coming(book: Book, said: list[tuple[tuple[date, ...], Part]]) -> list[tuple[tuple[date, ...], Part]]:
    """Of several days those to come when the post was written, and none far behind the nearest of them."""
    coming = [one for one in said if book.anchor is None or one[0][-1] >= book.anchor] or said
    nearest = min((days[0] for days, _ in coming), default=date.max)
    return [one for one in coming if one[0][0] - nearest <= _SEASON]


_ASIDE = re.compile(r"\([^()]{0,60}$")


def _aside(day: Part) -> bool:
    """Whether a day stands in brackets, as that of something else does ("before ZuriHac (8-10 June)")."""
    return _ASIDE.search(day.line.text, max(0, day.start - 60), day.start) is not None


def _is_year(
    book: Book, said: tuple[tuple[date, ...], Part], *, others: Sequence[tuple[tuple[date, ...], Part]]
) -> bool:
    """Whether "Feb 25" is a month of 2025: the post says another day of that month in full."""
    (day, *_), part = said
    short = book.anchor is not None and day.day == book.anchor.year % 100 and len(part.text.split()) == 2
    return short and any(
        days[0] != day and days[0].month == day.month and len(words.text.split()) > 2
        for days, words in others
    )


def _says_when(line: Line) -> bool:
    """Whether a line begins with "When:" or "Date:"; before it all other days are asides."""
    label = find_label(line.text)
    return label is not None and label.kind == "when"


def only_day_of(event: DraftEvent) -> DayContext | None:
    """The day of an event that has one day only: all its times are on it."""
    day = event.first
    if day is None or day != event.last:
        return None
    start = event.reads.get("start")  # front matter may name only the end
    span = start.span if start else event.span
    read = Read(how="inherited", span=span, why=f"the only day of {event.name}")
    return DayContext(days=ResolvedDays(days=(day,), ranged=False, year_from="text"), read=read)


def _single(days: tuple[date, ...], part: Part) -> DayContext | None:
    if len(days) != 1:
        return None
    read = Read(how="inherited", span=part.span, why=f"the only day named, “{part.text}”")
    return DayContext(days=ResolvedDays(days=days, ranged=False, year_from="text"), read=read)


def _written(when: When) -> bool:
    """A day of the month, and not the time of one session among others."""
    return when.days is not None and when.days.days[0].day is not None


def _spoken(when: When) -> bool:
    """ "this Saturday": a weekday of the post's own week."""
    return (
        when.days is not None
        and not when.days.ranged
        and when.days.days[0].relative in ("this", "next", "tomorrow")
    )


def _days_in(
    book: Book, line: Line, wanted: Callable[[When], bool]
) -> Iterator[tuple[tuple[date, ...], Part]]:
    if is_byline(line.text) or (is_deadline(line.text) and line.text.count(".") < 2):
        return
    for when in whens_of(line):
        if not wanted(when) or when.days is None or _either_order(when.days):
            continue
        if looks_back_at(line.text, when.at):
            continue
        sentence, at = _sentence(line.text, when)
        if sets_deadline(sentence, at) or is_limit(line.text, when):
            continue
        resolved = resolve_days(when.days, anchor=book.anchor, frame=book.year_frame)
        if not isinstance(resolved, Problem) and not _long_ago(book, resolved.last):
            if book.said is not None and book.anchor is not None and resolved.last < book.anchor:
                continue  # what has been, in a post that names days to come
            yield resolved.days, Part(line, *when.at)


def is_limit(text: str, when: When) -> bool:
    """Whether a day is one by which something is done or over ("by 5 May", "runs through 17 May")."""
    return _LIMIT.search(text, max(0, when.at[0] - 30), when.at[0]) is not None


def _either_order(days: Days) -> bool:
    """ "03/04/2027" cannot settle what it means itself: it tells no other date which days are meant."""
    return any(day.swapped is not None for day in days.days)


def _long_ago(book: Book, day: date) -> bool:
    """Whether a day lies further back than anything announced."""
    return book.anchor is not None and day < book.anchor - _LONG_AGO


def _sentence(text: str, when: When) -> tuple[str, tuple[int, int]]:
    """The sentence around a date, and where in it the date stands."""
    far = max(0, when.at[0] - LONGEST_SENTENCE), when.at[1] + LONGEST_SENTENCE
    start = max(text.rfind(". ", far[0], when.at[0]), text.rfind("! ", far[0], when.at[0]), far[0] - 1) + 1
    end = text.find(". ", when.at[1], far[1])
    at = when.at[0] - start, when.at[1] - start
    return text[start : end if end != -1 else far[1]], at


def _before_programme(root: Scope, lines: Sequence[Line]) -> list[Line]:
    """The title and the lines before the first that begins with a clock time, or the first timetable."""
    found = [lines[0]]
    listed = [scope for scope in root.walk() if scope.kind == "item" and _begins_with_day(scope)]
    for scope in root.walk():
        if scope.kind == "table" or any(begins_with_time(line.text) for line in scope.lines):
            break
        if len(listed) > 1 and scope is listed[0]:
            break  # a list of days tells of none that holds for all
        found += scope.lines
    return found[:25] if len(found) > 1 else list(lines[:25])


def _begins_with_day(scope: Scope) -> bool:
    whens = whens_of(scope.lines[0]) if scope.lines else ()
    return bool(whens) and whens[0].days is not None and whens[0].at[0] < _NEAR_START


_NEAR_START = 4


def days_said(book: Book, root: Scope) -> tuple[date, date] | None:
    """First and last of all days written out, where they lie close together: bare weekdays mean these."""
    lines = [line for line in _lines_of(root) if not is_past(line.text)]
    found = [day for days in _days_written(book, lines) for day in (days.first, days.last)]
    coming = [day for day in found if book.anchor is None or day >= book.anchor]
    return _close(coming)


def days_told(book: Book, root: Scope) -> tuple[date, date] | None:
    """The several days that a look back tells of, where no day written out is still to come."""
    if book.anchor is None:
        return None
    written = list(_days_written(book, _lines_of(root)))
    if any(days.last >= book.anchor for days in written):
        return None
    told = [days for days in written if days.first != days.last and days.last >= book.anchor - _LATELY]
    return _close([day for days in told for day in (days.first, days.last)])


def weekdays_said(root: Scope) -> frozenset[int]:
    """The weekdays that stand without a day of the month (Monday is 0)."""
    said = (when.days for line in _lines_of(root) for when in whens_of(line) if when.days is not None)
    bare = (days.days[0] for days in said if len(days.days) == 1)
    return frozenset(one.weekday for one in bare if one.day is None and one.weekday is not None)


_LATELY = timedelta(days=30)
"""A look back is written no later."""

_CLOSE = timedelta(days=10)


def _close(days: Sequence[date]) -> tuple[date, date] | None:
    return (min(days), max(days)) if days and max(days) - min(days) <= _CLOSE else None


def _cells(scope: Scope) -> Iterator[Line]:
    """The lines in the cells of a table."""
    if scope.kind == "table":
        yield from (line for row in grid_of(scope.block) for cell in row for line in cell.lines)


def _lines_of(root: Scope) -> Iterator[Line]:
    """The lines that may say days of an event."""
    lines = (line for scope in root.walk() for line in (*scope.lines, *_cells(scope)))
    return (line for line in lines if not is_deadline(line.text) and not is_byline(line.text))


def _days_written(book: Book, lines: Iterable[Line]) -> Iterator[ResolvedDays]:
    """The days of the month in lines, where no other order of their numbers is possible."""
    for text, when in ((line.text, when) for line in lines for when in whens_of(line)):
        days = when.days
        if days is None or is_by_then(text, when.at[0]):
            continue
        if days.days[0].day is None or days.days[-1].day is None or _either_order(days):
            continue
        found = resolve_days(days, anchor=book.anchor, frame=book.year_frame)
        if not isinstance(found, Problem):
            yield found


def date_event(
    book: Book, event: DraftEvent, *, day: DayContext | None, lines: Sequence[Line], root: Scope
) -> None:
    """Give an event named without days those the introduction says: the only day, or the first several.

    Where headings tell the days of its programme apart, it lasts from the first of them to the last.
    """
    if event.first is not None:
        return
    if day is not None:
        _date(book, event, day.days, read=day.read)
        return
    for line in (*(one for one in lines if _says_when(one)), *lines[:7]):
        if not _says_when(line) and not _tells_of(line.text, event.name):
            continue
        when = written_days(line.text)
        when = when if when and when.days and when.days.several else None
        if when is None or looks_back_at(line.text, when.at) or sets_deadline(*_sentence(line.text, when)):
            continue
        found = resolve_days(when.days, anchor=book.anchor, frame=book.year_frame) if when.days else None
        if found is not None and not isinstance(found, Problem):
            part = Part(line, *when.at)
            _date(book, event, found, read=Read(how="read", span=part.span, why=f"“{part.text}”"))
            return
    if (programme := _days_of_programme(book, root)) is not None:
        days, part = programme
        _date(book, event, days, read=Read(how="read", span=part.span, why=f"from “{part.text}” on"))


_LONGEST_PROGRAMME = timedelta(days=10)


def _days_of_programme(book: Book, root: Scope) -> tuple[ResolvedDays, Part] | None:
    """The days, each in a heading of its own, that lie close together; None where there are not several."""
    found: list[tuple[date, Part]] = []
    for scope in root.walk():
        if scope.kind not in ("section", "lead") or not scope.lines or not is_day(scope.lines[0]):
            continue
        line = scope.lines[0]
        when = next((one for one in whens_of(line) if _written(one)), None)
        if when is None or when.days is None or when.days.several:
            continue
        days = resolve_days(when.days, anchor=book.anchor, frame=book.year_frame)
        if not isinstance(days, Problem) and not is_deadline(line.text):
            found.append((days.first, Part(line, *when.at)))
    if len({day for day, _ in found}) < 2:
        return None
    first, last = min(found, key=_day_of), max(found, key=_day_of)
    if last[0] - first[0] > _LONGEST_PROGRAMME:
        return None
    return ResolvedDays(days=(first[0], last[0]), ranged=True, year_from="text"), first[1]


def _day_of(found: tuple[date, Part]) -> date:
    return found[0]


def _tells_of(text: str, name: str) -> bool:
    """Whether a line says when something is held, or calls the event by how its name begins."""
    words = [word for word in name.split()[:2] if not word.isdigit()]
    beginning = words[0] if words and _BUILT.match(words[0]) else " ".join(words)
    return _HELD.search(text) is not None or (len(beginning) > 4 and beginning in text)


def _date(book: Book, event: DraftEvent, days: ResolvedDays, *, read: Read) -> None:
    reads = {**event.reads, "start": read, "end": read}
    book.events[event.key] = replace(event, first=days.first, last=days.last, stated=True, reads=reads)


def written_days(text: str) -> When | None:
    """The days that a text says without a time: written out before "next weekend" and bare weekdays."""
    found = [when for when in find_when(text) if when.days and not when.times]
    return next(
        (when for when in found if when.days and when.days.days[-1].day is not None),
        found[0] if found else None,
    )
