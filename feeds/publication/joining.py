"""Owns how a feed is joined of its VEVENTs, and what is left out of one that is too large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zlib import crc32

from feeds import ical
from feeds.ical import Fragment
from feeds.model import Calendar
from feeds.publication.planning import Plan
from feeds.publication.values import Feed, absolute, address_of, filename_of
from feeds.settings import Settings

MOST_EVENTS = 1000
MOST_OCTETS = 900_000
"""Google stops near 1 MB and 1,100 VEVENTs; a larger feed keeps its newest."""

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_COLORS = tuple(sorted(ical.COLORS))


@dataclass(frozen=True, slots=True)
class Joined:
    """A feed and what it was joined of; the problem of one that is too large."""

    plan: Plan
    fragments: Sequence[Fragment]
    feed: Feed
    problem: tuple[str, int, int] | None


def join(
    plan: Plan, fragments: Sequence[Fragment], *, settings: Settings, before: Joined | None = None
) -> Joined:
    """The feed of a plan; the one before where it was joined of the same."""
    if before is not None and before.fragments == fragments and before.plan == plan:
        return before
    size = sum([len(fragment.body) for fragment in fragments])
    kept = fragments[-MOST_EVENTS:]
    calendar = _assemble(plan, kept, settings)
    while calendar.size > MOST_OCTETS:
        kept = _lighter(kept, calendar.size - MOST_OCTETS)
        calendar = _assemble(plan, kept, settings)
    address = address_of(plan.page)
    feed = Feed(
        address=address,
        page=plan.page,
        name=plan.name,
        filename=filename_of(plan.page),
        method=None,
        calendar=calendar,
        last_modified=_newest(kept),
        count=len(kept),
    )
    problem = (address, len(fragments), size) if len(kept) < len(fragments) else None
    return Joined(plan, fragments, feed, problem)


def _lighter(fragments: Sequence[Fragment], octets: int) -> Sequence[Fragment]:
    """What is left when the oldest that weigh at least so much are gone."""
    gone = 0
    while octets > 0:
        octets -= len(fragments[gone].body)
        gone += 1
    return fragments[gone:]


def _assemble(plan: Plan, fragments: Sequence[Fragment], settings: Settings) -> Calendar:
    return ical.assemble(
        fragments,
        name=plan.name,
        description=plan.description,
        timezone=plan.timezone or _usual_zone(fragments) or settings.timezone,
        source=absolute(address_of(plan.page), settings),
        url=absolute(plan.page, settings),
        refresh_minutes=settings.refresh,
        color=_COLORS[crc32(plan.page.encode()) % len(_COLORS)],
        last_modified=_newest(fragments),
    )


def _usual_zone(fragments: Sequence[Fragment]) -> str | None:
    """The zone of most, the first in the alphabet of several."""
    zones = Counter(fragment.timezone for fragment in fragments if fragment.timezone is not None)
    return min(zones, key=lambda zone: (-zones[zone], zone), default=None)


def _newest(fragments: Sequence[Fragment]) -> datetime:
    return max([fragment.last_modified for fragment in fragments], default=_NEVER)
