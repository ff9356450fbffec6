"""Owns the tokens of the grammar and the reading of everything that begins with a digit."""

from __future__ import annotations

import re
from typing import NamedTuple

from feeds.understand.when.values import Zone
from feeds.understand.when.words import MONTH_NUMBERS, WORDS
from feeds.understand.when.zones import ABBREVIATIONS, offset_at, zone_at


class Token(NamedTuple):
    """One word or number; `number` is an hour, day, month, weekday or year by `kind` (see words.py).

    Kinds of numbers: D 0-31, O ordinal, Y year, K other up to four digits, d dotted 14.40, p other decimal,
    C clock 14:40, H 14h40, c 14h, X date of three numbers, I ISO date, s short date 14.3.
    """

    kind: str
    start: int
    end: int
    number: int = 0
    minute: int = 0
    sense: str = ""
    languages: frozenset[str] = frozenset()
    zone: Zone | None = None
    ymd: tuple[int, int, int] = (0, 0, 0)


NUMBER = (
    r"\d++"
    r"(?:(?P<sep>-)\d\d-\d\dT\d\d:\d\d(?::\d\d(?:[.,]\d++)?+)?+(?:Z\b|[+\-]\d\d:?\d\d)?+"
    r"|(?P<sign>[-/])(?:\d++|[A-Za-z]{3,9}\b)(?P=sign)\d++"
    r"|:\d\d(?::\d\d(?:[.,]\d++)?+)?+(?!:?\d)"
    r"|(?:[hHuU]|[ \u00a0\u202f]h[ \u00a0\u202f])\d\d(?![^\W_])"
    r"|(?:[:.]\d++)++"
    r"|(?:,\d{3})++(?!\d)"
    r"|)[^\W\d_]*+"
)
_PARTS = re.compile(r"(?P<digits>[\d:.,/hHuU\- \u00a0\u202f]*?\d)(?P<suffix>[^\W\d_]*)")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::\d\d(?:[.,]\d+)?)?(Z|[+\-]\d\d:?\d\d)?)?")
_NAMED = re.compile(r"(\d{1,2})([-/])([A-Za-z]{3,9})\2(\d{4})")
_DIGITS = re.compile(r"\d+")
_HOUR_SIGN = re.compile(r"\s?[hu]\s?")
_HOUR_LETTER = re.compile("[hHuU]")
_SEPARATORS = re.compile("[-/.]")
_MERIDIEM = re.compile(r"([aApP][mM])([A-Z]{2,4})?")
_ORDINALS = frozenset(
    ["st", "nd", "rd", "th", "er", "ère", "re", "e", "ème", "º", "ª", "de", "ste", "o", "a"]
)
_HOURS = frozenset(["h", "H", "hs", "hrs", "uhr", "Uhr", "UHR", "u"])
_MONEY = frozenset("#$€£¥=%^\\+&?")


def read_number(text: str, match: re.Match[str], *, follows: bool) -> list[Token]:
    """The tokens of a number; none where it is of something else. `follows`: a token ends right here."""
    start, end = match.span("number")
    if _glued(text, start, end, follows=follows):
        return []
    whole = text[start:end]
    if whole.isdecimal():
        return _military(text, start, end) or _integer(whole, start)
    if match["sep"] or match["sign"]:
        return _dated(whole, start)
    if whole[-3:-2] == ":" and len(whole) <= 5:
        return _clock(whole, start, kind="C")
    return _with_letters(text, start, end)


def _with_letters(text: str, start: int, end: int) -> list[Token]:
    """The tokens of a number with what is written to it: "14th", "7pm", "19Uhr", "11:30a"."""
    parts = _PARTS.fullmatch(text[start:end])
    if parts is None:
        return []
    suffix = parts["suffix"]
    after = text[end : end + 2] if not suffix else ""  # "1.10pm." ends a sentence, "1.10." may be a date
    tokens = _digits(parts["digits"], start, after=after)
    if suffix in _HALVES and len(tokens) == 1 and _halved(text, start, end, kind=tokens[0].kind):
        return [*tokens, Token("A", end - 1, end, sense=suffix.lower() + "m")]
    return _suffixed(tokens, suffix, start + len(parts["digits"])) if suffix else tokens


_HALVES = frozenset("aApP")
_HALF_RANGE = re.compile(r"\d{1,2}(?:[:.]\d\d)?[aApP]m?\s?[-–—]\s?\d{1,2}(?:[:.]\d\d)?[aApP](?!\w)")
_NEAR = 12


def _halved(text: str, start: int, end: int, *, kind: str) -> bool:
    """Whether a letter behind a number is its half of the day: "11:30a", and "4p" in "4p–7p"."""
    if kind == "C":
        return True
    found = _HALF_RANGE.search(text, max(0, start - _NEAR), end + _NEAR) if kind in "Dd" else None
    return found is not None and found.start() <= start and end <= found.end()


