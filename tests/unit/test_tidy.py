"""Owns the examples of what is decided and told once a post is read."""

from __future__ import annotations

import pytest

from tests.unit.understand_lines import draft_of

HEAD = "---\ntitle: HarbourCon in Gdansk\ndate: 2024-05-01\n---\n\n## Tuesday, 4 June 2024\n\n"
LATE = HEAD.replace("2024-05-01", "2024-08-01")


def test_a_session_told_twice_is_one_with_all_that_is_told() -> None:
    draft = draft_of(HEAD + "- 10:00 Tides\n- 11:00 Ropes\n\n### Tides\n\n10:00 – 10:45\n")
    assert [(one.title, str(one.end)[11:16]) for one in draft.sessions] == [
        ("Tides", "10:45"),
        ("Ropes", ""),
    ]


def test_a_post_after_its_sessions_looks_back() -> None:
    draft = draft_of(LATE + "- 10:00 Tides\n")
    assert draft.sessions == ()
    assert [found.rule for found in draft.findings] == ["looks-like-a-session"]


FINDINGS: list[tuple[str, list[str]]] = [
    ("- 10:00 Tides\n- 11.30 Ropes\n", ["time-style"]),
    ("- 10.00 Tides\n- 11.30 Ropes\n", []),
    ("- 10:00 [Tides](https://t.example/1)\n- 11:00 [Ropes](https://t.example/1)\n", ["duplicate-url"]),
    ("- 10:00 [Tides](https://t.example/1https://t.example/2)\n", ["malformed-url"]),
    ("- 08:00 - 23:30 Tides\n", ["unlikely-length"]),
    ("- 10:00 - 11:00 Tides\n", []),
]


@pytest.mark.parametrize(("body", "rules"), FINDINGS, ids=range(len(FINDINGS)))
def test_the_whole_post_shows(body: str, rules: list[str]) -> None:
    assert [found.rule for found in draft_of(HEAD + body).findings] == rules
