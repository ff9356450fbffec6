"""Owns where the lines of a paragraph end: which breaks its author meant, though Markdown joins them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from feeds.post import Line
from feeds.understand.bare_lines import (
    LONGEST_FACT,
    MOST_FACTS,
    NARROWEST,
    SHORTEST_TITLE,
    Lines,
    is_who_or_where,
    only_when,
    stripped,
    titled_above,
    told_apart,
    width_of,
)
from feeds.understand.labels import find_label
from feeds.understand.line_kinds import begins_marked, begins_with_time, is_day, is_prose, whole_mark
from feeds.understand.part import SENTENCE_END
from feeds.understand.people import likely_people
from feeds.understand.rooms import is_bare_room
from feeds.understand.when import find_when


def unwrapped(line: Line) -> Lines:
    """The author's own lines where each begins with a time or a label: Markdown joined what was apart."""
    if not line.soft or not line.text.strip():
        return (line,)
    borders = [0, *line.soft, len(line.text)]
    parts = [line.cut(start, end) for start, end in pairwise(borders) if start < end]
    marked = [
        begins_with_time(part.text) or find_label(part.text) is not None or is_day(part) for part in parts
    ]
    if titled_above(parts):
        return told_apart(line, parts, borders=borders)
    speakers = _speakers_below(parts, marked)
    facts = any(marked) and all(map(_is_fact, parts, marked))
    stanza = _is_stanza(parts)
    if sum(marked) < 2 and not (speakers or facts or stanza or _listed(parts) or _below_slot(parts)):
        apart = whole_mark(parts[0], "strong") and not any(part.marked("strong") for part in parts[1:])
        if apart and (behind := _facts_behind(parts)):
            told = (stripped(line.cut(borders[behind], len(line.text))),) if behind < len(parts) else ()
            return (*(stripped(part) for part in parts[:behind]), *told)
        headed = apart and not begins_with_time(parts[0].text)
        return (stripped(parts[0]), stripped(line.cut(line.soft[0], len(line.text)))) if headed else (line,)
    if sum(marked) < 2 or speakers or facts or stanza:
        return tuple(stripped(part) for part in parts)
    return _joined(line, parts, marked, borders)


def _facts_behind(parts: Sequence[Line]) -> int:
    """How many lines are a bold one and the people and rooms right below it; 0 for none of those."""
    facts = 1
    while facts < len(parts) and is_who_or_where(parts[facts].text.strip(" *_")):
        facts += 1
    return facts if facts > 1 else 0


def told_below(lines: Lines) -> tuple[Lines, Lines] | None:
    """A line that begins with a time, and what its author wrote on the lines below it about the session.

    The author ended the line on purpose where the next word would have fitted on it, or where it is bold as
    a whole and what follows is not. A day and a title in bold are a line of their own, whatever follows.
    """
    if len(lines) > 1:
        return _title_below(lines) or _several_below(lines) or _bold_above(lines) or _prose_below(lines)
    line = lines[0]
    if end := _dated_head(line):
        return (stripped(line.cut(0, end)),), (stripped(line.cut(end, len(line.text))),)
    if not line.soft or not begins_with_time(line.text):
        return None
    first, rest = line.cut(0, line.soft[0]), line.cut(line.soft[0], len(line.text))
    if not first.text.strip() or not rest.text.strip():
        return None
    bold = _bold_head(first) and not rest.marked("strong")
    return ((stripped(first),), (stripped(rest),)) if bold or _ended(line) else None


def remark_below(lines: Lines) -> tuple[Lines, Lines] | None:
    """The lines of an item, and the remark in italics that is the last of them ("*Bring your lunch.*")."""
    if len(lines) != 1 or not lines[0].soft:
        return None
    line = lines[0]
    remark = line.cut(line.soft[-1], len(line.text))
    if not whole_mark(remark, "emphasis") or remark.text.strip(" *_")[-1:] not in {*".!?…"}:
        return None
    return (stripped(line.cut(0, line.soft[-1])),), (stripped(remark),)


