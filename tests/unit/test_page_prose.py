"""Owns what a page makes of a plain description: paragraphs, lists and links, never markup."""

from __future__ import annotations

import time

import pytest

from feeds.web.prose import Block, blocks


def shape(text: str) -> list[tuple[str, list[str]]]:
    """Each block with its items as plain words."""
    return [
        (block.kind, ["".join(part.text for part in item) for item in block.items]) for block in blocks(text)
    ]


def addresses(text: str) -> list[str]:
    """Where its words lead."""
    return [
        part.url for block in blocks(text) for item in block.items for part in item if part.url is not None
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n ", []),
        ("One.\n\nTwo.", [("p", ["One."]), ("p", ["Two."])]),
        ("One\ntwo.", [("p", ["One\ntwo."])]),
        ("One:\n\n• a\n\n• b\n\nEnd.", [("p", ["One:"]), ("ul", ["a", "b"]), ("p", ["End."])]),
        ("One:\n- a\n- b\n  and more\n- c", [("p", ["One:"]), ("ul", ["a", "b\nand more", "c"])]),
        ("1. a\n2. b\n\n3) c", [("ol", ["a", "b", "c"])]),
        ("• only one", [("ul", ["only one"])]),
        # What begins like an item and stands alone is a sentence.
        ("- Jane", [("p", ["- Jane"])]),
        ("2024. That was a year", [("p", ["2024. That was a year"])]),
        ("3. Oktober\n\n7. Oktober", [("p", ["3. Oktober"]), ("p", ["7. Oktober"])]),
        ("- a\n* b", [("p", ["- a"]), ("p", ["* b"])]),
        ("*stressed* words", [("p", ["*stressed* words"])]),
        ("-5 degrees", [("p", ["-5 degrees"])]),
    ],
)
def test_description_is_read_in_paragraphs_and_lists(
    text: str, expected: list[tuple[str, list[str]]]
) -> None:
    assert shape(text) == expected


def test_list_of_numbers_begins_where_it_does() -> None:
    (block,) = blocks("4. a\n5. b")
    assert (block.kind, block.start) == ("ol", 4)
    assert Block(kind="ul", items=()).start == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://example.org.", ["https://example.org"]),
        ("(https://example.org/a_(b))", ["https://example.org/a_(b)"]),
        ("<https://example.org/a?b=1&c=2>, too", ["https://example.org/a?b=1&c=2"]),
        ('“https://example.org/” and "http://b.example"', ["https://example.org/", "http://b.example"]),
        ("https://example.org/a,b;c!", ["https://example.org/a,b;c"]),
        ("HTTPS://example.org", ["HTTPS://example.org"]),
        ("• https://a.example\n• https://b.example", ["https://a.example", "https://b.example"]),
        ("xhttps://example.org", []),
        ("https:// and https://... and https://)", []),
        ("javascript:alert(1) data:text/html,x ftp://example.org www.example.org", []),
        ("mailto:a@example.org //example.org", []),
        ("https://example.org/\u202egro.elpmaxe", []),
        ("https://[broken", []),
    ],
)
def test_addresses_of_the_web_are_links_and_nothing_else_is(text: str, expected: list[str]) -> None:
    assert addresses(text) == expected


def test_no_word_is_lost() -> None:
    text = "A (https://a.example/x), b https:// c https://b.example… d"
    assert shape(text) == [("p", [text])]


@pytest.mark.parametrize("text", ["https://a.example/" + ")" * 50_000, "https://" * 50_000, "- " * 50_000])
def test_hostile_description_is_read_fast(text: str) -> None:
    begun = time.process_time()
    blocks(text)
    assert time.process_time() - begun < 2
