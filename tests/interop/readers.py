"""Owns the calendar programs that read our feeds: each turns a feed into what it would show."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import icalendar
import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One VEVENT as a program read it: instants in UTC, days as days, the end exclusive."""

    uid: str
    summary: str
    location: str | None
    description: str | None
    start: datetime | date
    end: datetime | date
    status: str
    sequence: int


Reader = Callable[[Sequence[bytes]], list[list[Seen]]]


def with_icalendar(feeds: Sequence[bytes]) -> list[list[Seen]]:
    """icalendar: most calendars written in Python."""
    return [
        [_icalendar(event) for event in icalendar.Calendar.from_ical(feed).walk("VEVENT")] for feed in feeds
    ]


def _icalendar(event: Any) -> Seen:
    return Seen(
        uid=str(event["UID"]),
        summary=str(event["SUMMARY"]),
        location=str(event["LOCATION"]) if "LOCATION" in event else None,
        description=str(event["DESCRIPTION"]) if "DESCRIPTION" in event else None,
        start=_utc(event.start),
        end=_utc(event.end),
        status=str(event["STATUS"]),
        sequence=int(event["SEQUENCE"]),
    )


def with_vobject(feeds: Sequence[bytes]) -> list[list[Seen]]:
    """vobject: Radicale."""
    found = []
    for feed in feeds:
        calendar = vobject.readOne(feed.decode())
        calendar.validate(raiseException=True)
        found.append([_vobject(event.contents) for event in getattr(calendar, "vevent_list", [])])
    return found


def _vobject(contents: Any) -> Seen:
    values = {name: lines[0].value for name, lines in contents.items()}
    return Seen(
        uid=values["uid"],
        summary=values["summary"],
        location=values.get("location"),
        description=values.get("description"),
        start=_utc(values["dtstart"]),
        end=_utc(values["dtend"]),
        status=values["status"],
        sequence=int(values["sequence"]),
    )


def with_home_assistant(feeds: Sequence[bytes]) -> list[list[Seen]]:
    """`ical`: Home Assistant; one bad line loses it the whole feed."""
    calendars = [IcsCalendarStream.calendar_from_ics(feed.decode()) for feed in feeds]
    return [
        [
            Seen(
                uid=event.uid,
                summary=event.summary,
                location=event.location,
                description=event.description,
                start=_utc(event.dtstart),
                end=_utc(event.end),
                status=str(event.status.value),
                sequence=event.sequence or 0,
            )
            for event in calendar.events
        ]
        for calendar in calendars
    ]


def with_icaljs(feeds: Sequence[bytes]) -> list[list[Seen]]:
    """ical.js: Thunderbird, and the web side of Nextcloud."""
    return _node("ical.js", feeds)


def with_node_ical(feeds: Sequence[bytes]) -> list[list[Seen]]:
    """node-ical: dashboards and home automation."""
    return _node("node-ical", feeds)


def _node(program: str, feeds: Sequence[bytes]) -> list[list[Seen]]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    if not (HERE / "node_modules" / program).is_dir():
        pytest.skip(f"{program} is not installed: run npm install in tests/interop")
    with TemporaryDirectory() as folder:
        files = [Path(folder, f"{number}.ics") for number in range(len(feeds))]
        for file, feed in zip(files, feeds, strict=True):
            file.write_bytes(feed)
        done = subprocess.run(  # noqa: S603 - our own script
            [node, str(HERE / "read.mjs"), program, *map(str, files)],
            capture_output=True,
            check=True,
            env={"TZ": "Pacific/Auckland", "PATH": ""},
        )
    return [[_json(event) for event in events] for events in json.loads(done.stdout)]


def _json(event: dict[str, Any]) -> Seen:
    return Seen(**{**event, "start": _utc(_parsed(event["start"])), "end": _utc(_parsed(event["end"]))})


def _parsed(text: str) -> datetime | date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _utc(moment: Any) -> datetime | date:
    if isinstance(moment, datetime):
        assert moment.tzinfo is not None, "a floating time"
        return moment.astimezone(UTC)
    assert isinstance(moment, date)
    return moment
