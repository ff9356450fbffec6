"""Owns what a VEVENT says for each kind of session, and how long that takes to write."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from feeds.ical import Fragment, render_event, render_session
from feeds.model import Event, Place, Revision, Session, Speaker, Track

PARIS = ZoneInfo("Europe/Paris")
PLACE = Place(city="Paris", country="FR", timezone="Europe/Paris", latitude=48.85341, longitude=2.3488)
EVENT = Event(
    slug="days",
    name="Days",
    start=date(2026, 3, 10),
    end=date(2026, 3, 12),
    place=PLACE,
    venue="Palais",
    uid="e-1",
)
SESSION = Session(
    slug="one",
    title="Title",
    start=datetime(2026, 3, 10, 10, 0, tzinfo=PARIS),
    end=datetime(2026, 3, 10, 10, 30, tzinfo=PARIS),
    timezone="Europe/Paris",
    uid="s-1",
)
REVISION = Revision(
    uid="s-1",
    sequence=3,
    created=datetime(2026, 1, 1, tzinfo=UTC),
    last_modified=datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC),
)


def render(
    session: Session,
    *,
    event: Event | None = None,
    event_uid: str | None = None,
    speakers: tuple[Speaker, ...] = (),
    track: Track | None = None,
    place: Place | None = None,
    page: str | None = None,
    uid: str = "s-1",
) -> Fragment:
    return render_session(
        session,
        revision=replace(REVISION, uid=uid),
        event=event,
        event_uid=event_uid,
        speakers=speakers,
        track=track,
        place=place,
        page=page,
    )


def lines(fragment: Fragment) -> list[str]:
    return fragment.body.decode().replace("\r\n ", "").split("\r\n")


def values(fragment: Fragment, name: str) -> list[str]:
    """Everything after a name, parameters included."""
    return [line.removeprefix(name) for line in lines(fragment) if line.split(":")[0].split(";")[0] == name]


def test_render_session_least() -> None:
    assert lines(render(SESSION)) == [
        "BEGIN:VEVENT",
        "UID:s-1",
        "DTSTART;TZID=Europe/Paris:20260310T100000",
        "DTEND;TZID=Europe/Paris:20260310T103000",
        "CREATED:20260101T000000Z",
        "LAST-MODIFIED:20260203T040506Z",
        "DTSTAMP:20260203T040506Z",
        "SEQUENCE:3",
        "SUMMARY:Title",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "END:VEVENT",
        "",
    ]


def test_render_session_most() -> None:
    session = replace(
        SESSION,
        format="Keynote",
        room="Hall 7",
        room_url="https://a.example/map",
        url="https://a.example/one",
        conference_url="https://meet.example/1",
        description='Line one\n\nLine <two> & "three"',
        image="https://a.example/one.jpg",
    )
    speakers = (Speaker(slug="a", name="Ana Li", affiliation="Boats, Ltd"), Speaker(slug="b", name="Bo Ek"))
    track = Track(event="days", slug="boats", name="Boats")
    found = render(session, event=EVENT, event_uid="e-1", speakers=speakers, track=track, place=PLACE)
    assert lines(found)[8:-2] == [
        "SUMMARY:Title",
        "LOCATION:Hall 7\\, Palais\\, Paris",
        "GEO:48.853410;2.348800",
        "DESCRIPTION:Keynote · Boats · Days\\nAna Li (Boats\\, Ltd)\\nBo Ek\\nhttps://a.example/one"
        "\\nRoom: https://a.example/map\\nOnline: https://meet.example/1"
        '\\n\\nLine one\\n\\nLine <two> & "three"',
        "X-ALT-DESC;FMTTYPE=text/html:<html><body><p>Keynote · Boats · Days<br>"
        "Ana Li (Boats\\, Ltd)<br>Bo Ek<br>"
        '<a href="https://a.example/one">https://a.example/one</a><br>'
        'Room: <a href="https://a.example/map">https://a.example/map</a><br>'
        'Online: <a href="https://meet.example/1">https://meet.example/1</a></p>'
        '<p>Line one</p><p>Line &lt\\;two&gt\\; &amp\\; "three"</p></body></html>',
        "CATEGORIES:Days,Boats,Keynote",
        "CONTACT:Ana Li (Boats\\, Ltd)",
        "CONTACT:Bo Ek",
        "URL:https://a.example/one",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Online:https://meet.example/1",
        "RELATED-TO;RELTYPE=PARENT:e-1",
        "IMAGE;VALUE=URI;FMTTYPE=image/jpeg:https://a.example/one.jpg",
    ]


def test_render_event() -> None:
    event = replace(EVENT, venue=None, url="https://a.example/", description="Two days.")
    found = render_event(event, revision=replace(REVISION, uid="e-1"), page=None)
    assert lines(found)[1:-2] == [
        "UID:e-1",
        "DTSTART;VALUE=DATE:20260310",
        "DTEND;VALUE=DATE:20260312",
        "CREATED:20260101T000000Z",
        "LAST-MODIFIED:20260203T040506Z",
        "DTSTAMP:20260203T040506Z",
        "SEQUENCE:3",
        "SUMMARY:Days",
        "LOCATION:Paris",
        "GEO:48.853410;2.348800",
        'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-APPLE-RADIUS=5000;X-TITLE="Paris":geo:48.853410,2.348800',
        "DESCRIPTION:https://a.example/\\n\\nTwo days.",
        'X-ALT-DESC;FMTTYPE=text/html:<html><body><p><a href="https://a.example/">https://a.example/</a></p>'
        "<p>Two days.</p></body></html>",
        "CATEGORIES:Days",
        "URL:https://a.example/",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
    ]


def local(text: str, zone: str = "Europe/Paris", *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


@pytest.mark.parametrize(
    ("start", "end", "zone", "expected"),
    [
        (local("2026-03-10T10:00"), local("2026-03-10T10:30"), "Europe/Paris",
         (";TZID=Europe/Paris:20260310T100000", ";TZID=Europe/Paris:20260310T103000")),
        # A zone by an old name stays as the author spelt it.
        (local("2026-03-10T10", "Asia/Calcutta"), local("2026-03-10T11", "Asia/Calcutta"), "Asia/Calcutta",
         (";TZID=Asia/Calcutta:20260310T100000", ";TZID=Asia/Calcutta:20260310T110000")),
        (local("2026-03-10T10:00", "UTC"), local("2026-03-10T11:00", "UTC"), "UTC",
         (":20260310T100000Z", ":20260310T110000Z")),
        # Given in another zone than the session's.
        (local("2026-03-10T09:00", "UTC"), local("2026-03-10T10:00", "UTC"), "Europe/Paris",
         (";TZID=Europe/Paris:20260310T100000", ";TZID=Europe/Paris:20260310T110000")),
        # Half past two happens twice on 25 October 2026: at 00:30 and at 01:30 UTC.
        (local("2026-10-25T02:30"), local("2026-10-25T04:00"), "Europe/Paris",
         (":20261025T003000Z", ":20261025T030000Z")),
        (local("2026-10-25T02:30", fold=1), local("2026-10-25T04:00"), "Europe/Paris",
         (":20261025T013000Z", ":20261025T030000Z")),
        (local("2026-10-25T01:30"), local("2026-10-25T02:30", fold=1), "Europe/Paris",
         (":20261024T233000Z", ":20261025T013000Z")),
        # Half past two does not happen on 29 March 2026; RFC 5545 counts it with the offset before the gap.
        (local("2026-03-29T02:30"), local("2026-03-29T04:00"), "Europe/Paris",
         (":20260329T013000Z", ":20260329T020000Z")),
        # Without an end: NOMINAL, over the gap too.
        (local("2026-03-10T10:00"), None, "Europe/Paris",
         (";TZID=Europe/Paris:20260310T100000", ";TZID=Europe/Paris:20260310T103000")),
        (local("2026-03-29T01:45"), None, "Europe/Paris",
         (";TZID=Europe/Paris:20260329T014500", ";TZID=Europe/Paris:20260329T031500")),
        (date(2026, 2, 28), None, None, (";VALUE=DATE:20260228", ";VALUE=DATE:20260301")),
        (date(2026, 2, 28), date(2026, 2, 28), None, (";VALUE=DATE:20260228", ";VALUE=DATE:20260301")),
        (date(2026, 12, 30), date(2027, 1, 2), None, (";VALUE=DATE:20261230", ";VALUE=DATE:20270102")),
        (date(2026, 12, 31), None, "Europe/Paris", (";VALUE=DATE:20261231", ";VALUE=DATE:20270101")),
    ],
)  # fmt: skip
def test_render_session_times(
    start: datetime | date, end: datetime | date | None, zone: str | None, expected: tuple[str, str]
) -> None:
    found = render(replace(SESSION, start=start, end=end, timezone=zone))
    assert (*values(found, "DTSTART"), *values(found, "DTEND")) == expected
    named = expected[0].removeprefix(";TZID=").split(":")[0] if "TZID" in expected[0] else None
    assert found.timezone == named


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": None}, "session one has no known start"),
        ({"timezone": None}, "session one has no known zone"),
        ({"start": datetime(2026, 3, 10, 10)}, "a time without a zone cannot be published"),  # noqa: DTZ001
    ],
)
def test_render_session_without_time_raises(change: dict[str, None], message: str) -> None:
    with pytest.raises(ValueError, match=rf"^{message}$"):
        render(replace(SESSION, **change))


def test_render_event_without_days_raises() -> None:
    with pytest.raises(ValueError, match=r"^event days has no known days$"):
        render_event(replace(EVENT, start=None), revision=REVISION, page=None)


@pytest.mark.parametrize("uid", ["", "x" * 192, "a\r\nATTENDEE:mailto:a@b", " padded ", "ü" * 96])
def test_render_session_with_bad_uid_raises(uid: str) -> None:
    with pytest.raises(ValueError, match=r"^no UID that calendars take"):
        render(SESSION, uid=uid)


@pytest.mark.parametrize(
    ("status", "expected", "notice"),
    [
        ("confirmed", ["CONFIRMED", "OPAQUE", "BUSY"], []),
        ("tentative", ["TENTATIVE", "OPAQUE", "TENTATIVE"], []),
        ("postponed", ["TENTATIVE", "TRANSPARENT", "FREE"], [":Postponed"]),
        ("cancelled", ["CANCELLED", "TRANSPARENT", "FREE"], [":Cancelled"]),
    ],
)
def test_render_session_status(status: str, expected: list[str], notice: list[str]) -> None:
    found = render(replace(SESSION, status=status))  # type: ignore[arg-type]
    names = ("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")
    assert [value.lstrip(":") for name in names for value in values(found, name)] == expected
    assert values(found, "DESCRIPTION") == notice
    assert values(found, "SUMMARY") == [":Title"]


@pytest.mark.parametrize(
    ("url", "page", "expected"),
    [
        ("https://a.example/1", "https://b.example/2", [":https://a.example/1"]),
        (None, "https://b.example/2", [":https://b.example/2"]),
        ("javascript:alert(1)", "https://b.example/2", [":https://b.example/2"]),
        ("data:text/html,x", None, []),
        ("//a.example/1", None, []),
        ("/relative", None, []),
        ("https://", None, []),
        ("https://a.example:port/", None, []),
        ("https://[half/", None, []),
        ("https://a.example/" + "x" * 2000, None, []),
        ("HTTPS://A.example/B", None, [":https://A.example/B"]),
        ("https://a.example/größe?q=ü#ß", None, [":https://a.example/gr%C3%B6%C3%9Fe?q=%C3%BC#%C3%9F"]),
        ("https://bücher.example/", None, [":https://xn--bcher-kva.example/"]),
        ('https://a.example/a b"c<d>', None, [":https://a.example/a%20b%22c%3Cd%3E"]),
        ("https://a.example/%C3%BC", None, [":https://a.example/%C3%BC"]),
        ("https://a.example/a,b;c", None, [":https://a.example/a,b;c"]),
        ("https://a.example/\r\nATTENDEE:x", None, [":https://a.example/ATTENDEE:x"]),
    ],
)
def test_render_session_url(url: str | None, page: str | None, expected: list[str]) -> None:
    assert values(render(replace(SESSION, url=url), page=page), "URL") == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("tel:+33-1-23", [";VALUE=URI;FEATURE=PHONE;LABEL=Online:tel:+33-1-23"]),
        ("mailto:a@b.example", [";VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Online:mailto:a@b.example"]),
        ("file:///etc/passwd", []),
    ],
)
def test_render_session_conference(address: str, expected: list[str]) -> None:
    assert values(render(replace(SESSION, conference_url=address)), "CONFERENCE") == expected


def test_render_session_long_texts_are_cut() -> None:
    words = "abcdefghi " * 1000
    found = render(replace(SESSION, title=words, description=words, url="https://a.example/" + "x" * 1500))
    (title,), (description,) = values(found, "SUMMARY"), values(found, "DESCRIPTION")
    assert title == ":" + ("abcdefghi " * 25)[:-1] + "…"
    assert len(description.replace("\\n", "\n")) - 1 <= 2999
    assert description.startswith(":https://a.example/" + "x" * 1500 + "\\n\\nabcdefghi ")
    assert description.endswith("abcdefghi…")


@pytest.mark.parametrize(
    ("title", "kind", "expected"), [("", "Panel", ":Panel"), ("\x07", None, ":Untitled")]
)
def test_render_session_without_title(title: str, kind: str | None, expected: str) -> None:
    assert values(render(replace(SESSION, title=title, format=kind)), "SUMMARY") == [expected]


def test_render_session_order_is_by_instant_then_uid() -> None:
    later = datetime(2026, 3, 10, 10, 0, tzinfo=ZoneInfo("America/New_York"))
    found = [
        render(replace(SESSION, start=later, end=later + timedelta(hours=1), timezone="America/New_York")),
        render(SESSION, uid="s-2"),
        render(SESSION, uid="s-1"),
        render(replace(SESSION, start=date(2026, 3, 10), end=None), uid="s-9"),
    ]
    assert [each.uid for each in sorted(found, key=lambda each: each.order)] == ["s-9", "s-1", "s-2", "s-1"]
    assert sorted(found, key=lambda each: each.order)[-1] is found[0]


def test_render_session_years_are_local() -> None:
    start = datetime(2026, 12, 31, 23, 30, tzinfo=PARIS)
    assert render(replace(SESSION, start=start, end=start + timedelta(hours=1))).years == (2026, 2027)
