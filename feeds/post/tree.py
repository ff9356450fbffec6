"""Owns the growing of one block tree of bounded size from what Markdown and HTML open and close."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from feeds.post.block import Block, Kind
from feeds.post.rich import Line, LineBuilder
from feeds.source import Span

MOST_BLOCKS = 8_000
"""A table of a thousand talks has seven thousand."""

MOST_LEVELS = 60
MOST_PIECES = 100_000
"""Words, breaks and tags: several times what the longest readable post has."""

MOST_CHARACTERS, MOST_MARKS = 100_000, 1_000
"""Of one line: nobody reads a paragraph of thirty pages, or of a thousand links."""

_LEAVES = ("heading", "paragraph", "cell", "code", "term")
_PARTS_OF_TABLES = ("table", "row", "cell")


class TooManyError(Exception):
    """More of something than a post may have: how many of what, and the source offset of the first beyond."""

    def __init__(self, at: int, *, most: int, what: str) -> None:
        super().__init__(at)
        self.at, self.most, self.what = at, most, what


class TooDeepError(Exception):
    """Blocks nested deeper than a post may have; `at` is a source offset."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at, self.most = at, MOST_LEVELS


@dataclass(slots=True, kw_only=True)
class Frame:
    """A block that is not closed yet. Without a kind it only groups: its children become its parent's."""

    kind: Kind | None
    name: str
    start: int
    markdown: bool = False
    level: int = 0
    ordered: int | None = None
    head: bool = False
    wide: int = 1
    tall: int = 1
    children: list[Block] = field(default_factory=list)


class Tree:
    """The blocks so far and the line that is being collected. Offsets are the source's."""

    def __init__(self) -> None:
        self.line = LineBuilder()
        self.link: str | None = None
        self._stack = [Frame(kind=None, name="", start=0, markdown=True)]
        self._count = self._pieces = 0

    def count_piece(self, at: int) -> None:
        """Note one more piece of markup. Raises: TooManyError."""
        self._pieces += 1
        if self._pieces > MOST_PIECES:
            raise TooManyError(at, most=MOST_PIECES, what="pieces of markup")

    def open(self, frame: Frame) -> None:
        """Begin a block. Raises: TooDeepError."""
        self.flush(frame.start)
        if len(self._stack) > MOST_LEVELS:
            raise TooDeepError(frame.start)
        self._stack.append(frame)

    def top(self) -> Frame:
        """The innermost open block."""
        return self._stack[-1]

    def inside(self, name: str) -> bool:
        """Whether a block of that name is open."""
        return any(frame.name == name for frame in self._stack)

    def html(self) -> list[Frame]:
        """The open blocks that HTML opened inside of the innermost that Markdown did, outermost first."""
        first = next(at for at in range(len(self._stack) - 1, -1, -1) if self._stack[at].markdown)
        return self._stack[first + 1 :]

    def close_html(self, name: str, end: int) -> None:
        """End the innermost HTML block of a name and all in it; a stray end tag only ends the line."""
        if not any(frame.name == name for frame in self.html()):
            self.flush(end)
            return
        while self._close(end).name != name:
            pass

    def close_markdown(self, end: int) -> None:
        """End the innermost Markdown block and whatever HTML left open in it."""
        while not self._close(end).markdown:
            pass

    def finish(self, end: int) -> tuple[Block, ...]:
        """All blocks."""
        while len(self._stack) > 1:
            self._close(end)
        self.flush(end)
        return tuple(self._stack[0].children)

    def flush(self, end: int) -> None:
        """Text that stands directly in a container becomes a paragraph."""
        if lines := self._lines():
            self._place(Block(kind="paragraph", span=Span(lines[0].span().start, end), lines=lines))

    def rule(self, at: int) -> None:
        """A thematic break."""
        self.flush(at)
        self._place(Block(kind="rule", span=Span(at, at)))

    def _lines(self) -> tuple[Line, ...]:
        lines = self.line.finish()
        if self._stack[-1].kind != "code":
            for line in lines:
                _check_length(line)
        if self.link is not None:  # in HTML a link may hold whole blocks
            self.line.open("link", self.link)
        return lines

    def _close(self, end: int) -> Frame:
        frame = self._stack[-1]
        lines: tuple[Line, ...] = ()
        if frame.kind in _LEAVES:
            last = self._lines()
            lines = tuple(line for block in frame.children for line in _lines_of(block)) + last
            frame.children = []
        else:
            self.flush(end)
        self._stack.pop()
        if frame.kind is None:
            self._stack[-1].children += frame.children
        elif lines or frame.children or frame.kind == "cell":
            self._place(_block(frame, lines, end))
        return frame

    def _place(self, block: Block) -> None:
        self._count += 1
        if self._count > MOST_BLOCKS:
            raise TooManyError(block.span.start, most=MOST_BLOCKS, what="blocks")
        frame = self._stack[-1]
        if block.kind not in _PARTS_OF_TABLES[1:] and frame.kind in ("table", "row"):
            frame = self._before_table()
        frame.children.append(block)

    def _before_table(self) -> Frame:
        """A table's text outside of its cells, such as a caption, stands before it, as in browsers."""
        return next(frame for frame in reversed(self._stack) if frame.kind not in ("table", "row"))


def _check_length(line: Line) -> None:
    if len(line.marks) > MOST_MARKS:
        raise TooManyError(line.span().start, most=MOST_MARKS, what="links and marks in one paragraph")
    if len(line.text) > MOST_CHARACTERS:
        raise TooManyError(line.span().start, most=MOST_CHARACTERS, what="characters in one paragraph")


def _block(frame: Frame, lines: tuple[Line, ...], end: int) -> Block:
    assert frame.kind is not None  # noqa: S101 - the caller asked
    row_of_heads = frame.kind == "row" and all(cell.head for cell in frame.children)
    return Block(
        kind=frame.kind,
        span=Span(frame.start, end),
        lines=lines,
        children=tuple(frame.children),
        level=frame.level,
        ordered=frame.ordered,
        head=frame.head or row_of_heads,
        wide=frame.wide,
        tall=frame.tall,
    )


def _lines_of(block: Block) -> Iterator[Line]:
    yield from block.lines
    for child in block.children:
        yield from _lines_of(child)
