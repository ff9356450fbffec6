"""Owns the examples of namesakes, of names without a sentence, of countries and of zones."""

from __future__ import annotations

import pytest

from feeds.model import Place
from feeds.understand.places import (
    country_code,
    country_zone,
    find_places,
    place_named,
    settle,
    zone_of_city,
)

Facts = tuple[tuple[str, ...], tuple[str, ...]]


def _city(name: str, country: str) -> Place:
    return place_named(name, country=country)[0]


# The name, other cities of the post; the country meant and whether that is a guess.
NAMESAKES: list[tuple[str, tuple[tuple[str, str], ...], tuple[str, bool]]] = [
    ("Barcelona", (), ("ES", False)),
    ("Paris", (), ("FR", False)),
    ("London", (), ("GB", False)),
    ("Berlin", (), ("DE", False)),
    ("Vienna", (), ("AT", False)),
    ("Athens", (), ("GR", False)),
    ("Dublin", (), ("IE", False)),
    ("Melbourne", (), ("AU", False)),
    ("Boston", (), ("US", False)),
    ("Prague", (), ("CZ", False)),
    ("Valencia", (), ("ES", True)),
    ("Valencia", (("Madrid", "ES"),), ("ES", False)),
    ("Valencia", (("Caracas", "VE"),), ("VE", False)),
    ("Birmingham", (), ("GB", True)),
    ("Birmingham", (("London", "GB"),), ("GB", False)),
    ("Birmingham", (("Montgomery", "US"),), ("US", False)),
    ("Cambridge", (("London", "GB"),), ("GB", False)),
    ("Cambridge", (("Boston", "US"),), ("US", False)),
    ("San José", (), ("CR", True)),
    ("San Jose", (), ("US", False)),
    ("San José", (("San Francisco", "US"),), ("US", False)),
    ("Hyderabad", (("Karachi", "PK"),), ("PK", False)),
    ("Hyderabad", (("Bengaluru", "IN"),), ("IN", False)),
    ("Córdoba", (("Sevilla", "ES"),), ("ES", False)),
    ("Córdoba", (("Buenos Aires", "AR"),), ("AR", False)),
    ("Toledo", (("Madrid", "ES"),), ("ES", False)),
    ("Toledo", (("Cleveland", "US"),), ("US", False)),
    ("Alexandria", (("Cairo", "EG"),), ("EG", False)),
    ("Reading", (("London", "GB"),), ("GB", False)),
    ("Perth", (("Edinburgh", "GB"),), ("GB", False)),
]


@pytest.mark.parametrize(("name", "near", "expected"), NAMESAKES)
def test_namesake_is_settled_by_the_post(
    name: str, near: tuple[tuple[str, str], ...], expected: tuple[str, bool]
) -> None:
    (mention,) = find_places(f"Location: {name}", hint=True)
    place, guess = settle(mention, near=[_city(*other) for other in near])
    assert (place.country, guess) == expected


def test_namesake_in_one_country_is_settled_by_the_nearest_city() -> None:
    (mention,) = find_places("Location: Portland", hint=True)
    place, guess = settle(mention, near=[_city("Boston", "US")])
    assert (place.timezone, place.region, guess) == ("America/New_York", "Maine", False)
    place, _ = settle(mention, near=[_city("Seattle", "US")])
    assert (place.timezone, place.region) == ("America/Los_Angeles", "Oregon")


def test_country_beside_the_name_leaves_no_guess() -> None:
    (mention,) = find_places("Valencia, Venezuela")
    place, guess = settle(mention, near=[_city("Madrid", "ES")])
    assert (place.country, guess) == ("VE", False)


NAMED: list[tuple[str, str | None, tuple[str, str] | None]] = [
    ("Paris", None, ("FR", "Europe/Paris")),
    ("paris", None, ("FR", "Europe/Paris")),
    ("Reading", "GB", ("GB", "Europe/London")),
    ("Reading", "United Kingdom", ("GB", "Europe/London")),
    ("Portland", "ME", ("US", "America/New_York")),
    ("Austin, TX", None, ("US", "America/Chicago")),
    ("Valencia, Venezuela", None, ("VE", "America/Caracas")),
    ("München", "Germany", ("DE", "Europe/Berlin")),
    ("Muenchen", "Deutschland", ("DE", "Europe/Berlin")),
    ("Genève", "CH", ("CH", "Europe/Zurich")),
    ("New York", "US", ("US", "America/New_York")),
    ("rio de janeiro", "BR", ("BR", "America/Sao_Paulo")),
    ("Paris", "JP", None),
    ("Atlantis City", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("name", "country", "expected"), NAMED)
def test_named_place_is_looked_up(name: str, country: str | None, expected: tuple[str, str] | None) -> None:
    found = place_named(name, country=country)
    assert ((found[0].country, found[0].timezone) if found else None) == expected


ZONES: list[tuple[str, str | None]] = [
    ("New York", "America/New_York"),
    ("new york", "America/New_York"),
    ("San Francisco", "America/Los_Angeles"),
    ("SF", "America/Los_Angeles"),
    ("NYC", "America/New_York"),
    ("Berlin", "Europe/Berlin"),
    ("Wien", "Europe/Vienna"),
    ("Bengaluru", "Asia/Kolkata"),
    ("Sydney", "Australia/Sydney"),
    ("Phoenix", "America/Phoenix"),
    ("Salt Lake City", "America/Denver"),
    ("Valencia", None),
    ("Nowhere in particular", None),
]


@pytest.mark.parametrize(("name", "zone"), ZONES)
def test_zone_of_a_city_is_known_unless_namesakes_disagree(name: str, zone: str | None) -> None:
    assert zone_of_city(name) == zone


COUNTRY_ZONES: list[tuple[str, str | None]] = [
    ("CZ", "Europe/Prague"),
    ("JP", "Asia/Tokyo"),
    ("IN", "Asia/Kolkata"),
    ("FR", "Europe/Paris"),
    ("GB", "Europe/London"),
    ("SG", "Asia/Singapore"),
    ("US", None),
    ("ES", None),
    ("PT", None),
    ("AU", None),
    ("BR", None),
    ("XX", None),
]


@pytest.mark.parametrize(("code", "zone"), COUNTRY_ZONES)
def test_country_has_a_zone_if_all_its_towns_share_it(code: str, zone: str | None) -> None:
    assert country_zone(code) == zone


@pytest.mark.parametrize(
    ("name", "code"),
    [("Germany", "DE"), ("deutschland", "DE"), ("UK", "GB"), ("US", "US"), ("FR", "FR"), ("Narnia", None)],
)
def test_country_code_is_found_by_name_or_code(name: str, code: str | None) -> None:
    assert country_code(name) == code
