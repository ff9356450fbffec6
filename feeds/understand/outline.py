"""Owns the outline of a post: which blocks head which others, so that a fact's scope is a subtree."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from feeds.post import Block, Line
from feeds.understand.bare_lines import (
    facts_above,
    facts_below,
    timed_below,
    titled_above,
    titled_below,
    titles_line,
)
from feeds.understand.dotted import read_dotted_hours
from feeds.understand.facts import Facts, analyse
from feeds.understand.labels import find_label, label_of
from feeds.understand.line_breaks import remark_below, told_below, told_between, unwrapped
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
from feeds.understand.part import SENTENCE_END
from feeds.understand.people import format_of
from feeds.understand.phrases import is_generic
from feeds.understand.rooms import find_room, is_bare_room, is_room
from feeds.understand.title_rooms import room_line
from feeds.understand.when import find_when

ScopeKind = Literal["root", "section", "lead", "item", "text", "table"]


DAY_RANK, ROOM_RANK, LEAD_RANK, INTRO_RANK = 7, 8, 9, 10
"""Paragraphs that head what follows rank below headings (1-6): a day, a room, a title or time, "We show:"."""


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
    _walked: Sequence[Scope] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def facts(self) -> Facts:
        """What its own lines say, read once: the scopes around it ask as well. Not to be changed."""
        if self._facts is None:
            self._facts = analyse(self.lines)
        return self._facts

    def describe(self) -> None:
        """Take "What:" in its lines for a description of what heads it."""
        self._facts = analyse(self.lines, described=True)

    def walk(self) -> Sequence[Scope]:
        """This scope and all below it, in reading order; the tree is complete when it is first asked."""
        if self._walked is None:
            found: list[Scope] = []
            ahead = [self]
            while ahead:
                scope = ahead.pop()
                found.append(scope)
                ahead += reversed(scope.body)
            self._walked = found
        return self._walked


def outline(blocks: Sequence[Block]) -> Scope:
    """The tree of scopes of a post."""
    root = Scope(kind="root")
    _nest(root, list(_titled_by_next(list(_scopes(blocks)))))
    return root


def _titled_by_next(scopes: Sequence[Scope]) -> Iterator[Scope]:
    """Where paragraphs are nothing but a day, a time and a room, the one below each is its title.

    "24 May · 14:15 · Small Hall", then "[The title](u) with Ada Ek", then what it is about.
    """
    titles = {
        at + 1 for at in range(len(scopes) - 1) if _is_when_alone(scopes[at]) and _is_named(scopes[at + 1])
    }
    above = (scopes[at - 2] for at in titles if at > 1)
    if len(titles) == 1 and any(one.kind != "text" or _is_named(one) for one in above):
        titles = set()  # a time, and above it what it is the time of
    for at, scope in enumerate(scopes):
        if at in titles:
            yield replace(scope, kind="lead", rank=LEAD_RANK, body=[as_time(scopes[at - 1])])
        elif at + 1 not in titles:
            yield scope


def _is_when_alone(scope: Scope) -> bool:
    """Whether a paragraph is one line of a day with its time, and no more beside it than a room."""
    if scope.kind not in ("text", "lead") or len(scope.lines) != 1 or find_label(scope.lines[0].text):
        return False
    return scope.facts.dated is not None and is_bare_time(scope)


def _is_named(scope: Scope) -> bool:
    """Whether a paragraph is a line without a day or a time, and a name: a link or a few words."""
    if scope.kind not in ("text", "lead") or len(scope.lines) != 1 or scope.facts.moments:
        return False
    line = scope.lines[0]
    link = next((one for one in line.marked("link") if one.start <= _AT_ONCE), None)
    if link is not None:
        return len(line.text[link.start : link.end].split()) >= _SEVERAL and not is_prose(line.text)
    return titles_line(line.text.strip())


def _nest(parent: Scope, scopes: Sequence[Scope]) -> None:
    """Hang each scope below the nearest heading or lead before it that outranks it."""
    stack = [parent]
    for scope in _timed_headings(scopes):
        if scope.kind in ("section", "lead"):
            while len(stack) > 1 and stack[-1].rank >= scope.rank:
                stack.pop()
        elif stack[-1].rank == INTRO_RANK and scope.kind == "text":
            stack.pop()  # "Our talks:" heads the lists right after it, no further paragraph
        elif any(one.rank == ROOM_RANK for one in stack) and _is_aside(scope):
            while stack[-1].rank >= ROOM_RANK:
                stack.pop()
        stack[-1].body.append(scope)
        if scope.kind in ("section", "lead"):
            stack.append(scope)


def _is_aside(scope: Scope) -> bool:
    """Whether a paragraph is a name in italics, which ends what a room in italics heads."""
    if scope.kind != "text" or len(scope.lines) != 1:
        return False
    line = scope.lines[0]
    return whole_mark(line, "emphasis") and not is_sentence(line.text)


def _timed_headings(scopes: Sequence[Scope]) -> Iterator[Scope]:
    """Where bare times come before the headings they belong to, each goes below its heading."""
    bare = {id(scope) for scope in scopes if scope.kind == "lead" and is_bare_time(scope)}
    bare |= {id(scope) for scope in _named_times(scopes)}
    if not _time_first(scopes, bare):
        yield from scopes
        return
    held: Scope | None = None
    for scope in scopes:
        if held is not None and scope.kind == "section" and not _dated(scope):
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
    if scope.kind == "lead" and len(scope.lines) > 1 and _titles(scope.lines[0]):
        return False  # "[The Open Lab](u)", its day and time on the line below
    return all(_is_room(part.text) or (named and after and _short(part.text)) for part, after in facts.texts)


def _is_room(text: str) -> bool:
    """Whether a text is a room, and not what takes place in one ("Concert, in the church of St Mary")."""
    named = find_room(text)
    told = SENTENCE_END.search(text) is not None or ": " in text
    return is_room(text) and not told and (named is None or named[0] < _LEAD)


_LEAD = 12
"""Letters of a preposition with its article."""


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
                read_dotted_hours([line for item in block.children for line in _first_lines(item)])
                yield from (_item(item) for item in block.children)
            case "quote" | "item":
                yield from _scopes(block.children)
            case "table":
                yield Scope(kind="table", block=block)
            case "rule":
                yield Scope(kind="text")
            case _:
                continue  # code is never a schedule


def _first_lines(item: Block) -> Sequence[Line]:
    """The first line of a bullet."""
    head = item.children[0] if item.children else None
    return head.lines[:1] if head is not None and head.kind == "paragraph" else ()


def _item(item: Block) -> Scope:
    scope = Scope(kind="item")
    children = list(item.children)
    below: list[Scope] = []
    if children and children[0].kind in ("paragraph", "heading", "term"):
        scope.lines = children.pop(0).lines
        if parted := facts_below(scope.lines) or told_below(scope.lines) or remark_below(scope.lines):
            scope.lines, below = parted[0], [Scope(kind="text", lines=parted[1])] if parted[1] else []
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
    if (apart := facts_above(block.lines)) is not None:
        facts, told = apart
        yield Scope(kind="text", lines=facts, apart=len(facts) > 1)
        if told:
            yield Scope(kind="text", lines=told)
        return
    titled = timed_below(block.lines) or facts_below(block.lines)
    if titled is not None and titled[1]:
        yield Scope(kind="lead", lines=titled[0], rank=LEAD_RANK, body=[Scope(kind="text", lines=titled[1])])
        return
    lines = tuple(part for line in block.lines for part in unwrapped(line))
    if not lines:
        return  # an anchor, a spacer: a paragraph with nothing to read
    if parted := told_below(lines) or told_between(lines):
        yield Scope(kind="lead", lines=parted[0], rank=LEAD_RANK)
        yield Scope(kind="text", lines=parted[1])
        return
    groups = _timed_groups(lines)
    if len(groups) > 1:
        for group in groups:
            day = len(group) == 1 and is_day(group[0])
            yield Scope(kind="lead", lines=group, rank=DAY_RANK if day else LEAD_RANK)
        return
    rank = LEAD_RANK if titled_above(lines) or titled_below(lines) else _rank(lines, follows)
    if rank is None and len(lines) > 1 and has_clock(lines) and any(_titles(line) for line in lines):
        rank = LEAD_RANK  # when and where on the first line, the linked title on the second
    if rank is None:
        yield Scope(kind="text", lines=lines)
    else:
        yield Scope(kind="lead", lines=lines, rank=rank)


def _titles(line: Line) -> bool:
    """Whether a line is bold, or a link that does not only point ("Register")."""
    return whole_mark(line, "strong") or (whole_mark(line, "link") and not is_generic(line.text))


def _timed_groups(lines: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    """Lines of one paragraph, a new group at each line that begins with a time."""
    starts = [at for at, line in enumerate(lines) if begins_with_time(line.text)]
    if len(starts) < 2:
        return [lines]
    starts += [at for at, line in enumerate(lines) if is_day(line)]
    return [lines[a:b] for a, b in pairwise(sorted({0, *starts, len(lines)}))]


def _rank(lines: tuple[Line, ...], follows: str | None) -> int | None:
    """The rank of a paragraph that heads what follows it, None for any other."""
    first = lines[0]
    text = first.text
    label = label_of(first)
    spoken_of = _SAYS_OF_TIME.match(text) is not None  # "**9:00** was far too early for most of us"
    if (
        len(text) > 300
        or spoken_of
        or (label is not None and not (label.kind == "title" and format_of(label.word)))
    ):
        return None
    if label is not None and any(find_label(line.text) is not None for line in lines[1:]):
        return None  # "Talk: …", "Who: …", "Time: …" are labels of one thing
    day_and_room = len(lines) == _SEVERAL and is_day(first) and is_bare_room(lines[1].text.strip())
    if day_and_room or (len(lines) == 1 and (is_day(first) or room_line(first) is not None)):
        return DAY_RANK if is_day(first) else ROOM_RANK
    if _is_title(first) or (begins_marked(first) and has_clock(lines) and not asks(first)):
        return LEAD_RANK
    if text.endswith((":", "：")) and follows in ("list", "table") and len(text) < 160:
        return INTRO_RANK
    return None


_SEVERAL = 2
_AT_ONCE = 2
"""Letters before a link that a line begins with."""


def _is_title(line: Line) -> bool:
    """A line that begins with a time, or that is bold or a link as a whole."""
    if begins_with_time(line.text) or whole_mark(line, "link"):
        return _marked_time(line) or not is_prose(line.text)
    return whole_mark(line, "strong") and not is_sentence(line.text)


_SAYS_OF_TIME = re.compile(
    r"\W{0,4}\d{1,2}(?:[:.h]\d\d)?(?:\s?(?:[ap]\.?m\.?|h|uhr|uur))?\s(?:is|was|were|are|ist|war|sind|waren|es|era|son|est|était|è|é|foi|"
    r"gibt es)\s",
    re.IGNORECASE,
)


def _marked_time(line: Line) -> bool:
    """Whether a line begins with a time that is bold of itself, as an entry does however long it is."""
    mark = next((one for one in line.marked("strong") if one.start <= 1), None)
    return mark is not None and begins_with_time(line.text) and mark.end - mark.start < _LONGEST_TIME


_LONGEST_TIME = 24
