"""Owns the command that writes the catalog: build."""

from __future__ import annotations

from pathlib import Path

import click

from feeds import compile as pipeline
from feeds.catalog import CatalogError
from feeds.cli.agenda import counts
from feeds.cli.compiling import existing_folder, settings_beside
from feeds.cli.options import Failure, catalog_option, posts_option
from feeds.cli.printing import working
from feeds.diagnostics import Diagnostic
from feeds.diagnostics.text import summary


@click.command()
@catalog_option
@posts_option
@click.pass_context
def build(ctx: click.Context, *, catalog: Path, posts: Path | None) -> None:
    """Compile the posts into one file that servers read.

    Copying that file is a deployment: any number of servers read it. What is broken keeps what it
    published last; see `feeds check`.
    """
    folder = existing_folder(ctx, posts)
    settings = settings_beside(folder)
    try:
        with working("Compiling posts"):
            done = pipeline.build(folder, catalog=catalog, settings=settings)
    except CatalogError as error:
        raise Failure(str(error)) from None
    click.echo(f"Wrote {catalog}: {counts(done.schedule)}.")
    _mention(done.diagnostics)


def _mention(diagnostics: tuple[Diagnostic, ...]) -> None:
    if diagnostics:
        click.echo(f"{summary(diagnostics)} See `feeds check`.", err=True)
