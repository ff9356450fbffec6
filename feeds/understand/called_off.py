"""Owns which times of a sentence still stand: not those it calls off, nor those it moves something from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feeds.understand.gatherings import is_errand
from feeds.understand.moments import Moment
from feeds.understand.part import QUOTED, SENTENCE_END, Part
from feeds.understand.phrases import LONGEST_SENTENCE, pattern_for

# Matched against lower case, as in phrases.py.
_OFF = re.compile(rf"\b(?:{pattern_for('not held')})\b")
_NONE = re.compile(
    rf"\b(?:{pattern_for('no gathering')})\s(?:[\w'’&-]{{1,30}}\s){{0,2}}"
    rf"(?:{pattern_for('gathering')}|{pattern_for('meal')})(?![\w-])"
)
_CLAUSE = re.compile(
    rf";\s|:\s|,\s(?=(?:{pattern_for('begins a clause')})\b)|\s(?=(?:{pattern_for('turns a clause')})\s)"
)
_PUT_OFF = re.compile(rf"\b(?:{pattern_for('put off to')})\b")


def still_on(sentence: Part, moments: Sequence[Moment]) -> list[Moment]:
    """The times of a sentence that it neither calls off nor moves something from.

    Only the clause of a time calls it off ("…, if it rains it will not happen" does not), and so does one
    that goes on with what the sentence is about ("The party, at 18:00, will not take place").
    """
    plain = _unquoted(sentence.text).lower()[:LONGEST_SENTENCE]
    clauses = list(_clauses(plain))
    goes_on = any(_OFF.match(plain, start) for start, _ in clauses[1:])
    off = [(a, b) for a, b in clauses if goes_on or _OFF.search(plain, a, b) or _NONE.search(plain, a, b)]
    off += [(a, b) for a, b in clauses[1:] if is_errand(plain[a:b])]
    moved = max((found.end() for found in _PUT_OFF.finditer(plain)), default=0)
    places = [moment.when.at[0] - sentence.start for moment in moments]
    on = [
        (place, moment)
        for place, moment in zip(places, moments, strict=True)
        if not any(start <= place < end for start, end in off)
    ]
    later = [moment for place, moment in on if place >= moved]
    return later or [moment for _, moment in on]


_CANCELS = re.compile(
    rf"\W*(?:(?:{pattern_for('the')}|{pattern_for('it')})\s)?(?P<what>(?:[\w'’-]{{1,30}}\s){{0,3}}?)"
    rf"(?:{pattern_for('not held')})\b"
)
_SESSION = re.compile(rf"(?:{pattern_for('session')}|{pattern_for('meeting')}|{pattern_for('gathering')})s?")


def cancels(text: str, title: str) -> bool:
    """Whether a sentence of a paragraph says of the session above it that it will not be.

    It says no time, and calls it by a word of its title or as any session ("The rehearsal is cancelled").
    """
    plain = text.lower()[:LONGEST_SENTENCE]
    if _OFF.search(plain) is None:
        return False
    return any(_cancels(sentence, title.lower()) for sentence in SENTENCE_END.split(plain))


def _cancels(sentence: str, title: str) -> bool:
    found = _CANCELS.match(sentence)
    if found is None or any(map(str.isdigit, sentence)):
        return False
    words = found["what"].split()
    named = any(len(word) >= _TELLING and word in title for word in words)  # "Probe" names a "Chorprobe"
    return not words or named or any(map(_SESSION.fullmatch, words))


_TELLING = 5
"""Letters of a word that may be a part of a longer one: "our" is no part of a harbour."""


def _clauses(plain: str) -> Iterator[tuple[int, int]]:
    at = 0
    for border in _CLAUSE.finditer(plain):
        yield at, border.start()
        at = border.end()
    yield at, len(plain)


def _unquoted(text: str) -> str:
    """The text with blanks for quoted words: a title calls nothing off."""
    return QUOTED.sub(lambda found: " " * len(found[0]), text)
