"""Owns who speaks in sessions that list nobody: people whom the prose below the title names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from feeds.schedule.memory import Memory
from feeds.understand.draft import Draft, DraftPerson, DraftSession, Read
from feeds.understand.people import find_people
from feeds.understand.people.values import fold

Sessions = tuple[DraftSession, ...]

_LETTERS = re.compile(r"[^\W\d_]+")


def speaking(drafts: Sequence[Draft], memory: Memory) -> list[Sessions]:
    """The sessions of each draft with their people; one without any gets those its own prose names."""
    named = tuple([memory.made(("named", d.source.path), d, make=partial(_full_names, d)) for d in drafts])
    index = memory.made("index", named, make=lambda: _Index(chain.from_iterable(named)))
    return [_spoken(draft, index, memory) for draft in drafts]


def _full_names(draft: Draft) -> tuple[str, ...]:
    """Names of two words at least: one word is nobody in particular."""
    people = chain.from_iterable(session.people for session in draft.sessions)
    return tuple(person.name for person in people if " " in person.name)


class _Index:
    """Known names by a word that any text must hold to name them.

    Looking every known name up in every text would take the square of the number of posts.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names: defaultdict[str, set[str]] = defaultdict(set)
        for name in names:
            self._names[_first_word(name)].add(name)

    def within(self, words: frozenset[str]) -> frozenset[str]:
        """The names that a text of these words can be about."""
        keys = (self._names.keys() & words) | {""}
        return frozenset().union(*(self._names.get(key, ()) for key in keys))


def _first_word(name: str) -> str:
    """ "" for a name in a script without spaces or capitals: it can stand within any word."""
    found = _LETTERS.search(fold(name)) if name[:1].isupper() else None
    return found[0] if found else ""


def _words(prose: str) -> frozenset[str]:
    return frozenset(_LETTERS.findall(fold(prose)))


@dataclass(frozen=True, slots=True)
class _Heard:
    """A draft's sessions with their people; of those without any the words, and the names they can hold."""

    draft: Draft
    words: list[frozenset[str]]
    known: list[frozenset[str]]
    sessions: Sessions


def _spoken(draft: Draft, index: _Index, memory: Memory) -> Sessions:
    def make(before: _Heard | None) -> _Heard:
        same = before is not None and before.draft is draft
        silent = (one.prose for one in draft.sessions if one.prose and not one.people)
        words = before.words if before is not None and same else list(map(_words, silent))
        known = [index.within(each) for each in words]
        if before is not None and same and before.known == known:
            return before
        return _Heard(draft, words, known, _in_full(_with_people(draft, known) if known else draft.sessions))

    return memory.made_of(("spoken", draft.source.path), (draft, index), make=make).sessions


def _with_people(draft: Draft, known: Sequence[frozenset[str]]) -> Sessions:
    names = iter(known)
    author = draft.author if draft.author and " " in draft.author else None
    met = tuple(dict.fromkeys([*_full_names(draft), *([author] if author else [])]))
    return tuple(
        _heard(one, next(names), met) if one.prose and not one.people else one for one in draft.sessions
    )


def _in_full(sessions: Sessions) -> Sessions:
    """The sessions, each person by the full name where the same post has one that begins like theirs."""
    longer: defaultdict[str, set[str]] = defaultdict(set)
    names = dict.fromkeys(person.name for session in sessions for person in session.people)
    for name in names:
        words = name.split(" ")[:_MOST_WORDS]
        for end in range(1, len(words)):
            longer[" ".join(words[:end])].add(name)
    full = {name: min(longer[name]) for name in names if len(longer.get(name, ())) == 1}
    if not full:
        return sessions
    return tuple(
        replace(one, people=tuple(replace(p, name=full.get(p.name, p.name)) for p in one.people))
        if any(person.name in full for person in one.people)
        else one
        for one in sessions
    )


_MOST_WORDS = 6


def _heard(session: DraftSession, known: frozenset[str], met: Sequence[str]) -> DraftSession:
    """A session with those its prose names: `known` anywhere, `met` in the same post by first name too."""
    found = find_people(session.prose, known=known, met=met)
    if not found:
        return session
    span = session.span
    people = tuple(DraftPerson(name=p.name, affiliation=p.affiliation, url=p.url, span=span) for p in found)
    names = ", ".join(person.name for person in found)
    read = Read(how="read", span=span, why=f"named in the paragraphs below the title: {names}")
    return replace(session, people=people, reads={**session.reads, "speakers": read})
