"""Owns whether "What:" names what takes place, or tells of what the heading above it names."""

from __future__ import annotations

from feeds.understand.labels import asks_what, label_of
from feeds.understand.outline import Scope
from feeds.understand.phrases import is_generic_heading

FEWEST = 2
"""Headings over a "What:" and a "When:" each: of one alone, "Join us!" may be all that it says."""


def describe_sections(root: Scope) -> None:
    """In a post of several headings with "What:" and "When:" below, each heading is a name of its own."""
    named = [
        child
        for scope in root.walk()
        if scope.kind == "section" and scope.lines and not is_generic_heading(scope.lines[0].text)
        for child in scope.body[:1]
        if _says_what(child) and child.facts.timed
    ]
    if len(named) >= FEWEST:
        for child in named:
            child.describe()


def _says_what(scope: Scope) -> bool:
    labels = (label_of(line) for line in scope.lines)
    return any(label is not None and asks_what(label) for label in labels)
