"""Owns who "she" and "he" are in running prose that says them to present something."""

from __future__ import annotations

import re
from collections.abc import Collection

from feeds.understand.people.sentences import SURE, mentions
from feeds.understand.people.values import Person, fold
from feeds.understand.people.verbs import VERB

_PRONOUN = re.compile(r"(?i)\b(?:she|he|sie|er|elle|il|ella|él|lei|lui|ela|ele|zij|hij)\b")
_SHORT = re.compile(r"['’]s(?=\s\w+ing\b)|['’]ll(?=\s)")
"""What is left of "is" and "will" behind a pronoun."""


def meant(text: str, *, start: int, end: int, known: Collection[str] = ()) -> Person | None:
    """Who presents in a sentence of a paragraph that only has a pronoun for them: the last one named before.

    "Our founder, Ada Ek, is on her way to Graz. On Friday at 15:00 she presents …".
    """
    for pronoun in _PRONOUN.finditer(text, start, end):
        short = _SHORT.match(text, pronoun.end())
        if VERB.match(text, pronoun.end()) is None and short is None:
            continue
        full = {fold(name): name for name in sorted(known)}
        first = max(0, pronoun.start() - _REACH)
        before = text[first : pronoun.start()]
        last = None
        for one in mentions(before, full):
            last = one if one.score >= SURE or one.role else last
        if last is None:
            return None
        at = (first + last.at[0], first + last.at[1])
        return Person(name=last.name, at=at, affiliation=last.affiliation, role=last.role)
    return None


_REACH = 800
"""Letters between a name and the pronoun for it."""
