"""Owns what a post's title and first paragraphs say of the event: its name, days and city, and a zone for all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from feeds.model import Place
from feeds.post import Line
from feeds.understand.context import Book, Context, DayContext, noted_zone
from feeds.understand.draft import DraftEvent, Read
from feeds.understand.events import EventName, find_event_names, same_event, tokens_of
from feeds.understand.headings import read_heading
from feeds.understand.numbered import note_numbered_days
from feeds.understand.outline import Scope, begins_with_time
from feeds.understand.part import Part
from feeds.understand.people import looks_like_people
from feeds.understand.phrases import is_deadline, is_generic, is_past
from feeds.understand.places import PlaceMention, find_places, is_online, settle
from feeds.understand.rooms import is_room
from feeds.understand.sublines import common_rooms
from feeds.understand.when import find_when, resolve_days
from feeds.understand.when.values import Days, Problem, ResolvedDays, When

if TYPE_CHECKING:
    from feeds.post import Post

MOST_LINES = 60
"""The introduction of even the longest post; what comes later is not read for the event."""

LONGEST_NOTE = 400
"""A note on the zone is a sentence, no paragraph."""

Found = tuple[Line, PlaceMention]


def introduce(book: Book, post: Post, *, root: Scope, title: str) -> Context:
    """The context of the whole post: the event its title names, its city, its days, a zone note.

    Reports: ambiguous-city.
    """
    title_line = _title_line(post, title)
    book.rooms = common_rooms(line for scope in root.walk() for line in scope.lines)
    paragraphs = list(_paragraphs(root))
    lines = [title_line, *_heads_and_paragraphs(root)]
    place, place_read = _place(book, lines)
    context = _zone(root, Context(place=place, place_read=place_read))
    if _headings_declare(root):
        return context
    for line, name, days in _dated(book, title_line, paragraphs):
        _add(book, line, name, days)
    for line, name in _named(title_line, paragraphs):
        _add(book, line, name, None)
    _cities(book, lines, place, place_read)
    main = _main(book, title_line)
    note_numbered_days(book, root.walk())
    book.said = _said(book, root)
    day = _only_day(book, main, root, lines)
    if main is not None:
        _undated(book, main, day, lines)
    whole = Part(title_line, 0, len(title_line.text))
    return replace(context, event=main, title=whole, day=day)


def _title_line(post: Post, title: str) -> Line:
    key = next((name for name in ("title", "Title", "name", "headline") if post.front.text(name)), None)
    at = post.front.span(key).start if key else 0
    if key and post.source.text[at : at + 1] in "\"'":
        at += 1
    return Line(text=title, marks=(), anchors=((0, at),))


def _heads_and_paragraphs(root: Scope) -> list[Line]:
    found: list[Line] = []
    for scope in root.walk():
        found += scope.lines
        if len(found) >= MOST_LINES:
            return found[:MOST_LINES]
    return found


def _paragraphs(root: Scope) -> Iterator[Line]:
    """The lines of running text, where a sentence may introduce the event."""
    for scope in root.walk():
        if scope.kind in ("text", "item", "lead"):
            yield from scope.lines


def _headings_declare(root: Scope) -> bool:
    """Whether headings name the events themselves, with city or days; then the title only sums them up."""
    for scope in root.walk():
        if scope.kind not in ("section", "lead") or not scope.lines or _says_clock(scope):
            continue
        heading = read_heading(scope.lines[0])
        days = heading.when.days if heading is not None and heading.when is not None else None
        said = (heading is not None and heading.place is not None, days is not None and _several(days))
        if days is not None and (all(said) if scope.kind == "lead" else any(said)):
            return True
    return False


def _says_clock(scope: Scope) -> bool:
    return any(when.times for line in scope.lines for when in find_when(line.text))


def _several(days: Days) -> bool:
    return days.ranged or len(days.days) > 1


# --- the city -------------------------------------------------------------------------------------


def _place(book: Book, lines: Sequence[Line]) -> tuple[Place | None, Read | None]:
    """The one city the post is about: the one its strong mentions agree on."""
    found = [one for line in lines if not is_past(line.text) for one in _strong(line)]
    early = [one for line in lines[:5] if not is_past(line.text) for one in _strong(line)]
    if len({mention.candidates[0].timezone for _, mention in early}) == 1:
        found = early
    found = found or _only_weak(lines[:12]) or _only_pointed(lines[:8])
    if not found:
        return None, None
    counts = Counter(mention.candidates[0].city for _, mention in found)
    (best, most), *others = counts.most_common(2)
    zones = {mention.candidates[0].timezone for _, mention in found}
    if others and most < 2 * others[0][1] and len(zones) > 1:
        return None, None
    line, mention = next(one for one in found if one[1].candidates[0].city == best)
    place, guess = settle(mention, near=[m.candidates[0] for _, m in found if m is not mention])
    part = Part(line, *mention.at)
    if guess:
        _tell_guess(book, part, mention, place)
    return place, Read(how="read", span=part.span, why=f"“{part.text}” in the post")


def _only_weak(lines: Sequence[Line]) -> list[Found]:
    """Where nothing says more, the one city's name that the title or the introduction has, if it is one."""
    found = [
        (line, m) for line in lines for m in find_places(line.text) if m.candidates and not is_past(line.text)
    ]
    in_title = [one for one in found if one[0] is lines[0]]
    chosen = in_title or found
    return chosen if len({mention.candidates[0].timezone for _, mention in chosen}) == 1 else []


