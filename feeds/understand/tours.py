"""Owns a stop of a tour: a day and a town, and a sentence on what happens there ("5 May, Lyon – Ada …")."""

from __future__ import annotations

from feeds.understand.context import Book, Context
from feeds.understand.draft import Read
from feeds.understand.heads import Head
from feeds.understand.outline import Scope
from feeds.understand.part import Part
from feeds.understand.places import is_online, settle, town_named
from feeds.understand.sentences import read_sentences

SHORTEST = 5
"""Words of what is told of a stop; fewer name the session."""


def read_stop(book: Book, head: Head, *, context: Context) -> bool:
    """Read what the sentence behind a day and a town tells; False where this is none or it tells nothing."""
    title, dated = head.title, head.facts.dated
    if title is None or dated is None or title.url is not None or title.part.line is not dated.line:
        return False
    line = title.part.line
    told = Part(line, max(title.part.end, dated.when.at[1]), len(line.text)).trimmed()
    inner = _at_stop(title.part, context) if len(told.text.split()) > SHORTEST else None
    day = book.day(dated, context) if inner is not None and not dated.when.times else None
    if inner is None or day is None:
        return False
    count = len(book.sessions)
    scope = Scope(kind="text", lines=(line.cut(told.start, told.end),))
    read_sentences(book, scope, context=inner._replace(day=day, title=None, headed=False))
    return len(book.sessions) > count


def _at_stop(town: Part, context: Context) -> Context | None:
    """The context in the town that a part is, or online; None where it is neither."""
    if is_online(town.text):
        return context
    mention = town_named(town.text)
    if mention is None:
        return None
    place = settle(mention, near=[context.place] if context.place else [])[0]
    read = Read(how="read", span=town.span, why=f"the words “{town.text}”")
    return context._replace(place=place, place_read=read)
