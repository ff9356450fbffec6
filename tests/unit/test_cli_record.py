"""Owns the tests of remembering and comparing: posts on a disk, under git, and what record and diff say."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from feeds.cli import main

POST = """\
---
title: Example Summit 2027
date: 2027-01-10
---

## Example Summit in Oslo, 4-6 May 2027

### Opening words

When: Tuesday, 4 May 2027, 09:00 - 09:45
Where: Hall A

### Knots for beginners

When: Wednesday, 5 May 2027, 10:00 - 11:00

### Weather for sailors

When: Wednesday, 5 May 2027, 11:00 - 12:00

### Closing words

When: Thursday, 6 May 2027, 16:00 - 17:00
"""
MOVED = POST.replace("Tuesday, 4 May 2027, 09:00 - 09:45", "Wednesday, 5 May 2027, 08:00 - 08:45")
EMPTIED = POST[: POST.index("### Knots")]
TOLD = "moved: “Opening words” Tue 4 May 09:00 → Wed 5 May 08:00 Europe/Oslo"

Run = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in an empty directory: the exit code and the lines on stdout."""
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str) -> tuple[int, list[str]]:
        with pytest.raises(SystemExit) as exit_:
            main(arguments)
        return int(exit_.value.code or 0), capsys.readouterr().out.splitlines()

    return ran


def post(text: str, *, name: str = "summit") -> None:
    """Write a post."""
    Path("posts").mkdir(exist_ok=True)
    Path(f"posts/{name}.md").write_text(text, encoding="utf-8")


def git(*arguments: str) -> None:
    """Run git in the working directory, as nobody in particular."""
    who = ["-c", "user.name=Ada Example", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)  # noqa: S603, S607


def test_record_says_what_it_wrote(run: Run) -> None:
    post(POST)
    assert run("record") == (
        0,
        [
            "added: “Example Summit” Tue 4 May – Thu 6 May 2027",
            "added: “Opening words” Tue 4 May 2027 09:00 Europe/Oslo",
            "added: “Knots for beginners” Wed 5 May 2027 10:00 Europe/Oslo",
            "added: “Weather for sailors” Wed 5 May 2027 11:00 Europe/Oslo",
            "added: “Closing words” Thu 6 May 2027 16:00 Europe/Oslo",
            "",
            "Subscribers will see changes in 4 sessions and 1 event.",
            "Wrote posts/revisions.json; commit it.",
        ],
    )
    assert run("record") == (
        0,
        ["Subscribers will see nothing new.", "posts/revisions.json was up to date."],
    )


def test_record_tells_git_how_to_merge_it(run: Run) -> None:
    post(POST)
    run("record")
    Path("posts/.gitattributes").unlink()
    run("record")
    assert Path("posts/.gitattributes").read_text() == "revisions.json merge=union\n"


def stale(message: str) -> tuple[int, list[str]]:
    """What a check says of a record that is not up to date."""
    return 1, [f"posts/revisions.json:1:1: error[stale-record] {message}", "help: feeds record"]


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        (MOVED, "summit", f"the record lacks 1 change of the posts, first of all `{TOLD}`"),
        (
            POST,
            "another",
            "the record does not say where its sessions stand now, though no subscriber sees a change",
        ),
    ],
)
def test_check_of_a_stale_record_says_what_is_missing(run: Run, text: str, name: str, message: str) -> None:
    post(POST)
    run("record")
    before = Path("posts/revisions.json").read_bytes()
    Path("posts/summit.md").unlink()
    post(text, name=name)
    code, lines = run("record", "--check")
    assert (code, [line.removeprefix("   = ") for line in lines if line.strip(" |")]) == stale(message)
    assert Path("posts/revisions.json").read_bytes() == before


def test_check_without_a_record_says_so_and_writes_none(run: Run) -> None:
    post(POST)
    code, lines = run("record", "--check")
    assert (code, [line.removeprefix("   = ") for line in lines if line.strip(" |")]) == stale(
        "there is no revision record yet, so no change would reach a calendar"
    )
    assert not Path("posts/revisions.json").exists()


def test_check_is_silent_where_all_is_well(run: Run) -> None:
    post("Nothing happens here.\n")
    assert run("record", "--check") == (0, [])
    post(POST)
    run("record")
    assert run("record", "--check") == (0, [])


