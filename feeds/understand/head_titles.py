"""Owns which of the texts of a head is its title, and which is a town, a room or people alone."""

from __future__ import annotations

import re
from itertools import chain

from feeds.understand.context import Book
from feeds.understand.facts import Facts
from feeds.understand.line_kinds import whole_mark
from feeds.understand.part import QUOTED, SENTENCE_END, Part
from feeds.understand.people import find_people, likely_people, says_kind, surely_people
from feeds.understand.phrases import conference_like, is_generic, is_generic_heading
from feeds.understand.places import find_places, names_town
from feeds.understand.rooms import find_room, is_bare_room, is_room, is_surely_room
from feeds.understand.speakers_first import names_first
from feeds.understand.title import Title, clean
from feeds.understand.titles import read_title

_BY = re.compile(r"(?i)(?:by|presented by|von|par|por|di|door)\s")


def title_of_head(book: Book, facts: Facts) -> Title | None:
    """The labelled title, else the first text that is one, unless a later one says who presents a link."""
    if not facts.labelled.get("title") and (in_quotes := _quoted_behind_town(facts)) is not None:
        return in_quotes
    texts = (part for part, _ in _without_room(book, facts) if not _no_title(book, facts, part))
    parts = chain(facts.labelled.get("title", []), texts)
    first = next((title for part in parts if (title := read_as_title(book, part))), None)
    dated = (Title(part=p, text=p.text) for p, _ in facts.texts if _dates_event(facts, p))
    first = first or next(dated, None)
    if first is None or first.strong or facts.labelled.get("title"):
        return first
    if (named := _with_weekday(facts, first)) is not None:
        return named
    if (within := _within_event(book, facts, first)) is not None:
        return within
    if (bold := _bold_line(facts, first)) is not None:
        return read_as_title(book, bold)
    told = (
        part
        for part, after in facts.texts
        if part.links and ((after and find_people(part.text)) or _heads_line(part))
    )
    return next((title for part in told if (title := read_as_title(book, part)) and title.url), first)


def _quoted_behind_town(facts: Facts) -> Title | None:
    """The title in quotes behind the town that an entry begins with, and who stands before its colon.

    "**Córdoba**, jueves 15 a las 19 h", then "Gonzalo Arrieta: «Predecir el dengue»".
    """
    texts = [part for part, _ in facts.texts]
    for part in texts[1:] if len(texts) > 1 and names_town(texts[0].text) else ():
        found = QUOTED.search(part.text)
        if found is None or len(found[1].split()) < _SEVERAL:
            continue
        ended = [one.end() for one in SENTENCE_END.finditer(part.text, 0, found.start())]
        ahead = part.at(ended[-1] if ended else 0, found.start()).trimmed()
        people = ahead if likely_people(ahead.text) else None
        where = find_room(part.text[: ended[-1]]) if ended else None
        quoted = part.at(*found.span(1)).trimmed()
        room = part.at(*where).trimmed() if where is not None else None
        return Title(part=quoted, text=clean(quoted.text), people=people, room=room)
    return None


def _without_room(book: Book, facts: Facts) -> list[tuple[Part, bool]]:
    """The texts without a room that ends the line of the time, where the title has a line of its own below.

    "**Thu 14 May, 7 pm, Small Hall**", then "The house at the weir".
    """
    if len(facts.texts) < _SEVERAL or not facts.texts[0][1]:
        return facts.texts
    (part, _), *others = facts.texts
    ends = part.end >= len(part.line.text.rstrip(" *_"))
    below = all(one.line is not part.line for one, _ in others)
    named = part.text.casefold() in book.rooms or is_surely_room(part.text)
    linked = is_room(part.text) and not part.links and any(_is_linked_line(one) for one, _ in others)
    return others if ends and below and (named or linked) else facts.texts


def _is_linked_line(part: Part) -> bool:
    """Whether a part is a whole line, and a link of several words."""
    return whole_mark(part.line, "link") and len(part.text.split()) >= _SEVERAL and not is_generic(part.text)


_SEVERAL = 2


def _with_weekday(facts: Facts, first: Title) -> Title | None:
    """A heading whose weekday is a part of its name ("Apiary Saturdays", "Saturday at the Archives")."""
    line = first.part.line
    days = [one.when for one in facts.moments if one.line is line]
    if facts.timed or len(days) != 1 or len(facts.texts) != 1 or is_generic_heading(first.text):
        return None
    (when,) = days
    if when.days is not None and (len(when.days.days) > 1 or when.days.days[0].day is not None):
        return None
    whole = Part(line, min(when.at[0], first.part.start), max(when.at[1], first.part.end))
    between = line.text[min(when.at[1], first.part.end) : max(when.at[0], first.part.start)]
    if between != " " or line.text[: whole.start].strip(" #*_") or line.text[whole.end :].strip(" *_:"):
        return None
    return first._replace(part=whole, text=clean(whole.text))


def _within_event(book: Book, facts: Facts, first: Title) -> Title | None:
    """What is linked behind the event it is held at, its time and its room with their colon.

    "**EnvoyCon**, 11:20am, Building B | B206: [We Deleted Our Sidecars](u) - Ada Ek, Quarry".
    """
    if not conference_like(first.text) or not first.part.marks("strong", "emphasis", "link"):
        return None
    for part, after in facts.texts:
        link = next(iter(part.links), None) if after and part.line is first.part.line else None
        before = part.line.text[part.start : link.start] if link is not None else ""
        if link is None or (before.strip(" *_") and not before.rstrip(" *_⚡").endswith(":")):
            continue
        found = read_as_title(book, Part(part.line, link.start, part.end).trimmed())
        if found is None or found.url is None or len(found.text.split()) < _FEW_WORDS:
            continue
        ahead = Part(part.line, part.start, link.start).trimmed()
        return found._replace(track=found.track or first.text, room=found.room or _room(ahead))
    return None


