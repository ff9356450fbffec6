"""Owns UIDs: opaque, made once from what is most stable, without host names (RFC 7986 section 5.3)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import chain, count
from uuid import UUID, uuid5

from feeds.model import Event, Session
from feeds.revisions.memory import Memory

NAMESPACE = UUID("5b0d1f0e-8c1c-4f0a-9d6e-2f6a1c7b3e94")
"""Ours alone. Another value would give every published event a new identity."""

LONGEST = 191
"""Octets; Proton Calendar refuses longer UIDs, RFC 7986 allows 255."""

_SANE = re.compile(r"[!#-+\--:<-\[\]-~]+")  # visible ASCII, without a quote and what TEXT has to escape


def sane(uid: str | None) -> bool:
    """Whether an author's `uid:` can stand in every calendar: at most 191 octets that need no escape."""
    return uid is not None and len(uid) <= LONGEST and _SANE.fullmatch(uid) is not None


@lru_cache(maxsize=32_768)
def plain(text: str) -> str:
    """A title or name as matching sees it: letters and digits, case and accents' encodings levelled."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(char if char.isalnum() else " " for char in folded).split())


class Mint:
    """Makes UIDs for what was never published; none is given twice."""

    def __init__(self, sessions: Sequence[Session], *, taken: set[str], memory: Memory) -> None:
        self._sessions = sessions
        self._taken = taken
        self._memory = memory

    def event(self, event: Event) -> str:
        """The UID of a new conference: from its link or name, and its year."""
        year = str(event.start.year) if event.start else ""
        key = ("event", event.url or plain(event.name), year)
        return self._give(key, (*key, str(event.start)))

    def session(self, session: Session, *, event: str | None) -> str:
        """The UID of a new session: from its conference and its link or title; repeats add their start."""
        return self._give(*self._seeds(session, event=event))

    def free(self, uids: Iterable[str]) -> bool:
        """Whether nobody has any of these."""
        return self._taken.isdisjoint(uids)

    def first_choices(self, session: Session, *, event: str | None) -> tuple[str, ...]:
        """The UIDs that a new session would be given if they were free, the likeliest first."""
        return tuple(_uid(seed) for seed in self._seeds(session, event=event))

    def _seeds(self, session: Session, *, event: str | None) -> tuple[tuple[str, ...], ...]:
        key = self._key(session)
        repeated = self._repeats[session.event, key] > 1
        return self._memory.made(("seeds", session.slug), session, event, key, repeated, make=_session_seeds)

    def _key(self, session: Session) -> tuple[str, str]:
        shared = session.url in self._links
        return self._memory.made(("key", session.slug), session, shared, make=_session_key)

    @cached_property
    def _links(self) -> frozenset[str]:
        return shared_links(self._sessions)

    @cached_property
    def _repeats(self) -> Counter[tuple[str | None, tuple[str, str]]]:
        return Counter((one.event, self._key(one)) for one in self._sessions)

    def _give(self, *seeds: tuple[str, ...]) -> str:
        """The first free UID: from each seed, then from the last seed and a number."""
        numbered = ((*seeds[-1], str(number)) for number in count(2))
        for seed in chain(seeds, numbered):
            uid = _uid(seed)
            if uid not in self._taken:
                self._taken.add(uid)
                return uid
        raise AssertionError("numbers do not end")


@lru_cache(maxsize=32_768)
def _uid(seed: tuple[str, ...]) -> str:
    return str(uuid5(NAMESPACE, "\n".join(seed)))


def first_choice(session: Session, *, event: str | None, key: tuple[str, str], repeated: bool) -> str:
    """The UID that a new session of a conference is given if it is free."""
    return _uid(_session_seeds(session, event, key, repeated)[0])


def session_key(session: Session, *, links: frozenset[str]) -> tuple[str, str]:
    """What is most stable in a session; `links` are those that more than one session has."""
    return _session_key(session, session.url in links)


def _session_key(session: Session, shared: bool) -> tuple[str, str]:
    """What is most stable in a session: its link where it is its own, else its title."""
    if session.url and not shared:
        return ("session", session.url)
    return ("session", plain(session.title) or session.title)


def _session_seeds(
    session: Session,
    event: str | None,
    key: tuple[str, str],
    repeated: bool,
) -> tuple[tuple[str, ...], ...]:
    least = (event or "", *key)
    more = (*least, str(session.start))
    return (more, (*more, session.room or "")) if repeated else (least, more)


def shared_links(sessions: Iterable[Session]) -> frozenset[str]:
    """Addresses that more than one session links to."""
    counts = Counter(session.url for session in sessions if session.url)
    return frozenset(url for url, number in counts.items() if number > 1)
