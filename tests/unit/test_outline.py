"""Owns the examples of what heads what in a post."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from feeds.understand.line_kinds import begins_with_time, is_day, whole_mark
from feeds.understand.outline import Scope
from tests.unit.understand_lines import draft_of, line_of, scopes_of

Tree = list[object]


def tree(scopes: Sequence[Scope]) -> Tree:
    """Kinds, each with the tree below it where there is one."""
    return [(scope.kind, tree(scope.body)) if scope.body else scope.kind for scope in scopes]


TREES: list[tuple[str, Tree]] = [
    ("# Fair\n\nHello.\n\n## Monday\n\nText.", [("section", ["text", ("section", ["text"])])]),
    ("## One\n\n## Two", ["section", "section"]),
    ("**Monday 3 June**\n\n- 10:00 Tides\n- 11:00 Cranes", [("lead", ["item", "item"])]),
    ("**Tides**\n\nA talk on water.\n\n**Cranes**\n\nA talk on lifting.", [("lead", ["text"])] * 2),
    ("Our talks:\n\n- Tides\n- Cranes\n\nSee you.", [("lead", ["item", "item"]), "text"]),
    ("Just a paragraph about the harbour.\n\n- a list", ["text", "item"]),
    ("- Tides\n  - 10:00\n  - Room 3", [("item", ["item", "item"])]),
    ("10:00 Tides\n\nWater.\n\n11:00 Cranes\n\nLifting.", [("lead", ["text"])] * 2),
    ("| a | b |\n|---|---|\n| 1 | 2 |", ["table"]),
    ("```\n10:00 not a talk\n```", []),
    ("> ## Quoted\n>\n> Text.", [("section", ["text"])]),
]


@pytest.mark.parametrize(("markdown", "expected"), TREES, ids=range(len(TREES)))
def test_outline_hangs_what_follows_below_its_head(markdown: str, expected: Tree) -> None:
    assert tree(scopes_of(markdown)) == expected


def test_lines_that_each_begin_with_a_time_are_heads_of_their_own() -> None:
    scopes = scopes_of("10:00 Tides\n11:00 Cranes\n12:00 Ropes")
    assert [scope.lines[0].text for scope in scopes] == ["10:00 Tides", "11:00 Cranes", "12:00 Ropes"]


def test_lines_that_are_labelled_stay_one_paragraph() -> None:
    (scope,) = scopes_of("When: 3 June, 10:00\nWhere: Room 3")
    assert [line.text for line in scope.lines] == ["When: 3 June, 10:00", "Where: Room 3"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10:00 Tides", True),
        ("9am: Cranes", True),
        ("🕙 10:00 – Tides", True),
        ("18.30 Uhr: Seile", True),
        ("Tides at 10:00", False),
        ("10 ways to tie a knot", False),
        ("2024 in review", False),
        ("", False),
    ],
)
def test_begins_with_time(text: str, expected: bool) -> None:
    assert begins_with_time(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Saturday", True),
        ("Monday, 3 June 2024", True),
        ("Day 2 – Tuesday, 4 June:", True),
        ("Lundi 3 juin", True),
        ("Monday in the harbour", False),
        ("Monday 10:00", False),
        ("Tides", False),
    ],
)
def test_is_day(text: str, expected: bool) -> None:
    assert is_day(line_of(text)) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**Tides**", True),
        ("**Tides**:", True),
        ("**Tides** **and cranes**", True),
        ("**Tides** and cranes", False),
        ("Tides", False),
        ("[Tides](https://tides.example)", False),
    ],
)
def test_whole_mark_covers_every_letter(markdown: str, expected: bool) -> None:
    assert whole_mark(line_of(markdown), "strong") == expected


@pytest.mark.parametrize(
    "markdown",
    [
        "![](a.png)\n![](b.png)\n",
        "![](x.png)\n<Icon/>\n",
        "![](cal.png)\n9 March 2027\n",
        "9 March 2027, 10:00\n&nbsp;\nFerries for all\n",
        '<Tab label="9 March">9 March 2027, 10:00\n',
        "Paris {{<\n \n**31 December 9999\n 31 December 9999 Paris\n",
    ],
)
def test_lines_of_nothing_are_read_in_silence(markdown: str) -> None:
    assert draft_of(markdown).lost is False
