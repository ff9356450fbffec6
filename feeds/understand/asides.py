"""Owns paragraphs below a title with its time that tell of something else: a gathering, another day."""

from __future__ import annotations

from feeds.post import Line
from feeds.understand.context import Book, Context
from feeds.understand.facts import Facts
from feeds.understand.heads import Head
from feeds.understand.outline import Scope
from feeds.understand.sentences import read_sentences


def read_below(book: Book, head: Head, *, context: Context) -> None:
    """What paragraphs below a bold or linked title tell of: it may belong to it, or to nothing above."""
    for scope in head.rest if head.scope.kind == "lead" else ():
        if scope.kind == "text" and _says_when(scope) and not _says_again(head, scope):
            own = tells_of_its_own(head, scope) or _begins_alike(head, scope)
            read_sentences(book, scope, context=context, gatherings=not own)


def _says_when(scope: Scope) -> bool:
    """Whether a paragraph says a day and a time, together or apart ("Am 6. Januar laden wir um 11 Uhr …")."""
    moments = scope.facts.moments
    together = any(one.when.days and one.when.times for one in moments)
    written = any(one.when.days is not None and one.when.days.days[0].month for one in moments)
    return together or (written and any(one.when.times for one in moments))


def _begins_alike(head: Head, scope: Scope) -> bool:
    """Whether a paragraph begins with a linked title as the one above does: each tells of its own."""
    return all(_opens_with_link(one.lines[0]) for one in (head.scope, scope))


def _opens_with_link(line: Line) -> bool:
    mark = next((one for one in line.marked("link") if one.start <= 1), None)
    return mark is not None and " " in line.text[mark.start : mark.end].strip()


def _says_again(head: Head, scope: Scope) -> bool:
    """Whether a paragraph only repeats the time of the title above ("Yes, that is ten past nine")."""
    own, said = _starts(head.merged), _starts(scope.facts)
    return bool(said) and own >= said


def _starts(facts: Facts) -> set[tuple[int, int]]:
    """The hours and minutes, as written, at which something begins."""
    times = [one.start for moment in facts.moments for one in moment.when.times]
    return {(one.hour, one.minute) for one in times if one is not None}


def tells_of_its_own(head: Head, scope: Scope) -> bool:
    """Whether a paragraph below a title with its time begins with a time on another day, written out."""
    if head.scope.kind != "lead" or scope.kind != "text":
        return False
    first = next((one for one in scope.facts.moments if one.when.times), None)
    days = first.when.days if first is not None else None
    if first is None or days is None or days.days[0].day is None or first.when.at[0] > _NEAR_START:
        return False
    said = head.merged.dated.when.days if head.merged.dated is not None else None
    return said is None or said.days[0].day != days.days[0].day


_NEAR_START = 30
