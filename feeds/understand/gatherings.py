"""Owns what a sentence calls the gathering it tells of ("you are invited to our happy hour at six")."""

from __future__ import annotations

import re

from feeds.understand.part import Part
from feeds.understand.people import likely_people, surely_people
from feeds.understand.phrases import (
    LONGEST_SENTENCE,
    conference_like,
    is_generic_heading,
    is_platform,
    pattern_for,
)
from feeds.understand.places import find_places
from feeds.understand.rooms import is_room_code
from feeds.understand.title import Title
from feeds.understand.when import find_when
from feeds.understand.when.values import When

_JOINING = (
    "is|are|be|was|at|in|on|of|to|and|or|with|who|that|which|und|et|y|e|en|mit|avec|con|com|met|"
    "an?|some|eine?[nmr]?|une?|un|una|uno|uma?|een"
)
_BEFORE = rf"(?:(?:{pattern_for('before a gathering')})\s|(?:l|un|all|dell)['’])(?:\([^()]{{1,30}}\)\s)?"
"""What stands before what people come together for: an article, "our", "for"."""

_NOUN = re.compile(
    rf"\b{_BEFORE}"
    rf"((?:(?!(?:{_JOINING})\b|\d)[\w'’&-]{{1,30}}\s){{0,3}}(?:{pattern_for('gathering')}|(?P<meal>{pattern_for('meal')}))"
    r"(?:\s(?:des|dei|delle|degli|dos|das|de los|de las)\s[a-zà-þ][\w-]{2,30})?)(?![\w-])"
)
_GATHERING = re.compile(pattern_for("gathering"))
_STAND = re.compile(
    rf"\W*(?:(?:{pattern_for('ours')})\s|(?:{pattern_for('the')})\s(?=.{{1,200}}\b(?:{pattern_for('attended')})\b))"
    rf"((?:[\w-]{{2,20}}\s)?(?:{pattern_for('booth')})(?:\s[^\W\d_]{{1,15}}){{0,6}}?)"
    r"(?=\s(?:is|are|will|opens|has|ist|sind|est|sera|está|è|é)\b)"
)
"""The booth of which a sentence says when somebody is there."""


_CLOSED = re.compile(rf"\b(?:{pattern_for('not attended')})\b")


def tells_of_booth(sentence: Part) -> bool:
    """Whether a sentence says when somebody is at a booth; its hours are not those of the event."""
    plain = sentence.text.lower()[:LONGEST_SENTENCE]
    return _STAND.match(plain) is not None and _CLOSED.search(plain) is None


def house(sentence: Part, title: Title) -> Part | None:
    """The house behind "at" where a sentence says that people come together ("drinks at Max Lager's")."""
    if _TOGETHER_FOR.search(title.text.lower()) is None and offered(sentence) != title:
        return None
    for found in _HOUSE.finditer(sentence.text[:LONGEST_SENTENCE]):
        part = sentence.at(*found.span(1)).trimmed()
        own = title.part.line is part.line and title.part.start < part.end and part.start < title.part.end
        if own or conference_like(part.text) or is_platform(part.text) or find_when(part.text):
            continue
        if not surely_people(part.text) and not find_places(part.text):
            return part
    return None


_HOUSE = re.compile(
    r"\b(?:[Aa]t|[Ii]m|[Bb]eim?|[Cc]hez|[Aa]ux?|[Pp]resso|[Aa]l|[Ee]n el|[Nn][oa]|[Bb]ij)\s"
    r"(?:(?:the|dem|la|le|el|de|het)\s)?"
    r"([A-ZÀ-Þ][\w'’&-]+(?:\s(?:(?:de|du|des|of|del|di|da|do|van|the|la|and|und|et|y|&)\s){0,2}"
    r"[A-ZÀ-Þ][\w'’&-]*){1,3}|"
    r"[A-ZÀ-Þ]\w+ (?:on|in) [A-ZÀ-Þ]\w+(?: (?:Street|Road|Avenue))?|"
    r"[A-ZÀ-Þ]\w+['’]s(?=\s(?:on|from|in|this|next)\s|[,.;]|$))(?![\w-])"
)


