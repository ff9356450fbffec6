"""Owns the quick way: thousands of sessions compared with the record and copied, without a Python loop.

Every compile does this for every session, and nearly all of them are as they were.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import compress, repeat
from operator import attrgetter, eq

from feeds.model import Session
from feeds.revisions.record import Record, SessionEntry

_PUBLISHED = (
    "slug", "title", "start", "end", "timezone", "event", "track", "format", "speakers", "room", "room_url",
    "url", "conference_url", "description", "image", "status",
)  # fmt: skip
"""Every field of a session that its bytes or pages speak of, but for who and where it belongs to."""

_published = attrgetter(*_PUBLISHED)
_facts = attrgetter("held", "posts", *_PUBLISHED)
_slug = attrgetter("slug")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The entries that stood in posts when the record was written, by slug, and their facts side by side."""

    entries: dict[str, SessionEntry]
    facts: dict[str, tuple[object, ...]]
    folds: dict[str, tuple[int, int]]

    @classmethod
    def of(cls, record: Record) -> Standing:
        """Made once for each record: a record never changes."""
        known = record.memory.get("standing")
        if not isinstance(known, Standing):
            present = [one for one in record.sessions.values() if one.retired is None and not one.absent]
            sessions = [one.session for one in present]
            slugs = list(map(_slug, sessions))
            known = cls(
                entries=dict(zip(slugs, present, strict=True)),
                facts=dict(zip(slugs, map(_facts, sessions), strict=True)),
                folds=folds(sessions),
            )
            record.memory["standing"] = known
        return known

    def find(self, sessions: Sequence[Session]) -> dict[str, SessionEntry]:
        """The entries of sessions that are as they were, in the order of the sessions."""
        slugs = list(map(_slug, sessions))
        same = map(eq, map(_facts, sessions), map(self.facts.get, slugs))
        found = {slug: self.entries[slug] for slug in compress(slugs, same)}
        for slug, _ in folds(sessions).items() ^ self.folds.items():
            found.pop(slug, None)
        return found


def unchanged(session: Session, recorded: Session) -> bool:
    """Whether two sessions publish the same facts. Equal instants of a repeated hour are told apart."""
    return bool(_published(session) == _published(recorded)) and folds([session]) == folds([recorded])


def folds(sessions: Iterable[Session]) -> dict[str, tuple[int, int]]:
    """Sessions whose times are the second of an hour that happens twice: they equal the first."""
    return {
        session.slug: both
        for session in sessions
        if (both := (getattr(session.start, "fold", 0), getattr(session.end, "fold", 0))) != (0, 0)
    }


_COPIED = tuple(
    (attrgetter(one.name), Session.__dict__[one.name].__set__) for one in fields(Session) if one.name != "uid"
)
_SET_UID = Session.__dict__["uid"].__set__


def with_uids(sessions: Sequence[Session], uids: Iterable[str]) -> list[Session]:
    """`replace(session, uid=uid)` of many, at a fraction of its time."""
    copies: list[Session] = list(map(object.__new__, repeat(Session, len(sessions))))
    for read, write in _COPIED:
        deque(map(write, copies, map(read, sessions)), maxlen=0)
    deque(map(_SET_UID, copies, uids), maxlen=0)
    return copies
