"""Owns lasting slugs: a session keeps its own while its title and conference stay, whoever comes or goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from feeds.model import Session
from feeds.revisions.identity import plain
from feeds.revisions.record import SessionEntry


def settle_slugs(
    sessions: Sequence[Session],
    *,
    entries: Mapping[str, SessionEntry],
    untouched: set[str],
    reserved: Iterable[str],
) -> dict[str, str]:
    """The slug of each session that is not untouched, by the slug it came with.

    `reserved` are slugs of sessions that are published though no post holds them.
    """
    moving = [session for session in sessions if session.slug not in untouched]
    if not moving:
        return {}
    taken = untouched | set(reserved)
    settled: dict[str, str] = {}
    for session in moving:
        entry = entries.get(session.slug)
        if entry is not None and _lasts(session, entry) and entry.session.slug not in taken:
            settled[session.slug] = entry.session.slug
            taken.add(entry.session.slug)
    for session in moving:
        if session.slug not in settled:
            settled[session.slug] = free_slug(session.slug, taken)
            taken.add(settled[session.slug])
    return settled


def _lasts(session: Session, entry: SessionEntry) -> bool:
    """The slug says the title and the conference: only where these are the same it still tells the truth."""
    before = entry.session
    if not session.published:
        return True  # what was last published stays, and so does its address
    return session.event == before.event and plain(session.title) == plain(before.title)


def free_slug(slug: str, taken: set[str]) -> str:
    """The slug, or the slug with the first number that makes it unique."""
    if slug not in taken:
        return slug
    return next(f"{slug}-{number}" for number in count(2) if f"{slug}-{number}" not in taken)
