"""Owns what a phrase gives away by its words alone: a deadline, a look back, a heading of no name, a pointer.

The words stand in `phrases.txt`, one language a line. Every pattern here reads a text in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import TypeVar

from feeds.understand.when.words import MONTH_NUMBERS

Answer = TypeVar("Answer")


def _sections() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            lines = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line.partition(": ")[2])
    return found


_SECTIONS = _sections()


def pattern_for(section: str) -> str:
    """The words of a section as one alternative of a regular expression."""
    return "|".join(_SECTIONS[section])


def words_for(section: str) -> tuple[str, ...]:
    """The words of a section that has plain words only, language after language."""
    return tuple(pattern_for(section).split("|"))


# Matched against lower case, which is several times as fast as ignoring case.
_DEADLINE = re.compile(
    rf"\b(?:{pattern_for('deadline')}|"
    rf"(?:{pattern_for('closing thing')})(?:\W++\w++){{0,8}}?\W++(?:{pattern_for('closes')}))\b"
)
_OPENING_HOURS = re.compile(rf"\b(?:{pattern_for('hours of opening')})\b")
_TOLD = re.compile(rf"\b(?:{pattern_for('told right before a time')})\s{{0,3}}$")
_PAST = re.compile(rf"\b(?:{pattern_for('looking back')})\b")
_NO_EVENT = re.compile(
    rf".{{0,40}}\b(?:{pattern_for('no event')})\b|\W*+(?:{pattern_for('no event, at the beginning')})\b"
)
_VENUES = frozenset(
    [
        *("Center", "Centre", "Hall", "Hotel", "Building", "Campus", "House", "Palace", "Rooms", "Theatre"),
        *("Theater", "Zentrum", "Centro", "Centrum"),
    ]
)
"""What ends the name of a place where events are held ("World Congress Center")."""

_HEADING_ASIDE = re.compile(pattern_for("heading aside"))
_NO_NAME = re.compile(pattern_for("no name"))
_TELLING = re.compile(rf"(?:{pattern_for('telling heading')})\b")


def _only(words: str) -> re.Pattern[str]:
    """A text of nothing but these words; possessive, so that no text is tried in two ways."""
    return re.compile(rf"(?:\W*+(?>(?:{words}|\d{{1,2}}(?:st|nd|rd|th)?)(?!\w)))*+\W*+$")


_MONTHS = "|".join(sorted(name for name in MONTH_NUMBERS if len(name) > 3))
_GENERIC = _only(rf"{pattern_for('generic heading')}|{_MONTHS}")
_POINTING = _only(pattern_for("pointing"))
_SUFFIX = re.compile(
    rf"(?:[\w-]*(?:{pattern_for('event suffix, with regard to case')})|"
    rf"{pattern_for('event word, with regard to case')})$"
)
_BEHIND_NAME = re.compile(rf"(?:{pattern_for('event word behind a name, with regard to case')})$")
_EVENT_WORD = re.compile(
    rf"(?:{pattern_for('event suffix, with regard to case')}|"
    rf"{pattern_for('event word, with regard to case')}|"
    rf"{pattern_for('event word behind a name, with regard to case')})(?!\w)"
)


LONGEST_SENTENCE = 400
"""What is farther away is not looked at."""

_END = re.compile(r"[.!?]\s")
_ASIDE = re.compile(r"\([^()]*\)?")


def remembered(ask: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """Remember the answers for short texts: each line of a post is asked about by several rules."""
    kept = lru_cache(maxsize=2048)(ask)

    @wraps(ask)
    def answer(text: str) -> Answer:
        return kept(text) if len(text) <= 1000 else ask(text)

    return answer


@remembered
def is_deadline(text: str) -> bool:
    """Whether a phrase speaks of a deadline or a call, not of something to attend."""
    return _DEADLINE.search(text.lower()) is not None


def sets_deadline(sentence: str, at: tuple[int, int]) -> bool:
    """Whether a sentence speaks of a deadline, and of the day or time at this slice as one.

    A clause that says itself what is then tells no deadline of a later one ("It is on 5 May, tickets are on
    sale until April").
    """
    if not is_deadline(sentence):
        return False
    start = max(sentence.rfind(mark, 0, at[0]) for mark in (", ", "; ")) + 1
    end = min((found for mark in (", ", "; ") if (found := sentence.find(mark, at[1])) != -1), default=None)
    told = end is not None and _TOLD_ITSELF.search(sentence, start, at[0]) is not None
    return not told or is_deadline(sentence[:end])


_TOLD_ITSELF = re.compile(rf"(?i)\b(?:{pattern_for('is held then')})\b")


@remembered
def is_past(text: str) -> bool:
    """Whether a sentence looks back; with what it compares its own matter it does not."""
    plain = text.lower()
    return _PAST.search(plain) is not None and _PAST.search(_COMPARED_BEHIND.sub("", plain)) is not None


_COMPARED_BEHIND = re.compile(rf"\b(?:{pattern_for('compared with')})\s[^,;.!?()]{{3,60}}")
"""What a matter is compared with ("…, hopefully without the thunderstorm of last year")."""

_COMPARED = re.compile(rf"(?i)\s*(?:{pattern_for('compared with')})\s[^,;.!?]{{3,80}},\s")
"""The same at the head of a sentence ("After years in Bonn, …")."""


def sentence_start(text: str, at: int) -> int:
    """Where the sentence around an offset begins, no farther before it than the longest sentence."""
    start = max(0, at - LONGEST_SENTENCE)
    return max((found.end() for found in _END.finditer(text, start, at)), default=start)


def is_compared(text: str, at: tuple[int, int]) -> bool:
    """Whether a slice stands in what the sentence compares its own matter with ("After years in Bonn, …")."""
    compared = _COMPARED.match(text, sentence_start(text, at[0]))
    return compared is not None and at[1] <= compared.end()


def looks_back_at(text: str, at: tuple[int, int]) -> bool:
    """Whether the sentence around a slice of a paragraph looks back.

    An aside in brackets behind it speaks of something else ("on 14 May, our fourth (last year: the third)"),
    and so does what it is compared with before it ("After Rennes last year, we meet in Nantes on 28 May")
    or behind it ("… in Marburg, hopefully without the rain of last year").
    """
    start = sentence_start(text, at[0])
    end = _END.search(text, at[1], at[1] + LONGEST_SENTENCE)
    compared = _COMPARED.match(text, start, at[0])
    behind = _ASIDE.sub("", text[at[1] : end.start() if end else at[1] + LONGEST_SENTENCE])
    before = text[compared.end() if compared else start : at[1]]
    return is_past(before + behind)


_PLATFORMS = frozenset(words_for("platform"))


def is_platform(text: str) -> bool:
    """Whether a text is the name of a service by which people meet, watch or sign up ("YouTube")."""
    return text.lower().strip(" .,!") in _PLATFORMS


_BY_THEN = re.compile(rf"\b(?:{pattern_for('by then')})\s+(?:\w+\s+)?$")


def is_by_then(text: str, start: int) -> bool:
    """Whether the words before a day or a time make it a deadline ("a list of names by noon")."""
    return _BY_THEN.search(text[max(0, start - 24) : start].lower()) is not None


_SINCE = re.compile(rf"\b(?:{pattern_for('since')})\s{{1,3}}$")


def is_told(before: str) -> bool:
    """Whether the words right before a time tell what happened then ("was released on")."""
    return _TOLD.search(before.lower()) is not None


def is_since(before: str) -> bool:
    """Whether the words right before a day make it one that something lasts since ("214 since Sunday")."""
    return _SINCE.search(before.lower()) is not None


@remembered
def says_opening_hours(text: str) -> bool:
    """Whether a sentence says when somebody works or something is open."""
    return _OPENING_HOURS.search(text.lower()) is not None


def tells_no_event(text: str) -> bool:
    """Whether a title speaks of an incident, a release or hours of opening, whose times are no sessions."""
    return _NO_EVENT.match(text.lower()) is not None or says_opening_hours(text)


@remembered
def is_generic_heading(text: str) -> bool:
    """Whether a heading only says what kind of thing follows ("Full schedule", "Here is where we are")."""
    plain = text.strip().lower()
    return bool(plain) and (_GENERIC.match(plain) is not None or _TELLING.match(plain) is not None)


@remembered
def is_generic(text: str) -> bool:
    """Whether a link's words only point ("session page") instead of naming."""
    plain = text.strip().lower()
    return bool(plain) and _POINTING.match(plain) is not None


_WORD_OF_EVENTS = re.compile(pattern_for("event word, with regard to case"))


def is_event_word(word: str) -> bool:
    """Whether a word says only that it is an event, and so names none ("Workshops")."""
    return _WORD_OF_EVENTS.fullmatch(word) is not None


def may_be_conference_like(text: str) -> bool:
    """Whether a text holds any word that makes a name `conference_like`: most texts do not."""
    return any(map(_has_event_word, text.split()))


@lru_cache(maxsize=16384)
def _has_event_word(word: str) -> bool:
    return _EVENT_WORD.search(word) is not None


@remembered
def conference_like(name: str) -> bool:
    """Whether a name has a word that names a kind of event ("ArgoCon", "Wasm Day", "Meetup")."""
    words = [word.strip(",.:;!?()\"'") for word in name.split()]
    named = bool(words) and words[0][:1].isupper()
    if words and words[-1] in _VENUES:
        return False
    return any(
        _SUFFIX.match(word) or (named and at and _BEHIND_NAME.match(word)) for at, word in enumerate(words)
    )


_MATERIAL = re.compile(rf"(?:\w+\s)?(?:{pattern_for('material')})")


def is_material(words: str) -> bool:
    """Whether a link's words name what was made for a session, not the session ("slides")."""
    return _MATERIAL.fullmatch(words.strip(" .").lower()) is not None


@remembered
def names_nothing(text: str) -> bool:
    """Whether words only count or point to days and meetings ("Day 2", "Three days", "Los días")."""
    return _NO_NAME.fullmatch(text.strip().lower()) is not None


@remembered
def is_aside(heading: str) -> bool:
    """Whether a heading stands over what is no programme: sponsors, jobs, how to get there."""
    return _HEADING_ASIDE.fullmatch(heading.strip(" :!*").lower()) is not None


def goes_on_a_name(word: str) -> bool:
    """Whether a lower-case word belongs to the name before it ("Rust meetup")."""
    return _BEHIND_NAME.match(word) is not None
