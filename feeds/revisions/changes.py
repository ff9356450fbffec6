"""Owns what changed, as values: one `Change` a session or conference, before and after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from feeds.model import Revision
from feeds.revisions.record import FACTS, Entry, EventEntry, Facts

Kind = Literal[
    "added", "cancelled", "revived", "moved", "renamed", "new room", "new place", "new status",
    "new speakers", "new track", "new format", "new link", "new text",
]  # fmt: skip

_KINDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("moved", ("start", "end", "timezone")),
    ("renamed", ("title",)),
    ("new room", ("room",)),
    ("new place", ("venue", "city")),
    ("new speakers", ("speakers",)),
    ("new track", ("track",)),
    ("new format", ("format",)),
    ("new link", ("url",)),
)

RISES = frozenset({"start", "end", "timezone", "title", "status", "room", "venue", "city"})
"""Facts whose change raises SEQUENCE (RFC 5546 section 2.1.4, and title and place for the clients' sake)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to one session or conference. `before` is None where it is new.

    `also` names changed fields that are not told word by word, such as the description.
    """

    uid: str
    subject: Literal["session", "event"]
    slug: str
    event: str | None
    at: datetime
    sequence: int
    before: Facts | None
    after: Facts
    also: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What happened, the weightiest first."""
        if self.before is None:
            return ("added",)
        fields = set(different(self.before, self.after))
        kinds: list[Kind] = []
        if "status" in fields:
            kinds.append(_status(self.before.status, self.after.status))
        kinds += [kind for kind, names in _KINDS if not fields.isdisjoint(names)]
        return (*kinds, "new text") if self.also else tuple(kinds)


def change_order(change: Change) -> tuple[str, str, str, str]:
    """The total order of changes: conferences and sessions by start, conference, slug."""
    start = change.after.start
    return (start.isoformat() if start is not None else "9999", change.event or "", change.slug, change.uid)


def _status(before: str, after: str) -> Kind:
    if after == "cancelled":
        return "cancelled"
    return "revived" if before == "cancelled" else "new status"


def different(before: Facts, after: Facts) -> tuple[str, ...]:
    """The names of the facts that differ. The hour that happens twice is told apart by its fold."""
    return tuple(
        name
        for name in FACTS
        if getattr(before, name) != getattr(after, name)
        or getattr(getattr(before, name), "fold", 0) != getattr(getattr(after, name), "fold", 0)
    )


def change_of(before: Entry | None, after: Entry, *, also: tuple[str, ...] = ()) -> Change:
    """The change from one entry to the next."""
    revision: Revision = after.revision
    subject, slug, event = _subject(after)
    return Change(
        uid=revision.uid,
        subject=subject,
        slug=slug,
        event=event,
        at=revision.last_modified,
        sequence=revision.sequence,
        before=before.facts if before is not None else None,
        after=after.facts,
        also=also,
    )


def history(entry: Entry) -> tuple[Change, ...]:
    """The changes that the record remembers of an entry, the newest first; the last is that it was added.

    Where older changes were forgotten, what was added is told as it stood at the oldest one remembered.
    """
    if not entry.history:
        return (replace(change_of(None, entry), at=entry.revision.created, sequence=0),)
    latest = change_of(entry, entry)
    told: list[Change] = []
    after = entry.facts
    for step in reversed(entry.history):
        before = replace(after, **step.was)  # type: ignore[arg-type]  # the parser checks each value's type
        told.append(
            replace(latest, at=step.at, sequence=step.sequence, before=before, after=after, also=step.also)
        )
        after = before
    return (*told, replace(latest, at=entry.revision.created, sequence=0, before=None, after=after))


Ranked = tuple[tuple[str, str, str, str], Change]
"""A change with its place in the total order."""


def ranked(change: Change) -> Ranked:
    """A change that is ready to be sorted."""
    return change_order(change), change


def _subject(entry: Entry) -> tuple[Literal["session", "event"], str, str | None]:
    if isinstance(entry, EventEntry):
        return "event", entry.event.slug, None
    return "session", entry.session.slug, entry.session.event
