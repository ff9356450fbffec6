"""Owns how long each of several sessions lasts, said once for all ("Every webinar takes 45 minutes")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from feeds.understand.context import Book
from feeds.understand.draft import DraftSession, Read
from feeds.understand.outline import Scope
from feeds.understand.part import Part
from feeds.understand.phrases import pattern_for

FEWEST = 2
"""Of how many sessions a sentence says how long "each" lasts."""

_HOURS = {
    "": 1,
    **dict.fromkeys(("a", "an", "one", "eine", "une", "una", "uma", "een"), 1),
    **dict.fromkeys(("two", "zwei", "deux", "dos", "due", "duas", "twee"), 2),
    **dict.fromkeys(("three", "drei", "trois", "tres", "tre", "três", "drie"), 3),
}
_LASTS = re.compile(
    rf"\b(?:{pattern_for('each lasts')})\s(?:(?:just|only|exactly|nur|genau)\s)?"
    r"(?:(?P<half>half an hour|eine halbe stunde|une demi-heure|media hora|mezz['’]ora|meia hora|"
    r"een half uur)|(?P<more>an hour and a half|anderthalb stunden|eineinhalb stunden|une heure et demie|"
    r"una hora y media|un['’]ora e mezz[ao]|uma hora e meia|anderhalf uur)|"
    r"(?P<minutes>\d{1,3})[ -]?(?:minutes?|min\.?|mins|minuten|minutos|minuti)(?:\slong)?|un['’]ora|"
    rf"(?P<hours>\d|\d[.,]5|{'|'.join(filter(None, _HOURS))})"
    r"[ -](?:hours?|stunden?|heures?|horas?|or[ae]|uur)(?:\slong)?)(?![\w-])",
    re.IGNORECASE,
)
_MOST_LINES = 60
_LONGEST = timedelta(hours=8)


class Lasting(NamedTuple):
    """How long each lasts, and the words that say so."""

    time: timedelta
    part: Part


def give_ends(book: Book, root: Scope) -> None:
    """Give sessions without an end the one that a sentence above the first of them says by their length.

    Where some of them have speakers, it is said of those: of talks and not of lunch. None goes on when the
    next one in its room begins.
    """
    meant = [one for one in book.sessions if isinstance(one.start, datetime) and one.end is None]
    if any(one.people for one in meant):
        meant = [one for one in meant if one.people]
    if len(meant) < FEWEST:
        return
    first = min(one.span.start for one in meant)
    lasting = next(_said(root, before=first), None)
    if lasting is None:
        return
    following = _following(book)
    timed = {id(one) for one in meant}
    read = Read(how="inherited", span=lasting.part.span, why=f"“{lasting.part.text}” is said above of each")
    for at, one in enumerate(book.sessions):
        if id(one) not in timed or not isinstance(one.start, datetime):
            continue
        end = one.start + lasting.time
        if end <= following.get(id(one), end):
            book.sessions[at] = replace(one, end=end, reads={**one.reads, "end": read})


def _following(book: Book) -> dict[int, datetime]:
    """When the next session in the same room and zone begins, by the identity of a session."""
    rooms: defaultdict[tuple[str | None, str | None], list[tuple[datetime, DraftSession]]] = defaultdict(list)
    for one in book.sessions:
        if isinstance(one.start, datetime):
            rooms[one.room, one.timezone].append((one.start, one))
    found: dict[int, datetime] = {}
    for timed in rooms.values():
        starts = sorted({start for start, _ in timed})
        after = dict(pairwise(starts))
        found |= {id(one): after[start] for start, one in timed if start in after}
    return found


def _said(root: Scope, *, before: int) -> Iterator[Lasting]:
    lines = [line for scope in root.walk() if scope.kind in ("text", "lead") for line in scope.lines]
    for line in lines[:_MOST_LINES]:
        if line.span().start >= before:
            return
        found = _LASTS.search(line.text)
        if found is not None and timedelta(0) < (time := _time(found)) <= _LONGEST:
            yield Lasting(time, Part(line, *found.span()).trimmed())


def _time(found: re.Match[str]) -> timedelta:
    if found["minutes"]:
        return timedelta(minutes=int(found["minutes"]))
    if found["half"] or found["more"]:
        return timedelta(minutes=30 if found["half"] else 90)
    hours = (found["hours"] or "").lower()
    return timedelta(hours=_HOURS[hours] if hours in _HOURS else float(hours.replace(",", ".")))
