"""Owns the command that serves the site: serve."""

from __future__ import annotations

from pathlib import Path

import click

from feeds.cli.compiling import settings_beside
from feeds.cli.options import Failure, asked_folder, catalog_option, posts_option
from feeds.web.serve import serve as run_server


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, envvar="FEEDS_HOST", help="Where to listen.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    envvar="FEEDS_PORT",
    type=click.IntRange(1, 65535),
    help="The port to listen at.",
)
@click.option(
    "--workers",
    default=2,
    show_default=True,
    envvar="FEEDS_WORKERS",
    type=click.IntRange(1, 64),
    help="How many processes answer.",
)
@catalog_option
@posts_option
@click.pass_context
def serve(
    ctx: click.Context, *, host: str, port: int, workers: int, catalog: Path, posts: Path | None
) -> None:
    """Serve pages and feeds, and publish each good change.

    A change in the posts is published within a second; where it is broken, what was published stays.
    """
    folder = asked_folder(ctx, posts)
    if not folder.is_dir():
        raise Failure(
            f"There is no folder `{folder}`; start one with `feeds new`, or name yours with --posts."
        )
    settings = settings_beside(folder)
    click.echo(f"Serving {folder} at http://{host}:{port}/ (stop with Ctrl+C)", err=True)
    run_server(host=host, port=port, posts=folder, catalog=catalog, settings=settings, workers=workers)
