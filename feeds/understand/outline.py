"""Owns the outline of a post: which blocks head which others, so that a fact's scope is a subtree."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from feeds.post import Block, Line
from feeds.understand.facts import Facts, analyse
from feeds.understand.labels import find_label
from feeds.understand.line_kinds import (
    asks,
    begins_marked,
    begins_with_time,
    has_clock,
    is_day,
    is_prose,
    is_sentence,
    whole_mark,
)
from feeds.understand.people import format_of, looks_like_people
from feeds.understand.rooms import is_bare_room, is_room
from feeds.understand.when import find_when

ScopeKind = Literal["root", "section", "lead", "item", "text", "table"]

MOST_FACTS = 5
LONGEST_FACT = 80
SHORTEST_TITLE = 5
"""What is told of a session line by line: time, title, speakers, room, link."""

DAY_RANK, LEAD_RANK, INTRO_RANK = 7, 8, 9
"""Paragraphs that head what follows rank below headings (1-6): a day, a title or time, "Our talks:"."""


@dataclass(slots=True)
class Scope:
    """A head of one or more lines and what it heads. Texts and tables have no body.

    `rank` is a section's level, or a lead's rank; `block` is the table of a table scope; `apart` marks the
    bare time of a title above or below it, put back under the title.
    """

    kind: ScopeKind
    lines: tuple[Line, ...] = ()
    rank: int = 0
    body: list[Scope] = field(default_factory=list)
    block: Block | None = None
    apart: bool = False
    _facts: Facts | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def facts(self) -> Facts:
        """What its own lines say, read once: the scopes around it ask as well. Not to be changed."""
        if self._facts is None:
            self._facts = analyse(self.lines)
        return self._facts

    def walk(self) -> Iterator[Scope]:
        """This scope and all below it, in reading order."""
        ahead = [self]
        while ahead:
            scope = ahead.pop()
            yield scope
            ahead += reversed(scope.body)


def outline(blocks: Sequence[Block]) -> Scope:
    """The tree of scopes of a post."""
    root = Scope(kind="root")
    _nest(root, list(_scopes(blocks)))
    return root


def _nest(parent: Scope, scopes: Sequence[Scope]) -> None:
    """Hang each scope below the nearest heading or lead before it that outranks it."""
    stack = [parent]
    for scope in _timed_headings(scopes):
        if scope.kind in ("section", "lead"):
            while len(stack) > 1 and stack[-1].rank >= scope.rank:
                stack.pop()
        elif stack[-1].rank == INTRO_RANK and scope.kind == "text":
            stack.pop()  # "Our talks:" heads the lists right after it, no further paragraph
        stack[-1].body.append(scope)
        if scope.kind in ("section", "lead"):
            stack.append(scope)


def _timed_headings(scopes: Sequence[Scope]) -> Iterator[Scope]:
    """Where bare times come before the headings they belong to, each goes below its heading."""
    bare = {id(scope) for scope in scopes if scope.kind == "lead" and is_bare_time(scope)}
    bare |= {id(scope) for scope in _named_times(scopes)}
    if not _time_first(scopes, bare):
        yield from scopes
        return
    held: Scope | None = None
    for scope in scopes:
        if held is not None and scope.kind == "section":
            scope.body.append(as_time(held))
        elif held is not None:
            yield held
        held = scope if id(scope) in bare else None
        if held is None:
            yield scope
    if held is not None:
        yield held


def _named_times(scopes: Sequence[Scope]) -> list[Scope]:
    """Times with a short name behind them, where more than one stands right above a heading.

    The name is a room then, though no word of it says so ("**9:30 – 10:15, Forum**", "### The title").
    """
    found = [
        scope
        for scope, below in pairwise(scopes)
        if scope.kind == "lead" and below.kind == "section" and is_bare_time(scope, named=True)
    ]
    return found if len(found) > 1 else []


def _time_first(scopes: Sequence[Scope], bare: Collection[int]) -> bool:
    for before, scope, after in zip([None, *scopes], scopes, scopes[1:], strict=False):
        if id(scope) in bare:
            return after.kind == "section" and (before is None or before.kind != "section" or _dated(before))
    return False


def _dated(scope: Scope) -> bool:
    return any(when.days for line in scope.lines for when in find_when(line.text))


def is_bare_time(scope: Scope, *, named: bool = False) -> bool:
    """Whether a head is a time with nothing but a room beside it, or a short name behind it where `named`."""
    facts = scope.facts
    if not facts.timed or (named and any(part.links for part, _ in facts.texts)):
        return False
    return all(is_room(part.text) or (named and after and _short(part.text)) for part, after in facts.texts)


def _short(text: str) -> bool:
    return len(text.split()) <= 3 and text[:1].isupper()


def as_time(scope: Scope) -> Scope:
    """A bare time as what stands below its title."""
    return replace(scope, kind="text", rank=0, body=[], apart=True)


def _scopes(blocks: Sequence[Block]) -> Iterator[Scope]:
    for index, block in enumerate(blocks):
        match block.kind:
            case "heading":
                yield Scope(kind="section", lines=block.lines, rank=block.level)
            case "paragraph" | "term":
                follows = blocks[index + 1].kind if index + 1 < len(blocks) else None
                yield from _paragraph(block, follows)
            case "list":
                yield from (_item(item) for item in block.children)
            case "quote" | "item":
                yield from _scopes(block.children)
            case "table":
                yield Scope(kind="table", block=block)
            case "rule":
                yield Scope(kind="text")
            case _:
                continue  # code is never a schedule


def _item(item: Block) -> Scope:
    scope = Scope(kind="item")
    children = list(item.children)
    below: list[Scope] = []
    if children and children[0].kind in ("paragraph", "heading", "term"):
        scope.lines = children.pop(0).lines
        if parted := _told_below(scope.lines):
            scope.lines, below = parted[0], [parted[1]]
    _nest(scope, [*below, *(_told(child) for child in _scopes(children))])
    return scope


def _told(scope: Scope) -> Scope:
    """A bullet below another that is prose tells of it, whatever times it mentions."""
    if scope.kind != "item" or scope.body or len(scope.lines) != 1:
        return scope
    line = scope.lines[0]
    plain = not begins_with_time(line.text) and not any(mark.start <= 2 for mark in line.marks)
    return replace(scope, kind="text") if plain and is_prose(line.text) else scope


def _paragraph(block: Block, follows: str | None) -> Iterator[Scope]:
    lines = tuple(part for line in block.lines for part in _unwrapped(line))
    if not lines:
        return  # an anchor, a spacer: a paragraph with nothing to read
    if parted := _told_below(lines):
        yield Scope(kind="lead", lines=parted[0], rank=LEAD_RANK)
        yield parted[1]
        return
    groups = _timed_groups(lines)
    if len(groups) > 1:
        for group in groups:
            yield Scope(kind="lead", lines=group, rank=LEAD_RANK)
        return
    rank = _rank(lines, follows)
    if (
        rank is None
        and len(lines) > 1
        and has_clock(lines)
        and any(whole_mark(line, "link") for line in lines)
    ):
        rank = LEAD_RANK  # when and where on the first line, the linked title on the second
    if rank is None:
        yield Scope(kind="text", lines=lines)
    else:
        yield Scope(kind="lead", lines=lines, rank=rank)


def _unwrapped(line: Line) -> tuple[Line, ...]:
    """The author's own lines where each begins with a time or a label: Markdown joined what was apart."""
    if not line.soft:
        return (line,)
    borders = [0, *line.soft, len(line.text)]
    parts = [line.cut(start, end) for start, end in pairwise(borders) if start < end]
    marked = [begins_with_time(part.text) or find_label(part.text) is not None for part in parts]
    speakers = _speakers_below(parts, marked)
    facts = any(marked) and all(map(_is_fact, parts, marked))
    stanza = _is_stanza(parts)
    if sum(marked) < 2 and not (speakers or facts or stanza or _listed(parts) or _below_slot(parts)):
        apart = whole_mark(parts[0], "strong") and not any(part.marked("strong") for part in parts[1:])
        headed = apart and not begins_with_time(parts[0].text)
        return (_strip(parts[0]), _strip(line.cut(line.soft[0], len(line.text)))) if headed else (line,)
    if sum(marked) < 2 or speakers or facts or stanza:
        return tuple(_strip(part) for part in parts)
    return _joined(line, parts, marked, borders)


