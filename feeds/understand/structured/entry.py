"""Owns one mapping of the front matter: its fields read by type, every fault told at its own line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Final, get_args
from zoneinfo import available_timezones

from feeds.model import Status
from feeds.post import FrontMatter
from feeds.post.front_matter import KeyPath
from feeds.source import Span
from feeds.understand.context import Book
from feeds.understand.draft import Read
from feeds.understand.links import leads
from feeds.understand.places import place_named
from feeds.understand.when.zones import ABBREVIATIONS, canonical_abbreviation

MOST_ENTRIES: Final = 5_000
LONGEST_LINE: Final = 500
LONGEST_TEXT: Final = 20_000

_STATUSES: Final[tuple[Status, ...]] = get_args(Status)
_SLUG: Final = re.compile(r"[a-z0-9]{1,80}(?:-[a-z0-9]{1,80}){0,40}")
_UID: Final = re.compile(r"[!-~]{1,191}")
_ADDRESS: Final = re.compile(
    r"(?:https?://[^\s<>\"\x00-\x20\x7f]{1,1990}|mailto:[^\s<>\"@]{1,200}@[^\s<>\"]{1,200})"
)
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One mapping and the path to it. A field that cannot be used is told and then reads as None.

    `names` are the author's own names of keys that were given ours.
    """

    book: Book
    front: FrontMatter
    path: KeyPath
    data: Mapping[str, Any]
    names: Mapping[str, str] = field(default_factory=dict)

    def span(self, key: str | None = None) -> Span:
        """Where a value stands, or the whole mapping."""
        return self.front.span(*self.path, *((key,) if key else ()))

    def has(self, key: str) -> bool:
        """Whether the key holds anything."""
        return self.data.get(key) not in (None, "")

    def line(self, key: str) -> str | None:
        """A text on one line."""
        text = self._text(key, LONGEST_LINE)
        return " ".join(_CONTROLS.sub(" ", text).split()) or None if text else None

    def text(self, key: str) -> str | None:
        """A text that may have paragraphs."""
        text = self._text(key, LONGEST_TEXT)
        return _CONTROLS.sub(" ", text).strip() or None if text else None

    def _text(self, key: str, most: int) -> str | None:
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            self.wrong(key, "a text", example="…")
        elif len(str(value)) > most:
            self.wrong(key, f"a text of at most {most:,} characters", example="a shorter text")
        else:
            return str(value)
        return None

    def flag(self, key: str) -> bool | None:
        """True or false."""
        value = self.data.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.wrong(key, "`true` or `false`", example="true")
        return None

    def url(self, key: str) -> str | None:
        """A whole address, or one within the website where that is known."""
        url = self.line(key)
        if url is None or _ADDRESS.fullmatch(url):
            return url
        if self.book.website is not None and leads(url) == "within":
            return url
        bare = re.fullmatch(r"(?:www\.)?[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}(?:/[!-~]{0,200})?", url)
        self.wrong(key, "a whole address", example=f"https://{url}" if bare else "https://example.org/talk")
        return None

    def zone(self) -> str | None:
        """The IANA zone under `timezone`."""
        zone = self.line("timezone")
        if zone is None or zone in _zones():
            return zone
        self.wrong("timezone", "an IANA time zone", example=_likely_zone(zone) or "Europe/Madrid")
        return None

    def status(self) -> Status:
        """The status, confirmed where none is given."""
        said = (self.line("status") or "confirmed").lower()
        said = "cancelled" if said == "canceled" else said
        for status in _STATUSES:
            if said == status:
                return status
        near = get_close_matches(said, _STATUSES, n=1, cutoff=0.4)
        self.wrong("status", f"one of {', '.join(_STATUSES)}", example=near[0] if near else "tentative")
        return "confirmed"

    def uid(self) -> str | None:
        """An identity of the author's own."""
        uid = self.line("uid")
        if uid is None or _UID.fullmatch(uid):
            return uid
        self.wrong("uid", "up to 191 ASCII characters without spaces", example="mind-the-gap-2024")
        return None

    def slug(self) -> str | None:
        """A part of an address."""
        slug = self.line("slug")
        if slug is None or _SLUG.fullmatch(slug):
            return slug
        plain = "-".join(re.findall(r"[a-z0-9]{1,80}", slug.lower())[:20])
        self.wrong("slug", "small letters, digits and single hyphens", example=plain or "mind-the-gap")
        return None

    def named(self, key: str) -> str:
        """The author's own name of a key."""
        return self.names.get(key, key)

    def pair(self, key: str, value: str) -> str:
        """What to write instead, under the author's own name of the key."""
        return self.front.pair(self.named(key), value)

    @property
    def day(self) -> str:
        """A day to show in a remedy: of the entry's own date, of the only event, else near the post."""
        written = re.match(r"\d{4}-\d\d-\d\d", str(self.data.get("date", "")))
        events = [event.first for event in self.book.events if event.first is not None]
        known = events[0] if len(events) == 1 else self.book.anchor
        return written[0] if written else str(known or "2024-03-14")

    def read(self, key: str) -> Read:
        """How a field came about, for `feeds explain`."""
        name = ".".join(map(str, (*self.path, self.named(key))))
        return Read(how="read", span=self.span(key), why=f"`{name}` in the front matter")

    def wrong(self, key: str, wanted: str, *, example: str) -> None:
        """Tell that a value cannot be used."""
        name, shown = self.named(key), _shown(self.data.get(key))
        message = f"`{name}` is `{shown}`, which is not {wanted}"
        self.book.tell("invalid-value", message, span=self.span(key), help=self.pair(key, example))

    def unknown(self, keys: tuple[str, ...], synonyms: Mapping[str, str]) -> None:
        """Tell of keys that nobody reads."""
        for key in self.data:
            if key not in keys:
                self._unknown(key, keys, synonyms)

    def _unknown(self, key: str, keys: tuple[str, ...], synonyms: Mapping[str, str]) -> None:
        plain = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key[:60]).replace("-", "_").replace(" ", "_").lower()
        near = [synonyms[plain]] if plain in synonyms else get_close_matches(plain, keys, n=1, cutoff=0.6)
        near = [known for known in near if known not in self.data]
        listed = ", ".join(f"`{known}`" for known in keys)
        span = self.front.keys.get((*self.path, key), self.span())
        remedy = f"did you mean `{near[0]}`?" if near else f"known keys are {listed}"
        self.book.tell("unknown-key", f"the key `{_shown(key)}` is not known here", span=span, help=remedy)


