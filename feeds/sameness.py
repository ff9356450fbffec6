"""Owns comparing by identity: of ten thousand things, the few that are others than the last time.

Every stage gives back the same object for what did not change, and mostly in the same order: what is alike
from the front and from the back is passed over without a step of Python or a look into a table.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, count
from operator import is_not, ne
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
Item = TypeVar("Item")

_FEW = 20
"""Of so many things one that came is put in its place alone: more are sorted again with all."""


@dataclass(frozen=True, slots=True)
class Difference(Generic[Key]):
    """Keys of what is new or another object (`others`), and of what is no more (`gone`), in their order."""

    others: list[Key]
    gone: list[Key]


def difference(now: Mapping[Key, Item], before: Mapping[Key, Item]) -> Difference[Key]:
    """What differs between two mappings, by the identity of their values."""
    if now is before:
        return Difference([], [])
    keys, known = list(now), list(before)
    if keys == known:
        return Difference(list(compress(keys, map(is_not, now.values(), before.values()))), [])
    front = _alike(keys, known)
    back = min(_alike(keys[::-1], known[::-1]), len(keys) - front, len(known) - front)
    last, last_known = len(keys) - back, len(known) - back
    return Difference(
        [
            *compress(keys[:front], map(is_not, now.values(), before.values())),
            *(key for key in keys[front:last] if before.get(key) is not now[key]),
            *compress(
                keys[last:], map(is_not, list(now.values())[last:], list(before.values())[last_known:])
            ),
        ],
        [key for key in known[front:last_known] if key not in now],
    )


@dataclass(frozen=True, slots=True)
class Exchange(Generic[Item]):
    """What came and what went; what only moved is neither."""

    came: list[Item]
    went: list[Item]


def exchange(now: Sequence[Item], before: Sequence[Item]) -> Exchange[Item]:
    """What differs between two sequences in which nothing stands twice, by identity."""
    front = _same(now, before)
    if front == len(now) == len(before):
        return Exchange([], [])
    back = min(_same(now[::-1], before[::-1]), len(now) - front, len(before) - front)
    some, known = now[front : len(now) - back], before[front : len(before) - back]
    ids, known_ids = set(map(id, some)), set(map(id, known))
    return Exchange(
        [one for one in some if id(one) not in known_ids], [one for one in known if id(one) not in ids]
    )


def resorted(before: Sequence[Item], change: Exchange[Item], *, key: Callable[[Item], Any]) -> list[Item]:
    """What stood in a total order, in that order after a change."""
    gone = set(map(id, change.went))
    kept = [one for one in before if id(one) not in gone] if gone else list(before)
    if len(change.came) * _FEW > len(kept):
        return sorted([*kept, *change.came], key=key)
    for one in change.came:
        insort(kept, one, key=key)
    return kept


def _alike(now: list[Key], before: list[Key]) -> int:
    """How many are equal from the front."""
    return next(compress(count(), map(ne, now, before)), min(len(now), len(before)))


def _same(now: Sequence[Item], before: Sequence[Item]) -> int:
    """How many are the same from the front."""
    return next(compress(count(), map(is_not, now, before)), min(len(now), len(before)))
