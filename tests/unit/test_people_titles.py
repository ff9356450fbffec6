"""Lines taken apart into co-located event, format, title and people, as a careful reader does it."""

from __future__ import annotations

import pytest

from feeds.understand.people import format_of, split_title

# line, title, people, format, track
CASES: list[tuple[str, str, str | None, str | None, str | None]] = [
    ("Slow Software", "Slow Software", None, None, None),
    ("Keynote: Slow Software", "Slow Software", None, "Keynote", None),
    ("KEYNOTE: Slow Software", "Slow Software", None, "Keynote", None),
    ("keynote - Slow Software", "Slow Software", None, "Keynote", None),
    ("Keynote | Slow Software", "Slow Software", None, "Keynote", None),
    ("Opening Keynote: Slow Software", "Slow Software", None, "Keynote", None),
    ("Sponsored Keynote: Slow Software", "Slow Software", None, "Keynote", None),
    ("Panel: Who Pays the Maintainers?", "Who Pays the Maintainers?", None, "Panel", None),
    ("Panel Discussion: Who Pays the Maintainers?", "Who Pays the Maintainers?", None, "Panel", None),
    ("Workshop: Your First Operator", "Your First Operator", None, "Workshop", None),
    ("Hands-on Workshop: Your First Operator", "Your First Operator", None, "Workshop", None),
    ("FernCon Workshop: Your First Operator", "Your First Operator", None, "Workshop", None),
    ("Tutorial: Your First Operator", "Your First Operator", None, "Tutorial", None),
    ("⚡ Lightning Talk: Ten Queries", "Ten Queries", None, "Lightning Talk", None),
    ("Lightning talk – Ten Queries", "Ten Queries", None, "Lightning Talk", None),
    ("CNCF Project Lightning Talk: Ten Queries", "Ten Queries", None, "Lightning Talk", None),
    ("Ten Queries | Project Lightning Talk", "Ten Queries", None, "Lightning Talk", None),
    ("Ten Queries (Lightning Talk)", "Ten Queries", None, "Lightning Talk", None),
    ("Ten Queries [Workshop]", "Ten Queries", None, "Workshop", None),
    ("User Talk: Trains on Time", "Trains on Time", None, "User Talk", None),
    ("Fern Live Presentation: Trains on Time", "Trains on Time", None, "Live Presentation", None),
    ("Webinar: Trains on Time", "Trains on Time", None, "Webinar", None),
    ("Demo: Trains on Time", "Trains on Time", None, "Demo", None),
    ("BoF: Trains on Time", "Trains on Time", None, "BoF", None),
    ("Birds of a Feather: Trains on Time", "Trains on Time", None, "BoF", None),
    ("Poster Session: Trains on Time", "Trains on Time", None, "Poster", None),
    ("Office Hours: Trains on Time", "Trains on Time", None, "Office Hours", None),
    ("Atelier : Vos premiers pas", "Vos premiers pas", None, "Workshop", None),
    ("Vortrag: Züge und Zeiten", "Züge und Zeiten", None, "Talk", None),
    ("Conférence : Trains à l'heure", "Trains à l'heure", None, "Talk", None),
    ("Charla: Trenes a tiempo", "Trenes a tiempo", None, "Talk", None),
    ("Taller: Trenes a tiempo", "Trenes a tiempo", None, "Workshop", None),
    ("Palestra: Trens na hora", "Trens na hora", None, "Talk", None),
    ("Tavola rotonda: Treni in orario", "Treni in orario", None, "Panel", None),
    ("Lezing: Treinen op tijd", "Treinen op tijd", None, "Talk", None),
    ("Slow Software - Mira Sandberg", "Slow Software", "Mira Sandberg", None, None),
    ("Slow Software – Mira Sandberg, Fernwerk", "Slow Software", "Mira Sandberg, Fernwerk", None, None),
    ("Slow Software — Mira Sandberg", "Slow Software", "Mira Sandberg", None, None),
    ("Slow Software | Mira Sandberg", "Slow Software", "Mira Sandberg", None, None),
    ("Slow Software, Mira Sandberg, Fernwerk", "Slow Software", "Mira Sandberg, Fernwerk", None, None),
    ("Slow Software by Mira Sandberg", "Slow Software", "Mira Sandberg", None, None),
    ("Slow Software, by Mira Sandberg", "Slow Software", "Mira Sandberg", None, None),
    ("Slow Software: Mira Sandberg (Fernwerk)", "Slow Software", "Mira Sandberg (Fernwerk)", None, None),
    ("Slow Software (Mira Sandberg)", "Slow Software", "Mira Sandberg", None, None),
    (
        "Slow Software (Mira Sandberg & Oscar Lindqvist @ Fernwerk)",
        "Slow Software",
        "Mira Sandberg & Oscar Lindqvist @ Fernwerk",
        None,
        None,
    ),
    ("Slow Software with Mira Sandberg", "Slow Software", "Mira Sandberg", None, None),
    ("“Slow Software” - by Mira Sandberg (msand)", "Slow Software", "Mira Sandberg (msand)", None, None),
    ('"Slow Software" by Mira Sandberg', "Slow Software", "Mira Sandberg", None, None),
    ("Opening talk by Mira Sandberg", "Opening talk", "Mira Sandberg", "Talk", None),
    ("Keynote: Mira Sandberg", "Keynote", "Mira Sandberg", "Keynote", None),
    (
        "Keynote (Mira Sandberg & Oscar Lindqvist @ Fernwerk)",
        "Keynote",
        "Mira Sandberg & Oscar Lindqvist @ Fernwerk",
        "Keynote",
        None,
    ),
    (
        "Welcome: Mira Sandberg (Fernwerk)/Oscar Lindqvist (Tidepool)",
        "Welcome",
        "Mira Sandberg (Fernwerk)/Oscar Lindqvist (Tidepool)",
        None,
        None,
    ),
    (
        "Keynote: Slow Software, Mira Sandberg, Fernwerk’s Head of Research",
        "Slow Software",
        "Mira Sandberg, Fernwerk’s Head of Research",
        "Keynote",
        None,
    ),
    (
        "Ten Queries: Slow, Slower, Slowest - Mira Sandberg, Fernwerk",
        "Ten Queries: Slow, Slower, Slowest",
        "Mira Sandberg, Fernwerk",
        None,
        None,
    ),
    (
        "Ten Queries - a Field Report - Mira Sandberg",
        "Ten Queries - a Field Report",
        "Mira Sandberg",
        None,
        None,
    ),
    (
        "Ten Queries, Mira Sandberg & Oscar Lindqvist - Fernwerk, LLC",
        "Ten Queries",
        "Mira Sandberg & Oscar Lindqvist - Fernwerk, LLC",
        None,
        None,
    ),
    (
        "Ten Queries - Mira Sandberg, Fernwerk; Oscar Lindqvist, Tidepool",
        "Ten Queries",
        "Mira Sandberg, Fernwerk; Oscar Lindqvist, Tidepool",
        None,
        None,
    ),
    (
        "Ten Queries - Mira Sandberg, Fernwerk & Oscar Lindqvist, Third Coast",
        "Ten Queries",
        "Mira Sandberg, Fernwerk & Oscar Lindqvist, Third Coast",
        None,
        None,
    ),
    ("FernCon: Ten Queries", "Ten Queries", None, None, "FernCon"),
    ("FernCon | Ten Queries", "Ten Queries", None, None, "FernCon"),
    ("Database Day: Ten Queries", "Ten Queries", None, None, "Database Day"),
    ("Open Maps Summit: Ten Queries: Part One", "Ten Queries: Part One", None, None, "Open Maps Summit"),
    ("FernCon EU: Ten Queries", "Ten Queries", None, None, "FernCon EU"),
    ("FernFest: Keynote: Ten Queries", "Ten Queries", None, "Keynote", "FernFest"),
    (
        "FernCon | Closing Remarks - Mira Sandberg & Oscar Lindqvist, Co-Chairs",
        "Closing Remarks",
        "Mira Sandberg & Oscar Lindqvist, Co-Chairs",
        None,
        "FernCon",
    ),
    ("#maps: Ten Queries: Mira Sandberg (Fernwerk)", "Ten Queries", "Mira Sandberg (Fernwerk)", None, "maps"),
    ("Ten Queries | Lightning Talk - Mira Sandberg", "Ten Queries", "Mira Sandberg", "Lightning Talk", None),
    ("🎤 Ten Queries 🚀", "Ten Queries", None, None, None),
    ("👩‍💻 Workshop: Ten Queries 🎉", "Ten Queries", None, "Workshop", None),
    (
        "Zehn Abfragen von Mira Sandberg und Oscar Lindqvist",
        "Zehn Abfragen",
        "Mira Sandberg und Oscar Lindqvist",
        None,
        None,
    ),
    ("Dix requêtes par Mira Sandberg", "Dix requêtes", "Mira Sandberg", None, None),
    (
        "Diez consultas por Mira Sandberg y Oscar Lindqvist",
        "Diez consultas",
        "Mira Sandberg y Oscar Lindqvist",
        None,
        None,
    ),
    ("Dieci domande con Elena Marchetti", "Dieci domande", "Elena Marchetti", None, None),
    ("Tien vragen door Mira Sandberg", "Tien vragen", "Mira Sandberg", None, None),
    ("Mira Sandberg: Slow Software", "Slow Software", "Mira Sandberg", None, None),
    ("Elena Marchetti – Keeping Trains on Time", "Keeping Trains on Time", "Elena Marchetti", None, None),
    (
        "Elena Marchetti (Fernwerk) - How we keep time",
        "How we keep time",
        "Elena Marchetti (Fernwerk)",
        None,
        None,
    ),
    ("Ten Queries w/ Mira Sandberg", "Ten Queries", "Mira Sandberg", None, None),
    ("Workshop (3h): Ten Queries - Mira Sandberg", "Ten Queries", "Mira Sandberg", "Workshop", None),
    (
        "Welcome: Mira Sandberg (Fernwerk)/Bixa (Gaint Hill)",
        "Welcome",
        "Mira Sandberg (Fernwerk)/Bixa (Gaint Hill)",
        None,
        None,
    ),
    ("Lightning Talks", "Lightning Talks", None, "Lightning Talk", None),
    ("Ten Queries - 佐藤 健", "Ten Queries", "佐藤 健", None, None),
    ("Ten Queries - Ольга Соколова", "Ten Queries", "Ольга Соколова", None, None),
]

