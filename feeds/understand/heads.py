"""Owns heads: what the lines of a scope say together with the attributes that stand below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from feeds.post import Line
from feeds.understand.clauses import clauses, split_sentences
from feeds.understand.context import Book
from feeds.understand.facts import Facts
from feeds.understand.head_titles import in_town, people_only, title_of_head
from feeds.understand.line_kinds import begins_with_time, is_sentence, whole_mark
from feeds.understand.numbered import numbers_day
from feeds.understand.outline import Scope
from feeds.understand.part import Part
from feeds.understand.people import format_of, likely_people
from feeds.understand.phrases import is_deadline, is_generic, is_generic_heading, pattern_for
from feeds.understand.places import names_town
from feeds.understand.rooms import is_bare_room, is_room, is_surely_room, unknown_room
from feeds.understand.side_by_side import joined_labels, only_labels, with_facts
from feeds.understand.sublines import told
from feeds.understand.tables import table_says_when
from feeds.understand.title import Title
from feeds.understand.title_rooms import room_of_heading
from feeds.understand.when import find_when
from feeds.understand.when.values import Clock, Times


@dataclass(slots=True)
class Head:
    """A scope's head, read: what it says itself, what its attributes add, and the rest of its body."""

    scope: Scope
    facts: Facts
    title: Title | None
    merged: Facts
    rest: list[Scope] = field(default_factory=list)

    @property
    def deadline(self) -> bool:
        """Whether it speaks of a deadline, not of something to attend; nobody speaks at one for an hour."""
        given = self.title is not None and self.title.people is not None
        lasts = any(times.end for moment in self.merged.moments for times in moment.when.times)
        return _speaks_of_deadline(self.scope.lines[0], self.title) and not (given and lasts)


def _speaks_of_deadline(line: Line, title: Title | None) -> bool:
    """Whether a line does, in a sentence that has the title or a time ("Supper. Tickets until Thursday")."""
    if not is_deadline(line.text):
        return False
    if title is None or title.part.line is not line or not begins_with_time(line.text):
        return True
    told = [one for one in split_sentences(line) if one.start <= title.part.start < one.end]
    told += [one for one in split_sentences(line) if any(w.times for w in find_when(one.text))]
    return any(is_deadline(one.text) for one in told)


def read_head(book: Book, scope: Scope) -> Head:
    """A scope's head with the attributes that stand below it ("When: …", a bare time, "by A, Org")."""
    facts = scope.facts
    title = title_of_head(book, facts)
    if title is not None and scope.body and facts.timed and _only_heads(title):
        title = None  # "Morning, 9:00 - 12:30" heads sessions and is none
    elif title is not None and facts.timed and _in_parallel(scope):
        title = None
        book.rooms |= _rooms_ahead(scope.body)
    merged = Facts(struck=facts.struck)
    merged.take(facts)
    merged.texts = list(facts.texts)
    if facts.timed and len(facts.texts) > 1 and (towns := _towns(facts)):
        merged.labelled["city"] = [*merged.labelled.get("city", []), *towns]
    if venues := [part for part, _ in facts.texts[1:] if in_town(part)]:
        merged.labelled["where"] = [*merged.labelled.get("where", []), *venues]
        merged.texts = [(part, after) for part, after in merged.texts if part not in venues]
    head = Head(scope=scope, facts=facts, title=title, merged=merged)
    _attributes(book, head, scope.body)
    return head


def _only_heads(title: Title) -> bool:
    """Whether a few words only say what follows: no link, and nobody behind ("We rewrote it – Ada Ek")."""
    return title.people is None and title.url is None and is_generic_heading(title.text)


def _in_parallel(scope: Scope) -> bool:
    """Whether a line with a colon leads to bullets that are on at its time ("Workshops in parallel:")."""
    text = scope.lines[-1].text.rstrip(" *_")
    below = [one for one in scope.body if one.kind == "item"]
    several = len(below) >= _SEVERAL and len(below) == len(scope.body)
    untimed = several and not any(one.facts.timed for one in below)
    return untimed and text.endswith(":") and _PARALLEL.search(text.lower()) is not None


