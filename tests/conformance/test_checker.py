"""Owns the proof that the checker rejects what it is there to reject: a feed broken by each rule in turn."""

from __future__ import annotations

import pytest

from tests.conformance.checker import check

# Written by hand from RFC 5545 and 7986, not by this program.
GOOD = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//Hand//EN
CALSCALE:GREGORIAN
NAME:Talks
X-WR-CALNAME:Talks
DESCRIPTION:All\\, really
X-WR-CALDESC:All\\, really
X-WR-TIMEZONE:Europe/Paris
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
SOURCE;VALUE=URI:https://talks.example/all.ics
URL:https://talks.example/
LAST-MODIFIED:20260102T000000Z
COLOR:teal
X-APPLE-CALENDAR-COLOR:#008080
BEGIN:VTIMEZONE
TZID:Europe/Paris
X-LIC-LOCATION:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:00000000-0000-5000-8000-000000000001
DTSTART;VALUE=DATE:20260310
DTEND;VALUE=DATE:20260313
CREATED:20260101T000000Z
LAST-MODIFIED:20260102T000000Z
DTSTAMP:20260102T000000Z
SEQUENCE:0
SUMMARY:Harbour Days
LOCATION:Paris
GEO:48.853410;2.348800
X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-APPLE-RADIUS=5000;X-TITLE=Paris:geo
 :48.853410,2.348800
STATUS:CONFIRMED
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE
END:VEVENT
BEGIN:VEVENT
UID:00000000-0000-5000-8000-000000000002
DTSTART;TZID=Europe/Paris:20260311T100000
DTEND;TZID=Europe/Paris:20260311T103000
CREATED:20260101T000000Z
LAST-MODIFIED:20260102T000000Z
DTSTAMP:20260102T000000Z
SEQUENCE:2
SUMMARY:Größe\\; and more
LOCATION:Hall 7\\, Paris
DESCRIPTION:Keynote\\nAna Li
X-ALT-DESC;FMTTYPE=text/html:<html><body><p>Keynote<br>Ana Li</p></body></h
 tml>
