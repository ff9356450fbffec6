"""Owns the command that writes the site as files: export."""

from __future__ import annotations

from pathlib import Path

import click

from feeds.cli.compiling import existing_folder, settings_beside
from feeds.cli.options import posts_option
from feeds.cli.printing import working
from feeds.export import export_site


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--base-url", metavar="URL", help="Where the files will be served, for the addresses in them.")
@posts_option
@click.pass_context
def export(ctx: click.Context, *, directory: Path, base_url: str | None, posts: Path | None) -> None:
    """Write the whole site as static files.

    The files are the same bytes as served, for any web server, CDN or bucket.
    """
    folder = existing_folder(ctx, posts)
    overrides = {"FEEDS_BASE_URL": base_url} if base_url else {}
    settings = settings_beside(folder, overrides=overrides)
    with working("Writing files"):
        export_site(folder, directory=directory, settings=settings)
