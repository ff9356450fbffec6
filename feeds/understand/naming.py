"""Owns what a head without a time names: a track, a talk to come, what the list below it is about."""

from __future__ import annotations

import re

from feeds.understand.booths import booth_in, says_hours
from feeds.understand.context import Book, Context
from feeds.understand.heads import Head
from feeds.understand.outline import INTRO_RANK
from feeds.understand.part import Part
from feeds.understand.phrases import pattern_for
from feeds.understand.title import Title

_PROGRAMME = re.compile(
    r"(?i)\b(?:talks?|sessions?|papers?|posters?|tutorials?|workshops?|keynotes?|panels?|demos?|presentations?|"
    r"contributions?|beiträge|posterbeiträge|affiches|ateliers|talleres|oficinas|"
    r"program(?:me)?|line-?up|schedule|agenda|vorträge|programm|conférences|charlas|"
    r"ponencias|interventi|palestras|lezingen)\b"
)
VERB = re.compile(
    r"\s(?:\(|(?:is|are|will|opens?|runs?|has|have|ist|sind|est|sont|es|son|è|sono|é|são|zijn)\b)"
)
"""What makes a sentence of a line."""


def is_name(title: Title) -> bool:
    """A name, and not a sentence that leads to a list ("Morning is for those with day jobs")."""
    return len(title.text.split()) <= 10 and VERB.search(title.text) is None


def is_announced(book: Book, head: Head, *, title: Title, context: Context) -> bool:
    """A linked title in a list of talks to come is a session, though nobody can know when.

    It needs its speakers, or a heading that says the format of what is listed ("Posters").
    """
    event = book.event(context)
    coming = event is not None and event.last is not None and (not book.anchor or book.anchor <= event.last)
    listed = context.title is not None and _PROGRAMME.search(context.title.text) is not None
    alone = head.scope.kind == "item" and not head.rest and context.event is not None
    named = title.people is not None or (coming and context.format is not None)
    return alone and listed and title.url is not None and named


def what_follows(head: Head, title: Title) -> Part:
    """A line that introduces a list is named by the words before its verb ("Kiosk K3 is open like this:").

    Where it says the hours of a booth, that is what it names ("And the booth hours:").
    """
    booth = booth_in(title.part) if head.scope.rank == INTRO_RANK else None
    if booth is not None and says_hours(title.part):
        return booth
    found = VERB.search(title.part.text)
    if head.scope.rank != INTRO_RANK or not found or found.start() < 3:
        return title.part
    return title.part.at(0, found.start()).trimmed()


_DITTO = re.compile(rf"(?:{pattern_for('ditto')})(?!\w)")


def is_ditto(text: str) -> bool:
    """Whether a line is called like the one before it ("same, then we pack")."""
    return _DITTO.match(text.lower()) is not None and len(text.split()) <= _MOST_OF_DITTO


_MOST_OF_DITTO = 6


def singular(text: str) -> str:
    """ "Our talks:" as "talk"."""
    return re.sub(r"(?i)^our\s+|s$", "", text.strip(" :"))