WHOLE = [
    "Rust, Go and Zig: A Comparison",
    "Fast - Cheap - Good: Pick Two",
    "Migrating from Java, Maven and Jenkins",
    "Maps: Tiles, Vectors, and You",
    "Observability - Service Mesh",
    "Secure by Design",
    "Powered by Open Source",
    "Side by Side with Postgres",
    "Stand by Me",
    "Kubernetes at the Edge: Small, Smaller, Smallest",
    "Building Agents with Kubernetes",
    "Queries in Depth (and Why They Matter)",
    "How We Cut Our Bill (Part 2)",
    "Zero to Production - in Ten Minutes",
    "From Berlin to Lisbon, New York and Back",
    "A Day in the Life of a Query",
    "What's New in Postgres, Redis and Kafka",
    "Security, Privacy, Trust",
    "Data Mesh: Hype or Help?",
    "Café, Croissant et Kubernetes",
    "Gestión de Datos: Retos y Soluciones",
    "Datenschutz – was nun?",
    "Open Source Licences: MIT, BSD, Apache",
    "Sustainability | Green Software",
    "Fireside, Food and Friends",
    "Lunch, Coffee & Networking",
    "Doors open",
    "Scaling Kafka - Lessons Learned",
    "Testing in Production: The Good, the Bad and the Ugly",
    "Intro to Helm, Argo CD",
]