_INVITING = re.compile(rf"\b(?:{pattern_for('inviting to')})\b")
_NOT = re.compile(
    r"\b(?:not|cannot|never|without|nicht|kein\w*|pas|sans|no(?!\s(?:dia|s[áa]bado|domingo|pr[óo]ximo|fim|audit[óo]rio|"
    r"sal[ãa]o|local|teatro|museu|parque|jardim|centro)\b)|non|não|sem|niet|geen)\b|n['’]t\b"
)
"""What a sentence denies with; "no" before a day or a place is "in the" in Portuguese."""
_STARTS = re.compile(
    r"\W*((?:[A-ZÀ-Þ][\w'’&-]*)(?:\s[A-ZÀ-Þ][\w'’&-]*){1,3})\s(?:starts?|begins?|opens|kicks off|beginnt|"
    r"startet|commence|débute|empieza|comienza|inizia|comincia|começa|begint)"
    r"\s(?=(?:at|on|from|um|am|ab|à|le|a|el|alle|il|às|om|op|\d))"
)
"""A name of several words of which a sentence says when it begins ("Game Night starts at 8 pm")."""

_TOGETHER = re.compile(rf"\b(?:{pattern_for('together')})\b")
"""Who is told behind a time what there is comes too ("at 18:30 a bunch of us go out for pizza")."""

# Matched against lower case, as in phrases.py.
_TOGETHER_FOR = re.compile(rf"\b(?:{pattern_for('people come together')})s?\b")
_ERRAND = re.compile(rf"(?:{pattern_for('errand')})\b|.*\b(?:{pattern_for('errand')})$")
_RUNS = re.compile(
    rf"\W*(?:{_BEFORE}|(?:{pattern_for('the')})\s)?"
    rf"(?P<what>(?:[\w'’-]{{2,20}}\s){{0,2}}?(?:{pattern_for('errand')}))\s"
    rf"(?:{pattern_for('goes on of an errand')})\b"
)


def runs_errand(sentence: Part) -> bool:
    """Whether a sentence begins with what only has a time ("The bus to the party is at 18:10")."""
    return is_errand(sentence.text.lower()[:LONGEST_SENTENCE])


def is_errand(plain: str) -> bool:
    """Whether a clause in lower case begins with what only has a time."""
    found = _RUNS.match(plain)
    return found is not None and _TOGETHER_FOR.search(found["what"]) is None


_ONLY_ERRAND = re.compile(rf"(?:{pattern_for('errand')})")


def names_errand(name: str) -> bool:
    """Whether a name is nothing but an errand's word ("Ticketverkauf")."""
    return _ONLY_ERRAND.fullmatch(name.lower()) is not None


_BEHIND = re.compile(rf"\s(?:{pattern_for('goes on of an errand')})\s")


def _called_errand(what: str) -> bool:
    """Whether the first or the last word says an errand, and none that people come together.

    Where it goes says nothing of it ("bus to the party").
    """
    head = _BEHIND.split(what, maxsplit=1)[0]
    return _ERRAND.match(head) is not None and _TOGETHER_FOR.search(head) is None


_HELD = re.compile(
    rf"(?i)\W*{_BEFORE}(?!(?:{pattern_for('one of several')})\b)"
    rf"(?P<what>[\w'’&-]{{2,30}}(?:\s[\w'’&-]{{1,30}}){{0,6}}?)\s"
    rf"(?:(?P<held>{pattern_for('held')})|{pattern_for('set for')})\b(?! by\b)"
)


def held(sentence: Part) -> Title | None:
    """What a sentence begins with and says to be held ("Our quarterly planning call is on Friday at 3").

    What only has a time ("The bus is at 6") must be called what people come together for.
    """
    found = _HELD.match(sentence.text[:LONGEST_SENTENCE])
    if found is None or is_generic_heading(found["what"]):
        return None
    what = found["what"].lower()
    if _called_errand(what) or (found["held"] is None and not _TOGETHER_FOR.search(what)):
        return None
    if likely_people(found["what"]) or _NOT.search(what):
        return None
    part = sentence.at(*found.span("what"))
    return Title(part=part, text=part.text[:1].upper() + part.text[1:])


