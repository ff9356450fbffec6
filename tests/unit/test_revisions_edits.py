"""Owns the table of edits: what authors do to posts, and what becomes of each session in calendars."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from feeds.model import Status
from feeds.revisions import Record, Revised, format_record, parse_record, revise
from tests.unit.revisions_site import (
    ABSTRACT,
    EDITED,
    LISBON,
    MADE,
    SITE,
    Edit,
    Site,
    Talk,
    add,
    change,
    conference,
    drop,
    drop_event,
    edited,
    line_of,
    rename_post,
)


@dataclass(frozen=True)
class Fate:
    """Whose UID a session has now, its SEQUENCE, and whether LAST-MODIFIED rose."""

    of: str | None
    sequence: int
    modified: bool = True
    status: Status = "confirmed"


def told(of: str, status: Status = "confirmed") -> Fate:
    """The same session, SEQUENCE raised."""
    return Fate(of, 1, status=status)


def touched(of: str) -> Fate:
    """The same session with other bytes that calendars do not count."""
    return Fate(of, 0)


def cancelled(of: str) -> Fate:
    """Announced as cancelled."""
    return told(of, "cancelled")


NEW = Fate(None, 0, modified=False)


@dataclass(frozen=True)
class Case:
    """Edits, and the fates of the sessions that are not as they were, by key."""

    name: str
    edits: tuple[Edit, ...]
    fates: dict[str, Fate] = field(default_factory=dict)
    asks: int = 0
    confirm: bool = False


def case(name: str, *edits: Edit, asks: int = 0, confirm: bool = False, **fates: Fate) -> Case:
    return Case(name, edits, fates, asks, confirm)


HARBOUR = ("tides", "ropes", "charts", "coffee1", "coffee2", "panel", "boats")
SUMMIT = ("opening", "snow", "lunch", "part1", "part2")

AUTHORS_UID = "a UID of its author's"
"""It is the session's own from then on, also where it is not written any more."""

