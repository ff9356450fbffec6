"""Owns the people whom a phrase names behind "with" or "by", whatever stands before it."""

from __future__ import annotations

import re

from feeds.understand.people.leads import GIVEN
from feeds.understand.people.lists import likely_people, surely_people
from feeds.understand.people.values import Slice, fold
from feeds.understand.people.words import TITLES

_WITH = re.compile(
    r"\b(?P<given>(?:animée?s?|présentée?s?|modérée?s?|encadrée?s?|dirigid[oa]s?|presentad[oa]s?|impartid[oa]s?|"
    r"condott[oaie]|moderat[oaie]|tenut[oaie]|geleitet|moderiert|begeleid|gegeven|"
    rf"{GIVEN}|guided|introduced|curated)\s)?(?:with|by|mit|von|avec|par|con|por|com|met|door)\s"
    r"(?P<role>(?:(?:its|their|the|our|his|her|son|sa|leur|notre|der|die|dem|unserem|unserer|el|la|su|il|lo|sua|suo|o|a|"
    r"het|onze)\s)?[a-zà-ÿ-]{4,20}\s|(?:l['’]|il\s|la\s)?(?:avv|dott|prof|ing|arch|sig|dr)\.(?:ssa|ra|in)?\s)?(?=[A-ZÀ-Þ])"
)
_END = re.compile(
    r"[.;:!?()–—|]\s?|,\s(?=[a-z])|\s(?:in|at|on|to|of|for|from|about|im|am|aus|vom|beim|zu|über|dans|en|à|sur|su|nel|no|na|op|over)\s|$"
)
_FARTHEST = 300


def accompanied(text: str) -> Slice | None:
    """The full names behind "with" or "by" ("a walk with Ada Ek and Bo Li", "by its author Cy Wu")."""
    for found in _WITH.finditer(text):
        start = found.end()
        named = text[start : _end(text, start)].rstrip(" ,")
        told = found["role"] or found["given"] or start + len(named) == len(text.rstrip(" .,"))
        if " " in named and (likely_people if told else surely_people)(named):
            return start, start + len(named)
    return None


def _end(text: str, start: int) -> int:
    """Where the list of names ends: at a sign or a word that no list of them has; not behind "Dr."."""
    far = min(len(text), start + _FARTHEST)
    for found in _END.finditer(text, start, far):
        word = text[max(start, found.start() - 5) : found.start()].rpartition(" ")[2]
        if not (found[0].startswith(".") and (len(word) == 1 or fold(word) in TITLES)):
            return found.start()
    return far
