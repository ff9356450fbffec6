"""Owns the static tree: the same bytes as served, and nothing removed that no export wrote."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from feeds.catalog import Catalog
from feeds.export import MANIFEST, export_site
from feeds.web import create_app
from feeds.web.changes import followed_paths
from feeds.web.machines import page_paths

BASE = "https://static.example/talks"


def files(directory: Path) -> dict[str, bytes]:
    """Every file below a directory, the manifest left out."""
    found = {
        str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()
    }
    found.pop(MANIFEST, None)
    return found


@pytest.fixture
def catalog(tmp_path: Path, sample: ModuleType) -> Catalog:
    sample.publish(tmp_path / "catalog")
    return Catalog.open(tmp_path / "catalog")


def test_export_is_the_bytes_as_served(tmp_path: Path, catalog: Catalog, sample: ModuleType) -> None:
    site = tmp_path / "site"
    written = export_site(catalog, site, base_url=BASE)
    exported = files(site)
    assert [str(path.relative_to(site)) for path in written] == sorted(exported)
    client = create_app(
        catalog.path, replace(sample.SETTINGS, base_url=BASE), clock=lambda: None
    ).test_client()
    for feed in sample.feeds(sample.schedule()):
        assert exported.pop(feed.address[1:]) == feed.body == client.get(feed.address).data
    for path in page_paths(sample.schedule()):
        assert exported.pop(f"{path[1:]}/index.html".lstrip("/")) == client.get(path).data
    for path in followed_paths(sample.schedule()):
        assert exported.pop(f"{path[1:]}/index.html") == client.get(path).data
        assert exported.pop(f"{path[1:]}.atom") == client.get(f"{path}.atom").data
    assert sorted(name.split(".")[0] for name in exported) == [
        "404", "favicon", "robots", "sitemap", "static/copy", "static/favicon", "static/style", "static/zone",
    ]  # fmt: skip


def test_export_names_the_base_url_only(tmp_path: Path, catalog: Catalog, sample: ModuleType) -> None:
    export_site(catalog, tmp_path / "site", base_url=BASE + "/")
    pages = {
        name: body
        for name, body in files(tmp_path / "site").items()
        if name.endswith((".html", ".xml", ".txt"))
    }
    assert [
        name for name, body in pages.items() if b"talks.example.org" in body or b"localhost" in body
    ] == []
    assert b'href="/talks/static/style.' in pages["index.html"]
    assert sample.SETTINGS.base_url == "https://talks.example.org"


def test_export_again_changes_nothing(tmp_path: Path, catalog: Catalog) -> None:
    export_site(catalog, tmp_path / "site", base_url=BASE)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*") if path.is_file()}
    export_site(catalog, tmp_path / "site", base_url=BASE)
    assert {
        path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*") if path.is_file()
    } == before


def test_export_removes_what_it_wrote_and_nothing_else(
    tmp_path: Path, catalog: Catalog, sample: ModuleType
) -> None:
    site = tmp_path / "site"
    export_site(catalog, site, base_url=BASE)
    (site / "CNAME").write_text("static.example", encoding="utf-8")
    (site / "speakers" / "own.html").write_text("mine", encoding="utf-8")
    values = replace(sample.schedule(), speakers=(), posts=())
    sample.publish(tmp_path / "catalog", values=values)
    export_site(Catalog.open(tmp_path / "catalog"), site, base_url=BASE)
    left = files(site)
    assert sorted(name for name in left if name.startswith(("speakers", "posts", "CNAME"))) == [
        "CNAME", "speakers/own.html",
    ]  # fmt: skip
    assert not (site / "posts").exists()


def test_edited_manifest_removes_nothing_outside(tmp_path: Path, catalog: Catalog) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside.txt"
    outside.write_text("mine", encoding="utf-8")
    site.mkdir()
    (site / MANIFEST).write_text(f'["../outside.txt", "{outside}", 7, "/etc/none", ".."]', encoding="utf-8")
    export_site(catalog, site, base_url=BASE)
    assert outside.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("base_url", ["", "static.example", "ftp://static.example", "https://"])
def test_export_wants_a_web_address(tmp_path: Path, catalog: Catalog, base_url: str) -> None:
    with pytest.raises(ValueError, match="is no web address"):
        export_site(catalog, tmp_path / "site", base_url=base_url)
    assert not (tmp_path / "site").exists()
