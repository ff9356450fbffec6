"""Owns how one phrase becomes a title, its link, its format, its track, and the people after it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from feeds.post import Mark
from feeds.understand.behind_titles import After, after_title
from feeds.understand.linked_titles import BY, linked
from feeds.understand.part import QUOTED, SENTENCE_END, Part
from feeds.understand.people import find_people, format_of, presenter
from feeds.understand.people.segments import has_role
from feeds.understand.phrases import is_generic, pattern_for
from feeds.understand.plain_titles import INVITING, split
from feeds.understand.sublines import opening
from feeds.understand.title import Names, Title, clean
from feeds.understand.title_rooms import behind_comma, leading_room, tail_room

_AT_ROOM = re.compile(r"\s*(.{1,60}?)\s*(?:[-–—:|]\s+|$)")
_MOST_BLANKS = 8


def read_title(
    part: Part,
    *,
    known: Collection[str] = (),
    organisations: Collection[str] = (),
    rooms: Collection[str] = (),
    speakers_first: bool = False,
) -> Title | None:
    """The title in a phrase, None where the phrase only points somewhere ("Details here").

    `rooms` are phrases that recur in the post where rooms stand; `speakers_first` is whether it names those
    who speak before what they speak of.
    """
    names = Names(known, organisations, rooms, speakers_first)
    if (labelled := _labelled(part)) is not None:
        kind, inner = labelled
        found = read_title(inner, known=known, organisations=organisations, rooms=rooms)
        return found._replace(format=found.format or kind) if found else None
    part, at_room = _room_before(_unnumbered(part.trimmed()))
    part, ahead = (part, None) if INVITING.match(_behind_colon(part)) else leading_room(part, rooms)
    part, behind = tail_room(part, rooms)
    room = at_room or ahead or behind
    if not part:
        return None
    if found := linked(part, names):
        return found._replace(room=room or found.room)
    if found := _bold(part, names) or _emphasised_tail(part, names) or _presented(part, names):
        return found._replace(room=room or found.room)
    title = split(part, names)
    if title is None or not any(map(str.isalpha, title.text)):
        return None
    if room is None and title.part.end < part.end:  # "Lightning talks, Main Hall. I might do one."
        inner, at_end = _room_of_title(title.part, rooms)
        if at_end is not None and inner:
            room, title = at_end, title._replace(part=inner, text=clean(inner.text))
    link = _covering(title.part)
    pointer = next((mark for mark in part.links if is_generic(part.line.text[mark.start : mark.end])), None)
    if (
        title.rest is None
        and (end := SENTENCE_END.search(part.text, title.part.end - part.start - 1)) is not None
    ):
        title = title._replace(rest=part.at(end.end(), len(part.text)))
    chosen = link or (pointer if pointer and not _people_link(pointer) else None)
    return title._replace(room=room or title.room, url=chosen.href if chosen else None,
                   url_part=Part(part.line, chosen.start, chosen.end) if chosen else None)  # fmt: skip


def _room_of_title(title: Part, rooms: Collection[str]) -> tuple[Part, Part | None]:
    """A title without the room at its end: in brackets, behind a comma, or a house by its name."""
    inner, room = tail_room(title, rooms)
    if room is not None and (title.text.endswith(")") or sum(map(str.istitle, room.text.split())) > 1):
        return inner, room
    return behind_comma(title, rooms) or (title, None)  # but "Die Pumpe im Keller"


def _labelled(part: Part) -> tuple[str, Part] | None:
    """The format that a bold label with its colon says, and what stands behind ("**Talk:** “Hinges”")."""
    mark = next((one for one in part.marks("strong") if one.start <= part.start + _MARKS), None)
    label = part.line.text[max(mark.start, part.start) : mark.end].rstrip() if mark is not None else ""
    if mark is None or not label.endswith(":") or (kind := format_of(label[:-1])) is None:
        return None
    inner = Part(part.line, mark.end, part.end).trimmed()
    return (kind, inner) if inner else None


_MARKS = 3


def _behind_colon(part: Part) -> str:
    return part.text.split(": ", 1)[-1]


def _unnumbered(part: Part) -> Part:
    """Without a number, a catalogue's code, or a remark on its time ("2. Contribfest", "DAT2-S | Looms")."""
    found = _NUMBERED.match(part.text) or _CODED.match(part.text)
    return part.at(found.end(), len(part.text)).trimmed() if found else part


_NUMBERED = re.compile(
    r"\d{1,2}(?:\.\d{1,2})?[.)]\s+(?=\S)|\((?=[a-zà-ÿ]{3}|\d\d?[:.]\d\d\s[a-z])[^()]{3,60}\):\s+(?=\S)"
)
_CODED = re.compile(r"(?!PEP|RFC|ISO|BIP|EIP|ERC|JEP)[A-Z]{3}\d{3}(?:-[A-Z]\d?)?\s(?:[|–—-])\s(?=\S)")


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


_REMARK = re.compile(r"[*_]{0,3}\s?(?:[,–—-]\s\d|[–—-]\s(?!(?:on|with|and|from|über|zu)\b)[a-zà-ÿ])")
"""What follows no speaker ("**Shubie Canal** — 7 km, easy")."""


