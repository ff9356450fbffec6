"""Owns telling that something went wrong: as a page, or as RFC 9457 to whoever prefers JSON."""

from __future__ import annotations

import json

from flask import Flask, Response, current_app, g, render_template, request
from werkzeug.exceptions import HTTPException

from feeds.catalog import CatalogError
from feeds.web.http import prefers_json
from feeds.web.lookup import Lookup, Shelf
from feeds.web.pages import Crumb, guard, site

_WORDS = {
    404: ("Page not found", "There is no page at this address."),
    405: ("Only for reading", "This address can be read, not written to."),
    410: ("No longer announced", "Nothing is announced here any more."),
    503: ("Not published yet", "The calendars are being made. Try again in a few seconds."),
}
_CANCELLED = "It has left the calendars, and its page with it."
_PARTS = ("", "/changes", "/changes.atom")
"""What stands at and below the address of a page, and moves with it."""


def register(app: Flask) -> None:
    """Adds the handlers."""
    app.register_error_handler(HTTPException, told)
    app.register_error_handler(CatalogError, damaged)


def damaged(error: CatalogError) -> Response:
    """A damaged catalog passes with the next one; the log says which file it is."""
    current_app.logger.error("%s", error)
    return _response(503, nearest=None)


def told(error: HTTPException) -> Response:
    """The error with the headers it asks for; a page that moved is a redirect instead."""
    status, taken = error.code or 500, _taken()
    if status == 404 and taken is None:
        return _response(503, nearest=None)  # what is not known yet is not missing
    if status != 404 or taken is None:
        return _with_headers(_response(status, nearest=None), error)
    moved = taken.catalog.moved
    for part in _PARTS:
        page = request.path.removesuffix(part)
        if request.path.endswith(part) and page in moved:
            target = moved[page]
            return _gone(page) if target is None else _redirect(f"{target}{part}")
    address = f"{request.path}.ics"
    nearest = taken.catalog.nearest(address) if address.isascii() else None
    if nearest is None:
        return _response(404, nearest=None)
    path = "/" if nearest == "/all.ics" else nearest.removesuffix(".ics")
    return _response(404, nearest=Crumb(name=taken.catalog.name(nearest) or path, path=path))


def _gone(page: str) -> Response:
    """Of events and sessions only what was cancelled leaves, so that is what it is called, as in changes."""
    match page.split("/"):
        case ["", "events", _]:
            return _response(410, nearest=None, words=("This event was cancelled", _CANCELLED))
        case ["", "sessions", _]:
            return _response(410, nearest=None, words=("This session was cancelled", _CANCELLED))
        case _:
            return _response(410, nearest=None)


def _taken() -> Shelf | None:
    lookup: Lookup = current_app.extensions["feeds.lookup"]
    if g.get("shelf") is None:
        g.shelf = lookup.shelf()
    taken: Shelf | None = g.shelf
    return taken


def _with_headers(response: Response, error: HTTPException) -> Response:
    for name, value in error.get_headers(request.environ):
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _redirect(target: str) -> Response:
    return guard(Response(status=308, headers={"Location": site().absolute(target)}))


def _response(status: int, *, nearest: Crumb | None, words: tuple[str, str] | None = None) -> Response:
    unknown = ("Something went wrong", "The page could not be made.")
    title, detail = words or _WORDS.get(status, unknown)
    if prefers_json(request.headers.get("Accept", "")):
        detail += f" The nearest is {nearest.path}." if nearest else ""
        problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        response = Response(json.dumps(problem), content_type="application/problem+json")
    else:
        here = site() if g.get("shelf") is not None else None
        body = render_template(
            "error.html",
            site=here,
            title=title,
            detail=detail,
            nearest=nearest,
            gone=status == 410,
            changes="/changes",
        )
        response = Response(body, content_type="text/html; charset=utf-8")
    response.status_code = status
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = "no-cache" if status >= 500 else "public, max-age=60"
    if status == 503:
        response.headers["Retry-After"] = "10"
    return guard(response)
