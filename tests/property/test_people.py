"""Reading people never raises, keeps its slices inside the text, and takes time linear in it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.understand.people import (
    find_people,
    format_of,
    looks_like_people,
    read_people,
    same_person,
    split_title,
)

PIECES = st.lists(
    st.sampled_from(
        [
            "Mira",
            "Sandberg",
            "Oscar",
            "van",
            "Keynote",
            ":",
            " - ",
            ", ",
            "; ",
            " & ",
            "(",
            ")",
            "@",
            "by ",
            "’s ",
            '"',
            "CTO",
            "will present",
            "CANCELLED",
            "|",
            "⚡",
            "#",
            "  ",
            "\n",
            "A",
            "ß",
            "佐藤",
            "Inc.",
            " from ",
            "FernCon",
        ]
    ),
    max_size=30,
).map("".join)
TEXTS = st.one_of(PIECES, st.text(max_size=120))

READERS: list[Callable[[str], object]] = [
    read_people,
    looks_like_people,
    split_title,
    find_people,
    format_of,
]
HOSTILE = [
    "a ",
    "A",
    "Mira ",
    "Mira Sandberg, ",
    "(",
    ")(",
    " - ",
    "’s ",
    '"',
    "@",
    ", ",
    " by ",
    "  ",
    "Keynote: ",
    "A.",
    "I will ",
]


@given(TEXTS)
def test_people_stand_inside_the_text(text: str) -> None:
    for person in (*read_people(text), *find_people(text)):
        start, end = person.at
        assert 0 <= start < end <= len(text)
        assert person.name


@given(TEXTS)
def test_parts_of_a_title_stand_inside_the_text_and_apart(text: str) -> None:
    parts = split_title(text)
    start, end = parts.title
    assert 0 <= start <= end <= len(text)
    if parts.people is not None and start < end:
        assert end <= parts.people[0] < parts.people[1] <= len(text)


@given(TEXTS)
def test_likeness_is_a_share(text: str) -> None:
    assert 0 <= looks_like_people(text) <= 1


@given(TEXTS, TEXTS)
def test_same_person_is_symmetric(a: str, b: str) -> None:
    assert same_person(a, b) == same_person(b, a)


@given(TEXTS)
def test_same_text_is_read_the_same_again(text: str) -> None:
    assert (read_people(text), find_people(text), split_title(text)) == (
        read_people(text),
        find_people(text),
        split_title(text),
    )


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_hostile_text_is_read_in_linear_time(reader: Callable[[str], object], piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    reader(text)
    assert time.process_time() - start < 2
