"""Owns turning sessions into what a page shows: days with rows, venue-local times, zones by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from feeds.following import Past
from feeds.model import Event, Session, Speaker, Track
from feeds.web.http import MONTHS
from feeds.web.index import Index

# fmt: off
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
# fmt: on
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LABELS = {"cancelled": "Cancelled", "postponed": "Postponed", "tentative": "Tentative"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as a page shows it and as a program reads it (`datetime` attribute, with its offset)."""

    label: str
    machine: str


class Zone(NamedTuple):
    """`America/New_York`, and what it is at a time: `America/New_York (EDT, UTC−4)`."""

    name: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One session in an agenda. `was` is the start that was given up last for the present one.

    `language` is what its texts are written in, where that is known.
    """

    session: Session
    event: Event | None
    track: Track | None
    speakers: tuple[Speaker, ...]
    start: Moment | None
    end: Moment | None
    was: Moment | None
    zone: Zone | None
    badge: str
    language: str | None
    hue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The sessions that start on one day, the days-long ones first. `zones` are the rows', each once.

    A zone whose clocks are set in between counts once for each of its offsets.
    """

    label: str
    short: str
    machine: str
    zones: tuple[Zone, ...]
    rows: tuple[Row, ...]


def days(sessions: Iterable[Session], index: Index) -> tuple[Day, ...]:
    """An agenda in the order of days; sessions without a known start come last."""
    grouped = groupby(ordered(sessions, index), key=lambda session: _day(session.start))
    return tuple(_day_of(day, tuple(row(session, index) for session in group)) for day, group in grouped)


def ordered(sessions: Iterable[Session], index: Index) -> list[Session]:
    """In the order of an agenda: what runs at once stands in that of the tracks."""
    return sorted(sessions, key=lambda session: _order(session, index))


def row(session: Session, index: Index) -> Row:
    """One session with everything its slugs stand for."""
    event = index.events.get(session.event or "")
    return Row(
        session=session,
        event=event,
        track=index.tracks.get((session.event or "", session.track or "")),
        speakers=tuple(index.speakers[slug] for slug in session.speakers if slug in index.speakers),
        start=_moment(session.start),
        end=_end(session),
        was=_was(session, index.past_of(session)),
        zone=zone_of(session),
        badge=_LABELS.get(session.status, ""),
        language=index.language_of(session),
        hue=index.hues.get((session.event or "", session.track or ""), 0),
    )


def day_label(day: date) -> str:
    """`Tuesday 19 March 2024`."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def span_label(start: date | None, end: date | None) -> str:
    """`19–22 March 2024` of half-open days; the parts that both ends share are said once."""
    if start is None:
        return "Dates to be announced"
    last = max(start, (end or start + timedelta(days=1)) - timedelta(days=1))
    tail = f"{last.day} {_MONTHS[last.month - 1]} {last.year}"
    if start == last:
        return tail
    if (start.year, start.month) == (last.year, last.month):
        return f"{start.day}–{tail}"
    if start.year == last.year:
        return f"{start.day} {_MONTHS[start.month - 1]} – {tail}"
    return f"{start.day} {_MONTHS[start.month - 1]} {start.year} – {tail}"


def zone_of(session: Session) -> Zone | None:
    """`Europe/Paris (CET, UTC+1)`; None for a session of whole days."""
    start = session.start
    if not isinstance(start, datetime):
        return None
    offset = start.utcoffset()
    if session.timezone is None or offset is None:
        return Zone("", "time zone unknown")
    if session.timezone == "UTC":
        return Zone("UTC", "UTC")
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    utc = f"UTC{'+' if minutes >= 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"
    short = start.tzname() or ""
    # Zones without letters of their own call themselves "+03", which the offset says better.
    label = f"{session.timezone} ({f'{short}, ' if short.isalpha() and short != 'UTC' else ''}{utc})"
    return Zone(session.timezone, label)


def short_date(day: date) -> str:
    """`19 Mar`."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def event_days(event: Event, sessions: Sequence[Session]) -> tuple[date | None, date | None]:
    """The event's half-open days, or those of its sessions where the event has none."""
    return (event.start, event.end) if event.start is not None else session_days(sessions)


