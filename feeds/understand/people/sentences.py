"""Owns people in running prose: who, by the words around a name, presents something."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from feeds.understand.people.names import kind_of, name_score
from feeds.understand.people.segments import company_and_role, has_role, role_and_company
from feeds.understand.people.values import Links, Person, Slice, fold
from feeds.understand.people.verbs import (
    ABOUT,
    APPOSITION,
    BEFORE,
    FIRST_NAMES,
    HONORIFICS,
    JOINED,
    LAST_BEFORE,
    ONLY_PEOPLE,
    OWNER,
    RUN,
    SHARED_VERB,
    TALK_OF,
    VERB,
    WILL,
)
from feeds.understand.people.words import ARTICLES, HONORIFIC, STRONG_PARTICLES, TITLES

SURE = 0.7
"""A name this likely needs only a verb beside it; a less likely one needs a role, an employer or company."""

_BREAKS = frozenset({"function", "role", "thing", "organisation", "other", "shouted"})
_NOUNS = _BREAKS - {"function"} | {"capital", "family", "given", "doubtful"}
_CLAUSE = 160
"""How far before a name the words that introduce it are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name in prose: `start` is where its company and role begin, `stop` where its apposition ends."""

    name: str
    at: tuple[int, int]
    start: int
    stop: int
    score: float
    affiliation: str | None = None
    role: str | None = None
    presents: bool = False
    announced: bool = False


def find_people(
    text: str, *, known: Collection[str] = (), met: Collection[str] = (), links: Links = ()
) -> tuple[Person, ...]:
    """The people who present in running prose, in order; a name of `known` is found whatever it does.

    A first name alone stands for the person so called in the text, else for the only one in `known`; for
    one of `met`, the people of the same post, also where the verb is of the present ("Ada shows").
    """
    full = {fold(name): name for name in sorted(known)}
    found: dict[str, Mention] = {}
    for mention in sorted((*_presenting(text, full), *_unspaced(text, full)), key=lambda m: m.at):
        earlier = found.get(fold(mention.name))
        found[fold(mention.name)] = mention if earlier is None else _merge(earlier, mention)
    beside = list(_beside(text, found))
    for mention in (*beside, *_first_names(text, found, full), *_by_first_name(text, met)):
        found.setdefault(fold(mention.name), mention)
    employers = {mention.affiliation for mention in found.values()}
    people = sorted((one for one in found.values() if one.name not in employers), key=lambda m: m.at)
    return tuple(_person(mention, links) for mention in people)


def _merge(earlier: Mention, later: Mention) -> Mention:
    return replace(
        earlier,
        affiliation=earlier.affiliation or later.affiliation,
        role=earlier.role or later.role,
    )


def _person(mention: Mention, links: Links) -> Person:
    start, end = mention.at
    url = next((href for (a, b), href in links if a < end and b > start), None)
    return Person(
        name=mention.name, at=mention.at, affiliation=mention.affiliation, role=mention.role, url=url
    )


def _presenting(text: str, known: dict[str, str]) -> Iterator[Mention]:
    """Mentions that present themselves, or stand in a list with one that does."""
    chain: list[Mention] = []
    for mention in mentions(text, known):
        if chain and not _joined(text, chain[-1], mention):
            yield from _of_chain(chain)
            chain = []
        elif chain:
            chain[-1] = _with_own_apposition(text, chain[-1], mention)
        chain.append(mention)
    yield from _of_chain(chain)


def _of_chain(chain: list[Mention]) -> Iterator[Mention]:
    presents = any(m.presents for m in chain)
    sure = any(m.score >= SURE or m.announced for m in chain)
    for mention in chain:
        backed = sure or mention.affiliation is not None or mention.role is not None
        if mention.score == 1 or (presents and backed):
            yield mention


def _joined(text: str, before: Mention, after: Mention) -> bool:
    gap = after.start - before.stop
    return 0 < gap <= 90 and JOINED.fullmatch(text, before.stop, after.start) is not None


def _with_own_apposition(text: str, mention: Mention, after: Mention) -> Mention:
    """Gives a name inside a list what stands between it and the next: "A, Acme, and B, Foo"."""
    match = JOINED.fullmatch(text, mention.stop, after.start)
    words = match["own"] if match else None
    if not words or mention.affiliation:
        return mention
    if has_role(words):
        return replace(mention, role=words)
    return replace(mention, affiliation=words) if words[0].isupper() else mention


def mentions(text: str, known: dict[str, str]) -> Iterator[Mention]:
    """The names in a text, whatever those who have them do; `known` are names by their folded form."""
    for run in RUN.finditer(text):
        mention = _mention(text, run, known)
        if mention is not None:
            yield mention


def _mention(text: str, run: re.Match[str], known: dict[str, str]) -> Mention | None:
    """The name in a run of capitalised words, with what stands before and after it."""
    words = run[0].split(" ")
    span = _name_in(words, known)
    if span is None:
        return None
    first, last = span
    name = " ".join(words[first:last])
    start = run.start() + sum(len(word) + 1 for word in words[:first])
    end = start + len(name)
    score = 1.0 if fold(name) in known else name_score(name)
    if any(fold(word) in TITLES for word in words[:first]) or _HONOURED.search(
        text, max(0, start - 8), start
    ):
        score = max(score, SURE)  # "Dr Folasade Oyelaran": nothing but a person has a title
    mention = Mention(name=known.get(fold(name), name), at=(start, end), start=start, stop=end, score=score)
    mention = _introduced(text, mention, words[:first])
    mention = _apposed(text, mention)
    if _articled(text, mention):
        return None
    announced = _announced(text, mention) or ONLY_PEOPLE.match(text, mention.stop) is not None
    announced = announced or _gives_title(text, mention)
    return replace(mention, announced=announced, presents=announced or _presents(text, mention))


_HONOURED = re.compile(rf"\b(?:{HONORIFIC})\. $")


def _articled(text: str, mention: Mention) -> bool:
    """Whether an article stands before a doubtful name, as it does before things: "the Grand Hall"."""
    if mention.score >= 0.9 or mention.role or mention.affiliation:
        return False
    before = text[max(0, mention.start - 6) : mention.start].split()
    return bool(before) and before[-1].lower() in ARTICLES


def _name_in(words: list[str], known: dict[str, str]) -> tuple[int, int] | None:
    """Which words of a run are a name: those after the last word that no name has, else those before the"
    " first."""
    kinds = [_kind(word) for word in words]
    breaks = [i for i, kind in enumerate(kinds) if kind in _BREAKS]
    first = breaks[-1] + 1 if breaks else 0
    last = len(words)
    while breaks and first < last and kinds[first] == "particle":  # "talk von Mira Sandberg"
        first += 1
    if last - first < 2 and breaks:
        first, last = 0, breaks[0]
    if last - first < 2:
        return None
    score = name_score(" ".join(words[first:last]))
    if score >= 0.5 or (known and fold(" ".join(words[first:last])) in known):
        return first, last
    return None


