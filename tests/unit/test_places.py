"""Owns the examples of cities in lines of posts: what a careful person reads there.

S and W are what the text says of the place: strong (it says "place") or weak (a known name alone).
"""

from __future__ import annotations

import pytest

from feeds.understand.places import find_places, settle

Expected = tuple[tuple[str, str, str], ...]

S, W = "strong", "weak"

ROME, PARIS, BERLIN, MADRID = "Europe/Rome", "Europe/Paris", "Europe/Berlin", "Europe/Madrid"
VIENNA, PRAGUE, LONDON, ZURICH = "Europe/Vienna", "Europe/Prague", "Europe/London", "Europe/Zurich"
LISBON, AMSTERDAM, BRUSSELS = "Europe/Lisbon", "Europe/Amsterdam", "Europe/Brussels"
NEW_YORK, CHICAGO, DENVER, PACIFIC = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
)

# A line, and for each city in it: the words of the name, its zone, how sure.
PLACES: list[tuple[str, Expected]] = [
    # after a preposition, in our languages
    ("Join us in Lisbon!", (("Lisbon", LISBON, S),)),
    ("We are back in Oslo this May.", (("Oslo", "Europe/Oslo", S),)),
    ("Meet the team in Milan on 3 June", (("Milan", ROME, S),)),
    ("The next sprint is in beautiful Vienna.", (("Vienna", VIENNA, S),)),
    ("Two days in downtown Chicago", (("Chicago", CHICAGO, S),)),
    ("A workshop near Utrecht", (("Utrecht", AMSTERDAM, S),)),
    ("Rendez-vous à Lyon le 4 juin", (("Lyon", PARIS, S),)),
    ("Nos vemos en Sevilla", (("Sevilla", MADRID, S),)),
    ("Esperamos você em Curitiba", (("Curitiba", "America/Sao_Paulo", S),)),
    ("Wir fahren nach Hamburg", (("Hamburg", BERLIN, S),)),
    ("Treffen bei Leipzig", (("Leipzig", BERLIN, S),)),
    ("We reizen naar Rotterdam", (("Rotterdam", AMSTERDAM, S),)),
    ("Ci vediamo a Torino", (("Torino", ROME, S),)),
    ("We are heading to Tallinn next week", (("Tallinn", "Europe/Tallinn", S),)),
    ("Live from Dublin", (("Dublin", "Europe/Dublin", S),)),
    ("The community met in\nGothenburg", (("Gothenburg", "Europe/Stockholm", S),)),
    # with a country, a state or a code beside it
    ("Paris, France", (("Paris", PARIS, S),)),
    ("Paris (France)", (("Paris", PARIS, S),)),
    ("Austin, TX", (("Austin", CHICAGO, S),)),
    ("Austin, Texas", (("Austin", CHICAGO, S),)),
    ("Austin, Texas, USA", (("Austin", CHICAGO, S),)),
    ("Austin TX", (("Austin", CHICAGO, S),)),
    ("London, UK", (("London", LONDON, S),)),
    ("London, U.K.", (("London", LONDON, S),)),
    ("London, England", (("London", LONDON, S),)),
    ("London, Ontario", (("London", "America/Toronto", S),)),
    ("London, ON, Canada", (("London", "America/Toronto", S),)),
    ("Cambridge, MA", (("Cambridge", NEW_YORK, S),)),
    ("Cambridge, UK", (("Cambridge", LONDON, S),)),
    ("Portland, Maine", (("Portland", NEW_YORK, S),)),
    ("Portland, OR 97201", (("Portland", PACIFIC, S),)),
    ("Birmingham, Alabama", (("Birmingham", CHICAGO, S),)),
    ("Vancouver, BC", (("Vancouver", "America/Vancouver", S),)),
    ("Vancouver, WA", (("Vancouver", PACIFIC, S),)),
    ("Valencia, Spain", (("Valencia", MADRID, S),)),
    ("Valencia, Venezuela", (("Valencia", "America/Caracas", S),)),
    ("Reading, UK", (("Reading", LONDON, S),)),
    ("Nice, France", (("Nice", PARIS, S),)),
    ("Mobile, Alabama", (("Mobile", CHICAGO, S),)),
    ("Orange, California", (("Orange", PACIFIC, S),)),
    ("Split, Croatia", (("Split", "Europe/Zagreb", S),)),
    ("Rovinj, Croatia", (("Rovinj", "Europe/Zagreb", S),)),
    ("Bath, England", (("Bath", LONDON, S),)),
    ("Victoria, BC, Canada", (("Victoria", "America/Vancouver", S),)),
    ("Perth, Western Australia", (("Perth", "Australia/Perth", S),)),
    ("Perth, Scotland", (("Perth", LONDON, S),)),
    ("Melbourne, VIC", (("Melbourne", "Australia/Melbourne", S),)),
    ("Bengaluru, Karnataka, India", (("Bengaluru", "Asia/Kolkata", S),)),
    ("Freiburg, Deutschland", (("Freiburg", BERLIN, S),)),
    ("Köln, Allemagne", (("Köln", BERLIN, S),)),
    ("Sevilla, España", (("Sevilla", MADRID, S),)),
    ("Roma, Itália", (("Roma", ROME, S),)),
    ("Brügge, Belgien", (("Brügge", BRUSSELS, S),)),
    ("Gent, België", (("Gent", BRUSSELS, S),)),
    ("Washington, D.C.", (("Washington", NEW_YORK, S),)),
    ("Washington, DC, USA", (("Washington", NEW_YORK, S),)),
    ("New York, NY", (("New York", NEW_YORK, S),)),
    ("Singapore, Singapore", (("Singapore", "Asia/Singapore", S),)),
    ("San José, Costa Rica", (("San José", "America/Costa_Rica", S),)),
    ("San Jose, CA", (("San Jose", PACIFIC, S),)),
    ("Redmond 98052, WA", (("Redmond", PACIFIC, S),)),
    ("Hauptstraße 5, 1070 Wien", (("Wien", VIENNA, S),)),
    ("186 00 Praha 8", (("Praha", PRAGUE, S),)),
    ("12 rue du Lac, 75011 Paris", (("Paris", PARIS, S),)),
    ("D-10117 Berlin", (("Berlin", BERLIN, S),)),
    ("1012 AB Amsterdam", (("Amsterdam", AMSTERDAM, S),)),
    ("8005 Zürich, Switzerland", (("Zürich", ZURICH, S),)),
    ("1 High Street, London E16 1XL, United Kingdom", (("London", LONDON, S),)),
    ("Denver, CO 80202, USA", (("Denver", DENVER, S),)),
    # headings and labels with dates and times
    ("Wasm Fair, Barcelona, 14-15 March", (("Barcelona", MADRID, S),)),
    ("RustFair EU, Paris, 19–22 March", (("Paris", PARIS, S),)),
    ("Barcelona, 14 March 2024", (("Barcelona", MADRID, S),)),
    ("14-15 March 2024, Prague", (("Prague", PRAGUE, S),)),
    ("May 3 | Berlin | Day one", (("Berlin", BERLIN, S),)),
    ("Toulouse - June 5th", (("Toulouse", PARIS, S),)),
    ("Krakow (12 October)", (("Krakow", "Europe/Warsaw", S),)),
    ("2024-05-03: Helsinki", (("Helsinki", "Europe/Helsinki", S),)),
    ("Nice, 3-5 June", (("Nice", PARIS, S),)),
    ("Reading, 4 May", (("Reading", LONDON, S),)),
    ("Florence: 7 September", (("Florence", ROME, S),)),
    ("12:30 PM New York / 9:30 AM San Francisco", (("New York", NEW_YORK, S), ("San Francisco", PACIFIC, S))),
    ("18:00 Berlin, 17:00 London", (("Berlin", BERLIN, S), ("London", LONDON, S))),
    ("Mumbai 2025", (("Mumbai", "Asia/Kolkata", S),)),
    # beside an event's name
    ("DevOpsDays Austin", (("Austin", CHICAGO, S),)),
    ("CloudCon Europe 2024 Paris", (("Paris", PARIS, S),)),
    ("Summit Charlotte", (("Charlotte", NEW_YORK, S),)),
    ("Prague Database Meetup", (("Prague", PRAGUE, S),)),
    ("The Oslo Haskell User Group", (("Oslo", "Europe/Oslo", S),)),
    ("Seattle Open Source Conference", (("Seattle", PACIFIC, S),)),
    ("St. Louis Rust Meetup", (("St. Louis", CHICAGO, S),)),
    ("Austin Rust Meetup", (("Austin", CHICAGO, W),)),
    ("Open Source Days Copenhagen", (("Copenhagen", "Europe/Copenhagen", S),)),
    # a known city alone
    ("First stop Barcelona", (("Barcelona", MADRID, W),)),
    ("Brussels or London?", (("Brussels", BRUSSELS, W), ("London", LONDON, W))),
    ("Hotel Europa Budapest", (("Budapest", "Europe/Budapest", W),)),
    ("The Tokyo team is growing", (("Tokyo", "Asia/Tokyo", W),)),
    ("A Stockholm-based company", (("Stockholm", "Europe/Stockholm", S),)),
    ("Seattle Central Library", (("Seattle", PACIFIC, W),)),
    # endonyms and exonyms
    ("in München", (("München", BERLIN, S),)),
    ("in Munich", (("Munich", BERLIN, S),)),
    ("in Muenchen", (("Muenchen", BERLIN, S),)),
    ("a Monaco di Baviera", (("Monaco di Baviera", BERLIN, S),)),
    ("en Múnich", (("Múnich", BERLIN, S),)),
    ("in Köln", (("Köln", BERLIN, S),)),
    ("in Cologne", (("Cologne", BERLIN, S),)),
    ("in Koeln", (("Koeln", BERLIN, S),)),
    ("à Cologne", (("Cologne", BERLIN, S),)),
    ("in Nuremberg", (("Nuremberg", BERLIN, S),)),
    ("in Nürnberg", (("Nürnberg", BERLIN, S),)),
    ("in Wien", (("Wien", VIENNA, S),)),
    ("à Vienne", (("Vienne", VIENNA, S),)),
    ("en Viena", (("Viena", VIENNA, S),)),
    ("in Praha", (("Praha", PRAGUE, S),)),
    ("in Prag", (("Prag", PRAGUE, S),)),
    ("a Praga", (("Praga", PRAGUE, S),)),
    ("in Praag", (("Praag", PRAGUE, S),)),
    ("em Lisboa", (("Lisboa", LISBON, S),)),
    ("in Lissabon", (("Lissabon", LISBON, S),)),
    ("in Den Haag", (("Den Haag", AMSTERDAM, S),)),
    ("in The Hague", (("The Hague", AMSTERDAM, S),)),
    ("in the Hague", (("the Hague", AMSTERDAM, S),)),
    ("à La Haye", (("La Haye", AMSTERDAM, S),)),
    ("à Genève", (("Genève", ZURICH, S),)),
    ("in Genf", (("Genf", ZURICH, S),)),
    ("a Firenze", (("Firenze", ROME, S),)),
    ("in Florenz", (("Florenz", ROME, S),)),
    ("in Mailand", (("Mailand", ROME, S),)),
    ("in Bruxelles", (("Bruxelles", BRUSSELS, S),)),
    ("in Brussel", (("Brussel", BRUSSELS, S),)),
    ("in Antwerpen", (("Antwerpen", BRUSSELS, S),)),
    ("in Warszawa", (("Warszawa", "Europe/Warsaw", S),)),
    ("in Kopenhagen", (("Kopenhagen", "Europe/Copenhagen", S),)),
    ("in København", (("København", "Europe/Copenhagen", S),)),
    ("in Göteborg", (("Göteborg", "Europe/Stockholm", S),)),
    ("in Zu\u0308rich", (("Zu\u0308rich", ZURICH, S),)),
    ("in Zurich", (("Zurich", ZURICH, S),)),
    ("in Łódź", (("Łódź", "Europe/Warsaw", S),)),
    ("en Nueva York", (("Nueva York", NEW_YORK, S),)),
    ("in Kiew", (("Kiew", "Europe/Kyiv", S),)),
    ("in Bangalore", (("Bangalore", "Asia/Kolkata", S),)),
    # names of several words, abbreviations, spellings
    ("in Hong Kong", (("Hong Kong", "Asia/Hong_Kong", S),)),
    ("in New York City", (("New York City", NEW_YORK, S),)),
    ("in NYC", (("NYC", NEW_YORK, S),)),
    ("in San Francisco", (("San Francisco", PACIFIC, S),)),
    ("in SF", (("SF", PACIFIC, S),)),
    ("in LA,", (("LA", PACIFIC, S),)),
    ("in Washington D.C.", (("Washington D.C", NEW_YORK, S),)),
    ("in Washington DC", (("Washington DC", NEW_YORK, S),)),
    ("in Salt Lake City", (("Salt Lake City", DENVER, S),)),
    ("in Salt\nLake City", (("Salt\nLake City", DENVER, S),)),
    ("in Saint Louis, Missouri", (("Saint Louis", CHICAGO, S),)),
    ("in St Louis, MO", (("St Louis", CHICAGO, S),)),
    ("in São Paulo", (("São Paulo", "America/Sao_Paulo", S),)),
    ("in Sao Paulo", (("Sao Paulo", "America/Sao_Paulo", S),)),
    ("in Rio de Janeiro", (("Rio de Janeiro", "America/Sao_Paulo", S),)),
    ("in Frankfurt am Main", (("Frankfurt am Main", BERLIN, S),)),
    ("in Frankfurt", (("Frankfurt", BERLIN, S),)),
    ("in Aix-en-Provence", (("Aix-en-Provence", PARIS, S),)),
    ("in Tel Aviv", (("Tel Aviv", "Asia/Jerusalem", S),)),
    ("in 's-Hertogenbosch", (("s-Hertogenbosch", AMSTERDAM, S),)),
    ("St. John's, Newfoundland", (("St. John's", "America/St_Johns", S),)),
    ("in L'Aquila", (("L'Aquila", ROME, S),)),
    ("in Berlin's east", (("Berlin", BERLIN, S),)),
    ("**BARCELONA**, 14 March", (("BARCELONA", MADRID, S),)),
    ("in Leuven.", (("Leuven", BRUSSELS, S),)),
    ("in Bamberg am 3. Mai", (("Bamberg", BERLIN, S),)),
    ("in Cork on 2 July", (("Cork", "Europe/Dublin", S),)),
    ("in Split, then home", (("Split", "Europe/Zagreb", S),)),
    ("in Essen vom 3. bis 5. Mai", (("Essen", BERLIN, S),)),
    ("in Phoenix, from Monday", (("Phoenix", "America/Phoenix", S),)),
]


