"""Owns what a paragraph is about: what one of its sentences announces, for the times that others tell of it.

"The tour of the kiln is on Friday. Only twenty places. Meet in the foyer at 1:45pm sharp."
"""

from __future__ import annotations

import re

from feeds.understand.attended import whens_of
from feeds.understand.gatherings import gathering, gathering_in, held, offered, subject_of
from feeds.understand.made_up import about
from feeds.understand.marked_titles import marked
from feeds.understand.part import Part
from feeds.understand.people import likely_people
from feeds.understand.phrases import is_deadline, is_generic, is_past, pattern_for
from feeds.understand.title import Title
from feeds.understand.titles import read_title

_GOES_ON = re.compile(rf"\W*(?:{pattern_for('going on with the topic')})(?!\w)")
_HOSTS = re.compile(rf"(?i)\b(?:{pattern_for('hosts')})\s(?:[\w'’-]{{1,15}}\s){{0,3}}[*_]{{0,3}}$")
_LONGEST_LEAD = 60


def is_of_topic(sentence: Part) -> bool:
    """Whether a sentence begins as one does that says more of what was announced ("We start at 10")."""
    return _GOES_ON.match(sentence.text[:_LONGEST_LEAD].lower()) is not None


def topic_of(sentence: Part) -> Title | None:
    """What a sentence without a time announces: what somebody hosts, else a gathering that it names."""
    if is_past(sentence.text) or is_deadline(sentence.text):
        return None
    if any(when.times for when in whens_of(sentence.line, start=sentence.start, end=sentence.end)):
        return None
    named = _hosted(sentence) or marked(sentence, []) or about(sentence) or _set_aside(sentence)
    if named is None:
        named = subject_of(sentence) or held(sentence) or gathering(sentence, sentence.end)
        named = named or gathering_in(sentence, sentence.end) or offered(sentence)
        named = None if named is not None and _CONFERENCE.search(named.text) else named
    return named


_CONFERENCE = re.compile(
    r"(?i)\b(?:conferences?|congress|summit|symposium|konferenz|tagung|congrès|congres+o)\b"
)
"""What the times of a paragraph are within, not what they are the times of."""


def _set_aside(sentence: Part) -> Title | None:
    """What a day is for ("Sunday is for hacking")."""
    found = _FOR.search(sentence.text[:_LONGEST_LEAD].rstrip())
    if found is None:
        return None
    part = sentence.at(*found.span(1))
    return Title(part=part, text=part.text[:1].upper() + part.text[1:])


_FOR = re.compile(
    r"day is (?:all )?(?:for|about) ((?:[a-z-]{2,15} ){0,3}[a-z-]{2,15}ing(?: [a-z-]{2,15}){0,2})[.!]?$"
)


def is_short(sentence: Part) -> bool:
    """Whether a sentence only names what there is ("And of course there's a party")."""
    return len(sentence.text.split()) <= _FEW


_FEW = 9


def _hosted(sentence: Part) -> Title | None:
    """What is set off by marks behind "we are hosting", be it called like an event."""
    for mark in sentence.marks("strong", "emphasis", "link"):
        part = Part(sentence.line, mark.start, min(mark.end, sentence.end)).trimmed()
        before = sentence.line.text[max(sentence.start, mark.start - _LONGEST_LEAD) : mark.start]
        if _HOSTS.search(before) is None or is_generic(part.text) or likely_people(part.text):
            continue
        if (found := read_title(part)) is not None:
            return found._replace(url=found.url or mark.href or None)
    return None
