"""Owns the front-matter dialect: `events:` and `sessions:` with every field, and overrides of what prose said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args
from zoneinfo import ZoneInfo, available_timezones

from feeds.model import Place, Status
from feeds.post.front_matter import FrontMatter, KeyPath
from feeds.source import Span
from feeds.understand.context import Book
from feeds.understand.draft import DraftEvent, DraftPerson, DraftSession, Read
from feeds.understand.events import same_event
from feeds.understand.people import read_people
from feeds.understand.places import place_named
from feeds.understand.when import find_when, resolve_days, resolve_times
from feeds.understand.when.values import Problem

if TYPE_CHECKING:
    from feeds.post import Post

EVENT_KEYS = ("name", "title", "slug", "uid", "start", "end", "date", "dates", "city", "country", "timezone", "venue",
              "url", "online", "description", "image", "status")  # fmt: skip
SESSION_KEYS = ("match", "title", "slug", "uid", "event", "track", "format", "speakers", "speaker", "date", "start",
                "end", "duration", "all_day", "timezone", "room", "room_url", "url", "conference_url", "description",
                "image", "status")  # fmt: skip
MOST_ENTRIES = 5_000


@dataclass(slots=True)
class Structured:
    """What the front matter says: sessions of its own, and changes to sessions that prose will tell."""

    sessions: list[tuple[DraftSession, frozenset[str]]] = field(default_factory=list)
    overrides: list[tuple[str, DraftSession, frozenset[str], Span]] = field(default_factory=list)
    complete: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """One mapping in the front matter, read with its path so that every error has a line."""

    book: Book
    front: FrontMatter
    path: KeyPath
    data: Mapping[str, Any]

    def span(self, key: str | None = None) -> Span:
        return self.front.span(*self.path, *((key,) if key else ()))

    def text(self, key: str) -> str | None:
        value = self.data.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return str(value).strip()
        self.wrong(key, value, "a text", f"{key}: …")
        return None

    def read(self, key: str) -> Read:
        return Read(
            how="read",
            span=self.span(key),
            why=f"`{'.'.join(map(str, (*self.path, key)))}` in the front matter",
        )

    def wrong(self, key: str, value: object, wanted: str, remedy: str) -> None:
        shown = str(value).replace("\n", " ")[:60]
        self.book.tell(
            "invalid-value", f"`{key}` is `{shown}`, which is not {wanted}", span=self.span(key), help=remedy
        )


def read_structured(post: Post, book: Book) -> Structured:
    """The events and sessions of the front matter; events go into the book at once.

    Reports: unknown-key, invalid-value, missing-value.
    """
    found = Structured()
    for entry in _entries(post.front, book, "events", "event"):
        _unknown(entry, EVENT_KEYS)
        if event := _event(entry):
            book.events.append(event)
    for entry in _entries(post.front, book, "sessions", "session"):
        _unknown(entry, SESSION_KEYS)
        _session(entry, found)
    return found


def _entries(front: FrontMatter, book: Book, plural: str, singular: str) -> Iterator[_Entry]:
    for key in (plural, singular):
        value = front.data.get(key)
        if isinstance(value, Mapping):
            yield _Entry(book, front, (key,), value)
        elif isinstance(value, list):
            for index, item in enumerate(value[:MOST_ENTRIES]):
                if isinstance(item, Mapping):
                    yield _Entry(book, front, (key, index), item)
                elif any(isinstance(other, Mapping) for other in value):
                    _Entry(book, front, (key,), {}).wrong(
                        str(index), item, f"a mapping like the other {key}", "title: …"
                    )


def _unknown(entry: _Entry, keys: Sequence[str]) -> None:
    for key in entry.data:
        if key not in keys:
            near = get_close_matches(key, keys, n=1, cutoff=0.6)
            remedy = (
                f"did you mean `{near[0]}`?"
                if near
                else f"known keys are {', '.join(f'`{k}`' for k in keys)}"
            )
            span = entry.front.keys.get((*entry.path, key), entry.span())
            entry.book.tell("unknown-key", f"the key `{key[:60]}` is not known here", span=span, help=remedy)


def _event(entry: _Entry) -> DraftEvent | None:
    name = entry.text("name") or entry.text("title")
    if name is None:
        entry.book.tell("missing-value", "this event has no `name`", span=entry.span(), help="name: WASM I/O")
        return None
    first, last = _days(entry)
    place = _place(entry)
    reads = {key: entry.read(key) for key in entry.data}
    reads["name"] = entry.read("name" if "name" in entry.data else "title")
    return DraftEvent(
        key=len(entry.book.events),
        name=name,
        first=first,
        last=last,
        place=place,
        timezone=_zone(entry),
        url=_url(entry, "url"),
        venue=entry.text("venue"),
        online=entry.data.get("online") is True,
        description=entry.text("description") or "",
        image=entry.text("image"),
        status=_status(entry),
        slug=entry.text("slug"),
        uid=_uid(entry),
        stated=True,
        span=reads["name"].span,
        reads=reads,
    )


def _days(entry: _Entry) -> tuple[date | None, date | None]:
    """First and last day, both inclusive, as an author writes them."""
    for key in ("dates", "date"):
        if (text := entry.text(key)) is not None:
            found = _parse_days(entry, key, text)
            return found if found else (None, None)
    first = _parse_days(entry, "start", entry.text("start"))
    last = _parse_days(entry, "end", entry.text("end"))
    if first and last and last[1] < first[0]:
        entry.book.tell("end-before-start", f"the event ends on `{last[1]}`, before it starts on `{first[0]}`",
                        span=entry.span("end"), help=f"end: {first[0]}")  # fmt: skip
        return first[0], None
    return (first[0] if first else None, (last or first or (None, None))[1])


def _parse_days(entry: _Entry, key: str, text: str | None) -> tuple[date, date] | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        pass
    else:
        return day, day
    when = next((one for one in find_when(text) if one.days), None)
    found = (
        resolve_days(when.days, anchor=entry.book.anchor, frame=entry.book.year_frame)
        if when and when.days
        else None
    )
    if found is None or isinstance(found, Problem):
        entry.wrong(key, text, "a day that exists", f"{key}: 2024-03-14")
        return None
    return found.first, found.last


def _place(entry: _Entry) -> Place | None:
    city = entry.text("city")
    if city is None:
        return None
    country = entry.text("country")
    found = place_named(city, country=country)
    if not found:
        entry.book.tell("unknown-city", f"the city `{city[:60]}` is not in the gazetteer", span=entry.span("city"),
                        help="write its zone: `timezone: Europe/Madrid`")  # fmt: skip
        return None
    if (
        country is None
        and len(found) > 1
        and found[1].country != found[0].country
        and "timezone" not in entry.data
    ):
        entry.book.tell("ambiguous-city", f"`{city[:60]}` was read as {found[0].city}, {found[0].country}",
                        span=entry.span("city"), help=f"country: {found[0].country}") if _alike(found) else None  # fmt: skip
    return found[0]


def _alike(found: Sequence[Place]) -> bool:
    return found[0].timezone != found[1].timezone and found[0].city == found[1].city


def _zone(entry: _Entry) -> str | None:
    zone = entry.text("timezone")
    if zone is None or zone in available_timezones():
        return zone
    near = get_close_matches(zone, sorted(available_timezones()), n=1, cutoff=0.5)
    entry.wrong("timezone", zone, "an IANA time zone", f"timezone: {near[0] if near else 'Europe/Madrid'}")
    return None


def _url(entry: _Entry, key: str) -> str | None:
    url = entry.text(key)
    if url is None or url.startswith(("https://", "http://", "mailto:")):
        return url
    entry.wrong(key, url, "an address", f"{key}: https://…")
    return None


def _status(entry: _Entry) -> Status:
    status = (entry.text("status") or "confirmed").lower()
    status = {"canceled": "cancelled"}.get(status, status)
    if status in get_args(Status):
        return status  # type: ignore[return-value]  # just checked
    entry.wrong("status", status, "a status", f"status: one of {', '.join(get_args(Status))}")
    return "confirmed"


def _uid(entry: _Entry) -> str | None:
    uid = entry.text("uid")
    if uid is None or (
        1 <= len(uid.encode()) <= 191 and uid.isprintable() and uid.isascii() and " " not in uid
    ):
        return uid
    entry.wrong("uid", uid, "up to 191 printable ASCII characters without spaces", "uid: my-talk-2024")
    return None


def _session(entry: _Entry, found: Structured) -> None:
    title, match = entry.text("title"), entry.text("match")
    if title is None and match is None:
        entry.book.tell("missing-value", "this session has neither `title` nor `match`", span=entry.span(),
                        help="title: Mind the Gap")  # fmt: skip
        return
    draft, given = _draft(entry, title or match or "")
    if match is not None:
        found.overrides.append((match, draft, given, entry.span("match")))
    else:
        found.sessions.append((draft, given))


def _draft(entry: _Entry, title: str) -> tuple[DraftSession, frozenset[str]]:
    event = _event_key(entry)
    zone = _zone(entry) or _event_zone(entry.book, event)
    start, end = _times(entry, event, zone)
    people = _people(entry)
    reads = {key: entry.read(key) for key in entry.data}
    values: dict[str, Any] = {
        "title": title, "event": event, "track": entry.text("track"), "format": entry.text("format"),
        "people": people, "start": start, "end": end, "timezone": zone if isinstance(start, datetime) or start is None else None,
        "room": entry.text("room"), "room_url": _url(entry, "room_url"), "url": _url(entry, "url"),
        "conference_url": _url(entry, "conference_url"), "description": entry.text("description") or "",
        "image": entry.text("image"), "status": _status(entry), "slug": entry.text("slug"), "uid": _uid(entry),
    }  # fmt: skip
    given = frozenset(entry.data) | ({"people"} if people else frozenset())
    draft = DraftSession(**values, span=reads.get("title", entry.read("match")).span, reads=reads)
    if start is None and "match" not in entry.data:
        entry.book.tell("undated-session", f"the session `{title[:60]}` has no start, so it is listed but not published",
                        span=draft.span, help="start: 2024-03-14 14:40")  # fmt: skip
    elif isinstance(start, datetime) and zone is None:
        entry.book.tell("zone-unknown", f"nothing says in which time zone `{title[:60]}` is", span=draft.span,
                        help="timezone: Europe/Madrid")  # fmt: skip
    return draft, given


def _event_key(entry: _Entry) -> int | None:
    name = entry.text("event")
    if name is None:
        return 0 if entry.book.events else None
    for event in entry.book.events:
        if name in (event.slug, event.name) or same_event(event.name, name):
            return event.key
    entry.book.events.append(DraftEvent(key=len(entry.book.events), name=name, span=entry.span("event")))
    return len(entry.book.events) - 1


def _event_zone(book: Book, key: int | None) -> str | None:
    if key is None:
        return book.default_zone
    event = book.events[key]
    return event.timezone or (event.place.timezone if event.place else None) or book.default_zone


def _times(
    entry: _Entry, event: int | None, zone: str | None
) -> tuple[datetime | date | None, datetime | date | None]:
    text = entry.text("start") or entry.text("date")
    if text is None:
        return None, None
    day = _parse_days(entry, "date", entry.text("date")) if "date" in entry.data else None
    start = _moment(entry, "start", text, day[0] if day else _only_day(entry.book, event), zone)
    if start is None:
        return None, None
    base = start.date() if isinstance(start, datetime) else start
    end_text = entry.text("end")
    end = _moment(entry, "end", end_text, base, zone) if end_text else None
    if isinstance(start, datetime):
        return start, _end_of(entry, start, end)
    last = end.date() if isinstance(end, datetime) else end
    return start, (last or (day[1] if day else start)) + timedelta(days=1)


def _end_of(entry: _Entry, start: datetime, end: datetime | date | None) -> datetime | None:
    minutes = entry.text("duration")
    if end is None and minutes is not None:
        digits = "".join(char for char in minutes if char.isdigit())
        if (
            digits
            and int(digits) <= 1440 * 7
            and minutes.replace(digits, "").strip() in ("", "min", "minutes", "m")
        ):
            return start + timedelta(minutes=int(digits))
        entry.wrong("duration", minutes, "a number of minutes", "duration: 30")
    if not isinstance(end, datetime):
        return None
    if end <= start:
        entry.book.tell("end-before-start", f"the session ends at `{end:%H:%M}`, not after it starts at `{start:%H:%M}`",
                        span=entry.span("end"), help="put the later time into `end`")  # fmt: skip
        return None
    return end


def _only_day(book: Book, event: int | None) -> date | None:
    found = book.events[event] if event is not None else None
    return (
        found.first if found is not None and found.first is not None and found.first == found.last else None
    )


def _moment(entry: _Entry, key: str, text: str, day: date | None, zone: str | None) -> datetime | date | None:
    """A local time or a day from ISO 8601, a bare time on a known day, or words."""
    try:
        found = datetime.fromisoformat(text.replace(" ", "T", 1) if text[4:5] == "-" else "x")
    except ValueError:
        return _clock(entry, key, text, day, zone)
    if len(text) <= 10:
        return found.date()
    if found.tzinfo is not None:
        return found.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if zone else found.replace(tzinfo=None)
    return _checked(entry, key, found, zone)


def _checked(entry: _Entry, key: str, found: datetime, zone: str | None) -> datetime | None:
    """Local times that the zone skips do not exist (RFC 5545 §3.3.5)."""
    if zone is not None:
        aware = found.replace(tzinfo=ZoneInfo(zone))
        back = datetime.fromtimestamp(aware.timestamp(), ZoneInfo(zone)).replace(tzinfo=None)
        if back != found:
            entry.book.tell("time-in-gap", f"`{found:%Y-%m-%d %H:%M}` does not exist in {zone}: clocks skip it",
                            span=entry.span(key), help=f"{key}: {back:%Y-%m-%d %H:%M}")  # fmt: skip
            return None
    return found


def _clock(entry: _Entry, key: str, text: str, day: date | None, zone: str | None) -> datetime | date | None:
    whens = find_when(text)
    when = whens[0] if whens else None
    if when is not None and when.days is not None:
        found = resolve_days(when.days, anchor=entry.book.anchor, frame=entry.book.year_frame)
        day = None if isinstance(found, Problem) else found.first
    if when is None or (day is None and when.times):
        entry.wrong(key, text, "a day and a time", f"{key}: 2024-03-14 14:40")
        return None
    if not when.times:
        return day
    assert day is not None  # noqa: S101 - checked above
    resolved = resolve_times(when.times[0], day=day, city_zone=zone, note_zone=None, default_zone=zone)
    if isinstance(resolved, Problem):
        entry.book.tell(resolved.rule, resolved.message, span=entry.span(key), help=resolved.help)
        return None
    return _checked(entry, key, resolved.start, zone)


def _people(entry: _Entry) -> tuple[DraftPerson, ...]:
    value = entry.data.get("speakers", entry.data.get("speaker"))
    key = "speakers" if "speakers" in entry.data else "speaker"
    items = value if isinstance(value, list) else [value] if value else []
    found: list[DraftPerson] = []
    for index, item in enumerate(items[:200]):
        span = entry.front.span(*entry.path, key, index)
        if isinstance(item, Mapping) and isinstance(item.get("name"), str):
            found.append(DraftPerson(name=str(item["name"]).strip(), affiliation=_said(item, "affiliation", "organisation"),
                                     url=_said(item, "url"), span=span))  # fmt: skip
        elif isinstance(item, str) and item.strip():
            people = read_people(item, organisations=entry.book.organisations, known=entry.book.known)
            found += [
                DraftPerson(name=p.name, affiliation=p.affiliation, url=p.url, span=span) for p in people
            ] or [DraftPerson(name=item.strip(), span=span)]
        else:
            entry.wrong(key, item, "a name", f"{key}: [Ada Lovelace, Grace Hopper]")
    return tuple(found)


def _said(item: Mapping[str, Any], *keys: str) -> str | None:
    return next(
        (str(item[key]).strip() for key in keys if isinstance(item.get(key), str) and item[key].strip()), None
    )


def override(book: Book, structured: Structured) -> None:
    """Lay the front matter over what prose said, field by field, and add the sessions only it knows.

    Reports: unmatched-override.
    """
    for draft, given in structured.sessions:
        at = _find(book.sessions, lambda session, title=draft.title: _plain(session.title) == _plain(title))  # type: ignore[misc]
        if at is None:
            book.sessions.append(draft)
        else:
            book.sessions[at] = _laid(book.sessions[at], draft, given)
    for match, draft, given, span in structured.overrides:
        hits = [
            i for i, s in enumerate(book.sessions) if _plain(match) in (_plain(s.title), _plain(s.url or ""))
        ]
        hits = hits or [
            i for i, s in enumerate(book.sessions) if _plain(match.rstrip("….")) in _plain(s.title)
        ]
        if not hits:
            titles = [session.title for session in book.sessions]
            near = get_close_matches(match, titles, n=1, cutoff=0.4)
            book.tell("unmatched-override", f"no session of this post matches `{match[:60]}`", span=span,
                      help=f"match: {near[0]}" if near else "write a part of the session's title")  # fmt: skip
        for at in hits:
            book.sessions[at] = _laid(book.sessions[at], draft, given)


def _find(sessions: Sequence[DraftSession], wanted: Callable[[DraftSession], bool]) -> int | None:
    return next((index for index, session in enumerate(sessions) if wanted(session)), None)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


_FIELDS = {"speaker": "people", "speakers": "people", "date": "start", "duration": "end", "all_day": "start"}


def _laid(session: DraftSession, draft: DraftSession, given: frozenset[str]) -> DraftSession:
    """The session with the fields that the front matter gives."""
    names = {_FIELDS.get(key, key) for key in given} - {"match"}
    if "match" in given and "title" not in given:
        names.discard("title")
    changes = {name: getattr(draft, name) for name in names if hasattr(draft, name)}
    if "start" in changes and changes["start"] is None:
        del changes["start"]
    if "start" in changes and draft.timezone is not None:
        changes["timezone"] = draft.timezone
    if "end" in names and "start" not in names and isinstance(session.start, datetime) and draft.end is None:
        changes.pop("end", None)
    changes["reads"] = {**session.reads, **{key: read for key, read in draft.reads.items() if key in given}}
    changes["held"] = None if {"start", "timezone"} & names else session.held
    return replace(session, **changes)


_ = time
