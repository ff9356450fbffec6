"""Owns how one phrase becomes a title, its link, its format, its track, and the people after it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from feeds.post import Mark
from feeds.understand.part import SENTENCE_END, Part
from feeds.understand.people import find_people, format_of, looks_like_people, split_title
from feeds.understand.phrases import is_generic
from feeds.understand.rooms import is_room
from feeds.understand.sublines import leading_room, tail_room

_AT_ROOM = re.compile(r"^@\s*(.{1,60}?)\s*(?:[-–—:|]\s+|$)")
_BY = re.compile(r"(?i)\s(?:by|presented by|with|von|par|por|di|door|mit|avec|con|com|met)\s")
_SENTENCE = SENTENCE_END


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title as read. `people` and `room` are parts still to be read."""

    part: Part
    text: str
    format: str | None = None
    track: str | None = None
    people: Part | None = None
    room: Part | None = None
    url: str | None = None
    url_part: Part | None = None
    status: Literal["cancelled"] | None = None
    rest: Part | None = None
    sentence: Part | None = None

    @property
    def strong(self) -> bool:
        """Whether it can only be the title of a session: it has a link, a format or speakers."""
        return self.url is not None or self.format is not None or self.people is not None


def read_title(
    part: Part,
    *,
    known: Collection[str] = (),
    organisations: Collection[str] = (),
    rooms: Collection[str] = (),
) -> Title | None:
    """The title in a phrase, None where the phrase only points somewhere ("Details here").

    `rooms` are phrases that recur in the post where rooms stand.
    """
    part, at_room = _room_before(_unnumbered(part.trimmed()))
    part, ahead = (part, None) if _INVITING.match(_behind_colon(part)) else leading_room(part, rooms)
    part, behind = tail_room(part, rooms)
    room = at_room or ahead or behind
    if not part:
        return None
    if found := _linked(part, known, organisations):
        return replace(found, room=room or found.room)
    if found := _bold(part, known, organisations) or _presented(part, known):
        return replace(found, room=room or found.room)
    title = _split(part, known, organisations)
    if title is None:
        return None
    link = _covering(title.part)
    pointer = next((mark for mark in part.links if is_generic(part.line.text[mark.start : mark.end])), None)
    chosen = link or (pointer if pointer and not _people_link(pointer) else None)
    return replace(title, room=room or title.room, url=chosen.href if chosen else None,
                   url_part=Part(part.line, chosen.start, chosen.end) if chosen else None)  # fmt: skip


def _behind_colon(part: Part) -> str:
    return part.text.split(": ", 1)[-1]


def _unnumbered(part: Part) -> Part:
    """A heading's own number is not its title's ("2. Contribfest")."""
    found = re.match(r"\d{1,2}(?:\.\d{1,2})?[.)]\s+(?=\S)", part.text)
    return part.at(found.end(), len(part.text)).trimmed() if found else part


def _people_link(mark: Mark) -> bool:
    return any(
        host in mark.href for host in ("github.com/", "twitter.com/", "x.com/", "linkedin.com/", "mailto:")
    )


def _room_before(part: Part) -> tuple[Part, Part | None]:
    """ "@ Janson - Welcome": the room stands between the time and the title."""
    at = part.line.text.rfind("@", 0, part.start)
    between = part.line.text[at + 1 : part.start] if at != -1 else "x"
    if at == -1 or between.strip():
        return part, None
    found = _AT_ROOM.match("@" + part.text)
    if not found or found.end() > len(part.text):
        return part, None
    return part.at(found.end() - 1, len(part.text)).trimmed(), part.at(
        found.start(1) - 1, found.end(1) - 1
    ).trimmed()


def _linked(part: Part, known: Collection[str], organisations: Collection[str]) -> Title | None:
    """The link that is the title: nothing but a format, a track or ornament before it, people after it."""
    text = part.text
    by = _BY.search(text)
    for mark in part.links:
        start, end = max(mark.start, part.start) - part.start, min(mark.end, part.end) - part.start
        if by and by.start() < start:
            return None
        label = Part(part.line, part.start + start, part.start + end)
        if is_generic(label.text) or len(label.text.strip()) < 3:
            continue
        before, after = part.at(0, start).trimmed(), part.at(end, len(text))
        if after.text.lstrip()[:1] == ":" and len(after.text) > max(15, len(label.text)):
            return None  # a linked label before the title
        if not _label_like(before.text):
            return None
        if len(label.text) * 2 < len(_first_clause(text)) and not _ends(after.text, known, organisations):
            return None
        return _from_link(label, before, after, mark.href, known, organisations)
    return None


