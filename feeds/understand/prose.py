"""Owns the reading of a block tree: the outline is walked with a context that heads push and pop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from feeds.understand.context import Book, Context, DayContext, Slot, located, numbered_day, slots
from feeds.understand.draft import Read
from feeds.understand.emit import emit, leftovers
from feeds.understand.events import (
    Heading,
    conference_like,
    days_of,
    declare,
    is_deadline,
    is_generic_heading,
    is_past,
    read_heading,
    same_event,
)
from feeds.understand.facts import Facts, analyse
from feeds.understand.outline import INTRO_RANK, Scope
from feeds.understand.part import Part
from feeds.understand.people import format_of, looks_like_people
from feeds.understand.rooms import find_room, is_bare_room, is_room
from feeds.understand.sentences import read_sentences
from feeds.understand.tables import read_table, table_has_times
from feeds.understand.titles import Title, read_title
from feeds.understand.when import find_zone_note

_NOT_EVENTS = re.compile(
    r"(?i)(?:.{0,40}\b(?:incident report|outage|downtime|root cause|release notes|changelog|change log|status page)\b|"
    r"\W*(?:post-?mortem:|post-?mortem (?:of|for|on|about)|timeline of|timeline$|incident|release schedule|"
    r"what (?:went wrong|we change|happened|broke)|lessons learned|what.s (?:new|changed) (?:in|since|this)|what.s new$|"
    r"störung|ausfall|panne|incidente|incidencia|storing)\b)"
)


@dataclass(slots=True)
class Head:
    """A scope's head, read: what it says itself, what its attributes add, and the rest of its body."""

    scope: Scope
    facts: Facts
    title: Title | None
    merged: Facts
    rest: list[Scope] = field(default_factory=list)


def read_prose(book: Book, root: Scope, *, context: Context) -> None:
    """Read everything below the root into the book; a post that reports an incident or a release holds no events."""
    if not (context.title and _NOT_EVENTS.match(context.title.text)) and not _reports(root):
        _siblings(book, root.body, context)


def _reports(root: Scope) -> bool:
    """Whether two headings speak of what went wrong or what changed."""
    return sum(1 for one in root.walk() if one.kind == "section" and _NOT_EVENTS.match(one.lines[0].text)) > 1


def _siblings(book: Book, scopes: Sequence[Scope], context: Context) -> None:
    running = replace(context, meridiems=_meridiems(scopes) or context.meridiems)
    for scope in _paired(scopes):
        running = _visit(book, scope, running)


def _meridiems(scopes: Sequence[Scope]) -> tuple[str, ...]:
    """The meridiems written in a list, so that its bare hours can agree with them."""
    found = [clock.meridiem for scope in scopes if scope.kind != "text" for moment in facts_of(scope).moments for times in moment.when.times
             for clock in (times.start, times.end) if clock and clock.meridiem]  # fmt: skip
    return tuple(sorted(set(found)))


def facts_of(scope: Scope) -> Facts:
    """What a scope's own lines say."""
    return analyse(scope.lines) if scope.kind in ("section", "lead", "item", "text") else Facts()


def _paired(scopes: Sequence[Scope]) -> Iterator[Scope]:
    """A title and the bare time beside it become one scope, whichever comes first; so do labelled lines."""
    pending: Scope | None = None
    for scope in scopes:
        if pending is not None and _only_labels(pending) and _only_labels(scope):
            pending = replace(pending, lines=(*pending.lines, *scope.lines))
        elif pending is None:
            pending = scope
        elif _bare_time(scope) and _untimed_title(pending) and not _bare_time_first(scopes):
            pending = replace(
                pending, body=[*pending.body, replace(scope, kind="text", body=[]), *scope.body]
            )
        elif _bare_time(pending) and not pending.body and _untimed_title(scope) and _bare_time_first(scopes):
            scope.body.insert(0, replace(pending, kind="text", body=[]))
            pending = scope
        else:
            yield pending
            pending = scope
    if pending is not None:
        yield pending


def _only_labels(scope: Scope) -> bool:
    """Lines that are nothing but labelled facts ("When: …", "Where: …"), with nothing below."""
    if scope.kind not in ("text", "item", "lead") or scope.body or not scope.lines:
        return False
    facts = facts_of(scope)
    return bool(facts.labelled) and not facts.texts


