"""Owns the judgement whether a capitalised name in a sentence is a place.

A name is *strong* where its surroundings say so and *weak* where it only is the name of a known city:

1. a country, a region or a postal code beside it ("Austin, TX", "1070 Wien"), or a label before it: strong,
   whatever else the name means;
2. after "in", "near", "à", "nach" …, or after an event's name ("DevOpsDays Austin"), or beside a date in a
   heading ("WASM I/O, Barcelona, 14-15 March"), or beside a time ("9:30 New York"): strong, unless the name
   is an ordinary word ("mobile"); a name with another meaning must end its phrase there ("in Reading on
   4 May", not "in Reading Room");
3. after "at", "to", "from" or a comma, or before an event's name ("Oslo NixOS MiniCon"): strong for cities
   that are nothing else;
4. alone: weak for known cities that are nothing else, never for the others; never where a first name stands
   before it ("Jack London") or a word behind it that makes it something else ("Paris Agreement").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from feeds.understand.gazetteer import meanings, surroundings
from feeds.understand.places.words import Word

Confidence = Literal["strong", "weak"]
Kind = Literal["city", "given", "name", "word"]
Asked = Literal["told", "hinted", "named"]
"""Where a name is looked for: in a text, behind a label for a place, or wherever a city's name stands."""

WELL_KNOWN = 300
"""The least fame of a city that counts without any context; about 2,700 cities have it."""

