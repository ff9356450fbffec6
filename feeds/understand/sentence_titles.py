"""Owns the title that a sentence names: linked, bold or quoted words, else what stands above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from feeds.post import Line
from feeds.understand.attended import whens_of
from feeds.understand.booths import at_booth
from feeds.understand.context import Book, Context
from feeds.understand.draft import DraftPerson
from feeds.understand.events import EventName, find_event_names
from feeds.understand.gatherings import (
    announced,
    at_house,
    at_its_time,
    gathering,
    gathering_in,
    held,
    named_there,
    offered,
    runs_errand,
    subject_of,
    tells_of_booth,
)
from feeds.understand.made_up import about, behind_verb, made_up
from feeds.understand.marked_titles import heads_in_town, marked, quoted
from feeds.understand.moments import Moment
from feeds.understand.part import Part
from feeds.understand.people import find_people, format_of
from feeds.understand.phrases import (
    is_aside,
    is_generic,
    is_generic_heading,
    pattern_for,
)
from feeds.understand.plain_titles import before_time
from feeds.understand.title import Title
from feeds.understand.title_rooms import room_of_heading
from feeds.understand.titles import read_title
from feeds.understand.topics import is_of_topic, is_short

_ASIDE = re.compile(
    r"(?i)\b(?:doors? (?:open|will open)|open doors|einlass|ouverture des portes|"
    r"registration (?:opens|starts)|check-?in|coffee|lunch|dinner|by then|office hours|"
    r"(?<!^)before(?! that\b)|until(?= (?:about |around )?(?:\d|noon|midnight))|"
    r"opening hours|(?:every|each) (?:day|night|week|weekend|month)|"
    r"(?:hourly|nightly|daily|weekly) (?:\w+ ){0,2}(?:runs?|jobs?|builds?|backups?))\b"
)
_TITLED = re.compile(
    r"(?i)\b(?:title|talk|session|it|titel|vortrag|titre|título|charla|titolo|palestra|lezing)(?:['’]s)?\b.{0,40}?"
    r"\b(?:is|called|titled|(?:has|carries|bears|with|under) the (?:title|name)|"
    r"heißt|lautet|est|s['’]intitule|es|se titula|è|si intitola|é|chama-se|heet)\b"
)
SHORTEST_TITLE = 8

_KIND = re.compile(
    r"(?i)\b(keynote|workshop|tutorial|panel|lightning talk|talk|demo|webinar|masterclass|vortrag|atelier|"
    r"conférence|charla|taller|palestra|oficina|lezing|sessione)s?\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence with a time: the sentences around it, its moments and the people it names.

    `named` is the title that it surely pairs with its time; `reach` what is told of it, where the paragraph
    tells of more; `topic` what a sentence before it announced.
    """

    sentence: Part
    named: Part | None
    before: Part | None
    after: Part | None
    reach: Line | None
    moments: Sequence[Moment]
    people: tuple[DraftPerson, ...] = ()
    topic: Title | None = None


def title_of(book: Book, told: Told, *, context: Context) -> Title | None:
    """The title a sentence names: a booth, a link, a bold or quoted phrase; else the heading above it."""
    heading = context.title if context.headed else None
    booth = at_booth(told.sentence, told.moments, before=told.before, heading=heading)
    return booth if booth is not None and not tells_of_booth(told.sentence) else _title(book, told, context)


def _title(book: Book, told: Told, context: Context) -> Title | None:
    sentence = told.sentence
    pointer = _pointer(sentence)
    topic = told.topic._replace(url=told.topic.url or pointer) if told.topic is not None else None
    of_topic = topic is not None and is_of_topic(sentence) and not _marks(told)
    if not of_topic and (title := _in_words(told, pointer)):
        return title if title.url else title._replace(url=pointer)
    named_before = told.before is not None and is_short(told.before) and not context.headed
    if topic is not None and (of_topic or named_before):
        return topic
    return _headline(sentence) or _told_above(book, told, pointer, context=context)


def _told_above(book: Book, told: Told, pointer: str | None, *, context: Context) -> Title | None:
    """What stands above a sentence, or a gathering that it names, where it sets nothing off."""
    sentence = told.sentence
    ranges = [one.when.at for one in told.moments if any(t.start and t.end for t in one.when.times)]
    if (aside := _ASIDE.search(sentence.blotted(ranges))) and not _headed_by(context, aside[0]):
        return None
    in_room = context.title is not None and room_of_heading(context.title) is not None
    above = read_title(context.title) if context.title is not None and not in_room else None
    if above is not None and _says_format(above):
        return above._replace(url=above.url or pointer)
    named = context.headed and not in_room
    subject = None if named else _gathering(told) or offered(sentence)
    subject = subject or (None if named else at_house(sentence, told.moments[0].when))
    if subject is not None:
        return subject._replace(url=pointer)
    return _by_speakers(told, pointer, context) or _from_above(book, told, pointer, context=context)


