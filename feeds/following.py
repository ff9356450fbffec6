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
from feeds.revisions import Change, EventEntry, Record, SessionEntry, describe, history
from feeds.revisions.identity import NAMESPACE
from feeds.revisions.record import Entry

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


def follow(record: Record, *, schedule: Schedule) -> Following:
    """What each page of a schedule has to tell, by the record's own history."""
    shown = _Shown(schedule)
    found: defaultdict[str, list[_Found]] = defaultdict(list)
    past: dict[str, Past] = {}
    for entry in record.entries.values():
        changes = history(entry)
        own = shown.own(entry)
        for change in changes:
            one = (_newest_first(change), change, own or shown.above(entry))
            for page in shown.pages(entry, change):
                found[page].append(one)
        if len(changes) > 1 and own is not None and (was := _past(entry, changes)):
            past[own] = was
    told: dict[str, News] = {}
    return Following(
        news={
            page: tuple([_news(one, told=told) for one in nsmallest(MOST, changes, key=itemgetter(0))])
            for page, changes in found.items()
        },
        past=past,
    )


_Order = tuple[float, bool, str, str, int]
_Found = tuple[_Order, Change, str]
"""Its place, what happened, and the page that tells more."""


def _newest_first(change: Change) -> _Order:
    """A total order: of what happened at one time, conferences first, then by start."""
    start = change.after.start
    return (
        -change.at.timestamp(),
        change.subject == "session",
        start.isoformat() if start is not None else "9999",
        change.uid,
        -change.sequence,
    )


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

    def pages(self, entry: Entry, change: Change) -> set[str]:
        """Where a change is told: also to who follows a track or speaker that the session lost by it."""
        if isinstance(entry, EventEntry):
            return {"/", *self._event(entry.event.slug)}
        event = entry.session.event or ""
        people = {speaker.slug for speaker in entry.speakers}
        tracks = {entry.track.slug} if entry.track is not None else set()
        if change.before is not None:
            people |= {self._by_name.get(name, "") for name in change.before.speakers}
            tracks |= {self._track_names.get((event, change.before.track or ""), "")}
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


def _news(found: _Found, *, told: dict[str, News]) -> News:
    """One value for all pages that tell of a change."""
    _, change, page = found
    at = change.at.astimezone(UTC)
    # The sequence stands still where only a text changed, the time never does.
    name = str(uuid5(NAMESPACE, f"change {change.uid} {at.isoformat()}"))
    if name not in told:
        told[name] = News(key=name, at=at, kinds=change.kinds, words=describe(change), page=page)
    return told[name]


def _past(entry: Entry, changes: tuple[Change, ...]) -> Past | None:
    """What there is to remember; None where nothing is.

    A time announced for a day that was known is no new date, and neither is another spelling of an instant.
    """
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