CASES = [
    case("nothing"),
    # titles
    case("a typo put right", change("tides", title="Reading the Tide"), tides=told("tides")),
    case("a title made longer", change("ropes", title="Ropes and Knots in Practice: a Field Guide"),
         ropes=told("ropes")),
    case("a title made shorter", change("ropes", title="Ropes and Knots"), ropes=told("ropes")),
    case("a title without its link beside it", change("charts", title="Charting the Unknown"),
         charts=told("charts")),
    case("another title, the same link", change("tides", title="How the Moon Pulls"), tides=told("tides")),
    case("another title, the same slot and people", change("charts", title="No Map Yet"),
         charts=told("charts")),
    case("another title and day, the same abstract and people",
         change("panel", title="Four Opinions on Water", day=2), panel=told("panel")),
    case("letter case only", change("snow", title="SNOW LOAD ON STEEL ROOFS"), snow=told("snow")),
    case("punctuation only", change("panel", title="Panel – who owns the sea"), panel=told("panel")),
    case("two titles swapped with their slots",
         change("ropes", at="11:00"), change("charts", at="10:00"), ropes=told("ropes"),
         charts=told("charts")),
    # times
    case("another time", change("tides", at="16:00"), tides=told("tides")),
    case("another day", change("ropes", day=2), ropes=told("ropes")),
    case("another length", change("panel", minutes=90), panel=told("panel")),
    case("no end any more", change("panel", minutes=None), panel=told("panel")),
    case("a time becomes a whole day", change("tides", at=None), tides=told("tides")),
    case("a whole day becomes a time", change("boats", at="14:00"), boats=told("boats")),
    case("another time and title", change("ropes", at="17:00", title="Ropes and Knots, in Practice!"),
         ropes=told("ropes")),
    case("another time, room and day", change("ropes", at="17:00", day=1, room="Dock"),
         ropes=told("ropes")),
    # places
    case("another room", change("tides", room="Lighthouse"), tides=told("tides")),
    case("no room any more", change("tides", room=None), tides=told("tides")),
    case("a first room", change("charts", room="Dock"), charts=told("charts")),
    case("another venue", conference("harbour", venue="Old Customs House"),
         **{key: told(key) for key in HARBOUR}),
    case("another city and zone", conference("summit", place=LISBON), **{key: told(key) for key in SUMMIT}),
    # people, tracks, links, texts
    case("another speaker", change("tides", people=("Rui Matos",)), tides=touched("tides")),
    case("one more speaker", change("ropes", people=("Tom Vale", "Rui Matos")), ropes=touched("ropes")),
    case("speakers in another order", change("charts", people=("Lea Storm", "Ines Prado")),
         charts=touched("charts")),
    case("another track", change("charts", track="Seamanship"), charts=touched("charts")),
    case("no track any more", change("charts", track=None), charts=touched("charts")),
    case("a format", change("panel", format="Panel"), panel=touched("panel")),
    case("a changed link", change("tides", url="https://harbour.example/2027/tides"),
         tides=touched("tides")),
    case("a first link", change("ropes", url="https://harbour.example/b"), ropes=touched("ropes")),
    case("a link fewer", change("tides", url=None), tides=touched("tides")),
    case("a changed link and another time", change("tides", url="https://harbour.example/t", at="12:00"),
         tides=told("tides")),
    case("two links swapped", change("ropes", url="https://harbour.example/a"),
         change("tides", url="https://harbour.example/b"), tides=touched("tides"), ropes=touched("ropes")),
    case("another text", change("panel", description=f"{ABSTRACT} Bring questions."),
         panel=touched("panel")),
    case("another speaker and another time", change("tides", people=("Rui Matos",), at="13:00"),
         tides=told("tides")),
    case("another speaker and title, the same link", change("tides", people=("Rui Matos",),
         title="Moonrise"),
         tides=told("tides")),
    # files
    case("another file name", rename_post("posts/harbour.md", "posts/2027-05-04-harbour.md")),
    case("a session in another post", change("ropes", post="posts/extra.md")),
    case("a post split in two", change("coffee2", "panel", "boats", post="posts/harbour-days-2-3.md")),
    case("two posts made one", rename_post("posts/summit.md", "posts/harbour.md")),
    case("another file name and another time", rename_post("posts/harbour.md", "posts/h.md"),
         change("tides", at="12:30"), tides=told("tides")),
    # conferences
    case("a conference under a longer name", conference("harbour", name="Harbour Conf Lisbon"),
         **{key: touched(key) for key in HARBOUR}),
    case("a conference under another name", conference("summit", name="Nordic Roof Forum"),
         **{key: touched(key) for key in SUMMIT}),
    case("a conference a week later", conference("harbour", start=date(2027, 5, 11)),
         **{key: told(key) for key in HARBOUR}),
    case("a session in another conference", change("lunch", event="harbour", day=35),
         lunch=told("lunch")),
    # repeats
    case("one repeat moved", change("coffee1", at="15:30"), coffee1=told("coffee1")),
    case("both repeats moved", change("coffee1", "coffee2", at="15:30"), coffee1=told("coffee1"),
         coffee2=told("coffee2")),
    case("one more repeat, before the others", add("coffee0", Talk(title="Coffee", at="08:00", minutes=30)),
         coffee0=NEW),
    case("one more repeat, between the others", add("coffee3", Talk(title="Coffee", at="18:00",
         minutes=30)),
         coffee3=NEW),
    case("one more repeat, after the others", add("coffee4", Talk(title="Coffee", at="15:00",
         minutes=30, day=2)),
         coffee4=NEW),
    case("one more repeat at the same time in a room of its own",
         add("coffee5", Talk(title="Coffee", at="15:00", minutes=30, room="Dock")), coffee5=NEW),
    case("the first repeat gone", drop("coffee1"), coffee1=cancelled("coffee1")),
    case("the last repeat gone", drop("coffee2"), coffee2=cancelled("coffee2")),
    case("one repeat gone, another new", drop("coffee1"),
         add("coffee4", Talk(title="Coffee", at="15:00", minutes=30, day=2)), coffee4=told("coffee1")),
    case("one repeat moved past the other", change("coffee1", day=2), coffee1=told("coffee1")),
    case("parts of a workshop swapped", change("part1", at="15:00"), change("part2", at="13:00"),
         part1=told("part1"), part2=told("part2")),
    case("one part gone, the other earlier", drop("part1"), change("part2", at="13:00"),
         part1=cancelled("part1"), part2=told("part2")),
    case("a third part", add("part3", Talk(title="Avalanche Workshop, Part 3", event="summit", at="16:00",
                                           people=("Liv Dal",), post="posts/summit.md")), part3=NEW),
    # new, cancelled, gone
    case("a new session", add("fog", Talk(title="Fog Signals", at="12:00", people=("Rui Matos",))),
         fog=NEW),
    case("a new session in a slot that is taken", add("fog", Talk(title="Fog Signals", room="Dock")),
         fog=NEW),
    case("a new session by someone who speaks already",
         add("fog", Talk(title="Fog Signals", at="12:00", people=("Ines Prado",))), fog=NEW),
    case("a session gone", drop("tides"), tides=cancelled("tides")),
    case("a session replaced by another one", drop("tides"),
         add("fog", Talk(title="Fog Signals", people=("Rui Matos",), room="Pier")),
         tides=cancelled("tides"), fog=NEW),
    case("a session cancelled by a word", change("snow", status="cancelled"), snow=cancelled("snow")),
    case("a session cancelled and moved", change("snow", status="cancelled", at="18:00"),
         snow=cancelled("snow")),
    case("a session not sure any more", change("snow", status="tentative"), snow=told("snow", "tentative")),
    case("a session postponed", change("snow", status="postponed"), snow=told("snow", "postponed")),
    case("a session postponed to nobody knows when", change("snow", status="postponed", unknown=True),
         snow=told("snow", "postponed")),
    case("a session of unknown time", change("snow", unknown=True)),
    case("a session with an error", change("snow", held="time-in-gap", at="17:00")),
    case("half of one conference gone", drop("part1", "part2"), part1=cancelled("part1"),
         part2=cancelled("part2")),
    case("a whole conference gone", drop_event("summit"), **{key: cancelled(key) for key in SUMMIT}),
    case("nearly everything gone", drop(*HARBOUR), asks=1),
    case("nearly everything gone, and meant", drop(*HARBOUR), confirm=True,
         **{key: cancelled(key) for key in HARBOUR}),
    # authors' own
    case(AUTHORS_UID, drop("ropes"), add("own",
         replace(SITE.talks["ropes"], uid="ropes@harbour")),
         own=NEW, ropes=cancelled("ropes")),
    # doubts
    case("one repeat as near as the other", drop("coffee1", "coffee2"),
         add("coffee", Talk(title="Coffee", at="03:00", minutes=30, day=1)), coffee=told("coffee1"),
         coffee2=cancelled("coffee2"), asks=1),
    case("one talk made two, one stays in its slot", drop("ropes"),
         add("ropes_one", Talk(title="Ropes in Practice", at="10:00", room="Pier", people=("Tom Vale",))),
         add("ropes_two", Talk(title="Knots in Practice", at="16:00", room="Pier", people=("Tom Vale",))),
         ropes_one=told("ropes"), ropes_two=NEW),
    case("one talk made two, neither in its slot", drop("ropes"),
         add("ropes_a", Talk(title="Ropes and Knots in Practice A", at="12:00", room="Pier",
         people=("Tom Vale",))),
         add("ropes_b", Talk(title="Ropes and Knots in Practice B", at="16:00", room="Pier",
         people=("Tom Vale",))),
         ropes_a=told("ropes"), ropes_b=NEW, asks=1),
]  # fmt: skip


