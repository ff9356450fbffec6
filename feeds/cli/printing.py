"""Owns where a command speaks: styled answers on stdout, a spinner on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.text import Text


def console() -> Console:
    """Stdout as rich knows it: no styles where it is no terminal, no colour where NO_COLOR is set."""
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=True)


def terminal_width() -> int | None:
    """The width of the terminal in cells; None where stdout is no terminal."""
    out = console()
    return out.width if out.is_terminal else None


def say(text: Text) -> None:
    """Prints a styled text as stdout can show it; a reader who went away is no failure."""
    out = console()
    with out.capture() as captured:
        out.print(text)
    try:
        # Not printed by rich: it exits with 1 ("findings") when `| head` has closed the pipe, as click would.
        click.echo(captured.get(), nl=False, color=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def working(doing: str) -> Iterator[None]:
    """A spinner while the block runs, where stderr is a terminal; otherwise nothing."""
    if not sys.stderr.isatty():
        yield
        return
    with Console(stderr=True).status(doing):
        yield