@pytest.mark.parametrize(("text", "expected"), PLACES, ids=[text for text, _ in PLACES])
def test_city_is_found_with_its_zone(text: str, expected: Expected) -> None:
    found = find_places(text)
    assert tuple((m.text, settle(m)[0].timezone, m.confidence) for m in found) == expected


WHOLES: list[tuple[str, str]] = [
    ("We meet in Austin, Texas, USA on Monday", "Austin, Texas, USA"),
    ("Venue: 5 Main Street, Portland, OR 97201, USA", "Portland, OR 97201"),
    ("Paris (France), 3 May", "Paris (France)"),
    ("at Example Hall, 1070 Wien.", "1070 Wien"),
    ("Example Hall, 186 00 Praha 8", "186 00 Praha"),
    ("Washington, D.C. in June", "Washington, D.C."),
    ("London E16 1XL, United Kingdom", "London E16 1XL, United Kingdom"),
    ("in Berlin, Munich and Hamburg", "Berlin"),
    ("in Paris, London and Rome", "Paris"),
]


@pytest.mark.parametrize(("text", "whole"), WHOLES, ids=[text for text, _ in WHOLES])
def test_whole_is_the_name_with_what_was_said_beside_it(text: str, whole: str) -> None:
    first = find_places(text)[0]
    assert text[slice(*first.whole)] == whole
    assert text[slice(*first.at)] == first.text


