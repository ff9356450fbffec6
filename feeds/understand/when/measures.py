"""Owns the numbers with a colon that no clock shows: lengths, ratios, scores and verses."""

from __future__ import annotations

import re

# The unit stands right behind; "h" and "hours" are left out, since "14:00 h" is a time.
_UNIT = re.compile(
    r"[ \u00a0\u202f]?(?:(?:mins?|minut(?:e[ns]?|os?|i)|Minuten|secs?|seconds?|[Ss]ekunden?|secondes?|"
    r"segundos?|second[io]|seconden|ms)(?!\w)(?!\s(?:of|by|with)\b)|[×%°])|"
    r"[ \u00a0\u202f](?:aspect )?(?:ratio|odds|scale|victory|defeat|win|loss|Sieg|Niederlage)(?!\w)"
)
_RATIO = re.compile(
    r"(?i)\b(?:ratio|proportion|odds|scores?|scored|won|lost|beat|beaten|verhältnis|maßstab|gewonnen|gewannen|"
    r"verloren|proportion|rapport|gagné|perdu|proporción|ganamos|ganaron|perdieron|rapporto|vinto|perso|"
    r"proporção|venceu|perdeu|verhouding|gewonnen)(?:\s(?:is|was|of|by|at|von|mit|im|de|por|di|van|met)){0,2}\s$"
)
_VERSE = re.compile(
    r"(?:\b(?:Genesis|Exodus|Leviticus|Deuteronom\w{1,5}|Psalms?|Psalm[eo]s?|Salm[io]s?|Proverbs|Ecclesiastes|"
    r"Isaiah|Jesaja|Jeremiah|Ezekiel|Romans|Römer|Romains|Romanos|Romani|Romeinen|Corinthians|Korinther|"
    r"Corinthiens|Corintios|Corinzi|Coríntios|Galatians|Ephesians|Philippians|Colossians|Thessalonians|Hebrews|"
    r"Hebräer|Hébreux|Revelation|Offenbarung|Apocalypse|Apocalipsis|Sura|Surah|Sure|[Vv]erses?)"
    r"|\b[1-3]\.? (?:Samuel|Kings|Chronicles|Timothy|Peter|John|Mose|Könige|Petrus|Johannes|Jean|Juan))\s$"
)
# Books that are called like people: "Mark 10:30" may be a talk of his, at minutes of a clock it is.
_NAMED_BOOK = re.compile(
    r"\b(?:John|Matthew|Mark|Luke|Acts|James|Daniel|Joshua|Ruth|Job|Joel|Amos|Micah|Titus|Johannes|Matthäus|Markus|"
    r"Lukas|Jean|Matthieu|Marc|Luc|Juan|Mateo|Marcos|Lucas|Giovanni|Matteo|Marco|Luca|João|Mateus|Marcos|Mattheüs)\s$"
)
_BEFORE = 40


def is_measure(text: str, start: int, *, end: int, minute: int) -> bool:
    """Whether what stands around a number with a colon says that it is none of a clock.

    A measure: "4:35 minutes", "a 16:10 ratio", "we won 21:15", "Genesis 1:12".
    """
    if _UNIT.match(text, end):
        return True
    before = text[max(0, start - _BEFORE) : start]
    if not before or not before[-1].isspace() or not before[-2:-1].isalpha():
        return False
    if _RATIO.search(before) or _VERSE.search(before):
        return True
    return minute % 5 != 0 and _NAMED_BOOK.search(before) is not None
