"""Owns an octet-level check of feeds by the rules A to E; it knows RFC 5545, not how feeds are made."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.conformance import grammar
from tests.conformance.meaning import check_meaning

MOST_OCTETS, MOST_EVENTS = 900_000, 1000


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A broken rule; lines count from 1 in the file."""

    line: int
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """One content line, unfolded, at the number of its first physical line."""

    number: int
    name: str
    params: tuple[tuple[str, tuple[str, ...]], ...]
    value: str

    def param(self, name: str) -> str | None:
        return next((",".join(values) for key, values in self.params if key == name), None)


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END."""

    name: str
    number: int
    lines: list[Content] = field(default_factory=list)
    inner: list[Component] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def all(self, name: str) -> list[Content]:
        return [line for line in self.lines if line.name == name]

    def one(self, name: str) -> Content | None:
        return next(iter(self.all(name)), None)

    def value(self, name: str) -> str | None:
        line = self.one(name)
        return line.value if line is not None else None

    def components(self, *names: str) -> list[Component]:
        return [component for component in self.inner if component.name in names]


def check(data: bytes, *, one_off: bool = False) -> list[Finding]:
    """Everything that is wrong with a feed, or with the download of one session, by line."""
    findings = list(_octets(data))
    contents = [line for line in _contents(data, findings) if line is not None]
    roots = _tree(contents, findings)
    if [root.name for root in roots] != ["VCALENDAR"]:
        findings.append(Finding(1, "A1", f"at the top: {[root.name for root in roots]}"))
    for root in roots:
        findings += _properties(root)
        if root.name == "VCALENDAR":
            findings += [Finding(*found) for found in check_meaning(root, one_off=one_off)]
            findings += _size(data, root)
    return sorted(set(findings))


# --- octets ---------------------------------------------------------------------------------------------


def _octets(data: bytes) -> Iterator[Finding]:
    if not data.startswith(b"BEGIN:VCALENDAR\r\n"):
        yield Finding(1, "A2", "does not begin with BEGIN:VCALENDAR and CRLF")
    if not re.fullmatch(rb"(?:[^\r\n]+\r\n)+", data):
        yield Finding(1, "A2", "a bare CR or LF, a blank line, or no CRLF at the end")
    for number, line in enumerate(data.split(b"\r\n"), 1):
        yield from _physical(number, line)


def _physical(number: int, line: bytes) -> Iterator[Finding]:
    if len(line) > 75:
        yield Finding(number, "A3", f"{len(line)} octets")
    if not line.strip() and line:
        yield Finding(number, "A3", "a fold of nothing but spaces")
    try:
        text = line.decode("utf-8", "strict")
    except UnicodeDecodeError:
        yield Finding(number, "A3", "not UTF-8 by itself")
        return
    if (len(text) - len(text.rstrip("\\"))) % 2:
        yield Finding(number, "A3", "a fold splits an escape")
    for character in sorted(set(text) - {"\t"}):
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in "\ufeff\ufffe\uffff":
            yield Finding(number, "A5", f"U+{ord(character):04X}")
    if not unicodedata.is_normalized("NFC", text):
        yield Finding(number, "A5", "not in normal form C")


# --- content lines --------------------------------------------------------------------------------------


def _contents(data: bytes, findings: list[Finding]) -> Iterator[Content | None]:
    number = 1
    for raw in re.split(rb"\r\n(?![ \t])", data.removesuffix(b"\r\n")):
        text = re.sub(rb"\r\n[ \t]", b"", raw).decode("utf-8", "replace")
        yield _content(number, text, findings)
        number += raw.count(b"\r\n") + 1


_NAME = re.compile(r"[A-Za-z0-9-]+")
_SAFE = re.compile(rf'[^";:,{grammar.CTL}]*')
_QUOTED = re.compile(rf'"([^"{grammar.CTL}]*)"')


def _content(number: int, text: str, findings: list[Finding]) -> Content | None:
    """contentline = name *(";" param) ":" value, read from left to right (section 3.1)."""
    name = _NAME.match(text)
    if name is None:
        findings.append(Finding(number, "A6", f"no name: {text[:40]!r}"))
        return None
    at, params, names = name.end(), [], [name[0]]
    while text[at : at + 1] == ";":
        key = _NAME.match(text, at + 1)
        if key is None or text[key.end() : key.end() + 1] != "=":
            findings.append(Finding(number, "A6", f"no parameter: {text[at : at + 40]!r}"))
            return None
        at, values = _values(text, key.end() + 1)
        params.append((key[0].upper(), values))
        names.append(key[0])
    if text[at : at + 1] != ":":
        findings.append(Finding(number, "A6", f"no value: {text[:60]!r}"))
        return None
    value = text[at + 1 :]
    names += [value] if name[0].upper() in ("BEGIN", "END") else []
    findings += [Finding(number, "A7", f"{each} is not upper case") for each in names if each != each.upper()]
    return Content(number, name[0].upper(), tuple(params), value)


def _values(text: str, at: int) -> tuple[int, tuple[str, ...]]:
    values = []
    while True:
        match = _QUOTED.match(text, at) or _SAFE.match(text, at)
        assert match is not None, "an empty value matches too"
        values.append(_decoded(match[1] if match.re is _QUOTED else match[0]))
        at = match.end()
        if text[at : at + 1] != ",":
            return at, tuple(values)
        at += 1


def _decoded(value: str) -> str:
    """RFC 6868."""
    return re.sub(r"\^[\^'n]", lambda match: {"^^": "^", "^'": '"', "^n": "\n"}[match[0]], value)


def _tree(contents: list[Content], findings: list[Finding]) -> list[Component]:
    top = Component("", 0)
    stack = [top]
    for line in contents:
        match line.name:
            case "BEGIN":
                new = Component(line.value.upper(), line.number)
                if new.name not in grammar.INSIDE.get(stack[-1].name, set()):
                    findings.append(
                        Finding(line.number, _nesting(new.name), f"{new.name} may not stand here")
                    )
                stack[-1].inner.append(new)
                stack.append(new)
            case "END" if len(stack) > 1 and stack[-1].name == line.value.upper():
                stack.pop()
            case "END":
                findings.append(Finding(line.number, "A1", f"END:{line.value} closes nothing"))
            case _:
                if stack[-1].name == "VCALENDAR" and stack[-1].inner:
                    findings.append(Finding(line.number, "A1", f"{line.name} after a component"))
                stack[-1].lines.append(line)
        for component in stack[1:]:
            component.text.append(f"{line.name}:{line.value}")
        if line.name == "END" and stack[-1].inner:
            stack[-1].inner[-1].text.append(f"END:{line.value}")
    findings += [Finding(left.number, "A1", f"BEGIN:{left.name} is not closed") for left in stack[1:]]
    return top.inner


def _nesting(name: str) -> str:
    return {"VALARM": "C17", "PARTICIPANT": "D9", "VLOCATION": "D9"}.get(name, "A1")


# --- properties -----------------------------------------------------------------------------------------


def _properties(component: Component) -> Iterator[Finding]:
    allowed = grammar.COMPONENTS.get(component.name)
    if allowed is None:
        return
    counts = Counter(line.name for line in component.lines)
    for name, often in allowed.items():
        if (often == "1" and counts[name] != 1) or (often == "?" and counts[name] > 1):
            rule = grammar.CARDINALITY.get(name, "A1")
            yield Finding(component.number, rule, f"{counts[name]} {name} in {component.name}")
    for line in component.lines:
        if line.name not in allowed:
            rule = _stranger(line.name, component.name)
            yield Finding(line.number, rule, f"{line.name} in {component.name}")
        elif line.name in grammar.LINES:
            yield from _line(line)
    for inner in component.inner:
        yield from _properties(inner)


def _stranger(name: str, component: str) -> str:
    if (name, component) == ("UID", "VCALENDAR"):
        return "D4"
    return grammar.CARDINALITY.get(name, "D12")


def _line(line: Content) -> Iterator[Finding]:
    rules = grammar.LINES[line.name]
    if not rules.fits(line.value):
        yield Finding(line.number, rules.rule, f"{line.name}:{line.value[:60]!r}")
    for name, values in line.params:
        if name not in rules.params or not re.fullmatch(rules.params[name], ",".join(values), re.DOTALL):
            yield Finding(line.number, _parameter_rule(line.name), f"{line.name};{name}={values}")
        if line.name == "CONFERENCE" and name == "FEATURE" and any("," in value for value in values):
            yield Finding(line.number, "D7", "FEATURE is one quoted text and not a list")
    for name in rules.required:
        if line.param(name) is None:
            yield Finding(line.number, _parameter_rule(line.name), f"{line.name} without {name}")


def _parameter_rule(name: str) -> str:
    named = {
        "REFRESH-INTERVAL": "D3",
        "SOURCE": "D4",
        "IMAGE": "D6",
        "CONFERENCE": "D7",
        "DTSTART": "C5",
        "ORGANIZER": "B2",
    }
    return named.get(name, "A6")


def _size(data: bytes, calendar: Component) -> Iterator[Finding]:
    events = len(calendar.components("VEVENT"))
    if len(data) > MOST_OCTETS or events > MOST_EVENTS:
        yield Finding(1, "F23", f"{len(data)} octets and {events} VEVENTs, more than Google takes")
