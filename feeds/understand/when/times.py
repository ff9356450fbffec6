"""Owns the step from a slot as written to instants: meridiems, ends, durations, the hours that are not.

How an hour without am or pm is read (the first rule that applies):
1. A leading zero, an hour above 12 or 0, "h", "Uhr" and 24-hour marks on the other side: as it stands.
2. One side of a range is marked: the other side so that the slot is as short as can be.
3. From 8 to 12 in the morning or at noon; from 1 to 7 in the afternoon or evening, with `ambiguous-meridiem`,
   since only custom says so. Between 5 and 11 the marked times beside it decide where they all agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from feeds.understand.when.values import Clock, Meridiem, Problem, ResolvedTimes, Slice, Times, Zone
from feeds.understand.when.zone_choice import ZoneOfCity, choose_zone
from feeds.understand.when.zones import zone_info

_DAY = 24 * 60
_NOON = 12 * 60
_EVENING, _MORNING = 16 * 60, 8 * 60
_LONGEST_DAY = 10 * 60
_LONGEST_NIGHT = 12 * 60


@dataclass(frozen=True, slots=True)
class _Solved:
    """Minutes since midnight of the day; `end` may lie beyond it."""

    start: int
    end: int | None
    problems: tuple[Problem, ...] = ()


def resolve_times(
    times: Times,
    *,
    day: date,
    city_zone: str | None,
    note_zone: Zone | None,
    default_zone: str | None,
    neighbours: Sequence[Meridiem] = (),
    zone_of_city: ZoneOfCity | None = None,
) -> ResolvedTimes | Problem:
    """The slot on a day; a Problem where the start cannot be known or the slot cannot be.

    `neighbours` are the meridiems written at the other times of the same list. Without any zone the result
    has `timezone` None and no problem of its own.

    Reports: impossible-time, end-before-start, ambiguous-meridiem, undated-session, time-style,
    zone-mismatch, zone-conflict, zone-unknown, time-in-gap, ambiguous-time.
    """
    solved = _solve(times, neighbours)
    if isinstance(solved, Problem):
        return solved
    midnight = datetime.combine(day, time())
    start = midnight + timedelta(minutes=solved.start)
    choice = choose_zone(
        start,
        written=times.zone,
        note=note_zone,
        city_zone=city_zone,
        default_zone=default_zone,
        zone_of_city=zone_of_city,
    )
    start += timedelta(minutes=choice.shift)
    end = midnight + timedelta(minutes=solved.end + choice.shift) if solved.end is not None else None
    if end is None and times.duration:
        end = _later(start, times.duration, choice.name)
    problems = [*solved.problems, *([choice.problem] if choice.problem else [])]
    if choice.name is not None:
        notes: list[Problem] = []
        clash = _calendar_problem(times, start, end, choice.name, notes)
        problems += [] if choice.exact else notes
        if clash is not None:
            return clash
        problems += _conflicts(times, start, choice.name, zone_of_city)
    return ResolvedTimes(
        start=start, end=end, timezone=choice.name, zone_from=choice.origin, problems=tuple(problems)
    )


# -- the clock -------------------------------------------------------------------------------------------
def _solve(times: Times, neighbours: Sequence[Meridiem]) -> _Solved | Problem:
    if times.start is None:
        return _no_start(times)
    for clock in (times.start, times.end):
        if clock is not None and (
            clock.hour > 24 or clock.minute > 59 or (clock.hour == 24 and clock.minute)
        ):
            return _impossible(clock)
    if times.end is None:
        return _alone(times.start, neighbours)
    style = _style_note(times.start, times.end)
    solved = _range(times, times.start, times.end, neighbours)
    if isinstance(solved, Problem) or style is None:
        return solved
    return _Solved(solved.start, solved.end, (*solved.problems, style))


def _readings(clock: Clock) -> tuple[int, ...]:
    """Every minute of the day that the clock can mean."""
    hour, minute = clock.hour, clock.minute
    if clock.meridiem is not None and 1 <= hour <= 12:
        return (hour % 12 * 60 + minute + (_NOON if clock.meridiem == "pm" else 0),)
    if clock.meridiem is not None or not _open(clock):
        return (hour * 60 + minute,)
    return (hour % 12 * 60 + minute, hour % 12 * 60 + minute + _NOON)


def _open(clock: Clock) -> bool:
    """Whether the hour can be one of the morning or of the evening."""
    return (
        clock.meridiem is None
        and not clock.padded
        and 1 <= clock.hour <= 12
        and clock.style not in ("h", "word")
    )


def _alone(clock: Clock, neighbours: Sequence[Meridiem]) -> _Solved | Problem:
    if not _open(clock):
        return _Solved(_readings(clock)[0], None)
    minutes, guessed = _by_custom(clock, neighbours)
    return _Solved(minutes, None, (_ambiguous(clock, minutes),) if guessed else ())


def _by_custom(clock: Clock, neighbours: Sequence[Meridiem]) -> tuple[int, bool]:
    """Rule 3 of the module: the minute, and whether only custom decided."""
    morning, evening = _readings(clock)
    agreed = neighbours[0] if neighbours and len(set(neighbours)) == 1 else None
    if clock.hour == 12:
        return evening, False
    if 5 <= clock.hour <= 7 and agreed is not None:
        return (morning if agreed == "am" else evening), False
    if 8 <= clock.hour <= 11:
        return (evening, True) if agreed == "pm" and clock.hour <= 10 else (morning, False)
    return evening, True


def _range(times: Times, first: Clock, last: Clock, neighbours: Sequence[Meridiem]) -> _Solved | Problem:
    if _noon_hour(first, last):
        start, _ = _by_custom(first, ()) if _open(first) else (_readings(first)[0], False)
        end = _NOON + last.minute
        if start < end:
            return _Solved(start, end, (_noon_note(last),))
    if _open(first) and _open(last):
        return _unmarked(times, first, last, neighbours=neighbours)
    starts, ends = _within(first, last), _within(last, first)
    pairs = [(a, b) for a in starts for end in ends if (b := _after(a, end)) is not None]
    if not pairs:
        return _backwards(times, first, last)
    start, end = min(pairs, key=lambda pair: (pair[1] - pair[0], pair[0]))
    return _Solved(start, end)


def _within(clock: Clock, other: Clock) -> tuple[int, ...]:
    """What a clock can mean beside another: "9:00 - 21:30" counts to 24, so its nine is the morning's."""
    if _open(clock) and other.meridiem is None and not _open(other):
        return (clock.hour * 60 + clock.minute,)
    return _readings(clock)


