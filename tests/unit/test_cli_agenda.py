"""Owns the tests of the agenda, the listing, the findings and the explanation, on schedules made by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from feeds.cli.agenda import agenda, counts, why_not
from feeds.cli.check import exit_code, findings, located
from feeds.cli.explain import choices, explanation, matching, suggestion
from feeds.cli.wording import days_in_words
from feeds.diagnostics import Diagnostic, Severity, report
from feeds.listing import as_json
from feeds.model import Event, Origin, Place, PostInfo, Schedule, Session, Speaker, Track
from feeds.source import Source, Span

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Understood:
    """What a compile gives."""

    schedule: Schedule
    diagnostics: tuple[Diagnostic, ...] = ()


def origin(how: str, **others: object) -> Origin:
    values = {"path": "posts/a.md", "line": 3, "column": 5, "words": "Tuesday", "why": ""}
    return Origin(how=how, **(values | others))  # type: ignore[arg-type]


OPENING = Session(
    uid="6f0f8b0e",
    slug="opening-words",
    title="Opening words",
    start=datetime(2027, 5, 4, 9, 0, tzinfo=PARIS),
    end=datetime(2027, 5, 4, 9, 45, tzinfo=PARIS),
    timezone="Europe/Paris",
    event="example-2027",
    track="sample-day",
    format="Keynote",
    speakers=("zoe-sample", "ada-example"),
    room="Room A",
    room_url="https://example.org/a",
    url="https://example.org/s/1",
    description="Words.",
    posts=("posts/a.md", "posts/b.md"),
    line=7,
    origins={
        "title": origin("read", line=7, words="Opening words"),
        "start": origin("inherited", why="the day stands in the heading above"),
        "room": origin("defaulted", words=""),
    },
)
SCHEDULE = Schedule(
    events=(
        Event(
            slug="example-2027",
            name="Example Summit 2027",
            start=date(2027, 5, 4),
            end=date(2027, 5, 7),
            place=Place(city="Paris", country="FR", timezone="Europe/Paris", latitude=48.9, longitude=2.4),
            url="https://example.org/",
            venue="Hall of Samples",
        ),
    ),
    sessions=(
        Session(
            slug="sample-day",
            title="Sample Day",
            start=date(2027, 5, 4),
            end=date(2027, 5, 5),
            event="example-2027",
            track="sample-day",
            posts=("posts/a.md",),
        ),
        OPENING,
        Session(
            slug="night",
            title="Night of samples",
            start=datetime(2027, 5, 5, 23, 0, tzinfo=PARIS),
            end=datetime(2027, 5, 6, 1, 0, tzinfo=PARIS),
            timezone="Europe/Paris",
            event="example-2027",
            status="cancelled",
        ),
        Session(
            slug="call",
            title="Community call",
            start=datetime(2027, 6, 1, 17, 0),  # noqa: DTZ001 - no zone is known (see Session)
            posts=("posts/c.md",),
            line=9,
        ),
        Session(slug="later", title="Later", start=None, posts=("posts/c.md",), line=12),
    ),
    speakers=(
        Speaker(slug="ada-example", name="Ada Example", affiliation="Sample, LLC"),
        Speaker(slug="zoe-sample", name="Zoë Sample"),
    ),
    tracks=(Track(event="example-2027", slug="sample-day", name="Sample Day"),),
    posts=(
        PostInfo(slug="a", path="posts/a.md", title="A"),
        PostInfo(slug="c", path="posts/c.md", title="C"),
    ),
)


def test_agenda_for_a_pipe_is_plain_and_does_not_wrap() -> None:
    assert agenda(SCHEDULE, width=None).plain == (
        "Example Summit 2027\n"
        "4–6 May 2027 · Hall of Samples · Paris, FR · Europe/Paris\n"
        "\n"
        "  Tuesday, 4 May 2027\n"
        "    all day          Sample Day\n"
        "    09:00 – 09:45    Opening words\n"
        "                     Zoë Sample, Ada Example (Sample, LLC) · Room A · Sample Day · Keynote\n"
        "\n"
        "  Wednesday, 5 May 2027\n"
        "    23:00 – 01:00 +1 [cancelled] Night of samples\n"
        "\n"
        "Not published\n"
        "\n"
        "    Community call – no zone is known; write the city or a zone (posts/c.md:9)\n"
        "    Later – nothing says when it starts; write its day and time (posts/c.md:12)\n"
        "\n"
        "5 sessions in 1 event from 2 posts."
    )


def test_agenda_for_a_terminal_wraps_beside_the_times() -> None:
    long = replace(
        OPENING, title="Opening words of a length that no terminal has 日本語", origins={}, room=None
    )
    shown = agenda(Schedule(sessions=(replace(long, event=None, speakers=(), track=None),)), width=50).plain
    assert shown.split("\n") == [
        "Without an event",
        "",
        "  Tuesday, 4 May 2027",
        "    09:00 – 09:45    Opening words of a length",
        "                     that no terminal has 日本語",
        "                     Keynote · Europe/Paris",
        "",
        "1 session in 0 events from 0 posts.",
    ]


def test_agenda_marks_what_was_not_written_there() -> None:
    text = agenda(SCHEDULE, width=100)
    marked = [text.plain[span.start : span.end] for span in text.spans if span.style == "dim italic"]
    assert marked == ["09:00 – 09:45", "Room A"]
    assert text.plain.endswith(
        "\nDim italics: not written there, but inherited or assumed; `feeds explain SESSION` says from where."
    )


def test_agenda_strikes_what_is_cancelled() -> None:
    text = agenda(SCHEDULE, width=100)
    struck = [text.plain[span.start : span.end] for span in text.spans if span.style == "strike"]
    assert struck == ["[cancelled] Night of samples"]


def test_agenda_shows_escapes_of_a_hostile_title_as_pictures() -> None:
    hostile = replace(OPENING, title="a\x1b[2Jb\rc", room="\x07", event=None, speakers=(), origins={})
    lines = agenda(Schedule(sessions=(hostile,)), width=None).plain.split("\n")
    assert lines[3:5] == [
        "    09:00 – 09:45    a␛[2Jb␍c",
        " " * 21 + "␇ · sample-day · Keynote · Europe/Paris",
    ]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2027, 5, 4), date(2027, 5, 4), "4 May 2027"),
        (date(2027, 5, 4), date(2027, 5, 6), "4–6 May 2027"),
        (date(2027, 5, 30), date(2027, 6, 2), "30 May – 2 June 2027"),
        (date(2027, 12, 30), date(2028, 1, 2), "30 December 2027 – 2 January 2028"),
    ],
)
def test_days_say_twice_only_what_differs(first: date, last: date, words: str) -> None:
    assert days_in_words(first, last) == words


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        ({"start": None}, "nothing says when it starts; write its day and time"),
        ({"timezone": None}, "no zone is known; write the city or a zone"),
        ({"held": "impossible-time"}, "impossible-time: the time of day does not exist on any clock"),
    ],
)
def test_reason_why_a_session_is_not_published(others: dict[str, object], reason: str) -> None:
    assert why_not(replace(OPENING, **others)) == reason  # type: ignore[arg-type]


def test_listing_is_what_the_design_says() -> None:
    listing = as_json(Understood(SCHEDULE))
    sessions = listing["sessions"]
    assert isinstance(sessions, list)
    assert sessions[1] == {
        "uid": "6f0f8b0e",
        "slug": "opening-words",
        "title": "Opening words",
        "url": "https://example.org/s/1",
        "event": "example-2027",
        "track": "sample-day",
        "format": "Keynote",
        "speakers": [
            {"slug": "zoe-sample", "name": "Zoë Sample", "affiliation": None},
            {"slug": "ada-example", "name": "Ada Example", "affiliation": "Sample, LLC"},
        ],
        "start": "2027-05-04T09:00",
        "end": "2027-05-04T09:45",
        "timezone": "Europe/Paris",
        "all_day": False,
        "room": "Room A",
        "room_url": "https://example.org/a",
        "status": "confirmed",
        "description": "Words.",
        "post": "posts/a.md",
        "line": 7,
    }
    assert [(one["start"], one["end"], one["all_day"], one["timezone"]) for one in sessions] == [
        ("2027-05-04", "2027-05-05", True, None),
        ("2027-05-04T09:00", "2027-05-04T09:45", False, "Europe/Paris"),
        ("2027-05-05T23:00", "2027-05-06T01:00", False, "Europe/Paris"),
        ("2027-06-01T17:00", None, False, None),
        (None, None, False, None),
    ]
    assert {name: listing[name] for name in ("events", "tracks", "speakers", "diagnostics")} == {
        "events": [
            {
                "slug": "example-2027",
                "name": "Example Summit 2027",
                "start": "2027-05-04",
                "end": "2027-05-07",
                "city": "Paris",
                "country": "FR",
                "timezone": "Europe/Paris",
                "url": "https://example.org/",
            }
        ],
        "tracks": [{"event": "example-2027", "slug": "sample-day", "name": "Sample Day"}],
        "speakers": [
            {"slug": "ada-example", "name": "Ada Example", "affiliation": "Sample, LLC"},
            {"slug": "zoe-sample", "name": "Zoë Sample", "affiliation": None},
        ],
        "diagnostics": [],
    }


def test_listing_of_nothing_has_all_its_keys() -> None:
    empty: dict[str, object] = {"events": [], "tracks": [], "speakers": [], "sessions": [], "diagnostics": []}
    assert as_json(Understood(Schedule())) == empty


def told(*severities: Severity) -> tuple[Diagnostic, ...]:
    source = Source.from_text("posts/a.md", "Monday\n")
    return tuple(
        report("weekday-mismatch", "x", source=source, span=Span(0, 6), severity=severity)
        for severity in severities
    )


@pytest.mark.parametrize(
    ("severities", "lenient", "strict"),
    [
        ([], 0, 0),
        ([Severity.NOTE], 0, 1),
        ([Severity.WARNING], 1, 1),
        ([Severity.NOTE, Severity.ERROR], 1, 1),
    ],
)
def test_notes_alone_fail_only_a_strict_check(severities: list[Severity], lenient: int, strict: int) -> None:
    found = told(*severities)
    assert (exit_code(found, strict=False), exit_code(found, strict=True)) == (lenient, strict)


@pytest.mark.parametrize(("output_format", "printed"), [("text", ""), ("github", ""), ("json", "[]")])
def test_check_without_findings_prints_nothing_to_read(output_format: str, printed: str) -> None:
    assert findings([], output_format=output_format, width=80).plain == printed


@pytest.mark.parametrize(
    ("output_format", "start"),
    [
        ("text", "posts/a.md:1:1: error[weekday-mismatch] x\n"),
        ("github", "::error file=posts/a.md,line=1,"),
        ("json", '[\n  {\n    "rule": "weekday-mismatch",'),
        ("sarif", '{\n  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",'),
    ],
)
def test_check_prints_in_the_format_asked_for(output_format: str, start: str) -> None:
    assert (
        findings(told(Severity.ERROR), output_format=output_format, width=None).plain[: len(start)] == start
    )


def test_counts_in_words() -> None:
    assert counts(SCHEDULE) == "5 sessions in 1 event from 2 posts"


# A path that an editor opens from the working directory, wherever the folder of posts is.
@pytest.mark.parametrize("absolute", [False, True])
@pytest.mark.parametrize(
    ("shown", "folder", "opened"),
    [
        ("posts/a.md", "posts", "posts/a.md"),
        ("posts/2027/a.md", "site/posts", "site/posts/2027/a.md"),
        ("posts/a.md", "/nowhere/posts", "/nowhere/posts/a.md"),
        ("drafts.md", "posts", "elsewhere/drafts.md"),
        ("revisions.txt", "posts", "revisions.txt"),
    ],
)
def test_finding_is_located_from_the_working_directory(
    shown: str, folder: str, opened: str, *, absolute: bool
) -> None:
    found = replace(told(Severity.NOTE)[0], path=shown)
    given = Path.cwd() / folder if absolute else Path(folder)
    assert located(found, folder=given, paths=[Path("elsewhere/drafts.md")]).path == opened


@pytest.mark.parametrize(
    ("wanted", "slugs"),
    [
        ("opening-words", ["opening-words"]),
        ("6f0f8b0e", ["opening-words"]),
        ("OPENING", ["opening-words"]),
        ("sample", ["sample-day", "night"]),
        ("sample-day", ["sample-day"]),
        ("xyzzy", []),
        ("", []),
    ],
)
def test_session_is_found_by_slug_uid_or_part_of_its_title(wanted: str, slugs: list[str]) -> None:
    assert [session.slug for session in matching(SCHEDULE, wanted)] == slugs


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (
            "Openning words",
            "No session matches `Openning words`; did you mean `feeds explain opening-words`?",
        ),
        ("xyzzy", "No session matches `xyzzy`; see them all with `feeds show`."),
    ],
)
def test_session_that_is_not_found_is_suggested(wanted: str, said: str) -> None:
    assert suggestion(SCHEDULE, wanted) == said


def test_choices_name_slug_start_and_title() -> None:
    assert choices(matching(SCHEDULE, "sample")).plain.split("\n") == [
        "sample-day  2027-05-04        Sample Day",
        "night       2027-05-05T23:00  Night of samples",
    ]


def test_explanation_tells_read_inherited_and_defaulted_with_the_words() -> None:
    lines = explanation(OPENING, schedule=SCHEDULE).plain.split("\n")
    assert lines[:3] == ["Opening words", "posts/a.md:7  opening-words", ""]
    assert lines[3:13] == [
        "title           Opening words",
        "                read at posts/a.md:7:5 “Opening words”",
        "event           example-2027",
        "start           2027-05-04T09:00",
        "                inherited from posts/a.md:3:5 “Tuesday” – the day stands in the heading above",
        "end             2027-05-04T09:45",
        "timezone        Europe/Paris",
        "track           sample-day",
        "format          Keynote",
        "speakers        Zoë Sample, Ada Example",
    ]
    assert lines[13:15] == ["room            Room A", "                defaulted at posts/a.md:3:5"]


def test_explanation_says_why_a_session_is_not_published() -> None:
    later = SCHEDULE.sessions[-1]
    assert explanation(later, schedule=SCHEDULE).plain.split("\n")[:3] == [
        "Later",
        "posts/c.md:12  later",
        "Not published: nothing says when it starts; write its day and time.",
    ]


def test_explanation_shortens_long_words() -> None:
    wordy = replace(
        OPENING, description="word " * 5000, origins={"description": origin("read", words="x" * 5000)}
    )
    lines = explanation(wordy, schedule=SCHEDULE).plain.split("\n")
    assert max(map(len, lines)) < 200
