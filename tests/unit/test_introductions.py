"""Owns the examples of what a post says of itself before its programme: its title, its days, its lines."""

from __future__ import annotations

import pytest

from tests.unit.understand_lines import draft_of


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("title: Ropes", "Ropes"),
        ("titre: Cordages", "Cordages"),
        ("titel: Seile", "Seile"),
        ("título: Cuerdas", "Cuerdas"),
        ("titolo: Corde", "Corde"),
    ],
)
def test_title_of_the_front_matter(front: str, title: str) -> None:
    assert draft_of(f"---\n{front}\n---\n\nA text.\n").title == title


@pytest.mark.parametrize(
    "introduction",
    [
        "Harbour Summit takes place in Oslo from 4 to 6 May.",
        "Harbour Summit is next month (4-6 May, Oslo). We bring ropes.",
        "Harbour Summit comes to Oslo (Crane Hall, 4-6 May) for the third time.",
    ],
)
def test_days_of_the_event_that_a_title_names(introduction: str) -> None:
    draft = draft_of(f"---\ntitle: Our talks at Harbour Summit\ndate: 2027-04-01\n---\n\n{introduction}\n")
    days = [(str(event.first), str(event.last)) for event in draft.events]
    assert days == [("2027-05-04", "2027-05-06")]


@pytest.mark.parametrize(
    ("item", "title", "people"),
    [
        ("Ola Nowak will present [Tides at sea](https://t.example/1)", "Tides at sea", ["Ola Nowak"]),
        (
            "Mei-Lin Foo talks about [Tides for sailors](https://t.example/1)",
            "Tides for sailors",
            ["Mei-Lin Foo"],
        ),
        ("Ivan Mukasa, freelance, on [tides without tears](https://t.example/1)", "tides without tears",
         ["Ivan Mukasa"]),
        ("Dr. Akello Odongo, Makerere University, asks [who counts the tides?](https://t.example/1)",
         "who counts the tides?", ["Akello Odongo"]),
    ],
)  # fmt: skip
def test_presenter_ahead_of_a_linked_title(item: str, title: str, people: list[str]) -> None:
    post = (
        f"---\ntitle: Talks\ndate: 2027-04-01\n---\n\n4 May 2027, Oslo\n\n- **9:30 am**: {item}. Room Kibo.\n"
    )
    found = [
        (one.title, [person.name for person in one.people], one.track) for one in draft_of(post).sessions
    ]
    assert found == [(title, people, None)]


def test_headings_that_are_towns_place_what_stands_below_them() -> None:
    towns = ("Buenos Aires: Tuesday, 4 May 2027", "Bogotá – Thursday, 6 May 2027")
    sections = "".join(
        f"## {town}\n\nPlace: Casa Palermo\n\n- 19:00 - 19:30: *Tides*, Ola Nowak\n\n" for town in towns
    )
    found = [one.timezone for one in draft_of(f"---\ntitle: Two meetups\n---\n\n{sections}").sessions]
    assert found == ["America/Argentina/Buenos_Aires", "America/Bogota"]


def test_organisations_that_recur_in_brackets_are_no_rooms() -> None:
    items = "- 10:00: *Tides*, Ola Nowak (Lodestar)\n- 11:00: *Ropes*, Ada Ek (Lodestar)\n"
    sessions = draft_of(f"---\ntitle: Talks\n---\n\n**4 May 2027, Oslo**\n\n{items}").sessions
    assert [(one.title, one.room) for one in sessions] == [("Tides", None), ("Ropes", None)]


def test_name_behind_times_above_headings_is_the_room() -> None:
    talks = [("9:30 – 10:15", "Forum", "Tides"), ("11:00 – 11:30", "Kontor 2", "Ropes for all")]
    below = "".join(f"**{time}, {room}**\n\n### {title}\n\n*Ola Nowak*\n\n" for time, room, title in talks)
    sessions = draft_of(f"---\ntitle: Talks\n---\n\n## Oslo, 4 May 2027\n\n{below}").sessions
    assert [(one.title, one.room) for one in sessions] == [("Tides", "Forum"), ("Ropes for all", "Kontor 2")]


def test_any_sunday_is_no_day() -> None:
    item = "- 11:00: [Moving 4 PB on a Sunday](https://t.example/1), Ola Nowak\n"
    [session] = draft_of(f"---\ntitle: Talks\n---\n\n**4 May 2027, Oslo**\n\n{item}").sessions
    assert (session.title, str(session.start)[:10]) == ("Moving 4 PB on a Sunday", "2027-05-04")


def test_speakers_on_the_line_below_a_time() -> None:
    post = "---\ntitle: Soirée\n---\n\n**4 mai 2027, Dakar**\n\n19h00 – Nager en mer\nOusmane Ndiaye (Port)\n"
    found = [(one.title, [person.name for person in one.people]) for one in draft_of(post).sessions]
    assert found == [("Nager en mer", ["Ousmane Ndiaye"])]


def test_one_said_day_of_an_event_is_widened_by_sessions_on_others() -> None:
    talks = "".join(f"- {day} May 2027, 10:00: *Talk {day}*, Ola Nowak\n" for day in (4, 8, 9))
    text = f"---\ntitle: Harbour Week\n---\n\n## Harbour Week, Oslo, 4 May 2027\n\n{talks}"
    draft = draft_of(text)
    assert [(str(one.first), str(one.last)) for one in draft.events] == [("2027-05-04", "2027-05-09")]
    assert "outside-event" not in {one.rule for one in draft.findings}


def test_remedy_for_two_addresses_is_the_whole_first() -> None:
    link = "https://t.example/tides/pathhttps://t.example/ropes"
    text = f"---\ntitle: Talks\n---\n\n## Oslo, 4 May 2027\n\n- 10:00: [Tides at sea]({link}), Ola Nowak\n"
    assert [one.help for one in draft_of(text).findings if one.rule == "malformed-url"] == [
        "write `https://t.example/tides/path`"
    ]
