"""Owns the tests of whole runs: posts on a disk, a command, an exit code and what was printed or written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from feeds.cli import main
from feeds.cli.new import draft

GOOD = """\
---
title: Example Summit 2027
date: 2027-01-10
---

## Example Summit in Oslo, 4-6 May 2027

### Opening words

When: Tuesday, 4 May 2027, 09:00 - 09:45
Where: Hall A
Speaker: Ada Example

### Closing words

When: Thursday, 6 May 2027, 16:00 - 17:00
"""
WARNED = GOOD.replace("Tuesday", "Monday")
NOTED = GOOD.replace("16:00 - 17:00", "16.00 - 17.00")
BROKEN = GOOD.replace("09:00 - 09:45", "10:00 - 09:45")


@dataclass(frozen=True)
class Ran:
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Site:
    """A working directory with a folder of posts, and the command run in it."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def post(self, text: str, *, name: str = "posts/summit.md") -> None:
        """Write a post."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> Ran:
        """Run the command, with pipes for a terminal."""
        with pytest.raises(SystemExit) as exit_:
            main(arguments)
        captured = self.capsys.readouterr()
        return Ran(int(exit_.value.code or 0), captured.out, captured.err)


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Site:
    """An empty working directory, which the command is run in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return Site(tmp_path, capsys)


def test_check_of_good_posts_is_silent(site: Site) -> None:
    site.post(GOOD)
    assert site.run("check") == Ran(0, "", "")


def test_check_points_at_the_words(site: Site) -> None:
    site.post(WARNED)
    ran = site.run("check")
    assert (ran.code, ran.err) == (1, "")
    lines = ran.out.split("\n")
    assert lines[0].startswith("posts/summit.md:10:7: warning[weekday-mismatch] ")
    assert lines[1:4] == [
        "   |",
        "10 | When: Monday, 4 May 2027, 09:00 - 09:45",
        "   |       " + "^" * len(lines[3].split()[-1]),
    ]
    assert lines[-2:] == ["Found 1 warning in 1 post.", ""]


@pytest.mark.parametrize(
    ("text", "strict", "code"),
    [
        (GOOD, False, 0),
        (GOOD, True, 0),
        (NOTED, False, 0),
        (NOTED, True, 1),
        (WARNED, False, 1),
        (BROKEN, False, 1),
    ],
)
def test_check_exits_with_one_for_findings(site: Site, text: str, code: int, *, strict: bool) -> None:
    site.post(text)
    assert site.run("check", *(["--strict"] if strict else [])).code == code


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--posts", "site/posts"),
        ("--posts", "site/posts", "check"),
        ("check", "site/posts/summit.md"),
    ],
)
def test_posts_may_stand_anywhere(site: Site, arguments: tuple[str, ...]) -> None:
    site.post(WARNED, name="site/posts/summit.md")
    found = json.loads(site.run(*arguments, "--output-format", "json").out)
    assert [(one["path"], one["rule"]) for one in found] == [("site/posts/summit.md", "weekday-mismatch")]


