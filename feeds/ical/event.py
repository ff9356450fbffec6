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

from feeds.ical.text import SUMMARY_LIMIT, clip, escape, fold, one_line, parameter, uri
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
    title = one_line(session.title) or one_line(session.format or "") or (event and one_line(event.name))
    kinds = _labels(session.format, track and track.name, event and event.name)
    people = tuple(person(speaker) for speaker in speakers)
    url = uri(session.url) or uri(page)
    room_url, meeting = uri(session.room_url), uri(session.conference_url, schemes=_MEETING)
    links = (("", url), ("Room", room_url), ("Online", meeting))
    text, document = describe(
        Words(
            notices=(*_NOTICES[session.status], *(("End not announced",) if slot.nominal else ())),
            kinds=kinds,
            people=people,
            links=tuple((label, address) for label, address in links if address),
            abstract=session.description,
        )
    )
    lines = [
        *_identity(revision),
        f"SUMMARY:{escape(clip(title or 'Session', SUMMARY_LIMIT))}",
        *_location(_labels(session.room, event and event.venue, place and place.city), place),
        *_descriptions(text, document),
        *([f"CATEGORIES:{','.join(map(escape, reversed(kinds)))}"] if kinds else []),
        *(f"CONTACT:{escape(name)}" for name in people),
        *([f"URL:{url}"] if url else []),
        *_standing(session.status, all_day=session.all_day),
        *([_conference(meeting)] if meeting else []),
        *([f"RELATED-TO;RELTYPE=PARENT:{escape(event_uid)}"] if event_uid else []),
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
    text, document = describe(
        Words(
            notices=_NOTICES[event.status], links=(("", url),) if url else (), abstract=event.description
        )
    )
    name = one_line(event.name)
    lines = [
        *_identity(revision),
        f"SUMMARY:{escape(clip(name or 'Event', SUMMARY_LIMIT))}",
        *_location(_labels(event.venue, event.place and event.place.city), event.place),
        *_descriptions(text, document),
        *([f"CATEGORIES:{escape(name)}"] if name else []),
        *([f"URL:{url}"] if url else []),
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
    return tuple(dict.fromkeys(label for name in names if name and (label := one_line(name))))


def _identity(revision: Revision) -> list[str]:
    # DTSTAMP without a METHOD is the time of the last revision (RFC 5545 section 3.8.7.2).
    revised = utc(revision.last_modified)
    return [
        f"CREATED:{utc(revision.created)}",
        f"LAST-MODIFIED:{revised}",
        f"DTSTAMP:{revised}",
        f"SEQUENCE:{revision.sequence}",
    ]


def _location(names: tuple[str, ...], place: Place | None) -> list[str]:
    if not names:
        return []
    location = clip(", ".join(names), SUMMARY_LIMIT)
    if place is None:
        return [f"LOCATION:{escape(location)}"]
    latitude, longitude = f"{place.latitude:.6f}", f"{place.longitude:.6f}"
    lines = [f"LOCATION:{escape(location)}", f"GEO:{latitude};{longitude}"]
    if names == _labels(place.city):
        title = parameter("X-TITLE", location)
        lines.append(
            f"X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-APPLE-RADIUS={_CITY_RADIUS};{title}:geo:{latitude},{longitude}"
        )
    return lines


def _descriptions(text: str, document: str) -> list[str]:
    if not text:
        return []
    return [f"DESCRIPTION:{escape(text)}", f"X-ALT-DESC;FMTTYPE=text/html:{escape(document)}"]


def _standing(status: Status, *, all_day: bool) -> list[str]:
    name, transparency, busy = _STANDING[status]
    if all_day:  # a banner over the day, as RFC 5545 section 3.6.1 has it for anniversaries
        transparency, busy = "TRANSPARENT", "FREE"
    return [f"STATUS:{name}", f"TRANSP:{transparency}", f"X-MICROSOFT-CDO-BUSYSTATUS:{busy}"]


def _conference(meeting: str) -> str:
    feature = "PHONE" if meeting.startswith(("tel:", "sip")) else "AUDIO,VIDEO"
    return f"CONFERENCE;VALUE=URI;FEATURE={feature};LABEL=Online:{meeting}"


_IMAGE_TYPES = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "webp": "webp", "gif": "gif", "svg": "svg+xml"}


def _image(image: str | None) -> list[str]:
    address = uri(image)
    if address is None:
        return []
    kind = _IMAGE_TYPES.get(address.rpartition(".")[2].lower())
    return [f"IMAGE;VALUE=URI{f';FMTTYPE=image/{kind}' if kind else ''}:{address}"]


def _fragment(slot: Slot, lines: list[str], revision: Revision) -> Fragment:
    if not 0 < len(revision.uid.encode()) <= _UID_LIMIT or revision.uid != one_line(revision.uid):
        raise ValueError(f"no UID that calendars take: {revision.uid!r}")
    start = fold(f"UID:{escape(revision.uid)}").decode()
    body = b"".join(map(fold, lines))
    return Fragment(
        uid=revision.uid,
        body=f"BEGIN:VEVENT\r\n{start}{slot.lines}".encode() + body + b"END:VEVENT\r\n",
        timezone=slot.timezone,
        years=slot.years,
        order=(slot.start, revision.uid),
        last_modified=revision.last_modified,
    )
