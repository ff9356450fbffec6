"""Owns serving a catalog over HTTP: stored feeds before Flask, pages by Flask."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask

from feeds.catalog import CatalogWatcher
from feeds.web import changes, errors, prose, views
from feeds.web.links import host
from feeds.web.lookup import Lookup

if TYPE_CHECKING:
    from feeds.settings import Settings

DEFAULT_CATALOG = "feeds.catalog"
"""Where the catalog stands unless FEEDS_CATALOG names another path; relative to the working directory."""

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def default_catalog_path() -> Path:
    """The catalog's path as configured."""
    return Path(os.environ.get("FEEDS_CATALOG") or DEFAULT_CATALOG)


def today() -> date:
    """The day that is not over yet somewhere on earth, so that no event is called past too early."""
    return (datetime.now(UTC) - timedelta(hours=12)).date()


def create_app(
    catalog_path: Path | None = None,
    settings: Settings | None = None,
    *,
    clock: Callable[[], date | None] = today,
) -> Flask:
    """The whole site as a WSGI application.

    `settings` replace the ones stored in the catalog. `clock` says which events are past; where it
    says None nothing is, which is what a static export wants.
    """
    app = Flask(__name__, static_folder=None)
    lookup = Lookup(CatalogWatcher(catalog_path or default_catalog_path()), settings=settings)
    app.extensions["feeds.lookup"] = lookup
    app.extensions["feeds.clock"] = clock
    app.jinja_env.filters["host"] = host
    app.jinja_env.filters["prose"] = prose.blocks
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.strict_slashes = False
    app.register_blueprint(views.blueprint)
    app.register_blueprint(changes.made())
    errors.register(app)
    app.wsgi_app = _feeds_first(app.wsgi_app, lookup)  # type: ignore[method-assign, assignment]
    return app


def _feeds_first(pages: WSGI, lookup: Lookup) -> WSGI:
    """Answers feeds with a look-up and a write; Flask's routing alone would cost more than that."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        method, path, query = environ["REQUEST_METHOD"], environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        answer = lookup(method, path, _headers(environ), query=query) if path.endswith(".ics") else None
        if answer is None:
            return pages(environ, start_response)
        start_response(answer.status_line, list(answer.headers))
        return [answer.body] if answer.body and method != "HEAD" else []

    return application


def _headers(environ: dict[str, Any]) -> dict[str, str]:
    return {
        name[5:].lower().replace("_", "-"): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
