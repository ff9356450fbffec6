"""Owns recognition of conferences: which recorded one each understood one is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import timedelta

from feeds.model import Event, Session
from feeds.revisions.identity import plain
from feeds.revisions.likeness import Title, likeness
from feeds.revisions.record import EventEntry, Record

EDITION = timedelta(days=200)
"""Further apart, the same name or link is another year's conference."""


def match_events(
    events: Sequence[Event], *, sessions: Iterable[Session], record: Record
) -> dict[str, EventEntry]:
    """The entry of each conference that was published before, by the conference's slug.

    An author's UID decides; then name with dates, slug, link, name, city with dates, the sessions, likeness.
    """
    found: dict[str, EventEntry] = {}
    rest = [event for event in events if not _by_uid(event, record=record, found=found)]
    used = {entry.revision.uid for entry in found.values()} | {event.uid for event in events if event.uid}
    free = {uid: entry for uid, entry in record.events.items() if uid not in used}
    for key in _KEYS:
        if not rest or not free:
            return found
        _by_key(rest, free, key=key, found=found)
        rest = [event for event in rest if event.slug not in found]
    if rest and free:
        _by_sessions(rest, free, sessions=sessions, record=record, found=found)
        _by_likeness(rest, free, found=found)
    return found


def _by_uid(event: Event, *, record: Record, found: dict[str, EventEntry]) -> bool:
    if event.uid is None:
        return False
    entry = record.events.get(event.uid)
    if entry is not None:
        found[event.slug] = entry
    return True


_KEYS: tuple[Callable[[Event], Hashable | None], ...] = (
    lambda event: (plain(event.name), event.start, event.slug),
    lambda event: (plain(event.name), event.start),
    lambda event: event.slug,
    lambda event: event.url,
    lambda event: plain(event.name),
    lambda event: (event.place.city, event.start) if event.place and event.start else None,
)


def _by_key(
    events: Sequence[Event],
    free: dict[str, EventEntry],
    *,
    key: Callable[[Event], Hashable | None],
    found: dict[str, EventEntry],
) -> None:
    """Match where exactly one conference and one entry share a key, in the same edition."""
    here = Counter(key(event) for event in events)
    there: defaultdict[Hashable, list[EventEntry]] = defaultdict(list)
    for entry in free.values():
        there[key(entry.event)].append(entry)
    for event in events:
        shared = key(event)
        entries = [entry for entry in there[shared] if _same_edition(event, entry.event)]
        entries = [entry for entry in entries if not entry.absent] or entries
        if shared is not None and here[shared] == 1 and len(entries) == 1:
            _settle(event, entries[0], free=free, found=found)


def _same_edition(one: Event, two: Event) -> bool:
    return one.start is None or two.start is None or abs(one.start - two.start) <= EDITION


def _settle(
    event: Event, entry: EventEntry, *, free: dict[str, EventEntry], found: dict[str, EventEntry]
) -> None:
    found[event.slug] = entry
    del free[entry.revision.uid]


def _by_sessions(
    events: Sequence[Event],
    free: dict[str, EventEntry],
    *,
    sessions: Iterable[Session],
    record: Record,
    found: dict[str, EventEntry],
) -> None:
    """A conference that kept half of its sessions, in another year nearly all, is the same by any name."""
    here: defaultdict[str | None, set[str]] = defaultdict(set)
    for session in sessions:
        here[session.event].add(plain(session.title))
    there: defaultdict[str | None, set[str]] = defaultdict(set)
    for past in record.sessions.values():
        if past.event in free and past.retired is None:
            there[past.event].add(plain(past.session.title))
    shares = [
        (2 * len(here[event.slug] & there[uid]) / (len(here[event.slug]) + len(there[uid])), event, entry)
        for event in events
        if event.slug in here
        for uid, entry in free.items()
        if uid in there
    ]
    enough = [
        share for share in shares if share[0] >= (0.5 if _same_edition(share[1], share[2].event) else 0.8)
    ]
    _best(enough, free=free, found=found)


def _by_likeness(
    events: Sequence[Event], free: dict[str, EventEntry], *, found: dict[str, EventEntry]
) -> None:
    """A name that is nearly the same, in the same edition."""
    titles = {event.slug: Title.of(event.name) for event in events if event.slug not in found}
    names = {uid: Title.of(entry.event.name) for uid, entry in free.items()}
    if len(titles) * len(names) > 10_000:
        return
    scores = [
        (likeness(titles[event.slug], names[uid]), event, entry)
        for event in events
        if event.slug in titles
        for uid, entry in free.items()
        if _same_edition(event, entry.event)
    ]
    _best([score for score in scores if score[0] >= 0.6], free=free, found=found)


def _best(
    scores: Sequence[tuple[float, Event, EventEntry]],
    *,
    free: dict[str, EventEntry],
    found: dict[str, EventEntry],
) -> None:
    for _, event, entry in sorted(scores, key=lambda one: (-one[0], one[1].slug, one[2].revision.uid)):
        if event.slug not in found and entry.revision.uid in free:
            _settle(event, entry, free=free, found=found)
