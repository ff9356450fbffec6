"""Owns the record as text: JSON that is read and merged line by line, whatever hands or merges did to it.

Each entry stands on a line of its own, begins with the comma that JSON wants, and has an empty line before
it: so every line ends alike, and changes to neighbours have a line in common that keeps them apart.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, TypeVar

from feeds.diagnostics import Diagnostic, Severity
from feeds.revisions.changes import RISES, different
from feeds.revisions.clock import SECOND
from feeds.revisions.lines import DIGEST, digest, read_entry, sign, write_entry
from feeds.revisions.memory import Memory
from feeds.revisions.record import Entry, EventEntry, Record, SessionEntry

VERSION = 1
_HEADER = "feeds revisions"
_CONFLICT = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


def format_record(record: Record, *, memory: Memory | None = None) -> str:
    """The text of a record: conferences, sessions, addresses, each sorted; ends with a newline.

    `memory` is brought up to date: the line of an entry that is the same object is not made again.
    """
    memory = Memory() if memory is None else memory
    memory.turn()
    header = {"record": _HEADER, "version": VERSION, "edition": record.edition}
    entries: list[Entry] = [record.events[uid] for uid in sorted(record.events)]
    entries += [record.sessions[uid] for uid in sorted(record.sessions)]
    lines = [_line(entry, memory) for entry in entries]
    lines += [
        sign({"kind": "address", "address": old, "now": record.addresses[old]})
        for old in sorted(record.addresses)
    ]
    lines += [sign({"kind": "lost", "text": text}) for text in sorted(record.lost)]
    return "".join((f"[{json.dumps(header)}\n\n", *(f",{line}\n\n" for line in lines), "]\n"))


def _line(entry: Entry, memory: Memory) -> str:
    return memory.made(entry.revision.uid, entry, make=write_entry)


def parse_record(text: str, *, path: str) -> tuple[Record, tuple[Diagnostic, ...]]:
    """Read a record. What is damaged is told by line; every UID that can be made out is kept.

    Reports: damaged-record.
    """
    reading = _Reading(path=path)
    if text.strip():
        for number, line in enumerate(text.split("\n"), start=1):
            _read_line(line.strip(), number=number, reading=reading)
        if reading.told:
            reading = _reformatted(text, path=path) or reading
        _restore(reading)
    record = Record(
        sessions=MappingProxyType(reading.sessions),
        events=MappingProxyType(reading.events),
        addresses=MappingProxyType(reading.addresses),
        lost=tuple(sorted(reading.lost)),
        edition=reading.edition,
        path=path,
    )
    return record, tuple(sorted(reading.told, key=lambda one: one.sort_key))


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What was read so far. `salvage` are the members made out of damaged lines."""

    path: str
    sessions: dict[str, SessionEntry] = field(default_factory=dict)
    events: dict[str, EventEntry] = field(default_factory=dict)
    addresses: dict[str, str | None] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    salvage: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    told: list[Diagnostic] = field(default_factory=list)
    edition: str = "1"


def _read_line(line: str, *, number: int, reading: _Reading) -> None:
    if line in ("", "[", "]", ","):
        return
    if line.startswith(_CONFLICT):
        _tell(reading, number, line, what="a merge left its marks in the revision record")
        return
    body = _body(line)
    try:
        fields = json.loads(body)
        _take(fields, reading=reading)
    except _DAMAGE:
        _tell(reading, number, line, what="this line of the revision record is damaged")
        reading.salvage.append((line, _salvage(line)))
        return
    if "record" not in fields and not _signed(body):
        _tell(reading, number, line, what="this line of the revision record was changed by hand")


_DAMAGE = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)


def _body(line: str) -> str:
    """The object on a line, without the comma before it, or a bracket or comma where a hand has put one."""
    body = line[1:] if line[0] in "[," else line
    return body if body.endswith("}") else body.rstrip(",] ")


def _signed(body: str) -> bool:
    """Whether an object is as it was written."""
    told, _, ending = body.rpartition(DIGEST)
    return ending == f'{digest(told)}"}}'


def _take(fields: dict[str, Any], *, reading: _Reading) -> None:
    """Put an object where it belongs."""
    if "record" in fields:
        if fields["version"] != VERSION:
            raise ValueError("a record of another version")
        reading.edition = str(fields["edition"])
        return
    match fields["kind"]:
        case "session" | "event":
            _put(read_entry(fields), reading=reading)
        case "address":
            old, new = fields["address"], fields["now"]
            reading.addresses[str(old)] = None if new is None else str(new)
        case "lost":
            reading.lost.append(str(fields["text"]))
        case kind:
            raise ValueError(kind)


