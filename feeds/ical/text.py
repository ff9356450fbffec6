"""Owns how words become content lines: sanitising, escaping, quoting, percent-encoding and folding.

icalendar could write these lines, but not fast and not always right: `Contentline.to_ical` takes 23 µs for a
line of 180 octets and `fold` 1; `vText` turns the letters `\\N` of `C:\\News` into a newline and leaves
control characters in, and one of those loses the whole feed in libical and Home Assistant. So text and folds
are ours, and value types (days, times, durations, addresses, parameters) are icalendar's.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from urllib.parse import quote, urlsplit, urlunsplit

from icalendar import Parameters, vUri

SUMMARY_LIMIT = 254
"""Characters of a SUMMARY or LOCATION that Proton shows."""
DESCRIPTION_LIMIT = 2999
"""Characters of a DESCRIPTION that Proton shows."""
_URI_LIMIT = 2000

# Controls, line separators, what is no character, and the bidirectional embeddings, overrides and isolates:
# left open in a title, those turn around the rest of the line in every list that shows it. The marks
# U+200E, U+200F and U+061C keep no state and stay.
_SPECIAL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[ \n]+")
_RUNS = re.compile(" {2,}")
_MARKS = frozenset({"Mn", "Me", "Mc"})
_PILE = 30
"""Marks on one letter; no script needs more (Stream-Safe Text Format, UAX #15)."""
_BLANK_LINES = re.compile(r"\n{3,}")


def plain(text: str) -> str:
    r"""Text that a calendar can show: NFC, `\n` for every line break, no controls, no stray spaces."""
    if not text.isprintable() and _SPECIAL.search(text):
        text = _BREAKS.sub("\n", text).replace("\t", " ")
        # YAML can write one character as two surrogates; a lone one has no UTF-8 and goes.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
        text = _SPECIAL.sub("", text)
    if not text.isascii():
        text = _without_loose_marks(_composed(text))
    if "  " in text:  # a fold may not be all spaces: vdirsyncer and ics.py take that for a blank line
        text = _RUNS.sub(" ", text)
    if " \n" in text:
        text = "\n".join([line.rstrip(" ") for line in text.split("\n")])
    if "\n\n\n" in text:
        text = _BLANK_LINES.sub("\n\n", text)
    return text.strip(" \n")


def _composed(text: str) -> str:
    """NFC, in linear time: CPython sorts a pile of marks by insertion, 15 seconds for 100 kB of them."""
    # A higher pile covers two neighbours among every fifteenth character.
    sample = [unicodedata.combining(each) > 0 for each in text[:: _PILE // 2]]
    if any(first and second for first, second in pairwise(sample)):
        text = _without_piles(text)
    return unicodedata.normalize("NFC", text)


def _without_piles(text: str) -> str:
    kept, height = [], 0
    for character in text:
        height = height + 1 if unicodedata.combining(character) else 0
        if height <= _PILE:
            kept.append(character)
    return "".join(kept)


def _without_loose_marks(text: str) -> str:
    r"""Text without combining marks at the start of a line: one after an escape would make an `ń` of `\n`."""
    lines = text.split("\n")
    if not any(line.lstrip(" ")[:1] >= "\u0300" for line in lines):
        return text
    return "\n".join([_from_first_base(line) for line in lines])


def _from_first_base(line: str) -> str:
    start = 0
    while start < len(line) and (line[start] == " " or unicodedata.category(line[start]) in _MARKS):
        start += 1
    return line[start:]


def one_line(text: str) -> str:
    """`plain` text on a single line."""
    text = plain(text)
    return _SPACES.sub(" ", text) if "\n" in text else text


@lru_cache(maxsize=16_384)
def label(name: str) -> str:
    """`one_line` for what many sessions share: names of people, rooms, tracks, events, places."""
    return one_line(name)


def clip(text: str, limit: int) -> str:
    """Text of at most `limit` characters; what is cut ends in an ellipsis, at a word where one is near."""
    if len(text) <= limit:
        return text
    end = limit - 1
    space = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end))
    end = space if space > max(end - 40, 0) else end
    while end > limit - 80 and end > 1 and _joined(text, end):
        end -= 1
    return text[:end].rstrip(" \n") + "…"


def escape(text: str) -> str:
    """TEXT (RFC 5545 section 3.3.11)."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


@lru_cache(maxsize=4096)
def parameter(name: str, value: str) -> str:
    """`NAME=value`, quoted where it must be, with the escapes of RFC 6868."""
    return str(Parameters({name: one_line(value)}).to_ical(), "utf-8")


@lru_cache(maxsize=4096)
def uri(text: str | None, *, schemes: tuple[str, ...] = ("https", "http")) -> str | None:
    """An absolute address in ASCII, an IRI percent-encoded; None for all else and for over 2,000 octets."""
    if text is None:
        return None
    if _USUAL.fullmatch(text) and len(text) <= _URI_LIMIT:
        return text
    try:
        parts = urlsplit(plain(text))
        if parts.scheme not in schemes:
            return None
        if parts.scheme in ("http", "https"):
            if not parts.hostname or parts.port == 0:  # a port that is no number raises
                return None
            parts = parts._replace(netloc=_ascii_host(parts.netloc))
        path, query, fragment = (quote(part, safe=_URI_SAFE) for part in parts[2:])
        whole = urlunsplit((parts.scheme, parts.netloc, path, query, fragment))
        found = vUri(whole).to_ical().decode("ascii")
    except (ValueError, UnicodeError):
        return None
    return found if len(found) <= _URI_LIMIT and _URI.fullmatch(found) else None


# An address that needs nothing done to it: all but a few, and 40 times as fast as taking it apart.
_USUAL = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(?:/[!#-;=?-Z_a-z~]*)?")
_URI_SAFE = "%/?#[]@!$&'()*+,;=:-._~"
_URI = re.compile(r"[a-z][a-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+")


def _ascii_host(netloc: str) -> str:
    if netloc.isascii():
        return netloc
    user, at, host = netloc.rpartition("@")
    name, colon, port = host.partition(":")
    return quote(user, safe=":%") + at + name.encode("idna").decode("ascii") + colon + port


def fold(line: str) -> str:
    """A content line in physical lines of at most 75 octets, joined by CRLF and a space; no CRLF at the end.

    Cuts never split a character, and an escape or what is shown as one character only where it is longer
    than a line.
    """
    if len(line) <= 75 and line.isascii():
        return line
    data = line.encode()
    parts, start, end, size = [], 0, 75, len(data)
    while end < size:
        if data[end] >= 0x80 or data[end - 1] in b"\\^":
            end = _cut(data, start=start, end=end)
        parts.append(data[start:end])
        start, end = end, end + 74
    if not start:
        return line
    parts.append(data[start:])
    return b"\r\n ".join(parts).decode()


def _cut(data: bytes, *, start: int, end: int) -> int:
    while data[end] & 0xC0 == 0x80:
        end -= 1
    text, at = data[start : end + 4].decode(errors="ignore"), len(data[start:end].decode())
    cut = at
    while cut > 1 and _joined(text, cut):
        cut -= 1
    return end if cut <= 1 else end - len(text[cut:at].encode())


def _joined(text: str, at: int) -> bool:
    """Whether the characters on both sides of a place belong together."""
    before, after = text[at - 1], text[at]
    if before == "\\":
        return _run(text[:at], "\\") % 2 == 1
    if before == "^":
        return _run(text[:at], "^") % 2 == 1
    if after < "\u0300":
        return False
    if _FLAG <= before <= "\U0001f1ff" and _FLAG <= after <= "\U0001f1ff":
        return _flags(text, at) % 2 == 1
    return (
        "\u200d" in (before, after)
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or "\U000e0020" <= after <= "\U000e007f"
        or unicodedata.category(after) in _MARKS
    )


_FLAG = "\U0001f1e6"


def _run(text: str, character: str) -> int:
    """How often a character stands at the end of a text."""
    return len(text) - len(text.rstrip(character))


def _flags(text: str, at: int) -> int:
    start = at
    while start and _FLAG <= text[start - 1] <= "\U0001f1ff":
        start -= 1
    return at - start
