"""Owns what the lines of a post say for a city, and how much each of it weighs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from feeds.post import Line
from feeds.understand.attended import whens_of
from feeds.understand.context import Book
from feeds.understand.labels import find_label
from feeds.understand.people.names import kind_of
from feeds.understand.phrases import is_compared, is_past, looks_back_at, pattern_for, sentence_start
from feeds.understand.places import PlaceMention, find_names, find_places
from feeds.understand.places.countries import areas_named
from feeds.understand.when.words import MONTH_NUMBERS

Found = tuple[Line, PlaceMention]

FAMOUS = 300
"""Thousands of people; a smaller city needs more than a preposition before a name that means other things."""

# What a line says of a city weighs so much.
TITLE, LABEL, OPENING, LATER, POINTED, WEAK_TITLE, WEAK_OPENING, WEAK = 48, 24, 12, 4, 6, 6, 3, 1
SMALL, TOLD, DATED = 0.25, 0.25, 2
"""So much of it counts where only a date speaks for a small town ("Deux Rives 2025"), where somebody
tells what was there, where its sentence says the days or that it is here."""

LONGEST_LINE = 2000
"""No paragraph that introduces an event is longer; of one that is, the beginning counts."""


class Clue(NamedTuple):
    """A line that speaks for a city, and how much."""

    weight: float
    line: Line
    mention: PlaceMention


def clues_of(book: Book, lines: Sequence[Line]) -> Iterator[Clue]:
    """What the lines say, each for its city."""
    lines = [line if len(line.text) <= LONGEST_LINE else line.cut(0, LONGEST_LINE) for line in lines]
    for number, line in enumerate(lines):
        weight = TITLE if number == 0 else OPENING if number < 5 else LATER
        above = 0
        for found in present_mentions(line):
            mention = found[1]
            if not _of_another_year(book, line, mention):
                yield Clue(weight * _trust(line, mention, since=above), line, mention)
            above = mention.whole[1]
    yield from (Clue(LABEL, *found) for found in _labelled(lines))
    yield from (Clue(POINTED, *found) for found in _only_pointed(lines[:8], lines))
    for number, line in enumerate(lines[:12]):
        weight = WEAK_TITLE if number == 0 else WEAK_OPENING if number < 5 else WEAK
        yield from (Clue(weight, *found) for found in _weak(line))


def stated_clues(stated: Line) -> Iterator[Clue]:
    """What front matter says of the place: the last town of it."""
    mentions = [one for one in find_places(stated.text, hint=True) if one.candidates]
    yield from (Clue(LABEL, stated, mention) for mention in mentions[-1:])


_TELLING = re.compile(
    r"(?i)\b(?:i|we|it|they|he|she|you|who) (?:(?!is|are|am|be|will|can|have|has\b)\w+ )?(?:gave|met|was|"
    r"were|had|found|got|saw|went|came|spoke|ran|took|held|did|made|[a-z]{3,}ed)\b"
)


def _trust(line: Line, mention: PlaceMention, *, since: int) -> float:
    """How much of a clue's weight counts.

    `since` is where the place before it ends, whose days stand right behind it ("Prague (3-7 May), … Brno").
    """
    if mention.fames[0] < FAMOUS and "date" in mention.why:
        return SMALL
    start = sentence_start(line.text, mention.at[0])
    if _TELLING.search(line.text, start, mention.at[0]):
        return TOLD
    first = max(start, since + _RIGHT_BEHIND if since else 0)
    days = (when.days for when in whens_of(line) if first <= when.at[0] <= mention.at[1] + _BESIDE)
    if _HERE.search(line.text, start, mention.at[0]) or any(one and one.days[0].month for one in days):
        return DATED
    return 1


_HERE = re.compile(r"(?i)\b(?:here|hier|ici|aquí|qui|aqui) (?:in|at|à|en|a|em|te) $")
_RIGHT_BEHIND = 4
"""Letters from a city to days that are told of it alone."""

_BESIDE = 60
"""Letters behind a city within which its day is told in the same breath."""


_YEAR = re.compile(r"[^.;!?\n]{0,20}?\b(20\d\d)\b")


def _of_another_year(book: Book, line: Line, mention: PlaceMention) -> bool:
    """Whether a year before that of the post stands beside a city ("since Kampala 2018")."""
    found = _YEAR.match(line.text, mention.whole[1])
    return found is not None and book.anchor is not None and int(found[1]) < book.anchor.year


def qualified(lines: Sequence[Line], name: str) -> Iterator[Found]:
    """The mentions of a city with its country or region beside it ("Birmingham, Alabama")."""
    for line in lines:
        for found in present_mentions(line) if name in line.text else ():
            if found[1].text == name and (found[1].country or found[1].region):
                yield found


def _labelled(lines: Sequence[Line]) -> Iterator[Found]:
    """The city that ends what a label says of the place ("Where: Old Mill, Leeds")."""
    for line in lines:
        label = find_label(line.text)
        if label is None or label.kind not in ("where", "city"):
            continue
        last = max(label.end, line.text.rfind(",") + 1)
        mentions = find_places(line.text[label.end :], base=label.end)
        mentions = mentions[-1:] or _alone(line, last)
        yield from ((line, m) for m in mentions if m.candidates and not line.text[m.whole[1] :].strip(" ."))


def _alone(line: Line, start: int) -> tuple[PlaceMention, ...]:
    """The towns that all of a line's end is, not those within another name ("South Pacific")."""
    while line.text[start : start + 1].isspace():
        start += 1
    found = find_places(line.text[start:], base=start, hint=True)
    return tuple(mention for mention in found if mention.at[0] == start)


