"""Owns how a conference or meetup is named in a text, and when two names are one event's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feeds.understand.phrases import (
    conference_like,
    goes_on_a_name,
    may_be_conference_like,
    names_nothing,
    remembered,
)
from feeds.understand.places import find_places, names_town
from feeds.understand.when import find_when
from feeds.understand.when.values import Slice
from feeds.understand.when.words import MONTH_NUMBERS

_TOKEN = re.compile(r"[^\W_][\w'’.!&/+#:-]*[\w!+#]|[^\W_]|[&+,:;.!?()\[\]|–—\-\"“”]")
_PRONOUNS = frozenset(
    [
        "Wir",
        "Ich",
        "We",
        "I",
        "You",
        "They",
        "The",
        "Our",
        "This",
        "Next",
        "Last",
        "Each",
        "Every",
        "Nous",
        "Je",
        "Nosotros",
        "Noi",
        "Io",
        "Nós",
        "Eu",
        "Wij",
        "Ik",
        "Uhr",
    ]
)
_JOINERS = frozenset(
    [
        "+",
        "&",
        "/",
        "and",
        "of",
        "the",
        "for",
        "on",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "et",
        "der",
        "die",
        "das",
        "für",
        "und",
        "del",
        "y",
        "en",
        "di",
        "da",
        "e",
        "do",
        "van",
    ]
)
_REGIONS = frozenset(
    [
        "EU",
        "NA",
        "US",
        "UK",
        "USA",
        "Europe",
        "China",
        "India",
        "Japan",
        "Asia",
        "America",
        "North",
        "South",
        "Africa",
        "EMEA",
        "APAC",
        "Latin",
        "LATAM",
        "Online",
        "Virtual",
        "Edition",
        "Live",
    ]
)
_YEAR = re.compile(r"(?:(?:19|20)\d\d|['’]\d\d|\d{1,3}(?:st|nd|rd|th)?\.?|v?\d{1,2}x?|[IVX]{1,5})$")
_AND = re.compile(r"\s(?:and|und|et|y|e|en)\s")
_FOR = re.compile(
    r"\s(?:for|für|pour|para|per|voor)\s(?:(?:the|die|den|das|la|le|el|il|het|de)\s)?(?:\d{1,3}(?:st|nd|rd|th|\.)\s)?"
)
_NUMBER = re.compile(r"\s#\s?\d{1,4}\b")
_AT = re.compile(
    r"(?i)(?:^|\s)(?:at|@|bei|beim|auf der|auf dem|à|au|en el|en la|al|alla|no|na|op|op de|op het|"
    r"attending|visiting|to)\s+"
)
_CAMEL = re.compile(r"\w+(?:Con|CON|Conf|Fest|Camp|Days?|Summit)\b")
ARTICLE = re.compile(
    r"(?:The|A|An|Our|Your|Join|Announcing|See|Meet|Welcome|Next|This|First|Introducing|Save|Visit|Upcoming|"
    r"Die|Der|Das|Einladung|Le|La|Les|Bienvenue|El|Los|Las|Il|Lo|O|Os|As|De|Het)\s+(?=\S)"
)
"""What stands before a name and is no part of it."""

_LEADING = re.compile(
    r"(?:On|In|At|For|By|From|With|During|After|Before|Since|Am|Im|Für|Bei|Mit|Nach|Vor|Seit|Zum|Zur|Auf|Pour|Dans|"
    r"En|À|Après|Avant|Avec|Au|Aux|Para|Con|Tras|Desde|Por|Al|Per|Dopo|Alla|Em|Com|Após|No|Na|Voor|Op|Met|Bij|Tijdens)"
    r"\s(?:(?:the|die|der|das|den|dem|la|le|les|el|los|las|il|lo|het|de)\s)?"
)
_PROGRAMME = re.compile(
    r"(?:Program(?:me?|ma|a)?|Schedule|Agenda|Timetable|Ablauf|Horaires?|Horario|Orari|Talks|Vorträge)\s"
    r"(?:(?:of|for|at|der|des|für|de|du|del|della|di|da|do|van|voor)\s)(?:(?:the|das|die|den|la|le|les|las|los|het)\s)?"
)


@dataclass(frozen=True, slots=True)
class EventName:
    """A name found in a text, with the slice it stands in. It is weak where only its position speaks."""

    start: int
    end: int
    name: str
    weak: bool


def find_event_names(text: str, *, title: bool = False) -> list[EventName]:
    """Names of events in a text: capitalised runs around a word such as Con, Summit or Days.

    In a title, what follows "at" is one too ("Kubewarden at FOSDEM").
    """
    pointed = title and _AT.search(text) is not None
    if not pointed and not may_be_conference_like(text):
        return []
    runs = [_numbered(text, part) for run in _runs(text) for part in _two_names(text, run)]
    likely = [run for run in runs if conference_like(text[slice(*run)])]
    if not likely and not pointed:
        return []
    days = [when.at for when in find_when(text)]
    found = [EventName(a, b, tidy_name(text[a:b]), weak=False) for a, b in _undated(likely, days)]
    found = [one for one in found if _is_name(one.name)]
    if pointed:
        found += [
            one
            for one in _after_at(text, _undated(runs, days))
            if not any(o.start < one.end and one.start < o.end for o in found)
        ]
    return sorted(found, key=lambda one: one.start)


def _numbered(text: str, run: Slice) -> Slice:
    """A run with the number of the edition behind it ("Ferris Meetup #12")."""
    found = _NUMBER.match(text, run[1])
    return (run[0], found.end()) if found else run


def _undated(runs: Sequence[Slice], days: Sequence[Slice]) -> list[Slice]:
    """The runs that do not begin inside a day ("March 5 Meetup"); both come in reading order."""
    kept: list[Slice] = []
    at = 0
    for run in runs:
        while at < len(days) and days[at][1] <= run[0]:
            at += 1
        if at == len(days) or run[0] < days[at][0]:
            kept.append(run)
    return kept


def _is_name(name: str) -> bool:
    """One word is a name where it is built like one ("PyCon"); of several the first is no pronoun."""
    words = name.split()
    if not words:
        return False
    return not says_no_name(name) and (_camel(name) or (len(words) > 1 and words[0] not in _PRONOUNS))


def says_no_name(text: str) -> bool:
    """Whether words only tell one meeting or day from another ("Day 2", "February meeting", "March 2026")."""
    first, _, rest = text.partition(" ")
    return names_nothing(text) or (first.lower() in MONTH_NUMBERS and rest == rest.lower())


def _after_at(text: str, runs: Sequence[Slice]) -> Iterator[EventName]:
    """What a title's "at" points to, unless it is a city; "to" may only say what it is about."""
    places = {mention.at[0] for mention in find_places(text)}
    found = list(_AT.finditer(text))
    for at in [one for one in found if not _TO.fullmatch(one[0])] or found:
        run = next(((max(a, at.end()), b) for a, b in runs if a <= at.end() < b), None)
        if run and run[0] not in places and not names_town(text[slice(*run)]):
            yield EventName(*run, tidy_name(text[run[0] : run[1]]), weak=True)


