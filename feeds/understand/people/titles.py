"""Owns taking a title apart: co-located event, format, the title itself, the speakers after it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from feeds.understand.people.formats import format_of
from feeds.understand.people.leads import GIVEN_BY, LABEL
from feeds.understand.people.lists import MAX_PHRASE, likely_people, looks_like_people, surely_people
from feeds.understand.people.names import kind_of
from feeds.understand.people.segments import has_role
from feeds.understand.people.states import with_status
from feeds.understand.people.values import Slice, TitleParts, fold
from feeds.understand.people.words import CALENDAR, LEADS

_LABEL = re.compile(r"([^:|–—]{2,60}?)(?::|\s\||\s[-–—]{1,2})(?=\s|$)")
_TAIL = re.compile(r"(?:\s[|–—-]\s([^|–—]{3,40})|\s?[\[(]([^\[\]()]{3,40})[\])])$")
_GATHERING = re.compile(
    r"(?:Con|Conf|Fest|Camp|Day|Days|Summit|Week|Conference|Congress|Symposium|Track|Devroom|Forum|Tag"
    r"|Journ[ée]e"
    r"|Jornada|Giornata|Dag)(?:\s(?:EU|NA|Europe|America|China|India|Japan|\d{4}))?$"
)
_SPLIT = re.compile(
    r",?\s(?P<by>by|BY|von|par|por|di|da|door|a cargo de|a cura di|o\.l\.v\.|olv|"
    rf"onder leiding van|unter leitung von|animée? par|présentée? par|{GIVEN_BY})\s"
    r"|,?\s(?P<with>with|w/|mit|avec|con|com|met|featuring|feat\.|ft\.)\s"
    r"|(?P<dash>\s(?:[-–—―|·•]{1,3}|//)\s)|(?P<asked>(?<=[?!])\s)|(?P<comma>,\s)|(?P<colon>:\s)|(?P<bracket>\s?\()"
)
_BARS = {"asked": 0.85, "by": 0.5, "with": 0.6, "dash": 0.55, "comma": 0.65, "colon": 0.7, "bracket": 0.65}
"""How much the right side of each separator must look like people for the title to end there."""
_DASH = re.compile(r"\s(?:[-–—―|]{1,3}|//)\s")
_SURE, _UNSURE = 0.85, 0.7
_LABELLED = 0.75
"""What stands behind "Talk:" is its title, unless it can hardly be anything but people."""

_LEAD = re.compile(r"(?:a cargo de|a cura di|by|von|par|por|door|with|mit|avec|con|com|met)\s+(?=\S)", re.I)
_MAX_SPLITS = 24
_QUOTES = {'"': '"”', "“": '”"', "„": "“”", "«": "»", "‘": "’", "'": "'", "”": "”", "「": "」"}
_BORDER = " \t\r\n\xa0\u200b\u200d\ufe0f\u2060\ufeff•·|-–—:;,"
_SIGNS = "©®™°"
_MARKS = '"“”„«»‘’,;:()'
_AFTER_NAME = frozenset(
    {"and", "from", "at", "of", "with", "und", "et", "bei", "chez", "mit", "avec", "con", "com", "met"}
)


@dataclass(slots=True)
class _Front:
    """What stands before a title. `label` is the slice of the format's label."""

    start: int
    track: str | None = None
    format: str | None = None
    label: Slice | None = None


def split_title(text: str, *, known: Collection[str] = (), organisations: Collection[str] = ()) -> TitleParts:
    """Takes a line apart; what looks neither like a label nor like people stays in the title.

    A line of a label and people ("Keynote: Anna Berg") has its label as title; a line of people alone has
    an empty title.
    """
    text = text.removesuffix(".") if text.endswith(").") else text
    span, status = with_status(text, _trim(text, (0, min(len(text), MAX_PHRASE))))
    span = _trim(text, span)
    span_of_all = span
    front = _peel_front(text, span)
    span, tail = _peel_back(text, _trim(text, (front.start, span[1])))
    title, people = _split_people(text, span, front, known=known, organisations=organisations)
    if people is None and (told := _RELATIVE.search(text, *span)) is not None:
        shorter = (span[0], told.start())  # "… with Ada Ek, who knows every plant"
        title, people = _split_people(text, shorter, front, known=known, organisations=organisations)
        title = title if people is not None else span
    if front.track is not None and people is not None and not text[slice(*title)].strip():
        title, front.track = _trim(text, (span_of_all[0], people[0])), None  # "Welcome to GateConf - Ada"
    if people is not None:
        title, inner = _peel_back(text, title)
        tail = tail or inner
        people = _unled(text, _trim(text, people))
    title = _unquote(text, _trim(text, title))
    if people is not None and front.format is None:
        title, front.format = _without_kind(text, title)
    own = format_of(text[slice(*title)])
    named = front.format or tail or (own if people or own != "Talk" else None)
    return TitleParts(title=title, format=named, track_prefix=front.track, people=people, status=status)


