"""Owns what the record learns from one run: new entries, next revisions, what left the feeds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from feeds.model import Event, Session
from feeds.revisions.advance import (
    Surroundings,
    event_entry,
    revised,
    same_bytes,
    same_event,
    session_entry,
)
from feeds.revisions.bulk import Standing, unchanged
from feeds.revisions.changes import Ranked, change_of, ranked
from feeds.revisions.clock import Clock
from feeds.revisions.composition import Composed
from feeds.revisions.first import Around
from feeds.revisions.memory import Memory
from feeds.revisions.record import Entry, EventEntry, Record, SessionEntry
from feeds.sameness import exchange


@dataclass(frozen=True, slots=True)
class _Learned:
    """The entries of all sessions in a record that had none, and that each was added, by UID."""

    around: Around
    sessions: tuple[Session, ...]
    entries: dict[str, SessionEntry] = field(default_factory=dict)
    added: dict[str, Ranked] = field(default_factory=dict)

    def add(self, entry: SessionEntry) -> None:
        uid = entry.revision.uid
        self.entries[uid], self.added[uid] = entry, _added(entry)

    def drop(self, uid: str | None) -> None:
        if uid is not None and uid in self.entries:
            del self.entries[uid], self.added[uid]


class Scribe:
    """Compares what is to be published with the record. `sessions` and `events` are the entries to put in.

    `restyled` says that all bytes changed though no fact did.
    """

    def __init__(
        self, composed: Composed, *, record: Record, clock: Clock, restyled: bool, memory: Memory
    ) -> None:
        self._composed = composed
        self._record = record
        self._clock = clock
        self._restyled = restyled
        self._memory = memory
        self._around = Surroundings(composed.schedule, memory)
        self.sessions: dict[str, SessionEntry] = {}
        self.events: dict[str, EventEntry] = {}
        self.changes: list[Ranked] = []

    def learn(self, *, untouched: set[str]) -> None:
        """Go through all that is published; `untouched` are slugs of sessions whose facts are as recorded."""
        for event in self._composed.schedule.events:
            before = self._record.events.get(event.uid or "")
            if before is None or self._restyled or not _same_event(event, before) or self._moved(before):
                self._put(before, self._event(event))
        if self._record.sessions:
            self._learn_sessions(untouched)
        else:
            self._learn_first()
        for subject in self._composed.retiring:
            self._retire(subject)
        if not self.sessions and not self.events:
            self._record.memory["around"] = self._surroundings()

    def _learn_sessions(self, untouched: set[str]) -> None:
        for session in self._doubtful(untouched):
            if session.uid is None or not session.published:
                continue
            past = self._record.sessions.get(session.uid)
            same = past is not None and (session.slug in untouched or unchanged(session, past.session))
            if past is None or self._restyled or not same or not self._same_around(session, past):
                self._put(past, self._session(session))

    def _learn_first(self) -> None:
        """All sessions are new to the record: made anew only where they or what is around them changed."""
        around = Around(sums=self._surroundings(), clock=self._clock)
        sessions = self._composed.schedule.sessions
        last: _Learned | None = self._memory.last("learned")
        learned = _Learned(around, sessions) if last is None else self._relearned(last, around, sessions)
        for session in sessions if last is None else exchange(sessions, last.sessions).came:
            if session.uid is not None and session.published:
                learned.add(self._fresh(session))
        self.sessions |= learned.entries
        self.changes += learned.added.values()
        self._memory.keep("learned", learned)

    def _relearned(self, last: _Learned, around: Around, sessions: tuple[Session, ...]) -> _Learned:
        """What was learned of the sessions that stayed."""
        learned = _Learned(around, sessions, dict(last.entries), dict(last.added))
        for session in exchange(sessions, last.sessions).went:
            learned.drop(session.uid)
        if around == last.around:
            return learned
        same = last.around.sums == around.sums
        named = {session.uid: session for session in sessions}
        for uid, entry in last.entries.items():
            if uid not in learned.entries:
                continue
            session = named[uid]
            if not around.dates(session, since=last.around) or not (
                same or self._same_around(session, entry)
            ):
                learned.add(self._fresh(session))
        return learned

    def _fresh(self, session: Session) -> SessionEntry:
        context = self._around.context(session)
        return self._new_session(session, None, self._home(session), context, False, self._clock)

    def leave(self, learned: Record) -> None:
        """Tell the new record what is known of it: whoever reads it next need not go through it all."""
        learned.memory["around"] = self._surroundings()
        if self._record.sessions:  # else all would be gone through here for a record that is perhaps not kept
            learned.memory["standing"] = Standing.of(self._record).after(self.sessions, record=self._record)

    def _doubtful(self, untouched: set[str]) -> Iterable[Session]:
        """Sessions to be looked at one by one: not the untouched, where all around them is as it was, too."""
        sessions = self._composed.schedule.sessions
        if self._restyled or self._record.memory.get("around") != self._surroundings():
            return sessions
        return [session for session in sessions if session.slug not in untouched]

    def _surroundings(self) -> tuple[object, ...]:
        return self._around.sums, self._composed.homes

    def _same_around(self, session: Session, past: SessionEntry) -> bool:
        return (
            past.context == self._around.context(session)
            and past.session.posts == session.posts
            and past.event == self._home(session)
            and not self._moved(past)
        )

    def _home(self, session: Session) -> str | None:
        return self._composed.homes.get(session.event or "")

    def _moved(self, entry: Entry) -> bool:
        """Whether it came to stand in a post again, or stands in none any more."""
        return entry.absent != (entry.revision.uid in self._composed.absent)

    def _session(self, session: Session) -> SessionEntry:
        uid = session.uid or ""
        return self._memory.made(
            ("entry", uid),
            session,
            self._record.sessions.get(uid),
            self._home(session),
            self._around.context(session),
            uid in self._composed.absent,
            self._clock,
            make=self._new_session,
        )

    def _new_session(  # noqa: PLR0917 - called by `Memory.made`
        self,
        session: Session,
        before: SessionEntry | None,
        home: str | None,
        context: int,
        absent: bool,
        clock: Clock,
    ) -> SessionEntry:
        # The context sums up all that is around a session: who has the same has the same people and track.
        entry = session_entry(session, event=home, before=before, around=self._around, clock=clock)
        return replace(entry, context=context, absent=absent)

    def _event(self, event: Event) -> EventEntry:
        uid = event.uid or ""
        return self._memory.made(
            ("entry", uid),
            event,
            self._record.events.get(uid),
            uid in self._composed.absent,
            self._clock,
            make=_new_event,
        )

    def _put(self, before: Entry | None, entry: Entry) -> Entry:
        """Keep an entry, under its next revision where anything published changed."""
        if before is None:
            change = self._memory.made(("change", entry.revision.uid), entry, make=_added)
            self.changes.append(change)
        elif self._restyled or not same_bytes(before, entry):
            entry, step = revised(before, entry, clock=self._clock)
            if step.kinds:
                self.changes.append(ranked(step))
        self._keep(entry)
        return entry

    def _keep(self, entry: Entry) -> None:
        if isinstance(entry, SessionEntry):
            self.sessions[entry.revision.uid] = entry
        else:
            self.events[entry.revision.uid] = entry

    def _retire(self, subject: Event | Session) -> None:
        """Remember that a cancelled one has left the feeds; what retired once is not looked at again."""
        before: Entry | None
        entry: Entry
        if isinstance(subject, Session):
            before = past = self._record.sessions.get(subject.uid or "")
            entry = self._session(subject) if past is None else self._as_left(subject, past)
        else:
            before, entry = self._record.events.get(subject.uid or ""), self._event(subject)
        if before is None or before.retired is None:
            entry = self._put(before, entry)
            self._keep(replace(entry, retired=self._clock.after(entry.revision.last_modified)))

    def _as_left(self, session: Session, past: SessionEntry) -> SessionEntry:
        """Its people and track as last published: the schedule need not hold them any more."""
        was = past.session
        left = replace(
            session,
            held=None,
            line=1,
            origins={},
            event=was.event,
            track=was.track,
            speakers=was.speakers,
        )
        return replace(past, session=left, absent=past.revision.uid in self._composed.absent)


def _new_event(event: Event, before: EventEntry | None, absent: bool, clock: Clock) -> EventEntry:
    return event_entry(event, before=before, absent=absent, clock=clock)


def _added(entry: Entry) -> Ranked:
    return ranked(change_of(None, entry))


def _same_event(event: Event, before: EventEntry) -> bool:
    return same_event(event, before.event) and event.posts == before.event.posts