def _bare_time(scope: Scope) -> bool:
    """A lead that is a time, perhaps with a room, but no title."""
    if scope.kind not in ("lead", "text", "section"):
        return False
    facts = facts_of(scope)
    return facts.timed and all(is_room(part.text) for part, _ in facts.texts)


def _untimed_title(scope: Scope) -> bool:
    facts = facts_of(scope)
    return (
        scope.kind in ("lead", "section")
        and bool(facts.texts)
        and not facts.timed
        and not any(facts_of(child).timed for child in scope.body)
    )


def _bare_time_first(scopes: Sequence[Scope]) -> bool:
    """Whether in this run of siblings the time comes before the title it belongs to."""
    for scope in scopes:
        if scope.kind in ("lead", "section", "text") and scope.lines:
            if _bare_time(scope):
                return True
            if _untimed_title(scope):
                return False
    return False


def _visit(book: Book, scope: Scope, context: Context) -> Context:
    """Read one scope; the result is the context of the siblings after it."""
    if scope.kind == "table":
        read_table(book, scope, context=context)
        return context
    if not scope.lines:
        _siblings(book, scope.body, context)
        return context
    context = _noted_zone(scope, context)
    if scope.kind == "section" and _NOT_EVENTS.match(scope.lines[0].text):
        return context
    if scope.kind == "text" and not _only_labels(scope):
        return _text(book, scope, context)
    head = read_head(book, scope)
    if head.title is None:
        return _untitled(book, head, context)
    return _titled(book, head, head.title, context)


def _noted_zone(scope: Scope, context: Context) -> Context:
    for line in scope.lines:
        if zone := find_zone_note(line.text):
            read = Read(
                how="inherited", span=line.span(*zone.at), why="a note says in which zone the times are"
            )
            return context.within(zone=zone, zone_read=read)
    return context


def _text(book: Book, scope: Scope, context: Context) -> Context:
    facts = facts_of(scope)
    if facts.days and not facts.timed and not facts.texts:  # a date line dates what follows
        day = book.day(facts.days[0], context)
        return context.within(day=day) if day else context
    read_sentences(book, scope, context=context)
    return context


def read_head(book: Book, scope: Scope) -> Head:
    """A scope's head with the attributes that stand below it ("When: …", a bare time, "by A, Org")."""
    facts = facts_of(scope)
    title = _title(book, facts)
    if title is not None and scope.body and facts.timed and is_generic_heading(title.text):
        title = None  # "Morning, 9:00 - 12:30" heads sessions and is none
    head = Head(scope=scope, facts=facts, title=title, merged=Facts(struck=facts.struck))
    head.merged.take(facts)
    head.merged.texts = list(facts.texts)
    _attributes(book, head, scope.body)
    return head


def _title(book: Book, facts: Facts) -> Title | None:
    for part in facts.labelled.get("title", []):
        if title := read_title(part, known=book.known, organisations=book.organisations, rooms=book.rooms):
            return title
    for part, _ in facts.texts:
        if _people_only(book, part) or (facts.timed and len(facts.texts) == 1 and is_bare_room(part.text)):
            continue
        if title := read_title(part, known=book.known, organisations=book.organisations, rooms=book.rooms):
            return title
    return None


def _people_only(book: Book, part: Part) -> bool:
    text = part.text
    if re.match(r"(?i)(?:by|presented by|von|par|por|di|door)\s", text):
        return True
    return (
        looks_like_people(text, known=book.known, organisations=book.organisations) >= 0.85 and not part.links
    )


def _attributes(book: Book, head: Head, children: Sequence[Scope], depth: int = 0) -> None:
    timed = sum(1 for child in children if child.kind != "table" and facts_of(child).timed)
    for child in children:
        facts = facts_of(child)
        if _is_attribute(book, head, child, facts, timed):
            head.merged.take(facts)
            head.merged.texts += _attribute_texts(facts)
            _attributes(book, head, child.body, depth + 1)
        elif depth < 3 and _transparent(child, facts):
            _attributes(book, head, child.body, depth + 1)
        else:
            head.rest.append(child)


def _attribute_texts(facts: Facts) -> list[tuple[Part, bool]]:
    return [(part, True) for part, _ in facts.texts]


def _transparent(child: Scope, facts: Facts) -> bool:
    """ "Event details:" adds nothing itself; what stands below it belongs to the head above."""
    if child.kind not in ("lead", "item", "section") or facts.timed or not child.body:
        return False
    return bool(facts.texts) and not facts.moments and all(is_generic_heading(p.text) for p, _ in facts.texts)


