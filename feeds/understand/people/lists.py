"""Owns the reading of a phrase that is a list of speakers: names, what they do and whom they work for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from feeds.understand.people.leads import LEAD
from feeds.understand.people.names import kind_of
from feeds.understand.people.segments import JOINING, Item, classify, cut
from feeds.understand.people.values import Links, Person, fold
from feeds.understand.people.words import ARTICLES, PARTICLES

_SURE = 0.7
"""Above this a part after a comma is a person whatever the pattern around it says."""

_WRITTEN = {"&": " & ", "/": "/"}

MAX_PHRASE = 1200
"""A longer phrase is no list of speakers."""


@dataclass(slots=True, kw_only=True)
class _Draft:
    item: Item
    score: float
    affiliation: str | None = None
    role: str | None = None
    handle: str | None = None
    bracketed: bool = False  # has an organisation or a handle of its own in parentheses
    waiting: bool = True  # may still be given the organisation that ends its group


@dataclass(slots=True)
class Reading:
    """What was made of a phrase: the people so far, and how many parts made no sense."""

    people: list[_Draft]
    puzzling: int = 0
    role: str | None = None  # a role that stands before its person


def read_people(
    text: str,
    *,
    organisations: Collection[str] = (),
    known: Collection[str] = (),
    links: Links = (),
    led: bool = False,
) -> tuple[Person, ...]:
    """The people of a phrase that is a list of speakers, in the order they are named.

    `led` is whether "by" stood before the phrase.
    """
    reading = read(text, organisations=organisations, known=known, led=led)
    floor = 0.25 if not reading.puzzling else 0.6
    return tuple(_person(draft, links) for draft in reading.people if draft.score >= floor)


def looks_like_people(
    text: str, *, known: Collection[str] = (), organisations: Collection[str] = ()
) -> float:
    """How much a phrase looks like a list of speakers: 0 not at all, 1 all are known."""
    if len(text) > MAX_PHRASE:
        return 0.0
    return _likelihood(text, tuple(known), tuple(organisations))


def likely_people(text: str, *, led: bool = False, shape: bool = True) -> bool:
    """Whether a phrase is a list of speakers rather than anything else.

    `led`: "by" stands before it. `shape`: two capitalised words are enough, be they on no list of names.
    """
    return looks_like_people(text) >= (_LED if led else _LIKELY if shape else _KNOWN)


def surely_people(text: str, *, known: Collection[str] = (), organisations: Collection[str] = ()) -> bool:
    """Whether a phrase can hardly be anything but a list of speakers: their names are known."""
    return looks_like_people(text, known=known, organisations=organisations) >= _SURELY


_LED, _LIKELY, _KNOWN, _SURELY = 0.3, 0.5, 0.6, 0.85
"""Two capitalised words that are on no list have 0.45 to 0.55, with a first name that is on one 0.9.

