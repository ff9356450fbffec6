"""Owns what an operator is told at /healthz of the revision record, from posts on a disk to HTTP."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from feeds.compile import Site
from feeds.diagnostics import Diagnostic, Severity
from feeds.settings import Settings
from feeds.web import create_app

NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
POST = """\
## Harbour Conf in Lisbon, 4-6 May 2027

### Reading the Tides

When: Tuesday, 4 May 2027, 09:00 - 09:45
"""


def record(catalog: Path) -> str:
    """What is said of the record."""
    reply = create_app(catalog).test_client().get("/healthz")
    assert reply.status_code == 200
    return str(json.loads(reply.data)["record"])


@pytest.mark.parametrize(
    ("rule", "state"),
    [("stale-record", "stale"), ("damaged-record", "damaged"), ("weekday-mismatch", "current")],
)
def test_health_says_whether_the_record_knows_what_is_served(
    tmp_path: Path, sample: ModuleType, rule: str, state: str
) -> None:
    found = Diagnostic(
        path="posts/revisions.json",
        line=1,
        column=1,
        end_line=1,
        end_column=1,
        severity=Severity.WARNING,
        rule=rule,
        message="as found",
    )
    sample.publish(tmp_path / "catalog", diagnostics=(found,))
    assert record(tmp_path / "catalog") == state


def test_record_that_cannot_be_read_is_told_while_the_posts_are_served(tmp_path: Path) -> None:
    posts, catalog = tmp_path / "posts", tmp_path / "catalog"
    posts.mkdir()
    (posts / "harbour.md").write_text(POST, encoding="utf-8")
    Site(posts, settings=Settings(), catalog=catalog, keep=True).compile(now=NOW)
    assert record(catalog) == "current"
    (posts / "revisions.json").unlink()
    (posts / "revisions.json").mkdir()
    (posts / "harbour.md").write_text(f"{POST}Where: Pier\n", encoding="utf-8")
    Site(posts, settings=Settings(), catalog=catalog, keep=True).compile(now=NOW)
    assert record(catalog) == "damaged"
    assert create_app(catalog).test_client().get("/sessions/reading-the-tides").status_code == 200
