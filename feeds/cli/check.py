"""Owns the command that tells what is wrong or doubtful in the posts: check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from feeds.cli.agenda import all_good
from feeds.cli.compiling import compiled, output
from feeds.cli.options import FINDINGS, paths_argument, posts_option
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
    ctx: click.Context, paths: tuple[Path, ...], posts: Path | None, output_format: str, strict: bool
) -> int:
    """Find what is wrong or doubtful in the posts.

    Exits with 1 where there are errors or warnings; notes alone are fine.
    """
    understood = compiled(ctx, posts, paths=paths)
    print_findings(understood, output_format=output_format, out=output())
    return exit_code(understood.diagnostics, strict=strict)


def exit_code(diagnostics: Sequence[Diagnostic], *, strict: bool) -> int:
    """1 where an error or a warning was found (with `strict` anything at all), else 0."""
    mildest = Severity.NOTE if strict else Severity.WARNING
    return FINDINGS if any(diagnostic.severity <= mildest for diagnostic in diagnostics) else 0


def print_findings(understood: Understood, *, output_format: str, out: Console) -> None:
    """Prints the findings; where there are none, one line for a person and nothing for a pipe."""
    diagnostics = understood.diagnostics
    match output_format:
        case "json":
            click.echo(as_json.render(diagnostics), file=out.file)
        case "sarif":
            click.echo(sarif.render(diagnostics), file=out.file)
        case "github" if diagnostics:
            click.echo(github.render(diagnostics), file=out.file)
        case "text" if diagnostics:
            out.print(text.render(diagnostics, width=out.width if out.is_terminal else 100))
        case "text" if out.is_terminal:
            out.print(all_good(understood.schedule), style="green")
