"""Owns the shape of words and names: how much a phrase looks like the name of one person."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile
from typing import Literal

from feeds.understand.people.values import fold
from feeds.understand.people.words import (
    ARTICLES,
    CORPORATE,
    DEPARTING,
    FAMILY,
    FUNCTION,
    GIVEN,
    NAMEABLE,
    ORGANISATION,
    PARTICLES,
    PLACES,
    PREFIXES,
    PRODUCTS,
    ROLES,
    STRONG_PARTICLES,
    SUFFIXES,
    SYLLABLES,
    THINGS,
    TITLES,
)

Kind = Literal[
    "given",
    "doubtful",
    "family",
    "capital",
    "initial",
    "particle",
    "suffix",
    "ideographs",
    "shouted",
    "thing",
    "organisation",
    "function",
    "role",
    "other",
]

_INITIAL = re.compile(r"[^\W\d_]\.?|(?:[^\W\d_]\.-?){1,4}")
_LETTERS = re.compile(r"[^\W\d_]+(?:[’'ʼ.\-‑][^\W\d_]+)*[’'.]?")
_IDEOGRAPHS = re.compile("[一-鿿々]{1,4}|[가-힣]{1,4}|[ァ-ヿ]{2,8}|[ぁ-ん]{2,6}")
_MAX_WORDS = 6
_NEVER = frozenset({"function", "role", "organisation", "other"})
"""What no name has in it."""


@lru_cache(maxsize=16384)
def kind_of(word: str) -> Kind:
    """What one word, without spaces, can be in a name; an all-capital word is "shouted"."""
    if word[0].isupper() and (len(word) == 1 or "." in word) and _INITIAL.fullmatch(word):
        return "function" if word in {"A", "I", "O", "E", "Y"} else "initial"
    if not (word.isalpha() or _LETTERS.fullmatch(word)):
        return "other"
    folded = fold(word)
    if word[0].islower():
        return _kind_of_lower(word, folded)
    if folded in SUFFIXES:
        return "suffix"
    if word[0].isupper():
        firm = folded in CORPORATE and not word.isascii()  # "Sá" is a family, "SA" a kind of company
        known: Kind | None = "given" if _of_two_syllables(word) else None
        return known or (None if firm else _table_kind(folded)) or _shape_kind(word, folded)
    return "ideographs" if _IDEOGRAPHS.fullmatch(word) else "other"


def _kind_of_lower(word: str, folded: str) -> Kind:
    if folded in PARTICLES:
        return "particle"
    if (len(word) > 3 and word[1] in "'’" and word[2].isupper()) or _particle_prefixed(word):
        return "capital"
    if folded in ROLES:
        return "role"
    return "function" if folded in FUNCTION else "other"


def _particle_prefixed(word: str) -> bool:
    """Whether it is a lower-case article grown onto a name: al-Khatib, el-Sayed."""
    head, dash, tail = word.partition("-")
    return bool(dash) and head in PARTICLES and tail[:1].isupper()


def _of_two_syllables(word: str) -> bool:
    """Whether it is a Korean given name by how it is written: "Sun-hee", "Min-jun"."""
    first, _, second = word.partition("-")
    return second in SYLLABLES and len(first) <= _LONGEST_SYLLABLE


_LONGEST_SYLLABLE = 6


def _table_kind(folded: str) -> Kind | None:
    """What the tables say of a capitalised word; an ordinary word that is also a name is "doubtful"."""
    nameable = folded in GIVEN or folded in FAMILY or ("-" in folded and folded.partition("-")[0] in GIVEN)
    kind: Kind | None = None
    if folded in FUNCTION:
        kind = "doubtful" if folded in NAMEABLE and nameable else "function"
    elif folded in ROLES:
        kind = "role"
    elif folded in CORPORATE or (folded in ORGANISATION and not nameable):
        kind = "organisation"
    elif folded in PLACES or folded in PRODUCTS:
        kind = "doubtful"
    elif folded in THINGS:
        kind = "doubtful" if nameable else "thing"
    elif "-" in folded and any(part in THINGS for part in folded.split("-")):
        kind = None if nameable else "thing"
    return kind


def _shape_kind(word: str, folded: str) -> Kind:
    """What a capitalised word of no table is by its letters and the lists of names."""
    if len(word) > 1 and word.isupper():
        return "shouted"
    if not _capitals_fit(word):
        return "other"
    if folded in GIVEN or folded.partition("-")[0] in GIVEN:
        return "given"
    if folded in FAMILY or ("-" in folded and folded.rpartition("-")[2] in FAMILY):
        return "family"
    return "thing" if folded.endswith(DEPARTING) else "capital"


def _capitals_fit(word: str) -> bool:
    """Whether inner capitals stand only after a hyphen, an apostrophe or a prefix such as Mc."""
    if word[1:].islower():
        return True
    for part in re.split("[-‑.]", word):
        inner = next((i for i, letter in enumerate(part) if i and letter.isupper()), None)
        if inner is None:
            continue
        if (
            part[:inner].lower().replace("’", "'").replace("ʼ", "'") not in PREFIXES
            or not part[inner + 1 :].islower()
        ):
            return False
    return True


def _may_be_in_name(kind: Kind) -> bool:
    return kind not in _NEVER


@lru_cache(maxsize=4096)
def name_score(text: str) -> float:
    """How much a phrase looks like one personal name, 0 to 1; 0.9 needs a given name, 0.5 is shape alone."""
    words = text.split()
    if not words or len(words) > _MAX_WORDS + 1 or (len(words) > 2 and words[0].lower() in ARTICLES):
        return 0.0
    while len(words) > 1 and fold(words[0]) in TITLES:
        words = words[1:]
    kinds = list(takewhile(_may_be_in_name, map(kind_of, words)))
    if len(kinds) < len(words):
        return 0.0
    while kinds[-1] == "suffix" and len(kinds) > 1:
        kinds.pop()
        words.pop()
    if kinds[0] == "ideographs":
        return _score_ideographs(text, kinds)
    bare = [(kind, word) for kind, word in zip(kinds, words, strict=True) if kind != "particle"]
    if len(bare) == 1:
        return _score_single(kinds)
    if kinds[-1] == "particle" or (kinds[0] == "particle" and words[0] not in STRONG_PARTICLES):
        return 0.0
    return _score_several(kinds, words, [kind for kind, _ in bare])


def _score_ideographs(text: str, kinds: list[Kind]) -> float:
    length = len(text.replace(" ", ""))
    if any(kind != "ideographs" for kind in kinds) or len(kinds) > 3:
        return 0.0
    if len(kinds) == 1:
        return 0.5 if 2 <= length <= 4 else 0.0
    return 0.75 if length <= 10 else 0.0


def _score_single(kinds: list[Kind]) -> float:
    if len(kinds) > 1:  # "van Dam" alone
        return 0.4 if kinds[-1] in {"given", "family", "capital"} else 0.0
    return {"given": 0.5, "family": 0.3, "capital": 0.25, "doubtful": 0.15}.get(kinds[0], 0.0)


def _score_several(kinds: list[Kind], words: list[str], bare: list[Kind]) -> float:
    first, last = bare[0], bare[-1]
    if "shouted" in bare:
        return _score_shouted(words, bare)
    if first == "capital" and (_gerund(words[0]) or _gerund(words[-1])):
        return 0.0
    if "thing" in bare:
        # Only somebody's given name holds up an ordinary word as a surname.
        return (
            0.3 if first == "given" and len(bare) == 2 and last == "thing" and bare[1:] == ["thing"] else 0.0
        )
    if last == "initial" and (first not in {"given", "initial"} or len(bare) > 2):
        return 0.3
    length = max(0.0, len(bare) - 3) * 0.1
    return _evidence(first, last, bare, words, kinds) - length


def _gerund(word: str) -> bool:
    """Whether it looks like "Computing": no sign of a name where nothing else is one."""
    return len(word) >= 7 and word.endswith("ing")


_BEHIND_SAN = frozenset({"diego", "francisco", "paulo"})
"""Given names that are towns only behind another word."""


def _evidence(first: Kind, last: Kind, bare: list[Kind], words: list[str], kinds: list[Kind]) -> float:
    particle = any(k == "particle" and w in STRONG_PARTICLES for k, w in zip(kinds, words, strict=True))
    named = last in {"family", "given"} or "initial" in bare[1:-1]
    match first:
        case "given":
            return 0.75 if last == "doubtful" else 0.9
        case "initial":
            return 0.8 if last != "initial" else 0.5
        case "doubtful":
            if fold(words[0]) in GIVEN and fold(words[0]) not in PLACES - _BEHIND_SAN and last != "doubtful":
                return 0.75 if named else 0.6
            return 0.55 if named and fold(words[-1]) not in PLACES else 0.2
        case _:
            if last == "doubtful":
                return 0.45
            return 0.75 if particle else 0.7 if named else 0.55


def _score_shouted(words: list[str], bare: list[Kind]) -> float:
    """A surname in capitals (Jeanne DUPONT) or a whole name in capitals."""
    known = fold(words[0]) in GIVEN
    if not known or any(len(w) < 3 for w, k in zip(words, bare, strict=False) if k == "shouted"):
        return 0.0
    return 0.7 if all(k == "shouted" for k in bare) or bare[-1] == "shouted" else 0.0
