"""Owns the command that shows what was understood: show."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from feeds.cli.agenda import agenda
from feeds.cli.compiling import compiled
from feeds.cli.options import paths_argument, posts_option
from feeds.cli.printing import say, terminal_width
from feeds.diagnostics.plain import dump
from feeds.listing import as_json


@click.command()
@paths_argument
@posts_option
@click.option("--json", "as_listing", is_flag=True, help="Print the listing for programs.")
@click.pass_context
def show(ctx: click.Context, *, paths: tuple[Path, ...], posts: Path | None, as_listing: bool) -> None:
    """Show what was understood, as an agenda.

    Times are those of the clocks at the venue. Findings are told by `feeds check` and do not fail this.
    """
    understood = compiled(ctx, posts, paths=paths)
    if as_listing:
        say(Text(dump(as_json(understood))))
        return
    say(agenda(understood.schedule, width=terminal_width()))
