"""Owns the understanding of one post: title and dates, front matter, prose, and what is tidied at the end."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from feeds.settings import Settings
from feeds.understand.byline import written_on
from feeds.understand.context import Book
from feeds.understand.described import describe_sections
from feeds.understand.draft import Draft
from feeds.understand.headings import year_of
from feeds.understand.introduction import TITLE_KEYS, introduce
from feeds.understand.lasting import give_ends
from feeds.understand.links import lead_away, page_of, published_at, whole
from feeds.understand.outline import outline
from feeds.understand.prose import read_prose
from feeds.understand.room_of_all import give_room
from feeds.understand.structured import override, read_structured
from feeds.understand.tidy import tidy
from feeds.understand.when import parse_post_date
from feeds.understand.when.values import YEARS

if TYPE_CHECKING:
    from feeds.post import FrontMatter, Post

__all__ = ["Draft", "understand"]

_DATE_KEYS = (
    *("date", "publishdate", "pubdate", "publicationdate", "datepublished", "published", "publishedat"),
    *("publishedon", "publishedtime", "createdat", "created", "postdate", "posted", "postedat", "day"),
    *("datum", "fecha"),
    *("lastmod", "updated", "modified", "changed", "lastupdated"),
)
_TEXT_KEYS = ("description", "summary", "excerpt", "ogSummary", "subtitle", "Summary")


def understand(post: Post, settings: Settings, *, known: Collection[str] = ()) -> Draft:
    """What a post says by itself; `known` are full names met in other posts.

    Reports: every rule of time, places, front matter and `looks-like-a-session`.
    """
    title = _title(post)
    published = _published(post)
    book = Book(
        source=post.source,
        anchor=published,
        year_frame=_year_frame(post, title, published),
        default_zone=settings.timezone,
        organisations=settings.organisations,
        website=settings.website,
        known=tuple(known),
    )
    structured = read_structured(post, book)
    if not structured.complete:
        root = outline(post.blocks)
        describe_sections(root)
        context = introduce(book, post, root=root, title=title)
        if structured.zone is not None and context.zone is None:
            context = context._replace(zone=structured.zone[0], zone_read=structured.zone[1])
        read_prose(book, root, context=context)
        give_room(book, root)
        give_ends(book, root)
    tidy(book, published=published, title=title, recap=_recap(post))
    override(book, structured)
    image, page = (
        _image(post.front.data),
        page_of(settings.website, post.front.text("permalink", "url", "path")),
    )
    lead_away(book, page=page)
    image = whole(image, page=page)
    return Draft(
        source=post.source,
        title=title,
        description=post.front.text(*_TEXT_KEYS) or "",
        image=image,
        author=_author(post.front.data),
        url=published_at(post.front, website=settings.website),
        language=_language(post.front),
        published=published,
        stamp=_stamp(post, published),
        slug=post.front.text("slug"),
        events=tuple(book.events),
        sessions=tuple(book.sessions),
        findings=tuple(book.findings),
        lost=book.lost,
        hidden=post.front.data.get("draft") is True or post.front.data.get("published") is False,
    )


_RECAP = re.compile(
    r"(?i)\b(?:recaps?|reports|retrospectives?|event reports?|rückblicke?|nachberichte?|comptes?[- ]rendus?|"
    r"rétrospectives?|resúmenes|resumen|crónicas?|retrospectivas?|resumos?|resocont[oi]|riepilog[ohi]+|"
    r"terugblik(?:ken)?|verslag(?:en)?)\b"
)


def _recap(post: Post) -> bool:
    """Whether the tags or categories of a post say that it looks back."""
    for key, value in post.front.data.items():
        if str(key).lower() in ("tags", "tag", "category", "categories", "categorie", "kategorie", "type"):
            texts = value if isinstance(value, list) else [value]
            if any(isinstance(text, str) and _RECAP.search(text[:200]) for text in texts[:50]):
                return True
    return False


def _title(post: Post) -> str:
    if title := post.front.text(*TITLE_KEYS):
        return title
    first = next((block for block in post.blocks if block.kind == "heading"), None)
    if first is not None and first.lines:
        return first.lines[0].text
    stem = post.path.rsplit("/", 1)[-1].removesuffix(".md")
    return re.sub(r"^\d{4}-\d{2}-\d{2}-", "", stem).replace("-", " ").strip() or stem


def _published(post: Post) -> date | None:
    """The post's own date: front matter, else the file's name, a dated path, "Posted on 3 May 2024"."""
    for value in _dates(post):
        if found := parse_post_date(value):
            return found
    year, rest = post.front.text("pub-year"), post.front.text("pub-date")
    if year and rest and (found := parse_post_date(f"{rest} {year}")):
        return found
    name = re.search(r"(\d{4})[-_/](\d{1,2})[-_/](\d{1,2})", post.path.rsplit("/", 1)[-1])
    path = post.front.text("path", "permalink", "slug", "url")
    for found_text in (name[0] if name else None, path):
        if found_text and (found := parse_post_date(found_text)):
            return found
    lines = (line for block in post.blocks[:_FIRST_BLOCKS] for line in block.lines)
    return written_on(lines)


_FIRST_BLOCKS = 5
"""A line that says when the post was written stands among these."""


def _dates(post: Post) -> list[str]:
    """The values of keys that hold the post's date, the surest first, however the key is spelt."""
    plain = {re.sub(r"[^a-z]", "", str(key).lower()): str(key) for key in reversed(list(post.front.data))}
    values = (post.front.text(plain[key]) for key in _DATE_KEYS if key in plain)
    return [value for value in values if value]


