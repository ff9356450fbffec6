"""Owns the reading of a zone's rules: the TZif file of the pinned tzdata and its footer (RFC 8536)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib import resources

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - wall clock arithmetic: naive on purpose
_HEADER = struct.Struct(">4sc15x6l")
_DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of offset: `at` in seconds since 1970 UTC, offsets in seconds east of UTC."""

    at: int
    before: int
    after: int
    name: str

    @property
    def onset(self) -> datetime:
        """Wall clock time of the change in the offset before it, as RFC 5545 section 3.6.5 counts it."""
        return EPOCH + timedelta(seconds=self.at + self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Footer:
    """A POSIX TZ string: standard and other offset with names; two rules, or none where nothing changes."""

    standard: tuple[int, str]
    other: tuple[int, str]
    rules: tuple[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Zone:
    first: tuple[int, str]
    moments: tuple[int, ...]
    kinds: tuple[tuple[int, str], ...]
    footer: _Footer


@lru_cache(maxsize=1024)
def changes(zone: str, until: int) -> tuple[Change, ...]:
    """Every change of offset from 1970 through the year `until`, in order.

    A new abbreviation at the same offset is no change. Raises: LookupError for a zone tzdata does not have.
    """
    found: list[Change] = []
    rules = _load(zone)
    offset, _ = rules.first
    for at, (after, name) in _steps(rules, until):
        if after != offset and at >= 0:
            found.append(Change(at=at, before=offset, after=after, name=name))
        offset = after
    return tuple(change for change in found if change.onset.year <= until)


def state(zone: str, year: int) -> tuple[int, str]:
    """Offset and abbreviation in force when a year begins (UTC)."""
    rules = _load(zone)
    start = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
    found = rules.first
    for at, kind in _steps(rules, year):
        if at > start:
            break
        found = kind
    return found


def _steps(rules: _Zone, until: int) -> Iterator[tuple[int, tuple[int, str]]]:
    yield from zip(rules.moments, rules.kinds, strict=True)
    if rules.footer.rules is None:
        return
    last = rules.moments[-1] if rules.moments else 0
    # The footer speaks only after the last moment that is written out (RFC 8536 section 3.3).
    for year in range((EPOCH + timedelta(seconds=last)).year, until + 2):
        yield from ((at, kind) for at, kind in _yearly(rules.footer, year) if at > last)


def _yearly(footer: _Footer, year: int) -> list[tuple[int, tuple[int, str]]]:
    assert footer.rules is not None  # noqa: S101 - the one caller asks only where there are rules
    begin, end = footer.rules
    return sorted(
        (
            (_moment(begin, year) - footer.standard[0], footer.other),
            (_moment(end, year) - footer.other[0], footer.standard),
        )
    )


def _moment(rule: str, year: int) -> int:
    """Seconds from 1970 of a rule's wall clock time, as if it were UTC."""
    day, _, time = rule.partition("/")
    return (_day(day, year) - date(1970, 1, 1)).days * _DAY + _seconds(time or "2")


def _day(rule: str, year: int) -> date:
    if rule.startswith("M"):
        month, week, weekday = map(int, rule[1:].split("."))
        return nth_weekday(year, month, weekday=(weekday - 1) % 7, nth=-1 if week == 5 else week)
    number = int(rule.lstrip("J"))
    if not rule.startswith("J"):
        return date(year, 1, 1) + timedelta(days=number)
    leap = date(year, 12, 31).timetuple().tm_yday == 366
    return date(year, 1, 1) + timedelta(days=number - 1 + (leap and number >= 60))


def nth_weekday(year: int, month: int, *, weekday: int, nth: int) -> date:
    """The nth weekday (Monday is 0) of a month; -1 is the last."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


@lru_cache(maxsize=1024)
def _load(zone: str) -> _Zone:
    """Parse the version 2 block: version 1 ends in 2037 and has no footer."""
    data = _read(zone)
    skip = _first_block(data)
    _, _, isut, isstd, leaps, times, types, chars = _HEADER.unpack_from(data, skip)
    at = skip + _HEADER.size
    moments = struct.unpack_from(f">{times}q", data, at)
    which = data[at + 8 * times : at + 9 * times]
    at += 9 * times
    names = data[at + 6 * types : at + 6 * types + chars]
    kinds = [_kind(data, at + 6 * number, names=names) for number in range(types)]
    footer = data[at + 6 * types + chars + 12 * leaps + isstd + isut :].strip(b"\n").decode("ascii")
    return _Zone(
        first=kinds[0], moments=moments, kinds=tuple(kinds[index] for index in which), footer=_parse(footer)
    )


def _read(zone: str) -> bytes:
    parts = zone.split("/")
    if not all(re.fullmatch(r"[A-Za-z0-9_+-]+", part) for part in parts):
        raise LookupError(f"no zone is named {zone!r}")
    try:
        data = resources.files("tzdata").joinpath("zoneinfo", *parts).read_bytes()
    except OSError as problem:
        raise LookupError(f"tzdata has no zone {zone!r}") from problem
    if data[:4] != b"TZif" or data[4:5] < b"2":
        raise LookupError(f"{zone!r} is no zone of tzdata")
    return data


def _first_block(data: bytes) -> int:
    """How many octets the version 1 block takes, its header included."""
    _, _, isut, isstd, leaps, times, types, chars = _HEADER.unpack_from(data)
    return _HEADER.size + int(times * 5 + types * 6 + chars + leaps * 8 + isstd + isut)


def _kind(data: bytes, at: int, *, names: bytes) -> tuple[int, str]:
    offset, _, index = struct.unpack_from(">lBB", data, at)
    return offset, names[index : names.index(b"\0", index)].decode("ascii")


_NAME = r"(<[A-Za-z0-9+-]+>|[A-Za-z]+)"
_TIME = r"([+-]?\d+(?::\d+){0,2})"
_POSIX = re.compile(rf"{_NAME}{_TIME}(?:{_NAME}{_TIME}?,([^,]+),([^,]+))?")


def _parse(text: str) -> _Footer:
    match = _POSIX.fullmatch(text)
    if match is None:
        raise LookupError(f"no POSIX TZ string: {text!r}")
    name, west, other, other_west, begin, end = match.groups()
    standard = (-_seconds(west), name.strip("<>"))
    if other is None:
        return _Footer(standard=standard, other=standard, rules=None)
    offset = -_seconds(other_west) if other_west else standard[0] + 3600
    return _Footer(standard=standard, other=(offset, other.strip("<>")), rules=(begin, end))


def _seconds(text: str) -> int:
    """Seconds of `[+-]h[h][:mm[:ss]]`."""
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = (*map(int, text.lstrip("+-").split(":")), 0, 0)[:3]
    return sign * (hours * 3600 + minutes * 60 + seconds)
