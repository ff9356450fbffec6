"""Owns telling repeats apart: sessions of one title go to recorded ones in order, to the nearest start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime

from feeds.model import Session
from feeds.revisions.record import SessionEntry

Pairing = tuple[Session, SessionEntry]
Doubtful = tuple[Session, SessionEntry, SessionEntry]
LARGEST = 250_000
"""Cells of a table that is still worth filling; beyond, repeats are paired in their order."""


def align(
    sessions: Sequence[Session], entries: Sequence[SessionEntry]
) -> tuple[list[Pairing], list[Doubtful]]:
    """Pair as many as there can be; both sides come sorted by start.

    Those that agree on most are paired first: post, title and time to the letter, people, link, place.
    The doubtful had two recorded sessions equally near.
    """
    if len(sessions) == len(entries) == 1:
        return [(sessions[0], entries[0])], []
    pairs: list[Pairing] = []
    doubts: list[Doubtful] = []
    mine, theirs = list(sessions), list(entries)
    for trait in (_all_and_post, _all, _people_link_place, _people_link, _people, _nothing):
        for ours, others in _split(mine, theirs, trait=trait):
            found, unsure = _nearest(ours, others)
            pairs += found
            doubts += unsure
        done = {session.slug for session, _ in pairs}
        used = {entry.revision.uid for _, entry in pairs}
        mine = [session for session in mine if session.slug not in done]
        theirs = [entry for entry in theirs if entry.revision.uid not in used]
    return pairs, doubts


def _all_and_post(session: Session) -> Hashable:
    return session.posts, _all(session)


def _all(session: Session) -> Hashable:
    return session.title, session.start, session.end, _people_link_place(session)


def _people_link_place(session: Session) -> Hashable:
    return session.speakers, session.url, session.room, session.track


def _people_link(session: Session) -> Hashable:
    return session.speakers, session.url


def _people(session: Session) -> Hashable:
    return session.speakers


def _nothing(_: Session) -> Hashable:
    return None


def _split(
    sessions: Sequence[Session], entries: Sequence[SessionEntry], *, trait: Callable[[Session], Hashable]
) -> list[tuple[list[Session], list[SessionEntry]]]:
    groups: defaultdict[Hashable, tuple[list[Session], list[SessionEntry]]] = defaultdict(lambda: ([], []))
    for session in sessions:
        groups[trait(session)][0].append(session)
    for entry in entries:
        groups[trait(entry.session)][1].append(entry)
    return [(mine, theirs) for mine, theirs in groups.values() if mine and theirs]


def _nearest(
    sessions: Sequence[Session], entries: Sequence[SessionEntry]
) -> tuple[list[Pairing], list[Doubtful]]:
    if len(sessions) * len(entries) > LARGEST or len(sessions) == len(entries):
        return list(zip(sessions, entries, strict=False)), []
    if len(sessions) < len(entries):
        costs = [[_minutes(session, entry) for entry in entries] for session in sessions]
        early, late = _in_order(costs, late=False), _in_order(costs, late=True)
        pairs = [(sessions[row], entries[column]) for row, column in enumerate(early)]
        others = [entries[column] for column in late]
    else:
        costs = [[_minutes(session, entry) for session in sessions] for entry in entries]
        early, late = _in_order(costs, late=False), _in_order(costs, late=True)
        pairs = [(sessions[column], entries[row]) for row, column in enumerate(early)]
        return pairs, _contested(sessions, entries, early=early, late=late)
    return pairs, [
        (session, chosen, other)
        for (session, chosen), other in zip(pairs, others, strict=True)
        if chosen.facts != other.facts
    ]


def _contested(
    sessions: Sequence[Session], entries: Sequence[SessionEntry], *, early: list[int], late: list[int]
) -> list[Doubtful]:
    """Entries that two sessions could carry on; the session left out is the doubtful one."""
    return [
        (sessions[second], entries[row], entries[row])
        for row, (first, second) in enumerate(zip(early, late, strict=True))
        if first != second and sessions[first].start != sessions[second].start
    ]


def _in_order(costs: list[list[int]], *, late: bool) -> list[int]:
    """The column of each row, rising, with the least sum; of equal sums the earliest or the latest."""
    rows, columns = len(costs), len(costs[0])
    infinite = 1 << 60
    table = [[0] * (columns + 1)]
    for row in range(1, rows + 1):
        line = [infinite] * (columns + 1)
        for column in range(row, columns + 1):
            line[column] = min(line[column - 1], table[row - 1][column - 1] + costs[row - 1][column - 1])
        table.append(line)
    chosen, row, column = [0] * rows, rows, columns
    while row:
        skip = table[row][column - 1]
        take = table[row - 1][column - 1] + costs[row - 1][column - 1]
        if skip < take or (skip == take and not late):
            column -= 1
            continue
        row, column = row - 1, column - 1
        chosen[row] = column
    return chosen


def _minutes(session: Session, entry: SessionEntry) -> int:
    """How far apart two starts are on the clocks of the place; nowhere near where one is unknown."""
    one, two = _clock(session.start), _clock(entry.session.start)
    return abs(one - two) if one is not None and two is not None else 1 << 30


def _clock(moment: datetime | date | None) -> int | None:
    match moment:
        case datetime():
            return moment.toordinal() * 1440 + moment.hour * 60 + moment.minute
        case date():
            return moment.toordinal() * 1440
        case _:
            return None
