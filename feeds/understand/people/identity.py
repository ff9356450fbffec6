"""Owns whether two spellings name one person."""

from __future__ import annotations

import re
from typing import Literal

from feeds.understand.people.values import fold
from feeds.understand.people.words import SUFFIXES, TITLES

_NICKNAMES = (
    "robert bob rob bobby,william bill will billy,richard rick dick rich,michael mike mick micha"
    " misha,thomas tom"
    " tommy,daniel dan danny,james jim jimmy jamie,joseph joe joey,david dave davy,edward ed eddie"
    " ted,charles"
    " charlie chuck,christopher chris kit,christian chris,matthew matt,anthony tony,andrew andy"
    " drew,nicholas nick"
    " nic,benjamin ben,samuel sam,samantha sam,alexander alex sasha xander,alexandra alex sasha,stephen"
    " steve,steven"
    " steve,joshua josh,jonathan jon,timothy tim,gregory greg,kenneth ken,patrick pat,patricia pat"
    " trish,elizabeth"
    " liz beth lisa betty,katherine kate kathy katie,catherine cathy kate cat,margaret maggie meg"
    " peggy,jennifer jen"
    " jenny,jessica jess,rebecca becca becky,susan sue,deborah deb debbie,victoria vicky,philip"
    " phil,phillip phil,"
    "peter pete,frederick fred freddy,francisco paco fran,jose pepe,ignacio nacho,johannes hannes"
    " jan,sebastian seb"
    " basti,maximilian max,friedrich fritz,giuseppe beppe pino,jeffrey jeff,lawrence larry,ronald"
    " ron,donald don,"
    "raymond ray,zachary zach,nathaniel nate nathan,abigail abby,theodore theo ted,leonard leo len,walter"
    " walt,"
    "vladimir vova volodya,dmitry dima,mikhail misha,aleksandr sasha,ekaterina katya,maria masha,anastasia"
    " nastya"
)
_PAIRS = frozenset(
    frozenset((formal, short))
    for group in _NICKNAMES.split(",")
    for formal, *shorts in [group.split()]
    for short in shorts
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_UMLAUTS = (("oe", "o"), ("ae", "a"), ("ue", "u"), ("aa", "a"))


def same_person(a: str, b: str) -> Literal["same", "maybe", "no"]:
    """Whether two names are one person: "same" but for accents, case and titles; "maybe" is a guess.

    A first name alone is nobody in particular, so it is never the same as a full name.
    """
    if len(a) > 200 or len(b) > 200:
        return "no"
    left, right = _words(a), _words(b)
    if not left or not right:
        return "no"
    if left == right or _umlauts(left) == _umlauts(right) or "".join(left) == "".join(right):
        return "same"
    if len(left) == 1 or len(right) == 1:
        return "no"
    return _compare(left, right)


def _words(name: str) -> list[str]:
    folded = fold(name).replace("-", " ")
    pieces = folded.split()
    while len(pieces) > 2 and pieces[0] in TITLES:  # of two words the first is more likely an initial
        del pieces[0]
    while len(pieces) > 2 and pieces[-1] in SUFFIXES:
        del pieces[-1]
    return [word.replace("'", "") for word in _WORD.findall(" ".join(pieces))]


def _umlauts(words: list[str]) -> str:
    """One spelling for "Müller", "Mueller" and "Muller"."""
    joined = " ".join(words)
    for digraph, vowel in _UMLAUTS:
        joined = joined.replace(digraph, vowel)
    return joined


def _compare(left: list[str], right: list[str]) -> Literal["same", "maybe", "no"]:
    if sorted(left) == sorted(right):
        return "maybe"
    shorter, longer = sorted((left, right), key=len)
    if left[-1] == right[-1]:
        if left[0] == right[0]:
            return _middles(shorter[1:-1], longer[1:-1])
        return "maybe" if _given_alike(left[0], right[0]) else "no"
    if left[0] != right[0]:
        return "no"
    if longer[: len(shorter)] == shorter:  # a second surname left out: "Ana Ruiz", "Ana Ruiz Soto"
        return "maybe"
    return "maybe" if len(left) == len(right) and _near(left[-1], right[-1]) else "no"


def _middles(fewer: list[str], more: list[str]) -> Literal["same", "maybe", "no"]:
    """Middle names between equal first and last names: a missing initial is the same, a missing name a"
    " guess."""
    if not fewer:
        return "same" if all(len(word) == 1 for word in more) else "maybe"
    if all(x[0] == y[0] for x, y in zip(fewer, more, strict=False)):
        return "same" if any(len(word) == 1 for word in (*fewer, *more)) else "maybe"
    return "no"


def _given_alike(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    if frozenset((a, b)) in _PAIRS:
        return True
    # "Maria" and "Mario" are two people, "Mathew" and "Matthew" likely one.
    return min(len(a), len(b)) >= 5 and a[-1] == b[-1] and _near(a, b, slips=1)


def _near(a: str, b: str, *, slips: int = 2) -> bool:
    """Whether at most so many letters were slipped; short words must be equal but for swapped letters."""
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > slips:
        return False
    return _distance(a[:40], b[:40]) <= (slips if min(len(a), len(b)) >= 9 else 1)


def _distance(a: str, b: str) -> int:
    """Edit distance in which two swapped neighbours count once (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
