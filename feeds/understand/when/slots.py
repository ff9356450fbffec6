"""Owns the reading of time phrases: matched tokens to `Times`, as written and not yet solved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from feeds.understand.when.spoken import SPOKEN
from feeds.understand.when.tokens import Token
from feeds.understand.when.values import Clock, Meridiem, Style, Times, Zone

_STYLES: dict[str, Style] = {
    "C": "colon",
    "d": "dot",
    "H": "h",
    "c": "h",
    "D": "bare",
    "K": "compact",
    "Y": "compact",
}
_UNTIL = frozenset(["till", "until", "til", "bis", "tot", "hasta", "até", "ate", "jusqu", "fino"])


@dataclass(slots=True)
class _Draft:
    """One clock while its phrase is read."""

    start: int
    end: int
    hour: int
    minute: int
    style: Style
    padded: bool
    meridiem: Meridiem | None = None
    zone: Zone | None = None

    def value(self) -> Clock:
        return Clock(
            at=(self.start, self.end),
            hour=self.hour,
            minute=self.minute,
            meridiem=self.meridiem,
            style=self.style,
            padded=self.padded,
        )


def read_slot(tokens: list[Token]) -> Times | None:
    """A slot; None where the numbers cannot be times of a day ("99:99")."""
    drafts = _drafts(tokens)
    open_end = any(token.kind in "Ll" for token in tokens)
    if not drafts or not _credible(drafts):
        return None
    zone = next((draft.zone for draft in reversed(drafts) if draft.zone), None)
    end = drafts[1].value() if len(drafts) > 1 else None
    at = (tokens[0].start if tokens[0].kind == "U" else drafts[0].start, tokens[-1].end)
    return Times(at=at, start=drafts[0].value(), end=end, open_end=open_end, zone=zone)


def read_until(tokens: list[Token]) -> Times | None:
    """A slot of which only the end is written: "until 22:00"."""
    if tokens[0].sense not in _UNTIL:
        return None
    slot = read_slot(tokens[1:])
    return slot and Times(at=(tokens[0].start, slot.at[1]), start=None, end=slot.start, zone=slot.zone)


def _drafts(tokens: list[Token]) -> list[_Draft]:
    drafts: list[_Draft] = []
    for token in tokens:
        if token.kind in _STYLES:
            drafts.append(_number(token))
        elif token.kind == "B" and drafts and drafts[-1].end == token.start - 1 and drafts[-1].hour == 12:
            _mark(drafts[-1], token, "pm" if token.sense == "noon" else "am")
        elif token.kind == "B":
            hour = 12 if token.sense == "noon" else 0
            drafts.append(_Draft(token.start, token.end, hour, 0, "word", padded=False))
        elif token.kind in "AE" and drafts:
            _mark(drafts[-1], token, cast(Meridiem, token.sense))
        elif token.kind == "U" and drafts:
            drafts[-1].style = "h" if drafts[-1].style == "bare" else drafts[-1].style
            drafts[-1].end = token.end
        elif token.kind == "Z" and drafts and drafts[-1].zone is None:
            drafts[-1].zone = token.zone
    return drafts[:2]


def _number(token: Token) -> _Draft:
    hour, minute = (
        (token.number // 100, token.number % 100) if token.kind == "Y" else (token.number, token.minute)
    )
    style = "bare" if token.sense == SPOKEN else _STYLES[token.kind]
    return _Draft(token.start, token.end, hour, minute, style, padded=token.sense == "padded")


def _mark(draft: _Draft, token: Token, meridiem: Meridiem) -> None:
    # German "19:00 am Mittwoch" is no meridiem.
    if token.kind == "A" and meridiem == "am" and draft.hour > 12:
        return
    draft.meridiem, draft.end = meridiem, token.end


_LATEST_SLIP = 30
"""No author means a later hour: "25:30" beside a day is a slip, "42:10" a record."""


def _credible(drafts: list[_Draft]) -> bool:
    """Whether these are clocks, one of them perhaps an author's slip, and not some other kind of number."""
    possible = [draft for draft in drafts if draft.hour <= 24 and draft.minute < 60]
    marked = any(draft.meridiem or draft.zone for draft in drafts)
    only = drafts[0] if len(drafts) == 1 else None
    if only is not None and only.style == "compact" and not (only.minute or only.padded or marked):
        return False  # "300 heures" are no three o'clock
    slip = all(draft.style == "colon" and draft.hour < _LATEST_SLIP and draft.minute < 60 for draft in drafts)
    return marked or possible == drafts or slip or (len(drafts) > 1 and bool(possible))


def _leads(word: Token) -> bool:
    """Whether a word leads to a time ("at", "from", "a las"); a lone "a" may lead to anything."""
    return (word.kind in "tagFfUb" or word.sense == "las") and word.sense != "a"


def leans(tokens: list[Token], *, before: Token | None, gap: str) -> bool:
    """Whether a slot needs a date, zone or line start beside it: "2h", "at 1.20", "14.00 - 14.30"."""
    numbers = [token for token in tokens if token.kind in "CdKYDHcB"]
    if any(token.kind in "AEUZ" for token in tokens):
        return False
    if numbers[0].kind == "C" and numbers[0].number > 24:
        return True
    first, spoken = numbers[0], before is not None and _leads(before)
    if first.kind == "B":
        return len(numbers) == 1 and not (spoken or first.number)
    if first.kind == "c" and len(numbers) == 1:
        padded = first.number < 7 and first.end - first.start == len("02h")
        return not (spoken or (before is None and (first.number >= 7 or first.number == 0 or padded)))
    if all(token.kind in "dD" for token in numbers):
        return not (spoken and first.number >= 7)
    return gap == "#"
