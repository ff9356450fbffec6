"""Owns the command that tells what subscribers will see: diff."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.text import Text

from feeds.cli.changes import changes_between, in_words
from feeds.cli.check import located
from feeds.cli.compiling import compiled, existing_folder
from feeds.cli.options import Failure, posts_option
from feeds.cli.printing import say, terminal_width
from feeds.cli.record import of_record
from feeds.compile import Compiled
from feeds.compile.recorded import NAME
from feeds.diagnostics import text
from feeds.revisions import Change, RecordNotFoundError, in_json, in_markdown, record_at_git_revision


@click.command()
@click.argument("revision", required=False)
@click.option("--json", "form", flag_value="json", help="Print JSON, with old and new values.")
@click.option("--markdown", "form", flag_value="markdown", help="Print Markdown for a pull request.")
@posts_option
@click.pass_context
def diff(ctx: click.Context, *, posts: Path | None, revision: str | None, form: str | None) -> None:
    """Tell in words what subscribers will see.

    Compares the posts with the revision record: the one beside them, or the one of a git REVISION such as
    `main`.
    """
    done, folder = compiled(ctx, posts), existing_folder(ctx, posts)
    for one in of_record(done.diagnostics):
        told = text.finding(located(one, folder=folder, paths=()), width=100)
        click.echo(told.plain, err=True)
    changes = done.changes if revision is None else _since(revision, done=done, path=folder / NAME)
    say(_printed(changes, form=form))


def _since(revision: str, *, done: Compiled, path: Path) -> tuple[Change, ...]:
    try:
        before, _ = record_at_git_revision(path.absolute(), revision)
    except RecordNotFoundError as error:
        raise Failure(f"{error}.") from None
    return changes_between(before, done.record)


def _printed(changes: tuple[Change, ...], *, form: str | None) -> Text:
    match form:
        case "json":
            return Text(json.dumps(in_json(changes), ensure_ascii=False, indent=2))
        case "markdown":
            return Text(in_markdown(changes).rstrip("\n"))
        case _:
            return in_words(changes, width=terminal_width())
