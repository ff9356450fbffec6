"""Owns what is decided when a whole post has been read: repeats, recaps, and findings about the post as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from feeds.understand.context import Book
from feeds.understand.draft import DraftSession
from feeds.understand.part import Part

_TWO = re.compile(r"https?://.*://")


def tidy(book: Book, *, published: date | None) -> None:
    """Drop repeats, hold back recaps, and tell what only the whole post shows.

    Reports: time-style, malformed-url, duplicate-url, looks-like-a-session, unlikely-length, outside-event.
    """
    book.sessions[:] = [s for s in book.sessions if not _noise(book, s)]
    book.sessions[:] = _without_summaries(list(_without_repeats(book.sessions)))
    _recap(book, published)
    _style(book)
    _links(book)
    _lengths(book)
    _outside(book)


def _without_repeats(sessions: list[DraftSession]) -> Iterator[DraftSession]:
    """A session told twice (a summary and a detail section) is one: the fuller telling wins, field by field."""
    kept: dict[tuple[str, object], DraftSession] = {}
    for session in sessions:
        key = (_plain(session.title), session.start if session.start is not None else session.span)
        kept[key] = _merged(kept[key], session) if key in kept else session
    yield from kept.values()


def _noise(book: Book, session: DraftSession) -> bool:
    """A clock time in a post without any event, day, speaker or link belongs to no schedule."""
    return (
        session.start is None and session.held is None and not (book.events or session.people or session.url)
    )


def _without_summaries(sessions: list[DraftSession]) -> list[DraftSession]:
    """A sentence that says when an event takes place is no session beside those of its programme."""
    listed = {(s.event, _day(s)) for s in sessions if not s.borrowed and s.start is not None}
    days = {day for _, day in listed}
    return [s for s in sessions if not (s.borrowed and s.start is not None and _day(s) in days)]


def _merged(one: DraftSession, other: DraftSession) -> DraftSession:
    changes = {
        name: getattr(other, name)
        for name in (
            "end",
            "track",
            "format",
            "people",
            "room",
            "room_url",
            "url",
            "conference_url",
            "description",
            "prose",
        )
        if not getattr(one, name) and getattr(other, name)
    }
    return replace(one, **changes, reads={**other.reads, **one.reads})


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _recap(book: Book, published: date | None) -> None:
    """Announcements come before what they announce: a post whose sessions all lie behind it looks back."""
    if published is None:
        return
    past = [s for s in book.sessions if s.start is not None and _day(s) < published - timedelta(days=1)]
    if not past:
        return
    first = past[0]
    book.tell(
        "looks-like-a-session",
        f"`{_day(first)}` lies before the post's own date `{published}`, so what is told of it is read as looking back",
        span=first.span,
        help="if it is a schedule, correct the post's `date`",
    )
    book.sessions[:] = [session for session in book.sessions if session not in past]
    if all(session.start is None for session in book.sessions):
        book.sessions.clear()


def _day(session: DraftSession) -> date:
    assert session.start is not None  # noqa: S101 - the callers ask
    return session.start.date() if isinstance(session.start, datetime) else session.start


def _style(book: Book) -> None:
    """A time written with a dot among times with a colon is read the same; the author may like to know."""
    marks = [(line, clock) for line, times in book.clocks for clock in (times.start, times.end) if clock]
    if not any(clock.style == "colon" for _, clock in marks):
        return
    told = {finding.line for finding in book.findings if finding.rule == "time-style"}
    for line, clock in marks:
        words = Part(line, *clock.at)
        if clock.style == "dot" and book.source.position(words.span.start).line not in told:
            book.tell(
                "time-style",
                f"`{words.text}` is written with a dot where other times have a colon; it was read as "
                f"{clock.hour}:{clock.minute:02d}",
                span=words.span,
                help=f"{clock.hour}:{clock.minute:02d}",
            )


def _links(book: Book) -> None:
    seen: dict[str, DraftSession] = {}
    for session in book.sessions:
        if session.url is None or "url" not in session.reads:
            continue
        span = session.reads["url"].span
        if _TWO.search(session.url):
            half = session.url[: session.url.rindex("://")].rstrip("htps:/")
            book.tell("malformed-url", f"the link of `{session.title[:60]}` runs two addresses together: `{session.url[:90]}`",
                      span=span, help=half if half.startswith("http") else "keep one of the two addresses")  # fmt: skip
        other = seen.get(session.url)
        if (
            other is not None
            and _plain(other.title) != _plain(session.title)
            and other.reads["url"].span != span
        ):
            book.tell("duplicate-url", f"`{session.title[:60]}` has the same link as `{other.title[:60]}`", span=span,
                      help="give each session its own link")  # fmt: skip
        seen.setdefault(session.url, session)


def _lengths(book: Book) -> None:
    for session in book.sessions:
        if isinstance(session.start, datetime) and isinstance(session.end, datetime):
            hours = (session.end - session.start) / timedelta(hours=1)
            if hours > 14:
                book.tell("unlikely-length", f"`{session.title[:60]}` lasts {hours:g} hours", span=_start(session),
                          help="check the end of the time range")  # fmt: skip


def _outside(book: Book) -> None:
    for session in book.sessions:
        event = book.events[session.event] if session.event is not None else None
        if event is None or event.first is None or event.last is None or session.start is None:
            continue
        day = _day(session)
        if not event.first - timedelta(days=2) <= day <= event.last + timedelta(days=2):
            book.tell("outside-event", f"`{session.title[:60]}` is on {day}, outside {event.name} ({event.first} to {event.last})",
                      span=_start(session), help="check the day, or put the session under its own event")  # fmt: skip


def _start(session: DraftSession):  # type: ignore[no-untyped-def]
    read = session.reads.get("start") or session.reads.get("title")
    return read.span if read else session.span
