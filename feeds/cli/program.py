"""Owns the start and the end of the command: the list of commands, and what each failure exits with."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Final, NoReturn

import click

import feeds
from feeds.cli.options import FAILED, FINE, INTERRUPTED, POSTS_HELP, Failure
from feeds.diagnostics.plain import visible_lines

# Each command is imported when it runs and not before: `feeds --help` answers without waiting for them.
SECTIONS: Final = {
    "Write": {
        "new": "Start a post.",
        "check": "Find what is wrong or doubtful in the posts.",
        "show": "Show what was understood, as an agenda.",
        "explain": "Say where each value of a session comes from.",
        "rule": "Explain a finding, or list all that feeds looks for.",
    },
    "Publish": {
        "diff": "Tell in words what subscribers will see.",
        "record": "Remember what is published, so that changes arrive.",
        "serve": "Serve pages and feeds, and publish each good change.",
        "build": "Compile the posts into one file that servers read.",
        "export": "Write the whole site as static files.",
    },
}
_COMMANDS: Final = tuple(name for section in SECTIONS.values() for name in section)


class _Commands(click.Group):
    """Lists the commands in the order in which an author meets them, and loads the one that runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"feeds.cli.{cmd_name}"), cmd_name)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        close = get_close_matches(args[0], _COMMANDS, n=1)
        if args[0] not in _COMMANDS and close and not ctx.resilient_parsing:
            ctx.fail(f"There is no command `{args[0]}`; did you mean `feeds {close[0]}`?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(9), summary) for name, summary in commands.items()])


def _print_version(ctx: click.Context, _option: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    zones = import_module("tzdata").IANA_VERSION
    python = f"{platform.python_implementation()} {platform.python_version()}"
    click.echo(f"feeds {feeds.__version__} (time zones {zones}, {python})")
    ctx.exit()


_FOLDER: Final = click.Path(file_okay=False, path_type=Path)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--posts", type=_FOLDER, envvar="FEEDS_POSTS", metavar="DIR", help=POSTS_HELP)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the versions of feeds, time zone rules and Python.",
)
@click.pass_context
def command(ctx: click.Context, posts: Path | None) -> None:
    """Calendar feeds from the posts you already write about events.

    Exit codes: 0 fine, 1 findings, 2 the command could not do its work.
    """
    ctx.obj = posts


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command and exit: 0 fine, 1 findings, 2 it could not do its work."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # A terminal that cannot show a letter gets its escape, not a crash.
            reconfigure(errors="backslashreplace")
    sys.exit(exit_code(lambda: command.main(arguments, prog_name="feeds", standalone_mode=False)))


def exit_code(run: Callable[[], object]) -> int:
    """What to exit with after a run: the number it returned, else 0; what it raised is told on stderr."""
    try:
        code = run()
    except (Exception, SystemExit, KeyboardInterrupt) as error:
        return _told(error)
    return code if isinstance(code, int) else FINE


def _told(error: BaseException) -> int:
    match error:
        case Failure():
            _complain(error.format_message())
        case click.ClickException():
            error.show()
        case click.Abort() | KeyboardInterrupt():
            return INTERRUPTED
        case SystemExit(code=str(words)):
            # Python would exit with 1, which says "findings"; likewise below.
            _complain(words)
        case SystemExit(code=code):
            return code if isinstance(code, int) else FINE
        case OSError(filename=filename, strerror=reason):
            _complain(f"`{filename}`: {reason}." if filename else f"{error}.")
        case _:
            traceback.print_exception(error)
            _complain("This is a mistake in feeds, not in your posts; please report the lines above.")
    return FAILED


def _complain(words: str) -> None:
    plain = "\n".join(visible_lines(words))
    click.echo(f"{click.style('error:', fg='red', bold=True)} {plain}", err=True)
