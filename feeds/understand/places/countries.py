"""Owns the names of countries and regions."""

from __future__ import annotations

from functools import cache, lru_cache

from feeds.understand.gazetteer import countries, fold, regions

Area = tuple[str, str | None]
"""An ISO country code and the code of a region in it, or None for the whole country."""

_CODES = {"UK": "GB", "USA": "US", "US": "US", "UAE": "AE"}


def country_zone(code: str) -> str | None:
    """The zone of a country all of whose towns keep the same one, else None."""
    country = countries().get(code.upper())
    return None if country is None else country.zone


def country_code(name: str) -> str | None:
    """The ISO code of a country by its name in one of our languages or by its code."""
    return _names().get(fold(name)) or _CODES.get(name) or (name if name in countries() else None)


@lru_cache(maxsize=1024)
def areas_named(name: str) -> tuple[Area, ...]:
    """The countries and regions that a name or a capital code beside a city can mean."""
    found: list[Area] = []
    if name.isupper():
        code = name.replace(".", "").replace(" ", "")
        found += [(region.country, region.code) for region in regions().values() if region.code == code]
        if _CODES.get(code, code) in countries():
            found.append((_CODES.get(code, code), None))
    return tuple(dict.fromkeys([*found, *_areas().get(fold(name), ())]))


@cache
def area_beginnings() -> frozenset[str]:
    """The first words of all names of countries and regions, folded."""
    return frozenset(name.split()[0] for name in _areas())


@cache
def _names() -> dict[str, str]:
    return {name: country.code for country in countries().values() for name in country.names}


@cache
def _areas() -> dict[str, tuple[Area, ...]]:
    found: dict[str, tuple[Area, ...]] = {}
    for region in regions().values():
        for name in region.names:
            found[name] = (*found.get(name, ()), (region.country, region.code))
    for name, code in _names().items():
        found[name] = (*found.get(name, ()), (code, None))
    found["d c"] = (("US", "DC"),)
    return found
