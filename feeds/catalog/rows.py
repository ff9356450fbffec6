"""Owns which rows a catalog has of what is known, and which of them a change touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from feeds.catalog.codec import Value, encode
from feeds.model import folds
from feeds.sameness import Difference, difference

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


@dataclass(frozen=True, slots=True)
class Rows:
    """Kind and key of each row that is no more; kind, key and data of each that is new or another one."""

    gone: Iterator[tuple[str, str]]
    changed: Iterator[tuple[str, str, str]]


def rows_of(wanted: Values, known: Values) -> Rows:
    """What is to be written, sorted; spelt out only when it is asked for."""
    differs = {kind: difference(values, known.get(kind, {})) for kind, values in sorted(wanted.items())}
    return Rows(
        ((kind, key) for kind, found in differs.items() for key in sorted(found.gone)),
        _changed(wanted, known, differs=differs),
    )


def _changed(
    wanted: Values, known: Values, *, differs: Mapping[str, Difference[str]]
) -> Iterator[tuple[str, str, str]]:
    spelt: dict[int, str] = {}
    for kind, found in differs.items():
        values = wanted[kind]
        for key in sorted(truly(found.others, now=values, before=known.get(kind, {}))):
            value = values[key]
            yield kind, key, _spelt(value, spelt) if isinstance(value, tuple) else encode(value)


def _spelt(told: Sequence[News | Diagnostic], spelt: dict[int, str]) -> str:
    """News or findings; what many pages tell is spelt once. All of it is held by whoever calls."""
    for one in told:
        if id(one) not in spelt:
            spelt[id(one)] = encode(one)
    return f"[{','.join([spelt[id(one)] for one in told])}]"


def truly(keys: Iterable[Key], *, now: Mapping[Key, Item], before: Mapping[Key, Item]) -> Iterator[Key]:
    """Of keys of other objects, those of other values."""
    for key in keys:
        old, item = before.get(key), now[key]
        if old != item or folds(old) != folds(item):
            yield key
