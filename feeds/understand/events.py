"""Owns how a conference or meetup is named in headings, titles and introductions, and when two names are one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from feeds.model import Place
from feeds.post import Line
from feeds.understand.context import Book, Context
from feeds.understand.draft import DraftEvent, Read
from feeds.understand.part import Part
from feeds.understand.places import PlaceMention, find_places, settle
from feeds.understand.when import find_when, find_year, resolve_days
from feeds.understand.when.values import Problem, When

_HEAD = (
    r"(?:\w*(?:Con|CON|Conf|CONF|Fest|FEST|Camp|CAMP|Days?|DAYS?|Meetup|Meet-?[Uu]p|Summit|Expo|EXPO|Jam|Athon|athon|Stammtisch|[Cc]af[eé]|Treffen|Tag)|"
    r"Conference|Summit|Days?|Meetup|Meetups|Meet-?[Uu]p|Festival|Fest|Expo|Camp|Week|Weekend|Forum|Congress|Symposium|"
    r"Hackathon|Hackfest|Hackweek|Webinar|Convention|Unconference|Workshop|Workshops|Retreat|Sprint|Sprints|Gathering|"
    r"Assembly|Roadshow|Evening|Evenings|Night|Jam|Meeting|Seminar|Bootcamp|Marathon|Fair|Picnic|Konferenz|Tagung|Treffen|Kongress|Stammtisch|Barcamp|Nacht|Abend|Tag|Tage|"
    r"Conférence|Rencontres?|Journées?|Salon|Atelier|Soirée|Fête|Nuit|Conferencia|Día|Noche|Fiesta|Jornadas?|Encuentro|Congreso|Taller|Feria|"
    r"Conferenza|Convegno|Giornata|Giornate|Incontro|Notte|Festa|Conferência|Encontro|Congresso|Semana|Jornada|Oficina|Dia|Noite|"
    r"Conferentie|Bijeenkomst|Dag|Dagen|Congres|Avond)"
)
_NAME_HEAD = re.compile(rf"^{_HEAD}$")
_TOKEN = re.compile(r"[^\W_][\w'’.!&/+#-]*[\w!+#]|[^\W_]|[&+,:;.!?()\[\]|–—\-\"“”]", re.UNICODE)
_PRONOUNS = frozenset({"Wir", "Ich", "We", "I", "You", "They", "The", "Our", "This", "Next", "Last", "Each", "Every",
                       "Nous", "Je", "Nosotros", "Noi", "Io", "Nós", "Eu", "Wij", "Ik", "Uhr"})  # fmt: skip
_LOWER_HEAD = re.compile(
    r"^(?:meetup|meeting|summit|conference|workshop|hackathon|seminar|night|days?|week|weekend|camp|sprint|"
    r"treffen|stammtisch|rencontres?|encuentro|incontro|encontro)$"
)
_JOINERS = frozenset({"+", "&", "of", "the", "for", "de", "du", "des", "der", "die", "das", "del", "di", "da", "do",
                      "van", "für", "and", "on", "/", "la", "le", "les", "y", "et", "e", "und", "en"})  # fmt: skip
_REGIONS = frozenset({"EU", "NA", "Europe", "China", "India", "Japan", "Asia", "America", "North", "South", "US", "UK",
                      "Africa", "EMEA", "APAC", "Online", "Virtual", "Latin", "LATAM", "Edition", "Live"})  # fmt: skip
_YEAR = re.compile(r"^(?:(?:19|20)\d\d|['’]\d\d|\d{1,3}(?:st|nd|rd|th)?\.?|v?\d{1,2}x?|[IVX]{1,5})$")
_AT = re.compile(
    r"(?i)(?:^|\s)(?:at|@|bei|beim|auf der|auf dem|à|au|en el|en la|al|alla|no|na|op|attending|visiting|to)\s+"
)
_DEADLINE = re.compile(
    r"(?i)\b(?:(?:feature|code|string|content) freeze|release candidate|binaries|embargo|deadlines?|cfps?|call for \w+|early[- ]bird|einreichungsfrist|einsendeschluss|anmeldeschluss|date limite|"
    r"appel à \w+|fecha límite|scadenza|prazo|"
    r"(?:submissions?|proposals?|registrations?|nominations?|voting|votes|applications?|enrolments?|sign-?ups?|tickets?|"
    r"inscripciones|inscriptions|iscrizioni|inscrições|anmeldung|inschrijving)"
    r"(?:\W+\w+){0,8}?\W+(?:due|opens?|opened|closes?|closed|ends?|until|period|starts?|läuft|endet|ferment|cierran?|fecham|encerr\w+|"
    r"chiudono|encerram|sluiten|sluit|jusqu|hasta|fino|até|tot))\b"
)
_PAST = re.compile(
    r"(?i)\b(?:last (?:week|month|year|night|weekend)|yesterday|took place|was held|were held|ran from|wrapped up|recap|"
    r"in retrospect|looking back|reminiscing|highlights from|recap of|throwback|rückblick|fand statt|a eu lieu|tuvo lugar|si è (?:svolt|tenut)\w|aconteceu|vond plaats)\b"
)
_GENERIC = re.compile(
    r"(?i)^(?:(?:the|our|full|final|draft|event|conference|meetup|session|sessions|talks?|detailed|preliminary|"
    r"schedule|agenda|program|programme|timetable|line-?up|day|one|two|three|highlights?|overview|details|info|"
    r"information|when|where|and|&|what|logistics|venue|location|key|facts|speakers?|save|date|dates|at|a|glance|of|for|"
    r"programm|ablauf|zeitplan|wann|wo|und|tag|le|la|les|horaires?|quand|où|et|du|jour|el|horario|cuándo|dónde|y|día|"
    r"il|programma|orari|quando|dove|giorno|o|programa|horário|onde|e|dia|het|tijdschema|wanneer|waar|en|dag|"
    r"morning|afternoon|evening|night|mañana|tarde|noche|vormittag|nachmittag|abend|matin|après-midi|soir|soirée|mattina|"
    r"pomeriggio|sera|manhã|noite|ochtend|middag|avond|visit|find|meet|us|here|more|about|upcoming|next|this|\d{1,2}|[^\w]+)[\s:,.!?–—-]*)+$"
)


_TELLING = re.compile(
    r"(?i)^(?:we|you|i|here|find|come|visit|meet|see|join|catch|check|wir|nous|nos|vous|ven|venez|ci|vi|nós|wij)\b"
)


def is_generic_heading(text: str) -> bool:
    """Whether a heading only says what kind of thing follows ("Full schedule", "Here is where to find us")."""
    plain = text.strip()
    return _GENERIC.match(plain) is not None or _TELLING.match(plain) is not None


def is_deadline(text: str) -> bool:
    """Whether a phrase speaks of a deadline or a call, not of something to attend."""
    return _DEADLINE.search(text) is not None


def is_past(text: str) -> bool:
    """Whether a sentence looks back."""
    return _PAST.search(text) is not None


def conference_like(name: str) -> bool:
    """Whether a name has a word that names a kind of event ("ArgoCon", "Wasm Day", "Meetup")."""
    words = [word.strip(",.:;!?()\"'") for word in name.split()]
    return any(
        _NAME_HEAD.match(word) or (at and words and words[0][:1].isupper() and _LOWER_HEAD.match(word))
        for at, word in enumerate(words)
    )


@dataclass(frozen=True, slots=True)
class EventName:
    """A name found in a text, with the slice it stands in and whether only its position says that it is one."""

    start: int
    end: int
    name: str
    weak: bool


def find_event_names(text: str, *, title: bool = False) -> list[EventName]:
    """Names of events in a text: capitalised runs around a word such as Con, Summit or Days.

    In a title, what follows "at" is one too ("Kubewarden at FOSDEM").
    """
    runs = [part for run in _runs(text) for part in _two_names(text, run)]
    days = [when.at for when in find_when(text)]
    runs = [(a, b) for a, b in runs if not any(start <= a < end for start, end in days)]
    found = [EventName(a, b, _tidy(text[a:b]), weak=False) for a, b in runs if conference_like(text[a:b])]
    found = [
        one
        for one in found
        if _camel(one.name) or (len(one.name.split()) > 1 and one.name.split()[0] not in _PRONOUNS)
    ]
    if title:
        found += [
            one
            for one in _after_at(text, runs)
            if not any(o.start < one.end and one.start < o.end for o in found)
        ]
    return sorted(found, key=lambda one: one.start)


def _after_at(text: str, runs: Sequence[tuple[int, int]]) -> Iterator[EventName]:
    """What a title's "at" points to, unless it is a city."""
    places = find_places(text)
    for at in _AT.finditer(text):
        run = next(((max(a, at.end()), b) for a, b in runs if a <= at.end() < b), None)
        if run and not any(mention.at[0] == run[0] for mention in places):
            yield EventName(*run, _tidy(text[run[0] : run[1]]), weak=True)


