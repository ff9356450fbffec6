"""Owns a feed, and the names that it has: its address, its file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from feeds.model import Calendar
from feeds.settings import Settings

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A finished calendar: `address` ends in .ics, `page` is where people read about it ("/" for all).

    `method` is "PUBLISH" for the download of one session and None for what can be subscribed to.
    """

    address: str
    page: str
    name: str
    filename: str
    method: Literal["PUBLISH"] | None
    calendar: Calendar
    last_modified: datetime
    count: int

    @property
    def body(self) -> bytes:
        """The calendar's bytes, joined anew at each call: all feeds have many times those of all sessions."""
        return self.calendar.body


def address_of(page: str) -> str:
    """Where the feed of a page is."""
    return "/all.ics" if page == "/" else f"{page}.ics"


def absolute(address: str, settings: Settings) -> str | None:
    """The whole address of a page or feed; None where no `base_url` is set."""
    # Only from the settings: a feed that took the address of the request would differ from host to host.
    return f"{settings.base_url}{address}" if settings.base_url else None


def filename_of(page: str) -> str:
    """The slugs of a page, joined: `/events/E/tracks/T` is saved as `E-T.ics`."""
    slugs = "-".join(page.split("/")[2::2])
    return f"{_UNSAFE.sub('', slugs) or 'all'}.ics"
