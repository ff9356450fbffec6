"""Owns what the order of a list gives away: a time that steps back among times that rise is a likely slip."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise, takewhile

from feeds.diagnostics import quoted
from feeds.understand.context import Book
from feeds.understand.draft import DraftSession

FEWEST = 6
"""Of fewer times nobody can tell which is out of order."""

MOST_SLIPS = 2
"""More steps back are another order: by track, or by nothing."""

LEAST_STEP = timedelta(minutes=45)
"""Sessions that overlap are listed in any order; a slip of the pen changes the hour."""

_HEADING = re.compile(r"^\s*(?:#{1,6}\s|\*\*[^*\n]+\*\*:?\s*$|<h\d|[^|\n]*\|?\s*:?-{3})", re.MULTILINE)


EVENING, NIGHT, MORNING = 20, 5, 12
"""Hours between which midnight lies: a list that goes on from one to the other goes on the next day."""
LONGEST_GAP = timedelta(hours=6)
"""What a night has next is nearer than that; a call at 22:00 and one at 04:00 are two for two continents."""


def past_midnight(book: Book) -> None:
    """Move what an evening's list has behind midnight to the next day ("23:00 …", then "0 Uhr …")."""
    moved = {id(session) for run in _lists(book, over_midnight=True) for session in _after_midnight(run)}
    book.sessions[:] = [_next_day(one) if id(one) in moved else one for one in book.sessions]


def _after_midnight(run: Sequence[tuple[datetime, DraftSession]]) -> Iterator[DraftSession]:
    """The sessions of a list from the first one behind midnight on, up to the breakfast after the night.

    Their times rise; what a line dates of itself, or what is at 24:00, stays where it is.
    """
    opening = run[0][0].date()
    over = (
        at
        for at, ((late, _), (early, _)) in enumerate(pairwise(run), start=1)
        if early.date() == opening and early < late and early.hour < NIGHT
    )
    first = next(over, len(run))
    rest = [start for start, _ in run[first:]]
    night = list(takewhile(lambda start: start.hour < MORNING, rest))
    if any(start.hour < MORNING for start in rest[len(night) :]):
        return
    if not night or night[-1].date() != opening or night[-1].hour >= MORNING or night != sorted(night):
        return
    late = run[first - 1][0]
    if late.date() == opening and late.hour < EVENING:
        return
    if any(session.timezone == "UTC" for _, session in run):
        return  # calls for several continents
    day = run[0][1].reads.get("day")
    near = night[0] + timedelta(days=1) - late < LONGEST_GAP
    moved = [session for _, session in run[first : first + len(night)]]
    if near and all(session.reads.get("day") == day for session in moved):
        yield from moved


def _next_day(session: DraftSession) -> DraftSession:
    start, end = session.start, session.end
    assert isinstance(start, datetime)  # noqa: S101 - lists are of times
    later = end + timedelta(days=1) if isinstance(end, datetime) else end
    return replace(session, start=start + timedelta(days=1), end=later)


def tell_slips(book: Book) -> None:
    """Tell the times that step back in a list whose other times rise.

    Reports: time-out-of-order.
    """
    for run in _lists(book):
        kept = _rising([start for start, _ in run])
        slips = [at for at in range(len(run)) if at not in kept]
        if not slips or len(slips) > MOST_SLIPS or len(run) < FEWEST * len(slips) - (len(slips) - 1):
            continue
        for at in slips:
            _tell(book, run, at, kept=kept)


def _tell(
    book: Book, run: Sequence[tuple[datetime, DraftSession]], at: int, *, kept: Collection[int]
) -> None:
    start, session = run[at]
    before = max((run[other][0] for other in kept if other < at), default=start)
    after = min((run[other][0] for other in kept if other > at), default=start)
    where, other = ("behind", before) if start < before else ("before", after)
    if abs(other - start) < LEAST_STEP and _parallel(run, kept):
        return
    book.tell(
        "time-out-of-order",
        f"{quoted(session.title)} starts at {start:%H:%M}, but stands {where} {other:%H:%M} where times rise",
        span=session.reads["start"].span,
        help="check the time, or move the line to its place",
    )


def _parallel(run: Sequence[tuple[datetime, DraftSession]], kept: Collection[int]) -> bool:
    """Whether some of the sessions overlap, as they do in several rooms."""
    rising = sorted(kept)
    ends = ((run[at][1].end, run[following][0]) for at, following in pairwise(rising))
    return any(isinstance(end, datetime) and end > start for end, start in ends) or any(
        run[at][0] == run[following][0] for at, following in pairwise(rising)
    )


def _lists(book: Book, *, over_midnight: bool = False) -> Iterator[list[tuple[datetime, DraftSession]]]:
    """Sessions of one day that follow one another without a heading between them.

    Over midnight it is no matter which of them say a room.
    """
    run: list[tuple[datetime, DraftSession]] = []
    for session in sorted(book.sessions, key=lambda one: one.span):
        if not isinstance(session.start, datetime) or "start" not in session.reads:
            continue
        if run and not _goes_on(book, run[-1][1], session, over_midnight=over_midnight):
            yield run
            run = []
        run.append((session.start, session))
    if run:
        yield run


def _goes_on(book: Book, before: DraftSession, session: DraftSession, *, over_midnight: bool) -> bool:
    if session.event != before.event:
        return False
    dated = session.reads.get("day") == before.reads.get("day")  # what is at 24:00 is on the next day
    if not (session.day == before.day or (over_midnight and dated)):
        return False
    if not over_midnight and (session.room is None) != (before.room is None):
        return False
    return (
        _HEADING.search(book.source.text, before.span.end, max(before.span.end, session.span.start)) is None
    )


def _rising(starts: Sequence[datetime]) -> set[int]:
    """The places of the longest run of times that never step back (patience sorting)."""
    tops: list[datetime] = []
    places: list[int] = []
    behind: list[int | None] = []
    for at, start in enumerate(starts):
        pile = bisect_right(tops, start)
        behind.append(places[pile - 1] if pile else None)
        tops[pile : pile + 1] = [start]
        places[pile : pile + 1] = [at]
    kept: set[int] = set()
    at_last: int | None = places[-1] if places else None
    while at_last is not None:
        kept.add(at_last)
        at_last = behind[at_last]
    return kept
