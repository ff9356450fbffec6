"""Owns the values of front matter and the spans of every key and value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from feeds.source import Span

KeyPath = tuple[str | int, ...]

MOST_NODES = 20_000
MOST_LEVELS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """Values by key as written (YAML 1.2 core: `14:40`, `NO` and dates stay text) and where they stand.

    `keys` has the span of each key, `values` that of each value, both by path, such as
    `("sessions", 0, "title")`. `toml` is whether the author writes TOML. `unquoted` are the paths of values
    that hold ": " and should stand in quotes.
    """

    data: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[KeyPath, Span] = field(default_factory=dict)
    values: Mapping[KeyPath, Span] = field(default_factory=dict)
    toml: bool = False
    unquoted: tuple[KeyPath, ...] = ()

    def pair(self, key: str, value: str) -> str:
        """A key with its value as the author's own format writes them, to be pasted."""
        if not self.toml:
            return f"{key}: {value}"
        plain = value in ("true", "false") or value.startswith("[")
        return f"{key} = {value if plain else json.dumps(value, ensure_ascii=False)}"

    def text(self, *names: str) -> str | None:
        """The first of these keys that holds a text or a number, as text."""
        for name in names:
            value = self.data.get(name)
            if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
                return str(value).strip()
        return None

    def span(self, *path: str | int) -> Span:
        """The span of a value, of its key, or of the nearest thing above it."""
        for end in range(len(path), 0, -1):
            if found := self.values.get(path[:end]) or self.keys.get(path[:end]):
                return found
        return Span(0, 0)