def test_slices_count_from_the_base() -> None:
    plain, moved = find_places("in Paris, France"), find_places("in Paris, France", base=100)
    assert (moved[0].at, moved[0].whole) == ((103, 108), (103, 116))
    assert (plain[0].at, plain[0].whole) == ((3, 8), (3, 16))


def test_country_and_region_beside_the_name_are_codes() -> None:
    found = find_places("Austin, Texas, USA and Paris, Frankreich")
    assert [(m.country, m.region) for m in found] == [("US", "TX"), ("FR", None)]


def test_place_has_country_region_and_coordinates() -> None:
    # GeoNames and any map: Austin City Hall is at 30.26 N, 97.75 W.
    place = find_places("Austin, TX")[0].candidates[0]
    assert (place.city, place.country, place.region) == ("Austin", "US", "Texas")
    assert (round(place.latitude, 1), round(place.longitude, 1)) == (30.3, -97.7)


HINTED: list[tuple[str, tuple[str, ...]]] = [
    ("Reading", ("Reading",)),
    ("Mobile", ("Mobile",)),
    ("Rovinj", ("Rovinj",)),
    ("Austin", ("Austin",)),
    ("Example Hall, Nice", ("Nice",)),
    ("Orange Room", ()),
    ("Reading Room", ()),
    ("TBD", ()),
]


@pytest.mark.parametrize(("text", "names"), HINTED, ids=[text for text, _ in HINTED])
def test_label_makes_a_bare_name_a_place(text: str, names: tuple[str, ...]) -> None:
    found = find_places(text, hint=True)
    assert tuple(m.text for m in found) == names
    assert all(m.confidence == "strong" for m in found)


def test_reason_is_told() -> None:
    whys = [find_places(text)[0].why for text in ("in Oslo", "Oslo, Norway", "the Oslo office")]
    assert whys == [
        "`in` before it",
        "a country, region or postal code beside it",
        "the name of a known city",
    ]
