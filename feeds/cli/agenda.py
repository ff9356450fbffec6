"""Owns the agenda that `feeds show` prints: events, days, and sessions in the time of their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from rich.text import Text

from feeds.cli.wording import counted, days_in_words
from feeds.cli.wrapping import wrapped
from feeds.diagnostics import RULES
from feeds.diagnostics.plain import visible
from feeds.model import Event, Schedule, Session, Speaker, Track

_GUESSED: Final = "dim italic"
_LEGEND: Final = (
    "Dim italics: not written there, but inherited or assumed; `feeds explain SESSION` says from where."
)
_COLUMN: Final = 17


def agenda(schedule: Schedule, *, width: int | None) -> Text:
    """Everything understood: each event with its days, then what is not published with the reason.

    Wrapped to `width` cells, or one line a session where None.
    """
    names = _Names(schedule)
    events = {event.slug: event for event in schedule.events}
    shown = [session for session in schedule.sessions if session.published]
    hidden = [session for session in schedule.sessions if not session.published]
    blocks: list[Text] = []
    for slug in [*events, None]:
        own = [
            session
            for session in shown
            if session.event == slug or (slug is None and session.event not in events)
        ]
        if own or slug is not None:
            lines = [*_header(events.get(slug or ""), width=width), *_days(own, names=names, width=width)]
            blocks.append(Text("\n").join(lines))
    if hidden:
        blocks.append(Text("\n").join(_unpublished(hidden, width=width)))
    blocks.append(_closing(schedule, guessed=any(map(_guesses, shown)), styled=width is not None))
    return Text("\n\n").join(blocks)


def counts(schedule: Schedule) -> str:
    """`13 sessions in 2 events from 3 posts`."""
    sessions, events, posts = len(schedule.sessions), len(schedule.events), len(schedule.posts)
    return f"{counted(sessions, 'session')} in {counted(events, 'event')} from {counted(posts, 'post')}"


class _Names:
    """The names behind the slugs of a schedule."""

    def __init__(self, schedule: Schedule) -> None:
        self.speakers: Mapping[str, Speaker] = {speaker.slug: speaker for speaker in schedule.speakers}
        self.tracks: Mapping[tuple[str, str], Track] = {
            (track.event, track.slug): track for track in schedule.tracks
        }
        self.zones: Mapping[str, str | None] = {event.slug: _zone(event) for event in schedule.events}

    def speaker(self, slug: str) -> str:
        speaker = self.speakers.get(slug)
        if speaker is None:
            return slug
        return f"{speaker.name} ({speaker.affiliation})" if speaker.affiliation else speaker.name

    def zone(self, session: Session) -> str | None:
        """The zone of a session's times, where its event does not say it."""
        told = self.zones.get(session.event) if session.event is not None else None
        return session.timezone if session.timezone != told and isinstance(session.start, datetime) else None

    def track(self, session: Session) -> str | None:
        track = self.tracks.get((session.event or "", session.track or ""))
        name = track.name if track else session.track
        return None if name == session.title else name


def _header(event: Event | None, *, width: int | None) -> Iterator[Text]:
    if event is None:
        yield Text("Without an event", style="bold")
        return
    gone = event.status == "cancelled"
    yield Text(_tag(event) + visible(event.name), style="bold strike" if gone else "bold")
    zone = _zone(event)
    city = f"{event.place.city}, {event.place.country}" if event.place else None
    values = [_span_of_days(event), event.venue, city, "online" if event.online else None, zone]
    facts = [_fact(value, how=how, of=event) for value, how in zip(values, _EVENT_FACTS, strict=True)]
    line = Text(" · ").join(fact for fact in facts if fact.plain)
    yield from wrapped(line, first=Text(), width=width) if line.plain else ()


_EVENT_FACTS: Final = ("start", "venue", "place", "online", "timezone")


