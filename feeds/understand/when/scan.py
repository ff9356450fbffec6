"""Owns the step from text to islands: tokens of dates and times, each island with the shape of its phrase.

Time is linear in the text: every alternative of the scanner consumes what it has looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from feeds.understand.when.tokens import NUMBER, Token, read_number
from feeds.understand.when.values import Zone
from feeds.understand.when.words import LABELS, PHRASE, WORDS, Word
from feeds.understand.when.zones import offset_at, zone_at


@dataclass(slots=True)
class Island:
    """Tokens with nothing but punctuation between them; the shape has two letters a token, gap and kind.

    Gaps: `^` the start (`#` after a word that numbers things), `.` none, ` ` space, `,` comma, `:` full stop,
    `-` dash, `/` slash, `&`, `(`, `)`, `@`, `|` any other. ` x` ends the shape where a word follows at once.
    """

    tokens: list[Token] = field(default_factory=list)
    shape: str = ""
    live: bool = False


_SCAN = re.compile(
    r"(?P<meridiem>[aApP]\.[ \u00a0]?[mM](?![^\W_])\.?+)"
    r"|(?P<word>[^\W\d_][^\W_]*+(?:-feira\b)?+)"
    rf"|(?P<number>{NUMBER})"
)
# Only a digit, a weekday in full or one of a few words can be the heart of a date or time; a post is mostly
# neither, and a substring search is the cheapest way to see that.
_STEMS = (
    "day", "tomorrow", "weekend", "noon", "midnight", "Mitt", "tag", "ienstag", "lundi", "mardi", "redi", "jeudi",
    "medi", "imanche", "unes", "artes", "coles", "ueves", "iernes", "bado", "omingo", "edì", "abato", "omenica",
    "-feira", "dag", "Morgen", "morgen", "demain", "domani", "amanh", "DAY", "Woche", "woche", "TOMORROW",
)  # fmt: skip
_DIGIT = re.compile(r"\d")
_HEARTS = frozenset("DOKYdpCHcXIsWwRNkBSVPq")
_OPENERS = _HEARTS | frozenset("MmnJjvTtaFbU")
_TIMED = frozenset("CAHUBdKYEDc")
_CITY = r"[A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+){0,2}+"
_CITY_RE = re.compile(rf"({_CITY})(?:(?=[ ]?[/|][ ]?~?\d))")
_CITY_TIME_RE = re.compile(r"([A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+){0,2}?)[ ][Tt]ime\b")
_LAST_CITY_RE = re.compile(rf"({_CITY})(?=[ ]?(?:[.,;:)\n/|]|$))")


def islands(text: str) -> Iterator[Island]:
    """The islands of a text that can hold a date or a time, in reading order."""
    if _DIGIT.search(text) is None and not any(stem in text for stem in _STEMS):
        return
    scanner = _Scanner(text)
    for match in _SCAN.finditer(text):
        if match.start() >= scanner.end and (done := scanner.step(match)):
            yield done
    if last := scanner.cut():
        yield last


class _Scanner:
    """The island being read and where it ends."""

    __slots__ = ("end", "label", "live", "shape", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.shape: list[str] = []
        self.live = self.label = False
        self.end = 0

    def step(self, match: re.Match[str]) -> Island | None:
        """Take one match in; the island that ends before it, if any."""
        found = self._read(match)
        if not found:
            start, word = match.start(), match[0]
            done = self.cut(tail=" x" if self.tokens and self.text[self.end : start].isspace() else "")
            self.label = word.lower() in LABELS
            self.end = match.end() if word[0].isdigit() else start
            return done
        done = None
        for token in found:
            gap = gap_kind(self.text[self.end : token.start]) if self.tokens else "^"
            if gap == "!":
                done, gap = self.cut(), "^"
            if not self.tokens:
                gap = "#" if self.label and self.text[token.start - 1 : token.start] in " .:" else "^"
                if token.kind not in _OPENERS:
                    continue
            self._add(gap, token)
        return done

    def cut(self, *, tail: str = "") -> Island | None:
        """End the island; None where nothing in it can be a date or time."""
        done = Island(self.tokens, "".join(self.shape) + tail, live=True) if self.live else None
        if self.tokens:
            self.tokens, self.shape, self.live = [], [], False
        self.label = False
        return done

    def _add(self, gap: str, token: Token) -> None:
        self.tokens.append(token)
        self.shape.append(gap + token.kind)
        self.end = token.end
        if token.kind in _HEARTS:
            self.live = True

    def _read(self, match: re.Match[str]) -> list[Token]:
        start, end = match.span()
        if match.lastgroup == "word":
            word = WORDS.get(match[0])
            if word is None:
                return self._city(start, end) if self.tokens else []
            return self._phrase(word, start, end) if word.kind == PHRASE else [self._word(word, start, end)]
        if match.lastgroup == "meridiem":
            sense = match[0][0].lower() + "m"
            return [Token("A", start, end, sense=sense)] if self.tokens else []
        follows = bool(self.tokens) and self.end >= start - 1
        if follows and self.text[start - 1 : start] == "+" and (zone := offset_at(self.text, start - 1)):
            return [Token("Z", start - 1, zone.at[1], zone=zone)]
        return read_number(self.text, match, follows=follows)

    def _word(self, word: Word, start: int, end: int) -> Token:
        # The dot of "Sept." and "Mi." belongs to the word; with it an ordinary word is an abbreviation.
        kind = word.kind
        if kind in "MmnJjwv" and self.text.startswith(".", end) and end - start <= 5:
            end += 1
            kind = "w" if kind == "v" else kind
        return Token(kind, start, end, word.number, sense=word.sense, languages=word.languages)

    def _phrase(self, word: Word, start: int, end: int) -> list[Token]:
        """A zone of several words, or what the word means by itself."""
        if not self.tokens:
            return [Token(word.sense, start, end)] if word.sense in ("U",) else []
        if self.text.startswith("t/m", start):
            return [Token("T", start, start + 3, sense="tot")]
        if zone := zone_at(self.text, start):
            return [Token("Z", start, zone.at[1], zone=zone)]
        if word.sense:
            return [Token(word.sense, start, end)]
        return self._city(start, end)

    def _city(self, start: int, end: int) -> list[Token]:
        """A city that says whose time it is: "9am Berlin time", "12:30 PM New York / 9:30 AM San Francisco"."""
        if self.tokens[-1].kind not in _TIMED or self.text[self.end : start] not in (" ", "\u00a0", " ("):
            return []
        second = any(token.zone and token.zone.kind == "city" for token in self.tokens[-8:])
        match = _CITY_TIME_RE.match(self.text, start) or _CITY_RE.match(self.text, start)
        match = match or (_LAST_CITY_RE.match(self.text, start) if second else None)
        if match is None:
            return []
        zone = Zone(at=(start, match.end(1)), text=match[1], kind="city")
        return [Token("Z", start, match.end(), zone=zone)]


_DASHES_OF_ONE = frozenset("-–—−‐‑‒―~〜～→")
_IGNORED = re.compile(r"[\s*_`\\\u200b\u200c\u200d\ufe0f\ufeff\U0001f300-\U0001faff\u2600-\u27bf\"“”']+")
_KNOWN_GAPS = {"": ".", " ": " ", ", ": ",", " - ": "-", "-": "-", " – ": "-", "–": "-", "T": " "}


def gap_kind(gap: str) -> str:
    """The letter of a gap (see Island), or `!` where nothing that stands across it belongs together."""
    known = _KNOWN_GAPS.get(gap)
    if known is not None:
        return known
    if len(gap) > 24 or "\n\n" in gap or gap.count("\n") > 1:
        return "!"
    core = _IGNORED.sub("", gap)
    if not core:
        return "|" if max(gap) >= "\u2600" and max(gap) != "\ufeff" else " "
    if "\n" in gap and gap.rpartition("\n")[2].strip():
        return "|"  # a bullet, not a dash
    return _core_kind(core)


def _core_kind(core: str) -> str:
    if core in (",", ";", ".,"):
        return ","
    if core.removeprefix(".") in _DASHES_OF_ONE or core in ("->", "--"):
        return "-"
    if core in ("/", "&", "(", ")", "@"):
        return core
    if core in (".", "…"):
        return ":"
    if core in ("[", ",(", "(~"):
        return "("
    if core in ("]", "),", ");", ").", "):", ")|"):
        return ")"
    if core == "+":
        return "&"
    return "!" if any(c in "!?={}<>" for c in core) and core not in ("=", "<", ">") else "|"
