"""Owns HTML inside Markdown: tags become blocks and marks, what no reader of the page sees falls out."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from feeds.post.block import Block, Kind
from feeds.post.rich import LineBuilder, MarkKind
from feeds.source import Span

# Bounded, and without nested repetition: a tag that never closes costs its own length, no more.
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:.-]{0,40})((?:\s[^<>]{0,2000})?)/?>")
_COMMENT = re.compile(r"<!--|<![A-Za-z\[]|<\?")
_ATTRIBUTE = re.compile(r"""([A-Za-z-]{1,30})\s{0,5}=\s{0,5}("[^"]*"|'[^']*'|[^\s"'>]+)""")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_MARKS: dict[str, MarkKind] = {
    "b": "strong", "strong": "strong", "th": "strong", "i": "emphasis", "em": "emphasis",
    "del": "strike", "s": "strike", "strike": "strike", "code": "code",
}  # fmt: skip
_HIDDEN = frozenset({"script", "style", "iframe", "svg", "template", "noscript", "object", "select"})
_INLINE = frozenset({"a", "abbr", "big", "cite", "font", "img", "kbd", "label", "mark", "q", "small", "span",
                     "sub", "sup", "time", "tt", "u", "wbr", "emoji", *_MARKS}) - {"th"}  # fmt: skip
_BLOCKS: dict[str, Kind] = {
    "table": "table", "tr": "row", "td": "cell", "th": "cell",
    "ul": "list", "ol": "list", "dl": "list", "li": "item", "dd": "item", "blockquote": "quote",
    "dt": "term", "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading",
    "h6": "heading",
}  # fmt: skip
_MOST_OPEN = 60


def inline_tag(tag: str, source: int, line: LineBuilder) -> None:
    """What one inline tag means for the line it stands in."""
    found = _TAG.match(tag)
    if not found:
        return
    closing, name, attributes = found[1] == "/", found[2].lower(), found[3]
    if name == "br" or (name == "p" and closing):
        line.end_line()
    elif name == "a":
        line.close("link") if closing else line.open("link", _attribute(attributes, "href"))
    elif name in _MARKS:
        line.close(_MARKS[name]) if closing else line.open(_MARKS[name])
    elif name not in _INLINE:
        line.space(source)


def _attribute(attributes: str, name: str) -> str:
    for found in _ATTRIBUTE.finditer(attributes):
        if found[1].lower() == name:
            return html.unescape(found[2].strip("\"'"))
    return ""


def read_html(pieces: Sequence[tuple[str, int]]) -> tuple[Block, ...]:
    """Blocks of an HTML block given as (text, source offset) pieces."""
    return _HtmlReader(pieces).read()


@dataclass(slots=True)
class _Open:
    kind: Kind | None
    name: str
    start: int
    attributes: str = ""
    children: list[Block] = field(default_factory=list)