_DESCRIBED = re.compile(r"([^,]{4,40}),\s(?:[a-zà-ÿ][\w'’-]*[\s,]*){1,12}")
"""Somebody with what the person is, in lower case ("Ada Ek, docente e socia storica")."""


def undescribed(text: str) -> str:
    """A name without what the person is, in lower case behind a comma."""
    found = _DESCRIBED.fullmatch(text)
    return found[1] if found is not None else text


_RELATIVE = re.compile(r",\s(?:who|whose|which|die|der|qui|que|che|wie|a quem|quien)\s[^.;!?]{3,160}[.!]?$")


def _trim(text: str, span: Slice) -> Slice:
    """Without spaces, bullets, loose separators and emoji at the borders."""
    start, end = span
    while start < end and _loose(text[start]):
        start += 1
    while end > start and _loose(text[end - 1]):
        end -= 1
    return start, end


def _loose(char: str) -> bool:
    if char.isalnum():
        return False
    return char in _BORDER or (
        char > "\x7f" and char not in _SIGNS and unicodedata.category(char) in {"So", "Cf", "Sk"}
    )


_KIND = re.compile(r"[.,;]\s+(?:(?:a|an|ein|eine|un|une|una|um|uma|een)\s)?([^\W\d_]{4,20})$")


def _without_kind(text: str, title: Slice) -> tuple[Slice, str | None]:
    """A title without the kind of session that leads to its people ("Water in town. Vortrag von Ada Ek")."""
    found = _KIND.search(text, max(title[0], title[1] - 30), title[1])
    kind = format_of(found[1]) if found is not None and found.start() > title[0] else None
    return (_trim(text, (title[0], found.start())), kind) if found is not None and kind else (title, None)


_WHOLE = frozenset(
    {
        "office hours",
        "ama",
        "ask me anything",
        "ask us anything",
        "q&a",
        "open hours",
        "sprechstunde",
        "permanence",
    }
)
"""What is no more than begun by what follows its colon in lower case ("Office hours: ask us anything")."""


def _peel_front(text: str, span: Slice) -> _Front:
    """A co-located event and a format, each with its colon or bar, in either order."""
    front = _Front(span[0])
    for _ in range(3):
        match = _LABEL.match(text, front.start, span[1])
        if match is None:
            break
        label = _trim(text, match.span(1))
        words = text[slice(*label)]
        kind = None if front.format else format_of(words) or _described_format(words)
        behind = _trim(text, (match.end(), span[1]))[0]
        if kind is not None and fold(words) in _WHOLE and text[behind : behind + 1].islower():
            break
        if kind is not None:
            front.format, front.label = kind, label
        elif front.track is None and _is_gathering(words) and not _goes_on(text, match.end(), span[1]):
            front.track = words.lstrip("#")
        else:
            break
        front.start = behind
    return front


def _described_format(words: str) -> str | None:
    """The format that an adjective describes ("Taller familiar: …", "Conférence gesticulée : …")."""
    first, _, described = words.partition(" ")
    return format_of(first) if described.isalpha() and described.islower() else None


_EDITION = re.compile(
    r"(?:[\w'’-]{1,20}\s){0,3}(?:edition|special|ausgabe|édition|edición|edizione|edição|editie)\s*(?:\(|$)",
    re.I,
)


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether what follows a gathering's colon only says when it is, or which edition."""
    return _dated(text, start, end) or _EDITION.match(text[start : min(end, start + 90)].lstrip()) is not None


