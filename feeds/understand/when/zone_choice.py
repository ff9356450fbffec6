"""Owns the choice of a slot's IANA zone: what is written against the city and the season."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from feeds.understand.when.values import Problem, Zone, ZoneFrom
from feeds.understand.when.zones import ABBREVIATIONS, Abbreviation, canonical_abbreviation, zone_info

ZoneOfCity = Callable[[str], str | None]

# Zones of offsets that are no whole hour, for which tzdata has no Etc/GMT name.
_PART_HOURS = {
    -570: "Pacific/Marquesas", -210: "America/St_Johns", 210: "Asia/Tehran", 270: "Asia/Kabul",
    330: "Asia/Kolkata", 345: "Asia/Kathmandu", 390: "Asia/Yangon", 525: "Australia/Eucla",
    570: "Australia/Darwin", 765: "Pacific/Chatham",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """The zone of a slot. `shift` is minutes to add to the time as written to have it in `name`.

    `exact` is whether the words settle which of two is meant, where the clocks show a time twice.
    """

    name: str | None
    origin: ZoneFrom
    shift: int = 0
    problem: Problem | None = None
    exact: bool = False


def choose_zone(
    moment: datetime,
    *,
    written: Zone | None,
    note: Zone | None,
    city_zone: str | None,
    default_zone: str | None,
    zone_of_city: ZoneOfCity | None = None,
) -> Choice:
    """The zone in which the time as written is meant.

    Written beside the time, else the post's note, else the city's, else the site's default. A written zone is
    checked against the city: where both have one offset at that moment, or the abbreviation is the city's own
    in another season (CET in July in Madrid), it is the city's zone; an abbreviation of another region keeps
    its own zone; an offset is converted into the city's zone.
    """
    said = written or note
    origin: ZoneFrom = "text" if written else "note"
    if said is None or said.kind == "local":
        return _unsaid(said, city_zone=city_zone, default_zone=default_zone)
    match said.kind:
        case "iana" if said.name:
            beside = city_zone if written is None else None  # beside a time it is meant
            return _of_region(said, said.name, moment, origin=origin, city_zone=beside)
        case "city":
            name = zone_of_city(said.text) if zone_of_city else None
            return (
                Choice(name, origin)
                if name
                else _unsaid(said, city_zone=city_zone, default_zone=default_zone)
            )
        case "offset":
            return _of_offset(said, moment, origin=origin, city_zone=city_zone)
        case "region" if said.name:
            return _of_region(said, said.name, moment, origin=origin, city_zone=city_zone)
    return _of_abbreviation(said, moment, origin=origin, city_zone=city_zone)


def _unsaid(said: Zone | None, *, city_zone: str | None, default_zone: str | None) -> Choice:
    if city_zone:
        return Choice(city_zone, "city")
    if default_zone:
        return Choice(default_zone, "default")
    return Choice(None, "none", problem=_unknown(said) if said else None)


def _unknown(said: Zone) -> Problem:
    return Problem(
        rule="zone-unknown",
        at=said.at,
        message=f"`{said.text}` names no zone, and no city is known",
        help="write the city of the event, or a zone such as `Europe/Madrid`",
    )


def offset(name: str, moment: datetime, *, fold: Literal[0, 1] = 0) -> int:
    """Minutes east of UTC of a zone at a local moment; `fold` is which of two where it is there twice."""
    delta = zone_info(name).utcoffset(moment.replace(tzinfo=None, fold=fold))
    return int((delta or timedelta()).total_seconds()) // 60


def _of_two(moment: datetime, minutes: int, zone: str, *, origin: ZoneFrom) -> Choice | None:
    """The one that an offset means of a time that the clocks show twice; None for any other time.

    A local time means the first (RFC 5545, section 3.3.5), so the second is one of UTC.
    """
    first, second = offset(zone, moment), offset(zone, moment, fold=1)
    if first <= second:
        return None
    if minutes == first:
        return Choice(zone, "city", exact=True)
    return Choice("UTC", origin, -minutes, exact=True) if minutes == second else None


def _of_offset(said: Zone, moment: datetime, *, origin: ZoneFrom, city_zone: str | None) -> Choice:
    minutes = said.offset or 0
    if city_zone is None:
        return _fixed(minutes, origin)
    if twice := _of_two(moment, minutes, city_zone, origin=origin):
        return twice
    instant = moment - timedelta(minutes=minutes)
    local = instant.replace(tzinfo=zone_info("UTC")).astimezone(zone_info(city_zone)).replace(tzinfo=None)
    shift = int((local - moment).total_seconds()) // 60
    if shift == 0:
        return Choice(city_zone, "city")
    right = _offset_text(minutes + shift)
    why = f"{city_zone} is at `{right}` then; the time is converted"
    problem = _mismatch(said, why, help=_either(local, moment, right))
    return Choice(city_zone, "city", shift, problem)


def _fixed(minutes: int, origin: ZoneFrom) -> Choice:
    """The plain IANA name of a fixed offset; Etc/GMT counts west of Greenwich."""
    if minutes == 0:
        return Choice("UTC", origin)
    if minutes % 60:
        name = _PART_HOURS.get(minutes)
        return Choice(name, origin) if name else Choice("UTC", origin, -minutes)
    return Choice(f"Etc/GMT{-minutes // 60:+d}", origin)


def _offset_text(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")


def _of_region(said: Zone, name: str, moment: datetime, *, origin: ZoneFrom, city_zone: str | None) -> Choice:
    if city_zone is None or name == "UTC":
        return Choice(name, origin)
    if offset(name, moment) == offset(city_zone, moment):
        return Choice(city_zone, "city")
    return Choice(name, origin, problem=_of_other_region(said, name, city_zone, moment, origin=origin))


def _of_abbreviation(said: Zone, moment: datetime, *, origin: ZoneFrom, city_zone: str | None) -> Choice:
    name = canonical_abbreviation(said.text) or said.text
    entry = ABBREVIATIONS.get(name)
    if said.name == "UTC" or entry is None:
        return _of_utc(said, moment, origin=origin, city_zone=city_zone)
    if entry.offset is None:
        return _of_region(said, entry.zones[0], moment, origin=origin, city_zone=city_zone)
    if city_zone is not None:
        return _beside_city(said, name, entry, moment, origin=origin, city_zone=city_zone)
    for zone in entry.zones:
        if offset(zone, moment) == entry.offset:
            return Choice(zone, origin)
    return Choice(entry.zones[0], origin, problem=_wrong_season(said, entry.zones[0], moment))


def _of_utc(said: Zone, moment: datetime, *, origin: ZoneFrom, city_zone: str | None) -> Choice:
    if city_zone is None or said.text.upper() != "GMT":
        return Choice("UTC", origin)
    if offset(city_zone, moment) == 0:
        return Choice(city_zone, "city")
    if "GMT" in _own_abbreviations(city_zone, moment):
        return Choice(city_zone, "city", problem=_wrong_season(said, city_zone, moment))
    return Choice("UTC", origin)


def _beside_city(
    said: Zone, name: str, entry: Abbreviation, moment: datetime, *, origin: ZoneFrom, city_zone: str
) -> Choice:
    if entry.offset is not None and (twice := _of_two(moment, entry.offset, city_zone, origin=origin)):
        return twice
    # The city's own sense of an abbreviation comes first: IST in Dublin, CST in Shanghai.
    if offset(city_zone, moment) == entry.offset or abbreviation_of(city_zone, moment) == name:
        return Choice(city_zone, "city")
    if _same_family(name, entry, city_zone, moment):
        return Choice(city_zone, "city", problem=_wrong_season(said, city_zone, moment))
    kept = next((zone for zone in entry.zones if offset(zone, moment) == entry.offset), entry.zones[0])
    return Choice(kept, origin, problem=_of_other_region(said, kept, city_zone, moment, origin=origin))


def _same_family(name: str, entry: Abbreviation, city_zone: str, moment: datetime) -> bool:
    """Whether the city itself uses the abbreviation in another season, under its own or its English name."""
    if name in _own_abbreviations(city_zone, moment):
        return True
    return any(_year(zone, moment) == _year(city_zone, moment) for zone in entry.zones)


def _own_abbreviations(zone: str, moment: datetime) -> frozenset[str]:
    info = zone_info(zone)
    return frozenset(info.tzname(datetime(moment.year, month, 1)) or "" for month in (1, 7))  # noqa: DTZ001


def _year(zone: str, moment: datetime) -> tuple[int, int]:
    return tuple(offset(zone, moment.replace(month=month, day=1)) for month in (1, 7))  # type: ignore[return-value]


def abbreviation_of(zone: str, moment: datetime) -> str:
    """What the zone is called at that moment; its IANA name where tzdata has only a number."""
    name = zone_info(zone).tzname(moment) or zone
    return name if name.isalpha() else zone


def _wrong_season(said: Zone, zone: str, moment: datetime) -> Problem:
    right = abbreviation_of(zone, moment)
    why = f"{zone} is on `{right}` on that day; the time is read as local time there"
    return _mismatch(said, why, help=f"write `{right}`")


def _of_other_region(said: Zone, name: str, city_zone: str, moment: datetime, *, origin: ZoneFrom) -> Problem:
    if origin == "note":
        right = city_zone if said.kind == "iana" else abbreviation_of(city_zone, moment)
        why = f"the city is in {city_zone}; all times are read as {name}"
        return _mismatch(said, why, help=f"write `{right}` if they are local times of the city")
    local = moment.replace(tzinfo=zone_info(name)).astimezone(zone_info(city_zone)).replace(tzinfo=None)
    why = f"the city is in {city_zone}; the time is read as {name}"
    return _mismatch(said, why, help=_either(local, moment, abbreviation_of(city_zone, local)))


def _either(local: datetime, moment: datetime, zone: str) -> str:
    """What to write where the zone is right, and where the clock is."""
    return f"write `{local:%H:%M} {zone}` if that is meant, or `{moment:%H:%M} {zone}`"


def _mismatch(said: Zone, why: str, *, help: str) -> Problem:
    return Problem(rule="zone-mismatch", at=said.at, message=f"`{said.text}`: {why}", help=help)
