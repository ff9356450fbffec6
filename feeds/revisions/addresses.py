"""Owns addresses that answered once: which one took over, and which are gone for good."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from feeds.model import Event, Schedule, Session
from feeds.revisions.likeness import Title, likeness
from feeds.revisions.record import Entry, Record, SessionEntry
from feeds.schedule.slugs import post_slugs


def settle_addresses(before: Record, *, after: Record, schedule: Schedule) -> Mapping[str, str | None]:
    """Every address that answered once and answers no more, with the address that took over, or None.

    Addresses are paths without suffix: `/events/EVENT`, `/events/EVENT/tracks/TRACK`, `/speakers/SPEAKER`,
    `/sessions/SESSION`, and `/posts/POST` of posts that told of something.
    """
    if not before.sessions and not before.events and not before.addresses:
        return MappingProxyType({})
    live = _live(schedule)
    lost = _recorded(before) - live
    moves = _moves(before, after=after, lost=lost, schedule=schedule) if lost else {}
    settled = {old: new for old, new in before.addresses.items() if old not in live}
    settled |= {old: moves.get(old) for old in sorted(lost)}
    return MappingProxyType({old: _follow(old, settled=settled, live=live) for old in sorted(settled)})


def _moves(before: Record, *, after: Record, lost: set[str], schedule: Schedule) -> dict[str, str]:
    return {
        **_moved(before, after=after),
        **_spelt_anew(before, after=after, lost=lost, schedule=schedule),
        **_renamed(before, after=after, schedule=schedule),
    }


def _follow(old: str, *, settled: Mapping[str, str | None], live: set[str]) -> str | None:
    """The live address at the end of a chain of renames."""
    seen = {old}
    new = settled[old]
    while new is not None and new not in live:
        if new in seen:
            return None
        seen.add(new)
        new = settled.get(new)
    return new


def _live(schedule: Schedule) -> set[str]:
    addresses = {f"/events/{event.slug}" for event in schedule.events}
    addresses |= {f"/sessions/{session.slug}" for session in schedule.sessions}
    addresses |= {f"/speakers/{speaker.slug}" for speaker in schedule.speakers}
    addresses |= {f"/posts/{post.slug}" for post in schedule.posts}
    return addresses | {_track(track.event, track.slug) for track in schedule.tracks}


def _recorded(record: Record) -> set[str]:
    """The addresses of all that is not retired. Slugs first: a speaker has many sessions."""
    present = [entry for entry in record.sessions.values() if entry.retired is None]
    tracks = {(one.session.event or "", one.track.slug) for one in present if one.track is not None}
    speakers = {speaker.slug for entry in present for speaker in entry.speakers}
    addresses = {f"/events/{entry.event.slug}" for entry in record.events.values() if entry.retired is None}
    addresses |= {f"/sessions/{entry.session.slug}" for entry in present}
    addresses |= {f"/speakers/{slug}" for slug in speakers}
    addresses |= set(_posts(record).values())
    return addresses | {_track(event, slug) for event, slug in tracks}


def _posts(record: Record) -> dict[str, str]:
    """The address of each post that something not retired stands in, by its path."""
    subjects: list[Event | Session] = [
        *(entry.session for entry in record.sessions.values() if entry.retired is None),
        *(entry.event for entry in record.events.values() if entry.retired is None),
    ]
    paths = sorted({path for subject in subjects for path in subject.posts})
    return {path: f"/posts/{slug}" for path, slug in zip(paths, post_slugs(paths), strict=True)}


def _track(event: str, track: str) -> str:
    return f"/events/{event}/tracks/{track}"


def _moved(before: Record, *, after: Record) -> dict[str, str]:
    """Conferences and sessions under a new slug, and tracks where most of their sessions went."""
    moves: dict[str, str] = {}
    for uid, event in sorted(before.events.items(), key=_retired_first):
        moves[f"/events/{event.event.slug}"] = f"/events/{after.events[uid].event.slug}"
    tracks: defaultdict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    for uid, entry in sorted(before.sessions.items(), key=_retired_first):
        now = after.sessions[uid]
        moves[f"/sessions/{entry.session.slug}"] = f"/sessions/{now.session.slug}"
        if entry.track is not None and now.track is not None:
            old = entry.session.event or "", entry.track.slug
            tracks[old][now.session.event or "", now.track.slug] += 1
    for old, found in tracks.items():
        moves[_track(*old)] = _most(Counter({_track(*new): count for new, count in found.items()}))
    return {old: new for old, new in moves.items() if old != new}


def _retired_first(entry: tuple[str, Entry]) -> tuple[bool, str]:
    """An address that a retired one had before a live one is the live one's to leave."""
    return entry[1].retired is None, entry[0]


def _most(found: Counter[str]) -> str:
    return min(found, key=lambda address: (-found[address], address))


def _spelt_anew(before: Record, *, after: Record, lost: set[str], schedule: Schedule) -> dict[str, str]:
    """Speakers who stand in the same sessions under another name that is alike."""
    names = {speaker.slug: (speaker.name, *speaker.names) for speaker in schedule.speakers}
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for uid, entry in before.sessions.items():
        now = after.sessions[uid]
        if now is not entry:
            for old, new in _replaced(entry, now, names=names):
                if f"/speakers/{old}" in lost:
                    votes[f"/speakers/{old}"][f"/speakers/{new}"] += 1
    return {old: _most(found) for old, found in votes.items()}


def _replaced(
    before: SessionEntry, after: SessionEntry, *, names: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    here = {speaker.slug for speaker in after.speakers}
    there = {speaker.slug for speaker in before.speakers}
    for speaker in before.speakers:
        if speaker.slug in here:
            continue
        name = Title.of(speaker.name)
        for other in after.speakers:
            if other.slug not in there:
                spelt = names.get(other.slug, (other.name,))
                if speaker.name in spelt or max(likeness(name, Title.of(one)) for one in spelt) >= 0.4:
                    yield speaker.slug, other.slug


def _renamed(before: Record, *, after: Record, schedule: Schedule) -> dict[str, str]:
    """Posts where most of their sessions went, to one that did not tell of them; those told apart anew."""
    here = {post.path: f"/posts/{post.slug}" for post in schedule.posts}
    there = _posts(before)
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for uid, entry in before.sessions.items():
        past, now = entry.session.posts, after.sessions[uid].session.posts
        if entry.retired is None and past != now:
            new = [here[path] for path in now if path not in past and path in here]
            for old in past:
                if old not in here:
                    votes[there[old]].update(new)
    told_apart = {old: here[path] for path, old in there.items() if path in here and here[path] != old}
    return told_apart | {old: _most(found) for old, found in votes.items() if found}
