"""Owns publishing: every feed of a schedule, the same object as the last time where nothing in it changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from feeds.ical import Fragment
from feeds.model import Revision, Schedule
from feeds.publication.joining import Joined, join
from feeds.publication.planning import Plan, plans_of
from feeds.publication.rendering import Memory as Renderings
from feeds.publication.rendering import Rendered, Subjects, render, subjects_of
from feeds.publication.values import Feed, address_of
from feeds.sameness import difference
from feeds.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """All feeds, sorted by address; what was too large as (address, VEVENTs, octets); the VEVENTs by UID."""

    feeds: tuple[Feed, ...]
    problems: tuple[tuple[str, int, int], ...]
    fragments: Mapping[str, Fragment]


@dataclass(slots=True)
class Memory:
    """What the last publication was made of, so that the next makes only what differs.

    A VEVENT is remembered with everything it was rendered from, a feed with everything it was joined from.
    """

    settings: Settings | None = None
    renderings: Renderings = field(default_factory=Renderings)
    groups: dict[str, list[Fragment]] = field(default_factory=dict)
    subjects: Subjects = ()
    plans: dict[str, Plan] = field(default_factory=dict)
    joined: dict[str, Joined] = field(default_factory=dict)
    feeds: dict[str, Feed] = field(default_factory=dict)


def publish(
    schedule: Schedule,
    *,
    revisions: Mapping[str, Revision],
    settings: Settings,
    memory: Memory | None = None,
) -> Publication:
    """Every feed of a schedule: all, each event, track, speaker and post, and a download for each session.

    `revisions` are by UID. `memory` is brought up to date. Raises: KeyError for a session without revision.
    """
    memory = memory if memory is not None and memory.settings == settings else _forget(memory, settings)
    before = memory.renderings.rendered
    rendered = render(schedule, revisions=revisions, settings=settings, memory=memory.renderings)
    changes = _Changes.between(rendered, before)
    touched = _group(changes, memory)
    joined = _joined(schedule, touched, settings=settings, memory=memory)
    memory.feeds = _feeds(joined, rendered=rendered, changes=changes, memory=memory)
    memory.joined = joined
    return Publication(
        feeds=tuple(memory.feeds.values()),
        problems=tuple(sorted(one.problem for one in joined.values() if one.problem is not None)),
        fragments={uid: made.fragment for uid, made in rendered.items()},
    )


def _forget(memory: Memory | None, settings: Settings) -> Memory:
    """An empty memory: settings stand in every feed."""
    memory = memory if memory is not None else Memory()
    fresh = Memory(settings=settings)
    for name in Memory.__slots__:
        setattr(memory, name, getattr(fresh, name))
    return memory


@dataclass(frozen=True, slots=True)
class _Changes:
    """The VEVENTs that came, and those that went; a changed one is among both."""

    came: list[Rendered]
    went: list[Rendered]

    @classmethod
    def between(cls, now: Mapping[str, Rendered], before: Mapping[str, Rendered]) -> _Changes:
        differs = difference(now, before)
        others = [before[uid] for uid in differs.others if uid in before]
        return cls([now[uid] for uid in differs.others], [*others, *(before[uid] for uid in differs.gone)])


def _group(changes: _Changes, memory: Memory) -> set[str]:
    """Put the VEVENTs of each address in their order; the addresses of which any changed."""
    stale = {id(made.fragment) for made in changes.went}
    come: defaultdict[str, list[Fragment]] = defaultdict(list)
    for made in changes.came:
        for address in dict.fromkeys(made.addresses):
            come[address].append(made.fragment)
    touched = {*come, *(address for made in changes.went for address in made.addresses)}
    groups = dict(memory.groups)
    for address in touched:
        stays = [fragment for fragment in groups.get(address, ()) if id(fragment) not in stale]
        groups[address] = sorted(stays + come[address], key=_order)
    memory.groups = groups
    return touched


_order = attrgetter("order")


def _joined(
    schedule: Schedule, touched: set[str], *, settings: Settings, memory: Memory
) -> dict[str, Joined]:
    """The feeds of many sessions, by address: only the touched are looked at where the plans are the same."""
    subjects, groups = subjects_of(schedule), memory.groups
    if memory.plans and memory.subjects == subjects:
        joined, wanted = dict(memory.joined), sorted(touched & memory.plans.keys())
    else:
        memory.subjects = subjects
        memory.plans = {address_of(plan.page): plan for plan in plans_of(schedule, settings)}
        joined, wanted = {}, list(memory.plans)
    for address in wanted:
        joined[address] = join(
            memory.plans[address],
            groups.get(address, []),
            settings=settings,
            before=memory.joined.get(address),
        )
    return joined


def _feeds(
    joined: Mapping[str, Joined],
    *,
    rendered: Mapping[str, Rendered],
    changes: _Changes,
    memory: Memory,
) -> dict[str, Feed]:
    """All feeds, sorted by address."""
    came = _downloads(changes.came)
    if joined.keys() == memory.joined.keys() and came.keys() == _downloads(changes.went).keys():
        again = {address: joined[address].feed for address in difference(joined, memory.joined).others}
        return memory.feeds | again | came
    feeds = {address: one.feed for address, one in joined.items()} | _downloads(rendered.values())
    return {address: feeds[address] for address in sorted(feeds)}


def _downloads(made: Iterable[Rendered]) -> dict[str, Feed]:
    return {one.download.address: one.download for one in made if one.download is not None}
