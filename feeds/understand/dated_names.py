"""Owns the names of events that stand with their days: "X will be held January 20-22 in …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feeds.post import Line
from feeds.understand.byline import is_byline
from feeds.understand.context import Book
from feeds.understand.events import EventName, find_event_names
from feeds.understand.introduced_days import is_limit, written_days
from feeds.understand.marked_titles import is_given
from feeds.understand.phrases import is_deadline, is_past, looks_back_at
from feeds.understand.when import resolve_days
from feeds.understand.when.values import Problem, ResolvedDays, When


def names_with_days(
    book: Book, title: Line, *, lines: Sequence[Line]
) -> Iterator[tuple[Line, EventName, ResolvedDays]]:
    """Names that stand with days and no clock: "X will be held January 20-22 in …"."""
    for line in (title, *lines[:25]):
        when = written_days(line.text)
        if when is None or when.days is None or is_deadline(line.text) or is_byline(line.text):
            continue
        if _CALLED_OFF.search(line.text):
            continue
        names = [name for name in find_event_names(line.text) if not name.weak]
        names = [name for name in names if not is_given(line.text[: name.start])]
        if not names or is_limit(line.text, when) or looks_back_at(line.text, when.at):
            continue
        if when.days.days[0].day is None and is_past(title.text):
            continue  # "Thursday" in a look back is not the next one
        found = resolve_days(when.days, anchor=book.anchor, frame=book.year_frame)
        name = _name_of(line, names, when=when)
        if name is None or isinstance(found, Problem):
            continue
        if book.said is None or book.anchor is None or found.last >= book.anchor:
            yield line, name, found  # what has been, in a post that names days to come, is an aside


_CALLED_OFF = re.compile(
    r"(?i)\b(?:is|are|was|were|ist|wird|est|es|è|é|wordt) (?:\w+ )?(?:cancell?ed|abgesagt|annulée?|"
    r"cancelad[oa]|annullat[oa]|geannuleerd)\b"
)


_HOLDS = re.compile(
    r"(?i)\b(?:findet|finden|veranstalte\w*|lädt|laden|celebra\w*|organi[sz]\w+|tiene lugar|tendrá lugar|"
    r"invit\w+|se tient|a lieu|si tiene|si svolge|acontece|realiza\w*|vindt|houden|hosts?|holds?|"
    r"takes? place|meets?|gathers?|comes? together|trifft|treffen|se réunit|se reúne|si riunisce|reúne-se)\b"
)


def _name_of(line: Line, names: Sequence[EventName], *, when: When) -> EventName | None:
    """The last name before the days in their sentence; for several days also one sentence earlier.

    Without any, the only name behind them that the sentence says is held ("am 5. Mai findet X statt").
    """
    before = [name for name in names if name.end <= when.at[0] or name.start <= when.at[0] < name.end]
    before = [name for name in before if not _is_house(line.text, name)] or before
    near = [name for name in before if _one_sentence(line.text[name.end : when.at[0]])]
    if near:
        return near[-1]
    ranged = when.days is not None and when.days.several
    after = {name.name: name for name in names if name.start >= when.at[1]}
    if not before and len(after) == 1:
        (only,) = after.values()
        between = line.text[when.at[1] : only.start]
        return only if _one_sentence(between) and _HOLDS.search(between) else None
    return before[-1] if ranged and len({name.name for name in before}) == 1 else None


_HELD_AT = re.compile(
    r"(?i)\b(?:held|place|hosted|statt|lieu|lugar|luogo|plaats|svolge|celebra)\s"
    r"(?:at|in|im|beim?|à|au|dans|en|nel|presso|no|na)\s(?:the\s|der\s|la\s|el\s)?$"
)


def _is_house(text: str, name: EventName) -> bool:
    """Whether a name is where something is held ("KubeCon is held at Paris Expo from 19 to 22 March")."""
    return _HELD_AT.search(text, max(0, name.start - 30), name.start) is not None


def _one_sentence(between: str) -> bool:
    return len(between) < 120 and re.search(r"[.!?]\s+[A-Z]", between) is None
