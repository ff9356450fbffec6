"""Owns the promise that understanding never raises, whatever stands in a post, and points only into it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feeds.diagnostics import RULES, Diagnostic
from feeds.post import read_post
from feeds.schedule import link
from feeds.settings import Settings
from feeds.source import Source, Span
from feeds.understand.draft import Draft
from feeds.understand.reading import understand

POSTS = Path(__file__).parent.parent.parent / "posts"
SETTINGS = Settings(organisations=("Almanac",), timezone="Europe/Lisbon")
ROUNDS = 40
"""Mutations of each post in each way."""

FRAGMENTS = (
    "", " ", "\n", "#", "# ", "###### ", "- ", "1. ", "> ", "|", "| a | b |\n|---|---|\n", "\t",
    "```\n", "~~", "**", "[", "](", "](https://x.example/", "![", "<b>", "</td>", "<table><tr><td>",
    "&nbsp;", "&#0;", "{{<", "---\n", "+++\n", "title:", "date: 2024-02-30\n", "sessions:\n  - ",
    "events: [", "start: 99:99", "timezone: Nowhere/At", "When:", "Where: ", "Speaker:", "by ", "with ",
    " at ", "@", " - ", "–", "—", ":", ";", ",", "/", "'s ", "’", "14:40", "25:61", "2pm", "12am",
    "0:00", "24:00", "14.40", "2-3pm", "CET", "PT", "GMT+25", "UTC-99:99", "+02:00", "31 February",
    "0th March", "99 March", "29 Feb 2023", "Monday", "Mon-Sun", "March", "tomorrow", "every day",
    "2024", "0000", "9999", "1/1/1", "03/04/2024", "9999-12-31", "0001-01-01", "31 December 9999",
    "Day 2", "Day 99", "noon", "midnight", "Paris", "Barcelona", "Kolkata, India", "Online", "Zoom",
    "Room E05", "Hall 2", "Keynote:", "Panel:", "Jo Li", "Zoë Quinn, Almanac", "Dr. ", "& ", "and ",
    "\u0000", "\u001f", "\u0085", "\u200b", "\u202e", "\u2028", "\ufeff", "\ud7ff", "\U0001f389",
    "e\u0301", "\u0301", "İ", "ß", "ǆ", "山田", "ا", "１４：４０", "٣", "²",
)  # fmt: skip
FARTHEST = (
    "0001-01-01", "0001-01-01 00:00", "0001-01-01T00:00:00+14:00", "1900-01-01 00:00",
    "2200-12-31 23:59", "9999-12-31", "9999-12-31 23:59", "9999-12-31T23:59:59-12:00",
    "9999-12-31T23:59Z", "10000-01-01", "0", "-1",
)  # fmt: skip


def flipped(text: str, dice: random.Random) -> str:
    """Some bits of the file's bytes turned; what is not UTF-8 any more is marked as such."""
    data = bytearray(text.encode())
    for _ in range(dice.randint(1, 12)):
        if data:
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return data.decode("utf-8", "replace")


def shuffled(text: str, dice: random.Random) -> str:
    lines = text.split("\n")
    first = dice.randrange(len(lines))
    some = lines[first : first + dice.randint(2, 12)]
    dice.shuffle(some)
    return "\n".join([*lines[:first], *some, *lines[first + len(some) :]])


def shortened(text: str, dice: random.Random) -> str:
    first = dice.randrange(len(text) + 1)
    return text[:first] + text[first + dice.randint(1, 200) :]


def doubled(text: str, dice: random.Random) -> str:
    lines = text.split("\n")
    first, to = dice.randrange(len(lines)), dice.randrange(len(lines))
    return "\n".join([*lines[:to], *lines[first : first + dice.randint(1, 6)], *lines[to:]])


def sprinkled(text: str, dice: random.Random) -> str:
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(text) + 1)
        text = text[:at] + dice.choice(FRAGMENTS) + text[at:]
    return text


def unspaced(text: str, dice: random.Random) -> str:
    """Line ends and spaces lost or changed."""
    old, new = dice.choice(
        [("\n\n", "\n"), ("\n", " "), (" ", "\u00a0"), ("\n", "\r\n"), ("- ", "-"), (": ", ":")]
    )
    return text.replace(old, new, dice.randint(1, 40))


MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (
    flipped, shuffled, shortened, doubled, sprinkled, unspaced,
)  # fmt: skip


def check(text: str) -> Draft | None:
    """Read and understand a post, and hold what comes out against what must hold of every post."""
    post, found = read_post("posts/fuzz.md", text.encode("utf-8", "replace"))
    if post is None:
        assert found
        return None
    draft = understand(post, SETTINGS)
    for span in spans(draft):
        assert 0 <= span.start <= span.end <= len(draft.source.text)
    for finding in (*found, *draft.findings, *link([draft]).diagnostics):
        assert_points_into(finding, draft.source)
    return draft


def spans(draft: Draft) -> Iterator[Span]:
    for told in (*draft.events, *draft.sessions):
        yield told.span
        for read in told.reads.values():
            yield read.span
    for session in draft.sessions:
        for person in session.people:
            yield person.span


def assert_points_into(finding: Diagnostic, source: Source) -> None:
    assert finding.rule in RULES
    assert finding.path == source.path
    assert (1, 1) <= (finding.line, finding.column) <= (finding.end_line, finding.end_column)
    assert finding.end_line <= len(source.starts)
    assert finding.end_column <= len(source.line(finding.end_line)) + 1
    assert finding.source_line == source.line(finding.line)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
@pytest.mark.parametrize("path", sorted(POSTS.glob("*.md")), ids=lambda path: path.stem[:20])
def test_mutated_post_is_understood_or_reported(
    path: Path, mutation: Callable[[str, random.Random], str]
) -> None:
    text = path.read_text(encoding="utf-8")
    for number in range(ROUNDS):
        dice = random.Random(f"{path.stem} {mutation.__name__} {number}")  # noqa: S311 - the same every run
        check(mutation(text, dice))


@pytest.mark.parametrize("seed", range(8))
def test_soup_of_fragments_is_understood_or_reported(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - the same every run
    for _ in range(ROUNDS):
        check("".join(dice.choice(FRAGMENTS) + dice.choice(("", " ", " ", "\n", "\n\n")) for _ in range(40)))


@pytest.mark.parametrize("seed", range(4))
def test_soup_of_characters_is_understood_or_reported(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - the same every run
    letters = [
        *range(0x20, 0x7F),
        0x0A,
        0x0A,
        0x0A,
        *range(0xA0, 0x180),
        0x2013,
        0x2019,
        0x1F389,
        0x5C71,
        0x301,
    ]
    for _ in range(ROUNDS):
        check("".join(chr(dice.choice(letters)) for _ in range(dice.randint(0, 300))))


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=ascii)
def test_fragment_alone_and_many_times_is_understood_or_reported(fragment: str) -> None:
    for text in (fragment, f"# {fragment}", f"- {fragment}\n", f"{fragment} " * 50, f"{fragment}\n\n" * 50):
        check(text)


@pytest.mark.parametrize("day", FARTHEST)
def test_first_and_last_days_of_the_calendar_are_understood_or_reported(day: str) -> None:
    fields = f"start: {day}, end: {day}, city: Kolkata"
    for front, prose in (
        (f"date: {day}", f"## Conf, Paris\n\n### Talk\n\n#### 0:00 - 24:00, {day}\n"),
        (f"start: {day}\nend: {day}\ncity: Paris", "- 9:00 Talk\n"),
        (f"events:\n  - {{name: A, slug: a, {fields}}}", "- Monday, 9:00 Talk\n"),
        (f"events:\n  - {{name: A, slug: a, {fields}}}\nsessions:\n  - {{title: T, event: a, {fields}}}", ""),
    ):
        check(f"---\ntitle: Conf\n{front}\n---\n\n{prose}")


def test_check_sees_a_session() -> None:
    draft = check(
        "---\ndate: 2024-03-01\n---\n## Conf, Paris, 19 March\n\n### Talk, Jo Li\n\n#### 9:00 - 9:30\n"
    )
    assert draft is not None
    assert [one.title for one in draft.sessions] == ["Talk"]
