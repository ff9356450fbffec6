"""Owns the addresses a page offers: subscribing, adding one session, and HTML for other people's pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import escape
from urllib.parse import quote, urlencode, urlsplit

from feeds.model import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribe:
    """The ways to subscribe to one feed. All are absolute; `path` is the address within the site."""

    name: str
    path: str
    address: str
    webcal: str
    google: str
    outlook: str
    microsoft365: str
    snippet: str


def subscribe(*, name: str, path: str, page: str, root: str) -> Subscribe:
    """The links for a feed at `path`, offered at `page`; `root` is absolute and ends with no slash."""
    address = root + path
    webcal = "webcal://" + address.partition("://")[2]
    outlook = urlencode({"url": address, "name": name}, quote_via=quote)
    return Subscribe(
        name=name,
        path=path,
        address=address,
        webcal=webcal,
        # Google takes a webcal address, percent-encoded once; with https it is unreliable (calagator#556).
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{outlook}",
        microsoft365=f"https://outlook.office.com/calendar/0/addfromweb?{outlook}",
        snippet=_snippet(name=name, address=address, webcal=webcal, ways=f"{root}{page}#subscribe"),
    )


def _snippet(*, name: str, address: str, webcal: str, ways: str) -> str:
    title, https, app = escape(name), escape(address), escape(webcal)
    return (
        f'<link rel="alternate" type="text/calendar" title="{title}" href="{https}">\n\n'
        f'<a href="{app}">Subscribe to {title}</a>\n'
        # Where no program answers to webcal (Android, Windows) the link above does nothing.
        f'<a href="{escape(ways)}">Google Calendar, Outlook and more ways to subscribe to {title}</a>\n'
        f'<a href="{https}">Calendar address of {title}</a>'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOne:
    """Ways to copy one session into a web calendar; unlike a subscription it is never updated."""

    google: str
    outlook: str


def add_one(session: Session, *, place: str, page: str) -> AddOne | None:
    """The links for a session that takes place at a known time; None for any other.

    No web calendar takes a status from a link: what is not certain is said in the title.
    """
    if not session.published or session.start is None or session.status == "cancelled":
        return None
    title = f"{_DOUBTS.get(session.status, '')}{session.title}"
    start, end = session.start, session.end or _default_end(session.start)
    text = f"{session.description}\n\n{page}".strip()[:1500]
    google = {
        "action": "TEMPLATE",
        "text": title,
        "dates": f"{_compact(start)}/{_compact(end)}",
        "details": text,
        "location": place,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title,
        "startdt": _extended(start),
        "enddt": _extended(end),
        "allday": "true" if session.all_day else "false",
        "body": text,
        "location": place,
    }
    return AddOne(
        google=f"https://calendar.google.com/calendar/render?{urlencode(google, quote_via=quote)}",
        outlook=f"https://outlook.live.com/calendar/0/deeplink/compose?{urlencode(outlook, quote_via=quote)}",
    )


_DOUBTS = {"tentative": "Tentative: ", "postponed": "Postponed: "}


def _default_end(start: datetime | date) -> datetime | date:
    return start if isinstance(start, datetime) else start + timedelta(days=1)


def _compact(value: datetime | date) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}" if isinstance(value, datetime) else f"{value:%Y%m%d}"


def _extended(value: datetime | date) -> str:
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else value.isoformat()


def changes_path(path: str) -> str:
    """Where the changes are told that concern a page: its own, or all where it has none."""
    match path.strip("/").split("/"):
        case ["events" | "speakers", _] | ["events", _, "tracks", _]:
            return f"{path}/changes"
        case ["events" | "speakers", _, "changes"] | ["events", _, "tracks", _, "changes"]:
            return path
        case _:
            return "/changes"


def safe_url(url: str | None) -> str | None:
    """The address if it leads to the web or to a mailbox; a post could hold `javascript:`."""
    if not url or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme == "mailto":
        return url
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def host(url: str) -> str:
    """Where an address leads, in the fewest words."""
    parts = urlsplit(url)
    return (parts.hostname or parts.path).removeprefix("www.")
