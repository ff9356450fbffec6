"""Owns the command that says where each value of a session comes from: explain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

import click
from rich.text import Text

from feeds.cli.agenda import why_not
from feeds.cli.compiling import compiled
from feeds.cli.options import Failure, posts_option
from feeds.cli.printing import say
from feeds.diagnostics.plain import visible
from feeds.listing import local
from feeds.model import Origin, Schedule, Session

_FIELDS: Final = (
    *("title", "event", "day", "start", "end", "timezone", "track", "format", "speakers", "room", "room_url"),
    *("url", "conference_url", "status", "image", "description", "uid"),
)
_STYLES: Final = {"read": "green", "inherited": "cyan", "defaulted": "yellow"}
_COLUMN: Final = 16


@click.command()
@click.argument("session", metavar="SESSION")
@posts_option
@click.pass_context
def explain(ctx: click.Context, *, session: str, posts: Path | None) -> None:
    """Say where each value of a session comes from.

    SESSION is its slug or a part of its title.
    """
    schedule = compiled(ctx, posts).schedule
    match matching(schedule, session):
        case []:
            raise Failure(suggestion(schedule, session))
        case [only]:
            say(explanation(only, schedule=schedule))
        case several:
            say(choices(several))
            raise Failure(f"{len(several)} sessions match; give one of the names on the left.")


def matching(schedule: Schedule, wanted: str) -> list[Session]:
    """The session with this slug or UID, else those whose slug or title holds the words."""
    exact = [session for session in schedule.sessions if wanted in {session.slug, session.uid}]
    if exact:
        return exact
    part = wanted.casefold().strip()
    return [
        session
        for session in schedule.sessions
        if part and (part in session.title.casefold() or part in session.slug)
    ]


def suggestion(schedule: Schedule, wanted: str) -> str:
    """What to say when nothing matches."""
    names = {session.title.casefold(): session.slug for session in schedule.sessions}
    names |= {session.slug: session.slug for session in schedule.sessions}
    close = get_close_matches(wanted.casefold(), names, n=1, cutoff=0.5)
    hint = f"did you mean `feeds explain {names[close[0]]}`?" if close else "see them all with `feeds show`."
    return f"No session matches `{visible(wanted)}`; {hint}"


def choices(sessions: Sequence[Session]) -> Text:
    """The sessions that match, one a line: slug, start, title."""
    column = max(len(session.slug) for session in sessions) + 2
    lines = [
        Text.assemble((session.slug.ljust(column), "bold"), (f"{local(session.start) or '?':18}", "dim"),
                      visible(session.title))
        for session in sessions
    ]  # fmt: skip
    return Text("\n").join(lines)


def explanation(session: Session, *, schedule: Schedule) -> Text:
    """Each value with how it came about; values nobody gave are left out."""
    head = [
        Text(visible(session.title), style="bold"),
        Text(f"{_place(session)}  {session.slug}", style="dim"),
    ]
    if not session.published:
        head.append(Text(f"Not published: {why_not(session)}.", style="yellow"))
    fields = [*_FIELDS, *sorted(set(session.origins) - set(_FIELDS))]
    body = [line for field in fields for line in _field(field, session=session, schedule=schedule)]
    return Text("\n").join([*head, Text(), *body])


def _place(session: Session) -> str:
    return visible(f"{session.posts[0] if session.posts else '?'}:{session.line}")


def _field(field: str, *, session: Session, schedule: Schedule) -> Iterator[Text]:
    value, origin = _value(field, session=session, schedule=schedule), session.origins.get(field)
    if value is None and origin is None:
        return
    yield Text.assemble((field.ljust(_COLUMN), "bold"), visible(_short(value or "–")))
    if origin is not None:
        yield Text.assemble(" " * _COLUMN, (origin.how, _STYLES[origin.how]), f" {_whence(origin)}")


def _value(field: str, *, session: Session, schedule: Schedule) -> str | None:
    match field:
        case "start":
            return local(session.start)
        case "end":
            return local(session.end)
        case "day":
            # A day may be inherited where the time is read; where nothing says so, `start` says it all.
            return (local(session.start) or "")[:10] or None if "day" in session.origins else None
        case "speakers":
            names = {speaker.slug: speaker.name for speaker in schedule.speakers}
            return ", ".join(names.get(slug, slug) for slug in session.speakers) or None
        case _:
            value = getattr(session, field, None)
            return str(value) if value else None


def _whence(origin: Origin) -> str:
    where = f"{origin.path}:{origin.line}:{origin.column}"
    words = f" “{_short(origin.words)}”" if origin.words else ""
    why = f" – {origin.why}" if origin.why and origin.how != "read" else ""
    verb = {"read": "at", "inherited": "from", "defaulted": "at"}[origin.how]
    return visible(f"{verb} {where}{words}{why}")


def _short(text: str, *, longest: int = 120) -> str:
    line = " ".join(text[: longest * 4].split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