Behind "by" less is enough, but not anything: "Von Subversion zu Git" is a title.
"""


@lru_cache(maxsize=2048)
def _likelihood(text: str, known: tuple[str, ...], organisations: tuple[str, ...]) -> float:
    """Remembered: titles, rooms and people are told apart by asking about the same words again and again."""
    reading = read(text, organisations=organisations, known=known, opens_with_people=True)
    if not reading.people:
        return 0.0
    scores = [max(draft.score, 0.6) if draft.bracketed else draft.score for draft in reading.people]
    # One that is no person spoils the list: the least likely name counts as much as the mean.
    mean = (sum(scores) / len(scores) + min(scores)) / 2
    if mean < 1 and any(d.affiliation or d.role or d.handle for d in reading.people):
        mean = min(0.98, mean + 0.15)
    share = len(scores) / (len(scores) + reading.puzzling + _odd(reading.people))
    return round(mean * share * share, 3)


def _odd(people: list[_Draft]) -> int:
    """How many bare words stand among full names with no company of their own: things, not people."""
    if all(" " not in draft.item.text for draft in people):
        return 0
    return sum(
        1 for draft in people if draft.score < 0.5 and " " not in draft.item.text and not draft.bracketed
    )


def read(
    text: str,
    *,
    organisations: Collection[str],
    known: Collection[str],
    opens_with_people: bool = False,
    led: bool = False,
) -> Reading:
    """Reads the parts of a phrase from left to right into people; may give up where it opens with none."""
    reading = Reading([])
    if len(text) > MAX_PHRASE:
        return reading
    known_folded = frozenset(map(fold, known)) if known else frozenset()
    organisations_folded = frozenset(map(fold, organisations)) if organisations else frozenset()
    items: list[Item] = []
    led = led or LEAD.match(text) is not None
    for part in cut(text, organisations_folded):
        item = classify(part, known=known_folded, organisations=organisations_folded)
        if opens_with_people and not items and item.kind in {"puzzle", "organisation", "vague"}:
            return reading
        items.append(_as_trade(item, items[-1], led=led) if items else item)
    for item in _settle(items):
        _take(item, reading, text)
    return reading


def _as_trade(item: Item, before: Item, *, led: bool) -> Item:
    """A few plain words behind a full name and a comma say what somebody does ("Ada Ek, water historian").

    `led` is whether "by" leads to the names: then those that no list has are names, too.
    """
    named = before.kind == "person" and " " in before.text and before.score >= (0.5 if led else _SURE)
    words = item.text.split()
    if item.kind != "puzzle" or item.joint != "," or not named or not 0 < len(words) <= _MOST_WORDS:
        return item
    plain = all(one.replace("-", "").isalpha() and one.islower() and kind_of(one) == "other" for one in words)
    return replace(item, kind="role", role=item.text) if plain else item


_MOST_WORDS = 3


def _settle(items: list[Item]) -> list[Item]:
    """Decides which parts after a comma are organisations although they could be names."""
    recurring, paired = _recurring(items), _paired(items)
    settled = [_beside_alike(items, at) for at in range(len(items))]
    for start, end in _groups(items):
        commas = [i for i in range(start + 1, end) if items[i].joint == ","]
        for i in commas:
            item = items[i]
            if item.kind != "person" or item.sure or item.affiliation:
                continue
            employs = fold(item.text) in recurring or (paired and item.score <= _SURE)
            if employs or not _reads_as_person(items, i, start, end):
                settled[i] = replace(item, kind="organisation")
    return settled


def _beside_alike(items: list[Item], at: int) -> Item:
    """A part as a person where it is built as the one before it ("Ada Ek (Quarry), Xiaoling Feng (T)")."""
    item = items[at]
    if item.kind not in {"vague", "organisation"} or item.joint not in {",", "&"}:
        return item
    if not 2 <= at < len(items) - 1 or items[at - 1].joint != "(" or items[at + 1].joint != "(":
        return item
    words = item.text.split()
    named = items[at - 2].kind == "person" and items[at - 2].score >= 0.5
    if not named or not 2 <= len(words) <= 3 or not all(one[0].isupper() and one.isalpha() for one in words):
        return item
    return replace(item, kind="person", score=0.5, sure=True, name=item.text, name_at=item.at)


def _recurring(items: list[Item]) -> set[str]:
    """The texts that follow a comma or "@" twice: a person is named once, an employer again and again."""
    seen: set[str] = set()
    twice: set[str] = set()
    for item in items:
        if item.joint in {",", "@"}:
            (twice if fold(item.text) in seen else seen).add(fold(item.text))
    return twice


def _paired(items: list[Item]) -> bool:
    """Whether each of several is named with the organisation right behind ("A, Snow Survey & B, Lab")."""
    groups = [items[start:end] for start, end in _groups(items)]
    if len(groups) < 2 or any(len(group) != 2 or group[1].joint != "," for group in groups):
        return False
    return any(group[1].kind == "organisation" for group in groups) or any(map(_lone, groups[:-1]))


def _lone(group: Sequence[Item]) -> bool:
    """Whether one word that is nobody's first name stands behind a full name ("Ada Ek, Quarry")."""
    named, behind = group
    return " " in named.text and named.score > behind.score < 0.5 and " " not in behind.text


def _groups(items: list[Item]) -> Iterable[tuple[int, int]]:
    """Runs of parts between "&", ";" and the ends."""
    start = 0
    for i in range(1, len(items) + 1):
        if i == len(items) or items[i].joint in {"&", ";", "/"}:
            yield start, i
            start = i


def _reads_as_person(items: list[Item], i: int, start: int, end: int) -> bool:
    """Whether a name-like part after a comma is one more person, by its shape and the pattern around it."""
    item = items[i]
    if item.score >= _SURE:
        return True
    settled_by = [
        other for other in items[i + 1 :] if other.joint in {",", "@", "-"} and other.kind != "role"
    ]
    if (
        items[start].kind == "person" and items[start].score < 0.55 and item.score < 0.55
    ):  # first names among first names
        return item.score >= 0.25 and items[start].score <= 0.5
    if item.score < 0.5 or items[i - 1].joint == "(":
        return item.score >= 0.5  # whoever stands before has his organisation: "Ada Ek (Quarry), Bo Li"
    if i + 1 < end:
        return items[i + 1].joint != "(" or items[i + 1].kind != "role"
    if i == start + 1:
        # "A, B & C" without any organisation is three people; "A, X & C, Y" is two with theirs.
        return end < len(items) and items[end].joint == "&" and not settled_by
    return all(items[j].kind == "person" and items[j].score >= 0.5 for j in range(start, i))


