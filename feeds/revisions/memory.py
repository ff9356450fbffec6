"""Owns what revising remembers between compiles, so that one changed post costs the work of one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import is_
from typing import Any, TypeVar

Value = TypeVar("Value")
Thing = TypeVar("Thing")
Name = TypeVar("Name")


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

    def of_all(
        self, key: Hashable, things: Sequence[Thing], *rest: object, make: Callable[..., Value]
    ) -> Value:
        """What was made under a key from just these things and an equal rest, else what `make` makes."""
        found = self._before.get(key)
        if found is not None and found[1] == rest:
            known: Sequence[Thing] = found[0]  # type: ignore[assignment]  # as below
            if len(known) == len(things) and all(map(is_, known, things)):
                self._now[key] = found
                return found[2]  # type: ignore[return-value]  # a key is always made by the same function
        found = (things, rest, make(things, *rest))
        self._now[key] = found
        return found[2]

    def each(
        self, key: Hashable, things: Mapping[Name, Thing], *, make: Callable[[Thing], Value]
    ) -> dict[Name, Value]:
        """What `make` makes of each thing; of all that are the same objects as before, the same dict."""
        found = self._before.get(key)
        known: Mapping[Name, Thing] = found[0] if found is not None else {}  # type: ignore[assignment]
        made: dict[Name, Value] = found[2] if found is not None else {}  # type: ignore[assignment]
        if len(known) != len(things) or not all(map(is_, map(known.get, things), things.values())):
            made = {
                name: made[name] if known.get(name) is thing else make(thing)
                for name, thing in things.items()
            }
        self._now[key] = (things, (), made)
        return made

    def last(self, key: Hashable) -> Any:
        """What was kept under a key the last time; None where nothing was."""
        found = self._before.get(key)
        return None if found is None else found[2]

    def keep(self, key: Hashable, value: object) -> None:
        """Keep a value for the next time."""
        self._now[key] = (None, (), value)

    def holds(self, key: Hashable, source: object, *, rest: object) -> bool:
        """Whether just these two objects were under a key; then they stay there."""
        found = self._before.get(key)
        if found is None or found[0] is not source or found[1][0] is not rest:
            return False
        self._now[key] = found
        return True