def _is_attribute(book: Book, head: Head, child: Scope, facts: Facts, timed: int) -> bool:
    if child.kind == "table" or not child.lines:
        return False
    if not facts.texts and (facts.labelled or facts.moments):
        if not _only_text(child) or any(below.kind == "item" for below in child.body):
            return False  # a day or a slot with titles below it is a context, not an attribute
        return not (head.facts.timed and facts.timed and not facts.labelled)
    if len(child.lines) > 6 or any(len(line.text) > 220 for line in child.lines):
        return False
    if facts.timed and not head.facts.timed and timed == 1 and _only_text(child) and head.title is not None:
        return all(_fact_only(book, head.title, part, after=after) for part, after in facts.texts)
    if not facts.moments and head.title is not None and head.title.people is None and _only_text(child):
        return all(_people_only(book, part) for part, _ in facts.texts)
    return False


def _only_text(scope: Scope) -> bool:
    """Whether nothing below could be a session of its own."""
    below = [inner for child in scope.body for inner in child.walk()]
    return not any(one.kind == "table" or (one.kind != "text" and facts_of(one).timed) for one in below)


def _fact_only(book: Book, title: Title, part: Part, *, after: bool) -> bool:
    """A room, people, or a short remainder behind the time of a title that can only be a session's."""
    if is_room(part.text) and len(part.text) < 100:
        return True
    if title.strong and title.people is None and looks_like_people(part.text) >= 0.5:
        return True
    return _people_only(book, part) or (title.strong and after and len(part.text) < 80)


def _sessions_below(book: Book, scopes: Sequence[Scope]) -> bool:
    """Whether titles with times stand below."""
    return any(_has_session(book, scope) for scope in scopes)


def _has_session(book: Book, scope: Scope) -> bool:
    if scope.kind == "table":
        return table_has_times(scope)
    if scope.kind == "text":
        return False
    facts = facts_of(scope)
    if facts.timed and facts.texts:
        return True
    if facts.timed and scope.body:
        return True
    if facts.texts and any(facts_of(child).timed for child in scope.body if child.kind != "table"):
        return True
    return _sessions_below(book, scope.body)


def _untitled(book: Book, head: Head, context: Context) -> Context:
    """A head without a title: a day, a slot, or a time of the title above it."""
    merged = head.merged
    day = (
        book.day(merged.days[0], context) if merged.days else numbered_day(book, head.scope, context=context)
    )
    inner = context.within(day=day or context.day)
    moment = next((m for m in head.facts.moments if m.when.times), None)
    room = next((part for part, _ in head.facts.texts if is_room(part.text)), None)
    if moment is not None and (opening := _opening_title(book, head)):
        inner = located(merged, inner)
        emit(
            book,
            opening,
            facts=merged,
            found=slots(book, merged, context=inner),
            context=inner,
            scope=head.scope,
            rest=head.rest,
        )
        return context
    if moment is not None and head.rest:
        slot = (moment, moment.when.times[0])
        _siblings(book, head.rest, inner.within(slot=slot, room=room or context.room))
        return context
    if merged.timed and context.title is not None:
        inner = located(merged, inner)
        emit(
            book,
            _borrowed(context.title),
            facts=merged,
            found=slots(book, merged, context=inner),
            context=inner,
            scope=head.scope,
        )
        return context
    _siblings(book, head.rest, inner)
    return inner if head.scope.kind == "lead" and not head.scope.body else context


def _opening_title(book: Book, head: Head) -> Title | None:
    """Below a bare time the paragraph's first marked or quoted words are the title ("*Title*. With A and B.")."""
    first = head.rest[0] if head.rest and head.rest[0].kind == "text" and head.rest[0].lines else None
    if first is None or any(below.kind != "text" for below in head.rest):
        return None
    line = first.lines[0]
    mark = next((m for m in line.marks if m.kind in ("strong", "emphasis", "link") and m.start <= 1), None)
    if mark is not None:
        end = mark.end
    else:
        found = re.match(r"[^.!?]{6,90}[.!?]?(?=\s|$)", line.text)
        if found is None or len(found[0].split()) > 12:
            return None
        end = found.end()
    return read_title(
        Part(line, 0, end), known=book.known, organisations=book.organisations, rooms=book.rooms
    )


