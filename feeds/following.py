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
from feeds.revisions import Change, EventEntry, Record, SessionEntry, Step, Told, history, joined, tell
from feeds.revisions.identity import NAMESPACE
from feeds.revisions.record import Entry, Value
from feeds.sameness import difference

MOST = 100
"""Changes that a page tells: more than happen between two looks of a feed reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One change as people follow it, in the parts of `Told`: `page` tells more, `at` is aware UTC,

    `key` never changes.
    """

    key: str
    at: datetime
    kinds: tuple[str, ...]
    verb: str
    title: str
    detail: str
    page: str

    @property
    def words(self) -> str:
        """The change in one line."""
        return joined(Told(self.verb, self.title, self.detail))


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
    """What was told last time and of whom, so that one change makes the news of its own pages."""

    shown: _Shown | None = None
    entries: Mapping[str, Entry] = field(default_factory=dict)
    places: dict[str, _Places] = field(default_factory=dict)
    pages: dict[str, list[_Found]] = field(default_factory=dict)
    told: dict[_Order, News] = field(default_factory=dict)
    news: dict[str, tuple[News, ...]] = field(default_factory=dict)
    past: dict[str, Past | None] = field(default_factory=dict)


def follow(record: Record, *, schedule: Schedule, memory: Memory | None = None) -> Following:
    """What each page of a schedule has to tell, by the record's history. `memory` is brought up to date."""
    memory = Memory() if memory is None else memory
    shown, entries = _Shown.of(schedule, memory.shown), record.entries
    others = _others(memory, shown=shown, entries=entries)
    touched = _replaced(memory, others, entries=entries, shown=shown)
    memory.shown, memory.entries = shown, entries
    news = dict(memory.news)
    for page in touched:
        moments = memory.pages.get(page)
        if moments:
            news[page] = tuple(
                [_told(one, memory=memory, shown=shown) for one in nsmallest(MOST, moments, key=_order)]
            )
        else:
            memory.pages.pop(page, None)
            news.pop(page, None)
    memory.news = news
    return Following(news=news, past=_pasts(memory, shown))


def _others(memory: Memory, *, shown: _Shown, entries: Mapping[str, Entry]) -> set[str]:
    """The UIDs of all that came, went, changed, or has lost or found its page since the last time."""
    before = memory.shown
    if before is None or not before.has_around(shown):
        memory.entries, memory.places, memory.pages = {}, {}, {}
        memory.told, memory.news, memory.past = {}, {}, {}
        return set(entries)
    differs = difference(entries, memory.entries)
    others = {*differs.others, *differs.gone}
    if moved := before.sessions ^ shown.sessions:
        others |= {
            uid
            for uid, entry in entries.items()
            if isinstance(entry, SessionEntry) and entry.session.slug in moved
        }
    return others


def _replaced(memory: Memory, others: set[str], *, entries: Mapping[str, Entry], shown: _Shown) -> set[str]:
    """Put what happened to some on their pages in place of what stood there; the pages touched."""
    stale: defaultdict[str, set[_Order]] = defaultdict(set)
    for uid in others:
        memory.past.pop(uid, None)
        for one, pages in memory.places.pop(uid, ()):
            memory.told.pop(one[0], None)
            for page in pages:
                stale[page].add(one[0])
    for page, orders in stale.items():
        memory.pages[page] = [one for one in memory.pages[page] if one[0] not in orders]
    fresh: set[str] = set()
    for uid, entry in entries.items() if others else ():
        if uid not in others:
            continue
        places = memory.places[uid] = [(one, shown.pages(entry, step)) for one, step in _moments(entry)]
        for one, pages in places:
            for page in pages:
                memory.pages.setdefault(page, []).append(one)
            fresh |= pages
        if entry.history:
            memory.past[uid] = _past(entry)
    return fresh | stale.keys()


def _told(found: _Found, *, memory: Memory, shown: _Shown) -> News:
    """A change in words, which are found once: many pages tell of one."""
    order, entry, number = found
    told = memory.told.get(order)
    if told is None:
        told = memory.told[order] = _news(entry, number, page=shown.own(entry) or shown.above(entry))
    return told


def _pasts(memory: Memory, shown: _Shown) -> dict[str, Past]:
    """What pages were before; of several that had one page, the last in the record's order."""
    past: dict[str, Past] = {}
    for uid, entry in memory.entries.items() if memory.past else ():
        was = memory.past.get(uid)
        own = shown.own(entry) if was is not None else None
        if own is not None and was is not None:
            past[own] = was
    return past


_Order = tuple[float, bool, str, str]
_Found = tuple[_Order, Entry, int]
"""Its place, what changed, and the how many-eth of its changes this is, from the newest."""
_Places = list[tuple[_Found, set[str]]]
"""What happened to one, and the pages that tell of it."""
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


@dataclass(frozen=True, slots=True)
class _Around:
    """All that decides on which pages a change is told, but for the sessions; and what it was made of."""

    subjects: tuple[tuple[object, ...], ...] = field(compare=False)
    events: set[str]
    tracks: set[tuple[str, str]]
    speakers: set[str]
    by_name: dict[str, str]
    track_names: dict[tuple[str, str], str]


def _around(schedule: Schedule) -> _Around:
    return _Around(
        subjects=(schedule.events, schedule.tracks, schedule.speakers),
        events={event.slug for event in schedule.events},
        tracks={(track.event, track.slug) for track in schedule.tracks},
        speakers={speaker.slug for speaker in schedule.speakers},
        by_name={name: one.slug for one in schedule.speakers for name in (*one.names, one.name)},
        track_names={(track.event, track.name): track.slug for track in schedule.tracks},
    )


class _Shown:
    """The pages that there are, and whose they are."""

    def __init__(self, schedule: Schedule, around: _Around) -> None:
        self._around = around
        self._events, self._tracks, self._speakers = around.events, around.tracks, around.speakers
        self._by_name, self._track_names = around.by_name, around.track_names
        self.sessions = {session.slug for session in schedule.sessions}

    @classmethod
    def of(cls, schedule: Schedule, before: _Shown | None) -> _Shown:
        """What there is now; all but the sessions is mostly as it was."""
        subjects = (schedule.events, schedule.tracks, schedule.speakers)
        if before is not None and before._around.subjects == subjects:
            return cls(schedule, before._around)
        return cls(schedule, _around(schedule))

    def has_around(self, other: _Shown) -> bool:
        """Whether all is the same that decides on which pages a change is told."""
        return self._around is other._around or self._around == other._around

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
        shown = entry.retired is None and entry.session.slug in self.sessions
        return f"/sessions/{entry.session.slug}" if shown else None

    def above(self, entry: Entry) -> str:
        """The page to go to where a session or conference has none any more."""
        return next(self._event(entry.session.event or ""), "/") if isinstance(entry, SessionEntry) else "/"


def _listed(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _news(entry: Entry, number: int, *, page: str) -> News:
    change = history(entry)[number]
    at, told = change.at.astimezone(UTC), tell(change)
    return News(
        # The sequence stands still where only a text changed, the time never does.
        key=str(uuid5(NAMESPACE, f"change {change.uid} {at.isoformat()}")),
        at=at,
        kinds=change.kinds,
        verb=told.verb,
        title=told.title,
        detail=told.detail,
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
