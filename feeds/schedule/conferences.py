"""Owns which tellings of a conference are one: posts name it differently, and meetups come again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from typing import Any

from feeds.model import Event, Status
from feeds.schedule.memory import Memory
from feeds.schedule.origins import ReadOrigins
from feeds.schedule.slugs import event_slug, first_free, slug_of
from feeds.understand.draft import Draft, DraftEvent
from feeds.understand.events import same_event

SLACK = timedelta(days=3)
"""Tellings so near to each other are of one conference: some count the day of workshops before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conferences:
    """Events by slug, the slug of each post's event keys, and which are stated rather than only named."""

    events: Mapping[str, Event]
    slugs: Mapping[tuple[str, int], str]
    stated: frozenset[str]

    def shown(self, used: set[str | None]) -> Iterator[Event]:
        """Events that have sessions, and those that a post states with days."""
        for slug, event in self.events.items():
            if slug in used or (slug in self.stated and event.start is not None):
                yield event


@dataclass(frozen=True, slots=True)
class _Telling:
    """One post's telling of an event: the slug it would have alone, and a day near to it."""

    event: Event
    key: int
    slug: str
    fixed: bool
    stated: bool
    near: date

    @property
    def path(self) -> str:
        return self.event.posts[0]


@dataclass(slots=True, eq=False)
class _Edition:
    """All tellings of one conference in one year, or of one evening of a meetup, in the order of posts."""

    tellings: list[_Telling] = field(default_factory=list)

    @property
    def dated(self) -> Event | None:
        return next((one.event for one in self.tellings if one.event.start is not None), None)

    @property
    def order(self) -> tuple[date, str, int]:
        first = self.tellings[0]
        dated = self.dated
        return (dated.start if dated and dated.start else date.max, first.path, first.key)


def confer(drafts: Sequence[Draft], memory: Memory) -> Conferences:
    """Every conference once, with a slug that does not depend on the order of posts."""
    tellings = [
        telling
        for draft in drafts
        for telling in memory.made(("tellings", draft.source.path), draft, make=partial(_tellings, draft))
    ]
    return memory.made("conferences", tellings, make=lambda: _conferences(tellings))


def _conferences(tellings: Sequence[_Telling]) -> Conferences:
    events: dict[str, Event] = {}
    slugs: dict[tuple[str, int], str] = {}
    stated: set[str] = set()
    for slug, edition in _named(_editions(tellings)):
        events[slug] = _merged(slug, edition)
        for one in edition.tellings:
            slugs[one.path, one.key] = slug
            if one.stated:
                stated.add(slug)
    return Conferences(events=events, slugs=slugs, stated=frozenset(stated))


def _tellings(draft: Draft) -> tuple[_Telling, ...]:
    return tuple(_telling(draft, event) for event in draft.events)


def _telling(draft: Draft, event: DraftEvent) -> _Telling:
    near = _near(draft, event)
    slug = event.slug or event_slug(event.name, near.year if near else None)
    last = event.last or event.first
    made = Event(
        slug=slug,
        name=event.name,
        start=event.first,
        end=last + timedelta(days=1) if last is not None else None,
        place=event.place,
        timezone=event.timezone or (event.place.timezone if event.place else None),
        url=event.url,
        venue=event.venue,
        online=event.online,
        description=event.description,
        image=event.image,
        status=event.status,
        uid=event.uid,
        posts=(draft.source.path,),
        origins=ReadOrigins(event.reads, draft.source),
    )
    return _Telling(made, event.key, slug, event.slug is not None, event.stated, near or date.max)


def _near(draft: Draft, event: DraftEvent) -> date | None:
    """A day near the event: its own, the first of its sessions, that of the post."""
    if event.first is not None:
        return event.first
    starts = [one.start for one in draft.sessions if one.event == event.key and one.start is not None]
    days = [start.date() if isinstance(start, datetime) else start for start in starts]
    return min(days, default=draft.published)


