"""Owns where the lines of a paragraph end: which breaks its author meant, though Markdown joins them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from feeds.post import Line
from feeds.understand.addresses import names_street
from feeds.understand.labels import find_label
from feeds.understand.line_kinds import begins_marked, begins_with_time, is_day, is_prose, whole_mark
from feeds.understand.part import SENTENCE_END
from feeds.understand.people import format_of, looks_like_people
from feeds.understand.rooms import find_room, is_bare_room, is_room, is_surely_room
from feeds.understand.when import find_when

Lines = tuple[Line, ...]

MOST_FACTS = 5
LONGEST_FACT = 80
SHORTEST_TITLE = 5
"""What is told of a session line by line: time, title, speakers, room, link."""


NARROWEST = 72
"""Columns at which the narrowest of wrapped paragraphs break."""


def unwrapped(line: Line) -> Lines:
    """The author's own lines where each begins with a time or a label: Markdown joined what was apart."""
    if not line.soft:
        return (line,)
    borders = [0, *line.soft, len(line.text)]
    parts = [line.cut(start, end) for start, end in pairwise(borders) if start < end]
    marked = [
        begins_with_time(part.text) or find_label(part.text) is not None or is_day(part) for part in parts
    ]
    if titled_above(parts):
        return _told_apart(line, parts, borders)
    speakers = _speakers_below(parts, marked)
    facts = any(marked) and all(map(_is_fact, parts, marked))
    stanza = _is_stanza(parts)
    if sum(marked) < 2 and not (speakers or facts or stanza or _listed(parts) or _below_slot(parts)):
        apart = whole_mark(parts[0], "strong") and not any(part.marked("strong") for part in parts[1:])
        if apart and (behind := _facts_behind(parts)):
            told = (_strip(line.cut(borders[behind], len(line.text))),) if behind < len(parts) else ()
            return (*(_strip(part) for part in parts[:behind]), *told)
        headed = apart and not begins_with_time(parts[0].text)
        return (_strip(parts[0]), _strip(line.cut(line.soft[0], len(line.text)))) if headed else (line,)
    if sum(marked) < 2 or speakers or facts or stanza:
        return tuple(_strip(part) for part in parts)
    return _joined(line, parts, marked, borders)


def _facts_behind(parts: Sequence[Line]) -> int:
    """How many lines are a bold one and the people and rooms right below it; 0 for none of those."""
    facts = 1
    while facts < len(parts) and _is_who_or_where(parts[facts].text.strip(" *_")):
        facts += 1
    return facts if facts > 1 else 0


def titled_above(lines: Sequence[Line]) -> bool:
    """Whether a line stands like a title above one that says on which day and when or where.

    Who or where may stand between the two, each on a line of its own, and what is told of it below them.
    """
    if len(lines) < 2 or not _is_name(lines[0].text.strip()):
        return False
    near = enumerate(lines[1:_LAST_DATED], 1)
    dated = next((at for at, line in near if _says_day(line.text.strip())), None)
    if dated is None or any(find_when(line.text) or not _is_short(line.text) for line in lines[1:dated]):
        return False
    return len(lines) == _TITLE_AND_TIME or _ends_early(lines[0], lines[1:])


def titled_below(lines: Sequence[Line]) -> bool:
    """Whether a line stands like a title below one that is nothing but a day, or a day and a time."""
    if len(lines) < 2 or not _only_when(lines[0].text) or not _says_day(lines[0].text.strip()):
        return False
    title = lines[1].text.strip()
    if not _is_name(title) or _is_who_or_where(title) or _is_address(title) or is_prose(title):
        return False
    return any(when.times for line in lines[:_LAST_DATED] for when in find_when(line.text))


def _is_name(title: str) -> bool:
    if not _SHORTEST_NAME <= len(title) <= LONGEST_TITLE or title[-1] in ".,;:!…" or title[0].islower():
        return False
    label = find_label(title)
    return not find_when(title) and (label is None or format_of(label.word) is not None)