LATER = EDITED + timedelta(days=1)
BASE = revise(SITE.schedule(), record=Record(), now=MADE)
UIDS = {key: one.uid for key in SITE.talks for one in BASE.schedule.sessions if one.line == line_of(key)}


def fates_of(site: Site, revised: Revised) -> dict[str, Fate]:
    """What became of each session: by key where the site has it, else by the key that the UID had."""
    names = {line_of(key): key for key in site.talks}
    owners = {uid: key for key, uid in UIDS.items()}
    found = {}
    for session in revised.schedule.sessions:
        uid = session.uid or ""
        revision, old = revised.revisions[uid], BASE.revisions.get(uid)
        key = names.get(session.line) or owners[uid]
        found[key] = Fate(
            owners.get(uid),
            revision.sequence,
            modified=old is not None and revision.last_modified > old.last_modified,
            status=session.status,
        )
    return found


def expected(one: Case, site: Site) -> dict[str, Fate]:
    """Whatever the table does not name is as it was."""
    spent = {fate.of for fate in one.fates.values()} | set(one.fates)
    kept = {key: Fate(key, 0, modified=False) for key in SITE.talks if key not in spent}
    assert set(site.talks) <= {*kept, *one.fates}
    return {**kept, **one.fates}


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.name)
def test_edit_keeps_identity(one: Case) -> None:
    site = edited(SITE, one.edits)
    after = revise(site.schedule(), record=BASE.record, now=EDITED, confirm=one.confirm)
    assert fates_of(site, after) == expected(one, site)
    assert len(after.diagnostics) == one.asks


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.name)
def test_edit_made_twice_changes_nothing(one: Case) -> None:
    site = edited(SITE, one.edits)
    after = revise(site.schedule(), record=BASE.record, now=EDITED, confirm=True)
    again = revise(site.schedule(), record=after.record, now=LATER)
    assert again.record is after.record
    assert (again.schedule, again.revisions, again.changes) == (after.schedule, after.revisions, ())
    assert (again.aliases, again.gone) == (after.aliases, after.gone)


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.name)
def test_edit_is_remembered_by_the_file(one: Case) -> None:
    after = revise(edited(SITE, one.edits).schedule(), record=BASE.record, now=EDITED, confirm=True)
    text = format_record(after.record)
    assert parse_record(text, path="revisions.json") == (after.record, ())
    assert format_record(parse_record(text, path="revisions.json")[0]) == text


