"""Owns findings as a SARIF 2.1.0 log, for code scanning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

import feeds
from feeds.diagnostics import RULES, Diagnostic, Rule
from feeds.diagnostics.plain import dump

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """One log with one run, whose rules are those that were broken, sorted by name."""
    names = sorted({diagnostic.rule for diagnostic in diagnostics})
    driver = {
        "name": "feeds",
        "semanticVersion": feeds.__version__,
        "rules": [_descriptor(RULES[name]) for name in names],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, index=names.index(diagnostic.rule)) for diagnostic in diagnostics],
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _descriptor(rule: Rule) -> dict[str, object]:
    words = f"{rule.summary} {rule.why}"
    example = f"```markdown\n{rule.example}\n```\n\nWrite instead:\n\n```markdown\n{rule.remedy}\n```"
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": words},
        "help": {
            "text": f"{words}\n\n{rule.example}\n\nWrite instead:\n\n{rule.remedy}",
            "markdown": f"{words}\n\n{example}",
        },
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(diagnostic: Diagnostic, *, index: int) -> dict[str, object]:
    text = f"{diagnostic.message}\n{diagnostic.help}" if diagnostic.help else diagnostic.message
    region = {
        "startLine": diagnostic.line,
        "startColumn": diagnostic.column,
        "endLine": diagnostic.end_line,
        "endColumn": diagnostic.end_column,
    }
    # A path is a relative URI reference (SARIF 3.4.3): `a:b.md` unquoted would be a scheme.
    uri = quote(diagnostic.path, errors="replace")
    return {
        "ruleId": diagnostic.rule,
        "ruleIndex": index,
        "level": str(diagnostic.severity),
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}],
    }
