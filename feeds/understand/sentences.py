"""Owns sessions told in sentences: "On Friday at 11:00, A and B will present [T](u) in room R"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from feeds.model import Place
from feeds.post import Line
from feeds.understand.apart import is_outside
from feeds.understand.attended import whens_of
from feeds.understand.behind_times import behind_time
from feeds.understand.booths import at_booth, booth_in
from feeds.understand.called_off import still_on
from feeds.understand.city_clues import present_mentions
from feeds.understand.clauses import clauses, split_sentences
from feeds.understand.context import Book, Context
from feeds.understand.draft import DraftSession, Read
from feeds.understand.emit import emit
from feeds.understand.facts import Facts
from feeds.understand.gatherings import at_its_time, gathering, held, house, tells_of_booth
from feeds.understand.moments import Moment, opens_doors
from feeds.understand.outline import Scope
from feeds.understand.part import QUOTED, Part
from feeds.understand.people import likely_people
from feeds.understand.phrases import (
    conference_like,
    is_by_then,
    is_deadline,
    is_generic,
    is_past,
    is_platform,
    pattern_for,
)
from feeds.understand.places import PlaceMention, find_names, settle
from feeds.understand.rooms import find_room, is_room_code, place_on_map
from feeds.understand.rules_of_dates import on_its_dates
from feeds.understand.sentence_titles import Told, title_of
from feeds.understand.spoken_days import on_the_day, speaking_of
from feeds.understand.title import Title
from feeds.understand.told_people import people_in, presented_in
from feeds.understand.topics import topic_of
from feeds.understand.towns import KNOWN, town_ahead
from feeds.understand.until import end_last, is_limit, only_ends
from feeds.understand.when.values import When

FAR = 50
"""Letters between times that are not told together."""

_MARKUP = ("|", "{", "}", "$", ">")
_PUT_OFF = re.compile(
    r"(?i)\b(?:last edit|edited|i (?:land|fly|arrive|leave)|flight|my train|was originally|previously|"
    r"instead of|no longer|had been|moved from|published|released|posted|updated|"
    r"since (?=[\w ]{0,12}\d)|as of|"
    r"started at|began|deployed|"
    r"merged|rolled|(?:is|are|was|were|been) cancell?ed|ist abgesagt|fällt aus|est annulée?|se cancela|"
    r"è annullat[oa]|foi cancelad[oa]|gaat niet door|failed|crashed|restarted)\b"
)


def read_sentences(book: Book, scope: Scope, *, context: Context, gatherings: bool = False) -> Context:
    """The sessions that the sentences of a paragraph tell of; the result knows the day they spoke of last.

    Only `gatherings` are looked for where the paragraph may belong to the session above it.
    """
    after = context
    if any(whens_of(line) for line in scope.lines):
        context = context._replace(introduced=None)
    towns = context.place is None or is_outside(book, scope, context=context)
    context = _in_town(scope.lines, context) if towns else context
    for line in scope.lines:
        before, topic = None, None
        told_in = [clause for sentence in split_sentences(line) for clause in clauses(sentence)]
        behind = [*(clause.part for clause in told_in[1:]), None]
        reaches = _reaches(line, [clause.part for clause in told_in])
        for (sentence, named), follows, reach in zip(told_in, behind, reaches, strict=True):
            whens = whens_of(line, start=sentence.start, end=sentence.end)
            context = _dated(book, sentence, whens, context=context)
            context = (
                _in_town([sentence.line.cut(sentence.start, sentence.end)], context) if towns else context
            )
            timed = (
                one
                for one in whens
                if one.times
                and not (_opening_hours(one) or _is_last_minute(one) or is_by_then(line.text, one.at[0]))
            )
            said = [Moment(line, one) for one in timed]
            begun = [one for one in said if not opens_doors(one) or one.when.days]
            moments = [one for one in begun or (said if topic else []) if not is_limit(sentence, one)]
            moments = on_its_dates(sentence, still_on(sentence, _together(moments)), after=follows)
            if only_ends(sentence, moments):
                end_last(book, sentence, moment=moments[0])
            elif gatherings and moments and not _stands_alone(sentence, moments, before=before):
                continue
            elif moments and _tells(sentence.text) and line.text[:1] not in _MARKUP:
                told = Told(
                    sentence=sentence,
                    named=named,
                    before=before,
                    after=follows,
                    reach=reach,
                    moments=moments,
                    topic=topic,
                )
                inner = on_the_day(book, sentence, whens=whens, context=context)
                _session(book, told, scope=scope, context=inner)
                topic = None
            else:
                topic = topic_of(sentence) or topic
            context = speaking_of(book, sentence, whens=whens, context=context)
            before = sentence
    return after._replace(spoken=context.spoken, introduced=context.introduced)


def _stands_alone(sentence: Part, moments: Sequence[Moment], *, before: Part | None) -> bool:
    """Whether a sentence names what people come together for or the hours of a booth."""
    named = gathering(sentence, moments[0].when.at[0])
    return named is not None or at_booth(sentence, moments, before=before, heading=None) is not None


def _is_last_minute(when: When) -> bool:
    """Whether a time is the last minute of a day, when things close and nothing begins."""
    start = when.times[0].start if len(when.times) == 1 and when.times[0].end is None else None
    late = start is not None and (
        start.hour == _LAST[0] or (start.hour == _LAST[0] - 12 and start.meridiem == "pm")
    )
    return late and start is not None and start.minute == _LAST[1]


_LAST = (23, 59)


def _in_town(lines: Sequence[Line], context: Context) -> Context:
    """The context of words that name one town, in a post that is about none or about several.

    What follows is there as well, until another is named: "The last stop is Perth … It begins at 6pm".
    """
    ahead = next((town for line in lines[:1] if (town := _town_in_bold(line))), None)
    if ahead is not None:
        place, part = ahead
        read = Read(how="read", span=part.span, why=f"“{part.text}” heads the paragraph")
        return context._replace(place=place, place_read=read)
    found = [one for line in lines for one in present_mentions(line)]
    found = found or [one for line in lines for one in _named_towns(line)]
    if len({mention.candidates[0].timezone for _, mention in found}) != 1:
        return context
    line, mention = found[0]
    part = Part(line, *mention.at)
    place = settle(mention)[0]
    if context.place is not None and place.timezone == context.place.timezone:
        return context
    read = Read(how="read", span=part.span, why=f"“{part.text}” in the paragraph")
    away = context.place is not None
    return context._replace(place=place, place_read=read, event=None if away else context.event)


def _town_in_bold(line: Line) -> tuple[Place, Part] | None:
    """The known town that a paragraph begins with in bold ("**Toledo.** We meet on Tuesday")."""
    mark = next((one for one in line.marked("strong") if one.start <= 1), None)
    return town_ahead(line.cut(mark.start, mark.end)) if mark is not None else None


def _named_towns(line: Line) -> Iterator[tuple[Line, PlaceMention]]:
    """The known towns that a line names, though nothing says that it is there ("First stop is Utrecht")."""
    for mention in find_names(line.text) if not is_past(line.text) else ():
        if mention.fames[:1] >= (KNOWN,):
            yield line, mention


def _reaches(line: Line, sentences: Sequence[Part]) -> list[Line | None]:
    """What each sentence with a time tells of, up to the next; None where the paragraph tells of one."""
    starts = [
        one.start
        for one in sentences
        if any(when.times for when in whens_of(line, start=one.start, end=one.end))
    ]
    if len(starts) < 2:
        return [None] * len(sentences)
    ends = dict(zip(starts, [*starts[1:], len(line.text)], strict=True))
    return [line.cut(one.start, ends[one.start]) if one.start in ends else None for one in sentences]


def _dated(book: Book, sentence: Part, whens: Sequence[When], *, context: Context) -> Context:
    """A sentence that only says the day ("Wednesday is Ada's day.") dates the ones after it."""
    if len(whens) != 1 or is_past(sentence.text) or is_deadline(sentence.text):
        return context
    (when,) = whens
    if when.times or when.days is None or when.days.ranged or when.at[0] > sentence.start + 12:
        return context
    if len(when.days.days) > 1 or when.days.days[0].weekday is None:
        return context
    day = book.day(Moment(sentence.line, when), context)
    return context._replace(day=day) if day is not None else context


_AS_EVER = re.compile(rf"\b(?:{pattern_for('goes on as ever')})\b")


def _tells(text: str) -> bool:
    if _AS_EVER.search(text.lower()):
        return False
    return not (is_deadline(text) or is_past(text) or _PUT_OFF.search(text))


def _session(book: Book, told: Told, *, scope: Scope, context: Context) -> None:
    """The session a sentence tells of; a time without any day in running text is not a schedule."""
    sentence, moments = told.sentence, told.moments
    if context.day is None and not any(moment.when.days for moment in moments):
        return
    words = sentence.blotted(moment.when.at for moment in moments)
    people = people_in(book, sentence, words=words)
    title = title_of(book, replace(told, people=people), context=context)
    if title is None:
        return
    if not people and told.before is not None and _holds(told.before, title.part):
        people = presented_in(book, told.before)  # "Sam Ek comes with *Slow radio*. It begins at 19:30"
    heading = context.title if context.headed else None
    booth = title == at_booth(sentence, moments, before=told.before, heading=heading)
    begun = [one for one in moments if not booth or all(times.start for times in one.when.times)]
    facts = Facts(moments=begun)  # "Tuesday from 9 to 18, on Thursday only until 14": not a booth's Thursday
    if booth and context.room is not None and booth_in(context.room) is not None:
        context = context._replace(room=None)  # "### Kiosk"
    if booth and any(map(str.isdigit, title.text)):
        facts.labelled["where"] = [title.part]
    elif room := _room_in(sentence, title, words):
        part = sentence.at(*room).trimmed()
        if not conference_like(part.text):
            facts.labelled["where"] = [part]
    elif said := behind_time(Part(sentence.line, moments[-1].when.at[1], sentence.end).trimmed()).room:
        facts.labelled["where"] = [said]
    elif (
        venue := place_on_map(sentence) or _linked_place(sentence, title) or house(sentence, title)
    ) is not None:
        facts.labelled["where"] = [venue]
    count = len(book.sessions)
    rest = scope if told.reach is None else replace(scope, lines=(told.reach,))
    emit(book, title, facts=facts, context=context, rest=[rest])
    _without_past(book, count)
    own = title.part and (title.part.line is sentence.line or _of_heading(title, context))
    noun = title == held(sentence)  # "our bread night" is no event's name
    here = title == at_its_time(sentence, moments[0].when.at)
    borrowed = not own or (not here and conference_like(title.part.text if noun else title.text))
    apart = QUOTED.search(sentence.text) is not None or tells_of_booth(sentence)
    apart = apart or booth
    apart = apart or _of_heading(title, context)
    for index in range(count, len(book.sessions)):
        session = book.sessions[index]
        speakers = session.people if title.people is not None else people or session.people
        book.sessions[index] = replace(
            session, people=speakers, borrowed=borrowed or (not apart and _whole_day(session))
        )
        if booth:  # whom its paragraph mentions is no speaker
            book.sessions[index] = replace(book.sessions[index], people=(), prose="")


def _holds(sentence: Part, part: Part) -> bool:
    return part.line is sentence.line and sentence.start <= part.start < sentence.end


def _room_in(sentence: Part, title: Title, words: str) -> tuple[int, int] | None:
    """The room that a sentence names; words of its linked title are none ("porting a library")."""
    room = find_room(words) or _code_of_devroom(words)
    start, end = title.part.start - sentence.start, title.part.end - sentence.start
    if room is None or title.part.line is not sentence.line or not 0 <= start <= room[0] < end:
        return room
    return find_room(words[:start] + "|" * (end - start) + words[end:])


_CODE = re.compile(r"(?i)\b(?:devroom|dev room|track|minisymposium|miniconf)\s\(([^()]{2,20})\)")


def _code_of_devroom(words: str) -> tuple[int, int] | None:
    """The code of a room in brackets behind what goes on in it ("in the Rust devroom (K.3.401)")."""
    found = _CODE.search(words)
    return found.span(1) if found and is_room_code(found[1]) else None


_AT = re.compile(r"(?i)(?:\b(?:at|im|beim?|chez|au|presso|bij)|@)\s(?:(?:the|der|dem|la|le|el|de|het)\s)?$")
_LONGEST_AT = 12
_MOST_WORDS = 5


def _linked_place(sentence: Part, title: Title) -> Part | None:
    """Where it is by linked words behind "at" ("a long table at [The Anchor](u)")."""
    for mark in sentence.links:
        part = Part(sentence.line, mark.start, mark.end).trimmed()
        own = title.part.line is part.line and title.part.start < part.end and part.start < title.part.end
        if own or not part.text[:1].isupper() or len(part.text.split()) > _MOST_WORDS:
            continue
        before = sentence.line.text[max(sentence.start, mark.start - _LONGEST_AT) : mark.start]
        other = is_generic(part.text) or is_platform(part.text) or conference_like(part.text)
        if _AT.search(before) and not other and not likely_people(part.text):
            return part
    return None


HOURS_OF_EVENT = timedelta(hours=5)
"""What a sentence without a link or a name says to last longer are the hours of the event around it."""


def _whole_day(session: DraftSession) -> bool:
    if session.url or session.people or not isinstance(session.start, datetime):
        return False
    return isinstance(session.end, datetime) and session.end - session.start >= HOURS_OF_EVENT


def _of_heading(title: Title, context: Context) -> bool:
    """Whether the heading right above names the session, and not the title of the post."""
    return context.headed and context.title is not None and title.part.line is context.title.line


def _without_past(book: Book, count: int) -> None:
    """Drop the sessions from `count` on that lie before the post: running text tells what has been."""
    if book.anchor is None:
        return
    eve = book.anchor - timedelta(days=1)
    new = book.sessions[count:]
    told = [one for one in new if one.day is not None and one.day < eve]
    if told:
        book.sessions[count:] = [one for one in new if one.day is None or one.day >= eve]
        book.past += told


def _opening_hours(when: When) -> bool:
    """ "Mon-Thu, 9:00 - 15:00" is when somebody is there, not something to attend."""
    return when.days is not None and when.days.ranged and when.days.days[0].day is None


def _together(moments: list[Moment]) -> list[Moment]:
    """The first times of a sentence; one far behind them is of something else it mentions."""
    near = [moments[0]] if moments else []
    for before, moment in pairwise(moments):
        if moment.when.at[0] - before.when.at[1] > FAR:
            break
        near.append(moment)
    return near
