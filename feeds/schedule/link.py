"""Owns the linking of drafts: what each post says by itself becomes one schedule with slugs and aware times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from feeds.diagnostics import Diagnostic, report
from feeds.model import Event, Origin, PostInfo, Schedule, Session, Track, session_order
from feeds.schedule.checks import Placed, clashes
from feeds.schedule.slugs import event_slug, slug_of, unique
from feeds.schedule.speakers import Named, People, gather, known_names
from feeds.source import Source, Span
from feeds.understand.draft import Draft, DraftEvent, DraftPerson, DraftSession, Read, Reads
from feeds.understand.events import same_event
from feeds.understand.people import find_people


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The schedule, and what linking found."""

    schedule: Schedule
    diagnostics: tuple[Diagnostic, ...]


def link(drafts: Iterable[Draft], *, broken: Iterable[str] = ()) -> Linked:
    """One schedule of all drafts; the same whatever their order. `broken` are paths that could not be read.

    Reports: similar-names, duplicate-session, room-double-booked, speaker-double-booked.
    """
    shown = sorted((draft for draft in drafts if not draft.hidden), key=lambda draft: draft.source.path)
    drafted = _speaking(shown)
    people = gather(_named(drafted))
    events = _events(shown)
    sessions, placed, findings = _sessions(drafted, events, people)
    tracks = _tracks(drafted, events)
    speaking = {slug for session in sessions for slug in session.speakers}
    speakers = tuple(speaker for speaker in people.speakers if speaker.slug in speaking)
    by_slug = {speaker.slug: speaker for speaker in speakers}
    findings += [*people.diagnostics, *clashes(placed, by_slug)]
    schedule = Schedule(
        events=tuple(sorted(events.shown(sessions), key=lambda e: (e.start or date.max, e.slug))),
        sessions=tuple(sorted(sessions, key=session_order)),
        speakers=speakers,
        tracks=tracks,
        posts=_posts(shown, broken),
    )
    return Linked(schedule=schedule, diagnostics=tuple(findings))


@dataclass(frozen=True, slots=True)
class _Drafted:
    draft: Draft
    session: DraftSession


def _speaking(drafts: Sequence[Draft]) -> list[_Drafted]:
    """Sessions with their people: one without any gets those whom its own prose names as presenting."""
    drafted = [_Drafted(draft, session) for draft in drafts for session in draft.sessions]
    known = known_names(list(_named(drafted)))
    return [one if one.session.people or not one.session.prose else _spoken(one, known) for one in drafted]


def _spoken(one: _Drafted, known: frozenset[str]) -> _Drafted:
    found = find_people(one.session.prose, known=known)
    if not found:
        return one
    span = one.session.span
    people = tuple(DraftPerson(name=p.name, affiliation=p.affiliation, url=p.url, span=span) for p in found)
    names = ", ".join(person.name for person in found)
    read = Read(how="read", span=span, why=f"named in the paragraphs below the title: {names}")
    session = replace(one.session, people=people, reads={**one.session.reads, "speakers": read})
    return _Drafted(one.draft, session)


def _named(drafted: Sequence[_Drafted]) -> Iterator[Named]:
    for one in drafted:
        for person in one.session.people:
            yield one.draft.source, person


@dataclass(slots=True)
class _Events:
    """Events by slug, and the slug of each post's event keys."""

    events: dict[str, Event]
    slugs: dict[tuple[str, int], str]
    stated: set[str]

    def shown(self, sessions: Sequence[Session]) -> list[Event]:
        """Events that have sessions, and those that a post states with days."""
        used = {session.event for session in sessions}
        return [e for slug, e in self.events.items() if slug in used or (slug in self.stated and e.start is not None)]


def _events(drafts: Sequence[Draft]) -> _Events:
    found = _Events({}, {}, set())
    for draft in drafts:
        for event in draft.events:
            slug = event.slug or event_slug(event.name, _year(draft, event))
            slug = _known_slug(found, event, slug)
            merged = _merge(found.events.get(slug), slug, event, draft)
            found.events[slug] = merged
            found.slugs[draft.source.path, event.key] = slug
            if event.stated:
                found.stated.add(slug)
    return found


def _year(draft: Draft, event: DraftEvent) -> int | None:
    """The year of the event: its own, that of its sessions, that of the post."""
    if event.first is not None:
        return event.first.year
    years = [s.start.year for s in draft.sessions if s.event == event.key and s.start is not None]
    if years:
        return min(years)
    return draft.published.year if draft.published else None


def _known_slug(found: _Events, event: DraftEvent, slug: str) -> str:
    """The slug of the same event as another post names it: same days and city, one name inside the other."""
    if slug in found.events or event.first is None:
        return slug
    for known, other in found.events.items():
        same_days = other.start == event.first and other.place is not None and event.place is not None
        if same_days and other.place.city == event.place.city and same_event(other.name, event.name):  # type: ignore[union-attr]
            return known
    return slug


def _merge(known: Event | None, slug: str, event: DraftEvent, draft: Draft) -> Event:
    path = draft.source.path
    fresh = Event(
        slug=slug,
        name=event.name,
        start=event.first,
        end=(event.last or event.first) + timedelta(days=1) if event.first else None,  # type: ignore[operator]
        place=event.place,
        timezone=event.timezone or (event.place.timezone if event.place else None),
        url=event.url,
        venue=event.venue,
        online=event.online,
        description=event.description,
        image=event.image,
        status=event.status,
        uid=event.uid,
        posts=(path,),
        origins=origins(event.reads, draft.source),
    )
    if known is None:
        return fresh
    posts = tuple(dict.fromkeys((*known.posts, path)))
    names = ("place", "timezone", "url", "venue", "description", "image", "uid")
    filled = {name: getattr(known, name) or getattr(fresh, name) for name in names}
    days = {"start": known.start, "end": known.end} if known.start else {"start": fresh.start, "end": fresh.end}
    return replace(known, **filled, **days, posts=posts)


