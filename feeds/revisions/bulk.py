"""Owns the quick way: thousands of sessions compared with the record, without a Python loop.

Every compile does this for every session, and nearly all of them are as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import attrgetter, eq

from feeds.model import Session
from feeds.revisions.memory import Memory
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

    def after(self, learned: Mapping[str, SessionEntry], *, record: Record) -> Standing:
        """What stands when these entries have been put into the record that this was made of."""
        entries, facts = dict(self.entries), dict(self.facts)
        for uid in learned.keys() & record.sessions.keys():
            slug = record.sessions[uid].session.slug
            entries.pop(slug, None)
            facts.pop(slug, None)
        present = [one for one in learned.values() if one.retired is None and not one.absent]
        entries |= {one.session.slug: one for one in present}
        facts |= {one.session.slug: _facts(one.session) for one in present}
        fresh = {one.session.slug for one in present}
        kept = {slug: both for slug, both in self.folds.items() if slug in entries and slug not in fresh}
        return Standing(entries=entries, facts=facts, folds=kept | folds(one.session for one in present))

    def find(self, sessions: Sequence[Session], *, memory: Memory) -> dict[str, SessionEntry]:
        """The entries of sessions that are as they were."""
        if not self.entries:
            return {}
        found: dict[str, SessionEntry] = {}
        rest: list[Session] = []
        for session in sessions:
            entry = self.entries.get(session.slug)
            if entry is not None and memory.holds(("found", session.slug), session, rest=entry):
                found[session.slug] = entry
            else:
                rest.append(session)
        slugs = list(map(_slug, rest))
        same = map(eq, map(_facts, rest), map(self.facts.get, slugs))
        now = {slug: self.entries[slug] for slug in compress(slugs, same)}
        for slug, _ in folds(rest).items() ^ self.folds.items():
            now.pop(slug, None)
        for session in rest:
            if session.slug in now:
                memory.made(("found", session.slug), session, now[session.slug], make=_noted)
        return found | now


def _noted(_: Session, entry: SessionEntry) -> SessionEntry:
    return entry


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
