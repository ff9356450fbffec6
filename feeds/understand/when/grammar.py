"""Owns the assembly of what stands in a text into `When` values: days and slots that belong together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from feeds.understand.when.dates import read_dates, read_named_days, read_relative, read_short, read_weekdays
from feeds.understand.when.scan import Island, islands
from feeds.understand.when.shapes import FILLERS, phrases
from feeds.understand.when.slots import leans, read_slot, read_until
from feeds.understand.when.tokens import Token
from feeds.understand.when.values import Day, Days, Times, When, Zone
from feeds.understand.when.words import WORDS


@dataclass(slots=True)
class _Item:
    """One phrase: the tokens `first` to `last` (exclusive) and what they say. `leans`: not alone."""

    kind: str
    first: int
    last: int
    days: Days | None = None
    slot: Times | None = None
    zone: Zone | None = None
    minutes: int = 0
    leans: bool = False


@dataclass(slots=True)
class _Draft:
    """A `When` while its phrases are gathered."""

    first: int
    last: int
    days: Days | None = None
    slots: list[Times] = field(default_factory=list)
    zone: Zone | None = None
    recurring: bool = False
    days_lean: bool = False
    slot_leans: bool = False


def find_when(text: str, *, base: int = 0) -> tuple[When, ...]:
    """Every date and time expression in reading order, maximal, without overlaps; slices count from `base`.

    "Every third Thursday" names no day: it has `recurring` set, and days None. A single line that says more
    than `MOST` of them is no schedule; those behind are left out, so that none is read against all others.
    """
    found = _remembered(text) if len(text) <= _SHORT else _find(text)
    return tuple(shifted(when, base) for when in found) if base else found


def _find(text: str) -> tuple[When, ...]:
    found: list[When] = []
    for island in islands(text):
        drafts = _drafts(_items(island, text), island)
        found += (when for draft in drafts if (when := _finish(draft, island.tokens, text)))
        if len(found) >= MOST and "\n" not in text:
            break
    return tuple(found) or _lone_weekday(text)


MOST = 400
_LONGEST_CELL = 16
_SHORTEST_DAY = 3


def _lone_weekday(text: str) -> tuple[When, ...]:
    """An abbreviated weekday that is all a cell or a line says ("Tue:"); in a sentence it is any word."""
    if len(text) > _LONGEST_CELL:
        return ()
    plain = text.strip(" \t*_:.,;()[]–—-")
    word = WORDS.get(plain) if len(plain) >= _SHORTEST_DAY and plain[0].isupper() else None
    if word is None or word.kind not in ("w", "v"):
        return ()
    start = text.index(plain)
    at = (start, start + len(plain))
    return (When(at=at, days=Days(at=at, days=(Day(at=at, weekday=word.number),))),)


# The rooms above ask for the same heading or line several times.
_SHORT = 2000
_remembered = lru_cache(maxsize=1024)(_find)


# -- phrases -------------------------------------------------------------------------------------------
def _items(island: Island, text: str) -> list[_Item]:
    items = []
    for phrase in phrases(island.shape):
        item = _Item(phrase.kind, phrase.first, phrase.last)
        tokens = island.tokens[phrase.first : phrase.last]
        if phrase.kind == "duration" and tokens[0].kind == "e" and not _lasts(tokens, text):
            continue
        if phrase.kind in _OF_TIME:
            _read_time(item, tokens, island, text)
        else:
            _read_day(item, tokens, phrase.shape)
        items.append(item)
    return items


_FOR = re.compile(
    r"(?:\b(?:for|lasts?|takes?|during|dauert|etwa|rund|ca\.?|pendant|dure|environ|durante|dura|por|per|duurt|about)"
    r"|[,(:;|·–—-]|\d)\s{0,3}$"
)
_CLOSED = re.compile(r"\s{0,3}(?:$|[,.;:)|·–—\n]|- )")


def _lasts(tokens: list[Token], text: str) -> bool:
    """Whether hours in words say how long it takes, not what it is: "Two hours of Bach", "One-hour Rust"."""
    start, end = tokens[0].start, tokens[-1].end
    before = text[max(0, start - _MARKS) : start]
    led = _FOR.search(before)
    said = led is not None and before[led.start() : led.start() + 1].isalpha()
    return said or (led is not None and _CLOSED.match(text, end) is not None)


_OF_TIME = frozenset({"slot", "until", "duration", "zone"})


def _read_day(item: _Item, tokens: list[Token], shape: str) -> None:
    match item.kind:
        case "dates":
            item.days = read_dates(tokens, shape)
        case "numbered":
            item.days = read_named_days(tokens)
        case "short":
            item.days = read_short(tokens)
        case "relative":
            item.days = read_relative(tokens, shape)
            item.leans = bool(item.days and item.days.days[0].relative == "today")
        case "weekdays":
            item.days = read_weekdays(tokens, shape)
            item.leans = all(token.kind != "W" for token in tokens)


def _read_time(item: _Item, tokens: list[Token], island: Island, text: str) -> None:
    match item.kind:
        case "slot":
            item.slot = read_slot(tokens)
            before = island.tokens[item.first - 1] if item.first else None
            item.leans = leans(tokens, before=before, gap=island.shape[2 * item.first])
            if item.leans and item.slot and _stands_alone(item.slot, text, tokens):
                item.leans = False
        case "until":
            item.slot = read_until(tokens)
        case "zone":
            item.zone = tokens[0].zone
        case "duration":
            item.minutes = _minutes(tokens)


def _stands_alone(slot: Times, text: str, tokens: list[Token]) -> bool:
    """Whether its place shows a time: "14.00 - 14.30 Opening", "18.30 Reading", "Panel (11.15 - 12.15)"."""
    start, end = tokens[0].start, tokens[-1].end
    if slot.end is not None and text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return True
    if slot.start is not None and slot.end is not None and slot.start.padded:
        return slot.start.minute % 5 == slot.end.minute % 5 == 0  # "breakfast, 07.30 to 08.45": no price
    if not _opens_line(text, start):
        return False
    first = slot.start
    likely = first is not None and first.style == "dot" and first.hour >= 7 and first.minute % 5 == 0
    set_off = text[end : end + 1] in (" ", ":")  # "18.30 Reading", "18.30 – Reading", "18.30: Reading"
    return slot.end is not None or (likely and set_off)


def _opens_line(text: str, at: int) -> bool:
    """Whether only list and emphasis marks stand before it on its line: "14.00 - 14.30 Opening"."""
    before = text[max(0, at - _MARKS) : at]
    line = before.rpartition("\n")[2]
    return not line.strip(" \t*-_|>•`") and (line != before or at <= _MARKS)


_MARKS = 20


def _minutes(tokens: list[Token]) -> int:
    number, unit = tokens[0], tokens[1]
    whole = 60 if unit.sense == "hour" else 1
    if number.kind == "D":
        return number.number * whole
    if number.kind == "e":
        return int(number.sense) * whole
    return int((number.number + number.minute / 10 ** len(str(number.minute))) * whole)


# -- what belongs together -----------------------------------------------------------------------------
def _drafts(items: list[_Item], island: Island) -> list[_Draft]:
    drafts: list[_Draft] = []
    for index, item in enumerate(items):
        last = drafts[-1] if drafts else None
        following = items[index + 1] if index + 1 < len(items) else None
        if last is None or not _join(last, item, island, following=following):
            drafts += _begin(item)
    return drafts


def _begin(item: _Item) -> list[_Draft]:
    draft = _Draft(item.first, item.last)
    if item.days:
        draft.days, draft.days_lean = item.days, item.leans
    elif item.slot:
        draft.slots, draft.slot_leans = [item.slot], item.leans
    elif item.kind == "recurring":
        draft.recurring = True
    else:
        return []
    return [draft]


def _join(draft: _Draft, item: _Item, island: Island, *, following: _Item | None) -> bool:
    """Take the item into the draft where only a connecting word or a mark stands between them."""
    between = island.tokens[draft.last : item.first]
    gaps = island.shape[2 * draft.last : 2 * item.first + 1 : 2]
    if ":" in gaps or len(between) > 4 or not all(token.kind in FILLERS for token in between):
        return False
    if not _take(draft, item, gaps, between, following=following, island=island):
        return False
    draft.last = item.last
    return True


def _take(
    draft: _Draft, item: _Item, gaps: str, between: list[Token], *, following: _Item | None, island: Island
) -> bool:
    if item.days:
        if draft.days or draft.recurring or _nearer(item, following, gaps, island):
            return False
        draft.days, draft.days_lean = item.days, item.leans
    elif item.slot:
        return _take_slot(draft, item.slot, item, gaps, between)
    elif item.zone:
        return not between and _take_zone(draft, item.zone)
    elif item.minutes:
        return _take_minutes(draft, item.minutes)
    else:
        draft.recurring = item.kind == "recurring" and not draft.days
        return draft.recurring
    return True


def _nearer(item: _Item, following: _Item | None, gaps: str, island: Island) -> bool:
    """Whether a day stands nearer to the time after it than to the one before: "10:00 | Tuesday 11:00"."""
    if "|" not in gaps or following is None or following.slot is None or following.first != item.last:
        return False
    return island.shape[2 * following.first] in " ,"


def _take_slot(draft: _Draft, slot: Times, item: _Item, gaps: str, between: list[Token]) -> bool:
    if not draft.slots:
        draft.slots, draft.slot_leans = [slot], item.leans
        return True
    first = draft.slots[-1]
    linked = gaps[0] in ",/&" or any(token.kind == "u" for token in between)
    if slot.zone and _same_instant(first, slot.zone, gaps[0], linked=linked):
        draft.slots[-1] = replace(first, others=(*first.others, slot), at=(first.at[0], slot.at[1]))
    elif linked:
        draft.slots.append(slot)
    else:
        return False
    return True


def _same_instant(first: Times, zone: Zone, gap: str, *, linked: bool) -> bool:
    """Whether a slot in `zone` is the first one's instant in a further zone: "10am PT / 1pm ET"."""
    if first.zone is None:
        return gap == "(" or (linked and bool(first.others))
    said = {each.zone.text.casefold() for each in (first, *first.others) if each.zone}
    return zone.text.casefold() not in said and (linked or gap in "(|- =")


