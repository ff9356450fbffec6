"""Owns clock times in words: "half past seven", "halb acht", "à dix heures et demie", "a las siete y media".

A number in words is a time only beside words that make it one: "from two to three weeks" holds none.
"""

from __future__ import annotations

import re

from feeds.understand.when.tokens import Token

_NAMES = {
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "de": "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "une deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "una dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "it": "una due tre quattro cinque sei sette otto nove dieci undici dodici",
    "pt": "uma duas três quatro cinco seis sete oito nove dez onze doze",
    "nl": "één twee drie vier vijf zes zeven acht negen tien elf twaalf",
}
_HOURS = {
    language: {word: hour for hour, word in enumerate(names.split(), start=1)}
    for language, names in _NAMES.items()
}
_HOURS["de"]["ein"] = _HOURS["nl"]["een"] = 1


def _hour(language: str) -> str:
    return rf"(?P<{language}>{'|'.join(_HOURS[language])})(?![\w-])"


_DAYTIME = r"(?:morning|afternoon|evening|night)"
_OF_DAY = r"(?=\s?[.,;:)!]|\s*$|\s(?:de|en|del|a|hasta|di|in|alla|nel|da|do|na|no|em)\b)"
_ENDS = rf"(?=\s?[.,;:)!]|\s*$|\s(?:in the {_DAYTIME}|at night|sharp|onwards|until|till|to|for|on|in)\b)"
_TO_HOUR = rf"(?= (?:until|till|to) (?:about |around )?(?:noon|midnight|{'|'.join(_HOURS['en'])})\b)"
# What stands right before, if anything has to, and the time; `half`, `quarter` and `to` say its minutes.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("", rf"(?:(?P<half>half)|(?P<quarter>quarter)) (?:past|(?P<to>to)) {_hour('en')}"),
    ("", rf"{_hour('en')}(?: o['’]clock|(?= in the {_DAYTIME}\b))"),
    ("at|until|till|until about|till about|to about", rf"{_hour('en')}{_ENDS}"),
    ("from", rf"{_hour('en')}{_TO_HOUR}"),
    ("", rf"(?:(?P<before>halb)|(?P<quarter>viertel) (?:nach|(?P<to>vor))) {_hour('de')}"),
    ("", rf"{_hour('de')}(?= uhr\b)"),
    ("um|gegen", rf"{_hour('de')}(?=\s?[.,;:)!]|\s*$|\s(?:im|in|am|bei|beim|auf|vor)\b)"),
    (
        "",
        r"(?P<noon>midi|mezzogiorno|mediodía) (?:et|e|y) "
        r"(?:(?P<half>demie?|mezz[oa]|media)|(?P<quarter>(?:un )?[qc]uarto?))",
    ),
    (
        "à|dès",
        rf"{_hour('fr')} heures?(?! de [a-zà-ÿ])"
        r"(?: et (?:(?P<half>demie)|(?P<quarter>quart))| moins le (?P<to>quart))?",
    ),
    (
        "las|la",
        rf"{_hour('es')}(?: y (?:(?P<half>media)|(?P<quarter>cuarto))| menos (?P<to>cuarto))?{_OF_DAY}",
    ),
    (
        "alle|ore",
        rf"{_hour('it')}(?: e (?:(?P<half>mezz[ao])|(?P<quarter>un quarto))| meno (?P<to>un quarto))?"
        rf"{_OF_DAY}",
    ),
    ("às", rf"{_hour('pt')}(?: horas)?(?: e (?P<half>meia)| menos (?P<to>um quarto))?{_OF_DAY}"),
    ("om|vanaf|tot|rond|van", rf"(?P<before>half) {_hour('nl')}"),
    ("", rf"(?P<quarter>kwart) (?:over|(?P<to>voor)) {_hour('nl')}"),
    ("", rf"{_hour('nl')}(?= uur\b)"),
)
_SPOKEN = tuple(
    (tuple(f"{lead} " for lead in leads.split("|")) if leads else ("",), re.compile(pattern, re.IGNORECASE))
    for leads, pattern in _PATTERNS
)
SPOKEN = "spoken"
"""The sense of a token that was written in words: it has no style of writing a clock."""

_WORDS = {"half", "quarter", "halb", "viertel", "kwart", "midi", "mezzogiorno", "mediodía"}.union(
    *map(frozenset, _HOURS.values())
)
FIRST = frozenset(_WORDS | {word.capitalize() for word in _WORDS})
"""The words that such a time can begin with."""


_NOON = 12


def hour_at(text: str, start: int) -> Token | None:
    """The hour in words at an offset, right behind a time and "to" ("half past nine to ten")."""
    found = _ENDING.match(text, start)
    return Token("C", start, found.end(), _HOURS["en"][found[1].lower()], 0, SPOKEN) if found else None


_ENDING = re.compile(rf"({'|'.join(_HOURS['en'])})(?=\s?[.,;:)!]|\s*$|\sin the\s)", re.IGNORECASE)


def spoken_at(text: str, start: int) -> Token | None:
    """The clock time in words that begins at an offset, which is one of a word of `FIRST`."""
    for leads, pattern in _SPOKEN:
        led = text.endswith(leads, 0, start)
        if led and (found := pattern.match(text, start)) is not None:
            return _token(found)
    return None


def _token(found: re.Match[str]) -> Token:
    said = found.groupdict()
    language = next((name for name in _HOURS if said.get(name)), None)
    hour, minute = _HOURS[language][said[language].lower()] if language is not None else _NOON, 0
    if said.get("half") or said.get("before"):
        hour, minute = (hour if said.get("half") else (hour - 2) % 12 + 1), 30
    elif said.get("to"):
        hour, minute = (hour - 2) % 12 + 1, 45
    elif said.get("quarter"):
        minute = 15
    return Token("C", found.start(), found.end(), hour, minute, SPOKEN)
