"""Owns recognition: which recorded session each understood session is, whatever the order of either."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from feeds.model import Session, session_order
from feeds.revisions.alignment import align
from feeds.revisions.bulk import Standing
from feeds.revisions.identity import Mint, plain, shared_links
from feeds.revisions.likeness import Pair, likely_pairs
from feeds.revisions.memory import Memory
from feeds.revisions.record import Record, SessionEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A session that could as well be another recorded one: the one chosen and the other."""

    session: Session
    chosen: SessionEntry
    other: SessionEntry


@dataclass(slots=True, kw_only=True)
class Matches:
    """Which entry each session is, by the session's slug.

    `untouched` are slugs of sessions whose own facts are as recorded, `claimed` gives the slug of each
    UID that an author wrote.
    """

    entries: dict[str, SessionEntry] = field(default_factory=dict)
    untouched: set[str] = field(default_factory=set)
    doubts: list[Doubt] = field(default_factory=list)
    claimed: dict[str, str] = field(default_factory=dict)


def match_sessions(
    sessions: Sequence[Session],
    *,
    record: Record,
    events: Mapping[str, str],
    claimed: dict[str, str],
    mint: Mint,
    memory: Memory,
) -> Matches:
    """Recognise sessions. `events` gives the UID of each event slug, `claimed` the slug of each author's UID.

    An author's UID decides; then the untouched, then link, title, and likeness with start or speakers.
    """
    matches = Matches(claimed=claimed)
    rest, free = _untouched(sessions, record=record, matches=matches, memory=memory)
    if not rest or not free:
        return matches
    work = _Work(matches=matches, events=events, sessions=rest, links=shared_links(sessions), entries=free)
    for stage in (_same_slot, _same_link, _same_title, _same_title_elsewhere, _likely):
        stage(work)
    work.absent = True
    for stage in (_same_slot, _same_link, _same_title, _same_title_elsewhere):
        stage(work)
    _same_making(work, mint=mint)
    return matches


def _untouched(
    sessions: Sequence[Session], *, record: Record, matches: Matches, memory: Memory
) -> tuple[list[Session], dict[str, SessionEntry]]:
    """Match what is as it was and what its author named; give back the rest of both sides."""
    found = Standing.of(record).find(sessions, memory=memory)
    for uid, slug in matches.claimed.items():
        found.pop(slug, None)
        owned = record.sessions.get(uid)
        if owned is not None:
            found.pop(owned.session.slug, None)
    matches.untouched.update(found)
    for uid, slug in matches.claimed.items():
        if uid in record.sessions:
            found[slug] = record.sessions[uid]
    matches.entries.update(found)
    claimed = set(matches.claimed.values())
    rest = [one for one in sessions if one.slug not in found and one.slug not in claimed]
    if not rest:
        return rest, {}
    used = {entry.revision.uid for entry in found.values()} | set(matches.claimed)
    return rest, {uid: entry for uid, entry in record.sessions.items() if uid not in used}


@dataclass(slots=True, kw_only=True)
class _Work:
    """What is still to be recognised. `absent` says whether a stage looks at entries that no post held."""

    matches: Matches
    events: Mapping[str, str]
    links: frozenset[str]
    sessions: list[Session]
    entries: dict[str, SessionEntry]
    absent: bool = False

    def event(self, session: Session) -> str | None:
        """The UID of a session's conference."""
        return self.events.get(session.event) if session.event else None

    def pool(self) -> Iterable[SessionEntry]:
        """The entries a stage may give away."""
        return [entry for entry in self.entries.values() if entry.absent == self.absent]

    def take(self, pairs: Iterable[tuple[Session, SessionEntry]]) -> None:
        """Settle pairs, so that later stages see neither side."""
        settled = list(pairs)
        for session, entry in settled:
            self.matches.entries[session.slug] = entry
            del self.entries[entry.revision.uid]
        if settled:
            done = {session.slug for session, _ in settled}
            self.sessions = [session for session in self.sessions if session.slug not in done]


Group = tuple[list[Session], list[SessionEntry]]


def _groups(
    work: _Work,
    *,
    session_key: Callable[[Session], Hashable | None],
    entry_key: Callable[[SessionEntry], Hashable | None],
) -> list[Group]:
    """Sessions and entries that share a key, both sides sorted; only keys that both sides have."""
    here: defaultdict[Hashable, list[Session]] = defaultdict(list)
    for session in work.sessions:
        key = session_key(session)
        if key is not None:
            here[key].append(session)
    there: defaultdict[Hashable, list[SessionEntry]] = defaultdict(list)
    for entry in work.pool():
        key = entry_key(entry)
        if key in here and key is not None:
            there[key].append(entry)
    return [
        (sorted(here[key], key=session_order), sorted(there[key], key=entry_order))
        for key in here
        if key in there
    ]