def entries(front: FrontMatter, book: Book, *keys: str) -> Iterator[Entry]:
    """The mappings under these keys: one, or a list of them. A text there is another generator's business.

    Reports: invalid-value.
    """
    for key in keys:
        value = front.data.get(key)
        if isinstance(value, Mapping):
            yield Entry(book, front, (key,), value)
        elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            if len(value) > MOST_ENTRIES:
                message = f"`{key}` has {len(value):,} entries; the first {MOST_ENTRIES:,} are read"
                book.tell("invalid-value", message, span=front.keys[key,], help="split the post")
            for index, item in enumerate(value[:MOST_ENTRIES]):
                if isinstance(item, Mapping):
                    yield Entry(book, front, (key, index), item)
                else:
                    message = f"`{_shown(item)}` is not a mapping like the other {key}"
                    book.tell(
                        "invalid-value", message, span=front.span(key, index), help=f"- title: {_shown(item)}"
                    )


def _shown(value: object) -> str:
    text = " ".join(_CONTROLS.sub(" ", str(value)).split())
    return f"{text[:60]}…" if len(text) > 60 else text


def _likely_zone(said: str) -> str | None:
    """The zone that a value most likely means: one spelt alike, that of an abbreviation, or of a city."""
    for known in sorted(_zones()):
        if known.casefold() == said.casefold() and "/" in known:
            return known
    short = ABBREVIATIONS.get(canonical_abbreviation(said) or said.upper())
    if short is not None:
        return short.zones[0]
    if found := place_named(said):
        return found[0].timezone
    near = get_close_matches(said, sorted(_zones()), n=1, cutoff=0.6) if "/" in said else []
    return near[0] if near else None


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