def _rooms_ahead(items: Sequence[Scope]) -> frozenset[str]:
    """The rooms that sessions at one time are labelled with, where each is ("Polhem: Your first theme")."""
    labels = [_AHEAD.match(one.lines[0].text) for one in items if one.lines]
    rooms = [found[1] for found in labels if found is not None and format_of(found[1]) is None]
    each = len(set(rooms)) == len(items) and not any(likely_people(room, shape=False) for room in rooms)
    return frozenset(room.casefold().removeprefix("the ") for room in rooms) if each else frozenset()


_AHEAD = re.compile(r"[*_]{0,3}([A-ZÀ-Þ][\w'’.-]*(?:\s[\w'’.-]+){0,3}):\s")
_PARALLEL = re.compile(rf"\b(?:{pattern_for('at the same time')})\b")


def _towns(facts: Facts) -> list[Part]:
    """The texts behind a time that are nothing but a town ("**Rust Munich**, 4 May, 18:30, Munich")."""
    return [part for part, after in facts.texts if after and not part.links and names_town(part.text)]


def _attributes(book: Book, head: Head, children: Sequence[Scope], *, depth: int = 0) -> None:
    """Take what stands below a head into it, or leave it as the rest of its body."""
    if any(_gives_title(child) for child in children):
        children = list(joined_labels(children))
    children = list(with_facts(children))
    timed = sum(1 for child in children if child.facts.timed or child.facts.all_day)
    named = head.title is not None and not is_generic_heading(head.title.text)
    listed = named and any(one.kind == "item" and one.facts.timed and one.facts.texts for one in children)
    for child in children:
        if listed and _is_bare_item(child):
            head.rest.append(child)  # one of a list of sessions, called like what heads them
        elif _is_attribute(book, head, child, alone=timed == 1):
            head.merged.take(child.facts)
            parted = [_room_apart(part) for part, _ in child.facts.texts]
            parts = [part for part, _ in parted if part]
            if rooms := [room for _, room in parted if room is not None]:
                head.merged.labelled.setdefault("where", []).extend(rooms)
            placed = child.apart or _behind_hours(head, child)
            placed = placed and not any(_who_and_room(book, part) for part in parts)
            if placed or (child.facts.timed and "who" in child.facts.labelled and len(parts) == 1):
                head.merged.labelled.setdefault("where", []).extend(parts[-1:] if len(parts) > 1 else parts)
            else:
                head.merged.texts += [(part, True) for part in parts]
            _attributes(book, head, child.body, depth=depth + 1)
        elif depth < 3 and _transparent(child):
            _attributes(book, head, child.body, depth=depth + 1)
        else:
            head.rest.append(child)


def _who_and_room(book: Book, part: Part) -> bool:
    """Whether a text says both ("K.4.601 — Ada Ek")."""
    said = told(part, book.rooms)
    return said.people is not None and said.room is not None


def _is_bare_item(child: Scope) -> bool:
    return child.kind == "item" and child.facts.timed and not child.facts.texts and not child.facts.labelled


def _room_apart(part: Part) -> tuple[Part, Part | None]:
    """A part without the room behind its last comma, and that room ("Ada Ek and Bo Li, Room 317")."""
    at = part.text.rfind(", ")
    if in_town(part):
        return part.at(0, 0), part
    room = part.at(at + 2, len(part.text)).trimmed() if at > 0 else None
    if room is None or not is_surely_room(room.text) or " | " in part.text:
        return part, None
    return part.at(0, at).trimmed(), room


def _gives_title(child: Scope) -> bool:
    return "title" in child.facts.labelled and only_labels(child)


def _transparent(child: Scope) -> bool:
    """ "Event details:" adds nothing itself; what stands below it belongs to the head above."""
    facts = child.facts
    if child.kind not in ("lead", "item", "section") or not child.body or facts.moments or numbers_day(child):
        return False
    return bool(facts.texts) and all(is_generic_heading(part.text) for part, _ in facts.texts)


