"""Owns zones as people write them: abbreviations, offsets, regions, and the note that covers a post."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from feeds.understand.when.city_times import city_note
from feeds.understand.when.values import Zone


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """Minutes east of UTC (None: the region's own, in season) and its zones, the commonest first."""

    offset: int | None
    zones: tuple[str, ...]


_EUROPE = ("Europe/Paris", "Europe/Berlin", "Europe/Madrid")
_EASTERN_EUROPE = ("Europe/Athens", "Europe/Helsinki", "Europe/Kyiv")

ABBREVIATIONS: dict[str, Abbreviation] = {
    name: Abbreviation(offset, zones)
    for names, offset, zones in (
        ("UTC GMT Z", 0, ("UTC",)),
        ("CET MEZ", 60, _EUROPE),
        ("CEST MESZ", 120, _EUROPE),
        ("WET", 0, ("Europe/Lisbon", "Atlantic/Canary")),
        ("WEST", 60, ("Europe/Lisbon", "Atlantic/Canary")),
        ("EET", 120, _EASTERN_EUROPE),
        ("EEST", 180, _EASTERN_EUROPE),
        ("BST", 60, ("Europe/London",)),
        # Most posts that say IST come from India; Dublin and Jerusalem need their city beside it.
        ("IST", 330, ("Asia/Kolkata",)),
        ("IDT", 180, ("Asia/Jerusalem",)),
        ("MSK", 180, ("Europe/Moscow",)),
        ("TRT", 180, ("Europe/Istanbul",)),
        ("ET", None, ("America/New_York",)),
        ("EST", -300, ("America/New_York",)),
        ("EDT", -240, ("America/New_York",)),
        ("CT", None, ("America/Chicago",)),
        ("CST", -360, ("America/Chicago",)),
        ("CDT", -300, ("America/Chicago",)),
        ("MT", None, ("America/Denver",)),
        ("MST", -420, ("America/Denver", "America/Phoenix")),
        ("MDT", -360, ("America/Denver",)),
        ("PT", None, ("America/Los_Angeles",)),
        ("PST", -480, ("America/Los_Angeles",)),
        ("PDT", -420, ("America/Los_Angeles",)),
        ("AKST", -540, ("America/Anchorage",)),
        ("AKDT", -480, ("America/Anchorage",)),
        ("HST", -600, ("Pacific/Honolulu",)),
        ("ADT", -180, ("America/Halifax",)),
        ("AST", -240, ("America/Halifax",)),
        ("NST", -210, ("America/St_Johns",)),
        ("NDT", -150, ("America/St_Johns",)),
        ("BRT", -180, ("America/Sao_Paulo",)),
        ("ART", -180, ("America/Argentina/Buenos_Aires",)),
        ("CLT", -240, ("America/Santiago",)),
        ("CLST", -180, ("America/Santiago",)),
        ("COT", -300, ("America/Bogota",)),
        ("JST", 540, ("Asia/Tokyo",)),
        ("KST", 540, ("Asia/Seoul",)),
        ("HKT", 480, ("Asia/Hong_Kong",)),
        ("SGT", 480, ("Asia/Singapore",)),
        ("PHT", 480, ("Asia/Manila",)),
        ("ICT", 420, ("Asia/Bangkok",)),
        ("WIB", 420, ("Asia/Jakarta",)),
        ("PKT", 300, ("Asia/Karachi",)),
        ("NPT", 345, ("Asia/Kathmandu",)),
        ("GST", 240, ("Asia/Dubai",)),
        ("AEST", 600, ("Australia/Sydney", "Australia/Brisbane")),
        ("AEDT", 660, ("Australia/Sydney",)),
        ("AET", None, ("Australia/Sydney",)),
        ("ACST", 570, ("Australia/Adelaide", "Australia/Darwin")),
        ("ACDT", 630, ("Australia/Adelaide",)),
        ("AWST", 480, ("Australia/Perth",)),
        ("NZST", 720, ("Pacific/Auckland",)),
        ("NZDT", 780, ("Pacific/Auckland",)),
        ("SAST", 120, ("Africa/Johannesburg",)),
        ("WAT", 60, ("Africa/Lagos",)),
        ("CAT", 120, ("Africa/Maputo",)),
        ("EAT", 180, ("Africa/Nairobi",)),
        ("AoE", -720, ("Etc/GMT+12",)),
    )
    for name in names.split()
}

LOWER_CASE = frozenset({"utc", "gmt", "cet", "cest", "pst", "pdt", "edt", "cdt", "aoe"})
"""Abbreviations also read in lower case; the others are words then ("est", "ist", "west", "et")."""

_AMERICA = {"pacific": "America/Los_Angeles", "mountain": "America/Denver", "central": "America/Chicago"}
_AMERICA |= {"eastern": "America/New_York", "atlantic": "America/Halifax", "alaska": "America/Anchorage"}
_REGIONS = {
    **_AMERICA,
    "hawaii": "Pacific/Honolulu",
    "central european": _EUROPE[0],
    "eastern european": _EASTERN_EUROPE[0],
    "western european": "Europe/Lisbon",
    "british": "Europe/London",
    "uk": "Europe/London",
    "irish": "Europe/Dublin",
    "indian": "Asia/Kolkata",
    "india": "Asia/Kolkata",
    "japan": "Asia/Tokyo",
    "korea": "Asia/Seoul",
    "china": "Asia/Shanghai",
    "singapore": "Asia/Singapore",
    "hong kong": "Asia/Hong_Kong",
    "israel": "Asia/Jerusalem",
    "moscow": "Europe/Moscow",
    "australian eastern": "Australia/Sydney",
    "australian central": "Australia/Adelaide",
    "australian western": "Australia/Perth",
    "new zealand": "Pacific/Auckland",
    "greenwich mean": "UTC",
    "coordinated universal": "UTC",
    "universal": "UTC",
}
_LOCAL = (
    r"local\s+time|(?:event|conference|venue)\s+(?:local\s+)?time"
    r"|ortszeit|lokalzeit|heure\s+locale|hora\s+local|ora\s+locale|lokale\s+tijd"
)
_LOCAL_RE = re.compile(rf"(?:{_LOCAL})(?!\w)", re.IGNORECASE)
_REGION_NAMES = "|".join(sorted(_REGIONS, key=len, reverse=True))
_REGION_RE = re.compile(
    rf"(?:US[ /])?(?P<region>{_REGION_NAMES})(?:[ ](?:standard|daylight|summer))?[ ]time(?:[ ]zone)?(?!\w)"
    r"|US[ /](?P<short>pacific|mountain|central|eastern)(?!\w)",
    re.IGNORECASE,
)
_ALONE_RE = re.compile(r"(?:Pacific|Mountain|Central|Eastern)(?=$|[,.;:)\]|/=]|\s[(–—|/·=+-]|\s[a-z])")
_BEFORE_ALONE = re.compile(r"(?:\d|[ap]\.?m\.?|\b(?:are|is|in|all)) $", re.IGNORECASE)
"""A region alone is a zone right behind a clock or a verb: "9am Pacific", "times are Eastern"."""

# "09:00 UTC - 10:00 UTC" is a range, "UTC-5" and "UTC -05:00" are offsets: no space may stand between the
# sign and the hour, and what follows must not make a time of day of it.
_OFFSET_RE = re.compile(
    r"(?:UTC|GMT)[ \u00a0]?(?P<sign>[+\-\u2212\u2013\u00b1])"
    r"(?P<hour>1[0-4]|0?\d)(?::?(?P<minute>00|15|30|45))?"
    r"(?![\w:]|[ ]?(?:[AaPp]\.?[Mm]\b|UTC|GMT))"
)
_BARE_OFFSET_RE = re.compile(r"(?P<sign>[+\-\u2212])(?P<hour>1[0-4]|0\d)(?::?(?P<minute>00|15|30|45))(?!\w)")
_AREAS = "Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific"
_IANA_RE = re.compile(rf"(?:{_AREAS})/[A-Za-z_+\-0-9]{{2,30}}(?:/[A-Za-z_]{{2,30}})?")
_WORD_RE = re.compile(r"[^\W\d_]++(?!\w)")

STARTERS = frozenset(
    {word.split()[0] for word in _REGIONS}
    | {
        "local",
        "us",
        "event",
        "conference",
        "venue",
        "ortszeit",
        "lokalzeit",
        "heure",
        "hora",
        "ora",
        "lokale",
    }
    | {area.lower() for area in _AREAS.split("|")}
    | {"utc", "gmt"}
)
"""Lower-case first words of a zone that is more than an abbreviation."""


def zone_at(text: str, at: int, *, base: int = 0) -> Zone | None:
    """The zone that starts exactly at `at`, the longest reading first."""
    word = _WORD_RE.match(text, at)
    if word is None:
        return None
    longer = _longer_zone(text, at, base) if word[0].lower() in STARTERS else None
    return longer or _abbreviation(word, base=base)


def _longer_zone(text: str, at: int, base: int) -> Zone | None:
    if match := _OFFSET_RE.match(text, at):
        return _offset_zone(match, base=base)
    if (match := _IANA_RE.match(text, at)) and is_zone(match[0]):
        return Zone(at=_slice(match, base), text=match[0], kind="iana", name=match[0])
    if match := _REGION_RE.match(text, at):
        name = _REGIONS[(match["region"] or match["short"]).lower()]
        return Zone(at=_slice(match, base), text=match[0], kind="region", name=name)
    if (match := _ALONE_RE.match(text, at)) and _BEFORE_ALONE.search(text, max(0, at - 8), at):
        return Zone(at=_slice(match, base), text=match[0], kind="region", name=_REGIONS[match[0].lower()])
    if match := _LOCAL_RE.match(text, at):
        return Zone(at=_slice(match, base), text=match[0], kind="local")
    return None


def offset_at(text: str, at: int, *, base: int = 0) -> Zone | None:
    """The bare `+01:00` at `at`; only a caller who has just read a time may ask."""
    match = _BARE_OFFSET_RE.match(text, at)
    return _offset_zone(match, base=base) if match else None


def _abbreviation(word: re.Match[str], *, base: int) -> Zone | None:
    name = canonical_abbreviation(word[0])
    if name is None or len(name) < 2:
        return None
    return Zone(
        at=_slice(word, base), text=word[0], kind="abbreviation", name="UTC" if name == "UTC" else None
    )


def canonical_abbreviation(word: str) -> str | None:
    """The table's spelling of an abbreviation, or None where the word is none."""
    if word in ABBREVIATIONS:
        return word
    if word.lower() in LOWER_CASE:
        return "AoE" if word.lower() == "aoe" else word.upper()
    return None


def _offset_zone(match: re.Match[str], *, base: int) -> Zone:
    minutes = int(match["hour"]) * 60 + int(match["minute"] or 0)
    offset = minutes if match["sign"] in "+\u00b1" else -minutes
    return Zone(at=_slice(match, base), text=match[0], kind="offset", offset=offset)


def _slice(match: re.Match[str], base: int) -> tuple[int, int]:
    return (match.start() + base, match.end() + base)


@lru_cache(maxsize=128)
def zone_info(name: str) -> ZoneInfo:
    """The zone of a name; the library keeps only eight, and reads the others from disk each time.

    Raises: ZoneInfoNotFoundError, ValueError, OSError.
    """
    return ZoneInfo(name)


@lru_cache(maxsize=1024)
def is_zone(name: str) -> bool:
    """Whether the pinned zone database knows the name."""
    try:
        zone_info(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


_TIME_WORD = re.compile(
    r"\b(?:times?|schedule|hours?|when|zeit(?:en|zone|angaben)?|uhrzeit(?:en)?|heures?|horaires?|horarios?|horas?"
    r"|orari[oa]?|ore|horários?|tijd(?:en)?|timezone|time\s+zone|fuseau|zona\s+horaria"
    r"|all\s+(?:[^\W\d_]{1,20}\s+){0,2}(?:sessions|talks|events|meetings|slots|entries|calls))\b",
    re.IGNORECASE,
)
_NOTE_WORD = re.compile(r"[^\W\d_]+|[.!?\n]\s|\d")
_NOTE_LENGTH = 80


def find_zone_note(text: str) -> Zone | None:
    """The zone that a sentence or a column header gives to every time: "all times in CET", "Time (PST)"."""
    if (city := city_note(text)) is not None:
        return city
    if not _may_say_zone(text):
        return None
    for match in _TIME_WORD.finditer(text):
        zone = _zone_after(text, match.end())
        if zone is not None:
            return zone
    return None


def _may_say_zone(text: str) -> bool:
    """Whether a word of it can begin a zone: few lines have one."""
    return any(map(_may_begin_zone, text.split()))


@lru_cache(maxsize=16384)
def _may_begin_zone(word: str) -> bool:
    words = _LETTERS.findall(word)
    return not (_AS_WRITTEN.isdisjoint(words) and STARTERS.isdisjoint(map(str.lower, words)))


_LETTERS = re.compile(r"[^\W\d_]+")
_AS_WRITTEN = frozenset(ABBREVIATIONS) | {case for name in LOWER_CASE for case in (name, name.upper(), "AoE")}


def _zone_after(text: str, start: int) -> Zone | None:
    """The first zone behind a word for time, before the sentence ends and before any number."""
    for word in _NOTE_WORD.finditer(text, start, start + _NOTE_LENGTH):
        if not word[0][0].isalpha():
            return None
        if (zone := zone_at(text, word.start())) and (zone.kind != "local" or zone.text):
            return zone
    return None
