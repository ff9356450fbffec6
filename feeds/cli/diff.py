"""Owns the command that tells what subscribers will see: diff."""

from __future__ import annotations

from pathlib import Path

import click

from feeds.cli.options import posts_option


@click.command()
@posts_option
@click.pass_context
def diff(ctx: click.Context, *, posts: Path | None) -> None:
    """Tell in words what subscribers will see.

    Compares the posts with the revision record.
    """
    raise NotImplementedError(ctx, posts)