def _ended(line: Line) -> bool:
    """Whether its author ended the first line on purpose: the next word would have fitted, or it runs on."""
    borders = [0, *line.soft, len(line.text)]
    parts = [line.cut(start, end) for start, end in pairwise(borders)]
    first, *behind = map(width_of, parts)
    words = parts[0].text.split(), parts[1].text.split()
    if behind[:-1] and first - len(words[0][-1]) > max(behind[:-1]) + 1:
        return True  # it runs on where a filled paragraph would have been wrapped
    return bool(words[1]) and first + 1 + len(words[1][0]) <= max(behind)


def _bold_head(line: Line) -> bool:
    """Whether a line is bold as a whole, or begins with a time and a title that are, and are set off."""
    mark = next((one for one in line.marked("strong") if one.start <= 2), None)
    if mark is None:
        return False
    time = next((when.at[1] for when in find_when(line.text) if when.times), len(line.text))
    return whole_mark(line, "strong") or mark.end - time > SHORTEST_TITLE


def _dated_head(line: Line) -> int | None:
    """Where a day and a title in bold end, with the sentence of the time, and what tells of it begins.

    "**Sunday 17 May: The long ridge.** 10am at the mill. Bring boots." ends behind the mill.
    """
    mark = next((one for one in line.marked("strong") if one.start <= 2), None)
    if mark is None or mark.end - mark.start > LONGEST_HEAD:
        return None
    bold = find_when(line.text[: mark.end])
    said = sum(when.at[1] - when.at[0] for when in bold)
    first = next((when for when in bold if when.at[0] <= mark.start + 3), None)
    if first is None or (first.days is None and not is_prose(line.text)):
        return None
    if mark.end - mark.start - said < 2 * SHORTEST_TITLE:
        return None
    at = mark.end
    if not any(when.times for when in bold):
        near = line.text[mark.end : mark.end + NEAR]
        clock = next((when.at for when in find_when(near) if when.times), None)
        if clock is None or SENTENCE_END.search(near, 1, clock[0]):
            return None
        at += clock[1]
    ended = SENTENCE_END.search(line.text, max(0, at - 1))
    ends = [one for one in line.soft if at <= one <= at + NEAR] + ([ended.end()] if ended else [])
    return min(ends) if ends and line.text[min(ends) :].strip() else None


def told_between(lines: Lines) -> tuple[Lines, Lines] | None:
    """A marked title and the sentence that says when, right behind it or last, and what else is told.

    "[Cold kilns](u) with Ada Ek. Tuesday at 14:50, room 4. Everybody breaks a pot once."
    """
    line = lines[0]
    mark = next((one for one in line.marks if one.kind in ("link", "strong") and one.start <= 2), None)
    if len(lines) > 1 or mark is None or " " not in line.text[mark.start : mark.end].strip():
        return None
    title = SENTENCE_END.search(line.text, mark.end - 1, mark.end + NEAR)
    timed = [when for when in find_when(line.text) if when.times]
    if title is None or len(timed) != 1 or timed[0].days is None:
        return None
    start = timed[0].at[0]
    ends = [one.end() for one in SENTENCE_END.finditer(line.text, start)]
    end = next((one for one in ends if one >= timed[0].at[1]), len(line.text))
    right_behind = start == title.end() < end < len(line.text)
    last = end == len(line.text) and any(
        one.end() == start for one in SENTENCE_END.finditer(line.text, title.end())
    )
    if end - start > LONGEST_FACT or not (right_behind or last):
        return None
    told = line.cut(end, len(line.text)) if right_behind else line.cut(title.end(), start)
    return (stripped(line.cut(0, title.end())), stripped(line.cut(start, end))), (stripped(told),)


LONGEST_HEAD = 160
NEAR = 60
"""A time that belongs to bold words stands as near behind them."""


def _title_below(lines: Lines) -> tuple[Lines, Lines] | None:
    """A line that says when, a title in bold on the next, and what is told below the two."""
    first, title = lines[:2]
    whens = find_when(first.text)
    timed = any(when.times for when in whens) and whens[0].at[0] <= SHORTEST_TITLE
    named = whole_mark(title, "strong") and not find_when(title.text)
    return (lines[:2], lines[2:]) if timed and named and len(lines) > 2 else None