def _says_day(when: str) -> bool:
    """Whether a line begins with a day, and says little besides."""
    whens = find_when(when)
    if not whens or whens[0].days is None or whens[0].days.days[0].day is None or whens[0].at[0] > _AT_ONCE:
        return False
    said = sum(one.at[1] - one.at[0] for one in whens)
    return len(when) - said <= LONGEST_FACT and not is_prose(when) and len(when.split()) <= _MOST_WORDS


def _is_short(text: str) -> bool:
    return len(text.strip()) <= LONGEST_FACT and text.strip()[-1:] not in {*".,;!?…"}


def _ends_early(line: Line, below: Sequence[Line]) -> bool:
    """Whether the next word would have fitted on a line, which its author then ended on purpose."""
    far = max(NARROWEST, *map(_width, below))
    return _width(line) + 1 + len(below[0].text.split()[0]) <= far


_TITLE_AND_TIME = 2
_LAST_DATED = 4
"""A title is dated on one of so many lines, itself counted."""
_SHORTEST_NAME = 3
_AT_ONCE = 2
_MOST_WORDS = 16
LONGEST_TITLE = 110


def told_below(lines: Lines) -> tuple[Lines, Lines] | None:
    """A line that begins with a time, and what its author wrote on the lines below it about the session.

    The author ended the line on purpose where the next word would have fitted on it, or where it is bold as
    a whole and what follows is not. A day and a title in bold are a line of their own, whatever follows.
    """
    if len(lines) > 1:
        return _title_below(lines) or _several_below(lines) or _bold_above(lines) or _prose_below(lines)
    line = lines[0]
    if end := _dated_head(line):
        return (_strip(line.cut(0, end)),), (_strip(line.cut(end, len(line.text))),)
    if not line.soft or not begins_with_time(line.text):
        return None
    first, rest = line.cut(0, line.soft[0]), line.cut(line.soft[0], len(line.text))
    if not first.text.strip() or not rest.text.strip():
        return None
    bold = _bold_head(first) and not rest.marked("strong")
    return ((_strip(first),), (_strip(rest),)) if bold or _ended(line) else None


def facts_above(lines: Lines) -> tuple[Lines, Lines] | None:
    """A line that is nothing but a day and a time, the place below it, and what is told behind those."""
    if len(lines) != 1 or not lines[0].soft:
        return None
    borders = [0, *lines[0].soft, len(lines[0].text)]
    parts = [lines[0].cut(start, end) for start, end in pairwise(borders) if start < end]
    timed = any(when.times for when in find_when(parts[0].text))
    if not (timed and _only_when(parts[0].text) and _ends_early(parts[0], parts[1:])) or titled_below(parts):
        return None
    facts = 2 if _is_short(parts[1].text) and _is_where(parts[1].text.strip()) else 1
    told = (_strip(lines[0].cut(borders[facts], len(lines[0].text))),) if facts < len(parts) else ()
    return tuple(_strip(part) for part in parts[:facts]), told


def timed_below(lines: Lines) -> tuple[Lines, Lines] | None:
    """A day, the line below it that begins with the time and says what, and what is told behind the two."""
    if len(lines) != 1 or not lines[0].soft:
        return None
    borders = [0, *lines[0].soft, len(lines[0].text)]
    parts = [lines[0].cut(start, end) for start, end in pairwise(borders) if start < end]
    timed = [begins_with_time(part.text) for part in parts]
    if not (is_day(parts[0]) and _only_when(parts[0].text) and timed[1]) or sum(timed) > 1:
        return None
    told = (_strip(lines[0].cut(borders[2], len(lines[0].text))),) if len(parts) > 2 else ()
    return (_strip(parts[0]), _strip(parts[1])), told


def facts_below(lines: Lines) -> tuple[Lines, Lines] | None:
    """The title of an item with the facts on the lines below it, and what is told of it behind those."""
    if len(lines) != 1 or not lines[0].soft:
        return None
    borders = [0, *lines[0].soft, len(lines[0].text)]
    parts = [lines[0].cut(start, end) for start, end in pairwise(borders) if start < end]
    if not titled_above(parts):
        return None
    apart = _told_apart(lines[0], parts, borders)
    told = [line for at, line in enumerate(apart) if at > 1 and not _is_fact_below(line.text)]
    return apart[: len(apart) - len(told)], tuple(told)


