"""Owns who is who: one speaker for all spellings of a name, across posts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import chain

from feeds.diagnostics import Diagnostic, report
from feeds.model import Speaker
from feeds.schedule.memory import Memory
from feeds.schedule.slugs import first_free, slug_of
from feeds.schedule.speaking import Sessions
from feeds.source import Source
from feeds.understand.draft import DraftPerson
from feeds.understand.people import same_person

Who = tuple[str, str | None, str | None]
"""Name, affiliation and address of a person as named once."""

MOST_ALIKE = 40
"""People who share a word of their name; beyond that the word is too common to say anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """All speakers by slug, sorted, the slug of each spelling, and who may be the same as whom."""

    speakers: Mapping[str, Speaker]
    slugs: Mapping[str, str]
    alike: tuple[tuple[frozenset[str], str, str], ...]


def gather(spoken: Sequence[tuple[Source, Sessions]], memory: Memory) -> People:
    """One speaker a person: spellings that surely are one are joined."""
    named = tuple([memory.made(("who", src.path), said, make=partial(_named, said)) for src, said in spoken])
    before = memory.last("people")
    known = before.speakers if isinstance(before, People) else {}
    return memory.made("people", named, make=lambda: _identified(chain.from_iterable(named), known))


def _named(sessions: Sessions) -> tuple[Who, ...]:
    people = chain.from_iterable(session.people for session in sessions)
    return tuple((person.name, person.affiliation, person.url) for person in people)


def similar(
    people: People, spoken: Sequence[tuple[Source, Sessions]], *, memory: Memory
) -> Iterator[Diagnostic]:
    """Spellings that may be one person's, told where the rarer one is met first.

    Reports: similar-names.
    """
    if not people.alike:
        return
    asked = frozenset().union(*(names for names, _, _ in people.alike))
    first: dict[str, tuple[Source, DraftPerson]] = {}
    for source, sessions in spoken:
        met = memory.made(("met", source.path), sessions, make=partial(_first_met, sessions))
        for name in met.keys() & asked:
            first.setdefault(name, (source, met[name]))
    for names, rare, common in people.alike:
        places = [first[name] for name in names]
        source, person = min(places, key=lambda one: (one[0].path, one[1].span.start, one[1].name))
        yield report(
            "similar-names",
            f"`{rare}` may be the same person as `{common}`; they are two speakers for now",
            source=source,
            span=person.span,
            help=f"write the name alike everywhere: {common}",
        )


def _first_met(sessions: Sessions) -> dict[str, DraftPerson]:
    people = list(chain.from_iterable(session.people for session in sessions))
    return {person.name: person for person in reversed(people)}


@dataclass(slots=True)
class _Person:
    names: dict[str, int] = field(default_factory=dict)
    affiliations: dict[str, int] = field(default_factory=dict)
    urls: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The spelling met most, of these the fullest, of these the first in the alphabet."""
        return min(self.names, key=lambda name: (-self.names[name], -len(name), name))

    @property
    def met(self) -> int:
        return sum(self.names.values())

    def add(self, who: Who) -> None:
        for said, counts in zip(who, (self.names, self.affiliations, self.urls), strict=True):
            if said:
                counts[said] = counts.get(said, 0) + 1

    def take(self, other: _Person) -> None:
        """Become both."""
        for counts, more in ((self.names, other.names), (self.affiliations, other.affiliations),
                             (self.urls, other.urls)):  # fmt: skip
            for said, count in more.items():
                counts[said] = counts.get(said, 0) + count


def _identified(named: Iterable[Who], known: Mapping[str, Speaker]) -> People:
    """Everybody; who did not change since `known` is the same object."""
    people: dict[str, _Person] = {}
    for who in named:
        people.setdefault(_key(who[0]), _Person()).add(who)
    joined, maybe = _joined(people)
    speakers: dict[str, Speaker] = {}
    slugs: dict[str, str] = {}
    for key in sorted(people):
        if joined[key] == key:
            slug = first_free(slug_of(people[key].name), speakers)
            speaker = _speaker(slug, people[key])
            speakers[slug] = speaker if known.get(slug) != speaker else known[slug]
            slugs |= dict.fromkeys(people[key].names, slug)
    return People(
        speakers={slug: speakers[slug] for slug in sorted(speakers)},
        slugs=slugs,
        alike=tuple(
            _alike(people[one], people[other]) for one, other in maybe if joined[one] != joined[other]
        ),
    )


def _speaker(slug: str, person: _Person) -> Speaker:
    affiliation = min(person.affiliations, key=lambda a: (-person.affiliations[a], a), default=None)
    names = (person.name, *sorted(set(person.names) - {person.name}))
    url = min(person.urls, default=None)
    return Speaker(slug=slug, name=person.name, affiliation=affiliation, url=url, names=names)


@lru_cache(maxsize=65_536)
def _key(name: str) -> str:
    return slug_of(name) if name.isascii() else f"{slug_of(name)}/{'' if _latin(name) else name.casefold()}"


def _latin(name: str) -> bool:
    return all(ord(char) < 0x250 or not char.isalpha() for char in name)


def _joined(people: dict[str, _Person]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """For each person the one it is joined to, and pairs that may be one."""
    into = {key: key for key in people}
    spelt = {key: person.name for key, person in people.items()}
    maybe: dict[tuple[str, str], None] = {}
    for group in _neighbours(people):
        for at, one in enumerate(group):
            for other in group[:at]:
                match _likeness(spelt[one], spelt[other]):
                    case "same" if into[one] != into[other]:
                        _join(people, into, one, other)
                    case "maybe":
                        maybe[one, other] = None
    return into, [(into[one], into[other]) for one, other in maybe]


# Most pairs are of people who only share a first name; after a change all but a few were compared before.
_likeness = lru_cache(maxsize=1 << 18)(same_person)


def _neighbours(people: dict[str, _Person]) -> list[list[str]]:
    """People who share the first or the last word of their names: only they are compared."""
    shared: dict[str, list[str]] = {}
    for key in sorted(people):
        words = key.split("/")[0].split("-")
        for word in {words[0], words[-1]}:
            shared.setdefault(word, []).append(key)
    return [group for word, group in sorted(shared.items()) if 1 < len(group) <= MOST_ALIKE]


def _join(people: dict[str, _Person], into: dict[str, str], one: str, other: str) -> None:
    root, leaf = sorted((into[one], into[other]), key=lambda key: (-people[key].met, -len(key), key))
    people[root].take(people[leaf])
    for key, target in into.items():
        if target == leaf:
            into[key] = root


def _alike(one: _Person, other: _Person) -> tuple[frozenset[str], str, str]:
    rare, common = sorted((one, other), key=lambda person: (person.met, person.name))
    return frozenset(rare.names), rare.name, common.name
