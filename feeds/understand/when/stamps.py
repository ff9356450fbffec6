"""Owns the dates of posts themselves: front matter in every form seen, file names, a year said in passing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from feeds.understand.when.grammar import find_when
from feeds.understand.when.values import real_date

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?:T\d+Z?)?(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
# A version, a price, a room or an address is no year; "2024" in a word of its own is, and so is '24.
_YEAR = re.compile(
    r"(?<![\w.,:/#$€£+=\-])(?:20[0-4]\d|19[89]\d)(?![\w%:/]|[.,]\d|-\d)|(?<!\w)['’](\d\d)(?!\w)"
)
_LONGEST = 200


def parse_post_date(value: str) -> date | None:
    """The day of a front-matter date, a dated path or a file name; None where there is none.

    US order is taken where only it is possible (11-17-2024); 03-04-2024 is taken in US order too, as the
    site generators that write dashes do.
    """
    value = value.strip()[:_LONGEST]
    if _SECONDS.fullmatch(value) and not _HOURLY.fullmatch(value):
        return datetime.fromtimestamp(int(value), UTC).date()
    if match := _YEAR_FIRST.search(value) or _COMPACT.search(value):
        return real_date(int(match[1]), month=int(match[2]), day=int(match[3]))
    if match := _YEAR_LAST.search(value):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if match[2] == "." or first > 12:
            return real_date(year, month=second, day=first)
        return real_date(year, month=first, day=second)
    return _in_words(value)


_SECONDS = re.compile(r"(?:9[5-9]\d|[123]\d{3})\d{6}")
_HOURLY = re.compile(r"20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])")
"""A day and its hour are ten digits, too."""
"""Seconds since 1970, as Drupal's exporters write a date; of the years from 2000 on."""


def _in_words(value: str) -> date | None:
    for when in find_when(value):
        for day in when.days.days if when.days else ():
            if day.year and day.month and day.day:
                return real_date(day.year, month=day.month, day=day.day)
    return None


def find_year(text: str) -> int | None:
    """The first year that a text mentions ("KubeCon 2024", "KubeCon EU '25"), or None."""
    match = _YEAR.search(text)
    if match is None:
        return None
    return 2000 + int(match[1]) if match[1] else int(match[0])
