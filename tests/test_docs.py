"""Owns the tests of what the documentation claims: transcripts, addresses, settings, links, and examples."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from feeds import compile as pipeline
from feeds import settings as settings_room
from feeds.settings import Settings
from feeds.web import create_app
from tests.spec import writing_posts
from tests.spec.cases import not_yet

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ["README.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]
BASE_URL = "https://events.example.org"


def blocks(language: str) -> list[str]:
    """The fenced blocks of the README in one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def steps(transcript: str) -> Iterator[tuple[str, str]]:
    """Each command of a transcript with what it printed."""
    for step in re.split(r"^\$ ", transcript, flags=re.MULTILINE)[1:]:
        command, _, printed = step.partition("\n")
        yield command, printed


def run(command: str, printed: str, folder: Path) -> str:
    """What one command prints; the first `cat` of a file writes it, as its author did."""
    match command.split(" ", 1):
        case ["cat", name]:
            path = folder / name
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(printed, encoding="utf-8")
            return path.read_text(encoding="utf-8")
        case ["sed", edit]:
            before, after, name = re.fullmatch(r"-i 's/(.+)/(.+)/' (\S+)", edit).groups()  # type: ignore[union-attr]
            text = (folder / name).read_text(encoding="utf-8")
            assert text.count(before) == 1
            (folder / name).write_text(text.replace(before, after), encoding="utf-8")
            return ""
        case ["feeds", arguments]:
            program = [sys.executable, "-c", "from feeds.cli import main; main()", *arguments.split()]
            environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
            done = subprocess.run(  # noqa: S603 - the README's own commands
                program,
                cwd=folder,
                capture_output=True,
                text=True,
                encoding="utf-8",
                env=environment,
                check=False,
            )
            return done.stdout + done.stderr
    raise AssertionError(f"the README runs `{command}`, which no reader can")


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog of the README's five lines."""
    folder = tmp_path_factory.mktemp("readme")
    run(*next(steps(blocks("console")[0])), folder)
    catalog = folder / "feeds.catalog"
    pipeline.build(folder / "posts", catalog=catalog, settings=Settings(base_url=BASE_URL))
    return catalog


def test_readme_begins_with_the_lines_that_serve_and_that_test() -> None:
    assert blocks("sh") == [
        "python3 -m venv .venv && .venv/bin/pip install --quiet . && .venv/bin/feeds serve\n",
        "python3 -m venv .venv && .venv/bin/pip install --quiet -e '.[test]' && .venv/bin/pytest\n",
    ]


def test_readme_transcripts_are_what_the_program_prints(tmp_path: Path) -> None:
    written = "".join(blocks("console"))
    really = "".join(f"$ {command}\n{run(command, printed, tmp_path)}" for command, printed in steps(written))
    assert really == written


def test_readme_addresses_are_served(harbour: Path) -> None:
    written = re.findall(r"^\| `(/[^`]+)` \|", README, re.MULTILINE)
    feeds = [path for path in written if not re.search(r"[A-Z]{3}", path)]
    pages = [path.rpartition(".")[0] for path in feeds if path != "/all.ics"]
    client = create_app(harbour).test_client()
    kinds = {
        path: (answer.status_code, answer.mimetype)
        for path in (*feeds, *pages, "/")
        for answer in [client.get(path)]
    }
    types = {"ics": "text/calendar", "atom": "application/atom+xml"}
    assert len(feeds) == 7
    assert kinds == {path: (200, types.get(path.rpartition(".")[2], "text/html")) for path in kinds}


def test_readme_html_is_what_the_page_offers(harbour: Path) -> None:
    html = create_app(harbour).test_client().get("/events/harbour-summit-2027").text
    offered = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    assert offered is not None
    assert unescape(offered[1]).strip() == blocks("html")[0].strip()


def test_readme_lists_every_setting() -> None:
    written = re.findall(r"`(FEEDS_[A-Z_]+)`", "\n".join(re.findall(r"^\| `FEEDS_.*$", README, re.MULTILINE)))
    known = {f"FEEDS_{key.upper()}" for key in Settings.__dataclass_fields__} | settings_room._OWN_VARIABLES
    assert sorted(written) == sorted(known)


def test_readme_settings_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(blocks("toml")[0], encoding="utf-8")
    settings, warnings = settings_room.load_settings(tmp_path, environ={})
    assert (settings, warnings) == (
        Settings(title="Harbour events", base_url=BASE_URL, timezone="Europe/Oslo"),
        (),
    )


def test_readme_quotes_the_requirement_of_the_zones() -> None:
    assert "\"backports.zoneinfo>=0.2.1; python_version < '3.9'\"" in (ROOT / "pyproject.toml").read_text()
    assert "`backports.zoneinfo>=0.2.1; python_version < '3.9'`" in README


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_within_the_project_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)\s#]+)", _without_fences(ROOT / name))
    assert [target for target in targets if not (ROOT / name).parent.joinpath(target).exists()] == []


def test_page_for_authors_is_made_from_the_specification() -> None:
    # Stale? `python -m tests.spec.writing_posts` writes it anew.
    assert (ROOT / "docs" / "writing-posts.md").read_text(encoding="utf-8") == writing_posts.page()


def test_page_for_authors_shows_only_what_is_understood() -> None:
    assert sorted(set(writing_posts.shown_cases()) & set(not_yet())) == []


def _without_fences(path: Path) -> str:
    return re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