def _after(start: int, end: int) -> int | None:
    """The end on its day, or the next for a late evening; None where it is before the start."""
    if end > start:
        return end
    if end == 0 or (start >= _EVENING and end <= _MORNING and end + _DAY - start <= _LONGEST_NIGHT):
        return end + _DAY
    return None


def _unmarked(
    times: Times, first: Clock, last: Clock, *, neighbours: Sequence[Meridiem]
) -> _Solved | Problem:
    """Two bare times: a working day is as long as "9 - 6"; what would be longer was written backwards."""
    if _readings(last) == _readings(first):
        return _backwards(times, first, last)
    start, guessed = _by_custom(first, neighbours)
    if guessed and first.hour > last.hour % 12 and 8 <= first.hour < 12 and start >= _NOON:
        start, guessed = start - _NOON, False  # "9.30 to 12.30" goes over noon, not over midnight
    ends = [end for end in _readings(last) if end > start] or [_readings(last)[0] + _DAY]
    if min(ends) - start > _LONGEST_DAY and _readings(last)[0] < _readings(first)[0]:
        return _backwards(times, first, last)
    return _Solved(start, min(ends), (_ambiguous(first, start, until=min(ends)),) if guessed else ())


def _noon_hour(first: Clock, last: Clock) -> bool:
    """ "11:00 - 12:30 am": whoever writes it means the half hour after noon, not after midnight."""
    morning = first.meridiem in (None, "am") and 6 <= first.hour <= 11
    return morning and last.meridiem == "am" and last.hour == 12


def _style_note(first: Clock, last: Clock) -> Problem | None:
    if {first.style, last.style} != {"colon", "dot"}:
        return None
    clock = first if first.style == "dot" else last
    right = _written(clock)
    message = f"`{right.replace(':', '.')}` has a dot and the time beside it a colon"
    return Problem(rule="time-style", at=clock.at, message=message, help=f"write `{right}`")


# -- problems of the clock -------------------------------------------------------------------------------
def _written(clock: Clock) -> str:
    return f"{clock.hour}:{clock.minute:02d}" + (f" {clock.meridiem}" if clock.meridiem else "")