def _dated(text: str, start: int, end: int) -> bool:
    """Whether a day follows: then the gathering before it is what is announced, not a prefix."""
    words = text[start : min(end, start + 40)].split(None, 1)
    return bool(words) and fold(words[0].strip(",.")) in CALENDAR


def _is_gathering(label: str) -> bool:
    """Whether a label is a tag or a capitalised name that ends as gatherings do (…Con, … Day, … Summit)."""
    words = label.split()
    if label.startswith("#"):
        return len(words) == 1 and len(label) > 1
    if (
        not _GATHERING.search(label)
        or len(words) > 8
        or fold(label) in {"day", "track", "week", "tag", "con"}
    ):
        return False
    if kind_of(words[0]) == "function":
        return False
    return all(
        not word[0].islower() or word in {"of", "for", "de", "der", "des", "du"} for word in words
    ) or (len(words) <= 3 and kind_of(words[0]) != "other")


def _peel_back(text: str, span: Slice) -> tuple[Slice, str | None]:
    """A format after the title: "… | Project Lightning Talk", "… (Workshop)"."""
    start, end = span
    match = _TAIL.search(text, max(start, end - 46), end)
    if match is None:
        return span, None
    kind = format_of(match[1] or match[2])
    if kind is None or not text[start : match.start()].strip():
        return span, None
    return _trim(text, (start, match.start())), kind


_QUOTATION = frozenset('“”„«»"')
_QUOTED = 0.5
"""So much like people must brackets be that stand behind a title in quotation marks."""


def _split_people(
    text: str, span: Slice, front: _Front, *, known: Collection[str], organisations: Collection[str]
) -> tuple[Slice, Slice | None]:
    """The title and the people, divided at the first separator whose whole right side looks like people.

    A later one divides where only people surely stand behind it, and hardly anybody's name before it.
    """
    start, end = span
    if front.label and _opens(text, start) and _people(text[start:end], known, organisations) >= _LABELLED:
        return front.label, span
    if LABEL.match(text, start, end) and _people(text[start:end], known, organisations) >= 0.6:
        return (start, start), span
    if _names_lead(text, span):
        first = _people_first(text, span, known=known, organisations=organisations)
        if first is not None:
            return first
    for match in islice(_SPLIT.finditer(text, start, end), _MAX_SPLITS):
        people = _right_side(text, match, end)
        if people is None or match.start() <= start:
            continue
        score = _people(text[slice(*people)], known, organisations)
        if match.lastgroup == "bracket":
            score = max(score, _people(undescribed(text[slice(*people)]), known, organisations))
        if match["with"] and _is_thing(text[slice(*people)]):
            continue
        quoted = match.lastgroup == "bracket" and text[: match.start()].rstrip()[-1:] in _QUOTATION
        if score < (_QUOTED if quoted else _BARS[match.lastgroup or ""]) or (
            score < 0.7 and _shares_word(text, match.start(), people, start)
        ):
            continue
        if match["with"] and _COMPANY.fullmatch(text, start, match.start()):
            return span, people  # "An evening with Ada Ek"
        return _later(text, match, (start, match.start()), people, known=known, organisations=organisations)
    return span, None


_COMPANY = re.compile(
    r"(?:(?:an?|the|in|une?|un|una|uma|ein|eine|een|el|la|le|il|o|os|as) )?(?:\w+ )?"
    r"(?:evening|afternoon|morning|night|conversation|talk|chat|interview|breakfast|lunch|tea|coffee|dinner|walk|"
    r"reading|meet|abend|gespräch|nachmittag|frühstück|soirée|rencontre|entretien|conversación|noche|tarde|charla|"
    r"serata|incontro|conversazione|conversa|noite|avond|gesprek|middag)",
    re.I,
)
"""What is called after those it is with."""


def _is_thing(phrase: str) -> bool:
    """Whether "with" leads to one word before brackets that name people ("with help (Ada Ek)")."""
    word, bracket, inner = phrase.partition(" (")
    if not bracket or " " in word:
        return False
    named = " " in inner and surely_people(inner.partition(")")[0])
    return named or not likely_people(word)  # "with Hugo (Ada Ek)"


