"""Owns what stands right behind a time: the building, the room, and who gives it."""

from __future__ import annotations

import re

from feeds.understand.addresses import addressed
from feeds.understand.part import SENTENCE_END, Part
from feeds.understand.people import likely_people
from feeds.understand.people.leads import GIVEN
from feeds.understand.phrases import pattern_for
from feeds.understand.rooms import is_room
from feeds.understand.sublines import Beside

_PIECES = re.compile(r"[A-ZÀ-Þ\d][^.;!?()]{2,80}(?=[.;!?]|\s*$)")


def place_of_pieces(part: Part) -> Part | None:
    """A building, a level and a room right behind a time ("Old Forum, Level 1, Alliance 305. Come early")."""
    found = _PIECES.match(part.text)
    if found is None:
        return None
    first, *others = (piece.strip() for piece in found[0].split(","))
    if not all(one[:1].isupper() or one[:1].isdigit() for one in others):
        return None
    rooms = sum(is_room(one) or one[-1:].isdigit() for one in others)
    person = likely_people(first) and not any(map(_LEVEL.fullmatch, others))
    return part.at(0, found.end()).trimmed() if rooms > person else None


_LEVEL = re.compile(rf"(?i)(?:{pattern_for('floor')})\s\w{{1,3}}|\w{{1,5}}\.?\s(?:{pattern_for('floor')})")
"""What says on which floor of a building a room is ("Level 2", "2nd floor")."""


_BEHIND_TIME = re.compile(
    r"(?i:in|at|im|in der|en|à|dans|na|no|nella|op|bij)\s(?i:the\s|la\s|le\s|el\s|de\s|der\s)?"
    r"([A-ZÀ-Þ][\w'’-]*(?:\s[A-ZÀ-Þ\d][\w'’-]*){0,4})(?=[,;.!]|\s[–—(|]|$)"
)
_GIVEN_BY = re.compile(
    rf"(?i:\b(?:{GIVEN}|held|animée?|dirigid[oa]|condott[oa]|geleitet|gehalten|begeleid|gegeven)\s"
    r"(?:by|par|por|da|von|door)\s)"
)


def behind_time(part: Part) -> Beside:
    """Where it is and who gives it, in words behind a time ("in Sonaatti 1, run by Ada Ek. Bring a pen")."""
    found, given = _BEHIND_TIME.match(part.text), _GIVEN_BY.search(part.text)
    people = None
    if given is not None:
        end = SENTENCE_END.search(part.text, given.end())
        named = part.at(given.end(), end.start() if end else len(part.text)).trimmed()
        people = named if likely_people(named.text) else None
    if venue := addressed(part, here=True):
        return Beside(people=people, room=venue[1])
    if (place := place_of_pieces(part) or _in_bracket(part)) is not None:
        return Beside(people=people, room=place)
    if found is None or not (" " in found[1] or is_room(found[1]) or any(map(str.isdigit, found[1]))):
        return Beside(people=people)  # "in English"
    return Beside(people=people, room=part.at(*found.span(1)))


_REST_OF_BRACKET = re.compile(r"([A-ZÀ-Þ][^(),.;:!?]{2,40}\d[^(),.;:!?]{0,10})\)")


def _in_bracket(part: Part) -> Part | None:
    """A numbered name behind a time in the same bracket ("(8:30 AM - 12:30 PM, Peony Jr 4511)")."""
    found = _REST_OF_BRACKET.match(part.text)
    before = part.line.text[max(0, part.start - _NEAR) : part.start]
    return part.at(*found.span(1)) if found and before.rfind("(") > before.rfind(")") else None


_NEAR = 40
"""Letters before a part in which its bracket opens."""