_FEW_WORDS = 2


def _room(part: Part) -> Part | None:
    named = part.text and not is_generic(part.text) and (is_room(part.text) or " | " in part.text)
    return part if named else None


def _bold_line(facts: Facts, title: Title) -> Part | None:
    """The first text that is a bold line of its own, where what stands beside the time above it is not."""
    if title.part.marks("strong"):
        return None
    return next((p for p, _ in facts.texts[1:] if whole_mark(p.line, "strong") or _set_off(p, title)), None)


def _set_off(part: Part, title: Title) -> bool:
    """Whether a part begins in bold behind the colon of a day and its label ("Day, 3 May: **Knots**")."""
    apart = part.line is title.part.line and title.part.end <= part.start and not title.part.links
    apart = apart and any(mark.start <= part.start + 2 for mark in part.marks("strong"))
    return apart and part.line.text[: part.start].rstrip(" *_").endswith(":")


def _heads_line(part: Part) -> bool:
    """Whether a part is a line of its own that begins with a link of several words."""
    link = part.links[0]
    words = part.line.text[link.start : link.end].split()
    return part.start <= link.start <= _NEAR_START and len(words) > 1


_NEAR_START = 3


def _no_title(book: Book, facts: Facts, part: Part) -> bool:
    """People alone, the room alone beside a time, a town or a lone word beside other texts."""
    if len(facts.texts) > 1 and not part.links and (_lone_word(part) or names_town(part.text)):
        return True
    if len(facts.texts) > 1 and part is not facts.texts[0][0] and in_town(part):
        return True
    if whole_mark(part.line, "link") and is_generic(part.text):
        return True  # "[Save my seat](u)"
    if len(facts.texts) == 1 and (says_kind(part.text) or " of " in part.text):
        return False
    if facts.dated is not None and (led := _IN.match(part.text)) and names_town(part.text[led.end() :]):
        return True  # "Saturday 25 April, in Zaragoza"
    below_day = facts.dated is not None and facts.dated.line is not part.line
    bare = (facts.timed or below_day) and len(facts.texts) == 1 and is_bare_room(part.text) and not part.links
    return (bare and not _announced(facts, part)) or people_only(book, part)


_IN = re.compile(r"(?i)(?:in|en|à|a|em|nach|te)\s(?=[A-ZÀ-Þ])")


def _announced(facts: Facts, part: Part) -> bool:
    """Whether a time and a colon announce what may be a room ("21:00: Pub")."""
    end = max((one.when.at[1] for one in facts.moments if one.line is part.line), default=part.start)
    return ":" in part.line.text[end : part.start]


def _dates_event(facts: Facts, part: Part) -> bool:
    """Whether a day stands behind what may be a name but sounds like an event ("Aurora Jam, 1 May")."""
    day = facts.dated
    behind = day is not None and day.line is part.line and day.when.at[0] >= part.end and not facts.timed
    return behind and conference_like(part.text.partition(",")[0])


def _lone_word(part: Part) -> bool:
    """ "Thursday again, at 3:45pm: [The title](u)"; but "**dnsop**, Tuesday at 13:00" is called so."""
    return part.text.isalpha() and part.text.islower() and not part.marks("strong")


def in_town(part: Part) -> bool:
    """Whether a line is nothing but a house and its town ("Kulturhuset, Stockholm", "Hut 67, Austin, TX")."""
    if (
        part.text != part.line.text.strip()
        or part.links
        or not (part.text[:1].isupper() or part.text[:1].isdigit())
    ):
        return False
    house = _before_town(part.text)
    if not house or any(len(piece.split()) > _MOST_WORDS for piece in house.split(", ")):
        return False
    return is_room(house) or ", " in house or not likely_people(part.text)


def _before_town(text: str) -> str:
    """What stands before the town, with its state or country, that a text ends with."""
    for mention in find_places(text):
        if mention.whole[1] == len(text) and text.endswith(", ", 0, mention.at[0]):
            return text[: mention.at[0] - 2]
    house, _, town = text.rpartition(", ")
    return house if names_town(town) else ""


_MOST_WORDS = 5


def read_as_title(book: Book, part: Part) -> Title | None:
    """The title in a part, read with the names and rooms the book knows."""
    return read_title(
        part,
        known=book.known,
        organisations=book.organisations,
        rooms=book.rooms,
        speakers_first=book.speakers_first,
    )


def people_only(book: Book, part: Part) -> bool:
    """Whether a part names people, or says by whom, and no title."""
    led = _BY.match(part.text)
    if led is not None and likely_people(part.text[led.end() :], led=True):
        return True
    if names_first(part, first=book.speakers_first) is not None or _says_title(part):
        return False
    dash = _DASH.search(part.text)
    if dash is not None and not likely_people(part.text[: dash.start()]):
        return False  # "Ask the maintainers - Ada Ek, Bo Li and Cy Wu"
    surely = surely_people(part.text, known=book.known, organisations=book.organisations)
    return surely and not part.links


_DASH = re.compile(r"\s[–—-]\s")


def _says_title(part: Part) -> bool:
    """Whether several words stand in italics behind others ("Ada Ek, *Slow tools for slow days*")."""
    return any(
        mark.start > part.start and len(part.line.text[mark.start : mark.end].split()) > 1
        for mark in part.marks("emphasis")
    )
