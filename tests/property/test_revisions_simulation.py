"""A year of random edits, followed by calendars that obey RFC 5546, mirror a feed, or act as Google does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from feeds.model import Revision, Schedule, Session
from feeds.revisions import Memory, Record, Revised, format_record, parse_record, revise
from feeds.revisions.bulk import Standing
from tests.unit.revisions_site import LISBON, OSLO, Conference, Site, Talk, line_of

DAY = timedelta(days=1)
START = datetime(2027, 1, 1, 9, 0, tzinfo=UTC)
ROOMS = (None, "Pier", "Dock", "Attic")
PEOPLE = (("Ines Prado",), ("Tom Vale",), ("Lea Storm", "Wei Chen"), ("Ada Lund",), ("Rui Matos", "Odd Berg"))
TITLES = ("Reading the Tides", "Knots in Practice", "Charting Unknown Waters", "Coffee", "Snow Load on Steel")
POSTS = ("posts/harbour.md", "posts/summit.md", "posts/extra.md")
CLOCKS = ("09:00", "10:00", "11:30", "15:00")
STATUSES = ("confirmed", "tentative", "cancelled", "postponed")

NAMES = {
    "harbour": ("Harbour Conf", "Harbour Conf by the Sea", "Quays and Cranes"),
    "summit": ("Summit Days", "Nordic Summit Days", "Roofs under Load"),
}

FIRST = Site(
    events={
        "harbour": Conference(name="Harbour Conf", start=date(2027, 9, 6)),
        "summit": Conference(
            name="Summit Days", start=date(2027, 10, 11), place=OSLO, post="posts/summit.md"
        ),
    },
    talks={
        f"{event}{number}": Talk(
            title=f"{TITLES[number % 5]}" if number < 6 else f"Lightning {number}",
            event=event,
            day=number % 3,
            at=CLOCKS[number % 4],
            people=PEOPLE[number % 5] if number % 5 != 3 else (),
            room=ROOMS[number % 4],
            url=f"https://{event}.example/{number}" if number % 2 else None,
            post=f"posts/{event}.md",
        )
        for event in ("harbour", "summit")
        for number in range(7)
    },
)


# What authors do. Each edit takes the site, a talk's key and a number, and keeps the talk recognisable.


def move(site: Site, key: str, number: int) -> Site:
    return with_talk(site, key, at=CLOCKS[number % 4], day=number % 3)


def stretch(site: Site, key: str, number: int) -> Site:
    return with_talk(site, key, minutes=(None, 30, 45, 90)[number % 4])


def retitle(site: Site, key: str, number: int) -> Site:
    return with_talk(
        site, key, title=f"{site.talks[key].title.split(':')[0]}: {('', 'again', 'on stage')[number % 3]}"
    )


def refurnish(site: Site, key: str, number: int) -> Site:
    return with_talk(site, key, room=ROOMS[number % 4], track=(None, "Sea", "Snow")[number % 3])


def recast(site: Site, key: str, number: int) -> Site:
    return with_talk(site, key, people=PEOPLE[number % 5])


def relink(site: Site, key: str, number: int) -> Site:
    return with_talk(site, key, url=(None, f"https://links.example/{key}/{number % 3}")[number % 2])


def describe(site: Site, key: str, number: int) -> Site:
    return with_talk(site, key, description=f"Words, {number % 4} of them.")


def declare(site: Site, key: str, number: int) -> Site:
    return with_talk(site, key, status=STATUSES[number % 4])


def refile(site: Site, key: str, number: int) -> Site:
    return with_talk(site, key, post=POSTS[number % 3])


def drop(site: Site, key: str, number: int) -> Site:  # noqa: ARG001 - every edit has one shape
    return replace(site, talks={name: talk for name, talk in site.talks.items() if name != key})


def add(site: Site, key: str, number: int) -> Site:
    """A talk like another one, or of a title that is there already, or quite new."""
    new = next(
        name for name in (f"new{at}" for at in count()) if name not in site.talks and name not in RETIRED
    )
    RETIRED.add(new)
    fresh = Talk(
        title=f"Fresh idea {number}", at=CLOCKS[number % 4], day=number % 3, people=PEOPLE[number % 5]
    )
    repeat = replace(site.talks[key], at=CLOCKS[number % 4], day=number % 3, room="Cellar", url=None)
    return replace(site, talks={**site.talks, new: fresh if number % 2 else repeat})


def rename_event(site: Site, key: str, number: int) -> Site:
    event = site.talks[key].event
    return with_event(site, event, name=NAMES[event][number % 3])


def rehouse(site: Site, key: str, number: int) -> Site:
    return with_event(
        site,
        site.talks[key].event,
        venue=("Quay Hall", "Tower")[number % 2],
        place=(LISBON, OSLO)[number // 2 % 2],
    )


WORDS = tuple(
    f"{one}{two}" for one in ("salt", "wind", "rope", "tar", "kelp") for two in ("house", "gate", "mill")
)
RETIRED: set[str] = set()
EDITS = (
    move,
    stretch,
    retitle,
    refurnish,
    recast,
    relink,
    describe,
    declare,
    refile,
    drop,
    add,
    rename_event,
    rehouse,
)


def with_talk(site: Site, key: str, **fields: Any) -> Site:
    return replace(site, talks={**site.talks, key: replace(site.talks[key], **fields)})


def with_event(site: Site, key: str, **fields: Any) -> Site:
    return replace(site, events={**site.events, key: replace(site.events[key], **fields)})


# What is published, as calendars see it


@dataclass(frozen=True)
class Item:
    """A VEVENT. `told` is whatever its bytes say but for the revision, `core` what SEQUENCE is about."""

    revision: Revision
    cancelled: bool
    core: tuple[object, ...]
    told: tuple[object, ...]


def feed(revised: Revised) -> dict[str, Item]:
    schedule = revised.schedule
    events = {event.slug: event for event in schedule.events}
    names = {speaker.slug: speaker.name for speaker in schedule.speakers}
    items: dict[str, Item] = {}
    for session in schedule.sessions:
        event = events[session.event or ""]
        place = (session.room, event.venue, event.place)
        core = (session.title, str(session.start), str(session.end), session.timezone, session.status, *place)
        people = tuple(names[slug] for slug in session.speakers)
        told = (
            *core,
            event.name,
            event.uid,
            session.track,
            session.url,
            session.description,
            people,
            session.slug,
        )
        assert session.uid not in items, "a UID stands twice"
        items[session.uid or ""] = Item(
            revised.revisions[session.uid or ""], session.status == "cancelled", core, told
        )
    return items


@dataclass
class Calendars:
    """Three subscribers: what each shows, by UID."""

    scheduler: dict[str, Item] = field(default_factory=dict)
    mirror: dict[str, Item] = field(default_factory=dict)
    google: dict[str, Item] = field(default_factory=dict)

    def poll(self, items: Mapping[str, Item]) -> None:
        for uid, item in items.items():
            old = self.scheduler.get(uid)
            if old is None or stamp(item) > stamp(old):  # RFC 5546 section 2.1.5
                self.scheduler[uid] = item
            seen = self.mirror.get(uid)
            if seen is None or item.revision.last_modified > seen.revision.last_modified:  # ICSx5
                self.mirror[uid] = item
            known = self.google.get(uid)
            if known is None or item.revision.sequence > known.revision.sequence:  # Google
                self.google[uid] = item
        self.mirror = {uid: item for uid, item in self.mirror.items() if uid in items}


def stamp(item: Item) -> tuple[int, datetime]:
    return item.revision.sequence, item.revision.last_modified


# The play


@dataclass
class Play:
    """A site, its record, its subscribers, and which UID each talk had; `alike` nobody can tell apart."""

    site: Site = FIRST
    record: Record = field(default_factory=Record)
    now: datetime = START
    items: dict[str, Item] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    alike: frozenset[str] = frozenset()
    calendars: Calendars = field(default_factory=Calendars)
    shown: Schedule = field(default_factory=Schedule)
    memories: tuple[Memory, Memory, Memory] = field(default_factory=lambda: (Memory(), Memory(), Memory()))

    def publish(self, *, whole: bool) -> None:
        """Compile and poll."""
        schedule, before = self.site.schedule(), self.record
        revised = revise(schedule, record=before, now=self.now, confirm=True)
        items = feed(revised)
        check_revisions(self.items, items)
        check_reader(schedule, before, items)
        self.check_memories(schedule, before, revised)
        check_rebuild(self.site, revised, now=self.now, whole=whole)
        assert before.sessions.keys() <= revised.record.sessions.keys(), "a UID was lost"
        owners = self.check_owners(revised.schedule.sessions)
        self.record, self.items = revised.record, items
        self.owners |= owners
        self.alike = twins(self.site)
        self.calendars.poll(items)
        self.check_calendars(items)

    def break_post(self, path: str) -> None:
        """An error in a post: everything it published stays, to the byte."""
        if self.alike:
            return
        talks = {key: talk for key, talk in self.site.talks.items() if talk.post != path}
        homes = {talk.event for talk in talks.values()}
        events = {key: one for key, one in self.site.events.items() if one.post != path or key in homes}
        rest = replace(self.site, talks=talks, events=events)
        revised = revise(rest.schedule(), record=self.record, now=self.now, broken={path})
        assert feed(revised) == self.items
        assert revised.record is self.record

    def check_memories(self, schedule: Schedule, before: Record, revised: Revised) -> None:
        """Who remembers the last time, with the same objects for what is the same, says the same."""
        writing, reading, lines = self.memories
        self.shown = schedule = with_same_objects(schedule, self.shown)
        assert revise(schedule, record=before, now=self.now, confirm=True, memory=writing) == revised
        assert revise(schedule, record=Record(), memory=reading) == revise(schedule, record=Record())
        assert format_record(revised.record, memory=lines) == format_record(revised.record)
        assert Standing.of(revised.record) == Standing.of(replace(revised.record))

    def check_owners(self, sessions: tuple[Session, ...]) -> dict[str, str]:
        keys = {line_of(key): key for key in self.site.talks}
        owners = {keys[session.line]: session.uid or "" for session in sessions if session.line in keys}
        assert owners.keys() == self.site.talks.keys(), "a session was lost"
        alike = twins(self.site) | self.alike
        for key, uid in owners.items():
            assert key in alike or self.owners.get(key, uid) == uid, "a session has another UID"
        return owners

    def check_calendars(self, items: Mapping[str, Item]) -> None:
        current = {uid: item.told for uid, item in items.items() if not item.cancelled}
        for shown in (self.calendars.scheduler, self.calendars.mirror):
            assert {uid: item.told for uid, item in shown.items() if not item.cancelled} == current
        core = {uid: item.core for uid, item in items.items() if not item.cancelled}
        assert {uid: item.core for uid, item in self.calendars.google.items() if not item.cancelled} == core


def with_same_objects(schedule: Schedule, before: Schedule) -> Schedule:
    """An equal schedule; what is as it was is the object that it was, as linking has it."""
    kept = {
        one: one
        for one in (*before.events, *before.sessions, *before.speakers, *before.tracks, *before.posts)
    }
    return Schedule(
        events=tuple(kept.get(one, one) for one in schedule.events),
        sessions=tuple(kept.get(one, one) for one in schedule.sessions),
        speakers=tuple(kept.get(one, one) for one in schedule.speakers),
        tracks=tuple(kept.get(one, one) for one in schedule.tracks),
        posts=tuple(kept.get(one, one) for one in schedule.posts),
    )


def twins(site: Site) -> frozenset[str]:
    """Talks that say the same but for their room, link or words."""
    groups: dict[tuple[object, ...], list[str]] = {}
    for key, talk in site.talks.items():
        groups.setdefault((talk.event, talk.title, talk.day, talk.at, talk.people), []).append(key)
    return frozenset(key for group in groups.values() if len(group) > 1 for key in group)


def check_revisions(before: Mapping[str, Item], after: Mapping[str, Item]) -> None:
    """What changed has risen, what did not has not."""
    for uid in before.keys() & after.keys():
        old, new = before[uid], after[uid]
        if old.told == new.told:
            assert new.revision == old.revision
            continue
        assert new.revision.last_modified > old.revision.last_modified
        assert new.revision.created == old.revision.created
        assert new.revision.sequence == old.revision.sequence + (old.core != new.core)
    assert all(after[uid].revision.sequence == 0 for uid in after.keys() - before.keys())
    assert before.keys() <= after.keys(), "a session went without being cancelled"


def check_reader(schedule: Schedule, record: Record, items: Mapping[str, Item]) -> None:
    """A machine that may not write the record serves what the record will say, under times of its own."""
    read = feed(revise(schedule, record=record, confirm=True))
    assert {uid: (one.told, one.revision.sequence) for uid, one in read.items()} == {
        uid: (one.told, one.revision.sequence) for uid, one in items.items()
    }


def check_rebuild(site: Site, revised: Revised, *, now: datetime, whole: bool) -> None:
    """Another machine, later, with the posts in another order; where `whole`, the record from its file."""
    turned = replace(
        site, talks=dict(reversed(site.talks.items())), events=dict(reversed(site.events.items()))
    )
    record = revised.record
    if whole:
        text = format_record(record)
        record, told = parse_record(text, path="revisions.json")
        assert (record, told, format_record(record)) == (revised.record, (), text)
    again = revise(turned.schedule(), record=record, now=now + timedelta(hours=1))
    assert again.record is record
    assert (feed(again), again.revisions, again.changes) == (feed(revised), revised.revisions, ())
    assert twins(site) or again.schedule == revised.schedule
    assert (again.aliases, again.gone) == (revised.aliases, revised.gone)


NOTHING = len(EDITS)
STEPS = st.lists(
    st.tuples(st.integers(0, NOTHING), st.integers(0, 40), st.integers(0, 11)), min_size=50, max_size=52
)


@settings(max_examples=45, deadline=None, derandomize=True, phases=(Phase.generate, Phase.shrink))
@given(STEPS)
def test_subscribers_end_with_the_current_schedule(steps: list[tuple[int, int, int]]) -> None:
    RETIRED.clear()
    play = Play()
    play.publish(whole=True)
    for kind, which, number in steps:
        if kind == 0 or not play.site.talks:  # what a failure shrinks to
            continue
        keys = sorted(play.site.talks)
        play.site = EDITS[kind - 1](play.site, keys[which % len(keys)], number)
        play.now += timedelta(minutes=(7 * number - 20) * 10)  # clocks go wrong, too
        play.publish(whole=number == 0)
        if number == 1:
            play.break_post(POSTS[which % 3])
