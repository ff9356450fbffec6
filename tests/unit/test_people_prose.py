"""Sentences: who presents in them, and above all who does not."""

from __future__ import annotations

import pytest

from feeds.understand.people import find_people

# sentence, then "Name|Affiliation" for each person
FOUND = [
    ("Mira Sandberg will present our new compiler.", "Mira Sandberg"),
    ("Mira Sandberg will be presenting on Tuesday.", "Mira Sandberg"),
    ("Mira Sandberg is speaking about compilers.", "Mira Sandberg"),
    ("Mira Sandberg presents a new compiler.", "Mira Sandberg"),
    ("Mira Sandberg will also give a talk.", "Mira Sandberg"),
    ("Mira Sandberg is going to show a demo.", "Mira Sandberg"),
    ("Our CTO Mira Sandberg will take a closer look at compilers.", "Mira Sandberg"),
    ("On day one, our Head of Research, Mira Sandberg, will talk.", "Mira Sandberg"),
    ("Fernwerk CTO Mira Sandberg will talk about compilers.", "Mira Sandberg|Fernwerk"),
    ("Fernwerk CTO, Steering Committee Chair, Mira Sandberg, will join a panel.", "Mira Sandberg|Fernwerk"),
    ("Fernwerk’s Mira Sandberg will talk about compilers.", "Mira Sandberg|Fernwerk"),
    ("Fernwerk’s Senior Engineer, Mira Sandberg will show how.", "Mira Sandberg|Fernwerk"),
    ("Mira Sandberg, Community Manager, will present on Tuesday.", "Mira Sandberg"),
    ("Mira Sandberg (Fernwerk) will present on Tuesday.", "Mira Sandberg|Fernwerk"),
    ("Mira Sandberg from Fernwerk will present on Tuesday.", "Mira Sandberg|Fernwerk"),
    ("Mira Sandberg of Fernwerk explains how.", "Mira Sandberg|Fernwerk"),
    ("Mira Sandberg, CTO of Fernwerk, will present on Tuesday.", "Mira Sandberg|Fernwerk"),
    ("Mira Sandberg, Fernwerk, will present on Tuesday.", "Mira Sandberg|Fernwerk"),
    ("Mira Sandberg and Oscar Lindqvist will discuss compilers.", "Mira Sandberg; Oscar Lindqvist"),
    (
        "Mira Sandberg, Oscar Lindqvist and Elena Marchetti will talk.",
        "Mira Sandberg; Oscar Lindqvist; Elena Marchetti",
    ),
    ("Mira Sandberg & Oscar Lindqvist will discuss compilers.", "Mira Sandberg; Oscar Lindqvist"),
    (
        "Mira Sandberg (Fernwerk) and Oscar Lindqvist (Tidepool) will talk.",
        "Mira Sandberg|Fernwerk; Oscar Lindqvist|Tidepool",
    ),
    (
        "Mira Sandberg from Fernwerk and Oscar Lindqvist from Tidepool will talk.",
        "Mira Sandberg|Fernwerk; Oscar Lindqvist|Tidepool",
    ),
    ("Join us as Mira Sandberg, Community Manager, will present.", "Mira Sandberg"),
    ("Join Mira Sandberg and Oscar Lindqvist for an hour of compilers.", "Mira Sandberg; Oscar Lindqvist"),
    (
        "Hear Mira Sandberg (Fernwerk) and Oscar Lindqvist on compilers.",
        "Mira Sandberg|Fernwerk; Oscar Lindqvist",
    ),
    ("Hear from Mira Sandberg about compilers.", "Mira Sandberg"),
    (
        "Featuring talks from Mira Sandberg, Oscar Lindqvist and Elena Marchetti.",
        "Mira Sandberg; Oscar Lindqvist; Elena Marchetti",
    ),
    ("A keynote by Mira Sandberg opens the day.", "Mira Sandberg"),
    ("Do not miss the talk by Mira Sandberg.", "Mira Sandberg"),
    ("A workshop with Mira Sandberg and Oscar Lindqvist follows.", "Mira Sandberg; Oscar Lindqvist"),
    ("The panel is moderated by Mira Sandberg.", "Mira Sandberg"),
    ("The session is hosted by Mira Sandberg of Fernwerk.", "Mira Sandberg|Fernwerk"),
    ("Mira Sandberg’s talk is on Tuesday.", "Mira Sandberg"),
    ("Our Mira Sandberg’s 20-minute session looks at compilers.", "Mira Sandberg"),
    ("Speakers: Mira Sandberg and Oscar Lindqvist", "Mira Sandberg; Oscar Lindqvist"),
    (
        "Speakers include Mira Sandberg, Oscar Lindqvist and Elena Marchetti.",
        "Mira Sandberg; Oscar Lindqvist; Elena Marchetti",
    ),
    ("We welcome back the founder of Fernwerk, Mira Sandberg.", "Mira Sandberg|Fernwerk"),
    ("A lightning talk from Senior Engineer, Mira Sandberg, closes the day.", "Mira Sandberg"),
    (
        "With Oscar Lindqvist hosting, Fernwerk’s Mira Sandberg; T9 router's Elena Marchetti; Tidepool’s"
        " Pedro Alves; and Oscar will discuss compilers.",
        "Oscar Lindqvist; Mira Sandberg|Fernwerk; Elena Marchetti|T9 router; Pedro Alves|Tidepool",
    ),
    ("Mira Sandberg, who leads Fernwerk, will speak. Mira will also sign books.", "Mira Sandberg"),
    ("Dr. Mira Sandberg will speak.", "Mira Sandberg"),
    ("Ludger van der Meer will speak.", "Ludger van der Meer"),
    ("Siobhán O’Leary will speak.", "Siobhán O’Leary"),
    ("R.J. Sandberg will speak.", "R.J. Sandberg"),
    ("Ольга Соколова will speak.", "Ольга Соколова"),
    ("Zunwei Quax, Lead Engineer, will speak.", "Zunwei Quax"),
    ("Mira Sandberg wird den neuen Compiler vorstellen.", "Mira Sandberg"),
    ("Mira Sandberg und Oscar Lindqvist zeigen den Compiler.", "Mira Sandberg; Oscar Lindqvist"),
    ("Der Vortrag von Mira Sandberg beginnt um acht.", "Mira Sandberg"),
    ("Mira Sandberg présentera le nouveau compilateur.", "Mira Sandberg"),
    ("La conférence de Mira Sandberg commence à huit heures.", "Mira Sandberg"),
    ("Mira Sandberg et Oscar Lindqvist parleront du compilateur.", "Mira Sandberg; Oscar Lindqvist"),
    ("Mira Sandberg hablará del compilador.", "Mira Sandberg"),
    ("Mira Sandberg y Oscar Lindqvist presentarán el compilador.", "Mira Sandberg; Oscar Lindqvist"),
    ("Elena Marchetti presenterà il compilatore.", "Elena Marchetti"),
    ("Pedro Alves apresentará o compilador.", "Pedro Alves"),
    ("Mira Sandberg vertelt over de compiler.", "Mira Sandberg"),
    ("Mira Sandberg en Oscar Lindqvist zullen spreken.", "Mira Sandberg; Oscar Lindqvist"),
    ("Oscar from Tidepool will cover compilers.", "Oscar|Tidepool"),
    ("Elena and Oscar will discuss compilers.", "Elena; Oscar"),
    ("Am Donnerstag sprechen Mira Sandberg und Oscar Lindqvist.", "Mira Sandberg; Oscar Lindqvist"),
    (
        "Mira Sandberg, Engineer at Fernwerk, and Elena Marchetti, CTO of Tidepool, will talk.",
        "Mira Sandberg|Fernwerk; Elena Marchetti|Tidepool",
    ),
    (
        "A panel with Mira Sandberg, Oscar Lindqvist, and Elena Marchetti.",
        "Mira Sandberg; Oscar Lindqvist; Elena Marchetti",
    ),
    ("Mira Sandberg is on the panel on Friday.", "Mira Sandberg"),
    ("We welcome Mira Sandberg as our keynote speaker.", "Mira Sandberg"),
    (
        "Fernwerk's Mira Sandberg and Tidepool's Oscar Lindqvist will talk.",
        "Mira Sandberg|Fernwerk; Oscar Lindqvist|Tidepool",
    ),
    (
        "First Mira Sandberg will talk, then Oscar Lindqvist will give a demo.",
        "Mira Sandberg; Oscar Lindqvist",
    ),
]

