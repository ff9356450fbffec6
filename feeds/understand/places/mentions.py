"""Owns the finding of cities in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from feeds.model import Place
from feeds.understand.gazetteer import cities, fold_word, known, meanings
from feeds.understand.places.beside import Beside, may_be_beside, read_beside
from feeds.understand.places.evidence import Asked, Confidence, Site, judge
from feeds.understand.places.words import Word, capitalised, capitals, joined, word_behind, words_of
from feeds.understand.when.values import Slice

_LONGEST = 7
_ARTICLES = frozenset({"the", "den", "la", "le", "les", "los", "las", "el", "s"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A city's name in a text, with what was said beside it.

    `at` is the name, `whole` the name with its country, region and postal code. `candidates` are the cities
    it can be, the best known first; `fames` are theirs (see `settle`). `country` and `region` are the codes
    said beside it. `why` says what makes it a place, for `feeds explain`.
    """

    at: Slice
    whole: Slice
    text: str
    candidates: tuple[Place, ...]
    fames: tuple[int, ...]
    confidence: Confidence
    why: str
    country: str | None = None
    region: str | None = None


def find_places(text: str, *, base: int = 0, hint: bool = False) -> tuple[PlaceMention, ...]:
    """The cities named in a text in reading order; `hint`: a label says that it is a place.

    `base` is added to the slices.
    """
    asked: Asked = "hinted" if hint else "told"
    found = _remembered(text, asked) if len(text) <= _SHORT else _find(text, asked)
    return tuple(_moved(mention, base) for mention in found) if base else found


def names_town(text: str) -> bool:
    """Whether a phrase may be nothing but the name of a town, be it a small one."""
    return town_named(text) is not None


def town_named(text: str) -> PlaceMention | None:
    """The town that a phrase may be nothing but the name of, be it a small one."""
    if len(text) > _LONGEST_NAME:
        return None
    return next((one for one in find_places(text, hint=True) if one.at == (0, len(text))), None)


_LONGEST_NAME = 80
"""Letters; no town has a longer name, and what is longer need not be looked through for one."""


def find_names(text: str, *, base: int = 0) -> tuple[PlaceMention, ...]:
    """Besides what `find_places` finds, every name of a city that is no ordinary word, as weak mentions."""
    found = _find(text, "named") if any(map(_may_begin, capitals(text))) else ()
    return tuple(_moved(mention, base) for mention in found) if base else found


def _find(text: str, asked: Asked) -> tuple[PlaceMention, ...]:
    if asked == "told" and not _promising(text):
        return ()
    words = words_of(text)
    found = []
    behind = 0  # the first word and the first place in the text that no name has taken
    beyond = 0
    for at, first in enumerate(words):
        if at < behind or first.start < beyond or not (first.capital or first.key in _ARTICLES):
            continue
        name = _name_at(text, words, at)
        if name is None:
            continue
        last, key = name
        if key in _HALLS and _NUMBER.match(text, words[last].end):
            continue
        mention = _mention(text, words, first=at, last=last, key=key, asked=asked)
        behind = last + 1
        if mention is not None:
            beyond = mention.whole[1]
            found.append(mention)
    return tuple(found)


_HALLS = frozenset({"halle", "hall", "saal", "sala"})
"""Towns that are called like a hall: with a number behind it, it is the hall of a fair ("Halle 3")."""
_NUMBER = re.compile(r"\s\d")

# The rooms above ask for the same heading or line several times.
_SHORT = 2000
_remembered = lru_cache(maxsize=1024)(_find)


@lru_cache(maxsize=16384)
def _may_begin(spelled: str) -> bool:
    """Whether a word is a city's name or the beginning of one."""
    return any(known(fold_word(spelled)))


def _promising(text: str) -> bool:
    """Whether a closer look is worth while; most lines name no city, and telling so must cost little."""
    if not any(map(_may_begin, capitals(text))):
        return False
    meant = meanings()
    for word in capitalised(text):
        if not _may_begin(word[0]):
            continue
        key, (start, end) = fold_word(word[0]), word.span()
        named, more = known(key)
        if named and ("word" not in meant.get(key, ()) or may_be_beside(text, start=start, end=end)):
            return True
        if more and any(known(f"{key} {word_behind(text, end)}")):
            return True
    return False


def _name_at(text: str, words: Sequence[Word], at: int) -> tuple[int, str] | None:
    """The last word and the key of the longest city name that begins at a word."""
    first = words[at]
    best = None
    key = ""
    for index in range(at, min(at + _LONGEST, len(words))):
        if index > at and not joined(text, left=words[index - 1], right=words[index]):
            break
        key = f"{key} {words[index].key}" if key else first.key
        named, more = known(key)
        if named and (words[index].capital or words[index].key == "s"):  # "St. John's"
            best = (index, key)
        if not more:
            break
    return best


def _mention(
    text: str, words: Sequence[Word], *, first: int, last: int, key: str, asked: Asked
) -> PlaceMention | None:
    named = cities(key)
    beside = read_beside(text, words, first=first, last=last, cities=named)
    if beside.elsewhere:
        return None
    site = Site(text=text, words=words, first=first, last=last, key=key, fame=named[0].fame)
    judged = judge(site, said=beside.said, asked=asked)
    if judged is None:
        return None
    confidence, why = judged
    return PlaceMention(
        at=(site.start, site.end),
        whole=_whole(site, beside),
        text=site.spelled,
        candidates=tuple(city.place for city in beside.cities),
        fames=tuple(city.fame for city in beside.cities),
        confidence=confidence,
        why=why,
        country=beside.country,
        region=beside.region,
    )


def _whole(site: Site, beside: Beside) -> Slice:
    return (min(site.start, beside.start), max(site.end, beside.end))


def _moved(mention: PlaceMention, base: int) -> PlaceMention:
    return PlaceMention(
        at=(mention.at[0] + base, mention.at[1] + base),
        whole=(mention.whole[0] + base, mention.whole[1] + base),
        text=mention.text,
        candidates=mention.candidates,
        fames=mention.fames,
        confidence=mention.confidence,
        why=mention.why,
        country=mention.country,
        region=mention.region,
    )
