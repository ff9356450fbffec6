"""Owns the choice between cities of one name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import asin, cos, radians, sin, sqrt

from feeds.model import Place
from feeds.understand.gazetteer import City, cities, fold, own_name
from feeds.understand.places.countries import areas_named, country_code
from feeds.understand.places.mentions import PlaceMention, find_places

# How much likelier a namesake is than its fame says, for each fact of the post that speaks for it.
_SAME_COUNTRY = 3
_CLOSE = 20
_CLOSE_KM = 400
_SPELLED_SO = 2
# Fame grows with the root of the population: three tenths of the fame are a tenth of the people.
MIN_NAME = 4
"""Letters of a city's name; what is shorter is an abbreviation."""

COMPARABLE = 0.3
"""The share of the winner's weight from which a runner-up in another country or zone is plausible."""


def settle(mention: PlaceMention, *, near: Sequence[Place] = ()) -> tuple[Place, bool]:
    """The city meant, and whether that is a guess between namesakes.

    Weight is fame, times 4 for a city of that name ("Marburg" is not Maribor), times 2 for one that is
    spelled so itself ("San Jose", "San José"), times 3 in the country of another city of the post (`near`),
    times 20 within 400 km of one. It is a guess where a namesake in another country or zone has at least
    three tenths of the winner's weight.
    """
    weighed = sorted(
        (
            (_spelled(mention, place) * _weight(place, fame, near=near), -index)
            for index, (place, fame) in enumerate(zip(mention.candidates, mention.fames, strict=True))
        ),
        reverse=True,
    )
    best, index = weighed[0]
    winner = mention.candidates[-index]
    rivals = (
        weight
        for weight, other in weighed[1:]
        if _differ(mention.candidates[-other], winner) and weight >= COMPARABLE * best
    )
    return as_written(winner, mention.text), any(True for _ in rivals)


def as_written(place: Place, name: str) -> Place:
    """A city by the name it has in the post: who writes Ghent reads Ghent, not Gent; "NYC" is written out."""
    short = name.isupper() or len(name) < MIN_NAME or not name[:1].isupper()
    if short or place.city.casefold().startswith(name.casefold()):
        return place
    return replace(place, city=" ".join(name.split()))


def place_named(name: str, *, country: str | None = None) -> tuple[Place, ...]:
    """The cities that a front matter `city:` can mean, the best known first: "Paris", "Austin, TX"."""
    found = _named(name)
    if country is None:
        return tuple(city.place for city in found)
    code = country_code(country)
    areas = areas_named(country)
    return tuple(
        city.place
        for city in found
        if city.place.country == code or (city.place.country, city.region) in areas
    )


def zone_of_city(name: str) -> str | None:
    """The zone of the best known city of a name, None where a comparable namesake keeps another one."""
    found = _named(name)
    if not found:
        return None
    best = found[0]
    rivals = [city for city in found[1:] if city.fame >= COMPARABLE * best.fame]
    return best.place.timezone if all(r.place.timezone == best.place.timezone for r in rivals) else None


def _named(name: str) -> tuple[City, ...]:
    return cities(fold(name)) or _qualified(name)


def _qualified(name: str) -> tuple[City, ...]:
    mentions = find_places(name, hint=True)
    if not mentions or mentions[0].whole[0] > 0:
        return ()
    kept = set(mentions[0].candidates)
    return tuple(city for city in cities(fold(mentions[0].text)) if city.place in kept)


def _spelled(mention: PlaceMention, place: Place) -> int:
    spelled_so = _SPELLED_SO if mention.text.casefold() == place.city.casefold() else 1
    return spelled_so * own_name(place, fold(mention.text))


def _weight(place: Place, fame: int, *, near: Sequence[Place]) -> float:
    weight = float(fame)
    if any(other.country == place.country for other in near):
        weight *= _SAME_COUNTRY
    if any(_kilometres(place, other) <= _CLOSE_KM for other in near):
        weight *= _CLOSE
    return weight


_SAME_TOWN = 50
"""Kilometres within which a part of a town is beside the whole of it (Shibuya, Tokyo)."""


def far_apart(one: Place, other: Place) -> bool:
    """Whether two places are not of one town and what is around it."""
    return _kilometres(one, other) > _SAME_TOWN


def _differ(one: Place, other: Place) -> bool:
    return one.country != other.country or one.timezone != other.timezone


def _kilometres(one: Place, other: Place) -> float:
    """The great-circle distance (haversine)."""
    north, south = radians(one.latitude), radians(other.latitude)
    across = radians(one.longitude - other.longitude)
    half = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
    return 2 * 6371 * asin(sqrt(min(1.0, half)))
