"""Owns the command that brings the revision record up to date: record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from feeds.cli.changes import in_words
from feeds.cli.check import exit_code, located
from feeds.cli.compiling import existing_folder, settings_beside
from feeds.cli.options import posts_option
from feeds.cli.printing import say, terminal_width, working
from feeds.cli.wording import counted
from feeds.compile import Compiled, Site
from feeds.compile.recorded import NAME
from feeds.diagnostics import Diagnostic, report, text
from feeds.revisions import describe, ensure_merge_rule, format_record
from feeds.source import Source, Span

_RULES: Final = frozenset({"ambiguous-identity", "damaged-record", "mass-cancellation"})


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if it is out of date.")
@click.option("--yes", "confirm", is_flag=True, help="Cancel even more than half of all sessions at once.")
@posts_option
@click.pass_context
def record(ctx: click.Context, *, posts: Path | None, only_check: bool, confirm: bool) -> int:
    """Remember what is published, so that changes arrive.

    Writes the revision record; commit it beside the posts. Exits with 1 where something is held back.
    """
    folder = existing_folder(ctx, posts)
    site = Site(folder, settings=settings_beside(folder), confirm=confirm)
    path = folder / NAME
    before = _text(path)
    with working("Reading posts"):
        done = site.compile(now=None if only_check else datetime.now(UTC))
    found = [located(one, folder=folder, paths=()) for one in of_record(done.diagnostics)]
    if only_check:
        found += stale(done, before=before, path=path)
    else:
        say(in_words(done.changes, width=terminal_width()))
        _close(path, before=before)
    for one in found:
        say(text.finding(one, width=terminal_width() or 100))
    return exit_code(found, strict=False)


def of_record(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings that are about what was published before."""
    return [one for one in diagnostics if one.rule in _RULES]


def stale(done: Compiled, *, before: str | None, path: Path) -> list[Diagnostic]:
    """The finding that writing the record would change it, if it would.

    Reports: stale-record.
    """
    if format_record(done.record) == before or (before is None and not done.record.entries):
        return []
    if before is None:
        message = "there is no revision record yet, so no change would reach a calendar"
    elif done.changes:
        lacking = counted(len(done.changes), "change")
        message = f"the record lacks {lacking} of the posts, first of all `{describe(done.changes[0])}`"
    else:
        message = "the record does not say where its sessions stand now, though no subscriber sees a change"
    source = Source.from_text(path.as_posix(), "")
    return [report("stale-record", message, source=source, span=Span(0, 0), help="feeds record")]


def _close(path: Path, *, before: str | None) -> None:
    """Say what happened to the file, and see that git merges it by lines."""
    if path.exists():
        ensure_merge_rule(path)
    shown = path.as_posix()
    click.echo(f"{shown} was up to date." if _text(path) == before else f"Wrote {shown}; commit it.")


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return None
