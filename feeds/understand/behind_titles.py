"""Owns what stands behind a title: who gives it, in which room, and the sentences that tell of it."""

from __future__ import annotations

import re

from feeds.understand.part import SENTENCE_END, Part
from feeds.understand.people import accompanied, undescribed
from feeds.understand.plain_titles import before_time
from feeds.understand.rooms import find_room, is_bare_room, is_room, is_surely_room
from feeds.understand.sublines import opening, told
from feeds.understand.title import Names
from feeds.understand.title_rooms import PREPOSITION

After = tuple[Part | None, Part | None, Part | None]
"""The people, the room and the sentences behind a title."""

_REMARK = re.compile(r"\s\([^()]{3,60}\)$")
_BARS = re.compile(r"\s[|/•·]\s")


def after_title(after: Part, names: Names) -> After:
    """People, room and sentences that follow a title."""
    part = before_time(after.trimmed())
    if not part:
        return None, None, None
    if _BARS.search(part.text):
        said = told(part, ())
        if said.people or said.room:
            return said.people, said.room, None
    sentence = SENTENCE_END.search(part.text) or _BEFORE_NUMBER.search(part.text)
    head = part.at(0, sentence.start()).trimmed() if sentence else part
    rest = part.at(sentence.end(), len(part.text)) if sentence else None
    head, ahead = _room_ahead(head)
    people, room = _people_and_room(head, names)
    room = ahead or room
    if names.likely(people.text) < 0.5 and (bracket := _REMARK.search(people.text)):
        people = people.at(0, bracket.start()).trimmed()
    bracketed = after.text.lstrip(" *_").startswith("(")
    if names.likely(undescribed(people.text) if bracketed else people.text) >= 0.5:
        return people, room, rest
    if (named := _remarked(head, names)) is not None:
        return named, room or _bracketed_room(head), rest
    if is_room(head.text) and len(head.text) < 60 and "," not in head.text:
        return None, head, None
    return (opening(part) if after.text.startswith((".", ":")) else None), None, part


def _room_ahead(part: Part) -> tuple[Part, Part | None]:
    """What stands behind the room that a part begins with ("in the small room, run by Ada Ek")."""
    found = find_room(part.text)
    if (
        found is None
        or not PREPOSITION.fullmatch(part.text[: found[0]])
        or part.text[found[1] : found[1] + 2] != ", "
    ):
        return part, None
    return part.at(found[1] + 2, len(part.text)).trimmed(), part.at(*found).trimmed()


_LED = re.compile(r"\(([^()]{3,80})\)[\s,–—-]*")


def _remarked(head: Part, names: Names) -> Part | None:
    """The people beside a remark: "(deep dive) – Ada Ek", "(Ada Ek), a student talk", "a talk by Ada Ek"."""
    if bracket := _LED.match(head.text):
        inner, behind = head.at(*bracket.span(1)).trimmed(), head.at(bracket.end(), len(head.text)).trimmed()
        for part in (inner, behind):
            if part and names.likely(part.text) >= LIKELY:
                return part
    named = accompanied(head.text)
    return head.at(*named) if named is not None else None


def _bracketed_room(head: Part) -> Part | None:
    """The room in the brackets that a part begins with ("(reading room), a talk by Ada Ek")."""
    bracket = _LED.match(head.text)
    inner = head.at(*bracket.span(1)).trimmed() if bracket else None
    return inner if inner and is_room(inner.text) else None


LIKELY = 0.6
_BEFORE_NUMBER = re.compile(r"(?<=[a-zà-ÿ])\.\s+(?=\d)")


def _people_and_room(part: Part, names: Names) -> tuple[Part, Part | None]:
    """ "Ola Nowak, Forum 2": behind people a room is known by its number, or where it recurs."""
    at = part.text.rfind(",")
    room = part.at(at + 1, len(part.text)).trimmed() if at > 0 else None
    if room is None or not room:
        return part, None
    numbered = is_bare_room(room.text) and any(char.isdigit() for char in room.text)
    if numbered or is_surely_room(room.text) or room.text.casefold() in names.rooms:
        return part.at(0, at).trimmed(), room
    return part, None
