r"""Owns the grammar: one regular expression over the shape of an island (two letters a token, gap and kind).

The kinds stand in words.py and tokens.py, the gaps in scan.py. A rule of the grammar is one line here, and
every repetition is bounded, so that matching takes time linear in the number of tokens.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# -- dates ---------------------------------------------------------------------------------------------
_WD = "[WwvjJ]"
_MON = "[MmnJj]"
_OF = "(?:[ :]|[ ,][fo] )"  # 6. November, 14th of March, 3 de junio, "5 giugno"
_YEAR = "(?:[ ,(:]Y| [fo] Y)"
_AND = "(?:[,/&]|[ ,:]u )"
_TO = "(?:-|[ ,:)]T |[ :][ag] |-T )(?:[ofat] ){0,2}"
_LINK = f"(?:{_TO}|{_AND})(?:[foi] )?"
_TO_DAY = "(?:[ ,:|(.-]|[ ,:][ofFAti] )(?:[of] )?"  # between a weekday and its day: "Mittwoch, den 6."
# A number with this behind it is an hour and not one more day of a list: "July 9, 7-10AM".
_TIMED = "D(?:[. ][AU]| B|[ (]Z| (?:[foi] ){0,2}E|(?:-| [Tag] )(?:[DdK](?:[. ][AU]|[ (]Z| B)|[CHc]))"
_DAY = f"(?!{_TIMED})[DO]"
_DAY_OF_WEEK = f"(?!{_TIMED.replace('[Tag]', '[Ta]')})D"  # "lunedì 8 alle 20:30" is the eighth
_DAYS_OF = f"(?:{_WD}{_TO_DAY})?[DO](?:{_LINK}(?:{_WD}{_TO_DAY})?[DO]){{0,8}}"
_DAY_FIRST = f"{_DAYS_OF}{_OF}{_MON}{_YEAR}?"
_MORE_DAYS = (
    f"(?:,(?:{_WD}{_TO_DAY})?(?!D x){_DAY}|(?!,[DOWwv]){_LINK}(?:{_WD}{_TO_DAY})?{_DAY})(?!{_OF}{_MON})"
)
_MONTH_FIRST = f"[MJn][ :](?:o )?(?![DO][. ]A)[DO](?:{_MORE_DAYS}){{0,8}}{_YEAR}?"
_DATE = f"(?:(?<!#){_DAY_FIRST}|{_MONTH_FIRST}|[XI])"
_WEEKDAYS = f"{_WD}(?:{_LINK}{_WD}){{0,6}}"
_AFTER = f"(?:[(]{_WD}|[, ][Ww])(?![ ,:](?:[DO]|[MJ] ))"
_DATES = f"(?:{_WEEKDAYS}{_TO_DAY})?{_DATE}(?:{_LINK}(?:{_WEEKDAYS}{_TO_DAY})?{_DATE}){{0,6}}(?:{_AFTER})?"
_NUMBERED = (
    f"(?:(?<=\\*)D[,(][Ww]|(?<=\\*)O|[Ww][ ,](?:o ){{0,2}}(?:O|{_DAY_OF_WEEK}(?! x|[-/][DCd]|{_OF}{_MON}))"
    f"(?:{_LINK}(?:[Ww][ ,](?:o )?)?O)?)"
)
_BEFORE_CLOCK = "(?=[ ,|:(](?:[CHc]|[DdK][. ]A))"
_SHORT = f"(?:[WwvJ](?:[ ,|:-]|[ ,][AoFt] )(?:s|D/D(?!/))|(?<=\\^)D/D{_BEFORE_CLOCK})"  # "24/09 · 14:15"
_NEXT = f"N (?:{_DATES}|{_NUMBERED}|{_WEEKDAYS})"
_RELATIVE = f"(?:o )?(?:(?:N [ky]|R)(?:[ ,(](?:{_DATES}))?|{_NEXT})"
_PAST = f"P (?:[Wky]|{_WD})(?![ ,](?:[DO]|M))"
_RECURRING = (
    f"(?:V )?(?:(?:[PqO]{_LINK})?[PqO] )?[WS] Q"  # "1st and 3rd Wednesday of the month"
    f"|(?:V (?:[qO] )?|q )[Ww](?:{_LINK}[Ww]){{0,6}}|S(?:{_LINK}[SW]){{0,6}}"
)

# -- times ---------------------------------------------------------------------------------------------
_PART = " (?:[foiv] ){0,2}E"  # "alle otto di sera": "di" is a weekday elsewhere
_MERIDIEM = f"(?:[. ]A(?! [wv])|[. ]U(?:{_PART}|[. ]A)?|{_PART}| B)"
_CLOCK = f"(?:U )?(?:[CHc](?:{_MERIDIEM})?|[DdK](?:{_MERIDIEM})|(?<=U )[Dd]|B)"
_BARE = "[DdK]"
_ZONE = "(?:[. ,(]Z(?:[ (/,]Z)?)"
_TILL = "(?:-(?:[Tatg] )?|[ ,)][Tag](?: [oatgU]){0,2} )"
# 10:00 - 12 March: the number belongs to the month; 10:00 - 12 speakers: to the word.
_END = f"(?:{_CLOCK}|{_BARE}(?! x|{_OF}{_MON}|[,/-]D))"
_RANGE = (
    f"(?:U d{_TILL}d|{_CLOCK}{_ZONE}?{_TILL}{_END}{_ZONE}?"
    f"|(?<!#){_BARE}{_TILL}(?:[DdK](?:{_MERIDIEM})|C(?:{_MERIDIEM})|[Hc]|B)(?:{_ZONE})?"
    f"|(?<![#x])[Dd]{_TILL}C{_ZONE}?"
    f"|(?<!#)[DdKY]{_ZONE}?{_TILL}[DdKY]{_ZONE}"
    f"|(?<!#)[Dd]{_TILL}d|b (?:{_CLOCK}|{_BARE}) u (?:{_CLOCK}|{_BARE}{_ZONE}){_ZONE}?)"
)
# "Thursday from 10 to 12", "dalle 20 alle 22": elsewhere bare numbers count something.
_FROM = "(?<=[MmJXYOEU][ ,]F )|(?<=W,F )|(?<=[MJ] D[ ,]F )|(?<=[it] W F )"
_HOURS = f"(?:(?<=F )[Dd] g [Dd]|(?:(?:{_FROM})D [Tg] D|(?<=g )D T D)(?! x))"
_OPEN = f"{_CLOCK}{_ZONE}?(?:-(?:T )?|[ ,]T )L|{_CLOCK}{_ZONE}?[ ,]l|(?<=F )d[ ,]l"
_UNTIL = f"T (?:[oa] )?{_CLOCK}{_ZONE}?|T g (?:{_CLOCK}|d){_ZONE}?"
_MORE_HOURS = "(?=(?:,D){0,4}[ ,]u D U)"  # "19, 20 und 21 Uhr"
_MORE_DOTTED = "d(?=(?:,d){0,4}[ ,]u d U)"  # "13.00 en 15.00 uur"
_POINT = (
    f"(?<!#)(?<!#D,)(?<!#D,D,)D{_MORE_HOURS}|{_MORE_DOTTED}|"
    f"{_CLOCK}{_ZONE}?|(?<!#)[dK]{_ZONE}|(?<!#)D[. (]Z"
    f"|(?<=[tag] )(?:d|Y{_ZONE})|(?<=[tag] o )d|(?<=@)d|(?<=\\^)d(?=[ :-]x)"
    "|(?<=[MmJYOX],)d(?=[:-]x|\\|[^DdCHcKYO])"  # "Wed 16 July, 11.00: Talk"
    "|(?:(?<=g )|(?<=a o ))D(?! )|(?<=[WMmJXYO][ ,]g )D(?! x)"  # "alle 20, ", "sabato alle 20 in via Roma"
)
_SLOT = f"{_RANGE}|{_HOURS}|{_OPEN}|{_POINT}"
_DURATION = "(?:[DdKp][. -]|e[ -])h"

_PHRASES = re.compile(
    f"(?P<recurring>{_RECURRING})|(?P<past>{_PAST})|(?P<relative>{_RELATIVE})|(?P<dates>{_DATES})"
    f"|(?P<numbered>{_NUMBERED})|(?P<short>{_SHORT})|(?P<duration>{_DURATION})|(?P<until>{_UNTIL})"
    f"|(?P<slot>{_SLOT})|(?P<weekdays>(?<!\\^a ){_WEEKDAYS})|(?P<zone>Z)"
)


class Phrase(NamedTuple):
    """What the tokens `first` to `last` (exclusive) are; `shape` begins at the first one's kind."""

    kind: str
    first: int
    last: int
    shape: str


def phrases(shape: str) -> tuple[Phrase, ...]:
    """The phrases of an island, in order, the longest reading of dates first."""
    # Posts repeat themselves: most islands have a shape that was seen before.
    return _remembered(shape) if len(shape) <= _USUAL else _match(shape)


def _match(shape: str) -> tuple[Phrase, ...]:
    found = _PHRASES.finditer(shape)
    return tuple(Phrase(m.lastgroup or "", m.start() // 2, m.end() // 2, m[0]) for m in found)


_USUAL = 60
_remembered = lru_cache(maxsize=4096)(_match)

FILLERS = frozenset("tagFfoiebuArE")
"""Kinds that may stand between a date and its time."""