def _two_names(text: str, run: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """ "KubeCon Europe and CiliumCon" are two events: each side of the "and" has a name of its own."""
    start, end = run
    for found in re.finditer(r"\s(?:and|&|und|et|y|e|en)\s", text[start:end]):
        left, right = (start, start + found.start()), (start + found.end(), end)
        if found[0].strip() != "&" and all(_camel_in(text[a:b]) for a, b in (left, right)):
            yield left
            yield from _two_names(text, right)
            return
    yield run


def _camel_in(name: str) -> bool:
    return any(_camel(word) for word in name.split())


def _camel(word: str) -> bool:
    return (
        len(word) > 4
        and re.match(r"^\w+(?:Con|CON|Conf|Fest|Camp|Days?|Summit)\b", word) is not None
        and word[:-3] != ""
    )


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words with joiners, years and regions."""
    start = end = None
    for token in _TOKEN.finditer(text):
        word = token[0]
        follows = start is not None and _LOWER_HEAD.match(word) is not None
        strong = follows or word[0].isupper() or (word[0].islower() and any(c.isupper() for c in word[1:]))
        if strong or (start is not None and (_YEAR.match(word) or word in _REGIONS)):
            if start is not None and end is not None and not _gap_ok(text[end : token.start()]):
                yield start, end
                start = None
            start = token.start() if start is None else start
            end = token.end()
        elif start is not None and word not in _JOINERS and end is not None:
            yield start, end
            start = end = None
    if start is not None and end is not None:
        yield start, end


def _gap_ok(gap: str) -> bool:
    plain = gap.strip()
    return not plain or all(word in _JOINERS for word in plain.split())


def _tidy(name: str) -> str:
    plain = re.sub(r"^(?:The|A|An|Our|Your|Join|Announcing|See|Meet|Welcome|Die|Der|Das|Le|La|Les|El|Los|Il|Lo|O|De|Het|"
                   r"Next|This|First|Introducing|Save|Visit|Upcoming|Einladung|Bienvenue)\s+(?=\S)", "", name)  # fmt: skip
    return plain.strip(" ,.:;!?-–—|&+").removesuffix("'s").removesuffix("’s")


_NOISE = frozenset({"the", "of", "and", "for", "at", "in", "a"})
_SAME = {"europe": "eu", "north": "na", "america": "na", "conference": "conf"}


def tokens_of(name: str) -> frozenset[str]:
    """The words of a name that tell it from others, years aside."""
    words = re.findall(r"[^\W_]+", re.sub(r"['’]\d\d\b|\b(?:19|20)\d\d\b", " ", name.casefold()))
    return frozenset(_SAME.get(word, word) for word in words) - _NOISE


def same_event(one: str, other: str) -> bool:
    """Whether two names are one event's: the words of one are all in the other."""
    a, b = tokens_of(one), tokens_of(other)
    if not a or not b:
        return False
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return small <= large and (len(small) > 1 or len(large) <= 3 or any(len(word) > 5 for word in small))


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading taken apart: the name left when days and places are taken out."""

    name: Part
    place: Place | None
    place_part: Part | None
    when: When | None
    url: str | None


def read_heading(line: Line, *, near: Sequence[Place] = ()) -> Heading | None:
    """The name, place and days of a heading; None where no name is left."""
    whens = find_when(line.text)
    mentions = [
        m for m in find_places(line.text) if not any(w.at[0] < m.at[1] and m.at[0] < w.at[1] for w in whens)
    ]
    mention = _heading_place(line, mentions)
    cuts = sorted([when.at for when in whens] + ([mention.at] if mention else []))
    name = next((part for part in _pieces(line, cuts) if part and not is_generic_heading(part.text)), None)
    if name is None:
        return None
    place = settle(mention, near=near)[0] if mention else None
    link = next((mark for mark in name.links), None)
    return Heading(
        name=name,
        place=place,
        place_part=Part(line, *mention.at) if mention else None,
        when=whens[0] if whens else None,
        url=link.href if link else None,
    )


def _heading_place(line: Line, mentions: Sequence[PlaceMention]) -> PlaceMention | None:
    """In a heading a place counts where it is set off by a comma, a dash, brackets or "in"."""
    for mention in mentions:
        before, after = line.text[: mention.at[0]].rstrip(), line.text[mention.at[1] :].lstrip()
        set_off = before.endswith((",", "-", "–", "—", "(", "|", "•", "@", ":")) or re.search(
            r"(?i)(?:^|\s)(?:in|at|à|en|a|em|im|nach|zu|te|ad)$", before
        )
        if set_off and (before or after):
            return mention
        if not before and after.startswith((",", "-", "–", "—", "|", "•", ":")):
            return mention
    return None


def _pieces(line: Line, cuts: Sequence[tuple[int, int]]) -> Iterator[Part]:
    at = 0
    for start, end in cuts:
        yield _clean_name(Part(line, at, start))
        at = max(at, end)
    yield _clean_name(Part(line, at, len(line.text)))


def _clean_name(part: Part) -> Part:
    part = part.trimmed()
    found = re.search(
        r"(?i)[\s,]+(?:in|on|at|from|am|im|in|le|à|el|en|il|a|em|op|the|vom|von|du|del|dal|de)$", part.text
    )
    return part.at(0, found.start()).trimmed() if found else part


def declare(book: Book, heading: Heading, *, context: Context, first: date | None, last: date | None,
            reads: dict[str, Read]) -> int:  # fmt: skip
    """The key of the event a heading declares: a new one, or the one it names again, filled up."""
    name = event_name(heading.name.text)
    url = heading.url
    for known in book.events:  # a name inside the other is the same event, unless the days differ
        if same_event(known.name, name) and (known.first is None or first is None or known.first == first):
            filled = replace(
                known,
                first=known.first or first,
                last=known.last or last,
                place=known.place or heading.place,
                url=known.url or url,
                reads={**reads, **known.reads},
                stated=True,
            )
            book.events[known.key] = filled
            return known.key
    place = heading.place or context.place
    event = DraftEvent(key=len(book.events), name=name, first=first, last=last, place=place, url=url,
                       span=heading.name.span, stated=True, reads=reads)  # fmt: skip
    book.events.append(event)
    return event.key


def event_name(text: str) -> str:
    """A name as published: link and label remains, numbering and trailing punctuation gone."""
    plain = re.sub(r"^\d{1,2}[.)]\s+", "", re.sub(r"\s+", " ", text)).strip(" ,;:|–—-•")
    return plain


def days_of(book: Book, when: When | None) -> tuple[date, date] | None:
    """First and last day (inclusive) of a date expression, silently None where they cannot be known."""
    if when is None or when.days is None:
        return None
    found = resolve_days(when.days, anchor=book.anchor, frame=book.year_frame, previous=None)
    return None if isinstance(found, Problem) else (found.first, found.last)


def year_of(text: str) -> int | None:
    """A year named in a title, also as '24."""
    short = re.search(r"['’](\d\d)\b", text)
    return find_year(text) or (2000 + int(short[1]) if short else None)