_SUBJECT = re.compile(
    rf"(?i)(?:\W*|[^:]{{2,40}}:\s)(?:{_BEFORE}|the\s)?"
    rf"(?:(?:{pattern_for('one of several')})\s)?"
    rf"(?P<what>[\w'’&-]{{2,30}}(?:\s(?!(?:on|at|from|am|um|im)\s)[\w'’&-]{{1,30}}){{0,5}}?)\s"
    rf"(?:{pattern_for('held')}|{pattern_for('set for')}|is|are|ist|sind|est|sont|es|son|è|sono|é|são|zijn)\b"
)
_HOSTED = re.compile(
    rf"(?i)\bwe(?:['’]re| are| will|['’]ll)?\s(?:{pattern_for('hosts')})\s"
    rf"(?:{_BEFORE}|the\s)(?P<what>[\w'’&-]{{2,30}}(?:\s[\w'’&-]{{1,30}}){{0,5}}?)"
    r"(?=\s(?:in|at|on|from|for|with|where|to|this|next)\s|[.,;:()!?]|$)"
)


_NAMED = re.compile(
    rf"(?i)\b(?:{_BEFORE}|the\s)(?:(?:{pattern_for('one of several')})\s)?"
    rf"(?P<what>(?:(?!(?:{_JOINING}|the|from|into|our|his|her|its|for|minutes?|minuten)\b)[\w'’-]{{1,30}}\s){{0,3}}?"
    rf"(?:(?:{pattern_for('people come together')})s?(?:\s(?:{pattern_for('kind behind a gathering')}))?"
    rf"|{pattern_for('gathering')}))\b"
    r"(?P<where>\s(?:over|around|along|through|across|round|to|of|for)\s(?:the\s)?"
    r"(?-i:[A-ZÀ-Þ][\w'’-]*(?:\s[A-ZÀ-Þ][\w'’-]*){0,2}))?"
)


def gathering_in(sentence: Part, time: int) -> Title | None:
    """What people come together for, wherever a sentence names it ("On Friday Ada leads the easy run at 6").

    The first before its `time` (in the line), else the first behind; asked only where nothing else names it.
    """
    text = sentence.text[:LONGEST_SENTENCE]
    if runs_errand(sentence) or _NOT.search(text.lower()):
        return None
    found = [one for one in _NAMED.finditer(text) if not is_generic_heading(one["what"])]
    found = [one for one in found if not (_called_errand(one["what"].lower()) or find_when(one["what"]))]
    before = [one for one in found if sentence.start + one.end() <= time]
    chosen = next(iter(before or found), None)
    if chosen is None:
        return None
    part = sentence.at(chosen.start("what"), chosen.end())
    return Title(part=part, text=part.text[:1].upper() + part.text[1:])


_OFFERED = re.compile(
    rf"(?i)(?<!\band )(?<!\bund )(?<!\bet )(?<!\by )(?<!\be )(?<!\ben )"
    rf"\b(?:{pattern_for('there is')})\s(?:{_BEFORE})?"
    rf"(?P<what>(?!(?:{_JOINING}|no|nothing|not|also|still|only|more|rain|snow|keine?[nmrs]?|pas|geen|nessun\w*|nenhum\w*|ningun\w*|ningún)\b)[\w'’&-]{{3,30}}"
    rf"(?:\s(?!(?:{_JOINING}|from|by|um|am|im|à|le|el|il|om|op)\b)[\w'’&-]{{2,30}}){{0,3}})"
    r"(?=\s(?:at|in|on|from|for|with|by|to|im|in|am|um|mit|für|à|au|dans|le|en|el|con|para|a|alle|da|no|na|às|om|op|met)\b|"
    r"[.,;:()!?]|$)"
)


