"""Owns making a page into a response: the site around it, its validators and the headers that guard it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Response, abort, current_app, g, render_template, request

from feeds.catalog.values import digest_of
from feeds.settings import Settings
from feeds.web.assets import assets
from feeds.web.http import accepts_gzip, gains_by_gzip, gzipped, not_modified
from feeds.web.links import Subscribe, changes_path, safe_url, subscribe
from feeds.web.lookup import Lookup, Shelf

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
GUARDS: Mapping[str, str] = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the site stands. `root` is absolute, `prefix` its path; neither ends with a slash."""

    settings: Settings
    root: str
    prefix: str

    def link(self, path: str) -> str:
        """An address within the site, for a browser."""
        return self.prefix + path

    def absolute(self, path: str) -> str:
        """An address within the site, for everybody else."""
        return self.root + path

    def asset(self, name: str) -> str:
        """Where a static file stands."""
        return self.link(assets()[name].path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """A page above this one."""

    name: str
    path: str


def shelf() -> Shelf:
    """The one catalog of this request: taken once, however often it is asked for."""
    if "shelf" not in g:
        lookup: Lookup = current_app.extensions["feeds.lookup"]
        g.shelf = lookup.shelf()
    if g.shelf is None:
        abort(503)
    taken: Shelf = g.shelf
    return taken


def site() -> Site:
    """The site as configured; as the request names it only where nothing is configured."""
    settings = shelf().settings
    if settings.base_url:
        root = settings.base_url.rstrip("/")
        return Site(settings=settings, root=root, prefix=urlsplit(root).path)
    return Site(settings=settings, root=request.url_root.rstrip("/"), prefix=request.script_root)


def page(
    template: str,
    *,
    path: str,
    title: str,
    description: str = "",
    crumbs: tuple[Crumb, ...] = (),
    offers: bool = True,
    **values: Any,
) -> Response:
    """A rendered page, which offers the subscription to its feed where it has one and `offers` holds."""
    here = site()
    body = render_template(
        template,
        site=here,
        path=path,
        title=title,
        description=_shortened(description),
        crumbs=crumbs,
        safe_url=safe_url,
        feed=offered(path, here) if offers else None,
        changes=changes_path(path),
        **values,
    )
    return conditional(body.encode(), content_type="text/html; charset=utf-8", max_age=60)


def offered(path: str, here: Site) -> Subscribe | None:
    """The subscription to the feed of a page, if it has one: one-off downloads are none."""
    address = "/all.ics" if path == "/" else f"{path}.ics"
    stored = shelf().catalog.feed(address)
    if stored is None or stored.method is not None:
        return None
    return subscribe(name=stored.name, path=address, page=stored.page, root=here.root)


def conditional(body: bytes, *, content_type: str, max_age: int, packed: bytes | None = None) -> Response:
    """A response with a tag of its content in the coding asked for, or 304 for whoever has it.

    `packed` is the body in gzip where that is known. A page is compressed anew each time, and only if it
    is sent: that costs a tenth of rendering it, and a memory of pages would cost more than it saves.
    """
    coded = accepts_gzip(request.headers.get("Accept-Encoding", "")) and gains_by_gzip(body)
    etag = f'"{digest_of(body)}-gz"' if coded else f'"{digest_of(body)}"'
    headers = {name.lower(): value for name, value in request.headers.items()}
    if not_modified(headers, etag=etag, last_modified=None, now=datetime.now(UTC)):
        response = Response(status=304, content_type=content_type)
    elif coded:
        response = Response(packed or gzipped(body), content_type=content_type)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = Response(body, content_type=content_type)
    response.headers["ETag"] = etag
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = f"public, max-age={max_age}, stale-while-revalidate=600"
    return response


def guard(response: Response) -> Response:
    """Every page says what it may load, and nothing from elsewhere is in that list."""
    for name, value in GUARDS.items():
        response.headers.setdefault(name, value)
    held: Shelf | None = g.get("shelf")
    if held is not None and (held.settings.base_url or "").startswith("https://"):
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _shortened(text: str) -> str:
    """What a search result or a preview has room for, cut between words."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 200 else flat[:200].rsplit(" ", 1)[0] + "…"
