"""Owns the step from days as written to real days: years, weekdays, relative days, day and month order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from feeds.understand.when.values import Day, Days, Problem, ResolvedDays, Slice, YearFrom, real_date

Frame = tuple[date, date]

# A post announces what is to come; the month before it is for what has just been, or a late post.
_BEFORE, _AFTER = timedelta(days=31), timedelta(days=334)
# Where a weekday decides the year, the day may lie this much further back (a post dated after its event).
_LONG_BEFORE = timedelta(days=183)
_MOST_DAYS = 400
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(slots=True)
class _Reader:
    """What is known beside the words, and what has been found out."""

    anchor: date | None
    frame: Frame | None
    previous: date | None
    at: Slice
    above: date | None = None
    years: list[YearFrom] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def resolve_days(
    days: Days,
    *,
    anchor: date | None,
    frame: Frame | None = None,
    previous: date | None = None,
    above: date | None = None,
) -> ResolvedDays | Problem:
    """Real days for the words; a Problem where no careful reader could know them.

    The year is the text's own, else the event's (`frame`, inclusive), else the nearest to the post's date
    (`anchor`) for which the weekday holds: from a month before it to eleven months after, or half a year
    before where a weekday says so. A weekday alone is the first one on or after the anchor, inside the frame.
    "The following day" follows `previous`; `above` is the day written last before these words.

    Reports: impossible-date, year-missing, undated-session, weekday-mismatch, ambiguous-date,
    end-before-start, outside-event.
    """
    reader = _Reader(anchor, frame, previous, days.at, above=above)
    found: list[date] = []
    for day in days.days:
        value = _resolve(day, reader, after=found[-1] if found else None)
        if isinstance(value, Problem):
            return value
        found.append(value)
    if days.ranged and found[-1] < found[0]:
        return _backwards(days, found)
    every = tuple(_expanded(found)) if days.ranged else tuple(sorted(set(found)))
    return ResolvedDays(
        days=every, ranged=days.ranged, year_from=reader.years[0], problems=tuple(reader.problems)
    )


def _expanded(found: list[date]) -> Iterator[date]:
    for number in range(min((found[-1] - found[0]).days, _MOST_DAYS) + 1):
        yield found[0] + timedelta(days=number)


def _backwards(days: Days, found: list[date]) -> Problem:
    return Problem(
        rule="end-before-start",
        at=days.at,
        message=f"the last day `{found[-1]}` is before the first, `{found[0]}`",
        help=f"write `{found[-1]} to {found[0]}` if the two are swapped",
    )


def _resolve(day: Day, reader: _Reader, *, after: date | None) -> date | Problem:
    if day.day is None:
        return _relative(day, reader, after=after)
    if day.month is None:
        return _in_any_month(day, reader, after=after)
    if day.swapped is not None:
        return _either_order(day, (day.month, day.day), day.swapped, reader, after=after)
    return _dated(day, day.month, day.day, reader, after=after)


# -- a month and a day -----------------------------------------------------------------------------------
def _dated(day: Day, month: int, number: int, reader: _Reader, *, after: date | None) -> date | Problem:
    if day.year is not None:
        value = real_date(day.year, month=month, day=number)
        if value is None:
            return _impossible(day, month, number)
        reader.years.append("text")
        return _checked(day, value, reader)
    if real_date(2024, month=month, day=number) is None:
        return _impossible(day, month, number)
    if after is not None:
        return _checked(day, _next_after(after, month, number), reader)
    nearest = _with_year(day, month, number, reader)
    return nearest if isinstance(nearest, Problem) else _checked(day, nearest, reader)


def _impossible(day: Day, month: int, number: int) -> Problem:
    written = f"{day.year:04d}-{month:02d}-{number:02d}" if day.year else f"{month:02d}-{number:02d}"
    return Problem(
        rule="impossible-date",
        at=day.at,
        message=f"there is no day `{written}`",
        help="write a day that the month has",
    )


def _next_after(after: date, month: int, number: int) -> date:
    """The first such day on or after the day before it in the list; 29 February waits for its year."""
    candidates = (real_date(after.year + more, month=month, day=number) for more in range(9))
    return next(value for value in candidates if value is not None and value >= after)


def _with_year(day: Day, month: int, number: int, reader: _Reader) -> date | Problem:
    if reader.frame is not None:
        for value in _candidates(month, number, reader.frame[0].year, span=1):
            if reader.frame[0] <= value <= reader.frame[1]:
                reader.years.append("frame")
                return value
    anchor = reader.anchor or (reader.frame[0] if reader.frame else None)
    if anchor is None:
        return _year_missing(day, month, number)
    usual = [v for v in _candidates(month, number, anchor.year, span=1) if -_BEFORE <= v - anchor <= _AFTER]
    value = min(usual or _candidates(month, number, anchor.year, span=4), key=lambda v: abs(v - anchor))
    if day.weekday is not None and value.weekday() != day.weekday:
        fitting = [
            v
            for v in _candidates(month, number, anchor.year, span=1)
            if v.weekday() == day.weekday and -_LONG_BEFORE <= v - anchor <= _AFTER
        ]
        if fitting:
            reader.years.append("weekday")
            return fitting[0]
    reader.years.append("anchor" if reader.anchor else "frame")
    return value


def _candidates(month: int, number: int, year: int, *, span: int) -> list[date]:
    values = (real_date(each, month=month, day=number) for each in range(year - span, year + span + 1))
    return [value for value in values if value is not None]


def _year_missing(day: Day, month: int, number: int) -> Problem:
    written = f"{number} {_MONTHS[month - 1]}"
    return Problem(
        rule="year-missing",
        at=day.at,
        message=f"`{written}` has no year, and neither has the post a date",
        help="write the year behind it, or give the post a `date:` in its front matter",
    )


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def _checked(day: Day, value: date, reader: _Reader) -> date:
    """The day, or the one of the same week that the weekday means where only that one is in the event.

    So it is where the day before it in the text is the same one: that was copied, and the weekday changed.
    """
    if not reader.years:
        reader.years.append("anchor")
    if day.weekday is None or value.weekday() == day.weekday:
        return value
    meant = _by_weekday(value, day.weekday)
    copied = value == reader.above and meant > value
    chosen = meant if _inside(meant, reader.frame) and (copied or not _inside(value, reader.frame)) else value
    reader.problems.append(
        Problem(
            rule="weekday-mismatch",
            at=day.at,
            message=f"`{value.isoformat()}` is a {WEEKDAY_NAMES[value.weekday()]}, "
            f"not a {WEEKDAY_NAMES[day.weekday]}; read as {WEEKDAY_NAMES[chosen.weekday()]}, `{chosen}`",
            help=f"write `{_written(value)}` or `{_written(meant)}`",
        )
    )
    return chosen


def _by_weekday(value: date, weekday: int) -> date:
    """The day with that weekday that is nearest."""
    ahead = (weekday - value.weekday()) % 7
    return value + timedelta(days=ahead if ahead <= 3 else ahead - 7)


def _inside(value: date, frame: Frame | None) -> bool:
    return frame is not None and frame[0] <= value <= frame[1]


def _written(value: date) -> str:
    return f"{WEEKDAY_NAMES[value.weekday()]}, {value.day} {_MONTHS[value.month - 1]} {value.year}"


# -- 03/04/2024 ------------------------------------------------------------------------------------------
def _either_order(
    day: Day, written: tuple[int, int], swapped: tuple[int, int], reader: _Reader, *, after: date | None
) -> date | Problem:
    quiet = [_Reader(reader.anchor, reader.frame, reader.previous, reader.at) for _ in range(2)]
    orders = (written, swapped)
    values = [
        _dated(day, order[0], order[1], each, after=after) for order, each in zip(orders, quiet, strict=True)
    ]
    real = [(v, r) for v, r in zip(values, quiet, strict=True) if isinstance(v, date)]
    if not real:
        return values[0]
    value, chosen = min(real, key=lambda pair: _doubt(pair[0], pair[1], day))
    reader.years += chosen.years
    reader.problems += chosen.problems
    if len(real) > 1 and _doubt(*real[0], day)[0] == _doubt(*real[1], day)[0]:
        reader.problems.append(_ambiguous(day, value, [v for v, _ in real]))
    return value


def _doubt(value: date, reader: _Reader, day: Day) -> tuple[int, int, int]:
    """Smaller is likelier: the weekday and the event settle it, the post's date only leans."""
    wrong_weekday = day.weekday is not None and value.weekday() != day.weekday
    outside = reader.frame is not None and not _inside(value, reader.frame)
    if reader.anchor is None:
        return (wrong_weekday * 2 + outside, 0, 0)
    past = value < reader.anchor
    return (wrong_weekday * 2 + outside, int(past), abs((value - reader.anchor).days))


