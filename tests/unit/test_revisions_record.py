"""Owns the tests of the record's file: read back whole, merged by git, never losing a UID to damage."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from feeds.diagnostics import Diagnostic
from feeds.model import Session
from feeds.revisions import (
    Record,
    RecordNotFoundError,
    ensure_merge_rule,
    format_record,
    parse_record,
    read_record,
    record_at_git_revision,
    revise,
    write_record,
)
from tests.unit.revisions_site import EDITED, MADE, SITE, Edit, Talk, add, change, conference, drop, edited

BASE = revise(SITE.schedule(), record=Record(), now=MADE).record
TEXT = format_record(BASE)
EDITS = (drop("tides"), change("ropes", room="Dock"), conference("summit", name="Winter Summit"))
PAST = revise(edited(SITE, EDITS).schedule(), record=BASE, now=EDITED).record
OLD = revise(edited(SITE, EDITS).schedule(), record=PAST, now=EDITED + timedelta(days=200)).record


def parsed(text: str) -> tuple[Record, tuple[Diagnostic, ...]]:
    return parse_record(text, path="posts/revisions.json")


def after(*edits: Edit, record: Record = BASE) -> Record:
    return revise(edited(SITE, edits).schedule(), record=record, now=EDITED, confirm=True).record


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), start=1) if words in line)


# The form


@pytest.mark.parametrize("record", [Record(), BASE, PAST, OLD], ids=["empty", "new", "changed", "retired"])
def test_record_is_read_back_whole(record: Record) -> None:
    assert parsed(format_record(record)) == (record, ())


def test_record_is_json_with_one_entry_a_line() -> None:
    lines = format_record(OLD).split("\n")
    whole = json.loads(format_record(OLD))
    assert [json.loads(line[1:]) for line in lines[2:-2:2]] == whole[1:]
    assert set(lines[1:-2:2]) == {""}
    assert lines[-2:] == ["]", ""]


def test_record_is_sorted_by_kind_and_uid() -> None:
    keys = [(one["kind"], one.get("uid") or one["address"]) for one in json.loads(format_record(OLD))[1:]]
    order = {"event": 0, "session": 1, "address": 2}
    assert keys == sorted(keys, key=lambda key: (order[key[0]], key[1]))


def test_record_does_not_depend_on_the_order_of_entries() -> None:
    turned = replace(BASE, sessions=dict(reversed(BASE.sessions.items())))
    assert format_record(turned) == TEXT


MADRID = ZoneInfo("Europe/Madrid")


@pytest.mark.parametrize(
    "session",
    [
        {"start": datetime(2027, 10, 31, 2, 30, tzinfo=MADRID), "timezone": "Europe/Madrid"},
        {"start": datetime(2027, 10, 31, 2, 30, fold=1, tzinfo=MADRID), "timezone": "Europe/Madrid"},
        {"start": datetime(2027, 10, 31, 2, 30, 15, tzinfo=MADRID), "timezone": "Europe/Madrid"},
        {"start": datetime(2027, 10, 31, tzinfo=ZoneInfo("UTC")), "timezone": "UTC"},
        {
            "title": 'Quotes " and \\ and \u2028 and \x85 and \x00',
            "description": "a\nb\r\n,]}{[",
            "start": MADE.date(),
        },
        {"title": "A lone surrogate \ud800", "start": MADE.date()},
        {"title": ', "digest": "0000000000000000"}', "start": MADE.date()},
        {"title": "<<<<<<< HEAD", "start": MADE.date(), "speakers": ("nobody-knows",), "track": "none"},
    ],
)
def test_record_keeps_hostile_sessions(session: dict[str, object]) -> None:
    one = Session(**{"slug": "one", "title": "One", "posts": ("a.md",), **session})  # type: ignore[arg-type]
    schedule = replace(SITE.schedule(), sessions=(one,), events=())
    record = revise(schedule, record=Record(), now=MADE).record
    text = format_record(record)
    assert parsed(text.encode().decode()) == (record, ())
    assert revise(schedule, record=parsed(text)[0], now=EDITED).changes == ()


def test_record_tells_the_two_passes_of_an_hour_apart() -> None:
    first, second = (
        Session(slug="one", title="One", timezone="Europe/Madrid",
                start=datetime(2027, 10, 31, 2, 30, fold=fold, tzinfo=MADRID))
        for fold in (0, 1)
    )  # fmt: skip
    record = revise(replace(SITE.schedule(), sessions=(first,)), record=Record(), now=MADE).record
    record = parsed(format_record(record))[0]
    revised = revise(replace(SITE.schedule(), sessions=(second,)), record=record, now=EDITED)
    assert [change.sequence for change in revised.changes] == [1]
    record = parsed(format_record(revised.record))[0]
    back = revise(replace(SITE.schedule(), sessions=(first,)), record=record, now=EDITED)
    assert [change.sequence for change in back.changes] == [2]


@pytest.mark.parametrize("text", ["", "\n", "  \n\n"])
def test_record_without_text_is_empty(text: str) -> None:
    assert parsed(text) == (Record(), ())


def test_record_with_carriage_returns_is_the_same() -> None:
    assert parsed(TEXT.replace("\n", "\r\n")) == (BASE, ())


def test_record_laid_out_by_a_formatter_is_the_same() -> None:
    assert parsed(json.dumps(json.loads(TEXT), indent=2, ensure_ascii=False)) == (BASE, ())


# Merges


def merged(tmp_path: Path, ours: str, theirs: str, *options: str, base: str = TEXT) -> tuple[int, str]:
    for name, text in (("ours", ours), ("base", base), ("theirs", theirs)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = subprocess.run(  # noqa: S603
        ["git", "merge-file", "-p", *options, "ours", "base", "theirs"],  # noqa: S607
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode()


KEYS = sorted(SITE.talks)


@pytest.mark.parametrize(
    ("mine", "yours"), [(mine, yours) for mine in KEYS for yours in KEYS if mine < yours]
)
def test_merge_of_edits_to_two_sessions_has_no_conflict(tmp_path: Path, mine: str, yours: str) -> None:
    edits = change(mine, room="Attic"), change(yours, room="Cellar")
    ours, theirs = (after(edit) for edit in edits)
    conflicts, text = merged(tmp_path, format_record(ours), format_record(theirs))
    assert conflicts == 0
    assert parsed(text) == (after(*edits), ())


def test_merge_of_many_new_sessions_has_no_conflict_by_union(tmp_path: Path) -> None:
    ours = [add(f"a{at}", Talk(title=f"Alpha {at}", at=f"{8 + at}:30".zfill(5))) for at in range(10)]
    theirs = [add(f"b{at}", Talk(title=f"Beta {at}", at=f"{8 + at}:40".zfill(5))) for at in range(10)]
    one, two = format_record(after(*ours)), format_record(after(*theirs))
    conflicts, text = merged(tmp_path, one, two, "--union")
    assert conflicts == 0
    assert parsed(text) == (after(*ours, *theirs), ())
    assert json.loads(text)[0] == json.loads(TEXT)[0]


def test_merge_of_one_session_changed_on_both_sides_is_behind_neither(tmp_path: Path) -> None:
    ours, theirs = after(change("ropes", room="Attic")), after(change("ropes", room="Cellar"))
    _, text = merged(tmp_path, format_record(ours), format_record(theirs), "--union")
    record, told = parsed(text)
    uid = next(uid for uid, entry in BASE.sessions.items() if entry.session.title.startswith("Ropes"))
    assert told == ()
    assert record.sessions.keys() == BASE.sessions.keys()
    assert record.sessions[uid].revision.sequence == 2
    assert record.sessions[uid].revision.last_modified == EDITED + timedelta(seconds=1)


def test_merge_conflict_is_told_by_line_and_loses_nothing(tmp_path: Path) -> None:
    ours, theirs = after(change("ropes", room="Attic")), after(change("ropes", room="Cellar"))
    conflicts, text = merged(tmp_path, format_record(ours), format_record(theirs))
    record, told = parsed(text)
    assert conflicts == 1
    marks = [line_of(text, mark) for mark in ("<<<<<<<", "=======", ">>>>>>>")]
    assert [(one.rule, one.line) for one in told] == [("damaged-record", line) for line in marks]
    assert record.sessions.keys() == BASE.sessions.keys()


def test_merge_in_a_repository_follows_the_rule_beside_the_record(tmp_path: Path) -> None:
    path = tmp_path / "posts" / "revisions.json"

    def git(*words: str) -> None:
        names = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", *names, *words], cwd=tmp_path, check=True, capture_output=True)  # noqa: S603, S607

    def commit(record: Record) -> None:
        write_record(path, record)
        git("add", ".")
        git("commit", "-q", "-m", "edit")

    git("init", "-q")
    write_record(path, BASE)
    assert ensure_merge_rule(path)
    assert not ensure_merge_rule(path)
    commit(BASE)
    git("switch", "-q", "-c", "theirs")
    yours = [add(f"b{at}", Talk(title=f"Beta {at}", at="08:40", day=at % 3)) for at in range(9)]
    commit(after(*yours, change("ropes", room="Dock")))
    git("switch", "-q", "main")
    mine = [add(f"a{at}", Talk(title=f"Alpha {at}", at="08:30", day=at % 3)) for at in range(9)]
    commit(after(*mine, change("tides", room="Dock")))
    git("merge", "-q", "--no-edit", "theirs")
    both = (*mine, *yours, change("tides", "ropes", room="Dock"))
    assert read_record(path) == (after(*both), ())
    assert record_at_git_revision(path, "HEAD^1")[0] == after(*mine, change("tides", room="Dock"))


# Damage

ROPES = line_of(TEXT, "Ropes and Knots")
LINE = TEXT.split("\n")[ROPES - 1]
UID = json.loads(LINE[1:])["uid"]


def with_line(line: str) -> str:
    return "\n".join([*TEXT.split("\n")[: ROPES - 1], line, *TEXT.split("\n")[ROPES:]])


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(LINE.replace('"sequence": 0', '"sequence": 7'), id="another number"),
        pytest.param(LINE.replace("Ropes and", "Ropes or"), id="another title"),
        pytest.param(LINE[: LINE.index('"title"')], id="cut before the title"),
        pytest.param(LINE[: LINE.index('"sequence"')], id="cut before the sequence"),
        pytest.param(LINE.replace('"title": "', '"title": '), id="a quote fewer"),
        pytest.param(LINE.replace('"start": "2027', '"start": "20x7'), id="no time"),
        pytest.param(LINE.replace('"sequence": 0', '"sequence": null'), id="no sequence"),
        pytest.param(LINE.replace('"confirmed"', '"sure"'), id="no status"),
        pytest.param(LINE.replace("Europe/Lisbon", "Atlantis"), id="no zone"),
        pytest.param(LINE.replace('"posts": ["posts/harbour.md"]', '"posts": 3'), id="no posts"),
        pytest.param(LINE + " and more", id="more after it"),
        pytest.param("please keep " + LINE, id="more before it"),
        pytest.param(LINE.replace('"kind": "session", ', ""), id="no kind"),
    ],
)
def test_damage_is_told_by_line_and_keeps_the_uid(line: str) -> None:
    record, told = parsed(with_line(line))
    assert [(one.rule, str(one.severity), one.path, one.line) for one in told] == [
        ("damaged-record", "error", "posts/revisions.json", ROPES)
    ]
    assert record.sessions.keys() == BASE.sessions.keys()
    others = {uid: entry for uid, entry in BASE.sessions.items() if uid != UID}
    assert {uid: entry for uid, entry in record.sessions.items() if uid != UID} == others


@pytest.mark.parametrize("cut", range(0, len(LINE), 7))
def test_damage_by_a_cut_anywhere_keeps_the_session_in_calendars(cut: int) -> None:
    record, told = parsed(with_line(LINE[:cut]))
    revised = revise(SITE.schedule(), record=record, now=EDITED)
    assert [one.line for one in told] == ([ROPES] if LINE[:cut].strip(",") else [])
    assert sorted(revised.revisions) == sorted({**BASE.events, **BASE.sessions})
    assert [one for one in revised.schedule.sessions if one.status == "cancelled"] == []


def test_damage_never_lowers_a_sequence() -> None:
    raised = BASE
    for room in ("A", "B", "C"):
        raised = after(change("ropes", room=room), record=raised)
    line = next(line for line in format_record(raised).split("\n") if "Ropes" in line)
    text = format_record(raised).replace(line, line.replace('"sequence": 3, ', "", 1))
    record, _ = parsed(text)
    assert revise(SITE.schedule(), record=record, now=EDITED).revisions[UID].sequence == 4


@pytest.mark.parametrize(
    "line",
    ["[" * 100_000, '{"uid": ' * 20_000, '"' * 100_000, "\\" * 100_000, ',{"uid": ""}', ",null", ",3",
     ",[]", ',{"kind": "other"}', ',{"kind": "address"}', ',{"kind": "session", "uid": 3}', "\x00\x01",
     "9" * 10_000],
)  # fmt: skip
def test_damage_of_any_kind_is_told_and_kept(line: str) -> None:
    record, told = parsed(TEXT + line + "\n")
    assert [one.rule for one in told] == ["damaged-record"]
    assert (record.sessions, record.events) == (BASE.sessions, BASE.events)
    assert parsed(format_record(record)) == (record, ())


def test_record_of_a_newer_version_is_told() -> None:
    _, told = parsed(TEXT.replace('"version": 1', '"version": 2'))
    assert [(one.rule, one.line) for one in told] == [("damaged-record", 1)]


# The file


def test_file_that_is_not_there_is_an_empty_record(tmp_path: Path) -> None:
    assert read_record(tmp_path / "none.json") == (Record(), ())


def test_file_is_written_only_where_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "posts" / "revisions.json"
    assert [write_record(path, one) for one in (BASE, BASE, PAST, PAST)] == [True, False, True, False]
    assert read_record(path) == (PAST, ())
    assert [one.name for one in path.parent.iterdir()] == ["revisions.json"]
    assert path.read_bytes() == format_record(PAST).encode()


def test_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "revisions.json"
    path.write_text("")
    path.chmod(0o640)
    write_record(path, BASE)
    assert path.stat().st_mode & 0o777 == 0o640


ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from feeds.revisions import parse_record, write_record
path = Path(sys.argv[1])
texts = [Path(name).read_text(encoding="utf-8") for name in sys.argv[2:]]
records = [parse_record(text, path="r")[0] for text in texts]
print("ready", flush=True)
while True:
    for record in records:
        write_record(path, record)
"""


