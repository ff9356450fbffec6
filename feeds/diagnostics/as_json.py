"""Owns findings as JSON objects, for editors and scripts."""

from __future__ import annotations

from collections.abc import Sequence

from feeds.diagnostics import Diagnostic
from feeds.diagnostics.plain import dump


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """A JSON array with one object a finding; `[]` where there are none."""
    return dump([as_object(diagnostic) for diagnostic in diagnostics])


def as_object(diagnostic: Diagnostic) -> dict[str, object]:
    """One finding: lines and columns count from 1, the end is exclusive."""
    return {
        "rule": diagnostic.rule,
        "severity": str(diagnostic.severity),
        "path": diagnostic.path,
        "line": diagnostic.line,
        "column": diagnostic.column,
        "end_line": diagnostic.end_line,
        "end_column": diagnostic.end_column,
        "message": diagnostic.message,
        "help": diagnostic.help,
    }
