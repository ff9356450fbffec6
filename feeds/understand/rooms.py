"""Owns rooms and venues inside an event: how they are named, and where in a phrase they stand."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from feeds.understand.part import Part
from feeds.understand.phrases import pattern_for, words_for

# Matched against lower case, as in phrases.py.
_NOUN = re.compile(
    rf"\b(?:{pattern_for('room')})\b|(?:saal|raum|halle|zaal|zimmer|stube|werkstatt|keller|kirche)\b|#[^\W\d]"
)
_CODE = re.compile(
    r"^(?=.{1,24}$)(?!(?:19|20)\d\d$)"
    r"(?:[A-Z]{1,4}[\d.\-–/]{1,6}[A-Z]?(?:[-–]\d+)?|\d{1,4}[A-Z]{0,2}|[A-Z]\d[\w.\-–]*|"
    r"[A-Z]{1,3} \d{1,2}\.\d{2}[A-Z]?)$"
)
_NAMED_CODE = re.compile(r"\s\([A-ZÀ-Þ][^()\d]{2,30}\)$")
"""A room has a code and a name: "UD2.120 (Chavanne)"."""
_AFTER = re.compile(
    r"(?i)(?:^|[\s,(])"
    r"(?:in|at|on(?=\s+the\s)|@|im|ins|auf|dans|en|à|au|en la|en el|nella|nel|alla|no|na|op|bij|"
    r"in het)\s+"
    r"((?:(?:the|der|dem|den|die|das|la|le|el|de)\s+)?)"
)
_TO_BE = re.compile(
    r"(?i)^(?:(?:tbd|tba|tbc|to be (?:announced|confirmed|determined|defined)|n/?a|[-–—?]+|folgt|à définir)"
    r"\.?$|"
    rf"(?:{pattern_for('not known yet')})(?!\w))"
)


def is_room(text: str) -> bool:
    """Whether a phrase names a room or a venue: a room noun or a room code, and no sentence."""
    plain = text.strip()
    return 0 < len(plain) <= 140 and _names_room(plain)


@lru_cache(maxsize=2048)
def _names_room(plain: str) -> bool:
    exclaims = plain[-1] in "!?" or _TOLD.search(plain) is not None  # "Bring your kitchen knives!"
    exclaims = exclaims or _CHAT.match(plain) is not None or _ANY.fullmatch(plain) is not None
    return not exclaims and not unknown_room(plain) and (_has_noun(plain) or is_room_code(plain))


_TOLD = re.compile(
    r"(?i)^(?:repair|language|philosophy|memory|science|knit\w*|game\w*|board game|sprach|reparatur|erzähl|"
    r"tanz|strick|spiele|ciné|philo)[ -]?caf[ée]\b|^(?:after|before)[ -]|"
    r"^(?:on|off|back) ?stage$|\s(?:is|are|was|were|will)\s"
)
"""What is no room though a word of it could be: where somebody is to be seen, and a sentence."""


_ANY = re.compile(
    r"(?:as|when|if|since|because|that|and|but|where|while|so|of|for) (?:the|this|that|our|its|a) "
    r"(?:room|hall|space|venue|place|theatre|auditorium|studio|house)"
)
"""The room of a sentence that goes on ("as the room only takes 24 people")."""

_CHAT = re.compile(
    r"(?i)(?:our |the )?(?:discord|slack|matrix|irc|zulip|telegram|teams|zoom|whatsapp|libera)\s"
    r"(?:channel|room|server|group|chat|kanal|raum|canal|salon|kanaal)\b"
)
"""Where people write to each other ("Discord channel")."""


def _has_noun(text: str) -> bool:
    return _NOUN.search(text.lower()) is not None


def is_room_code(text: str) -> bool:
    """Whether a phrase is no more than a code ("E05", "2.14"), as organisations are called too ("F5")."""
    plain = text.strip()
    if plain.endswith(")"):
        plain = _NAMED_CODE.sub("", plain)
    return _CODE.match(plain) is not None


_DOOR = re.compile(r"\d{1,4}\s?[A-Z]{1,2}")
"""What stands on a door, behind the floor: "Level 1, 255 E"."""


def is_bare_room(text: str) -> bool:
    """Whether a phrase begins or ends with its room noun, as names do ("Sala Marconi", "Main Hall").

    Of several pieces each must be a room ("Room 4, Building B", but not "Welcome, Main Hall").
    """
    if "," in text:
        pieces = [piece.strip() for piece in text.split(",")]
        return is_bare_room(pieces[0]) and all(
            is_bare_room(one) or is_surely_room(one) or _DOOR.fullmatch(one) for one in pieces[1:]
        )
    words = text.split()
    if (
        not 1 <= sum(w not in _JOINING for w in words) <= 4
        or not is_room(text)
        or not all(w[:1].isupper() or w[:1].isdigit() or w in _JOINING for w in words)
    ):
        return False
    if words[0].lower().startswith("universi") and len(words) > _NAMED_AFTER:
        return False  # "Universidad de Vigo" employs somebody
    numbered = len(words) > _NAMED_AFTER and len(words[-1]) < _LONGEST_MARK and _has_noun(words[-2])
    return numbered or any(_has_noun(word) or _CODE.match(word) for word in (words[0], words[-1]))


_NAMED_AFTER = 2
_LONGEST_MARK = 3
"""Letters that tell one hall from another ("Meeting Hall I")."""


_JOINING = frozenset(
    [
        *("del", "de", "la", "le", "les", "el", "los", "las", "do", "da", "dos", "di", "della"),
        *("dei", "der", "des", "du", "van", "het"),
    ]
)

_SURE = re.compile(
    r"(?i)(?:room|raum|salle|sala|saal|zaal|hall|stage|track|auditorium|aula|ballroom|theat(?:er|re)|studio|forum|amphi|"
    r"hörsaal|lokal|salón|espaço|espacio)"
    r"\s(?-i:[A-ZÀ-Þ][\w.-]{0,5}|\d[\w.-]{0,9}|[a-z]|[ivx]{1,4})|"
    r"(?:main|small|big|grand|great|large|lecture|upper|lower|plenary|north|south|east|west|central|forum|terrace|club|"
    r"red|blue|green|yellow|white|black|gold|silver) "
    r"(?:hall|room|stage|auditorium|theat(?:er|re))|(?:grand )?(?:ballroom|auditorium|foyer)(?: \w{1,3})?|"
    r"(?:großer|kleiner|gran|grande) (?:saal|sala|salle|salón|salão)|"
    r"(?-i:room|salle|sala|zaal) (?-i:[A-ZÀ-Þ])[\w’-]{2,20}(?: \d{1,3}[a-z]?)?"
)


def is_surely_room(text: str) -> bool:
    """Whether a phrase can only be a room, even behind a name ("Ann Ray, Main Hall", no "Harbour Lab")."""
    return _SURE.fullmatch(text.strip()) is not None


def room_name(text: str) -> str:
    """A room as it is called, without what its sentence put around it ("in the Crane Hall.")."""
    words = " ".join(text.split()).removesuffix(".")
    words = _SEATS.sub("", _MOVED.sub("", words))
    words = _COME_TO.sub("", words)
    return _LED.sub("", words)


_LED = re.compile(
    r"^(?:(?:up|down|over|out) )?(?:in|at|im|in der|dans la|dans le|en la|en el) (?:the )?(?=[A-ZÀ-Þ\d])|"
    r"^At (?:the |our )(?=\S)"
)
"""What leads to a room in its sentence, or in a heading ("At the booth")."""


_MOVED = re.compile(
    r"^(?i:(?:now |new: )?(?:(?:has )?moved to|now in|jetzt|verlegt (?:in|nach)|déplacée? (?:en|à|dans)|"
    r"trasladad[oa] a|spostat[oa] in|movid[oa] para|verplaatst naar)) (?:the |den |die |la |le )?"
    r"(?=[A-ZÀ-Þ\d])"
)


_COME_TO = re.compile(
    rf"(?i)^(?:{pattern_for('come to a place')})\s"
    r"(?:(?:at|in|our|an|am|im|à|au|en|al|no|na|op|the|unseren?|notre|nuestro|il|o)\s){0,2}(?=\S)"
)
"""What invites to a place ("Visit booth 712")."""

_SEATS = re.compile(rf"(?i),\s(?:\w+\s)?\d{{1,4}}\s(?:{pattern_for('seats')})\b.{{0,40}}$")
"""How many find a place in a room is no part of its name ("CS Lab 2, 60 seats only")."""


def unknown_room(text: str) -> bool:
    """Whether a room is said to be unknown ("TBD"), or that of something else ("same room")."""
    return _TO_BE.match(text.strip()) is not None or text.strip(" .").lower() in _OF_ANOTHER


_OF_ANOTHER = frozenset(words_for("the same room"))


_MAP = re.compile(
    r"https?://(?:(?:www\.)?(?:openstreetmap\.org|osm\.org)/(?:(?:node|way|relation|go)/|\??[#?](?:\w+=[^#&]{0,40}[&#])*"
    r"(?:map|mlat)=|search\?)|osm\.org/go/|maps\.google\.|(?:www\.)?google\.[a-z.]{2,6}/maps|goo\.gl/maps|"
    r"maps\.app\.goo\.gl|maps\.apple\.com|what3words\.com)"
)


def is_map(address: str) -> bool:
    """Whether a link leads to a map: its words name a place."""
    return _MAP.match(address) is not None


def place_on_map(part: Part) -> Part | None:
    """The words of a part that link to a map: they name where it is."""
    for mark in part.links:
        if is_map(mark.href):
            return Part(part.line, max(mark.start, part.start), min(mark.end, part.end)).trimmed()
    return None


_ADDRESSED = re.compile(
    r"([A-ZÀ-Þ][\w'’&.-]*(?:\s+[A-ZÀ-Þ\d][\w'’&.-]*){0,4}\s*\([^()\d]{2,60}\d[^()]{0,60}\))"
)


_TIME = re.compile(
    r"(?i),,|\d{1,2}(?:[:.]\d\d|\s?h\d?\d?)\b|\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b|uhr\b|uur\b)"
)
"""A time, or the commas in its place: what follows is when, not where."""


_CLOCK = re.compile(r"\d(?::|[hH])\d\d\b")


def find_room(text: str, rooms: Collection[str] = ()) -> tuple[int, int] | None:
    """The slice of a room or venue named after a preposition in a sentence ("in the Los Angeles B room").

    It reaches to the next comma, full stop or clause; a name with its address in brackets is a venue.
    """
    if (called := _CALLED.search(text)) is not None:
        return called.span(1)
    after = [found for found in _AFTER.finditer(text) if not _TIME.match(text, found.end())]
    starts = [found.end() for found in after]
    for start in starts:
        if addressed := _ADDRESSED.match(text, start):
            return addressed.span(1)
    for found in after:
        start = found.end()
        end = _end(text, start)
        words = text[start:end]
        known = words.strip().casefold() in rooms or (bool(found[1]) and _HOUSE.fullmatch(words) is not None)
        if any(map(str.isalpha, words)) and (_named(words) or known):
            first, end = _innermost(text, start, end)
            behind = _IN_BRACKETS.match(text, end)
            return first, behind.end() if behind and is_surely_room(behind[1]) else end
    return None


_CALLED = re.compile(r"\b(?:the|our) (?:room|hall) \(([A-ZÀ-Þ\d][^()]{1,30})\)")
"""The name of a room behind it ("the room (Juniper) only takes 24 people")."""

_HOUSE = re.compile(
    r"(?:(?:parish|meeting|reading|village|town|back|main|large|small|upper|lower|front|dining|common|function|"
    r"seminar|lecture|music|community|public|local|school|castle|botanical|walled|committee|council|church|great|"
    r"großen|kleinen|grande|petite|grote|kleine) ){1,2}(?:church|hall|room|house|"
    r"library|chapel|centre|center|garden|park|theatre|school|saal|raum|kirche|haus|garten|bibliothek|salle|église|jardin|iglesia|salón|jardín|chiesa|sala|igreja|kerk|zaal)"
)
"""A place with an adjective, which "the" makes the only one ("the parish church", "the meeting room")."""

_IN_BRACKETS = re.compile(r" \(([^()]{2,30})\)")
"""A number behind a name ("in der Aula (Raum 210)")."""


def _innermost(text: str, start: int, end: int) -> tuple[int, int]:
    """The room behind the last preposition, where no room stands before it ("400 Milliseconds in Saal 3")."""
    for found in _AFTER.finditer(text, start, end):
        inner = text[found.end() : end]
        if not is_room(text[start : found.start()]) and _named(inner) and not _TIME.match(inner):
            start = found.end()
    return start, end


_STOP = re.compile(
    r"(?:[,;!?]|:\s|\.\s|\.$|\sstatt\b|\s[-–—|•]\s|\s(?:as|for|on|from|where|which|with|to|and|by|during|at|after|before|so|this|"
    r"if|(?:we|you|they)(?:['’]\w{1,3})?|when|about|titled|noch|auch|wieder|dann|encore|aussi|también|anche|também|nog|ook|über|nach|statt|mit|und|für|et|pour|avec|y|para|con|e|per|en|voor|met)\s|"
    r"\s[“\"„«](?=\S{1,20}\s\S{1,20}\s)|\s\(|\))"
)


LONGEST_ROOM = 90
"""No phrase for a room is longer."""


def _end(text: str, start: int) -> int:
    end = min(len(text), start + LONGEST_ROOM)
    found = _STOP.search(text, start, end)
    return found.start() if found else end


_SOME = re.compile(r"(?:an?|eine[mrn]?|einem|une?|una?|um|uma|een)\s", re.IGNORECASE)


def _named(words: str) -> bool:
    """A room has a name, not only a noun: a capital, a digit or a code beside it; "a hall" is any."""
    if not is_room(words) or _SOME.match(words) or _CLOCK.search(words):
        return False
    return is_surely_room(words) or any(char.isupper() or char.isdigit() or char == "#" for char in words)
