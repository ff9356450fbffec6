"""Owns the proof that subscribers end with the schedule: posts are edited, real programs follow the feed.

What is expected comes from the list of talks that the posts are written from, never from a feed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Thread
from urllib.request import urlopen
from venv import EnvBuilder
from zoneinfo import ZoneInfo

import icalendar
import pytest
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event
from ical.store import EventStore
from werkzeug.serving import make_server

from feeds.catalog import Catalog
from feeds.compile import Site
from feeds.settings import Settings
from feeds.web import create_app
from tests.conformance.checker import check

START = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
AFTERWARDS = datetime(2027, 9, 1, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)

Shown = tuple[str, object, object, str]
"""What a calendar shows: title, start, end, status; instants in UTC, days as days."""


@dataclass(frozen=True, kw_only=True)
class Conference:
    """A conference as its organisers speak of it."""

    name: str
    city: str
    zone: str
    first: date
    days: int


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A talk as its organisers speak of it; `day` counts from the first."""

    title: str
    conference: str
    day: int
    at: str
    minutes: int = 45
    room: str = "Pier Hall"
    speaker: str | None = None
    struck: bool = False
    post: str = "harbour"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All there is; `deleted` are talks that no post holds any more though calendars have heard of them."""

    conferences: Mapping[str, Conference]
    talks: Mapping[str, Talk]
    deleted: Mapping[str, Talk] = field(default_factory=dict)

    def posts(self) -> dict[str, str]:
        """The posts, written as people write them."""
        names = sorted({talk.post for talk in self.talks.values()})
        return {name: self._post(name) for name in names}

    def _post(self, name: str) -> str:
        own = [talk for talk in self.talks.values() if talk.post == name]
        lines = ["---", f"title: What is on at the {name}", "date: 2027-01-02", "---", ""]
        for key in dict.fromkeys(talk.conference for talk in own):
            home = self.conferences[key]
            last = home.first + (home.days - 1) * DAY
            lines += [f"## {home.name} in {home.city}, {home.first.day}-{last.day} {last:%B %Y}", ""]
            for talk in (talk for talk in own if talk.conference == key):
                lines += self._section(talk)
        return "\n".join(lines)

    def _section(self, talk: Talk) -> list[str]:
        start, end = self.times(talk)
        title = f"~~{talk.title}~~" if talk.struck else talk.title
        when = f"{start:%A}, {start.day} {start:%B %Y}, {start:%H:%M} - {end:%H:%M}"
        speaker = [f"Speaker: {talk.speaker}"] if talk.speaker else []
        return [f"### {title}", "", f"When: {when}", f"Where: {talk.room}", *speaker, ""]

    def times(self, talk: Talk) -> tuple[datetime, datetime]:
        """When a talk starts and ends, at the wall of its city."""
        home = self.conferences[talk.conference]
        day = home.first + talk.day * DAY
        start = datetime.fromisoformat(f"{day}T{talk.at}").replace(tzinfo=ZoneInfo(home.zone))
        return start, start + timedelta(minutes=talk.minutes)

    def shown(self, *, cancelled: bool = True) -> list[Shown]:
        """What every calendar has to show, sorted."""
        said = [
            (home.name, home.first, home.first + home.days * DAY, "CONFIRMED")
            for home in self.conferences.values()
        ]
        for talk in self.talks.values():
            said.append(self.show(talk, off=talk.struck))
        said += [self.show(talk, off=True) for talk in self.deleted.values()]
        return sorted(one for one in map(_comparable, said) if cancelled or one[3] != "CANCELLED")

    def show(self, talk: Talk, *, off: bool) -> Shown:
        """What a calendar shows of a talk, called off or not."""
        start, end = self.times(talk)
        return talk.title, start.astimezone(UTC), end.astimezone(UTC), "CANCELLED" if off else "CONFIRMED"


def _comparable(shown: Shown) -> tuple[str, str, str, str]:
    title, start, end, status = shown
    return title.removeprefix("Cancelled: "), str(start), str(end), status


Edit = Callable[[Plan], Plan]


def change(*keys: str, **fields: object) -> Edit:
    """Talks with other facts."""

    def edit(plan: Plan) -> Plan:
        talks = {key: replace(plan.talks[key], **fields) for key in keys}  # type: ignore[arg-type]
        return replace(plan, talks={**plan.talks, **talks})

    return edit


def add(key: str, talk: Talk) -> Edit:
    """One more talk."""
    return lambda plan: replace(plan, talks={**plan.talks, key: talk})


def delete(key: str) -> Edit:
    """A talk that is just not there any more."""

    def edit(plan: Plan) -> Plan:
        left = {name: talk for name, talk in plan.talks.items() if name != key}
        return replace(plan, talks=left, deleted={**plan.deleted, key: plan.talks[key]})

    return edit


def bring_back(key: str, **fields: object) -> Edit:
    """A deleted talk that is there again."""

    def edit(plan: Plan) -> Plan:
        left = {name: talk for name, talk in plan.deleted.items() if name != key}
        talk = replace(plan.deleted[key], **fields)  # type: ignore[arg-type]
        return replace(plan, talks={**plan.talks, key: talk}, deleted=left)

    return edit


def rename_conference(key: str, **fields: object) -> Edit:
    """A conference with other facts."""

    def edit(plan: Plan) -> Plan:
        home = replace(plan.conferences[key], **fields)  # type: ignore[arg-type]
        return replace(plan, conferences={**plan.conferences, key: home})

    return edit


def reverse(plan: Plan) -> Plan:
    """Everything in another order."""
    return replace(plan, talks=dict(reversed(plan.talks.items())))


FIRST = Plan(
    conferences={
        "sea": Conference(
            name="Harbour Conf", city="Lisbon", zone="Europe/Lisbon", first=date(2027, 5, 4), days=3
        ),
        "snow": Conference(
            name="Summit Days", city="Oslo", zone="Europe/Oslo", first=date(2027, 6, 8), days=2
        ),
    },
    talks={
        "tides": Talk(title="Reading the Tides", conference="sea", day=0, at="09:00", speaker="Ines Prado"),
        "ropes": Talk(
            title="Ropes and Knots in Practice", conference="sea", day=0, at="10:00", speaker="Tom Vale"
        ),
        "charts": Talk(title="Charting Unknown Waters", conference="sea", day=0, at="11:00"),
        "panel": Talk(title="Who Owns the Sea?", conference="sea", day=1, at="10:00", room="Dock Room"),
        "coffee1": Talk(title="Coffee with the Crew", conference="sea", day=0, at="15:00", minutes=30),
        "coffee2": Talk(title="Coffee with the Crew", conference="sea", day=1, at="15:00", minutes=30),
        "snow": Talk(
            title="Snow Load on Steel Roofs",
            conference="snow",
            day=0,
            at="10:00",
            speaker="Kari Moe",
            post="summit",
        ),
        "lunch": Talk(
            title="Lunch in the Hut", conference="snow", day=0, at="12:00", minutes=60, post="summit"
        ),
        "ski": Talk(title="Skis for Surveyors", conference="snow", day=1, at="09:00", post="summit"),
    },
)

EDITS: tuple[Edit, ...] = (
    change("tides", at="09:30"),
    change("tides", day=1, at="16:00"),
    change("ropes", title="Ropes and Knots by Hand"),
    change("charts", room="Attic Room"),
    change("panel", speaker="Ada Lund"),
    change("panel", struck=True),
    change("coffee1", at="15:30"),
    delete("coffee2"),
    bring_back("coffee2"),
    change("panel", struck=False),
    change("snow", minutes=90),
    delete("ropes"),
    add("whales", Talk(title="Whales on Sonar", conference="sea", day=2, at="09:00", speaker="Wei Chen")),
    bring_back("ropes", at="13:00"),
    change("lunch", at="12:30", room="Hut"),
    # a post under another name, a post split in two, and put together again
    change("snow", "lunch", "ski", post="mountains"),
    change("charts", "panel", post="harbour-second-part"),
    change("charts", "panel", post="harbour"),
    reverse,
    change("ski", title="Skis for Surveyors and Geologists"),
    change("ski", title="Skis for Surveyors"),
    rename_conference("sea", name="Harbour Conf by the Sea"),
    change("tides", "coffee1", day=2),
    change("whales", speaker="Wei Chen & Lea Storm"),
    delete("whales"),
    change("charts", title="Charting Unknown Waters, Part One", at="11:30"),
    add("coffee3", Talk(title="Coffee with the Crew", conference="sea", day=2, at="11:00", minutes=30)),
    delete("coffee1"),
    change("snow", conference="snow", day=1, at="14:00", room="Ridge Room"),
    change("lunch", struck=True),
    rename_conference("snow", name="Nordic Summit Days"),
    change("ropes", struck=True),
)


class Stage:
    """A folder of posts that is published again and again, with the record and a clock of our own."""

    def __init__(self, folder: Path) -> None:
        self.posts = folder / "posts"
        self.catalog = folder / "catalog"
        self.posts.mkdir()
        self._site = Site(self.posts, settings=Settings(title="Talks"), catalog=self.catalog)

    def publish(self, plan: Plan, now: datetime) -> bytes:
        """Write the posts, compile them, and give the feed of everything."""
        wanted = plan.posts()
        for path in self.posts.glob("*.md"):
            if path.stem not in wanted:
                path.unlink()
        for name, text in wanted.items():
            (self.posts / f"{name}.md").write_text(text, encoding="utf-8")
        self._site.compile(now=now)
        feed = Catalog.open(self.catalog).feed("/all.ics")
        assert feed is not None
        return feed.body


def plans() -> Iterator[tuple[int, Plan]]:
    """The plan after each edit."""
    plan = FIRST
    yield 0, plan
    for number, edit in enumerate(EDITS, start=1):
        plan = edit(plan)
        yield number, plan


class Follower:
    """A calendar in Home Assistant's store, which takes from a feed what is newer (RFC 5546 section 2.1.5).

    It forgets nothing by itself: what is not cancelled for it stays for ever.
    """

    def __init__(self) -> None:
        self.calendar = Calendar()
        self._store = EventStore(self.calendar)

    def take(self, feed: bytes) -> None:
        """Bring the calendar up to date."""
        told = IcsCalendarStream.calendar_from_ics(feed.decode())
        assert len({event.uid for event in told.events}) == len(told.events)
        at = {event.uid: number for number, event in enumerate(self.calendar.events)}
        for event in told.events:
            if event.uid not in at:
                self._store.add(event)
            # Not by the store's own `edit`: it removes whatever is related to what is edited.
            elif _version(event) > _version(self.calendar.events[at[event.uid]]):
                self.calendar.events[at[event.uid]] = event

    def shown(self) -> list[tuple[str, str, str, str]]:
        """What it shows, sorted."""
        return sorted(_comparable(_of_store(event)) for event in self.calendar.events)


def _version(event: Event) -> tuple[int, datetime]:
    assert isinstance(event.dtstamp, datetime)
    return event.sequence or 0, event.dtstamp


def _of_store(event: Event) -> Shown:
    status = event.status.value if event.status else ""
    return event.summary or "", _utc(event.dtstart), _utc(event.end), status


def _utc(moment: datetime | date) -> datetime | date:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


def test_home_assistant_has_the_schedule_after_every_edit(tmp_path: Path) -> None:
    stage, follower = Stage(tmp_path), Follower()
    for number, plan in plans():
        feed = stage.publish(plan, START + number * DAY)
        follower.take(feed)
        assert follower.shown() == plan.shown(), f"after edit {number}"
        assert check(feed) == []


@pytest.mark.parametrize("step", [2, 5, len(EDITS)])
def test_who_looks_only_now_and_then_has_the_schedule_too(tmp_path: Path, step: int) -> None:
    stage, follower = Stage(tmp_path), Follower()
    for number, plan in plans():
        feed = stage.publish(plan, START + number * DAY)
        if number % step == 0:
            follower.take(feed)
            assert follower.shown() == plan.shown(), f"after edit {number}"


def test_identity_of_a_talk_never_changes(tmp_path: Path) -> None:
    """Whatever is edited: by title and time, which no two of our talks share, each keeps its UID."""
    stage = Stage(tmp_path)
    uids: dict[str, str] = {}
    for number, plan in plans():
        feed = stage.publish(plan, START + number * DAY)
        found = {_comparable(_of_icalendar(event))[:3]: str(event["UID"]) for event in _events(feed)}
        for key, talk in {**plan.talks, **plan.deleted}.items():
            uid = found[_comparable(plan.show(talk, off=False))[:3]]
            assert uids.setdefault(key, uid) == uid, f"`{key}` after edit {number}"
    assert len(set(uids.values())) == len(uids)


def test_what_was_cancelled_is_gone_in_the_end(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    for number, plan in plans():
        stage.publish(plan, START + number * DAY)
    last = change("ski", room="Top")(plan)
    feed = stage.publish(last, AFTERWARDS)
    assert sorted(_comparable(_of_icalendar(event)) for event in _events(feed)) == last.shown(cancelled=False)


def _events(feed: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(feed).walk("VEVENT"))


def _of_icalendar(event: icalendar.Event) -> Shown:
    return str(event["SUMMARY"]), _utc(event.start), _utc(event.end), str(event["STATUS"])


# vdirsyncer: a program of its own, which mirrors the feed into a folder over HTTP.


@cache
def vdirsyncer() -> Path:
    """The program, installed beside the other caches of this user if it is nowhere else; skips without it."""
    installed = shutil.which("vdirsyncer")
    if installed is not None:
        return Path(installed)
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "feeds-tests" / "vdirsyncer"
    program = home / "bin" / "vdirsyncer"
    if not program.exists():
        try:
            EnvBuilder(with_pip=True, clear=True).create(home)
            command = [str(home / "bin" / "pip"), "install", "--quiet", "--retries", "1", "vdirsyncer>=0.19"]
            subprocess.run(command, check=True, capture_output=True, timeout=200)  # noqa: S603
        except (OSError, subprocess.SubprocessError) as problem:
            shutil.rmtree(home, ignore_errors=True)
            pytest.skip(f"vdirsyncer cannot be installed: {problem}")
    return program


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


@pytest.fixture
def address(stage: Stage) -> Iterator[str]:
    """Where the site is served while a test runs."""
    stage.publish(FIRST, START)
    server = make_server("127.0.0.1", 0, create_app(stage.catalog), threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


class Mirror:
    """A folder that vdirsyncer keeps like a feed."""

    def __init__(self, folder: Path, *, feed: str) -> None:
        self._program = vdirsyncer()
        self._folder = folder
        self.disk = folder / "disk"
        self.disk.mkdir(parents=True)
        (folder / "config").write_text(
            f'[general]\nstatus_path = "{folder}/status"\n'
            '[pair talks]\na = "web"\nb = "disk"\ncollections = null\n'
            f'[storage web]\ntype = "http"\nurl = "{feed}"\n'
            f'[storage disk]\ntype = "filesystem"\npath = "{self.disk}"\nfileext = ".ics"\n',
            encoding="utf-8",
        )
        self._run("discover")

    def sync(self) -> None:
        """Once, as a timer would."""
        self._run("sync")

    def _run(self, command: str) -> None:
        environ = {"HOME": str(self._folder), "LANG": "C.UTF-8", "PATH": os.defpath}
        done = subprocess.run(  # noqa: S603 - our own command
            [str(self._program), "--config", str(self._folder / "config"), command],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def shown(self) -> list[tuple[str, str, str, str]]:
        """What a calendar program shows that reads the folder, sorted."""
        files = sorted(self.disk.glob("*.ics"))
        events = [event for file in files for event in _events(file.read_bytes())]
        return sorted(_comparable(_of_icalendar(event)) for event in events)


def wait_for(address: str, digest: str) -> None:
    """Until the server has seen the new catalog, as it does by itself."""
    for _ in range(100):
        with urlopen(f"{address}/healthz", timeout=5) as reply:  # noqa: S310 - our own server
            if json.load(reply)["digest"] == digest:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not notice the new catalog")


@pytest.mark.timeout(300)
def test_vdirsyncer_mirrors_the_schedule(stage: Stage, address: str, tmp_path: Path) -> None:
    whole = Mirror(tmp_path / "whole", feed=f"{address}/all.ics")
    hidden = Mirror(tmp_path / "hidden", feed=f"{address}/all.ics?cancelled=hide")
    for number, plan in plans():
        stage.publish(plan, START + number * DAY)
        if number % 4 == 0 or number == len(EDITS):
            wait_for(address, Catalog.open(stage.catalog).meta.digest)
            whole.sync()
            hidden.sync()
            assert whole.shown() == plan.shown(), f"after edit {number}"
            assert hidden.shown() == plan.shown(cancelled=False), f"after edit {number}"
