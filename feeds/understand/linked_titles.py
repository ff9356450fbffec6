"""Owns titles that are linked: what stands ahead of the link, and the kind, people and room behind it."""

from __future__ import annotations

import re

from feeds.understand.behind_titles import after_title
from feeds.understand.part import SENTENCE_END, Part
from feeds.understand.people import format_of
from feeds.understand.phrases import conference_like, is_generic, pattern_for
from feeds.understand.plain_titles import split
from feeds.understand.rooms import is_map, is_room, is_room_code
from feeds.understand.title import Names, Title

BY = re.compile(r"(?i)\s(?:by|presented by|with|von|par|por|di|door|mit|avec|con|com|met)\s")
"""What leads to people behind a title."""

_HALF = 0.5


def linked(part: Part, names: Names) -> Title | None:
    """The link that is the title: nothing but a format, a track or ornament before it, people after it."""
    text = part.text
    by = BY.search(text)
    for mark in part.links:
        start, end = max(mark.start, part.start) - part.start, min(mark.end, part.end) - part.start
        if by and by.start() < start:
            return None
        label = Part(part.line, part.start + start, part.start + end)
        if is_generic(label.text) or is_map(mark.href) or len(label.text.strip()) < 3:
            continue
        before, after = part.at(0, start).trimmed(), part.at(end, len(text))
        linked_label = after.text.lstrip()[:1] == ":" and len(after.text) > max(15, len(label.text))
        ahead = _ahead(before, label) if names.likely(label.text) < _HALF else None
        if ahead is None and _invites_to(text[:start]) and conference_like(label.text):
            ahead = before.at(0, 0), None
        loose = linked_label or _first_half(before, label, part)
        if ahead is None and (loose or not _label_like(before.text) or _leads_on(text[:start])):
            return None
        kind, after = _kind_behind(after)
        far = len(label.text) * 2 < len(_first_clause(text))
        if far and kind is None and not _ends(after.text, names):
            return None
        found = _from_link(label, mark.href, before=ahead[0] if ahead else before, after=after, names=names,
                           room=ahead[1] if ahead else None)  # fmt: skip
        return found._replace(format=found.format or kind) if found else None
    return None


def _kind_behind(after: Part) -> tuple[str | None, Part]:
    """The kind of a session behind its linked title, and what follows ("[Git basics](u) workshop in …")."""
    found = _KIND_BEHIND.match(after.text)
    kind = format_of(found[1] or found[2]) if found else None
    return (kind, after.at(found.end(), len(after.text))) if found and kind else (None, after)


_KIND_BEHIND = re.compile(
    r"[*_]{0,3}\s(?:\(([a-zà-ÿ-]{4,20})\)|"
    r"([a-zà-ÿ-]{4,20})(?=,?\s(?:in|at|by|run|led|with|on|im|mit|von|dans|par|avec|en|con|por)\s|[,.]|$))"
)


def _ahead(before: Part, label: Part) -> tuple[Part, Part | None] | None:
    """The track and the room that words with a colon ahead of a link are; None where they are neither.

    A track is marked as a whole ("*AI Day*: [Title](u)"), or it is one by its last word; a room stands
    behind a comma ("Go devroom, UD2.120 (Chavanne): [Title](u)").
    """
    text = before.line.text
    colon = text.find(":", before.end, label.start)
    if colon == -1 or len(before.text) > _LONGEST_TRACK or text[before.end : colon].strip(" *_)"):
        return None
    if any(m.start <= before.start and before.end <= m.end for m in before.marks("strong", "emphasis")):
        return (before, None) if conference_like(before.text) else None
    whole = Part(before.line, before.start, colon).trimmed()
    if is_room_code(whole.text) or (" | " in whole.text and is_room(whole.text)):
        return before.at(0, 0), whole
    at = whole.text.find(", ")
    room = whole.at(at + 2, len(whole.text)) if at > 0 else None
    if room is not None and is_room(room.text.partition(" (")[0]):
        return whole.at(0, at).trimmed(), room
    return (before, None) if _TRACK.search(before.text) and len(before.text.split()) < 7 else None


_LONGEST_TRACK = 80
_TRACK = re.compile(r"(?i)(?<!\bon )\b(?:devroom|dev room|track|minisymposium|miniconf)$")


def _label_like(text: str) -> bool:
    return not text or format_of(text) is not None or (len(text.split()) <= 4 and len(text) < 40)


def _first_half(before: Part, label: Part, part: Part) -> bool:
    """Whether words with a colon ahead of a link are no label, but how the title begins.

    A label is a name in capitals, a format, or has a mark of its own ("**Opening:** [Words](u)").
    """
    words = before.text.split()
    if len(words) < 3 or not part.line.text[before.end : label.start].startswith(":"):
        return False
    if format_of(before.text) is not None or before.text == before.text.title():
        return False
    return not any(mark.end <= label.start for mark in before.marks("strong", "emphasis"))


def _leads_on(before: str) -> bool:
    """Whether the words ahead of a link run on into it ("Ada shows [Tides](u)"): they label nothing."""
    words = before.split()
    return len(words) > 1 and words[-1].islower() and words[-1].isalpha()


_TO_THE = re.compile(
    r"(?i)\b(?:to|for|at|zu[mr]?|à|au|a|al|alla|para|voor) (?:the |our |la |le |el |il |de |het )?$"
)


def _invites_to(before: str) -> bool:
    """Whether the words ahead of a link invite to it ("We are inviting everybody to the [Social](u)")."""
    return _TO_THE.search(before) is not None and _INVITES.search(before.lower()) is not None


_INVITES = re.compile(rf"\b(?:{pattern_for('inviting to')}|inviting)\b")


def _first_clause(text: str) -> str:
    found = SENTENCE_END.search(text)
    return text[: found.start()] if found else text


def _ends(after: str, names: Names) -> bool:
    """Whether what follows a link leaves it the title: nothing, people, or a new clause."""
    plain = after.strip()
    if not plain or plain[0] in ".:;!?(|–—-,•@":
        return True
    return names.likely(plain) >= 0.5 or BY.match(" " + plain) is not None


def _from_link(
    label: Part, href: str, *, before: Part, after: Part, names: Names, room: Part | None = None
) -> Title | None:
    """The title of a link, with the format or track before it and the people or room after it."""
    people, behind, rest = after_title(after, names)
    title = split(label, names)
    if title is None:
        return None
    kind = format_of(before.text) if before else None
    if people is None and kind is None and before and names.likely(before.text) >= _HALF:
        people, before = before, before.at(0, 0)  # "Ada Ek: [The title](u)"
    if people is not None and title.people is not None:  # they stand behind: what split off is title
        title = split(label.trimmed(), Names(), people=False) or title
    track = title.track if kind or not before else before.text.rstrip(" :") if before.text else title.track
    return title._replace(
        format=kind or title.format,
        track=title.track or (track if track and track[:1].isupper() and format_of(track) is None else None),
        people=people or title.people,
        room=room or behind,
        rest=rest,
        url=href,
        url_part=label,
    )