def _ambiguous(day: Day, value: date, readings: list[date]) -> Problem:
    other = next(reading for reading in readings if reading != value)
    return Problem(
        rule="ambiguous-date",
        at=day.at,
        message=f"the date can be `{value}` or `{other}`; read as `{value}`",
        help=f"write `{value}`, or `{other}` if that is meant",
    )


# -- weekdays and relative days --------------------------------------------------------------------------
def _in_any_month(day: Day, reader: _Reader, *, after: date | None) -> date | Problem:
    """ "Wednesday 20th": the day of the event, else the nearest such day from a month before the post."""
    start = after or (reader.frame[0] if reader.frame else reader.anchor)
    if start is None:
        return _undated(day, "the day has no month and the post no date")
    if reader.frame is not None:
        inside = [v for v in _expanded([reader.frame[0], reader.frame[1]]) if v.day == day.day]
        if inside:
            reader.years.append("frame")
            return _checked(day, inside[0], reader)
    first, last = start - timedelta(days=0 if after else 31), start + timedelta(days=334)
    months = (divmod(first.year * 12 + first.month - 1 + number, 12) for number in range(14))
    days = (real_date(year, month=month + 1, day=day.day or 0) for year, month in months)
    fitting = [v for v in days if v is not None and first <= v <= last and day.weekday in (None, v.weekday())]
    if not fitting:
        return _undated(day, f"no month near has a {WEEKDAY_NAMES[day.weekday or 0]} the {day.day}th")
    reader.years.append("weekday" if reader.anchor else "frame")
    return min(fitting, key=lambda v: (abs(v - start), v))


