"""Owns what linking remembers between compiles, so that one changed post costs the work of one."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from operator import is_
from typing import Any, TypeVar

Value = TypeVar("Value")


@dataclass(slots=True)
class Memory:
    """Values by what they were made of: what is made from equal things again is the same object again.

    Whatever the last compile did not ask for is forgotten by `turn`.
    """

    _before: dict[Hashable, tuple[object, object]] = field(default_factory=dict)
    _now: dict[Hashable, tuple[object, object]] = field(default_factory=dict)

    def turn(self) -> None:
        """Begin a compile."""
        self._before, self._now = self._now, {}

    def made(self, key: Hashable, inputs: object, *, make: Callable[[], Value]) -> Value:
        """What was made under a key from equal inputs the last time, else what `make` makes."""
        found = self._before.get(key)
        if found is None or found[0] != inputs:
            found = (inputs, make())
        self._now[key] = found
        return found[1]  # type: ignore[return-value]  # a key is always made by the same function

    def made_of(
        self, key: Hashable, things: tuple[object, ...], *, make: Callable[[Value | None], Value]
    ) -> Value:
        """What was made under a key from just these things, else what `make` makes of the last."""
        found = self._before.get(key)
        known: Any = found[0] if found is not None else ()
        if found is None or len(known) != len(things) or not all(map(is_, known, things)):
            found = (things, make(found[1] if found is not None else None))  # type: ignore[arg-type]  # as above
        self._now[key] = found
        return found[1]  # type: ignore[return-value]  # as above

    def last(self, key: Hashable) -> object:
        """What was made under a key the last time; None where nothing was."""
        found = self._before.get(key)
        return None if found is None else found[1]

    def kept(self, key: Hashable, value: Value) -> Value:
        """The equal object of the last time, else this one: later stages compare by identity first."""
        found = self._before.get(key)
        if found is None or found[1] != value:
            found = (None, value)
        self._now[key] = found
        return found[1]  # type: ignore[return-value]  # a key is always given the same kind of value

    def keep(self, key: Hashable, value: object) -> None:
        """Keep a value for `last` of the next time."""
        self._now[key] = (None, value)