def _take_zone(draft: _Draft, zone: Zone) -> bool:
    if draft.slots and draft.slots[-1].zone:
        return False
    draft.zone = zone
    return True


def _take_minutes(draft: _Draft, minutes: int) -> bool:
    if not draft.slots or draft.slots[-1].end or draft.slots[-1].duration:
        return False
    draft.slots[-1] = replace(draft.slots[-1], duration=minutes)
    return True


# -- values --------------------------------------------------------------------------------------------
def _finish(draft: _Draft, tokens: list[Token], text: str) -> When | None:
    if (
        draft.slots
        and draft.slot_leans
        and not (draft.days or draft.recurring or draft.zone or len(draft.slots) > 1)
    ):
        draft.slots = []
    if draft.days_lean and not draft.slots:
        draft.days = None
    if not (draft.days or draft.slots or draft.recurring):
        return None
    zone = draft.zone or next((slot.zone for slot in reversed(draft.slots) if slot.zone), None)
    slots = tuple(slot if slot.zone or zone is None else replace(slot, zone=zone) for slot in draft.slots)
    start, end = tokens[draft.first].start, tokens[draft.last - 1].end
    if text[end : end + 1] == ")" and "(" in text[start:end]:
        end += 1
    at = (start, end)
    return When(at=at, days=draft.days, times=slots, zone=zone, recurring=draft.recurring)


def shifted(when: When, base: int) -> When:
    """The same with every slice moved by `base`."""

    def zone(value: Zone | None) -> Zone | None:
        return value and replace(value, at=_moved(value.at, base))

    def times(value: Times) -> Times:
        clocks = [clock and replace(clock, at=_moved(clock.at, base)) for clock in (value.start, value.end)]
        others = tuple(times(other) for other in value.others)
        at = _moved(value.at, base)
        return replace(value, at=at, start=clocks[0], end=clocks[1], zone=zone(value.zone), others=others)

    def days(value: Days) -> Days:
        moved = tuple(replace(day, at=_moved(day.at, base)) for day in value.days)
        return replace(value, at=_moved(value.at, base), days=moved)

    return replace(
        when,
        at=_moved(when.at, base),
        days=when.days and days(when.days),
        times=tuple(times(slot) for slot in when.times),
        zone=zone(when.zone),
    )


def _moved(at: tuple[int, int], base: int) -> tuple[int, int]:
    return (at[0] + base, at[1] + base)