def session_days(sessions: Sequence[Session]) -> tuple[date | None, date | None]:
    """The half-open days on which sessions start."""
    known = [_day(session.start) for session in sessions if session.start is not None]
    return (min(known), max(known) + timedelta(days=1)) if known else (None, None)


def _order(session: Session, index: Index) -> tuple[date, bool, float, str, int, str, str, str]:
    start = session.start
    timed = isinstance(start, datetime)
    # Instants, not wall clocks: two cities can share a page.
    instant = start.timestamp() if isinstance(start, datetime) and start.tzinfo is not None else 0.0
    # What runs at once stands in the same order on every day.
    track = index.tracks.get((session.event or "", session.track or ""))
    beside = (track.rank if track else -1, session.track or "", session.room or "", session.slug)
    return (_day(start), timed, instant, start.isoformat() if start else "", *beside)


def _day(start: datetime | date | None) -> date:
    if start is None:
        return date.max
    return start.date() if isinstance(start, datetime) else start


def _day_of(day: date, rows: tuple[Row, ...]) -> Day:
    if day == date.max:
        return Day(label="Time to be announced", short="Open", machine="", zones=(), rows=rows)
    return Day(
        label=day_label(day),
        short=f"{_WEEKDAYS[day.weekday()][:3]} {short_date(day)}",
        machine=day.isoformat(),
        zones=tuple(dict.fromkeys(row.zone for row in rows if row.zone)),
        rows=rows,
    )


def _moment(value: datetime | date | None) -> Moment | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return Moment(label=f"{value:%H:%M}", machine=value.isoformat(timespec="minutes"))
    return Moment(label="All day", machine=value.isoformat())


def _end(session: Session) -> Moment | None:
    start, end = session.start, session.end
    if start is None or end is None:
        return None
    if not isinstance(end, datetime):
        last = end - timedelta(days=1)
        return (
            Moment(label=f"to {short_date(last)}", machine=last.isoformat()) if last > _day(start) else None
        )
    label = f"{end:%H:%M}" if end.date() == _day(start) else f"{end:%H:%M}, {short_date(end.date())}"
    return Moment(label=label, machine=end.isoformat(timespec="minutes"))


def _was(session: Session, past: Past) -> Moment | None:
    """Told only beside a new start: of what is postponed or called off there is none."""
    if session.start is None or not past.starts or session.status in ("postponed", "cancelled"):
        return None
    latest = past.starts[-1]
    if "T" not in latest:
        day = date.fromisoformat(latest)
        return Moment(label=_short_day(day, beside=session), machine=latest)
    start = datetime.fromisoformat(latest)
    if session.timezone is not None and start.tzinfo is not None:
        start = start.astimezone(ZoneInfo(session.timezone))
    moved = start.date() != _day(session.start)
    label = f"{start:%H:%M}{f', {_short_day(start.date(), beside=session)}' if moved else ''}"
    return Moment(label=label, machine=start.isoformat(timespec="minutes"))


def _short_day(day: date, *, beside: Session) -> str:
    return short_date(day) if day.year == _day(beside.start).year else f"{short_date(day)} {day.year}"


def start_day(session: Session) -> str:
    """The day a session starts on, in words."""
    return day_label(_day(session.start)) if session.start is not None else "Time to be announced"


def last_day(start: date | None, end: date | None) -> date:
    """The last day of half-open days; an event without days is still to come."""
    return date.max if start is None else max(start, (end or start + timedelta(days=1)) - timedelta(days=1))


def first_day_of(session: Session) -> date:
    """The day a session starts on; one without a known start is still to come."""
    return _day(session.start)


def last_day_of(session: Session) -> date:
    """The last day of a session; one without a known start is still to come."""
    end = session.end
    if isinstance(end, datetime):
        end = end.date() + timedelta(days=1)
    return last_day(_day(session.start), end) if session.start is not None else date.max
