"""Owns the city a post is about, and the city that stands beside each event's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from feeds.model import Place
from feeds.post import Line
from feeds.understand.context import Book
from feeds.understand.draft import Read
from feeds.understand.labels import find_label
from feeds.understand.part import Part
from feeds.understand.people.names import kind_of
from feeds.understand.phrases import is_past, looks_back_at
from feeds.understand.places import PlaceMention, find_places, settle

Found = tuple[Line, PlaceMention]

MOST_LINES = 20
"""Further down nobody says for the first time in which country a city is."""

FAMOUS = 300
"""Thousands of people; a smaller city needs more than a preposition before a name that means other things."""


def place_of(book: Book, lines: Sequence[Line]) -> tuple[Place | None, Read | None]:
    """The one city the post is about: the one its title says, else that its strong mentions agree on."""
    found = list(_present(lines[0]))
    if len({mention.candidates[0].timezone for _, mention in found}) != 1:
        found = [one for line in lines[:5] for one in _present(line)]
    if len({mention.candidates[0].timezone for _, mention in found}) != 1:
        found += [one for line in lines[5:] for one in _present(line)]
    found = found or _labelled(lines) or _only_pointed(lines[:8]) or _only_weak(lines[:12])
    if not found:
        return None, None
    counts = Counter(mention.candidates[0].city for _, mention in found)
    (best, most), *others = counts.most_common(2)
    zones = {mention.candidates[0].timezone for _, mention in found}
    if others and most < 2 * others[0][1] and len(zones) > 1:
        return None, None
    line, mention = next(one for one in found if one[1].candidates[0].city == best)
    if mention.country is None and mention.region is None:
        line, mention = next(_qualified(lines[:MOST_LINES], mention.text), (line, mention))
    place, guess = settle(mention, near=[m.candidates[0] for _, m in found if m is not mention])
    part = Part(line, *mention.at)
    if guess:
        _tell_guess(book, part, mention, place)
    return place, Read(how="read", span=part.span, why=f"“{part.text}” in the post")


def _qualified(lines: Sequence[Line], name: str) -> Iterator[Found]:
    """The mentions of a city with its country or region beside it ("Birmingham, Alabama")."""
    for line in lines:
        for found in _present(line) if name in line.text else ():
            if found[1].text == name and (found[1].country or found[1].region):
                yield found


def _labelled(lines: Sequence[Line]) -> list[Found]:
    """The city that ends what a label says of the place ("Where: Old Mill, Leeds")."""
    found: list[Found] = []
    for line in lines:
        label = find_label(line.text)
        if label is None or label.kind not in ("where", "city"):
            continue
        last = max(label.end, line.text.rfind(",") + 1)
        mentions = find_places(line.text[last:], base=last, hint=True)
        found += [(line, m) for m in mentions if m.candidates and not line.text[m.whole[1] :].strip(" .")]
    return found if len({mention.candidates[0].timezone for _, mention in found}) == 1 else []


def _only_weak(lines: Sequence[Line]) -> list[Found]:
    """Where nothing says more, the one city's name that the title or the introduction has, if it is one."""
    found = [
        (line, m)
        for line in lines
        for m in find_places(line.text)
        if m.candidates and not is_past(line.text) and not _in_title(line, m) and not _surname(line, m)
    ]
    in_title = [one for one in found if one[0] is lines[0]]
    chosen = in_title or found
    return chosen if len({mention.candidates[0].timezone for _, mention in chosen}) == 1 else []


_FIRST_NAME = re.compile(r"(?<![\w'’-])[A-ZÀ-Þ][\w'’-]+\s$")


def _surname(line: Line, mention: PlaceMention) -> bool:
    """Whether a city's name stands behind a first name ("Zeynep Aydın")."""
    start = mention.at[0]
    first = _FIRST_NAME.search(line.text, max(0, start - 30), start)
    return first is not None and kind_of(first[0].strip()) == "given"


def _in_title(line: Line, mention: PlaceMention) -> bool:
    """Whether a city is a word in what a link names ("the [Munich Chronotype Questionnaire](u)")."""
    start, end = mention.whole
    return any(
        mark.start <= start and end <= mark.end and mark.end - mark.start > 2 * (end - start)
        for mark in line.marked("link")
    )