_POINTED = re.compile(
    r"(?:\b(?:in|to|near|à|en|em|no|a|nach|te|ad|im)\s|,\s)([A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)?)"
    r"(?=\s?(?:[.,;:!?)]|$|\s(?:on|this|next|from|am|vom|le|il|el|op|and|for)\b))"
)


def _only_pointed(lines: Sequence[Line]) -> list[Found]:
    """A well-known city whose name means other things too, where a preposition or a comma points at it."""
    found: list[Found] = []
    for line in lines:
        for pointed in () if is_past(line.text) else _POINTED.finditer(line.text):
            for mention in find_places(pointed[1], base=pointed.start(1), hint=True):
                if mention.at == pointed.span(1) and mention.fames and mention.fames[0] >= 300:
                    found.append((line, mention))
    return found if len({mention.candidates[0].timezone for _, mention in found}) == 1 else []


def _strong(line: Line) -> Iterator[Found]:
    for mention in find_places(line.text):
        if mention.confidence == "strong" and mention.candidates:
            yield line, mention


def _tell_guess(book: Book, part: Part, mention: PlaceMention, place: Place) -> None:
    other = next((one for one in mention.candidates if one != place), None)
    also = f"; there is one in {other.country} too" if other is not None else ""
    book.tell(
        "ambiguous-city",
        f"`{part.text}` was read as {place.city}, {place.country}{also}",
        span=part.span,
        help=f"write the country beside it: `{place.city}, {place.country}`",
    )


def _cities(book: Book, lines: Sequence[Line], place: Place | None, read: Read | None) -> None:
    """Give each event the city named right after it ("FOSDEM in Brussels and …"), else the post's."""
    for event in list(book.events):
        found = next((one for line in lines for one in _city_after(line, event.name)), None)
        if found is not None:
            line, mention = found
            own, _ = settle(mention, near=[place] if place else [])
            part = Part(line, *mention.at)
            why = f"“{part.text}” beside the name"
            reads = {**event.reads, "city": Read(how="read", span=part.span, why=why)}
            book.events[event.key] = replace(event, place=own, reads=reads)
        elif place is not None and read is not None:
            book.events[event.key] = replace(event, place=place, reads={**event.reads, "city": read})


