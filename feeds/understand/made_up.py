"""Owns titles that nothing marks: a sentence without its time, or what is behind its verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feeds.understand.part import Part
from feeds.understand.phrases import pattern_for
from feeds.understand.plain_titles import unframed
from feeds.understand.title import Title, clean

_PART_OF_DAY = re.compile(rf"(?i:{pattern_for('part of a day')})")
_FIRST = re.compile(r"(?i)(?:i|we|ich|wir|je|nous|yo|nosotros|io|noi|eu|nós|ik|wij)(?:['’]\w+)?\s")


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
    if not (1 if labelled else 2) <= len(part.text.split()) <= 14:
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
