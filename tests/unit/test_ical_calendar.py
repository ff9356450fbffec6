"""Owns what stands around the VEVENTs, and that a finished feed is read back as it was written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from feeds.ical import COLORS, Entry, Fragment, Organizer, assemble, read_back, render_session
from feeds.model import Revision, Session

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


def fragment(uid: str, start: datetime | date, *, zone: str | None = None) -> Fragment:
    revision = Revision(uid=uid, sequence=0, created=NOW, last_modified=NOW)
    session = Session(slug=uid, title=f"Talk {uid}", start=start, timezone=zone)
    return render_session(
        session, revision=revision, event=None, event_uid=None, speakers=(), track=None, place=None, page=None
    )


PARIS = fragment("b", datetime(2026, 3, 10, 10, tzinfo=ZoneInfo("Europe/Paris")), zone="Europe/Paris")
PUNE = fragment("a", datetime(2026, 3, 11, 10, tzinfo=ZoneInfo("Asia/Kolkata")), zone="Asia/Kolkata")
DAY = fragment("c", date(2026, 3, 9))
UNIVERSAL = fragment("d", datetime(2026, 3, 12, 9, tzinfo=UTC), zone="UTC")


def lines(*fragments: Fragment, **changes: object) -> list[str]:
    values: dict[str, object] = {
        "name": "Talks",
        "description": "All of them",
        "timezone": "Europe/Paris",
        "source": "https://a.example/all.ics",
        "url": "https://a.example/",
        "refresh_minutes": 90,
        "color": "teal",
        "last_modified": NOW,
        **changes,
    }
    return assemble(fragments, **values).body.decode().replace("\r\n ", "").split("\r\n")  # type: ignore[arg-type]


def test_assemble_header_of_a_feed() -> None:
    found = lines(PARIS)
    assert found[: found.index("BEGIN:VTIMEZONE")] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//feeds//Calendar feeds from posts//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Talks",
        "X-WR-CALNAME:Talks",
        "DESCRIPTION:All of them",
        "X-WR-CALDESC:All of them",
        "X-WR-TIMEZONE:Europe/Paris",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H30M",
        "X-PUBLISHED-TTL:PT1H30M",
        "SOURCE;VALUE=URI:https://a.example/all.ics",
        "URL:https://a.example/",
        "LAST-MODIFIED:20260302T103000Z",
        "COLOR:teal",
        "X-APPLE-CALENDAR-COLOR:#008080",
    ]


def test_assemble_header_of_a_download() -> None:
    found = lines(DAY, method="PUBLISH", organizer=Organizer(name='A, "B"', address="mailto:a@b.example"))
    assert found == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//feeds//Calendar feeds from posts//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *DAY.body.decode().split("\r\n")[:-2],
        "ORGANIZER;CN=\"A, ^'B^'\":mailto:a@b.example",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize("address", ["nobody", "javascript:x", "mailto:a b\r\nX:y", ""])
def test_assemble_download_without_usable_address_names_nobody(address: str) -> None:
    found = lines(DAY, method="PUBLISH", organizer=Organizer(name="A", address=address))
    organizers = [line for line in found if line.startswith("ORGANIZER")]
    assert organizers in (["ORGANIZER;CN=A:invalid:nomail"], ["ORGANIZER;CN=A:mailto:a%20bX:y"])


@pytest.mark.parametrize(
    ("fragments", "expected"),
    [
        ((PARIS, PUNE, DAY, UNIVERSAL), ["Asia/Kolkata", "Europe/Paris"]),
        ((DAY, UNIVERSAL), []),
        ((), ["Europe/Paris"]),
    ],
)
def test_assemble_zones_are_those_used(fragments: tuple[Fragment, ...], expected: list[str]) -> None:
    assert [line.removeprefix("TZID:") for line in lines(*fragments) if line.startswith("TZID:")] == expected


def test_assemble_nothing_in_no_zone_is_still_a_calendar() -> None:
    assert "TZID:UTC" in lines(timezone=None)


def test_assemble_does_not_depend_on_the_order_given() -> None:
    assert lines(PARIS, PUNE, DAY, UNIVERSAL) == lines(UNIVERSAL, DAY, PUNE, PARIS)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a\nb;c,d\\e", "a b\\;c\\,d\\\\e"),
        ("", "Calendar"),
        ("x" * 300, "x" * 254 + "…"),
        ("\r\nMETHOD:X", "METHOD:X"),
    ],
)
def test_assemble_name_is_one_escaped_line(given: str, expected: str) -> None:
    found = lines(PARIS, name=given)
    assert [line for line in found if line.startswith(("NAME:", "X-WR-CALNAME:"))] == [
        f"NAME:{expected}",
        f"X-WR-CALNAME:{expected}",
    ]


@pytest.mark.parametrize(
    ("minutes", "expected"), [(1, "PT1M"), (60, "PT1H"), (1440, "P1D"), (1500, "P1DT1H"), (10080, "P7D")]
)
def test_assemble_refresh_is_a_duration(minutes: int, expected: str) -> None:
    assert f"REFRESH-INTERVAL;VALUE=DURATION:{expected}" in lines(PARIS, refresh_minutes=minutes)


def test_assemble_without_base_url_has_neither_source_nor_url() -> None:
    found = lines(PARIS, source=None, url=None)
    assert [line for line in found if line.startswith(("SOURCE", "URL"))] == []


def test_colors_are_css_names() -> None:
    # CSS Color Module Level 3 gives these names these values.
    assert (COLORS["teal"], COLORS["steelblue"], COLORS["crimson"]) == ("#008080", "#4682B4", "#DC143C")
    assert [name for name in COLORS if not name.isalpha() or not name.islower()] == []


def test_read_back_finds_what_was_written() -> None:
    data = "\r\n".join(lines(PARIS, DAY)).encode()
    assert read_back(data) == (
        Entry(uid="c", summary="Talk c", start=date(2026, 3, 9), end=date(2026, 3, 10)),
        Entry(
            uid="b",
            summary="Talk b",
            start=datetime(2026, 3, 10, 10, tzinfo=ZoneInfo("Europe/Paris")),
            end=datetime(2026, 3, 10, 10, 30, tzinfo=ZoneInfo("Europe/Paris")),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("DTSTART;VALUE=DATE:20260309", "DTSTART;VALUE=DATE:2026-03-09"),
        ("DTSTART;VALUE=DATE:20260309\r\n", ""),
        ("UID:c\r\n", ""),
        ("END:VCALENDAR\r\n", ""),
        ("BEGIN:VCALENDAR\r\n", ""),
        ("SUMMARY:Talk c", "SUMMARY Talk c"),
    ],
)
def test_read_back_of_a_broken_feed_raises(old: str, new: str) -> None:
    whole = "\r\n".join(lines(DAY))
    assert old in whole
    with pytest.raises(ValueError):  # noqa: PT011 - the words are icalendar's
        read_back(whole.replace(old, new, 1).encode())
