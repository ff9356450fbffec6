"""Owns the command that brings the revision record up to date: record."""

from __future__ import annotations

from pathlib import Path

import click

from feeds.cli.options import posts_option


@click.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Change nothing; exit with 1 if it is not up to date."
)
@posts_option
@click.pass_context
def record(ctx: click.Context, *, posts: Path | None, only_check: bool) -> None:
    """Remember what is published, so that changes arrive.

    Writes the revision record; commit it beside the posts.
    """
    raise NotImplementedError(ctx, posts, only_check)