def _bold(part: Part, names: Names) -> Title | None:
    """ "**Title** by A, Org": the bold, emphasised or quoted stretch at the beginning is the title."""
    for mark in (*part.marks("strong", "emphasis"), *_quotes(part)):
        start, end = max(mark.start, part.start) - part.start, min(mark.end, part.end) - part.start
        label = part.at(start, end).trimmed()
        if label.text[:1] in QUOTES:
            label = label.at(1, len(label.text) - (label.text[-1:] in QUOTES)).trimmed()
        ahead = part.at(0, start).trimmed()
        kind = format_of(ahead.text) if ahead else None  # "Talk: **Title**", "table ronde **Title** avec Ada"
        if (ahead and kind is None) or len(label.text) < 4 or end >= len(part.text.rstrip()):
            return None
        behind = part.at(end, len(part.text))
        remark = _REMARK.match(behind.text) is not None and not has_role(behind.text)
        somebody = names.likely(label.text) >= 0.7 and not remark
        if somebody or label.text.endswith(":"):
            return None
        if mark.kind == "emphasis" and (_goes_on(behind, names) or not _parted(label, behind)):
            return None
        people, room, rest = after_title(behind, names)
        title = split(label, names)
        if title is None:
            return None
        return title._replace(
            people=people or title.people, room=room, rest=rest, format=title.format or kind
        )
    return None


def _emphasised_tail(part: Part, names: Names) -> Title | None:
    """ "Ada Ek, *Slow tools*" and "Slow tools – *Ada Ek*": what stands apart in italics or bold is other."""
    ends = (m for m in part.marks("emphasis", "strong") if m.start > part.start and _ends_with(part, m))
    mark = next(ends, None)
    if mark is None:
        return None
    label = Part(part.line, mark.start, min(mark.end, part.end)).trimmed()
    before = Part(part.line, part.start, mark.start)
    sign = before.text.rstrip()[-1:]
    if sign not in _APART or not (before := before.trimmed()):
        return None
    named, told = names.likely(label.text), names.likely(before.text)
    if told >= _HALF > named and len(label.text.split()) > 1:
        title = split(label, names, people=False)
        return title._replace(people=before) if title else None
    if named >= _HALF > told and sign != ":":  # "Postmortem: *Mud Season*"
        title = split(before, names, people=False)
        return title._replace(people=label) if title else None
    return None


def _ends_with(part: Part, mark: Mark) -> bool:
    """Whether marked words end a part, a remark in brackets behind them aside."""
    return mark.end >= part.end - 1 or part.line.text.startswith(" (", mark.end)


_APART = tuple(",–—-|:")
_HALF = 0.5


def _goes_on(behind: Part, names: Names) -> bool:
    """Whether a title goes on behind quoted words and a colon (“"Fog, Horn": a history of sound”)."""
    text = behind.text.lstrip(QUOTES)
    return text.startswith(": ") and names.likely(text[2:]) < _HALF


def _parted(label: Part, behind: Part) -> bool:
    """Whether emphasised words are a title, and not a word stressed in one ("*Kerning* in TeX")."""
    after = behind.text.lstrip()
    by = _BY_SOMEBODY.match(after) is not None and len(label.text.split()) > 1
    return by or after[:1] in "(,.:;–—-|" or (after[:1].isupper() and len(label.text.split()) > 2)


_BY_SOMEBODY = re.compile(r"(?:by|von|par|di|por|door|van)\s[A-ZÀ-Þ]")


QUOTES = '“”„«»"'


def _quotes(part: Part) -> Iterator[Mark]:
    """The quotation a part begins with, as if it were marked."""
    if (found := QUOTED.match(part.text)) is not None:
        yield Mark(kind="emphasis", start=part.start + found.start(), end=part.start + found.end())


_KIND = re.compile(
    r"(?i)\W*(keynote|workshop|tutorial|panel|lightning talk|talk|demo|webinar|vortrag|atelier|charla|taller|"
    r"palestra|oficina|lezing|hands-on|conférences?|table ronde|projection|conferencia|mesa redonda|"
    r"conferenza|tavola rotonda|laboratorio|lesung|film|exposé|lecture|reading|concert)\b"
)


def _presented(part: Part, names: Names) -> Title | None:
    """ "Ada, lead at Analytical, will tell us [why engines sing](u)": somebody presents the quoted words."""
    marks = [(m.start - part.start, m.end - part.start, m.href) for m in part.links]
    marks += [(*found.span(1), "") for found in QUOTED.finditer(part.text)]
    for start, end, href in marks:
        words = part.text[max(start, 0) : end]
        if start < 4 or end > len(part.text) or is_generic(words) or len(words.split()) < 2:
            continue
        lead = part.at(0, start)
        kind = _KIND.match(lead.text)
        named = presenter(lead.text)
        if named is None and (has := _HAS.fullmatch(lead.text)) is not None:
            named = has.span(1)
        speaker = opening(lead.trimmed()) or (lead.at(*named) if named else None)
        told = kind or speaker or BY.search(" " + lead.text)
        if not (told or find_people(part.text, known=names.known)):
            continue
        people, room, rest = after_title(part.at(end, len(part.text)), Names(names.known))
        after = (people or speaker, room, rest)
        return _from_sentence(part, part.at(start, end).trimmed(), href=href, kind=kind, after=after)
    return None


_NAME = r"[A-ZÀ-Þ][\w’-]+(?:\s[A-ZÀ-Þ][\w’-]+){0,3}?"
_HAS = re.compile(
    rf"[*_]{{0,3}}({_NAME}(?:\s(?:&|and|und|et|y|e|en)\s{_NAME}){{0,2}})[*_]{{0,3}}"
    rf"(?:\s|(?=['’]s))(?:{pattern_for('has a talk')})"
    r"(?:\s(?:an?|eine?n?|une?|una?|uma?|een|his|her|their))?\s$"
)
"""Who is said to have what is linked ("Alastair's got [Rust on a potato](u)")."""


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


def _covering(title: Part) -> Mark | None:
    """The link that covers most of a title."""
    for mark in title.links:
        overlap = min(mark.end, title.end) - max(mark.start, title.start)
        if overlap * 10 >= len(title.text) * 6:
            return mark
    return None
