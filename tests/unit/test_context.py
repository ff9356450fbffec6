"""Owns the examples of what a place in a post inherits: the day, the zone, the city, the event."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.unit.understand_lines import draft_of

HEAD = "---\ntitle: HarbourCon in Gdansk\ndate: 2024-05-01\n---\n\n"

Told = tuple[str, datetime | None, str | None]

INHERITED: list[tuple[str, list[Told]]] = [
    (
        "## Tuesday, 4 June 2024\n\n- 10:00 Tides\n\n## Wednesday, 5 June 2024\n\n- 10:00 Ropes\n",
        [
            ("Tides", datetime.fromisoformat("2024-06-04T10:00"), "Europe/Warsaw"),
            ("Ropes", datetime.fromisoformat("2024-06-05T10:00"), "Europe/Warsaw"),
        ],
    ),
    (
        "All times are in UTC.\n\n## Tuesday, 4 June 2024\n\n- 10:00 Tides\n",
        [("Tides", datetime.fromisoformat("2024-06-04T10:00"), "UTC")],
    ),
    (
        "## HarbourCon, Lisbon, 4-5 June 2024\n\n### Day 2\n\n- 10:00 Tides\n",
        [("Tides", datetime.fromisoformat("2024-06-05T10:00"), "Europe/Lisbon")],
    ),
    (
        "## Tuesday, 4 June 2024\n\n- Wednesday, 5 June, 10:00 Tides\n- 11:00 Ropes\n",
        [
            ("Tides", datetime.fromisoformat("2024-06-05T10:00"), "Europe/Warsaw"),
            ("Ropes", datetime.fromisoformat("2024-06-04T11:00"), "Europe/Warsaw"),
        ],
    ),
]


@pytest.mark.parametrize(("body", "sessions"), INHERITED, ids=range(len(INHERITED)))
def test_a_session_inherits_what_it_does_not_say(body: str, sessions: list[Told]) -> None:
    assert [(one.title, one.start, one.timezone) for one in draft_of(HEAD + body).sessions] == sessions


def test_a_time_without_any_day_is_told_and_has_no_start() -> None:
    draft = draft_of("---\ntitle: Evenings\n---\n\n- 10:00 [Tides](https://t.example/1)\n")
    assert [one.start for one in draft.sessions] == [None]
    assert [found.rule for found in draft.findings] == ["undated-session"]


def test_a_time_without_zone_or_city_is_told() -> None:
    draft = draft_of("---\ntitle: Evenings\ndate: 2024-05-01\n---\n\n## 4 June 2024\n\n- 10:00 Tides\n")
    assert [found.rule for found in draft.findings] == ["zone-unknown"]