def _weak(line: Line) -> Iterator[Found]:
    """Names of cities of which nothing says more."""
    for m in () if is_past(line.text) else find_places(line.text):
        council = line.text.endswith(_COUNCIL, 0, m.at[0])
        weak = m.confidence == "weak" and m.candidates and not council
        if weak and not (_in_title(line, m) or _surname(line, m) or _is_home(line, m.at[0])):
            yield line, m


_COUNCIL = ("City of ", "University of ", "Bank of ")

_INSTITUTION_AFTER = re.compile(
    rf"(?:\s(?:&|and|[A-ZÀ-Þ][\w'’-]*)){{0,3}}\s(?:{pattern_for('institution')})(?![\w-])"
)
_INSTITUTION_BEFORE = re.compile(
    rf"(?<![\w-])(?:(?:{pattern_for('institution')})(?: of| von| de| di| da| van)?|"
    rf"(?i:{pattern_for('institution, of a town')})) $"
)


_LAST = re.compile(r"\s[A-ZÀ-Þ]")


def names_of(lines: Sequence[Line], tags: Line | None) -> Iterator[Clue]:
    """Where nothing else speaks: names of smaller towns in tags, in those of institutions, or named again."""
    found = [(line, m) for line in lines for m in _bare(line)]
    words = Counter(m.text for _, m in found)
    in_tags = [m for m in find_names(tags.text) if _is_tag(tags.text, m)] if tags is not None else []
    tagged = {m.text for m in in_tags}
    if tags is not None:
        yield from (Clue(1, tags, mention) for mention in in_tags)
    for line, mention in found:
        start, end = mention.at
        held = _INSTITUTION_AFTER.match(line.text, end) or _INSTITUTION_BEFORE.search(
            line.text, max(0, start - 40), start
        )
        if held is None and (
            _FIRST_NAME.search(line.text, max(0, start - 30), start) or _LAST.match(line.text, end)
        ):
            continue  # a word of a name: "Farah Qureshi"
        weight = (held is not None) + (words[mention.text] > 1) + 2 * (mention.text in tagged)
        if weight:
            yield Clue(weight, line, mention)


def _is_tag(tags: str, mention: PlaceMention) -> bool:
    """Whether a town's name is a whole tag."""
    return mention.text in tags.split(", ")


def _bare(line: Line) -> Iterator[PlaceMention]:
    """The names of towns that mean nothing else, and nobody."""
    if is_past(line.text):
        return
    for m in find_names(line.text):
        if m.candidates and not _surname(line, m) and not _in_title(line, m):
            yield m


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
    r"|(?:\s(?:de|di|do|da|von|van|of)\s|\sd['’])([A-ZÀ-Þ][\w'’-]+)(?=$|[.,;:!?)]\s)"
    r"|\(([A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)?)\)"
    r"|,\s([A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)?)(?=/[A-Z]{2}\b)"
    r"|\s([A-ZÀ-Þ][\w'’-]+)(?=\s\([^()\n]{3,40}\s\d{1,4}\w?\))"
    r"|^([A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)?)(?=, here we come)"
    r"|(?:\b(?:in|to|near|à|en|em|no|a|nach|te|ad|im|bei|bij)\s|,\s)([A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)?)"
    r"(?=\s?(?:[.,;:!?)]|$|\s(?:on|this|next|from|am|vom|le|il|el|op|and|for)\b))"
)


_HALL_OF_TOWN = 1
"""The group of the pattern above for a town by its convention centre."""

