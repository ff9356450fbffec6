"""Owns what of a hostile text may reach a terminal, a log or a JSON reader."""

from __future__ import annotations

import json
import re
from typing import Final

# C0, DEL and C1 carry ANSI escapes; the bidirectional controls reorder what is read ("Trojan Source");
# U+2028/2029 break lines in some terminals; lone surrogates cannot be encoded at all.
_UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """The text on one line: tabs become spaces, other control characters pictures (`␛`, `␊`, `�`)."""
    return _UNSAFE.sub(_picture, text)


def visible_lines(text: str) -> list[str]:
    r"""The same for a text of several lines (split at `\n` only)."""
    return [visible(line) for line in text.split("\n")]


def dump(value: object) -> str:
    r"""JSON with an indent of two that prints letters as they are and every unsafe character as `\u....`."""
    return _UNSAFE.sub(_escape, json.dumps(value, ensure_ascii=False, indent=2))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 0x09:
        return "    "
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _escape(match: re.Match[str]) -> str:
    # The newlines are the indent's: json.dumps escapes those inside of strings.
    return match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}"