def _face(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _no_start(times: Times) -> Problem:
    clock = times.end
    message = f"only an end is written, `{_written(clock)}`" if clock else "no time is written"
    return Problem(rule="undated-session", at=times.at, message=message, help="write when it starts")


def _impossible(clock: Clock) -> Problem:
    message = f"there is no time `{_written(clock)}`"
    return Problem(
        rule="impossible-time", at=clock.at, message=message, help="write a time from `00:00` to `23:59`"
    )


def _ambiguous(clock: Clock, minutes: int, *, until: int | None = None) -> Problem:
    message = f"`{_written(clock)}` can be morning or evening; read as `{_face(minutes)}`"
    other = minutes - _NOON if minutes >= _NOON else minutes + _NOON
    end = f" - {_face(until)}" if until is not None else ""
    help_text = f"write `{_face(minutes)}{end}`, or `{_face(other)}` if that is meant"
    return Problem(rule="ambiguous-meridiem", at=clock.at, message=message, help=help_text)


def _noon_note(clock: Clock) -> Problem:
    right = f"12:{clock.minute:02d} pm"
    message = f"`{_written(clock)}` is just after midnight; read as `{right}`"
    return Problem(rule="ambiguous-meridiem", at=clock.at, message=message, help=f"write `{right}`")


def _backwards(times: Times, first: Clock, last: Clock) -> Problem:
    message = f"the end `{_written(last)}` is not after the start `{_written(first)}`"
    help_text = f"write `{_written(last)} - {_written(first)}` if the two are swapped"
    return Problem(rule="end-before-start", at=times.at, message=message, help=help_text)


# -- the calendar ----------------------------------------------------------------------------------------
def _later(start: datetime, minutes: int, zone: str | None) -> datetime:
    """The local time so many minutes of real time after another."""
    if zone is None:
        return start + timedelta(minutes=minutes)
    instant = start.replace(tzinfo=zone_info(zone)).astimezone(UTC) + timedelta(minutes=minutes)
    return instant.astimezone(zone_info(zone)).replace(tzinfo=None)


def _calendar_problem(
    times: Times, start: datetime, end: datetime | None, zone: str, problems: list[Problem]
) -> Problem | None:
    """The error of a time that the clocks skip; a note is added for one that they show twice."""
    for moment in (start, end):
        if moment is None:
            continue
        early, late = _offsets(moment, zone)
        if early < late:
            return _in_gap(times.at, moment, zone, late - early)
        if early > late and moment == start:
            problems.append(_twice(times.at, moment, zone))
    if end is not None and times.start and times.end and _instant(end, zone) <= _instant(start, zone):
        return _backwards(times, times.start, times.end)
    return None


def _offsets(moment: datetime, zone: str) -> tuple[timedelta, timedelta]:
    info = zone_info(zone)
    pair = [info.utcoffset(moment.replace(fold=fold)) or timedelta() for fold in (0, 1)]
    return pair[0], pair[1]


def _instant(moment: datetime, zone: str) -> datetime:
    return moment.replace(tzinfo=zone_info(zone)).astimezone(UTC)


def _in_gap(at: Slice, moment: datetime, zone: str, gap: timedelta) -> Problem:
    return Problem(
        rule="time-in-gap",
        at=at,
        message=f"`{moment:%H:%M}` does not exist in {zone} on `{moment:%Y-%m-%d}`: the clocks go forward",
        help=f"write `{moment + gap:%H:%M}`",
    )


def _twice(at: Slice, moment: datetime, zone: str) -> Problem:
    return Problem(
        rule="ambiguous-time",
        at=at,
        message=f"`{moment:%H:%M}` happens twice in {zone} on `{moment:%Y-%m-%d}`; read as the first",
        help=f"write the time in UTC, as in `{_instant(moment, zone):%H:%M} UTC`",
    )


def _conflicts(
    times: Times, start: datetime, zone: str, zone_of_city: ZoneOfCity | None
) -> Iterator[Problem]:
    """One problem for each further zone whose time is another instant (whatever its date)."""
    instant = _instant(start, zone)
    for other in times.others:
        name = _zone_alone(other.zone, start, zone_of_city)
        if name is None or other.start is None or other.zone is None:
            continue
        local = instant.astimezone(zone_info(name))
        if local.hour * 60 + local.minute not in {reading % _DAY for reading in _readings(other.start)}:
            yield _conflict(times, other.start, other.zone, told=f"{start:%H:%M}", right=f"{local:%H:%M}")


def _zone_alone(zone: Zone | None, moment: datetime, zone_of_city: ZoneOfCity | None) -> str | None:
    choice = choose_zone(
        moment, written=zone, note=None, city_zone=None, default_zone=None, zone_of_city=zone_of_city
    )
    return choice.name


def _conflict(times: Times, clock: Clock, zone: Zone, *, told: str, right: str) -> Problem:
    said = f"{told} {times.zone.text}" if times.zone else told
    return Problem(
        rule="zone-conflict",
        at=(clock.at[0], zone.at[1]),
        message=f"`{said}` is `{right} {zone.text}`, not `{_written(clock)} {zone.text}`; read as `{said}`",
        help=f"write `{right} {zone.text}`",
    )
