"""Owns titles that nothing marks: a sentence without its time, or what is behind its verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feeds.understand.attended import whens_of
from feeds.understand.part import Part
from feeds.understand.people import format_of, likely_people
from feeds.understand.phrases import pattern_for
from feeds.understand.plain_titles import INVITING, unframed
from feeds.understand.title import Title, clean

_PART_OF_DAY = re.compile(rf"(?i:{pattern_for('part of a day')})")
_FIRST = re.compile(r"(?i)(?:i|we|ich|wir|je|nous|yo|nosotros|io|noi|eu|nós|ik|wij)(?:['’]\w+)?\s")


def _says_nothing(text: str) -> bool:
    """Whether words only stand for a name ("It runs"), or only invite ("See you")."""
    return _PRONOUN.fullmatch(text) is not None or (
        len(text.split()) <= _FEW and INVITING.match(text + " ") is not None
    )


_FEW = 2
_PRONOUN = re.compile(r"(?i)(?:it|this|that|they|he|she|es|das|ça|cela|elle|il|ils|het|dat)(?:['’]s)?\s\w+")
"""What stands for a name tells none ("It runs")."""


def made_up(
    sentence: Part,
    whens: Sequence[tuple[int, int]],
    *,
    pointer: str | None,
    kind: str | None,
    event: str | None,
) -> Title | None:
    """The words before the times (`whens`, slices of the line), else those behind, if they can be a title.

    "I speak at 10:00" is "Talk at" the event, where the `kind` of session and the event are known.
    """
    first, last = min(start for start, _ in whens), max(end for _, end in whens)
    before = Part(sentence.line, sentence.start, max(sentence.start, first)).trimmed()
    after = Part(sentence.line, last, max(last, sentence.end)).trimmed()
    leading = len(before.text.split()) >= 2 and not _PART_OF_DAY.fullmatch(before.text)
    part = unframed(before if leading else after)
    labelled = sentence.line.text[part.end : part.end + 1] == ":"
    if not (1 if labelled else 2) <= len(part.text.split()) <= 14 or _says_nothing(part.text):
        return None
    text = clean(part.text)
    if event and kind and _FIRST.match(text):
        return Title(part=part, text=f"{kind} at {event}", format=kind, url=pointer)
    return Title(part=part, text=text[:1].upper() + text[1:], url=pointer)


_BEHIND_VERB = re.compile(
    r"\b(?:hält|halten|gibt|geben)\s(?:[^.;:!?]|(?<=\d)[.:](?=\d)){0,60}?\b(?:den|einen|die|eine|das|ein|seinen|ihren)\s"
    r"((?:[\w-]{2,30}\s){0,2}?[\w-]{0,30}(?i:vortrag|workshop|tutorial|kurs|talk|rede)"
    r"(?:\s(?:über|zu|zum|zur)\s[^.;:!?,]{3,60})?)(?![\w-])"
)


def behind_verb(sentence: Part, whens: Sequence[tuple[int, int]]) -> Title | None:
    """What German says behind the verb and the time ("hält um 13:45 Uhr den Backup-Vortrag")."""
    found = _BEHIND_VERB.search(sentence.text)
    part = sentence.at(*found.span(1)).trimmed() if found else None
    if part is None or any(start < part.end and part.start < end for start, end in whens):
        return None
    return Title(part=part, text=part.text[:1].upper() + part.text[1:])


_ABOUT = re.compile(
    rf"(?i)\b(?:an?|our|another|eine?n?|une?|una?|uma?|een)\s((?:[\w-]{{2,20}}\s){{0,2}}(?:{pattern_for('session')})"
    r"(?:\s[\w-]{2,20})?\s(?:about|on|über|zu[mr]?|sur|sobre|su|over|de|di|van)\s"
    r"(?!(?:\w+\s){0,2}\d)([^.,;:()!?]{5,80}?))"
    r"(?=[.,;:()!?]|\s(?:at|from|um|ab|à|alle|às|om|in|im|on|am|el|le|il|op)\s|\s*$)"
)


def about(sentence: Part) -> Title | None:
    """What a sentence says somebody gives and what about ("Ada runs a hands-on about glazing at home")."""
    found = _ABOUT.search(sentence.text)
    if found is None or likely_people(found[2]):
        return None
    part = sentence.at(*found.span(1)).trimmed()
    if any(when.at[0] < part.end for when in whens_of(part.line, start=part.start)):
        return None  # "a session on Thursday"
    return Title(
        part=part, text=part.text[:1].upper() + part.text[1:], format=format_of(part.text.split()[0])
    )
