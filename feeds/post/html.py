"""Owns HTML inside Markdown: tags become blocks and marks, what no reader of the page sees falls out."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from feeds.post.block import Kind
from feeds.post.rich import MarkKind
from feeds.post.tree import Frame, Tree

_NAME: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:._-]{0,60})(?=[\s/>])")
_UNQUOTED: Final = re.compile(r"[^<>\"']*")
_ATTRIBUTE: Final = re.compile(r"""([A-Za-z-]{1,30})\s{0,5}=\s{0,5}("[^"]*"|'[^']*'|[^\s"'>]+)""")
_COMMENT: Final = re.compile(r"<!--|<![A-Za-z\[]|<\?")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINES: Final = re.compile(r"\S[^\n]*|\s+")
_MOST_ATTRIBUTES: Final = 100

_MARKS: Final[dict[str, MarkKind]] = {
    "b": "strong",
    "strong": "strong",
    "i": "emphasis",
    "em": "emphasis",
    "del": "strike",
    "s": "strike",
    "strike": "strike",
    "code": "code",
}
_INLINE: Final = frozenset(
    {"abbr", "big", "cite", "font", "img", "kbd", "label", "mark", "q", "small", "span", "sub", "sup", "time"}
    | {"tt", "u", "wbr", "emoji"}
)
_HIDDEN: Final = frozenset({"script", "style", "iframe", "svg", "template", "noscript", "object", "select"})
_BLOCKS: Final[dict[str, Kind | None]] = {
    "table": "table",
    "thead": None,
    "tr": "row",
    "td": "cell",
    "th": "cell",
    "ul": "list",
    "ol": "list",
    "dl": "list",
    "li": "item",
    "dd": "item",
    "dt": "term",
    "blockquote": "quote",
    "h1": "heading",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
    "summary": "paragraph",
}
_STRONG: Final = ("th", "summary")
# Elements that may hold Markdown of their own behind an empty line.
_LASTING: Final = frozenset({"table", "ul", "ol", "dl", "blockquote"})
# Elements whose end tag may be left out before this one (HTML, 13.1.2.4).
_ENDED_BY: Final = {
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("td", "th", "tr"),
    "tbody": ("td", "th", "tr", "thead"),
    "tfoot": ("td", "th", "tr", "thead"),
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
}


_HEADING: Final = re.compile(r"^tab|tab$|tabitem|accordion")
"""Components that show their label above what they hold."""


@dataclass(frozen=True, slots=True)
class _Tag:
    """A start or end tag and where it ends in the text it was read from."""

    closing: bool
    name: str
    attributes: str
    end: int
    empty: bool
    component: bool = False

    def value(self, name: str) -> str | None:
        for found in _ATTRIBUTE.finditer(self.attributes):
            if found[1].lower() == name:
                return html.unescape(found[2].strip("\"'"))
        return None

    @property
    def heading(self) -> str | None:
        """What a component shows above what it holds (`<TabItem label="Tuesday, June 17">`)."""
        shows = self.component and _HEADING.search(self.name) and not (self.closing or self.empty)
        return (self.value("label") or self.value("title")) if shows else None

    def count(self, name: str) -> int:
        """A span of rows or columns: 1 to 50."""
        value = self.value(name) or ""
        return min(int(value), 50) if re.fullmatch(r"0{0,3}[1-9][0-9]{0,3}", value) else 1

    @property
    def target(self) -> str:
        """Where a link leads."""
        return self.value("href") or self.value("to") or ""

    @property
    def linking(self) -> bool:
        """Whether it begins or ends a link, as a component with an address does (`<Button href=…>`)."""
        return self.name in ("a", "Link") or (self.component and not self.closing and bool(self.target))


