"""Owns the block tree of a post's Markdown: what each block is and where; the parser stays behind this module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyromark

from feeds.post.block import Block, Kind
from feeds.post.html import inline_tag, read_html
from feeds.post.rich import LineBuilder
from feeds.source import Span

if TYPE_CHECKING:
    from feeds.source import Source

MOST_BLOCKS = 20_000
MOST_LEVELS = 60

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_DEFINITION_LIST
)


class TooMany(Exception):
    """More blocks than a post may have; `at` is the source offset of the first beyond."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at, self.most = at, MOST_BLOCKS


class TooDeep(Exception):
    """Blocks nested deeper than a post may have; `at` is a source offset."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at, self.most = at, MOST_LEVELS


def read_blocks(source: Source, body: int) -> tuple[Block, ...]:
    """The block tree of the text from `body` on.

    Raises: TooMany, TooDeep.
    """
    text = source.text[body:]
    return _Reader(_offsets(text, body)).read(text)


def _offsets(text: str, body: int) -> Callable[[int], int]:
    """From UTF-8 byte offsets in the parsed text to code points in the source."""
    if text.isascii():
        return lambda at: at + body
    data = text.encode()
    known = [0, body]  # the parser asks in nearly rising order: count on from the last answer

    def convert(at: int) -> int:
        last, answer = known
        if at >= last:
            answer += len(data[last:at].decode("utf-8", "ignore"))
        else:
            answer -= len(data[at:last].decode("utf-8", "ignore"))
        known[:] = [at, answer]
        return answer

    return convert


_CONTAINERS: dict[str, Kind] = {
    "BlockQuote": "quote",
    "List": "list",
    "Item": "item",
    "Table": "table",
    "TableHead": "row",
    "TableRow": "row",
    "DefinitionList": "list",
    "DefinitionListDefinition": "item",
    "FootnoteDefinition": "quote",
}
_LEAVES: dict[str, Kind] = {
    "Paragraph": "paragraph",
    "Heading": "heading",
    "TableCell": "cell",
    "CodeBlock": "code",
    "DefinitionListTitle": "term",
}
_INLINES = {"Strong": "strong", "Emphasis": "emphasis", "Strikethrough": "strike"}


@dataclass(slots=True)
class _Open:
    kind: Kind | None
    start: int
    tag: object
    children: list[Block]


class _Reader:
    def __init__(self, offset: Callable[[int], int]) -> None:
        self.offset = offset
        self.line = LineBuilder()
        self.stack: list[_Open] = [_Open(None, 0, None, [])]
        self.html: list[tuple[str, int]] | None = None
        self.count = 0

    def read(self, text: str) -> tuple[Block, ...]:
        for event, where in pyromark.events_with_range(text, options=_OPTIONS, merge_text=False):
            start, end = where["start"], where["end"]
            if isinstance(event, str):
                self._plain(event, start)
            elif "Start" in event:
                self._start(event["Start"], start)
            elif "End" in event:
                self._end(event["End"], start, end)
            else:
                self._content(event, start)
        self._flush(self.offset(len(text.encode())))
        return tuple(self.stack[0].children)

    def _plain(self, event: str, start: int) -> None:
        if event == "SoftBreak":
            self.line.space(self.offset(start))
        elif event == "HardBreak":
            self.line.end_line()
        elif event == "Rule":
            self._flush(self.offset(start))
            self._place(Block(kind="rule", span=Span(self.offset(start), self.offset(start))))

    def _start(self, tag: Any, start: int) -> None:
        name = tag if isinstance(tag, str) else next(iter(tag))
        if name in _CONTAINERS or name in _LEAVES:
            self._flush(self.offset(start))
            kind = _CONTAINERS.get(name) or _LEAVES[name]
            if len(self.stack) > MOST_LEVELS:
                raise TooDeep(self.offset(start))
            self.stack.append(_Open(kind, self.offset(start), tag, []))
        elif name in _INLINES:
            self.line.open(_INLINES[name])  # type: ignore[arg-type]  # the table holds mark kinds
        elif name == "Link":
            self.line.open("link", tag["Link"]["dest_url"])
        elif name == "Image":
            self.line.open("image", tag["Image"]["dest_url"])
        elif name == "HtmlBlock":
            self._flush(self.offset(start))
            self.html = []

    def _end(self, tag: Any, start: int, end: int) -> None:
        name = tag if isinstance(tag, str) else next(iter(tag))
        if name in _CONTAINERS:
            self._flush(self.offset(end))
            self._close_container(end)
        elif name in _LEAVES:
            self._close_leaf(start, end)
        elif name in _INLINES:
            self.line.close(_INLINES[name])  # type: ignore[arg-type]  # the table holds mark kinds
        elif name in ("Link", "Image"):
            self.line.close("link" if name == "Link" else "image")
        elif name == "HtmlBlock" and self.html is not None:
            pieces, self.html = self.html, None
            for block in read_html(pieces):
                self._place(block)

    def _close_container(self, end: int) -> None:
        entry = self.stack.pop()
        assert entry.kind is not None  # noqa: S101 - only the root has no kind, and it is never closed
        first = entry.tag["List"] if isinstance(entry.tag, dict) and "List" in entry.tag else None
        self._place(
            Block(
                kind=entry.kind,
                span=Span(entry.start, self.offset(end)),
                children=tuple(entry.children),
                ordered=first,
                head=entry.tag == "TableHead",
            )
        )

    def _close_leaf(self, start: int, end: int) -> None:
        entry = self.stack.pop()
        assert entry.kind is not None  # noqa: S101 - only the root has no kind, and it is never closed
        level = 0
        if isinstance(entry.tag, dict) and "Heading" in entry.tag:
            level = int(entry.tag["Heading"]["level"][1])
        lines = self.line.finish()
        span = Span(self.offset(start), self.offset(end))
        if lines or entry.kind == "cell":
            self._place(Block(kind=entry.kind, span=span, lines=lines, level=level))

    def _content(self, event: Any, start: int) -> None:
        if "Text" in event:
            self.line.add(event["Text"], self.offset(start))
        elif "Code" in event:
            self.line.open("code")
            self.line.add(event["Code"], self.offset(start) + 1)
            self.line.close("code")
        elif "Html" in event and self.html is not None:
            self.html.append((event["Html"], self.offset(start)))
        elif "InlineHtml" in event:
            inline_tag(event["InlineHtml"], self.offset(start), self.line)

    def _flush(self, end: int) -> None:
        """Text that stands directly in an item or a quote becomes a paragraph."""
        lines = self.line.finish()
        if lines:
            self._place(Block(kind="paragraph", span=Span(lines[0].span().start, end), lines=lines))

    def _place(self, block: Block) -> None:
        self.count += 1
        if self.count > MOST_BLOCKS:
            raise TooMany(block.span.start)
        self.stack[-1].children.append(block)
