"""Owns the labels authors put before a fact ("When:", "Ort:", "Intervenants :") in the seven languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from feeds.post import Line
from feeds.understand.people import format_of, likely_people
from feeds.understand.phrases import pattern_for, remembered, words_for
from feeds.understand.when import find_when

LabelKind = Literal[
    "when", "end", "duration", "where", "city", "who", "url", "title", "track", "format", "what"
]
"""In the order in which they claim a word that two of them have."""

_KINDS: dict[str, LabelKind] = {
    word: kind for kind in reversed(get_args(LabelKind)) for word in words_for(f"label {kind}")
}
_LAST = frozenset(words_for("label last word"))
_ASKING = frozenset(words_for("label that asks"))
_WHAT = frozenset(words_for("label that asks what"))
_INCLUSIVE = re.compile(r"[·.•*:_/-](?:ère|trice|rice|euse|ne|e|a|as|es|innen|in|nen|r|s)(?:[·.•-]?s)?$")
"""The second ending of a word that means all of them ("Intervenant·e·s", "Sprecher:innen")."""

_LABEL = re.compile(
    r"[^\w\n]{0,6}([^\W\d_][\w &/'’.;()·*-]{0,38}?)\s{0,2}(?:[:：]|\?(?=\s\S))\s*", re.UNICODE
)

_MOST_PEOPLE = 200

_LONGEST = 60
"""No label reaches further into its line."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a line: what it announces, and the text offset where the fact begins."""

    kind: LabelKind
    word: str
    end: int


def find_label(text: str) -> Label | None:
    """The label a line begins with, None where it begins with anything else."""
    if (pictured := _pictured(text)) is not None:
        return pictured
    head = text[:_LONGEST]
    found = _LABEL.match(text) if ":" in head or "：" in head or "?" in head else None
    if not found:
        return None
    kind = label_kind(found[1]) or _role(found[1], text[found.end() :])
    if found[0].rstrip().endswith("?") and kind not in ("when", "where", "who"):
        return None  # a question of the text
    return Label(kind, found[1], found.end()) if kind else None


_PICTURES: dict[str, LabelKind] = {
    **dict.fromkeys("📅📆🗓⏰⌚⏱🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛🕜🕝🕞🕟🕠🕡🕢🕣🕤🕥🕦🕧", "when"),
    **dict.fromkeys("📍🗺", "where"),
    **dict.fromkeys("🎤🎙🗣👤👥", "who"),
}
"""What a picture at the beginning of a line says of it."""

_BEHIND_PICTURE = re.compile(r"[\ufe0f\u200d\s:：]*")
_MOST_PLACE = 120


def _pictured(text: str) -> Label | None:
    """A picture as a label, where what stands behind it is what it pictures."""
    plain = text.lstrip()
    kind = _PICTURES.get(plain[:1])
    blank = _BEHIND_PICTURE.match(plain, 1)
    if kind is None or blank is None:
        return None
    said = plain[blank.end() :].strip(" *_")
    fits = {
        "when": _only_when(said),
        "where": 0 < len(said) <= _MOST_PLACE,
        "who": likely_people(said),
    }
    return Label(kind, plain[0], len(text) - len(plain) + blank.end()) if fits[kind] else None


_FEW = 6


def _only_when(said: str) -> bool:
    """Whether words are a day or a time and hardly anything else, as a title behind an hour is."""
    told = sum(when.at[1] - when.at[0] for when in find_when(said))
    return told > 0 and len(said) - told <= _FEW


def label_of(line: Line) -> Label | None:
    """The label of a line; those of a link are none ("[Office hours: ask us](u)") but "When: …"."""
    label = find_label(line.text)
    if label is None or not any(mark.start < label.end < mark.end for mark in line.marked("link")):
        return label
    when = label.kind == "when" and label.word.strip().casefold() in _ASKING
    return label if when and any(map(str.isdigit, line.text[label.end :])) else None


def asks_what(label: Label) -> bool:
    """Whether a label asks what there is ("What: …"), which names it or tells of it."""
    return label.kind == "title" and label.word.strip().casefold() in _WHAT


_ROLE = re.compile(
    r"(?i)(?:[^\W\d_]+[ -]){0,2}[^\W\d_]{2,}"
    r"(?:[eo]rs?|e?urs?|euses?|trices?|r?ici|ore|ori|oras?|ores|antes?|entes?|ente?n?|ist[aeis]?|istes|innen|erin)"
)
"""A role ends so in one of the languages ("Lecturer", "Tutors", "Animatrice", "Dozentin")."""


_NO_SPEAKER = re.compile(pattern_for("need not speak"))


def _role(words: str, said: str) -> LabelKind | None:
    """A role before nothing but people announces them, whatever the author calls it ("Tutors: A, B")."""
    last = words.strip().rpartition(" ")[2].casefold()
    if len(said) > _MOST_PEOPLE or not _ROLE.fullmatch(words.strip()) or format_of(words) is not None:
        return None
    if _NO_SPEAKER.match(last):
        return None
    return "who" if likely_people(said.strip(" *_")) else None


@remembered
def label_kind(words: str) -> LabelKind | None:
    """What a label or a column header announces ("Date & Time (PST)" -> when), None for any other words."""
    plain = re.sub(r"\(.{0,60}?\)|\[.{0,60}?\]", " ", words.casefold())
    plain = re.sub(r"\s+", " ", plain.replace("(s)", "s")).strip(" *_:.·•-–—?!")
    return _KINDS.get(plain) or _compound(plain) or _KINDS.get(_INCLUSIVE.sub("", plain))


def _compound(plain: str) -> LabelKind | None:
    """ "Talk time", "session link", "start date": where the last word is a fact's name, it decides."""
    words = plain.split(" ")
    return _KINDS.get(words[-1]) if len(words) == 2 and words[-1] in _LAST else None
