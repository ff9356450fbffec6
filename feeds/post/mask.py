"""Owns what is not prose in a post's text (template tags, JSX, admonition fences), blanked out in place.

Every character keeps its offset, so spans need no translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# DEL is one byte, no Markdown parser gives it a meaning, and no line of text ever shows it.
HOLE = "\x7f"

_TRIGGER = re.compile(r"[{]|:::|!!!|\?\?\?|\[!|</?>|^(?:import|export)\b", re.MULTILINE)
# None of these crosses a brace, so that every character is looked at a bounded number of times.
_TEMPLATES = re.compile(
    r"\{\{[^{}]{0,2000}\}\}"  # Hugo shortcodes, Liquid, Jinja and Vue values
    r"|\{%[^{}]{0,2000}%\}"  # Liquid and Jinja tags
    r"|\{:[^{}\n]{0,200}\}"  # kramdown attributes
    r"|(?<==)\{(?:[^{}\n]|\{[^{}\n]{0,200}\}){0,300}+\}"  # the value of a JSX attribute
)
_FENCE = re.compile(
    r"(?P<before>[ \t>]{0,20}):{3,20}[ \t]{0,8}[\w-]{0,40}[ \t]{0,8}(?:\{[^{}]{0,200}\})?[ \t]{0,8}"
    r"(?:\[(?P<label>[^\[\]]{1,200})\]|(?P<title>.{0,200}))[ \t]*\Z"
)
_ALERT = re.compile(r"(?P<before>[ \t]{0,3}>[ \t>]{0,20})\[![\w-]{1,30}\][+-]?(?P<title>.*)\Z")
_INDENTED = re.compile(
    r"(?:!!!|\?\?\?\+?)(?:[ \t]{1,8}[\w-]{1,40}){1,5}[ \t]{0,8}(?:\"(?P<title>.*)\")?[ \t]*\Z"
)
_IMPORT = re.compile(r"import\s[^'\"\n]{0,300}['\"][^'\"\n]{1,300}['\"];?[ \t]*\Z|import\s{1,8}\{?[ \t]*\Z")
_EXPORT = re.compile(r"export\s{1,8}(?:default|const|let|var|function|class|async|\{|\*)")
_FRAGMENT = re.compile(r"[ \t]*</?>[ \t]*\Z")


# "7. Oktober: …" is a day, though Markdown would number a list with it and show no day at all.
# Only behind a bullet: without one the line would run on from the paragraph or list above it.
_DAY = re.compile(
    r"^(?P<day>[ \t>]{0,8}[*+-][ \t]{1,3}\d{1,2}\.) "
    r"(?=(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
    r"(?: \d{4})?[ ]?(?:[:–—,(|-]|$))",
    re.MULTILINE,
)
_NO_BREAK = "\u00a0"
"""A space that makes no list of the number before it; in lines of text it is a space."""


def mask(text: str) -> tuple[str, frozenset[int]]:
    """The text with all that is not prose blanked out, and the offsets of newlines that end a title."""
    text = _DAY.sub(rf"\g<day>{_NO_BREAK}", text)
    if not _TRIGGER.search(text):
        return text, frozenset()
    lines = _without_templates(text).split("\n")
    _code(lines)
    titled = frozenset([*_fences(lines), *_indented(lines)])
    breaks = _ends_of(lines, titled)
    return "\n".join(_blank(line) for line in lines), breaks


def _without_templates(text: str) -> str:
    if "{" not in text:
        return text
    return _TEMPLATES.sub(lambda found: _hole(found[0]), _without_comments(text))


def _without_comments(text: str) -> str:
    """JSX comments: `{/* … */}`; one that never ends is text."""
    parts, at = [], 0
    while (start := text.find("{/*", at)) != -1 and (end := text.find("*/}", start)) != -1:
        parts += [text[at:start], _hole(text[start : end + 3])]
        at = end + 3
    return "".join((*parts, text[at:]))


def _hole(text: str) -> str:
    return "\n".join(HOLE * len(line) for line in text.split("\n"))


def _blank(line: str) -> str:
    """A line with nothing but holes separates blocks, as an empty one does."""
    return " " * len(line) if HOLE in line and not line.strip(f"{HOLE} \t") else line


def _code(lines: list[str]) -> None:
    """MDX: imports, and exports to the next empty line, are code; so are fragments."""
    inside = False
    for number, line in enumerate(lines):
        inside = bool(line.strip()) and (inside or _EXPORT.match(line) is not None or _opens_import(line))
        if inside or _IMPORT.match(line) or _FRAGMENT.match(line):
            lines[number] = HOLE * len(line)


def _opens_import(line: str) -> bool:
    return line.startswith("import") and re.match(r"import\s{1,8}\{[^}]{0,300}\Z", line) is not None


def _fences(lines: list[str]) -> Iterator[int]:
    """Docusaurus fences (`:::note Title`) and alerts (`> [!NOTE]`); yields the lines that keep a title."""
    for number, line in enumerate(lines):
        if found := _fence(line):
            name = "label" if found.groupdict().get("label") else "title"
            lines[number] = _only(line, found.span(name), before=found["before"])
            if found[name].strip():
                yield number


def _fence(line: str) -> re.Match[str] | None:
    if ":::" in line:
        return _FENCE.match(line)
    return _ALERT.match(line) if "[!" in line else None


def _only(line: str, span: tuple[int, int], *, before: str) -> str:
    """What stands before a fence and a slice of it, with holes for the rest."""
    start, end = span
    return before + HOLE * (start - len(before)) + line[start:end] + HOLE * (len(line) - end)


def _indented(lines: list[str]) -> Iterator[int]:
    """MkDocs admonitions (`!!! note` over indented text) become quotes, which need no indent."""
    inside = False
    for number, line in enumerate(lines):
        found = _INDENTED.match(line) if line.startswith(("!!!", "???")) else None
        if found is not None:
            inside = True
            lines[number] = (
                _only(line, found.span("title"), before=">  ") if found["title"] else HOLE * len(line)
            )
            if found["title"]:
                yield number
        elif inside and line.startswith(("    ", "\t")):
            lines[number] = (">   " + line[4:]) if line[0] == " " else ">" + line[1:]
        elif line.strip():
            inside = False


def _ends_of(lines: list[str], numbers: frozenset[int]) -> frozenset[int]:
    found, at = set(), 0
    for number, line in enumerate(lines):
        at += len(line)
        if number in numbers:
            found.add(at)
        at += 1
    return frozenset(found)
