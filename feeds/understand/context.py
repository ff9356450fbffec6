"""Owns what a place in a post inherits (event, day, slot, zone, track) and the book of what was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from feeds.diagnostics import Diagnostic, Severity, report
from feeds.model import Place
from feeds.post import Line
from feeds.source import Source, Span
from feeds.understand.coming import is_coming
from feeds.understand.draft import DraftEvent, DraftSession, Read
from feeds.understand.facts import Facts
from feeds.understand.moments import Moment
from feeds.understand.part import Part
from feeds.understand.phrases import is_deadline, is_generic_heading
from feeds.understand.places import PlaceMention, find_places, settle, town_named
from feeds.understand.rooms import is_room
from feeds.understand.usual import Usual
from feeds.understand.when import find_zone_note, resolve_days
from feeds.understand.when.values import Clock, Days, Meridiem, Problem, ResolvedDays, Times, When, Zone

Meridiems = tuple[Meridiem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayContext:
    """Days that hold for a scope and the words they were read from."""

    days: ResolvedDays
    read: Read


class Context(NamedTuple):
    """What a scope inherits; headings push it, the end of their section pops it.

    `spoken` is the day that running text spoke of last, `introduced` the one it said without a time right
    before what follows. `usual` are the hours said once for all. `headed` is whether `title` is that of a
    section, not of the post. `behind` is whether a heading before, not above, declares the event. `off` is
    whether the event around it is struck out.
    """

    event: int | None = None
    declared: bool = False
    behind: bool = False
    day: DayContext | None = None
    spoken: DayContext | None = None
    introduced: DayContext | None = None
    slot: Moment | None = None
    usual: Usual | None = None
    zone: Zone | None = None
    zone_read: Read | None = None
    place: Place | None = None
    place_read: Read | None = None
    room: Part | None = None
    who: Part | None = None
    track: tuple[str, str | None, Part] | None = None
    title: Part | None = None
    headed: bool = False
    format: str | None = None
    meridiems: Meridiems = ()
    off: bool = False


_OF_TIMES = frozenset({"undated-session", "zone-unknown", "ambiguous-meridiem", "time-style"})
"""The rules on a time that says nothing wrong but for whom it is meant."""


@dataclass(slots=True, kw_only=True)
class Book:
    """What has been read so far from one post.

    `told_of` are the days of a look back, `weekdays` those said without a day of the month;
    `rooms` are short phrases that recur where rooms stand; `speakers_first` is whether names stand before
    titles; `said` are the first and the last day written
    out anywhere; `clocks` are the times as written; `numbered` are the days that "Day 2" means;
    `day_of_post` is the only day the introduction names; `listed` are the keys of events by the offset of
    the line that lists them; `towns` are the towns of entries that say their own, by the offset of their
    line;
    `previous` is the last day that was read, `written` the last written out, with its offset;
    `above` is the one before each offset at which a day stands;
    `undatable` are the rules that days broke, by the offset at which they stand;
    `past` is what running text tells of days before the post; `errors` are the rules of all that was told
    as an error, again and again; `lost` is whether an event or a session could not be read as one at all.
    """

    source: Source
    anchor: date | None = None
    year_frame: tuple[date, date] | None = None
    default_zone: str | None = None
    organisations: tuple[str, ...] = ()
    website: str | None = None
    known: tuple[str, ...] = ()
    rooms: frozenset[str] = frozenset()
    speakers_first: bool = False
    said: tuple[date, date] | None = None
    told_of: tuple[date, date] | None = None
    weekdays: frozenset[int] = frozenset()
    events: list[DraftEvent] = field(default_factory=list)
    sessions: list[DraftSession] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    told: set[Diagnostic] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    clocks: list[tuple[Line, Times]] = field(default_factory=list)
    previous: date | None = None
    above: dict[int, date | None] = field(default_factory=dict)
    written: tuple[int, tuple[date, ...]] | None = None
    undatable: dict[int, str] = field(default_factory=dict)
    numbered: dict[int, DayContext] = field(default_factory=dict)
    listed: dict[int, int] = field(default_factory=dict)
    towns: dict[int, tuple[Place, Part]] = field(default_factory=dict)
    day_of_post: DayContext | None = None
    past: list[DraftSession] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lost: bool = False

    def tell(self, rule: str, message: str, *, span: Span, help: str | None = None) -> None:
        """Note a finding, once."""
        found = report(rule, message, source=self.source, span=span, help=help)
        if found.severity is Severity.ERROR:
            self.errors.append(rule)
        if found not in self.told:
            self.told.add(found)
            self.rules.add(rule)
            self.findings.append(found)

    def problems(self, line: Line, problems: Sequence[Problem]) -> None:
        """Note what the date and time grammar found wrong in a line."""
        for problem in problems:
            self.tell(problem.rule, problem.message, span=line.span(*problem.at), help=problem.help)

    def forget(self, sessions: Iterable[DraftSession]) -> None:
        """Take back what was told of the times of sessions that turned out to be none."""
        spans = (one.reads["start"].span for one in sessions if "start" in one.reads)
        lines = {self.source.position(span.start).line for span in spans}
        self.findings[:] = [
            one for one in self.findings if one.rule not in _OF_TIMES or one.line not in lines
        ]
        self.clocks[:] = [
            (line, times)
            for line, times in self.clocks
            if self.source.position(line.span(*times.at).start).line not in lines
        ]

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
        return self.said or self.told_of or self.year_frame

    def _beside(self, moment: Moment, at: int, context: Context) -> tuple[date, date] | None:
        """The week that begins with a day written out right before a bare weekday, or that day itself.

        "On Saturday, 27 November, from 10 to 18 and on Sunday from 12": the Sunday behind that Saturday.
        """
        days = moment.when.days
        if days is None or len(days.days) > 1 or not _is_bare(days) or self.written is None:
            return None
        offset, written = self.written
        if not 0 < at - offset < _CLOSE or (self.anchor is not None and written[0] < self.anchor):
            return None
        if "\n#" in self.source.text[offset:at]:
            return None
        event = self.event(context)
        said = event.reads.get("start") if event is not None else None
        since = said is not None and offset < said.span.start < at  # the event's own days were said since
        if event is not None and (since or event.first is None or _within(event, written[0])):
            return None
        if self.said is not None and _of_one_event(self.said, written[0]) and _has_weekday(self.said, days):
            return None  # "7 and 8 October … Friday 8 October … On Thursday"
        same = next((one for one in written if one.weekday() == days.days[0].weekday), None)
        return (same, same) if same is not None else (written[-1], written[-1] + _WEEK)

    def _binds(self, frame: tuple[date, date], moment: Moment) -> bool:
        """Whether other days of the post are those of a moment's weekday.

        It has to be among them; where a post of these days speaks of other weekdays as well, a single day
        binds none.
        """
        days = moment.when.days
        if days is None or not _is_bare(days):
            return True
        soon = self.anchor is not None and frame[0] - self.anchor <= _SOON
        if soon and frame[0] == frame[1] and not self.weekdays <= {frame[0].weekday()}:
            return False
        return _has_weekday(frame, days)

    def day(self, moment: Moment, context: Context, *, quiet: bool = False) -> DayContext | None:
        """The days a moment says, or None where they cannot be known (which is told, unless `quiet`)."""
        if moment.when.days is None:
            return None
        if context.day is not None and _is_weekday_of(moment.when.days, context.day):
            return context.day
        previous = context.day.days.last if context.day else self.previous
        at = moment.line.span(*moment.when.at).start
        if at not in self.above:
            self.above[at] = self.previous
        above = self.above[at]
        frame = self._beside(moment, at, context) or self.frame(context)
        of_post = frame is not None and (frame is self.said or frame is self.told_of)
        coming = frame is self.told_of and is_coming(moment)
        if frame is not None and of_post and (coming or not self._binds(frame, moment)):
            frame = self.year_frame
        if frame is not None and frame is self.year_frame and _is_bare(moment.when.days):
            frame = None  # a year has 52 Wednesdays
        found = resolve_days(
            moment.when.days, anchor=self.anchor, frame=frame, previous=previous, above=above
        )
        if isinstance(found, Problem):
            self.problems(moment.line, [] if quiet else [found])
            self.undatable[at] = found.rule
            return None
        if not quiet:
            self.problems(moment.line, found.problems)
            self.previous = found.last
        if moment.when.days.days[0].month is not None and not is_deadline(_around(moment)):
            self.written = at, found.days
        words = Part(moment.line, *moment.when.days.at)
        why = f"read from “{words.text}”" + _year_words(found.year_from)
        return DayContext(days=found, read=Read(how="read", span=words.span, why=why))


_SOON = timedelta(days=9)


def _within(event: DraftEvent, day: date) -> bool:
    """Whether a day is one of an event, or right before or behind it."""
    first, one = event.first or day, timedelta(days=1)
    return first - one <= day <= (event.last or first) + one


def _of_one_event(said: tuple[date, date], day: date) -> bool:
    """Whether all days that a post writes out are a few in a row, the day among them."""
    return said[0] < said[1] <= said[0] + _WEEK and said[0] <= day <= said[1]


def _around(moment: Moment) -> str:
    first, last = moment.when.at
    return moment.line.text[max(0, first - _NEAR) : last + _NEAR]


_NEAR = 120
_WEEK = timedelta(days=6)
_CLOSE = 250
"""Letters from a day written out to a weekday that is counted from it."""


def _is_bare(days: Days) -> bool:
    """Whether only a weekday is said."""
    one = days.days[0]
    return one.day is None and one.relative is None and one.weekday is not None


def _has_weekday(frame: tuple[date, date], days: Days) -> bool:
    """Whether a bare weekday lies between two days."""
    weekday = days.days[0].weekday or 0
    return frame[0] + timedelta(days=(weekday - frame[0].weekday()) % 7) <= frame[1]


def _is_weekday_of(days: Days, day: DayContext) -> bool:
    """Whether a bare weekday only repeats the day that holds anyway ("Wed 4:25pm" under a Wednesday)."""
    one = days.days[0]
    bare = len(days.days) == 1 and one.day is None and one.relative is None and one.weekday is not None
    return bare and len(day.days.days) == 1 and day.days.first.weekday() == one.weekday


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


def noted_zone(context: Context, lines: Iterable[Line]) -> Context:
    """The context with the zone that a note gives to every time ("all times in CET", "Time (PST)")."""
    for line in lines:
        if zone := find_zone_note(line.text):
            why = "a note says in which zone the times are"
            read = Read(how="inherited", span=line.span(*zone.at), why=why)
            return context._replace(zone=zone, zone_read=read)
    return context


def elsewhere(context: Context, heading: Line) -> Context:
    """The context of a section, which is not where "the meetings" are held if it is about something else."""
    usual = context.usual
    there = usual is not None and usual.some and context.room is not None and context.room is usual.room
    return context._replace(room=None) if there and not is_generic_heading(heading.text) else context


def located(context: Context, facts: Facts) -> Context:
    """The context with the city that a "Where:" names, and with the zone that stands beside a day."""
    context = context._replace(zone=facts.zone or context.zone)
    for part in (*facts.labelled.get("city", []), *facts.labelled.get("where", [])):
        last = part.text.rfind(",") + 1
        first = part.text.partition(",")[0]
        mentions = find_places(part.text)
        if last and not mentions and (town := town_named(first)) is not None:
            mentions = (town,)  # "Where: Graz, Old Mill, hall 2"
        bracketed = _BRACKETED.search(part.text)
        ends = find_places(bracketed[1], hint=True) if bracketed else ()
        behind = find_places(part.text[last:], hint=True) if last else ()
        if context.place is not None:  # "Tram car park, Parque Goya" is in no other town
            words = part.text[last:].strip(" .")
            behind = tuple(one for one in behind if one.text == words or one.country or one.region)
        anywhere = find_places(part.text, hint=True) if context.place is None else ()
        for mention in (*ends, *mentions, *behind, *anywhere):
            if is_room(mention.text):
                continue  # "Booth 3001"
            place, guessed = settle(mention, near=[context.place] if context.place else [])
            read = Read(how="read", span=part.span, why=f"“{part.text}” says where")
            if context.place is None:
                return context._replace(place=place, place_read=read)
            if mention.confidence != "strong" or (guessed and _abroad(mention, place, context.place)):
                continue
            if place.timezone == context.place.timezone:
                return context
            return context._replace(place=place, place_read=read)
    return context


def _abroad(mention: PlaceMention, place: Place, here: Place) -> bool:
    """Whether a bare name, of which there are several, is a town in another country: then it is a quarter.

    "Windsor Bowls Club, Union St, Windsor" at a conference in Melbourne.
    """
    return mention.country is None and mention.region is None and place.country != here.country


_BRACKETED = re.compile(r"\(([^()]{2,40})\)$")
"""What stands behind a quarter of a city ("41 Stewart St, Richmond (Melbourne)")."""


def meridiems_of(whens: Sequence[When]) -> Meridiems:
    """The meridiems written in a list of times, so that its bare hours can agree with them.

    Where each has a day of its own, "3:50pm" on one says nothing of "9:50" on another.
    """
    slots = [times for when in whens for times in when.times]
    dated = all(when.days is not None for when in whens)
    clocks = [clock for times in slots for clock in (times.start, times.end) if clock]
    if _passes_noon(slots):
        return ()
    marked = {clock.meridiem for clock in clocks if clock.meridiem}
    if not marked and any(clock.hour > _NOON or clock.hour == 0 for clock in clocks):
        return ("am",)  # "21:00" counts to 24, and so does "7:00" beside it
    if dated and marked == {"pm"} and any(one.meridiem and one.hour % _NOON < _LATE for one in clocks):
        return ()
    return tuple(sorted(marked)) if marked else _evening(clocks)


_LATE = 5
"""The hour of the afternoon from which on a list is an evening's."""
_NOON = 12
_MORNING = range(8, 12)


def _passes_noon(slots: Iterable[Times]) -> bool:
    """Whether bare hours of the morning stand before lower ones, and none of the afternoon before them."""
    morning = False
    for times in slots:
        marked = times.start is None or "pm" in (times.start.meridiem, times.end and times.end.meridiem)
        if times.start is not None and times.start.meridiem != "am":
            if morning and (times.start.hour < _MORNING[0] or times.start.hour == _NOON):
                return True
            morning = morning or (times.start.hour in _MORNING and not marked)
        if marked:
            return False
    return False


def _evening(clocks: Sequence[Clock]) -> Meridiems:
    """Bare hours that rise from one to seven on are an evening's ("6:30 doors, 7:00 talk, 8:30 pub")."""
    hours = [clock.hour for clock in clocks if not clock.padded and clock.style in ("colon", "dot", "bare")]
    rising = len(hours) == len(clocks) > 2 and hours == sorted(hours) and hours[-1] < 12
    return ("pm",) if rising and 1 <= hours[0] <= 7 else ()