@pytest.mark.parametrize(("line", "title", "people", "format", "track"), CASES)
def test_line_taken_apart(
    line: str, title: str, people: str | None, format: str | None, track: str | None
) -> None:
    parts = split_title(line)
    named = line[slice(*parts.people)] if parts.people else None
    assert (line[slice(*parts.title)], named, parts.format, parts.track_prefix) == (
        title,
        people,
        format,
        track,
    )


@pytest.mark.parametrize("line", WHOLE)
def test_title_without_people_stays_whole(line: str) -> None:
    parts = split_title(line)
    assert (line[slice(*parts.title)], parts.people, parts.format) == (line, None, None)


@pytest.mark.parametrize(
    "line",
    [
        "CANCELLED: Slow Software",
        "Canceled: Slow Software",
        "[CANCELLED] Slow Software",
        "Cancelled - Slow Software",
        "Slow Software (cancelled)",
        "Slow Software - CANCELLED",
        "Abgesagt: Slow Software",
        "ANNULÉ : Slow Software",
        "Cancelado: Slow Software",
        "Annullato: Slow Software",
        "GEANNULEERD: Slow Software",
    ],
)
def test_cancelled_title(line: str) -> None:
    parts = split_title(line)
    assert (line[slice(*parts.title)], parts.status) == ("Slow Software", "cancelled")


def test_line_led_by_a_label_has_no_title() -> None:
    line = "Speakers: Mira Sandberg, Fernwerk & Oscar Lindqvist, Tidepool"
    parts = split_title(line)
    assert (line[slice(*parts.title)], parts.people) == ("", (0, len(line)))


def test_title_about_cancelling_is_not_cancelled() -> None:
    assert split_title("Cancelled Requests and How to Retry Them").status is None


def test_line_of_people_alone_has_no_title() -> None:
    line = "Mira Sandberg, Fernwerk & Oscar Lindqvist, Tidepool"
    parts = split_title(line)
    assert (line[slice(*parts.title)], parts.people) == ("", (0, len(line)))


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Keynote", "Keynote"),
        ("closing keynote", "Keynote"),
        ("Poster", "Poster"),
        ("Meetup", "Meetup"),
        ("Kurzvortrag", "Lightning Talk"),
        ("Table ronde", "Panel"),
        ("Mesa redonda", "Panel"),
        ("15-minute presentation", "Presentation"),
        ("Lightning Talk 3", "Lightning Talk"),
        ("How to give a talk", None),
        ("Stream", "Livestream"),
        ("Kafka Stream", None),
        ("Welcome", None),
        ("", None),
        ("x" * 500, None),
    ],
)
def test_format_of_label(label: str, expected: str | None) -> None:
    assert format_of(label) == expected
