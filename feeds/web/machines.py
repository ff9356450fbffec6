"""Owns what programs rather than people ask for: robots, sitemap, health, static files."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, current_app, g

from feeds.catalog import Catalog
from feeds.model import Schedule
from feeds.web.assets import assets
from feeds.web.lookup import Lookup
from feeds.web.pages import conditional, shelf, site

_RECORD = {"damaged-record": "damaged", "stale-record": "stale"}


def register(blueprint: Blueprint) -> None:
    """Adds the addresses."""
    blueprint.add_url_rule("/robots.txt", view_func=robots)
    blueprint.add_url_rule("/sitemap.xml", view_func=sitemap)
    blueprint.add_url_rule("/healthz", view_func=health)
    blueprint.add_url_rule("/static/<name>", view_func=static)
    for path in ("/favicon.ico", "/favicon.svg", "/favicon"):
        blueprint.add_url_rule(path, view_func=favicon)


def robots() -> Response:
    """Allows everything: a missing or forbidding file once kept Google Calendar out (CONFORMANCE F17)."""
    lines = ["User-agent: *", "Allow: /", "", f"Sitemap: {site().absolute('/sitemap.xml')}", ""]
    return conditional("\n".join(lines).encode(), content_type="text/plain; charset=utf-8", max_age=3600)


def sitemap() -> Response:
    """The pages; feeds are no search results."""
    here = site()
    rows = "".join(
        f"<url><loc>{escape(here.absolute(path))}</loc></url>\n"
        for path in page_paths(shelf().catalog.schedule)
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    )
    return conditional(body.encode(), content_type="application/xml; charset=utf-8", max_age=3600)


def page_paths(schedule: Schedule) -> Iterator[str]:
    """The addresses of all pages."""
    yield "/"
    for event in schedule.events:
        yield f"/events/{event.slug}"
    for track in schedule.tracks:
        yield f"/events/{track.event}/tracks/{track.slug}"
    for speaker in schedule.speakers:
        yield f"/speakers/{speaker.slug}"
    if any(session.event is None for session in schedule.sessions):
        yield "/sessions"
    for session in schedule.sessions:
        yield f"/sessions/{session.slug}"
    for post in schedule.posts:
        yield f"/posts/{post.slug}"


def health() -> Response:
    """Which catalog is served, how old it is, and why it is not the newest."""
    lookup: Lookup = current_app.extensions["feeds.lookup"]
    g.shelf = lookup.shelf()
    problem = lookup.watcher.problem
    state: dict[str, object] = {"status": "ok" if problem is None else "stale", "problem": problem}
    if g.shelf is None:
        state["status"] = "empty"
    else:
        catalog = g.shelf.catalog
        state |= {
            "digest": catalog.meta.digest,
            "age_seconds": max(0, int(time.time() - catalog.published)),
            "findings": catalog.meta.findings,
            "record": _record(catalog),
            "version": catalog.meta.version,
            "tzdata": catalog.meta.tzdata,
        }
    response = Response(json.dumps(state, indent=2) + "\n", content_type="application/json")
    response.status_code = 503 if g.shelf is None else 200
    response.headers["Cache-Control"] = "no-store"
    return response


def _record(catalog: Catalog) -> str:
    """Whether the revision record knows what is served: if not, the next changes may not reach everybody."""
    rules = {diagnostic.rule for diagnostic in catalog.diagnostics}
    return next((state for rule, state in _RECORD.items() if rule in rules), "current")


def static(name: str) -> Response:
    """A static file at the address that holds its digest; that address never has other bytes."""
    asset = next((asset for asset in assets().values() if asset.path == f"/static/{name}"), None)
    if asset is None:
        abort(404)
    response = conditional(asset.body, content_type=asset.content_type, max_age=31536000, packed=asset.packed)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def favicon() -> Response:
    """One drawing for every way of asking."""
    asset = assets()["favicon.svg"]
    return conditional(asset.body, content_type=asset.content_type, max_age=86400, packed=asset.packed)
