"""Owns the command that starts a post: new."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from feeds.cli.options import Failure, asked_folder, posts_option

_TEMPLATE = """\
---
title: {quoted}
date: {written}
---

A sentence or two about what this is and for whom.

## {title}, {city}, {days}

### Opening words

When: {day}, 09:30 - 10:00
Where: Hall A
Speaker: Ada Example, Example Foundation

### Lunch and conversations

When: {day}, 12:00 - 13:00
"""


@click.command()
@click.argument("title", required=False, metavar="[TITLE]")
@click.option(
    "--city", default="Lisbon", show_default=True, help="Where it is; the city gives the time zone."
)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="When it is.")
@posts_option
@click.pass_context
def new(
    ctx: click.Context, *, title: str | None, city: str, day: datetime | None, posts: Path | None
) -> None:
    """Start a post: `feeds new "Autumn meetup" --city Oslo --date 2027-10-12`.

    Writes DATE-title.md into the folder of posts and never overwrites a file. Without a title the post is
    printed instead.
    """
    today = date.today()  # noqa: DTZ011 - the day on the author's own calendar
    starts = day.date() if day else today + timedelta(days=60)
    if title is None:
        click.echo(draft("Example Summit", city=city, day=starts, written=today), nl=False)
        return
    path = asked_folder(ctx, posts) / f"{starts.isoformat()}-{slug(title)}.md"
    _write(path, draft(title, city=city, day=starts, written=today))
    click.echo(f"Wrote {path}; look at it with `feeds show {path}`.")


def draft(title: str, *, city: str, day: date, written: date) -> str:
    """A post to start from, which compiles without findings; `written` is the day of writing."""
    for name, text in (("title", title), ("city", city)):
        if not text.strip() or not text.isprintable():
            raise Failure(f"The {name} has to be one line of text.")
    words = f"{day:%A}, {day.day} {day:%B %Y}"
    return _TEMPLATE.format(
        quoted=json.dumps(title.strip(), ensure_ascii=False),
        title=title.strip(),
        city=city.strip(),
        written=min(day, written).isoformat(),
        days=f"{day.day} {day:%B %Y}",
        day=words,
    )


def slug(title: str) -> str:
    """The title as a part of a file name: `Café & Co.` is `cafe-co`."""
    plain = unicodedata.normalize("NFKD", title).casefold()
    kept = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return re.sub(r"[^\w]+", "-", kept).strip("-")[:80].rstrip("-") or "post"


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise Failure(f"`{path}` is there already; give another title or another --date.") from None
    except OSError as error:
        raise Failure(f"`{path}` cannot be written: {error.strerror}.") from None
