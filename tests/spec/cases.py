"""Owns the reading of the specification: Markdown files with posts, their meaning, and what is wrong in them.

A heading opens a case; below it stand a sentence for the reader and fenced blocks: `post` (with a file name,
`times=` to repeat it, `encoding=`), `toml` for feeds.toml, `agenda`, and `findings` where there are any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SPEC = Path(__file__).parent
_FENCE = re.compile(r"(`{3,})(\w*) ?(.*)")
# ␀ … ␟ in a post stand for the control characters that they picture; a reader could not see those.
_PICTURES = {0x2400 + code: code for code in range(32)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One heading of a file: what is written, and what a careful reader takes from it."""

    file: str
    title: str
    line: int
    text: str = ""
    posts: Mapping[str, str] = field(default_factory=dict)
    settings: str = ""
    encoding: str = "utf-8"
    agenda: str | None = None
    findings: str = ""

    @property
    def name(self) -> str:
        """How the case is called in the list of what is not understood yet."""
        return f"{self.file}: {self.title}"

    def write(self, folder: Path) -> Path:
        """Writes the posts (and feeds.toml) as an author would have; the folder of posts."""
        posts = folder / "posts"
        posts.mkdir()
        for name, text in self.posts.items():
            (posts / name).write_bytes(text.translate(_PICTURES).encode(self.encoding))
        if self.settings:
            (folder / "feeds.toml").write_text(self.settings, encoding="utf-8")
        return posts


def all_cases() -> list[Case]:
    """Every case of every file, in order."""
    return [case for path in sorted(SPEC.glob("*.md")) for case in read_cases(path)]


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of one file."""
    lines = path.read_text(encoding="utf-8").split("\n")
    heads = [at for at, line in _outside_fences(lines) if line.startswith("## ")]
    for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        yield _case(path.name, lines[start][3:].strip(), start + 1, lines[start + 1 : end])


def not_yet() -> dict[str, str]:
    """The cases that are not understood yet, each with the reason."""
    rows = (SPEC / "not-yet.txt").read_text(encoding="utf-8").splitlines()
    pairs = (row.split(" :: ", 1) for row in rows if row and not row.startswith("#"))
    return {name.strip(): reason.strip() for name, reason in pairs}


def _outside_fences(lines: list[str]) -> Iterator[tuple[int, str]]:
    fence = ""
    for at, line in enumerate(lines):
        if fence:
            fence = "" if line == fence else fence
        elif found := _FENCE.fullmatch(line):
            fence = found[1]
        else:
            yield at, line


def _case(file: str, title: str, line: int, lines: list[str]) -> Case:
    posts: dict[str, str] = {}
    blocks: dict[str, str] = {}
    options: dict[str, str] = {}
    for kind, info, text in _blocks(lines):
        if kind == "post":
            name, *words = info.split() or ["post.md"]
            options |= dict(word.split("=") for word in words)
            posts[name] = text * int(options.get("times", 1))
        else:
            blocks[kind] = text.strip("\n")
    text = " ".join(line.strip() for _, line in _outside_fences(lines) if line.strip())
    return Case(
        file=file,
        title=title,
        line=line,
        text=text,
        posts=posts,
        settings=blocks.get("toml", ""),
        encoding=options.get("encoding", "utf-8"),
        agenda=blocks.get("agenda"),
        findings=blocks.get("findings", ""),
    )


def _blocks(lines: list[str]) -> Iterator[tuple[str, str, str]]:
    rows = iter(lines)
    for row in rows:
        if found := _FENCE.fullmatch(row):
            inside = []
            for line in rows:
                if line == found[1]:
                    break
                inside.append(f"{line}\n")
            yield found[2], found[3], "".join(inside)
