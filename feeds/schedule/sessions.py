"""Owns the sessions of the schedule: each told once, with aware times and a slug that no other has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from feeds.diagnostics import Diagnostic, quoted, report
from feeds.model import Session, session_order
from feeds.schedule.conferences import Conferences, worst
from feeds.schedule.memory import Memory
from feeds.schedule.origins import ReadOrigins
from feeds.schedule.slugs import slug_of, unique
from feeds.schedule.speakers import People
from feeds.schedule.speaking import Sessions
from feeds.source import Source, Span
from feeds.understand.draft import DraftSession

_FILLED = (
    "end",
    "track",
    "format",
    "room",
    "room_url",
    "url",
    "conference_url",
    "image",
    "uid",
    "description",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A session, where its time was read, and what linking compares, worked out once.

    `starts` and `ends` are in UTC, None where there is no time; without an end a session takes only its
    first instant. Sessions with equal `same` are one; `takes` are the room and people it keeps busy.
    """

    session: Session
    source: Source
    span: Span
    starts: datetime | None
    ends: datetime | None
    begins: str
    same: tuple[object, ...]
    extras: tuple[str, ...]
    takes: tuple[tuple[str, str], ...]


def place(
    spoken: Sequence[tuple[Source, Sessions]], *, conferences: Conferences, people: People, memory: Memory
) -> tuple[list[Placed], tuple[Diagnostic, ...]]:
    """All sessions in the order of posts, each once.

    Reports: duplicate-session.
    """
    told = [
        one for source, sessions in spoken for one in _of_post(source, sessions, conferences, people, memory)
    ]
    kept, findings = _distinct(told)
    wanted = unique([(one.session.slug, one.extras) for one in kept])
    named = [_renamed(one, slug, memory) for one, slug in zip(kept, wanted, strict=True)]
    return named, tuple(findings)


def _renamed(one: Placed, slug: str, memory: Memory) -> Placed:
    if slug == one.session.slug:
        return one
    return memory.made(
        ("slug", slug), one, make=lambda: replace(one, session=replace(one.session, slug=slug))
    )


def _extras(session: Session) -> tuple[str, ...]:
    """What tells a session from those of the same title: its event, its day, its time."""
    if not isinstance(session.start, datetime):
        return (session.event or "", session.start.isoformat() if session.start else "")
    return (session.event or "", session.start.date().isoformat(), f"{session.start:%H%M}")


def _takes(session: Session, source: Source) -> tuple[tuple[str, str], ...]:
    people = [("", slug) for slug in session.speakers]
    if not session.room:
        return tuple(people)
    whose = session.event or source.path  # "Room 2" of two posts is not the same room
    return ((whose, " ".join(session.room.casefold().split())), *people)


def _of_post(
    source: Source, sessions: Sessions, conferences: Conferences, people: People, memory: Memory
) -> list[Placed]:
    """A post's sessions: made anew where the post, the slugs or the zones around it changed."""
    things = (source, sessions, conferences, people)
    return memory.made_of(
        ("sessions", source.path), things, make=lambda before: _anew(before, *things)
    ).placed


@dataclass(frozen=True, slots=True)
class _OfPost:
    """A post's sessions, and what they were made of."""

    inputs: tuple[object, ...]
    placed: list[Placed]


def _anew(
    before: _OfPost | None, source: Source, sessions: Sessions, conferences: Conferences, people: People
) -> _OfPost:
    """Anew only where something that this post's sessions speak of is another one."""
    events = [
        conferences.slugs.get((source.path, one.event)) if one.event is not None else None for one in sessions
    ]
    zones = [conferences.events[event].timezone if event is not None else None for event in events]
    speakers = [tuple([people.slugs[person.name] for person in one.people]) for one in sessions]
    inputs = (source, sessions, events, zones, speakers)
    if before is not None and before.inputs == inputs:
        return before
    placed = [_placed(*each, source=source) for each in zip(sessions, events, zones, speakers, strict=True)]
    return _OfPost(inputs, placed)


