"""The dates of posts, and years said in passing."""

from __future__ import annotations

from datetime import date

import pytest

from feeds.understand.when import find_year, parse_post_date

STAMPS = [
    ("2024-03-14", date(2024, 3, 14)),
    ("2024-03-14T09:00:00+05:00", date(2024, 3, 14)),
    ("2024-03-14T12:00:00.000Z", date(2024, 3, 14)),
    ("2024-03-14 20:33:42 +0000", date(2024, 3, 14)),
    ("2024-3-4", date(2024, 3, 4)),
    ("2024/02/21", date(2024, 2, 21)),
    ("2024.02.21", date(2024, 2, 21)),
    ("20240221", date(2024, 2, 21)),
    ("20240221T101500Z", date(2024, 2, 21)),
    ("11-17-2024", date(2024, 11, 17)),
    ("17-11-2024", date(2024, 11, 17)),
    ("17.11.2024", date(2024, 11, 17)),
    ("04.03.2024", date(2024, 3, 4)),
    ("11/17/2024", date(2024, 11, 17)),
    ("March 3, 2024", date(2024, 3, 3)),
    ("3 March 2024", date(2024, 3, 3)),
    ("March 3rd, 2024", date(2024, 3, 3)),
    ("Sun, 03 Mar 2024 10:00:00 GMT", date(2024, 3, 3)),
    ("3. März 2024", date(2024, 3, 3)),
    ("3 de marzo de 2024", date(2024, 3, 3)),
    ("2024/03/14/my-post/index.md", date(2024, 3, 14)),
    ("content/blog/2024/03/14/index.md", date(2024, 3, 14)),
    ("2024-03-14-kubecon.md", date(2024, 3, 14)),
    ("_posts/2024-03-14-kubecon.md", date(2024, 3, 14)),
    ("  '2024-03-14'  ", date(2024, 3, 14)),
    ("1662469200", date(2022, 9, 6)),
    ("990000000", date(2001, 5, 16)),
    ("2024031412", None),
    ("2024-13-14", None),
    ("2024-02-30", None),
    ("October 24", None),
    ("soon", None),
    ("", None),
    ("kubecon-2024.md", None),
    ("2024", None),
]


@pytest.mark.parametrize(("value", "day"), STAMPS)
def test_parse_post_date_reads_every_form(value: str, day: date | None) -> None:
    assert parse_post_date(value) == day


YEARS = [
    ("KubeCon 2024", 2024),
    ("KubeCon EU '25", 2025),
    ("KubeCon EU ’25 in London", 2025),
    ("the 2026 edition", 2026),
    ("in March 2024.", 2024),
    ("useR!2021", 2021),
    ("(2023)", 2023),
    ("a room for 2000 people", 2000),
    ("no year", None),
    ("port 8080", None),
    ("$2024", None),
    ("v2024.1", None),
    ("build 20240314", None),
    ("12:2024", None),
    ("https://example.org/2024/", None),
]


@pytest.mark.parametrize(("text", "year"), YEARS)
def test_find_year_sees_a_year_that_stands_alone(text: str, year: int | None) -> None:
    assert find_year(text) == year
