"""Owns the sentences of a line, and the parts of one that tells of several sessions with a title each."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from feeds.post import Line
from feeds.source import Span
from feeds.understand.attended import whens_of
from feeds.understand.moments import Moment, opens_doors
from feeds.understand.part import QUOTED, SENTENCE_END, Part
from feeds.understand.phrases import is_generic
from feeds.understand.when import find_when

_FEW = 2
_BORDERS = (";", ",", " and ", " und ", " et ", " y ", " e ", " en ")
"""What stands between two clauses, the surest first."""


def split_sentences(line: Line) -> tuple[Part, ...]:
    """The sentences of a line; the dot of "6. November" is no border."""
    known: tuple[Part, ...] | None = line.answers.get(_SENTENCES)
    if known is None:
        known = line.answers[_SENTENCES] = tuple(_split(line))
    return known


_SENTENCES = "sentences"


def sentences_of(part: Part) -> Iterator[Part]:
    """The sentences of a part of a line."""
    for one in split_sentences(part.line):
        start, end = max(one.start, part.start), min(one.end, part.end)
        if start < end:
            yield Part(part.line, start, end)


def _split(line: Line) -> Iterator[Part]:
    at = 0
    whens = deque(when.at for when in find_when(line.text))
    for found in SENTENCE_END.finditer(line.text):
        while whens and whens[0][1] - 1 <= found.start():
            whens.popleft()
        if whens and whens[0][0] < found.start():
            continue
        yield Part(line, at, found.end())
        at = found.end()
    yield Part(line, at, len(line.text))


class Clause(NamedTuple):
    """A sentence, or a part of one with the title that it pairs with its time and what stands behind that."""

    part: Part
    title: Part | None = None


def clauses(sentence: Part) -> Iterator[Clause]:
    """The sentence in as many parts as it pairs times and titles, one behind the other; else the sentence."""
    whens = [when for when in whens_of(sentence.line, start=sentence.start, end=sentence.end) if when.times]
    titles = _titles(sentence) if sum(len(when.times) for when in whens) > 1 else []
    times = [
        Span(*times.at)
        for when in whens
        if not opens_doors(Moment(sentence.line, when))
        for times in when.times
        if not any(title.start <= times.at[0] < title.end for title in titles)  # "Reconciliation at 3am"
    ]
    if len(times) < 2 or len(titles) != len(times):
        yield Clause(sentence)
        return
    pairs = [(min(a.start, b.start), max(a.end, b.end)) for a, b in zip(times, titles, strict=True)]
    if any(before[1] > behind[0] for before, behind in pairwise(pairs)):
        yield Clause(sentence)
        return
    line, text = sentence.line, sentence.line.text
    borders = [_border(text, before[1], behind[0]) for before, behind in pairwise(pairs)]
    edges = pairwise([sentence.start, *borders, sentence.end])
    for title, time, (start, end) in zip(titles, times, edges, strict=True):
        behind = time.start if time.start > title.end else end
        yield Clause(Part(line, start, end), Part(line, title.start, behind))


def _titles(sentence: Part) -> list[Span]:
    """The linked phrases that are more than a word; else the quoted ones, else those in italics."""
    text = sentence.line.text
    linked = [
        Span(mark.start, mark.end)
        for mark in sentence.links
        if " " in text[mark.start : mark.end].strip() and not is_generic(text[mark.start : mark.end])
    ]
    quoted = [Span(*found.span()) for found in QUOTED.finditer(text, sentence.start, sentence.end)]
    if linked and quoted and not any(a.start < b.end and b.start < a.end for a in linked for b in quoted):
        return sorted((*linked, *quoted), key=lambda span: span.start)
    return linked or quoted or _emphasised(sentence)


def _emphasised(sentence: Part) -> list[Span]:
    """Phrases in italics of three words and more: a ship, a band or a word that is stressed has fewer.

    A sentence that begins with one lists them, be they as short as films are called.
    """
    marks = sorted(sentence.marks("emphasis"), key=lambda mark: mark.start)
    text = sentence.line.text
    if marks and marks[0].start <= sentence.start + 1:
        return [Span(m.start, m.end) for m in marks]
    return [Span(m.start, m.end) for m in marks if len(text[m.start : m.end].split()) > _FEW]


def _border(text: str, start: int, end: int) -> int:
    for border in _BORDERS:
        at = text.rfind(border, start, end)
        if at != -1:
            return at + 1
    return end
