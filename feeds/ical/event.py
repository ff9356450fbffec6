"""Owns VEVENT: one session or event as finished bytes, the same in every feed that holds it.

Decided here: a postponed session is TENTATIVE and blocks no time (CANCELLED is final in Google and Outlook,
and a postponed one has been promised to come back). Speakers are CONTACT, never ATTENDEE: that would show
buttons to reply with and leak addresses. A pin for Apple is set only where the place is the city itself,
because the coordinates we know are the city's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from feeds.ical.text import SUMMARY_LIMIT, clip, escape, fold, label, one_line, parameter, uri
from feeds.ical.times import Slot, all_day, timed, utc
from feeds.ical.words import Words, describe, person
from feeds.model import Event, Place, Revision, Session, Speaker, Status, Track

_UID_LIMIT = 191  # Proton; RFC 7986 asks for less than 255 octets
_CITY_RADIUS = 5000  # metres that Apple draws around a city
_MEETING = ("https", "http", "tel", "mailto", "sip", "sips", "xmpp")

# STATUS, TRANSP and busy status: what does not take place does not block the time.
_STANDING: dict[Status, tuple[str, str, str]] = {
    "confirmed": ("CONFIRMED", "OPAQUE", "BUSY"),
    "tentative": ("TENTATIVE", "OPAQUE", "TENTATIVE"),
    "postponed": ("TENTATIVE", "TRANSPARENT", "FREE"),
    "cancelled": ("CANCELLED", "TRANSPARENT", "FREE"),
}
_NOTICES: dict[Status, tuple[str, ...]] = {
    "confirmed": (),
    "tentative": (),
    "postponed": ("Postponed",),
    "cancelled": ("Cancelled",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A finished VEVENT. `timezone` needs a VTIMEZONE for `years` (first and last); `order` is total."""

    uid: str
    body: bytes
    timezone: str | None
    years: tuple[int, int]
    order: tuple[str, str]
    last_modified: datetime


def render_session(
    session: Session,
    *,
    revision: Revision,
    event: Event | None,
    event_uid: str | None,
    speakers: Sequence[Speaker],
    track: Track | None,
    place: Place | None,
    page: str | None,
) -> Fragment:
    """The VEVENT of a session; `page` is its address on this site.

    Raises: ValueError for a session whose start or zone is not known.
    """
    slot = _slot(session)
    event_name = event.name if event else None
    kinds = _labels(session.format, track.name if track else None, event_name)
    where = _labels(session.room, event.venue if event else None, place.city if place else None)
    people = tuple([person(speaker) for speaker in speakers])
    url, room_url = uri(session.url) or uri(page), uri(session.room_url)
    meeting = uri(session.conference_url, schemes=_MEETING)
    links = (("", url), ("Room", room_url), ("Online", meeting))
    text, document = describe(
        Words(
            notices=(*_NOTICES[session.status], *(("End not announced",) if slot.nominal else ())),
            kinds=kinds,
            people=people,
            links=tuple([(name, address) for name, address in links if address]),
            abstract=session.description,
        )
    )
    lines = [
        _title(session.title, session.format, event_name),
        *_location(where, place),
        *_descriptions(text, document),
        *_categories(kinds),
        *[fold(f"CONTACT:{escape(name)}") for name in people],
        *([fold(f"URL:{url}")] if url else []),
        *_standing(session.status, all_day=session.all_day),
        *([_conference(meeting)] if meeting else []),
        *([fold(f"RELATED-TO;RELTYPE=PARENT:{escape(event_uid)}")] if event_uid else []),
        *_image(session.image),
    ]
    return _fragment(slot, lines, revision)


def render_event(event: Event, *, revision: Revision, page: str | None) -> Fragment:
    """The all-day VEVENT of an event, which its sessions name as their parent.

    Raises: ValueError for an event whose days are not known.
    """
    if event.start is None:
        raise ValueError(f"event {event.slug} has no known days")
    url = uri(event.url) or uri(page)
    links = (("", url),) if url else ()
    text, document = describe(Words(notices=_NOTICES[event.status], links=links, abstract=event.description))
    lines = [
        _title(event.name),
        *_location(_labels(event.venue, event.place.city if event.place else None), event.place),
        *_descriptions(text, document),
        *_categories(_labels(event.name)),
        *([fold(f"URL:{url}")] if url else []),
        *_standing(event.status, all_day=True),
        *_image(event.image),
    ]
    return _fragment(all_day(event.start, event.end), lines, revision)