def _editions(tellings: Sequence[_Telling]) -> list[_Edition]:
    """Tellings that are of one edition, put together; those without days join the edition nearest to them."""
    by_slug: dict[str, list[_Edition]] = {}
    by_days: dict[tuple[date, object], list[_Edition]] = {}
    editions: list[_Edition] = []
    for telling in sorted(tellings, key=lambda one: one.event.start is None):
        same_name = by_slug.setdefault(telling.slug, [])
        same_days = by_days.setdefault(_when_and_where(telling), [])
        edition = _same_name(telling, same_name) or _same_days(telling, same_days)
        if edition is None:
            edition = _Edition()
            editions.append(edition)
        edition.tellings.append(telling)
        for index in (same_name, same_days):
            if edition not in index:
                index.append(edition)
    for edition in editions:
        edition.tellings.sort(key=lambda one: (one.path, one.key))
    return editions


def _when_and_where(telling: _Telling) -> tuple[date, object]:
    event = telling.event
    if event.start is None or event.place is None:
        return (date.max, f"{telling.path}\0{telling.key}")  # nowhere and never is no place to meet
    return (event.start, event.place.spot)


def _same_name(telling: _Telling, editions: Sequence[_Edition]) -> _Edition | None:
    fitting = [one for one in editions if telling.fixed or _fits(telling.event, one.dated)]
    return min(fitting, key=lambda one: (_distance(telling, one), one.order), default=None)


def _distance(telling: _Telling, edition: _Edition) -> timedelta:
    start = edition.order[0]
    return abs(start - telling.near)


def _fits(event: Event, other: Event | None) -> bool:
    """Whether two events of one name can be one: their days meet, and nobody has to change his watch."""
    if other is None or event.start is None or other.start is None or event.end is None or other.end is None:
        return True
    meet = event.start <= other.end + SLACK and other.start <= event.end + SLACK
    return meet and (event.timezone is None or other.timezone is None or event.timezone == other.timezone)


def _same_days(telling: _Telling, editions: Sequence[_Edition]) -> _Edition | None:
    """The same event as another post names it: same days and city, one name inside the other."""
    if telling.fixed:
        return None
    names = ((edition, one.event.name) for edition in editions for one in edition.tellings)
    return next((edition for edition, name in names if _alike(name, telling.event.name)), None)


_alike = lru_cache(maxsize=65_536)(same_event)


def _named(editions: Sequence[_Edition]) -> Iterator[tuple[str, _Edition]]:
    """Each edition with its slug: the first of several has the bare one, the later ones their month."""
    groups: dict[str, list[_Edition]] = {}
    for edition in editions:
        chosen = next((one for one in edition.tellings if one.fixed), edition.tellings[0])
        groups.setdefault(chosen.slug, []).append(edition)
    taken = set(groups)
    for slug in sorted(groups):
        first, *later = sorted(groups[slug], key=lambda one: one.order)
        yield slug, first
        for edition in later:
            told = _told_apart(slug, edition, first, taken)
            taken.add(told)
            yield told, edition


def _told_apart(slug: str, edition: _Edition, first: _Edition, taken: set[str]) -> str:
    event, other = edition.dated, first.dated
    extras: list[str] = []
    if (
        event is not None
        and event.place
        and other is not None
        and (other.place is None or other.place.spot != event.place.spot)
    ):
        extras.append(slug_of(event.place.city))
    if event is not None and event.start is not None:
        extras += [f"{event.start:%m}", f"{event.start:%m-%d}"]
    wanted = [f"{slug}-{extra}" for extra in extras]
    return next((one for one in wanted if one not in taken), None) or first_free(f"{slug}-2", taken)


def _merged(slug: str, edition: _Edition) -> Event:
    """What all tellings say together: the first that says something is believed, and any bad news."""
    events = [one.event for one in edition.tellings]
    first, dated = events[0], edition.dated or events[0]
    names = ("place", "timezone", "url", "venue", "description", "image", "uid")
    filled: dict[str, Any] = {name: _first(events, name) for name in names}
    posts = tuple(dict.fromkeys(path for event in events for path in event.posts))
    return replace(
        first,
        **filled,
        slug=slug,
        start=dated.start,
        end=dated.end,
        online=any(event.online for event in events),
        status=worst([event.status for event in events]),
        posts=posts,
    )


def _first(events: Sequence[Event], name: str) -> object:
    values = [getattr(event, name) for event in events]
    return next((value for value in values if value), values[0])


def worst(said: Sequence[Status]) -> Status:
    """What subscribers must hear where posts disagree: an announcement is older than its cancellation."""
    return next((one for one in ("cancelled", "postponed", "tentative") if one in said), "confirmed")
