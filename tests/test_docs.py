"""Owns the tests of what the documentation claims: transcripts, addresses, settings, links, and examples."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from feeds import compile as pipeline
from feeds import settings as settings_room
from feeds.settings import Settings
from feeds.web import create_app
from tests.readme import README as README_FILE
from tests.readme import ROOT, blocks, first_post, rerun
from tests.spec import writing_posts
from tests.spec.cases import not_yet

README = README_FILE.read_text(encoding="utf-8")
DOCUMENTS = ["README.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]
BASE_URL = "https://events.example.org"


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog of the README's five lines."""
    folder = tmp_path_factory.mktemp("readme")
    catalog = folder / "feeds.catalog"
    pipeline.build(first_post(folder), catalog=catalog, settings=Settings(base_url=BASE_URL))
    return catalog


def test_readme_begins_with_the_lines_that_serve_and_that_test() -> None:
    assert blocks("sh") == [
        "python3 -m venv .venv && .venv/bin/pip install --quiet . && .venv/bin/feeds serve\n",
        "python3 -m venv .venv && .venv/bin/pip install --quiet -e '.[test]' && .venv/bin/pytest\n",
    ]


def test_readme_transcripts_are_what_the_program_prints(tmp_path: Path) -> None:
    # Stale? `python -m tests.readme` writes them anew.
    written = "".join(blocks("console"))
    assert rerun(written, folder=tmp_path) == written


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
    assert len(feeds) == 5
    assert kinds == {path: (200, types.get(path.rpartition(".")[2], "text/html")) for path in kinds}


def test_readme_changes_are_served(harbour: Path) -> None:
    written = re.findall(r"`(/[^`]*changes[^`]*)`", README)
    client = create_app(harbour).test_client()
    assert {path: client.get(path).status_code for path in written} == dict.fromkeys(written, 200)
    assert len(written) == 3


def test_readme_ending_leaves_out_what_is_cancelled(tmp_path: Path) -> None:
    posts = first_post(tmp_path)
    [post] = posts.iterdir()
    post.write_text(
        post.read_text(encoding="utf-8").replace("Mooring a database", "~~Mooring a database~~"), "utf-8"
    )
    catalog = tmp_path / "feeds.catalog"
    pipeline.build(posts, catalog=catalog, settings=Settings())
    client = create_app(catalog).test_client()
    counts = [client.get(f"/all.ics{query}").text.count("BEGIN:VEVENT") for query in ("", "?cancelled=hide")]
    assert counts == [3, 2]


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
