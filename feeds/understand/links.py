"""Owns what a link must be to lead somewhere from a calendar: the whole address of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin, urlsplit

from feeds.diagnostics import quoted
from feeds.source import Span
from feeds.understand.context import Book
from feeds.understand.draft import DraftSession
from feeds.understand.title import plain_title

if TYPE_CHECKING:
    from feeds.post import FrontMatter

Leads = Literal["away", "within", "nowhere", "elsewhere"]
"""To a page of the web, to one of the author's own website, nowhere at all, or to a mailbox or a phone."""

_PATH = re.compile(
    r"[/.?#]|[\w%~+-]{1,200}/|[\w%~+.-]{1,200}\.(?:html?|md|php|aspx?|pdf|png|jpe?g|webp|gif|svg|avif)(?=$|[?#])"
)
"""How an address within a website begins, or its only part ends; a bare word is a note ("TODO")."""
_HOSTED = re.compile(r"//[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}(?:$|[:/?#])")
"""The address of another host that leaves the scheme to the page it stands on (RFC 3986, section 4.2)."""
_HOST = re.compile(r"(?://|https?\W|[^/?#]*[@;:])|[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}/")
"""A slip of the pen in the address of another host, or one of a mailbox."""
_OTHER = ("mailto", "tel", "sms", "geo", "webcal", "matrix", "xmpp", "irc", "ircs", "ftp", "sip")
_LONGEST_SHOWN = 90


def leads(url: str) -> Leads:
    """Where an address as an author wrote it leads, seen from a calendar (RFC 3986, section 4.2)."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return "nowhere"
    if parts.scheme in ("http", "https") or (not parts.scheme and _HOSTED.match(url)):
        return "away" if parts.netloc.strip(".:@") else "nowhere"
    if parts.scheme in _OTHER:
        return "elsewhere"
    return "within" if _PATH.match(url) and not _HOST.match(url) else "nowhere"


def tell_links(book: Book) -> None:
    """Tell the links that lead nowhere, and those that lead where another session's does.

    A link that is no address at all is dropped.

    Reports: malformed-url, relative-url, duplicate-url.
    """
    within: list[tuple[str, Span]] = []
    first: dict[str, DraftSession] = {}
    for at, session in enumerate(book.sessions):
        if session.url is None or "url" not in session.reads:
            continue
        span = session.reads["url"].span
        match leads(session.url):
            case "nowhere":
                _tell_none(book, session.title, session.url, span=span)
                book.sessions[at] = replace(session, url=None)
                continue
            case "within":
                within.append((session.url, span))
            case _ if _TWO.match(session.url):
                _tell_two(book, session.title, session.url, span=span)
                if twice := _TWICE.fullmatch(session.url):
                    book.sessions[at] = replace(session, url=twice[1])
        other = first.setdefault(session.url, session)
        if plain_title(other.title) != plain_title(session.title) and other.reads["url"].span != span:
            message = f"{quoted(session.title)} has the same link as {quoted(other.title)}"
            book.tell("duplicate-url", message, span=span, help="give each session its own link")
    if within and book.website is None:
        _tell_within(book, within)


_TWO = re.compile(r"https?://\S{1,1900}?(?<![\w.=?&-])(?!https?://)[\w.-]{1,200}://")
"""An address behind another, its scheme run together with a word; a whole one is a part of it ("/https://…")."""


_TWICE = re.compile(r"(https?://\S{1,900})\1")
"""One address pasted twice."""


def _tell_two(book: Book, title: str, url: str, *, span: Span) -> None:
    half = re.sub(r"https?$", "", url[: url.rindex("://")])
    message = f"the link of {quoted(title)} runs two addresses together: `{url[:_LONGEST_SHOWN]}`"
    book.tell(
        "malformed-url",
        message,
        span=span,
        help=f"write `{half}`" if half.startswith("http") else "keep one of the two addresses",
    )


def _tell_none(book: Book, title: str, url: str, *, span: Span) -> None:
    behind = re.sub(r"(?i)^(?:\w{0,6}[:;.]?/{1,3}|[a-z]{3,6}[:;])", "", url).lstrip("/")
    mailbox = re.fullmatch(r"[\w.+-]{1,64}@[\w.-]{3,100}", url)
    host = re.match(r"[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}(?:$|[/?#])", behind)
    book.tell(
        "malformed-url",
        f"the link of {quoted(title)} is no address of the web: `{url[:_LONGEST_SHOWN]}`",
        span=span,
        help=f"write `mailto:{url}`"
        if mailbox
        else f"write `https://{behind}`"
        if host
        else "write an address that begins with `https://`",
    )


def _tell_within(book: Book, links: Sequence[tuple[str, Span]]) -> None:
    url, span = links[0]
    others = len(links) - 1
    more = f", as {'does' if others == 1 else 'do'} {others} more of this post" if others else ""
    book.tell(
        "relative-url",
        f"`{url[:_LONGEST_SHOWN]}` leads only within your own website{more}",
        span=span,
        help='name your website in feeds.toml: `website = "https://example.org"`',
    )


def page_of(website: str | None, address: str | None) -> str | None:
    """Where a post is published, as far as the website and the `permalink` in its front matter say it.

    A permalink with placeholders ("/:year/:title/") says no more than the website.
    """
    if website is None:
        return None
    placeholders = address is not None and "/:" in address
    return urljoin(f"{website}/", address) if address and not placeholders else f"{website}/"


def published_at(front: FrontMatter, *, website: str | None) -> str | None:
    """Where people read a post: an address of its own that is whole, or one that the website makes whole.

    A whole `url` may be that of the event, and the website alone is no post.
    """
    whole_one = front.text("canonical_url", "canonicalURL", "canonicalUrl", "canonical", "permalink")
    if whole_one is not None and leads(whole_one) == "away":
        return f"https:{whole_one}" if whole_one.startswith("//") else whole_one
    address = front.text("permalink", "url", "path")
    if website is None or address is None or "/:" in address or leads(address) != "within":
        return None
    return page_of(website, address)


def lead_away(book: Book, *, page: str | None) -> None:
    """Make the links of sessions and events whole: relative ones lead on from the page of the post."""
    for at, session in enumerate(book.sessions):
        book.sessions[at] = replace(
            session,
            url=whole(session.url, page=page),
            room_url=whole(session.room_url, page=page),
            conference_url=whole(session.conference_url, page=page),
        )
    for at, event in enumerate(book.events):
        book.events[at] = replace(event, url=whole(event.url, page=page))


def whole(url: str | None, *, page: str | None) -> str | None:
    """An address, a relative one as seen from a page (RFC 3986, section 5.2), as far as that is known."""
    if url is not None and _HOSTED.match(url):
        return f"https:{url}"
    if url is None or page is None or leads(url) != "within":
        return url
    try:
        return urljoin(page, url)
    except ValueError:
        return None