def _relative(day: Day, reader: _Reader, *, after: date | None) -> date | Problem:
    reader.years.append("anchor" if reader.anchor else "frame")
    if day.relative == "following":
        return _from(day, reader.previous, 1, why="no day stands before it")
    if day.relative in ("today", "tomorrow"):
        return _from(day, reader.anchor, int(day.relative == "tomorrow"), why="the post has no date")
    if day.weekday is None:
        return _undated(day, "no day is named")
    if after is not None:
        return after + timedelta(days=(day.weekday - after.weekday()) % 7)
    return _weekday(day, day.weekday, reader)


def _from(day: Day, start: date | None, days: int, *, why: str) -> date | Problem:
    return start + timedelta(days=days) if start else _undated(day, why)


def _weekday(day: Day, weekday: int, reader: _Reader) -> date | Problem:
    if reader.frame is not None:
        # "On Monday" in a post about an event is a day of the event; the Monday before it is one too many,
        # but the one behind it where that is nearer, or the other had gone by when the post was written.
        first = reader.frame[0] + timedelta(days=(weekday - reader.frame[0].weekday()) % 7)
        if first <= reader.frame[1]:
            return first
        before = first - timedelta(days=7)
        gone = reader.anchor is not None and before < reader.anchor
        behind = first - reader.frame[1] < reader.frame[0] - before
        single = reader.frame[0] == reader.frame[1] and reader.anchor is not None
        if (
            single
            and reader.anchor is not None
            and timedelta(0) <= before - reader.anchor < timedelta(days=7)
        ):
            behind = False  # the coming Tuesday, in a post that names an event of one day as well
        return _outside(day, first if gone or behind else before, reader.frame, reader)
    if reader.anchor is None:
        return _undated(day, "the post has no date")
    start = reader.anchor + timedelta(days=int(day.relative == "next"))
    if day.relative == "this" and weekday in (5, 6) and reader.anchor.weekday() == 6:
        start -= timedelta(days=1)  # "this weekend", said on its Sunday
    return start + timedelta(days=(weekday - start.weekday()) % 7)


def _outside(day: Day, value: date, frame: Frame, reader: _Reader) -> date:
    reader.problems.append(
        Problem(
            rule="outside-event",
            at=day.at,
            message=f"no {WEEKDAY_NAMES[value.weekday()]} is between `{frame[0]}` and `{frame[1]}`; "
            f"read as the one {'before' if value < frame[0] else 'after'}, `{value}`",
            help=f"write `{_written(value)}`",
        )
    )
    return value


def _undated(day: Day, why: str) -> Problem:
    return Problem(
        rule="undated-session",
        at=day.at,
        message=f"the day cannot be known: {why}",
        help="write the date, as in `Thursday, 14 March 2024`",
    )