_TO = re.compile(r"(?i)\s*to\s+")


def _two_names(text: str, run: Slice) -> Iterator[Slice]:
    """ "KubeCon Europe and CiliumCon" are two events: each side of the "and" has a name of its own."""
    start, end = _bound_for(text, run)
    borders = [found.span() for found in _AND.finditer(text, start, end)]
    if not borders:
        yield start, end
        return
    edges = [start, *(edge for border in borders for edge in border), end]
    named = [_complete(text[a:b]) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    last = max((number for number, one in enumerate(named) if one), default=0)
    left = named[0]
    for number, border in enumerate(borders, 1):
        if left and number <= last:
            yield start, border[0]
            start, left = border[1], False
        left = left or named[number]
    yield start, end


def _complete(words: str) -> bool:
    """Whether words are a name as they stand: one is built as names are, or a year or a region ends them."""
    last = words.rsplit(maxsplit=1)[-1] if words.split() else ""
    ended = (last in _REGIONS or re.fullmatch(r"(?:19|20)\d\d|\d{1,2}", last) is not None) and " " in words
    return _has_camel(words) or ended


def _bound_for(text: str, run: Slice) -> Slice:
    """ "Porto for GateConf" is where somebody goes, and what for."""
    start, end = run
    found = _FOR.search(text, start, end)
    if not found or conference_like(text[start : found.start()]):
        return run
    place = any(
        one.at == (0, found.start() - start) for one in find_places(text[start : found.start()], hint=True)
    )
    if _has_camel(text[found.end() : end]) or (place and conference_like(text[found.end() : end])):
        return found.end(), end
    return run


def _has_camel(words: str) -> bool:
    return any(_camel(word) for word in words.split())


def _camel(word: str) -> bool:
    return len(word) > 4 and _CAMEL.match(word) is not None


def _runs(text: str) -> Iterator[Slice]:
    """Runs of capitalised words with joiners, years and regions."""
    start = end = None
    for token in _TOKEN.finditer(text):
        word = token[0]
        if _opens_run(word) or (start is not None and _goes_on(word)):
            if start is not None and end is not None and not _only_joiners(text[end : token.start()]):
                yield start, end
                start = None
            start = token.start() if start is None else start
            end = token.end()
            if _ENDED.match(text, end - 1):
                yield start, end
                start = end = None
        elif start is not None and word not in _JOINERS and end is not None:
            yield start, end
            start = end = None
    if start is not None and end is not None:
        yield start, end


_ENDED = re.compile(r"[!?]\W*\s\W*[A-ZÀ-Þ]")
"""Behind an exclamation a sentence is over, and so is a name ("Off to Lyon! RustConf begins")."""


def _opens_run(word: str) -> bool:
    """A capital somewhere: "Kube", "iOS"."""
    return word[0].isupper() or (not word.islower() and word[0].islower() and any(map(str.isupper, word)))


def _goes_on(word: str) -> bool:
    return goes_on_a_name(word) or _YEAR.match(word.rstrip("!")) is not None or word in _REGIONS


def _only_joiners(gap: str) -> bool:
    return all(word in _JOINERS for word in gap.split())


def tidy_name(name: str) -> str:
    """A name without the words that lead to it ("Announcing", "the programme of") or on from it ("of")."""
    name = name[found.end() :] if (found := _LEADING.match(name)) else name
    name = name[found.end() :] if (found := _PROGRAMME.match(name)) else name
    plain = name[found.end() :] if (found := ARTICLE.match(name)) else name
    while len(words := plain.split()) > 1 and words[-1] in _JOINERS:
        plain = plain.rstrip().removesuffix(words[-1])
    plain = _ON_DAY.sub("", plain)
    return plain.strip(" ,.:;!?-–—|&+").removesuffix("'s").removesuffix("’s")


_ON_DAY = re.compile(
    r"(?<=\w)\s(?:on|am|le|el|il|op)\s(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z][a-zà-ÿ]+(?:tag|dag|di|edì))$"
)
"""A weekday that the name's sentence goes on with ("Loom Bootcamp on Wednesday")."""


_NOISE = frozenset(
    [
        *(
            "the",
            "of",
            "and",
            "for",
            "at",
            "in",
            "a",
            "de",
            "del",
            "la",
            "le",
            "les",
            "der",
            "die",
            "das",
            "des",
        ),
        *("du", "di", "da", "do", "y", "und", "et", "e", "van"),
        *("iv", "v", "vi", "vii", "viii", "ix", "x"),
    ]
)
_SAME = {"europe": "eu", "north": "na", "america": "na", "conference": "conf"}


@remembered
def tokens_of(name: str) -> frozenset[str]:
    """The words of a name that tell it from others, years aside."""
    words = re.findall(r"[^\W_]+", re.sub(r"['’]\d\d\b|\b(?:19|20)\d\d\b", " ", name.casefold()))
    return frozenset(_SAME.get(word, word) for word in words) - _NOISE


def same_event(one: str, other: str) -> bool:
    """Whether two names are one event's: the words of one are all in the other."""
    a, b = tokens_of(one), tokens_of(other)
    if not a or not b:
        return False
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return small <= large and (len(small) > 1 or len(large) <= 3 or any(len(word) > 5 for word in small))
