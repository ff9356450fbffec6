"""Owns the few static files: named by their content, so that a browser may keep them for ever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from feeds.catalog.values import digest_of
from feeds.web.http import gzipped

_KINDS = {
    "style.css": "text/css; charset=utf-8",
    "copy.js": "text/javascript; charset=utf-8",
    "zone.js": "text/javascript; charset=utf-8",
    "favicon.svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One static file, compressed once for all requests; `path` holds the digest of its plain bytes."""

    path: str
    content_type: str
    body: bytes
    packed: bytes


@cache
def assets() -> Mapping[str, Asset]:
    """All static files by their plain name."""
    folder = files("feeds.web") / "static"
    return MappingProxyType({name: _asset(name, (folder / name).read_bytes()) for name in _KINDS})


def _asset(name: str, body: bytes) -> Asset:
    stem, _, suffix = name.rpartition(".")
    path = f"/static/{stem}.{digest_of(body)[:10]}.{suffix}"
    return Asset(path=path, content_type=_KINDS[name], body=body, packed=gzipped(body))
