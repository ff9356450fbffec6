"""Owns what holds of every text: nothing raises, slices lie in the text, time is linear."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.understand.gazetteer import fold
from feeds.understand.places import find_online, find_places, place_named, settle

PIECES = st.sampled_from(
    [
        *("Paris", "New", "York", "San", "José", "Austin", "TX", "Reading", "St.", "Louis", "the", "Hague"),
        *(
            "in",
            "at",
            "à",
            "nach",
            ",",
            ", ",
            "(",
            ")",
            " ",
            "\n",
            "-",
            "'",
            ".",
            "/",
            "1070",
            "98052",
            "2024",
        ),
        *("France", "USA", "UK", "Summit", "May", "https://x.org/Paris", "@Oslo", "online", "Zoom", "\u0308"),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES).map("".join)
)


@given(TEXTS, st.booleans())
def test_slices_are_ordered_and_lie_in_the_text(text: str, hint: bool) -> None:
    end = 0
    for mention in find_places(text, hint=hint):
        assert text[slice(*mention.at)] == mention.text
        assert mention.whole[0] <= mention.at[0] < mention.at[1] <= mention.whole[1] <= len(text)
        assert mention.at[0] >= end
        assert len(mention.candidates) == len(mention.fames) > 0
        assert settle(mention)[0].spot in {one.spot for one in mention.candidates}
        end = mention.at[1]


@given(TEXTS)
def test_other_readings_never_raise(text: str) -> None:
    for found in find_online(text):
        assert 0 <= found.at[0] < found.at[1] <= len(text)
    assert all(place.timezone for place in place_named(text))


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS, st.integers(min_value=0, max_value=10**6))
def test_base_moves_slices_and_nothing_else(text: str, base: int) -> None:
    plain, moved = find_places(text), find_places(text, base=base)
    assert [(m.at[0] + base, m.at[1] + base) for m in plain] == [m.at for m in moved]
    assert [m.candidates for m in plain] == [m.candidates for m in moved]


HOSTILE = [
    "Paris, ",
    "New ",
    "San ",
    "Saint-",
    "A",
    "A ",
    "a\u0308",
    "1070 ",
    "(((",
    "Paris, France, ",
    "@",
    "://",
    "x@y://",
    "online ",
    "held a b online",
    "https://zoom.us/j/",
    "St. ",
    "London E16 1XL, ",
    "May 3 ",
    "The Oslo Rust ",
    "\n",
    "   ",
    "*_*_",
]


def _seconds(text: str) -> float:
    begin = time.process_time()
    find_places(text)
    find_places(text, hint=True)
    find_online(text)
    return time.process_time() - begin


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    short, long = piece * (10_000 // len(piece)), piece * (100_000 // len(piece))
    least = min(_seconds(short) for _ in range(3))  # what it takes when nothing else disturbs it
    # Ten times the text; three times that for a busy machine. A quadratic reader would take a hundred.
    assert min(_seconds(long) for _ in range(3)) < 10 * 3 * least + 0.1
