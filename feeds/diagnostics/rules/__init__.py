"""Owns the table of rules: each has a name that reads as "allow <rule>", a severity and an explanation."""

from __future__ import annotations

from feeds.diagnostics.rules.reading import READING
from feeds.diagnostics.rules.rule import Rule
from feeds.diagnostics.rules.schedule import REVISIONS, SCHEDULE
from feeds.diagnostics.rules.time import TIME

__all__ = ["RULES", "Rule"]


def _table(*rules: Rule) -> dict[str, Rule]:
    return {rule.name: rule for rule in sorted(rules, key=lambda rule: rule.name)}


RULES: dict[str, Rule] = _table(*READING, *TIME, *SCHEDULE, *REVISIONS)
