"""Owns the reading of YAML: plain values as written, with spans, and nothing that can explode."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final, NoReturn

import yaml

from feeds.post.refused import RefusedError
from feeds.post.values import MOST_LEVELS, MOST_NODES, FrontMatter, KeyPath
from feeds.source import Span

_LOADER: Final[type[Any]] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT: Final = re.compile(r"[-+]?\d{1,15}\Z", re.ASCII)
_FLOAT: Final = re.compile(r"[-+]?\d{1,15}\.\d{1,15}\Z", re.ASCII)
_CORE_TAG: Final = re.compile(r"!|tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq|timestamp)\Z")


def read_yaml(text: str, start: int) -> FrontMatter:
    """The front matter in a text that begins at a source offset; empty text is an empty mapping.

    Values that hold ": " without quotes, which is no YAML, are read as they are meant where nothing else is
    wrong; `FrontMatter.unquoted` says which.

    Raises: RefusedError for invalid-front-matter, duplicate-key, front-matter-too-complex.
    """
    try:
        return _Reader(text, start).read()
    except RefusedError as problem:
        meant = _UNQUOTED.sub(_held, text) if problem.rule == "invalid-front-matter" else text
        if meant == text or _HELD in text:
            raise
        try:
            found = _Reader(meant, start).read()
        except RefusedError:
            raise problem from None
        held = [path for path, span in found.values.items() if _is_held(meant, span, start)]
        around = {path[:-1] for path in held}  # a mapping on one line holds the value, and is none
        unquoted = [path for path in held if path not in around]
        return replace(found, data=_restored(found.data), unquoted=tuple(unquoted))


_UNQUOTED: Final = re.compile(
    r"^([ \t]{0,40}(?:- {1,4})?[\w.-]{1,60}: {1,4})([^\W_][^\n]{0,2000})$", re.MULTILINE
)
_HELD: Final = "\ue000"
"""Stands for the space behind a colon that no YAML may have in a value, and is taken out again."""


def _held(line: re.Match[str]) -> str:
    return line[1] + line[2].replace(": ", ":" + _HELD)


def _is_held(text: str, span: Span, start: int) -> bool:
    value = text[span.start - start : span.end - start]
    return _HELD in value and "\n" not in value


def _restored(value: Any) -> Any:
    """A value with its spaces; as deep as MOST_LEVELS."""
    if isinstance(value, str):
        return value.replace(_HELD, " ")
    if isinstance(value, dict):
        return {key: _restored(one) for key, one in value.items()}
    return [_restored(one) for one in value] if isinstance(value, list) else value


class _Reader:
    """Builds values from the parser's events: loading objects would recurse and expand without bounds."""

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start = text, start
        self.events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        self.nodes = 0
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.keys: dict[KeyPath, Span] = {}
        self.values: dict[KeyPath, Span] = {}

    def read(self) -> FrontMatter:
        try:
            return self._document()
        except yaml.MarkedYAMLError as problem:
            mark = problem.problem_mark or problem.context_mark
            at = self.start + (mark.index if mark is not None else 0)
            raise self._broken(at, problem.problem) from None
        except yaml.YAMLError as problem:
            at = self.start + (getattr(problem, "position", 0) or 0)
            raise self._broken(at, getattr(problem, "reason", None)) from None

    def _broken(self, at: int, reason: object) -> RefusedError:
        what = str(reason or "it cannot be read").replace("\n", " ")
        return RefusedError(
            "invalid-front-matter",
            f"the front matter is not YAML: {what}",
            span=Span(at, at + 1),
            remedy="put quotes around a value that holds `: `, `#` or begins with `@`, `*`, `&` or `[`",
        )

    def _document(self) -> FrontMatter:
        event = self._next(yaml.StreamStartEvent, yaml.DocumentStartEvent)
        if isinstance(event, yaml.StreamEndEvent):
            return FrontMatter()
        data = self._value(event, ())
        rest = self._next(yaml.DocumentEndEvent)
        if not isinstance(rest, yaml.StreamEndEvent):
            self._invalid("the front matter holds a second document", rest, remedy="keep one of the two")
        if data is None and isinstance(event, yaml.ScalarEvent):
            return FrontMatter()
        if not isinstance(data, dict):
            what = "a list" if isinstance(data, list) else "a text"
            message = f"the front matter is {what}, not lines of `key: value`"
            self._invalid(message, event, remedy="write `title: …` on a line of its own")
        return FrontMatter(data=data, keys=self.keys, values=self.values)

    def _next(self, *skipped: type[Any]) -> Any:
        event = next(self.events)
        while isinstance(event, skipped):
            event = next(self.events)
        return event

    def _value(self, event: Any, path: KeyPath) -> Any:
        self._count(event, path, 1)
        before = self.nodes
        match event:
            case yaml.AliasEvent():
                return self._alias(event, path)
            case yaml.MappingStartEvent():
                value: Any = self._mapping(event, path)
            case yaml.SequenceStartEvent():
                value = self._sequence(event, path)
            case _:
                self._tag(event)
                value = _scalar(event)
                self.values[path] = self._span(event, event)
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, self.nodes - before + 1)
        return value

    def _count(self, event: Any, path: KeyPath, nodes: int) -> None:
        self.nodes += nodes
        if self.nodes > MOST_NODES or len(path) > MOST_LEVELS:
            self._refuse(
                "front-matter-too-complex",
                "the front matter is nested or aliased beyond measure",
                self._span(event, event),
                remedy="write the values out, without `&` and `*`",
            )

    def _alias(self, event: Any, path: KeyPath) -> Any:
        if event.anchor not in self.anchors:
            name = event.anchor[:60]
            message = f"`*{name}` stands for nothing: there is no whole value `&{name}` above"
            self._invalid(message, event, remedy="put quotes around a value that begins with `*`")
        value, nodes = self.anchors[event.anchor]
        self._count(event, path, nodes)
        self.values[path] = self._span(event, event)
        return value

    def _mapping(self, start: Any, path: KeyPath) -> dict[str, Any]:
        self._tag(start)
        found: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._invalid("a key is not a plain text", event, remedy="write `key: value`")
            key = str(event.value)
            span = self._span(event, event)
            if key in found:
                message = f"the key `{key[:60]}` stands twice in the front matter"
                self._refuse("duplicate-key", message, span, remedy="keep one of the two")
            self.keys[(*path, key)] = span
            found[key] = self._value(next(self.events), (*path, key))
        self.values[path] = self._span(start, event)
        return found

    def _sequence(self, start: Any, path: KeyPath) -> list[Any]:
        self._tag(start)
        found: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self._value(event, (*path, len(found))))
        self.values[path] = self._span(start, event)
        return found

    def _tag(self, event: Any) -> None:
        if event.tag is not None and not _CORE_TAG.match(event.tag):
            tag = event.tag.replace("tag:yaml.org,2002:", "!!", 1)[:60]
            self._invalid(
                f"the tag `{tag}` is refused", event, remedy="delete the tag and write the plain value"
            )

    def _span(self, first: Any, last: Any) -> Span:
        """From the start of one event to the end of another, the white space behind it left out."""
        start, end = first.start_mark.index, last.end_mark.index
        end = start + len(self.text[start:end].rstrip())
        return Span(self.start + start, self.start + max(start, end))

    def _invalid(self, message: str, event: Any, *, remedy: str) -> NoReturn:
        self._refuse("invalid-front-matter", message, self._span(event, event), remedy=remedy)

    def _refuse(self, rule: str, message: str, span: Span, *, remedy: str) -> NoReturn:
        raise RefusedError(rule, message, span=span, remedy=remedy) from None


def _scalar(event: Any) -> str | int | float | bool | None:
    """YAML 1.2 core schema, so that `14:40`, `NO` and `2024-13-14` stay what the author wrote."""
    value = str(event.value)
    if event.style or event.tag == "tag:yaml.org,2002:str":  # quoted, a block or said to be text
        return value
    match value:
        case "" | "~" | "null" | "Null" | "NULL":
            return None
        case "true" | "True" | "TRUE":
            return True
        case "false" | "False" | "FALSE":
            return False
    if _INT.match(value):
        return int(value) if value == str(int(value)) else value
    return float(value) if _FLOAT.match(value) and value == str(float(value)) else value
