"""Owns what is to be published: the schedule with its identities, what is kept and what is cancelled."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from feeds.model import Event, PostInfo, Schedule, Session, Speaker, Status, Track, session_order
from feeds.revisions.first import name_first
from feeds.revisions.memory import Memory
from feeds.revisions.recognition import Fates, Recognised
from feeds.revisions.record import EventEntry, Record, SessionEntry, leaves
from feeds.revisions.slugs import free_slug, settle_slugs
from feeds.schedule.slugs import post_slugs

Subject = TypeVar("Subject", Event, Session)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """`schedule` is what is shown; what has a UID there is published, the rest is only listed.

    `retiring` leave the feeds; `homes` gives the UID of each conference's slug; no post holds the `absent`.
    """

    schedule: Schedule
    homes: Mapping[str, str]
    absent: frozenset[str] = frozenset()
    retiring: tuple[Event | Session, ...] = ()


def compose(
    schedule: Schedule,
    *,
    record: Record,
    known: Recognised,
    fates: Fates,
    now: datetime | None,
    memory: Memory,
) -> Composed:
    """Put together what the posts say and what the record keeps."""
    events = _events(schedule.events, known=known, fates=fates, memory=memory)
    slugs = {event.uid: event.slug for event in events if event.uid is not None}
    first = None if record.sessions else name_first(schedule.sessions, known=known, memory=memory)
    same, others = (
        (first, list[Session]())
        if first is not None
        else _sessions(schedule.sessions, known=known, fates=fates, slugs=slugs, memory=memory)
    )
    retired = record.retired
    same, left = _part(same, retired=retired, now=now) if any(map(_cancelled, same)) else (same, [])
    others, more_left = _part(others, retired=retired, now=now)
    shown = _merged(same, others, memory=memory)
    needed = {session.event for session in shown}
    staying, leaving = _part(events, retired=retired, now=now)
    staying += [event for event in leaving if event.slug in needed]
    speakers, tracks = _company(schedule, record=record, shown=others)
    composed = replace(
        schedule,
        events=tuple(sorted(staying, key=_event_order)),
        sessions=tuple(shown),
        speakers=speakers,
        tracks=tracks,
        posts=_posts(schedule.posts, events=staying, sessions=others),
    )
    gone: list[Event | Session] = [event for event in leaving if event.slug not in needed]
    return Composed(
        schedule=composed,
        homes={slug: uid for uid, slug in slugs.items()},
        absent=fates.absent,
        retiring=(*gone, *left, *more_left),
    )


def _events(events: Sequence[Event], *, known: Recognised, fates: Fates, memory: Memory) -> list[Event]:
    """The conferences with their UIDs, and those that no post holds."""
    out = []
    for event in events:
        entry = known.events.get(event.slug)
        start, end = event.start, event.end
        if entry is not None and start is None and entry.event.start is not None:
            start, end = entry.event.start, entry.event.end
        uid = known.uids[event.slug]
        out.append(memory.made(("dated", event.slug), event, uid, start, end, make=_dated))
    taken = {event.slug for event in events}
    for uid, entry in _absent(fates, EventEntry):
        past = entry.event
        slug = free_slug(past.slug, taken)
        taken.add(slug)
        out.append(replace(past, slug=slug, status="cancelled" if uid in fates.vanished else past.status))
    return out


def _dated(event: Event, uid: str, start: date | None, end: date | None) -> Event:
    return replace(event, uid=uid, start=start, end=end)


Kind = TypeVar("Kind", EventEntry, SessionEntry)


def _absent(fates: Fates, kind: type[Kind]) -> list[tuple[str, Kind]]:
    both = {**fates.kept, **fates.vanished}
    return sorted((uid, entry) for uid, entry in both.items() if isinstance(entry, kind))


def _sessions(
    sessions: Sequence[Session],
    *,
    known: Recognised,
    fates: Fates,
    slugs: Mapping[str, str],
    memory: Memory,
) -> tuple[list[Session], list[Session]]:
    """The untouched, still in order, and all others: new, changed, kept, vanished."""
    matches, mint = known.matches, known.mint
    absent = _absent(fates, SessionEntry)
    settled = settle_slugs(
        sessions,
        entries=matches.entries,
        untouched=matches.untouched,
        reserved=[entry.session.slug for _, entry in absent],
    )

    def named(session: Session, slug: str, uid: str) -> Session:
        return memory.made(("named", session.slug), session, slug, uid, make=_named)

    same = [
        named(session, session.slug, matches.entries[session.slug].revision.uid)
        for session in sessions
        if session.slug in matches.untouched
    ]
    others: list[Session] = []
    for session in sessions if len(same) < len(sessions) else ():
        if session.slug in matches.untouched:
            continue
        entry = matches.entries.get(session.slug)
        if entry is not None and not session.published:
            others.append(_as_published(session, entry, slug=settled.get(session.slug, session.slug)))
        elif entry is not None:
            others.append(named(session, settled[session.slug], entry.revision.uid))
        elif session.published:
            uid = session.uid or mint.session(session, event=known.uids.get(session.event or ""))
            others.append(named(session, settled[session.slug], uid))
        else:
            others.append(replace(session, slug=settled[session.slug]))
    for uid, past in absent:
        status: Status = "cancelled" if uid in fates.vanished else past.session.status
        home = slugs.get(past.event or "", past.session.event)
        others.append(replace(past.session, event=home, status=status))
    return same, others


def _named(session: Session, slug: str, uid: str) -> Session:
    return replace(session, slug=slug, uid=uid)


def _as_published(session: Session, entry: SessionEntry, *, slug: str) -> Session:
    """What was last published of a session that now has an error or no known time.

    Only a cancellation or postponement that the post states is new.
    """
    past = entry.session
    stated = session.held is None and session.status in ("cancelled", "postponed")
    return replace(
        past,
        slug=slug,
        event=session.event or past.event,
        status=session.status if stated else past.status,
        posts=session.posts,
        line=session.line,
        origins=session.origins,
    )


def _part(
    subjects: Iterable[Subject], *, retired: frozenset[str], now: datetime | None
) -> tuple[list[Subject], list[Subject]]:
    """Those that are shown, and cancelled ones whose time to be shown is over."""
    shown: list[Subject] = []
    gone: list[Subject] = []
    for subject in subjects:
        over = subject.status == "cancelled" and (
            subject.uid in retired or (now is not None and subject.uid is not None and leaves(subject) < now)
        )
        (gone if over else shown).append(subject)
    return shown, gone


def _merged(same: list[Session], others: list[Session], *, memory: Memory) -> list[Session]:
    """All in session order. The untouched are in order already: only the others are worth a comparison."""
    if len(others) * 20 > len(same):
        return sorted(
            [*same, *others],
            key=lambda session: memory.made(("order", session.slug), session, make=session_order),
        )
    for session in others:
        insort(same, session, key=session_order)
    return same


def _cancelled(session: Session) -> bool:
    return session.status == "cancelled"


def _event_order(event: Event) -> tuple[date, str]:
    return event.start or date.max, event.slug


def _company(
    schedule: Schedule, *, record: Record, shown: Iterable[Session]
) -> tuple[tuple[Speaker, ...], tuple[Track, ...]]:
    """The speakers and tracks, with those that only a kept or cancelled session still speaks of."""
    speakers = {speaker.slug: speaker for speaker in schedule.speakers}
    tracks = {(track.event, track.slug): track for track in schedule.tracks}
    for session in shown if record.sessions else ():
        entry = record.sessions.get(session.uid or "")
        if entry is None:
            continue
        for speaker in entry.speakers:
            if speaker.slug in session.speakers:
                speakers.setdefault(speaker.slug, speaker)
        if entry.track is not None and session.event is not None and session.track == entry.track.slug:
            # Behind those that a post still names.
            track = replace(entry.track, event=session.event, rank=len(tracks))
            tracks.setdefault((session.event, entry.track.slug), track)
    if len(speakers) == len(schedule.speakers) and len(tracks) == len(schedule.tracks):
        return schedule.speakers, schedule.tracks
    return (
        tuple(speakers[slug] for slug in sorted(speakers)),
        tuple(tracks[key] for key in sorted(tracks)),
    )


def _posts(
    posts: tuple[PostInfo, ...], *, events: Sequence[Event], sessions: Iterable[Session]
) -> tuple[PostInfo, ...]:
    """The posts, and those deleted of which something is still shown: who subscribed to one hears the end.

    What such a post was called nobody knows: it has the name of its event, or its slug where that is not one.
    """
    known = {post.path for post in posts}
    names = {event.slug: event.name for event in events}
    gone: defaultdict[str, set[str]] = defaultdict(set)
    shown = [(one.posts, one.slug) for one in events] + [(one.posts, one.event or "") for one in sessions]
    for paths, event in shown:
        for path in paths:
            if path not in known:
                gone[path].add(names.get(event, ""))
    if not gone:
        return posts
    taken = {post.slug for post in posts}
    left = [
        PostInfo(slug=slug, path=path, title=next(iter(gone[path])) or slug if len(gone[path]) == 1 else slug)
        for path, slug in zip(sorted(gone), post_slugs(sorted(gone)), strict=True)
        if slug not in taken
    ]
    return tuple(sorted((*posts, *left), key=lambda post: post.slug))