NOBODY = [
    "",
    "Red Hat will present the new release.",
    "Google Cloud will show a demo.",
    "Cloud Native will take you further.",
    "The WebAssembly System Interface will give developers more.",
    "The Linux Foundation will host the event.",
    "Apache Kafka takes over.",
    "Open Source Summit will bring us together.",
    "New York will host the next edition.",
    "San Francisco will see us again.",
    "Los Angeles presents itself in the sun.",
    "Buenos Aires will join in.",
    "Join us in Barcelona on Monday and Tuesday.",
    "Second State will share its experience.",
    "Blue Kettle will give away shirts.",
    "Black Forest Labs will talk about models.",
    "Amazon Web Services will present.",
    "Digital Ocean will run a booth.",
    "Platform Engineering Day will open at nine.",
    "Kubernetes Community Days will return in May.",
    "GitHub Actions runs the tests.",
    "Visual Studio Code shows the error.",
    "Machine Learning will change this.",
    "Lightning Talks will follow.",
    "Opening Remarks will start at nine.",
    "Main Stage opens at nine.",
    "The Grand Hall will host the dinner.",
    "Hall Seven will host the dinner.",
    "On Tuesday March we will present.",
    "See Special Interest Group for more.",
    "Meet Us There.",
    "Join The Fun.",
    "Hear The News.",
    "Mira Sandberg wrote the library in March.",
    "The library was written by Mira Sandberg.",
    "Thanks to Mira Sandberg for the pictures.",
    "Photo: Mira Sandberg",
    "Mira Sandberg",
    "Contact Mira Sandberg with questions.",
    "Mira Sandberg joined Fernwerk as an engineer last year and left it again.",
    "Mira Sandberg works for Fernwerk.",
    "Released by Mira Sandberg and Oscar Lindqvist.",
    "We miss Mira Sandberg.",
    "Based on an idea of Mira Sandberg.",
    "Read the paper of Sandberg and Lindqvist.",
    "Version Two will show more.",
    "Hewlett Packard will present.",
    "European Union will discuss the act.",
    "Central Park will be green.",
    "United Nations will host.",
    "Deutsche Bahn wird zeigen, was geht.",
    "Die Offene Werkstatt wird um acht öffnen.",
    "Der Große Saal wird umgebaut.",
    "La Maison Verte présentera ses plans.",
    "Les Journées du Logiciel présentent leur programme.",
    "La Casa Azul presentará sus planes.",
    "Il Palazzo Vecchio presenterà le opere.",
    "De Grote Zaal zal open zijn.",
    "In April and May we will talk.",
    "Austin will host us again.",
    "Paris will show its best side.",
    "Ruby will give you speed.",
    "Windows and Linux will run it.",
    "Christmas will bring more.",
    "I will present at FernCon.",
    "You will discuss it with Us.",
    "Level Three shows the way.",
]