def test_option_behind_the_command_wins_over_the_environment(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.post(GOOD, name="a/good.md")
    site.post(WARNED, name="b/warned.md")
    monkeypatch.setenv("FEEDS_POSTS", "b")
    codes = [
        site.run(*words).code for words in (["check"], ["check", "--posts", "a"], ["--posts", "a", "check"])
    ]
    assert codes == [1, 0, 0]


def test_check_of_paths_looks_at_nothing_else(site: Site) -> None:
    site.post(GOOD, name="posts/good.md")
    site.post(WARNED.replace("Summit", "Days"), name="posts/warned.md")
    assert [site.run("check", path).code for path in ("posts/good.md", "posts/warned.md", "posts")] == [
        0,
        1,
        1,
    ]


def test_path_that_is_not_there_is_a_failure(site: Site) -> None:
    site.post(GOOD)
    ran = site.run("check", "posts/sumit.md")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "error: There is no file `posts/sumit.md`; see what is there with `ls`.\n"


def test_settings_that_are_wrong_are_a_failure(site: Site) -> None:
    site.post(GOOD)
    (site.folder / "feeds.toml").write_text("titel = 1\nrefresh = 0\n")
    ran = site.run("show")
    assert (ran.code, ran.out) == (2, "")
    assert [line for line in ran.err.split("\n") if line] == [
        "error: feeds.toml: `titel` is not a setting.",
        "help: did you mean `title`?",
        "feeds.toml: `refresh` is `0`, but it must be a whole number of minutes from 1 to 10080 (a week).",
        "help: refresh = 60",
    ]


def test_show_prints_the_agenda(site: Site) -> None:
    site.post(GOOD)
    assert site.run("show") == Ran(
        0,
        "Example Summit\n"
        "4–6 May 2027 · Oslo, NO · Europe/Oslo\n"
        "\n"
        "  Tuesday, 4 May 2027\n"
        "    09:00 – 09:45    Opening words\n"
        "                     Ada Example · Hall A\n"
        "\n"
        "  Thursday, 6 May 2027\n"
        "    16:00 – 17:00    Closing words\n"
        "\n"
        "2 sessions in 1 event from 1 post.\n",
        "",
    )


def test_show_of_broken_posts_still_prints_json_and_exits_with_zero(site: Site) -> None:
    site.post(BROKEN)
    ran = site.run("show", "--json")
    listing = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert [one["rule"] for one in listing["diagnostics"]] == ["end-before-start"]
    ends = {one["title"]: one["end"] for one in listing["sessions"]}
    assert ends == {"Opening words": None, "Closing words": "2027-05-06T17:00"}


def test_show_twice_prints_the_same_bytes(site: Site) -> None:
    site.post(WARNED)
    assert site.run("show", "--json") == site.run("show", "--json")


def test_explain_tells_the_words_and_their_place(site: Site) -> None:
    site.post(GOOD)
    lines = site.run("explain", "opening").out.split("\n")
    start = next(at for at, line in enumerate(lines) if line.startswith("start "))
    assert lines[start : start + 2] == [
        "start           2027-05-04T09:00",
        "                read at posts/summit.md:10:28 “09:00 - 09:45”",
    ]


def test_explain_of_several_lists_them_and_fails(site: Site) -> None:
    site.post(GOOD)
    ran = site.run("explain", "words")
    assert (ran.code, [line.split()[0] for line in ran.out.splitlines()]) == (
        2,
        ["opening-words", "closing-words"],
    )


def test_draft_compiles_without_findings(site: Site) -> None:
    site.post(draft("Autumn meetup", city="Oslo", day=date(2027, 10, 12), written=date(2027, 9, 1)))
    listing = json.loads(site.run("show", "--json").out)
    sessions = [(one["start"], one["timezone"], one["room"]) for one in listing["sessions"]]
    assert (listing["diagnostics"], sessions) == (
        [],
        [("2027-10-12T09:30", "Europe/Oslo", "Hall A"), ("2027-10-12T12:00", "Europe/Oslo", None)],
    )
    assert [one["name"] for one in listing["speakers"]] == ["Ada Example"]


def test_build_writes_the_catalog_and_mentions_findings(site: Site) -> None:
    site.post(WARNED)
    ran = site.run("build", "--catalog", "out/site.catalog")
    assert ran == Ran(
        0,
        "Wrote out/site.catalog: 2 sessions in 1 event from 1 post.\n",
        "Found 1 warning in 1 post. See `feeds check`.\n",
    )
    assert (site.folder / "out/site.catalog").is_file()


def test_export_writes_pages_and_feeds(site: Site) -> None:
    site.post(GOOD)
    ran = site.run("export", "public", "--base-url", "https://example.org/")
    files = sorted(path for path in (site.folder / "public").rglob("*.ics") if path.name == "all.ics")
    assert (ran.code, [path.relative_to(site.folder).as_posix() for path in files]) == (0, ["public/all.ics"])


def test_export_without_an_address_says_what_to_write(site: Site) -> None:
    site.post(GOOD)
    ran = site.run("export", "public")
    assert (ran.code, ran.err) == (
        2,
        "error: Say where the files will be served: `feeds export DIR --base-url https://example.org`.\n",
    )


def test_diff_tells_what_is_new(site: Site) -> None:
    site.post(GOOD)
    ran = site.run("diff")
    assert (ran.code, ran.out.split("\n")[-2]) == (
        0,
        "Subscribers will see changes in 2 sessions and 1 event.",
    )


def test_record_is_checked_written_and_then_up_to_date(site: Site) -> None:
    site.post(GOOD)
    codes = [site.run("record", *words).code for words in (["--check"], [], ["--check"], [])]
    assert (codes, site.run("diff").out) == ([1, 0, 0, 0], "Subscribers will see nothing new.\n")