def _label_like(text: str) -> bool:
    return not text or format_of(text) is not None or (len(text.split()) <= 4 and len(text) < 40)


def _first_clause(text: str) -> str:
    found = _SENTENCE.search(text)
    return text[: found.start()] if found else text


def _ends(after: str, known: Collection[str], organisations: Collection[str]) -> bool:
    """Whether what follows a link leaves it the title: nothing, people, or a new clause."""
    plain = after.strip()
    if not plain or plain[0] in ".:;!?(|–—-,•@":
        return True
    return (
        looks_like_people(plain, known=known, organisations=organisations) >= 0.5
        or _BY.match(" " + plain) is not None
    )


def _from_link(label: Part, before: Part, after: Part, href: str, known: Collection[str],
               organisations: Collection[str]) -> Title | None:  # fmt: skip
    people, room, rest = _after(after, known, organisations)
    title = _split(label, known, organisations)
    if title is None:
        return None
    kind = format_of(before.text) if before else None
    if (
        people is not None and title.people is not None
    ):  # people stand after the link: what split off is title
        whole = label.trimmed()
        title = replace(title, part=whole, text=clean(whole.text), people=None, format=None, track=None)
        again = _split(whole, (), (), people=False)
        title = again or title
    track = title.track if kind or not before else before.text.rstrip(" :") if before.text else title.track
    return replace(
        title,
        format=kind or title.format,
        track=title.track or (track if track and track[:1].isupper() and format_of(track) is None else None),
        people=people or title.people,
        room=room,
        rest=rest,
        url=href,
        url_part=label,
    )


def _after(
    after: Part, known: Collection[str], organisations: Collection[str]
) -> tuple[Part | None, Part | None, Part | None]:
    """People, room and sentences that follow a title."""
    part = after.trimmed()
    if not part:
        return None, None, None
    sentence = _SENTENCE.search(part.text)
    head = part.at(0, sentence.start()).trimmed() if sentence else part
    if looks_like_people(head.text, known=known, organisations=organisations) >= 0.5:
        rest = part.at(sentence.end(), len(part.text)) if sentence else None
        return head, None, rest
    if is_room(head.text) and len(head.text) < 60 and "," not in head.text:
        return None, head, None
    return None, None, part


def _bold(part: Part, known: Collection[str], organisations: Collection[str]) -> Title | None:
    """ "**Title** by A, Org": the bold stretch at the beginning is the title."""
    for mark in part.marks("strong"):
        start, end = max(mark.start, part.start) - part.start, min(mark.end, part.end) - part.start
        label = part.at(start, end).trimmed()
        if part.at(0, start).trimmed() or len(label.text) < 4 or end >= len(part.text.rstrip()):
            return None
        if looks_like_people(
            label.text, known=known, organisations=organisations
        ) >= 0.7 or label.text.endswith(":"):
            return None
        people, room, rest = _after(part.at(end, len(part.text)), known, organisations)
        title = _split(label, known, organisations)
        return replace(title, people=people or title.people, room=room, rest=rest) if title else None
    return None


_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]{5,150})[”\"“»]")
_KIND = re.compile(
    r"(?i)\W*(keynote|workshop|tutorial|panel|lightning talk|talk|demo|webinar|vortrag|atelier|charla|taller|"
    r"palestra|oficina|lezing|hands-on)\b"
)


def _presented(part: Part, known: Collection[str]) -> Title | None:
    """ "Ada, lead at Analytical, will tell us [why engines sing](u)": somebody presents the linked or quoted words."""
    marks = [(m.start - part.start, m.end - part.start, m.href) for m in part.links]
    marks += [(*found.span(1), "") for found in _QUOTED.finditer(part.text)]
    for start, end, href in marks:
        words = part.text[max(start, 0) : end]
        if start < 4 or end > len(part.text) or is_generic(words) or len(words.split()) < 2:
            continue
        lead = part.at(0, start)
        kind = _KIND.match(lead.text)
        if not (kind or find_people(part.text, known=known) or _BY.search(" " + lead.text)):
            continue
        return _told(part, part.at(start, end).trimmed(), href, kind, part.at(end, len(part.text)), known)
    return None


def _told(
    part: Part, label: Part, href: str, kind: re.Match[str] | None, tail: Part, known: Collection[str]
) -> Title:
    people, room, rest = _after(tail, known, ())
    return Title(
        part=label,
        text=clean(label.text),
        format=format_of(kind[1]) if kind else None,
        people=people,
        room=room,
        rest=rest,
        url=href or None,
        url_part=label if href else None,
        sentence=part,
    )