def _take(item: Item, reading: Reading, text: str) -> None:
    if item.joint == ";":
        _close(reading)
    if item.joint in {"&", "/"} and reading.people and _half_of_organisation(item, reading.people[-1]):
        whole = f"{reading.people[-1].affiliation}{_WRITTEN[item.joint]}{item.text}"
        return _extend(reading.people[-1].affiliation, whole, reading)
    if item.joint in {"@", "-"} and item.kind == "person" and not item.sure:
        return _affiliate(item, reading, text) if reading.people else _add(item, reading)
    match item.kind:
        case "person":
            _add(item, reading)
        case "organisation" | "vague":
            _affiliate(item, reading, text)
        case "role":
            _give_role(item, reading)
        case "handle":
            _give_handle(item, reading)
        case "nothing":
            pass
        case _:
            reading.puzzling += not _is_group(item)
    return None


def _is_group(item: Item) -> bool:
    """Whether people without names stand behind "and" ("Nicola Ricci e i ragazzi del FabLab")."""
    words = item.text.split() if item.joint == "&" else []
    if not words or not words[0].islower() or fold(words[0]) not in ARTICLES:
        return False
    return any(word[0].isupper() for word in words[1:])


def _add(item: Item, reading: Reading) -> None:
    last = reading.people[-1] if reading.people else None
    if item.joint == "(":
        return _mention(item, reading)
    if last is not None and (last.affiliation or last.role):
        _close(reading)
    draft = _Draft(item=item, score=item.score, affiliation=item.affiliation, role=item.role or reading.role)
    draft.handle = item.handle
    draft.waiting = item.affiliation is None
    reading.role = None
    reading.people.append(draft)
    return None


def _half_of_organisation(item: Item, last: _Draft) -> bool:
    """Whether it is the second half of a company such as "Berg & Partner" just named."""
    alone = " " not in item.text and item.score < 0.5
    return (
        not last.bracketed
        and alone
        and last.affiliation is not None
        and " " in last.item.text
        and " " not in last.affiliation
    )


def _mention(item: Item, reading: Reading) -> None:
    """A capitalised word in parentheses after a name says where the person is from."""
    if reading.people and not item.sure:
        reading.people[-1].affiliation = reading.people[-1].affiliation or item.text
        reading.people[-1].bracketed = True
        return
    reading.puzzling += 1


_WITHIN_NAMES = JOINING | PARTICLES


def _company(text: str) -> str:
    """A company without the sentence that goes on behind it ("Northwind Telecom walk through a playbook")."""
    words = text.split(" ")
    for at in range(1, len(words) - 1):
        word = words[at]
        if words[at - 1][:1].isupper() and word.islower() and word not in _WITHIN_NAMES:
            return " ".join(words[:at])
    return text


def _affiliate(item: Item, reading: Reading, text: str) -> None:
    item = replace(item, text=_company(item.text))
    if item.joint == "/" and reading.people and reading.people[-1].affiliation:
        return _extend(
            reading.people[-1].affiliation, f"{reading.people[-1].affiliation}/{item.text}", reading
        )
    if not reading.people or item.joint in {"&", "/", ";"}:
        reading.puzzling += 1 if item.joint != "&" or not reading.people or not reading.people[-1].role else 0
        return None
    last = reading.people[-1]
    if item.joint == "(" or not last.waiting:
        if item.joint == "@" and last.affiliation and text[: item.at[0]].rstrip().endswith("at"):
            _extend(last.affiliation, f"{last.affiliation} at {item.text}", reading)
        last.affiliation = last.affiliation or item.text
        last.waiting, last.bracketed = False, last.bracketed or item.joint == "("
        return None
    for draft in reading.people:
        if draft.waiting:
            draft.affiliation, draft.waiting = draft.affiliation or item.text, False
    return None


def _extend(old: str | None, new: str, reading: Reading) -> None:
    for draft in reading.people:
        if draft.affiliation == old:
            draft.affiliation = new


def _give_role(item: Item, reading: Reading) -> None:
    if not reading.people or item.joint == ";":
        reading.role = item.role or item.text
        return
    last = reading.people[-1]
    last.role = f"{last.role}, {item.text}" if last.role else item.role or item.text
    if item.affiliation and not last.affiliation:
        last.affiliation, last.waiting = item.affiliation, False
    for draft in reading.people[:-1]:
        draft.waiting = draft.waiting and item.joint != ","


def _give_handle(item: Item, reading: Reading) -> None:
    if reading.people and item.joint in {"(", ",", "-"}:
        reading.people[-1].handle = item.text
        return
    if item.name_at[0] < item.name_at[1]:  # "@ola" is somebody; "(ola)" behind nobody's name is not
        reading.people.append(_Draft(item=item, score=0.6, handle=item.text))


def _close(reading: Reading) -> None:
    for draft in reading.people:
        draft.waiting = False


def _person(draft: _Draft, links: Links) -> Person:
    start, end = draft.item.name_at
    url = next((href for (a, b), href in links if a < end and b > start), None)
    name = draft.item.name or draft.item.text
    return Person(
        name=name,
        at=(start, end),
        affiliation=draft.affiliation,
        role=draft.role,
        handle=draft.handle,
        url=url,
    )
