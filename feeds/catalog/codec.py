"""Owns the JSON form of model values inside a catalog: what equality sees is kept, origins are left out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from feeds.diagnostics import Diagnostic, Severity
from feeds.following import News, Past
from feeds.model import Event, Place, PostInfo, Revision, Session, Speaker, Track
from feeds.settings import Settings

Value = (
    Event | Session | Speaker | Track | PostInfo | Revision | Settings | Past | News | Diagnostic
    | tuple[Diagnostic, ...] | tuple[News, ...]
)  # fmt: skip
Data = dict[str, Any]


def encode(value: Value) -> str:
    """Compact JSON of a value; fields that have their default are not written."""
    return _COMPACT(_plain(value))


def decode(kind: str, text: str) -> Value:
    """The value again.

    Raises: KeyError, TypeError or ValueError where the text was not made by `encode`.
    """
    data: Data = json.loads(text)
    return _DECODERS[kind](data)


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _plain(value: Any) -> object:
    if value is None or isinstance(value, str | int | float):  # Severity is an int, too
        return value
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in value]
        case _:
            names, parts_of, defaults = _KEPT[type(value)]
            return {
                name: part if type(part) is str else _plain(part)  # most are, and a call costs more
                for name, part, default in zip(names, parts_of(value), defaults, strict=True)
                if part is not default and part != default
            }


def _event(data: Data) -> Event:
    place = data.get("place")
    return Event(
        **{**data, "start": _moment(data.get("start"), None), "end": _moment(data.get("end"), None)}
        | {"place": Place(**place) if place else None, "posts": tuple(data.get("posts", ()))}
    )


def _session(data: Data) -> Session:
    zone = data.get("timezone")
    times = {"start": _moment(data.get("start"), zone), "end": _moment(data.get("end"), zone)}
    return Session(**{**data, **times, **_tuples(data, "speakers", "posts")})


def _speaker(data: Data) -> Speaker:
    return Speaker(**{**data, **_tuples(data, "names")})


def _post(data: Data) -> PostInfo:
    return PostInfo(**{**data, "stamp": _moment(data.get("stamp"), None)})


def _revision(data: Data) -> Revision:
    times = {name: datetime.fromisoformat(data[name]) for name in ("created", "last_modified")}
    return Revision(**{**data, **times})


def _diagnostics(data: Any) -> tuple[Diagnostic, ...]:
    return tuple(Diagnostic(**{**one, "severity": Severity(one["severity"])}) for one in data)


def _settings(data: Data) -> Settings:
    lists = {name: tuple(value) for name, value in data.items() if isinstance(value, list)}
    return Settings(**{**data, **lists})


def _news(data: Any) -> tuple[News, ...]:
    return tuple(
        News(**{**one, "at": datetime.fromisoformat(one["at"]), "kinds": tuple(one["kinds"])}) for one in data
    )


def _past(data: Data) -> Past:
    return Past(**{**data, **_tuples(data, "starts")})


def _tuples(data: Data, *names: str) -> Data:
    return {name: tuple(data.get(name, ())) for name in names}


def _moment(text: str | None, zone: str | None) -> Any:
    """A day, a naive time, or an aware time in its zone (UTC where none is named).

    The stored offset settles which of the two hours of an autumn night is meant.
    """
    if text is None:
        return None
    if "T" not in text:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(UTC if zone is None else ZoneInfo(zone))


_DECODERS: Mapping[str, Callable[[Data], Value]] = {
    "event": _event,
    "session": _session,
    "speaker": _speaker,
    "track": lambda data: Track(**data),
    "post": _post,
    "revision": _revision,
    "diagnostics": _diagnostics,
    "settings": _settings,
    "news": _news,
    "past": _past,
}
_KINDS = (Event, Place, Session, Speaker, Track, PostInfo, Revision, Diagnostic, Settings, News, Past)
_NAMES = {kind: tuple(part.name for part in fields(kind) if part.compare) for kind in _KINDS}
_DEFAULTS = {kind: tuple(part.default for part in fields(kind) if part.compare) for kind in _KINDS}
_KEPT: Mapping[type, tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[object, ...]]] = {
    kind: (names, attrgetter(*names), _DEFAULTS[kind]) for kind, names in _NAMES.items()
}