def _is_attribute(book: Book, head: Head, child: Scope, *, alone: bool) -> bool:
    """Whether a scope only says more of the head above; `alone` is whether no sibling has a time too."""
    facts = child.facts
    if child.kind == "table" or not child.lines or _is_session(head, child) or _tells_several(child):
        return False
    programme = head.scope.lines[0].span().start in book.listed  # what an event lists, be it only one
    if not facts.texts and (facts.labelled or facts.moments):
        return _is_bare_attribute(head, child)
    if head.title is None or _wordy(child) or not _only_text(child) or (programme and facts.timed):
        return False
    if (facts.timed or facts.all_day) and not head.facts.timed and alone:
        return not _listed(head, child) and _only_facts(book, head, child, title=head.title)
    if facts.moments:
        return False
    rooms = bool(facts.labelled) and all(is_bare_room(part.text) for part, _ in facts.texts)
    return rooms or (head.title.people is None and _who_and_where(book, facts))  # "**Aula 12**"


def _behind_hours(head: Head, child: Scope) -> bool:
    """Whether a few words stand behind the day and the hours below a heading: where it is.

    "### The Salt Road", then "**Friday 13 March, 8pm to 10.15pm. Scene Dock**".
    """
    facts = child.facts
    if head.scope.kind != "section" or head.facts.moments or child.kind == "item" or not facts.texts:
        return False
    *others, (part, after) = facts.texts
    if any(not behind or not one.text.islower() or len(one.text.split()) > 3 for one, behind in others):
        return False  # "plus Saturday matinee at 2.30pm. Main House"
    dated = facts.dated is not None and facts.timed and facts.dated.when.at[0] <= _NEAR_START
    short = len(part.text.split()) <= _MOST_WORDS and part.text[0].isupper() and part.text[-1].isalnum()
    return dated and after and short and not part.links and format_of(part.text) is None


_MOST_WORDS = 4
_NEAR_START = 3


def _listed(head: Head, child: Scope) -> bool:
    """Whether a day or a room that is a heading lists a session, be it only one: that is no fact of it."""
    if head.scope.kind != "section" or child.kind != "item" or child.apart:
        return False
    line = head.scope.lines[0]
    return head.facts.dated is not None or room_of_heading(Part(line, 0, len(line.text))) is not None


def _only_facts(book: Book, head: Head, child: Scope, *, title: Title) -> bool:
    """Whether all that stands beside a time is what only the title above can have."""
    if child.apart or _behind_hours(head, child):
        return True
    return all(_fact_only(book, title, part, after=after) for part, after in child.facts.texts)


def _is_session(head: Head, child: Scope) -> bool:
    """Whether a scope with a time gives the title, or stands below a heading that only says the kind."""
    if not child.facts.timed:
        return False
    headed = child.kind == "section" and bool(child.facts.texts)
    return (
        _gives_title(child)
        or _is_linked(head, child)
        or (headed and head.title is not None and _is_kind(head.title))
    )


def _is_linked(head: Head, child: Scope) -> bool:
    """Whether lines below a heading that is no link begin with one, and say the time below it.

    "## Zurich", then "[The Open Lab](u)" and "Wednesday, 18:00, hall B": the link is the title.
    """
    first = child.lines[0]
    above = head.title is None or head.title.url is not None or head.title.strong
    if above or child.kind != "lead" or len(child.lines) == 1 or find_when(first.text):
        return False
    return whole_mark(first, "link") and not is_generic(first.text) and not is_surely_room(first.text)


def _tells_several(child: Scope) -> bool:
    """Whether a sentence pairs several titles with their times ("*Umbrellas* at 6pm, *The Dyer* at 8pm")."""
    times = sum(len(moment.when.times) for moment in child.facts.moments)
    if child.kind != "text" or times < _SEVERAL:
        return False
    sentences = (sentence for line in child.lines for sentence in split_sentences(line))
    return any(sum(clause.title is not None for clause in clauses(one)) >= _SEVERAL for one in sentences)


_SEVERAL = 2


def _is_kind(title: Title) -> bool:
    """Whether a heading only says what kind of sessions it heads ("Tutorials")."""
    return format_of(title.text.removesuffix("s")) is not None and len(title.text.split()) < 3


