"""Owns the UIDs that authors write: taken as they stand, once each, where every calendar can hold them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeVar

from feeds.diagnostics import Diagnostic
from feeds.model import Event, Schedule, Session
from feeds.revisions.findings import uid_twice, uid_unfit
from feeds.revisions.identity import sane

Subject = TypeVar("Subject", Event, Session)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authored:
    """A schedule whose remaining `uid`s are fit and unique. `sessions` gives the slug that owns each UID."""

    schedule: Schedule
    uids: frozenset[str] = frozenset()
    sessions: dict[str, str] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


def read_authored(schedule: Schedule) -> Authored:
    """Keep the UIDs that can be kept; the first that wrote one owns it.

    Reports: invalid-value.
    """
    if all(one.uid is None for one in schedule.events) and all(one.uid is None for one in schedule.sessions):
        return Authored(schedule=schedule)
    seen: set[str] = set()
    told: list[Diagnostic] = []
    events = tuple(_checked(event, seen=seen, told=told) for event in schedule.events)
    sessions = tuple(_checked(session, seen=seen, told=told) for session in schedule.sessions)
    return Authored(
        schedule=replace(schedule, events=events, sessions=sessions),
        uids=frozenset(seen),
        sessions={session.uid: session.slug for session in sessions if session.uid is not None},
        diagnostics=tuple(told),
    )


def _checked(subject: Subject, *, seen: set[str], told: list[Diagnostic]) -> Subject:
    uid = subject.uid
    if uid is None:
        return subject
    if sane(uid) and uid not in seen:
        seen.add(uid)
        return subject
    told.append(uid_twice(subject) if sane(uid) else uid_unfit(subject))
    return replace(subject, uid=None)
