"""Owns how a command comes to its compiled posts: the folder, the settings, and what is wrong with them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import click

from feeds.cli.options import Failure, asked_folder
from feeds.cli.printing import working
from feeds.compile import Compiled, compile_posts
from feeds.diagnostics.plain import visible_lines
from feeds.settings import Settings, SettingsError, load_settings

_NOTHING: Final[Mapping[str, str]] = {}


def compiled(ctx: click.Context, posts: Path | None, *, paths: Sequence[Path] = ()) -> Compiled:
    """Everything understood from the posts, with a spinner while it takes time.

    Raises: Failure where a folder, a path or the settings cannot be used.
    """
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise Failure(f"There is no file `{missing[0]}`; see what is there with `ls`.")
    folder = folder_of(ctx, posts, paths=paths)
    settings = settings_beside(folder)
    with working("Reading posts"):
        return compile_posts(folder, settings=settings, paths=paths)


def folder_of(ctx: click.Context, posts: Path | None, *, paths: Sequence[Path]) -> Path:
    """The folder of posts that was asked for; where it is not there, the one of the first path.

    Raises: Failure where there is neither.
    """
    if not paths or asked_folder(ctx, posts).is_dir():
        return existing_folder(ctx, posts)
    return paths[0] if paths[0].is_dir() else paths[0].parent


def existing_folder(ctx: click.Context, posts: Path | None) -> Path:
    """The folder of posts that was asked for.

    Raises: Failure where it is not a folder.
    """
    folder = asked_folder(ctx, posts)
    if not folder.is_dir():
        raise Failure(
            f"There is no folder `{folder}`; start one with `feeds new`, or name yours with --posts."
        )
    return folder


def settings_beside(posts: Path, *, overrides: Mapping[str, str] = _NOTHING) -> Settings:
    """The settings beside a folder of posts; warnings go to stderr.

    `overrides` are FEEDS_* variables that an option of the command stands for.

    Raises: Failure with all that is wrong in them.
    """
    try:
        settings, warnings = load_settings(posts.absolute().parent, environ={**os.environ, **overrides})
    except SettingsError as error:
        told = ["\n".join(visible_lines(str(problem))) for problem in error.problems]
        raise Failure("\n\n".join(told)) from None
    for warning in warnings:
        click.echo("\n".join(visible_lines(f"warning: {warning}")), err=True)
    return settings
