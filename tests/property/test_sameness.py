"""Owns the proof that what is found by passing over the alike is what a look at each thing finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feeds.sameness import difference, exchange, resorted


class Thing:
    """Something that is equal to nothing but itself."""

    def __init__(self, number: int) -> None:
        self.number = number


THINGS = tuple(map(Thing, range(8)))

mappings = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(THINGS[:3]))
orders = st.lists(st.sampled_from(THINGS), unique_by=id)


@given(now=mappings, before=mappings)
def test_difference_is_what_each_key_shows(now: dict[str, Thing], before: dict[str, Thing]) -> None:
    found = difference(now, before)
    assert found.others == [key for key in now if key not in before or before[key] is not now[key]]
    assert found.gone == [key for key in before if key not in now]


@given(now=orders, before=orders)
def test_exchange_is_what_each_thing_shows(now: list[Thing], before: list[Thing]) -> None:
    change = exchange(now, before)
    assert change.came == [one for one in now if one not in before]
    assert change.went == [one for one in before if one not in now]


@given(now=orders, before=orders)
def test_resorted_is_sorted(now: list[Thing], before: list[Thing]) -> None:
    ordered = sorted(before, key=number)
    assert resorted(ordered, exchange(now, before), key=number) == sorted(now, key=number)


def number(thing: Thing) -> int:
    return thing.number