_BARE_BEFORE = re.compile(
    rf"(?:^|[,;:(–—]\s)(?P<what>(?:(?!(?:{_JOINING})\b|\d)[\w'’-]{{2,30}}\s){{0,2}}"
    rf"(?:{pattern_for('gathering')}|{pattern_for('evening meal')})"
    r"(?:\s(?:de|di|of|du|des|von|van)\s[a-zà-þ][\w-]{2,30}|\s[a-zà-þ]{3,20}e)?)"
    r"\s(?:at|um|ab|à|dès|a las|sobre las|alle|alle ore|dalle|às|om|vanaf|from)\s$"
)
_BARE_BEHIND = re.compile(
    rf",?\s(?:{_BEFORE})?(?P<what>(?:(?!(?:{_JOINING})\b|\d)[\w'’-]{{2,30}}\s){{0,2}}"
    rf"(?:{pattern_for('gathering')}|{pattern_for('evening meal')}))"
    r"(?=\s(?:at|in|im|bei|beim|chez|au|en|no|na|nel|al|alla|bij|op|with|mit|avec|con|com|met)\b|[.,;:!(]|$)"
)


def at_its_time(sentence: Part, at: tuple[int, int]) -> Title | None:
    """The gathering right before or behind its time, without an article ("Friday, closing dinner at 9").

    `at` is the slice of the time in the line.
    """
    text = sentence.line.text
    if len(text.lower()) != len(text) or _NOT.search(sentence.text.lower()) or runs_errand(sentence):
        return None
    before = text[sentence.start : at[0]][-LONGEST_SENTENCE:].lower()
    found = _BARE_BEFORE.search(before)
    start = at[0] - len(before)
    if found is None:
        found, start = _BARE_BEHIND.match(text[at[1] : sentence.end].lower()), at[1]
    if found is None:
        return None
    part = Part(sentence.line, start + found.start("what"), start + found.end("what"))
    return Title(part=part, text=part.text[:1].upper() + part.text[1:])


def announced(sentence: Part, time: int) -> Title | None:
    """What there is, by a colon right before the `time` in the line ("there is a warm-up: Friday, 19:30")."""
    found = _OFFERED.search(sentence.text[:LONGEST_SENTENCE])
    if found is None or sentence.line.text[sentence.start + found.end() : time].strip(" *_") != ":":
        return None
    return offered(sentence)


def offered(sentence: Part) -> Title | None:
    """What a sentence says there is ("Instead there will be mince pies at Hetty's on Tuesday from 6pm")."""
    found = _OFFERED.search(sentence.text[:LONGEST_SENTENCE])
    if found is None or is_generic_heading(found["what"]) or _ERRAND.search(found["what"].lower()):
        return None
    if find_when(found["what"]) or likely_people(found["what"]) or is_room_code(found["what"]):
        return None
    part = sentence.at(*found.span("what"))
    return Title(part=part, text=part.text[:1].upper() + part.text[1:])


_CALLED = re.compile(
    rf"(?:^|\W)(?i:{pattern_for('leads to a name')})\s(?i:(?:{pattern_for('article')})\s)?"
    rf"(?i:(?:{pattern_for('one of several')}|{pattern_for('how often')})\s)?"
    r"(?P<what>[A-ZÀ-Þ][\w'’-]*(?:\s(?:&|and|of|the|und|et|y|e|de|di|do|van|[A-ZÀ-Þ\d][\w'’-]*)){1,5})"
    r"(?=\s(?:at|in|on|im|am|chez|au|en|a|al|alla|bij|op)\s|[,.;:!]|$)"
)


def named_there(sentence: Part) -> Title | None:
    """What a sentence says it is, by its name ("it's the monthly Coffee & Code at the library café")."""
    found = _CALLED.search(sentence.text[:LONGEST_SENTENCE])
    if (
        found is None
        or find_when(found["what"])
        or likely_people(found["what"])
        or find_places(found["what"])
    ):
        return None
    part = sentence.at(*found.span("what"))
    return Title(part=part, text=part.text)


_SIT = re.compile(rf"(?i)\b(?:{pattern_for('we come together')})\b")


