"""Owns how a reader of front matter says that it cannot go on."""

from __future__ import annotations

from feeds.source import Span


class RefusedError(Exception):
    """Front matter that cannot be used: the rule, one sentence, where (in the source), what to do."""

    def __init__(self, rule: str, message: str, *, span: Span, remedy: str) -> None:
        super().__init__(message)
        self.rule, self.message, self.span, self.remedy = rule, message, span, remedy
