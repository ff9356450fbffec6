"""Owns one frozen `Settings`, read once from feeds.toml, pyproject.toml and FEEDS_* variables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import available_timezones


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a site configures. `refresh` is in minutes; no trailing slash in `base_url` and `website`.

    `base_url` is where the feeds are seen, `website` where the posts are: their relative links lead there.
    """

    title: str = "Calendar feeds"
    description: str = ""
    base_url: str | None = None
    website: str | None = None
    timezone: str | None = None
    refresh: int = 60
    organisations: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    organizer: str = "invalid:nomail"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsProblem:
    """One thing to mend: the file (or `environment`), the key, what is wrong, and text that can be pasted."""

    file: str
    key: str
    message: str
    help: str

    def __str__(self) -> str:
        where = f"{self.file}: `{self.key}`" if self.key else self.file
        return f"{where} {self.message}\nhelp: {self.help}"


class SettingsError(Exception):
    """Settings that cannot be used, with all that is wrong in them."""

    def __init__(self, *problems: SettingsProblem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


Reader = Callable[[object], object]
_OWN_VARIABLES: Final = frozenset(
    {"FEEDS_POSTS", "FEEDS_CATALOG", "FEEDS_HOST", "FEEDS_PORT", "FEEDS_WORKERS", "FEEDS_ACCESS_LOG"}
)
_WEEK: Final = 7 * 24 * 60
# tzdata keeps these for old systems; most are fixed offsets or say nothing of the city (CONFORMANCE E9).
_ABBREVIATIONS: Final = frozenset(
    {"EST", "MST", "HST", "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT", "CET", "MET", "EET", "WET"}
)


def load_settings(
    directory: Path, *, environ: Mapping[str, str]
) -> tuple[Settings, tuple[SettingsProblem, ...]]:
    """The settings of the site whose `posts/` is in `directory`, and what deserves a warning in them.

    Raises: SettingsError with every problem, where a file or a value cannot be used.
    """
    file, table = _read_table(directory)
    values: dict[str, object] = {}
    errors = [*_take(table, file=file, into=values)]
    known = {f"FEEDS_{key.upper()}": key for key in _READERS}
    given = {known[name]: text for name, text in environ.items() if name in known and text.strip()}
    errors += _take({key: _parsed(key, given[key]) for key in sorted(given)}, file="environment", into=values)
    if errors:
        raise SettingsError(*errors)
    warnings = (*_unknown_variables(environ, known=known), *_shadowed(directory))
    return Settings(**values), warnings  # type: ignore[arg-type]  # each reader returns its field's type


def _read_table(directory: Path) -> tuple[str, Mapping[str, object]]:
    own = _parse_file(directory / "feeds.toml")
    if own is not None:
        return "feeds.toml", own
    return "pyproject.toml", _tool_table(_parse_file(directory / "pyproject.toml") or {})


def _parse_file(path: Path) -> dict[str, object] | None:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        return None
    except OSError as error:
        reason = f"cannot be opened: {error.strerror}."
        raise SettingsError(
            _problem(path.name, "", reason, help="make it a file that you may read.")
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        reason = f"is not a TOML file: {error}."
        example = "[tool.feeds]\n" if path.name == "pyproject.toml" else ""
        fix = f'write it like\n{example}title = "Example Summit"'
        raise SettingsError(_problem(path.name, "", reason, help=fix)) from None


def _tool_table(pyproject: Mapping[str, object]) -> Mapping[str, object]:
    tool = pyproject.get("tool")
    table = tool.get("feeds", {}) if isinstance(tool, dict) else {}
    if isinstance(table, dict):
        return table
    message = f"is {_shown(table)}, but it must be a table."
    raise SettingsError(_problem("pyproject.toml", "tool.feeds", message, help="[tool.feeds]"))


def _take(table: Mapping[str, object], *, file: str, into: dict[str, object]) -> Iterator[SettingsProblem]:
    """Reads the values of a table into a dict, and yields what cannot be read."""
    for written, value in table.items():
        key = written.replace("-", "_")
        name = f"FEEDS_{key.upper()}" if file == "environment" else written
        if key not in _READERS:
            close = get_close_matches(key, _READERS, n=1)
            fix = f"did you mean `{close[0]}`?" if close else f"the keys are {', '.join(_READERS)}."
            yield _problem(file, written, "is not a setting.", help=fix)
            continue
        try:
            into[key] = _READERS[key](value)
        except _UnusableError as error:
            message = f"is {_shown(value)}, but it must be {error.wanted}."
            yield _problem(file, name, message, help=_pasteable(name, error.example, file=file))


def _parsed(key: str, text: str) -> object:
    """An environment variable as the value TOML would have given: lists are parted by `;`."""
    match Settings.__dataclass_fields__[key].type:
        case "int":
            return int(text) if re.fullmatch(r"\s*[+-]?[0-9]{1,18}\s*", text) else text
        case "tuple[str, ...]":
            return [part.strip() for part in text.split(";") if part.strip()]
        case _:
            return text.strip()


def _unknown_variables(environ: Mapping[str, str], *, known: Mapping[str, str]) -> Iterator[SettingsProblem]:
    for name in sorted(environ):
        if name.startswith("FEEDS_") and name not in known and name not in _OWN_VARIABLES:
            close = get_close_matches(name, sorted([*known, *_OWN_VARIABLES]), n=1)
            fix = f"did you mean `{close[0]}`?" if close else f"unset {name}"
            yield _problem("environment", name, "is not a variable that feeds reads.", help=fix)


def _shadowed(directory: Path) -> Iterator[SettingsProblem]:
    if not (directory / "feeds.toml").is_file():
        return
    if _tool_table(_parse_file(directory / "pyproject.toml") or {}):
        message = "is not read, because feeds.toml stands beside it."
        yield _problem("pyproject.toml", "tool.feeds", message, help="move its keys to feeds.toml.")


class _UnusableError(Exception):
    """A value that cannot be used: what is wanted, and an example of it as TOML."""

    def __init__(self, wanted: str, *, example: str) -> None:
        self.wanted, self.example = wanted, example


def _line(value: object, *, longest: int = 200) -> str:
    if isinstance(value, str) and value.strip() and len(value) <= longest and value.isprintable():
        return value.strip()
    raise _UnusableError(f"one line of 1 to {longest} characters", example='"Example Summit"')


def _paragraph(value: object, *, longest: int = 2000) -> str:
    if isinstance(value, str) and len(value) <= longest and value.replace("\n", "").isprintable():
        return value.strip()
    raise _UnusableError(f"text of at most {longest} characters", example='"Every talk of Example Summit"')


def _minutes(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _WEEK:
        return value
    raise _UnusableError(f"a whole number of minutes from 1 to {_WEEK} (a week)", example="60")


def _url(value: object) -> str:
    if isinstance(value, str) and _is_site(value):
        return value.rstrip("/")
    wanted = "an address with http:// or https:// and a host, without user, query and fragment"
    raise _UnusableError(wanted, example='"https://example.org/calendar"')


def _is_site(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    clean = re.fullmatch(r"[!-~]+", text) is not None and not set(text) & set('"<>\\^`{|}?#@')
    return clean and parts.scheme in {"http", "https"} and bool(parts.hostname) and port != 0


def _zone(value: object) -> str:
    zones = available_timezones() - _ABBREVIATIONS
    if isinstance(value, str) and value in zones:
        return value
    close = get_close_matches(value, sorted(zones), n=1) if isinstance(value, str) else []
    example = close[0] if close else "Europe/Madrid"
    raise _UnusableError("an IANA time zone such as Asia/Tokyo", example=f'"{example}"')


def _names(value: object) -> tuple[str, ...]:
    wanted = "a list of names of 1 to 200 characters each"
    if not isinstance(value, list):
        raise _UnusableError(wanted, example='["Example Foundation", "Sample, LLC"]')
    try:
        return tuple(_line(item) for item in value)
    except _UnusableError:
        raise _UnusableError(wanted, example='["Example Foundation", "Sample, LLC"]') from None


def _organizer(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"[a-z][a-z0-9+.-]{0,30}:[!-~]{1,200}", value):
        return value
    raise _UnusableError("an address that starts with mailto: or https:", example='"mailto:team@example.org"')


_READERS: Final[Mapping[str, Reader]] = {
    "title": _line,
    "description": _paragraph,
    "base_url": _url,
    "website": _url,
    "timezone": _zone,
    "refresh": _minutes,
    "organisations": _names,
    "venues": _names,
    "organizer": _organizer,
}


def _problem(file: str, key: str, message: str, *, help: str) -> SettingsProblem:
    return SettingsProblem(file=file, key=key, message=message, help=help)


def _pasteable(name: str, example: str, *, file: str) -> str:
    if file != "environment":
        return f"{name} = {example}"
    plain = "; ".join(re.findall(r'"([^"]*)"', example)) or example
    return f'{name}="{plain}"'


def _shown(value: object) -> str:
    text = repr(value) if not isinstance(value, str) else f'"{value}"'
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"
