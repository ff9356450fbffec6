"""Owns the compact form in which the specification writes down a schedule and findings: a line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from feeds.diagnostics import Diagnostic
from feeds.model import Event, Schedule, Session


def agenda_of(schedule: Schedule) -> str:
    """Each event with its sessions indented below it, then the sessions without an event.

    `Event | days | City, COUNTRY | at Venue | online | status` and
    `day from–to Zone | Title | by Ada Example (Org), Bo Two | in Room | on Track | as Format | see URL | …`;
    what is not known is left out.
    """
    return "\n".join(_lines(schedule))


def findings_of(diagnostics: Iterable[Diagnostic], *, files: Sequence[str]) -> str:
    """`line rule` for each finding, `file:line rule` where the case has several files."""
    several = len(files) > 1
    return "\n".join(
        f"{_file(one)}:{one.line} {one.rule}" if several else f"{one.line} {one.rule}" for one in diagnostics
    )


def _file(diagnostic: Diagnostic) -> str:
    return diagnostic.path.rpartition("/")[2]


def _lines(schedule: Schedule) -> Iterator[str]:
    events = {event.slug for event in schedule.events}
    for event in schedule.events:
        yield _event(event)
        yield from (
            f"  {_session(session, schedule)}" for session in schedule.sessions if session.event == event.slug
        )
    yield from (_session(session, schedule) for session in schedule.sessions if session.event not in events)


def _event(event: Event) -> str:
    place = event.place
    return _joined(
        event.name,
        _days(event.start, event.end) if event.start else "no day",
        f"{place.city}, {place.country}" if place else None,
        f"at {event.venue}" if event.venue else None,
        "online" if event.online else None,
        None if event.status == "confirmed" else event.status,
        f"see {event.url}" if event.url else None,
    )


def _session(session: Session, schedule: Schedule) -> str:
    return _joined(
        _when(session),
        session.title,
        _speakers(session, schedule),
        f"in {session.room}" if session.room else None,
        _track(session, schedule),
        f"as {session.format}" if session.format else None,
        None if session.status == "confirmed" else session.status,
        f"see {session.url}" if session.url else None,
        f"map {session.room_url}" if session.room_url else None,
        f"join {session.conference_url}" if session.conference_url else None,
        f"held: {session.held}" if session.held else None,
    )


def _when(session: Session) -> str:
    match session.start, session.end:
        case None, _:
            return "no day"
        case datetime() as start, end:
            return f"{start:%Y-%m-%d %H:%M}{_until(start, end)} {session.timezone or 'no zone'}"
        case date() as start, end:
            return f"{_days(start, end)} all day"


def _until(start: datetime, end: datetime | date | None) -> str:
    if not isinstance(end, datetime):
        return ""
    return f"–{end:%H:%M}" if end.date() == start.date() else f"–{end:%Y-%m-%d %H:%M}"


def _days(start: date, end: date | None) -> str:
    last = (end or start + timedelta(days=1)) - timedelta(days=1)
    return f"{start}" if last <= start else f"{start}–{last}"


def _speakers(session: Session, schedule: Schedule) -> str | None:
    people = {one.slug: one for one in schedule.speakers}
    named = [
        f"{people[slug].name} ({people[slug].affiliation})" if people[slug].affiliation else people[slug].name
        for slug in session.speakers
    ]
    return f"by {', '.join(named)}" if named else None


def _track(session: Session, schedule: Schedule) -> str | None:
    names = {(track.event, track.slug): track.name for track in schedule.tracks}
    name = names.get((session.event or "", session.track or ""), session.track)
    return f"on {name}" if name and name != session.title else None


def _joined(*fields: str | None) -> str:
    return " | ".join(field for field in fields if field)
