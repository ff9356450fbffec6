"""Owns whether a sentence with a day speaks of what is still to come, in a post that looks back."""

from __future__ import annotations

import re

from feeds.understand.moments import Moment
from feeds.understand.part import SENTENCE_END
from feeds.understand.phrases import is_past, pattern_for

_COMING = re.compile(rf"\b(?:{pattern_for('still to come')}|{pattern_for('inviting to')})\b")
_BEFORE = 300


def is_coming(moment: Moment) -> bool:
    """Whether the sentence with a day looks ahead ("On Friday we show a film")."""
    text, (start, end) = moment.line.text, moment.when.at
    near = max(0, start - _BEFORE)
    begins = max((found.end() for found in SENTENCE_END.finditer(text, near, start)), default=near)
    stop = SENTENCE_END.search(text, end, end + _BEFORE)
    sentence = text[begins : stop.start() if stop else end + _BEFORE]
    if is_past(sentence):
        return False
    return _COMING.search(sentence.lower()) is not None
