"""Owns changes in words, as people tell each other: a sentence, a Markdown list, or JSON for programs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from feeds.revisions.changes import Change, Kind, different
from feeds.revisions.record import FACTS, Facts

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")  # strftime speaks the machine's language
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+.!|~&-])")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


class Told(NamedTuple):
    """A change in its parts: `moved`, `Mind the Gap`, `Thu 14 Mar 14:40 → Fri 15 Mar 10:00 Europe/Madrid`."""

    verb: str
    title: str
    detail: str


def tell(change: Change) -> Told:
    """The parts of a change; of its detail, names written from right to left are isolated."""
    first, *others = change.kinds or ("new text",)
    clauses = (_told(change, first), *(_clause(change, kind) for kind in others))
    return Told(first, _line(change.after.title), "; ".join(clause for clause in clauses if clause))


def joined(told: Told) -> str:
    """The parts in one line."""
    return f"{told.verb}: “{_apart(told.title)}” {told.detail}".rstrip(" ")


def describe(change: Change) -> str:
    """One line: `moved: “Mind the Gap” Thu 14 Mar 14:40 → Fri 15 Mar 10:00 Europe/Madrid; new room: A → B`.

    Without isolates: what a terminal makes of them nobody knows.
    """
    return joined(tell(change)).translate(_ISOLATES)


def in_text(changes: Iterable[Change]) -> str:
    """One line a change; ends with a newline unless there is nothing to tell."""
    return "".join(f"{describe(change)}\n" for change in changes)


def in_markdown(changes: Sequence[Change]) -> str:
    """A list to paste in a pull request; whatever a title holds, it stays a list of words."""
    if not changes:
        return "Subscribers will see no change.\n"
    told = (_MARKUP.sub(r"\\\1", describe(change)) for change in changes)
    return "Subscribers will see:\n\n" + "".join(f"- {line}\n" for line in told)


def in_json(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Objects that hold before and after; times are local with their offset, days `YYYY-MM-DD`."""
    return [
        {
            "uid": change.uid,
            "subject": change.subject,
            "slug": change.slug,
            "event": change.event,
            "kinds": list(change.kinds),
            "at": change.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "sequence": change.sequence,
            "before": _plain(change.before) if change.before is not None else None,
            "after": _plain(change.after),
            "also": list(change.also),
            "words": describe(change),
        }
        for change in changes
    ]


def _told(change: Change, kind: Kind) -> str:
    """What comes after the title in the first clause."""
    before, after = change.before, change.after
    match kind:
        case "added" | "cancelled" | "revived":
            return _when(after, year=True, zone=True)
        case "renamed" if before is not None:
            return f"was “{_apart(_line(before.title))}”"
        case _:
            return _old_and_new(change, kind)


def _clause(change: Change, kind: Kind) -> str:
    """A further clause, which need not name the title."""
    if kind == "renamed" and change.before is not None:
        return f"renamed from “{_apart(_line(change.before.title))}”"
    return f"{kind}: {_old_and_new(change, kind)}"


def _old_and_new(change: Change, kind: Kind) -> str:
    before, after = change.before, change.after
    if kind == "new text" or before is None:
        return ", ".join(name.replace("_url", " link") for name in change.also)
    if kind == "moved":
        return _move(before, after)
    return f"{_value(before, kind)} → {_value(after, kind)}"


def _value(facts: Facts, kind: Kind) -> str:
    values = {
        "new room": facts.room,
        "new place": ", ".join(part for part in (facts.venue, facts.city) if part),
        "new status": facts.status,
        "new speakers": ", ".join(facts.speakers),
        "new track": facts.track,
        "new format": facts.format,
        "new link": facts.url,
    }
    return _apart(_line(values.get(kind) or "none"))


def _move(before: Facts, after: Facts) -> str:
    """Old and new time; ends and years only where they help to tell them apart, a zone of both once."""
    fields = different(before, after)
    length = "end" in fields and _length(before) != _length(after)
    year = before.start is None or after.start is None or before.start.year != after.start.year
    timed = isinstance(after.start, datetime)
    old = _when(before, end=length, year=year, zone=not timed or "timezone" in fields)
    return f"{old} → {_when(after, end=length, year=year, zone=True)}"


def _length(facts: Facts) -> timedelta | None:
    start, end = facts.start, facts.end
    if isinstance(start, datetime) and isinstance(end, datetime):
        return end - start
    return None if start is None or end is None or type(start) is not type(end) else end - start


def _when(facts: Facts, *, end: bool = False, year: bool = False, zone: bool = False) -> str:
    start, last = facts.start, facts.end
    match start:
        case None:
            return "at a time not known"
        case datetime():
            until = f"–{last:%H:%M}" if end and isinstance(last, datetime) else ""
            place = f" {facts.timezone}" if zone and facts.timezone else ""
            return f"{_day(start, year=year)} {start:%H:%M}{until}{place}"
        case _:
            final = last - timedelta(days=1) if last is not None and not isinstance(last, datetime) else start
            return _day(start, year=year) if final <= start else f"{_day(start)} – {_day(final, year=year)}"


def _day(day: date, *, year: bool = False) -> str:
    words = f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    return f"{words} {day.year}" if year else words


def _apart(text: str) -> str:
    """Isolated where any of it is written from right to left: else it would swap with what follows."""
    turns = not text.isascii() and any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text)
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if turns else text


_ISOLATES = {ord(char): None for char in "\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}"}


def _line(text: str) -> str:
    """Without control characters and bidirectional overrides, which could make a line say something else."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def _plain(facts: Facts) -> dict[str, Any]:
    return {name: _value_plain(getattr(facts, name)) for name in FACTS}


def _value_plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value
