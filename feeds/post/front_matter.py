"""Owns front matter: YAML or TOML between fences, its values as written, and the span of every key and value."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler, YAMLHandler

from feeds.diagnostics import Diagnostic, report
from feeds.source import Source, Span

KeyPath = tuple[str | int, ...]

MOST_NODES = 20_000
MOST_LEVELS = 20
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_OPENING = re.compile(r"[ \t\n]*(---|\+\+\+)[ \t]*(?:\n|\Z)")
_INT = re.compile(r"[-+]?\d{1,15}\Z")
_FLOAT = re.compile(r"[-+]?\d{1,15}\.\d{1,15}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """Values by key as written (YAML 1.2 core: `14:40`, `NO` and dates stay text) and where they stand.

    `keys` has the span of each key, `values` that of each value, both by path, such as
    `("sessions", 0, "title")`.
    """

    data: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[KeyPath, Span] = field(default_factory=dict)
    values: Mapping[KeyPath, Span] = field(default_factory=dict)

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


class _Refused(Exception):
    def __init__(self, rule: str, message: str, span: Span, remedy: str) -> None:
        super().__init__(message)
        self.rule, self.message, self.span, self.remedy = rule, message, span, remedy


def read_front_matter(source: Source) -> tuple[FrontMatter | None, int, tuple[Diagnostic, ...]]:
    """The front matter, the offset where the body begins, and what is wrong.

    A post without front matter has an empty one. None means that the post cannot be read.
    Reports: unclosed-front-matter, invalid-front-matter, duplicate-key, front-matter-too-complex.
    """
    opening = _OPENING.match(source.text)
    if not opening:
        return FrontMatter(), 0, ()
    fence, start = opening[1], opening.end()
    closing = re.compile(rf"^{re.escape(fence)}[ \t]*$", re.MULTILINE).search(source.text, start)
    if not closing:
        if not _looks_like_keys(source.text[start : start + 500]):
            return FrontMatter(), 0, ()  # a thematic break, not front matter
        return None, 0, (_unclosed(source, fence, Span(*opening.span(1))),)
    handler = _Yaml(source, start) if fence == "---" else _Toml(source, start)
    try:
        # python-frontmatter drives the handler: it detects, splits and loads
        frontmatter.parse(source.text[opening.start(1) : closing.end()] + "\n", handler=handler)
    except _Refused as problem:
        told = report(problem.rule, problem.message, source=source, span=problem.span, help=problem.remedy)
        return None, 0, (told,)
    return handler.read, closing.end(), tuple(handler.findings)


def _looks_like_keys(text: str) -> bool:
    first = next((line for line in text.split("\n") if line.strip()), "")
    return re.match(r"[\w-]{1,40}[ \t]*[:=]", first) is not None


def _unclosed(source: Source, fence: str, span: Span) -> Diagnostic:
    return report(
        "unclosed-front-matter",
        f"the front matter opens with `{fence}` but is never closed",
        source=source,
        span=span,
        help=f"add a line `{fence}` after the last key",
    )


class _Yaml(YAMLHandler):  # type: ignore[misc]  # python-frontmatter is untyped
    FM_BOUNDARY = re.compile(r"^-{3}[ \t]*$", re.MULTILINE)

    def __init__(self, source: Source, start: int) -> None:
        super().__init__()
        self.source, self.start = source, start
        self.read = FrontMatter()
        self.findings: list[Diagnostic] = []
        self._nodes = 0
        self._keys: dict[KeyPath, Span] = {}
        self._values: dict[KeyPath, Span] = {}

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        text = fm.removeprefix("\n")
        if len(text) > 200_000:
            raise _Refused("front-matter-too-complex", "the front matter is longer than 200,000 characters",
                           Span(self.start, self.start), "move data out of the post")  # fmt: skip
        try:
            node = yaml.compose(text, Loader=_LOADER)
        except yaml.MarkedYAMLError as problem:
            raise self._invalid(problem) from problem
        except (yaml.YAMLError, RecursionError) as problem:
            raise _Refused("invalid-front-matter", "the front matter is not YAML",
                           Span(self.start, self.start), "quote values that hold special characters") from problem  # fmt: skip
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            raise _Refused("invalid-front-matter", "the front matter is not a list of `key: value` lines",
                           self._span(node), "write `title: …` on a line of its own")  # fmt: skip
        data = self._value(node, (), 0)
        self.read = FrontMatter(data=data, keys=self._keys, values=self._values)
        return dict(data)

    def _invalid(self, problem: yaml.MarkedYAMLError) -> _Refused:
        mark = problem.problem_mark or problem.context_mark
        at = self.start + (mark.index if mark is not None else 0)
        what = (problem.problem or "it cannot be read").replace("\n", " ")
        return _Refused("invalid-front-matter", f"the front matter is not YAML: {what}", Span(at, at + 1),
                        "put quotes around a value that holds `: `, `#` or begins with `@`, `*`, `&` or `[`")  # fmt: skip

    def _span(self, node: yaml.Node) -> Span:
        return Span(self.start + node.start_mark.index, self.start + node.end_mark.index)

    def _value(self, node: yaml.Node, path: KeyPath, level: int) -> Any:
        self._nodes += 1
        if self._nodes > MOST_NODES or level > MOST_LEVELS:
            raise _Refused("front-matter-too-complex", "the front matter is nested or aliased beyond measure",
                           self._span(node), "write the values out, without `&` and `*`")  # fmt: skip
        self._values[path] = self._span(node)
        match node:
            case yaml.MappingNode():
                return self._mapping(node, path, level)
            case yaml.SequenceNode():
                return [self._value(item, (*path, index), level + 1) for index, item in enumerate(node.value)]
            case _:
                return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath, level: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            if key in found:
                self._duplicate(key, key_node)
            self._keys[(*path, key)] = self._span(key_node)
            found[key] = self._value(value_node, (*path, key), level + 1)
        return found

    def _duplicate(self, key: str, node: yaml.Node) -> None:
        raise _Refused("duplicate-key", f"the key `{key[:60]}` stands twice in the front matter",
                       self._span(node), "keep one of the two")  # fmt: skip


def _scalar(node: yaml.Node) -> str | int | float | bool | None:
    """YAML 1.2 core schema, so that `14:40`, `NO` and `2024-13-14` stay what the author wrote."""
    value = str(node.value)
    if getattr(node, "style", None):  # quoted or a block: text
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


class _Toml(BaseHandler):  # type: ignore[misc]  # python-frontmatter is untyped
    FM_BOUNDARY = re.compile(r"^\+{3}[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def __init__(self, source: Source, start: int) -> None:
        super().__init__()
        self.source, self.start = source, start
        self.read = FrontMatter()
        self.findings: list[Diagnostic] = []

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        text = fm.removeprefix("\n")
        try:
            data = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as problem:
            raise self._invalid(str(problem)) from problem
        values = {path: Span(self.start + at, self.start + end) for path, at, end in _toml_lines(text)}
        plain = {key: _plain(value) for key, value in data.items()}
        self.read = FrontMatter(data=plain, keys=values, values=values)
        return dict(plain)

    def _invalid(self, message: str) -> _Refused:
        found = re.search(r"at line (\d+), column (\d+)", message)
        line = self.source.position(self.start).line + int(found[1]) - 1 if found else 1
        at = self.source.starts[min(line, len(self.source.starts)) - 1] + (int(found[2]) - 1 if found else 0)
        what = message.split(" (at ")[0]
        rule = "duplicate-key" if "overwrite" in message else "invalid-front-matter"
        return _Refused(rule, f"the front matter is not TOML: {what}", Span(at, at + 1),
                        "see the line for a missing quote or bracket")  # fmt: skip


def _toml_lines(text: str) -> list[tuple[KeyPath, int, int]]:
    """Spans of the lines of top-level keys; tomllib tells no positions of its own."""
    found = re.finditer(r"^([A-Za-z0-9_-]{1,60})[ \t]*=.*$", text.split("\n[")[0], re.MULTILINE)
    return [((match[1],), match.start(), match.end()) for match in found]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool) else str(value)
