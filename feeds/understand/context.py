"""Owns what a place in a post inherits (event, day, slot, zone, room, track) and the book of what was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from feeds.diagnostics import Diagnostic, report
from feeds.model import Place
from feeds.post import Line
from feeds.source import Source, Span
from feeds.understand.draft import DraftEvent, DraftSession, Read
from feeds.understand.facts import Facts, Moment
from feeds.understand.outline import Scope
from feeds.understand.part import Part
from feeds.understand.places import find_places, settle, zone_of_city
from feeds.understand.when import find_when, resolve_days, resolve_times
from feeds.understand.when.values import Days, Problem, ResolvedDays, ResolvedTimes, Times, Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class DayContext:
    """Days that hold for a scope and the words they were read from."""

    days: ResolvedDays
    read: Read


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a scope inherits; headings push it, the end of their section pops it."""

    event: int | None = None
    declared: bool = False
    day: DayContext | None = None
    slot: tuple[Moment, Times] | None = None
    zone: Zone | None = None
    zone_read: Read | None = None
    place: Place | None = None
    place_read: Read | None = None
    room: Part | None = None
    track: tuple[str, str | None, Part] | None = None
    title: Part | None = None
    format: str | None = None
    meridiems: tuple[Literal["am", "pm"], ...] = ()

    def within(self, **changes: object) -> Context:
        """The context of a scope inside this one."""
        return replace(self, **changes)  # type: ignore[arg-type]  # the names are this class's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A resolved time of a session: naive local, or a range of days."""

    start: datetime | date | None
    end: datetime | date | None = None
    timezone: str | None = None
    reads: dict[str, Read] = field(default_factory=dict)
    held: str | None = None
    event: int | None = None


@dataclass(slots=True, kw_only=True)
class Book:
    """What has been read so far from one post."""

    source: Source
    anchor: date | None = None
    year_frame: tuple[date, date] | None = None
    default_zone: str | None = None
    organisations: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    rooms: frozenset[str] = frozenset()
    said: tuple[date, date] | None = None
    events: list[DraftEvent] = field(default_factory=list)
    sessions: list[DraftSession] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    clocks: list[tuple[Line, Times]] = field(default_factory=list)
    previous: date | None = None
    numbered: dict[int, DayContext] = field(default_factory=dict)

    def tell(self, rule: str, message: str, *, span: Span, help: str | None = None) -> None:  # noqa: A002
        """Note a finding, once."""
        found = report(rule, message, source=self.source, span=span, help=help)
        if found not in self.findings:
            self.findings.append(found)

    def problems(self, line: Line, problems: Sequence[Problem]) -> None:
        """Note what the date and time grammar found wrong in a line."""
        for problem in problems:
            self.tell(problem.rule, problem.message, span=line.span(*problem.at), help=problem.help)

    def event(self, context: Context) -> DraftEvent | None:
        """The event a scope stands in."""
        return self.events[context.event] if context.event is not None else None

    def frame(self, context: Context) -> tuple[date, date] | None:
        """The days inside which a weekday or a day without a year is looked for."""
        event = self.event(context)
        if event is not None and event.first is not None:
            return event.first, event.last or event.first
        if context.day is not None and len(context.day.days.days) > 1:
            return context.day.days.first, context.day.days.last
        return self.said or self.year_frame

    def day(self, moment: Moment, context: Context) -> DayContext | None:
        """The days a moment says, or None where they cannot be known (which is told)."""
        if moment.when.days is None:
            return None
        if context.day is not None and _is_weekday_of(moment.when.days, context.day):
            return context.day
        previous = context.day.days.last if context.day else self.previous
        found = resolve_days(
            moment.when.days, anchor=self.anchor, frame=self.frame(context), previous=previous
        )
        if isinstance(found, Problem):
            self.problems(moment.line, [found])
            return None
        self.problems(moment.line, found.problems)
        self.previous = found.last
        words = Part(moment.line, *moment.when.days.at)
        why = f"read from “{words.text}”" + _year_words(found.year_from)
        return DayContext(days=found, read=Read(how="read", span=words.span, why=why))