def _marks(told: Told) -> bool:
    """Whether a sentence sets off what it tells of by marks or quotes."""
    return marked(told.sentence, told.moments) is not None or quoted(told.sentence) is not None


def _headline(sentence: Part) -> Title | None:
    """The link or the bold words that are a first sentence ("[Dead ends](u). Ada shows it at 4:30")."""
    line = sentence.line
    mark = next((one for one in line.marks if one.kind in ("link", "strong") and one.start <= 1), None)
    if mark is None or sentence.start < mark.end or line.text[mark.end : mark.end + 1] not in _STOPS:
        return None
    part = Part(line, mark.start, mark.end).trimmed()
    if is_generic(part.text) or is_generic_heading(part.text) or heads_in_town(line, part):
        return None
    found = read_title(part)
    return found._replace(url=found.url or mark.href or None) if found is not None else None


_STOPS = frozenset(".!?:")


def _gathering(told: Told) -> Title | None:
    """What people come together for, by the sentence or by the one before it that says the day alone."""
    named = subject_of(told.sentence) or gathering_in(told.sentence, told.moments[0].when.at[0])
    before = told.before
    if named is not None or before is None:
        return named
    whens = whens_of(before.line, start=before.start, end=before.end)
    spoken_of = _PRONOUN.match(told.sentence.text.lower()) is not None  # "Then comes the potluck. It's on …"
    if any(when.times for when in whens) or not (whens or spoken_of):
        return None
    return subject_of(before) or gathering_in(before, whens[0].at[0] if whens else before.end)


_PRONOUN = re.compile(rf"\W*(?:{pattern_for('takes the place of a name')})\b")


def _headed_by(context: Context, words: str) -> bool:
    """Whether the heading right above says the same words ("Office hours for upgraders")."""
    return context.headed and context.title is not None and words.lower() in context.title.text.lower()


def _says_format(title: Title) -> bool:
    """Whether the title above names a session with its format ("Workshop: Git from the inside")."""
    return title.format is not None and title.text != title.format and len(title.text) > SHORTEST_TITLE


def _by_speakers(told: Told, pointer: str | None, context: Context) -> Title | None:
    """ "Keynote: Ada Lind": a format and who gives it are what there is to call a session."""
    kind = _kind(told.sentence, context) if told.people else None
    if kind is None:
        return None
    names = " & ".join(person.name for person in told.people[:3])
    return Title(part=told.sentence.trimmed(), text=f"{kind}: {names}", format=kind, url=pointer)


def _from_above(book: Book, told: Told, pointer: str | None, *, context: Context) -> Title | None:
    """The heading or the post's title above a sentence, else what its own words make up."""
    if context.title is not None and (is_aside(context.title.text) or room_of_heading(context.title)):
        return None
    if runs_errand(told.sentence):
        return None
    above = context.title if not _begins_in_bold(told) else None
    if above is not None and not is_generic_heading(above.text):
        found = read_title(above)
        return found._replace(url=found.url or pointer) if found else None
    event = book.event(context)
    said = _KIND.search(told.sentence.text)
    slices = [moment.when.at for moment in told.moments]
    kind, name = format_of(said[1]) if said else None, event.name if event else None
    return made_up(told.sentence, slices, pointer=pointer, kind=kind, event=name)


def _begins_in_bold(told: Told) -> bool:
    """Whether a paragraph begins with its time in bold: what is behind names it ("De **10 a 13 h**, …")."""
    first, _ = told.moments[0].when.at
    if first > _LEAST or told.sentence.start > 0:
        return False
    return any(mark.start <= first < mark.end for mark in told.sentence.marks("strong"))


_LEAST = 8
"""Letters of a preposition before a time."""


def _in_words(told: Told, pointer: str | None) -> Title | None:
    """What the sentence marks, quotes or names; what the one before marks counts where no link points on."""
    before = told.before if pointer is None else None
    return (
        (_paired(told.named) if told.named else None)
        or marked(told.sentence, told.moments)
        or quoted(told.sentence)
        or announced(told.sentence, told.moments[0].when.at[0])
        or gathering(told.sentence, told.moments[0].when.at[0])
        or (at_its_time(told.sentence, told.moments[0].when.at) if len(told.moments) == 1 else None)
        or held(told.sentence)
        or about(told.sentence)
        or behind_verb(told.sentence, [moment.when.at for moment in told.moments])
        or _spoken_of(told)
        or (marked(before, []) if before else None)
        or (_titled(told.after) if told.after else None)
        or _event_named(told.sentence)
        or named_there(told.sentence)
    )


