"""Owns the towns of entries that say their own, in a post about several ("What's on in May")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feeds.model import Place
from feeds.post import Line
from feeds.understand.city_clues import present_mentions
from feeds.understand.outline import Scope
from feeds.understand.part import QUOTED, SENTENCE_END, Part
from feeds.understand.people import likely_people
from feeds.understand.places import PlaceMention, find_names, find_places, is_online, settle, town_named

KNOWN = 200
"""Thousands of people; of a smaller town's name, the words of a title may be anything."""

MOST = 0.6
"""The share of the entries that say their own town, in a post about several towns."""

_BORDER = re.compile(r"\s*[,;·•|()]\s*|\s[–—-]\s|[.!?](?:\s|$)|:\s")
_EDITION = re.compile(r"\s#\s?\d{1,4}$|\s(?:19|20)\d\d$|\s\d{1,3}$")
_LONGEST = 40
"""No town is called longer."""


Town = tuple[Place, Part]
"""A town and the words that name it."""


def towns_of_entries(root: Scope) -> dict[int, Town]:
    """The town of each entry with a day and a time of its own, by the offset of its first line.

    It says its own, or a heading above it is nothing but a town. Empty unless the entries are in more than
    one zone, else what holds for the post holds for them, and most of them have a town: in a programme of
    one town "Film: Casablanca" and "Chess with Victoria" do not.
    """
    found: dict[int, Town] = {}
    entries = 0
    for scope, above in _below(root, None):
        if scope.kind in ("item", "lead") and scope.lines and scope.facts.dated and scope.facts.timed:
            if _elsewhere(scope):
                continue
            entries += 1
            town = _own_town(scope) or above
            if town is not None:
                found[scope.lines[0].span().start] = town
    several = len({place.timezone for place, _ in found.values()}) > 1
    return found if several and len(found) > MOST * entries else {}


def town_said(scope: Scope) -> Town | None:
    """The one town that the lines of an entry with a day and a time say is where it is."""
    if not (scope.lines and scope.facts.dated and scope.facts.timed) or _elsewhere(scope):
        return None
    found = [(line, mention) for line in scope.lines for mention in _said(line)]
    zones = {mention.candidates[0].timezone for _, mention in found}
    return _one_of(found[0][0], [found[0][1]]) if len(zones) == 1 else None


def is_trip(root: Scope) -> bool:
    """Whether paragraphs about days and times each begin with another known town ("First stop is Utrecht").

    Then none of them is where all of the post is.
    """
    zones: set[str] = set()
    for scope in root.walk():
        if scope.kind != "text" or not scope.lines or not scope.facts.timed:
            continue
        opening = scope.lines[0].text[:_OPENING]
        first = opening[: end.start()] if (end := SENTENCE_END.search(opening)) is not None else opening
        found = {one.candidates[0].timezone for one in find_names(first) if one.fames[:1] >= (KNOWN,)}
        zones |= found if len(found) == 1 else set()
    return len(zones) > 1


_OPENING = 80
"""Letters in which a paragraph says where it is about."""


def _below(root: Scope, above: Town | None) -> Iterator[tuple[Scope, Town | None]]:
    """Every scope with the town that heads it."""
    ahead = [(root, above)]
    while ahead:
        scope, town = ahead.pop()
        yield scope, town
        if scope.kind in ("section", "lead") and scope.lines:
            town = _only_town(scope.lines[0]) or (None if scope.kind == "section" else town)
        ahead += [(child, town) for child in reversed(scope.body)]


def _only_town(line: Line) -> Town | None:
    """The known town that is all of a heading ("**Graz**")."""
    part = Part(line, 0, len(line.text)).trimmed()
    town = town_named(part.text)
    return (settle(town)[0], part) if town is not None and town.fames[:1] >= (KNOWN,) else None


def town_ahead(heading: Line) -> Town | None:
    """The known town that a heading begins with, set off from the rest ("Cologne, part one")."""
    for mention in find_names(heading.text[:_LONGEST]):
        first, last = mention.at
        apart = _BORDER.match(heading.text, last) is not None or not heading.text[last:].strip()
        named = first == 0 and apart and mention.fames[:1] >= (KNOWN,)
        if named and not likely_people(mention.text):
            return settle(mention)[0], Part(heading, first, last)
    return None


