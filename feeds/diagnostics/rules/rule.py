"""Owns the shape of one rule."""

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