_PRESENTS = re.compile(rf",?\s(?:{pattern_for('presents')})\s(?!and\b)", re.IGNORECASE)
_SPOKEN_OF = re.compile(r"[^.;:()!?]{8,90}")
_MOST_WORDS = 14


def _spoken_of(told: Told) -> Title | None:
    """What a sentence without any title says that somebody shows or speaks about ("Ada shows how")."""
    sentence = told.sentence
    for person in find_people(sentence.text) if told.people else ():
        verb = _PRESENTS.match(sentence.text, person.at[1])
        words = _SPOKEN_OF.match(sentence.text, verb.end()) if verb else None
        if words is None:
            continue
        part = before_time(_timeless(sentence.at(*words.span()), told.moments).trimmed())
        if 1 < len(part.text.split()) <= _MOST_WORDS:
            return Title(part=part, text=part.text[:1].upper() + part.text[1:])
    return None


def _timeless(part: Part, moments: Sequence[Moment]) -> Part:
    """A part up to the first time in it."""
    ends = [one.when.at[0] for one in moments if part.start <= one.when.at[0] < part.end]
    return Part(part.line, part.start, min(ends)) if ends else part


def _paired(named: Part) -> Title | None:
    link = next((mark.href for mark in named.links), None)
    found = read_title(named)
    return (
        found._replace(url=found.url or link, url_part=found.url_part or named) if found and link else found
    )


def _titled(after: Part) -> Title | None:
    """The title that the next sentence gives ("The title is “Plans made at dusk”.")."""
    if _TITLED.search(after.text) or find_people(after.text):
        return quoted(after) or _called(after)
    return _called(after)


_CALLED = re.compile(
    r"(?i)\b(?:his|her|their|the|sein|ihr|der|son|sa|su|il suo|la sua|seu|sua|zijn|haar) (?:\w+ )?"
    r"(?:talk|lecture|workshop|keynote|presentation|vortrag|workshop|conférence|atelier|exposé|charla|taller|ponencia|"
    r"conferenza|intervento|laboratorio|palestra|oficina|lezing|presentatie)\s\W{0,2}$"
)


def _called(after: Part) -> Title | None:
    """The marked words right behind "his talk" ("Sein Vortrag **„Nachrichten ohne Netz“** dauert …")."""
    for mark in after.marks("strong", "link", "emphasis"):
        if _CALLED.search(after.line.text, after.start, mark.start):
            part = Part(after.line, mark.start, min(mark.end, after.end)).trimmed()
            return read_title(part)
    return None


def _kind(sentence: Part, context: Context) -> str | None:
    """The format that the sentence, or the heading or title above it, speaks of."""
    for text in (sentence.text, context.title.text if context.title else ""):
        if found := _KIND.search(text):
            return format_of(found[1])
    return None


_INSIDE = re.compile(r"(?i)\b(?:im|in(?: de[rnm]| the| het)?|nell?[ao]?)\s$")
"""What stands before the name of a house ("im Kulturcafé Lagerhalle"); one is at an event."""


def _event_named(sentence: Part) -> Title | None:
    """The event that the sentence says takes place then."""
    names = [
        name
        for name in find_event_names(sentence.text)
        if not (name.weak or _on_weekday(sentence, name) or _INSIDE.search(sentence.text[: name.start][-12:]))
    ]
    if not names:
        return None
    part = sentence.at(names[0].start, names[0].end).trimmed()
    return Title(part=part, text=names[0].name)


def _on_weekday(sentence: Part, name: EventName) -> bool:
    """Whether a weekday is what begins a name ("Samstagabend treffen wir uns")."""
    whens = whens_of(sentence.line, start=sentence.start, end=sentence.end)
    start, end = sentence.start + name.start, sentence.start + name.end
    return any(
        when.at[0] < end and start < when.at[1] and sentence.line.text[slice(*when.at)].isalpha()
        for when in whens
    )


def _pointer(sentence: Part) -> str | None:
    """A link that points at the session without naming it."""
    for mark in sentence.links:
        if is_generic(sentence.line.text[mark.start : mark.end]):
            return mark.href
    return None
