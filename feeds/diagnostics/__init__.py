"""Owns what is told to authors: one `Diagnostic` value, the table of rules, one renderer a format."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from feeds.diagnostics.rules import RULES, Rule

if TYPE_CHECKING:
    from feeds.source import Source, Span

__all__ = ["RULES", "Diagnostic", "Rule", "Severity", "quoted", "report"]


LONGEST_QUOTE = 60


def quoted(text: str) -> str:
    """A text of the post as a message quotes it; of a long one the beginning."""
    if len(text) <= LONGEST_QUOTE:
        return f"`{text}`"
    beginning = text[:LONGEST_QUOTE]
    return f"`{beginning.rpartition(' ')[0].rstrip(' ,:;&–—-') or beginning}…`"


class Severity(IntEnum):
    """Sorts worst first."""

    ERROR = 0
    WARNING = 1
    NOTE = 2

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding: where (lines and columns from 1, the end exclusive), which rule, one sentence, a remedy.

    `source_line` is the text of the first line, so that renderers need no file.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    severity: Severity
    rule: str
    message: str
    help: str | None = None
    source_line: str = ""

    @property
    def sort_key(self) -> tuple[object, ...]:
        """The total order: path, start, severity, rule, and then everything else."""
        return (self.path, self.line, self.column, self.severity, self.rule, self.end_line, self.end_column,
                self.message, self.help or "")  # fmt: skip


def report(
    rule: str,
    message: str,
    *,
    source: Source,
    span: Span,
    help: str | None = None,
    severity: Severity | None = None,
) -> Diagnostic:
    """A diagnostic at a span; the severity is the rule's own unless given.

    Raises: KeyError for a rule that is not in the table.
    """
    start, end = source.position(span.start), source.position(max(span.start, span.end))
    return Diagnostic(
        path=source.path,
        line=start.line,
        column=start.column,
        end_line=end.line,
        end_column=end.column,
        severity=Severity[RULES[rule].severity.upper()] if severity is None else severity,
        rule=rule,
        message=message,
        help=help,
        source_line=source.line(start.line),
    )