class _HtmlReader:
    def __init__(self, pieces: Sequence[tuple[str, int]]) -> None:
        self.text = "".join(text for text, _ in pieces)
        self.offset = _offset_in(pieces)
        self.line = LineBuilder()
        self.stack = [_Open(None, "", self.offset(0))]

    def read(self) -> tuple[Block, ...]:
        for start, end, tag in self._tokens():
            if tag is None:
                self._words(start, end)
            else:
                self._tag(tag, start)
        while len(self.stack) > 1:
            self._close(self.stack[-1].name, len(self.text))
        self._flush(len(self.text))
        return tuple(self.stack[0].children)

    def _tokens(self) -> Iterator[tuple[int, int, re.Match[str] | None]]:
        """Stretches of text and tags, comments and hidden elements left out."""
        at, size = 0, len(self.text)
        while at < size:
            nearest = self.text.find("<", at)
            if nearest == -1:
                nearest = size
            if nearest > at:
                yield at, nearest, None
            if nearest == size:
                return
            tag = _TAG.match(self.text, nearest)
            if tag is None:
                at = self._skip_comment(nearest)
                if at == nearest:
                    yield nearest, nearest + 1, None
                    at = nearest + 1
                continue
            at = tag.end()
            if tag[2].lower() in _HIDDEN and not tag[1] and not tag[0].endswith("/>"):
                close = self.text.lower().find(f"</{tag[2].lower()}", at) if size < 100_000 else -1
                at = close if close != -1 else size
                continue
            yield nearest, at, tag

    def _skip_comment(self, at: int) -> int:
        if not _COMMENT.match(self.text, at):
            return at
        mark = "-->" if self.text.startswith("<!--", at) else ">"
        end = self.text.find(mark, at)
        return len(self.text) if end == -1 else end + len(mark)

    def _words(self, start: int, end: int) -> None:
        at = start
        for found in _ENTITY.finditer(self.text, start, end):
            self._add(self.text[at : found.start()], at)
            self.line.add(html.unescape(found[0]), self.offset(found.start()))
            at = found.end()
        self._add(self.text[at:end], at)

    def _add(self, text: str, at: int) -> None:
        for found in re.finditer(r"[^\n]+|\n", text):
            if found[0] == "\n":
                self.line.space(self.offset(at + found.start()))
            elif words := found[0].lstrip():
                lead = len(found[0]) - len(words)
                if lead and found.start():
                    self.line.space(self.offset(at + found.start()))
                self.line.add(found[0] if not found.start() else words, self.offset(at + found.start()))
            else:
                self.line.space(self.offset(at + found.start()))

    def _tag(self, tag: re.Match[str], start: int) -> None:
        closing, name = tag[1] == "/", tag[2].lower()
        if name in _INLINE or name == "br":
            inline_tag(tag[0], self.offset(start), self.line)
            return
        kind = _BLOCKS.get(name)
        if closing and kind:
            self._close(name, start)
        elif kind and len(self.stack) < _MOST_OPEN:
            self._open(kind, name, start, tag[3])
        else:
            self._flush(start)

    def _open(self, kind: Kind, name: str, start: int, attributes: str) -> None:
        for open_name in _closed_by(name):
            if self.stack[-1].name == open_name:
                self._close(open_name, start)
        self._flush(start)
        self.stack.append(_Open(kind, name, self.offset(start), attributes))
        if name == "th":
            self.line.open("strong")

    def _close(self, name: str, end: int) -> None:
        if all(entry.name != name for entry in self.stack[1:]):
            self._flush(end)
            return
        while True:
            entry = self.stack[-1]
            self._close_one(entry, end)
            if entry.name == name:
                return

    def _close_one(self, entry: _Open, end: int) -> None:
        if entry.kind in ("cell", "term", "heading"):
            lines = self.line.finish()
        else:
            self._flush(end)
            lines = ()
        self.stack.pop()
        children = entry.children
        if entry.kind == "cell":  # blocks inside a cell give it their lines
            lines = tuple(line for block in children for line in _lines_of(block)) + lines
            children = []
        head = entry.kind == "row" and bool(children) and all(cell.head for cell in children)
        if not (lines or children or entry.kind == "cell"):
            return
        self.stack[-1].children.append(
            Block(
                kind=entry.kind or "paragraph",
                span=Span(entry.start, self.offset(end)),
                lines=lines,
                children=tuple(children),
                level=int(entry.name[1]) if entry.kind == "heading" else 0,
                ordered=1 if entry.name == "ol" else None,
                head=head or entry.name == "th",
                wide=_count(entry.attributes, "colspan"),
                tall=_count(entry.attributes, "rowspan"),
            )
        )

    def _flush(self, end: int) -> None:
        lines = self.line.finish()
        if lines:
            span = Span(lines[0].span().start, self.offset(end))
            self.stack[-1].children.append(Block(kind="paragraph", span=span, lines=lines))


def _closed_by(name: str) -> tuple[str, ...]:
    """Elements whose end tag may be left out before this one (HTML, 13.1.2.4)."""
    match name:
        case "td" | "th":
            return ("td", "th")
        case "tr":
            return ("td", "th", "tr")
        case "li":
            return ("li",)
        case "dt" | "dd":
            return ("dt", "dd")
        case _:
            return ()


def _lines_of(block: Block) -> Iterator[object]:
    yield from block.lines
    for child in block.children:
        yield from _lines_of(child)


def _count(attributes: str, name: str) -> int:
    value = _attribute(attributes, name)
    return min(int(value), 50) if value.isdecimal() and len(value) < 4 and int(value) > 0 else 1


def _offset_in(pieces: Sequence[tuple[str, int]]) -> Callable[[int], int]:
    from bisect import bisect_right

    starts, sources, at = [], [], 0
    for text, source in pieces:
        starts.append(at)
        sources.append(source)
        at += len(text)

    def offset(place: int) -> int:
        index = max(bisect_right(starts, place) - 1, 0)
        return sources[index] + place - starts[index] if starts else 0

    return offset
