"""Owns how a title, its facts and its slots become draft sessions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from feeds.post import Mark
from feeds.understand.addresses import is_street_ahead
from feeds.understand.behind_times import behind_time, place_of_pieces
from feeds.understand.called_off import cancels
from feeds.understand.clauses import sentences_of
from feeds.understand.context import Book, Context
from feeds.understand.draft import DraftPerson, DraftSession, Read
from feeds.understand.facts import Facts
from feeds.understand.labels import LabelKind
from feeds.understand.outline import Scope
from feeds.understand.part import SENTENCE_END, Part
from feeds.understand.people import Person, find_people, read_people
from feeds.understand.phrases import words_for
from feeds.understand.places import find_places, is_online
from feeds.understand.rooms import is_room, room_name, unknown_room
from feeds.understand.session_links import call_of_session, page_of_session
from feeds.understand.slots import Slot, slots
from feeds.understand.sublines import (
    BY,
    Beside,
    below,
    opening,
    told,
    who_and_where,
)
from feeds.understand.title import Title
from feeds.understand.when import find_when

if TYPE_CHECKING:
    from feeds.model import How, Status

Reads = dict[str, Read]
"""What the readers below fill while they look for a value."""

MOST_DESCRIPTION = 3_000
"""Code points; Proton shows as many (CONFORMANCE C9)."""


def emit(
    book: Book,
    title: Title,
    *,
    facts: Facts,
    context: Context,
    rest: Sequence[Scope] = (),
    found: Sequence[Slot] | None = None,
) -> None:
    """Add a session for each slot: those `found`, else those of its facts. `rest` is what stands below it."""
    if found is None:
        found = slots(book, facts, context=context)
    if not found:
        return
    reads: Reads = {"title": Read(how="read", span=title.part.span, why=f"the words “{title.part.text}”")}
    draft = _session(book, title, facts=facts, context=context, rest=rest, reads=reads)
    for slot in found:
        book.sessions.append(
            draft(
                start=slot.start,
                end=slot.end,
                timezone=slot.timezone,
                held=slot.held,
                event=context.event if slot.event is None else slot.event,
                reads={**reads, **slot.reads},
            )
        )


def _session(
    book: Book, title: Title, *, facts: Facts, context: Context, rest: Sequence[Scope], reads: Reads
) -> Callable[..., DraftSession]:
    """What all slots of a session have in common; each adds its time, its event and the words for both."""
    under = _under(book, rest)
    said = told(title.rest, book.rooms) if title.rest else Beside()
    labelled = [who_and_where(part) for part in facts.labelled.get("who", [])]
    listed = under.people is not None and under.opening is None
    near = beside(book, facts, title=title.part, given=bool(labelled or title.people or listed))
    people = _people(book, [*(who for who, _ in labelled), title.people, near.people, under.people], reads)
    if len(people) == 1 and under.opening is not None and "speakers" in reads:
        people = _all_said(book, people, paragraph=under.opening, reads=reads)
    if context.who is not None and (not people or _joins(title.people)):
        people = (*_people(book, [context.who], reads), *people)
    if not people:
        people = _presenting(book, _telling(title, facts), reads)
    called = (
        title.text,
        title.text.partition(" of ")[0],
    )  # "Robin Hood of Sherwood" is no speaker of himself
    people = tuple(one for one in people if one.name not in called)
    rooms = [
        *facts.labelled.get("where", []),
        *(where for _, where in labelled),
        title.room,
        near.room,
        said.room,
        under.room,
    ]
    rooms = [one for one in rooms if one is None or not _surrounds(one, title.part)]
    room, room_url = _room(rooms, context.room, reads=reads)
    url = page_of_session(title, facts, rest=rest, reads=reads)
    track, track_url = _track(title, context, reads=reads)
    prose = _words(rest)[:MOST_DESCRIPTION]
    below = (line for scope in rest[:1] if scope.kind == "text" for line in scope.lines)
    off = any(line is not title.part.line and cancels(line.text, title.text) for line in below)
    if event := book.event(context):
        reads["event"] = Read(how="inherited", span=event.span, why=f"it stands under “{event.name}”")
    return partial(
        DraftSession,
        title=title.text,
        track=track,
        track_url=track_url,
        format=title.format or _label_text(facts, "format") or context.format,
        people=people,
        room=room,
        room_url=room_url,
        url=url,
        conference_url=call_of_session(facts, url),
        description=prose,
        prose=prose,
        status=_status(title, context, off=off or facts.struck),
        span=title.part.span,
    )


def _surrounds(room: Part, title: Part) -> bool:
    """Whether what may be a room is words around the title ("the same evening, the **pub quiz**")."""
    inside = room.line is title.line and room.start <= title.start and title.end <= room.end
    return inside and room.end - room.start > title.end - title.start


def _joins(people: Part | None) -> bool:
    """Whether people come to those a heading names ("(with Kofi)")."""
    before = people.line.text[max(0, people.start - _LONGEST_WITH) : people.start] if people else ""
    return people is not None and _WITH.search(f"{before}{people.text.split(' ')[0]} ") is not None


_WITH = re.compile(r"(?i)\b(?:with|mit|avec|con|com|met)\s+(?:\S+\s)?$")
_LONGEST_WITH = 8


def _status(title: Title, context: Context, *, off: bool) -> Status:
    """Cancelled where it is called off or all around it is, postponed where the title says so."""
    return "cancelled" if off or context.off else title.status or "confirmed"


def beside(book: Book, facts: Facts, *, title: Part | None, given: bool = False) -> Beside:
    """The unlabelled people and room among the texts, apart from the title.

    `given` is whether people are known from elsewhere: a name right behind a time is then a room.
    """
    people = room = None
    others = [(part, after) for part, after in facts.texts if title is None or not part.overlaps(title)]
    given = given or any(told(part, book.rooms).people for part, after in others if not after)
    for part, after in others:
        pieces = place_of_pieces(part) if after else None
        said = Beside(room=pieces) if pieces is not None else told(part, book.rooms)
        if after and (said.people is None or said.room is None):
            said = _either(said, behind_time(part))
        first, second = _sentences(part) if after else (part, None)
        place = _short(first.text) and _is_named(first.text)
        nobody = said == Beside() or (given and said.people == first and said.room is None)
        if room is None and nobody and after and title is not None and place:
            said = Beside(room=first)
        if second is not None and said.people is None:
            said = _either(said, Beside(people=opening(second)))
        people, room = people or said.people, room or said.room
    return Beside(people=people, room=room)


def _either(said: Beside, also: Beside) -> Beside:
    return Beside(people=said.people or also.people, room=said.room or also.room)


def _is_named(text: str) -> bool:
    """Whether words name something, as a sentence does not ("The Safari Lounge", but "Bring a mat")."""
    return all(word[:1].isupper() or not word[:1].isalpha() or word in _JOINING for word in text.split())


_JOINING = frozenset(words_for("within a name"))


def _sentences(part: Part) -> tuple[Part, Part | None]:
    """The first sentence behind a time, which says where, and what follows it."""
    end = SENTENCE_END.search(part.text)
    if end is None:
        return part, None
    return part.at(0, end.start()).trimmed(), part.at(end.end(), len(part.text)).trimmed()


def _short(text: str) -> bool:
    """A short remainder that can be a place: no sentence, no address, no label."""
    return len(text) < 60 and re.search(r"[.!?]\s|://|:\s|\bhere\b", text) is None and text[:1].isupper()


def _under(book: Book, rest: Sequence[Scope]) -> Beside:
    """What the first line below a title says of speakers and room."""
    first = next((scope for scope in rest[:2] if scope.kind in ("text", "item") and scope.lines), None)
    if first is None or len(first.lines[0].text) >= 600:
        return Beside()
    said = below(first.lines[0], book.rooms)
    items = (one for one in rest[1:_MOST_BELOW] if first.kind == one.kind == "item" and not one.facts.timed)
    further = [*first.lines[1:], *(one.lines[0] for one in items if one.lines)]
    for line in further[: _MOST_BELOW - 1]:
        if (said.people is not None and said.room is not None) or not _short(line.text):
            break
        said = _either(said, below(line, book.rooms))
    return said


_MOST_BELOW = 3
"""Lines that say who and where below a title, each of them short."""


def _label_text(facts: Facts, kind: LabelKind) -> str | None:
    parts = facts.labelled.get(kind)
    return parts[0].text if parts else None


def _people(book: Book, parts: Sequence[Part | None], reads: Reads) -> tuple[DraftPerson, ...]:
    """The people of the first part that names any."""
    for part in parts:
        if part is None:
            continue
        lead = BY.match(part.text)
        words = part.at(lead.end(), len(part.text)) if lead else part
        found = read_people(
            words.text, organisations=book.organisations, known=book.known, led=lead is not None
        )
        if found:
            reads["speakers"] = Read(how="read", span=part.span, why=f"the words “{part.text}”")
            return tuple(draft_person(person, words) for person in found)
    return ()


def _all_said(
    book: Book, people: tuple[DraftPerson, ...], *, paragraph: Part, reads: Reads
) -> tuple[DraftPerson, ...]:
    """Everybody whom the paragraph says to speak, where the one it opens with is among them."""
    if not (paragraph.span.start <= people[0].span.start < paragraph.span.end):
        return people
    told = find_people(paragraph.text, known=book.known)
    if len(told) < 2 or people[0].name not in {person.name for person in told}:
        return people
    reads["speakers"] = Read(how="read", span=paragraph.span, why="named in the sentence")
    return tuple(draft_person(person, paragraph) for person in told)


def _telling(title: Title, facts: Facts) -> Iterator[Part]:
    """What may say in a sentence who presents: that of the title, and what stands behind it on its line."""
    if title.sentence is not None:
        yield title.sentence
    for part in (part for part, _ in facts.texts if part.line is title.part.line):
        behind = Part(part.line, max(part.start, title.part.end), part.end)
        yield from islice(sentences_of(behind), _TELLING)


_TELLING = 2
"""Sentences in which a text first says who presents."""


def _presenting(book: Book, sentences: Iterable[Part], reads: Reads) -> tuple[DraftPerson, ...]:
    for sentence in sentences:
        if found := find_people(sentence.text, known=book.known):
            reads["speakers"] = Read(how="read", span=sentence.span, why="named in the sentence")
            return tuple(draft_person(person, sentence) for person in found)
    return ()


def draft_person(person: Person, words: Part) -> DraftPerson:
    """A person read from a part, with the link on the name."""
    part = words.at(*person.at)
    link = next((mark.href for mark in part.links if _covers(mark, part)), person.url)
    return DraftPerson(name=person.name, affiliation=person.affiliation, url=link, span=part.span)


def _covers(mark: Mark, part: Part) -> bool:
    return mark.start <= part.start and mark.end >= part.end


def _room(
    candidates: Sequence[Part | None], inherited: Part | None, *, reads: Reads
) -> tuple[str | None, str | None]:
    """The first candidate that is a room, else the one that holds for the scope; with its link."""
    undated = (_behind_days(one) for one in candidates if one)
    part = next((one for one in undated if _is_place_in_event(one.text)), None)
    how: How = "read" if part is not None else "inherited"
    part = part or inherited
    if part is None:
        return None, None
    reads["room"] = Read(how=how, span=part.span, why=f"the words “{part.text}”")
    return room_name(part.text), next((mark.href for mark in part.links), None)


def _behind_days(part: Part) -> Part:
    """A place without the days said before it ("26-28 March at The Brewery")."""
    days = next((when for when in find_when(part.text) if when.days is not None and when.at[0] == 0), None)
    led = _AT.match(part.text, days.at[1]) if days is not None else None
    return part.at(led.end(), len(part.text)) if led is not None else part


_AT = re.compile(r"(?i),?\s(?:at|in|im|à|en|a|em|na|no|nel|nella|bij|op)\s(?=\S)")


def _is_place_in_event(text: str) -> bool:
    """A room or venue; not a city alone, not "TBD", not "online", no days, not an address of a call."""
    days = (when.at[0] for when in find_when(text) if when.days is not None)
    dated = not all(is_street_ahead(text[:start]) for start in days)  # "Calle 25 de Mayo 12" is a street
    if unknown_room(text) or text.startswith(("http://", "https://")) or dated:
        return False
    if is_online(text) and not is_room(text):
        return False
    if any(
        place.whole == (0, len(text)) and bool(place.country or place.region or place.fames[:1] >= (KNOWN,))
        for place in find_places(text, hint=True)
    ):
        return False
    places = find_places(text)
    alone = any(
        place.at[1] - place.at[0] >= len(text) * 0.5 and not _VENUE.search(text[: place.whole[0]])
        for place in places
    )
    return not (alone and not is_room(text))


_VENUE = re.compile(r"\w{3,},\s*$")
"""What stands before a town ("iHub, Nairobi")."""


KNOWN = 200
"""Thousands of people; of a smaller town's name a room may be called ("Somerville")."""


def _track(title: Title, context: Context, *, reads: Reads) -> tuple[str | None, str | None]:
    if title.track:
        reads["track"] = Read(how="read", span=title.part.span, why=f"“{title.track}” before the title")
        url = context.track[1] if context.track and context.track[0] == title.track else None
        return title.track, url
    if context.track is None:
        return None, None
    name, url, part = context.track
    reads["track"] = Read(how="inherited", span=part.span, why=f"it stands under “{name}”")
    return name, url


def _words(scopes: Sequence[Scope]) -> str:
    """The paragraphs below a session, as plain text, and few more than a description can hold."""
    found: list[str] = []
    size = 0
    for scope in (inner for outer in scopes for inner in outer.walk()):
        if text := "\n".join(line.text for line in scope.lines):
            found.append(f"• {text}" if scope.kind == "item" else text)
            size += len(text)
        if size > MOST_DESCRIPTION:
            break
    return "\n\n".join(found)