def _city_after(line: Line, name: str) -> Iterator[Found]:
    at = line.text.find(name)
    if at == -1:
        return
    end = at + len(name)
    for found in _strong(line):
        between = line.text[end : found[1].at[0]] if found[1].at[0] >= end else "-" * 99
        if len(between) < 30 and re.fullmatch(
            r"[\s\d'’()\w]{0,14}[\s,]*(?:in|at|à|en|a|em|te|,)\s*", between
        ):
            yield found


# --- the zone -------------------------------------------------------------------------------------


def _zone(root: Scope, context: Context) -> Context:
    """A note anywhere outside the sessions ("all times are in CET") holds for the post."""
    scopes = (scope for scope in root.walk() if scope.kind in ("text", "lead", "section"))
    lines = (line for scope in scopes for line in scope.lines if len(line.text) < LONGEST_NOTE)
    return noted_zone(context, lines)


# --- the event ------------------------------------------------------------------------------------


def _dated(book: Book, title: Line, lines: Sequence[Line]) -> Iterator[tuple[Line, EventName, ResolvedDays]]:
    """Names that stand with days and no clock: "X will be held January 20-22 in …"."""
    for line in (title, *lines[:25]):
        if is_deadline(line.text) or is_past(line.text):
            continue
        names = [name for name in find_event_names(line.text) if not name.weak]
        when = next((one for one in find_when(line.text) if one.days and not one.times), None)
        if when is None or when.days is None or not names:
            continue
        found = resolve_days(when.days, anchor=book.anchor, frame=book.year_frame)
        name = _name_of(line, names, when, _several(when.days))
        if name is not None and not isinstance(found, Problem):
            yield line, name, found


def _name_of(line: Line, names: Sequence[EventName], when: When, several: bool) -> EventName | None:  # noqa: FBT001
    """The last name before the days in their sentence; for several days also one sentence earlier."""
    before = [name for name in names if name.end <= when.at[0] or name.start <= when.at[0] < name.end]
    near = [name for name in before if _one_sentence(line.text[name.end : when.at[0]])]
    if near:
        return near[-1]
    return before[-1] if before and several and len({name.name for name in before}) == 1 else None


def _one_sentence(between: str) -> bool:
    return len(between) < 120 and re.search(r"[.!?]\s+[A-Z]", between) is None


def _named(title: Line, lines: Sequence[Line]) -> Iterator[tuple[Line, EventName]]:
    """Names in the title; without one, the name the introduction links to or says twice."""
    names = find_event_names(title.text, title=True)
    for name in names:
        yield title, name
    if names:
        return
    found = [
        (line, name) for line in lines[:8] for name in find_event_names(line.text) if not is_past(line.text)
    ]
    counts = Counter(name.name for _, name in found)
    for line, name in found:
        marked = any(m.start <= name.start and name.end <= m.end + 2 for m in line.marks if m.kind != "code")
        if counts[name.name] > 1 or marked:
            yield line, name
            return
    named = next(_emphasised(lines[:6]), None) or next(_in_both(title, lines[:6]), None)
    if named is not None:
        yield named


def _emphasised(lines: Sequence[Line]) -> Iterator[tuple[Line, EventName]]:
    """A bold or linked name in the sentence of the introduction that says the days or the city."""
    for line in lines:
        dated = any(when.days and not when.times for when in find_when(line.text))
        if is_past(line.text) or not (dated or any(_strong(line))):
            continue
        for mark in line.marks:
            text = line.text[mark.start : mark.end].strip(" ,.:;!")
            if mark.kind in ("strong", "link") and _namelike(text):
                yield line, EventName(mark.start, mark.end, text, weak=True)


def _namelike(text: str) -> bool:
    """A name: a few words, a capital first, no day, no room, no person, nothing to click."""
    words = text.split()
    if not 1 <= len(words) <= 6 or not text[:1].isupper() or find_when(text) or is_generic(text):
        return False
    return (
        looks_like_people(text) < 0.5
        and not is_room(text)
        and not any(True for _ in find_places(text, hint=True))
    )