CATEGORIES:Harbour Days,Keynote
CONTACT:Ana Li
URL:https://talks.example/sessions/one
STATUS:CONFIRMED
TRANSP:OPAQUE
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Online:https://a.example/1
RELATED-TO;RELTYPE=PARENT:00000000-0000-5000-8000-000000000001
IMAGE;VALUE=URI;FMTTYPE=image/png:https://talks.example/one.png
END:VEVENT
END:VCALENDAR
"""

_ALARM = "BEGIN:VALARM\nACTION:AUDIO\nTRIGGER:-PT15M\nEND:VALARM\n"
_EMPTY = GOOD[: GOOD.index("BEGIN:VTIMEZONE")] + "END:VCALENDAR\n"
_SECOND = GOOD.index("BEGIN:VEVENT\nUID:00000000-0000-5000-8000-000000000002")
_ZONE = GOOD[GOOD.index("BEGIN:VTIMEZONE") : GOOD.index("BEGIN:VEVENT")]

# (rule, what stands in the good feed, what stands in the broken one)
BROKEN = [
    ("A1", "VERSION:2.0\n", ""),
    ("A1", "VERSION:2.0", "VERSION:2.1"),
    ("A1", "END:VCALENDAR\n", "NAME:late\nEND:VCALENDAR\n"),
    ("A1", "END:VEVENT\nEND:VCALENDAR\n", "END:VCALENDAR\n"),
    ("A3", "SUMMARY:Harbour Days", "SUMMARY:" + "x" * 68),
    ("A4", "SUMMARY:Harbour Days", "SUMMARY:Harbour, Days"),
    ("A4", "SUMMARY:Harbour Days", "SUMMARY:Harbour; Days"),
    ("A4", "SUMMARY:Harbour Days", "SUMMARY:C:\\Days"),
    ("A5", "SUMMARY:Harbour Days", "SUMMARY:Harbour\x07Days"),
    ("A5", "SUMMARY:Harbour Days", "SUMMARY:Harbour\x85Days"),
    ("A5", "SUMMARY:Harbour Days", "SUMMARY:Harbour\u2028Days"),
    ("A5", "SUMMARY:Harbour Days", "SUMMARY:Gro\u0308\u00dfe"),
    ("A6", "X-TITLE=Paris", "X-TITLE=Par;is"),
    ("A6", "SUMMARY:Harbour Days", "SUMMARY Harbour Days"),
    ("A7", "SUMMARY:Harbour Days", "Summary:Harbour Days"),
    ("A9", "CALSCALE:GREGORIAN\n", ""),
    ("A10", "CREATED:20260101T000000Z", "CREATED:20260101"),
    ("A10", "X-PUBLISHED-TTL:PT1H", "X-PUBLISHED-TTL:P1H"),
    ("A10", "TZOFFSETTO:+0100", "TZOFFSETTO:+01:00"),
    ("A10", "DTSTART;TZID=Europe/Paris:20260311T100000", "DTSTART;TZID=Europe/Paris:20260231T100000"),
    ("A11", "PRODID:-//Example//Hand//EN", "PRODID:me"),
    ("B1", "CALSCALE:GREGORIAN\n", "CALSCALE:GREGORIAN\nMETHOD:PUBLISH\n"),
    ("B1", "SEQUENCE:2\n", "SEQUENCE:2\nORGANIZER;CN=Me:invalid:nomail\n"),
    ("B2", "CALSCALE:GREGORIAN\n", "CALSCALE:GREGORIAN\nMETHOD:REQUEST\n"),
    ("B3", "CONTACT:Ana Li", "ATTENDEE:mailto:ana@talks.example"),
    ("C1", "UID:00000000-0000-5000-8000-000000000002\n", ""),
    ("C1", "UID:00000000-0000-5000-8000-000000000002", "UID:00000000-0000-5000-8000-000000000001"),
    ("C1", "UID:00000000-0000-5000-8000-000000000002", "UID:2@talks.example"),
    ("C1", "UID:00000000-0000-5000-8000-000000000002", "UID:" + "\n ".join(["9" * 60] * 4)),
    ("C2", "DTSTAMP:20260102T000000Z\nSEQUENCE:2", "DTSTAMP:20260103T000000Z\nSEQUENCE:2"),
    ("C2", "DTSTAMP:20260102T000000Z\nSEQUENCE:2", "SEQUENCE:2"),
    ("C3", "CREATED:20260101T000000Z", "CREATED:20270101T000000Z"),
    ("C3", "LAST-MODIFIED:20260102T000000Z\nDTSTAMP", "DTSTAMP"),
    ("C4", "SEQUENCE:2", "SEQUENCE:-1"),
    ("C4", "SEQUENCE:2\n", ""),
    ("C5", "DTSTART;TZID=Europe/Paris:20260311T100000", "DTSTART:20260311T100000"),
    ("C5", "DTSTART;TZID=Europe/Paris:20260311T100000", "DTSTART;TZID=Europe/Paris:20260311T100000Z"),
    ("C5", "DTSTART;TZID=Europe/Paris:20260311T100000", "DTSTART:20260311T100000+0100"),
    ("C6", "DTEND;TZID=Europe/Paris:20260311T103000\n", ""),
    ("C6", "DTEND;TZID=Europe/Paris:20260311T103000", "DURATION:PT30M"),
    ("C6", "DTEND;TZID=Europe/Paris:20260311T103000", "DTEND;TZID=Europe/Paris:20260311T100000"),
    ("C6", "DTEND;TZID=Europe/Paris:20260311T103000", "DTEND;VALUE=DATE:20260312"),
    ("C6", "DTEND;TZID=Europe/Paris:20260311T103000", "DTEND:20260311T103000Z"),
    ("C7", "DTEND;VALUE=DATE:20260313", "DTEND;VALUE=DATE:20260310"),
    ("C7", "DTSTART;VALUE=DATE:20260310", "DTSTART:20260310"),
    ("C8", "20260311T10", "20260329T02"),
    ("C9", "SUMMARY:Harbour Days\n", ""),
    ("C9", "SUMMARY:Harbour Days", "SUMMARY:"),
    ("C9", "LOCATION:Hall 7\\, Paris", "LOCATION:Hall 7\\nParis"),
    ("C9", "SUMMARY:Harbour Days", "SUMMARY:" + "\n ".join(["y" * 60] * 5)),
    ("C10", "STATUS:CONFIRMED\nTRANSP:OPAQUE", "STATUS:POSTPONED\nTRANSP:OPAQUE"),
    ("C11", "TRANSP:OPAQUE", "TRANSP:TRANSPARENT"),
    ("C11", "TRANSP:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", "TRANSP:OPAQUE"),
    ("C12", "SEQUENCE:2\n", "SEQUENCE:2\nATTACH:https://talks.example/slides\n"),
    ("C13", "GEO:48.853410;2.348800", "GEO:48.85;2.35"),
    ("C14", "URL:https://talks.example/sessions/one", "URL:https://talks.example/größe"),
    ("C14", "URL:https://talks.example/sessions/one", "URL:javascript:alert(1)"),
    ("C15", "<p>Keynote", "<p onclick=x>Keynote"),
    ("C15", "<br>Ana Li", "<script>Ana Li"),
    ("C16", "X-TITLE=Paris", "X-TITLE=Lutetia"),
    ("C17", "SEQUENCE:2\n", f"SEQUENCE:2\n{_ALARM}"),
    ("C18", "SEQUENCE:2\n", "SEQUENCE:2\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n"),
    ("C20", GOOD[GOOD.index("BEGIN:VEVENT") :], GOOD[_SECOND:-14] + GOOD[GOOD.index("BEGIN:VEVENT") : _SECOND] + "END:VCALENDAR\n"),  # noqa: E501
    ("D1", "X-WR-CALNAME:Talks", "X-WR-CALNAME:Chats"),
    ("D1", "NAME:Talks\nX-WR-CALNAME:Talks\n", ""),
    ("D2", "X-WR-CALDESC:All\\, really\n", ""),
    ("D2", "X-WR-TIMEZONE:Europe/Paris", "X-WR-TIMEZONE:+01:00"),
    ("D3", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "REFRESH-INTERVAL:PT1H"),
    ("D3", "X-PUBLISHED-TTL:PT1H", "X-PUBLISHED-TTL:PT2H"),
    ("D4", "SOURCE;VALUE=URI:", "SOURCE:"),
    ("D4", "CALSCALE:GREGORIAN\n", "CALSCALE:GREGORIAN\nUID:00000000-0000-5000-8000-000000000009\n"),
    ("D4", "LAST-MODIFIED:20260102T000000Z\nCOLOR", "COLOR"),
    ("D5", "COLOR:teal", "COLOR:#008080"),
    ("D6", "IMAGE;VALUE=URI;", "IMAGE;"),
    ("D7", "FEATURE=AUDIO,VIDEO", 'FEATURE="AUDIO,VIDEO"'),
    ("D7", "CONFERENCE;VALUE=URI;", "CONFERENCE;"),
    ("D9", "SEQUENCE:2\n", "SEQUENCE:2\nBEGIN:PARTICIPANT\nUID:p\nEND:PARTICIPANT\n"),
    ("D12", "SEQUENCE:2\n", "SEQUENCE:2\nX-MADE-UP:1\n"),
    ("E1", _ZONE, ""),
    ("E1", _ZONE, _ZONE + _ZONE),
    ("E1", "TZID=Europe/Paris:", "TZID=Europe/Berlin:"),
    ("E2", "TZOFFSETFROM:+0100\n", ""),
    ("E2", "TZOFFSETFROM:+0200\nTZOFFSETTO:+0100", "TZOFFSETFROM:+0200\nTZOFFSETTO:+0130"),
    ("E2", "DTSTART:19810329T020000", "DTSTART:19810328T020000"),
    ("E3", "20260311T10", "19700311T10"),
    ("E4", "BYDAY=-1SU\nTZOFFSETFROM:+0100", "BYMONTHDAY=25\nTZOFFSETFROM:+0100"),
    ("E6", "DAYLIGHT", "STANDARD"),
    ("E7", "X-LIC-LOCATION:Europe/Paris\n", "X-LIC-LOCATION:Europe/Paris\nCOMMENT:made by hand\n"),
    ("E9", "Europe/Paris", "Europe/Lutetia"),
]  # fmt: skip


def rules(text: str, *, one_off: bool = False) -> set[str]:
    return {finding.rule for finding in check(text.replace("\n", "\r\n").encode(), one_off=one_off)}


def test_check_good_feed() -> None:
    assert rules(GOOD) == set()


@pytest.mark.parametrize(
    ("rule", "old", "new"), BROKEN, ids=[f"{row[0]}-{n}" for n, row in enumerate(BROKEN)]
)
def test_check_broken_feed(rule: str, old: str, new: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new) if rule in ("C8", "E3", "E9") else GOOD.replace(old, new, 1)
    if rule == "E6":  # swap the two names
        text = (
            GOOD.replace("DAYLIGHT", "SUMMER").replace("STANDARD", "DAYLIGHT").replace("SUMMER", "STANDARD")
        )
    assert rule in rules(text)


@pytest.mark.parametrize(
    ("rule", "data"),
    [
        ("A2", b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()),
        ("A2", GOOD.encode()),
        ("A2", GOOD.replace("\n", "\r\n").encode().removesuffix(b"\r\n")),
        ("A2", GOOD.replace("\n", "\r\n").replace("BEGIN:VEVENT", "\r\nBEGIN:VEVENT", 1).encode()),
        ("A3", GOOD.replace("\n", "\r\n").encode().replace("ö".encode(), b"\xc3\r\n \xb6")),
        ("A3", GOOD.replace("\n", "\r\n").encode().replace(b"\\;", b"\\\r\n ;", 1)),
        ("A1", _EMPTY.replace("\n", "\r\n").encode()),
        (
            "F23",
            (GOOD[:-14] + "BEGIN:VEVENT\nEND:VEVENT\n" * 999 + GOOD[-14:]).replace("\n", "\r\n").encode(),
        ),
    ],
)
def test_check_broken_octets(rule: str, data: bytes) -> None:
    assert rule in {finding.rule for finding in check(data)}


def test_check_says_the_line() -> None:
    text = GOOD.replace("STATUS:CONFIRMED", "STATUS:MAYBE", 1)
    number = text.split("\n").index("STATUS:MAYBE") + 1
    (finding,) = check(text.replace("\n", "\r\n").encode())
    assert (finding.line, finding.rule) == (number, "C10")


ONE_OFF = (
    GOOD.replace("CALSCALE:GREGORIAN\n", "CALSCALE:GREGORIAN\nMETHOD:PUBLISH\n")
    .replace("X-WR-CALNAME:Talks\n", "")
    .replace("SEQUENCE", "ORGANIZER;CN=Talks:invalid:nomail\nSEQUENCE")
)


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("B2", "METHOD:PUBLISH\n", ""),
        ("B2", "ORGANIZER;CN=Talks:invalid:nomail\n", ""),
        ("B2", "ORGANIZER;CN=Talks:invalid:nomail\n", "ORGANIZER:invalid:nomail\n"),
        ("D1", "NAME:Talks\n", "NAME:Talks\nX-WR-CALNAME:Talks\n"),
    ],
)
def test_check_broken_download(rule: str, old: str, new: str) -> None:
    assert rules(ONE_OFF, one_off=True) == set()
    assert rules(ONE_OFF.replace(old, new, 1), one_off=True) == {rule}