def _placed(
    draft: DraftSession, event: str | None, zone: str | None, speakers: tuple[str, ...], *, source: Source
) -> Placed:
    start, end = _aware(draft.start, draft.timezone), _aware(draft.end, draft.timezone)
    read = draft.reads.get("start") or draft.reads.get("title")
    timed = isinstance(start, datetime)
    session = Session(
        slug=draft.slug or slug_of(draft.title),
        title=draft.title,
        start=start,
        end=end,
        timezone=draft.timezone if timed else zone,
        event=event,
        track=slug_of(draft.track) if draft.track and event else None,
        format=draft.format,
        speakers=tuple(dict.fromkeys(speakers)),
        room=draft.room,
        room_url=draft.room_url,
        url=draft.url,
        conference_url=draft.conference_url,
        description=draft.description,
        image=draft.image,
        status=draft.status,
        uid=draft.uid,
        held=draft.held,
        posts=(source.path,),
        line=source.position(draft.span.start).line,
        origins=ReadOrigins(draft.reads, source),
    )
    known = start is not None and event is not None
    return Placed(
        session=session,
        source=source,
        span=read.span if read else draft.span,
        starts=_utc(start),
        ends=_utc(end),
        begins=session_order(session)[0],
        extras=_extras(session),
        takes=_takes(session, source) if session.status in ("confirmed", "tentative") else (),
        same=(event, " ".join(draft.title.casefold().split()), _utc(start) or start)
        if known
        else (source.path, draft.span, draft.title, start),
    )


@lru_cache(maxsize=600)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _aware(moment: datetime | date | None, zone: str | None) -> datetime | date | None:
    return moment.replace(tzinfo=_zone(zone)) if isinstance(moment, datetime) and zone is not None else moment


def _utc(moment: datetime | date | None) -> datetime | None:
    return moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo is not None else None


def _distinct(told: Iterable[Placed]) -> tuple[list[Placed], list[Diagnostic]]:
    """A session told twice is one: the later telling is noted and fills what the first left out."""
    kept: dict[tuple[object, ...], Placed] = {}
    findings: list[Diagnostic] = []
    for one in told:
        first = kept.setdefault(one.same, one)
        if first is not one:
            findings.append(_twice(first, one))
            kept[one.same] = _both(first, one)
    return list(kept.values()), findings


def _both(first: Placed, second: Placed) -> Placed:
    session = _in_one_zone(_filled(first.session, second.session))
    takes = dict.fromkeys((*first.takes, *second.takes)) if session.status != "cancelled" else ()
    return replace(first, session=session, ends=first.ends or second.ends, takes=tuple(takes))


def _in_one_zone(session: Session) -> Session:
    """An end that another post told in its own zone is spelt in that of the start, as in the record."""
    start, end = session.start, session.end
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return session
    if start.tzinfo is None or end.tzinfo is None or end.tzinfo is start.tzinfo:
        return session
    return replace(session, end=end.astimezone(start.tzinfo))


def _filled(one: Session, other: Session) -> Session:
    filled: dict[str, Any] = {name: getattr(one, name) or getattr(other, name) for name in _FILLED}
    return replace(
        one,
        **filled,
        speakers=tuple(dict.fromkeys((*one.speakers, *other.speakers))),
        status=worst([one.status, other.status]),
        posts=tuple(dict.fromkeys((*one.posts, *other.posts))),
    )


def _twice(first: Placed, second: Placed) -> Diagnostic:
    return report(
        "duplicate-session",
        f"{quoted(second.session.title)} is told in `{first.source.path}` too; both tellings are one session",
        source=second.source,
        span=second.span,
    )


Told = tuple[str, str, str, str | None]
"""Event, slug, name and address of a track, as one post tells it."""


def tracks(
    spoken: Sequence[tuple[Source, Sessions]], *, slugs: Mapping[tuple[str, int], str], memory: Memory
) -> list[tuple[Told, ...]]:
    """What each post tells of its sessions' tracks, in the order of posts."""
    told = []
    for source, sessions in spoken:
        found = memory.made(("track", source.path), sessions, make=partial(_tracks, sessions))
        events = [slugs.get((source.path, key)) for key, _, _, _ in found]
        told.append(memory.made(("tracks", source.path), (found, events), make=partial(_told, found, events)))
    return told


def _tracks(sessions: Sessions) -> tuple[tuple[int, str, str, str | None], ...]:
    """Each of a post's tracks once with each address that it was told with, by the key of its conference."""
    return tuple(
        dict.fromkeys(
            (one.event, slug_of(one.track), one.track, one.track_url)
            for one in sessions
            if one.event is not None and one.track is not None
        )
    )


def _told(
    found: Iterable[tuple[int, str, str, str | None]], events: Iterable[str | None]
) -> tuple[Told, ...]:
    return tuple(
        (event, slug, name, url)
        for event, (_, slug, name, url) in zip(events, found, strict=True)
        if event is not None
    )