def _kind(word: str) -> str:
    return "other" if fold(word) in TITLES else kind_of(word)


def _introduced(text: str, mention: Mention, before: list[str]) -> Mention:
    """Reads the company and role before a name: "Acme’s", "Acme CTO", "our Director of Engineering,"."""
    while before and kind_of(before[0]) == "function":
        before = before[1:]
    start = mention.start - sum(len(word) + 1 for word in before)
    if before and any(has_role(word) for word in before):
        company, role = company_and_role(" ".join(before))
        return replace(mention, start=start, affiliation=company, role=role)
    lead = text[max(0, mention.start - 60) : mention.start]
    if lead.endswith(("’s ", "'s ")) and (owner := OWNER.search(lead)):
        at = mention.start - len(lead) + owner.start(1)
        return replace(mention, start=at, affiliation=owner[1])
    if lead.endswith(", "):
        return _preceding_roles(text, mention)
    if (lower := _LOWER_ROLE.search(lead)) and has_role(lower[1]):
        return replace(mention, start=mention.start - len(lower[0]), role=lower[1])
    return mention


_LOWER_ROLE = re.compile(r"(?<![\w-])([a-z][a-z-]{2,30}) $")


def _preceding_roles(text: str, mention: Mention) -> Mention:
    """Roles set off by commas before a name: "Acme CTO, Working Group Chair, Anna Berg"."""
    start = mention.start
    floor = max(0, start - _CLAUSE)
    chunks: list[str] = []
    while len(chunks) < 3 and text.endswith(", ", floor, start):
        cut = max(text.rfind(mark, floor, start - 2) for mark in ",.;:!?–—(") + 1
        chunk = text[max(cut, floor) : start - 2]
        if not has_role(chunk) or name_score(" ".join(chunk.split()[-2:])) >= 0.5:
            break
        chunks.insert(0, chunk.strip())
        start = max(cut, floor) + len(chunk) - len(chunk.lstrip())
    if not chunks:
        return mention
    lead, role = _without_lead(chunks[0])
    company, first = company_and_role(role)
    first, employer = role_and_company(first)
    roles = ", ".join([first, *chunks[1:]])
    return replace(mention, start=start + lead, affiliation=company or employer, role=roles)


