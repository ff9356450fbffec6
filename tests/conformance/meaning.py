"""Owns the rules about what the lines of a feed say together: calendar, events, zones."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Protocol

from tests.conformance.zone_reader import Zone, read_zone, seconds

Found = tuple[int, str, str]
_LINK = r'a(?! href="(?:https?|tel|mailto|sips?|xmpp):[^"<>]*">)'
_STRANGE = re.compile(rf"<(?:(?!/?(?:html|body|p|br|a)\b)|{_LINK}|(?:p|br|body|html)[^>])")


class Line(Protocol):
    """A content line."""

    number: int
    name: str
    value: str

    def param(self, name: str) -> str | None: ...


class Component(Protocol):
    """A component as the checker read it."""

    name: str
    number: int
    text: list[str]
    lines: list[Line]
    inner: list[Component]

    def all(self, name: str) -> list[Line]: ...
    def one(self, name: str) -> Line | None: ...
    def value(self, name: str) -> str | None: ...
    def components(self, *names: str) -> list[Component]: ...


def check_meaning(calendar: Component, *, one_off: bool) -> Iterator[Found]:
    """All that needs more than one line to tell."""
    if not calendar.inner:
        yield calendar.number, "A1", "no component"
    if calendar.value("CALSCALE") is None:
        yield calendar.number, "A9", "no CALSCALE"
    yield from _download(calendar) if one_off else _feed(calendar)
    events = calendar.components("VEVENT")
    uids = [event.value("UID") for event in events]
    for event in events:
        if uids.count(event.value("UID")) > 1:
            yield event.number, "C1", f"UID {event.value('UID')} twice"
        yield from _identity(event)
        yield from _words(event)
        yield from _times(event)
        yield from _standing(event)
    order = [(_sortable(event), event.value("UID") or "") for event in events]
    yield from ((events[0].number, "C20", f"{b} after {a}") for a, b in pairwise(order) if b < a)
    yield from _zones(calendar)


def _download(calendar: Component) -> Iterator[Found]:
    if calendar.value("METHOD") != "PUBLISH":
        yield calendar.number, "B2", "a download without METHOD:PUBLISH"
    if calendar.one("X-WR-CALNAME") is not None:
        yield calendar.number, "D1", "X-WR-CALNAME in a download"
    for event in calendar.components("VEVENT"):
        if event.one("ORGANIZER") is None:
            yield event.number, "B2", "no ORGANIZER beside a METHOD"


def _feed(calendar: Component) -> Iterator[Found]:
    at = calendar.number
    if calendar.one("METHOD") is not None:
        yield at, "B1", "METHOD in a feed"
    for event in calendar.components("VEVENT"):
        if event.one("ORGANIZER") is not None:
            yield event.number, "B1", "ORGANIZER in a feed"
    for rule, name, twin in (
        ("D1", "NAME", "X-WR-CALNAME"),
        ("D2", "DESCRIPTION", "X-WR-CALDESC"),
        ("D3", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"),
    ):
        if not calendar.value(name) or calendar.value(name) != calendar.value(twin):
            yield at, rule, f"{name} and {twin} are not both there and the same"
    if len(_plain(calendar.value("NAME"))) > 255 or "\n" in _plain(calendar.value("NAME")):
        yield at, "D1", "NAME is no line of 255 characters"
    if calendar.value("LAST-MODIFIED") is None:
        yield at, "D4", "no LAST-MODIFIED"


def _identity(event: Component) -> Iterator[Found]:
    uid = event.value("UID") or ""
    if not 0 < len(uid.encode()) <= 191:
        yield event.number, "C1", f"UID of {len(uid.encode())} octets"
    if "@" in uid or "://" in uid:
        yield event.number, "C1", "UID names a host"
    if event.value("DTSTAMP") != event.value("LAST-MODIFIED"):
        yield event.number, "C2", "DTSTAMP is not the time of the revision"
    if (event.value("CREATED") or "") > (event.value("LAST-MODIFIED") or ""):
        yield event.number, "C3", "changed before it was created"


def _words(event: Component) -> Iterator[Found]:
    for name, most, lines in (("SUMMARY", 254, 1), ("LOCATION", 254, 1), ("DESCRIPTION", 2999, 3000)):
        line = event.one(name)
        if line is None:
            continue
        text = _plain(line.value)
        if not text.strip() or len(text) > most or text.count("\n") >= lines:
            yield line.number, "C9", f"{name} is empty, longer than {most} or has too many lines"
    for apple in event.all("X-APPLE-STRUCTURED-LOCATION"):
        title, address = apple.param("X-TITLE") or "", apple.param("X-ADDRESS")
        whole = f"{title}\n{address}" if address else title
        if _plain(event.value("LOCATION")) not in (title, whole):
            yield apple.number, "C16", "LOCATION does not repeat X-TITLE"
    for document in event.all("X-ALT-DESC"):
        text = _plain(document.value)
        if not re.fullmatch(r"<html><body>.*</body></html>", text, re.DOTALL) or _STRANGE.search(text):
            yield document.number, "C15", "X-ALT-DESC is not made of our own few tags"


def _times(event: Component) -> Iterator[Found]:
    start, end = event.one("DTSTART"), event.one("DTEND")
    for line in (start, end):
        if line is not None:
            yield from _time(line)
    first, last = _instant(start), _instant(end)
    if start is None or end is None or first is None or last is None:
        return
    if isinstance(first, datetime) != isinstance(last, datetime):
        yield end.number, "C6", "DTSTART and DTEND are of two types"
    elif last <= first:
        yield end.number, "C6" if isinstance(first, datetime) else "C7", "DTEND is not later than DTSTART"
    if start.param("TZID") != end.param("TZID"):
        yield end.number, "C6", "DTEND has another TZID"


def _time(line: Line) -> Iterator[Found]:
    zone, kind = line.param("TZID"), line.param("VALUE")
    if kind == "DATE":
        if zone is not None or "T" in line.value:
            yield line.number, "C7", f"{line.name} is a day with a time or a zone"
    elif "T" not in line.value:
        yield line.number, "C7", f"{line.name} is a day without VALUE=DATE"
    elif line.value.endswith("Z") == (zone is not None):
        yield line.number, "C5", f"{line.name} needs either a TZID or a Z"
    elif _instant(line) is None:
        yield line.number, "A10", f"{line.name}: no such time"
    elif zone is not None and zone in zoneinfo.available_timezones():
        local = _local(line.value).replace(tzinfo=zoneinfo.ZoneInfo(zone))
        if local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
            yield line.number, "C8", f"{line.value} does not exist in {zone}"


def _standing(event: Component) -> Iterator[Found]:
    busy = {"OPAQUE": ("BUSY", "TENTATIVE", "OOF"), "TRANSPARENT": ("FREE",)}
    status = event.value("X-MICROSOFT-CDO-BUSYSTATUS")
    if status is not None and status not in busy.get(event.value("TRANSP") or "OPAQUE", ()):
        yield event.number, "C11", "TRANSP and the busy status say two things"
    start = event.one("DTSTART")
    if start is not None and start.param("VALUE") == "DATE" and event.value("TRANSP") != "TRANSPARENT":
        yield event.number, "C11", "an all-day banner that blocks the day"


def _zones(calendar: Component) -> Iterator[Found]:
    written = calendar.components("VTIMEZONE")
    names = [zone.value("TZID") for zone in written]
    used: dict[str, list[Line]] = {}
    for event in calendar.components("VEVENT"):
        for line in event.lines:
            if (name := line.param("TZID")) is not None:
                used.setdefault(name, []).append(line)
    if names != sorted(set(map(str, names))):
        yield calendar.number, "E1", f"zones not sorted, or one twice: {names}"
    for name in used.keys() - set(names):
        yield used[name][0].number, "E1", f"no VTIMEZONE for {name}"
    for name in used.keys() - zoneinfo.available_timezones():
        yield used[name][0].number, "E9", f"{name} is no zone of the IANA"
    for zone in written:
        name = zone.value("TZID") or ""
        if calendar.components("VEVENT") and name not in used:
            yield zone.number, "E1", f"VTIMEZONE {name} is not used"
        yield from _zone(zone, used.get(name, []))


def _zone(zone: Component, used: list[Line]) -> Iterator[Found]:
    if not zone.inner:
        yield zone.number, "E2", "neither STANDARD nor DAYLIGHT"
        return
    moments = sorted(_local(line.value) for line in used if _instant(line) is not None)
    try:
        read = read_zone(zone.text, moments[-1].year if moments else 2037)
    except (AssertionError, KeyError, ValueError) as problem:
        yield zone.number, "E2", f"cannot be evaluated: {problem}"
        return
    kinds = [each.kind for each in read.observances]
    if any(each.rule for each in read.observances) and sorted(kinds) != ["DAYLIGHT", "STANDARD"]:
        yield zone.number, "E4", f"yearly rules, but {kinds}"
    after = {kind: [each.after for each in read.observances if each.kind == kind] for kind in kinds}
    if "DAYLIGHT" in after and "STANDARD" in after and min(after["DAYLIGHT"]) <= max(after["STANDARD"]):
        yield zone.number, "E6", "DAYLIGHT is not the larger offset"
    if read.tzid in zoneinfo.available_timezones():
        yield from ((zone.number, rule, text) for rule, text in _compare(read, moments))


def _compare(read: Zone, moments: list[datetime]) -> Iterator[tuple[str, str]]:
    """Every local time used has the offset that the zone has, by the VTIMEZONE alone."""
    zone = zoneinfo.ZoneInfo(read.tzid)
    for moment in moments:
        offset = moment.replace(tzinfo=zone).utcoffset()
        try:
            mine = read.of(moment)
        except AssertionError as problem:
            yield "E3", str(problem)
            continue
        if offset is None or mine != offset.total_seconds():
            yield "E2", f"{moment} has the offset {mine} s, and {offset} in {read.tzid}"


def _sortable(event: Component) -> datetime:
    moment = _instant(event.one("DTSTART"))
    if isinstance(moment, datetime):
        return moment
    return (
        datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
        if moment
        else datetime.max.replace(tzinfo=UTC)
    )


def _instant(line: Line | None) -> date | datetime | None:
    if line is None:
        return None
    try:
        if "T" not in line.value:
            return datetime.strptime(line.value, "%Y%m%d").date()  # noqa: DTZ007 - a day
        zone = zoneinfo.ZoneInfo(line.param("TZID") or "UTC")
        return _local(line.value).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, zoneinfo.ZoneInfoNotFoundError):
        return None


def _local(value: str) -> datetime:
    return datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - a local time


def _plain(value: str | None) -> str:
    return re.sub(r"\\([\\;,nN])", lambda match: "\n" if match[1] in "nN" else match[1], value or "")


__all__ = ["check_meaning", "seconds"]
