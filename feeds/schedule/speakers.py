"""Owns who is who: one speaker for all spellings of a name, across posts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from feeds.diagnostics import Diagnostic, report
from feeds.model import Speaker
from feeds.schedule.slugs import first_free, slug_of
from feeds.source import Source
from feeds.understand.draft import DraftPerson
from feeds.understand.people import same_person

Named = tuple[Source, DraftPerson]


@dataclass(slots=True)
class _Person:
    names: dict[str, int] = field(default_factory=dict)
    affiliations: dict[str, int] = field(default_factory=dict)
    url: str | None = None
    first: Named | None = None

    @property
    def name(self) -> str:
        """The spelling met most, of these the fullest, of these the first in the alphabet."""
        return min(self.names, key=lambda name: (-self.names[name], -len(name), name))

    def add(self, named: Named) -> None:
        _, person = named
        self.names[person.name] = self.names.get(person.name, 0) + 1
        if person.affiliation:
            self.affiliations[person.affiliation] = self.affiliations.get(person.affiliation, 0) + 1
        self.url = min(filter(None, (self.url, person.url)), default=None)
        self.first = self.first or named


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """All speakers, and the slug of each spelling."""

    speakers: tuple[Speaker, ...]
    slugs: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]


def gather(named: Iterable[Named]) -> People:
    """One speaker a person. Spellings that surely are one are joined; those that may be are told.

    Reports: similar-names.
    """
    people: dict[str, _Person] = {}
    for one in named:
        people.setdefault(_key(one[1].name), _Person()).add(one)
    joined, findings = _joined(people)
    slugs: dict[str, str] = {}
    speakers: list[Speaker] = []
    taken: list[str] = []
    for key in sorted(people):
        if joined[key] != key:
            continue
        person = people[key]
        slug = first_free(slug_of(person.name), taken)
        taken.append(slug)
        speakers.append(_speaker(slug, person))
        slugs[key] = slug
    spelt = {name: slugs[joined[key]] for key, person in people.items() for name in person.names}
    spelt |= {name: slugs[joined[key]] for key in people for name in people[joined[key]].names}
    return People(speakers=tuple(sorted(speakers, key=lambda s: s.slug)), slugs=spelt, diagnostics=tuple(findings))


def _speaker(slug: str, person: _Person) -> Speaker:
    affiliation = min(person.affiliations, key=lambda a: (-person.affiliations[a], a), default=None)
    names = (person.name, *sorted(set(person.names) - {person.name}))
    return Speaker(slug=slug, name=person.name, affiliation=affiliation, url=person.url, names=names)


def _key(name: str) -> str:
    return slug_of(name) if name.isascii() else f"{slug_of(name)}/{'' if _latin(name) else name.casefold()}"


def _latin(name: str) -> bool:
    return all(ord(char) < 0x250 or not char.isalpha() for char in name)


def _joined(people: dict[str, _Person]) -> tuple[dict[str, str], list[Diagnostic]]:
    """For each person the one it is joined to. Only names that share their first or last word are compared."""
    into = {key: key for key in people}
    findings: list[Diagnostic] = []
    for group in _neighbours(people):
        for at, one in enumerate(group):
            for other in group[:at]:
                if into[one] == into[other]:
                    continue
                match same_person(people[one].name, people[other].name):
                    case "same":
                        _join(people, into, one, other)
                    case "maybe":
                        findings.append(_alike(people[one], people[other]))
    return into, findings


MOST_ALIKE = 40
"""People who share a word of their name; beyond that the word is too common to say anything."""


def _neighbours(people: dict[str, _Person]) -> list[list[str]]:
    shared: dict[str, list[str]] = {}
    for key in sorted(people):
        words = key.split("/")[0].split("-")
        for word in {words[0], words[-1]}:
            shared.setdefault(word, []).append(key)
    return [group for word, group in sorted(shared.items()) if 1 < len(group) <= MOST_ALIKE]


def _join(people: dict[str, _Person], into: dict[str, str], one: str, other: str) -> None:
    root, leaf = sorted((into[one], into[other]), key=lambda key: (-sum(people[key].names.values()), -len(key), key))
    for name, count in people[leaf].names.items():
        people[root].names[name] = people[root].names.get(name, 0) + count
    for name, count in people[leaf].affiliations.items():
        people[root].affiliations[name] = people[root].affiliations.get(name, 0) + count
    for key, target in into.items():
        if target == leaf:
            into[key] = root


def _alike(one: _Person, other: _Person) -> Diagnostic:
    rare, common = sorted((one, other), key=lambda person: (sum(person.names.values()), person.name))
    assert rare.first is not None  # noqa: S101 - every person was named somewhere
    source, person = rare.first
    return report(
        "similar-names",
        f"`{rare.name}` may be the same person as `{common.name}`; they are two speakers for now",
        source=source,
        span=person.span,
        help=f"write the name alike everywhere: {common.name}",
    )


def known_names(named: Sequence[Named]) -> frozenset[str]:
    """Full names (two words at least) by which people are recognised in prose."""
    return frozenset(person.name for _, person in named if " " in person.name)
