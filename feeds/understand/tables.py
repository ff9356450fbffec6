"""Owns schedules in tables: what each column means, and the sessions of each row or cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from feeds.post import Line
from feeds.understand.attended import whens_of
from feeds.understand.context import Book, Context, DayContext, located, meridiems_of, noted_zone
from feeds.understand.draft import Read
from feeds.understand.emit import emit
from feeds.understand.facts import Facts, analyse, time_unknown
from feeds.understand.grid import (
    Cell,
    Column,
    Row,
    Table,
    columns_of,
    grid_of,
    header_day,
    header_of,
    zone_of_header,
)
from feeds.understand.line_kinds import is_day
from feeds.understand.moments import Moment
from feeds.understand.outline import Scope
from feeds.understand.part import Part
from feeds.understand.people import format_of, surely_people
from feeds.understand.phrases import is_deadline, is_generic
from feeds.understand.places import conference_link
from feeds.understand.plain_titles import unpeopled
from feeds.understand.rooms import is_room, is_surely_room
from feeds.understand.slots import Slot, slots, whole_days
from feeds.understand.title import Title
from feeds.understand.titles import read_title
from feeds.understand.usual import at_usual_hours, is_none
from feeds.understand.when import find_when
from feeds.understand.when.values import Times, When

MOST_ROWS = 2_000
"""No schedule is longer; a table of data may be."""

_DOT = re.compile(r"(\d)\.(\d\d)(?!\d)")


def table_says_when(scope: Scope) -> bool:
    """Whether any cell of a table says a day or a clock time."""
    return any(whens_of(line) for row in grid_of(scope.block) for cell in row for line in cell.lines)


def read_table(book: Book, scope: Scope, *, context: Context) -> None:
    """The sessions of a table. A header names the columns; unknown headers beside a time are rooms."""
    rows = grid_of(scope.block)
    if not rows:
        return
    header, body = header_of(rows)
    table = Table(header=header, columns=columns_of(header, body))
    context = noted_zone(_in_zone_of(table, context), (line for cell in header for line in cell.lines))
    meridiems = meridiems_of([when for row in body for cell in row for when in cell.whens])
    context = context._replace(meridiems=meridiems)
    day = None
    for row in body[:MOST_ROWS]:
        inner = context._replace(day=day or context.day)
        day = _day_row(book, row, inner) or _row(book, row, table=table, context=inner) or day


def _in_zone_of(table: Table, context: Context) -> Context:
    """The context in the zone that heads the column of days and hours ("Tokyo (JST)")."""
    for cell, column in zip(table.header, table.columns, strict=False):
        zone = zone_of_header(cell) if column == "when" else None
        if zone is not None:
            read = Read(
                how="inherited", span=cell.lines[0].span(*zone.at), why="it heads the column of times"
            )
            return context._replace(zone=zone, zone_read=read)
    return context


def _day_row(book: Book, row: Row, context: Context) -> DayContext | None:
    """The day that a row says with a single cell, whichever it is ("| | **Tuesday 14 May** | |")."""
    told = {id(cell): cell for cell in row if cell.text}
    if len(told) != 1:
        return None
    (cell,) = told.values()
    if len(cell.lines) != 1 or not is_day(cell.lines[0]):
        return None
    when = next((one for one in find_when(cell.lines[0].text) if one.days), None)
    return book.day(Moment(cell.lines[0], when), context) if when is not None else None


def _row(book: Book, row: Row, *, table: Table, context: Context) -> DayContext | None:
    """Read one row; the result is the day it leaves for the rows after it."""
    facts = Facts()
    for cell, column in zip(row, table.columns, strict=False):
        _cell(facts, cell, column)
    day = next((found for moment in facts.moments if (found := book.day(moment, context))), None)
    cells = zip(row, table.columns, strict=False)
    titled = next((cell for cell, column in cells if column == "title" and cell.text), None)
    if titled is not None:
        for cell, column in zip(row, table.columns, strict=False):
            if column is None:
                _remark(facts, cell)
        _titled_row(book, titled, facts, context=context)
    elif not facts.timed:
        pass
    elif "title" in table.columns or None in table.columns or context.title is None:
        _room_cells(book, row, facts, table=table, context=context)
    elif borrowed := read_title(context.title):
        emit(book, borrowed, facts=facts, context=context)
    return day


def _cell(facts: Facts, cell: Cell, column: Column) -> None:
    match column:
        case "when" | "end":
            moments = [Moment(line, when) for line in cell.lines for when in _whens(line.text)]
            if column == "end":
                facts.ends += [times for moment in moments for times in moment.when.times]
            else:
                facts.moments += _written_first(moments)
                for line in cell.lines:
                    _left_over(facts, line, apart=len(cell.lines) > 1)
        case "where" | "who" | "url" | "track" | "format" | "city":
            for line in cell.lines:
                facts.labelled.setdefault(column, []).append(Part(line, 0, len(line.text)))
        case _:
            return


def _written_first(moments: Sequence[Moment]) -> list[Moment]:
    """The moments of a cell, without bare weekdays beside a written day ("2 May (Thursday is a holiday)")."""
    if not any(one.when.days is not None and one.when.days.days[0].day for one in moments):
        return list(moments)
    return [one for one in moments if one.when.times or one.when.days is None or one.when.days.days[0].day]


def _remark(facts: Facts, cell: Cell) -> None:
    """What a column without a known name says of its row: other hours, a room, a link to register."""
    for line in cell.lines:
        whens = find_when(line.text)
        said = sum(when.at[1] - when.at[0] for when in whens)
        begins = bool(whens) and _BEGINS.fullmatch(line.text[: whens[0].at[0]]) is not None
        alone = said >= len(line.text[whens[0].at[0] :].strip()) - _FEW if whens else False
        if whens and whens[0].times and begins and alone:  # "starts at 18:30" goes before the usual hour
            facts.moments[:] = [
                Moment(one.line, replace(one.when, times=())) for one in facts.moments if one.when.days
            ]
            facts.moments += [Moment(line, when) for when in whens]
        for piece in Part(line, 0, len(line.text)).pieces(","):
            if is_surely_room(piece.text):
                facts.labelled.setdefault("where", []).append(piece)
        for mark in line.marked("link"):
            if is_generic(line.text[mark.start : mark.end]) or conference_link(mark.href):
                facts.labelled.setdefault("url", []).append(Part(line, mark.start, mark.end))


_FEW = 3
_BEGINS = re.compile(
    r"(?i)[\s(*_]*(?:(?:(?:already|only|exceptionally|schon|erst|diesmal|ausnahmsweise|exceptionnellement) )?"
    r"(?:starts?|starting|begins?|beginning|begin(?:nt)?|from|at|ab|um|dès|à|début|desde|empieza|inizia|dalle|alle|"
    r"começa|às|vanaf|om|begint)\s?:?\s)*"
)


def _whens(text: str) -> tuple[When, ...]:
    """In a column of times a dot is a colon: "08.00"."""
    return find_when(text) or find_when(_DOT.sub(r"\1:\2", text))


def _left_over(facts: Facts, line: Line, *, apart: bool) -> None:
    """What stands beside the time in a column of times is a place ("Rizal Room, Monday 10:30").

    On a line of its own any short name is one ("Tuesday, 11:00<br>Cypress"), and so it is behind a comma.
    """
    at = 0
    facts.all_day = facts.all_day or time_unknown(line.text)
    for when in (*_whens(line.text), None):
        end = when.at[0] if when else len(line.text)
        part = Part(line, at, end).trimmed()
        alone = part.start == 0 if apart else at > 0 and line.text.startswith(", ", at)
        named = alone and end == len(line.text) and _NAME.fullmatch(part.text) is not None
        kind = format_of(part.text) is not None and not part.text[-1:].isdigit()
        named = named and not kind and not surely_people(part.text)
        if part and (named or is_room(part.text)):
            facts.labelled.setdefault("where", []).append(part)
        at = when.at[1] if when else end


_NAME = re.compile(r"[A-ZÀ-Þ][\w'’.-]*(?:\s[A-ZÀ-Þ\d][\w'’.-]*){0,3}")


def _titled_row(book: Book, cell: Cell, facts: Facts, *, context: Context) -> None:
    """The session of a row whose title stands in a cell; the slot above holds where the row has no time."""
    own = analyse(cell.lines)
    own = _without_times_of_title(own) if facts.timed else own
    if facts.dated is not None and own.moments and not own.timed and cell.part is not None:
        own = Facts(texts=[(cell.part, False)])  # "Demo Friday"
    title = _title(book, own)
    if title is None and cell.part is not None and not own.moments:
        title = read_title(cell.part)  # "Office hours: table maintenance" is no label of hours
    if title is None or is_deadline(cell.text) or is_none(title.text):
        return
    if title.url is None and any(part.text.strip() for part in facts.labelled.get("who", ())):
        title = unpeopled(title)
    facts.take(own)
    facts.texts = own.texts
    facts.struck = own.struck
    if not facts.timed and context.slot is not None:
        facts.moments.append(context.slot)
    if not facts.timed and context.usual is not None and facts.dated is not None:
        day = book.day(facts.dated, context)
        if day is not None and not context.usual.holds(day.days.first, facts.dated):
            return
        facts = at_usual_hours(facts, context.usual)
        context = context._replace(day=day) if day is not None else context
    if facts.timed:
        emit(book, title, facts=facts, context=located(context, facts))
    elif facts.all_day and facts.dated is not None and (day := book.day(facts.dated, context)) is not None:
        emit(book, title, facts=facts, context=located(context, facts), found=[whole_days(day)])


def _without_times_of_title(own: Facts) -> Facts:
    """What a cell says, but for times that are words of its linked title ("[Fraud at 2 a.m.](u)")."""
    times = [one for one in own.moments if one.when.times]
    if not times or not all(_in_link(one) for one in times):
        return own
    line = times[0].line
    others = [(part, after) for part, after in own.texts if part.line is not line]
    return replace(own, moments=[], texts=[(Part(line, 0, len(line.text)).trimmed(), False), *others])


def _in_link(moment: Moment) -> bool:
    first, last = moment.when.at
    return any(mark.start < first and last <= mark.end for mark in moment.line.marked("link"))


def _title(book: Book, facts: Facts) -> Title | None:
    found = (read_title(part, known=book.known, rooms=book.rooms) for part, _ in facts.texts)
    return next((title for title in found if title), None)


def _room_cells(book: Book, row: Row, facts: Facts, *, table: Table, context: Context) -> None:
    """One session for each cell in a column of a room or a day; a cell over several rooms has none."""
    found: list[Slot] | None = None
    seen: set[str] = set()
    reach = Counter(cell.text for cell in row)
    for at, (cell, column) in enumerate(zip(row, table.columns, strict=False)):
        day = _day_above(book, table.header, at, context=context)
        if column is not None or not cell.text or (day is None and cell.text in seen) or is_none(cell.text):
            continue
        seen.add(cell.text)
        if id(cell) in table.spanned:
            found = slots(book, facts, context=context) if found is None else found
            _reach(book, table.spanned[id(cell)], found)
            continue
        before = len(book.sessions)
        own = _without_times_of_title(analyse(cell.lines)) if facts.timed else analyse(cell.lines)
        title = _title(book, own)
        if title is None:
            continue
        named = at < len(table.header) and table.header[at].text and reach[cell.text] == 1 and day is None
        inner = context._replace(room=table.header[at].part if named else None, day=day or context.day)
        own.labelled = {**facts.labelled, **own.labelled}
        if own.timed and facts.timed and (ends := _only_ends(own)):
            emit(book, title, facts=replace(own, moments=_begun(facts), ends=ends), context=inner)
        elif own.timed:
            emit(book, title, facts=own, context=inner)
        elif day is not None:
            emit(book, title, facts=own, context=inner, found=slots(book, facts, context=inner))
        else:
            found = slots(book, facts, context=context) if found is None else found
            emit(book, title, facts=own, context=inner, found=found)
            if len(book.sessions) == before + 1:
                table.spanned[id(cell)] = before


def _reach(book: Book, at: int, found: Sequence[Slot]) -> None:
    """A session whose cell spans several rows lasts to the end of the last of them."""
    session, slot = book.sessions[at], found[0] if len(found) == 1 else None
    if slot is not None and isinstance(slot.end, datetime) and isinstance(session.end, datetime):
        book.sessions[at] = replace(session, end=max(session.end, slot.end))


def _only_ends(facts: Facts) -> list[Times]:
    """The ends of a cell that says no more of its time ("Knots, until noon"), each as a time of its own."""
    said = [times for moment in facts.moments for times in moment.when.times]
    ends = [replace(times, start=times.end, end=None) for times in said if times.start is None and times.end]
    return ends if len(ends) == len(said) else []


def _begun(facts: Facts) -> list[Moment]:
    """The moments of a row without its ends."""
    return [
        Moment(one.line, replace(one.when, times=tuple(replace(t, end=None) for t in one.when.times)))
        for one in facts.moments
    ]


def _day_above(book: Book, header: Row, at: int, *, context: Context) -> DayContext | None:
    """The day that heads a column ("Mon 19 July")."""
    moment = header_day(header, at)
    return book.day(moment, context) if moment is not None else None
