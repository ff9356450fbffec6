"""Owns findings as GitHub workflow commands, which a pull request shows beside the line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from feeds.diagnostics import Diagnostic, Severity
from feeds.diagnostics.plain import visible, visible_lines

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """One command a line; empty where there are none."""
    return "\n".join(_command(diagnostic) for diagnostic in diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    properties = {"file": visible(diagnostic.path), "line": str(diagnostic.line)}
    if diagnostic.end_line == diagnostic.line:
        # The runner drops an annotation that has columns and spans more than one line.
        properties |= {"col": str(diagnostic.column), "endColumn": str(diagnostic.end_column)}
    else:
        properties |= {"endLine": str(diagnostic.end_line)}
    properties |= {"title": diagnostic.rule}
    listed = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    return f"::{_LEVELS[diagnostic.severity]} {listed}::{_escape(_words(diagnostic))}"


def _words(diagnostic: Diagnostic) -> str:
    lines = [visible(diagnostic.message)]
    if diagnostic.help:
        first, *rest = visible_lines(diagnostic.help)
        lines += [f"help: {first}", *rest]
    return "\n".join(lines)


# actions/toolkit, packages/core/src/command.ts: escapeData and escapeProperty.
def _escape(data: str) -> str:
    return data.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(value: str) -> str:
    return _escape(value).replace(":", "%3A").replace(",", "%2C")
