"""Days as written become real days, or a problem; calendars (cal 2024, cal 2025) are the oracle."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from feeds.understand.when import Problem, ResolvedDays, find_when, resolve_days

Frame = tuple[date, date]
MARCH = date(2024, 3, 1)
KUBECON = (date(2024, 3, 19), date(2024, 3, 22))


def resolved(
    text: str, *, anchor: date | None = None, frame: Frame | None = None, previous: date | None = None
) -> ResolvedDays | Problem:
    days = find_when(text)[0].days
    assert days is not None
    return resolve_days(days, anchor=anchor, frame=frame, previous=previous)


def days_of(result: ResolvedDays | Problem) -> list[str]:
    assert isinstance(result, ResolvedDays), result
    return [day.isoformat() for day in result.days]


YEARS = [
    # text, post date, day, where the year is from
    ("14 March 2024", date(2023, 1, 1), "2024-03-14", "text"),
    ("14 March 2024", None, "2024-03-14", "text"),
    ("14 March", date(2024, 3, 1), "2024-03-14", "anchor"),
    ("14 March", date(2024, 3, 14), "2024-03-14", "anchor"),
    ("14 March", date(2024, 4, 2), "2024-03-14", "anchor"),  # three weeks ago rather than next year
    ("14 March", date(2024, 6, 1), "2025-03-14", "anchor"),  # an announcement, nine months ahead
    ("14 March", date(2023, 9, 1), "2024-03-14", "anchor"),
    ("9 January", date(2024, 12, 20), "2025-01-09", "anchor"),  # over New Year
    ("20 December", date(2025, 1, 5), "2024-12-20", "anchor"),  # and back
    ("29 February", date(2023, 12, 1), "2024-02-29", "anchor"),
    ("Thursday 14 March", date(2024, 3, 1), "2024-03-14", "anchor"),
    ("Tuesday 5 March", date(2024, 6, 1), "2024-03-05", "weekday"),  # 5 March 2025 is a Wednesday
]


@pytest.mark.parametrize(("text", "anchor", "day", "year_from"), YEARS)
def test_resolve_days_takes_the_nearest_year(
    text: str, anchor: date | None, day: str, year_from: str
) -> None:
    result = resolved(text, anchor=anchor)
    assert days_of(result) == [day]
    assert isinstance(result, ResolvedDays)
    assert (result.year_from, result.problems) == (year_from, ())


def test_resolve_days_takes_the_year_of_the_event() -> None:
    result = resolved("20 March", anchor=date(2023, 1, 1), frame=KUBECON)
    assert days_of(result) == ["2024-03-20"]
    assert isinstance(result, ResolvedDays)
    assert result.year_from == "frame"


LISTS = [
    ("14-16 March", ["2024-03-14", "2024-03-15", "2024-03-16"], True),
    ("30 March - 2 April", ["2024-03-30", "2024-03-31", "2024-04-01", "2024-04-02"], True),
    ("14 and 16 March", ["2024-03-14", "2024-03-16"], False),
    ("14-15 and 18 March", ["2024-03-14", "2024-03-15", "2024-03-18"], False),
    ("Friday through Sunday", ["2024-03-01", "2024-03-02", "2024-03-03"], True),
    ("30 December - 2 January", ["2024-12-30", "2024-12-31", "2025-01-01", "2025-01-02"], True),
    ("this weekend", ["2024-03-02", "2024-03-03"], True),
    ("next weekend, 9 & 10 March", ["2024-03-09", "2024-03-10"], False),
]


@pytest.mark.parametrize(("text", "days", "ranged"), LISTS)
def test_resolve_days_gives_every_day_of_a_list_or_range(text: str, days: list[str], ranged: bool) -> None:
    result = resolved(text, anchor=MARCH)
    assert days_of(result) == days
    assert isinstance(result, ResolvedDays)
    assert result.ranged is ranged
    assert (result.first.isoformat(), result.last.isoformat()) == (days[0], days[-1])


WEEKDAYS = [
    # 1 March 2024 was a Friday
    ("Friday", MARCH, None, "2024-03-01"),
    ("Thursday", MARCH, None, "2024-03-07"),
    ("next Friday", MARCH, None, "2024-03-08"),
    ("this Thursday", MARCH, None, "2024-03-07"),
    ("Tuesday", MARCH, KUBECON, "2024-03-19"),
    ("Wednesday", date(2024, 3, 21), KUBECON, "2024-03-20"),
    ("Tuesday", None, KUBECON, "2024-03-19"),
    ("Wednesday 20th", MARCH, None, "2024-03-20"),
    ("Wednesday 20th", None, KUBECON, "2024-03-20"),
    ("Friday the 19th", MARCH, None, "2024-04-19"),  # 19 March was a Tuesday
    ("tomorrow", MARCH, None, "2024-03-02"),
    ("tonight at 8pm", MARCH, None, "2024-03-01"),
    ("Thu 3/14", MARCH, None, "2024-03-14"),
]


@pytest.mark.parametrize(("text", "anchor", "frame", "day"), WEEKDAYS)
def test_resolve_days_finds_the_weekday(
    text: str, anchor: date | None, frame: Frame | None, day: str
) -> None:
    result = resolved(text, anchor=anchor, frame=frame)
    assert days_of(result) == [day]
    assert isinstance(result, ResolvedDays)
    assert result.problems == ()


def test_resolve_days_counts_the_following_day_from_the_one_before() -> None:
    assert days_of(resolved("the following day", anchor=MARCH, previous=date(2024, 3, 31))) == ["2024-04-01"]


def test_resolve_days_takes_the_weekend_that_has_begun() -> None:
    assert days_of(resolved("this weekend", anchor=date(2024, 3, 3))) == ["2024-03-02", "2024-03-03"]


PROBLEMS = [
    ("31 April 2024", MARCH, "impossible-date"),
    ("31 April", MARCH, "impossible-date"),
    ("30 February", MARCH, "impossible-date"),
    ("29 February 2023", MARCH, "impossible-date"),
    ("2024-13-01", MARCH, "impossible-date"),
    ("14 March", None, "year-missing"),
    ("Thursday 14 March", None, "year-missing"),
    ("Thursday", None, "undated-session"),
    ("tomorrow", None, "undated-session"),
    ("the following day", MARCH, "undated-session"),
    ("16-14 March 2024", MARCH, "end-before-start"),
]


@pytest.mark.parametrize(("text", "anchor", "rule"), PROBLEMS)
def test_resolve_days_refuses_to_guess(text: str, anchor: date | None, rule: str) -> None:
    result = resolved(text, anchor=anchor)
    assert isinstance(result, Problem)
    assert result.rule == rule
    assert result.message.count("`") % 2 == 0
    assert result.help


def test_resolve_days_tells_a_weekday_that_does_not_fit() -> None:
    result = resolved("Friday, 14 March 2024", anchor=MARCH)
    assert days_of(result) == ["2024-03-14"]
    assert isinstance(result, ResolvedDays)
    (problem,) = result.problems
    assert problem.rule == "weekday-mismatch"
    assert problem.message == "`2024-03-14` is a Thursday, not a Friday; read as Thursday, `2024-03-14`"
    assert problem.help == "write `Thursday, 14 March 2024` or `Friday, 15 March 2024`"


def test_resolve_days_prefers_the_weekday_where_only_it_is_in_the_event() -> None:
    result = resolved("Tuesday, 18 March", anchor=MARCH, frame=KUBECON)
    assert days_of(result) == ["2024-03-19"]
    assert isinstance(result, ResolvedDays)
    assert [problem.rule for problem in result.problems] == ["weekday-mismatch"]


def test_resolve_days_tells_a_weekday_outside_the_event() -> None:
    result = resolved("Monday", anchor=MARCH, frame=KUBECON)
    assert days_of(result) == ["2024-03-18"]
    assert isinstance(result, ResolvedDays)
    assert [problem.rule for problem in result.problems] == ["outside-event"]


SWAPPED = [
    # both readings are days; what settles it, the day, the rules told
    ("03/04/2024", date(2024, 3, 1), None, "2024-03-04", ["ambiguous-date"]),
    ("03/04/2024", date(2024, 3, 20), None, "2024-04-03", ["ambiguous-date"]),  # what is to come
    ("03/04/2024", date(2024, 3, 1), (date(2024, 4, 2), date(2024, 4, 5)), "2024-04-03", []),
    ("Wednesday 03/04/2024", date(2024, 3, 1), None, "2024-04-03", []),
    ("Monday 03/04/2024", date(2024, 3, 1), None, "2024-03-04", []),
    ("14/03/2024", date(2024, 3, 1), None, "2024-03-14", []),
    ("03/14/2024", date(2024, 3, 1), None, "2024-03-14", []),
    ("04/04/2024", date(2024, 3, 1), None, "2024-04-04", []),
]


@pytest.mark.parametrize(("text", "anchor", "frame", "day", "rules"), SWAPPED)
def test_resolve_days_settles_day_and_month(
    text: str, anchor: date, frame: Frame | None, day: str, rules: list[str]
) -> None:
    result = resolved(text, anchor=anchor, frame=frame)
    assert days_of(result) == [day]
    assert isinstance(result, ResolvedDays)
    assert [problem.rule for problem in result.problems] == rules


def test_resolve_days_never_goes_back_more_than_a_month_without_a_weekday() -> None:
    for number in range(366):
        anchor = date(2024, 1, 1) + timedelta(days=number)
        result = resolved("14 March", anchor=anchor)
        assert isinstance(result, ResolvedDays)
        assert -31 <= (result.first - anchor).days <= 335
