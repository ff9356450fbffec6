"""Owns the making of docs/writing-posts.md: what an author may write, shown by cases of the specification.

`python -m tests.spec.writing_posts` writes the page; a test fails where it is stale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.spec.cases import Case, all_cases

PAGE: Final = Path(__file__).parents[2] / "docs" / "writing-posts.md"

_INTRODUCTION: Final = """\
# Writing posts

Write as you always do. Three things make every post understood:

1. **City and days in the heading of the event**: `## Harbour Summit, Bergen, 9-10 March 2027`.
   The city gives the time zone, the days give the year to everything below.
2. **Time beside the title of each session**: in its heading, on the line below, in a list or in a table.
   A zone is only needed where there is no city.
3. **`feeds check`** before you publish: it tells, line by line, what is wrong or doubtful.
   `feeds show` prints the agenda that subscribers get.

Each example is followed by what it compiles to, a line for each session:

    day from–to Zone | Title | by Name (Organisation) | in Room | on Track | as Format | see Link

The examples are taken from the tests, so they are true. The front matter with `title` and `date` that opens
the first one is left out of most others; the date of the post settles years that are not written.
"""
_PLAIN: Final = re.compile(r"---\ntitle: .+\ndate: .+\n---\n+")
_ABOUT_THE_DATE: Final = frozenset({"The three things to know", "The year of the post"})

# What the page shows, in order: the heading of a part, and its cases as (file, title).
_PARTS: Final[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = (
    (
        "Headings",
        (
            ("01-headings.md", "The three things to know"),
            ("01-headings.md", "A day in its own heading"),
            ("01-headings.md", "Labelled lines below a title"),
            ("09-days.md", "A track that lasts a day"),
            ("10-places.md", "Several conferences in one post"),
        ),
    ),
    (
        "Lists",
        (
            ("02-bullets.md", "Time first"),
            ("02-bullets.md", "Days as items, sessions below them"),
        ),
    ),
    (
        "Tables",
        (
            ("03-tables.md", "Time, title, speaker, room"),
            ("03-tables.md", "Rooms in columns"),
        ),
    ),
    (
        "Lines and sentences",
        (
            ("04-lines-and-sentences.md", "A line in bold for each session"),
            ("04-lines-and-sentences.md", "Sentences of prose"),
        ),
    ),
    (
        "Times and zones",
        (
            ("07-times.md", "Twelve hours"),
            ("07-times.md", "Noon and midnight"),
            ("08-zones.md", "One moment in several zones"),
            ("08-zones.md", "The zone said once for all"),
        ),
    ),
    (
        "Days and years",
        (
            ("09-days.md", "The year of the post"),
            ("09-days.md", "Only the weekday"),
        ),
    ),
    (
        "People",
        (("11-people.md", "Roles and organisations"),),
    ),
    (
        "Changes",
        (
            ("12-changes-and-links.md", "Struck out"),
            ("12-changes-and-links.md", "Cancelled in words"),
        ),
    ),
    (
        "Front matter",
        (
            ("05-front-matter.md", "Events and sessions as data"),
            ("05-front-matter.md", "All day"),
            ("05-front-matter.md", "Front matter corrects prose"),
        ),
    ),
    (
        "What is told, and what happens then",
        (
            ("09-days.md", "The weekday does not fit"),
            ("08-zones.md", "Winter time in summer"),
            ("08-zones.md", "No zone at all"),
            ("07-times.md", "Ends before it starts"),
        ),
    ),
)

_CLOSING: Final = """\
## More

- `feeds rule` lists everything that is looked for, `feeds rule NAME` explains one of them by example.
- `feeds explain "part of a title"` tells for each value of a session from which line it comes.
- [Events in front matter](front-matter.md) lists every key.
- [`tests/spec/`](../tests/spec/) holds many more examples, in seven languages and from many site generators.
"""


def page() -> str:
    """The whole page, ends with a newline."""
    cases = {(case.file, case.title): case for case in all_cases()}
    parts = [
        f"## {heading}\n\n" + "\n\n".join(_shown(cases[key]) for key in keys) for heading, keys in _PARTS
    ]
    return "\n".join([_INTRODUCTION, *(f"{part}\n" for part in parts), _CLOSING])


def shown_cases() -> list[str]:
    """The names of the cases on the page."""
    return [f"{file}: {title}" for _, keys in _PARTS for file, title in keys]


def _shown(case: Case) -> str:
    return "\n\n".join(_pieces(case))


def _pieces(case: Case) -> Iterator[str]:
    yield f"### {case.title}"
    yield case.text
    whole = bool(case.findings) or case.title in _ABOUT_THE_DATE
    for text in case.posts.values():
        yield _fenced((text if whole else _PLAIN.sub("", text)).strip("\n"), "markdown")
    yield _fenced(case.agenda or "", "text")
    if case.findings:
        told = (line.split() for line in case.findings.splitlines())
        yield "Told: " + ", ".join(f"`{rule}` in line {line}" for line, rule in told) + "."


def _fenced(text: str, language: str) -> str:
    return f"```{language}\n{text}\n```"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