def _borrowed(title: Part) -> Title:
    found = read_title(title)
    return replace(found, url=None, url_part=None) if found else Title(part=title, text=title.text)


def _titled(book: Book, head: Head, title: Title, context: Context) -> Context:
    nested = _sessions_below(book, head.rest)
    heading = read_heading(head.scope.lines[0], near=_near(book)) if head.scope.kind != "item" else None
    if heading is not None and _declares_event(book, head, heading, context, nested=nested):
        return _event(book, head, heading, context, nested=nested)
    if head.merged.timed and not nested:
        if not is_deadline(head.scope.lines[0].text):
            inner = located(head.merged, context)
            emit(
                book,
                title,
                facts=head.merged,
                found=slots(book, head.merged, context=inner),
                context=inner,
                scope=head.scope,
                rest=head.rest,
            )
        return context
    if context.slot is not None and not nested and head.scope.kind == "item":
        return _in_slot(book, head, title, context)
    if head.merged.days and not nested and not head.merged.timed and _all_day(book, head, title, context):
        return _dated(book, head, title, context)
    return _inside(book, head, title, heading, context)


def _near(book: Book) -> list:  # type: ignore[type-arg]
    return [event.place for event in book.events if event.place]


def _in_slot(book: Book, head: Head, title: Title, context: Context) -> Context:
    assert context.slot is not None  # noqa: S101 - the caller asked
    moment, _ = context.slot
    merged = Facts(moments=[moment], labelled=head.merged.labelled, struck=head.merged.struck)
    merged.texts = head.merged.texts
    emit(
        book,
        title,
        facts=merged,
        found=slots(book, merged, context=context),
        context=context,
        scope=head.scope,
        rest=head.rest,
    )
    return context


def _declares_event(book: Book, head: Head, heading: Heading, context: Context, *, nested: bool) -> bool:
    """A heading declares an event by a city or several days; a dated event name does where none is declared."""
    text = head.scope.lines[0].text
    if is_deadline(text) or is_past(text) or head.facts.timed:
        return False
    days = days_of(book, heading.when)
    name = heading.name.text
    if head.scope.kind != "section":  # a bold line heads a section where it says as much as a heading would
        return heading.place is not None and days is not None and days[0] != days[1]
    if heading.place is not None and (days is not None or (conference_like(name) and context.event is None)):
        return True
    if days is not None and days[0] != days[1]:
        return True
    if context.declared and context.event is not None:
        return _renames(book, name, context)
    if conference_like(name) and not format_of(name) and (days is not None or (head.merged.days and nested)):
        return True
    return _known(book, name) and len(name.split()) <= 8


def _renames(book: Book, name: str, context: Context) -> bool:
    event = book.event(context)
    return event is not None and same_event(event.name, name)


def _known(book: Book, name: str) -> bool:
    return any(same_event(event.name, name) for event in book.events)


def _event(book: Book, head: Head, heading: Heading, context: Context, *, nested: bool) -> Context:
    """The event a heading declares gives its context to the section and to the sections after it."""
    days = days_of(book, heading.when)
    day: DayContext | None = None
    if days is None and head.merged.days:
        day = book.day(head.merged.days[0], context)
        days = (day.days.first, day.days.last) if day else None
    elif heading.when is not None:
        moment = head.facts.days
        day = book.day(moment[0], context) if moment else None
    reads = _event_reads(heading, head)
    key = declare(
        book,
        heading,
        context=context,
        first=days[0] if days else None,
        last=days[1] if days else None,
        reads=reads,
    )
    event = book.events[key]
    if event.url is None and (found := _event_link(head, event.name)):
        book.events[key] = replace(event, url=found)
    inner = context.within(
        event=key, declared=context.declared or heading.place is not None, day=day or (context.day if key == context.event else None), title=None, track=None,
        place=heading.place or event.place or context.place, room=None, format=None,
        place_read=reads.get("city") or context.place_read,
    )  # fmt: skip
    if head.merged.timed and not nested and head.title is not None:
        found_slots = slots(book, head.merged, context=inner)
        emit(
            book,
            head.title,
            facts=head.merged,
            found=found_slots,
            context=inner,
            scope=head.scope,
            rest=head.rest,
        )
    else:
        _siblings(book, head.rest, inner)
    return inner if heading.place is not None or context.declared else context


