"""Owns `python -m feeds`, which is the command."""

from feeds.cli import main

main()