def town_led_to(heading: Line) -> Town | None:
    """The known town at the end of a heading whose other words name nothing ("And then Tokyo")."""
    words = heading.text.strip(" .!…").split()
    between = [word.strip(":,–—-") for word in words[1:-1]]
    if not 1 < len(words) <= _MOST_LEADING or not all(word.islower() or not word for word in between):
        return None
    if words[-2].lower() in _OF_PEOPLE:
        return None
    for mention in find_names(heading.text[:_LONGEST]):
        last = heading.text[mention.at[0] :].strip(" .!…") == mention.text
        if last and mention.at[0] and mention.fames[:1] >= (KNOWN,):
            return settle(mention)[0], Part(heading, *mention.at)
    return None


_OF_PEOPLE = frozenset(
    [
        *("with", "by", "for", "and", "mit", "von", "für", "und", "avec", "par", "pour", "et", "con"),
        *("por", "para", "y", "e", "com", "di", "met", "door", "en"),
    ]
)
"""Words before a name that is somebody's ("Chess with Victoria")."""

_MOST_LEADING = 6
"""Words of a heading that only leads to a town."""


def _elsewhere(scope: Scope) -> bool:
    """Whether the times of an entry say their zone, or it is online: then it needs no town."""
    zoned = any(times.zone for moment in scope.facts.moments for times in moment.when.times)
    return zoned or any(is_online(line.text) for line in scope.lines)


def _own_town(scope: Scope) -> Town | None:
    """The one town that an entry names: its facts below the title say it surest."""
    for line in scope.lines[1:]:
        mentions = [*(mention for _, mention in present_mentions(line)), *_alone(line)]
        if town := _one_of(line, mentions):
            return town
    return _town_of_first(scope)


def _one_of(line: Line, mentions: Sequence[PlaceMention]) -> Town | None:
    """The town, where all that is named is in one zone."""
    if len({mention.candidates[0].timezone for mention in mentions}) != 1:
        return None
    return settle(mentions[0])[0], Part(line, *mentions[0].at)


def _town_of_first(scope: Scope) -> Town | None:
    """The one town that the first line of an entry names."""
    line = scope.lines[0]
    for mentions in (list(_said(line)), _first_alone(line), list(_in_name(scope))):
        if mentions:
            return _one_of(line, mentions)
    return None


def _said(line: Line) -> Iterator[PlaceMention]:
    """The towns that the line says are places ("at the Old Mill in Leeds")."""
    yield from (mention for _, mention in present_mentions(line) if not _within_title(line, mention))


def _within_title(line: Line, mention: PlaceMention) -> bool:
    """Whether a town is a word of what stands in italics or quotes ("*Eleven Winters in Tromsø*")."""
    start, end = mention.at
    spans = [
        *((mark.start, mark.end) for mark in line.marked("emphasis")),
        *(found.span() for found in QUOTED.finditer(line.text)),
    ]
    return any(first <= start and end <= last and last - first > 2 * (end - start) for first, last in spans)


def _alone(line: Line) -> Iterator[PlaceMention]:
    """The towns that stand alone between commas, as in an address, and behind nobody's name."""
    before = ""
    for piece in _pieces(line):
        label = line.text[piece.end : piece.end + 1] == ":"
        for mention in find_names(piece.text, base=piece.start) if piece and not label else ():
            if mention.at == (piece.start, piece.end) and not likely_people(before):
                yield mention
        before = piece.text


def _first_alone(line: Line) -> list[PlaceMention]:
    """Of several towns that stand alone the one that the line begins with ("**Rosario**, 6 May …")."""
    found = list(_alone(line))
    return found[:1] if found and found[0].at[0] <= _NEAR_START else found


_NEAR_START = 2


def _pieces(line: Line) -> Iterator[Part]:
    at = 0
    for border in _BORDER.finditer(line.text):
        yield Part(line, at, border.start()).trimmed()
        at = border.end()
    yield Part(line, at, len(line.text)).trimmed()


def _in_name(scope: Scope) -> Iterator[PlaceMention]:
    """The known town that a name ends or begins with ("Glaze Night Leeds #4", "Brno pub meeting")."""
    for part, _ in scope.facts.texts[:1]:
        piece = next(iter(_pieces_of(part)), None)
        if piece is None:
            continue
        stem = _EDITION.sub("", piece.text)
        for mention in find_places(stem, base=piece.start, hint=True):
            edge = mention.at[0] == piece.start or mention.at[1] == piece.start + len(stem)
            if edge and mention.fames[:1] >= (KNOWN,):
                yield mention


def _pieces_of(part: Part) -> Iterator[Part]:
    border = _BORDER.search(part.text)
    yield part.at(0, border.start() if border else len(part.text)).trimmed()
