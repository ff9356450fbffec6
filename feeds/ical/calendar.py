"""Owns VCALENDAR: a feed or a download, joined from a header, the zones it needs and finished VEVENTs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from icalendar import vDuration

from feeds.ical.event import Fragment
from feeds.ical.text import clip, escape, fold, one_line, parameter, plain, uri
from feeds.ical.times import utc
from feeds.ical.zones import vtimezone
from feeds.model import Calendar

PRODID = "-//feeds//Calendar feeds from posts//EN"
_NAME_LIMIT = 255  # Outlook makes a folder of X-WR-CALNAME
_START = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN")
_END = b"END:VCALENDAR\r\n"

COLORS = MappingProxyType(
    {
        "crimson": "#DC143C",
        "darkorange": "#FF8C00",
        "goldenrod": "#DAA520",
        "olivedrab": "#6B8E23",
        "seagreen": "#2E8B57",
        "teal": "#008080",
        "steelblue": "#4682B4",
        "royalblue": "#4169E1",
        "slateblue": "#6A5ACD",
        "mediumorchid": "#BA55D3",
        "palevioletred": "#DB7093",
        "sienna": "#A0522D",
    }
)
"""CSS3 names, all that RFC 7986 section 5.9 allows, and what Apple wants instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organizer:
    """Whom a download names: RFC 5546 section 3.2.1 wants one wherever there is a METHOD."""

    name: str
    address: str = "invalid:nomail"


def assemble(
    fragments: Iterable[Fragment],
    *,
    name: str,
    description: str,
    timezone: str | None,
    source: str | None,
    url: str | None,
    refresh_minutes: int,
    color: str | None,
    last_modified: datetime,
    method: Literal["PUBLISH"] | None = None,
    organizer: Organizer | None = None,
) -> Calendar:
    """A whole calendar; its body ends with CRLF and its VEVENTs stand in their order.

    Without a method it is a feed; with PUBLISH a download, which has no name of its own (Outlook would make
    a calendar of it) and gives each VEVENT the organizer. `timezone` is the one to show, and the one of a
    feed without events. `color` is a key of COLORS.
    """
    ordered = sorted(fragments, key=lambda fragment: fragment.order)
    zones = _zones(ordered)
    if not ordered:  # RFC 5545 section 3.6 wants a component, and ts-ics fails without one
        zones = [vtimezone(timezone or "UTC", (last_modified.year, last_modified.year))]
    shared = (*zones, *[fragment.body for fragment in ordered], _END)
    if method is not None:
        named = _organizer(organizer or Organizer(name=name))
        return Calendar(head=_download_header(method), shared=shared, organizer=named)
    header = [
        *_START,
        *_named(name, description),
        *([f"X-WR-TIMEZONE:{timezone}"] if timezone else []),
        *_refresh(refresh_minutes),
        *([f"SOURCE;VALUE=URI:{address}"] if (address := uri(source)) else []),
        *([f"URL:{address}"] if (address := uri(url)) else []),
        f"LAST-MODIFIED:{utc(last_modified)}",
        *([f"COLOR:{color}", f"X-APPLE-CALENDAR-COLOR:{COLORS[color]}"] if color else []),
    ]
    return Calendar(head=_lines(header), shared=shared)


def _lines(lines: Iterable[str]) -> bytes:
    return "".join([f"{fold(line)}\r\n" for line in lines]).encode()


def _zones(fragments: Sequence[Fragment]) -> list[bytes]:
    """The VTIMEZONEs used, by name."""
    years: dict[str, tuple[int, int]] = {}
    for fragment in fragments:
        if fragment.timezone is not None:
            first, last = years.get(fragment.timezone, fragment.years)
            years[fragment.timezone] = min(first, fragment.years[0]), max(last, fragment.years[1])
    return [vtimezone(zone, years[zone]) for zone in sorted(years)]


@lru_cache(maxsize=2)
def _download_header(method: str) -> bytes:
    return _lines([*_START, f"METHOD:{method}"])


@lru_cache(maxsize=64)
def _organizer(organizer: Organizer) -> bytes:
    address = uri(organizer.address, schemes=("mailto", "https", "http")) or "invalid:nomail"
    return _lines([f"ORGANIZER;{parameter('CN', organizer.name or 'Calendar')}:{address}"])


def _named(name: str, description: str) -> list[str]:
    title = escape(clip(one_line(name) or "Calendar", _NAME_LIMIT))
    words = escape(clip(plain(description), 2000)) or title
    return [f"NAME:{title}", f"X-WR-CALNAME:{title}", f"DESCRIPTION:{words}", f"X-WR-CALDESC:{words}"]


@lru_cache(maxsize=16)
def _refresh(minutes: int) -> tuple[str, str]:
    # VALUE has no default here (RFC 7986 section 5.7), and icalendar leaves it out.
    interval = str(vDuration(timedelta(minutes=minutes)).to_ical(), "ascii")  # type: ignore[no-untyped-call]
    return (f"REFRESH-INTERVAL;VALUE=DURATION:{interval}", f"X-PUBLISHED-TTL:{interval}")
