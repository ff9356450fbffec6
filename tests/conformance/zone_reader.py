"""Owns a reading of VTIMEZONE by RFC 5545 section 3.6.5 alone: our own writing is judged by the rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_RRULE = re.compile(
    r"FREQ=YEARLY;BYMONTH=([1-9]|1[0-2]);BYDAY=([+-]?[1-5])(MO|TU|WE|TH|FR|SA|SU)(?:;UNTIL=(\d{8}T\d{6}Z))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observance:
    """One STANDARD or DAYLIGHT; offsets in seconds, `rule` is (month, nth, weekday) of a yearly onset."""

    kind: Literal["STANDARD", "DAYLIGHT"]
    start: datetime
    before: int
    after: int
    rule: tuple[int, int, int] | None

    def onsets(self, last_year: int) -> list[datetime]:
        """The onsets on the clock before them, in UTC."""
        shift = timedelta(seconds=self.before)
        if self.rule is None:
            return [(self.start - shift).replace(tzinfo=UTC)]
        month, nth, weekday = self.rule
        days = [_nth(year, month, nth, weekday) for year in range(self.start.year, last_year + 1)]
        found = [datetime.combine(day, self.start.time()) for day in days]
        assert found[:1] in ([], [self.start]), "DTSTART is not the first onset of its RRULE"
        return [(onset - shift).replace(tzinfo=UTC) for onset in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A VTIMEZONE evaluated up to a year: (UTC onset, offset before it, offset after it), sorted."""

    tzid: str
    observances: tuple[Observance, ...]
    table: tuple[tuple[datetime, int, int], ...]

    def at(self, moment: datetime) -> int:
        """The offset in force at an instant, in seconds."""
        index = bisect_right(self.table, moment, key=lambda row: row[0])
        assert index, f"{moment} is before the first onset"
        return self.table[index - 1][2]

    def of(self, local: datetime) -> int:
        """The offset of a local time: that of the last onset at or before it on the old clock."""
        index = bisect_right(
            self.table, local, key=lambda row: row[0].replace(tzinfo=None) + timedelta(seconds=row[1])
        )
        assert index, f"{local} is before the first onset"
        return self.table[index - 1][2]


def read_zone(lines: list[str], last_year: int) -> Zone:
    """The zone written in the content lines from BEGIN:VTIMEZONE to END:VTIMEZONE."""
    assert (lines[0], lines[-1]) == ("BEGIN:VTIMEZONE", "END:VTIMEZONE")
    starts = [number for number, line in enumerate(lines) if line in ("BEGIN:STANDARD", "BEGIN:DAYLIGHT")]
    observances = tuple(_observance(lines[number:]) for number in starts)
    table = sorted(
        (onset, each.before, each.after) for each in observances for onset in each.onsets(last_year)
    )
    tzid = next(line.removeprefix("TZID:") for line in lines if line.startswith("TZID:"))
    return Zone(tzid=tzid, observances=observances, table=tuple(table))


def _observance(lines: list[str]) -> Observance:
    kind = lines[0].removeprefix("BEGIN:")
    assert kind in ("STANDARD", "DAYLIGHT")
    body = lines[1 : lines.index(f"END:{kind}")]
    values = dict(line.split(":", 1) for line in body)
    assert len(values) == len(body), f"a property twice in {body}"
    rule = _RRULE.fullmatch(values["RRULE"]) if "RRULE" in values else None
    assert ("RRULE" in values) == (rule is not None), values
    return Observance(
        kind="STANDARD" if kind == "STANDARD" else "DAYLIGHT",
        start=datetime.strptime(values["DTSTART"], "%Y%m%dT%H%M%S"),  # noqa: DTZ007 - a local time
        before=seconds(values["TZOFFSETFROM"]),
        after=seconds(values["TZOFFSETTO"]),
        rule=(int(rule[1]), int(rule[2]), DAYS.index(rule[3])) if rule else None,
    )


def seconds(offset: str) -> int:
    """Seconds of `+HHMM[SS]`."""
    match = re.fullmatch(r"([+-])(\d\d)([0-5]\d)([0-5]\d)?", offset)
    assert match is not None, offset
    total = int(match[2]) * 3600 + int(match[3]) * 60 + int(match[4] or 0)
    assert match[1] == "+" or total, "-0000 is not an offset"
    return -total if match[1] == "-" else total


def _nth(year: int, month: int, nth: int, weekday: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    days = [date(year, month, 1) + timedelta(days=n) for n in range(31)]
    found = [day for day in days if day < following and day.weekday() == weekday]
    return found[nth - 1 if nth > 0 else nth]
