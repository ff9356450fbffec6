"""Owns sessions that no record knows: each conference's are named together, once for as long as they stay."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from feeds.model import Session
from feeds.revisions.clock import Clock
from feeds.revisions.identity import first_choice, session_key, shared_links
from feeds.revisions.memory import Memory
from feeds.revisions.recognition import Recognised
from feeds.sameness import exchange


@dataclass(frozen=True, slots=True)
class _First:
    """What was named the last time, by slug, and of what: the UIDs of conferences, the shared links."""

    sessions: Sequence[Session] = ()
    uids: Mapping[str, str] = field(default_factory=dict)
    links: frozenset[str] = frozenset()
    named: Mapping[str, Session] = field(default_factory=dict)


def name_first(sessions: Sequence[Session], *, known: Recognised, memory: Memory) -> list[Session] | None:
    """All sessions in their order, the published ones with UIDs, as `Mint` gives them one by one.

    None where two would be given one UID: then their order decides.
    """
    last: _First = memory.last("first") or _First()
    first = _First(sessions, known.uids, shared_links(sessions), named := dict[str, Session]())
    groups: defaultdict[str | None, list[Session]] = defaultdict(list)
    if (first.uids, first.links) == (last.uids, last.links):
        change = exchange(sessions, last.sessions)
        touched = {one.event for one in (*change.came, *change.went)}
        named |= last.named
        for one in change.went:
            named.pop(one.slug, None)
        some = [session for session in sessions if session.event in touched] if touched else []
    else:
        some = list(sessions)
    for session in some:
        groups[session.event].append(session)
    for event, members in groups.items():
        uid = known.uids.get(event or "")
        for one in memory.of_all(("first", event), members, uid, first.links, make=_named):
            named[one.slug] = one
    memory.keep("first", first)
    uids = [one.uid for one in named.values() if one.uid is not None]
    claimed = known.matches.claimed
    minted = [uid for uid in uids if uid not in claimed] if claimed else uids
    if len(named) < len(sessions) or len(set(uids)) < len(uids) or not known.mint.free(minted):
        return None
    return [named[session.slug] for session in sessions]


def _named(members: Sequence[Session], event: str | None, links: frozenset[str]) -> list[Session]:
    keys = [session_key(session, links=links) for session in members]
    repeats = Counter(keys)
    return [
        replace(one, uid=one.uid or first_choice(one, event=event, key=key, repeated=repeats[key] > 1))
        if one.published
        else one
        for one, key in zip(members, keys, strict=True)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What entries of sessions are made of beside the sessions: sums of their surroundings, and the clock."""

    sums: tuple[object, ...]
    clock: Clock

    def dates(self, session: Session, *, since: Around) -> bool:
        """Whether the time of a first publication is the same by both clocks."""
        if self.clock is since.clock:
            return True
        one, two = self.clock, since.clock
        if (one.now, one.revised) != (two.now, two.revised):
            return False
        return all(one.stamps.get(path) == two.stamps.get(path) for path in session.posts)