def _later(
    text: str,
    first: re.Match[str],
    title: Slice,
    people: Slice,
    *,
    known: Collection[str],
    organisations: Collection[str],
) -> tuple[Slice, Slice]:
    """The title and the people behind a second dash, where that is surely them ("A – B - Ada Ek, Quarry")."""
    again = _DASH.search(text, people[0], people[1]) if first["dash"] else None
    if again is None:
        return title, people
    behind = _trim(text, (again.end(), people[1]))
    surely = _people(text[slice(*behind)], known, organisations) >= _SURE
    if surely and _people(text[people[0] : again.start()], known, organisations) < _UNSURE:
        return (title[0], again.start()), behind
    return title, people


def _names_lead(text: str, span: Slice) -> bool:
    """Whether a line begins with a given name, as a line of people alone does."""
    words = text[span[0] : min(span[1], span[0] + 40)].split(None, 1)
    named = len(words) == 2 and kind_of(words[0].rstrip(",")) in {"given", "initial"}
    return named and _opens(text, span[0])


_FIRST = re.compile(r"(?P<colon>:\s)|\s(?:[-–—―|]{1,2}|//)\s")


def _people_first(
    text: str, span: Slice, *, known: Collection[str], organisations: Collection[str]
) -> tuple[Slice, Slice] | None:
    """Reads "Anna Berg: Slow Software" and a line of people alone."""
    start, end = span
    match = _FIRST.search(text, start, end)
    if match and (match["colon"] or _reads_as_title(text[match.end() : end])):
        lead = _LEAD.match(text, start, match.start())
        people = (lead.end() if lead else start, match.start())
        if _people(text[slice(*people)], known, organisations) >= 0.85:
            return (match.end(), end), people
    return ((start, start), span) if _people(text[start:end], known, organisations) >= 0.8 else None


def _reads_as_title(words: str) -> bool:
    """Whether what follows "Anna Berg - " is a title and not her company."""
    parts = words.split()
    if not parts or likely_people(words) or has_role(words):
        return False
    plain = any(part[0].islower() and part not in {"of", "at", "and", "for", "the"} for part in parts)
    return plain or len(parts) > 4 or (len(parts) > 1 and parts[0].endswith("ing"))


def _people(phrase: str, known: Collection[str], organisations: Collection[str]) -> float:
    return looks_like_people(phrase, known=known, organisations=organisations)


def _right_side(text: str, match: re.Match[str], end: int) -> Slice | None:
    """What stands right of a separator, where its first word could begin a list of people."""
    start = match.end()
    if match.lastgroup == "bracket":
        if text[end - 1] != ")" or text.find(")", start, end - 1) >= 0:
            return None
        end -= 1
    return (start, end) if _opens(text, start) else None


def _opens(text: str, start: int) -> bool:
    """A cheap look at two words, so that titles full of commas are not read again and again."""
    words = text[start : start + 60].split(None, 2)
    first = words[0].strip(_MARKS) if words else ""
    if not first:
        return False
    if fold(first) in LEADS:
        return True
    kind = kind_of(first)
    if first[0].islower():
        office = has_role(first) and len(words) > 1 and words[1][0].isupper()
        return office or kind in {"particle", "capital"}
    if kind in {"function", "thing"} and first[0] != "@":
        return False
    second = words[1] if len(words) > 1 and words[0][-1] not in ",;:)" else ""
    return (
        not second[:1].islower()
        or kind_of(second) == "particle"
        or fold(second) in _AFTER_NAME
        or has_role(second)
        or second[-1] == "s"
    )


def _shares_word(text: str, left_end: int, people: Slice, start: int) -> bool:
    """Whether a word of a doubtful name stands in the title too, as products do and people do not."""
    left = {fold(word.strip(",.:;()")) for word in text[start:left_end].split()}
    return any(fold(word.strip(",.:;()")) in left for word in text[slice(*people)].split() if len(word) > 2)


def _unled(text: str, span: Slice) -> Slice:
    """Without the "by" that leads a list of people in."""
    lead = _LEAD.match(text, *span)
    return (lead.end(), span[1]) if lead else span


def _unquote(text: str, span: Slice) -> Slice:
    """Without quotation marks that hold the whole title and nothing else."""
    start, end = span
    if end - start < 3 or text[end - 1] not in _QUOTES.get(text[start], ""):
        return span
    if any(quote in text[start + 1 : end - 1] for quote in {text[start], text[end - 1]}):
        return span
    return _trim(text, (start + 1, end - 1))