def _told_below(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], Scope] | None:
    """A line that begins with a time, and what its author wrote on the lines below it about the session.

    The author ended the line on purpose where the next word would have fitted on it, or where it is bold as
    a whole and what follows is not.
    """
    if len(lines) > 1:
        return _prose_below(lines)
    line = lines[0]
    if not line.soft or not begins_with_time(line.text):
        return None
    first, rest = line.cut(0, line.soft[0]), line.cut(line.soft[0], len(line.text))
    if not first.text.strip() or not rest.text.strip():
        return None
    bold = _bold_head(first) and not rest.marked("strong")
    return ((_strip(first),), Scope(kind="text", lines=(_strip(rest),))) if bold or _ended(line) else None


def _ended(line: Line) -> bool:
    """Whether its author ended the first line on purpose: the next word would have fitted, or it runs on."""
    borders = [0, *line.soft, len(line.text)]
    parts = [line.cut(start, end) for start, end in pairwise(borders)]
    first, *behind = map(_width, parts)
    words = parts[0].text.split(), parts[1].text.split()
    if behind[:-1] and first - len(words[0][-1]) > max(behind[:-1]) + 1:
        return True  # it runs on where a filled paragraph would have been wrapped
    return bool(words[1]) and first + 1 + len(words[1][0]) <= max(behind)


def _bold_head(line: Line) -> bool:
    """Whether a line is bold as a whole, or begins with a time and a title that are, and are set off."""
    mark = next((one for one in line.marked("strong") if one.start <= 2), None)
    if mark is None:
        return False
    time = next((when.at[1] for when in find_when(line.text) if when.times), len(line.text))
    return whole_mark(line, "strong") or mark.end - time > SHORTEST_TITLE


