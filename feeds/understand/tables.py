"""Owns schedules in tables: what each column means, and the sessions of each row or cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from feeds.post import Block, Line
from feeds.understand.context import Book, Context, slots
from feeds.understand.draft import Read
from feeds.understand.emit import emit
from feeds.understand.events import is_deadline
from feeds.understand.facts import Facts, Moment, analyse
from feeds.understand.labels import LabelKind, label_kind
from feeds.understand.outline import Scope
from feeds.understand.part import Part
from feeds.understand.rooms import is_room
from feeds.understand.titles import read_title
from feeds.understand.when import find_when, find_zone_note
from feeds.understand.when.values import When

Column = LabelKind | None
MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its lines; `repeated` where it only reaches into this row from an earlier one."""

    lines: tuple[Line, ...]
    repeated: bool = False

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(line.text for line in self.lines)

    @property
    def part(self) -> Part | None:
        """Its first line as a part."""
        return Part(self.lines[0], 0, len(self.lines[0].text)).trimmed() if self.lines else None


def table_has_times(scope: Scope) -> bool:
    """Whether any cell of a table says a clock time."""
    assert scope.block is not None  # noqa: S101 - table scopes have one
    return any(when.times for row in _grid(scope.block) for cell in row for line in cell.lines
               for when in find_when(line.text))  # fmt: skip


def read_table(book: Book, scope: Scope, *, context: Context) -> None:
    """The sessions of a table. A header names the columns; unknown headers beside a time are rooms."""
    assert scope.block is not None  # noqa: S101 - table scopes have one
    rows = _grid(scope.block)
    if len(rows) < 1:
        return
    header, body = _header(scope.block, rows)
    columns = _columns(header, body)
    context = _header_zone(header, context)
    meridiems = tuple(sorted({clock.meridiem for row in body for cell in row for line in cell.lines
                              for when in find_when(line.text) for times in when.times
                              for clock in (times.start, times.end) if clock and clock.meridiem}))  # fmt: skip
    context = context.within(meridiems=meridiems)
    day = None
    for row in body[:MOST_ROWS]:
        day = _row(book, row, header, columns, context.within(day=day or context.day))


def _grid(table: Block) -> list[list[Cell]]:
    """Rows of equal meaning by column: spans are filled with the cell that reaches there."""
    carried: dict[int, tuple[int, Cell]] = {}
    rows: list[list[Cell]] = []
    for row in _rows(table):
        cells: list[Cell] = []
        for block in row.children:
            _carry(carried, cells)
            cell = Cell(block.lines)
            for extra in range(block.wide):
                if block.tall > 1:
                    carried[len(cells)] = (block.tall - 1, Cell(block.lines, repeated=True))
                cells.append(cell if extra == 0 else Cell(block.lines, repeated=True))
        _carry(carried, cells)
        rows.append(cells)
    return rows


def _rows(block: Block) -> Iterator[Block]:
    for child in block.children:
        if child.kind == "row":
            yield child
        else:
            yield from _rows(child)


def _carry(carried: dict[int, tuple[int, Cell]], cells: list[Cell]) -> None:
    while (found := carried.get(len(cells))) is not None:
        left, cell = found
        if left == 1:
            del carried[len(cells)]
        else:
            carried[len(cells)] = (left - 1, cell)
        cells.append(cell)


def _header(table: Block, rows: list[list[Cell]]) -> tuple[list[Cell], list[list[Cell]]]:
    first = rows[0]
    marked = next(iter(_rows(table))).head
    known = sum(1 for cell in first if label_kind(cell.text) is not None)
    timed = any(when.times for cell in first for line in cell.lines for when in find_when(line.text))
    if (marked or known >= 2 or (known == 1 and not timed)) and any(cell.text for cell in first):
        return first, rows[1:]
    return [], rows[1:] if marked else rows


def _columns(header: Sequence[Cell], body: Sequence[Sequence[Cell]]) -> list[Column]:
    """What each column holds, by its header, else by what stands in it."""
    width = max((len(row) for row in body), default=0)
    columns: list[Column] = [label_kind(header[at].text) if at < len(header) else None for at in range(width)]
    for at in range(width):
        if columns[at] is None and _mostly_timed(body, at):
            columns[at] = "when"
    if "title" not in columns:
        free = [at for at in range(width) if columns[at] in (None, "what")]
        before_time = "when" in columns and free and free[0] < columns.index("when")
        named = [at for at in free if _roomlike(header, columns, at)]
        if free and (len(named) < 2 or before_time):
            columns[free[0]] = "title"
    return columns


def _mostly_timed(body: Sequence[Sequence[Cell]], at: int) -> bool:
    cells = [row[at] for row in body if at < len(row) and row[at].text]
    timed = sum(1 for cell in cells if any(_leading_time(line) for line in cell.lines))
    return bool(cells) and timed * 2 > len(cells)


