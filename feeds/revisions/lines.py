"""Owns one line of the record file: an entry as a JSON object that ends with a digest of itself, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Any, cast, get_args
from zoneinfo import ZoneInfo

from feeds.model import Event, Place, Revision, Session, Speaker, Status, Track
from feeds.revisions.record import FACTS, Entry, EventEntry, SessionEntry, Step, Value

Fields = Mapping[str, Any]
DIGEST = ', "digest": "'
_STATUSES = frozenset(get_args(Status))


def write_entry(entry: Entry) -> str:
    """The JSON object of an entry; what is empty is left out."""
    fields = _session_fields(entry) if isinstance(entry, SessionEntry) else _event_fields(entry)
    return sign(
        {key: value for key, value in fields.items() if value is not None and value not in ("", [], {})}
    )


def read_entry(fields: Fields) -> Entry:
    """The entry of an object.

    Raises: ValueError, TypeError or KeyError where the object is not one that `write_entry` could have made.
    """
    return _session_entry(fields) if fields["kind"] == "session" else _event_entry(fields)


def sign(fields: Fields) -> str:
    """An object with its digest as last member. Lone surrogates are escaped: UTF-8 has no bytes for them."""
    text = json.dumps(fields, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()[:-1]
    return f'{text}{DIGEST}{digest(text)}"}}'


def digest(text: str) -> str:
    """16 hexadecimal digits over an object's text up to its digest."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


# Writing


def _session_fields(entry: SessionEntry) -> dict[str, Any]:
    session = entry.session
    people = {speaker.slug: speaker for speaker in entry.speakers}
    return {
        "kind": "session",
        **_revision_fields(entry.revision),
        "event_uid": entry.event,
        "title": session.title,
        "start": _local(session.start),
        "end": _local(session.end),
        "timezone": session.timezone,
        "status": session.status,
        "room": session.room,
        "venue": entry.venue,
        "city": entry.city,
        "track": _track_fields(session.track, entry.track),
        "format": session.format,
        "speakers": [_speaker_fields(slug, people.get(slug)) for slug in session.speakers],
        "url": session.url,
        "room_url": session.room_url,
        "conference_url": session.conference_url,
        "image": session.image,
        "description": session.description,
        "slug": session.slug,
        "event": session.event,
        "posts": list(session.posts),
        "context": f"{entry.context:016x}",
        **_past_fields(entry),
    }


def _event_fields(entry: EventEntry) -> dict[str, Any]:
    event, place = entry.event, entry.event.place
    return {
        "kind": "event",
        **_revision_fields(entry.revision),
        "title": event.name,
        "start": _local(event.start),
        "end": _local(event.end),
        "timezone": event.timezone,
        "status": event.status,
        "venue": event.venue,
        "place": {key: getattr(place, key) for key in Place.__dataclass_fields__} if place else None,
        "online": event.online or None,
        "url": event.url,
        "image": event.image,
        "description": event.description,
        "slug": event.slug,
        "posts": list(event.posts),
        **_past_fields(entry),
    }


def _revision_fields(revision: Revision) -> dict[str, Any]:
    return {
        "uid": revision.uid,
        "sequence": revision.sequence,
        "modified": _utc(revision.last_modified),
        "created": _utc(revision.created),
    }


def _past_fields(entry: Entry) -> dict[str, Any]:
    return {
        "absent": entry.absent or None,
        "retired": _utc(entry.retired) if entry.retired else None,
        "history": [_step_fields(step) for step in entry.history],
    }


def _step_fields(step: Step) -> dict[str, Any]:
    was = {name: _plain(value) for name, value in step.was.items()}
    fields = {"at": _utc(step.at), "sequence": step.sequence, "was": was, "also": list(step.also)}
    return {key: value for key, value in fields.items() if value not in ({}, [])}


def _plain(value: Value) -> Any:
    match value:
        case datetime():
            # RFC 9557; without a zone a time has nothing in brackets.
            return f"{value.isoformat()}[{value.tzinfo}]" if value.tzinfo is not None else value.isoformat()
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value


def _speaker_fields(slug: str, speaker: Speaker | None) -> dict[str, Any]:
    fields = {"slug": slug}
    if speaker is not None:
        fields |= {"name": speaker.name, "affiliation": speaker.affiliation or "", "url": speaker.url or ""}
    return {key: value for key, value in fields.items() if value}


def _track_fields(slug: str | None, track: Track | None) -> dict[str, Any]:
    fields = {"slug": slug, "name": track.name if track else None, "url": track.url if track else None}
    return {key: value for key, value in fields.items() if value}


def _local(moment: datetime | date | None) -> str | None:
    """Wall time; with its offset in the second pass of an hour that happens twice."""
    if isinstance(moment, datetime):
        wall = moment if moment.fold else moment.replace(tzinfo=None)
        return wall.isoformat(timespec="auto" if wall.second or wall.microsecond else "minutes")
    return moment.isoformat() if moment is not None else None


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# Reading


