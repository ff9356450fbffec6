"""Owns what holds of any text at all: it survives the way into a feed and out of other people's parsers."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime

import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from feeds.ical import assemble, read_back, render_session
from feeds.ical.text import clip, escape, fold, one_line, plain, uri
from feeds.model import Revision, Session, Speaker
from tests.conformance.checker import check

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
# Every code point, lone surrogates too, with those that hurt more often than chance would have them.
HARD = st.sampled_from(
    [
        *'\\;,:"^<>&\r\n\t\0\x0b\x0c\x1f\x7f\x85\u2028\u2029\ufeff\u200d\u0301\u0323\u0338\ud83d\ude00',
        *("\r\n ", "\\n", "\\N", "e\u0301", "한", "BEGIN:VEVENT"),
        *("\U0001f469\u200d\U0001f469", "\U0001f1eb\U0001f1f7"),
    ]
)
TEXT = st.lists(st.one_of(HARD, st.text(st.characters(exclude_categories=[]), max_size=30)), max_size=40).map(
    "".join
)


def feed(*, title: str, description: str = "", room: str = "", speaker: str = "") -> bytes:
    session = Session(
        slug="one",
        title=title,
        start=NOW,
        end=NOW.replace(hour=11),
        timezone="UTC",
        room=room,
        description=description,
        format="Talk",
    )
    revision = Revision(
        uid="00000000-0000-5000-8000-000000000001", sequence=0, created=NOW, last_modified=NOW
    )
    speakers = [Speaker(slug="s", name=speaker)] if speaker else []
    fragment = render_session(
        session,
        revision=revision,
        event=None,
        event_uid=None,
        speakers=speakers,
        track=None,
        place=None,
        page=None,
    )
    return assemble(
        [fragment],
        name=title,
        description=description,
        timezone=None,
        source=None,
        url=None,
        refresh_minutes=60,
        color=None,
        last_modified=NOW,
    ).body


@given(TEXT, TEXT, TEXT, TEXT)
@settings(max_examples=150, deadline=None)
def test_feed_of_any_text_conforms(title: str, description: str, room: str, speaker: str) -> None:
    assert check(feed(title=title, description=description, room=room, speaker=speaker)) == []


@given(TEXT, TEXT)
@settings(max_examples=150, deadline=None)
@example("C:\\News", "\\n is \\\\n, \\; and \\,")
def test_any_text_is_read_back_by_icalendar(title: str, description: str) -> None:
    data = feed(title=title, description=description)
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    expected = clip(one_line(title), 254) or "Talk"
    assert str(event["SUMMARY"]) == expected
    assert [entry.summary for entry in read_back(data)] == [expected]
    words = plain(description)
    if len(words) < 2900:
        assert str(event["DESCRIPTION"]) == (f"Talk\n\n{words}" if words else "Talk")


@given(TEXT, TEXT)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_back_by_vobject(title: str, description: str) -> None:
    event = vobject.readOne(feed(title=title, description=description).decode()).vevent
    assert event.summary.value == (clip(one_line(title), 254) or "Talk")
    words = plain(description)
    if len(words) < 2900:
        assert event.description.value == (f"Talk\n\n{words}" if words else "Talk")


@given(TEXT)
@settings(max_examples=300, deadline=None)
def test_plain_is_what_a_calendar_can_show(text: str) -> None:
    found = plain(text)
    assert plain(found) == found
    assert unicodedata.is_normalized("NFC", found)
    assert {unicodedata.category(each) for each in found if each != "\n"} & {"Cc", "Cs", "Zl", "Zp"} == set()
    assert one_line(text).splitlines() in ([], [one_line(text)])


@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=400))
@settings(max_examples=500, deadline=None)
def test_fold_is_undone_by_unfolding(text: str) -> None:
    line = f"SUMMARY:{escape(text)}"
    physical = fold(line).encode().split(b"\r\n")
    assert [part for part in physical if len(part) > 75] == []
    assert "".join([physical[0].decode(), *(part[1:].decode() for part in physical[1:])]) == line
    assert [part for part in physical if (len(part) - len(part.rstrip(b"\\"))) % 2] == []


CLUSTER = st.sampled_from(
    [
        "a",
        "é",
        "日",
        "\U0001f469\u200d\U0001f469\u200d\U0001f467",
        "\U0001f1eb\U0001f1f7",
        "\U0001f44d\U0001f3fd",
        "e\u0323\u0302",
        "❤\ufe0f",
    ]
)


@given(st.lists(CLUSTER, max_size=120))
@settings(max_examples=300, deadline=None)
def test_fold_keeps_what_is_shown_as_one_character(clusters: list[str]) -> None:
    folded = fold("X:" + "".join(clusters))
    cuts = {at - 3 * number for number, at in enumerate(m.start() for m in re.finditer("\r\n ", folded))}
    borders, at = {2}, 2
    for cluster in clusters:
        at += len(cluster)
        borders.add(at)
    assert cuts - borders == set()


@given(TEXT, st.integers(2, 300))
@settings(max_examples=300, deadline=None)
def test_clip_keeps_a_beginning(text: str, limit: int) -> None:
    whole = plain(text)
    found = clip(whole, limit)
    assert len(found) <= limit
    assert found == whole or (found.endswith("…") and whole.startswith(found[:-1]))


@given(TEXT.map(lambda text: f"https://host.example/{text}"))
@settings(max_examples=300, deadline=None)
def test_uri_is_ascii_or_nothing(text: str) -> None:
    found = uri(text)
    assert found is None or re.fullmatch(r"https://host\.example/[!-~]*", found)
    assert uri(found) == found