def entry_order(entry: SessionEntry) -> tuple[tuple[str, str, str], str]:
    """The total order of entries: that of their sessions, then UID."""
    return session_order(entry.session), entry.revision.uid


def _same_slot(work: _Work) -> None:
    """The same title at the same time in the same conference."""
    groups = _groups(
        work,
        session_key=lambda session: (work.event(session), plain(session.title), _wall(session.start)),
        entry_key=lambda entry: (entry.event, plain(entry.session.title), _wall(entry.session.start)),
    )
    _align_all(work, groups)


def _same_link(work: _Work) -> None:
    """The same address of their own; not where the title has stayed behind with another session."""
    titles = {(work.event(session), plain(session.title)) for session in work.sessions}
    shared = work.links | shared_links(entry.session for entry in work.pool())
    groups = _groups(
        work,
        session_key=lambda session: session.url if session.url not in shared else None,
        entry_key=lambda entry: entry.session.url,
    )
    pairs = [(mine[0], theirs[0]) for mine, theirs in groups if len(mine) == len(theirs) == 1]
    work.take(
        (session, entry)
        for session, entry in pairs
        if _near(session, entry, event=work.event(session))
        and (
            plain(session.title) == plain(entry.session.title)
            or (entry.event, plain(entry.session.title)) not in titles
        )
    )


def _near(session: Session, entry: SessionEntry, *, event: str | None) -> bool:
    """A talk given at two conferences may keep its page: then only the same week is the same session."""
    return event == entry.event or _apart(session.start, entry.session.start) <= timedelta(days=7)


def _same_title(work: _Work) -> None:
    """The same title in the same conference; repeats go to the nearest start."""
    groups = _groups(
        work,
        session_key=lambda session: (work.event(session), plain(session.title)),
        entry_key=lambda entry: (entry.event, plain(entry.session.title)),
    )
    _align_all(work, groups)


def _same_title_elsewhere(work: _Work) -> None:
    """The same title at the same time under another conference: its section moved."""
    groups = _groups(
        work,
        session_key=lambda session: (plain(session.title), _wall(session.start)),
        entry_key=lambda entry: (plain(entry.session.title), _wall(entry.session.start)),
    )
    _align_all(work, groups)


def _same_making(work: _Work, *, mint: Mint) -> None:
    """The UID it would be given anew is its own already: back under its first title, or a damaged entry."""
    free = set(work.entries)
    pairs = []
    for session in work.sessions:
        choices = mint.first_choices(session, event=work.event(session))
        uid = next((uid for uid in choices if uid in free), None)
        if uid is not None:
            free.discard(uid)
            pairs.append((session, work.entries[uid]))
    work.take(pairs)


def _align_all(work: _Work, groups: list[Group]) -> None:
    settled: list[tuple[Session, SessionEntry]] = []
    for mine, theirs in groups:
        pairs, doubts = align(mine, theirs)
        settled += pairs
        work.matches.doubts += [Doubt(session=here, chosen=one, other=two) for here, one, two in doubts]
    work.take(settled)


def _likely(work: _Work) -> None:
    """Likeness of titles with start or speakers, the surest pairs first."""
    pairs = likely_pairs(work.sessions, work.pool(), events=work.events)
    rivals: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        rivals[pair.session.slug].append(pair)
        rivals[pair.uid].append(pair)
    settled: dict[str, Pair] = {}
    used: set[str] = set()
    for pair in pairs:
        if pair.session.slug in settled or pair.uid in used:
            continue
        work.matches.doubts += _doubts(pair, rivals=rivals, settled=settled, used=used)
        settled[pair.session.slug] = pair
        used.add(pair.uid)
    work.take((pair.session, pair.entry) for pair in settled.values())


def _doubts(
    pair: Pair, *, rivals: Mapping[str, list[Pair]], settled: Mapping[str, Pair], used: set[str]
) -> list[Doubt]:
    """What else the session could have been, or who else could have been the recorded one."""
    for rival in (*rivals[pair.session.slug], *rivals[pair.uid]):
        same = rival.session.slug == pair.session.slug and rival.uid == pair.uid
        if same or rival.uid in used or rival.session.slug in settled or pair.score - rival.score >= EQUAL:
            continue
        return [Doubt(session=rival.session, chosen=pair.entry, other=rival.entry)]
    return []


EQUAL = 0.05
"""Scores closer than this are equally likely."""


def _wall(start: datetime | date | None) -> str:
    """The time on the clocks of the place: what an author writes, whatever zone it was taken for."""
    return start.isoformat()[:16] if start is not None else ""


def _apart(one: datetime | date | None, two: datetime | date | None) -> timedelta:
    if one is None or two is None:
        return timedelta.max
    return abs(date(one.year, one.month, one.day) - date(two.year, two.month, two.day))
