"""Owns what a catalog hands out (stored feeds, its own description) and what can be wrong with the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Literal
from urllib.parse import quote

from feeds.settings import Settings

FORMAT = 3
"""Raised whenever the tables or their values change; a file of another format is never half understood."""

APPLICATION = 0x69434C53
"""SQLite's application_id ("iCLS"), so that another program's database is not taken for ours."""


class CatalogError(Exception):
    """Something is wrong with a catalog file; the message names the file and what to do."""


class CatalogMissingError(CatalogError):
    """There is no file at that path."""


class CatalogCorruptError(CatalogError):
    """The file is no catalog, is cut short, or has damaged contents."""


class CatalogOutdatedError(CatalogError):
    """The file was written in another format by another version of this program."""


class CatalogNotWritableError(CatalogError):
    """The directory or the disk refused the new file; the one published before stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What a catalog says of itself. `digest` names the input; `findings` counts diagnostics."""

    version: str
    tzdata: str
    digest: str
    findings: int
    settings: Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFeed:
    """One feed as published. `digest` is of the body; `last_modified` is aware UTC to the second."""

    address: str
    page: str
    name: str
    filename: str
    method: Literal["PUBLISH"] | None
    count: int
    last_modified: datetime
    digest: str
    body: bytes

    @property
    def content_type(self) -> str:
        """RFC 5545 section 8.1: the method parameter is there exactly when METHOD is."""
        method = f"; method={self.method}" if self.method else ""
        return f"text/calendar; charset=utf-8{method}"

    @property
    def disposition(self) -> str:
        """A subscription is read in place, a one-off download is saved (RFC 6266, RFC 8187)."""
        kind = "attachment" if self.method else "inline"
        plain = re.sub(r"[^A-Za-z0-9._-]+", "-", self.filename).strip("-.") or "calendar.ics"
        # Every other byte is percent-encoded, so the value can hold no quote, path or line end.
        return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(self.filename, safe='')}"


KEY_SIZE = 16
"""Octets of a piece's key."""


def key_of(piece: bytes) -> bytes:
    """The name of a piece that feeds share: of its bytes, so that a changed copy equals a new file."""
    return blake2b(piece, digest_size=KEY_SIZE).digest()


def digest_of(body: bytes) -> str:
    """The name of these exact bytes, the same on every machine: 96 bits in hexadecimal."""
    return blake2b(body, digest_size=12).hexdigest()
