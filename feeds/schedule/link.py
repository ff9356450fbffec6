"""Owns linking: what each post says by itself becomes one schedule with slugs and aware times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from functools import partial
from itertools import chain

from feeds.diagnostics import Diagnostic
from feeds.model import Event, PostInfo, Schedule, Track
from feeds.sameness import Exchange, exchange, resorted
from feeds.schedule.checks import clashes
from feeds.schedule.conferences import confer
from feeds.schedule.memory import Memory
from feeds.schedule.sessions import Placed, Told, place, tracks
from feeds.schedule.slugs import post_slugs
from feeds.schedule.speakers import gather, similar
from feeds.schedule.speaking import speaking
from feeds.understand.draft import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The schedule, and what linking found."""

    schedule: Schedule
    diagnostics: tuple[Diagnostic, ...]


def link(drafts: Iterable[Draft], *, broken: Iterable[str] = (), memory: Memory | None = None) -> Linked:
    """One schedule of all drafts; the same whatever their order. `broken` are paths that could not be read.

    `memory` is brought up to date: what did not change since is the same object again.
    Reports: similar-names, duplicate-session, room-double-booked, speaker-double-booked.
    """
    memory = Memory() if memory is None else memory
    memory.turn()
    shown = sorted((draft for draft in drafts if not draft.hidden), key=lambda draft: draft.source.path)
    spoken = list(zip((draft.source for draft in shown), speaking(shown, memory), strict=True))
    people = gather(spoken, memory)
    conferences = confer(shown, memory)
    placed, findings = place(spoken, conferences=conferences, people=people, memory=memory)
    change, ordered = _ordered(placed, memory)
    schedule = Schedule(
        events=tuple(sorted(conferences.shown({one.session.event for one in placed}), key=_event_order)),
        sessions=tuple([one.session for one in ordered]),
        speakers=tuple(people.speakers.values()),
        tracks=_tracks(tracks(spoken, slugs=conferences.slugs, memory=memory), memory),
        posts=_posts(shown, broken, memory),
    )
    return Linked(
        schedule=schedule,
        diagnostics=(
            *findings,
            *similar(people, spoken, memory=memory),
            *clashes(change, people.speakers, memory=memory),
        ),
    )


def _ordered(placed: list[Placed], memory: Memory) -> tuple[Exchange[Placed], list[Placed]]:
    """What came and went since the last compile, and all in session order."""
    last = memory.last("placed")
    before, ordered = last if isinstance(last, tuple) else ([], [])
    change = exchange(placed, before)
    ordered = resorted(ordered, change, key=_session_order)
    memory.keep("placed", (placed, ordered))
    return change, ordered


def _event_order(event: Event) -> tuple[date, str]:
    return (event.start or date.max, event.slug)


def _session_order(one: Placed) -> tuple[str, str, str]:
    """`session_order`, for which the start was spelt out when the session was read."""
    return (one.begins, one.session.event or "", one.session.slug)


def _tracks(told: Sequence[tuple[Told, ...]], memory: Memory) -> tuple[Track, ...]:
    """Each track once: the first name that was told, the first address, its rank in its event."""
    return memory.made_of("all tracks", tuple(told), make=partial(_tracks_anew, told))


def _tracks_anew(told: Iterable[tuple[Told, ...]], before: tuple[Track, ...] | None) -> tuple[Track, ...]:
    found: dict[tuple[str, str], tuple[str, str | None]] = {}
    for event, slug, name, url in chain.from_iterable(told):
        known = found.get((event, slug))
        if known is None or (known[1] is None and url is not None):
            found[event, slug] = (known[0] if known else name, url)
    past = {(track.event, track.slug): track for track in before or ()}
    counts: Counter[str] = Counter()
    ranks: dict[tuple[str, str], int] = {}
    for event, slug in found:
        ranks[event, slug] = counts[event]
        counts[event] += 1
    made = (
        Track(event=event, slug=slug, name=name, url=url, rank=ranks[event, slug])
        for (event, slug), (name, url) in sorted(found.items())
    )
    return tuple(
        past[key] if past.get(key := (track.event, track.slug)) == track else track for track in made
    )


def _posts(drafts: Sequence[Draft], broken: Iterable[str], memory: Memory) -> tuple[PostInfo, ...]:
    read = {draft.source.path: draft for draft in drafts}
    paths = [*read, *sorted(set(broken) - read.keys())]
    slugs = post_slugs(paths)
    infos = [
        memory.made(("post", path), (read.get(path), slug), make=partial(_post, path, slug, read.get(path)))
        for path, slug in zip(paths, slugs, strict=True)
    ]
    return tuple(sorted(infos, key=lambda info: info.slug))


def _post(path: str, slug: str, draft: Draft | None) -> PostInfo:
    if draft is None:
        return PostInfo(slug=slug, path=path, title=slug, broken=True)
    return PostInfo(
        slug=slug,
        path=path,
        title=draft.title,
        description=draft.description,
        image=draft.image,
        author=draft.author,
        url=draft.url,
        language=draft.language,
        stamp=draft.stamp.astimezone(UTC) if draft.stamp else None,
    )
