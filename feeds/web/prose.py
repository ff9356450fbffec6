"""Owns reading a plain description as paragraphs, lists and links; whatever it holds, it stays words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from feeds.web.links import safe_url

Kind = Literal["p", "ul", "ol"]

_BULLET = re.compile(r"\s{0,3}([•*-])\s+(?=\S)")
_NUMBER = re.compile(r"\s{0,3}(\d{1,3})[.)]\s+(?=\S)")
_ADDRESS = re.compile(r"(?<!\w)https?://[^\s<>\"“”«»`]{1,2000}", re.IGNORECASE)
_BEHIND = ".,;:!?…'’*_"
"""What stands behind an address in a sentence and is no part of it."""
_PAIRS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Words, and where they lead if they are an address."""

    text: str
    url: str | None = None


Words = tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, which is one item, or a list; `start` is the number of the first item."""

    kind: Kind
    items: tuple[Words, ...]
    start: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Lines that belong together, and the mark they began with."""

    kind: Kind
    mark: str
    plain: str
    text: str


def blocks(text: str) -> tuple[Block, ...]:
    """The description as a page shows it; line breaks within a paragraph or an item stay."""
    out: list[Block] = []
    run: list[_Piece] = []
    for piece in _pieces(text):
        if run and not _follows(piece, run[-1]):
            out += _settled(run)
            run = []
        run.append(piece)
    return (*out, *_settled(run))


def _pieces(text: str) -> Iterator[_Piece]:
    """Paragraphs and items: a blank line or a mark ends the one before."""
    lines: list[str] = []
    for line in (*text.splitlines(), ""):
        fresh = not line.strip()
        if lines and (fresh or _BULLET.match(line) or _NUMBER.match(line)):
            yield _piece(lines)
            lines = []
        if not fresh:
            lines.append(line.strip())


def _piece(lines: list[str]) -> _Piece:
    plain = "\n".join(lines)
    if bullet := _BULLET.match(plain):
        return _Piece(kind="ul", mark=bullet[1], plain=plain, text=plain[bullet.end() :])
    if number := _NUMBER.match(plain):
        return _Piece(kind="ol", mark=number[1], plain=plain, text=plain[number.end() :])
    return _Piece(kind="p", mark="", plain=plain, text=plain)


def _follows(piece: _Piece, before: _Piece) -> bool:
    """Whether it is the next item of the same list."""
    if piece.kind == "ol" and before.kind == "ol":
        return int(piece.mark) == int(before.mark) + 1
    return piece.kind == "ul" and piece.mark == before.mark


def _settled(run: list[_Piece]) -> list[Block]:
    """A list, or paragraphs as written: a single dash or number may begin a sentence, a bullet does not."""
    if not run:
        return []
    kind, mark = run[0].kind, run[0].mark
    if kind == "p" or (len(run) == 1 and mark != "•"):
        return [Block(kind="p", items=(_words(piece.plain),)) for piece in run]
    start = int(mark) if kind == "ol" else 1
    return [Block(kind=kind, items=tuple(_words(piece.text) for piece in run), start=start)]


def _words(text: str) -> Words:
    """The text in parts: the addresses in it that lead to the web, and what stands between them."""
    parts: list[Part] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        address = _trimmed(match[0])
        if safe_url(address) is None:
            continue
        if match.start() > end:
            parts.append(Part(text=text[end : match.start()]))
        parts.append(Part(text=address, url=address))
        end = match.start() + len(address)
    if end < len(text):
        parts.append(Part(text=text[end:]))
    return tuple(parts)


def _trimmed(address: str) -> str:
    """Without the marks of the sentence around it; a bracket that opens within it is its own."""
    spare = {mark: address.count(mark) - address.count(pair) for mark, pair in _PAIRS.items()}
    end = len(address)
    while end:
        last = address[end - 1]
        if last in _BEHIND:
            end -= 1
        elif spare.get(last, 0) > 0:
            spare[last] -= 1
            end -= 1
        else:
            break
    return address[:end]