def remark_below(lines: Lines) -> tuple[Lines, Lines] | None:
    """The lines of an item, and the remark in italics that is the last of them ("*Bring your lunch.*")."""
    if len(lines) != 1 or not lines[0].soft:
        return None
    line = lines[0]
    remark = line.cut(line.soft[-1], len(line.text))
    if not whole_mark(remark, "emphasis") or remark.text.strip(" *_")[-1:] not in {*".!?…"}:
        return None
    return (_strip(line.cut(0, line.soft[-1])),), (_strip(remark),)


def _ended(line: Line) -> bool:
    """Whether its author ended the first line on purpose: the next word would have fitted, or it runs on."""
    borders = [0, *line.soft, len(line.text)]
    parts = [line.cut(start, end) for start, end in pairwise(borders)]
    first, *behind = map(_width, parts)
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


def _width(line: Line) -> int:
    """How many characters a line has in the file, marks and addresses included."""
    span = line.span()
    return span.end - span.start


def _listed(parts: Sequence[Line]) -> bool:
    """Whether the lines are a title, then facts of their own: one is nothing but a day."""
    return len(parts) > 1 and any(_only_when(part.text) for part in parts[1:])


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
    widths = [_width(part) for part in parts]
    far = max(NARROWEST, *widths)
    if not any(
        width + 1 + len(text.split()[0]) <= far for width, text in zip(widths, texts[1:], strict=False)
    ):
        return False
    return any(map(_is_who_or_where, texts)) or any(when.times for text in texts for when in find_when(text))


def _is_who_or_where(text: str) -> bool:
    return is_bare_room(text) or looks_like_people(text) >= 0.6


def _is_where(text: str) -> bool:
    """Whether a line names a room, a house or a street ("The Hobgoblin, Broad Street")."""
    return find_room(text) is not None or is_room(text) or _is_address(text)


def _is_address(text: str) -> bool:
    """Whether pieces between commas are a street or end with a room."""
    pieces = text.split(", ")
    return len(pieces) > 1 and (any(map(names_street, pieces)) or is_surely_room(pieces[-1]))


def _tells(text: str) -> bool:
    return text[-1] in ".!…" and len(text.split()) > 7


def _is_fact(part: Line, marked: bool) -> bool:
    """Whether a line is one fact of a session: a time, a label, a room, or bold as a whole."""
    if len(part.text) > LONGEST_FACT * 2 or is_prose(part.text):
        return False
    return marked or whole_mark(part, "strong") or is_bare_room(part.text.strip())


def _only_when(text: str) -> bool:
    whens = find_when(text)
    said = sum(when.at[1] - when.at[0] for when in whens)
    return bool(whens) and whens[0].days is not None and said >= len(text.strip()) - _FEW_LETTERS


_FEW_LETTERS = 5
"""A preposition, a comma and marks beside a day and its time."""


def _speakers_below(parts: Sequence[Line], marked: Sequence[bool]) -> bool:
    """Whether people stand on lines of their own below lines that begin with a time."""
    return any(
        not is_marked and marked[at - 1] and looks_like_people(parts[at].text) >= 0.5
        for at, is_marked in enumerate(marked)
        if at
    )


def _told_apart(line: Line, parts: Sequence[Line], borders: Sequence[int]) -> Lines:
    """Each line of a title and its facts, and what is told below them in one."""
    told = next((at for at, part in enumerate(parts) if at > 1 and not _is_fact_below(part.text)), len(parts))
    below = (_strip(line.cut(borders[told], len(line.text))),) if told < len(parts) else ()
    return (*(_strip(part) for part in parts[:told]), *below)


def _is_fact_below(text: str) -> bool:
    return _is_short(text) or _says_day(text.strip())


def _joined(line: Line, parts: list[Line], marked: list[bool], borders: list[int]) -> Lines:
    starts = [borders[i] for i in range(len(parts)) if marked[i] or i == 0]
    ends = [*starts[1:], len(line.text)]
    return tuple(_strip(line.cut(start, end)) for start, end in zip(starts, ends, strict=True))


def _strip(line: Line) -> Line:
    text = line.text
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return line if (start, end) == (0, len(text)) else line.cut(start, max(start, end))
