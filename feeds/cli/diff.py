"""Owns the command that tells what subscribers will see: diff."""

from __future__ import annotations

from pathlib import Path

import click

from feeds.cli.changes import in_words
from feeds.cli.compiling import compiled
from feeds.cli.options import posts_option
from feeds.cli.printing import say, terminal_width


@click.command()
@posts_option
@click.pass_context
def diff(ctx: click.Context, *, posts: Path | None) -> None:
    """Tell in words what subscribers will see.

    Compares the posts with the revision record.
    """
    say(in_words(compiled(ctx, posts).changes, width=terminal_width()))
