"""Owns what one head of lines says: its times, and what stands labelled or left over beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from feeds.post import Line, Mark
from feeds.understand.attended import whens_of
from feeds.understand.labels import Label, LabelKind, asks_what, find_label, label_of
from feeds.understand.line_kinds import whole_mark
from feeds.understand.moments import Moment, moments_of, opens_doors, without_doors
from feeds.understand.part import SENTENCE_END, Part
from feeds.understand.people import format_of
from feeds.understand.phrases import is_generic, pattern_for, words_for
from feeds.understand.when import find_when
from feeds.understand.when.values import Times, Zone


@dataclass(slots=True)
class Facts:
    """What a head says.

    `texts` are unlabelled parts in reading order, each with whether a time stood before it on its line;
    `labelled` are parts by label.
    """

    moments: list[Moment] = field(default_factory=list)
    texts: list[tuple[Part, bool]] = field(default_factory=list)
    labelled: dict[LabelKind, list[Part]] = field(default_factory=dict)
    ends: list[Times] = field(default_factory=list)
    struck: bool = False
    all_day: bool = False

    @property
    def dated(self) -> Moment | None:
        """The first moment that says a day."""
        return next((moment for moment in self.moments if moment.when.days), None)

    @property
    def timed(self) -> bool:
        """Whether a clock time is said."""
        return bool(self.moments) and any(moment.when.times for moment in self.moments)

    @property
    def zone(self) -> Zone | None:
        """A zone said beside a day, not beside a time."""
        return next((m.when.zone for m in self.moments if m.when.zone), None)

    def take(self, other: Facts) -> None:
        """Add what a subordinate head says; its unlabelled texts are not titles, what is struck is not so."""
        if other.struck:
            return
        self.moments += other.moments
        self.ends += other.ends
        self.all_day = self.all_day or other.all_day
        for kind, parts in other.labelled.items():
            self.labelled.setdefault(kind, []).extend(parts)


def analyse(lines: Sequence[Line], *, described: bool = False) -> Facts:
    """What the lines of one head say; `described` is whether "What:" tells of what a heading names."""
    facts = Facts()
    for line in lines:
        label = label_of(line)
        if described and label is not None and asks_what(label):
            label = replace(label, kind="what")
        if label is not None and (
            _labels(line, label) or (len(lines) > 1 and _heads_labels(lines, line, label))
        ):
            _labelled(facts, line, label)
        elif len(lines) > 1 and whole_mark(line, "link") and is_generic(line.text):
            facts.labelled.setdefault("url", []).append(Part(line, 0, len(line.text)))  # "[Register](u)"
        else:
            _plain(facts, line, 0)
        facts.struck = facts.struck or _struck(line)
    if facts.dated is not None and not facts.timed and not facts.all_day:
        facts.all_day = any(time_unknown(line.text) for line in lines)
    return facts


def time_unknown(text: str) -> bool:
    """Whether words say that a time will follow ("time TBA")."""
    return _TIME_UNKNOWN.search(text.lower()) is not None


def _labels(line: Line, label: Label) -> bool:
    """A label announces a fact; "Talk: …" in the middle of a long sentence does not."""
    if label.kind == "title":
        return label.end < len(line.text) and format_of(label.word) is None
    return True


def _heads_labels(lines: Sequence[Line], line: Line, label: Label) -> bool:
    """Whether "Talk: …" is the title because the lines below it say who or when ("Who: …", "Time: …")."""
    below = [find_label(one.text) for one in lines if one is not line]
    kinds = {one.kind for one in below if one is not None}
    return label.kind == "title" and label.end < len(line.text) and line is lines[0] and bool(kinds & _SAID)


_SAID = frozenset({"who", "when"})


def _labelled(facts: Facts, line: Line, label: Label) -> None:
    part = Part(line, label.end, len(line.text)).trimmed()
    match label.kind:
        case "when" | "end" | "duration":
            _when(facts, line, label)
        case "where" if any(when.times for when in find_when(part.text)):
            _plain(facts, line, label.end)
        case _:
            if part or part.links:
                facts.labelled.setdefault(label.kind, []).append(part)


def _when(facts: Facts, line: Line, label: Label) -> None:
    moments = [Moment(line, when) for when in whens_of(line, start=label.end)]
    moments = _unstruck(line, moments)
    begins = [one for moment in moments if (one := without_doors(moment)) is not None]
    moments = begins if any(moment.when.times for moment in begins) else moments
    if label.kind == "end":
        facts.ends += [times for moment in moments for times in moment.when.times]
        return
    facts.moments += moments
    facts.labelled.setdefault(label.kind, []).append(Part(line, label.end, len(line.text)))


_NUMBERS = frozenset(words_for("how many"))
"""How many times, said before the days."""

_LONGEST_WORDS = 60
"""None of the words about a time is longer."""

_UNTIL = re.compile(r"(?i)(?:until|till|bis|jusqu|hasta|finché|fino|até|totdat|tot)\b[^:,()]{2,40}:\s+")
"""An end in words, between a time and its title ("7 pm until the neighbours complain: dance")."""

_EACH_DAY = re.compile(
    r"(?i)\s?[:,–—-]\s?(?:daily|each day|every day|both days|täglich|jeden tag|chaque jour|"
    r"tous les jours|cada día|todos los días|ogni giorno|tutti i giorni|todos os dias|elke dag|dagelijks)$"
)
"""What stands between a title and its hours ("Booth 14: daily, 10:00–17:00")."""

_DOORS_AT = re.compile(
    rf"(?:{pattern_for('doors')})(?:\s(?:at|from|ab|um|dès|à|desde|dalle|alle|das|vanaf|om))?\s\d{{1,2}}(?:[.:h]\d\d)?"
)
"""A time of doors so bare that it is read as none ("doors 7, 7.30pm start")."""

_STARTING = re.compile(r"(?i)(?:starts?|start time|beginn|début|inicio|inizio|aanvang)(?:[.,;]\s*|$)")
"""What stands behind the time of the start."""


def _plain(facts: Facts, line: Line, start: int) -> None:
    moments = moments_of(line, start)
    begins = [one for one in moments if not (opens_doors(one) and one.when.days is None)]
    facts.moments += _unstruck(line, begins if any(one.when.times for one in begins) else moments)
    at, after = start, False
    for moment in moments:
        _text(facts, Part(line, at, moment.when.at[0]), after=after)
        at, after = moment.when.at[1], after or bool(moment.when.times)
    _text(facts, Part(line, at, len(line.text)), after=after)


def _text(facts: Facts, part: Part, *, after: bool) -> None:
    trimmed = part.trimmed()
    opening = trimmed.text[:_LONGEST_WORDS].lower()
    if not after and opening in _NUMBERS:
        return  # "Four Tuesdays: 14, 21 and 28 January"
    if said := _ALL_DAY.match(opening) or _TIME_TOLD.match(opening):
        facts.all_day = True
        trimmed = trimmed.at(said.end(), len(trimmed.text)).trimmed()
    if after and (said := _STARTING.match(trimmed.text) or _UNTIL.match(trimmed.text)):
        trimmed = trimmed.at(said.end(), len(trimmed.text)).trimmed()
    if not after and (tail := _EACH_DAY.search(trimmed.text, max(0, len(trimmed.text) - _LONGEST_WORDS))):
        trimmed = trimmed.at(0, tail.start()).trimmed()
    if len(opening) < _LONGEST_WORDS and _DOORS_AT.fullmatch(opening):
        return
    if _CANCELLED.fullmatch(trimmed.text):
        facts.struck = True
    elif trimmed and not _filler(trimmed.text):
        told, labelled = _inner_label(trimmed)
        if labelled is not None and after:
            _labelled(facts, *labelled)
        if told:
            facts.texts.append((told if after else trimmed, after))


def _inner_label(part: Part) -> tuple[Part, tuple[Line, Label] | None]:
    """The words before a sentence that is a labelled fact, and that fact ("Omega 1. Speaker: Ada Ek")."""
    for found in SENTENCE_END.finditer(part.text):
        rest = part.line.cut(part.start + found.end(), part.end)
        label = find_label(rest.text)
        if label is not None and label.kind in ("who", "where", "url"):
            return part.at(0, found.start()).trimmed(), (rest, label)
    return part, None


_TIME_UNKNOWN = re.compile(rf"\b(?:{pattern_for('time not known yet')})")
_TIME_TOLD = re.compile(rf"(?:{pattern_for('time not known yet')})(?=\s?:)")
"""A day whose time will follow is all that can be in a calendar until then."""

_ALL_DAY = re.compile(rf"(?:{pattern_for('all day')})(?=\s*(?:$|[,:;.()|–—-]\s?))")

_CANCELLED = re.compile(
    r"(?i)(?:cancell?ed|abgesagt|entfällt|annulée?s?|cancelad[oa]s?|suspendid[oa]|annullat[oa]|geannuleerd|"
    r"vervalt|afgelast)!?"
)
_FILLERS = frozenset(words_for("filler"))


def _filler(text: str) -> bool:
    return text.casefold().strip(" .,:;()") in _FILLERS


def _unstruck(line: Line, moments: list[Moment]) -> list[Moment]:
    """The moments without those struck through, where another time stands ("~~18:00~~ 18:30")."""
    marks = line.marked("strike")
    if not marks or not moments:
        return moments
    left = [
        Moment(
            one.line, replace(one.when, times=tuple(t for t in one.when.times if not _inside(t.at, marks)))
        )
        for one in moments
        if not _inside(one.when.at, marks)
    ]
    return left if any(one.when.times for one in left) else moments


def _inside(at: tuple[int, int], marks: Sequence[Mark]) -> bool:
    """Whether a slice is marked as a whole, a letter more or less at its ends."""
    return any(mark.start <= at[0] + 1 and at[1] - 1 <= mark.end for mark in marks)


def _struck(line: Line) -> bool:
    """Whether most of a line is struck through."""
    marks = line.marked("strike")
    if not marks:
        return False
    struck = sum(mark.end - mark.start for mark in marks)
    times = [when for when in whens_of(line) if when.times]
    timed = bool(times) and all(_inside(one.at, marks) for when in times for one in when.times)
    return timed or struck * 2 > len(line.text.strip())