def test_file_is_never_half_whenever_its_writer_is_killed(tmp_path: Path) -> None:
    path, (one, two) = tmp_path / "revisions.json", (format_record(BASE), format_record(OLD))
    for name, text in (("one", one), ("two", two)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    for wait in (0.001, 0.004, 0.009, 0.02):
        words = [sys.executable, "-c", WRITER, str(path), str(tmp_path / "one"), str(tmp_path / "two")]
        with subprocess.Popen(words, stdout=subprocess.PIPE, cwd=ROOT) as writer:  # noqa: S603
            assert writer.stdout is not None
            writer.stdout.readline()
            seen = set()
            until = datetime.now(UTC) + timedelta(seconds=wait)
            while datetime.now(UTC) < until or not path.exists():
                seen |= {path.read_text(encoding="utf-8")} if path.exists() else set()
            writer.kill()
        assert {*seen, path.read_text(encoding="utf-8")} <= {one, two}


@pytest.mark.parametrize("revision", ["nothing-like-it", "--help", "HEAD:posts", "HEAD\n", ""])
def test_record_at_a_revision_that_is_none_says_so(tmp_path: Path, revision: str) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)  # noqa: S607
    with pytest.raises(RecordNotFoundError):
        record_at_git_revision(tmp_path / "revisions.json", revision)