def _split(
    part: Part, known: Collection[str], organisations: Collection[str], *, people: bool = True
) -> Title | None:
    part = unframed(_first_telling(part.trimmed()))
    parts = split_title(part.text, known=known, organisations=organisations)
    title = part.at(*parts.title).trimmed()
    if not people and parts.people:
        title = part.at(parts.title[0], len(part.text)).trimmed()
    if not title:
        return None
    behind = _people_behind(part, known, organisations) if people and not parts.people else None
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


_INVITING = re.compile(
    r"(?i)^(?:don['’]?t miss|join (?:us|me|our)|come |stop by|see you|visit|meet us|swing by|drop by|we['’]?(?:re|ll| are| will)"
    r"|rsvp|register|komm|kommt|venez|rejoignez|ven |únete|vieni|venite|unisciti|venha|kom )"
)
_LEAD = re.compile(
    r"(?i)^(?:(?:and|und|et|y|e|en)\s+)?(?:(?:finally|lastly|also|first|then|next|later)[\s,]+)?"
    r"(?:don['’]?t miss(?: out on)?|join (?:us|me) (?:for|at|in)|come (?:to|by|and see)|there (?:is|will be)|see you (?:at|for)|"
    r"visit us (?:at|for)|stop by(?: for)?|please join us for|catch)?\s*(?:(?:the|a|an|our)\s+(?=[a-zà-þ]|[A-Z]\w+ \w+ by ))?"
)
_TAIL = re.compile(
    r"(?i)[\s,:]+(?:every other|every second|every|each|on|at|from|in|is|will be|will take place|takes place|starts?|held|beginning|am|um|ab|von|le|à|de|el|a las|"
    r"il|alle|em|às|op|om|the|this|and)$"
)


def unframed(part: Part) -> Part:
    """A phrase without the words that only lead to it or to the time beside it ("And finally, don't miss … on")."""
    lead = _LEAD.match(part.text)
    if lead and lead.end() and lead[0].strip() and len(part.text) - lead.end() > 6:
        part = part.at(lead.end(), len(part.text)).trimmed()
    for _ in range(2):
        if tail := _TAIL.search(part.text):
            part = part.at(0, tail.start()).trimmed()
    return part


def _first_telling(part: Part) -> Part:
    """The first sentence that tells something; a question or an exclamation may belong to a title."""
    if len(part.text) < 200 and _people_behind(part, (), ()) is not None:
        return part
    borders = [found.start() + 1 for found in _SENTENCE.finditer(part.text)]
    if not borders or (len(part.text) <= 120 and not any(part.text[at - 1] == "." for at in borders)
                       and not _INVITING.match(part.text)):  # fmt: skip
        return part
    sentences = [
        part.at(a, b).trimmed() for a, b in zip([0, *borders], [*borders, len(part.text)], strict=True)
    ]
    telling = [one for one in sentences if one and not _INVITING.match(one.text)]
    return telling[0] if telling else sentences[0]


def _people_behind(
    part: Part, known: Collection[str], organisations: Collection[str]
) -> tuple[Part, Part] | None:
    """ "Title. Ada Lovelace, Analytical": a full stop, or brackets at the end, set the people off."""
    bracket = re.search(r"\s\(([^()]{4,120})\)$", part.text)
    border = bracket or SENTENCE_END.search(part.text)
    if border is None or border.start() < 4:
        return None
    spoken = part.at(*border.span(1)) if bracket else part.at(border.end(), len(part.text))
    likely = looks_like_people(spoken.text, known=known, organisations=organisations)
    if likely < (0.35 if bracket and "@" in spoken.text else 0.5):
        return None
    end = border.start() + (0 if bracket or part.text[border.start()] == "." else 1)
    return part.at(0, end).trimmed(), spoken.trimmed()


def _covering(title: Part) -> Mark | None:
    """The link that covers most of a title."""
    for mark in title.links:
        overlap = min(mark.end, title.end) - max(mark.start, title.start)
        if overlap * 10 >= len(title.text) * 6:
            return mark
    return None


_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "'": "'"}


def clean(text: str) -> str:
    """A title as it is published: white space folded, quotes around the whole and a final full stop gone."""
    plain = re.sub(r"\s+", " ", text).strip(" ,;:|–—-•")
    if plain.count("(") > plain.count(")"):
        plain = plain[: plain.rindex("(")].strip() or plain
    if (
        len(plain) > 2
        and _QUOTES.get(plain[0]) == plain[-1]
        and plain[0] not in plain[1:-1]
        and plain[-1] not in plain[1:-1]
    ):
        plain = plain[1:-1].strip()
    return plain[:-1] if plain.endswith(".") and not plain.endswith("..") and plain.count(".") == 1 else plain