def _without_lead(chunk: str) -> tuple[int, str]:
    """Where the role begins in "a booth talk from Senior Engineer", and the role."""
    start = max((m.end() for m in _ROLE_LEAD.finditer(chunk)), default=0)
    first = _ROLE_START.search(chunk, start)
    start = first.start() if first else start
    return start, chunk[start:]


_ROLE_LEAD = re.compile(r"(?:^|(?<=\s))(?:from|by|with|our|as|vom|von|par|(?<!of )the|unser|notre|onze)\s")
_ROLE_START = re.compile(r"(?<!\S)(?:[A-Z]|vice|chief|head|lead|senior|co-|director|founder|maintainer)")


def _apposed(text: str, mention: Mention) -> Mention:
    """Reads what follows a name: "(Acme)", "from Acme", ", CTO at Acme,"."""
    match = APPOSITION.match(text, mention.stop)
    if match is None:
        return mention
    affiliation, role = mention.affiliation, mention.role
    inside = match["paren"]
    for part in inside.split(",") if inside else ():
        words = part.strip()
        if has_role(words):
            role = role or words
        elif words[:1].isupper() or (" " in words and words[-1:].isupper()):
            affiliation = affiliation or words
    if match["org"]:
        affiliation = affiliation or match["org"]
    stop = match.end("org") if match["org"] else match.end("paren") + 1 if inside else mention.stop
    stop = match.end("house") if match["house"] else stop
    for group in ("one", "two"):
        words = match[group]
        if not words or name_score(words) >= SURE or kind_of(words.split()[0]) == "function":
            break  # the list of people goes on
        if has_role(words):
            said, employer = role_and_company(words)
            role, affiliation, stop = role or said, affiliation or employer, match.end(group) + 1
        elif words[0].isupper() and len(words.split()) <= 4:
            affiliation, stop = affiliation or words, match.end(group) + 1
    return replace(mention, affiliation=affiliation, role=role, stop=stop)


def _presents(text: str, mention: Mention) -> bool:
    """Whether a presenting verb follows, a talk is theirs, or the words before announce them."""
    if VERB.match(text, mention.stop) or TALK_OF.match(text, mention.at[1]):
        return True
    return SHARED_VERB.match(text, mention.stop) is not None


def _gives_title(text: str, mention: Mention) -> bool:
    """Whether two words are a name by their shape, and their verb leads to a title set off by marks.

    "Walt Brenner will be explaining “Double entry”"; a link begins with a bar. A verb of a company
    ("Tin Orchard announces") leads to no talk of its own.
    """
    if mention.score < _SHAPED or len(mention.name.split()) > _FEW:
        return False
    verb = VERB.match(text, mention.stop)
    if verb is None:
        return _IS_ON.match(text, mention.stop) is not None
    return "announc" not in verb[0] and _TO_TITLE.match(text, verb.end()) is not None


_SHAPED, _FEW = 0.55, 3
_TO_TITLE = re.compile(r"(?:\s[a-zà-ÿ][a-zà-ÿ-]{0,14}){0,4}:?\s?[|“\"„«]")
_IS_ON = re.compile(r"\s(?:is|ist|est|es|è|é)\|")


