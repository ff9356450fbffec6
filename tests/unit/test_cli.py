"""Owns the tests of the command: its help, its exit codes, and what it prints for people and programs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
import pytest

import feeds
from feeds.cli import main
from feeds.cli.new import draft, slug
from feeds.cli.options import Failure
from feeds.cli.program import SECTIONS, exit_code
from feeds.diagnostics import RULES

ROOT = Path(feeds.__file__).parent.parent


@dataclass(frozen=True)
class Ran:
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    """Run the command in this process, with pipes for a terminal."""
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    captured = capsys.readouterr()
    return Ran(int(exit_.value.code or 0), captured.out, captured.err)


def python(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the interpreter in a process of its own."""
    return subprocess.run(  # noqa: S603 - our own words
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | environ,
    )


def test_help_lists_the_commands_in_the_order_an_author_meets_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ran = run(capsys, "--help")
    names = re.findall(r"^  ([a-z]+) {2,}\S", ran.out, re.MULTILINE)
    assert (ran.code, names) == (
        0,
        ["new", "check", "show", "explain", "rule", "diff", "record", "serve", "build", "export"],
    )


# In a process of its own, because other tests have long imported everything.
def test_help_loads_nothing_but_click() -> None:
    script = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from feeds.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "loaded = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "foreign = loaded - sys.stdlib_module_names\n"
        "print(sorted(name for name in foreign if name[0] != '_'), file=sys.stderr)\n"
    )
    done = python("-c", script)
    assert done.stderr == "['click', 'feeds']\n"


@pytest.mark.parametrize(
    ("name", "summary"),
    [(name, summary) for commands in SECTIONS.values() for name, summary in commands.items()],
)
def test_help_of_a_command_begins_as_the_list_says(
    capsys: pytest.CaptureFixture[str], name: str, summary: str
) -> None:
    ran = run(capsys, name, "--help")
    usage, words = ran.out.split("\n\n")[:2]
    assert (ran.code, usage.startswith(f"Usage: feeds {name} ")) == (0, True)
    assert " ".join(words.split()).startswith(summary.rstrip("."))


def test_version_names_feeds_zones_and_python(capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "--version")
    pattern = r"feeds [0-9.]+ \(time zones 20[0-9]{2}[a-z], [A-Za-z]+ 3\.[0-9.]+\S*\)\n"
    assert (ran.code, re.fullmatch(pattern, ran.out) is not None) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "Error: There is no command `chek`; did you mean `feeds check`?"),
        (["xyzzy"], "Error: No such command 'xyzzy'."),
        (["check", "--output-format", "xml"], None),
        (["rule", "no-post"], "error: There is no rule `no-post`; did you mean `no-posts`?"),
        (["rule", "xyzzy"], "error: There is no rule `xyzzy`; see them all with `feeds rule`."),
        (
            ["show", "--posts", "/nowhere/posts"],
            "error: There is no folder `/nowhere/posts`; start one with `feeds new`, "
            "or name yours with --posts.",
        ),
    ],
)
def test_mistake_on_the_command_line_exits_with_two_and_a_suggestion(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str | None
) -> None:
    ran = run(capsys, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said is None or ran.err.rstrip().split("\n")[-1] == said


def test_rule_without_a_name_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "rule")
    assert (ran.code, [line.split()[1] for line in ran.out.splitlines()]) == (0, sorted(RULES))


@pytest.mark.parametrize("name", RULES)
def test_rule_page_has_all_its_parts(capsys: pytest.CaptureFixture[str], name: str) -> None:
    ran = run(capsys, "rule", name)
    rule = RULES[name]
    assert ran.code == 0
    assert ran.out.startswith(
        f"{name} ({rule.severity})\n\n{rule.summary}\n\nWhy: {rule.why}\n\nNot like this:\n\n    "
    )
    assert re.findall(r"^(\S[^\n]*:)$", ran.out, re.MULTILINE) == ["Not like this:", "Write:"]


def test_new_without_a_title_prints_a_post(capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "new", "--city", "Oslo", "--date", "2027-10-12")
    assert (ran.code, ran.out.split("\n")[0], ran.err) == (0, "---", "")
    assert "## Example Summit, Oslo, 12 October 2027" in ran.out.split("\n")