_MILITARY = re.compile(
    r"(?:(?<=^)|(?<=[,;:|·(@–—]\s)|(?<=\s[–—|·-]\s)|(?<=from\s)|(?<=\bat\s)|(?<=\d\s)|(?<=day\s))"
    r"((?:[01]\d|2[0-3])[0-5][05])\s?[-–—]\s?((?:[01]\d|2[0-4])[0-5][05])(?=\s?(?:$|[,;:|·.)\n]|\s[–—|@-]\s|\s(?:in|at|h|hrs)\b))"
)
_AT_DAWN = re.compile(r"(?<=\bat\s)0\d[0-5][05](?=\s(?:on|for|sharp)\b|[.]?$)")


def _military(text: str, start: int, end: int) -> list[Token]:
    """Four digits of a range of times ("Tues 17th, 0900–1300"), or behind "at" with a nought ("0645")."""
    if end - start != _FOUR:
        return []
    found = _MILITARY.search(text, max(0, start - _NEAR), end + _NEAR)
    if found is not None and start not in (found.start(1), found.start(2)):
        found = None
    if found is not None and (
        any(_may_be_year(found[group]) for group in (1, 2)) or not _dated_line(text, start)
    ):
        found = None
    if found is None and _AT_DAWN.match(text, start) is None:
        return []
    return [Token("C", start, end, int(text[start : start + 2]), int(text[start + 2 : end]), sense="padded")]


def _dated_line(text: str, at: int) -> bool:
    """Whether a weekday or a month stands right before a number, and no clock with its colon in the text."""
    if _COLON.search(text, max(0, at - _LINE), at + _LINE) is not None:
        return False
    words = (WORDS.get(word.lower()) for word in _WORDS.findall(text, max(0, at - _BESIDE), at))
    return any(word is not None and word.kind in "WwMm" for word in words)


_COLON = re.compile(r"\d:\d\d")
_WORDS = re.compile(r"[^\W\d_]+")
_LINE, _BESIDE = 200, 40


def _may_be_year(digits: str) -> bool:
    return 1900 <= int(digits) <= 2199


_FOUR = 4


def plain_number(match: re.Match[str]) -> tuple[Token, ...]:
    """The tokens of a clock or small number that stands by itself: 14:40, 2:40pm, 14."""
    start, end = match.span()
    clock = match["clock"]
    if clock is None:
        number, sense = int(match[0]), "padded" if match[0][0] == "0" else ""
        return (Token("D" if number <= 31 else "K", start, end, number, 0, sense),)
    sense = "padded" if clock[0] == "0" else ""
    half = start + len(clock)
    token = Token("C", start, half, int(clock[:-3]), int(clock[-2:]), sense)
    return (token,) if half == end else (token, Token("A", half, end, 0, 0, match["half"].lower()))


def _dated(whole: str, start: int) -> list[Token]:
    """2024-03-14T14:40, 14/03/2024, 14-Mar-2024."""
    if iso := _ISO.fullmatch(whole):
        return _iso(iso, start)
    if named := _NAMED.fullmatch(whole):
        return _named(named, start)
    numbers = _SEPARATORS.split(whole)
    return _triple(numbers, whole, start) if all(map(str.isdecimal, numbers)) else []


def _glued(text: str, start: int, end: int, *, follows: bool) -> bool:
    """Whether the number is part of a version, price, port, room, issue or identifier."""
    after = text[end : end + 1]
    if after.isalnum() or (after and after in "%°€£$"):
        return True
    before = text[start - 1] if start else " "
    if before == " ":
        return False
    if before in _MONEY:
        return not (before in "&+?" and follows)
    if before == ":":
        return not follows and ":" not in text[start:end] and text[start - 2 : start - 1].isalnum()
    if before in ".-/_,–—":
        return not follows and (before == "." or text[start - 2 : start - 1].isalnum())
    return before.isalnum()


def _iso(match: re.Match[str], start: int) -> list[Token]:
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    tokens = [Token("I", start, start + match.end(3) - match.start(), ymd=(year, month, day))]
    if match[4]:
        at, end = start + match.start(4), start + match.end(5)
        tokens.append(Token("C", at, end, int(match[4]), int(match[5]), sense="padded"))
    if match[6] == "Z":
        tokens.append(_zulu(start + match.start(6)))
    elif match[6] and (zone := offset_at(match.string, match.start(6), base=start)):
        tokens.append(Token("Z", *zone.at, zone=zone))
    return tokens


def _named(match: re.Match[str], start: int) -> list[Token]:
    month = MONTH_NUMBERS.get(match[3].capitalize(), 0)
    if not month:
        return []
    return [Token("X", start, start + match.end(), ymd=(int(match[4]), month, int(match[1])))]


def _digits(digits: str, start: int, *, after: str) -> list[Token]:
    if digits.isdecimal():
        return _integer(digits, start)
    if ":" in digits:
        return _clock(digits, start, kind="C")
    if _HOUR_LETTER.search(digits):
        return _clock(digits.lower(), start, kind="H")
    numbers = _SEPARATORS.split(digits)
    if len(numbers) == 2 and "." in digits:
        return _pair(numbers, start, after=after)
    return _triple(numbers, digits, start) if len(numbers) == 3 and "," not in digits else []


