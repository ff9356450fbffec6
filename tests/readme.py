"""Owns the transcripts of the README: each command is run again in a folder where nothing else is.

`python -m tests.readme` writes them anew; look at what changed before you commit it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ROOT: Final = Path(__file__).parents[1]
README: Final = ROOT / "README.md"
_TRANSCRIPT: Final = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_EDIT: Final = re.compile(r"-i 's/(.+)/(.+)/' (\S+)")


def blocks(language: str) -> list[str]:
    """The fenced blocks of the README in one language, in order."""
    fence = rf"^```{language}\n(.*?)^```$"
    return re.findall(fence, README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def rerun(transcript: str, *, folder: Path) -> str:
    """The transcript with what its commands really print."""
    return "".join(
        f"$ {command}\n{_run(command, printed, folder)}" for command, printed in _steps(transcript)
    )


def first_post(folder: Path) -> Path:
    """Writes the post with which the README begins; the folder of posts."""
    command, printed = next(_steps(blocks("console")[0]))
    _run(command, printed, folder)
    return folder / "posts"


def _steps(transcript: str) -> Iterator[tuple[str, str]]:
    for step in re.split(r"^\$ ", transcript, flags=re.MULTILINE)[1:]:
        command, _, printed = step.partition("\n")
        yield command, printed


def _run(command: str, printed: str, folder: Path) -> str:
    match command.split(" ", 1):
        case ["cat", name]:
            return _show(folder / name, printed)
        case ["sed", edit] if found := _EDIT.fullmatch(edit):
            return _edit(folder / found[3], before=found[1], after=found[2])
        case ["feeds", arguments]:
            return _feeds(arguments.split(), folder)
    raise AssertionError(f"the README runs `{command}`, which is not known here")


def _show(path: Path, printed: str) -> str:
    """The first `cat` of a file writes it, as its author did."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(printed, encoding="utf-8")
    return path.read_text(encoding="utf-8")


def _edit(path: Path, *, before: str, after: str) -> str:
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, (
        f"the README edits `{before}`, which stands there {text.count(before)} times"
    )
    path.write_text(text.replace(before, after), encoding="utf-8")
    return ""


def _feeds(arguments: list[str], folder: Path) -> str:
    program = [sys.executable, "-c", "from feeds.cli import main; main()", *arguments]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(  # noqa: S603 - the README's own commands
        program, cwd=folder, capture_output=True, text=True, encoding="utf-8", env=environment, check=False
    )
    return done.stdout + done.stderr


def _rewrite() -> None:
    with TemporaryDirectory() as folder:
        text = _TRANSCRIPT.sub(
            lambda found: f"```console\n{rerun(found[1], folder=Path(folder))}```",
            README.read_text(encoding="utf-8"),
        )
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _rewrite()
