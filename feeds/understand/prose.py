"""Owns the reading of a block tree: the outline is walked with a context that heads push and pop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from feeds.understand.apart import context_apart, in_town_of, places_of, told_behind_name, within
from feeds.understand.asides import read_below, tells_of_its_own
from feeds.understand.context import Book, Context, DayContext, elsewhere, located, meridiems_of, noted_zone
from feeds.understand.declared import (
    BOOTH,
    declares_event,
    event_days,
    event_link,
    event_reads,
    located_below,
)
from feeds.understand.draft import Read
from feeds.understand.emit import beside, emit
from feeds.understand.events import same_event
from feeds.understand.headings import Heading, declare, read_heading
from feeds.understand.heads import Head, is_heading, read_head, room_for_all, sessions_below, stands_beside
from feeds.understand.introduced_days import only_day_of
from feeds.understand.naming import VERB, is_announced, is_ditto, is_name, singular, what_follows
from feeds.understand.numbered import numbered_day
from feeds.understand.opening_titles import opening_title, performers
from feeds.understand.other_days import on_other_days
from feeds.understand.outline import INTRO_RANK, LEAD_RANK, Scope
from feeds.understand.part import Part
from feeds.understand.people import format_of
from feeds.understand.phrases import (
    conference_like,
    is_generic_heading,
    tells_no_event,
)
from feeds.understand.reports import heads_hours, is_report, reports
from feeds.understand.rooms import find_room, is_room
from feeds.understand.rules_of_dates import says_dates
from feeds.understand.sentences import read_sentences
from feeds.understand.series import moves_dates, read_series
from feeds.understand.side_by_side import only_labels, paired
from feeds.understand.slots import Slot, whole_days
from feeds.understand.tables import read_table
from feeds.understand.title import Title, clean
from feeds.understand.title_rooms import room_of_heading
from feeds.understand.titles import read_title
from feeds.understand.tours import read_stop
from feeds.understand.town_names import town_in_name
from feeds.understand.usual import Usual, at_usual_hours, has_none, is_none, usual_of


def read_prose(book: Book, root: Scope, *, context: Context) -> None:
    """Read everything below the root into the book; a post on an incident or a release holds no events."""
    if (context.title and tells_no_event(context.title.text)) or reports(root):
        return
    if usual := usual_of(root):
        context = context._replace(usual=usual, room=context.room or usual.room)
    _siblings(book, root.body, context)


def _siblings(book: Book, scopes: Sequence[Scope], context: Context) -> None:
    """Read scopes one after another; each may leave a day, a zone or an event to those after it."""
    moments = [moment for scope in scopes if scope.kind != "text" for moment in scope.facts.moments]
    meridiems = meridiems_of([one.when for one in moments if one.when.times])
    running = context._replace(meridiems=meridiems or context.meridiems)
    for scope in paired(scopes):
        running = _visit(book, scope, running)


def _visit(book: Book, scope: Scope, context: Context) -> Context:
    """Read one scope, on the day that the paragraph right above it says; the context of its siblings."""
    below = scope.kind == "section" and scope.facts.timed and scope.facts.dated is None
    said = context.introduced or (context.spoken if below else None)
    outer = context.day is None or context.day is book.day_of_post
    if said is None or not outer or (scope.kind in ("section", "text") and not below):
        return _read(book, scope, context)
    after = _read(book, scope, context._replace(day=said))
    if below:  # "#### 6:45 PM · Title", and so for the next heading
        after = after._replace(spoken=context.spoken, introduced=context.introduced)
    return after._replace(day=context.day) if after.day is said else after


def _read(book: Book, scope: Scope, context: Context) -> Context:
    """Read one scope; the result is the context of the siblings after it."""
    if scope.kind == "table":
        read_table(book, scope, context=context)
        return context
    if not scope.lines:
        _siblings(book, scope.body, context)
        return context
    context = noted_zone(context, scope.lines)
    if scope.kind == "section":
        context = elsewhere(context, scope.lines[0])._replace(spoken=None, introduced=None)
        context = in_town_of(book, scope.lines[0], context=context)
    reported = scope.kind == "section" and is_report(scope) and not _within_event(scope, context)
    if reported or (scope.kind == "section" and heads_hours(scope)):
        return context
    if scope.kind == "text" and not only_labels(scope):
        return _text(book, scope, context)
    apart = context_apart(book, scope, context=context)
    if apart is not None:
        if (told := told_behind_name(book, scope)) is not None:
            read_sentences(book, told, context=apart)
        else:
            _head(book, scope, apart)
        return context
    return _head(book, scope, context)


def _within_event(scope: Scope, context: Context) -> bool:
    """A linked heading with its time is of the programme, be it "Nobody reads the changelog"."""
    return context.event is not None and scope.facts.timed and bool(scope.lines[0].marked("link"))


def _head(book: Book, scope: Scope, context: Context) -> Context:
    head = read_head(book, scope)
    if head.title is None:
        return _untitled(book, head, context)
    if scope.kind in ("item", "lead") and read_stop(book, head, context=context):
        return context
    return _titled(book, head, head.title, context=context)


def _text(book: Book, scope: Scope, context: Context) -> Context:
    """A paragraph: a date alone dates what follows, sentences may tell of sessions, at another event too."""
    usual = context.usual is not None and context.usual.hours.line in scope.lines
    if usual and not says_dates(scope.lines):
        return context  # the hours of every evening are those of none by itself
    listed = book.listed.get(scope.lines[0].span().start)
    if listed is not None:
        read_sentences(book, scope, context=within(book, listed, context=context))
        return context
    facts = scope.facts
    if facts.dated and not facts.timed and not facts.texts:
        day = book.day(facts.dated, context)
        return context._replace(day=day) if day else context
    return read_sentences(book, scope, context=context)


def _day_of(book: Book, head: Head, context: Context) -> DayContext | None:
    """The day a head gives to what stands below it."""
    if head.merged.dated:
        return book.day(head.merged.dated, context)
    return numbered_day(book, head.scope, context=context)


# --- heads without a title ------------------------------------------------------------------------


def _untitled(book: Book, head: Head, context: Context) -> Context:
    """A head without a title: a day, a slot, or a time of the title above it."""
    merged = head.merged
    inner = context._replace(day=_day_of(book, head, context) or context.day, who=_who(head) or context.who)
    if head.scope.kind == "section" and (room := room_of_heading(_whole(head))) is not None:
        inner = inner._replace(room=room)  # "Friday 14 May (Plaza Lafone)"
    elif not merged.timed and (room := room_for_all(merged)) is not None:
        inner = located(inner, merged)._replace(room=room)
    moment = next((one for one in head.facts.moments if one.when.times), None)
    if moment is not None and (opening := opening_title(book, head)):
        emit(book, opening, facts=merged, context=located(inner, merged), rest=head.rest)
        return context
    if moment is not None and head.rest:
        room = next((part for part, _ in head.facts.texts if is_room(part.text)), context.room)
        _siblings(book, head.rest, inner._replace(slot=moment, room=room))
        return context
    if merged.timed and context.title is not None:
        emit(book, _borrowed(context.title), facts=merged, context=located(inner, merged))
        return context
    if merged.timed and head.scope.kind == "item" and (named := performers(head)) is not None:
        emit(book, named, facts=merged, context=located(inner, merged))
        return context
    _siblings(book, head.rest, inner)
    return inner if head.scope.kind == "lead" and not head.scope.body else context


def _whole(head: Head) -> Part:
    """The first line of a head."""
    return Part(head.scope.lines[0], 0, len(head.scope.lines[0].text)).trimmed()


def _who(head: Head) -> Part | None:
    """The speaker whose sessions a heading heads ("### Ada Ek, Principal Engineer")."""
    if head.scope.kind != "section" or head.facts.moments or len(head.facts.texts) != 1:
        return None
    part = head.facts.texts[0][0]
    first = part.text.split(" ", 1)[0]
    told = any(first in line.text for child in head.rest if child.kind != "item" for line in child.lines)
    return part if told or "," in part.text or "(" in part.text else None


def _borrowed(title: Part) -> Title:
    """The title of the scope above, without its link."""
    found = read_title(title)
    return found._replace(url=None, url_part=None) if found else Title(part=title, text=title.text)


# --- heads with a title ---------------------------------------------------------------------------


def _titled(book: Book, head: Head, title: Title, *, context: Context) -> Context:
    """A head with a title: an event, a session, an all-day session, or what heads what stands below it."""
    nested = sessions_below(head.rest)
    if head.scope.kind == "item" and is_ditto(title.text) and book.sessions:
        last = book.sessions[-1]
        title = title._replace(text=last.title, track=None, people=None)
    heading = None if head.scope.kind == "item" else read_heading(head.scope.lines[0], near=places_of(book))
    if heading is not None and declares_event(book, head, heading=heading, context=context, nested=nested):
        return _event(book, head, heading, context=context, nested=nested)
    dates = not nested or moves_dates(head.scope.body)
    if dates and not head.deadline and read_series(book, head, title=title, context=context):
        return context
    if nested and not head.deadline and stands_beside(head):
        return _beside(book, head, title, context=context)
    return _untold(book, head, title, context=context, nested=nested)


def _beside(book: Book, head: Head, title: Title, *, context: Context) -> Context:
    """A session, and beside it those that stand below it in the text."""
    below = [scope for scope in head.rest if sessions_below([scope])]
    told = [scope for scope in head.rest if scope not in below]
    emit(book, title, facts=head.merged, context=located(context, head.merged), rest=told)
    _siblings(book, below, context)
    return context


def _untold(book: Book, head: Head, title: Title, *, context: Context, nested: bool) -> Context:
    """A head that is neither an event nor a series."""
    merged, item, deadline = head.merged, head.scope.kind == "item", head.deadline
    if merged.timed and not nested:
        if not deadline and not has_none(title.text):
            named = _unspoken(head, title, context)
            day = numbered_day(book, head.scope, context=context) if merged.dated is None else None
            context = context._replace(day=day or context.day)  # "(day two, 2pm)"
            inner = context if named is title else context._replace(room=None)
            rest = [scope for scope in head.rest if not tells_of_its_own(head, scope)]
            emit(book, named, facts=merged, context=located(inner, merged), rest=rest)
            if (again := on_other_days(merged, head.rest)) is not None:
                emit(book, named, facts=again, context=located(inner, merged), rest=rest)
            read_below(book, head, context=context)
        return context
    headed = head.facts.dated is None and not conference_like(title.text)  # a heading, its day below it
    listed = item or headed or (head.scope.kind == "lead" and head.scope.rank == LEAD_RANK)
    told_below = any(scope.kind == "text" and scope.facts.timed for scope in head.rest)
    evening = merged.dated is not None and listed and not (nested or deadline or told_below)
    if context.usual is not None and evening:
        return _evening(book, head, title, context=context, usual=context.usual)
    if context.slot is not None and not nested and item:
        facts = replace(merged, moments=[context.slot], ends=[])
        emit(book, title, facts=facts, context=context, rest=head.rest)
        return context
    if not nested and not deadline and _lasts_days(head, context=context):
        return _whole_days(book, head, title, context=context)
    kind_alone = title.format is not None and title.format.lower() == title.text.lower()
    going_on = context.event is not None and conference_like(title.text) and not (kind_alone and told_below)
    if merged.dated and not nested and not item and not deadline and going_on:
        return _all_day(book, head, title, context=context)
    return _inside(book, head, title, context=context)


def _unspoken(head: Head, title: Title, context: Context) -> Title:
    """A sentence that leads to a list of times names nothing: the heading above does, or its first words."""
    if head.scope.rank != INTRO_RANK or head.facts.timed or VERB.search(title.text) is None:
        return title
    if context.headed and context.title is not None and not is_generic_heading(context.title.text):
        return _borrowed(context.title)
    part = what_follows(head, title)
    return title._replace(part=part, text=clean(part.text))


def _evening(book: Book, head: Head, title: Title, *, context: Context, usual: Usual) -> Context:
    """An evening of a series that says only its day, at the hours of all."""
    dated = head.merged.dated
    day = book.day(dated, context) if dated is not None else None
    if day is None or dated is None or not usual.holds(day.days.first, dated):
        return context
    if (usual.bare or _is_talk(head, title)) and not is_none(title.text):
        facts = at_usual_hours(head.merged, usual)
        emit(book, title, facts=facts, context=context._replace(day=day), rest=head.rest)
    return context


def _is_talk(head: Head, title: Title) -> bool:
    """Whether a line says who speaks, or sets a title off: "Spring break" and "dues payable" do neither."""
    if head.scope.kind != "item" or title.people or title.url or "who" in head.merged.labelled:
        return True
    marks = Part(title.part.line, title.part.start, len(title.part.line.text)).marks("strong", "emphasis")
    return any(mark.start >= title.part.start - 1 for mark in marks)


def _all_day(book: Book, head: Head, title: Title, *, context: Context) -> Context:
    """A dated name inside an event is an all-day session; it gives day and track to its siblings."""
    day = book.day(head.merged.dated, context) if head.merged.dated else None
    if day is None:
        return context
    inner = context._replace(day=day, track=(title.text, title.url, title.part), room=None)
    titled = title._replace(track=title.text)
    emit(book, titled, facts=head.merged, context=inner, rest=head.rest, found=[whole_days(day)])
    return inner


def _lasts_days(head: Head, *, context: Context) -> bool:
    """Whether a session says that it takes the whole day, or "When:" names days of the event it stands in."""
    labelled = "when" in head.merged.labelled and head.merged.dated is not None and context.event is not None
    return head.merged.all_day or (labelled and head.scope.kind != "item")


def _whole_days(book: Book, head: Head, title: Title, *, context: Context) -> Context:
    """A session of whole days: of its own, else of the one that holds."""
    day = book.day(head.merged.dated, context) if head.merged.dated else context.day
    if day is not None:
        found = [whole_days(day)]
        emit(
            book, title, facts=head.merged, context=located(context, head.merged), rest=head.rest, found=found
        )
    return context


def _inside(book: Book, head: Head, title: Title, *, context: Context) -> Context:
    """A head that only names what stands below it."""
    day = _day_of(book, head, context)
    line = head.scope.lines[0]
    if is_announced(book, head, title=title, context=context):
        read = Read(how="defaulted", span=title.part.span, why="no time is said")
        undated = Slot(start=None, reads={"start": read})
        emit(book, title, facts=head.merged, context=context, rest=head.rest, found=[undated])
        return context
    generic = is_generic_heading(title.text) and BOOTH.search(title.text) is None
    named = conference_like(title.text) and format_of(title.text) is None and not generic and is_name(title)
    named = named and BOOTH.search(title.text) is None
    headed = room_of_heading(_whole(head)) if head.scope.kind != "item" else None
    named = named and headed is None
    room = headed or room_for_all(head.merged) or beside(book, head.merged, title=title.part).room
    if room is None and (found := find_room(line.text)):
        room = Part(line, *found)
    inner = context._replace(
        day=day or context.day,
        room=room or context.room,
        track=(title.text, title.url, title.part) if named else context.track,
        title=context.title if generic else what_follows(head, title),
        headed=context.headed if generic else is_heading(head.scope),
        format=(format_of(singular(title.text)) if headed is None else None) or context.format,
    )
    _siblings(book, head.rest, inner)
    return context._replace(day=day) if day and head.scope.kind == "lead" and not head.rest else context


# --- events ---------------------------------------------------------------------------------------


def _away(book: Book, heading: Heading, context: Context) -> Context:
    """The context without the town of another event that a heading before declared."""
    event = book.event(context)
    if not context.declared or event is None or same_event(event.name, heading.name.text):
        return context
    place, part = town_in_name(heading.name) or (None, None)
    read = Read(how="read", span=part.span, why=f"“{part.text}” in the name") if part else None
    return context._replace(place=place, place_read=read)


def _event(book: Book, head: Head, heading: Heading, *, context: Context, nested: bool) -> Context:
    """The event a heading declares gives its context to the section and to the sections after it."""
    outer, context = context, located_below(head, _away(book, heading, context))
    days, day = event_days(book, head, heading=heading, context=context)
    reads = event_reads(heading, head)
    key = declare(book, heading, context=context, days=days, reads=reads)
    event = book.events[key]
    if event.url is None and (link := event_link(head, event.name)):
        book.events[key] = replace(event, url=link)
    if head.facts.struck:
        book.events[key] = replace(book.events[key], status="cancelled")
    day = day or only_day_of(event)
    inner = context._replace(
        event=key,
        off=head.facts.struck,
        declared=context.declared or heading.place is not None,
        behind=False,
        day=day or (context.day if key == context.event else None),
        place=heading.place or event.place or context.place,
        place_read=reads.get("city") or context.place_read,
        title=None,
        track=None,
        room=None,
        format=None,
    )
    if head.merged.timed and not nested and head.title is not None:
        emit(book, head.title, facts=head.merged, context=inner, rest=head.rest)
    else:
        _siblings(book, head.rest, inner)
    return inner._replace(behind=True) if heading.place is not None or context.declared else outer
