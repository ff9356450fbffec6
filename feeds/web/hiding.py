"""Owns feeds without what was cancelled, for calendars that show a cancelled event as if it took place.

Feeds are ours: their lines end with CRLF, and what is folded goes on behind a space (RFC 5545 section 3.1),
so no line starts inside a text. Nothing here needs icalendar, which would slow each worker's start.
"""

from __future__ import annotations

import re
from dataclasses import replace

from feeds.catalog import StoredFeed
from feeds.catalog.values import digest_of

HIDE = "cancelled=hide"

_EVENT = b"\r\nBEGIN:VEVENT\r\n"
_CANCELLED = b"\r\nSTATUS:CANCELLED\r\n"
_ZONE = b"\r\nBEGIN:VTIMEZONE\r\n"
_END = b"\r\nEND:VCALENDAR\r\n"
_SOURCE = re.compile(rb"\r\n(SOURCE;VALUE=URI:(?:[^\r]|\r\n )*)\r\n")
_UTC = (
    b"\r\nBEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000"
    b"\r\nTZOFFSETTO:+0000\r\nTZNAME:UTC\r\nEND:STANDARD\r\nEND:VTIMEZONE"
)


def hides_cancelled(query: str) -> bool:
    """Whether a query asks for it; the last word on it counts, and whatever else is in there does not."""
    said = [part for part in query.split("&") if part.startswith("cancelled=")]
    return said[-1:] == [HIDE]


def without_cancelled(feed: StoredFeed) -> StoredFeed:
    """The feed at its own address, with a digest of its own bytes. A download stays as it is."""
    if feed.method is not None or not feed.body.endswith(_END):
        return feed
    head, *events = feed.body.removesuffix(_END).split(_EVENT)
    kept = [event for event in events if _CANCELLED not in event]
    if not kept and _ZONE not in head:
        head += _UTC  # a calendar has to hold something (RFC 5545 section 3.6)
    body = _EVENT.join([_SOURCE.sub(_own_source, head, count=1), *kept]) + _END
    return replace(
        feed,
        address=f"{feed.address}?{HIDE}",
        body=body,
        digest=digest_of(body),
        count=feed.count - len(events) + len(kept),
    )


def _own_source(found: re.Match[bytes]) -> bytes:
    """Programs refresh from SOURCE (RFC 7986 section 5.8): the whole feed would bring back what is hidden."""
    line = found[1].replace(b"\r\n ", b"") + f"?{HIDE}".encode()
    folded = [line[:75], *(line[at : at + 74] for at in range(75, len(line), 74))]
    return b"\r\n" + b"\r\n ".join(folded) + b"\r\n"