def test_new_writes_a_post_and_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("new", "Café & Co.", "--date", "2027-10-12", "--posts", str(tmp_path / "posts"))
    path = tmp_path / "posts" / "2027-10-12-cafe-co.md"
    first = run(capsys, *arguments)
    assert (first.code, first.out) == (0, f"Wrote {path}; look at it with `feeds show {path}`.\n")
    path.write_text("mine")
    second = run(capsys, *arguments)
    assert (second.code, second.err) == (
        2,
        f"error: `{path}` is there already; give another title or another --date.\n",
    )
    assert path.read_text() == "mine"


def test_new_refuses_a_title_of_two_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "new", "a\nb", "--posts", str(tmp_path))
    assert (ran.code, ran.err) == (2, "error: The title has to be one line of text.\n")


def test_new_folder_that_cannot_be_made_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    ran = run(capsys, "new", "A", "--date", "2027-10-12", "--posts", str(tmp_path / "file" / "posts"))
    path = tmp_path / "file" / "posts" / "2027-10-12-a.md"
    assert (ran.code, ran.err) == (2, f"error: `{path}` cannot be written: Not a directory.\n")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Autumn meetup", "autumn-meetup"),
        ("Café & Co.", "cafe-co"),
        ("../../etc/passwd", "etc-passwd"),
        ("日本語 meetup", "日本語-meetup"),
        ("!!!", "post"),
        ("a" * 200, "a" * 80),
    ],
)
def test_slug_is_safe_in_a_file_name(title: str, name: str) -> None:
    assert slug(title) == name


def test_draft_quotes_its_title_in_the_front_matter() -> None:
    text = draft('A: "B"', city="Oslo", day=date(2027, 10, 12), written=date(2027, 1, 1))
    assert text.split("\n")[1:3] == [r'title: "A: \"B\""', "date: 2027-01-01"]


def test_draft_names_the_weekday_of_its_date() -> None:
    text = draft("A", city="Oslo", day=date(2027, 10, 12), written=date(2027, 1, 1))
    assert re.findall(r"When: (.*)", text) == [
        "Tuesday, 12 October 2027, 09:30 - 10:00",
        "Tuesday, 12 October 2027, 12:00 - 13:00",
    ]


def _raise(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize(
    ("outcome", "code", "last_words"),
    [
        (None, 0, ""),
        (0, 0, ""),
        (1, 1, ""),
        (Failure("Say which."), 2, "error: Say which."),
        (Failure("No `a\x1b[31m`."), 2, "error: No `a␛[31m`."),
        (click.UsageError("Not so."), 2, "Error: Not so."),
        (click.FileError("x", "gone"), 2, "Error: Could not open file 'x': gone"),
        (OSError(28, "No space left on device", "x"), 2, "error: `x`: No space left on device."),
        (SystemExit("Nothing to serve."), 2, "error: Nothing to serve."),
        (SystemExit(3), 3, ""),
        (SystemExit(), 0, ""),
        (click.Abort(), 130, ""),
        (KeyboardInterrupt(), 130, ""),
        # An exit code of 1, which Python would give, says "findings".
        (
            ZeroDivisionError(),
            2,
            "error: This is a mistake in feeds, not in your posts; please report the lines above.",
        ),
    ],
)
def test_exit_code_tells_findings_from_failures(
    capsys: pytest.CaptureFixture[str], outcome: int | BaseException | None, code: int, last_words: str
) -> None:
    given = exit_code(lambda: _raise(outcome) if isinstance(outcome, BaseException) else outcome)
    assert (given, capsys.readouterr().err.rstrip().split("\n")[-1]) == (code, last_words)


def test_output_into_a_closed_pipe_is_no_failure() -> None:
    script = (
        "import os\n"
        "read, write = os.pipe()\n"
        "os.close(read)\n"
        "os.dup2(write, 1)\n"
        "from feeds.cli import main\n"
        "main(['rule'])\n"
    )
    done = python("-c", script)
    assert (done.returncode, done.stderr) == (0, "")


def test_terminal_without_unicode_gets_escapes_not_a_crash() -> None:
    done = python("-m", "feeds", "rule", "not-utf8", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
