"""Owns what is decided when a whole post has been read: repeats, recaps, and findings about all of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from feeds.diagnostics import quoted
from feeds.source import Span
from feeds.understand.context import Book
from feeds.understand.draft import DraftPerson, DraftSession, Read
from feeds.understand.labels import find_label
from feeds.understand.links import tell_links
from feeds.understand.part import Part
from feeds.understand.phrases import is_past
from feeds.understand.places import names_town
from feeds.understand.rooms import is_room
from feeds.understand.sequence import past_midnight, tell_slips
from feeds.understand.title import plain_title

LONGEST = timedelta(hours=14)
"""What lasts longer is likelier a slip in the range."""

_LONGEST_WEEK = timedelta(days=10)
"""Days of one event lie no further apart."""

_FILLED = (
    *("end", "track", "format", "people", "room", "room_url", "url", "conference_url"),
    *("description", "prose"),
)
"""What a second telling of a session may add to the first."""


def tidy(book: Book, *, published: date | None, title: str = "", recap: bool = False) -> None:
    """Drop repeats, hold back recaps, and tell what only the whole post shows.

    `recap` is whether the author filed the post under looks back.

    Reports: time-style, looks-like-a-session, unlikely-length, outside-event, time-out-of-order,
    and what telling links reports.
    """
    _drop(book, [*book.past, *(s for s in book.sessions if _noise(book, s))])
    if recap or is_past(title):
        _look_back(book)
    book.sessions[:] = _without_summaries(_without_repeats(book.sessions))
    book.sessions[:] = _without_false_employers(book.sessions)
    _unnamed(book, title)
    _name_stops(book, title)
    _recap(book, published)
    _style(book)
    tell_links(book)
    _lengths(book)
    past_midnight(book)
    tell_slips(book)
    _of_no_event(book, published)
    _outside(book)


def _drop(book: Book, sessions: Sequence[DraftSession]) -> None:
    """Take out sessions that are none, with what was told of their times."""
    gone = {id(session) for session in sessions}
    book.forget(sessions)
    book.sessions[:] = [session for session in book.sessions if id(session) not in gone]


def _look_back(book: Book) -> None:
    """In a look back only a day that is written out can still come: a bare weekday or time has been."""
    _drop(book, [s for s in book.sessions if s.start is None or not _written(book, s.reads.get("day"))])
    for event in book.events:
        if event.first is not None and not _written(book, event.reads.get("start")):
            book.events[event.key] = replace(event, first=None, last=None)


def _written(book: Book, day: Read | None) -> bool:
    return day is None or any(char.isdigit() for char in book.source.text[day.span.start : day.span.end])


def _without_repeats(sessions: list[DraftSession]) -> list[DraftSession]:
    """A session told twice (a summary and a detail section) is one; the second telling fills gaps."""
    kept: dict[tuple[str, object], DraftSession] = {}
    for session in sessions:
        key = (plain_title(session.title), session.start if session.start is not None else session.span)
        kept[key] = _merged(kept[key], session) if key in kept else session
    return _without_rosters(list(kept.values()))


def _without_rosters(sessions: list[DraftSession]) -> list[DraftSession]:
    """Nobody speaks twice at a time: "Ada Ek – talking on Saturday at 15:30" says again when she does."""
    told: dict[datetime | date | None, list[DraftSession]] = defaultdict(list)
    for session in sessions:
        if session.start is not None and (session.url or session.room or session.end):
            told[session.start].append(session)
    return [one for one in sessions if not any(_says_less(one, other) for other in told[one.start])]


def _says_less(one: DraftSession, other: DraftSession) -> bool:
    """Whether all that a session says beside its time is who speaks, and they speak at the other one."""
    bare = not (one.url or one.room or one.end or one.track or one.format)
    names = {person.name for person in one.people}
    return bare and bool(names) and names <= {person.name for person in other.people}


def _without_false_employers(sessions: Sequence[DraftSession]) -> list[DraftSession]:
    """ "Ada Ek, Wen Okri" are two where the post names Wen Okri as a speaker elsewhere."""
    named = {session.people[0].name for session in sessions if session.people}
    return [
        replace(session, people=tuple(_apart(session.people, named)))
        if any(person.affiliation in named for person in session.people)
        else session
        for session in sessions
    ]


def _apart(people: Sequence[DraftPerson], named: Collection[str]) -> Iterator[DraftPerson]:
    told = {person.name for person in people}
    for person in people:
        if person.affiliation is None or person.affiliation not in named:
            yield person
            continue
        yield replace(person, affiliation=None)
        if person.affiliation not in told:
            told.add(person.affiliation)
            yield replace(person, name=person.affiliation, affiliation=None, url=None)


def _noise(book: Book, session: DraftSession) -> bool:
    """A clock time in a post without any event, day, label, speaker or link belongs to no schedule."""
    unknown = session.start is None and session.held in (None, "undated-session")
    return (unknown or _on_lone_weekday(book, session)) and not (
        book.events or session.people or session.url or _labelled(book, session)
    )


_SHORT_WEEKDAY = 4


def _on_lone_weekday(book: Book, session: DraftSession) -> bool:
    """Whether no more than "Mon" says the day, as in a table of every week, not within days of the post."""
    read = session.reads.get("day")
    if book.said is not None and session.start is not None and book.said[0] <= _day(session) <= book.said[1]:
        return False
    return read is not None and read.how == "read" and read.span.end - read.span.start <= _SHORT_WEEKDAY


def _labelled(book: Book, session: DraftSession) -> bool:
    """Whether the author says "When:" of the time."""
    at = _start(session).start
    text = book.source.text
    head = text[text.rfind("\n", 0, at) + 1 : at]
    label = find_label(head.lstrip(" \t-+*_>"))
    return label is not None and label.kind == "when"


def _without_summaries(sessions: list[DraftSession]) -> list[DraftSession]:
    """A sentence that says when an event takes place is no session beside those of its programme."""
    days = {_day(one) for one in sessions if not one.borrowed and one.start is not None}
    return [one for one in sessions if not (one.borrowed and one.start is not None and _day(one) in days)]


def _unnamed(book: Book, title: str) -> None:
    """Beside sessions with names of their own, a sentence that nothing names is not called like the post."""
    if all(one.borrowed for one in book.sessions):
        return
    name = plain_title(title)
    for session in book.sessions:
        if session.borrowed and session.start is not None and plain_title(session.title) == name:
            book.tell(
                "looks-like-a-session",
                "this sentence says a day and a time, but nothing names what takes place",
                span=_start(session),
                help="if it is a session, write its title in bold or in quotes",
            )
    book.sessions[:] = [
        one
        for one in book.sessions
        if not (one.borrowed and one.start is not None and plain_title(one.title) == name)
    ]


def _name_stops(book: Book, title: str) -> None:
    """Sessions that are called like towns are stops of what the post is about ("On the road: Denver")."""
    starting = (one for one in book.sessions if one.start is not None)
    stops = [one for one in starting if names_town(one.title) and not is_room(one.title)]
    stem = _STEM.split(title.strip(), maxsplit=1)[0].strip()
    if len({one.title for one in stops}) < _SEVERAL or not 0 < len(stem.split()) <= _LONGEST_STEM:
        return
    gone = {id(one) for one in stops}
    book.sessions[:] = [
        replace(one, title=f"{stem}: {one.title}") if id(one) in gone else one for one in book.sessions
    ]


_STEM = re.compile(r"\s*:\s|\s[–—|-]\s|,\s")
_LONGEST_STEM = 6


def _merged(one: DraftSession, other: DraftSession) -> DraftSession:
    changes = {name: getattr(other, name) for name in _FILLED if not getattr(one, name)}
    return replace(one, **changes, reads={**other.reads, **one.reads})


def _recap(book: Book, published: date | None) -> None:
    """Announcements come before what they announce: a post whose sessions all lie behind it looks back."""
    if published is None:
        return
    eve = published - timedelta(days=1)
    past = [one for one in book.sessions if one.start is not None and _day(one) < eve]
    if not past:
        return
    book.tell(
        "looks-like-a-session",
        f"`{_day(past[0])}` lies before the post's own date `{published}`, so what is told of it is read as "
        "looking back",
        span=past[0].span,
        help="if it is a schedule, correct the post's `date`",
    )
    book.sessions[:] = [one for one in book.sessions if one.start is None or _day(one) >= eve]
    if all(session.start is None for session in book.sessions):
        book.sessions.clear()


def _day(session: DraftSession) -> date:
    match session.start:
        case datetime() as start:
            return start.date()
        case date() as day:
            return day
        case None:
            raise ValueError("a session without a start has no day")


def _style(book: Book) -> None:
    """A time written with a dot among times with a colon is read the same; authors may like to know."""
    marks = [(line, clock) for line, times in book.clocks for clock in (times.start, times.end) if clock]
    if not any(clock.style == "colon" for _, clock in marks):
        return
    told = {finding.line for finding in book.findings if finding.rule == "time-style"}
    for line, clock in marks:
        words = Part(line, *clock.at)
        if clock.style == "dot" and book.source.position(words.span.start).line not in told:
            book.tell(
                "time-style",
                f"`{words.text}` is written with a dot where other times have a colon",
                span=words.span,
                help=f"write `{words.text.replace('.', ':', 1)}`",
            )


def _lengths(book: Book) -> None:
    for session in book.sessions:
        if not (isinstance(session.start, datetime) and isinstance(session.end, datetime)):
            continue
        length = session.end - session.start
        if length > LONGEST:
            book.tell(
                "unlikely-length",
                f"{quoted(session.title)} lasts {length / timedelta(hours=1):g} hours",
                span=_start(session),
                help="check the end of the time range",
            )


def _of_no_event(book: Book, published: date | None) -> None:
    """A calendar of several weeks of which no day is near the one event that a post names is not of it.

    What the post tells of an event that is over leaves no event either.
    """
    for event in book.events:
        theirs = [one for one in book.sessions if one.event == event.key and one.start is not None]
        days = [_day(one) for one in theirs]
        if len(days) < _SEVERAL or max(days) - min(days) <= _LONGEST_WEEK:
            continue
        if event.first is None or any(event.near(day) for day in days):
            continue
        book.sessions[:] = [
            replace(one, event=None) if one.event == event.key else one for one in book.sessions
        ]
        if published is not None and (event.last or event.first) < published:
            book.events[event.key] = replace(event, first=None, last=None)


_SEVERAL = 2


def _outside(book: Book) -> None:
    _widen(book)
    for session in book.sessions:
        event = book.events[session.event] if session.event is not None else None
        if event is None or event.first is None or event.last is None or session.start is None:
            continue
        day = _day(session)
        if not event.near(day):
            book.tell(
                "outside-event",
                f"{quoted(session.title)} is on {day}, outside {event.name} ({event.first} to {event.last})",
                span=_start(session),
                help="check the day, or put the session under its own event",
            )


def _widen(book: Book) -> None:
    """One day said of an event with sessions on several others is one of its days, and not all of them."""
    for event in book.events:
        days = Counter(_day(one) for one in book.sessions if one.event == event.key and one.start is not None)
        others = days.keys() - {event.first}
        if event.first is None or event.first != event.last or len(others) < 2:
            continue
        if 2 * days[event.first] > days.total():
            continue  # the others are before and after it
        if max(others) - min(others) <= _LONGEST_WEEK and abs(min(others) - event.first) <= _LONGEST_WEEK:
            first, last = min(event.first, *others), max(event.first, *others)
            book.events[event.key] = replace(event, first=first, last=last)


def _start(session: DraftSession) -> Span:
    read = session.reads.get("start") or session.reads.get("title")
    return read.span if read else session.span
