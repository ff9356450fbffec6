"""Owns titles that no mark sets off: where the people begin, and what a sentence puts around a title."""

from __future__ import annotations

import re
from itertools import chain

from feeds.understand.part import SENTENCE_END, Part
from feeds.understand.people import split_title
from feeds.understand.phrases import pattern_for
from feeds.understand.speakers_first import names_first
from feeds.understand.title import Names, Title, clean
from feeds.understand.when import find_when


def split(part: Part, names: Names, *, people: bool = True) -> Title | None:
    """A phrase as title and, where it tells them, format, track and `people`; None where no title is left."""
    part = _without_call(_first_telling(part.trimmed()))
    part = unframed(part) if _leads_to_time(part) else part
    if people and (barred := _barred(part, names)) is not None:
        return barred
    if (told := names_first(part, first=names.first and people)) is not None:
        named = split(told[1], names, people=False)
        return named._replace(people=told[0]) if named else None
    parts = split_title(part.text, known=names.known, organisations=names.organisations)
    title = part.at(*parts.title).trimmed()
    if not people and parts.people:
        title = part.at(parts.title[0], len(part.text)).trimmed()
    if not title:
        return None
    behind = _people_behind(part, names) if people and not parts.people else None
    if behind is not None:
        title, spoken = behind
        return Title(
            part=title, text=clean(title.text), format=parts.format, track=parts.track_prefix, people=spoken
        )
    return Title(
        part=title,
        text=clean(title.text),
        format=parts.format,
        track=parts.track_prefix,
        people=part.at(*parts.people) if parts.people and people else None,
        status=parts.status,
    )


def unpeopled(title: Title) -> Title:
    """A title whose words behind a comma are no speakers, where another place names them."""
    people = title.people
    if people is None or people.line is not title.part.line:
        return title
    if not title.part.line.text[title.part.end : people.start].startswith(","):
        return title
    whole = Part(people.line, title.part.start, people.end).trimmed()
    return title._replace(part=whole, text=clean(whole.text), people=None)


def _barred(part: Part, names: Names) -> Title | None:
    """ "Title | Speakers | Room": bars part a line where one piece behind the first is people."""
    pieces = [part.at(a, b).trimmed() for a, b in _between(part.text)]
    if len(pieces) < 2 or not all(pieces):
        return None
    people = next((piece for piece in pieces[1:] if names.likely(piece.text) >= 0.5), None)
    if people is None:
        return None
    room = next((piece for piece in pieces[1:] if piece is not people and len(pieces) > 2), None)
    title = split(pieces[0], names, people=False)
    return title._replace(people=people, room=room) if title else None


def _between(text: str) -> list[tuple[int, int]]:
    """The slices between bars."""
    borders = [found.span() for found in re.finditer(r"\s\|\s", text)]
    starts = [0, *(end for _, end in borders)]
    return list(zip(starts, [*(start for start, _ in borders), len(text)], strict=True))


INVITING = re.compile(
    r"(?i)^(?:don['’]?t miss|join (?:us|me|our)|come |stop by|see you|visit|meet us|swing by|drop by|"
    r"we['’]?(?:re|ll| are| will)|rsvp|register|komm|kommt|venez|rejoignez|ven |únete|"
    r"vieni|venite|unisciti|venha|kom )"
)
"""How a sentence begins that invites and tells no title."""

_LEAD = re.compile(
    r"(?i:(?:and|und|et|y|e|en)\s+)?(?i:(?:finally|lastly|also|first|then|next|later)[\s,]+)?"
    r"(?i:(?:don['’]?t miss(?: out on)?|join (?:us|me) (?:for|at|in)|come (?:to|by|and see)|"
    r"there(?:['’]s| is| will be)|it['’]s|see you (?:at|for)|visit us (?:at|for)|stop by(?: for)?|"
    r"please join us for|catch)\s+(?:(?:the|a|an|our)\s+)?)"
)
_TAIL = re.compile(
    r"[\s,:]+(?:every other|every second|every|each|on|at|from|in|is|will be|will take place|takes place|"
    r"starts?|held|beginning|am|um|ab|von|le|à|de|el|a las|il|alle|em|às|op|om|the|this|and)$"
)
"""In lower case only: "How I Lost My Sunday" and "Your ORM Wrote This" end as they are meant to."""

_GROUP = re.compile(
    r"(?i)\b(?:team|crew|orga(?:ni[sz]ers?)?|committee|staff|hosts|everyone|redaktion|alle|équipe|comité|equipo|"
    r"organizador[ae]s|organizzator[ei]|squadra|equipe|organizadores|iedereen|tous|todos|tutti)\b"
)
"""Who speaks where no person is named ("Welcome (Orga-Team)")."""

_BRACKET = re.compile(r"\s\(([^()]{4,120})\)$")
_WORD = re.compile(r"\w")
_NEAR = 6
_LONGEST_TAIL = 24