def _leading_time(line: Line) -> bool:
    whens = find_when(line.text)
    said = sum(when.at[1] - when.at[0] for when in whens)
    return bool(whens) and said * 2 >= len(line.text)


def _roomlike(header: Sequence[Cell], columns: Sequence[Column], at: int) -> bool:
    """An unknown header beside a time column names a room or a track."""
    return at < len(header) and columns[at] is None and bool(header[at].text) and "when" in columns


def _header_zone(header: Sequence[Cell], context: Context) -> Context:
    for cell in header:
        for line in cell.lines:
            if zone := find_zone_note(line.text):
                read = Read(
                    how="inherited", span=line.span(*zone.at), why="the column's header says the zone"
                )
                return context.within(zone=zone, zone_read=read)
    return context


def _row(
    book: Book, row: Sequence[Cell], header: Sequence[Cell], columns: Sequence[Column], context: Context
):  # type: ignore[no-untyped-def]
    """Read one row; the result is the day it leaves for the rows after it."""
    facts = Facts()
    for at, cell in enumerate(row[: len(columns)]):
        _cell(facts, cell, columns[at])
    day = next((found for moment in facts.moments if (found := book.day(moment, context))), None)
    titled = [at for at in range(min(len(row), len(columns))) if columns[at] == "title" and row[at].text]
    if titled:
        _titled_row(book, row[titled[0]], facts, context)
        return day
    if facts.timed and "title" not in columns and None not in columns and context.title is not None:
        borrowed = read_title(context.title)
        if borrowed is not None:
            emit(
                book,
                borrowed,
                facts=facts,
                found=slots(book, facts, context=context),
                context=context,
                scope=Scope(kind="item"),
            )
        return day
    if facts.timed:
        _room_cells(book, row, header, columns, facts, context)
    return day


def _cell(facts: Facts, cell: Cell, column: Column) -> None:
    match column:
        case "when" | "end":
            moments = [Moment(line, when) for line in cell.lines for when in _whens(line.text)]
            if column == "end":
                facts.ends += [times for moment in moments for times in moment.when.times]
            else:
                facts.moments += moments
                for line in cell.lines:
                    _left_over(facts, line)
        case "where" | "who" | "url" | "track" | "format" | "city":
            for line in cell.lines:
                facts.labelled.setdefault(column, []).append(Part(line, 0, len(line.text)))
        case _:
            return


def _whens(text: str) -> tuple[When, ...]:
    """In a column of times a dot is a colon: "08.00"."""
    return find_when(text) or find_when(re.sub(r"(\d)\.(\d\d)(?!\d)", r"\1:\2", text))


def _left_over(facts: Facts, line: Line) -> None:
    """What stands beside the time in a column of times is a place ("Rizal Room, Monday 10:30")."""
    at = 0
    for when in (*_whens(line.text), None):
        end = when.at[0] if when else len(line.text)
        part = Part(line, at, end).trimmed()
        if part and is_room(part.text):
            facts.labelled.setdefault("where", []).append(part)
        at = when.at[1] if when else end


def _titled_row(book: Book, cell: Cell, facts: Facts, context: Context) -> None:
    own = analyse(cell.lines)
    title = next(
        (t for part, _ in own.texts if (t := read_title(part, known=book.known, rooms=book.rooms))), None
    )
    if title is None or is_deadline(cell.text):
        return
    facts.take(own)
    facts.texts = own.texts
    facts.struck = own.struck
    scope = Scope(kind="item", lines=cell.lines)
    if not facts.timed and context.slot is not None:
        facts.moments.append(context.slot[0])
    if facts.timed:
        emit(
            book, title, facts=facts, found=slots(book, facts, context=context), context=context, scope=scope
        )


def _room_cells(book: Book, row: Sequence[Cell], header: Sequence[Cell], columns: Sequence[Column], facts: Facts,
                context: Context) -> None:  # fmt: skip
    """One session for each cell in a column that stands for a room; a cell over all rooms has none."""
    seen: list[tuple[Line, ...]] = []
    found = slots(book, facts, context=context)
    for at in range(min(len(row), len(columns))):
        cell = row[at]
        if columns[at] is not None or not cell.text or cell.lines in seen:
            continue
        seen.append(cell.lines)
        reach = sum(1 for other in row if other.lines == cell.lines)
        own = analyse(cell.lines)
        title = next(
            (t for part, _ in own.texts if (t := read_title(part, known=book.known, rooms=book.rooms))), None
        )
        if title is None:
            continue
        own.labelled = {**facts.labelled, **own.labelled}
        if at < len(header) and header[at].text and reach == 1:
            room = header[at].part
            inner = context.within(room=room)
        else:
            inner = context.within(room=None)
        emit(book, title, facts=own, found=slots(book, own, context=inner) if own.timed else found, context=inner, scope=Scope(kind="item", lines=cell.lines))  # fmt: skip


def renamed(context: Context) -> Context:
    """The context inside a table: no session above it lends its title."""
    return replace(context, title=None)
