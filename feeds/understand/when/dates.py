"""Owns the reading of date phrases: tokens to `Days`, with months, weekdays and years given to each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

from feeds.understand.when.tokens import Token
from feeds.understand.when.values import Day, Days, Relative, Slice

_DAY_KINDS = frozenset("DOXI")
_MONTH_KINDS = frozenset("MmnJj")
_WEEKDAY_KINDS = frozenset("WwvJj")
_ROMANCE = frozenset({"es", "fr", "it"})
_ENGLISH_WORDS = frozenset({"so", "do", "ma", "mi", "fr", "sam"})
_TUESDAY = 1
_ROLES = {"D": "day", "O": "day", "M": "month", "m": "month", "W": "weekday", "w": "weekday", "Y": "year"}


@dataclass(slots=True)
class _Entry:
    """One day of a phrase while it is read; `to` says that a range sign stands before it."""

    token: Token
    start: int
    end: int
    weekdays: list[Token]
    to: bool
    year: int | None = None
    month: int | None = None
    weekday: int | None = None

    @property
    def number(self) -> int:
        """The day of the month."""
        return self.token.number or self.token.ymd[2]

    def value(self) -> Day:
        at = (self.start, self.end)
        swapped = (self.number, self.month) if self.month and self.token.sense in ("/", "-") else None
        if swapped and (swapped[0] > 12 or swapped[0] == swapped[1]):
            swapped = None
        return Day(
            at=at, year=self.year, month=self.month, day=self.number, weekday=self.weekday, swapped=swapped
        )


def read_dates(tokens: list[Token], shape: str) -> Days | None:
    """Days with months; None where the words are no date after all ("set 5", "you may 10")."""
    if single := _single(tokens):
        return single
    tokens = [_settled(tokens, shape, index) for index in range(len(tokens))]
    if not _credible(tokens):
        return None
    entries, after = _entries(tokens, shape)
    _give_months(entries, tokens)
    _give_weekdays(entries, after, tokens)
    _spread_years(entries)
    ranged = len(entries) == 2 and entries[1].to
    days = [entry.value() for entry in entries] if ranged else _listed(entries)
    end = max(tokens[-1].end, entries[-1].end)
    return Days(at=(entries[0].start, end), days=tuple(days), ranged=ranged)


def _single(tokens: list[Token]) -> Days | None:
    """The commonest phrase at once: one day with its month, perhaps a weekday and a year."""
    found = {_ROLES.get(token.kind, ""): token for token in tokens}
    if (
        len(found) != len(tokens)
        or "" in found
        or not found.keys() >= {"day", "month"}
        or not found["day"].number
    ):
        return None
    at = (tokens[0].start, tokens[-1].end)
    year, weekday = found.get("year"), found.get("weekday")
    day = Day(
        at=at,
        year=year.number if year else None,
        month=found["month"].number,
        day=found["day"].number,
        weekday=weekday.number if weekday else None,
    )
    return Days(at=at, days=(day,))


def _settled(tokens: list[Token], shape: str, index: int) -> Token:
    """The token, with "mar" settled: Tuesday where day and month follow at once, else March."""
    token = tokens[index]
    if token.kind not in "Jj":
        return token
    ahead = shape[2 * index + 1 : 2 * index + 8].replace(" o", "").replace(" f", "")
    tuesday = ahead[1:2] in ("D", "O") and ahead[2:3] in (" ", ":") and ahead[3:4] in _MONTH_KINDS
    if tuesday:
        return token._replace(kind="v", number=_TUESDAY, languages=_ROMANCE)
    return token._replace(kind="M" if token.kind == "J" else "n")


def _credible(tokens: list[Token]) -> bool:
    """Whether every day can be one, and "may" or "set" has a year or a weekday beside it."""
    kinds = {token.kind for token in tokens}
    if "n" in kinds and not kinds & {"Y", "W", "w", "v", "X", "I"}:
        return False
    dates = (token.ymd for token in tokens if token.kind == "X")
    numbers = (token.number for token in tokens if token.kind in "DO")
    return all(number > 0 for number in numbers) and all(1 <= m <= 12 and 1 <= d <= 31 for _, m, d in dates)


def _entries(tokens: list[Token], shape: str) -> tuple[list[_Entry], list[Token]]:
    """The days in order, each with the weekdays before it, and the weekdays after the last."""
    entries: list[_Entry] = []
    weekdays: list[Token] = []
    to = False
    for index, token in enumerate(tokens):
        gap = shape[2 * index - 1] if index else ""
        # ISO 8601 writes an interval with a slash.
        to = (
            to
            or token.kind in "Ta"
            or (gap == "-" and token.kind != "Y")
            or (gap == "/" and token.kind == "I")
        )
        if token.kind in _WEEKDAY_KINDS:
            weekdays.append(token)
        elif token.kind in _DAY_KINDS:
            month = (
                tokens[index - 1]
                if index and tokens[index - 1].kind in _MONTH_KINDS and token.kind in "DO"
                else token
            )
            start = min(month.start, *(weekday.start for weekday in weekdays), token.start)
            entries.append(_Entry(token, start, token.end, weekdays, to and bool(entries)))
            weekdays, to = [], False
            if token.kind in "XI":
                entries[-1].year, entries[-1].month, _ = token.ymd
        elif token.kind == "Y" and entries:
            entries[-1].year, entries[-1].end = token.number, token.end
        elif token.kind in _MONTH_KINDS and entries and _follows(tokens, index):
            entries[-1].end = token.end
    return entries, weekdays


def _follows(tokens: list[Token], index: int) -> bool:
    """Whether the month at `index` stands behind its day: "14 March", "14th of March"."""
    before = tokens[index - 1].kind
    return before in "DO" or (before in "fo" and tokens[index - 2].kind in "DO")


def _give_months(entries: list[_Entry], tokens: list[Token]) -> None:
    """Each month to its days: those after it in "March 14 and 15", those before it in "14-15 March"."""
    months = [token for token in tokens if token.kind in _MONTH_KINDS]
    month_first = bool(months) and months[0].start < entries[0].token.start
    for entry in entries:
        if entry.month is None:
            before = [month.number for month in reversed(months) if month.start < entry.token.start]
            after = [month.number for month in months if month.start > entry.token.start]
            entry.month = (before + after if month_first else after + before)[0]


def _give_weekdays(entries: list[_Entry], after: list[Token], tokens: list[Token]) -> None:
    """The weekdays before the first day: one for it, or as many as there are days, one each."""
    for entry in entries:
        entry.weekdays = [token for token in entry.weekdays if token.kind != "v" or _agrees(token, tokens)]
        if not entry.weekdays and entry.start < entry.token.start:
            months = [
                t.start
                for t in tokens
                if t.kind in _MONTH_KINDS and entry.start < t.start < entry.token.start
            ]
            entry.start = min([*months, entry.token.start])
    leading = entries[0].weekdays
    if len(leading) == len(entries) > 1:
        for entry, token in zip(entries, leading, strict=True):
            entry.weekday = token.number
        return
    for entry in entries:
        if len(entry.weekdays) == 1:
            entry.weekday = entry.weekdays[0].number
    if after and entries[-1].weekday is None and not leading:
        entries[-1].weekday, entries[-1].end = after[-1].number, after[-1].end


def _agrees(weekday: Token, tokens: list[Token]) -> bool:
    """Whether "So", "mer" or "Do" is of the language of its month, or stands before a dotted date."""
    spoken = frozenset[str]().union(*(token.languages for token in tokens if token.kind in _MONTH_KINDS))
    if not spoken:
        return any(token.sense == "." for token in tokens)
    return bool(weekday.languages & spoken) and not ("en" in spoken and weekday.sense in _ENGLISH_WORDS)


def _spread_years(entries: list[_Entry]) -> None:
    """One year for a list; over New Year the earlier or later one: "30 Dec - 2 Jan 2025" begins in 2024."""
    for later, entry in zip(entries[:0:-1], entries[-2::-1], strict=True):
        if entry.year is None and later.year is not None:
            entry.year = later.year - ((entry.month or 0) > (later.month or 0))
    for entry, later in pairwise(entries):
        if later.year is None and entry.year is not None:
            later.year = entry.year + ((entry.month or 0) > (later.month or 0))


def _listed(entries: list[_Entry]) -> list[Day]:
    """The days of a list; a range that is one part of it is written out: "14-16 and 18 March"."""
    days: list[Day] = []
    for entry in entries:
        day = entry.value()
        if entry.to and days and days[-1].month == day.month and days[-1].day:
            inside = range(days[-1].day + 1, entry.number)
            days += [replace(day, day=number, weekday=None, swapped=None) for number in inside]
        days.append(day)
    return days


def read_named_days(tokens: list[Token]) -> Days:
    """ "Wednesday 20th", "Thursday 14th and Friday 15th": days of a month that is not said."""
    days: list[Day] = []
    weekday: Token | None = None
    for token in tokens:
        if token.kind in _WEEKDAY_KINDS:
            weekday = token
        elif token.kind in "DO":
            at = (weekday.start if weekday else token.start, token.end)
            days.append(Day(at=at, day=token.number, weekday=weekday.number if weekday else None))
            weekday = None
    if weekday is not None and len(days) == 1:  # "dia 17, quinta-feira"
        days = [replace(days[0], at=_span(tokens), weekday=weekday.number)]
    ranged = len(days) == 2 and any(token.kind in "Ta" for token in tokens)
    return Days(at=_span(tokens), days=tuple(days), ranged=ranged)


def read_weekdays(tokens: list[Token], shape: str) -> Days | None:
    """ "Tuesday", "Friday and Saturday", "Mon-Fri"; None where the only word is an ordinary one."""
    weekdays = [token for token in tokens if token.kind in "Ww"]
    if not weekdays:
        return None
    days = tuple(Day(at=(token.start, token.end), weekday=token.number) for token in weekdays)
    ranged = len(days) == 2 and ("-" in shape or any(token.kind in "Ta" for token in tokens))
    return Days(at=(weekdays[0].start, weekdays[-1].end), days=days, ranged=ranged)


def _is_fraction(first: int, second: int) -> bool:
    """Whether two numbers with a slash are "3/4" or "24/7" rather than a day."""
    return first < second <= _TENTHS or (first, second) == _ALWAYS


_TENTHS = 10
_ALWAYS = (24, 7)


def read_short(tokens: list[Token]) -> Days | None:
    """ "Do 14.3.", "Thu 3/14", "24/09 · 14:15": the weekday says that it is a date, or the time behind it."""
    weekday = tokens[0] if tokens[0].kind not in "Ds" else None
    numbers = [token for token in tokens if token.kind in "Ds"]
    swapped = None
    if weekday is None and _is_fraction(*(token.number for token in numbers)):
        return None
    if numbers[0].kind == "s":
        _, month, day = numbers[0].ymd
    else:
        month, day = (
            sorted((numbers[0].number, numbers[1].number))
            if numbers[0].number > 12
            else (
                numbers[0].number,
                numbers[1].number,
            )
        )
        swapped = (day, month) if 1 <= day <= 12 and day != month else None
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    named = weekday.number if weekday is not None else None
    number = _TUESDAY if weekday is not None and weekday.kind == "J" else named
    value = Day(at=_span(tokens), month=month, day=day, weekday=number, swapped=swapped)
    return Days(at=_span(tokens), days=(value,))


def read_relative(tokens: list[Token], shape: str) -> Days | None:
    """ "tomorrow", "next Tuesday", "this weekend", "the following day (May 27)"."""
    lead = next(number for number, token in enumerate(tokens) if token.kind in "RN")
    sense, at = cast(Relative, tokens[lead].sense), _span(tokens)
    rest, rest_shape = tokens[lead + 1 :], shape[2 * lead + 2 :]
    if rest and rest[0].kind == "k":
        named = _DAY_KINDS & {token.kind for token in rest[1:]}
        if named and (written := _plain(rest[1:], rest_shape[2:])):  # "next weekend, 7 & 8 March"
            return replace(written, at=at)
        return Days(at=at, days=tuple(Day(at=at, weekday=day, relative=sense) for day in (5, 6)), ranged=True)
    if rest and rest[0].kind == "y":
        sense = "today" if sense == "this" else "following"
        rest, rest_shape = rest[1:], rest_shape[2:]
    if not rest:
        return Days(at=at, days=(Day(at=at, relative=sense),))
    days = _plain(rest, rest_shape)
    if days is None:
        return None
    if sense == "following" and days.days[0].month is None:
        sense = "next"
    related = tuple(replace(day, relative=sense) for day in days.days)
    return Days(at=(at[0], days.at[1]), days=related, ranged=days.ranged)


def _plain(tokens: list[Token], shape: str) -> Days | None:
    kinds = {token.kind for token in tokens}
    if not kinds & _DAY_KINDS:
        return read_weekdays(tokens, shape)
    return read_dates(tokens, shape) if kinds & (_MONTH_KINDS | {"X", "I"}) else read_named_days(tokens)


def _span(tokens: list[Token]) -> Slice:
    return (tokens[0].start, tokens[-1].end)
