"""Owns finding the values of one schedule by slug, and which sessions belong to what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import PurePath

from feeds.following import Past
from feeds.model import Event, PostInfo, Schedule, Session, Speaker, Track

_NO_PAST = Past()


class Index:
    """One schedule, indexed once. Lists keep the schedule's order, but for tracks."""

    def __init__(self, schedule: Schedule, *, pasts: Callable[[str], Past] = lambda _: _NO_PAST) -> None:
        """Reads every session once. `pasts` tells what a page was before, by its address within the site."""
        self.schedule = schedule
        self._pasts = pasts
        self.events: dict[str, Event] = {event.slug: event for event in schedule.events}
        self.speakers: dict[str, Speaker] = {speaker.slug: speaker for speaker in schedule.speakers}
        self.sessions: dict[str, Session] = {session.slug: session for session in schedule.sessions}
        self.tracks: dict[tuple[str, str], Track] = {
            (track.event, track.slug): track for track in schedule.tracks
        }
        self._strands = sorted(schedule.tracks, key=lambda track: (track.event, track.rank, track.slug))
        self.hues = _hues(self._strands)
        self.posts: dict[str, PostInfo] = {post.slug: post for post in schedule.posts}
        self._posts_by_name = {name: post for post in schedule.posts for name in _names(post)}
        self._by_event = _grouped((session.event or "", session) for session in schedule.sessions)
        self._by_speaker = _grouped(
            (slug, session) for session in schedule.sessions for slug in session.speakers
        )
        self._by_post = _grouped((path, session) for session in schedule.sessions for path in session.posts)

    def of_event(self, slug: str) -> tuple[Session, ...]:
        """The sessions of an event; those of no event for an empty slug."""
        return self._by_event.get(slug, ())

    def of_track(self, event: str, slug: str) -> tuple[Session, ...]:
        """The sessions of a track."""
        return tuple(session for session in self.of_event(event) if session.track == slug)

    def of_speaker(self, slug: str) -> tuple[Session, ...]:
        """The sessions a person speaks in."""
        return self._by_speaker.get(slug, ())

    def posts_of(self, subject: Event | Session) -> tuple[PostInfo, ...]:
        """The posts that tell of a session or an event."""
        found = (self._posts_by_name[name] for name in subject.posts if name in self._posts_by_name)
        return tuple(dict.fromkeys(found))

    def language_of(self, subject: Event | Session) -> str | None:
        """What its texts are written in, where the first of its posts that says so is asked."""
        return next((post.language for post in self.posts_of(subject) if post.language), None)

    def of_post(self, post: PostInfo) -> tuple[Session, ...]:
        """The sessions a post tells of, whether they name it by path or by slug."""
        return next((self._by_post[name] for name in _names(post) if name in self._by_post), ())

    def past_of(self, session: Session) -> Past:
        """When a session was to start before it moved."""
        return self._pasts(f"/sessions/{session.slug}")

    def tracks_of(self, event: str) -> tuple[Track, ...]:
        """The tracks of an event, in the order of its posts."""
        return tuple(track for track in self._strands if track.event == event)


def _names(post: PostInfo) -> tuple[str, ...]:
    return post.path, post.slug, PurePath(post.path).name


def _hues(tracks: Iterable[Track]) -> dict[tuple[str, str], int]:
    """One of eight colours (1 to 8) for each track, dealt out in turn within an event."""
    counts: Counter[str] = Counter()
    hues: dict[tuple[str, str], int] = {}
    for track in tracks:
        hues[track.event, track.slug] = counts[track.event] % 8 + 1
        counts[track.event] += 1
    return hues


def _grouped(pairs: Iterable[tuple[str, Session]]) -> dict[str, tuple[Session, ...]]:
    groups: defaultdict[str, list[Session]] = defaultdict(list)
    for key, session in pairs:
        groups[key].append(session)
    return {key: tuple(sessions) for key, sessions in groups.items()}