def origins(reads: Reads, source: Source) -> Mapping[str, Origin]:
    """Where values came from, as lines and columns."""
    found: dict[str, Origin] = {}
    for name, read in reads.items():
        at = source.position(read.span.start)
        words = source.slice(read.span)[:200]
        found[name] = Origin(how=read.how, path=source.path, line=at.line, column=at.column, words=words, why=read.why)
    return found


@dataclass(frozen=True, slots=True)
class _Made:
    session: Session
    source: Source
    span: Span
    extras: tuple[str, ...]


def _sessions(drafted: Sequence[_Drafted], events: _Events, people: People) -> tuple[list[Session], list[Placed], list[Diagnostic]]:
    made, findings = _distinct([_session(one, events, people) for one in drafted])
    slugs = unique([(one.session.slug, one.extras) for one in made])
    sessions: list[Session] = []
    placed: list[Placed] = []
    for one, slug in zip(made, slugs, strict=True):
        session = one.session if slug == one.session.slug else replace(one.session, slug=slug)
        sessions.append(session)
        placed.append((session, one.source, one.span))
    return sessions, placed, findings


def _distinct(made: Sequence[_Made]) -> tuple[list[_Made], list[Diagnostic]]:
    """A session that two posts tell of is one; the second telling is noted and fills what the first left out."""
    kept: dict[tuple[object, ...], _Made] = {}
    findings: list[Diagnostic] = []
    for one in made:
        session = one.session
        key: tuple[object, ...] = (session.event, session.title.casefold(), session.start)
        if session.start is None or session.event is None:
            key = (*key, one.source.path, one.span)
        if key not in kept:
            kept[key] = one
            continue
        findings.append(_twice(kept[key], one))
        kept[key] = replace(kept[key], session=_filled(kept[key].session, session))
    return list(kept.values()), findings


def _filled(one: Session, other: Session) -> Session:
    names = ("end", "track", "format", "speakers", "room", "room_url", "url", "conference_url", "description", "uid")
    filled = {name: getattr(one, name) or getattr(other, name) for name in names}
    return replace(one, **filled, posts=tuple(dict.fromkeys((*one.posts, *other.posts))))


def _twice(first: _Made, second: _Made) -> Diagnostic:
    return report(
        "duplicate-session",
        f"`{second.session.title[:60]}` is told in `{first.source.path}` too; both tellings are one session",
        source=second.source,
        span=second.span,
    )


def _session(one: _Drafted, events: _Events, people: People) -> _Made:
    draft, source = one.session, one.draft.source
    event = events.slugs.get((source.path, draft.event)) if draft.event is not None else None
    start, end = _aware(draft.start, draft.timezone), _aware(draft.end, draft.timezone)
    read = draft.reads.get("start") or draft.reads.get("title")
    span = read.span if read else draft.span
    session = Session(
        slug=draft.slug or slug_of(draft.title),
        title=draft.title,
        start=start,
        end=end,
        timezone=draft.timezone if isinstance(start, datetime) else _day_zone(events, event),
        event=event,
        track=slug_of(draft.track) if draft.track and event else None,
        format=draft.format,
        speakers=tuple(dict.fromkeys(people.slugs[person.name] for person in draft.people)),
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
        origins=origins(draft.reads, source),
    )
    extras = (event or "", start.date().isoformat() if isinstance(start, datetime) else "",
              start.strftime("%H%M") if isinstance(start, datetime) else "")  # fmt: skip
    return _Made(session, source, span, extras)


def _day_zone(events: _Events, event: str | None) -> str | None:
    return events.events[event].timezone if event is not None else None


@lru_cache(maxsize=600)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _aware(moment: datetime | date | None, zone: str | None) -> datetime | date | None:
    return moment.replace(tzinfo=_zone(zone)) if isinstance(moment, datetime) and zone is not None else moment


def _tracks(drafted: Sequence[_Drafted], events: _Events) -> tuple[Track, ...]:
    found: dict[tuple[str, str], Track] = {}
    for one in drafted:
        event = events.slugs.get((one.draft.source.path, one.session.event)) if one.session.event is not None else None
        if event is None or one.session.track is None:
            continue
        slug = slug_of(one.session.track)
        known = found.get((event, slug))
        url = one.session.track_url or (known.url if known else None)
        found[event, slug] = Track(event=event, slug=slug, name=known.name if known else one.session.track, url=url)
    return tuple(found[key] for key in sorted(found))


def _posts(drafts: Sequence[Draft], broken: Iterable[str]) -> tuple[PostInfo, ...]:
    paths = [draft.source.path for draft in drafts]
    lost = sorted(set(broken) - set(paths))
    slugs = unique([(_post_slug(path), (slug_of(path),)) for path in (*paths, *lost)])
    infos = [
        PostInfo(slug=slug, path=draft.source.path, title=draft.title, description=draft.description, image=draft.image,
                 author=draft.author, stamp=draft.stamp.astimezone(UTC) if draft.stamp else None)
        for draft, slug in zip(drafts, slugs, strict=False)
    ]  # fmt: skip
    infos += [PostInfo(slug=slug, path=path, title=slug, broken=True)
              for path, slug in zip(lost, slugs[len(paths):], strict=True)]  # fmt: skip
    return tuple(sorted(infos, key=lambda info: info.slug))


def _post_slug(path: str) -> str:
    """The file's name; the folder's for index.md."""
    parts = path.split("/")
    name = parts[-1].rsplit(".", 1)[0]
    return slug_of(parts[-2] if name in ("index", "_index") and len(parts) > 1 else name)
