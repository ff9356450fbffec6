"""Owns the command that brings the revision record up to date: record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from feeds.cli.changes import in_words
from feeds.cli.compiling import existing_folder, settings_beside
from feeds.cli.options import FINDINGS, FINE, posts_option
from feeds.cli.printing import say, terminal_width, working
from feeds.cli.wording import counted
from feeds.compile import Site
from feeds.diagnostics import Diagnostic, report, text
from feeds.revisions import Change
from feeds.source import Source, Span


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if it is out of date.")
@posts_option
@click.pass_context
def record(ctx: click.Context, *, posts: Path | None, only_check: bool) -> int:
    """Remember what is published, so that changes arrive.

    Writes the revision record; commit it beside the posts.
    """
    folder = existing_folder(ctx, posts)
    site = Site(folder, settings=settings_beside(folder))
    with working("Reading posts"):
        done = site.compile(now=None if only_check else datetime.now(UTC))
    if only_check and done.changes:
        say(text.finding(stale(done.changes, path=done.record.path), width=terminal_width() or 100))
        return FINDINGS
    say(in_words(done.changes, width=terminal_width()))
    return FINE


def stale(changes: Sequence[Change], *, path: str) -> Diagnostic:
    """The finding that the record lacks changes.

    Reports: stale-record.
    """
    lacking = counted(len(changes), "change")
    message = f"the record lacks {lacking} of the posts, first of all of `{changes[0].after.title}`"
    return report(
        "stale-record", message, source=Source.from_text(path, ""), span=Span(0, 0), help="feeds record"
    )