_POINTED = re.compile(
    r"(?<![\w'’-])(?=[A-ZÀ-Þ])((?!The\b)[\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)?)"
    r"(?=\s(?:International\s)?(?:Convention|Conference|Congress|Exhibition)\s(?:and\s\w+\s)?(?:Cent(?:re|er)|Hall))"
    r"|\s(?:de|di|do|da|von|van|of)\s([A-ZÀ-Þ][\w'’-]+)(?=$|[.,;:!?)]\s)"
    r"|\(([A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)?)\)"
    r"|,\s([A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)?)(?=/[A-Z]{2}\b)"
    r"|\s([A-ZÀ-Þ][\w'’-]+)(?=\s\([^()\n]{3,40}\s\d{1,4}\w?\))"
    r"|^([A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)?)(?=, here we come)"
    r"|(?:\b(?:in|to|near|à|en|em|no|a|nach|te|ad|im)\s|,\s)([A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)?)"
    r"(?=\s?(?:[.,;:!?)]|$|\s(?:on|this|next|from|am|vom|le|il|el|op|and|for)\b))"
)


_WORD = re.compile(r"[A-ZÀ-Þ][\w'’-]+")


def _only_pointed(lines: Sequence[Line]) -> list[Found]:
    """A city where a preposition, a comma or brackets point at it, or its convention centre is named.

    One that is less known has to be named again.
    """
    words = Counter(word for line in lines for word in _WORD.findall(line.text))
    found: list[Found] = []
    for line in lines:
        for pointed in () if is_past(line.text) else _POINTED.finditer(line.text):
            group = pointed.lastindex or 1
            for mention in find_places(pointed[group], base=pointed.start(group), hint=True):
                if mention.at != pointed.span(group) or not mention.fames:
                    continue
                if mention.fames[0] >= FAMOUS or words[mention.text] > 1:
                    found.append((line, mention))
    return found if len({mention.candidates[0].timezone for _, mention in found}) == 1 else []


def _present(line: Line) -> Iterator[Found]:
    """The places a line says are places, but for those that it looks back to."""
    for found in strong_mentions(line):
        leaving = line.text.endswith(("from ", "aus ", "depuis ", "desde "), 0, found[1].at[0])
        if not leaving and not looks_back_at(line.text, found[1].at):
            yield found


def strong_mentions(line: Line) -> Iterator[Found]:
    """The places that a line says are places."""
    for mention in find_places(line.text):
        if mention.confidence == "strong" and mention.candidates:
            yield line, mention


def _tell_guess(book: Book, part: Part, mention: PlaceMention, place: Place) -> None:
    other = next((one for one in mention.candidates if one.spot != place.spot), None)
    also = f"; there is one in {other.country} too" if other is not None else ""
    book.tell(
        "ambiguous-city",
        f"`{part.text}` was read as {place.city}, {place.country}{also}",
        span=part.span,
        help=f"write the country beside it: `{place.city}, {place.country}`",
    )


def give_cities(book: Book, lines: Sequence[Line], *, place: Place | None, read: Read | None) -> None:
    """Give each event the city named right after it ("FOSDEM in Brussels and …"), else the post's."""
    for event in [one for one in book.events if "city" not in one.reads]:
        found = next((one for line in lines for one in _city_after(line, event.name)), None)
        if found is not None:
            line, mention = found
            own, _ = settle(mention, near=[place] if place else [])
            part = Part(line, *mention.at)
            why = f"“{part.text}” beside the name"
            reads = {**event.reads, "city": Read(how="read", span=part.span, why=why)}
            book.events[event.key] = replace(event, place=own, reads=reads)
        elif place is not None and read is not None:
            book.events[event.key] = replace(event, place=place, reads={**event.reads, "city": read})


def _city_after(line: Line, name: str) -> Iterator[Found]:
    at = line.text.find(name)
    if at == -1:
        return
    end = at + len(name)
    for found in strong_mentions(line):
        between = line.text[end : found[1].at[0]] if found[1].at[0] >= end else "-" * 99
        if len(between) < 30 and re.fullmatch(
            r"[\s\d'’()\w]{0,14}[\s,]*(?:in|at|à|en|a|em|te|,)\s*", between
        ):
            yield found
