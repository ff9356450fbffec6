"""A phrase that is a list of speakers: who, and whom they work for, as a careful reader takes it."""

from __future__ import annotations

import pytest

from feeds.understand.people import looks_like_people, read_people

# phrase, then "Name|Affiliation" for each person
AFFILIATIONS = [
    ("Mira Sandberg", "Mira Sandberg"),
    ("Mira Sandberg, Fernwerk", "Mira Sandberg|Fernwerk"),
    ("Mira Sandberg (Fernwerk)", "Mira Sandberg|Fernwerk"),
    ("Mira Sandberg - Fernwerk", "Mira Sandberg|Fernwerk"),
    ("Mira Sandberg – Fernwerk", "Mira Sandberg|Fernwerk"),
    ("Mira Sandberg @ Fernwerk", "Mira Sandberg|Fernwerk"),
    ("Mira Sandberg, @ Fernwerk", "Mira Sandberg|Fernwerk"),
    ("Mira Sandberg from Fernwerk", "Mira Sandberg|Fernwerk"),
    ("Mira Sandberg at Fernwerk", "Mira Sandberg|Fernwerk"),
    ("Fernwerk’s Mira Sandberg", "Mira Sandberg|Fernwerk"),
    ("Fernwerk's Mira Sandberg", "Mira Sandberg|Fernwerk"),
    ("Mira Sandberg, Fernwerk GmbH", "Mira Sandberg|Fernwerk GmbH"),
    ("Mira Sandberg, Fernwerk, Inc.", "Mira Sandberg|Fernwerk, Inc."),
    ("Mira Sandberg - Fernwerk, LLC", "Mira Sandberg|Fernwerk, LLC"),
    (
        "Mira Sandberg & Oscar Lindqvist - Fernwerk, Ltd",
        "Mira Sandberg|Fernwerk, Ltd; Oscar Lindqvist|Fernwerk, Ltd",
    ),
    ("Mira Sandberg, Verein Freies Netz e.V.", "Mira Sandberg|Verein Freies Netz e.V."),
    ("Mira Sandberg & Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("Mira Sandberg and Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("Mira Sandberg / Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("Mira Sandberg/Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("Mira Sandberg; Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("Mira Sandberg, Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    (
        "Mira Sandberg, Oscar Lindqvist, and Elena Marchetti",
        "Mira Sandberg; Oscar Lindqvist; Elena Marchetti",
    ),
    ("Mira Sandberg with Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("Mira Sandberg + Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("Mira Sandberg & Oscar Lindqvist, Fernwerk", "Mira Sandberg|Fernwerk; Oscar Lindqvist|Fernwerk"),
    ("Mira Sandberg and Oscar Lindqvist from Fernwerk", "Mira Sandberg|Fernwerk; Oscar Lindqvist|Fernwerk"),
    ("Mira Sandberg & Oscar Lindqvist @ Fernwerk", "Mira Sandberg|Fernwerk; Oscar Lindqvist|Fernwerk"),
    ("Mira Sandberg, Oscar Lindqvist @ Fernwerk", "Mira Sandberg|Fernwerk; Oscar Lindqvist|Fernwerk"),
    (
        "Mira Sandberg, Fernwerk & Oscar Lindqvist, Tidepool",
        "Mira Sandberg|Fernwerk; Oscar Lindqvist|Tidepool",
    ),
    (
        "Mira Sandberg, Blue Kettle & Oscar Lindqvist, Third Coast",
        "Mira Sandberg|Blue Kettle; Oscar Lindqvist|Third Coast",
    ),
    (
        "Mira Sandberg, Fernwerk and Oscar Lindqvist, Tidepool",
        "Mira Sandberg|Fernwerk; Oscar Lindqvist|Tidepool",
    ),
    ("Mira Sandberg; Oscar Lindqvist, Tidepool", "Mira Sandberg; Oscar Lindqvist|Tidepool"),
    (
        "Mira Sandberg, Fernwerk; Oscar Lindqvist, Tidepool",
        "Mira Sandberg|Fernwerk; Oscar Lindqvist|Tidepool",
    ),
    (
        "Mira Sandberg, Elena Marchetti & Oscar Lindqvist, Tidepool",
        "Mira Sandberg|Tidepool; Elena Marchetti|Tidepool; Oscar Lindqvist|Tidepool",
    ),
    (
        "Mira Sandberg & Elena Marchetti & Oscar Lindqvist, Tidepool & Pedro Alves, Quarry Labs",
        "Mira Sandberg|Tidepool; Elena Marchetti|Tidepool; Oscar Lindqvist|Tidepool; Pedro Alves|Quarry Labs",
    ),
    (
        "Mira Sandberg & Elena Marchetti, Fernwerk; Oscar Lindqvist, Tidepool",
        "Mira Sandberg|Fernwerk; Elena Marchetti|Fernwerk; Oscar Lindqvist|Tidepool",
    ),
    (
        "Mira Sandberg (Fernwerk), Oscar Lindqvist (Tidepool)",
        "Mira Sandberg|Fernwerk; Oscar Lindqvist|Tidepool",
    ),
    (
        "Mira Sandberg (Fernwerk) and Oscar Lindqvist (Tidepool)",
        "Mira Sandberg|Fernwerk; Oscar Lindqvist|Tidepool",
    ),
    (
        "Mira Sandberg (Fernwerk)/Oscar Lindqvist (Tidepool)",
        "Mira Sandberg|Fernwerk; Oscar Lindqvist|Tidepool",
    ),
    (
        "Fernwerk’s Mira Sandberg; T9 router's Oscar Lindqvist",
        "Mira Sandberg|Fernwerk; Oscar Lindqvist|T9 router",
    ),
    ("Mira Sandberg, University of Bergen", "Mira Sandberg|University of Bergen"),
    ("Mira Sandberg, Orchard at Tidepool", "Mira Sandberg|Orchard at Tidepool"),
    (
        "Mira Sandberg & Elena Marchetti, Orchard at Tidepool",
        "Mira Sandberg|Orchard at Tidepool; Elena Marchetti|Orchard at Tidepool",
    ),
    ("Mira Sandberg, fernwerk.io", "Mira Sandberg|fernwerk.io"),
    ("Mira Sandberg, FERN", "Mira Sandberg|FERN"),
    ("Mira Sandberg, DataOrchard", "Mira Sandberg|DataOrchard"),
    (
        "Mira Sandberg, Berg & Partner & Elena Marchetti, Tidepool",
        "Mira Sandberg|Berg & Partner; Elena Marchetti|Tidepool",
    ),
    ("Mira Sandberg, Fernwerk/Tidepool", "Mira Sandberg|Fernwerk/Tidepool"),
    ("by Mira Sandberg, Fernwerk", "Mira Sandberg|Fernwerk"),
    ("by Mira Sandberg & Oscar Lindqvist, Fernwerk", "Mira Sandberg|Fernwerk; Oscar Lindqvist|Fernwerk"),
    ("with Mira Sandberg and Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("Speaker: Mira Sandberg", "Mira Sandberg"),
    ("Speakers: Mira Sandberg & Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("Presenter: Mira Sandberg, Fernwerk", "Mira Sandberg|Fernwerk"),
    ("Panelists: Mira Sandberg, Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("moderated by Mira Sandberg", "Mira Sandberg"),
    (
        "Mira Sandberg & Elena Marchetti, moderated by Oscar Lindqvist",
        "Mira Sandberg; Elena Marchetti; Oscar Lindqvist",
    ),
    ("presented by Mira Sandberg", "Mira Sandberg"),
    ("featuring Mira Sandberg and Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("von Mira Sandberg und Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("par Mira Sandberg et Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("por Mira Sandberg y Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("con Mira Sandberg e Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("com Mira Sandberg e Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("door Mira Sandberg en Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("mit Mira Sandberg", "Mira Sandberg"),
    ("Referentin: Mira Sandberg", "Mira Sandberg"),
    ("Intervenants : Mira Sandberg et Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    ("Dr. Mira Sandberg", "Mira Sandberg"),
    ("Prof. Dr. Mira Sandberg, Fernwerk", "Mira Sandberg|Fernwerk"),
    ('Mira "Mimi" Sandberg', "Mira Sandberg"),
    ("Mira “Mimi” Sandberg, Fernwerk", "Mira Sandberg|Fernwerk"),
    ("R. J. Sandberg", "R. J. Sandberg"),
    ("R.J. Sandberg", "R.J. Sandberg"),
    ("Mira K. Sandberg", "Mira K. Sandberg"),
    ("Ludger van der Meer", "Ludger van der Meer"),
    ("Sofía de la Torre, Fernwerk", "Sofía de la Torre|Fernwerk"),
    ("Omar al-Rashid", "Omar al-Rashid"),
    ("Yusuf bin Tarek, Tidepool", "Yusuf bin Tarek|Tidepool"),
    ("Siobhán O'Leary", "Siobhán O'Leary"),
    ("Siobhán O’Leary & Jean-Yves d'Aubigny", "Siobhán O’Leary; Jean-Yves d'Aubigny"),
    ("Łukasz Żak, Çağla Öztürk & Þóra Jónsdóttir", "Łukasz Żak; Çağla Öztürk; Þóra Jónsdóttir"),
    ("Fiona McAllister", "Fiona McAllister"),
    ("Claire DUBOIS", "Claire DUBOIS"),
    ("佐藤 健", "佐藤 健"),
    ("佐藤 健 & 鈴木 花子", "佐藤 健; 鈴木 花子"),
    ("박지훈", "박지훈"),
    ("Ольга Соколова", "Ольга Соколова"),
    ("Ольга Соколова, Иван Петров", "Ольга Соколова; Иван Петров"),
    ("Νίκος Παππάς", "Νίκος Παππάς"),
    ("Mira & Oscar", "Mira; Oscar"),
    ("Mira, Oscar and Elena", "Mira; Oscar; Elena"),
    ("Zunwei Tao (Fernwerk)/Bixa (Gaint Hill)", "Zunwei Tao|Fernwerk; Bixa|Gaint Hill"),
    ("Mira Sandberg (she/her), Fernwerk", "Mira Sandberg|Fernwerk"),
]

ROLES = [
    ("Mira Sandberg, CTO", "Mira Sandberg", None, "CTO"),
    ("Mira Sandberg, Fernwerk’s Head of Research", "Mira Sandberg", "Fernwerk", "Head of Research"),
    ("Mira Sandberg, Senior Engineer at Fernwerk", "Mira Sandberg", "Fernwerk", "Senior Engineer"),
    (
        "Mira Sandberg, Director of Engineering, Fernwerk",
        "Mira Sandberg",
        "Fernwerk",
        "Director of Engineering",
    ),
    ("Mira Sandberg, CTO of Fernwerk", "Mira Sandberg", "Fernwerk", "CTO"),
    ("Mira Sandberg, CEO and co-founder, Fernwerk", "Mira Sandberg", "Fernwerk", "CEO, co-founder"),
    ("Mira Sandberg, Orchard maintainer", "Mira Sandberg", None, "Orchard maintainer"),
    ("Mira Sandberg (Fernwerk, Orchard maintainer)", "Mira Sandberg", "Fernwerk", "Orchard maintainer"),
    ("Mira Sandberg (moderator)", "Mira Sandberg", None, "moderator"),
    ("Fernwerk CTO Mira Sandberg", "Mira Sandberg", "Fernwerk", "CTO"),
    ("Senior Engineer Mira Sandberg", "Mira Sandberg", None, "Senior Engineer"),
    ("Developer Advocate, Mira Sandberg", "Mira Sandberg", None, "Developer Advocate"),
    ("Mira Sandberg - Staff Engineer, Fernwerk", "Mira Sandberg", "Fernwerk", "Staff Engineer"),
    ("Mira Sandberg, directrice technique", "Mira Sandberg", None, "directrice technique"),
    ("Mira Sandberg, Entwicklerin bei Fernwerk", "Mira Sandberg", "Fernwerk", "Entwicklerin"),
]

HANDLES = [
    ("Mira Sandberg (@mira)", "Mira Sandberg", "mira"),
    ("Mira Sandberg (@mira), CTO", "Mira Sandberg", "mira"),
    ("Mira Sandberg (msand)", "Mira Sandberg", "msand"),
    ("by Mira Sandberg (@mira_s)", "Mira Sandberg", "mira_s"),
    ("Mira “Mimi” Sandberg", "Mira Sandberg", "Mimi"),
]

TITLES = [
    "Declarative Orchestration for Everyone",
    "Service Mesh",
    "a Case Study",
    "Lessons Learned",
    "The Cloud Native Ecosystem",
    "Project Lightning Talk",
    "Google Cloud",
    "Red Hat",
    "Zero-downtime migrations",
    "Performance and Scale",
    "What Comes Next?",
    "Kubernetes, Docker and Podman",
    "Lunch & Networking",
    "Introduction",
    "Room 4, Level 2",
    "Hall B | Stage 3",
    "Monday and Tuesday",
    "New York",
    "San Francisco, California",
    "Part 2",
    "From Zero to Hero",
    "Sécurité et performance",
    "Sicherheit und Datenschutz im Alltag",
    "Gestión de Datos",
    "",
    " ",
    "- , ; & ()",
    "WebAssembly System Interface",
    "10:30 - 11:00",
    "https://example.org/a,b",
]


def people(text: str) -> list[tuple[str, str | None]]:
    return [(person.name, person.affiliation) for person in read_people(text)]


@pytest.mark.parametrize(("phrase", "expected"), AFFILIATIONS)
def test_people_of_a_phrase(phrase: str, expected: str) -> None:
    wanted = [part.strip().partition("|") for part in expected.split(";")]
    assert people(phrase) == [(name, organisation or None) for name, _, organisation in wanted]


@pytest.mark.parametrize(("phrase", "name", "affiliation", "role"), ROLES)
def test_role_is_neither_person_nor_organisation(
    phrase: str, name: str, affiliation: str | None, role: str
) -> None:
    assert [(p.name, p.affiliation, p.role) for p in read_people(phrase)] == [(name, affiliation, role)]


@pytest.mark.parametrize(("phrase", "name", "handle"), HANDLES)
def test_handle_of_a_person(phrase: str, name: str, handle: str) -> None:
    assert [(p.name, p.handle) for p in read_people(phrase)] == [(name, handle)]


@pytest.mark.parametrize("phrase", [phrase for phrase, _ in AFFILIATIONS if "佐" not in phrase])
def test_name_stands_at_its_slice(phrase: str) -> None:
    for person in read_people(phrase):
        words = phrase[slice(*person.at)].split()
        assert (words[0], words[-1]) == (person.name.split()[0], person.name.split()[-1])


@pytest.mark.parametrize("phrase", TITLES)
def test_title_does_not_look_like_people(phrase: str) -> None:
    assert looks_like_people(phrase) < 0.5


@pytest.mark.parametrize("phrase", [phrase for phrase, _, _, _ in ROLES])
def test_name_with_role_looks_like_people(phrase: str) -> None:
    assert looks_like_people(phrase) >= 0.65


def test_configured_organisation_settles_a_doubt() -> None:
    phrase = "Mira Sandberg, Morgan Weaver"
    assert people(phrase) == [("Mira Sandberg", None), ("Morgan Weaver", None)]
    settled = read_people(phrase, organisations=("Morgan Weaver",))
    assert [(p.name, p.affiliation) for p in settled] == [("Mira Sandberg", "Morgan Weaver")]


def test_organisation_with_a_separator_stays_whole_where_configured() -> None:
    (person,) = read_people("Mira Sandberg, Stone & Wood", organisations=("Stone & Wood",))
    assert (person.name, person.affiliation) == ("Mira Sandberg", "Stone & Wood")


def test_part_that_recurs_after_commas_is_an_organisation() -> None:
    assert people("Mira Sandberg, Morgan Weaver; Oscar Lindqvist, Morgan Weaver") == [
        ("Mira Sandberg", "Morgan Weaver"),
        ("Oscar Lindqvist", "Morgan Weaver"),
    ]


def test_known_name_is_certain() -> None:
    assert looks_like_people("Apache Deploy", known=("Apache Deploy",)) == 1.0


def test_link_over_a_name_is_its_address() -> None:
    text = "Mira Sandberg and Oscar Lindqvist"
    found = read_people(text, links=[((0, 13), "https://example.org/mira")])
    assert [person.url for person in found] == ["https://example.org/mira", None]


@pytest.mark.parametrize("blank", ["\u2003", "\u3000", "\u2028", "\u0085", "\u1680"])
def test_a_part_of_rare_blanks_is_nobody(blank: str) -> None:
    assert read_people(f"Ada Lind, {blank}.") == read_people("Ada Lind")
