"""Owns the example of a length said once for all that is shown where it is written."""

from __future__ import annotations

from tests.unit.understand_lines import draft_of

POST = """---
title: Evenings on dyeing
date: 2027-02-10
---

We meet in Graz with Pınar İNCİ. Every evening lasts 45 minutes.

- 4 March, 19:00: **Madder and its relatives** with Ilse Novak
- 18 March, 19:00: **Blue without indigo** with Tomaz Breg
"""


def test_length_is_shown_where_it_stands_behind_letters_longer_in_lower_case() -> None:
    whys = [one.reads["end"].why for one in draft_of(POST).sessions]
    assert whys == ["“Every evening lasts 45 minutes” is said above of each"] * 2
