"""Owns lines and posts for the tests of understanding: a line, the outline and the draft of a post."""

from __future__ import annotations

from feeds.post import Line, read_post
from feeds.settings import Settings
from feeds.understand.draft import Draft
from feeds.understand.outline import Scope, outline
from feeds.understand.part import Part
from feeds.understand.reading import understand


def line_of(markdown: str) -> Line:
    """The one line of a paragraph."""
    return scopes_of(markdown)[0].lines[0]


def part_of(markdown: str) -> Part:
    """All of the one line of a paragraph."""
    line = line_of(markdown)
    return Part(line, 0, len(line.text))


def scopes_of(markdown: str) -> list[Scope]:
    """What stands at the top of the outline of a post."""
    post, _ = read_post("posts/test.md", markdown.encode())
    assert post is not None
    return outline(post.blocks).body


def draft_of(markdown: str) -> Draft:
    """What a post says by itself."""
    post, _ = read_post("posts/test.md", markdown.encode())
    assert post is not None
    return understand(post, Settings())
