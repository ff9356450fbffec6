"""Owns the tests of what is told to authors: how findings look for a person and for programs."""

from __future__ import annotations

import io
import json
import re
from time import perf_counter

import pytest
from rich.console import Console

from feeds.diagnostics import RULES, Diagnostic, Severity, as_json, github, quoted, report, sarif, text
from feeds.diagnostics.plain import dump, visible
from feeds.source import Source, Span


def finding(line: str, words: str, **others: object) -> Diagnostic:
    """A weekday-mismatch at the first place where the words stand in the line."""
    source = Source.from_text("posts/x.md", f"first\n{line}\nlast\n")
    start = source.text.index(words)
    found = report(
        "weekday-mismatch", "4 May 2027 is a Tuesday", source=source, span=Span(start, start + len(words))
    )
    return _with(found, **others)


def _with(diagnostic: Diagnostic, **others: object) -> Diagnostic:
    values = {name: getattr(diagnostic, name) for name in Diagnostic.__dataclass_fields__}
    return Diagnostic(**(values | others))


def carets(diagnostic: Diagnostic, *, width: int = 100) -> tuple[str, str]:
    """The two lines of the snippet behind the gutter."""
    lines = text.render([diagnostic], width=width).plain.split("\n")
    return lines[2].removeprefix("2 | "), lines[3].removeprefix("  | ")


def test_report_takes_the_severity_of_the_rule() -> None:
    assert finding("Monday", "Monday").severity is Severity.WARNING


def test_report_counts_lines_and_columns_from_one() -> None:
    found = finding("on Monday, 4 May", "Monday")
    assert (found.line, found.column, found.end_line, found.end_column) == (2, 4, 2, 10)


def test_report_refuses_a_rule_that_is_not_in_the_table() -> None:
    with pytest.raises(KeyError):
        report("no-such-rule", "x", source=Source.from_text("a", "a"), span=Span(0, 1))


def test_text_shows_place_rule_line_carets_help_and_summary() -> None:
    found = finding("### Workshop: Monday, 4 May 2027", "Monday", help="write `Tuesday`")
    assert text.render([found]).plain == (
        "posts/x.md:2:15: warning[weekday-mismatch] 4 May 2027 is a Tuesday\n"
        "  |\n"
        "2 | ### Workshop: Monday, 4 May 2027\n"
        "  |               ^^^^^^\n"
        "help: write `Tuesday`\n"
        "\n"
        "Found 1 warning in 1 post."
    )


def test_text_is_empty_without_findings() -> None:
    assert text.render([]).plain == ""


def test_text_without_a_source_line_has_no_snippet() -> None:
    found = finding("Monday", "Monday", source_line="")
    assert text.render([found]).plain.split("\n")[:2] == [
        "posts/x.md:2:1: warning[weekday-mismatch] 4 May 2027 is a Tuesday",
        "",
    ]


def test_text_indents_the_further_lines_of_a_help() -> None:
    found = finding("Monday", "Monday", help="write\n- Tuesday", source_line="")
    assert text.render([found]).plain.split("\n")[1:3] == ["help: write", "      - Tuesday"]


# Columns are terminal cells: a CJK ideograph takes two, a combining accent none, a tab is shown as four.
@pytest.mark.parametrize(
    ("line", "words", "shown", "under"),
    [
        ("on Monday", "Monday", "on Monday", "   ^^^^^^"),
        ("日本 Monday", "Monday", "日本 Monday", "     ^^^^^^"),
        ("on 月曜日, 4 May", "月曜日", "on 月曜日, 4 May", "   ^^^^^^"),
        ("e\u0301te\u0301 Monday", "Monday", "e\u0301te\u0301 Monday", "    ^^^^^^"),
        ("\tMonday", "Monday", "    Monday", "    ^^^^^^"),
        ("a\tb", "\tb", "a    b", " ^^^^^"),
        ("\x1b[31mMonday", "Monday", "␛[31mMonday", "     ^^^^^^"),
    ],
)
def test_carets_stand_under_the_words(line: str, words: str, shown: str, under: str) -> None:
    assert carets(finding(line, words)) == (shown, under)