@pytest.mark.parametrize(
    "one", [one for one in CASES if not one.asks and one.name != AUTHORS_UID], ids=lambda one: one.name
)
def test_edit_taken_back_raises_again(one: Case) -> None:
    after = revise(edited(SITE, one.edits).schedule(), record=BASE.record, now=EDITED, confirm=True)
    back = revise(SITE.schedule(), record=after.record, now=LATER)
    for key, uid in UIDS.items():
        was, now = after.revisions[uid or ""], back.revisions[uid or ""]
        assert now.sequence == was.sequence + (was.sequence > 0), key
        assert (now.last_modified > was.last_modified) == (was.last_modified > MADE), key


DIGEST = """
from hashlib import sha256
from tests.unit.test_revisions_edits import BASE, CASES, EDITED, SITE, edited, format_record, revise
told = [revise(edited(SITE, one.edits).schedule(), record=BASE.record, now=EDITED) for one in CASES]
told = [(format_record(one.record), one.changes, one.diagnostics) for one in told]
print(sha256(repr(told).encode()).hexdigest())
"""


def test_edits_do_not_depend_on_the_order_of_sets() -> None:
    root = Path(__file__).parents[2]
    told = {
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", DIGEST],
            cwd=root, env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}, capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(told) == 1


def test_table_is_long_enough() -> None:
    assert len(CASES) >= 60
