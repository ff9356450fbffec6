"""Owns the command that writes the site as files: export."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from feeds import compile as pipeline
from feeds.catalog import Catalog, CatalogError
from feeds.cli.compiling import existing_folder, settings_beside
from feeds.cli.options import Failure, posts_option
from feeds.cli.printing import working
from feeds.export import export_site
from feeds.settings import Settings


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
    settings = settings_beside(folder, overrides={"FEEDS_BASE_URL": base_url} if base_url else {})
    with working("Writing files"):
        written = _write(folder, directory=directory, settings=settings)
    click.echo(f"Wrote {len(written)} files to {directory}.")


def _write(folder: Path, *, directory: Path, settings: Settings) -> tuple[Path, ...]:
    if settings.base_url is None:
        raise Failure(
            "Say where the files will be served: `feeds export DIR --base-url https://example.org`."
        )
    with TemporaryDirectory() as temporary:
        path = Path(temporary) / "site.catalog"
        try:
            pipeline.build(folder, catalog=path, settings=settings)
            return export_site(Catalog.open(path), directory, base_url=settings.base_url)
        except CatalogError as error:
            raise Failure(str(error)) from None