def presenter(text: str) -> Slice | None:
    """Who begins a phrase that says them to present ("Ada Ek, Harbour Lab, asks"), with the employer."""
    honours = HONORIFICS.match(text)
    run = RUN.match(text, honours.end() if honours else 0)
    if run is None:
        return None
    said = APPOSITION.match(text, run.end())
    stop = said.end() if said else run.end()
    if VERB.match(text.rstrip() + " ", stop) is None and ABOUT.match(text, stop) is None:
        return None
    return 0, len(text[:stop].rstrip(" ,"))


def _announced(text: str, mention: Mention) -> bool:
    """Whether the words before a name announce who presents."""
    lead = text[max(0, mention.start - 60) : mention.start]
    last = lead.rstrip().rpartition(" ")[2]
    return last.lower() in LAST_BEFORE and BEFORE.search(lead) is not None


def _unspaced(text: str, known: dict[str, str]) -> Iterator[Mention]:
    """Known names in scripts without capitals, which no run of capitalised words holds."""
    for name in known.values():
        at = text.find(name) if name and not name[0].isupper() else -1
        if at >= 0:
            span = (at, at + len(name))
            yield Mention(name=name, at=span, start=at, stop=span[1], score=1.0, presents=True)


def _first_names(text: str, found: dict[str, Mention], known: dict[str, str]) -> Iterator[Mention]:
    """People called by their first name who present: "Tom from Acme will show", "Dan and Eva will"
    " discuss"."""
    met = {word for name in found for word in name.split() if word not in STRONG_PARTICLES}
    for will in WILL.finditer(text):
        match = FIRST_NAMES.search(text, max(0, will.start() - 80), will.start())
        if match is None or _continues(text, match.start()):
            continue
        for group in ("one", "two"):
            word = match[group]
            if not word or fold(word) in met or kind_of(word) != "given":
                continue
            name = _only_known(word, known) if not match["org"] else word
            span = match.span(group)
            yield Mention(
                name=name,
                at=span,
                start=span[0],
                stop=span[1],
                score=0.5,
                affiliation=match["org"],
                presents=True,
            )


def _beside(text: str, found: dict[str, Mention]) -> Iterator[Mention]:
    """The first name that ends a list of people before their verb: "Ada Ek and Bo teach"."""
    met = {word for name in found for word in name.split()}
    for mention in found.values():
        shared = SHARED_VERB.match(text, mention.stop) if mention.presents else None
        if shared is not None and kind_of(shared["first"]) == "given" and fold(shared["first"]) not in met:
            span = shared.span("first")
            yield Mention(
                name=shared["first"], at=span, start=span[0], stop=span[1], score=mention.score, presents=True
            )


def _by_first_name(text: str, met: Collection[str]) -> Iterator[Mention]:
    """People of the same post, called by a first name that only one of them has ("Ada shows …")."""
    firsts = [name.split(" ", 1)[0] for name in met]
    for name, first in zip(met, firsts, strict=True):
        if firsts.count(first) > 1 or first not in text or name in text:
            continue
        for at in re.finditer(rf"(?<![\w'’-]){re.escape(first)}(?![\w-])", text):
            if VERB.match(text, at.end()) or TALK_OF.match(text, at.end()):
                start, end = at.span()
                yield Mention(name=name, at=at.span(), start=start, stop=end, score=1.0, presents=True)
                break


def _continues(text: str, start: int) -> bool:
    """Whether a word belongs to the one before it: an article or a capitalised word."""
    before = text[max(0, start - 30) : start]
    if not before.endswith(" "):
        return False
    last = before.split()[-1:] or [""]
    return last[0].lower() in ARTICLES or (last[0][-1:].isalnum() and kind_of(last[0]) in _NOUNS)


def _only_known(first: str, known: dict[str, str]) -> str:
    """The one known person of a first name, else the first name."""
    named = [name for folded, name in known.items() if folded.split(" ", 1)[0] == fold(first)]
    return named[0] if len(named) == 1 else first
