"""Owns the rules of HTTP that a stored representation needs: dates, validators and codings (RFC 9110)."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = f"(?P<month>{'|'.join(MONTHS)})"
_CLOCK = r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
# RFC 9110 section 5.6.7: the one form that is sent, and the two old ones that must still be read.
_DATE_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_WEEKDAY}, (?P<day>\d\d) {_MONTH} (?P<year>\d{{4}}) {_CLOCK} GMT",
        rf"[A-Z][a-z]{{5,8}}, (?P<day>\d\d)-{_MONTH}-(?P<year>\d\d) {_CLOCK} GMT",
        rf"{_WEEKDAY} {_MONTH} (?P<day>[ \d]\d) {_CLOCK} (?P<year>\d{{4}})",
    )
)
_ENTITY_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_WEIGHT = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)
_LONGEST_FIELD = 4096
_SMALLEST_GZIP = 256


def http_date(moment: datetime) -> str:
    """An aware time as HTTP writes it."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def parse_http_date(text: str) -> datetime | None:
    """The time of an HTTP-date; None for anything else, which the caller must ignore."""
    found = next((match for form in _DATE_FORMS if (match := form.fullmatch(text))), None)
    if found is None:
        return None
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 1900 if year >= 70 else 2000
    hour, minute, second = (int(found[part]) for part in ("hour", "minute", "second"))
    try:
        return datetime(
            year, MONTHS.index(found["month"]) + 1, int(found["day"]), hour, minute, second, tzinfo=UTC
        )
    except ValueError:
        return None


def not_modified(
    headers: Mapping[str, str], *, etag: str, last_modified: datetime | None, now: datetime
) -> bool:
    """Whether a GET or HEAD is answered 304 (RFC 9110 section 13.2.2); header names are lower case.

    If-Modified-Since counts only without If-None-Match and only when it is a date that is not in the
    future: a server that answered 304 to any such header froze Apple's subscribers.
    """
    wanted = headers.get("if-none-match")
    if wanted is not None:
        return _names(wanted, etag)
    since = parse_http_date(headers.get("if-modified-since", ""))
    if since is None or last_modified is None or since > now:
        return False
    return last_modified.replace(microsecond=0) <= since


def _names(wanted: str, etag: str) -> bool:
    """Weak comparison with each tag of a list; a proxy may have made our strong tag weak."""
    if wanted.strip() == "*":
        return True
    return etag.removeprefix("W/") in _ENTITY_TAG.findall(wanted[:_LONGEST_FIELD])


@lru_cache(maxsize=512)
def accepts_gzip(accept_encoding: str) -> bool:
    """Whether gzip is named with a weight that is not below the one of plain bytes (RFC 9110 section 12.5.3).

    `*` alone does not name it: a calendar program that failed on gzip is worse than some more bytes.
    """
    weights = _weights(accept_encoding)
    gzip = weights.get("gzip", weights.get("x-gzip", 0.0))
    plain = weights.get("identity", weights.get("*", 0.0))
    return gzip > 0 and gzip >= plain


def gains_by_gzip(body: bytes) -> bool:
    """Whether compressing is worth its frame."""
    return len(body) >= _SMALLEST_GZIP


def gzipped(body: bytes) -> bytes:
    """The body in gzip; the same bytes on every worker and machine, so that its tag is strong."""
    return gzip.compress(body, 6, mtime=0)


def prefers_json(accept: str) -> bool:
    """Whether an error is better told as JSON than as a page."""
    weights = _weights(accept)
    json = max(
        (weights.get(kind, 0.0) for kind in ("application/json", "application/problem+json")), default=0.0
    )
    return json > max(weights.get("text/html", 0.0), weights.get("text/plain", 0.0))


def _weights(field: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for item in field[:_LONGEST_FIELD].split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        found = next((match for part in parameters if (match := _WEIGHT.fullmatch(part))), None)
        weights[name.lower()] = float(found[1]) if found else 1.0
    return weights
