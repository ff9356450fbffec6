"""Owns the static tree: the whole site as files for any web server, the same bytes as served."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from feeds.catalog import Catalog
from feeds.web import create_app
from feeds.web.assets import assets
from feeds.web.changes import followed_paths
from feeds.web.machines import page_paths

MANIFEST = ".feeds-export.json"


def export_site(catalog: Catalog, directory: Path, *, base_url: str) -> tuple[Path, ...]:
    """Write every page and feed below `directory`; the paths written, sorted.

    A page stands as `index.html` in a folder of its name. Files of an earlier export that the site no
    longer has are removed, files that no export wrote are left alone.

    Raises: ValueError for a base URL that is no web address.
    """
    if urlsplit(base_url).scheme not in ("http", "https") or not urlsplit(base_url).netloc:
        raise ValueError(f"`{base_url}` is no web address: write `https://example.org`")
    written: list[str] = []
    for name, body in _files(catalog, base_url.rstrip("/")):
        _write(directory / name, body)
        written.append(name)
    names = sorted(written)
    for stale in sorted(set(_earlier(directory)) - set(names)):
        _remove(directory, stale)
    _write(directory / MANIFEST, (json.dumps(names, indent=1) + "\n").encode())
    return tuple(directory / name for name in names)


def _files(catalog: Catalog, base_url: str) -> Iterator[tuple[str, bytes]]:
    for address in catalog.addresses():
        feed = catalog.feed(address)
        if feed is not None:
            yield address[1:], feed.body
    settings = replace(catalog.meta.settings, base_url=base_url)
    # No clock: the same catalog makes the same files on every day.
    client = create_app(catalog.path, settings, clock=lambda: None).test_client()
    for path in page_paths(catalog.schedule):
        yield str(PurePosixPath(path.lstrip("/")) / "index.html"), client.get(path).data
    for path in followed_paths(catalog.schedule):
        yield f"{path[1:]}/index.html", client.get(path).data
        yield f"{path[1:]}.atom", client.get(f"{path}.atom").data
    for path in ("/robots.txt", "/sitemap.xml"):
        yield path[1:], client.get(path).data
    yield "404.html", client.get("/404.html").data
    for asset in assets().values():
        yield asset.path[1:], asset.body
    yield "favicon.svg", assets()["favicon.svg"].body


def _write(path: Path, body: bytes) -> None:
    """Whole or not at all: a web server may read the file at any time. Equal bytes keep their file time."""
    if path.is_file() and path.read_bytes() == body:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(body)
    draft.replace(path)


def _earlier(directory: Path) -> list[str]:
    """What an earlier export wrote. A manifest can be edited, so only paths inside the directory count."""
    try:
        names = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    if not isinstance(names, list):
        return []
    root = directory.resolve()
    return [
        name
        for name in names
        if isinstance(name, str) and not Path(name).is_absolute() and root in (root / name).resolve().parents
    ]


def _remove(directory: Path, name: str) -> None:
    path = directory / name
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == directory or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()
