"""Owns the lexicon of the grammar: which word is which kind of token, from CLDR names and a table by hand.

A kind is one letter, so that the shape of a phrase is a string and a rule of the grammar is a regular
expression over shapes (see grammar.py).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from feeds.understand.when.names import ABBREVIATED, MONTHS, WEEKDAYS
from feeds.understand.when.zones import ABBREVIATIONS, LOWER_CASE, STARTERS

Languages = frozenset[str]


class Word(NamedTuple):
    """What a word means: kind, its number (month, weekday) or further word, and the languages it is of."""

    kind: str
    number: int = 0
    sense: str = ""
    languages: Languages = frozenset()


# Kinds. Dates: M month, m month that needs its day before it, n month that is also an ordinary word and needs
# a year or weekday, J and j "Mar"/"mar" (month, or Tuesday in Spanish, French and Italian), W weekday,
# w abbreviated weekday, v weekday that is also an ordinary word, S plural weekday, R today/tomorrow,
# N next/this, k weekend, y day, P last, V every, q first..fourth.
# Times: A meridiem, E part of the day, U hour word, B noon/midnight, h unit of duration, L late, l onwards.
# Connecting: T to, a at-or-to, t at, u and, F from, f from-or-of, o article, i preposition, b between.
# PHRASE marks a word that may begin a longer zone or phrase.
PHRASE = "?"

_CONNECTING = {
    "T": "to till until til through thru bis au al até tot hasta fino jusqu",
    "a": "a à á alle às ao",
    "t": "at um om gegen starting beginning starts begins ab",
    "u": "and und et y e en or oder ou plus",
    "F": "from von vom van desde dal dalle dall das",
    "f": "de du del des di do da d",
    "o": "of the s den der dem zum zur le la las los les el il",
    "i": "on in for with im für pour per por para em no na op",
    "b": "between zwischen entre tra tussen",
    "U": "uhr uur ore heures heure horas hora h hrs hs oclock",
    "L": "late close open ende end tard laat",
    "l": "onwards onward",
    "y": "day dia tag",
    "k": "weekend wochenende",
    "V": "every each jeden jede jeder chaque cada ogni elke elk",
    "q": "first second third fourth",
    "P": "last past letzten letzter dernier pasado scorso vorigen afgelopen",
}
# A capital Midnight is as often a name, "midi" an interface: those need a date or "at" beside them.
_CLOCK_WORDS = frozenset({"noon", "midday", "midnight"})
_SENSES = {
    "A": {"am": "am", "pm": "pm"},
    "E": {
        **dict.fromkeys(("morning", "morgens", "vormittags", "matin", "manhã", "mattina", "ochtends"), "am"),
        **dict.fromkeys(("afternoon", "evening", "abends", "nachmittags", "soir", "tarde", "noche"), "pm"),
        **dict.fromkeys(("noite", "sera", "pomeriggio", "avonds", "middags"), "pm"),
        "mañana": "am",
    },
    "B": {
        **dict.fromkeys(("noon", "midday", "mittag", "midi", "mediodía", "mezzogiorno"), "noon"),
        **dict.fromkeys(
            ("midnight", "mitternacht", "minuit", "medianoche", "mezzanotte", "middernacht"), "midnight"
        ),
    },
    "h": {
        **dict.fromkeys(
            ("min", "mins", "minute", "minutes", "minuten", "minuti", "minutos", "minuto"), "minute"
        ),
        **dict.fromkeys(("hour", "hours", "hr", "stunde", "stunden", "std", "uren"), "hour"),
    },
    "R": {
        **dict.fromkeys(("today", "tonight", "heute", "hoy", "oggi", "hoje", "vandaag"), "today"),
        **dict.fromkeys(("tomorrow", "morgen", "demain", "domani", "amanhã"), "tomorrow"),
    },
    "N": {
        **dict.fromkeys(("this", "diesen", "dieser", "diese", "ce", "este", "questo", "deze"), "this"),
        **dict.fromkeys(("next", "nächsten", "nächster", "próximo", "prossimo", "volgende"), "next"),
        **dict.fromkeys(("coming", "kommenden", "kommender", "komende"), "next"),
        "following": "following",
    },
}
LABELS = frozenset(
    [
        "room",
        "hall",
        "booth",
        "level",
        "floor",
        "stage",
        "track",
        "day",
        "part",
        "session",
        "talk",
        "no",
        "number",
        "nr",
        "saal",
        "raum",
        "halle",
        "etage",
        "salle",
        "sala",
        "zaal",
        "stand",
        "pavilion",
        "building",
        "gate",
        "table",
        "kiosk",
        "tier",
        "version",
        "chapter",
        "step",
        "phase",
        "week",
        "episode",
        "issue",
        "volume",
        "bd",
        "vol",
        "section",
        "block",
        "slot",
        "area",
        "unit",
        "apt",
        "suite",
        "theater",
        "theatre",
        "auditorium",
        "bus",
        "line",
        "platform",
    ]
)
"""Words that number something else: "Hall 3 - 10:00" is no range of hours, "Day 1 March 5" no first of March."""

# Spellings that are ordinary words of another language: as months they need a year or a weekday beside them.
_WEAK_MONTHS = frozenset({"set", "ago", "out", "gen", "mag", "lug", "marco"})
_WEAK_LOWER = frozenset({"may", "march"})
# Abbreviated weekdays that are words: they count beside a date of their own language, or with a dot.
_WORDS_TOO = frozenset(
    [
        "mo",
        "di",
        "mi",
        "do",
        "fr",
        "sa",
        "so",
        "ma",
        "wo",
        "vr",
        "za",
        "zo",
        "mer",
        "mar",
        "dom",
        "ven",
        "dim",
        "sam",
        "sex",
        "ter",
        "seg",
        "qui",
        "qua",
        "lun",
    ]
)
_BARE_PORTUGUESE = {"segunda": 0, "terça": 1, "terca": 1, "quarta": 2, "quinta": 3, "sexta": 4}
_LONGER_ENGLISH = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_LONGER_MONTHS = {"sept": (9, ("en", "fr", "es", "de"))}
_UNMARKED_LOWER = frozenset({"sun", "sat", "mon", "wed"})


def _plain(word: str) -> str:
    """The word without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _cases(word: str) -> tuple[str, ...]:
    return (word, word[:1].upper() + word[1:], word.upper())


