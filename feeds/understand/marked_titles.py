"""Owns the title that a sentence sets off with marks: words that are linked, bold or quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feeds.post import Line, Mark
from feeds.understand.attended import whens_of
from feeds.understand.labels import label_kind
from feeds.understand.moments import Moment
from feeds.understand.part import QUOTED, Part
from feeds.understand.people import find_people, likely_people
from feeds.understand.phrases import (
    conference_like,
    is_deadline,
    is_generic,
    is_platform,
    pattern_for,
)
from feeds.understand.places import find_places
from feeds.understand.plain_titles import unframed
from feeds.understand.rooms import find_room, is_map
from feeds.understand.title import Title, clean
from feeds.understand.titles import read_title

LONGEST_NAME = 7
"""Words of the name of an event; what is longer, or has a colon, is a title."""
_STATUS = re.compile(
    r"(?i)(?:cancell?ed|postponed|moved|full|sold out|changed|new|update[d]?|abgesagt|verschoben|ausgebucht|"
    r"annulée?|reportée?|complet|cancelad[oa]|aplazad[oa]|annullat[oa]|rinviat[oa]|adiad[oa]|geannuleerd|uitgesteld)"
)
"""What says how a session stands, and is never its title."""


def marked(sentence: Part, moments: Sequence[Moment]) -> Title | None:
    """The longest linked or bold phrase that is neither a time, a place to click nor a person."""
    best: Title | None = None
    for mark in _by_length(sentence):
        part = Part(sentence.line, max(mark.start, sentence.start), min(mark.end, sentence.end)).trimmed()
        part = _before_time(part) if mark.kind == "strong" else part
        if is_map(mark.href) or (mark.kind == "emphasis" and _is_stressed(part.text)):
            continue
        if label_kind(part.text) is not None or _OURS.match(part.text) or heads_in_town(sentence.line, part):
            continue
        if len(part.text) < 4 or part.text[0] in "#@" or is_generic(part.text) or is_deadline(part.text):
            continue
        if any(_overlaps(part, moment) for moment in moments) or whens_of(
            sentence.line, start=part.start, end=part.end
        ):
            continue
        if _aside(sentence, part) or _names_other(sentence, part) or _STATUS.fullmatch(part.text):
            continue
        found = read_title(part)
        if found is not None and (best is None or (found.url and not best.url and found.text == best.text)):
            link = next((mark.href for mark in part.links), None)
            best = found._replace(url=found.url or link, url_part=found.url_part or (part if link else None))
    return best


def _before_time(part: Part) -> Part:
    """What stands in bold before its own time, behind an article ("a **call on 3 May at 16:00**")."""
    first = next(iter(whens_of(part.line, start=part.start, end=part.end)), None)
    if first is None or not _ARTICLE_BEFORE.search(part.line.text, max(0, part.start - 12), part.start):
        return part
    head = unframed(Part(part.line, part.start, first.at[0]).trimmed())
    return head if len(head.text.split()) > 1 else part


_ARTICLE_BEFORE = re.compile(rf"(?i)\b(?:{pattern_for('article')})\s[*_]{{0,3}}$")


def heads_in_town(line: Line, part: Part) -> bool:
    """Whether a paragraph begins with the town it is about, in bold ("**Toledo.** We meet on Tuesday")."""
    first = not line.text[: part.start].strip(" *_")
    town = part.text.rstrip(" .:!?")
    return first and any(one.whole == (0, len(town)) for one in find_places(town, hint=True))


_OURS = re.compile(rf"(?:{pattern_for('ours')})\s")
"""What links so names where we meet, not what there is ("on [our Jitsi](u)")."""


def _is_stressed(text: str) -> bool:
    """Whether words in italics are a ship, a band, a book or a word that is stressed, and no title."""
    return " " not in text or _ARTICLE.match(text) is not None


_ARTICLE = re.compile(r"(?:the|an?|das|der|die|l[ae]|les|el|los|las|il|lo|o|os|as|het|de)\s\S+$")


def _by_length(sentence: Part) -> list[Mark]:
    """The marks of a sentence, the longest first; in "a [talk about **X**](u)" only the bold words."""
    links = sentence.links
    marks = sorted(sentence.marks("link", "strong", "emphasis"), key=lambda m: (m.start - m.end, m.start))
    inner = [m for m in marks if m.kind != "link" and any(_inside(m, link) for link in links)]
    return inner or marks


def _inside(mark: Mark, link: Mark) -> bool:
    """Whether a mark is a part of a link's words, not all of them."""
    return link.start <= mark.start and mark.end <= link.end and mark.end - mark.start < link.end - link.start