def _in_both(title: Line, lines: Sequence[Line]) -> Iterator[tuple[Line, EventName]]:
    """A name of two words or more that stands in the title and in the introduction."""
    text = " ".join(line.text for line in lines)
    for found in _PROPER.finditer(title.text):
        name = found[0]
        if name in text and _namelike(name):
            yield title, EventName(*found.span(), name, weak=True)


_PROPER = re.compile(
    r"[A-ZÀ-Þ][\w'’]+(?:\s(?:(?:of|de|do|da|the|del|di|der|van)\s)?[A-ZÀ-Þ#\d][\w'’#]*){1,4}|[A-Z][a-z]+[A-Z]\w+(?:\s20\d\d)?"
)


def _add(book: Book, line: Line, name: EventName, days: ResolvedDays | None) -> None:
    part = _undated_name(Part(line, name.start, name.end))
    label = name.name if part.end == name.end else part.text
    if not part or is_deadline(part.text) or any(_alike(event.name, label) for event in book.events):
        return
    reads = {"name": Read(how="read", span=part.span, why=f"the words “{part.text}”")}
    if days is not None:
        reads["start"] = reads["end"] = Read(how="read", span=line.span(), why="the days beside the name")
    link = next((mark.href for mark in part.links if mark.href.startswith("http")), None)
    book.events.append(
        DraftEvent(
            key=len(book.events),
            name=label,
            first=days.first if days else None,
            last=days.last if days else None,
            url=link,
            online=is_online(line.text),
            span=part.span,
            stated=days is not None,
            reads=reads,
        )
    )


def _undated_name(part: Part) -> Part:
    """A name without the day that ran into it ("Meetup on November 18th")."""
    when = next((one for one in find_when(part.line.text) if part.start < one.at[0] < part.end), None)
    if when is None:
        return part
    cut = Part(part.line, part.start, when.at[0]).trimmed()
    tail = re.search(r"(?i)\s+(?:on|am|le|el|il|em|op|from|vom|the)$", cut.text)
    return cut.at(0, tail.start()).trimmed() if tail else cut


def _alike(one: str, other: str) -> bool:
    """Whether a title and a sentence name one event: one inside the other, or a rare word in common."""
    shared = {
        word for word in tokens_of(one) & tokens_of(other) if len(word) > 6 and word.endswith(("con", "conf"))
    }
    return same_event(one, other) or bool(shared)


def _main(book: Book, title: Line) -> int | None:
    """The event of the title; else the first."""
    names = find_event_names(title.text, title=True)
    for event in book.events:
        if any(_alike(event.name, name.name) for name in names):
            return event.key
    return book.events[0].key if book.events else None


_HELD = re.compile(
    r"(?i)\b(?:tak(?:es?|en|ing) place|held|hosting|host|happening|join us|invite|meet|gather|starts?|runs?|from|statt|treffen|"
    r"laden|lieu|invitons|celebra|tendrá|svolge|terrà|realiza|acontece|plaats|on|am|le|el|il|em|op)\b"
)


def _only_day(book: Book, main: int | None, root: Scope, lines: Sequence[Line]) -> DayContext | None:
    """The day that holds for every time: the event's only one, or the only one the post names."""
    event = book.events[main] if main is not None else None
    if event is not None and event.first is not None:
        if event.first != event.last:
            return None
        days = ResolvedDays(days=(event.first,), ranged=False, year_from="text")
        start = event.reads.get("start")  # front matter may name only the end
        span = start.span if start else event.span
        read = Read(how="inherited", span=span, why=f"the only day of {event.name}")
        return DayContext(days=days, read=read)
    intro = _before_programme(root, lines)
    explicit = [one for line in intro for one in _days_in(book, line, _written)]
    if len({days for days, _ in explicit}) == 1:
        return _single(*explicit[0])
    for line in intro[:4]:  # several are named: the first sentence that says when it takes place decides
        here = list(_days_in(book, line, _written))
        if here and (line is lines[0] or _HELD.search(line.text)):
            return _single(*here[0]) if len({days for days, _ in here}) == 1 else None
    spoken = [one for line in intro[:4] for one in _days_in(book, line, _spoken)] if not explicit else []
    return _single(*spoken[0]) if len({days for days, _ in spoken}) == 1 else None