def _triple(numbers: list[str], digits: str, start: int) -> list[Token]:
    """A date of three numbers, else the days of a list: 14-15-16 March."""
    separator = next(c for c in digits if not c.isdecimal())
    if ymd := _three(numbers, separator):
        # Only a date that does not begin with its year leaves day and month open.
        sense = separator if len(numbers[0]) <= 2 else ""
        return [Token("X", start, start + len(digits), sense=sense, ymd=ymd)]
    if separator == ".":
        return []
    parts = [_integer(part[0], start + part.start()) for part in _DIGITS.finditer(digits)]
    return [part[0] for part in parts] if all(parts) else []


def _integer(digits: str, start: int) -> list[Token]:
    end, number = start + len(digits), int(digits) if len(digits) <= 4 else -1
    if len(digits) <= 2:
        return [
            Token(
                "D" if number <= 31 else "K", start, end, number, sense="padded" if digits[0] == "0" else ""
            )
        ]
    if len(digits) == 4 and 1900 <= number <= 2199:
        return [Token("Y", start, end, number)]
    if number >= 0 and number % 100 < 60 and number // 100 <= 24:
        return [Token("K", start, end, number // 100, number % 100)]
    return []


def _clock(digits: str, start: int, *, kind: str) -> list[Token]:
    hour, minute, *rest = digits.split(":") if kind == "C" else _HOUR_SIGN.split(digits)
    if len(hour) > 2 or len(minute) != 2 or len(rest) > 1 or not (hour + minute).isdecimal():
        return []
    if rest and rest[0][:2] != "00":
        return []  # only machines and runners count the seconds
    sense = "padded" if hour[0] == "0" else ""
    return [Token(kind, start, start + len(digits), int(hour), int(minute), sense=sense)]


def _pair(numbers: list[str], start: int, *, after: str) -> list[Token]:
    """14.40 (a time, a version), 14.3. (a date) or 2.5 (a length)."""
    first, second = numbers
    end = start + len(first) + 1 + len(second)
    if len(first) > 2 or len(second) > 2:
        return []
    # "14.3." is a date only where the dot does not end a sentence; the grammar wants a weekday before it.
    if after[:1] == "." and 1 <= int(first) <= 31 and 1 <= int(second) <= 12:
        return [Token("s", start, end + 1, ymd=(0, int(second), int(first)))]
    if len(second) == 2 and int(first) <= 24 and int(second) < 60:
        sense = "padded" if first[0] == "0" else ""
        return [Token("d", start, end, int(first), int(second), sense=sense)]
    return [Token("p", start, end, int(first), int(second))]


def _three(numbers: list[str], separator: str) -> tuple[int, int, int] | None:
    """Year, month, day; the month first where only the order can tell (the grammar keeps the other order)."""
    first, second, third = map(int, numbers)
    lengths = [*map(len, numbers)]
    if lengths[0] == 4 and max(lengths[1:]) <= 2:
        # 2024.3.1 is a version.
        return (first, second, third) if separator != "." or lengths[1:] == [2, 2] else None
    if max(lengths[:2]) > 2:
        return None
    if lengths[2] == 2 and (separator == "/" or (separator == "." and lengths == [2, 2, 2])):
        third += 2000
    if not 1900 <= third <= 2199:
        return None
    return (third, second, first) if separator == "." or first > 12 else (third, first, second)


def _suffixed(tokens: list[Token], suffix: str, at: int) -> list[Token]:
    """The tokens with what is written to the number without a space: 14th, 7pm, 19Uhr, 14:40Z, 7pmEST."""
    if len(tokens) != 1 or tokens[0].kind not in "DKdCHs":
        return []
    number = tokens[0]
    if meridiem := _MERIDIEM.fullmatch(suffix):
        zone = _glued_zone(meridiem[2], at + 2) if meridiem[2] else []
        return [number, Token("A", at, at + 2, sense=meridiem[1].lower()), *zone]
    if number.kind == "D" and (suffix in "hHu" or suffix.lower() in _ORDINALS):
        return [number._replace(kind="c" if suffix in "hHu" else "O", end=at + len(suffix))]
    if suffix in _HOURS:
        return [number, Token("U", at, at + len(suffix))]
    rest = _glued_zone(suffix, at) or _glued_unit(suffix, at)
    return [number, *rest] if rest else []


def _glued_unit(suffix: str, at: int) -> list[Token]:
    word = WORDS.get(suffix)
    return [Token("h", at, at + len(suffix), sense=word.sense)] if word and word.kind == "h" else []


def _glued_zone(suffix: str, at: int) -> list[Token]:
    end = at + len(suffix)
    if suffix == "Z":
        return [_zulu(at)]
    zone = zone_at(suffix, 0, base=at) if suffix in ABBREVIATIONS else None
    return [Token("Z", at, end, zone=zone)] if zone else []


def _zulu(at: int) -> Token:
    zone = Zone(at=(at, at + 1), text="Z", kind="abbreviation", name="UTC")
    return Token("Z", at, at + 1, zone=zone)