def _event_reads(heading: Heading, head: Head) -> dict[str, Read]:
    reads = {"name": Read(how="read", span=heading.name.span, why=f"the heading “{heading.name.text}”")}
    if heading.place_part is not None:
        span = heading.place_part.span
        reads["city"] = Read(how="read", span=span, why=f"“{heading.place_part.text}” in the heading")
    if heading.when is not None:
        words = Part(head.scope.lines[0], *heading.when.at)
        reads["start"] = reads["end"] = Read(
            how="read", span=words.span, why=f"“{words.text}” in the heading"
        )
    return reads


def _event_link(head: Head, name: str) -> str | None:
    """The first link in the section whose words are the event's name."""
    for scope in head.rest[:4]:
        for line in scope.lines:
            for mark in line.marked("link"):
                if same_event(line.text[mark.start : mark.end], name):
                    return mark.href
    return None


def _all_day(book: Book, head: Head, title: Title, context: Context) -> bool:
    """A dated heading is an all-day session where an event is going on and the name is an event's."""
    if head.scope.kind == "item" or is_deadline(head.scope.lines[0].text):
        return False
    return context.event is not None and conference_like(title.text)


def _dated(book: Book, head: Head, title: Title, context: Context) -> Context:
    """An all-day session; it gives its day and its name as track to its siblings."""
    assert head.merged.days is not None  # noqa: S101 - the caller asked
    day = book.day(head.merged.days[0], context)
    if day is None:
        return context
    track = (title.text, title.url, title.part)
    inner = context.within(day=day, track=track, room=None)
    emit(
        book,
        replace(title, track=title.text),
        facts=head.merged,
        found=[],
        context=inner,
        scope=head.scope,
        rest=head.rest,
        days=day,
    )
    return inner


def _inside(book: Book, head: Head, title: Title, heading: Heading | None, context: Context) -> Context:
    """A head that only names what stands below it."""
    day = (
        book.day(head.merged.days[0], context)
        if head.merged.days
        else numbered_day(book, head.scope, context=context)
    )
    line = head.scope.lines[0]
    room = leftovers(book, head).room or _room_in(line, context)
    track = context.track
    if conference_like(title.text) and format_of(title.text) is None and not is_generic_heading(title.text):
        track = (title.text, title.url, title.part)
    generic = is_generic_heading(title.text)
    inner = context.within(
        day=day or context.day,
        room=room or context.room,
        track=track,
        title=context.title if generic else _named(head, title),
        format=format_of(_singular(title.text)) or context.format,
    )
    if _announced(head, title, context):
        undated = Slot(
            start=None, reads={"start": Read(how="defaulted", span=title.part.span, why="no time is said")}
        )
        emit(
            book, title, facts=head.merged, found=[undated], context=context, scope=head.scope, rest=head.rest
        )
        return context
    _siblings(book, head.rest, inner)
    return context.within(day=day) if day and head.scope.kind == "lead" and not head.rest else context


_PROGRAMME = re.compile(r"(?i)\b(?:talks?|sessions?|program(?:me)?|line-?up|schedule|agenda|vorträge|programm|conférences|"
                        r"charlas|ponencias|interventi|palestras|lezingen)\b")  # fmt: skip


def _announced(head: Head, title: Title, context: Context) -> bool:
    """A linked title with its speakers in a list of talks is a session, though nobody can know when."""
    listed = context.title is not None and _PROGRAMME.search(context.title.text) is not None
    alone = head.scope.kind == "item" and not head.rest and context.event is not None
    return alone and listed and title.url is not None and title.people is not None


def _named(head: Head, title: Title) -> Part:
    """A line that introduces a list is named by the words before its verb ("Kiosk K3 is open like this:")."""
    found = re.search(
        r"\s+(?:\(|(?:is|are|will|opens?|runs?|has|have|ist|sind|est|sont|es|son|è|sono|é|são|zijn)\b)",
        title.part.text,
    )
    if head.scope.rank != INTRO_RANK or not found or found.start() < 3:
        return title.part
    return title.part.at(0, found.start())


def _singular(text: str) -> str:
    return re.sub(r"(?i)^our\s+|s$", "", text.strip(" :"))


def _room_in(line, context: Context) -> Part | None:  # type: ignore[no-untyped-def]
    found = find_room(line.text)
    return Part(line, *found) if found else context.room
