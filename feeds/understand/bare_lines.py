"""Owns lines that stand below each other as a title and its facts, though Markdown joins them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from feeds.post import Line
from feeds.understand.addresses import names_street
from feeds.understand.labels import find_label
from feeds.understand.line_kinds import begins_with_time, is_day, is_prose
from feeds.understand.people import format_of, likely_people
from feeds.understand.phrases import words_for
from feeds.understand.places import names_town
from feeds.understand.rooms import find_room, is_bare_room, is_room, is_surely_room
from feeds.understand.when import find_when

Lines = tuple[Line, ...]

MOST_FACTS = 5
"""What is told of a session line by line: time, title, speakers, room, link."""

LONGEST_FACT, LONGEST_TITLE = 80, 110
SHORTEST_TITLE, _SHORTEST_NAME = 5, 3
"""Letters of a fact, and of a title or a name on a line of its own."""

NARROWEST = 72
"""Columns at which the narrowest of wrapped paragraphs break."""

_TITLE_AND_TIME = 2
_LAST_DATED = 4
"""A title is dated on one of so many lines, itself counted."""

_AT_ONCE = 2
_MOST_WORDS = 16
"""Letters before a day that a line begins with, and words of such a line."""

_FEW_LETTERS = 5
"""A preposition, a comma and marks beside a day and its time."""


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
    goes_on = any(line.text.strip()[:1].islower() for line in lines[1 : dated + 2])
    if goes_on or _is_who_in_town(lines[0].text.strip()):
        return False
    return len(lines) == _TITLE_AND_TIME or _is_marked(lines[0]) or _ends_early(lines[0], lines[1:])


def _is_marked(line: Line) -> bool:
    """Whether most of a line is a link or bold: its address makes it as long as it is."""
    longest = max((m.end - m.start for m in line.marks if m.kind in ("link", "strong")), default=0)
    return 2 * longest > len(line.text.strip())


def titled_below(lines: Sequence[Line]) -> bool:
    """Whether a line stands like a title below one that is nothing but a day, or a day and a time."""
    if len(lines) < 2 or not only_when(lines[0].text) or not _says_day(lines[0].text.strip()):
        return False
    if not titles_line(lines[1].text.strip()):
        return False
    return any(when.times for line in lines[:_LAST_DATED] for when in find_when(line.text))


def titles_line(text: str) -> bool:
    """Whether a line can be a title: a name, neither people nor a place nor prose."""
    return _is_name(text) and not (is_who_or_where(text) or _is_address(text) or is_prose(text))


def facts_above(lines: Lines) -> tuple[Lines, Lines] | None:
    """A line that is nothing but a day and a time, the place below it, and what is told behind those."""
    borders, parts = _broken(lines)
    if len(parts) < _TITLE_AND_TIME:
        return None
    timed = any(when.times for when in find_when(parts[0].text))
    if not (timed and only_when(parts[0].text) and _ends_early(parts[0], parts[1:])) or titled_below(parts):
        return None
    facts = 2 if _is_short(parts[1].text) and _is_where(parts[1].text.strip()) else 1
    told = (stripped(lines[0].cut(borders[facts], len(lines[0].text))),) if facts < len(parts) else ()
    return tuple(stripped(part) for part in parts[:facts]), told


def timed_below(lines: Lines) -> tuple[Lines, Lines] | None:
    """A day, the line below it that begins with the time and says what, and what is told behind the two."""
    borders, parts = _broken(lines)
    if len(parts) < _TITLE_AND_TIME:
        return None
    timed = [begins_with_time(part.text) for part in parts]
    if not (is_day(parts[0]) and only_when(parts[0].text) and timed[1]) or sum(timed) > 1:
        return None
    told = (stripped(lines[0].cut(borders[2], len(lines[0].text))),) if len(parts) > 2 else ()
    return (stripped(parts[0]), stripped(parts[1])), told


def facts_below(lines: Lines) -> tuple[Lines, Lines] | None:
    """The title of an item with the facts on the lines below it, and what is told of it behind those."""
    borders, parts = _broken(lines)
    if len(parts) < _TITLE_AND_TIME:
        return None
    if not titled_above(parts):
        return None
    apart = told_apart(lines[0], parts, borders=borders)
    told = [line for at, line in enumerate(apart) if at > 1 and not _is_fact_below(line.text)]
    return apart[: len(apart) - len(told)], tuple(told)


def _broken(lines: Lines) -> tuple[list[int], list[Line]]:
    """Where the breaks of a paragraph in one piece are, and its author's lines; nothing of any other."""
    if len(lines) != 1 or not lines[0].soft:
        return [], []
    borders = sorted({0, *lines[0].soft, len(lines[0].text)})
    return borders, [lines[0].cut(start, end) for start, end in pairwise(borders)]


def told_apart(line: Line, parts: Sequence[Line], *, borders: Sequence[int]) -> Lines:
    """Each line of a title and its facts, and what is told below them in one."""
    told = next((at for at, part in enumerate(parts) if at > 1 and not _is_fact_below(part.text)), len(parts))
    below = (stripped(line.cut(borders[told], len(line.text))),) if told < len(parts) else ()
    return (*(stripped(part) for part in parts[:told]), *below)


def _is_fact_below(text: str) -> bool:
    return _is_short(text) or _says_day(text.strip())


def _is_name(title: str) -> bool:
    if not _SHORTEST_NAME <= len(title) <= LONGEST_TITLE or title[-1] in ".,;:!…" or title[0].islower():
        return False
    label = find_label(title)
    if title.rpartition(" ")[2] in _LEADING:
        return False  # "The library is closed on", then the day
    return not find_when(title) and (label is None or format_of(label.word) is not None)


_LEADING = frozenset(words_for("goes on in the next line"))
"""The last word of a line that goes on below."""


def _is_who_in_town(text: str) -> bool:
    """Whether a line signs what stands above it or says where it is ("Ada Ek, Leeds", "Old Mill, Graz")."""
    _, comma, last = text.rpartition(", ")
    return bool(comma) and names_town(last) and (is_room(text) or likely_people(text))


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
    far = max(NARROWEST, *map(width_of, below))
    return width_of(line) + 1 + len(next(iter(below[0].text.split()), "")) <= far


def _is_where(text: str) -> bool:
    """Whether a line names a room, a house or a street ("The Hobgoblin, Broad Street")."""
    return find_room(text) is not None or is_room(text) or _is_address(text)


def _is_address(text: str) -> bool:
    """Whether pieces between commas are a street or end with a room."""
    pieces = text.split(", ")
    return len(pieces) > 1 and (any(map(names_street, pieces)) or is_surely_room(pieces[-1]))


def is_who_or_where(text: str) -> bool:
    """Whether a line is a room, or likely a list of speakers."""
    return is_bare_room(text) or likely_people(text)


def only_when(text: str) -> bool:
    """Whether a line is a day, with a time or without, and nothing else."""
    whens = find_when(text)
    said = sum(when.at[1] - when.at[0] for when in whens)
    return bool(whens) and whens[0].days is not None and said >= len(text.strip()) - _FEW_LETTERS


def stripped(line: Line) -> Line:
    """A line without white space at its ends."""
    text = line.text
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return line if (start, end) == (0, len(text)) else line.cut(start, max(start, end))


def width_of(line: Line) -> int:
    """How many characters a line has in the file, marks and addresses included."""
    span = line.span()
    return span.end - span.start
