"""Owns whom a sentence with a session names: who presents, whose names it marks, who comes with them."""

from __future__ import annotations

import re

from feeds.understand.context import Book
from feeds.understand.draft import DraftPerson
from feeds.understand.emit import draft_person
from feeds.understand.part import Part
from feeds.understand.people import accompanied, find_people, likely_people, meant, read_people


def people_in(book: Book, sentence: Part, *, words: str) -> tuple[DraftPerson, ...]:
    """Who gives what a sentence tells of; `words` are its text without its times, of the same length."""
    named = find_people(_apart(sentence, words), known=book.known)
    people = tuple(draft_person(person, sentence) for person in named) or _named_by_mark(sentence)
    people = (*people, *_together_with(sentence, words)) if people else _with(sentence, words)
    return people or _named_before(book, sentence)


def presented_in(book: Book, sentence: Part) -> tuple[DraftPerson, ...]:
    """Those whom a sentence says to present, or whose names it marks."""
    named = find_people(sentence.text, known=book.known)
    return tuple(draft_person(person, sentence) for person in named) or _named_by_mark(sentence)


def _named_before(book: Book, sentence: Part) -> tuple[DraftPerson, ...]:
    """Whom a sentence calls "she" or "he", by the name in the paragraph before."""
    person = meant(sentence.line.text, start=sentence.start, end=sentence.end, known=book.known)
    return (draft_person(person, Part(sentence.line, 0, sentence.end)),) if person is not None else ()


def _apart(sentence: Part, text: str) -> str:
    """The words of a sentence, a bar before each linked title: no name goes on in it ("zeigt Ada [Slow]")."""
    for mark in sentence.marks("link"):
        start = mark.start - sentence.start
        linked = Part(sentence.line, mark.start, mark.end).text
        if start > 0 and text[start - 1] == " " and not likely_people(linked):
            text = text[: start - 1] + "|" + text[start:]
    return text


def _named_by_mark(sentence: Part) -> tuple[DraftPerson, ...]:
    """People whose names are linked or bold, where no verb says that they present."""
    found: list[DraftPerson] = []
    for mark in sentence.marks("link", "strong"):
        part = Part(sentence.line, mark.start, mark.end).trimmed()
        if likely_people(part.text, shape=False) and len(part.text.split()) <= 5:
            found += [draft_person(person, part) for person in read_people(part.text)]
    return tuple(found[:5])


def _with(sentence: Part, words: str) -> tuple[DraftPerson, ...]:
    """The full names behind "with" ("The next one is on 5 May at 14:00 with Ada Ek and Bo Li")."""
    named = accompanied(words)
    if named is None:
        return ()
    part = sentence.at(*named)
    return tuple(draft_person(person, part) for person in read_people(part.text))


_TOGETHER = re.compile(
    r"(?i)\b(?:together with|along with|joined by|gemeinsam mit|zusammen mit|junto con|insieme con|"
    r"juntamente com|samen met)\s(?=[A-ZÀ-Þ])"
)


def _together_with(sentence: Part, words: str) -> tuple[DraftPerson, ...]:
    """Those behind "together with", where somebody is named before ("Ada joins a panel together with …")."""
    found = _TOGETHER.search(words)
    named = accompanied(words[found.start() :]) if found is not None else None
    if found is None or named is None:
        return ()
    part = sentence.at(found.start() + named[0], found.start() + named[1])
    return tuple(draft_person(person, part) for person in read_people(part.text))
