"""Owns the examples of schedules in tables."""

from __future__ import annotations

from datetime import datetime

import pytest

from feeds.understand.tables import table_says_when
from tests.unit.understand_lines import draft_of, scopes_of

HEAD = "---\ntitle: HarbourCon in Gdansk\ndate: 2024-05-01\n---\n\n## Tuesday, 4 June 2024\n\n"

Row = tuple[str, datetime, str | None]

TABLES: list[tuple[str, list[Row]]] = [
    (
        "| Time | Talk | Room |\n|---|---|---|\n| 10:00 | Tides | Crane Hall |\n| 11:00 | Ropes | Room 3 |",
        [
            ("Tides", datetime.fromisoformat("2024-06-04T10:00"), "Crane Hall"),
            ("Ropes", datetime.fromisoformat("2024-06-04T11:00"), "Room 3"),
        ],
    ),
    (
        "| Uhrzeit | Vortrag | Raum |\n|---|---|---|\n| 10:00 | Gezeiten | Saal 2 |",
        [("Gezeiten", datetime.fromisoformat("2024-06-04T10:00"), "Saal 2")],
    ),
    (
        "| Time | Crane Hall | Rope Hall |\n|---|---|---|\n| 10:00 | Tides | Knots |\n"
        "| 11:00 | Lunch | Lunch |",
        [
            ("Tides", datetime.fromisoformat("2024-06-04T10:00"), "Crane Hall"),
            ("Knots", datetime.fromisoformat("2024-06-04T10:00"), "Rope Hall"),
            ("Lunch", datetime.fromisoformat("2024-06-04T11:00"), None),
        ],
    ),
    (
        "| Time | Talk |\n|---|---|\n| 10.00 | Tides |",
        [("Tides", datetime.fromisoformat("2024-06-04T10:00"), None)],
    ),
    ("| Port | Cranes |\n|---|---|\n| Gdansk | 12 |\n| Gdynia | 9 |", []),
    ("| Time | Talk |\n|---|---|", []),
]


@pytest.mark.parametrize(("table", "rows"), TABLES, ids=range(len(TABLES)))
def test_a_table_is_read_by_what_its_columns_mean(table: str, rows: list[Row]) -> None:
    assert [(one.title, one.start, one.room) for one in draft_of(HEAD + table).sessions] == rows


@pytest.mark.parametrize(
    ("table", "timed"),
    [
        ("| Name | Colour |\n|--|--|\n| Madder | red |", False),
        ("| When | What |\n|--|--|\n| 10:00 | Knots |", True),
        ("| Date | Talk |\n|--|--|\n| 29 June | Knots |", True),
        ("| Room | Monday |\n|--|--|\n| Foyer | Knots, until 12:30 |", True),
    ],
)
def test_a_table_says_when_where_a_cell_says_one(table: str, timed: bool) -> None:
    assert table_says_when(scopes_of(table)[0]) is timed