_CALL = re.compile(
    r"(?i)(?:,|!|\s[–—-])\s+(?:\d{1,2}\s?(?:['’]|mins?\b|minut)|sign[ -]?up\b|all welcome|first come|"
    r"(?:everybody|everyone|all|alle|tous|todos|tutti|iedereen)$)"
    r"|[.,;]\s+(?:\d{1,4}(?:[.,]\d\d)?\s?(?:€|EUR\b|CHF\b|£|zł)|[€£$]\s?\d)"
    r"|[,;]\s+(?:réservation|reservation|registration|prenotazione|reserva|anmeldung|aanmelden)\b"
    rf"|,\s+(?:{pattern_for('aside behind a title')})\b"
    rf"|,\s+(?-i:{pattern_for('before a gathering')})\s(?-i:[a-zà-ÿ-]{{1,14}}\s){{0,3}}"
    rf"(?-i:{pattern_for('gathering')})(?=,|\.?$)"
    rf"|,\s+(?:on|via|over|auf|sur|en|su|por|op)\s(?:{pattern_for('platform')})\b"
    r"|,\s+(?-i:at|beim?|chez|presso|bij)\s(?-i:(?:the|our|der|dem|de|la|het)\s)?(?=(?:[a-zà-ÿ-]{1,14}\s){0,3}(?-i:[A-ZÀ-Þ]))"
    rf"|\s\((?:{pattern_for('remark in brackets')})\b[^()]{{2,80}}\)$"
    r"|[,!]\s+(?:bring your|grab |max\.? \d|anmeld|sur inscription|apportez|trae tu|inscr|iscri|meld je)"
)
"""What behind a title only says how to take part ("Lightning talks, 5 min each, sign up at the door")."""


def _without_call(part: Part) -> Part:
    found = _CALL.search(part.text)
    return (
        part.at(0, found.start() + (part.text[found.start()] == "!")) if found and found.start() > 3 else part
    )


def unframed(part: Part) -> Part:
    """A phrase without the words that only lead to it or to its time ("And finally, don't miss … on")."""
    lead = _LEAD.match(part.text)
    if lead and lead[0].strip() and len(part.text) - lead.end() > 6:
        part = part.at(lead.end(), len(part.text)).trimmed()
    return _untailed(part)


def before_time(part: Part) -> Part:
    """A phrase without the words that only lead to the time right behind it ("with Ada Ek on")."""
    return _untailed(part) if _leads_to_time(part) else part


def _untailed(part: Part) -> Part:
    for _ in range(2):
        start = max(0, len(part.text) - _LONGEST_TAIL)
        if tail := _TAIL.search(part.text[start:]):
            part = part.at(0, start + tail.start()).trimmed()
    return part


def _leads_to_time(part: Part) -> bool:
    """Whether a time follows right behind a phrase: then its last words may only lead there."""
    text = part.line.text
    gap = next((found.start() for found in _WORD.finditer(text, part.end, part.end + _NEAR)), None)
    if gap is None:
        return False
    return any(part.end <= when.at[0] <= gap + 1 for when in find_when(text))


def _first_telling(part: Part) -> Part:
    """The first sentence that tells something; a question or an exclamation may belong to a title."""
    linked = any(mark.start <= part.start and part.end <= mark.end for mark in part.links)
    if len(part.text) < 200 and (linked or _people_behind(part, Names()) is not None):
        return part
    ends = chain(SENTENCE_END.finditer(part.text), _BEFORE_NUMBER.finditer(part.text))
    borders = sorted(found.start() + 1 for found in ends)
    questions = len(part.text) <= 120 and not any(part.text[at - 1] == "." for at in borders)
    if not borders or _heads_all(part) or (questions and not INVITING.match(part.text)):
        return part
    sentences = [
        part.at(a, b).trimmed() for a, b in zip([0, *borders], [*borders, len(part.text)], strict=True)
    ]
    telling = [one for one in sentences if one and not INVITING.match(one.text)]
    return telling[0] if telling else sentences[0]


def _heads_all(part: Part) -> bool:
    """Whether a phrase is a whole line of short sentences, the last without a stop ("It hurts. Fix it")."""
    whole = part.text == part.line.text.strip(" #*_")
    return whole and len(part.text.split()) <= _MOST_WORDS and part.text[-1] not in ".!"


_MOST_WORDS = 12

_DOING = re.compile(
    r"\s(?:will|is|are|was|were|wird|werden|ist|sind|va|vont|est|sont|es|son|è|sono|é|são|zal|zullen)\s[a-zà-ÿ]"
)
"""What a sentence of somebody has, and no list of people."""

_BEFORE_NUMBER = re.compile(r"(?<=[a-zà-ÿ]{4})\.\s+(?=\d)")
"""Where a sentence ends before a number ("… with Rosa Delgadillo. 62 miles"); not behind "no."."""

_LED = re.compile(rf"\s(?:{pattern_for('is led')})$")


def _people_behind(part: Part, names: Names) -> tuple[Part, Part] | None:
    """ "Title. Ada Lovelace, Analytical": a full stop, or brackets at the end, set the people off."""
    text = part.text
    bracket = _BRACKET.search(text) if text.endswith(")") else None
    border = bracket or SENTENCE_END.search(text)
    if border is None or border.start() < 4:
        return None
    spoken = part.at(*border.span(1)) if bracket else part.at(border.end(), len(part.text))
    if bracket and (led := _LED.search(spoken.text)) is not None:
        spoken = spoken.at(0, led.start()).trimmed()
    likely = names.likely(spoken.text) if bracket or not _DOING.search(spoken.text) else 0.0
    group = bracket is not None and _GROUP.search(spoken.text) is not None
    if likely < (0.35 if bracket and "@" in spoken.text else 0.5) and not group:
        return None
    end = border.start() + (0 if bracket or part.text[border.start()] == "." else 1)
    return part.at(0, end).trimmed(), spoken.trimmed()
