"""Owns the stage itself: a schedule and the record of what was published become what is published next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import itemgetter
from types import MappingProxyType

from feeds.diagnostics import Diagnostic
from feeds.model import Event, Revision, Schedule, Session
from feeds.revisions.addresses import settle_addresses
from feeds.revisions.authored import read_authored
from feeds.revisions.changes import Change
from feeds.revisions.clock import Clock
from feeds.revisions.composition import Composed, compose
from feeds.revisions.findings import ambiguous
from feeds.revisions.memory import Memory
from feeds.revisions.recognition import decide, recognise
from feeds.revisions.record import Record
from feeds.revisions.scribe import Scribe

_BY_ORDER = itemgetter(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """What is to be published. Every published conference and session of `schedule` has its UID.

    `record` is the given one itself where nothing changed. `aliases` lead from addresses that answered
    once to those that took over, `gone` are those without one. `changes` are sorted by session order.
    """

    schedule: Schedule
    revisions: Mapping[str, Revision]
    record: Record
    changes: tuple[Change, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()


def revise(
    schedule: Schedule,
    *,
    record: Record,
    now: datetime | None = None,
    broken: Collection[str] = (),
    confirm: bool = False,
    edition: str | None = None,
    memory: Memory | None = None,
) -> Revised:
    """Give every session the identity it had, and each change its revision.

    `now` (aware UTC) is the time the record is written at; None where it is only read: then the times come
    from the posts and the record alone. Sessions last seen in `broken` posts keep what they published.
    `confirm` lets more than half of all sessions be cancelled at once. `memory` is brought up to date.
    Reports: ambiguous-identity, mass-cancellation, invalid-value.
    """
    memory = Memory() if memory is None else memory
    memory.turn()
    authored = read_authored(schedule)
    known = recognise(authored, record=record, memory=memory)
    fates = decide(known, schedule=schedule, record=record, broken=frozenset(broken), confirm=confirm)
    composed = compose(authored.schedule, record=record, known=known, fates=fates, now=now, memory=memory)
    scribe = Scribe(
        composed,
        record=record,
        clock=_clock(schedule, record=record, now=now, memory=memory),
        restyled=edition is not None and edition != record.edition,
        memory=memory,
    )
    scribe.learn(untouched=known.matches.untouched)
    found = (*authored.diagnostics, *map(ambiguous, known.matches.doubts), *fates.diagnostics)
    return _result(
        composed,
        record=record,
        scribe=scribe,
        edition=record.edition if edition is None else edition,
        diagnostics=tuple(sorted(found, key=lambda one: one.sort_key)),
    )


def _clock(schedule: Schedule, *, record: Record, now: datetime | None, memory: Memory) -> Clock:
    stamps = {post.path: post.stamp for post in schedule.posts if post.stamp is not None}
    revised = record.revised if now is None else None
    return memory.made("clock", None, Clock(now=now, revised=revised, stamps=stamps), make=_same)


def _same(_: None, clock: Clock) -> Clock:
    return clock


def _result(
    composed: Composed, *, record: Record, scribe: Scribe, edition: str, diagnostics: tuple[Diagnostic, ...]
) -> Revised:
    """The new record, or the given one itself where there is nothing new."""
    learned = record
    if scribe.sessions or scribe.events or edition != record.edition:
        learned = replace(
            record,
            edition=edition,
            sessions=MappingProxyType({**record.sessions, **scribe.sessions}),
            events=MappingProxyType({**record.events, **scribe.events}),
        )
        learned = replace(
            learned, addresses=settle_addresses(record, after=learned, schedule=composed.schedule)
        )
        scribe.leave(learned)
    shown: list[Event | Session] = [*composed.schedule.events, *composed.schedule.sessions]
    uids = [one.uid for one in shown if one.uid is not None]
    entries = learned.entries
    return Revised(
        schedule=composed.schedule,
        revisions={uid: entries[uid].revision for uid in uids if uid in entries},
        record=learned,
        changes=tuple([change for _, change in sorted(scribe.changes, key=_BY_ORDER)]),
        aliases={old: new for old, new in learned.addresses.items() if new is not None},
        gone=frozenset(old for old, new in learned.addresses.items() if new is None),
        diagnostics=diagnostics,
    )
