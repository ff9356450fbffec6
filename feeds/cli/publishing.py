"""Owns the commands that put the calendars before people: serve, build, export."""

from __future__ import annotations

from pathlib import Path

import click

from feeds.cli.options import posts_option


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, envvar="FEEDS_HOST", help="The address to listen at."
)
@click.option(
    "--port",
    default=8000,
    show_default=True,
    envvar="FEEDS_PORT",
    type=click.IntRange(1, 65535),
    help="The port to listen at.",
)
@posts_option
@click.pass_context
def serve(ctx: click.Context, *, host: str, port: int, posts: Path | None) -> None:
    """Serve pages and feeds, and publish each good change."""
    raise NotImplementedError(ctx, host, port, posts)


@click.command()
@click.option(
    "--catalog",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("feeds.catalog"),
    show_default=True,
    envvar="FEEDS_CATALOG",
    metavar="FILE",
    help="The file to write.",
)
@posts_option
@click.pass_context
def build(ctx: click.Context, *, catalog: Path, posts: Path | None) -> None:
    """Compile the posts into one file that servers read.

    Copying that file is a deployment: any number of servers read it."""
    raise NotImplementedError(ctx, catalog, posts)


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--base-url", metavar="URL", help="Where the files will be served, for the addresses in them.")
@posts_option
@click.pass_context
def export(ctx: click.Context, *, directory: Path, base_url: str | None, posts: Path | None) -> None:
    """Write the whole site as static files.

    The files are the same bytes as served."""
    raise NotImplementedError(ctx, directory, base_url, posts)
