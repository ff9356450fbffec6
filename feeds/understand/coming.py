"""Owns whether a sentence with a day speaks of what is still to come, in a post that looks back."""

from __future__ import annotations

import re

from feeds.understand.facts import Moment
from feeds.understand.part import SENTENCE_END
from feeds.understand.phrases import is_past, pattern_for

_COMING = re.compile(rf"\b(?:{pattern_for('still to come')}|{pattern_for('inviting to')})\b")
_LISTED = re.compile(r"\s?[:–—|-]\s")
_BEFORE = 300


def is_coming(moment: Moment) -> bool:
    """Whether a day is one of a programme ("Wednesday, 19:00: Pub quiz") or of a sentence that looks on."""
    text, (start, end) = moment.line.text, moment.when.at
    near = max(0, start - _BEFORE)
    begins = max((found.end() for found in SENTENCE_END.finditer(text, near, start)), default=near)
    stop = SENTENCE_END.search(text, end, end + _BEFORE)
    sentence = text[begins : stop.start() if stop else end + _BEFORE]
    if is_past(sentence):
        return False
    listed = not text[begins:start].strip(" *_-") and moment.when.times and _LISTED.match(text, end)
    return bool(listed) or _COMING.search(sentence.lower()) is not None