def test_carets_of_an_empty_span_are_one_caret() -> None:
    assert carets(finding("Monday", "Monday", end_column=1)) == ("Monday", "^")


def test_carets_of_a_span_over_lines_end_with_the_first_line() -> None:
    assert carets(finding("Monday", "Monday", end_line=3, end_column=2)) == ("Monday", "^^^^^^")


@pytest.mark.parametrize(
    ("line", "words", "shown", "under"),
    [
        ("x" * 90 + "MONDAY" + "y" * 90, "MONDAY", "…xxxxxxxxxxMONDAYyyyyyyyyyyyyyyyyy…", " " * 11 + "^" * 6),
        ("MONDAY" + "y" * 90, "MONDAY", "MONDAYyyyyyyyyyyyyyyyyyyyyyyyyyyyy…", "^" * 6),
        ("x" * 90 + "MONDAY", "MONDAY", "…xxxxxxxxxxMONDAY", " " * 11 + "^" * 6),
        ("x" * 90, "x" * 90, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…", "^" * 35),
    ],
)
def test_long_line_is_clipped_around_the_caret(line: str, words: str, shown: str, under: str) -> None:
    assert carets(finding(line, words), width=39) == (shown, under)


def test_line_of_a_megabyte_is_clipped_at_once() -> None:
    found = finding("日" * 500_000 + "Monday" + "\x1b" * 500_000, "Monday")
    begun = perf_counter()
    shown, _ = carets(found)
    assert perf_counter() - begun < 0.5
    assert len(shown) < 100


@pytest.mark.parametrize("field", ["path", "message", "help", "source_line"])
def test_no_renderer_lets_a_control_character_through(field: str) -> None:
    hostile = "a\x1b]0;owned\x07\x9b31m\u202eb\x7f\ud800"
    found = finding("Monday", "Monday", **{field: hostile})
    everything = "".join(
        [text.render([found]).plain, as_json.render([found]), github.render([found]), sarif.render([found])]
    )
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800]", everything) == []


def test_colour_only_on_a_terminal() -> None:
    def printed(**how: object) -> str:
        file = io.StringIO()
        Console(file=file, width=100, **how).print(text.render([finding("Monday", "Monday")]))  # type: ignore[arg-type]
        return file.getvalue()

    assert ("\x1b[" in printed(force_terminal=True), "\x1b[" in printed(force_terminal=False)) == (
        True,
        False,
    )


def test_no_color_is_respected() -> None:
    file = io.StringIO()
    environment = {"NO_COLOR": "1", "TERM": "xterm-256color"}
    console = Console(file=file, width=100, force_terminal=True, _environ=environment)
    console.print(text.render([finding("Monday", "Monday", help="write `Tuesday`")]))
    codes = {
        int(code) for codes in re.findall(r"\x1b\[([0-9;]*)m", file.getvalue()) for code in codes.split(";")
    }
    assert codes & set(range(30, 50)) == set()


def _of(*severities: Severity) -> list[Diagnostic]:
    return [
        finding("Monday", "Monday", severity=severity, path=f"posts/{at % 3}.md")
        for at, severity in enumerate(severities)
    ]


ERROR, WARNING, NOTE = Severity


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ([], "Found nothing to mend."),
        (_of(ERROR), "Found 1 error in 1 post."),
        (_of(WARNING, WARNING, NOTE), "Found 2 warnings and 1 note in 3 posts."),
        (_of(ERROR, WARNING, NOTE, NOTE), "Found 1 error, 1 warning and 2 notes in 3 posts."),
    ],
)
def test_summary_counts(found: list[Diagnostic], sentence: str) -> None:
    assert text.summary(found) == sentence