def _year_frame(post: Post, title: str, published: date | None) -> tuple[date, date] | None:
    """The year that the title, the first heading, the file's name or nothing but the text has.

    It counts where the post has no date; the text has to name one year only.
    """
    if published is not None:
        return None
    heading = next(
        (block.lines[0].text for block in post.blocks if block.kind == "heading" and block.lines), ""
    )
    name = _YEAR_IN_NAME.search(post.path.rsplit("/", 1)[-1])
    said = set(_YEAR_SAID.findall(post.source.text))
    only = int(said.pop()) if len(said) == 1 else None
    years = (year_of(title), year_of(heading), int(name[1]) if name else None, only)
    year = next((one for one in years if one is not None and 1990 <= one <= 2100), None)
    return (date(year, 1, 1), date(year, 12, 31)) if year is not None else None


_YEAR_SAID = re.compile(r"(?<![\w/.:#-])(20\d\d)(?![\w/-]|\.\d)")
_YEAR_IN_NAME = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def _stamp(post: Post, published: date | None) -> datetime | None:
    """The post's date as an instant in UTC, the time of day where one is written with an offset."""
    for value in _dates(post)[:1]:
        try:
            moment = datetime.fromisoformat(value.replace(" ", "T", 1))
        except ValueError:
            break
        if moment.tzinfo is not None and moment.year in YEARS:
            return moment.astimezone(UTC).replace(microsecond=0)
    return datetime.combine(published, time(), UTC) if published else None


def _image(data: Any) -> str | None:
    for key in ("image", "ogImage", "cover", "thumbnail", "hero", "featured_image"):
        value = data.get(key)
        if isinstance(value, dict):
            value = value.get("url") or value.get("src")
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")


def _language(front: FrontMatter) -> str | None:
    """What front matter says the post is written in, as RFC 5646 spells it ("pt_BR" is "pt-BR")."""
    said = front.text("lang", "language", "locale", "Lang", "Language")
    tag = said.partition(".")[0].replace("_", "-") if said is not None else ""
    return tag if _TAG.fullmatch(tag) else None


def _author(data: Any) -> str | None:
    for key in ("author", "authors", "author_name", "Author", "by"):
        value = data.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", value).strip()
    return None
