"""Owns dates and times in prose: what stands in a text, and the days and instants that it means."""

from __future__ import annotations

from feeds.understand.when.days import resolve_days
from feeds.understand.when.grammar import find_when
from feeds.understand.when.stamps import find_year, parse_post_date
from feeds.understand.when.times import resolve_times
from feeds.understand.when.values import (
    Clock,
    Day,
    Days,
    Problem,
    ResolvedDays,
    ResolvedTimes,
    Slice,
    Times,
    When,
    Zone,
)
from feeds.understand.when.zones import find_zone_note

__all__ = [
    "Clock",
    "Day",
    "Days",
    "Problem",
    "ResolvedDays",
    "ResolvedTimes",
    "Slice",
    "Times",
    "When",
    "Zone",
    "find_when",
    "find_year",
    "find_zone_note",
    "parse_post_date",
    "resolve_days",
    "resolve_times",
]
