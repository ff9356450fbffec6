"""Owns front matter of other programs that nests an event, or lists its talks under a name of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from feeds.post import FrontMatter
from feeds.post.front_matter import KeyPath
from feeds.source import Span
from feeds.understand.context import Book
from feeds.understand.structured.entry import MOST_ENTRIES, Entry

_NESTED: Final = ("meetup", "conference", "webinar", "workshop", "details", "eventDetails", "info")
"""What holds the fields of the post's own event in one mapping."""

_LISTS: Final = ("talks", "schedule", "program", "programme", "agenda", "lineup", "presentations", "slots")
"""What lists the sessions of the post's own event."""

_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "talk", "name", "topic"),
    "start": ("start", "time", "start_time", "startTime", "begin", "from", "when"),
    "end": ("end", "end_time", "endTime", "until", "to"),
    "date": ("date", "day"),
    "duration": ("duration", "length"),
    "speakers": ("speakers", "speaker", "presenters", "presenter", "by", "who"),
    "room": ("room", "location", "where"),
    "track": ("track",),
    "url": ("url", "link"),
    "description": ("description", "abstract", "summary"),
}


def nested_event(front: FrontMatter) -> Iterator[FrontMatter]:
    """The front matter as if what a mapping such as `meetup:` holds stood at its top."""
    for key in (*_NESTED, "event") if names_no_event(front) else _NESTED:
        inner = front.data.get(key)
        if isinstance(inner, Mapping):
            outer = {name: value for name, value in front.data.items() if name in _OF_PAGE}
            day = {"day": "date"} if "date" not in inner else {}
            yield replace(
                front,
                data={**outer, **{day.get(str(name), str(name)): value for name, value in inner.items()}},
                keys={**front.keys, **_named(_below(front.keys, key), day)},
                values={**front.values, **_named(_below(front.values, key), day)},
            )


_OF_PAGE: Final = (
    *("title", "description", "summary", "speakers", "speaker", "presenters", "presenter", "register"),
)
"""What the page says of its event beside the mapping."""


def names_no_event(front: FrontMatter) -> bool:
    """Whether `event:` is a mapping without a name: the page is that event, and its title the name."""
    inner = front.data.get("event")
    return isinstance(inner, Mapping) and not inner.keys() & {"name", "title"}


def programme(front: FrontMatter, book: Book) -> Iterator[Entry]:
    """The entries of a list of sessions, each a mapping with a title and a time."""
    key = next((key for key in _LISTS if isinstance(front.data.get(key), list)), None)
    for at, item in enumerate(front.data[key][:MOST_ENTRIES] if key is not None else ()):
        entry = _entry(front, book, (str(key), at), item) if isinstance(item, Mapping) else None
        if entry is not None and entry.has("title") and entry.has("start"):
            yield entry


def _entry(front: FrontMatter, book: Book, path: KeyPath, item: Mapping[str, Any]) -> Entry:
    names = {
        ours: theirs
        for ours, many in _FIELDS.items()
        if (theirs := next((one for one in many if item.get(one) not in (None, "")), None)) is not None
    }
    ours = {theirs: name for name, theirs in names.items()}
    view = replace(
        front,
        data={name: item[theirs] for name, theirs in names.items()},
        keys=_renamed(_below(front.keys, *path), ours),
        values=_renamed(_below(front.values, *path), ours),
    )
    return Entry(book, view, (), view.data, names)


def _below(spans: Mapping[KeyPath, Span], *path: str | int) -> dict[KeyPath, Span]:
    """The spans of what stands below a path, by what is left of theirs."""
    depth = len(path)
    return {one[depth:]: span for one, span in spans.items() if one[:depth] == path and len(one) > depth}


def _named(spans: Mapping[KeyPath, Span], names: Mapping[str, str]) -> dict[KeyPath, Span]:
    return {(names.get(str(path[0]), path[0]), *path[1:]): span for path, span in spans.items()}


def _renamed(spans: Mapping[KeyPath, Span], ours: Mapping[str, str]) -> dict[KeyPath, Span]:
    return {(ours[str(path[0])], *path[1:]): span for path, span in spans.items() if path[0] in ours}