def _session_entry(fields: Fields) -> SessionEntry:
    zone = _text(fields, "timezone")
    people = [_fields(one) for one in _list(fields, "speakers")]
    track = _fields(fields.get("track", {}))
    event = _text(fields, "event")
    session = Session(
        slug=fields["slug"],
        title=_text(fields, "title") or "",
        start=_moment(_text(fields, "start"), zone=zone),
        end=_moment(_text(fields, "end"), zone=zone),
        timezone=zone,
        event=event,
        track=_text(track, "slug"),
        format=_text(fields, "format"),
        speakers=tuple([one["slug"] for one in people]),
        room=_text(fields, "room"),
        room_url=_text(fields, "room_url"),
        url=_text(fields, "url"),
        conference_url=_text(fields, "conference_url"),
        description=_text(fields, "description") or "",
        image=_text(fields, "image"),
        status=_status(fields),
        uid=fields["uid"],
        posts=tuple(_list(fields, "posts")),
    )
    return SessionEntry(
        revision=_revision(fields),
        session=session,
        event=_text(fields, "event_uid"),
        speakers=tuple([_speaker(one) for one in people if "name" in one]),
        track=_track(track, event=event),
        venue=_text(fields, "venue"),
        city=_text(fields, "city"),
        context=int(fields["context"], 16),
        retired=_instant(fields["retired"]) if "retired" in fields else None,
        absent="absent" in fields,
        history=_history(fields),
    )


def _event_entry(fields: Fields) -> EventEntry:
    place = fields.get("place")
    start, end = (_moment(_text(fields, name), zone=None) for name in ("start", "end"))
    event = Event(
        slug=fields["slug"],
        name=_text(fields, "title") or "",
        start=start,
        end=end,
        place=Place(**place) if place else None,
        timezone=_text(fields, "timezone"),
        url=_text(fields, "url"),
        venue=_text(fields, "venue"),
        online=bool(fields.get("online")),
        description=_text(fields, "description") or "",
        image=_text(fields, "image"),
        status=_status(fields),
        uid=fields["uid"],
        posts=tuple(_list(fields, "posts")),
    )
    retired = _instant(fields["retired"]) if "retired" in fields else None
    return EventEntry(
        revision=_revision(fields),
        event=event,
        retired=retired,
        absent="absent" in fields,
        history=_history(fields),
    )


def _revision(fields: Fields) -> Revision:
    uid, sequence = fields["uid"], fields["sequence"]
    if not (
        isinstance(uid, str)
        and uid
        and isinstance(fields["slug"], str)
        and type(sequence) is int
        and sequence >= 0
    ):
        raise TypeError("uid, slug or sequence")
    modified = _instant(fields["modified"])
    created = modified if fields["created"] == fields["modified"] else _instant(fields["created"])
    return Revision(uid=uid, sequence=sequence, created=created, last_modified=modified)


def _history(fields: Fields) -> tuple[Step, ...]:
    if "history" not in fields:
        return ()
    return tuple(
        Step(
            at=_instant(step["at"]),
            sequence=step["sequence"],
            was={name: _value(name, value) for name, value in _fields(step.get("was", {})).items()},
            also=tuple(_list(step, "also")),
        )
        for step in _list(fields, "history")
    )


def _value(name: str, value: Any) -> Value:
    if name not in FACTS:
        raise KeyError(name)
    if name == "speakers":
        return tuple(value)
    if name in ("start", "end") and value is not None:
        moment, _, zone = str(value).partition("[")
        return _moment(moment, zone=zone.rstrip("]") or None)
    return cast("str | None", value)


def _speaker(fields: Fields) -> Speaker:
    return Speaker(
        slug=fields["slug"],
        name=fields["name"],
        affiliation=_text(fields, "affiliation"),
        url=_text(fields, "url"),
    )


def _track(fields: Fields, *, event: str | None) -> Track | None:
    if "name" not in fields:
        return None
    return Track(event=event or "", slug=fields["slug"], name=fields["name"], url=_text(fields, "url"))


def _moment(text: str | None, *, zone: str | None) -> datetime | date | None:
    """A day, or a time in its zone; a time with an offset is that instant."""
    if text is None:
        return None
    if len(text) == 10:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    if zone is None:
        return moment
    return moment.astimezone(ZoneInfo(zone)) if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("a time without an offset")
    return instant


def _text(fields: Fields, key: str) -> str | None:
    value = fields.get(key)
    if value is None or isinstance(value, str):
        return value
    raise TypeError(key)


def _status(fields: Fields) -> Status:
    status = fields["status"]
    if status not in _STATUSES:
        raise ValueError("status")
    return cast("Status", status)


def _list(fields: Fields, key: str) -> list[Any]:
    value = fields.get(key, [])
    if isinstance(value, list):
        return value
    raise TypeError(key)


def _fields(value: object) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise TypeError("not an object")
