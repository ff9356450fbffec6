"""Owns which rows a catalog has of what is known, and which of them a change touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from feeds.catalog.codec import Value, encode
from feeds.model import folds

if TYPE_CHECKING:
    from feeds.diagnostics import Diagnostic
    from feeds.following import Following, News
    from feeds.model import Revision, Schedule

Key = TypeVar("Key")
Item = TypeVar("Item")

Values = Mapping[str, Mapping[str, Value]]
"""Everything but feeds: by kind, and by a key within each kind."""


def values_of(
    schedule: Schedule,
    *,
    diagnostics: Sequence[Diagnostic],
    revisions: Mapping[str, Revision],
    following: Following,
) -> Values:
    """All that a catalog knows; findings by post, so that a new one leaves those of other posts alone."""
    found: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in diagnostics:
        found[diagnostic.path].append(diagnostic)
    return {
        "diagnostics": {path: tuple(told) for path, told in found.items()},
        "event": {event.slug: event for event in schedule.events},
        "news": following.news,
        "past": following.past,
        "post": {post.slug: post for post in schedule.posts},
        "revision": revisions,
        "session": {session.slug: session for session in schedule.sessions},
        "speaker": {speaker.slug: speaker for speaker in schedule.speakers},
        "track": {f"{track.event}/{track.slug}": track for track in schedule.tracks},
    }


def gone_values(wanted: Values, known: Values) -> Iterator[tuple[str, str]]:
    """The kind and key of each row that is no more."""
    for kind, values in known.items():
        for key in gone(wanted[kind], values):
            yield kind, key


def changed_values(wanted: Values, known: Values) -> Iterator[tuple[str, str, str]]:
    """Kind, key and data of each row that is new or another one, sorted."""
    spelt: dict[int, str] = {}
    for kind, values in sorted(wanted.items()):
        for key, value in sorted(changed(values, known.get(kind, {})), key=_first):
            yield kind, key, _spelt(value, spelt) if isinstance(value, tuple) else encode(value)


def _first(row: tuple[str, Value]) -> str:
    return row[0]


def _spelt(told: Sequence[News | Diagnostic], spelt: dict[int, str]) -> str:
    """News or findings; what many pages tell is spelt once. All of it is held by whoever calls."""
    for one in told:
        if id(one) not in spelt:
            spelt[id(one)] = encode(one)
    return f"[{','.join([spelt[id(one)] for one in told])}]"


def gone(wanted: Mapping[Key, Item], known: Mapping[Key, Item]) -> list[Key]:
    """Keys of what is no more; two sets of keys would take four times as long."""
    return [] if wanted is known else [key for key in known if key not in wanted]


def changed(wanted: Mapping[Key, Item], known: Mapping[Key, Item]) -> Iterator[tuple[Key, Item]]:
    """What is new or another one; the same object costs nothing."""
    if wanted is known:
        return
    known_item = known.get
    for key, item in wanted.items():
        old = known_item(key)
        if old is not item and (old != item or folds(old) != folds(item)):
            yield key, item