def test_json_is_a_list_of_objects() -> None:
    found = finding("on Monday", "Monday", help="write `Tuesday`")
    assert json.loads(as_json.render([found])) == [
        {
            "rule": "weekday-mismatch",
            "severity": "warning",
            "path": "posts/x.md",
            "line": 2,
            "column": 4,
            "end_line": 2,
            "end_column": 10,
            "message": "4 May 2027 is a Tuesday",
            "help": "write `Tuesday`",
        }
    ]


def test_json_without_findings_is_an_empty_list() -> None:
    assert json.loads(as_json.render([])) == []


def test_dump_survives_every_character() -> None:
    characters = "".join(map(chr, [*range(0x500), *range(0x2000, 0x2070), 0xD800, 0x1F600]))
    assert json.loads(dump([characters])) == [characters]


def test_visible_leaves_letters_alone() -> None:
    words = "Zoë 日本語 👩\u200d💻 – “quoted”"
    assert visible(words) == words


# https://docs.github.com/actions/reference/workflow-commands-for-github-actions and the escapes of
# actions/toolkit packages/core/src/command.ts.
@pytest.mark.parametrize(
    ("others", "command"),
    [
        (
            {},
            "::warning file=posts/x.md,line=2,col=1,endColumn=7,title=weekday-mismatch"
            "::4 May 2027 is a Tuesday",
        ),
        (
            {"severity": Severity.NOTE, "path": "a,b:c%.md", "message": "100% wrong: a, b"},
            "::notice file=a%2Cb%3Ac%25.md,line=2,col=1,endColumn=7,title=weekday-mismatch"
            "::100%25 wrong: a, b",
        ),
        (
            {"severity": Severity.ERROR, "end_line": 3, "help": "write\nTuesday"},
            "::error file=posts/x.md,line=2,endLine=3,title=weekday-mismatch"
            "::4 May 2027 is a Tuesday%0Ahelp: write%0ATuesday",
        ),
        (
            {"message": "first\n::set-env name=PATH::x", "severity": Severity.ERROR},
            "::error file=posts/x.md,line=2,col=1,endColumn=7,title=weekday-mismatch"
            "::first␊::set-env name=PATH::x",
        ),
    ],
)
def test_github_command_is_escaped(others: dict[str, object], command: str) -> None:
    assert github.render([finding("Monday", "Monday", **others)]) == command


def test_sarif_says_what_code_scanning_needs() -> None:
    found = finding("on Monday", "Monday", help="write `Tuesday`", path="posts/ä: b.md")
    log = json.loads(sarif.render([found]))
    run = log["runs"][0]
    rule = run["tool"]["driver"]["rules"][0]
    assert (log["version"], len(log["runs"]), run["columnKind"]) == ("2.1.0", 1, "unicodeCodePoints")
    assert (rule["id"], rule["defaultConfiguration"]) == ("weekday-mismatch", {"level": "warning"})
    assert run["results"] == [
        {
            "ruleId": "weekday-mismatch",
            "ruleIndex": 0,
            "level": "warning",
            "message": {"text": "4 May 2027 is a Tuesday\nwrite `Tuesday`"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "posts/%C3%A4%3A%20b.md"},
                        "region": {"startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 10},
                    }
                }
            ],
        }
    ]


def test_sarif_without_findings_is_a_run_without_results() -> None:
    run = json.loads(sarif.render([]))["runs"][0]
    assert (run["tool"]["driver"]["rules"], run["results"]) == ([], [])


def test_sarif_rules_carry_help() -> None:
    found = [_with(finding("Monday", "Monday"), rule=name) for name in RULES]
    rules = json.loads(sarif.render(found))["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(RULES)
    assert [rule["id"] for rule in rules if not (rule["help"]["text"] and rule["help"]["markdown"])] == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Tides", "`Tides`"),
        ("a" * 60, "`" + "a" * 60 + "`"),
        ("a" * 61, "`" + "a" * 60 + "…`"),
        ("One word & another " * 4, "`One word & another One word & another One word & another…`"),
    ],
)
def test_long_text_is_quoted_by_its_beginning(words: str, told: str) -> None:
    assert quoted(words) == told