def _single(days: tuple[date, ...], part: Part) -> DayContext | None:
    if len(days) != 1:
        return None
    read = Read(how="inherited", span=part.span, why=f"the only day named, “{part.text}”")
    return DayContext(days=ResolvedDays(days=days, ranged=False, year_from="text"), read=read)


def _written(when: When) -> bool:
    """A day of the month, and not the time of one session among others."""
    return when.days is not None and when.days.days[0].day is not None


def _spoken(when: When) -> bool:
    """ "this Saturday": a weekday of the post's own week."""
    return (
        when.days is not None
        and not when.days.ranged
        and when.days.days[0].relative in ("this", "next", "tomorrow")
    )


def _days_in(
    book: Book, line: Line, wanted: Callable[[When], bool]
) -> Iterator[tuple[tuple[date, ...], Part]]:
    if is_deadline(line.text) and line.text.count(".") < 2 or is_past(line.text):
        return
    for when in find_when(line.text):
        if not wanted(when) or when.days is None or is_deadline(_clause(line.text, when)):
            continue
        resolved = resolve_days(when.days, anchor=book.anchor, frame=book.year_frame)
        if not isinstance(resolved, Problem):
            yield resolved.days, Part(line, *when.at)


def _clause(text: str, when: When) -> str:
    """The sentence around a date."""
    start = max(text.rfind(". ", 0, when.at[0]), text.rfind("! ", 0, when.at[0])) + 1
    end = text.find(". ", when.at[1])
    return text[start : end if end != -1 else len(text)]


def _before_programme(root: Scope, lines: Sequence[Line]) -> list[Line]:
    """The title and the lines before the first that begins with a clock time, and before the first timetable."""
    found = [lines[0]]
    for scope in root.walk():
        if scope.kind == "table" or any(begins_with_time(line.text) for line in scope.lines):
            break
        found += scope.lines
    return found[:25] if len(found) > 1 else list(lines[:25])


def _said(book: Book, root: Scope) -> tuple[date, date] | None:
    """First and last of all days that the post writes out, where they lie close together: bare weekdays mean these."""
    found: list[date] = []
    for scope in root.walk():
        for line in scope.lines:
            if is_deadline(line.text) or is_past(line.text):
                continue
            for when in find_when(line.text):
                if (
                    when.days is not None
                    and when.days.days[0].day is not None
                    and when.days.days[-1].day is not None
                ):
                    days = resolve_days(when.days, anchor=book.anchor, frame=book.year_frame)
                    found += [] if isinstance(days, Problem) else [days.first, days.last]
    close = [day for day in found if book.anchor is None or day >= book.anchor]
    return (min(close), max(close)) if close and (max(close) - min(close)).days <= 10 else None


def _undated(book: Book, main: int, day: DayContext | None, lines: Sequence[Line]) -> None:
    """An event named without days has those that the introduction says: the only day, or the first several."""
    event = book.events[main]
    if event.first is not None:
        return
    if day is not None:
        _date(book, main, day.days.first, day.days.last, day.read)
        return
    for line in lines[:7]:
        if is_deadline(line.text) or is_past(line.text) or not _HELD.search(line.text):
            continue
        when = next((w for w in find_when(line.text) if w.days and not w.times and _several(w.days)), None)
        found = (
            resolve_days(when.days, anchor=book.anchor, frame=book.year_frame) if when and when.days else None
        )
        if when is not None and found is not None and not isinstance(found, Problem):
            part = Part(line, *when.at)
            _date(book, main, found.first, found.last, Read(how="read", span=part.span, why=f"“{part.text}”"))
            return


def _date(book: Book, key: int, first: date, last: date, read: Read) -> None:
    event = book.events[key]
    reads = {**event.reads, "start": read, "end": read}
    book.events[key] = replace(event, first=first, last=last, stated=True, reads=reads)
