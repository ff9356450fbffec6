"""Owns the grid of a table: its rows with spans filled, its header, and what each column holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from feeds.post import Block, Line
from feeds.understand.attended import whens_of
from feeds.understand.labels import LabelKind, label_kind
from feeds.understand.moments import Moment
from feeds.understand.part import Part
from feeds.understand.people import likely_people
from feeds.understand.phrases import words_for
from feeds.understand.when import find_when
from feeds.understand.when.values import When, Zone
from feeds.understand.when.zones import zone_at

Column = LabelKind | None


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell with its lines; `head` where it stands in a row of the header."""

    lines: tuple[Line, ...]
    head: bool = False

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(line.text for line in self.lines)

    @property
    def part(self) -> Part | None:
        """Its first line as a part."""
        return Part(self.lines[0], 0, len(self.lines[0].text)).trimmed() if self.lines else None

    @property
    def whens(self) -> list[When]:
        """The expressions with a clock time in it."""
        return [when for line in self.lines for when in whens_of(line) if when.times]


Row = Sequence[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What holds for all rows: the header, which may be empty, and what each column holds.

    `spanned` are the places in the book of sessions whose cells reach over several rows, by their identity.
    """

    header: Row
    columns: Sequence[Column]
    spanned: dict[int, int] = field(default_factory=dict)


def grid_of(table: Block | None) -> list[list[Cell]]:
    """Rows of equal meaning by column: spans are filled with the cell that reaches there."""
    carried: dict[int, tuple[int, Cell]] = {}
    rows: list[list[Cell]] = []
    for row in _rows(table) if table is not None else ():
        cells: list[Cell] = []
        for block in row.children:
            _carry(carried, cells)
            cell = Cell(block.lines, head=row.head)
            for _ in range(block.wide):
                if block.tall > 1:
                    carried[len(cells)] = (block.tall - 1, cell)
                cells.append(cell)
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
    """Add the cells of earlier rows that reach into this one here."""
    while (found := carried.get(len(cells))) is not None:
        left, cell = found
        if left == 1:
            del carried[len(cells)]
        else:
            carried[len(cells)] = (left - 1, cell)
        cells.append(cell)


def header_of(rows: Sequence[Row]) -> tuple[Row, Sequence[Row]]:
    """The header and the rows below; a first row is one where it is marked so or has two labels."""
    first = rows[0]
    marked = any(cell.head for cell in first)
    known = sum(1 for cell in first if label_kind(cell.text) is not None)
    timed = any(cell.whens for cell in first)
    if (marked or known >= 2 or (known == 1 and not timed)) and any(cell.text for cell in first):
        return first, rows[1:]
    return [], rows[1:] if marked else rows


def columns_of(header: Row, body: Sequence[Row]) -> list[Column]:
    """What each column holds, by its header, else by what stands in it."""
    width = max((len(row) for row in body), default=0)
    columns: list[Column] = [label_kind(header[at].text) if at < len(header) else None for at in range(width)]
    for at in range(width):
        if columns[at] is None and _mostly_timed(body, at):
            columns[at] = "when"
    columns = _one_of_people(_one_title(header, columns), body)
    columns = _without_zones_again(header, columns, body)
    if "title" not in columns:
        free = [at for at in range(width) if columns[at] in (None, "what")]
        before_time = "when" in columns and free and free[0] < columns.index("when")
        named = [at for at in free if _roomlike(header, columns, at=at)]
        # Beside a column of rooms none is called like one, and beside one of speakers there are titles.
        one_room = len(named) < 2 or "where" in columns or "who" in columns
        if free and (one_room or before_time) and header_day(header, free[0]) is None:
            columns[free[0]] = "title"
    return columns


def _one_of_people(columns: list[Column], body: Sequence[Row]) -> list[Column]:
    """Beside another, a column without a known name is that of the speakers where most cells name people."""
    if "who" in columns or sum(kind in (None, "title") for kind in columns) < _FEWEST:
        return columns
    shares = {at: _share_of_people(body, at) for at, kind in enumerate(columns) if kind is None}
    best = max(shares, key=lambda at: shares[at], default=None)
    if best is not None and shares[best] > _HALF:
        columns[best] = "who"
    return columns


def _share_of_people(body: Sequence[Row], at: int) -> float:
    """How many of the cells of a column name people; nothing where hardly any does."""
    cells = [row[at].text for row in body[:_SAMPLE] if at < len(row) and row[at].text]
    named = sum(likely_people(text) for text in cells)
    return named / len(cells) if named > 1 else 0


_HALF = 0.5
_FEWEST = 2
_SAMPLE = 40
"""Rows that show what a column holds."""


_TITLES = frozenset(words_for("column of titles"))


def _one_title(header: Row, columns: list[Column]) -> list[Column]:
    """Beside a column called "Title" one called "Session" has the number of it."""
    called = [at for at, cell in enumerate(header[: len(columns)]) if cell.text.lower().strip() in _TITLES]
    if len(called) != 1 or columns.count("title") < 2 or columns[called[0]] != "title":
        return columns
    return ["what" if kind == "title" and at != called[0] else kind for at, kind in enumerate(columns)]


def _without_zones_again(header: Row, columns: list[Column], body: Sequence[Row]) -> list[Column]:
    """Of several columns with hours in a zone each, the first; others with days of their own say it again."""
    zoned = [
        at
        for at, cell in enumerate(header[: len(columns)])
        if columns[at] == "when" and zone_of_header(cell) is not None
    ]
    again = [at for at in zoned[1:] if _says_days(body, at)]
    return ["what" if at in again else kind for at, kind in enumerate(columns)]


def zone_of_header(cell: Cell) -> Zone | None:
    """The zone that a header names, by its name or its abbreviation ("Tokyo (JST)")."""
    words = (zone_at(cell.text, word.start()) for word in _WORD.finditer(cell.text))
    return next((zone for zone in words if zone is not None and zone.kind != "local"), None)


_WORD = re.compile(r"[^\W\d_]+")


def _says_days(body: Sequence[Row], at: int) -> bool:
    """Whether a cell of a column says a day."""
    lines = (line for row in body[:_SAMPLE] if at < len(row) for line in row[at].lines)
    return any(when.days is not None for line in lines for when in find_when(line.text))


def _mostly_timed(body: Sequence[Row], at: int) -> bool:
    cells = [row[at] for row in body if at < len(row) and row[at].text]
    timed = sum(1 for cell in cells if _leading_time(cell.lines[0]))
    return bool(cells) and timed * 2 > len(cells)


def _leading_time(line: Line) -> bool:
    whens = find_when(line.text)
    said = sum(when.at[1] - when.at[0] for when in whens)
    return bool(whens) and said * 2 >= len(line.text)


def _roomlike(header: Row, columns: Sequence[Column], *, at: int) -> bool:
    """An unknown header beside a time column names a room or a track."""
    return at < len(header) and columns[at] is None and bool(header[at].text) and "when" in columns


def header_day(header: Row, at: int) -> Moment | None:
    """The day that heads a column ("Mon 19 July"), None where no day does."""
    for line in header[at].lines if at < len(header) else ():
        for when in find_when(line.text):
            if when.days is not None and not when.times:
                return Moment(line, when)
    return None
