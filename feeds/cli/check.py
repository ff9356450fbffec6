"""Owns the command that tells what is wrong or doubtful in the posts: check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.text import Text

from feeds.cli.agenda import all_good
from feeds.cli.compiling import compiled
from feeds.cli.options import FINDINGS, paths_argument, posts_option
from feeds.cli.printing import console, say
from feeds.diagnostics import Diagnostic, Severity, as_json, github, sarif, text
from feeds.listing import Understood

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
    out = console()
    found = findings(understood, output_format=output_format, width=out.width if out.is_terminal else None)
    if found.plain:
        say(found)
    return exit_code(understood.diagnostics, strict=strict)


def exit_code(diagnostics: Sequence[Diagnostic], *, strict: bool) -> int:
    """1 where an error or a warning was found (with `strict` anything at all), else 0."""
    mildest = Severity.NOTE if strict else Severity.WARNING
    return FINDINGS if any(diagnostic.severity <= mildest for diagnostic in diagnostics) else 0


def findings(understood: Understood, *, output_format: str, width: int | None) -> Text:
    """The findings as they are printed; `width` is the terminal's, None for a pipe.

    Where there are none a person gets one line, a pipe of text nothing.
    """
    diagnostics = understood.diagnostics
    match output_format:
        case "json":
            return Text(as_json.render(diagnostics))
        case "sarif":
            return Text(sarif.render(diagnostics))
        case "github":
            return Text(github.render(diagnostics))
        case _ if diagnostics or width is None:
            return text.render(diagnostics, width=width or 100)
        case _:
            return Text(all_good(understood.schedule), style="green")
