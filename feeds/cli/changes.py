"""Owns changes on a terminal: colours, lines and counts; the words are those of the revision record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from rich.text import Text

from feeds.cli.wording import counted
from feeds.cli.wrapping import wrapped
from feeds.revisions import Change, Record, describe
from feeds.revisions.advance import revised
from feeds.revisions.changes import change_of, change_order
from feeds.revisions.clock import Clock

NOTHING_NEW: Final = "Subscribers will see nothing new."
_STYLES: Final = {"added": "green", "revived": "green", "cancelled": "red", "moved": "yellow"}


def in_words(changes: Sequence[Change], *, width: int | None) -> Text:
    """One line a thing that changed, in the given order, and how many there are."""
    if not changes:
        return Text(NOTHING_NEW)
    lines = [line for change in changes for line in _told(change, width=width)]
    return Text("\n").join(
        [*lines, Text(), Text(f"Subscribers will see changes in {counts(changes)}.", style="bold")]
    )


def counts(changes: Sequence[Change]) -> str:
    """`2 sessions and 1 event`."""
    sessions = sum(1 for change in changes if change.subject == "session")
    parts = ((sessions, "session"), (len(changes) - sessions, "event"))
    return " and ".join(counted(number, noun) for number, noun in parts if number)


def changes_between(before: Record, after: Record) -> tuple[Change, ...]:
    """What subscribers see who were told of one record and are now told of another, in the order of sessions.

    What was cancelled before they heard of it is no news.
    """
    found = []
    for uid, entry in after.entries.items():
        old = before.entries.get(uid)
        if old is None:
            change = change_of(None, entry) if entry.live else None
        elif old is entry or not (old.live or entry.live):
            change = None
        else:
            _, step = revised(old, entry, clock=Clock(now=None, revised=None))
            change = replace(step, at=entry.revision.last_modified, sequence=entry.revision.sequence)
        if change is not None and change.kinds:
            found.append(change)
    return tuple(sorted(found, key=change_order))


def _told(change: Change, *, width: int | None) -> Iterator[Text]:
    kind, mark, words = describe(change).partition(": ")
    yield from wrapped(Text(words), first=Text(f"{kind}{mark}", style=_STYLES.get(kind, "cyan")), width=width)