_WORD = re.compile(r"[A-ZÀ-Þ][\w'’-]+")


def _only_pointed(opening: Sequence[Line], lines: Sequence[Line]) -> Iterator[Found]:
    """A city where a preposition, a comma or brackets point at it, or its convention centre is named.

    One that is less known has to be named again.
    """
    words = Counter(word for line in lines for word in _WORD.findall(line.text))
    for line in opening:
        if is_past(line.text):
            continue
        said = find_places(line.text)
        for pointed in _POINTED.finditer(line.text):
            group = pointed.lastindex or 1
            at = pointed.span(group)
            if any(m.whole[0] <= at[0] and at[1] <= m.whole[1] != m.at[1] for m in said):
                continue  # "Washington" of "Tacoma, Washington"
            for mention in find_places(pointed[group], base=at[0], hint=True):
                if mention.at != at or not mention.fames or pointed[group].lower() in MONTH_NUMBERS:
                    continue  # "in March"
                if _is_home(line, at[0]):
                    continue
                known = mention.fames[0] >= FAMOUS or words[mention.text.split()[0]] > 1
                if known or (group == _HALL_OF_TOWN and not areas_named(pointed[group])):
                    yield line, mention


def present_mentions(line: Line) -> Iterator[Found]:
    """The places a line says are places, but for those that it looks back to."""
    mentions = list(strong_mentions(line))
    for number, found in enumerate(mentions):
        if number + 1 < len(mentions) and _quarter(line, found[1], mentions[number + 1][1]):
            continue
        start = found[1].at[0]
        before = line.text[max(0, start - _LONGEST_LEAVING) : start].lower()
        left = before.endswith(_LEAVING) or is_compared(line.text, found[1].at)
        left = left or _OURS.search(line.text, max(0, start - 50), start) is not None
        left = left or _is_home(line, start)
        left = left or _of_a_work(line, found[1])
        left = left or _WON.search(line.text, max(0, start - 60), start) is not None
        if not left and not looks_back_at(line.text, found[1].at):
            yield found


def _quarter(line: Line, one: PlaceMention, other: PlaceMention) -> bool:
    """Whether a name is of a part of the city behind it in an address ("Boa Vista, Recife/PE")."""
    beside = line.text[one.at[1] : other.at[0]] == ", "
    return beside and (other.region is not None or 2 * one.fames[0] < other.fames[0])


_OURS = re.compile(
    r"(?i)\b(?:our|my|their|unser\w*|mein\w*|notre|nos|nuestr\w+|nostr\w+|noss\w+|onze?|ons) (?:\w+ )?(?:lab|"
    r"office|offices|team|hq|headquarters|home|shop|büro|labor|bureau|oficina|ufficio|escritório|kantoor) "
    r"(?:here )?(?:in|at|à|en|a|em|te) $"
)
"""Where somebody works is not where the event is."""

_HOME = re.compile(
    rf"(?i)\b(?:{pattern_for('at home')}) "
    r"(?:here )?(?:in|at|à|en|a|em) (?:(?-i:[A-ZÀ-Þ])[\w'’-]{1,20}(?:, | and | und | et | y | e )){0,4}$"
)

_BY = re.compile(r"[*_\s]{1,3}(?:by|von|par|de|di|por|van|door)\s[A-ZÀ-Þ]")


def _is_home(line: Line, start: int) -> bool:
    """Whether somebody lives or works in the town that begins here ("nine people in Tallinn and Riga")."""
    return _HOME.search(line.text, max(0, start - _HOME_NEAR), start) is not None


_HOME_NEAR = 80


def _of_a_work(line: Line, mention: PlaceMention) -> bool:
    """Whether a town is a word of what somebody wrote ("*Eleven Winters in Tromsø* by Ada Ek")."""
    start, end = mention.at
    works = [mark for mark in line.marked("emphasis") if mark.start <= start and end <= mark.end]
    return any(_BY.match(line.text, mark.end) is not None for mark in works)


_WON = re.compile(rf"(?i)\b(?:{pattern_for('won')})(?:\s[^\s.;:!?,]{{1,20}}){{0,6}}\s$")

_LEAVING = ("from ", "aus ", "depuis ", "desde ", "since ", "seit ", "dal ", "sinds ")
_LONGEST_LEAVING = max(map(len, _LEAVING))


def strong_mentions(line: Line) -> Iterator[Found]:
    """The places that a line says are places."""
    for mention in find_places(line.text):
        if mention.confidence == "strong" and mention.candidates:
            yield line, mention
