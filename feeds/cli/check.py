"""Owns the command that tells what is wrong or doubtful in the posts: check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.text import Text

from feeds.cli.agenda import counts
from feeds.cli.compiling import compiled, folder_of
from feeds.cli.options import FINDINGS, paths_argument, posts_option
from feeds.cli.printing import say, terminal_width
from feeds.diagnostics import Diagnostic, Severity, as_json, github, sarif, text

_FORMATS = click.Choice(["text", "json", "github", "sarif"])


@click.command()
@paths_argument
@posts_option
@click.option("--output-format", type=_FORMATS, default="text", show_default=True, help="For whom to print.")
@click.option("--strict", is_flag=True, help="Let notes fail, too.")
@click.pass_context
def check(
    ctx: click.Context, *, paths: tuple[Path, ...], posts: Path | None, output_format: str, strict: bool
) -> int:
    """Find what is wrong or doubtful in the posts.

    Exits with 1 where there are errors or warnings; notes alone are fine.
    """
    understood = compiled(ctx, posts, paths=paths)
    folder = folder_of(ctx, posts, paths=paths)
    found = [located(diagnostic, folder=folder, paths=paths) for diagnostic in understood.diagnostics]
    printed = findings(found, output_format=output_format, width=terminal_width())
    if printed.plain:
        say(printed)
    elif output_format == "text" and terminal_width() is not None:
        say(Text(f"All good: {counts(understood.schedule)}.", style="green"))
    return exit_code(found, strict=strict)


def located(diagnostic: Diagnostic, *, folder: Path, paths: Sequence[Path]) -> Diagnostic:
    """The finding with a path that an editor or a runner can open from the working directory.

    Posts call themselves by the folder's name and what is below it, so that two machines say the same.
    """
    given = {path.name: path for path in paths}
    first, _, rest = diagnostic.path.partition("/")
    if rest and first == folder.absolute().name:
        return replace(diagnostic, path=_from_here(folder / rest))
    return replace(diagnostic, path=_from_here(given[first])) if first in given and not rest else diagnostic


def _from_here(path: Path) -> str:
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def exit_code(diagnostics: Sequence[Diagnostic], *, strict: bool) -> int:
    """1 where an error or a warning was found (with `strict` anything at all), else 0."""
    mildest = Severity.NOTE if strict else Severity.WARNING
    return FINDINGS if any(diagnostic.severity <= mildest for diagnostic in diagnostics) else 0


def findings(diagnostics: Sequence[Diagnostic], *, output_format: str, width: int | None) -> Text:
    """The findings as they are printed; `width` is the terminal's, None for a pipe."""
    match output_format:
        case "json":
            return Text(as_json.render(diagnostics))
        case "sarif":
            return Text(sarif.render(diagnostics))
        case "github":
            return Text(github.render(diagnostics))
        case _:
            return text.render(diagnostics, width=width or 100)
