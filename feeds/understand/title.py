"""Owns the title of a session as a value, and how its words are published."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, NamedTuple

from feeds.understand.part import Part
from feeds.understand.people import looks_like_people


@dataclass(frozen=True, slots=True)
class Names:
    """Full names met elsewhere, organisations of the settings, and what recurs where rooms stand.

    `first` is whether the post names speakers before their titles.
    """

    known: Collection[str] = ()
    organisations: Collection[str] = ()
    rooms: Collection[str] = ()
    first: bool = False

    def likely(self, text: str) -> float:
        """How likely a phrase is a list of people, 0 to 1."""
        return looks_like_people(text, known=self.known, organisations=self.organisations)


class Title(NamedTuple):
    """A title as read. `people` and `room` are parts still to be read."""

    part: Part
    text: str
    format: str | None = None
    track: str | None = None
    people: Part | None = None
    room: Part | None = None
    url: str | None = None
    url_part: Part | None = None
    status: Literal["cancelled", "postponed"] | None = None
    rest: Part | None = None
    sentence: Part | None = None

    @property
    def strong(self) -> bool:
        """Whether it can only be the title of a session: it has a link, a format or speakers."""
        return self.url is not None or self.format is not None or self.people is not None


_BLANK = re.compile(r"\s+")
_ON_ROOM = re.compile(
    r" \((?:room|location|venue|place|link|raum|ort|salle|lieu|sala|lugar|zaal) [a-zà-ÿ][^()]{3,80}\)$"
)
"""What is told of the place behind a title ("Loom BoF (room will be on the blackboard)")."""
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "'": "'"}


def clean(text: str) -> str:
    """A title as it is published: white space folded, quotes around the whole and a final full stop gone."""
    plain = _ON_ROOM.sub("", _BLANK.sub(" ", text).strip(" ,;:|–—-•"))
    if plain.count("(") > plain.count(")"):
        plain = plain[: plain.rindex("(")].strip() or plain
    if (
        len(plain) > 2
        and _QUOTES.get(plain[0]) == plain[-1]
        and plain[0] not in plain[1:-1]
        and plain[-1] not in plain[1:-1]
    ):
        plain = plain[1:-1].strip()
    return plain[:-1] if plain.endswith(".") and not plain.endswith("..") and plain.count(".") == 1 else plain


def plain_title(text: str) -> str:
    """The words of a title alone and in lower case: two that differ by their signs are the same."""
    return " ".join(_WORD.findall(text.casefold()))


_WORD = re.compile(r"\w+")
