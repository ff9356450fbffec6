"""Owns the stage itself: a schedule and the record of what was published become what is published next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from feeds.diagnostics import Diagnostic
from feeds.model import Event, Revision, Schedule, Session
from feeds.revisions.addresses import settle_addresses
from feeds.revisions.advance import (
    Surroundings,
    event_entry,
    revised,
    same_bytes,
    same_event,
    session_entry,
)
from feeds.revisions.authored import read_authored
from feeds.revisions.changes import Change, change_of, change_order
from feeds.revisions.clock import Clock
from feeds.revisions.composition import Composed, compose
from feeds.revisions.findings import ambiguous
from feeds.revisions.matching import unchanged
from feeds.revisions.recognition import decide, recognise
from feeds.revisions.record import Entry, EventEntry, Record, SessionEntry


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
) -> Revised:
    """Give every session the identity it had, and each change its revision.

    `now` (aware UTC) is the time the record is written at; None where it is only read: then the times come
    from the posts and the record alone. Sessions last seen in `broken` posts keep what they published.
    `confirm` lets more than half of all sessions be cancelled at once.
    Reports: ambiguous-identity, mass-cancellation, invalid-value.
    """
    authored = read_authored(schedule)
    known = recognise(authored, record=record)
    fates = decide(known, schedule=schedule, record=record, broken=frozenset(broken), confirm=confirm)
    composed = compose(authored.schedule, record=record, known=known, fates=fates, now=now)
    news = _news(
        composed,
        record=record,
        untouched=known.matches.untouched,
        clock=_clock(schedule, record=record, now=now),
        restyled=edition is not None and edition != record.edition,
    )
    found = (*authored.diagnostics, *map(ambiguous, known.matches.doubts), *fates.diagnostics)
    return _result(
        composed,
        record=record,
        news=news,
        edition=record.edition if edition is None else edition,
        diagnostics=tuple(sorted(found, key=lambda one: one.sort_key)),
    )


def _clock(schedule: Schedule, *, record: Record, now: datetime | None) -> Clock:
    stamps = {post.path: post.stamp for post in schedule.posts if post.stamp is not None}
    return Clock(now=now, revised=record.revised if now is None else None, stamps=stamps)


@dataclass(slots=True, kw_only=True)
class _News:
    """What the record has to learn: entries by UID, and the changes that subscribers will see."""

    sessions: dict[str, SessionEntry] = field(default_factory=dict)
    events: dict[str, EventEntry] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)


def _news(composed: Composed, *, record: Record, untouched: set[str], clock: Clock, restyled: bool) -> _News:
    """Compare what is to be published with what the record holds."""
    news = _News()
    schedule, homes = composed.schedule, composed.homes
    around = Surroundings(schedule)
    for event in schedule.events:
        _learn_event(event, news=news, record=record, clock=clock, restyled=restyled)
    for session in schedule.sessions:
        uid = session.uid
        if uid is None or not session.published:
            continue
        before, home = record.sessions.get(uid), homes.get(session.event or "")
        if (
            before is None
            or restyled
            or not (
                before.context == around.context(session)
                and before.session.posts == session.posts
                and before.event == home
                and (session.slug in untouched or unchanged(session, before.session))
            )
        ):
            entry = session_entry(session, uid=uid, event=home, before=before, around=around, clock=clock)
            _learn(before, entry, news=news, clock=clock, restyled=restyled)
    for subject in composed.retiring:
        _retire(subject, homes=homes, news=news, record=record, around=around, clock=clock)
    return news


def _learn_event(event: Event, *, news: _News, record: Record, clock: Clock, restyled: bool) -> None:
    uid = event.uid or ""
    before = record.events.get(uid)
    if before is None or restyled or not same_event(event, before.event) or event.posts != before.event.posts:
        _learn(before, event_entry(event, uid=uid, before=before, clock=clock), news=news, clock=clock,
               restyled=restyled)  # fmt: skip


def _learn(before: Entry | None, entry: Entry, *, news: _News, clock: Clock, restyled: bool) -> Entry:
    """Put an entry into the record, under its next revision where anything published changed."""
    if before is None:
        news.changes.append(change_of(None, entry))
    elif restyled or not same_bytes(before, entry):
        entry, change = revised(before, entry, clock=clock)
        if change.kinds:
            news.changes.append(change)
    if isinstance(entry, SessionEntry):
        news.sessions[entry.revision.uid] = entry
    else:
        news.events[entry.revision.uid] = entry
    return entry


def _retire(
    subject: Event | Session,
    *,
    homes: Mapping[str, str],
    news: _News,
    record: Record,
    around: Surroundings,
    clock: Clock,
) -> None:
    """Remember that a cancelled one has left the feeds; what retired once is not looked at again."""
    uid = subject.uid or ""
    before: Entry | None = record.sessions.get(uid) or record.events.get(uid)
    if before is not None and before.retired is not None:
        return
    entry: Entry
    if isinstance(subject, Session):
        past = record.sessions.get(uid)
        home = homes.get(subject.event or "")
        entry = session_entry(subject, uid=uid, event=home, before=past, around=around, clock=clock)
    else:
        entry = event_entry(subject, uid=uid, before=record.events.get(uid), clock=clock)
    entry = _learn(before, entry, news=news, clock=clock, restyled=False)
    at = clock.after(entry.revision.last_modified)
    if isinstance(entry, SessionEntry):
        news.sessions[uid] = replace(entry, retired=at)
    else:
        news.events[uid] = replace(entry, retired=at)


def _result(
    composed: Composed, *, record: Record, news: _News, edition: str, diagnostics: tuple[Diagnostic, ...]
) -> Revised:
    """The new record, or the given one itself where there is nothing new."""
    learned = record
    if news.sessions or news.events or edition != record.edition:
        learned = replace(
            record,
            edition=edition,
            sessions=MappingProxyType({**record.sessions, **news.sessions}),
            events=MappingProxyType({**record.events, **news.events}),
        )
        learned = replace(
            learned, addresses=settle_addresses(record, after=learned, schedule=composed.schedule)
        )
    shown: list[Event | Session] = [*composed.schedule.events, *composed.schedule.sessions]
    entries = learned.entries
    return Revised(
        schedule=composed.schedule,
        revisions={one.uid: entries[one.uid].revision for one in shown if one.uid and one.uid in entries},
        record=learned,
        changes=tuple(sorted(news.changes, key=change_order)),
        aliases={old: new for old, new in learned.addresses.items() if new is not None},
        gone=frozenset(old for old, new in learned.addresses.items() if new is None),
        diagnostics=diagnostics,
    )
