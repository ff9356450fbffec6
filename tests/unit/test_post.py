"""Owns the tests of the block tree: what Markdown, HTML, MDX and template tags become, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from feeds.post import Block, Line, Post, read_post

Tree = list[Any]


def read(text: str, *, path: str = "posts/a.md") -> Post:
    post, findings = read_post(path, text.encode())
    assert post is not None
    assert findings == ()
    return post


def tree(text: str, *, path: str = "posts/a.md") -> Tree:
    """Blocks as `[kind, text of each line or child, …]`."""
    return [_node(block) for block in read(text, path=path).blocks]


def _node(block: Block) -> list[Any]:
    kind = f"{block.kind}{block.level or ''}{'!' if block.head else ''}"
    return [kind, *(line.text for line in block.lines), *(_node(child) for child in block.children)]


def lines(blocks: Sequence[Block]) -> list[Line]:
    found: list[Line] = []
    for block in blocks:
        found += [*block.lines, *lines(block.children)]
    return found


MARKDOWN: dict[str, tuple[str, Tree]] = {
    "headings": ("# A\n\nB\n---\n\n### C {#id}\n", [["heading1", "A"], ["heading2", "B"], ["heading3", "C"]]),
    "soft break": ("a\nb\n", [["paragraph", "a b"]]),
    "hard breaks": ("a  \nb\\\nc<br>d\n", [["paragraph", "a", "b", "c", "d"]]),
    "nested list": (
        "- a\n  - b\n",
        [["list", ["item", ["paragraph", "a"], ["list", ["item", ["paragraph", "b"]]]]]],
    ),
    "task list": (
        "- [ ] a\n- [x] b\n",
        [["list", ["item", ["paragraph", "a"]], ["item", ["paragraph", "b"]]]],
    ),
    "definition list": ("a\n: b\n", [["list", ["term", "a"], ["item", ["paragraph", "b"]]]]),
    "quote": ("> a\n> b\n", [["quote", ["paragraph", "a b"]]]),
    "table": (
        "| a | b |\n|---|---|\n| c |  |\n",
        [["table", ["row!", ["cell", "a"], ["cell", "b"]], ["row", ["cell", "c"], ["cell"]]]],
    ),
    "table without outer pipes": (
        "a | b\n--|--\nc | d\n",
        [["table", ["row!", ["cell", "a"], ["cell", "b"]], ["row", ["cell", "c"], ["cell", "d"]]]],
    ),
    "escaped pipe in a cell": (
        "| a |\n|---|\n| b \\| c |\n",
        [["table", ["row!", ["cell", "a"]], ["row", ["cell", "b | c"]]]],
    ),
    "entities": ("a &amp; b &#8211; c&nbsp;d\n", [["paragraph", "a & b – c d"]]),
    "escapes": ("a \\* b\n", [["paragraph", "a * b"]]),
    "spaces of all kinds": ("a\u00a0b\u202fc\td\n", [["paragraph", "a b c d"]]),
    "invisible characters": ("a\u200bb\u2060c\u00add\ufeff\n", [["paragraph", "abcd"]]),
    "footnote": ("a[^1]\n\n[^1]: b\n", [["paragraph", "a"], ["quote", ["paragraph", "b"]]]),
    "code": ("```\na\n```\n", [["code", "a"]]),
    "windows newlines": ("# A\r\n\r\nb\r\nc\r\n", [["heading1", "A"], ["paragraph", "b c"]]),
    "old mac newlines": ("# A\r\rb\rc\r", [["heading1", "A"], ["paragraph", "b c"]]),
    "rule": ("a\n\n---\n", [["paragraph", "a"], ["rule"]]),
}
HTML: dict[str, tuple[str, Tree]] = {
    "comment": ("a <!-- b --> c\n\n<!-- d\n\ne -->\n\nf\n", [["paragraph", "a  c"], ["paragraph", "f"]]),
    "comment over an empty line in a block": ("<div><!-- a\n\nb -->c</div>\n", [["paragraph", "c"]]),
    "comment that never ends": ("a\n\n<!-- b\n\nc\n", [["paragraph", "a"]]),
    "script and style": ("<script>\na\n\nb\n</script>\n<style>c</style>\n\nd\n", [["paragraph", "d"]]),
    "table with ends left out": (
        "<table><tr><th>a<th>b<tr><td>c<br>d<td><p>e</p><p>f</table>\n",
        [
            [
                "table",
                ["row!", ["cell!", "a"], ["cell!", "b"]],
                ["row", ["cell", "c", "d"], ["cell", "e", "f"]],
            ]
        ],
    ),
    "table over empty lines": (
        "<table>\n\n<tr>\n\n<td>\n\n**a** b\n\n- c\n\n</td>\n\n</tr>\n\n</table>\n\nd\n",
        [["table", ["row", ["cell", "a b", "c"]]], ["paragraph", "d"]],
    ),
    "table with head and caption": (
        "<table><caption>a</caption><thead><tr><td>b</td></tr></thead><tbody><tr><td>c</td></tr></tbody></table>\n",
        [["paragraph", "a"], ["table", ["row!", ["cell", "b"]], ["row", ["cell", "c"]]]],
    ),
    "table that never ends": (
        "<table><tr><td>a\n\nb\n",
        [["table", ["row", ["cell", "a"]]], ["paragraph", "b"]],
    ),
    "nested lists": (
        "<ul><li>a<ul><li>b</ul><li>c</ul>\n",
        [
            [
                "list",
                ["item", ["paragraph", "a"], ["list", ["item", ["paragraph", "b"]]]],
                ["item", ["paragraph", "c"]],
            ]
        ],
    ),
    "definition list": (
        "<dl><dt>a<dd>b<dt>c<dd>d</dl>\n",
        [["list", ["term", "a"], ["item", ["paragraph", "b"]], ["term", "c"], ["item", ["paragraph", "d"]]]],
    ),
    "details": (
        "<details><summary>a</summary>\n\n- b\n\n</details>\n",
        [["paragraph", "a"], ["list", ["item", ["paragraph", "b"]]]],
    ),
    "headings": ("<h2 class='x'>a</h2><p>b</p>\n", [["heading2", "a"], ["paragraph", "b"]]),
    "stray ends": ("</td></ul></p>a</b>\n", [["paragraph", "a"]]),
    "less than": ("<div>\na < b <3\n</div>\n", [["paragraph", "a < b <3"]]),
    "greater than in an attribute": ("<div>\n<img alt='a > b'>c\n</div>\n", [["paragraph", "c"]]),
    "entities": ("<div>a &amp; b&nbsp;&copy;</div>\n", [["paragraph", "a & b ©"]]),
    "white space": ("<div>\n  a\n    b\n</div>\n", [["paragraph", "a b"]]),
}
MIXED: dict[str, tuple[str, Tree]] = {
    "component": (
        "<Alert style={{ gap: 1 }} onClick={() => a > b}>\n  <b>17:30 | Doors</b>\n</Alert>\n",
        [["paragraph", "17:30 | Doors"]],
    ),
    "imports and exports": (
        "import A from './a'\nimport {\n  B,\n} from \"b\"\n\nexport const c = {\n  d: 1,\n}\n\ne\n",
        [["paragraph", "e"]],
    ),
    "the word import in prose": (
        "import duties and\nexport taxes rise\n",
        [["paragraph", "import duties and export taxes rise"]],
    ),
    "JSX comment": ("a {/* b\n\nc */} d\n", [["paragraph", "a"], ["paragraph", "d"]]),
    "fragment": ("<>\n\na\n\n</>\n", [["paragraph", "a"]]),
    "Hugo shortcodes": (
        'a {{< b c="d" >}} e\n\n{{% f %}}\ng\n{{% /f %}}\n',
        [["paragraph", "a  e"], ["paragraph", "g"]],
    ),
    "Liquid": ("{% include a.html %}\nb {{ c | d }}e\n", [["paragraph", "b e"]]),
    "kramdown attributes": ("a\n{: .b #c}\n", [["paragraph", "a"]]),
    "admonition": (":::note\na\n:::\n", [["paragraph", "a"]]),
    "admonition with a title": (":::tip Doors at 9\na\n:::\n", [["paragraph", "Doors at 9", "a"]]),
    "admonition with a label": (
        ":::info[Doors at 9]\n\na\n\n:::\n",
        [["paragraph", "Doors at 9"], ["paragraph", "a"]],
    ),
    "indented admonition": (
        '!!! note "Doors at 9"\n    a\n\n    - b\n\nc\n',
        [
            ["quote", ["paragraph", "Doors at 9", "a"]],
            ["quote", ["list", ["item", ["paragraph", "b"]]]],
            ["paragraph", "c"],
        ],
    ),
    "GitHub alert": ("> [!NOTE]\n> a\n", [["quote", ["paragraph", "a"]]]),
    "callout with a title": ("> [!tip]- Doors\n> a\n", [["quote", ["paragraph", "Doors", "a"]]]),
}


@pytest.mark.parametrize(("text", "wanted"), MARKDOWN.values(), ids=MARKDOWN.keys())
def test_markdown_becomes_blocks(text: str, wanted: Tree) -> None:
    assert tree(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), HTML.values(), ids=HTML.keys())
def test_html_becomes_blocks(text: str, wanted: Tree) -> None:
    assert tree(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), MIXED.values(), ids=MIXED.keys())
def test_what_is_not_prose_falls_out(text: str, wanted: Tree) -> None:
    assert tree(text) == wanted


def test_mdx_has_no_code_by_indent() -> None:
    text = "<Tab>\n\n    **9:00** Doors\n\n</Tab>\n"
    assert tree(text) == [["code", "**9:00** Doors"]]
    assert tree(text, path="posts/a.mdx") == [["paragraph", "9:00 Doors"]]


MARKS = [
    (
        "**a** _b_ ~~c~~ `d`\n",
        [("strong", "a", ""), ("emphasis", "b", ""), ("strike", "c", ""), ("code", "d", "")],
    ),
    ("[a](https://x.org/b_(c))\n", [("link", "a", "https://x.org/b_(c)")]),
    (
        "[a][1] [b]\n\n[1]: https://x.org/1\n[b]: https://x.org/2\n",
        [("link", "a", "https://x.org/1"), ("link", "b", "https://x.org/2")],
    ),
    ("<https://x.org/>\n", [("link", "https://x.org/", "https://x.org/")]),
    ('<a href="https://x.org/?a=1&amp;b=2">a</a>\n', [("link", "a", "https://x.org/?a=1&b=2")]),
    ('<div><a href="/b"><h3>a</h3></a></div>\n', [("link", "a", "/b")]),
    ("<div><b>a</b> <del>b</del></div>\n", [("strong", "a", ""), ("strike", "b", "")]),
    ('<Link to="/b">a</Link>\n', [("link", "a", "/b")]),
    ('<Button href="/b">a</Button>\n', [("link", "a", "/b")]),
    ('<Card>\n<Button href="/b">a</Button> b\n</Card>\n', [("link", "a", "/b")]),
    ('See <Button href="/b">a</Button> and <Badge>b</Badge>.\n', [("link", "a", "/b")]),
    ('<Button href="/b" />\n\na\n', []),
    ('<TabItem label="Tuesday &amp; more">\n\na\n\n</TabItem>\n', [("strong", "Tuesday & more", "")]),
    ("<table><tr><th>a</th></tr></table>\n", [("strong", "a", "")]),
]


@pytest.mark.parametrize(("text", "wanted"), MARKS)
def test_marks_say_what_they_cover(text: str, wanted: list[tuple[str, str, str]]) -> None:
    found = [
        (mark.kind, line.text[mark.start : mark.end], mark.href)
        for line in lines(read(text).blocks)
        for mark in line.marks
    ]
    assert found == wanted


def test_spans_of_cells_are_kept() -> None:
    text = '<table><tr><td rowspan="2">a</td><td colspan=3>b</td><td colspan="0">c</td></tr></table>\n'
    cells = read(text).blocks[0].children[0].children
    assert [(cell.wide, cell.tall) for cell in cells] == [(1, 2), (3, 1), (1, 1)]


def test_lists_know_their_first_number() -> None:
    blocks = read("3. a\n\n<!-- -->\n\n- b\n").blocks
    assert [block.ordered for block in blocks] == [3, None]


POSITIONS = [
    ("# Zürich – [9:00](https://x.org)\n", "9:00"),
    ("| a | é |\n|---|---|\n| b | Ω 9:00 |\n", "9:00"),
    ("<table>\n<tr><td>é</td>\n<td>9:00</td></tr></table>\n", "9:00"),
    ("{{< é >}}\n:::note\n\n🎉 9:00\n:::\n", "9:00"),
    ("- 🎉 `` é`9:00 ``\n", "é`9:00"),
    ("a &amp; 9:00\n", "9:00"),
    ("---\ntitle: é\n---\r\n> > a\r\n> > **9:00**\r\n", "9:00"),
    ('!!! note "é"\n    a\n    9:00\n', "9:00"),
]


@pytest.mark.parametrize(("text", "words"), POSITIONS)
def test_text_is_found_in_the_source(text: str, words: str) -> None:
    post = read(text)
    line = next(line for line in lines(post.blocks) if words in line.text)
    at = line.text.index(words)
    assert post.source.slice(line.span(at, at + len(words))) == words


def test_mdx_text_is_found_in_the_source() -> None:
    post = read("<Tab>\n\n    é\n    a **9:00**\n\n</Tab>\n", path="posts/a.mdx")
    (line,) = lines(post.blocks)
    at = line.text.index("9:00")
    assert post.source.slice(line.span(at, at + 4)) == "9:00"
