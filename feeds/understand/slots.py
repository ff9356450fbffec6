"""Owns how the times of a session become slots: on which days, in which zone, within which event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from feeds.diagnostics import RULES
from feeds.understand.context import Book, Context, DayContext
from feeds.understand.draft import DraftEvent, Read
from feeds.understand.facts import Facts
from feeds.understand.moments import Moment
from feeds.understand.part import Part
from feeds.understand.places import zone_of_city
from feeds.understand.when import resolve_times
from feeds.understand.when.values import Problem, ResolvedDays, ResolvedTimes, Times

MOST_DAYS = 31
"""A time on every day of a longer range is a mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A resolved time of a session: naive local, or a range of days."""

    start: datetime | date | None
    end: datetime | date | None = None
    timezone: str | None = None
    reads: dict[str, Read] = field(default_factory=dict)
    held: str | None = None
    event: int | None = None


def slots(book: Book, facts: Facts, *, context: Context) -> list[Slot]:
    """The slots of a session: own days go before inherited ones, a day without a clock holds for all times.

    Reports: undated-session, zone-unknown, and what the grammar of dates and times finds wrong.
    """
    own = [moment for moment in facts.moments if moment.when.days and not moment.when.recurring]
    first = next((day for moment in own if (day := book.day(moment, context))), None)
    several = first is not None and len(first.days.days) > 1
    within = context._replace(day=first) if several else context  # "5 – 7 March, plus Saturday at 2.30pm"
    bare = [day for moment in own if not moment.when.times and (day := book.day(moment, within))]
    first = bare[0] if bare else first
    inherited = None if own and first is None else context.day
    broken = _broken(book, own) if own and first is None else None
    slots: list[Slot] = []
    for moment in _closed(facts.moments):
        if not moment.when.times:
            continue
        dated = moment.when.days is not None and not moment.when.recurring
        same = _same_weekday(book, own, moment, context=context) if dated else None
        known_days: list[DayContext | None] = [same or book.day(moment, within)] if dated else [*bare]
        days = known_days or [first]
        for times in moment.when.times:
            ended = _ended(times, facts)
            book.clocks.append((moment.line, times))
            for day in days:
                weekly = moment.when.recurring and inherited is book.day_of_post
                if (known := day or (None if weekly else _one_of(inherited, moment))) is not None:
                    slots += _on_days(book, moment, ended, day=known, context=context)
                else:
                    slots.append(_undated(book, Part(moment.line, *ended.at), held=broken))
    return slots


def _closed(moments: Sequence[Moment]) -> list[Moment]:
    """The moments; one that is only an end closes the one before it ("21h: buffet, jusqu'à 22h30")."""
    found: list[Moment] = []
    for moment in moments:
        ends = moment.when.days is None and [one.end for one in moment.when.times if one.start is None]
        last = found[-1].when if found else None
        if ends and len(moment.when.times) == 1 and last is not None and len(last.times) == 1:
            times = last.times[0]
            if times.start is not None and times.end is None and times.duration is None:
                found[-1] = Moment(found[-1].line, replace(last, times=(replace(times, end=ends[0]),)))
                continue
        found.append(moment)
    return found


_REACH = 240
"""No sentence about a time is longer to either side of it."""

_DAILY = re.compile(
    r"(?i)\b(?:each|every|both|all (?:two|three|four|five)? ?days?|daily|"
    r"täglich|jeden|chaque|cada|ogni|elke|dagelijks)\b"
)


def _one_of(day: DayContext | None, moment: Moment) -> DayContext | None:
    """The day a bare time inherits: among several nobody can know which, unless it is meant for each."""
    first, last = moment.when.at
    near = moment.line.text, max(0, first - _REACH), last + _REACH
    return day if day is None or len(day.days.days) == 1 or _DAILY.search(*near) else None


def whole_days(day: DayContext) -> Slot:
    """The slot of an all-day session."""
    reads = {"start": day.read, "end": day.read}
    return Slot(start=day.days.first, end=day.days.last + timedelta(days=1), reads=reads)


def _ended(times: Times, facts: Facts) -> Times:
    """A start with the end that an "End:" says."""
    if times.end is None and facts.ends:
        return replace(times, end=facts.ends[0].start)
    return times


def _same_weekday(
    book: Book, own: Sequence[Moment], moment: Moment, *, context: Context
) -> DayContext | None:
    """The day written out beside a bare weekday that is the same one ("Sat 18 May … on Saturday at 6")."""
    said = moment.when.days
    if said is None or len(said.days) != 1 or said.days[0].day is not None or said.days[0].weekday is None:
        return None
    written = (
        one for one in own[:MOST_DAYS] if one.when.days is not None and one.when.days.days[0].day is not None
    )
    days = (book.day(one, context, quiet=True) for one in written)
    single = (day for day in days if day is not None and day.days.first == day.days.last)
    return next((day for day in single if day.days.first.weekday() == said.days[0].weekday), None)


def _broken(book: Book, own: Sequence[Moment]) -> str | None:
    """The rule of the error in the days of a session, so that it has none; a missing year is no error."""
    starts = (one.line.span(*one.when.at).start for one in own)
    rules = (book.undatable[start] for start in starts if start in book.undatable)
    return next((rule for rule in rules if RULES[rule].severity == "error"), None)


def _undated(book: Book, words: Part, *, held: str | None) -> Slot:
    """A time without a day: it is listed, and not published."""
    if not book.rules & {"impossible-date", "year-missing"}:
        book.tell(
            "undated-session",
            f"the time `{words.text}` has no day, so the session is listed but not published",
            span=words.span,
            help="write the day beside the time or in a heading above it, such as `## Friday 15 March 2024`",
        )
    reads = {"start": Read(how="read", span=words.span, why="a time without a day")}
    return Slot(start=None, reads=reads, held=held)


def _on_days(
    book: Book, moment: Moment, times: Times, *, day: DayContext, context: Context
) -> Iterator[Slot]:
    for one in _every(day.days)[:MOST_DAYS]:
        yield _resolve(book, moment, times, one=one, day=day, context=context)


def _every(days: ResolvedDays) -> tuple[date, ...]:
    """The days, and those between where they are a range."""
    if not days.ranged:
        return days.days
    return tuple(days.first + timedelta(days=index) for index in range((days.last - days.first).days + 1))


def _resolve(
    book: Book, moment: Moment, times: Times, *, one: date, day: DayContext, context: Context
) -> Slot:
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
            endless = replace(times, end=None, duration=None)
            return replace(
                _resolve(book, moment, endless, one=one, day=day, context=context), held=found.rule
            )
        return Slot(start=None, reads=reads, held=found.rule, event=context.event)
    noted = times.zone is None and moment.when.zone is None
    of_note = [one for one in found.problems if noted and one.rule == "zone-mismatch"]
    book.problems(moment.line, [one for one in found.problems if one not in of_note])
    for problem in of_note:
        _tell_of_note(book, problem, context=context)
    if found.timezone is None:
        _tell_zone_unknown(book, words)
    reads["timezone"] = _zone_read(book, found, words=words, context=context)
    return Slot(start=found.start, end=found.end, timezone=found.timezone, reads=reads, event=context.event)


def _tell_of_note(book: Book, problem: Problem, *, context: Context) -> None:
    """Tell once, where the note stands, what is wrong with the zone that it gives to every time."""
    if context.zone_read is None:
        return
    span = context.zone_read.span
    line = book.source.position(span.start).line
    if not any(one.rule == problem.rule and one.line == line for one in book.findings):
        book.tell(problem.rule, problem.message, span=span, help=problem.help)


def _tell_zone_unknown(book: Book, words: Part) -> None:
    book.tell(
        "zone-unknown",
        f"nothing says in which time zone `{words.text}` is, so the session is listed but not published",
        span=words.span,
        help="name the city in the event's heading, write the zone beside the time (`14:40 UTC`), or put "
        "`timezone: Europe/Madrid` into the front matter",
    )


def _event_of(book: Book, day: date, context: Context) -> Context:
    """Where no heading says which event it is, the one whose days hold the session's."""
    event = book.event(context)
    if context.declared or (event is not None and _holds(event, day) is not False):
        return context
    if event is None and context.place is not None:
        return context
    others = [other for other in book.events if _holds(other, day)]
    if len(others) != 1:
        return context
    place = others[0].place
    return context._replace(event=others[0].key, place=place, place_read=others[0].reads.get("city"))


def _holds(event: DraftEvent, day: date) -> bool | None:
    return event.first <= day <= (event.last or event.first) if event.first is not None else None


def city_zone(book: Book, context: Context) -> str | None:
    """The zone of the city the scope is in."""
    event = book.event(context)
    if event is not None and event.timezone is not None and context.place == event.place:
        return event.timezone
    if context.place is not None:
        return context.place.timezone
    return event.place.timezone if event is not None and event.place else None


def _zone_read(book: Book, found: ResolvedTimes, *, words: Part, context: Context) -> Read:
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
