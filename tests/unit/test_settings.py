"""Owns the tests of the settings: where they come from, and what is said when they are wrong."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from feeds.settings import Settings, SettingsError, load_settings


def errors(directory: Path, **environ: str) -> list[str]:
    """What is said about the settings in a directory, one text a problem."""
    with pytest.raises(SettingsError) as caught:
        load_settings(directory, environ=environ)
    return [str(problem) for problem in caught.value.problems]


def test_settings_without_a_file_are_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path, environ={}) == (Settings(), ())


def test_settings_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().title = "x"  # type: ignore[misc]


def test_settings_come_from_feeds_toml(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(
        'title = " Example Summit "\n'
        'description = "Talks.\\nAnd more."\n'
        'base_url = "https://example.org:8443/calendar/"\n'
        'timezone = "Asia/Tokyo"\n'
        "refresh = 30\n"
        'organisations = ["Sample, LLC", "Example Foundation"]\n'
        'venues = ["Hall of Samples"]\n'
        'organizer = "mailto:team@example.org"\n',
        encoding="utf-8",
    )
    assert load_settings(tmp_path, environ={}) == (
        Settings(
            title="Example Summit",
            description="Talks.\nAnd more.",
            base_url="https://example.org:8443/calendar",
            timezone="Asia/Tokyo",
            refresh=30,
            organisations=("Sample, LLC", "Example Foundation"),
            venues=("Hall of Samples",),
            organizer="mailto:team@example.org",
        ),
        (),
    )


def test_settings_come_from_pyproject_where_there_is_no_feeds_toml(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.feeds]\ntitle = "A"\nbase-url = "http://a.example"\n')
    assert load_settings(tmp_path, environ={})[0] == Settings(title="A", base_url="http://a.example")


def test_pyproject_of_another_tool_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.other]\ntitle = 3\n')
    assert load_settings(tmp_path, environ={}) == (Settings(), ())


def test_feeds_toml_wins_over_pyproject_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text('title = "A"\n')
    (tmp_path / "pyproject.toml").write_text('[tool.feeds]\ntitle = "B"\nrefresh = 5\n')
    settings, warnings = load_settings(tmp_path, environ={})
    assert settings == Settings(title="A")
    assert [str(warning) for warning in warnings] == [
        "pyproject.toml: `tool.feeds` is not read, because feeds.toml stands beside it.\n"
        "help: move its keys to feeds.toml."
    ]


def test_environment_wins_over_files(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text('title = "A"\nrefresh = 5\nvenues = ["Hall"]\n')
    environ = {
        "FEEDS_TITLE": "B",
        "FEEDS_REFRESH": " 15 ",
        "FEEDS_ORGANISATIONS": "Sample, LLC; Example Foundation;",
        "FEEDS_TIMEZONE": "",
        "TITLE": "C",
    }
    assert load_settings(tmp_path, environ=environ)[0] == Settings(
        title="B", refresh=15, venues=("Hall",), organisations=("Sample, LLC", "Example Foundation")
    )


def test_every_setting_can_come_from_the_environment(tmp_path: Path) -> None:
    given = {
        "title": "A",
        "description": "B",
        "base_url": "https://a.example",
        "website": "https://b.example",
        "timezone": "UTC",
        "refresh": "1",
        "organisations": "C",
        "venues": "D",
        "organizer": "mailto:e@a.example",
    }
    settings, warnings = load_settings(
        tmp_path, environ={f"FEEDS_{key.upper()}": text for key, text in given.items()}
    )
    shown = {field.name: getattr(settings, field.name) for field in fields(Settings)}
    assert shown == {**given, "refresh": 1, "organisations": ("C",), "venues": ("D",)}
    assert warnings == ()


def test_unknown_variable_is_a_warning_with_a_suggestion(tmp_path: Path) -> None:
    settings, warnings = load_settings(tmp_path, environ={"FEEDS_TITEL": "A", "FEEDS_POSTS": "x"})
    assert settings == Settings()
    assert [str(warning) for warning in warnings] == [
        "environment: `FEEDS_TITEL` is not a variable that feeds reads.\nhelp: did you mean `FEEDS_TITLE`?"
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('titel = "A"', "feeds.toml: `titel` is not a setting.\nhelp: did you mean `title`?"),
        (
            "xyzzy = 1",
            "feeds.toml: `xyzzy` is not a setting.\nhelp: the keys are title, description, base_url, "
            "website, timezone, refresh, organisations, venues, organizer.",
        ),
        (
            "title = 3",
            "feeds.toml: `title` is `3`, but it must be one line of 1 to 200 characters.\n"
            'help: title = "Example Summit"',
        ),
        (
            'timezone = "Europe/Madird"',
            'feeds.toml: `timezone` is `"Europe/Madird"`, but it must be an IANA time zone '
            "such as Asia/Tokyo.\n"
            'help: timezone = "Europe/Madrid"',
        ),
        (
            "refresh = 0",
            "feeds.toml: `refresh` is `0`, but it must be a whole number of minutes "
            "from 1 to 10080 (a week).\n"
            "help: refresh = 60",
        ),
        (
            'base-url = "example.org"',
            'feeds.toml: `base-url` is `"example.org"`, but it must be an address with http:// or '
            'https:// and a host, without user, query and fragment.\nhelp: base-url = "https://example.org/calendar"',
        ),
        (
            'venues = "Hall"',
            'feeds.toml: `venues` is `"Hall"`, but it must be a list of names of 1 to 200 characters each.\n'
            'help: venues = ["Example Foundation", "Sample, LLC"]',
        ),
        (
            'organizer = "a@b.example"',
            'feeds.toml: `organizer` is `"a@b.example"`, but it must be an address that starts '
            'with mailto: or https:.\nhelp: organizer = "mailto:team@example.org"',
        ),
    ],
)
def test_wrong_setting_is_told_with_its_remedy(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "feeds.toml").write_text(f"{line}\n")
    assert errors(tmp_path) == [said]


@pytest.mark.parametrize(
    "line",
    [
        'title = ""',
        'title = " "',
        r'title = "a\u001b[31m"',
        r'title = "a\nb"',
        f'title = "{"a" * 201}"',
        "description = []",
        r'description = "\u0007"',
        "refresh = true",
        "refresh = 1.5",
        'refresh = "60"',
        "refresh = 10081",
        "refresh = -1",
        'timezone = "EST"',
        'timezone = "CET"',
        'timezone = ""',
        'timezone = "../../etc/passwd"',
        'timezone = "UTC+1"',
        "timezone = 1",
        'base_url = ""',
        'base_url = "ftp://a.example"',
        'base_url = "https://"',
        'base_url = "https://a.example/?x=1"',
        'base_url = "https://a.example/#x"',
        'base_url = "https://user@a.example"',
        'base_url = "https://a.example:99999"',
        'base_url = "https://a.example/<b>"',
        'base_url = "https://a.example/a b"',
        r'base_url = "https://a.example/\r\nX: y"',
        'base_url = "https://[::1"',
        'venues = [""]',
        "venues = [1]",
        r'venues = ["a\u0000"]',
        'organizer = "mailto:"',
        r'organizer = "mailto:a@b\r\nX:y"',
    ],
)
def test_wrong_value_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "feeds.toml").write_text(f"{line}\n")
    assert len(errors(tmp_path)) == 1


@pytest.mark.parametrize(
    "zone", ["UTC", "Europe/Kyiv", "Europe/Kiev", "America/Argentina/Ushuaia", "Etc/GMT+3"]
)
def test_zone_of_the_tz_database_is_taken(tmp_path: Path, zone: str) -> None:
    assert load_settings(tmp_path, environ={"FEEDS_TIMEZONE": zone})[0] == Settings(timezone=zone)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text("titel = 1\nrefresh = 0\n")
    told = errors(tmp_path, FEEDS_REFRESH="soon", FEEDS_VENUES="a" * 201)
    assert [text.split(",")[0].split(".\n")[0] for text in told] == [
        "feeds.toml: `titel` is not a setting",
        "feeds.toml: `refresh` is `0`",
        'environment: `FEEDS_REFRESH` is `"soon"`',
        f"environment: `FEEDS_VENUES` is `['{'a' * 58}…`",
    ]


def test_remedy_for_a_variable_can_be_pasted_into_a_shell(tmp_path: Path) -> None:
    assert errors(tmp_path, FEEDS_REFRESH="soon")[0].split("\n")[1] == 'help: FEEDS_REFRESH="60"'


@pytest.mark.parametrize("content", [b"title = \xff", b"title =", b"[" * 2000])
@pytest.mark.parametrize("name", ["feeds.toml", "pyproject.toml"])
def test_file_that_is_not_toml_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert [text.split(":")[0] for text in errors(tmp_path)] == [f"{name} is not a TOML file"]


def test_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").mkdir()
    assert errors(tmp_path) == [
        "feeds.toml cannot be opened: Is a directory.\nhelp: make it a file that you may read."
    ]


def test_tool_table_that_is_no_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool]\nfeeds = 3\n")
    assert errors(tmp_path) == [
        "pyproject.toml: `tool.feeds` is `3`, but it must be a table.\nhelp: [tool.feeds]"
    ]


def test_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_bytes(b'\xef\xbb\xbftitle = "A"\r\n')
    assert load_settings(tmp_path, environ={})[0] == Settings(title="A")
