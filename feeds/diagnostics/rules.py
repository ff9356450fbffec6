"""Owns the table of rules: each has a name that reads as "allow <rule>", a severity and an explanation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A kind of finding. `example` is a wrong post fragment, `remedy` the same put right."""

    name: str
    severity: Literal["error", "warning", "note"]
    summary: str
    why: str
    example: str = ""
    remedy: str = ""


def _table(*rules: Rule) -> dict[str, Rule]:
    return {rule.name: rule for rule in sorted(rules, key=lambda rule: rule.name)}


RULES: dict[str, Rule] = _table()
