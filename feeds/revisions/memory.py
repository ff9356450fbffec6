"""Owns what revising remembers between compiles, so that one changed post costs the work of one."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar

Value = TypeVar("Value")


@dataclass(slots=True)
class Memory:
    """Values by key, each made anew only where its source is another object or the rest differs.

    Linking gives back the same objects for what did not change, so most keys cost one comparison.
    Whatever the last compile did not ask for is forgotten by `turn`.
    """

    _before: dict[Hashable, tuple[object, tuple[object, ...], object]] = field(default_factory=dict)
    _now: dict[Hashable, tuple[object, tuple[object, ...], object]] = field(default_factory=dict)

    def turn(self) -> None:
        """Begin a compile."""
        self._before, self._now = self._now, {}

    def made(self, key: Hashable, source: object, *rest: object, make: Callable[..., Value]) -> Value:
        """What was made under a key from the same source and an equal rest, else what `make` makes."""
        found = self._before.get(key)
        if found is None or found[0] is not source or found[1] != rest:
            found = (source, rest, make(source, *rest))
        self._now[key] = found
        return found[2]  # type: ignore[return-value]  # a key is always made by the same function

    def holds(self, key: Hashable, source: object, *, rest: object) -> bool:
        """Whether just these two objects were under a key; then they stay there."""
        found = self._before.get(key)
        if found is None or found[0] is not source or found[1][0] is not rest:
            return False
        self._now[key] = found
        return True