def _is_weekday_of(days: Days, day: DayContext) -> bool:
    """Whether a bare weekday only repeats the day that holds anyway ("Wed 4:25pm" under Wednesday's heading)."""
    one = days.days[0]
    bare = len(days.days) == 1 and one.day is None and one.relative is None and one.weekday is not None
    return bare and len(day.days.days) == 1 and day.days.first.weekday() == one.weekday


_NUMBERED = re.compile(r"(?i)\b(?:day|tag|jour|día|dia|giorno|dag)\s{0,3}#?(\d{1,2})\b")


def numbered_day(book: Book, scope: Scope, *, context: Context) -> DayContext | None:
    """The day that "Day 2" means: as a line of the post says it, else counted from the event's first."""
    found = next((m for line in scope.lines for m in [_NUMBERED.search(line.text)] if m), None)
    if found is None:
        return None
    number = int(found[1])
    event = book.event(context)
    if number in book.numbered:
        return book.numbered[number]
    if event is None or event.first is None or not 1 <= number <= 14:
        return None
    day = event.first + timedelta(days=number - 1)
    if event.last is not None and day > event.last:
        return None
    read = Read(how="inherited", span=scope.lines[0].span(*found.span()), why=f"day {number} of {event.name}")
    return DayContext(days=ResolvedDays(days=(day,), ranged=False, year_from="text"), read=read)


def note_numbered_days(book: Book, scopes: Iterable[Scope]) -> None:
    """Remember lines that say which date a numbered day is ("DAY 1 - Saturday, Feb 22")."""
    for scope in scopes:
        for line in scope.lines:
            found = _NUMBERED.search(line.text)
            when = next((w for w in find_when(line.text) if w.days), None) if found else None
            if found and when and (day := book.day(Moment(line, when), Context())):
                book.numbered.setdefault(int(found[1]), day)


def _year_words(origin: str) -> str:
    match origin:
        case "anchor":
            return "; the year is the one nearest to the post's date"
        case "weekday":
            return "; the year is the nearest in which the weekday holds"
        case "frame":
            return "; the year is the event's"
        case _:
            return ""


def located(facts: Facts, context: Context) -> Context:
    """The context with the city that a "Where:" names, and with the zone that stands beside a day."""
    zone = facts.zone
    if zone is not None:
        context = context.within(zone=zone)
    for part in (*facts.labelled.get("city", []), *facts.labelled.get("where", [])):
        for mention in find_places(part.text, hint=True):
            near = [context.place] if context.place else []
            place, _ = settle(mention, near=near)
            if (
                context.place is None
                or place.timezone != context.place.timezone
                and mention.confidence == "strong"
            ):
                why = f"“{part.text}” says where"
                return context.within(place=place, place_read=Read(how="read", span=part.span, why=why))
    return context


def slots(book: Book, facts: Facts, *, context: Context) -> list[Slot]:
    """The resolved slots of a session's facts, own days before inherited ones."""
    own = [moment for moment in facts.moments if moment.when.days and not moment.when.recurring]
    bare = [day for moment in own if not moment.when.times and (day := book.day(moment, context))]
    first = bare[0] if bare else next((found for moment in own if (found := book.day(moment, context))), None)
    inherited = None if own and first is None else context.day
    found: list[Slot] = []
    for moment in facts.moments:
        if not moment.when.times:
            continue
        dated = moment.when.days is not None and not moment.when.recurring
        days = [book.day(moment, context)] if dated else (bare or [first])
        for times in moment.when.times:
            for day in days:
                found += _timed(book, moment, times, day or inherited, facts, context)
    return found