def people(text: str) -> list[tuple[str, str | None]]:
    return [(person.name, person.affiliation) for person in find_people(text)]


@pytest.mark.parametrize(("sentence", "expected"), FOUND)
def test_people_who_present(sentence: str, expected: str) -> None:
    wanted = [part.strip().partition("|") for part in expected.split(";")]
    assert people(sentence) == [(name, organisation or None) for name, _, organisation in wanted]


@pytest.mark.parametrize("sentence", NOBODY)
def test_nobody_presents(sentence: str) -> None:
    assert people(sentence) == []


def test_name_stands_at_its_slice() -> None:
    sentence = "On Friday, Fernwerk’s Mira Sandberg; and Oscar Lindqvist will discuss compilers."
    found = find_people(sentence)
    assert [sentence[slice(*person.at)] for person in found] == ["Mira Sandberg", "Oscar Lindqvist"]


def test_known_name_is_found_whatever_it_does() -> None:
    sentence = "Thanks to Mira Sandberg for the pictures."
    assert [p.name for p in find_people(sentence, known=("Mira Sandberg",))] == ["Mira Sandberg"]


def test_known_name_without_capitals_is_found() -> None:
    assert [p.name for p in find_people("今日は佐藤健が話します。", known=("佐藤健",))] == ["佐藤健"]


def test_first_name_stands_for_the_only_known_person() -> None:
    known = ("Oscar Lindqvist", "Mira Sandberg")
    assert [p.name for p in find_people("In this talk Oscar will show how.", known=known)] == [
        "Oscar Lindqvist"
    ]


def test_first_name_of_two_known_people_stays_a_first_name() -> None:
    known = ("Oscar Lindqvist", "Oscar Wolters")
    assert [p.name for p in find_people("In this talk Oscar will show how.", known=known)] == ["Oscar"]


@pytest.mark.parametrize(
    "text",
    [
        "Emma Clark, engineer at Acme, and Peter teach the class.",
        "Emma Clark (Acme) and Peter teach the class.",
    ],
)
def test_first_name_beside_a_person_has_not_that_persons_employer(text: str) -> None:
    assert people(text) == [("Emma Clark", "Acme"), ("Peter", None)]


def test_person_named_twice_is_one_with_what_both_places_say() -> None:
    text = "Mira Sandberg will talk. Fernwerk’s Mira Sandberg will also host a panel."
    assert people(text) == [("Mira Sandberg", "Fernwerk")]
