"""Owns who is who and what becomes of the rest: recognised, kept, or vanished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter

from feeds.diagnostics import Diagnostic
from feeds.model import Schedule
from feeds.revisions.authored import Authored
from feeds.revisions.conferences import match_events
from feeds.revisions.findings import mass_cancellation
from feeds.revisions.identity import Mint
from feeds.revisions.matching import Matches, entry_order, match_sessions
from feeds.revisions.memory import Memory
from feeds.revisions.record import Entry, EventEntry, Record, SessionEntry

_UID = attrgetter("revision.uid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The entry of each conference and each session, by slug; the UID of each conference, by slug."""

    events: Mapping[str, EventEntry]
    uids: Mapping[str, str]
    matches: Matches
    mint: Mint


@dataclass(frozen=True, slots=True, kw_only=True)
class Fates:
    """What is in the record and not in the posts, by UID: published as it was, or announced as cancelled.

    What was cancelled before is among the kept until it retires; `absent` is all that surely no post holds.
    """

    kept: Mapping[str, Entry]
    vanished: Mapping[str, Entry]
    absent: frozenset[str]
    diagnostics: tuple[Diagnostic, ...] = ()


def recognise(authored: Authored, *, record: Record, memory: Memory) -> Recognised:
    """Match conferences, then sessions within them; make UIDs for new conferences."""
    schedule = authored.schedule
    events = match_events(schedule.events, sessions=schedule.sessions, record=record)
    mint = Mint(schedule.sessions, taken={*record.sessions, *record.events, *authored.uids}, memory=memory)
    uids = {
        event.slug: events[event.slug].revision.uid
        if event.slug in events
        else event.uid or mint.event(event)
        for event in schedule.events
    }
    matches = match_sessions(
        schedule.sessions, record=record, events=uids, claimed=authored.sessions, mint=mint, memory=memory
    )
    return Recognised(events=events, uids=uids, matches=matches, mint=mint)


def decide(
    known: Recognised, *, schedule: Schedule, record: Record, broken: frozenset[str], confirm: bool
) -> Fates:
    """What becomes of recorded sessions that no post holds any more.

    Reports: mass-cancellation.
    """
    matched = set(map(_UID, known.matches.entries.values()))
    absent = (
        {uid: entry for uid, entry in record.sessions.items() if uid not in matched and entry.retired is None}
        if len(matched) < len(record.sessions)
        else {}
    )
    unread = _unread(record, schedule=schedule, broken=broken) | _unsure(schedule, known=known)
    vanished = {
        uid: entry for uid, entry in absent.items() if entry.live and unread.isdisjoint(entry.session.posts)
    }
    live = sum(entry.live for entry in record.sessions.values()) if vanished else 0
    told: tuple[Diagnostic, ...] = ()
    if not confirm and len(vanished) >= 3 and 2 * len(vanished) > live:
        told = (mass_cancellation(sorted(vanished.values(), key=entry_order), record=record, of=live),)
        vanished = {}
    kept = {uid: entry for uid, entry in absent.items() if uid not in vanished}
    return _with_events(known, record=record, kept=kept, vanished=vanished, unread=unread, told=told)


def _unread(record: Record, *, schedule: Schedule, broken: frozenset[str]) -> frozenset[str]:
    """Paths whose sessions nobody can know now: broken posts.

    A broken post under a name that the record never saw may be any post that is gone.
    """
    if not broken:
        return broken
    recorded = {path for entry in record.sessions.values() for path in entry.session.posts}
    if broken <= recorded:
        return broken
    here = {post.path for post in schedule.posts}
    return broken | (recorded - here)


def _unsure(schedule: Schedule, *, known: Recognised) -> frozenset[str]:
    """Posts that hold a session with an error which nobody recognised: it may be any that seems gone."""
    entries = known.matches.entries
    return frozenset(
        path
        for session in schedule.sessions
        if session.held is not None and session.slug not in entries
        for path in session.posts
    )


def _with_events(
    known: Recognised,
    *,
    record: Record,
    kept: dict[str, SessionEntry],
    vanished: dict[str, SessionEntry],
    unread: frozenset[str],
    told: tuple[Diagnostic, ...],
) -> Fates:
    """Conferences that are gone: kept for a kept session's sake, or where nobody can know."""
    matched = {entry.revision.uid for entry in known.events.values()}
    needed = {entry.event for entry in kept.values() if entry.live}
    gone: dict[str, Entry] = {}
    stay: dict[str, Entry] = {}
    for uid, entry in record.events.items():
        if uid in matched or entry.retired is not None:
            continue
        keep = not entry.live or uid in needed or bool(told) or not unread.isdisjoint(_posts(entry))
        (stay if keep else gone)[uid] = entry
    surely = (
        uid
        for uid, entry in {**kept, **stay}.items()
        if entry.absent or (not entry.live and unread.isdisjoint(_posts(entry)))
    )
    return Fates(
        kept={**kept, **stay},
        vanished={**vanished, **gone},
        absent=frozenset((*vanished, *gone, *surely)),
        diagnostics=told,
    )


def _posts(entry: Entry) -> tuple[str, ...]:
    return entry.event.posts if isinstance(entry, EventEntry) else entry.session.posts
