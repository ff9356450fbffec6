"""Owns how one phrase becomes a title, its link, its format, its track, and the people after it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, NamedTuple

from feeds.post import Mark
from feeds.understand.part import SENTENCE_END, Part
from feeds.understand.people import find_people, format_of, looks_like_people, presenter, split_title
from feeds.understand.phrases import is_generic
from feeds.understand.rooms import is_room
from feeds.understand.sublines import leading_room, opening, tail_room, told

_AT_ROOM = re.compile(r"\s*(.{1,60}?)\s*(?:[-–—:|]\s+|$)")
_MOST_BLANKS = 8
_BY = re.compile(r"(?i)\s(?:by|presented by|with|von|par|por|di|door|mit|avec|con|com|met)\s")


After = tuple[Part | None, Part | None, Part | None]
"""The people, the room and the sentences behind a title."""


@dataclass(frozen=True, slots=True)
class Names:
    """Full names met elsewhere, and organisations of the settings."""

    known: Collection[str] = ()
    organisations: Collection[str] = ()

    def likely(self, text: str) -> float:
        """How likely a phrase is a list of people, 0 to 1."""
        return looks_like_people(text, known=self.known, organisations=self.organisations)


class Title(NamedTuple):
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
    names = Names(known, organisations)
    part, at_room = _room_before(_unnumbered(part.trimmed()))
    part, ahead = (part, None) if _INVITING.match(_behind_colon(part)) else leading_room(part, rooms)
    part, behind = tail_room(part, rooms)
    room = at_room or ahead or behind
    if not part:
        return None
    if found := _linked(part, names):
        return found._replace(room=room or found.room)
    if found := _bold(part, names) or _presented(part, names):
        return found._replace(room=room or found.room)
    title = _split(part, names)
    if title is None:
        return None
    link = _covering(title.part)
    pointer = next((mark for mark in part.links if is_generic(part.line.text[mark.start : mark.end])), None)
    chosen = link or (pointer if pointer and not _people_link(pointer) else None)
    return title._replace(room=room or title.room, url=chosen.href if chosen else None,
                   url_part=Part(part.line, chosen.start, chosen.end) if chosen else None)  # fmt: skip


def _behind_colon(part: Part) -> str:
    return part.text.split(": ", 1)[-1]


def _unnumbered(part: Part) -> Part:
    """A heading's own number is not its title's ("2. Contribfest")."""
    found = _OWN_NUMBER.match(part.text)
    return part.at(found.end(), len(part.text)).trimmed() if found else part


_OWN_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})?[.)]\s+(?=\S)")


def _people_link(mark: Mark) -> bool:
    return any(
        host in mark.href for host in ("github.com/", "twitter.com/", "x.com/", "linkedin.com/", "mailto:")
    )


def _room_before(part: Part) -> tuple[Part, Part | None]:
    """ "@ Janson - Welcome": the room stands between the time and the title."""
    line = part.line.text
    at = line.rfind("@", max(0, part.start - _MOST_BLANKS), part.start)
    if at == -1 or line[at + 1 : part.start].strip():
        return part, None
    found = _AT_ROOM.match(part.text)
    if not found:
        return part, None
    return part.at(found.end(), len(part.text)).trimmed(), part.at(*found.span(1)).trimmed()


def _linked(part: Part, names: Names) -> Title | None:
    """The link that is the title: nothing but a format, a track or ornament before it, people after it."""
    links, text = part.links, part.text
    by = _BY.search(text) if links else None
    for mark in links:
        start, end = max(mark.start, part.start) - part.start, min(mark.end, part.end) - part.start
        if by and by.start() < start:
            return None
        label = Part(part.line, part.start + start, part.start + end)
        if is_generic(label.text) or len(label.text.strip()) < 3:
            continue
        before, after = part.at(0, start).trimmed(), part.at(end, len(text))
        if after.text.lstrip()[:1] == ":" and len(after.text) > max(15, len(label.text)):
            return None  # a linked label before the title
        if not _label_like(before.text) or _leads_on(text[:start]):
            return None
        if len(label.text) * 2 < len(_first_clause(text)) and not _ends(after.text, names):
            return None
        return _from_link(label, mark.href, before=before, after=after, names=names)
    return None


def _label_like(text: str) -> bool:
    return not text or format_of(text) is not None or (len(text.split()) <= 4 and len(text) < 40)


def _leads_on(before: str) -> bool:
    """Whether the words ahead of a link run on into it ("Ada shows [Tides](u)"): they label nothing."""
    words = before.split()
    return len(words) > 1 and words[-1].islower() and words[-1].isalpha()


def _first_clause(text: str) -> str:
    found = SENTENCE_END.search(text)
    return text[: found.start()] if found else text


def _ends(after: str, names: Names) -> bool:
    """Whether what follows a link leaves it the title: nothing, people, or a new clause."""
    plain = after.strip()
    if not plain or plain[0] in ".:;!?(|–—-,•@":
        return True
    return names.likely(plain) >= 0.5 or _BY.match(" " + plain) is not None


def _from_link(label: Part, href: str, *, before: Part, after: Part, names: Names) -> Title | None:
    """The title of a link, with the format or track before it and the people or room after it."""
    people, room, rest = _after(after, names)
    title = _split(label, names)
    if title is None:
        return None
    kind = format_of(before.text) if before else None
    if people is not None and title.people is not None:  # they stand behind: what split off is title
        title = _split(label.trimmed(), Names(), people=False) or title
    track = title.track if kind or not before else before.text.rstrip(" :") if before.text else title.track
    return title._replace(
        format=kind or title.format,
        track=title.track or (track if track and track[:1].isupper() and format_of(track) is None else None),
        people=people or title.people,
        room=room,
        rest=rest,
        url=href,
        url_part=label,
    )


_BARS = re.compile(r"\s[|/•·]\s")


def _after(after: Part, names: Names) -> After:
    """People, room and sentences that follow a title."""
    part = after.trimmed()
    if not part:
        return None, None, None
    if _BARS.search(part.text):
        said = told(part, ())
        if said.people or said.room:
            return said.people, said.room, None
    sentence = SENTENCE_END.search(part.text)
    head = part.at(0, sentence.start()).trimmed() if sentence else part
    if names.likely(head.text) >= 0.5:
        rest = part.at(sentence.end(), len(part.text)) if sentence else None
        return head, None, rest
    if is_room(head.text) and len(head.text) < 60 and "," not in head.text:
        return None, head, None
    return None, None, part


def _bold(part: Part, names: Names) -> Title | None:
    """ "**Title** by A, Org": the bold stretch at the beginning is the title."""
    for mark in part.marks("strong"):
        start, end = max(mark.start, part.start) - part.start, min(mark.end, part.end) - part.start
        label = part.at(start, end).trimmed()
        if part.at(0, start).trimmed() or len(label.text) < 4 or end >= len(part.text.rstrip()):
            return None
        if names.likely(label.text) >= 0.7 or label.text.endswith(":"):
            return None
        people, room, rest = _after(part.at(end, len(part.text)), names)
        title = _split(label, names)
        return title._replace(people=people or title.people, room=room, rest=rest) if title else None
    return None


_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]{5,150})[”\"“»]")
_KIND = re.compile(
    r"(?i)\W*(keynote|workshop|tutorial|panel|lightning talk|talk|demo|webinar|vortrag|atelier|charla|taller|"
    r"palestra|oficina|lezing|hands-on)\b"
)


def _presented(part: Part, names: Names) -> Title | None:
    """ "Ada, lead at Analytical, will tell us [why engines sing](u)": somebody presents the quoted words."""
    marks = [(m.start - part.start, m.end - part.start, m.href) for m in part.links]
    marks += [(*found.span(1), "") for found in _QUOTED.finditer(part.text)]
    for start, end, href in marks:
        words = part.text[max(start, 0) : end]
        if start < 4 or end > len(part.text) or is_generic(words) or len(words.split()) < 2:
            continue
        lead = part.at(0, start)
        kind = _KIND.match(lead.text)
        named = presenter(lead.text)
        speaker = opening(lead.trimmed()) or (lead.at(*named) if named else None)
        if not (kind or speaker or find_people(part.text, known=names.known) or _BY.search(" " + lead.text)):
            continue
        people, room, rest = _after(part.at(end, len(part.text)), Names(names.known))
        after = (people or speaker, room, rest)
        return _from_sentence(part, part.at(start, end).trimmed(), href=href, kind=kind, after=after)
    return None


def _from_sentence(part: Part, label: Part, *, href: str, kind: re.Match[str] | None, after: After) -> Title:
    people, room, rest = after
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


def _split(part: Part, names: Names, *, people: bool = True) -> Title | None:
    part = unframed(_first_telling(part.trimmed()))
    if people and (barred := _barred(part, names)) is not None:
        return barred
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


def _barred(part: Part, names: Names) -> Title | None:
    """ "Title | Speakers | Room": bars part a line where one piece behind the first is people."""
    pieces = [part.at(a, b).trimmed() for a, b in _between(part.text)]
    if len(pieces) < 2 or not all(pieces):
        return None
    people = next((piece for piece in pieces[1:] if names.likely(piece.text) >= 0.5), None)
    if people is None:
        return None
    room = next((piece for piece in pieces[1:] if piece is not people and len(pieces) > 2), None)
    title = _split(pieces[0], names, people=False)
    return title._replace(people=people, room=room) if title else None


def _between(text: str) -> list[tuple[int, int]]:
    """The slices between bars."""
    borders = [found.span() for found in re.finditer(r"\s\|\s", text)]
    starts = [0, *(end for _, end in borders)]
    return list(zip(starts, [*(start for start, _ in borders), len(text)], strict=True))


_INVITING = re.compile(
    r"(?i)^(?:don['’]?t miss|join (?:us|me|our)|come |stop by|see you|visit|meet us|swing by|drop by|"
    r"we['’]?(?:re|ll| are| will)|rsvp|register|komm|kommt|venez|rejoignez|ven |únete|"
    r"vieni|venite|unisciti|venha|kom )"
)
_LEAD = re.compile(
    r"(?i:(?:and|und|et|y|e|en)\s+)?(?i:(?:finally|lastly|also|first|then|next|later)[\s,]+)?"
    r"(?i:(?:don['’]?t miss(?: out on)?|join (?:us|me) (?:for|at|in)|come (?:to|by|and see)|"
    r"there (?:is|will be)|see you (?:at|for)|visit us (?:at|for)|stop by(?: for)?|"
    r"please join us for|catch)\s+(?:(?:the|a|an|our)\s+)?)"
)
_TAIL = re.compile(
    r"[\s,:]+(?:every other|every second|every|each|on|at|from|in|is|will be|will take place|takes place|"
    r"starts?|held|beginning|am|um|ab|von|le|à|de|el|a las|il|alle|em|às|op|om|the|this|and)$"
)
"""In lower case only: "How I Lost My Sunday" and "Your ORM Wrote This" end as they are meant to."""

_LONGEST_TAIL = 24


def unframed(part: Part) -> Part:
    """A phrase without the words that only lead to it or to its time ("And finally, don't miss … on")."""
    lead = _LEAD.match(part.text)
    if lead and lead[0].strip() and len(part.text) - lead.end() > 6:
        part = part.at(lead.end(), len(part.text)).trimmed()
    for _ in range(2):
        start = max(0, len(part.text) - _LONGEST_TAIL)
        if tail := _TAIL.search(part.text[start:]):
            part = part.at(0, start + tail.start()).trimmed()
    return part


def _first_telling(part: Part) -> Part:
    """The first sentence that tells something; a question or an exclamation may belong to a title."""
    if len(part.text) < 200 and _people_behind(part, Names()) is not None:
        return part
    borders = [found.start() + 1 for found in SENTENCE_END.finditer(part.text)]
    if not borders or (len(part.text) <= 120 and not any(part.text[at - 1] == "." for at in borders)
                       and not _INVITING.match(part.text)):  # fmt: skip
        return part
    sentences = [
        part.at(a, b).trimmed() for a, b in zip([0, *borders], [*borders, len(part.text)], strict=True)
    ]
    telling = [one for one in sentences if one and not _INVITING.match(one.text)]
    return telling[0] if telling else sentences[0]


def _people_behind(part: Part, names: Names) -> tuple[Part, Part] | None:
    """ "Title. Ada Lovelace, Analytical": a full stop, or brackets at the end, set the people off."""
    text = part.text
    bracket = _BRACKET.search(text) if text.endswith(")") else None
    border = bracket or SENTENCE_END.search(text)
    if border is None or border.start() < 4:
        return None
    spoken = part.at(*border.span(1)) if bracket else part.at(border.end(), len(part.text))
    likely = names.likely(spoken.text)
    if likely < (0.35 if bracket and "@" in spoken.text else 0.5):
        return None
    end = border.start() + (0 if bracket or part.text[border.start()] == "." else 1)
    return part.at(0, end).trimmed(), spoken.trimmed()


_BRACKET = re.compile(r"\s\(([^()]{4,120})\)$")


def _covering(title: Part) -> Mark | None:
    """The link that covers most of a title."""
    for mark in title.links:
        overlap = min(mark.end, title.end) - max(mark.start, title.start)
        if overlap * 10 >= len(title.text) * 6:
            return mark
    return None


_BLANK = re.compile(r"\s+")
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "'": "'"}


def clean(text: str) -> str:
    """A title as it is published: white space folded, quotes around the whole and a final full stop gone."""
    plain = _BLANK.sub(" ", text).strip(" ,;:|–—-•")
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