def _prose_below(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], Scope] | None:
    """Lines of which one says when, and prose below them that mentions another time."""
    for at, line in enumerate(lines[1:], 1):
        ended = len(line.text.split()) > 7 and line.text.rstrip()[-1:] in ".!?…"
        if ended and not begins_with_time(line.text):
            timed = any(when.times for one in lines[:at] for when in find_when(one.text))
            told = any(when.times for one in lines[at:] for when in find_when(one.text))
            return (lines[:at], Scope(kind="text", lines=lines[at:])) if timed and told else None
    return None


def _width(line: Line) -> int:
    """How many characters a line has in the file, marks and addresses included."""
    span = line.span()
    return span.end - span.start


def _listed(parts: Sequence[Line]) -> bool:
    """Whether the lines are a title, then facts of their own: one is nothing but a day."""
    return len(parts) > 1 and any(_only_when(part.text) for part in parts[1:])


def _below_slot(parts: Sequence[Line]) -> bool:
    """Whether short lines stand below one that is nothing but a time: the title, who and where."""
    first = parts[0].text.strip()
    whens = find_when(first)
    said = sum(when.at[1] - when.at[0] for when in whens)
    if not whens or not whens[0].times or said < len(first) - 2 or len(parts) > MOST_FACTS:
        return False
    return all(len(part.text) < LONGEST_FACT and not is_prose(part.text) for part in parts)


NARROWEST = 72
"""Columns at which the narrowest of wrapped paragraphs break."""


def _is_stanza(parts: Sequence[Line]) -> bool:
    """Whether lines were ended on purpose, and none is a sentence: each tells a fact of a session.

    A line was where the next word would have fitted on it; one of them says when, who or where.
    """
    texts = [part.text.strip() for part in parts]
    if not 2 <= len(parts) <= MOST_FACTS + 1 or any(not text or text[0].islower() for text in texts):
        return False
    if any(len(text) > 2 * LONGEST_FACT or _tells(text) for text in texts):
        return False
    widths = [_width(part) for part in parts]
    far = max(NARROWEST, *widths)
    if not any(
        width + 1 + len(text.split()[0]) <= far for width, text in zip(widths, texts[1:], strict=False)
    ):
        return False
    return any(map(_is_who_or_where, texts)) or any(when.times for text in texts for when in find_when(text))


def _is_who_or_where(text: str) -> bool:
    return is_bare_room(text) or looks_like_people(text) >= 0.6


def _tells(text: str) -> bool:
    return text[-1] in ".!…" and len(text.split()) > 7


def _is_fact(part: Line, marked: bool) -> bool:
    """Whether a line is one fact of a session: a time, a label, a room, or bold as a whole."""
    if len(part.text) > LONGEST_FACT * 2 or is_prose(part.text):
        return False
    return marked or whole_mark(part, "strong") or is_bare_room(part.text.strip())


def _only_when(text: str) -> bool:
    whens = find_when(text)
    said = sum(when.at[1] - when.at[0] for when in whens)
    return bool(whens) and whens[0].days is not None and said >= len(text.strip()) - 4


def _speakers_below(parts: Sequence[Line], marked: Sequence[bool]) -> bool:
    """Whether people stand on lines of their own below lines that begin with a time."""
    return any(
        not is_marked and marked[at - 1] and looks_like_people(parts[at].text) >= 0.5
        for at, is_marked in enumerate(marked)
        if at
    )


def _joined(line: Line, parts: list[Line], marked: list[bool], borders: list[int]) -> tuple[Line, ...]:
    starts = [borders[i] for i in range(len(parts)) if marked[i] or i == 0]
    ends = [*starts[1:], len(line.text)]
    return tuple(_strip(line.cut(start, end)) for start, end in zip(starts, ends, strict=True))


def _strip(line: Line) -> Line:
    text = line.text
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return line if (start, end) == (0, len(text)) else line.cut(start, max(start, end))


def _timed_groups(lines: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    """Lines of one paragraph, a new group at each line that begins with a time."""
    starts = [at for at, line in enumerate(lines) if begins_with_time(line.text)]
    if len(starts) < 2:
        return [lines]
    return [lines[a:b] for a, b in pairwise(sorted({0, *starts, len(lines)}))]


def _rank(lines: tuple[Line, ...], follows: str | None) -> int | None:
    """The rank of a paragraph that heads what follows it, None for any other."""
    first = lines[0]
    text = first.text
    label = find_label(text)
    if len(text) > 300 or (label is not None and not (label.kind == "title" and format_of(label.word))):
        return None
    if is_day(first) and len(lines) == 1:
        return DAY_RANK
    if _is_title(first) or (begins_marked(first) and has_clock(lines) and not asks(first)):
        return LEAD_RANK
    if text.endswith((":", "：")) and follows in ("list", "table") and len(text) < 160:
        return INTRO_RANK
    return None


def _is_title(line: Line) -> bool:
    """A line that begins with a time, or that is bold or a link as a whole."""
    if begins_with_time(line.text) or whole_mark(line, "link"):
        return not is_prose(line.text)
    return whole_mark(line, "strong") and not is_sentence(line.text)