def at_house(sentence: Part, moment: When) -> Title | None:
    """A part of a day at a house, where a sentence only says that we are there ("we sit in Bar Nuria")."""
    text = sentence.text[:LONGEST_SENTENCE]
    if _SIT.search(text) is None:
        return None
    first, last = max(sentence.start, moment.at[0] - _FAR), moment.at[1] + _CLOSE
    evening = _EVENING.search(sentence.line.text[first:last])
    for found in _HOUSE_IN.finditer(text):
        part = sentence.at(*found.span(1)).trimmed()
        if part and not (find_when(part.text) or find_places(part.text) or conference_like(part.text)):
            kind = evening[0].lower() if evening is not None else None
            start = found.start(1) if kind is None else found.start()
            led = sentence.at(start, found.end(1)).trimmed()
            text = f"{kind} {led.text}" if kind else led.text
            return Title(part=led, text=text[:1].upper() + text[1:])
    return None


_FAR, _CLOSE = 60, 12
"""Letters before and behind a time in which its part of the day is said."""

_EVENING = re.compile(rf"(?i)(?:{pattern_for('evening')})")
_HOUSE_IN = re.compile(
    r"\b(?:at|in|im|beim|bei der|in der|chez|au|à la|en|en el|en la|al|alla|nel|da|no|na|bij|in de|in het)\s"
    r"((?:the |la |le |el |il |de |het )?[A-ZÀ-Þ][\w'’&-]*(?:\s(?:of |de |du |the |la |und |and |& )?"
    r"[A-ZÀ-Þ][\w'’&-]*){0,3})"
)


def subject_of(sentence: Part) -> Title | None:
    """The gathering that a sentence is about, "the" or "the next" one too ("The AGM is on 11 June at 7").

    It is asked where no heading of its own stands above the sentence.
    """
    text = sentence.text[:LONGEST_SENTENCE]
    found = _SUBJECT.match(text) or _HOSTED.search(text)
    if found is None or runs_errand(sentence):
        return None
    what = found["what"].lower()
    if _ERRAND.search(what) is not None or find_when(found["what"]):
        return None  # "the sale of tickets is on Monday", "on Saturday evening we are"
    if _TOGETHER_FOR.search(what) is None or _NOT.search(what) or is_generic_heading(what):
        return None
    part = sentence.at(*found.span("what"))
    return Title(part=part, text=part.text[:1].upper() + part.text[1:])


_COMPARED = re.compile(rf"\b(?:{pattern_for('compared with')})\s$")
"""Leads to what a sentence only compares with ("in the same room as the community call")."""
_NEAR = 20
"""Letters of these words."""


def _is_denied(plain: str, at: int) -> bool:
    """Whether the clause of a word denies it ("no party", but "If you have no ticket, the party …")."""
    start = max(plain.rfind(mark, 0, at) for mark in (",", ";", ":", "–", "—")) + 1
    return _NOT.search(plain, start, at) is not None


def gathering(sentence: Part, time: int) -> Title | None:
    """The gathering that a sentence names behind an article, the last before its `time` (in the line).

    A meal is one only where somebody is invited.
    """
    plain = sentence.text.lower()
    if len(plain) != len(sentence.text) or len(plain) > LONGEST_SENTENCE:
        return None  # a letter that is two in lower case would shift what follows
    if runs_errand(sentence):
        return None
    inviting = _INVITING.search(plain) is not None
    named = [
        sentence.at(*found.span(1)).trimmed()
        for found in _NOUN.finditer(plain)
        if (found["meal"] is None or inviting or _GATHERING.fullmatch(found[1]))
        if not _is_denied(plain, found.start())
        if _COMPARED.search(plain, max(0, found.start() - _NEAR), found.start()) is None
    ]
    if (stand := _STAND.match(plain)) is not None and _CLOSED.search(plain) is None:
        named.insert(0, sentence.at(*stand.span(1)).trimmed())
    if (begun := _STARTS.match(sentence.text)) and not likely_people(begun[1]):
        named.insert(0, sentence.at(*begun.span(1)).trimmed())
    before = [part for part in named if part.end <= time]
    together = inviting or _TOGETHER.search(plain) is not None
    part = next(iter(before[-1:] or (named if together else ())), None)
    if part is not None and (article := _THE.match(part.text)) is not None:
        part = part.at(article.end(), len(part.text))  # "we host the spring hack day"
    return Title(part=part, text=part.text[:1].upper() + part.text[1:]) if part is not None else None


_THE = re.compile(rf"(?i)(?:{pattern_for('the')})\s")
