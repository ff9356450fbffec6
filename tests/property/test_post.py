"""Owns the properties of reading posts: nothing raises, time is linear, and text leads back to its source."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.post import Block, Line, read_post

WORD = st.text(
    st.characters(categories=("L", "N"), exclude_characters="\u0130") | st.sampled_from("éßΩ漢🎉"),
    min_size=1,
    max_size=8,
)
PLAIN = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
# What may stand around plain text without being part of it.
SHELLS = st.sampled_from(
    [
        *(
            "# {}\n",
            "{}\n\n",
            "- {}\n",
            "> {}\n",
            "**{}** ",
            "[{}](https://example.org)\n",
            "| {} | {} |\n|---|---|\n| {} | {} |\n",
        ),
        *(
            "<p>{}</p>\n\n",
            "<table><tr><td>{}</td></tr></table>\n\n",
            "<ul>\n<li>{}\n</ul>\n\n",
            "<b>{}</b>\n",
            "1. {}\n   - {}\n",
        ),
        *(
            ":::note {}\n\n{}\n:::\n\n",
            "> [!TIP]\n> {}\n\n",
            "{{{{< x >}}}}\n\n{}\n\n",
            "!!! tip\n    {}\n\n",
            "\r\n{}\r\n\r\n",
        ),
    ]
)
PIECES = [
    *(
        "---\n",
        "+++\n",
        "{",
        "}",
        "{{<",
        ">}}",
        "{%",
        "%}",
        "{/*",
        "*/}",
        "<!--",
        "-->",
        "<",
        ">",
        "</",
        "<td",
        "<table>",
    ),
    *(
        "</table>",
        "<tr>",
        "<ul><li>",
        "</ul>",
        "<a href='",
        "'",
        '"',
        ":::",
        "!!! a\n",
        "    ",
        "\t",
        "> ",
        "[!a]",
        "- ",
    ),
    *(
        "1. ",
        "# ",
        "|",
        "|-|-|",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "~~",
        "[",
        "](",
        ")",
        "\\",
        "&",
        "&amp;",
        "&#0;",
        "\n",
        "\r",
    ),
    *(
        "\u200b",
        "\u00a0",
        "\x00",
        "\x1b",
        "\ufeff",
        "é",
        "🎉",
        "title: ",
        "sessions:\n",
        "a",
        " = ",
        "[[",
        "]]",
        "import ",
        "export const",
    ),
]


def lines(blocks: Sequence[Block]) -> Iterator[Line]:
    for block in blocks:
        yield from block.lines
        yield from lines(block.children)


@given(st.lists(st.tuples(SHELLS, PLAIN), min_size=1, max_size=8))
def test_every_character_of_plain_text_leads_back_to_itself(parts: list[tuple[str, str]]) -> None:
    text = "".join(shell.format(*[words] * shell.count("{}")) for shell, words in parts)
    post, _ = read_post("posts/a.md", text.encode())
    assert post is not None
    found = [
        (char, post.source.text[line.offset(at)])
        for line in lines(post.blocks)
        for at, char in enumerate(line.text)
    ]
    assert [one for one, _ in found if not one.isspace()] == [
        other for one, other in found if not one.isspace()
    ]


@given(st.lists(st.tuples(SHELLS, PLAIN), min_size=1, max_size=8))
def test_no_word_of_plain_text_is_lost(parts: list[tuple[str, str]]) -> None:
    text = "".join(shell.format(*[words] * shell.count("{}")) for shell, words in parts)
    post, _ = read_post("posts/a.md", text.encode())
    assert post is not None
    read = "".join(line.text for line in lines(post.blocks))
    assert [word for _, words in parts for word in words.split() if word not in read] == []


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.sampled_from(["a.md", "a.mdx"]))
def test_reading_never_raises_and_spans_stay_inside(text: str, path: str) -> None:
    post, findings = read_post(path, text.encode())
    assert (post is None) == any(str(one.severity) == "error" for one in findings)
    if post is not None:
        spans = [line.span() for line in lines(post.blocks)]
        assert [span for span in spans if not 0 <= span.start <= span.end <= len(post.source.text)] == []


@given(st.binary(max_size=300))
def test_reading_any_bytes_never_raises(data: bytes) -> None:
    post, findings = read_post("posts/a.md", data)
    assert post is not None or findings != ()


HOSTILE = {
    **{
        f"{unit!r}": unit
        for unit in ("[", "*a_", "<a ", '<a "', "`a``", "{{", "={={", "={a{b", "{/*", "{%%", "![a](", "\\*")
    },
    **{
        f"{unit!r} in HTML": f"<div>\n{unit}"
        for unit in ('<a "<b \' "', '<a x="', "<b>", "<svg/>", "&amp;", "<", "<!-")
    },
    "comments over empty lines": "<!-- \n\n<div>",
    "words": "word and more words ",
    "lines": "word\n",
    "wide words": "é🎉 ",
    "invisible": "\u200ba",
    "indented code": "    a\n\n",
}


def seconds(data: bytes) -> float:
    """CPU time of reading, the best of two, which a busy machine disturbs least."""
    spent = []
    for _ in range(2):
        begun = time.process_time()
        read_post("posts/a.mdx", data)
        spent.append(time.process_time() - begun)
    return min(spent)


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_is_linear_in_the_size(unit: str) -> None:
    head, _, rest = unit.rpartition("\n") if unit.startswith("<div>") else ("", "", unit)
    small, large = (
        f"{head}\n{rest * (size // len(rest.encode()))}".encode() for size in (125_000, 1_000_000)
    )
    assert seconds(large) < 0.1 + 24 * seconds(small)  # eight times the size; quadratic would be 64
