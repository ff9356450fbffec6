"""Owns the reading of Markdown into blocks with their places; the parser stays behind this module."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import pyromark

from feeds.post.block import Block, Kind
from feeds.post.html import HtmlReader, offset_in
from feeds.post.mask import mask
from feeds.post.rich import MarkKind
from feeds.post.tree import Frame, Tree
from feeds.source import Source

Offset = Callable[[int], int]

_OPTIONS: Final = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_DEFINITION_LIST
)
_KINDS: Final[dict[str, Kind]] = {
    "BlockQuote": "quote",
    "List": "list",
    "Item": "item",
    "Table": "table",
    "TableHead": "row",
    "TableRow": "row",
    "DefinitionList": "list",
    "DefinitionListDefinition": "item",
    "FootnoteDefinition": "quote",
    "Paragraph": "paragraph",
    "Heading": "heading",
    "TableCell": "cell",
    "CodeBlock": "code",
    "DefinitionListTitle": "term",
}
_MARKS: Final[dict[str, MarkKind]] = {"Strong": "strong", "Emphasis": "emphasis", "Strikethrough": "strike"}


def read_blocks(source: Source, body: int) -> tuple[Block, ...]:
    """The block tree of the text from `body` on.

    Raises: TooManyError, TooDeepError.
    """
    text, breaks = mask(source.text[body:])
    tree = Tree()
    html = HtmlReader(tree, text, body)
    ends = frozenset(at + body for at in breaks)
    reader = _Reader(tree, html, _offsets(text, body), ends, mdx=source.path.lower().endswith(".mdx"))
    reader.read(text)
    return tree.finish(len(source.text))


def _offsets(text: str, body: int) -> Offset:
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


class _Reader:
    """Turns the parser's events into blocks. `breaks` are newlines that end a line, as hard breaks do."""

    def __init__(
        self, tree: Tree, html: HtmlReader, offset: Offset, breaks: frozenset[int], *, mdx: bool
    ) -> None:
        self.tree, self.html, self.offset, self.breaks, self.mdx = tree, html, offset, breaks, mdx
        self.pieces: list[tuple[str, int]] | None = None
        self.code: list[tuple[str, int]] | None = None

    def read(self, text: str) -> None:
        """Raises: TooManyError, TooDeepError."""
        for event, where in pyromark.events_with_range(text, options=_OPTIONS, merge_text=False):
            kind, value = _named(event)
            if kind == "End":
                self._end(_named(value)[0], where["end"])
                continue
            start = self.offset(where["start"])
            self.tree.count_piece(start)
            match kind:
                case "Start":
                    self._start(*_named(value), start)
                case "Text" | "Code" | "Html" | "InlineHtml":
                    self._content(kind, value, start, where["end"])
                case _:
                    self._plain(kind, start)

    def _plain(self, event: str, start: int) -> None:
        match event:
            case "HardBreak":
                self.tree.line.end_line()
            case "SoftBreak" if start in self.breaks:
                self.tree.line.end_line()
            case "SoftBreak":
                self.tree.line.space(start)
            case "Rule":
                self.tree.rule(start)

    def _start(self, name: str, value: Any, start: int) -> None:
        match name:
            case "Strong" | "Emphasis" | "Strikethrough":
                self.tree.line.open(_MARKS[name])
            case "Link":
                self.tree.line.open("link", value["dest_url"])
            case "Image":
                self.tree.line.open("image", value["dest_url"])
            case "HtmlBlock":
                self.tree.flush(start)
                self.pieces = []
            case "CodeBlock" if self.mdx and value == "Indented":  # MDX has no code by indent
                self.code = []
            case _ if name in _KINDS:
                self.tree.open(_frame(name, value, start))

    def _end(self, name: str, end: int) -> None:
        match name:
            case "Strong" | "Emphasis" | "Strikethrough":
                self.tree.line.close(_MARKS[name])
            case "Link":
                self.tree.line.close("link")
            case "Image":
                self.tree.line.close("image")
            case "HtmlBlock" if self.pieces is not None:
                pieces, self.pieces = self.pieces, None
                self.html.read(pieces)
            case "CodeBlock" if self.code is not None:
                code, self.code = self.code, None
                self._nested(code)
            case _ if name in _KINDS:
                self.tree.close_markdown(self.offset(end))

    def _content(self, kind: str, text: str, start: int, end: int) -> None:
        if start < self.html.mute:
            if kind == "Text":  # the rest of a line in which a comment ends
                self.tree.line.add(text[self.html.mute - start :], self.html.mute)
            return
        match kind:
            case "Text" if self.code is not None:
                self.code.append((text, start))
            case "Text":
                self.tree.line.add(text, start)
            case "Code":
                self.tree.line.open("code")
                ticks = (self.offset(end) - start - len(text)) // 2
                self.tree.line.add(text, start + max(ticks, 1))
                self.tree.line.close("code")
            case "Html" if self.pieces is not None:
                self.pieces.append((text, start))
            case "InlineHtml":
                self.html.inline(text, start)

    def _nested(self, pieces: Sequence[tuple[str, int]]) -> None:
        """Text that MDX takes for prose though it is indented, once its indent is gone."""
        text = "".join(piece for piece, _ in pieces)
        inner, outer = _offsets(text, 0), offset_in(pieces)
        deeper = _Reader(self.tree, self.html, lambda at: outer(inner(at)), self.breaks, mdx=False)
        deeper.read(text)
        self.tree.flush(outer(len(text)))


def _named(tag: Any) -> tuple[str, Any]:
    """A tag or an event is its name alone or one pair of name and value."""
    return (tag, None) if isinstance(tag, str) else next(iter(tag.items()))


def _frame(name: str, value: Any, start: int) -> Frame:
    return Frame(
        kind=_KINDS[name],
        name=name,
        start=start,
        markdown=True,
        level=int(value["level"][1]) if name == "Heading" else 0,
        ordered=value if name == "List" else None,
        head=name == "TableHead",
    )