def _slot(session: Session) -> Slot:
    match session.start, session.end:
        case datetime() as start, end if session.timezone is not None:
            return timed(start, end if isinstance(end, datetime) else None, timezone=session.timezone)
        case None, _:
            raise ValueError(f"session {session.slug} has no known start")
        case datetime(), _:
            raise ValueError(f"session {session.slug} has no known zone")
        case start, end:
            return all_day(start, None if isinstance(end, datetime) else end)


def _labels(*names: str | None) -> tuple[str, ...]:
    """What is left of names on one line, each once."""
    return tuple(dict.fromkeys([name for given in names if given and (name := label(given))]))


def _title(*names: str | None) -> str:
    """The first of the names that is left; SUMMARY may not be empty."""
    title = next((line for name in names if name and (line := one_line(name))), "Untitled")
    return fold(f"SUMMARY:{escape(clip(title, SUMMARY_LIMIT))}")


@lru_cache(maxsize=4096)
def _location(names: tuple[str, ...], place: Place | None) -> tuple[str, ...]:
    if not names:
        return ()
    location = clip(", ".join(names), SUMMARY_LIMIT)
    line = fold(f"LOCATION:{escape(location)}")
    if place is None:
        return (line,)
    latitude, longitude = f"{place.latitude:.6f}", f"{place.longitude:.6f}"
    geo = f"GEO:{latitude};{longitude}"
    if names != (label(place.city),):
        return (line, geo)
    title = parameter("X-TITLE", location)
    apple = f"X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-APPLE-RADIUS={_CITY_RADIUS};{title}"
    return (line, geo, fold(f"{apple}:geo:{latitude},{longitude}"))


def _descriptions(text: str, document: str) -> tuple[str, ...]:
    if not text:
        return ()
    return (
        fold(f"DESCRIPTION:{escape(text)}"),
        fold(f"X-ALT-DESC;FMTTYPE=text/html:{escape(document)}"),
    )


@lru_cache(maxsize=4096)
def _categories(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """From the widest to the narrowest: event, track, format."""
    return (fold(f"CATEGORIES:{','.join(map(escape, reversed(kinds)))}"),) if kinds else ()


def _standing(status: Status, *, all_day: bool) -> tuple[str, ...]:
    name, transparency, busy = _STANDING[status]
    if all_day:  # a banner over the day, as RFC 5545 section 3.6.1 has it for anniversaries
        transparency, busy = "TRANSPARENT", "FREE"
    return f"STATUS:{name}", f"TRANSP:{transparency}", f"X-MICROSOFT-CDO-BUSYSTATUS:{busy}"


def _conference(meeting: str) -> str:
    feature = "PHONE" if meeting.startswith(("tel:", "sip")) else "AUDIO,VIDEO"
    return fold(f"CONFERENCE;VALUE=URI;FEATURE={feature};LABEL=Online:{meeting}")


_IMAGE_TYPES = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "webp": "webp", "gif": "gif", "svg": "svg+xml"}


def _image(image: str | None) -> tuple[str, ...]:
    address = uri(image) if image else None
    if address is None:
        return ()
    kind = _IMAGE_TYPES.get(address.rpartition(".")[2].lower())
    return (fold(f"IMAGE;VALUE=URI{f';FMTTYPE=image/{kind}' if kind else ''}:{address}"),)


def _fragment(slot: Slot, lines: list[str], revision: Revision) -> Fragment:
    # DTSTAMP without a METHOD is the time of the last revision (RFC 5545 section 3.8.7.2).
    revised = utc(revision.last_modified)
    body = [
        f"BEGIN:VEVENT\r\n{_uid(revision.uid)}",
        slot.lines,
        f"CREATED:{utc(revision.created)}\r\nLAST-MODIFIED:{revised}\r\nDTSTAMP:{revised}",
        f"SEQUENCE:{revision.sequence}",
        *lines,
        "END:VEVENT\r\n",
    ]
    return Fragment(
        uid=revision.uid,
        body="\r\n".join(body).encode(),
        timezone=slot.timezone,
        years=slot.years,
        order=(slot.start, revision.uid),
        last_modified=revision.last_modified,
    )


def _uid(uid: str) -> str:
    if not 0 < len(uid.encode()) <= _UID_LIMIT or uid != one_line(uid):
        raise ValueError(f"no UID that calendars take: {uid!r}")
    return fold(f"UID:{escape(uid)}")
