"""Owns what can be followed besides calendars: the newest changes of each page, in words.

Only the pages of conferences, tracks, speakers, sessions and the first one ("/") have any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from heapq import nsmallest
from operator import itemgetter
from types import MappingProxyType
from uuid import uuid5

from feeds.model import Schedule
from feeds.revisions import Change, EventEntry, Record, SessionEntry, Step, describe, history
from feeds.revisions.identity import NAMESPACE
from feeds.revisions.record import Entry, Value

MOST = 100
"""Changes that a page tells: more than happen between two looks of a feed reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One change as people follow it: `page` tells more, `at` is aware UTC, `key` never changes."""

    key: str
    at: datetime
    kinds: tuple[str, ...]
    words: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a page was before: starts that were announced and given up, the oldest first; a place given up."""

    starts: tuple[str, ...] = ()
    went_online: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """By page such as `/speakers/S`: the newest changes first, and the past of those that have one."""

    news: Mapping[str, tuple[News, ...]] = field(default_factory=lambda: MappingProxyType({}))
    past: Mapping[str, Past] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(slots=True)
class Memory:
    """What was told last time, so that only what is new is put into words."""

    told: dict[_Order, _Told] = field(default_factory=dict)


def follow(record: Record, *, schedule: Schedule, memory: Memory | None = None) -> Following:
    """What each page of a schedule has to tell, by the record's history. `memory` is brought up to date."""
    shown = _Shown(schedule)
    found: defaultdict[str, list[_Found]] = defaultdict(list)
    past: dict[str, Past] = {}
    for entry in record.entries.values():
        for one, step in _moments(entry):
            for page in shown.pages(entry, step):
                found[page].append(one)
        own = shown.own(entry) if entry.history else None
        if own is not None and (was := _past(entry)) is not None:
            past[own] = was
    telling = _Telling(shown, known=memory.told if memory is not None else {})
    news = {
        page: tuple([telling(one) for one in nsmallest(MOST, moments, key=_order)])
        for page, moments in found.items()
    }
    if memory is not None:
        memory.told = telling.told
    return Following(news=news, past=past)


_Order = tuple[float, bool, str, str]
_Found = tuple[_Order, Entry, int]
"""Its place, what changed, and the how many-eth of its changes this is, from the newest."""
_Told = tuple[Entry, str, News]
_order = itemgetter(0)


def _moments(entry: Entry) -> Iterator[tuple[_Found, Step | None]]:
    """All that happened, without the words: of many thousands only the newest hundred are told.

    Of what happened at one time, conferences come first, then what starts first.
    """
    session = isinstance(entry, SessionEntry)
    start = entry.session.start if isinstance(entry, SessionEntry) else entry.event.start
    revision = entry.revision
    words = start.isoformat() if start is not None else "9999"
    number = 0
    for step in reversed(entry.history):
        yield ((-step.at.timestamp(), session, words, revision.uid), entry, number), step
        number += 1
    yield ((-revision.created.timestamp(), session, words, revision.uid), entry, number), None


class _Shown:
    """The pages that there are, and whose they are."""

    def __init__(self, schedule: Schedule) -> None:
        self._events = {event.slug for event in schedule.events}
        self._sessions = {session.slug for session in schedule.sessions}
        self._tracks = {(track.event, track.slug) for track in schedule.tracks}
        self._speakers = {speaker.slug for speaker in schedule.speakers}
        self._by_name = {
            name: person.slug for person in schedule.speakers for name in (*person.names, person.name)
        }
        self._track_names = {(track.event, track.name): track.slug for track in schedule.tracks}

    def pages(self, entry: Entry, step: Step | None) -> set[str]:
        """Where a change is told: also to who follows a track or speaker that the session lost by it."""
        if isinstance(entry, EventEntry):
            return {"/", *self._event(entry.event.slug)}
        event = entry.session.event or ""
        people = {speaker.slug for speaker in entry.speakers}
        tracks = {entry.track.slug} if entry.track is not None else set()
        if step is not None and "speakers" in step.was:
            people |= {self._by_name.get(str(name), "") for name in _listed(step.was["speakers"])}
        if step is not None and "track" in step.was:
            tracks |= {self._track_names.get((event, str(step.was["track"])), "")}
        return {
            "/",
            *self._event(event),
            *(f"/events/{event}/tracks/{slug}" for slug in tracks if (event, slug) in self._tracks),
            *(f"/speakers/{slug}" for slug in people if slug in self._speakers),
        }

    def _event(self, slug: str) -> Iterator[str]:
        if slug in self._events:
            yield f"/events/{slug}"

    def own(self, entry: Entry) -> str | None:
        """The page of a session or conference itself, if it has one."""
        if isinstance(entry, EventEntry):
            return f"/events/{entry.event.slug}" if entry.event.slug in self._events else None
        shown = entry.retired is None and entry.session.slug in self._sessions
        return f"/sessions/{entry.session.slug}" if shown else None

    def above(self, entry: Entry) -> str:
        """The page to go to where a session or conference has none any more."""
        return next(self._event(entry.session.event or ""), "/") if isinstance(entry, SessionEntry) else "/"


def _listed(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


class _Telling:
    """Puts changes into words, each once: many pages tell of one. `known` is what was told last time."""

    def __init__(self, shown: _Shown, *, known: Mapping[_Order, _Told]) -> None:
        self._shown = shown
        self._known = known
        self.told: dict[_Order, _Told] = {}

    def __call__(self, found: _Found) -> News:
        order, entry, number = found
        told = self.told.get(order)
        if told is None:
            page = self._shown.own(entry) or self._shown.above(entry)
            told = self._known.get(order)
            if told is None or told[0] is not entry or told[1] != page:
                told = entry, page, _news(entry, number, page=page)
            self.told[order] = told
        return told[2]


def _news(entry: Entry, number: int, *, page: str) -> News:
    change = history(entry)[number]
    at = change.at.astimezone(UTC)
    return News(
        # The sequence stands still where only a text changed, the time never does.
        key=str(uuid5(NAMESPACE, f"change {change.uid} {at.isoformat()}")),
        at=at,
        kinds=change.kinds,
        words=describe(change),
        page=page,
    )


def _past(entry: Entry) -> Past | None:
    """What there is to remember; None where nothing is.

    A time announced for a day that was known is no new date, and neither is another spelling of an instant.
    """
    changes = history(entry)
    starts: list[datetime | date] = []
    for change in reversed(changes):
        old, new = (change.before.start if change.before else None), change.after.start
        if old is not None and new is not None and _moved(old, new):
            starts = [start for start in starts if start != old] + [old]
    starts = [start for start in starts if _moved(start, entry.facts.start)]
    went_online = isinstance(entry, EventEntry) and _went_online(entry, changes)
    if not starts and not went_online:
        return None
    return Past(starts=tuple(start.isoformat() for start in starts), went_online=went_online)


def _moved(old: datetime | date, new: datetime | date | None) -> bool:
    if new is None:
        return False
    if isinstance(old, datetime) and isinstance(new, datetime):
        return old.timestamp() != new.timestamp()
    days = [moment.date() if isinstance(moment, datetime) else moment for moment in (old, new)]
    return days[0] != days[1]


def _went_online(entry: EventEntry, changes: tuple[Change, ...]) -> bool:
    """Whether it was to be in a place, and is now in none: one that can be attended either way still is."""
    event = entry.event
    return event.online and event.place is None and any("online" in change.also for change in changes)
