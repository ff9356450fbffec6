"""Owns the reading of TOML: the standard library gives the values, a scan of our own their places."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

from feeds.post.refused import RefusedError
from feeds.post.values import MOST_LEVELS, MOST_NODES, FrontMatter, KeyPath
from feeds.source import Span

_PART: Final = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*+\"|'[^'\n]*')"
_DEEP: Final = re.compile(
    rf"^[ \t]*(?:\[\[?[ \t]*)?(?:{_PART}[ \t]*\.[ \t]*){{{MOST_LEVELS},}}", re.MULTILINE
)
_WHERE: Final = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_SPACE: Final = re.compile(r"(?:[ \t\n,]|#[^\n]*)*+")
_KEY: Final = re.compile(rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*+")
_KEY_PART: Final = re.compile(_PART)
_TEXT: Final = re.compile(
    r"\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*+\"{3,5}|'''(?:[^']|'(?!''))*+'{3,5}"
    r"|\"(?:[^\"\\\n]|\\.)*+\"|'[^'\n]*'",
    re.DOTALL,
)
_BARE: Final = re.compile(r"[^\s,\]}#]+(?: \d\d:[^\s,\]}#]+)?")


def read_toml(text: str, start: int) -> FrontMatter:
    """The front matter in a text that begins at a source offset. Dates and times become ISO 8601 text.

    Raises: RefusedError for invalid-front-matter, duplicate-key, front-matter-too-complex.
    """
    if found := _DEEP.search(text):
        raise _too_complex(start + found.start())
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise _invalid(str(problem), text, start) from None
    except RecursionError:
        raise _too_complex(start) from None
    plain = _Plain(start)
    values = {key: plain.of(value, 1) for key, value in data.items()}
    scan = _Scan(text, start)
    scan.document()
    return FrontMatter(data=values, keys=scan.keys, values=scan.values, toml=True)


def _too_complex(at: int) -> RefusedError:
    message = "the front matter is nested beyond measure"
    return RefusedError("front-matter-too-complex", message, span=Span(at, at), remedy="write it flatter")


def _invalid(message: str, text: str, start: int) -> RefusedError:
    where = _WHERE.search(message)
    at = len(text)
    if where is not None and where[1]:
        lines = text.split("\n")
        at = sum(len(line) + 1 for line in lines[: int(where[1]) - 1]) + int(where[2]) - 1
    else:
        at = len(text.rstrip())
    what = message.split(" (at ", maxsplit=1)[0]
    twice = "overwrite" in message or "Cannot declare" in message
    remedy = "keep one of the two" if twice else "see the line for a missing quote or bracket"
    rule = "duplicate-key" if twice else "invalid-front-matter"
    span = Span(start + max(at - 1, 0) if twice else start + at, start + max(at, 1))
    return RefusedError(rule, f"the front matter is not TOML: {what}", span=span, remedy=remedy)


class _Plain:
    """TOML's values as YAML would give them, counted."""

    def __init__(self, start: int) -> None:
        self.start, self.nodes = start, 0

    def of(self, value: Any, level: int) -> Any:
        self.nodes += 1
        if self.nodes > MOST_NODES or level > MOST_LEVELS:
            raise _too_complex(self.start)
        match value:
            case dict():
                return {key: self.of(item, level + 1) for key, item in value.items()}
            case list():
                return [self.of(item, level + 1) for item in value]
            case str() | int() | float():
                return value
            case _:  # dates and times
                return value.isoformat()


class _Scan:
    """Finds the keys and values of a text that is known to be TOML; what it cannot follow it leaves out."""

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start, self.at = text, start, 0
        self.keys: dict[KeyPath, Span] = {}
        self.values: dict[KeyPath, Span] = {}
        self.arrays: dict[KeyPath, int] = {}

    def document(self) -> None:
        table: KeyPath = ()
        self._skip()
        while self.at < len(self.text):
            before = self.at
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip()
            if self.at == before:
                return

    def _skip(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _header(self) -> KeyPath:
        """A table's path; `[[…]]` adds one to the array of that name."""
        double = self.text.startswith("[[", self.at)
        names, span = self._key(self.at + (2 if double else 1))
        end = self.text.find("\n", self.at)
        self.at = len(self.text) if end == -1 else end
        path = self._resolved(names, last=not double)
        if double:
            index = self.arrays[path] = self.arrays.get(path, -1) + 1
            path = (*path, index)
        self.keys[path] = self.values[path] = span
        return path

    def _resolved(self, names: list[str], *, last: bool) -> KeyPath:
        """A dotted name inside arrays of tables means the newest entry of each."""
        path: KeyPath = ()
        for position, name in enumerate(names):
            path = (*path, name)
            if path in self.arrays and (last or position < len(names) - 1):
                path = (*path, self.arrays[path])
        return path

    def _key(self, at: int) -> tuple[list[str], Span]:
        while self.text[at : at + 1] in (" ", "\t"):
            at += 1
        found = _KEY.match(self.text, at)
        if found is None:
            return [], Span(self.start + at, self.start + at)
        names = [_unquoted(part[0]) for part in _KEY_PART.finditer(found[0])]
        self.at = found.end()
        return names, Span(self.start + at, self.start + found.end())

    def _pair(self, table: KeyPath) -> None:
        names, span = self._key(self.at)
        if not names:
            return
        path = (*table, *names)
        self.keys[path] = span
        equals = self.text.find("=", self.at)
        self.at = len(self.text) if equals == -1 else equals + 1
        self._skip()
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        begin = self.at
        match self.text[self.at : self.at + 1]:
            case "[":
                self._items(path)
            case "{":
                self._inline(path)
            case _:
                found = _TEXT.match(self.text, self.at) or _BARE.match(self.text, self.at)
                self.at = found.end() if found else len(self.text)
        self.values[path] = Span(self.start + begin, self.start + self.at)

    def _items(self, path: KeyPath) -> None:
        self.at, index = self.at + 1, 0
        self._skip()
        while self.at < len(self.text) and self.text[self.at] != "]":
            self._value((*path, index))
            index += 1
            self._skip()
        self.at += 1

    def _inline(self, path: KeyPath) -> None:
        self.at += 1
        self._skip()
        while self.at < len(self.text) and self.text[self.at] != "}":
            before = self.at
            self._pair(path)
            self._skip()
            if self.at == before:
                self.at = len(self.text)
        self.at += 1


def _unquoted(part: str) -> str:
    if part[0] == "'":
        return part[1:-1]
    return str(tomllib.loads(f"key = {part}")["key"]) if part[0] == '"' else part