_OTHER_AFTER = re.compile(
    r"(?i)^\W{0,3}(?:track|room|stage|booth|theat(?:er|re)|hall|devroom|stream|channel)\b"
)
_OTHER_BEFORE = re.compile(
    r"(?i)(?:\bof|\bwith|\bby|\bin|\bat|@|\bchez|\bpresso|\bdai|\bna|\bno|\bnos|\bnas|\bde|\bdi|\bvon|\bvan|\broom|\bfrom|\bvia|\bim|\bam|\bzum|\bbei|\bà|\bau|\ben|\bal|\ballo|\balla|\bnel|\bnella|\bdel|\bdella|\bthe)\s*(?:the\s*)?$"
)


_GIVING = re.compile(
    rf"(?i)\b(?:{pattern_for('hosts')}|gives?|giving|teach(?:es|ing)?|leads?|leading|offers?|offering)\s"
    r"(?:an?|eine?n?|une?|una?|uma?|een)\s(?:[\w-]+\s){0,2}[*_]{0,3}$"
)
"""What somebody does with what stands behind it, one of many: "the 17th Loom Day" is an event by itself."""
_FEW_WORDS = 3


def is_given(before: str) -> bool:
    """Whether the words before a name say that somebody gives it ("Ada is running a small **Bootcamp**")."""
    return _GIVING.search(before[-_LONGEST_GIVING:]) is not None


_LONGEST_GIVING = 60

_PARTED = re.compile(r":|\s\|\s")
_JOINED = re.compile(r"\s(?:for|of|to|from|without|your|für|ohne|pour|sans|para|sin|per|senza|sem|voor)\s")
"""Words that join those of a title, hardly those of a name ("Icons for everyone")."""


def _names_other(sentence: Part, part: Part) -> bool:
    """Whether a marked phrase names a person, a place, a track or the event instead of the session."""
    before = sentence.line.text[sentence.start : part.start]
    after = sentence.line.text[part.end : sentence.end]
    words = part.text.split()
    if is_platform(part.text) or (len(words) <= _FEW_WORDS and is_platform(words[0])):
        return True  # "on [Zoom as always](u)"
    named = len(words) <= LONGEST_NAME
    event = named and conference_like(part.text) and ": " not in part.text and not is_given(before)
    place = named and not _PARTED.search(part.text) and find_room(f"in {part.text}")
    if _OTHER_AFTER.match(after) or event or place:
        return True
    if len(part.text.split()) <= 3 and _OTHER_BEFORE.search(before) and not _JOINED.search(part.text):
        return True
    if len(part.text.split()) > 4:
        return False
    introduced = not before.strip(" *_") and after.lstrip(" *_")[:1] == ","
    return (
        introduced or likely_people(part.text, shape=False) or bool(find_people(part.text + " will present"))
    )


def _aside(sentence: Part, part: Part) -> bool:
    """Whether a phrase stands in brackets that hold more than it ("lunch is on me (on our [Fund](u))")."""
    before = sentence.line.text[max(sentence.start, part.start - 200) : part.start]
    opened = before.rfind("(")
    return opened > before.rfind(")") and len(before[opened + 1 :].split()) > 1


def _overlaps(part: Part, moment: Moment) -> bool:
    return moment.when.at[0] < part.end and part.start < moment.when.at[1]


def quoted(sentence: Part) -> Title | None:
    """The title in quotation marks: two words or more, and no house ("at “The Blue Boar”")."""
    for found in QUOTED.finditer(sentence.text):
        words = found[1].split()
        house = len(words) <= _HOUSE and _HOUSE_BEFORE.search(
            sentence.text, max(0, found.start() - _LED), found.start()
        )
        if len(words) > 1 and not house:
            part = sentence.at(*found.span(1)).trimmed()
            return Title(part=part, text=clean(part.text))
    return None


_HOUSE = 3
"""Words of the name of a house."""
_LED = 24
"""Letters of what leads to a house."""

_HOUSE_BEFORE = re.compile(
    rf"(?i)\b(?:{pattern_for('before a house')})\s"
    r"(?:the\s|la\s|le\s|el\s|il\s|de\s|het\s)?$"
)
