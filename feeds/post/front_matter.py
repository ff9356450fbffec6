"""Owns the finding of front matter: YAML, TOML or JSON between fences, or lines of `Key: value`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import frontmatter
from frontmatter.default_handlers import BaseHandler

from feeds.diagnostics import Diagnostic, report
from feeds.post.key_lines import read_key_lines
from feeds.post.refused import RefusedError
from feeds.post.toml_values import read_toml
from feeds.post.values import FrontMatter, KeyPath
from feeds.post.yaml_values import read_yaml
from feeds.source import Source, Span

__all__ = ["FrontMatter", "KeyPath", "read_front_matter"]

MOST_CHARACTERS: Final = 200_000

_OPENING: Final = re.compile(r"[ \t\n]*(---|\+\+\+|\{)[ \t]*(?:\n|\Z)")
_CLOSING: Final = {
    "---": re.compile(r"^---[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
    "{": re.compile(r"^\}[ \t]*$", re.MULTILINE),
}
_UNREADABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_KEY: Final = re.compile(r"[\"']?[\w -]{1,40}[\"']?[ \t]{0,8}[:=]")


def read_front_matter(source: Source) -> tuple[FrontMatter | None, int, tuple[Diagnostic, ...]]:
    """The front matter, the offset where the body begins, and what is wrong.

    A post without front matter has an empty one. None means that the post cannot be read.
    Reports: unclosed-front-matter, invalid-front-matter, duplicate-key, front-matter-too-complex,
    unquoted-colon.
    """
    opening = _OPENING.match(source.text)
    if not opening:
        return (*read_key_lines(source.text), ())
    fence = opening[1]
    closing = _CLOSING[fence].search(source.text, opening.end())
    if not closing:
        if not _looks_like_keys(source.text[opening.end() : opening.end() + 500]):
            return FrontMatter(), 0, ()  # a thematic break, not front matter
        return None, 0, (_unclosed(source, fence, Span(*opening.span(1))),)
    handler = _Handler(fence, start=opening.start(1))
    try:
        # python-frontmatter drives the handler: it detects, splits and loads.
        frontmatter.parse(source.text[opening.start(1) : closing.end()] + "\n", handler=handler)
    except RefusedError as problem:
        told = report(problem.rule, problem.message, source=source, span=problem.span, help=problem.remedy)
        return None, 0, (told,)
    return handler.read, closing.end(), tuple(_unquoted(source, handler.read))


def _unquoted(source: Source, front: FrontMatter) -> Iterator[Diagnostic]:
    """What is told of the values that hold ": " and no quotes."""
    for path in front.unquoted:
        span = front.values[path]
        value = source.text[span.start : span.end].replace("\\", "\\\\").replace('"', '\\"')
        yield report(
            "unquoted-colon",
            "a value with `: ` in it needs quotes; it was read as if it had them",
            source=source,
            span=span,
            help=f'{path[-1]}: "{value}"' if isinstance(path[-1], str) else f'- "{value}"',
        )


def _looks_like_keys(text: str) -> bool:
    first = next((line for line in text.split("\n") if line.strip()), "")
    return _KEY.match(first.strip()) is not None


def _unclosed(source: Source, fence: str, span: Span) -> Diagnostic:
    end = "}" if fence == "{" else fence
    return report(
        "unclosed-front-matter",
        f"the front matter opens with `{fence}` but is never closed",
        source=source,
        span=span,
        help=f"add a line `{end}` after the last key",
    )


class _Handler(BaseHandler):  # type: ignore[misc,unused-ignore]  # python-frontmatter is untyped
    """Reads one post's front matter for python-frontmatter, and keeps where everything stood."""

    def __init__(self, fence: str, *, start: int) -> None:
        self.FM_BOUNDARY = _CLOSING["---"] if fence == "{" else _CLOSING[fence]
        self.START_DELIMITER = self.END_DELIMITER = fence
        super().__init__()
        self.read = FrontMatter()
        self._fence, self._start = fence, start

    def split(self, text: str) -> tuple[str, str]:
        """The front matter, from the line after the fence on (JSON: with its braces), and nothing more."""
        if self._fence == "{":
            return text, ""
        metadata, content = super().split(text)
        return metadata, content

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        """The values by key. Raises: RefusedError."""
        if len(fm) > MOST_CHARACTERS:
            raise RefusedError(
                "front-matter-too-complex",
                f"the front matter is longer than {MOST_CHARACTERS:,} characters",
                span=Span(self._start, self._start),
                remedy="move data out of the post",
            )
        reader: Callable[[str, int], FrontMatter] = read_toml if self._fence == "+++" else read_yaml
        text = _UNREADABLE.sub(" ", fm)  # told by `read_post`, and no reason to lose the post
        if self._fence == "{":
            text = text.replace("\t", " ")  # indents JSON, not YAML; no string of JSON holds one
        self.read = reader(text, self._start + (0 if self._fence == "{" else len(self._fence)))
        return dict(self.read.data)