def test_cancelling_most_sessions_at_once_is_asked_about(run: Run) -> None:
    post(POST)
    run("record")
    post(EMPTIED)
    code, lines = run("record")
    assert (code, lines[:2]) == (
        1,
        ["Subscribers will see nothing new.", "posts/revisions.json was up to date."],
    )
    assert [line for line in lines if "mass-cancellation" in line] == [
        "posts/revisions.json:1:1: error[mass-cancellation] 3 of 4 published sessions are gone from the "
        "posts at once: `Knots for beginners`, `Weather for sailors`, `Closing words` …"
    ]


def test_cancelling_most_sessions_at_once_is_done_where_it_is_meant(run: Run) -> None:
    post(POST)
    run("record")
    post(EMPTIED)
    assert run("record", "--yes") == (
        0,
        [
            "cancelled: “Knots for beginners” Wed 5 May 2027 10:00 Europe/Oslo",
            "cancelled: “Weather for sailors” Wed 5 May 2027 11:00 Europe/Oslo",
            "cancelled: “Closing words” Thu 6 May 2027 16:00 Europe/Oslo",
            "",
            "Subscribers will see changes in 3 sessions.",
            "Wrote posts/revisions.json; commit it.",
        ],
    )
    assert run("record", "--check") == (0, [])


def test_diff_compares_with_the_record_beside_the_posts(run: Run) -> None:
    post(POST)
    run("record")
    post(MOVED)
    assert run("diff") == (0, [TOLD, "", "Subscribers will see changes in 1 session."])


def test_diff_for_a_pull_request_is_a_list(run: Run) -> None:
    post(POST)
    run("record")
    assert run("diff", "--markdown") == (0, ["Subscribers will see no change."])
    post(MOVED)
    assert run("diff", "--markdown") == (0, ["Subscribers will see:", "", f"- {TOLD}"])


def test_diff_for_programs_has_old_and_new(run: Run) -> None:
    post(POST)
    run("record")
    post(MOVED)
    code, lines = run("diff", "--json")
    (told,) = json.loads("\n".join(lines))
    assert (code, told["words"], told["before"]["start"], told["after"]["start"]) == (
        0,
        TOLD,
        "2027-05-04T09:00:00+02:00",
        "2027-05-05T08:00:00+02:00",
    )


def test_diff_compares_with_a_git_revision(run: Run) -> None:
    git("init")
    post(POST)
    run("record")
    git("add", ".")
    git("commit", "-m", "first")
    post(MOVED)
    run("record")
    git("commit", "-a", "-m", "second")
    assert run("diff") == (0, ["Subscribers will see nothing new."])
    assert run("diff", "HEAD~1") == (0, [TOLD, "", "Subscribers will see changes in 1 session."])
    post(POST)
    assert run("diff", "HEAD~1") == (0, ["Subscribers will see nothing new."])


@pytest.mark.parametrize("revision", ["nowhere", "HEAD:posts", "--output=x", "a\nb"])
def test_diff_with_what_git_does_not_know_is_a_failure(run: Run, revision: str) -> None:
    git("init")
    post(POST)
    assert run("diff", "--", revision) == (2, [])


def test_record_with_merge_marks_is_written_anew(run: Run) -> None:
    post(POST)
    run("record")
    path = Path("posts/revisions.json")
    whole = path.read_text(encoding="utf-8")
    path.write_text("<<<<<<< HEAD\n" + whole, encoding="utf-8")
    run("record")
    assert path.read_text(encoding="utf-8") == whole


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("start: 2027-05-04T10:00", "start: 2027-13-04T10:00"),
        ("title: Knot night\n", "title: [Knot night]\n"),
    ],
    ids=["an impossible start", "a title that is none"],
)
def test_broken_front_matter_cancels_nothing(run: Run, before: str, after: str) -> None:
    front = "---\ntitle: Knot night\nstart: 2027-05-04T10:00\ncity: Oslo\n---\n\nHello.\n"
    post(front)
    run("record")
    post(front.replace(before, after))
    _, said = run("diff")
    assert not [line for line in said if "cancelled" in line]


def test_session_entry_that_lost_its_title_is_not_cancelled(run: Run) -> None:
    front = (
        "---\ntitle: Knots\nevent: {name: Knot Days, start: 2027-05-04, city: Oslo}\n"
        "sessions:\n- title: Bends\n  start: 10:00\n- title: Hitches\n  start: 11:00\n---\n"
    )
    post(front)
    run("record")
    post(front.replace("- title: Hitches", "- room: A"))
    _, said = run("diff")
    assert not [line for line in said if "cancelled" in line]
