"""Owns the words before and behind a title that say that it is cancelled or postponed."""

from __future__ import annotations

import re
from typing import Literal

from feeds.understand.people.values import Slice

_CANCELLED = (
    "cancell?ed|abgesagt|entf[äa]llt|annul[ée]e?|supprim[ée]e?|cancelad[oa]|anulad[oa]|suspendid[oa]"
    "|annullat[oa]|cancellat[oa]|geannuleerd|afgelast|vervalt"
)
_POSTPONED = (
    "postponed|verschoben|vertagt|report[ée]e?|aplazad[oa]|pospuest[oa]|rinviat[oa]|posticipat[oa]|adiad[oa]"
    "|uitgesteld"
)
_POSTPONED_BEFORE = re.compile(
    rf"(?:[\[(](?:{_POSTPONED})[\])]\s?:?|(?:{_POSTPONED})(?:\s?[:!]|\s[-–—|]\s))", re.I
)
_POSTPONED_AFTER = re.compile(rf"(?:[-–—|]\s?(?:{_POSTPONED})|[\[(](?:{_POSTPONED})[\])])[.!]?$", re.I)
_CANCELLED_BEFORE = re.compile(
    rf"(?:[\[(](?:{_CANCELLED})[\])]\s?:?|(?:{_CANCELLED})(?:\s?[:!]|\s[-–—|]\s))", re.I
)
_CANCELLED_AFTER = re.compile(rf"(?:[-–—|]\s?(?:{_CANCELLED})|[\[(](?:{_CANCELLED})[\])])[.!]?$", re.I)
_STATES: tuple[tuple[re.Pattern[str], re.Pattern[str], Literal["cancelled", "postponed"]], ...] = (
    (_CANCELLED_BEFORE, _CANCELLED_AFTER, "cancelled"),
    (_POSTPONED_BEFORE, _POSTPONED_AFTER, "postponed"),
)


def with_status(text: str, span: Slice) -> tuple[Slice, Literal["cancelled", "postponed"] | None]:
    """What is left without the word that says the state, and that state."""
    start, end = span
    for before, after, status in _STATES:
        if found := before.match(text, start, end):
            return (found.end(), end), status
        if found := after.search(text, max(start, end - 30), end):
            return (start, found.start()), status
    return span, None
