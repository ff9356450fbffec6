"""Owns the line in which a post says when it was written: a day of the post, of no event."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from feeds.post import Line
from feeds.understand.when import find_when
from feeds.understand.when.values import real_date

_BYLINE = re.compile(
    r"(?i)\W*(?:(?:first |originally |last )?(?:posted|published|written|filed|updated?|edit(?:ed)?|changed|"
    r"correct(?:ed|ion))|aktualisier\w+|nachtrag|änderung|veröffentlicht|geschrieben|mise à jour|màj|publié|"
    r"écrit|actualiza\w+|publicado|escrito|aggiorna\w+|pubblicato|scritto|atualiza\w+|bijgewerkt|wijziging|"
    r"geplaatst|gepubliceerd|geschreven)\b"
    r"(?=\s*[:(]|\s+(?:by|on|at|am|von|vom|le|par|el|por|il|da|em|op|door)\s|\s+\d|\s+[A-ZÀ-Þ][a-zà-þ]+\.?\s\d)"
)
LONGEST = 120
_FIRST_LINES = 6


def is_byline(text: str) -> bool:
    """Whether a line begins as those do that are dated by the day they were written."""
    return _BYLINE.match(text) is not None


def written_on(lines: Iterable[Line]) -> date | None:
    """The day that one of the first lines says the post was written on, with its year."""
    for number, line in enumerate(lines):
        if number == _FIRST_LINES:
            break
        if len(line.text) > LONGEST or not is_byline(line.text):
            continue
        for when in find_when(line.text):
            day = when.days.days[0] if when.days else None
            if day is not None and day.year and day.month and day.day:
                return real_date(day.year, month=day.month, day=day.day)
    return None
