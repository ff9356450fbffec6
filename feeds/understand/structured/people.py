"""Owns the speakers of a front-matter session: one text, a list of texts, or mappings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from feeds.source import Span
from feeds.understand.draft import DraftPerson
from feeds.understand.people import read_people
from feeds.understand.structured.entry import Entry
from feeds.understand.structured.keys import SPEAKER_KEYS, SPEAKER_SYNONYMS

MOST_SPEAKERS: Final = 200


def read_speakers(entry: Entry, *keys: str) -> tuple[DraftPerson, ...]:
    """The people under the first of these keys that holds any.

    Reports: invalid-value, missing-value, unknown-key.
    """
    key = next((one for one in keys if entry.has(one)), None)
    if key is None:
        return ()
    value = entry.data[key]
    items = value if isinstance(value, list) else [value]
    found: dict[str, DraftPerson] = {}
    for index, item in enumerate(items[:MOST_SPEAKERS]):
        path = (*entry.path, key, index) if isinstance(value, list) else (*entry.path, key)
        for person in _people(entry, key, item, path):
            found.setdefault(person.name, person)
    return tuple(found.values())


def _people(entry: Entry, key: str, item: object, path: tuple[str | int, ...]) -> Iterator[DraftPerson]:
    span = entry.front.span(*path)
    if isinstance(item, Mapping):
        yield from _mapped(Entry(entry.book, entry.front, path, item))
    elif isinstance(item, str) and item.strip() and len(item) <= 500:
        yield from _listed(entry, item, span)
    else:
        message = f"`{str(item)[:60]}` is no name of a speaker"
        entry.book.tell("invalid-value", message, span=span, help=f"{key}: [Ada Lovelace, Grace Hopper]")


def _mapped(entry: Entry) -> Iterator[DraftPerson]:
    entry.unknown(SPEAKER_KEYS, SPEAKER_SYNONYMS)
    name = entry.line("name")
    if name is not None:
        url = entry.url("url")
        yield DraftPerson(name=name, affiliation=entry.line("affiliation"), url=url, span=entry.span("name"))
    elif not entry.has("name"):
        message = "this speaker has no `name`"
        entry.book.tell("missing-value", message, span=entry.span(), help="name: Ada Lovelace")


def _listed(entry: Entry, text: str, span: Span) -> Iterator[DraftPerson]:
    """A text is read as prose would be: "Ada Lovelace, Analytical Engines & Grace Hopper"."""
    line = " ".join(text.split())
    people = read_people(line, organisations=entry.book.organisations, known=entry.book.known)
    for person in people:
        yield DraftPerson(name=person.name, affiliation=person.affiliation, url=person.url, span=span)
    if not people:
        yield DraftPerson(name=line, span=span)