class HtmlReader:
    """Reads the HTML of one post into its tree. Before `mute`, a source offset, all is a comment."""

    def __init__(self, tree: Tree, text: str, body: int) -> None:
        self.mute = 0
        self._tree, self._text, self._body = tree, text, body
        self._last: dict[str, int] = {}
        self._links: list[str] = []

    def inline(self, text: str, source: int) -> None:
        """What one tag inside of a line means."""
        tag = _tag_at(text, 0)
        if tag is None or self._mark(tag):
            return
        line = self._tree.line
        if tag.name in _BLOCKS or tag.name in ("br", "p", "div"):
            line.end_line()
        elif tag.name not in _INLINE:
            line.space(source)

    def read(self, pieces: Sequence[tuple[str, int]]) -> None:
        """What one HTML block means, given as (text, source offset) pieces."""
        text, offset = "".join(piece for piece, _ in pieces), offset_in(pieces)
        at = 0
        while at < len(text):
            self._tree.count_piece(offset(at))
            at = self._step(text, at, offset)
        self._block_ends(offset(len(text)))

    def _block_ends(self, end: int) -> None:
        """Lists and tables go on behind an empty line, where their end tag is still to come."""
        for frame in self._tree.html():
            if frame.name not in _LASTING or not self._comes_after(f"</{frame.name}", end):
                self._tree.close_html(frame.name, end)
            else:
                break
        else:
            self._tree.link = None
        self._tree.flush(end)

    def _step(self, text: str, at: int, offset: Callable[[int], int]) -> int:
        """Reads one stretch of text, tag or comment; the place behind it."""
        if offset(at) < self.mute:
            return min(at + self.mute - offset(at), len(text))
        nearest = text.find("<", at)
        if nearest != at:
            end = len(text) if nearest == -1 else nearest
            self._words(text, at, end, offset)
            return end
        tag = _tag_at(text, at)
        if tag is not None:
            self._tag(tag, offset(at))
            return _past_hidden(tag, text) if tag.name in _HIDDEN else tag.end
        if _COMMENT.match(text, at):
            return self._past_comment(text, at, offset)
        self._tree.line.add("<", offset(at))
        return at + 1

    def _past_comment(self, text: str, at: int, offset: Callable[[int], int]) -> int:
        """A comment ends at its mark, even where an empty line has ended the HTML block before."""
        mark = "-->" if text.startswith("<!--", at) else ">"
        end = text.find(mark, at)
        if end != -1:
            return end + len(mark)
        if mark == "-->" and self._comes_after(mark, offset(at)):
            self.mute = self._text.find(mark, offset(at) - self._body) + self._body + len(mark)
        return len(text)

    def _words(self, text: str, start: int, end: int, offset: Callable[[int], int]) -> None:
        at = start
        for found in _ENTITY.finditer(text, start, end):
            self._add(text, at, found.start(), offset)
            self._tree.line.add(html.unescape(found[0]), offset(found.start()))
            at = found.end()
        self._add(text, at, end, offset)

    def _add(self, text: str, start: int, end: int, offset: Callable[[int], int]) -> None:
        """Words line by line; in HTML all white space is one space."""
        for found in _LINES.finditer(text, start, end):
            if found[0].isspace():
                self._tree.line.space(offset(found.start()))
            else:
                self._tree.line.add(found[0], offset(found.start()))

    def _tag(self, tag: _Tag, start: int) -> None:
        if tag.name == "br":
            self._tree.line.end_line()
        elif self._mark(tag):
            if tag.closing:
                self._tree.link = None if tag.linking or tag.component else self._tree.link
            elif tag.linking:
                self._tree.link = tag.target
        elif tag.name not in _INLINE:
            self._block(tag, start)

    def _mark(self, tag: _Tag) -> bool:
        """Links and marks; whether the tag is one."""
        ends = tag.closing and tag.component and self._links[-1:] == [tag.name]
        kind: MarkKind | None = "link" if tag.linking or ends else _MARKS.get(tag.name)
        if kind is None or (tag.component and tag.empty):
            return False
        if ends:
            self._links.pop()
        elif tag.component and tag.linking:
            self._links.append(tag.name)
        if tag.closing:
            self._tree.line.close(kind)
        elif not tag.empty:
            self._tree.line.open(kind, tag.target if tag.linking else "")
        return True

    def _block(self, tag: _Tag, start: int) -> None:
        tree, name = self._tree, tag.name
        if tag.closing:
            tree.close_html(name, start)
            return
        for ended in _ENDED_BY.get(name, ()):
            if tree.top().name == ended:
                tree.close_html(ended, start)
        if name not in _BLOCKS or tag.empty:
            tree.flush(start)
            if tag.heading:
                tree.line.open("strong")
                tree.line.add(tag.heading, start)
                tree.line.close("strong")
                tree.flush(start)
            return
        tree.open(_frame(tag, start, within_head=tree.inside("thead")))
        if name in _STRONG:
            tree.line.open("strong")

    def _comes_after(self, mark: str, source: int) -> bool:
        """Whether the end of an element or comment still comes."""
        if mark not in self._last:
            ends = re.finditer(re.escape(mark), self._text, re.IGNORECASE)
            self._last[mark] = max((found.start() for found in ends), default=-1)
        return self._last[mark] != -1 and self._last[mark] + self._body >= source


def _past_hidden(tag: _Tag, text: str) -> int:
    """Behind the content of an element that shows no words."""
    if tag.closing or tag.empty:
        return tag.end
    end = re.compile(f"</{tag.name}", re.IGNORECASE).search(text, tag.end)
    return end.start() if end else len(text)


def _tag_at(text: str, at: int) -> _Tag | None:
    """The tag that begins here, if it is whole."""
    found = _NAME.match(text, at)
    if found is None:
        return None
    place = found.end()
    for _ in range(_MOST_ATTRIBUTES):
        place = _UNQUOTED.match(text, place).end()  # type: ignore[union-attr]  # it matches nothing, too
        if text.startswith(">", place):
            attributes = text[found.end() : place]
            name, empty = found[2], attributes.endswith("/")
            component = name[0].isupper() and not name.isupper() and name != "Link"
            return _Tag(found[1] == "/", _plain(name), attributes, place + 1, empty, component)
        quote = text[place : place + 1]
        close = text.find(quote, place + 1) if quote in ("'", '"') else -1
        if close == -1:
            return None
        place = close + 1
    return None


def _plain(name: str) -> str:
    """Names of HTML are small; components keep theirs where it matters (`<Link to=…>` is no `<link>`)."""
    return name if name == "Link" else name.lower()


def _frame(tag: _Tag, start: int, *, within_head: bool) -> Frame:
    kind = _BLOCKS[tag.name]
    return Frame(
        kind=kind,
        name=tag.name,
        start=start,
        level=int(tag.name[1]) if kind == "heading" else 0,
        ordered=1 if tag.name == "ol" else None,
        head=tag.name == "th" or (kind == "row" and within_head),
        wide=tag.count("colspan"),
        tall=tag.count("rowspan"),
    )


def offset_in(pieces: Sequence[tuple[str, int]]) -> Callable[[int], int]:
    """From an offset in the joined pieces to the source, each piece given as (text, source offset)."""
    starts, at = [], 0
    for text, _ in pieces:
        starts.append(at)
        at += len(text)

    def offset(place: int) -> int:
        index = max(bisect_right(starts, place) - 1, 0)
        return pieces[index][1] + place - starts[index] if starts else 0

    return offset
