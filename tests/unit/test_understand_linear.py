"""Owns the promise that understanding takes time in proportion to the post, whatever stands in it."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from feeds.post import read_post
from feeds.settings import Settings
from feeds.understand.phrases import is_deadline, is_generic, is_generic_heading, is_past, tells_no_event
from feeds.understand.reading import understand

MOST_GROWTH = 2.6
"""CPU time of a post of twice the size; 2 is linear, the rest is noise and caches that overflow."""
TRIES = 8
"""Something quadratic grows four times in each of them; what else a machine does disturbs some."""

HEAD = "---\ntitle: Harbour Days\ndate: 2024-05-01\n---\n\n# Harbour Days, Gdansk, 3-5 June 2024\n\n"


def headings(size: int) -> str:
    return "".join(f"## Talk number {n}\n\n4 June 2024, 10:{n % 60:02d}\n\n" for n in range(size // 40))


def events(size: int) -> str:
    return "".join(f"## Quay{n}Con, Gdansk, 3-4 June 2024\n\nCome.\n\n" for n in range(size // 42))


def one_list(size: int) -> str:
    return "".join(f"- 10:{n % 60:02d} Tides and cranes {n}, Ola Nowak\n" for n in range(size // 40))


def labels(size: int) -> str:
    return "".join(f"- When: 4 June 2024, 10:{n % 60:02d}\n" for n in range(size // 30))


def one_paragraph(size: int) -> str:
    return " ".join(
        f"On 4 June at 10:{n % 60:02d}, Ola Nowak will present “Tides number {n}” in room {n}."
        for n in range(size // 76)
    )


def deep_lists(size: int) -> str:
    branch = "".join(f"{'  ' * depth}- part {depth} at 10:00\n" for depth in range(12))
    return branch * (size // len(branch))


def table(size: int) -> str:
    rows = "".join(f"| 10:{n % 60:02d} | Tides {n} | Ola Nowak |\n" for n in range(size // 32))
    return f"| Time | Talk | Speaker |\n|---|---|---|\n{rows}"


def seconds(text: str) -> float:
    """CPU time of understanding a post that is as long as a post may be read."""
    post, _ = read_post("posts/long.md", (HEAD + text).encode())
    assert post is not None
    return _run(lambda: understand(post, Settings()))


def _run(work: Callable[[], object]) -> float:
    """CPU seconds of `work` alone: what other tests left in memory is hidden from the garbage collector.

    Else a post that makes enough objects pays for one walk over all of theirs, and one half as long does not.
    """
    gc.freeze()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.unfreeze()


@pytest.mark.parametrize(
    ("shape", "size"),
    [
        (headings, 40_000),
        (events, 40_000),
        (one_list, 30_000),
        (labels, 30_000),
        (one_paragraph, 40_000),
        (deep_lists, 24_000),
        (table, 24_000),
    ],
)
def test_understanding_takes_twice_the_time_for_twice_the_post(
    shape: Callable[[int], str], size: int
) -> None:
    seconds(shape(size // 4))  # fills the tables and caches that every post shares
    growth = (seconds(shape(2 * size)) / seconds(shape(size)) for _ in range(TRIES))
    assert any(ratio <= MOST_GROWTH for ratio in growth)  # a busy machine makes a run slower, never faster


@pytest.mark.parametrize(
    "fragment",
    [
        *("10:00 ", "2024-05-05 ", "Later that day, at 14:15, ", "Monday ", "May 5, "),
        *(
            "on May 5 we meet in Paris. ",
            "10:00 - 11:00 Foo ",
            "in X ",
            " in",
            "in Paris ",
            "a\n",
            "Foo bar\n",
        ),
        *("by A (B), ", ", Room 1", "de ", "for the ", "»", "„a“ "),
    ],
)
@pytest.mark.parametrize("opening", ["", "- 10:00 "])
def test_a_line_of_repeated_words_is_read_in_time_with_its_length(fragment: str, opening: str) -> None:
    def of(size: int) -> str:
        return opening + fragment * (size // len(fragment)) + "\n"

    seconds(of(1_000))
    growth = (seconds(of(16_000)) / max(seconds(of(8_000)), 0.02) for _ in range(TRIES))
    assert any(ratio <= MOST_GROWTH for ratio in growth)


def test_a_title_of_capitals_is_read_in_time_with_its_length() -> None:
    def of(count: int) -> float:
        post, _ = read_post("posts/long.md", f'---\ntitle: "{"A’" * count}"\n---\n\nAt 10:00.\n'.encode())
        assert post is not None
        return _run(lambda: understand(post, Settings()))

    of(500)
    assert any(of(8_000) / max(of(4_000), 0.02) <= MOST_GROWTH for _ in range(TRIES))


HOSTILE = [
    "a" * 100_000,
    "! " * 50_000 + "x",
    "!" * 100_000 + "x",
    "submissions " * 8_000 + "x",
    "submissions" + " a" * 50_000,
    "day " * 25_000 + "Zebra",
    "hands-on " * 11_000 + "Zebra",
    "(" * 100_000,
    "A.B." * 25_000,
]


@pytest.mark.parametrize("ask", [is_deadline, is_past, is_generic, is_generic_heading, tells_no_event])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_phrase_of_100_kb_keeps_a_question_busy(ask: Callable[[str], bool], text: str) -> None:
    assert _run(lambda: ask(text)) < 1