def _who_and_where(book: Book, facts: Facts) -> bool:
    """Whether texts are people ("Relatore: Ada Ek"), and rooms beside them."""
    named = [people_only(book, part) for part, _ in facts.texts]
    others = [part for (part, _), is_named in zip(facts.texts, named, strict=True) if not is_named]
    return any(named) and all(is_room(part.text) and not part.links for part in others)


def _is_bare_attribute(head: Head, child: Scope) -> bool:
    """Labelled facts and times without any other words; with titles below they are a context of their own."""
    if not _only_text(child) or any(below.kind == "item" for below in child.body):
        return False
    return not (head.facts.timed and child.facts.timed and not child.facts.labelled)


def _wordy(child: Scope) -> bool:
    return len(child.lines) > 6 or any(len(line.text) > 220 for line in child.lines)


def _only_text(scope: Scope) -> bool:
    """Whether nothing below could be a session of its own."""
    if not scope.body:
        return True
    below = (inner for child in scope.body for inner in child.walk())
    return not any(one.kind == "table" or (one.kind != "text" and one.facts.timed) for one in below)


def _fact_only(book: Book, title: Title, part: Part, *, after: bool) -> bool:
    """A room, people, or a short remainder behind the time of a title that can only be a session's."""
    if is_room(part.text) and len(part.text) < 100:
        return True
    if title.people is None and likely_people(part.text, shape=title.strong):
        return True
    return people_only(book, part) or (title.strong and after and len(part.text) < 80)


def is_heading(scope: Scope) -> bool:
    """Whether a head is a heading, or a line in bold that stands for one."""
    return scope.kind == "section" or (scope.kind == "lead" and whole_mark(scope.lines[0], "strong"))


def room_for_all(facts: Facts) -> Part | None:
    """The room that a head says for all below it: by a label, or on a line of its own under the day."""
    for part in facts.labelled.get("where", []):
        if not unknown_room(part.text):
            return part
    if facts.dated is None or facts.timed:
        return None
    day = facts.dated.line
    return next((part for part, _ in facts.texts if part.line is not day and is_bare_room(part.text)), None)


def sessions_below(scopes: Sequence[Scope]) -> bool:
    """Whether titles with times, or a table of days or times, stand below."""
    return any(_has_session(scope) for scope in scopes)


def stands_beside(head: Head) -> bool:
    """Whether a title with its own hours is a session beside those below it, all of them outside its hours.

    "Talk, 14:00 – 14:30" above a list that begins at 16:30; but "Morning, 9:00 – 12:30" heads what is in it.
    """
    own = next((one.when for one in head.merged.moments if one.when.times), None)
    hours = _hours(own.times[0]) if own is not None and len(own.times) == 1 else None
    if own is None or hours is None:
        return False
    below = [one for scope in head.rest for inner in scope.walk() for one in inner.facts.moments]
    others = [times for one in below for times in one.when.times]
    starts = [_minute(times.start) for times in others]
    dated = any(one.when.days and own.days and one.when.days.days != own.days.days for one in below)
    return bool(starts) and (dated or all(at is not None and not hours[0] <= at < hours[1] for at in starts))


def _hours(times: Times) -> tuple[int, int] | None:
    start, end = _minute(times.start), _minute(times.end)
    return (start, end) if start is not None and end is not None and start < end else None


def _minute(clock: Clock | None) -> int | None:
    """The minute of the day of a clock that counts to 24, None for any other."""
    if clock is None or clock.meridiem is not None:
        return None
    return clock.hour * 60 + clock.minute


def _has_session(scope: Scope) -> bool:
    if scope.kind == "table":
        return table_says_when(scope)
    if scope.kind == "text":
        return scope.facts.timed and _gives_title(scope)
    if scope.facts.timed:
        if scope.facts.texts or scope.body or "title" in scope.facts.labelled:
            return True
    elif scope.facts.texts and any(child.facts.timed and not _tells(child) for child in scope.body):
        return True
    return sessions_below(scope.body)


def _tells(scope: Scope) -> bool:
    """Whether a paragraph is prose, which mentions times of all kinds."""
    return scope.kind == "text" and any(is_sentence(line.text) for line in scope.lines)
