"""Owns what stands directly beside a city's name and narrows it: countries, regions, postal codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from feeds.understand.gazetteer import City, countries
from feeds.understand.places.countries import Area, area_beginnings, areas_named
from feeds.understand.places.words import Word, joined

# Countries that write the code behind the city, so that digits before one are not its postal code.
_CODE_BEHIND = frozenset({"US", "CA", "GB", "AU", "IE", "IN", "NZ", "ZA", "SG", "TW", "MX"})
_CODE_BEFORE = re.compile(r"(?<![\w.,/-])(?:[A-Z]{1,3}-)?(\d{3} ?\d{2}|\d{4,6})(?: ?[A-Z]{2}|-\d{3})? $")
_YEAR = re.compile(r"(?:19[89]|20[0-4])\d")
_YEAR_BEHIND = re.compile(r"(?:19|20)\d\d")  # "Poland 1962" is a film's
_CODE_AFTER = re.compile(
    r"\s\d{4,6}(?:-\d{4})?(?![\w:/-])|,?\s(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)\b"
)
_DISTRICT = re.compile(r" \d{1,2}(?![\w:.])(?:-[^\W\d_]{1,30}(?: [^\W\d_]{1,30})?)?")
_SEPARATOR = re.compile(r"[ \t]*(?:,|\(|\[|/|[-–—|·])?\s{0,2}")
_MARK_BEHIND = re.compile(r"\s?[,(\[/|·–—-]|\s[A-Z\d]")
_STATE_BEHIND = re.compile(r", ([A-Z][a-z]{3,12}(?: [A-Z][a-z]{3,8})?)(?![\w-])")
_LONGEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The cities that remain, the range that was read, the country and region said, whether a postal code.

    `elsewhere`: a state of the USA is said in which the table has no such city ("Berlin, Texas").
    """

    cities: tuple[City, ...]
    start: int
    end: int
    country: str | None = None
    region: str | None = None
    code: bool = False
    elsewhere: bool = False

    @property
    def said(self) -> bool:
        """Whether anything beside the name shows that it is a place."""
        return self.country is not None or self.code


def read_beside(
    text: str, words: Sequence[Word], *, first: int, last: int, cities: tuple[City, ...]
) -> Beside:
    """What stands beside the name that spans the words `first` to `last`."""
    start, fitting = _code_before(text, words[first].start, cities)
    end, code = _code_after(text, words[last].end)
    beside = Beside(
        cities=fitting or cities,
        start=start,
        end=end if code else words[last].end,
        code=bool(fitting) or code,
        elsewhere=_in_unknown_state(text, end, fitting or cities),
    )
    if beside.elsewhere:
        return beside
    at, index = end, last + 1
    for _ in range(2):  # a region, then its country
        while index < len(words) and words[index].start < at:  # the letters of a postal code
            index += 1
        found = _area(text, words, at=at, index=index, beside=beside)
        if found is None:
            break
        beside, index = found
        at = beside.end
    return beside if beside.region is None and beside.country is None else _with_code_behind(text, beside)


def may_be_beside(text: str, *, start: int, end: int) -> bool:
    """Whether something can stand beside the name at a slice that makes even an ordinary word a place."""
    return _MARK_BEHIND.match(text, end) is not None or text[max(0, start - 2) : start - 1].isdigit()


def _in_unknown_state(text: str, end: int, cities: tuple[City, ...]) -> bool:
    match = _STATE_BEHIND.match(text, end)
    if match is None:
        return False
    states = {region for country, region in areas_named(match[1]) if country == "US" and region}
    areas = {(city.place.country, city.region) for city in cities}
    return bool(states) and not any(area in areas or (area[0], "") in areas for area in areas_named(match[1]))


def _code_before(text: str, start: int, cities: tuple[City, ...]) -> tuple[int, tuple[City, ...]]:
    """Where the postal code before the name begins, and the cities it can be of; none without a code."""
    match = _CODE_BEFORE.search(text, max(0, start - 16), start)
    if match is None or _YEAR.fullmatch(match[1]):
        return start, ()
    digits = len(match[1].replace(" ", ""))
    fitting = tuple(city for city in cities if _writes(city, digits=digits))
    return (match.start(), fitting) if fitting else (start, ())


def _writes(city: City, *, digits: int) -> bool:
    country = countries()[city.place.country]
    return digits in country.digits and country.code not in _CODE_BEHIND


def _code_after(text: str, end: int) -> tuple[int, bool]:
    """Where a postal code or district behind the name ends, and whether it is a code."""
    match = _CODE_AFTER.match(text, end)
    if match is not None and not _YEAR_BEHIND.fullmatch(match[0].strip(" ,\n")):
        return match.end(), True
    district = _DISTRICT.match(text, end)
    return (end, False) if district is None else (district.end(), False)


def _with_code_behind(text: str, beside: Beside) -> Beside:
    match = _CODE_AFTER.match(text, beside.end)
    if match is None or _YEAR_BEHIND.fullmatch(match[0].strip(" ,\n")):
        return beside
    return replace(beside, end=match.end(), code=True)


def _area(
    text: str, words: Sequence[Word], *, at: int, index: int, beside: Beside
) -> tuple[Beside, int] | None:
    """The longest country or region name that begins at `at` and leaves a city, and the word after it."""
    separator = _SEPARATOR.match(text, at)
    if separator is None or separator.end() == at or index >= len(words):
        return None
    first = words[index]
    if first.start != separator.end() or not _may_begin(text, first):
        return None
    spaced = not separator[0].strip()
    for count in range(_run(text, words, index), 0, -1):
        last = words[index + count - 1]
        named = text[first.start : last.end]
        if not _can_stand(text, named, last.end, spaced=spaced):
            continue
        narrowed = _narrow(beside, areas_named(named), end=_closed(text, last.end))
        if narrowed is not None:
            return narrowed, index + count
    return None


def _run(text: str, words: Sequence[Word], index: int) -> int:
    """How many words from one on could be a single name, at most the longest that is looked for."""
    count = 1
    while count < min(_LONGEST, len(words) - index) and joined(
        text, left=words[index + count - 1], right=words[index + count]
    ):
        count += 1
    return count


def _may_begin(text: str, word: Word) -> bool:
    return word.capital and (word.key in area_beginnings() or text[word.start : word.end].isupper())


def _can_stand(text: str, named: str, end: int, *, spaced: bool) -> bool:
    """Behind a bare space only codes and long names are countries, and none before a hyphen."""
    if text[end : end + 1] == "-":
        return False
    return not spaced or named.isupper() or len(named) > 4


def _closed(text: str, end: int) -> int:
    """Past the full stop of "D.C." and a closing bracket."""
    if text[end : end + 1] == "." and text[end - 2 : end - 1] == ".":
        end += 1
    return end + 1 if text[end : end + 1] in {")", "]"} else end


def _narrow(beside: Beside, areas: Sequence[Area], *, end: int) -> Beside | None:
    for country, region in areas:
        fitting = tuple(
            city for city in beside.cities if city.place.country == country and region in {None, city.region}
        )
        if fitting:
            said = region or beside.region
            return replace(beside, cities=fitting, end=end, country=country, region=said)
    return None
