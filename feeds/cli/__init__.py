"""Owns the command `feeds`; every command imports what it needs when it runs, so that help is instant."""

from feeds.cli.program import main

__all__ = ["main"]