def _put(entry: Entry, *, reading: _Reading) -> None:
    """An entry; where a merge left two of one UID, both branches' revisions count."""
    uid = entry.revision.uid
    match entry:
        case SessionEntry():
            one = reading.sessions.get(uid)
            reading.sessions[uid] = entry if one is None else _later(one, entry)
        case EventEntry():
            other = reading.events.get(uid)
            reading.events[uid] = entry if other is None else _later(other, entry)


EntryKind = TypeVar("EntryKind", SessionEntry, EventEntry)


def _later(one: EntryKind, two: EntryKind) -> EntryKind:
    """The newer of two states, never behind either: a subscriber may have seen the one or the other.

    Two branches that told different things under one SEQUENCE need a higher one, for Google keeps the first.
    """
    if one == two:
        return one
    first, second = one.revision, two.revision
    newer = max(
        (one, two), key=lambda entry: (entry.revision.sequence, entry.revision.last_modified, str(entry))
    )
    rival = first.sequence == second.sequence and not RISES.isdisjoint(different(one.facts, two.facts))
    revision = replace(
        newer.revision,
        sequence=max(first.sequence, second.sequence) + rival,
        created=min(first.created, second.created),
        last_modified=max(first.last_modified, second.last_modified) + rival * SECOND,
    )
    return replace(newer, revision=revision)


# Damage


def _tell(reading: _Reading, number: int, line: str, *, what: str) -> None:
    reading.told.append(
        Diagnostic(
            path=reading.path,
            line=number,
            column=1,
            end_line=number,
            end_column=min(len(line), 200) + 1,
            severity=Severity.ERROR,
            rule="damaged-record",
            message=what,
            help="restore the line from version control, or run `feeds record` to write the file anew: "
            "no UID is given twice",
            source_line=line[:200],
        )
    )


_MEMBERS = (
    *("kind", "uid", "sequence", "modified", "created", "title", "start", "end", "timezone", "status"),
    *("room", "venue", "city", "track", "format", "speakers", "url", "room_url", "conference_url", "image"),
    *("description", "slug", "event", "event_uid", "posts", "place", "address", "now"),
)


def _salvage(line: str) -> dict[str, Any]:
    """The members of a damaged object that can still be read, each by itself."""
    decoder = json.JSONDecoder()
    found: dict[str, Any] = {}
    for name in _MEMBERS:
        at = line.find(f'"{name}": ')
        if at != -1:
            with suppress(ValueError, RecursionError):
                value, end = decoder.raw_decode(line, at + len(name) + 4)
                if end < len(line):  # a number at the very end may be cut
                    found[name] = value
    numbers = [int(number) for number in re.findall(r'"sequence": ([0-9]{1,9})[,}]', line)]
    if numbers:
        found["sequence"] = max(numbers)  # the line's own, or the newest in its history
    return found


def _restore(reading: _Reading) -> None:
    """Make entries of what was salvaged; a line without a UID is kept as it stands.

    A SEQUENCE or time that cannot be read is taken far above all others, for it must not fall.
    """
    entries: list[Entry] = [*reading.sessions.values(), *reading.events.values()]
    sequence = max((entry.revision.sequence for entry in entries), default=0) + 1000
    newest = max(
        (entry.revision.last_modified for entry in entries), default=datetime(1970, 1, 1, tzinfo=UTC)
    )
    for line, members in reading.salvage:
        uid = members.get("uid")
        if not isinstance(uid, str) or not uid:
            _keep(line, members, reading=reading)
            continue
        sure = {"kind": "session", "sequence": sequence, "modified": f"{newest:%Y-%m-%dT%H:%M:%SZ}"}
        sure |= {"slug": uid, "status": "confirmed", "context": "0"}
        sure["created"] = members.get("modified", sure["modified"])
        try:
            entry = read_entry({**sure, **members, "uid": uid})
        except _DAMAGE:
            entry = read_entry({**sure, "uid": uid})
        if uid not in reading.sessions and uid not in reading.events:
            _put(entry, reading=reading)


def _keep(line: str, members: dict[str, Any], *, reading: _Reading) -> None:
    """A damaged line that is no entry: an address that can be made out, else the line as it stands."""
    if isinstance(members.get("address"), str):
        reading.addresses.setdefault(members["address"], None)
    elif '"record": ' not in line:
        reading.lost.append(line)


# Formatting by other hands


def _reformatted(text: str, *, path: str) -> _Reading | None:
    """The reading of a record that a formatter has laid out anew, where it is whole."""
    try:
        objects = json.loads(text)
        if not isinstance(objects, list):
            return None
        reading = _Reading(path=path)
        for fields in objects:
            _take(fields, reading=reading)
            unsigned = {key: value for key, value in fields.items() if key != "digest"}
            if "record" not in fields and not sign(unsigned).endswith(f'{fields["digest"]}"}}'):
                return None
    except _DAMAGE:
        return None
    return reading
