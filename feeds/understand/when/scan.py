"""Owns the step from text to islands: tokens of dates and times, each island with the shape of its phrase.

Time is linear in the text: every alternative of the scanner consumes what it has looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from feeds.understand.when.beside import (
    AND_ENDS,
    ARTICLE,
    DAY_OF_MONTH,
    FEW,
    LEAST,
    OF_MONTH,
    ON_THE,
    PART,
    PART_OF,
    TIME_BEHIND,
    WEEKDAY_BEHIND,
)
from feeds.understand.when.city_times import CITY, TIME_OF_CITY, TIME_OF_FIRST, zone_of_time
from feeds.understand.when.measures import is_measure
from feeds.understand.when.names import ABBREVIATED
from feeds.understand.when.spoken import FIRST, hour_at, spoken_at
from feeds.understand.when.tokens import NUMBER, Token, plain_number, read_number
from feeds.understand.when.values import Zone
from feeds.understand.when.vocabulary import DAY_WORDS, DAYS_WITH_NAMES, LABELS
from feeds.understand.when.words import PHRASE, WORDS, Word
from feeds.understand.when.zones import offset_at, zone_at


class Island(NamedTuple):
    """Tokens with nothing but punctuation between them; the shape has two letters a token, gap and kind.

    Gaps: `^` the start (`#` after a word that numbers things, `*` after "día" before a weekday and after "on
    the" or "evening of the" before a day of the month), `.` none,
    ` ` space, `,` comma, `:` full stop, `-` dash, `/` slash, `&`, `(`, `)`, `@`, `|` any other. ` x` ends the
    shape where a word follows at once.
    """

    tokens: list[Token]
    shape: str


_SCAN = re.compile(
    r"(?P<meridiem>[aApP]\.[ \u00a0]?[mM](?![^\W_])\.?+)"
    r"|(?P<word>[^\W\d_][^\W_]*+(?:-feira\b)?+)"
    # The two commonest numbers, where nothing stands before or behind them that could change their sense.
    r"|(?:(?<![^\s(–])|(?<=[0-9mM]-))(?P<clock>\d{1,2}:\d\d)(?P<half>[AaPp][Mm])?(?![^\W_]|[:%]|[.,]\d)"
    r"|(?<![^\s(])(?P<small>\d{1,2})(?![^\s,)]|,\d|\s[hH:])"
    rf"|(?P<number>{NUMBER})"
)
# Only some numbers, a weekday in full or one of a few words can be the heart of a date or time. Finding those
# is cheap, and words are read only near them: most of a post is never looked at closer.
_NUMBERS = re.compile(r"[0-9](?<![\w./=%#$€£\-][0-9])[0-9]{0,3}(?![\d_%]|[.,]\d{3})")
_STEM = re.compile(
    "d(?:ay|ag)|t(?:ag|omorrow)|w(?:eekend|och)|noon|m(?:idnight|edi|ingo|enica)|DAY|un(?:di|es)|ar(?:di|tes)|redi|"
    "e(?:udi|dì)|i(?:manche|ernes)|coles|ueves|bado|abato|-feira|f past|['’]clock|lb |uhr|Uhr|uur|heures"
)
_BEFORE, _BEHIND = 32, 48
# Kinds that can be a date or time alone (3), or as a number (1) with something beside it (2).
_WORTH = {
    **dict.fromkeys("DKYp", 1),
    **dict.fromkeys("MmnJjAUZEvhg", 2),
    **dict.fromkeys("dCHcXIsWwRkBSO", 3),
}
_OPENERS = frozenset("DKYpdCHcXIsWwRkBSOMmnJjvNPVqTtagbFU?")
_PLAIN = frozenset({"clock", "half", "small"})
_TIMED = frozenset("CAHUBdKYEDc")
_CITY_RE = re.compile(rf"({CITY})(?:(?=[ ]?[/|][ ]?~?\d))")
_CITY_TIME_RE = re.compile(r"([A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+){0,2}?)[ ][Tt]ime\b")
_ANOTHER_CITY = re.compile(rf"{CITY}[,;/]\s?\d{{1,2}}[:.h]\d\d\s[A-Z]")
_LAST_CITY_RE = re.compile(rf"({CITY})(?=[ ]?(?:[.,;:)\n/|–—*]|$))")


def islands(text: str) -> Iterator[Island]:
    """The islands of a text that can hold a date or a time, in reading order."""
    scanner = _Scanner(text)
    for start, end in _neighbourhoods(text):
        for match in _SCAN.finditer(text, start, end):
            word = WORDS.get(match[0])
            if (
                not scanner.tokens
                and match.lastgroup == "word"
                and (word is None or word.kind not in _OPENERS)
                and match[0] not in FIRST
            ):
                scanner.skipped = match
            elif match.start() >= scanner.end and (done := scanner.step(match, word)):
                yield done
        if last := scanner.cut():
            yield last


def _neighbourhoods(text: str) -> Iterator[tuple[int, int]]:
    """Ranges around every heart, cut at white space, merged where they touch."""
    hearts = [match.start() for match in _NUMBERS.finditer(text)]
    if stems := [match.start() for match in _STEM.finditer(text)]:
        hearts = sorted({*hearts, *stems})
    if not hearts:
        return
    end, first, last = 0, hearts[0], hearts[0]
    for heart in hearts:
        if heart - last > _BEFORE + _BEHIND:
            start, end = max(end, _edge(text, first - _BEFORE, first)), _edge(text, last + _BEHIND, len(text))
            yield start, end
            first = heart
        last = heart
    yield max(end, _edge(text, first - _BEFORE, first)), _edge(text, last + _BEHIND, len(text))


def _edge(text: str, at: int, limit: int) -> int:
    """The first white space from `at` on, so that no word is cut in two."""
    if at <= 0:
        return 0
    match = _SPACE.search(text, at, limit)
    return match.start() if match else limit


_SPACE = re.compile(r"\s")
_HEADS_LINE = re.compile(r"(?:^|\n)[\s*_|>(\[-]{0,8}$")
_AT_HOUR = re.compile(
    r"[,:]?\s(?:(?:um|ab|om|vanaf|alle|dalle|ore|às|das|a las|à|dès)\s)?"
    r"(?:\d{1,2}(?:[:.]\d\d(?!\d|\.)|[ \u00a0]?h(?:\d\d)?\b|\s(?:Uhr|uur)\b)|"
    r"\d{1,2}(?:[–—-]|\s(?:[–—-]|bis|tot|a)\s)\d{1,2}\s(?:Uhr|uur|h)\b)"
)
"""What makes an ordinary word that heads a line a weekday, an hour behind it ("So, 14 Uhr", "Mer 20h30")."""


_TAILS = {" ": " x", "  ": " x", ": ": ":x", " - ": "-x", " – ": "-x", " — ": "-x"}
"""How an ordinary word stands behind the last token of an island."""


_MOST_TOKENS = 150
"""No expression is longer; where more stand side by side they are read one after the other."""


class _Scanner:
    """The island being read and where it ends."""

    __slots__ = ("end", "shape", "skipped", "text", "tokens", "worth")

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.shape: list[str] = []
        self.skipped: re.Match[str] | None = None
        self.worth = self.end = 0

    def step(self, match: re.Match[str], word: Word | None) -> Island | None:
        """Take one match in; the island that ends before it, if any."""
        if self.tokens and (token := self._time_of_city(match.start())) is not None:
            return self._place(token)
        spoken = spoken_at(self.text, match.start()) if match[0] in FIRST else None
        if spoken is None and self.tokens and self.tokens[-1].kind == "T" and match[0] in FIRST:
            spoken = (
                hour_at(self.text, match.start()) if _TIMED & {t.kind for t in self.tokens[-3:]} else None
            )
        if spoken is not None:
            return self._place(spoken)
        if self.tokens and (token := self._said_at_length(match, self.tokens[-1].kind)) is not None:
            return self._place(token)
        if word is not None and word.kind == "L" and _BEGINS_TITLE.match(self.text, match.start()):
            return self._refuse(match)
        if word is not None and word.kind != PHRASE:
            return self._place(self._word(word, match.start(), match.end()))
        done = None
        found = self._number(match) if match.lastgroup in _PLAIN else self._read(match, word)
        for token in found:
            done = self._place(token) or done
        return done if found else self._refuse(match)

    def _number(self, match: re.Match[str]) -> tuple[Token, ...]:
        """A clock or a small number; none where the words around a clock make it a length or a verse."""
        found = plain_number(match)
        clock = found[0]
        if clock.kind == "C" and is_measure(self.text, clock.start, end=match.end(), minute=clock.minute):
            return ()
        return found

    def _place(self, token: Token) -> Island | None:
        """Add a token to the island, or begin a new one with it; the island that ends before it, if any."""
        done = None
        kind = token.kind
        if self.tokens:
            text = self.text[self.end : token.start]
            gap = _KNOWN_GAPS.get(text) or gap_kind(text)
            if gap == "!" or len(self.tokens) >= _MOST_TOKENS:
                done = self.cut()
        if not self.tokens:
            if kind not in _OPENERS or (kind == "W" and self._named(token)):
                return done
            gap = self._opening(token) if kind in "DKdpO" else "^"
        self.tokens.append(token)
        self.shape.append(gap + kind)
        self.end = token.end
        self.worth |= _WORTH.get(kind, 0)
        return done

    def _refuse(self, match: re.Match[str]) -> Island | None:
        """End the island at a word or number that says nothing."""
        start = match.start()
        done = self.cut(
            tail=_TAILS.get(self.text[self.end : start].replace("\t", " "), "") if self.tokens else ""
        )
        self.skipped = match
        self.end = match.end() if match.lastgroup == "number" else start
        return done

    def cut(self, *, tail: str = "") -> Island | None:
        """End the island; None where nothing in it can be a date or time."""
        if not self.tokens:
            return None
        shape = "".join(self.shape) + tail
        done = Island(self.tokens, shape) if self.worth == 3 or "N y" in shape else None
        self.tokens, self.shape, self.worth = [], [], 0
        return done

    def _said_at_length(self, match: re.Match[str], last: str) -> Token | None:
        """Words that say no more than an article or "to": "jueves, día 7", "at 14:00 and ending at 18:00"."""
        if last in "Wo" and self._of_month(match):
            return Token("o", match.start(), match.end())
        if last in "WS" and (month := OF_MONTH.match(self.text, match.start())):
            return Token("Q", match.start(), month.end())
        if match[0] == "à" and self.shape[-1] == " D" and len(self.shape) > 1 and self.shape[-2][1] == "W":
            return Token("g", match.start(), match.end())  # "mercredi 8 à 20h30", but "de 8 à 20h"
        ends = AND_ENDS.match(self.text, match.start()) if last in _TIMED else None
        return Token("T", match.start(), ends.end()) if ends else None

    def _of_month(self, match: re.Match[str]) -> bool:
        """Whether a word says that the number behind a weekday is the day of its month: "jueves, día 7"."""
        follows = self.text[self.end : match.start()] in (" ", ", ")
        weekday = next((token.kind == "W" for token in reversed(self.tokens) if token.kind != "o"), False)
        return follows and weekday and DAY_OF_MONTH.match(self.text, match.start()) is not None

    def _opening(self, token: Token) -> str:
        """The gap before a number that opens an island: `*` for a day with its weekday behind."""
        start = self.skipped.start() if self.skipped else 0
        behind = WEEKDAY_BEHIND.match(self.text, start) if token.kind == "D" and self.skipped else None
        if behind and (token.number >= LEAST or ARTICLE.search(self.text, max(0, start - FEW), start)):
            return "*"
        if token.kind == "O" and self.skipped:
            evening = PART_OF.search(self.text, max(0, token.start - PART), token.start)
            before = self.text[max(0, token.start - len(ON_THE)) : token.start].lower()
            timed = before == ON_THE and TIME_BEHIND.match(self.text, token.end)
            return "*" if evening or timed else "^"
        return "#" if self._labelled(token) else "^"

    def _labelled(self, token: Token) -> bool:
        """Whether the word before says that the number is a hall's or a day's."""
        word = self.skipped
        if word is None or self.text[word.end() : token.start] not in (" ", ". ", ".", ": ", ""):
            return False
        if word[0].lower() in DAY_WORDS and _in_month(self.text, token.end):
            return False
        behind = _BEHIND_COMMA.match(self.text, token.end) if word[0][0].isupper() else None
        weekday = WORDS.get(behind[1].lower()) if behind is not None else None
        if weekday is not None and weekday.kind == "W":
            return True  # "in Kensington 1, and Thursday 10 Nov"
        apart = self.text[word.end() : token.start] == ": "
        return word[0].lower() in LABELS and not _until_in_month(self.text, token.end, apart=apart)

    def _named(self, token: Token) -> bool:
        """Whether a weekday is part of a name: "Black Friday", "Monday.com"."""
        text, word = self.text, self.skipped
        if text[token.end : token.end + 1] == "." and text[token.end + 1 : token.end + 2].isalpha():
            return True
        beside = word is not None and text[word.end() : token.start] == " "
        return beside and word is not None and word[0].lower() in DAYS_WITH_NAMES

    def _read(self, match: re.Match[str], word: Word | None) -> list[Token]:
        start, end = match.span()
        if word is not None:
            return self._phrase(word, start, end)
        if match.lastgroup == "word":
            return self._city(start) if self.tokens else []
        if match.lastgroup == "meridiem":
            sense = match[0][0].lower() + "m"
            return [Token("A", start, end, sense=sense)] if self.tokens else []
        follows = bool(self.tokens) and self.end >= start - 1
        if follows and self.text[start - 1 : start] == "+" and (zone := offset_at(self.text, start - 1)):
            return [Token("Z", start - 1, zone.at[1], zone=zone)]
        return read_number(self.text, match, follows=follows)

    def _word(self, word: Word, start: int, end: int) -> Token:
        # The dot of "Sept." and "Mi." belongs to the word; with it an ordinary word is an abbreviation.
        kind = word.kind
        if kind in "MmnJjwv" and self.text[end : end + 1] == "." and word.sense in ABBREVIATED:
            end += 1
            kind = "w" if kind == "v" else kind
        elif (
            kind == "v"
            and _AT_HOUR.match(self.text, end)
            and _HEADS_LINE.search(self.text, max(0, start - 9), start)
        ):
            kind = "w"  # "Fr, 18.00 Uhr: …"
        return Token(kind, start, end, word.number, 0, word.sense, word.languages)

    def _phrase(self, word: Word, start: int, end: int) -> list[Token]:
        """A zone of several words, or what the word means by itself."""
        if not self.tokens:
            return [Token(word.sense, start, end)] if word.sense in ("U",) else []
        if phrase := next((each for each in _PHRASES if self.text.startswith(each, start)), None):
            return [Token("T", start, start + len(phrase), sense="tot")]
        if zone := zone_at(self.text, start):
            return [Token("Z", start, zone.at[1], zone=zone)]
        if word.sense:
            return [Token(word.sense, start, end, sense=self.text[start:end].lower())]
        return self._city(start)

    def _opened(self) -> bool:
        """Whether the last clock is the first thing in brackets: "15:00 (9am New York)"."""
        clock = next((one for one in reversed(self.tokens) if one.kind != "A"), None)
        return clock is not None and self.text[clock.start - 1 : clock.start] == "("

    def _time_of_city(self, start: int) -> Token | None:
        """Whose time it is, as other languages say it: "heure de Paris", "Berliner Zeit"."""
        if self.tokens[-1].kind not in _TIMED or self.text[start : start + 1].lower() not in TIME_OF_FIRST:
            return None
        match = TIME_OF_CITY.match(self.text, start)
        if match is None or self.text[self.end : start] not in (" ", "\u00a0", " (", ", "):
            return None
        return Token("Z", start, match.end(), zone=zone_of_time(match))

    def _city(self, start: int) -> list[Token]:
        """A city that says whose time it is: "9am Berlin time", "6 PM Lisbon / 1 PM Boston"."""
        if self.tokens[-1].kind not in _TIMED or self.text[self.end : start] not in (" ", "\u00a0", " ("):
            return []
        second = any(token.zone and token.zone.kind == "city" for token in self.tokens[-8:])
        match = _CITY_TIME_RE.match(self.text, start) or _CITY_RE.match(self.text, start)
        opened = (self.tokens[-1].kind == "A" or _ANOTHER_CITY.match(self.text, start)) and self._opened()
        match = match or (_LAST_CITY_RE.match(self.text, start) if second or opened else None)
        if match is None:
            return []
        zone = Zone(at=(start, match.end(1)), text=match[1], kind="city")
        return [Token("Z", start, match.end(), zone=zone)]


_BEGINS_TITLE = re.compile(r"[A-Z][a-z]+\s(?!(?i:end|ende|finish|till|until)\b)[^\W\d_]")
"""A word for an open end with a capital and another word behind it: "2pm - Open Source for all"."""
_BEHIND_COMMA = re.compile(r",\s(?:(?:and|und|et|y|e|en)\s)?([^\W\d_]{2,12})\s")
_BEHIND_DAY = re.compile(r"\s(?:de\s|di\s|del\s)?([^\W\d_]{3,12})(?!\w)(?!\s\d{1,2}(?!\d))")


def _in_month(text: str, end: int) -> bool:
    """Whether a month follows a number: "el día 12 de junio" is a date, "Día 1 junio 5" is not the first."""
    found = _BEHIND_DAY.match(text, end)
    word = WORDS.get(found[1].lower()) if found else None
    return word is not None and word.kind in _MONTHS


def _until_in_month(text: str, end: int, *, apart: bool) -> bool:
    """Whether the number begins days: "Sprint Week 12 to 17 May"; behind a colon, also "Week: 12-17 May"."""
    found = (_UNTIL_DAY if apart else _TO_DAY).match(text, end)
    return found is not None and _in_month(text, found.end())


_TO_DAY = re.compile(
    r"(?i)(?:st|nd|rd|th|\.)? (?:to|bis|au|al|ao|hasta|tot) \d{1,2}(?:st|nd|rd|th|\.)?(?!\w)"
)
_UNTIL_DAY = re.compile(rf"{_TO_DAY.pattern}|\s?[-–—]\s?\d{{1,2}}(?:st|nd|rd|th|\.)?(?!\w)")
_MONTHS = "MmnJj"
_PHRASES = ("t/m", "tot en met")
_DASHES = tuple("-–—−‐‑‒―~〜～→")
_IGNORED = re.compile(r"[\s*_`\\\u200b\u200c\u200d\ufe0f\ufeff\U0001f300-\U0001faff\u2600-\u27bf\"“”'’]+")
_KNOWN_GAPS = {"": ".", " ": " ", ", ": ",", " - ": "-", "-": "-", " – ": "-", "–": "-", "T": " "}


def gap_kind(gap: str) -> str:
    """The letter of a gap (see Island), or `!` where nothing that stands across it belongs together."""
    if len(gap) > 24 or "\n\n" in gap or gap.count("\n") > 1:
        return "!"
    core = _IGNORED.sub("", gap)
    if not core:
        return "|" if max(gap) >= "\u2600" and max(gap) != "\ufeff" else " "
    if "\n" in gap and gap.rpartition("\n")[2].strip():
        return "|"  # a bullet, not a dash
    return _core_kind(core)


_MARKS = {
    **dict.fromkeys((",", ";", ".,"), ","),
    **dict.fromkeys(("(", "[", ",(", "(~"), "("),
    **dict.fromkeys((")", "]", "),", ");", ").", "):", ")|"), ")"),
    **dict.fromkeys((".", "…"), ":"),
    **dict.fromkeys(("->", "--"), "-"),
    **dict.fromkeys(_DASHES, "-"),
    **{f".{dash}": "-" for dash in _DASHES},
    **{"/": "/", "&": "&", "+": "&", "@": "@", "=": "|", "<": "|", ">": "|"},
}
_ENDS = frozenset("!?={}<>")


def _core_kind(core: str) -> str:
    return _MARKS.get(core) or ("!" if _ENDS.intersection(core) else "|")
