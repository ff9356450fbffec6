"""Owns the schema.org description of events and sessions that search engines read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from feeds.following import Past
from feeds.model import Event, Session, Status
from feeds.web.agenda import Row
from feeds.web.links import safe_url

_MOST_PARTS = 200
_NO_PAST = Past()
Pasts = Callable[[str], Past]
"""What a page was before, by its address within the site."""


def of_event(
    event: Event, *, page: str, rows: Iterable[Row], sessions_at: str, pasts: Pasts = lambda _: _NO_PAST
) -> dict[str, Any]:
    """An event with its sessions; `sessions_at` is the absolute address under which session pages stand."""
    known = [row for row in rows if row.session.start is not None][:_MOST_PARTS]
    return _kept(
        {
            "@context": "https://schema.org",
            "@type": "Event",
            "name": event.name,
            "url": page,
            "sameAs": safe_url(event.url),
            "startDate": _time(event.start),
            "endDate": _time(_last(event)),
            **_fate(event.status, past=pasts(f"/events/{event.slug}"), above=_NO_PAST),
            "description": event.description,
            "image": safe_url(event.image),
            "location": _location(event, room=None),
            "subEvent": [
                _session(row, page=f"{sessions_at}{row.session.slug}", pasts=pasts) for row in known
            ],
        }
    )


def of_session(row: Row, *, page: str, pasts: Pasts = lambda _: _NO_PAST) -> dict[str, Any]:
    """One session, with the event it belongs to."""
    around: dict[str, Any] = {"@context": "https://schema.org"}
    if row.event is not None:
        around["superEvent"] = _above(row.event)
    return around | _session(row, page=page, pasts=pasts)


def _above(event: Event) -> dict[str, Any]:
    return _kept(
        {
            "@type": "Event",
            "name": event.name,
            "startDate": _time(event.start),
            "endDate": _time(_last(event)),
            "location": _location(event, room=None),
        }
    )


def _session(row: Row, *, page: str, pasts: Pasts) -> dict[str, Any]:
    session = row.session
    above = pasts(f"/events/{row.event.slug}") if row.event is not None else _NO_PAST
    return _kept(
        {
            "@type": "Event",
            "name": session.title,
            "url": page,
            "sameAs": safe_url(session.url),
            "startDate": _time(session.start),
            "endDate": _time(_session_end(session)),
            **_fate(session.status, past=pasts(f"/sessions/{session.slug}"), above=above),
            "description": session.description,
            "image": safe_url(session.image),
            "location": _location(row.event, room=session.room),
            "performer": [
                _kept({"@type": "Person", "name": speaker.name, "url": safe_url(speaker.url)})
                for speaker in row.speakers
            ],
        }
    )


def _fate(status: Status, *, past: Past, above: Past) -> dict[str, Any]:
    """What became of the plan, as https://schema.org/EventStatusType has it.

    The dates given up are told only beside a new one: of what is postponed or called off the start stays.
    """
    match status:
        case "cancelled":
            return {"eventStatus": "https://schema.org/EventCancelled"}
        case "postponed":
            return {"eventStatus": "https://schema.org/EventPostponed"}
    online = past.went_online or above.went_online
    names = [name for name, so in (("Rescheduled", past.starts), ("MovedOnline", online)) if so]
    return {
        "eventStatus": _one_or_all([f"https://schema.org/Event{name}" for name in names or ["Scheduled"]]),
        "previousStartDate": _one_or_all(past.starts),
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode" if online else None,
    }


def _one_or_all(values: Sequence[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


def _location(event: Event | None, *, room: str | None) -> dict[str, Any] | None:
    if event is None:
        return {"@type": "Place", "name": room, "address": room} if room else None
    if event.online and event.place is None:
        return _kept({"@type": "VirtualLocation", "url": safe_url(event.url)})
    place = event.place
    names = ", ".join(name for name in (room, event.venue) if name) or (place.city if place else event.name)
    address: Any = event.venue or event.name
    if place is not None:
        address = _kept(
            {
                "@type": "PostalAddress",
                "addressLocality": place.city,
                "addressRegion": place.region,
                "addressCountry": place.country,
            }
        )
    return {"@type": "Place", "name": names, "address": address}


def _last(event: Event) -> date | None:
    """Schema.org's end of days is the last day, not the day after."""
    return event.end - timedelta(days=1) if event.end is not None else None


def _session_end(session: Session) -> datetime | date | None:
    if session.end is None or isinstance(session.end, datetime):
        return session.end
    return session.end - timedelta(days=1)


def _time(value: datetime | date | None) -> str | None:
    """With the offset of the venue, so that it is an instant."""
    return value.isoformat() if value is not None else None


def _kept(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}
