"""Owns the tests of what a post says of itself, beside its events and sessions."""

from __future__ import annotations

import pytest

from feeds.post import read_post
from feeds.settings import Settings
from feeds.understand.reading import understand


@pytest.mark.parametrize(
    ("front", "language"),
    [
        ("lang: de", "de"),
        ("language: pt_BR", "pt-BR"),
        ("locale: fr_FR.UTF-8", "fr-FR"),
        ("lang: zh-Hant-TW", "zh-Hant-TW"),
        ("lang: German", None),
        ("lang: [de, en]", None),
        ("lang: 'de\"><script>'", None),
        ("tags: de", None),
    ],
)
def test_language_of_a_post_is_what_its_front_matter_says(front: str, language: str | None) -> None:
    post, _ = read_post("posts/wren.md", f"---\ntitle: Wren\n{front}\n---\n\nWords.\n".encode())
    assert understand(post, Settings()).language == language
