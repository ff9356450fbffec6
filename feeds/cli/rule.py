"""Owns the command that explains a finding: rule."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

import click
from rich.text import Text

from feeds.cli.options import Failure
from feeds.cli.printing import say, terminal_width
from feeds.cli.wrapping import wrapped
from feeds.diagnostics import RULES, Rule

STYLES: Final = {"error": "red", "warning": "yellow", "note": "cyan"}


@click.command()
@click.argument("name", required=False, metavar="[NAME]")
def rule(name: str | None) -> None:
    """Explain a finding, or list all that feeds looks for."""
    if name is None:
        say(table(RULES.values(), width=terminal_width()))
        return
    if name not in RULES:
        close = get_close_matches(name, RULES, n=1, cutoff=0.5)
        hint = f"did you mean `{close[0]}`?" if close else "see them all with `feeds rule`."
        raise Failure(f"There is no rule `{name}`; {hint}")
    say(page(RULES[name]))


def page(rule: Rule) -> Text:
    """One rule: what it finds, who suffers, a wrong fragment and the same put right."""
    return Text("\n\n").join(
        [
            Text.assemble((rule.name, "bold"), " ", (f"({rule.severity})", STYLES[rule.severity])),
            Text(rule.summary),
            Text.assemble(("Why: ", "bold"), rule.why),
            Text.assemble(("Not like this:", "bold"), "\n\n", _indented(rule.example)),
            Text.assemble(("Write:", "bold"), "\n\n", _indented(rule.remedy)),
        ]
    )


def table(rules: Iterable[Rule], *, width: int | None) -> Text:
    """All rules, one a paragraph, wrapped to `width` cells unless None."""
    rows = list(rules)
    column = max(len(rule.name) for rule in rows) + 2
    lines = [
        line
        for rule in rows
        for line in wrapped(
            Text(rule.summary),
            first=Text.assemble(
                (rule.severity.ljust(9), STYLES[rule.severity]), (rule.name.ljust(column), "bold")
            ),
            width=width,
        )
    ]
    return Text("\n").join(lines)


def _indented(fragment: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in fragment.split("\n"))