def _span_of_days(event: Event) -> str | None:
    if event.start is None:
        return None
    last = (event.end or event.start + timedelta(days=1)) - timedelta(days=1)
    return days_in_words(event.start, last)


def _zone(event: Event) -> str | None:
    return event.timezone or (event.place.timezone if event.place else None)


def _days(sessions: Iterable[Session], *, names: _Names, width: int | None) -> Iterator[Text]:
    for day, group in groupby(sessions, key=_day):
        yield Text()
        yield Text(f"  {day:%A}, {day.day} {day:%B %Y}", style="bold cyan")
        for session in group:
            yield from _lines(session, names=names, width=width)


def _day(session: Session) -> date:
    match session.start:
        case datetime() as start:
            return start.date()
        case date() as start:
            return start
        case None:
            return date.max


def _lines(session: Session, *, names: _Names, width: int | None) -> Iterator[Text]:
    first = Text("    ")
    first.append(_slot(session), style=_style(session, "start"))
    first.pad_right(_COLUMN + 4 - len(first.plain))
    title = Text(
        _tag(session) + visible(session.title), style="strike" if session.status == "cancelled" else ""
    )
    yield from wrapped(title, first=first, width=width)
    details = _details(session, names=names)
    if details.plain:
        yield from wrapped(details, first=Text(" " * (_COLUMN + 4)), width=width)


def _slot(session: Session) -> str:
    match session.start, session.end:
        case datetime() as start, datetime() as end:
            days = (end.date() - start.date()).days
            return f"{start:%H:%M} – {end:%H:%M}" + (f" +{days}" if days else "")
        case datetime() as start, _:
            return f"{start:%H:%M}"
        case date() as start, date() as end if (end - start).days > 1:
            return f"{(end - start).days} days"
        case date(), _:
            return "all day"
        case _:
            return ""


def _tag(of: Event | Session) -> str:
    return "" if of.status == "confirmed" else f"[{of.status}] "


def _details(session: Session, *, names: _Names) -> Text:
    people = ", ".join(names.speaker(slug) for slug in session.speakers)
    facts = [
        _fact(people, how="speakers", of=session),
        _fact(session.room, how="room", of=session),
        _fact(names.track(session), how="track", of=session, style="dim"),
        _fact(session.format, how="format", of=session, style="dim"),
        _fact(names.zone(session), how="timezone", of=session, style="dim"),
    ]
    return Text(" · ").join(fact for fact in facts if fact.plain)


def _fact(value: str | None, *, how: str, of: Event | Session, style: str = "") -> Text:
    return Text(visible(value or ""), style=_style(of, how) or style)


def _style(of: Event | Session, field: str) -> str:
    origin = of.origins.get(field)
    return _GUESSED if origin is not None and origin.how != "read" else ""


def _guesses(session: Session) -> bool:
    return any(_style(session, field) for field in ("start", "speakers", "room", "track", "format"))


def _unpublished(sessions: Iterable[Session], *, width: int | None) -> Iterator[Text]:
    yield Text("Not published", style="bold yellow")
    yield Text()
    for session in sessions:
        place = f"{session.posts[0] if session.posts else '?'}:{session.line}"
        words = Text.assemble(visible(session.title), (f" – {why_not(session)} ({visible(place)})", "dim"))
        yield from wrapped(words, first=Text("    "), width=width)


def why_not(session: Session) -> str:
    """Why a session is listed but not published, in a few words that say what to do."""
    if session.held is not None:
        summary = RULES[session.held].summary if session.held in RULES else "It is held back."
        return f"{session.held}: {summary[0].lower()}{summary[1:].rstrip('.')}"
    if session.start is None:
        return "nothing says when it starts; write its day and time"
    return "no zone is known; write the city or a zone"


def _closing(schedule: Schedule, *, guessed: bool, styled: bool) -> Text:
    words = Text(f"{counts(schedule)}.", style="bold")
    if guessed and styled:
        words.append(f"\n{_LEGEND}", style="not bold dim italic")
    return words
