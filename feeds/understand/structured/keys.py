"""Owns the keys of events, sessions and speakers in front matter, and what people write instead.

docs/front-matter.schema.json says the same to editors; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

EVENT_KEYS: Final = (
    *("name", "title", "slug", "uid", "start", "end", "date", "dates", "city", "country", "timezone"),
    *("venue", "url", "online", "description", "image", "status"),
)
SESSION_KEYS: Final = (
    *("match", "ignore", "title", "slug", "uid", "event", "track", "format", "speakers", "speaker", "date"),
    *("start", "end", "duration", "all_day", "timezone", "room", "room_url", "url", "conference_url"),
    *("description", "image", "status"),
)
SPEAKER_KEYS: Final = ("name", "affiliation", "url")

_TIMES: Final = {
    "tz": "timezone",
    "time_zone": "timezone",
    "zone": "timezone",
    "start_date": "start",
    "start_time": "start",
    "begin": "start",
    "end_date": "end",
    "end_time": "end",
    "until": "end",
    "link": "url",
    "website": "url",
    "summary": "description",
    "abstract": "description",
    "cover": "image",
}
EVENT_SYNONYMS: Final[Mapping[str, str]] = _TIMES | {
    "location": "venue",
    "place": "city",
    "town": "city",
    "virtual": "online",
    "event": "name",
    "day": "date",
}
SESSION_SYNONYMS: Final[Mapping[str, str]] = _TIMES | {
    "name": "title",
    "talk": "title",
    "time": "start",
    "when": "start",
    "day": "date",
    "location": "room",
    "venue": "room",
    "where": "room",
    "presenter": "speakers",
    "presenters": "speakers",
    "authors": "speakers",
    "people": "speakers",
    "type": "format",
    "kind": "format",
    "length": "duration",
    "conference": "event",
    "video": "conference_url",
    "meeting": "conference_url",
    "skip": "ignore",
    "hide": "ignore",
}
SPEAKER_SYNONYMS: Final[Mapping[str, str]] = {
    "organisation": "affiliation",
    "organization": "affiliation",
    "org": "affiliation",
    "company": "affiliation",
    "employer": "affiliation",
    "title": "name",
    "link": "url",
    "website": "url",
}