def _enter(words: dict[str, Word], name: str, make: Callable[[str], Word]) -> None:
    """Enter all spellings of a name: its own first, those without accents where they are free."""
    for spelling in _cases(name):
        words[spelling] = make(spelling)
    for spelling in _cases(_plain(name)):
        words.setdefault(spelling, make(spelling))


def _lexicon() -> dict[str, Word]:
    words: dict[str, Word] = {}
    for kind, line in _CONNECTING.items():
        for name in line.split():
            _enter(words, name, lambda _, kind=kind, name=name: Word(kind, sense=name))
    for kind, senses in _SENSES.items():
        for name, sense in senses.items():
            _enter(words, name, lambda spelling, kind=kind, sense=sense: _sensed(kind, sense, spelling))
    _enter_weekdays(words)
    _enter_months(words)
    _enter_phrases(words)
    return words


def _sensed(kind: str, sense: str, spelling: str) -> Word:
    return Word(kind, int(spelling in _CLOCK_WORDS), sense)


def _enter_weekdays(words: dict[str, Word]) -> None:
    portuguese = {name: (number, ("pt",)) for name, number in _BARE_PORTUGUESE.items()}
    english = {name: (number, ("en",)) for name, number in _LONGER_ENGLISH.items()}
    for name, (number, languages) in (WEEKDAYS | english | portuguese).items():
        spoken = frozenset(languages)
        _enter(
            words,
            name,
            lambda s, n=number, name=name, spoken=spoken: Word(_weekday_kind(name, s), n, name, spoken),
        )
        if languages[0] in ("en", "de", "fr", "nl") and len(name) > 4:
            _enter(words, name + "s", lambda _, n=number, name=name: Word("S", n, name))


def _weekday_kind(name: str, spelling: str) -> str:
    if name in _WORDS_TOO or name in _BARE_PORTUGUESE:
        return "v"
    if name in ABBREVIATED or name in _LONGER_ENGLISH:
        return "v" if spelling in _UNMARKED_LOWER else "w"
    # A capital Domingo is as often a person or a place.
    return "w" if name == "domingo" and spelling != name else "W"


def _enter_months(words: dict[str, Word]) -> None:
    for name, (number, languages) in (MONTHS | _LONGER_MONTHS).items():
        spoken = frozenset(languages)
        _enter(
            words,
            name,
            lambda s, n=number, name=name, spoken=spoken: Word(_month_kind(name, s, spoken), n, name, spoken),
        )


def _month_kind(name: str, spelling: str, languages: Languages) -> str:
    if name == "mar":
        return "j" if spelling == "mar" else "J"
    if _plain(spelling.lower()) in _WEAK_MONTHS or (name in _WEAK_LOWER and spelling == name):
        return "n"
    return "M" if "en" in languages else "m"


def _enter_phrases(words: dict[str, Word]) -> None:
    """Words that may begin a longer zone or phrase; `sense` is the kind that they have by themselves."""
    names = [name for name in ABBREVIATIONS if len(name) > 1]
    for spelling in [
        *names,
        *(case for name in LOWER_CASE | STARTERS | {"t", "tot"} for case in _cases(name)),
    ]:
        if spelling not in words or words[spelling].kind != PHRASE:
            words[spelling] = Word(
                PHRASE, sense=words[spelling].kind.replace(PHRASE, "") if spelling in words else ""
            )


WORDS: dict[str, Word] = _lexicon()
MONTH_NUMBERS: dict[str, int] = {
    spelling: word.number for spelling, word in WORDS.items() if word.kind in "MmnJj"
}
