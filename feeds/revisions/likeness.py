"""Owns how alike two sessions are when neither link nor title says so; cheap, linear and bounded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from feeds.model import Session, session_order
from feeds.revisions.identity import plain
from feeds.revisions.record import SessionEntry

LONGEST = 200
"""Characters of a title that are compared."""

CROWD = 4096
"""Pairs of one bucket that are still looked at: a bucket that holds more tells nothing apart."""

MANY = 200_000
"""Pairs that are looked at in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A session, the entry it may be, and how likely: compare only with other scores."""

    session: Session
    entry: SessionEntry
    score: float

    @property
    def uid(self) -> str:
        """The entry's UID."""
        return self.entry.revision.uid


@dataclass(frozen=True, slots=True)
class Title:
    """A title made ready to be compared."""

    words: frozenset[str]
    numbers: frozenset[str]
    grams: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, text: str) -> Title:
        """The words, the numbers among them, and every run of three characters."""
        level = plain(text[:LONGEST])
        words = frozenset(level.split())
        padded = f"  {level} "
        grams = frozenset(padded[at : at + 3] for at in range(len(padded) - 2))
        return cls(words, frozenset(word for word in words if any(map(str.isdigit, word))), grams)


def likeness(one: Title, two: Title) -> float:
    """From 0 (nothing in common) to 1. "Part 1" and "Part 2" are never alike."""
    if not one.grams or not two.grams or not one.words or not two.words:
        return 0.0
    dice = 2 * len(one.grams & two.grams) / (len(one.grams) + len(two.grams))
    shorter, longer = sorted((one.words, two.words), key=len)
    if len(shorter) > 1 and shorter <= longer:
        dice = max(dice, 0.8)
    return dice if one.numbers == two.numbers else min(dice, 0.45)


def likely_pairs(
    sessions: Iterable[Session], entries: Iterable[SessionEntry], *, events: Mapping[str, str]
) -> list[Pair]:
    """Pairs that may be the same session, the surest first; `events` gives the UID of each event slug."""
    here = {session.slug: session for session in sessions}
    there = {entry.revision.uid: entry for entry in entries}
    titles = {slug: Title.of(session.title) for slug, session in here.items()}
    recorded = {uid: Title.of(entry.session.title) for uid, entry in there.items()}
    homes = {slug: events.get(session.event or "") for slug, session in here.items()}
    candidates = _candidates(
        {slug: _buckets(session, titles[slug], home=homes[slug]) for slug, session in here.items()},
        {uid: _buckets(entry.session, recorded[uid], home=entry.event) for uid, entry in there.items()},
    )
    pairs = []
    for slug, uid in candidates:
        score = _score(here[slug], there[uid], like=likeness(titles[slug], recorded[uid]))
        if score is not None:
            pairs.append(Pair(session=here[slug], entry=there[uid], score=score))
    return sorted(pairs, key=lambda pair: (-pair.score, session_order(pair.session), pair.uid))


def _buckets(session: Session, title: Title, *, home: str | None) -> set[Hashable]:
    """What a session must share with an entry to be compared at all."""
    keys: set[Hashable] = {(home, "start", str(session.start))}
    keys |= {(home, "speaker", speaker) for speaker in session.speakers}
    keys |= {(home, "word", word) for word in title.words if len(word) > 2}
    if session.url:
        keys.add((home, "url", session.url))
    return keys


def _candidates(
    here: Mapping[str, set[Hashable]], there: Mapping[str, set[Hashable]]
) -> Sequence[tuple[str, str]]:
    """Pairs that share a bucket, from the smallest buckets on, as many as are worth looking at."""
    index: defaultdict[Hashable, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for slug, keys in here.items():
        for key in keys:
            index[key][0].append(slug)
    for uid, keys in there.items():
        for key in keys:
            index[key][1].append(uid)
    sized = sorted((len(mine) * len(theirs), str(key)) for key, (mine, theirs) in index.items())
    lists = {str(key): both for key, both in index.items()}
    seen: set[tuple[str, str]] = set()
    for size, key in sized:
        if size > CROWD or len(seen) > MANY:
            break
        mine, theirs = lists[key]
        seen.update((slug, uid) for slug in mine for uid in theirs)
    return sorted(seen)


def _score(session: Session, entry: SessionEntry, *, like: float) -> float | None:
    """None where it would be a guess: likeness needs start or speakers beside it, unless it is very high."""
    before = entry.session
    same_start = session.start is not None and session.start == before.start
    people = _overlap(session.speakers, before.speakers)
    same_people = people == 1.0
    same_slot = same_start and session.end == before.end and session.room == before.room is not None
    same_text = len(session.description) >= 80 and session.description == before.description
    if not (
        like >= 0.8
        or (like >= 0.5 and (same_start or people > 0))
        or (like >= 0.3 and same_slot)
        or (same_people and (same_start or same_text))
    ):
        return None
    score = 3 * like + 1.5 * same_start + 1.5 * people + 0.5 * same_text
    score += 0.5 * (session.room is not None and session.room == before.room)
    score += 0.5 * (session.url is not None and session.url == before.url)
    return score + 0.25 * (session.track is not None and session.track == before.track)


def _overlap(one: Sequence[str], two: Sequence[str]) -> float:
    """Shared people among all people; none on either side share nothing."""
    together = set(one) | set(two)
    return len(set(one) & set(two)) / len(together) if together else 0.0
