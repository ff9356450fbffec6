"""Owns the parts of a list of speakers: where it is cut, and what each part is by its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from feeds.understand.people.leads import LEAD
from feeds.understand.people.names import kind_of, name_score
from feeds.understand.people.values import Slice, fold
from feeds.understand.people.words import (
    CORPORATE,
    DEPARTMENTS,
    FIRM,
    ORGANISATION,
    RANKS,
    ROLES,
    STRONG_PARTICLES,
    TITLES,
)

Joint = Literal["", ";", ",", "&", "/", "-", "@", "("]
"""What stands before a part: "&" for any "and", "@" for any "at" or "from", "-" for dashes and bars."""

ItemKind = Literal["person", "organisation", "vague", "role", "handle", "nothing", "puzzle"]


@dataclass(slots=True, kw_only=True)
class Item:
    """One part. `at` is the part, `name_at` the name in it; `sure` people are in the caller's list."""

    text: str
    at: Slice
    joint: Joint
    kind: ItemKind = "puzzle"
    score: float = 0.0
    sure: bool = False
    name: str | None = None
    name_at: Slice = (0, 0)
    affiliation: str | None = None
    role: str | None = None
    handle: str | None = None


_JOINT = re.compile(
    r"[;,/()•·\n]|(?<!\S)(?!(?-i:MIT|CON|MET)\b)"
    r"(?:(?P<and>[&+]|and|und|et|y|e|en|with|avec|mit|con|och|og|as well as|sowie"
    r"|(?:together|along) with|(?:gemeinsam|zusammen) mit|ensemble avec|junto (?:a|con)|insieme (?:a|con)"
    r"|samen met"
    r"|(?:moderated|hosted|chaired|led) by)|(?P<at>@|at|from|of|bei|chez)|(?P<dash>[-–—―|]))(?!\S)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"(?P<org>[^’']{1,60}(?:[’']s|s[’']))\s+(?P<rest>\S.*)", re.DOTALL)
_NICKNAME = re.compile(r"\s+(?:[\"“”„«]\s?([^\"“”„«»]{1,40}?)\s?[\"”“»]|[‘']([^‘’']{1,40})[’'])(?=\s)")
_QUOTE = re.compile("[\"“”„«‘']")
_HANDLE = re.compile(r"@[\w.\-]{1,60}")
_NICK = re.compile(r"[a-z0-9_\-]{2,30}")
_PRONOUN = re.compile(
    r"(?:she|he|they|her|him|them|hers|his|theirs|any|il|elle|er|sie|ella|él)", re.IGNORECASE
)
_EDGES = ' \t\r\n\xa0\u200b*_"“”„«»:.,!…'
_ROLE_OF = re.compile(r"\s+(?:of|at|@|for|bei|chez|de|di|van|von|der|da|do)\s+(?:the\s+)?(?=[A-Z0-9])")


def cut(text: str, organisations: frozenset[str] = frozenset()) -> Iterator[Item]:
    """The parts of a phrase, without the words that lead it in; company suffixes stay with their company."""
    lead = LEAD.match(text)
    before: Item | None = None
    for item in _parts(text, lead.end() if lead else 0):
        if before is None:
            before = item
        elif _belongs(before, item, text, organisations):
            start, end = before.at[0], item.at[1]
            before = Item(text=text[start:end], at=(start, end), joint=before.joint)
        else:
            yield before
            before = item
    if before is not None:
        yield before


def _parts(text: str, start: int) -> Iterator[Item]:
    joint: Joint = ""
    inside = False
    for match in _JOINT.finditer(text, start):
        if match[0].lower() == "of" and not inside and not _is_full_name(text[start : match.start()]):
            continue  # "Director of Engineering", "University of Oslo"
        if item := _part(text, start, match.start(), "(" if inside and joint != "@" else joint):
            yield item
        blank = not text[start : match.start()].strip(_EDGES)
        joint = _joint(match, joint if blank else "")
        inside = match[0] == "(" or (inside and match[0] != ")")
        start = match.end()
    if item := _part(text, start, len(text), "(" if inside and joint != "@" else joint):
        yield item


def _is_full_name(text: str) -> bool:
    """Whether words can only be a name ("Jana Kučerová of Muzeum Online")."""
    words = text.split()
    return 1 < len(words) <= _MOST_NAMES and not has_role(text) and name_score(" ".join(words)) >= _NAME


_NAME, _MOST_NAMES = 0.5, 3


def _joint(match: re.Match[str], pending: Joint) -> Joint:
    """The joint at a match; an empty part before it keeps ";" over "," and "@" over all."""
    if match["and"]:
        return pending if pending == ";" else "&"
    if match["at"]:
        return "@"
    if match["dash"]:
        return "-"
    mark = match[0]
    if mark in "•·\n;":
        return ";"
    if mark == ")":
        return ","
    joint: Joint = "(" if mark == "(" else "/" if mark == "/" else ","
    return pending if pending in {";", "@"} and joint == "," else joint


_GUEST = re.compile(
    r"(?:(?:our|my|a|the|special|surprise) )*(?:guests?|colleagues?|co-?hosts?|hosts?|friends?|Gast|Gäste|"
    r"invitée?s?|invitad[oa]s?|convidad[oa]s?|ospite|ospiti|gasten?)\s(?=[A-ZÀ-Þ])"
)
"""What stands before a name and is no part of it ("with guest Ada Ek")."""


_OFFICE = re.compile(
    r"(?:le|la|the|der|die|el|il) (?=(?:Dr|Prof|Mme|Herr|Frau|Dra|Dott)\b)|"
    r"(?:(?:the|our|el|la|il|der|die|le|o|a) )?[a-zà-ÿ-]{4,20} "
    r"(?=(?:[A-ZÀ-Þ][\w'’-]+ ){1,3}[A-ZÀ-Þ][\w'’-]+$)"
)
"""What a full name's bearer is ("translator Ada Ek", "la decana Ada Ek")."""


def _part(text: str, start: int, end: int, joint: Joint) -> Item | None:
    end = start + len(text[start:end].rstrip(_EDGES))
    start = end - len(text[start:end].lstrip(_EDGES))
    if guest := _GUEST.match(text, start, end) or _OFFICE.match(text, start, end):
        start = guest.end()
    if start < end and text[end : end + 1] == "." and _dotted(text[start:end]):
        end += 1
    return Item(text=text[start:end], at=(start, end), joint=joint) if start < end else None


def _dotted(part: str) -> bool:
    """Whether a full stop after it belongs to it: an initial or a company suffix."""
    words = part.split()
    if not words:
        return False
    last = words[-1]
    return (
        len(last) == 1
        or last[-2:-1] == "."
        or f"{last.lower()}." in CORPORATE
        or last.lower() in {"jr", "sr"}
    )


def _belongs(before: Item, item: Item, text: str, organisations: frozenset[str]) -> bool:
    """Whether a part is the rest of the one before it: ", LLC" or an organisation that is configured"
    " whole."""
    firm = text[before.at[1] : item.at[0]].strip() == "&" and fold(item.text.split()[0]) in FIRM
    if firm and before.joint in {",", "("}:
        return True
    if item.joint == "," and fold(item.text) in CORPORATE:
        return True
    return bool(organisations) and fold(text[before.at[0] : item.at[1]]) in organisations


def classify(item: Item, *, known: frozenset[str], organisations: frozenset[str]) -> Item:
    """Says what a part is by its own words alone."""
    if organisations and fold(item.text) in organisations:
        return replace(item, kind="organisation")
    if known and fold(item.text) in known:
        return replace(item, kind="person", score=1.0, sure=True, name=item.text, name_at=item.at)
    verdict = _verdict(item.text, "(" if item.joint == "(" else "")
    shift = item.at[0]
    name_at = (verdict.name_at[0] + shift, verdict.name_at[1] + shift)
    sure = bool(known) and verdict.kind == "person" and fold(verdict.name or "") in known
    return Item(
        text=verdict.text,
        at=item.at,
        joint=item.joint,
        kind=verdict.kind,
        score=1.0 if sure else verdict.score,
        sure=sure,
        name=verdict.name,
        name_at=name_at,
        affiliation=verdict.affiliation,
        role=verdict.role,
        handle=verdict.handle,
    )


@lru_cache(maxsize=4096)
def _verdict(text: str, joint: Literal["(", ""]) -> Item:
    """A part as if it stood alone; cached, because a title is tried at several separators."""
    item = Item(text=text, at=(0, len(text)), joint=joint)
    if text[0] == "@" and _HANDLE.fullmatch(text):
        return replace(item, text=text[1:], kind="handle", name_at=item.at)
    if text in _UNATTACHED:
        return replace(item, kind="role", role=text)
    if joint == "(" and (special := _in_parentheses(item)):
        return special
    if "'" in text or "’" in text:
        owned = _owned(item)
        if owned is not None:
            return owned
    return _by_words(item)


_UNATTACHED = frozenset(
    [
        "independent",
        "freelance",
        "retired",
        "self-employed",
        "selbstständig",
        "indépendant",
        "indépendante",
        "independiente",
        "indipendente",
        "independente",
        "zelfstandig",
    ]
)
"""What stands where an organisation would."""


def _in_parentheses(item: Item) -> Item | None:
    if _PRONOUN.fullmatch(item.text):
        return replace(item, kind="nothing")
    if _NICK.fullmatch(item.text) and fold(item.text) not in ROLES:
        return replace(item, kind="handle")
    return None


def _owned(item: Item) -> Item | None:
    """Reads "Org’s Director" and "Org’s Anna Berg"; a name such as O’Brien owns nothing."""
    match = _POSSESSIVE.fullmatch(item.text)
    if match is None or not any(c.isupper() or c.isdigit() for c in match["org"]):
        return None
    owner = match["org"][:-2] if match["org"][-1] == "s" else match["org"][:-1]
    rest = match["rest"]
    if has_role(rest) and name_score(rest) == 0 and not _role_then_name(rest):
        return replace(item, kind="role", affiliation=owner, role=rest)
    inner = _by_words(replace(item, text=rest, at=(item.at[1] - len(rest), item.at[1])))
    if inner.kind != "person":
        return None
    return replace(inner, affiliation=owner)


def _by_words(item: Item) -> Item:
    text, nick = _without_nickname(item.text)
    name, offset = _without_titles(text)
    score = name_score(name)
    titled = offset > 0
    if score > 0 or (titled and name[:1].isupper()):
        at = (item.at[0] + offset, item.at[1])
        score = max(score, 0.8) if titled and score > 0.1 else score
        return Item(
            text=item.text,
            at=item.at,
            joint=item.joint,
            kind="person",
            score=score,
            name=name,
            name_at=at,
            handle=nick,
        )
    if has_role(text):
        return _role_and_name(item)
    return Item(text=item.text, at=item.at, joint=item.joint, kind=_organisation_kind(text))


def _without_nickname(text: str) -> tuple[str, str | None]:
    match = _NICKNAME.search(text) if _QUOTE.search(text) else None
    if match is None:
        return text, None
    return text[: match.start()] + text[match.end() :], match[1] or match[2]


def _without_titles(text: str) -> tuple[str, int]:
    offset = 0
    while True:
        head, space, rest = text[offset:].partition(" ")
        if not space or fold(head) not in TITLES or not rest.strip():
            return text[offset:], offset
        offset += len(head) + 1 + len(rest) - len(rest.lstrip())


def has_role(text: str) -> bool:
    """Whether a word in it says what somebody does."""
    return any(map(_says_role, text.split()))


@lru_cache(maxsize=8192)
def _says_role(word: str) -> bool:
    return any(fold(part.strip("(),.")) in ROLES for part in (word, *word.split("/")))


def _role_then_name(text: str) -> int:
    """Where the name starts in "Cosmic CTO Anna Berg"; 0 where there is none."""
    words = list(re.finditer(r"\S+", text))
    last = max((i for i, word in enumerate(words) if fold(word[0]) in ROLES), default=-1)
    if last < 0 or not 1 <= len(words) - last - 1 <= 5:
        return 0
    start = words[last + 1].start()
    return start if name_score(text[start:]) >= 0.55 else 0


def _role_and_name(item: Item) -> Item:
    start = _role_then_name(item.text)
    if start:
        role = item.text[:start].rstrip()
        name = item.text[start:]
        score = max(0.75, name_score(name))
        company, role = company_and_role(role)
        at = (item.at[0] + start, item.at[1])
        return replace(
            item, kind="person", score=score, name=name, name_at=at, role=role, affiliation=company
        )
    role, company = role_and_company(item.text)
    return replace(item, kind="role", role=role, affiliation=company)


_ROLE_AT = re.compile(r"(?<=\w)\s(?:at|@|bei|chez|presso|bij)\s(?=\S+(?:\s\S+){0,4}$)")
"""What stands between a role and whom somebody works for, whatever stands in it before."""


def role_and_company(text: str) -> tuple[str, str | None]:
    """Splits "CTO of Acme"; "Director of Engineering" names no company, "Head of Kilns at Acme" only Acme."""
    if (at := _ROLE_AT.search(text)) is not None:
        return text[: at.start()], text[at.end() :]
    for match in _ROLE_OF.finditer(text):
        if fold(text[match.end() :].split(maxsplit=1)[0].strip(",")) not in DEPARTMENTS:
            return text[: match.start()], text[match.end() :]
    return text, None


def company_and_role(text: str) -> tuple[str | None, str]:
    """Splits "Acme CTO" before the first word of the role; a role of plain words has no company."""
    words = text.split()
    owner = next((i for i, w in enumerate(words) if w.endswith(("’s", "'s"))), None)
    if owner is not None and owner + 1 < len(words):
        return " ".join(words[: owner + 1])[:-2], " ".join(words[owner + 1 :])
    first = next((i for i, w in enumerate(words) if fold(w) in ROLES), 0)
    if (
        first
        and kind_of(words[first - 1]) in {"capital", "other", "shouted", "organisation", "thing"}
        and words[0][0].isupper()
    ):
        head = " ".join(words[:first])
        if not any(fold(w) in RANKS for w in words[:first]):
            return head, " ".join(words[first:])
    return None, text


JOINING = frozenset({"of", "the", "for", "at", "and", "und", "et", "y", "e", "en", "für", "pour", "para"})
JOINING |= {"per", "do", "da", "dos", "das", "del", "dei", "della", "du", "des"} | STRONG_PARTICLES
_ORGANISATIONS = ORGANISATION | CORPORATE


def _organisation_kind(text: str) -> ItemKind:
    """An organisation by its words, "vague" where it only starts with a capital, else a puzzle."""
    words = text.split()
    if not 0 < len(words) <= 8:
        return "puzzle"
    if not _ORGANISATIONS.isdisjoint(map(fold, words)) and any(w[0].isupper() for w in words):
        return "organisation"
    if kind_of(words[0].strip("()")) == "function" and words[0] not in {"The"}:
        return "puzzle"
    if len(words) <= 3 and any(kind_of(w.strip("()")) in {"shouted", "other"} and _branded(w) for w in words):
        return "organisation"
    if len(words) > 5 or not words[0][0].isupper() or any(w[0].islower() and w not in JOINING for w in words):
        return "puzzle"
    return "vague"


def _branded(word: str) -> bool:
    """Whether a word has the capitals, digits or dots of a brand inside."""
    return any(c.isupper() or c.isdigit() for c in word[1:]) or "." in word[1:-1]
