"""Owns how front matter meets prose: which sessions an entry means, and which doubts it settles."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from feeds.understand.context import Book
from feeds.understand.draft import DraftEvent, DraftSession
from feeds.understand.structured.entry import Entry
from feeds.understand.structured.sessions import lay_over, read_session
from feeds.understand.structured.slots import TIME_KEYS

_OF_TIME: Final = frozenset(
    {"impossible-date", "impossible-time", "time-in-gap", "ambiguous-time", "end-before-start"}
    | {
        "weekday-mismatch",
        "zone-mismatch",
        "zone-conflict",
        "zone-unknown",
        "year-missing",
        "undated-session",
    }
    | {"ambiguous-date", "ambiguous-meridiem", "outside-event", "unlikely-length", "time-style"}
)
# Of front matter that is one event's: what the event has, and the session takes from it.
_OF_EVENT: Final = frozenset({"event", "city", "country", "venue", "location"})
_OF_LINKS: Final = frozenset({"malformed-url", "relative-url", "duplicate-url"})


def lay(book: Book, entry: Entry, *, stated: frozenset[int]) -> None:
    """Lay one entry of `sessions:` over the sessions of the prose, or add it to them.

    Reports: missing-value, unmatched-override, invalid-value, and the rules of time.
    """
    match, title = entry.line("match"), entry.line("title")
    if match is not None:
        hits = _matched(book.sessions, match)
        if not hits:
            _tell_unmatched(book, entry, match)
    elif title is not None:
        hits = _titled(book.sessions, entry, title)
        if not hits and (session := read_session(entry, stated=stated)):
            book.sessions.append(session)
    else:
        if not (entry.has("match") or entry.has("title")):
            message = "this session has neither `title` nor `match`"
            book.tell("missing-value", message, span=entry.span(), help=entry.pair("title", "Mind the Gap"))
        book.lost = True
        return
    _changed(book, entry, hits, stated=stated)


def lay_implied(book: Book, entry: Entry, *, event: DraftEvent) -> None:
    """Add the session that the whole post is, unless the prose has a programme for that day."""
    title = entry.line("title") or ""
    hits = [at for at in _titled(book.sessions, entry, title) if book.sessions[at].start is not None]
    day = str(event.first)
    if not hits and any(session.start and session.start.isoformat()[:10] == day for session in book.sessions):
        return
    own = replace(entry, data={key: value for key, value in entry.data.items() if key not in _OF_EVENT})
    stated = frozenset({event.key})
    if hits:
        _changed(book, own, hits, stated=stated)
    elif session := read_session(own, stated=stated):
        book.sessions.append(session)


def _changed(book: Book, entry: Entry, hits: Sequence[int], *, stated: frozenset[int]) -> None:
    ignored = entry.flag("ignore") is True
    for at in reversed(hits):
        _settle(book, entry, book.sessions[at], ignored=ignored)
        if ignored:
            del book.sessions[at]
        else:
            book.sessions[at] = lay_over(entry, book.sessions[at], stated=stated)


def _matched(sessions: Sequence[DraftSession], match: str) -> list[int]:
    """Sessions with this title or address, else those with these words in their title."""
    wanted = _plain(match)
    whole = [
        at for at, session in enumerate(sessions) if wanted == _plain(session.title) or match == session.url
    ]
    part = wanted.rstrip("….").rstrip()
    return whole or [at for at, session in enumerate(sessions) if part and part in _plain(session.title)]


def _titled(sessions: Sequence[DraftSession], entry: Entry, title: str) -> list[int]:
    """The session of the prose with the same title; of several, the one that begins at the same time.

    One that front matter told before is meant again only where the time is the same, too.
    """
    titles = {_plain(title), _plain(title.partition(": ")[2])}  # "Online workshop: Slow radio"
    same = [at for at, session in enumerate(sessions) if _plain(session.title) in titles]
    told = any(sessions[at].laid for at in same)
    if len(same) < 2 and not told:
        return same
    start = (entry.line("start") or entry.line("date") or "").replace(" ", "T", 1)
    return [at for at in same if start and _starts(sessions[at], start)][:1]


def _starts(session: DraftSession, start: str) -> bool:
    """Whether a session begins at a moment, on a day or at a time of day, as written."""
    if session.start is None:
        return False
    own = session.start.isoformat()
    return own.startswith(start[:16]) or own[11:16] == start.zfill(5)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def _tell_unmatched(book: Book, entry: Entry, match: str) -> None:
    titles = [session.title for session in book.sessions[:500]]
    near = get_close_matches(match, titles, n=1, cutoff=0.4)
    remedy = (
        f"match: {json.dumps(near[0], ensure_ascii=False)}" if near else "write a part of the session's title"
    )
    message = f"no session of this post matches `{match[:60]}`"
    book.tell("unmatched-override", message, span=entry.span("match"), help=remedy)


def _settle(book: Book, entry: Entry, session: DraftSession, *, ignored: bool) -> None:
    """Doubts about what the author now says exactly are doubts no more."""
    rules = frozenset(_settled(entry, ignored=ignored))
    if not rules:
        return
    spans = [session.span, *(read.span for read in session.reads.values() if read.how == "read")]
    lines = {book.source.position(span.start).line for span in spans}
    book.findings[:] = [one for one in book.findings if one.rule not in rules or one.line not in lines]


def _settled(entry: Entry, *, ignored: bool) -> Iterator[str]:
    if ignored or TIME_KEYS & {key for key in entry.data if entry.has(key)}:
        yield from _OF_TIME
    if ignored or "url" in entry.data:
        yield from _OF_LINKS
