"""The committed names are what the generator makes of CLDR."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from feeds.understand.when import names

ROOT = Path(__file__).parent.parent.parent


def test_names_are_what_the_generator_writes() -> None:
    pytest.importorskip("babel")
    spec = importlib.util.spec_from_file_location("cldr_names", ROOT / "tools" / "cldr_names.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.source() == Path(names.__file__).read_text(encoding="utf-8")


def test_names_cover_every_month_and_weekday_of_seven_languages() -> None:
    for language in ("en", "fr", "es", "de", "it", "pt", "nl"):
        months = {number for number, spoken in names.MONTHS.values() if language in spoken}
        weekdays = {number for number, spoken in names.WEEKDAYS.values() if language in spoken}
        assert (months, weekdays) == (set(range(1, 13)), set(range(7)))