def _several_below(lines: Lines) -> tuple[Lines, Lines] | None:
    """A bold day with a name, and below it more than one time: each is of what stands beside it there."""
    head, *others = lines
    whens = find_when(head.text)
    dated = bool(whens) and whens[0].days is not None and not any(when.times for when in whens)
    named = len(head.text) - sum(when.at[1] - when.at[0] for when in whens) >= 2 * SHORTEST_TITLE
    times = sum(len(when.times) for line in others for when in find_when(line.text))
    return (lines[:1], lines[1:]) if dated and named and times > 1 and whole_mark(head, "strong") else None


def _bold_above(lines: Lines) -> tuple[Lines, Lines] | None:
    """A bold line with a time and a title, and sentences below it that tell of it."""
    head, *others = lines
    whens = find_when(head.text)
    timed = any(when.times for when in whens) and whole_mark(head, "strong")
    named = len(head.text) - sum(when.at[1] - when.at[0] for when in whens) >= 2 * SHORTEST_TITLE
    told = all(_is_told(line.text) and find_label(line.text) is None for line in others)
    titled = any(begins_marked(line) for line in others)
    return (lines[:1], lines[1:]) if timed and named and told and not titled else None


def _is_told(text: str) -> bool:
    return len(text.split()) > _FEW_WORDS and text.rstrip()[-1:] in ".!?…"


_FEW_WORDS = 7


def _prose_below(lines: Lines) -> tuple[Lines, Lines] | None:
    """Lines of which one says when, and prose below them that mentions another time."""
    for at, line in enumerate(lines[1:], 1):
        ended = len(line.text.split()) > 7 and line.text.rstrip()[-1:] in ".!?…"
        if ended and not begins_with_time(line.text):
            timed = any(when.times for one in lines[:at] for when in find_when(one.text))
            told = any(when.times for one in lines[at:] for when in find_when(one.text))
            return (lines[:at], lines[at:]) if timed and told else None
    return None


def _listed(parts: Sequence[Line]) -> bool:
    """Whether the lines are a title, then facts of their own: one is nothing but a day."""
    return len(parts) > 1 and any(only_when(part.text) for part in parts[1:])


def _below_slot(parts: Sequence[Line]) -> bool:
    """Whether short lines stand below one that is nothing but a time: the title, who and where."""
    first = parts[0].text.strip()
    whens = find_when(first)
    said = sum(when.at[1] - when.at[0] for when in whens)
    if not whens or not whens[0].times or said < len(first) - 2 or len(parts) > MOST_FACTS:
        return False
    return all(len(part.text) < LONGEST_FACT and not is_prose(part.text) for part in parts)


def _is_stanza(parts: Sequence[Line]) -> bool:
    """Whether lines were ended on purpose, and none is a sentence: each tells a fact of a session.

    A line was where the next word would have fitted on it; one of them says when, who or where.
    """
    texts = [part.text.strip() for part in parts]
    if not 2 <= len(parts) <= MOST_FACTS + 1 or any(not text or text[0].islower() for text in texts):
        return False
    if any(len(text) > 2 * LONGEST_FACT or _tells(text) for text in texts):
        return False
    widths = [width_of(part) for part in parts]
    far = max(NARROWEST, *widths)
    if not any(
        width + 1 + len(text.split()[0]) <= far for width, text in zip(widths, texts[1:], strict=False)
    ):
        return False
    return any(map(is_who_or_where, texts)) or any(when.times for text in texts for when in find_when(text))


def _tells(text: str) -> bool:
    return text[-1] in ".!…" and len(text.split()) > 7


def _is_fact(part: Line, marked: bool) -> bool:
    """Whether a line is one fact of a session: a time, a label, a room, or bold as a whole."""
    if len(part.text) > LONGEST_FACT * 2 or is_prose(part.text):
        return False
    return marked or whole_mark(part, "strong") or is_bare_room(part.text.strip())


def _speakers_below(parts: Sequence[Line], marked: Sequence[bool]) -> bool:
    """Whether people stand on lines of their own below lines that begin with a time."""
    return any(
        not is_marked and marked[at - 1] and likely_people(parts[at].text)
        for at, is_marked in enumerate(marked)
        if at
    )


def _joined(line: Line, parts: list[Line], marked: list[bool], borders: list[int]) -> Lines:
    starts = [borders[i] for i in range(len(parts)) if marked[i] or i == 0]
    ends = [*starts[1:], len(line.text)]
    return tuple(stripped(line.cut(start, end)) for start, end in zip(starts, ends, strict=True))