def _timed(book: Book, moment: Moment, times: Times, day: DayContext | None, facts: Facts,
           context: Context) -> list[Slot]:  # fmt: skip
    book.clocks.append((moment.line, times))
    if facts.ends and times.end is None and facts.ends[0].start is not None:
        times = replace(times, end=facts.ends[0].start)
    words = Part(moment.line, *times.at)
    if day is None:
        if not any(finding.rule in ("impossible-date", "year-missing") for finding in book.findings):
            book.tell(
                "undated-session",
                f"the time `{words.text}` has no day, so the session is listed but not published",
                span=words.span,
                help="write the day beside the time or in a heading above it, such as `## Friday 15 March 2024`",
            )
        return [
            Slot(start=None, reads={"start": Read(how="read", span=words.span, why="a time without a day")})
        ]
    days = day.days.days if day.days.ranged is False else _every(day.days)
    return [slot for one in days[:31] for slot in [_resolve(book, moment, times, one, day, context)] if slot]


def _every(days: ResolvedDays) -> tuple[date, ...]:
    count = (days.last - days.first).days + 1
    return tuple(days.first + timedelta(days=index) for index in range(count))


def _resolve(
    book: Book, moment: Moment, times: Times, one: date, day: DayContext, context: Context
) -> Slot | None:
    context = _event_of(book, one, context)
    found = resolve_times(
        times,
        day=one,
        city_zone=city_zone(book, context),
        note_zone=moment.when.zone or context.zone,
        default_zone=book.default_zone,
        neighbours=context.meridiems,
        zone_of_city=zone_of_city,
    )
    words = Part(moment.line, *times.at)
    reads = {"day": day.read, "start": Read(how="read", span=words.span, why=f"read from “{words.text}”")}
    if isinstance(found, Problem):
        book.problems(moment.line, [found])
        if found.rule == "end-before-start":
            kept = _resolve(book, moment, replace(times, end=None, duration=None), one, day, context)
            return replace(kept, held=found.rule) if kept else None
        return Slot(start=None, reads=reads, held=found.rule, event=context.event)
    book.problems(moment.line, found.problems)
    reads["timezone"] = _zone_read(book, found, words, context)
    if found.timezone is None:
        book.tell(
            "zone-unknown",
            f"nothing says in which time zone `{words.text}` is, so the session is listed but not published",
            span=words.span,
            help="name the city in the event's heading, write the zone beside the time (`14:40 CET`), or put "
            "`timezone: Europe/Madrid` into the front matter",
        )
    return Slot(start=found.start, end=found.end, timezone=found.timezone, reads=reads, event=context.event)


def _event_of(book: Book, day: date, context: Context) -> Context:
    """Where no heading says which event it is, the one whose days hold the session's."""
    event = book.event(context)
    if context.declared or event is None or _holds(event, day) is not False:
        return context
    others = [other for other in book.events if _holds(other, day)]
    if len(others) != 1:
        return context
    place = others[0].place
    return context.within(event=others[0].key, place=place, place_read=others[0].reads.get("city"))


def _holds(event: DraftEvent, day: date) -> bool | None:
    return event.first <= day <= (event.last or event.first) if event.first is not None else None


def city_zone(book: Book, context: Context) -> str | None:
    """The zone of the city the scope is in."""
    if context.place is not None:
        return context.place.timezone
    event = book.event(context)
    if event is None:
        return None
    return event.place.timezone if event.place else event.timezone


def _zone_read(book: Book, found: ResolvedTimes, words: Part, context: Context) -> Read:
    event = book.event(context)
    match found.zone_from:
        case "text":
            return Read(
                how="read", span=words.span, why=f"the zone is written beside the time, “{words.text}”"
            )
        case "city":
            place = context.place or (event.place if event else None)
            city = place.city if place else "the city"
            read = context.place_read or (event.reads.get("city") if event else None)
            return Read(how="inherited", span=read.span if read else words.span, why=f"the zone of {city}")
        case "note":
            span = context.zone_read.span if context.zone_read else words.span
            return Read(how="inherited", span=span, why="a note says in which zone the times are")
        case "default":
            return Read(how="defaulted", span=words.span, why="the site's default zone (setting `timezone`)")
        case _:
            return Read(how="defaulted", span=words.span, why="no zone and no city stand in the post")