_SAID = surroundings()
_CAPITALS = _SAID["acronym"] | _SAID["code"]
_EVENT_ENDS = ("con", "conf", "camp", "fest", "days", "day", "meetup", "summit", "hack")
_TIME_PARTS = (
    "jan feb mar apr may jun jul aug sep oct nov dec fev avr mai juin juil aou ene abr ago dic mrz mae okt "
    "dez gen mag giu lug set ott mrt mei fri sat sun mon tue wed thu"
)
_TIME_WORD = re.compile(
    rf"(?:\d|(?:{_TIME_PARTS.replace(' ', '|')})[a-zà-ÿ]{{0,8}}(?![a-z])[ ,.]{{1,2}}\d)", re.IGNORECASE
)
_TIME_BEFORE = re.compile(
    r"(?:\d[:.h]\d\d ?(?:[ap]\.?m\.?|h|uhr)?|\d ?(?:[ap]\.?m\.?|uhr))[ ,(]{1,2}$", re.IGNORECASE
)
_DATED_BEFORE = re.compile(
    rf"(?:\d(?:st|nd|rd|th|[°º.])?|\d ?(?:de )?(?:{_TIME_PARTS.replace(' ', '|')})[a-zà-ÿ]{{0,8}})"
    r"\)? ?(?:[,|·•–—:(@/-]|in) ?$",
    re.IGNORECASE,
)
_BREAK_AFTER = re.compile(r"[*_ ]{0,3}(?:[,|·•–—:(@/-]|from|on|am|vom|du|le|el|il) ?", re.IGNORECASE)
_YEAR_AFTER = re.compile(r"[*_]{0,2} (?:19|20)\d\d\b|[ -]?'\d\d\b")
_BOUNDARY = re.compile(
    r"[*_\"”]{0,3}(?:$|\n|[.,;:!?)\]|·•–—]|’s |'s |\s+(?:[-(–—|/+]|\d|"
    r"(?:on|from|at|for|this|next|last|with|to|between|during|where|as|is|was|will|has|had|since|after|"
    r"before|until|by|earlier|later|again|in|e|ed|y|et|du|le|les|pour|und|am|vom|im|für|statt|el|del|para|dal|il|op|"
    r"voor|em|from|together|rund|wird|werden|mit|statt|zum|zur|zusammen|sowie|oder|ist|sind|de|à|às|está|avec|chez|con|com|met|every|who|whose|which|that|are|have|can|we|you|qui|que|die|wie)\b))"
)
_SPACE_ONLY = re.compile(r" {1,3}['’\"“„]?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A name in its text: `first` and `last` are its words, `fame` that of its best known city."""

    text: str
    words: Sequence[Word]
    first: int
    last: int
    key: str
    fame: int

    @property
    def start(self) -> int:
        """Where the name begins in the text."""
        return self.words[self.first].start

    @property
    def end(self) -> int:
        """Where the name ends in the text."""
        return self.words[self.last].end

    @property
    def spelled(self) -> str:
        """The name as it is written there."""
        return self.text[self.start : self.end]

    def word(self, index: int) -> str:
        """A folded word, empty beyond the text."""
        return self.words[index].key if 0 <= index < len(self.words) else ""


def kind_of(site: Site) -> Kind:
    """What else the name can be, the strongest claim first."""
    meant = meanings().get(site.key, frozenset())
    if "word" in meant:
        return "word"
    if site.key in _CAPITALS and not site.spelled.isupper():
        return "word"
    if site.key in _SAID["acronym"]:
        return "city"
    small = site.fame < WELL_KNOWN or len(site.key) <= 3
    shouted = len(site.key) <= 4 and site.spelled.isupper()
    if "name" in meant or small or shouted:
        return "name"
    return "given" if meant & {"given", "person"} else "city"


def judge(site: Site, *, said: bool, asked: Asked) -> tuple[Confidence, str] | None:
    """How sure it is that the name is a place and by which evidence; None where it is not one."""
    if _in_code(site) or (not said and _is_part_of_name(site)):
        return None
    kind = kind_of(site)
    ends = _BOUNDARY.match(site.text, site.end) is not None
    if said:
        return "strong", "a country, region or postal code beside it"
    if asked == "hinted" and (ends or kind in {"city", "given"}):
        return "strong", "a label before it"
    if why := _spoken_of(site, kind=kind):
        return "strong", why
    if kind == "word":
        return None
    told = _without_help(site, kind=kind, ends=ends)
    return ("weak", "the name of a town") if told is None and asked == "named" else told


_STREET_OF = re.compile(
    r"\b(?:Rua|Avenida|Av\.|Travessa|Largo|Praça|Calle|Plaza|Paseo|Rue|Avenue|Boulevard|Bd|Place|Quai|Via|Viale|Piazza|"
    r"Corso)\s(?:d[aeo]s?\s|del?\s|de la\s|du\s|des\s|della?\s|de l['’]|d['’])?$"
)
"""Before the name after which a street is called ("Rua do Anjo")."""


def _is_part_of_name(site: Site) -> bool:
    """Whether a longer name goes on behind it, or it is that of a street."""
    street = _STREET_OF.search(site.text, max(0, site.start - _REACH), site.start)
    return street is not None or _GOES_ON.match(site.text, site.end) is not None


def _spoken_of(site: Site, *, kind: Kind) -> str | None:
    """Why what is called after a town, or is its best, makes the name one."""
    if kind != "word" and _ITS_CENTRE.match(site.text, site.end):
        return "its convention centre"
    return "its best or only one is spoken of" if _BEST.match(site.text, site.end) else None


_ITS_CENTRE = re.compile(
    r" (?:International )?(?:Convention|Conference|Congress|Exhibition)(?: (?:and|&) \w+)? "
    r"(?:Cent(?:re|er)|Hall)\b"
)
"""Behind the name of a town ("Las Vegas Convention Center")."""

_BEST = re.compile(
    r"['’]s (?:only|own|oldest|newest|largest|smallest|biggest|first|best|finest|favou?rite|leading|"
    r"longest|busiest|tiniest|youngest|second[- ]\w+est) [a-z]"
)
"""Behind the name of a town ("Hull's smallest theatre")."""

_GOES_ON = re.compile(r" (?:do|da|dos|das|del|della|du|de la|de los|an der) [A-ZÀ-Þ]")
"""Behind the name of a town this begins the rest of a longer name ("Praia do Molhe")."""


def _without_help(site: Site, *, kind: Kind, ends: bool) -> tuple[Confidence, str] | None:
    """Rules 2 to 4."""
    if why := _surroundings(site, kind=kind, ends=ends):
        return "strong", why
    free = kind in {"city", "given"}
    if _vetoed(site, kind=kind):
        return None
    if _event_after(site):
        return ("strong" if free else "weak"), "an event's name behind it"
    if _STREET.search(site.text, max(0, site.start - _REACH), site.start):
        return "strong", "a street before it"
    if free and _after_comma(site):
        return "strong", "a comma before it"
    return ("weak", "the name of a known city") if free else None


def _in_code(site: Site) -> bool:
    """Identifiers, paths, file and zone names: `Europe/Paris`, `net.Berlin`, `Oslo_2`, `#Oslo`."""
    before = site.text[max(0, site.start - 1) : site.start]
    after = site.text[site.end : site.end + 2]
    if before in {"_", ".", "#", "$", "\\", "`", "="} or after[:1] in {"_", "`", "=", "\\"}:
        return True
    if after[:1] == "." and after[1:].isalnum() and not after[1:].isupper():
        return True
    return before == "/" and site.first > 0 and site.words[site.first - 1].end == site.start - 1


def _surroundings(site: Site, *, kind: Kind, ends: bool) -> str | None:
    """Which of the surroundings of rules 2 and 3 holds."""
    free = kind in {"city", "given"}
    lead = _lead(site)
    if lead in _SAID["in"] and (ends or (free and not _vetoed(site, kind=kind))):
        return f"`{lead}` before it"
    if lead in _SAID["towards"] and free and not _vetoed(site, kind=kind):
        return f"`{lead}` before it"
    if ends and (found := _AROUND.search(site.text, max(0, site.start - _REACH), site.start)):
        return f"`{found[0].strip()}` before it"
    if _event_before(site) and (free or ends):
        return "an event's name before it"
    if ends and _dated(site):
        return "a date or time beside it"
    return None


_AROUND = re.compile(
    r"(?i)\b(?:(?:whole|all|half|most|rest|heart|cent(?:re|er)|middle|city|town|streets|outskirts|people) of|"
    r"all over|throughout|all around|überall in|mitten in|partout (?:à|dans)|tout|toute la ville de|por todo|"
    r"(?:sono|siamo|è|saremo|sarà|torna\w*|arriva\w*|andiamo|viene|tiene|terrà|appuntament\w+|concert\w|incontr\w|"
    r"llega\w*|vuelve\w*|regress?a\w*|volta\w*|chega\w*|vamos|venid|viene) a|heel|overal in) $"
)
"""What leads to the town where something is, beside prepositions of place."""

_STREET = re.compile(
    r"[A-ZÀ-Þ][\w'’-]+(?:\s(?:Street|St\.?|Road|Rd\.?|Lane|Avenue|Ave\.?|Square|Drive|Terrace|Quay|Row|Crescent)|"
    r"straße|strasse|gasse|straat|laan|kade|gracht)(?:\s\d{1,4}\w?)?,\s$"
)
_REACH = 40


def _lead(site: Site) -> str:
    """The word before the name in its phrase, past one adjective."""
    for index in (site.first - 1, site.first - 2):
        if index < 0 or not _SPACE_ONLY.match(_gap(site, index)):
            return ""
        word = site.text[site.words[index].start : site.words[index].end].lower()
        if word not in _SAID["between"]:
            return word
    return ""


def _gap(site: Site, index: int) -> str:
    gap = site.text[site.words[index].end : site.words[index + 1].start]
    return gap.replace("\n", " ").replace("\u00a0", " ").replace("*", "").replace("_", "")


def _event_before(site: Site) -> bool:
    """Whether the run of capitalised words before the name ends in an event, past areas and a year."""
    index = site.first - 1
    for _ in range(3):
        if index < 0 or _gap(site, index).strip(" 0123456789'’") or len(_gap(site, index)) > 8:
            return False
        if _is_event(site, index):
            return True
        if site.words[index].key not in _SAID["area"]:
            return False
        index -= 1
    return False


def _event_after(site: Site) -> bool:
    """Whether the run of capitalised words that the name begins ends in an event: "Oslo NixOS MiniCon"."""
    index = site.last
    for _ in range(4):
        if index + 1 >= len(site.words) or _gap(site, index).strip(" /+&0123456789-"):
            return False
        index += 1
        word = site.words[index]
        if not word.capital:
            return False
        if _is_event(site, index) or (index > site.last + 1 and word.key in _SAID["group"]):
            return True
    return False


def _is_event(site: Site, index: int) -> bool:
    word = site.words[index]
    if not word.capital or word.key in _SAID["no event"]:
        return False
    return word.key in _SAID["event"] or (len(word.key) > 4 and word.key.endswith(_EVENT_ENDS))


def _dated(site: Site) -> bool:
    before = site.text[max(0, site.start - 24) : site.start]
    if _TIME_BEFORE.search(before) or _DATED_BEFORE.search(before):
        return True
    if _YEAR_AFTER.match(site.text, site.end):
        return True
    separator = _BREAK_AFTER.match(site.text, site.end)
    return separator is not None and _TIME_WORD.match(site.text, separator.end()) is not None


_ROOM_NUMBER = re.compile(r"\s\d{3}\b(?![:.]\d)")
"""No year and no day of the month: "Tivoli 320"."""
_ARTICLES = frozenset({"the", "der", "dem", "das", "la", "le", "el", "il", "het"})


def _vetoed(site: Site, *, kind: Kind) -> bool:
    """Whether the neighbours make the name a person's or a thing's."""
    if site.word(site.first - 1) in _SAID["room"] and _gap(site, site.first - 1).strip() in {"", ":"}:
        return True
    if site.first > 0 and _gap(site, site.first - 1) == " ":
        before = site.words[site.first - 1]
        if before.capital and "person" in meanings().get(before.key, frozenset()):
            return True
    numbered = _ROOM_NUMBER.match(site.text, site.end) is not None
    if numbered or site.last + 1 >= len(site.words) or _gap(site, site.last) != " ":
        return numbered
    after = site.words[site.last + 1]
    articled = site.word(site.first - 1) in _ARTICLES  # "at the Tivoli Student Union"
    if after.capital and (articled or after.key in _SAID["thing"]) and not _event_after(site):
        return True
    return kind != "city" and after.capital and not _event_after(site)


def _after_comma(site: Site) -> bool:
    return (
        site.text[max(0, site.start - 2) : site.start] == ", "
        and _BOUNDARY.match(site.text, site.end) is not None
    )
