"""Owns what the commands have in common on the command line: exit codes, failures, shared options."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

FINE: Final = 0
FINDINGS: Final = 1
FAILED: Final = 2
INTERRUPTED: Final = 130
POSTS_HELP: Final = "The folder of posts.  [default: posts, or FEEDS_POSTS]"

Command = TypeVar("Command", bound=Callable[..., Any])


class Failure(click.ClickException):
    """The command cannot do its work; the message says what to do."""

    exit_code = FAILED


def posts_option(command: Command) -> Command:
    """`--posts DIR` of one command, which wins over the one before its name and over FEEDS_POSTS."""
    folder = click.Path(file_okay=False, path_type=Path)
    return click.option("--posts", type=folder, metavar="DIR", help=POSTS_HELP)(command)


def catalog_option(command: Command) -> Command:
    """`--catalog FILE`, the one file that a build writes and servers read."""
    return click.option(
        "--catalog",
        type=click.Path(dir_okay=False, path_type=Path),
        default=Path("feeds.catalog"),
        show_default=True,
        envvar="FEEDS_CATALOG",
        metavar="FILE",
        help="The file with everything published.",
    )(command)


def paths_argument(command: Command) -> Command:
    """`[PATH]...`, the posts to look at instead of all."""
    return click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))(command)


def asked_folder(ctx: click.Context, posts: Path | None) -> Path:
    """The folder that was asked for: behind the command, before it, or `posts`."""
    before: Path | None = ctx.obj
    return posts or before or Path("posts")
