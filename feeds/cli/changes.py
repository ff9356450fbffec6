"""Owns how changes are told in words: what subscribers will see, old and new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from rich.text import Text

from feeds.cli.wording import counted, days_in_words
from feeds.cli.wrapping import wrapped
from feeds.diagnostics.plain import visible
from feeds.revisions import Change, Facts

NOTHING_NEW: Final = "Subscribers will see nothing new."
_STYLES: Final = {"added": "green", "revived": "green", "cancelled": "red", "moved": "yellow"}
_COLUMN: Final = 14


def in_words(changes: Sequence[Change], *, width: int | None) -> Text:
    """One line a thing that changed, in the given order, and how many there are."""
    if not changes:
        return Text(NOTHING_NEW)
    lines = [line for change in changes for line in _told(change, width=width)]
    sessions = sum(1 for change in changes if change.subject == "session")
    return Text("\n").join([*lines, Text(), Text(_closing(sessions, len(changes) - sessions), style="bold")])


def moment(start: datetime | date | None, end: datetime | date | None) -> str:
    """`4 May 2027, 09:00–09:45` or `4–6 May 2027`; the end of days is exclusive."""
    match start:
        case datetime():
            until = f"–{end:%H:%M}" if isinstance(end, datetime) else ""
            return f"{start:%A}, {start.day} {start:%B %Y}, {start:%H:%M}{until}"
        case date():
            last = end - timedelta(days=1) if end is not None and not isinstance(end, datetime) else start
            return days_in_words(start, last)
        case None:
            return "no day yet"


def _told(change: Change, *, width: int | None) -> Iterator[Text]:
    for kind in change.kinds:
        first = Text(f"{kind:{_COLUMN}}", style=_STYLES.get(kind, "cyan"))
        yield from wrapped(Text(visible(_sentence(change, kind=kind))), first=first, width=width)


def _sentence(change: Change, *, kind: str) -> str:
    title, before, after = change.after.title, change.before, change.after
    if before is None or kind in {"added", "cancelled", "revived"}:
        return f"{title} ({moment(after.start, after.end)})"
    match kind:
        case "renamed":
            return f"{before.title} → {title}"
        case "moved":
            return f"{title}: {_when(before, other=after)} → {_when(after, other=before)}"
        case "new text":
            return f"{title}: {', '.join(change.also)}"
        case _:
            return f"{title}: {_value(before, kind=kind)} → {_value(after, kind=kind)}"


def _when(facts: Facts, *, other: Facts) -> str:
    zone = f" {facts.timezone}" if facts.timezone != other.timezone else ""
    return moment(facts.start, facts.end) + zone


def _value(facts: Facts, *, kind: str) -> str:
    values = {
        "new room": facts.room,
        "new place": ", ".join(part for part in (facts.venue, facts.city) if part),
        "new status": facts.status,
        "new speakers": ", ".join(facts.speakers),
        "new track": facts.track,
        "new format": facts.format,
        "new link": facts.url,
    }
    return values[kind] or "none"


def _closing(sessions: int, events: int) -> str:
    parts = [counted(number, noun) for number, noun in ((sessions, "session"), (events, "event")) if number]
    return f"Subscribers will see changes in {' and '.join(parts)}."
