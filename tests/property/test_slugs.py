"""Slugs of common names take a short way; slugify itself is the oracle that it leads to the same place."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st
from slugify import slugify

from feeds.schedule.slugs import slug_of


@given(st.text(alphabet="aZé93 -_/'’.,&#;(~%\t\x7f", max_size=90))
@example("a" * 71)
@example("a" * 72)
@example(f"{'a' * 35} {'b' * 35}")
@example(f"{'a' * 35} {'b' * 36}")
@example("1,000 things & more")
@example("")
def test_slug_is_that_of_slugify(text: str) -> None:
    bare = re.sub(r"\b(\w)/(\w)\b", r"\1\2", text.replace("’", "").replace("'", ""))
    assert slug_of(text) == (slugify(bare, max_length=72, word_boundary=True) or "x")
