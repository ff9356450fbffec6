"""Owns the revision record beside the posts: read with every compile, written where a time is given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from feeds.compile.inputs import digest_of
from feeds.diagnostics import Diagnostic, Severity, report
from feeds.revisions import Memory, Record, ensure_merge_rule, parse_record, write_record
from feeds.source import Source, Span

NAME = "revisions.json"

Stamp = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The record as read. `shown` is its path as people know it; `safe`: writing it anew loses nothing.

    `data` are bytes that nobody has parsed yet (see `parsed`): where nothing changed, nobody needs to.
    """

    shown: str
    record: Record
    data: bytes | None = None
    digest: bytes = b""
    stamp: Stamp | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    safe: bool = True


def read_recorded(posts: Path, *, known: Recorded | None) -> Recorded:
    """The bytes of the record of a folder of posts; `known` itself where the file did not change since.

    Reports: damaged-record.
    """
    path = posts / NAME
    shown = f"{posts.name or posts.resolve().name}/{NAME}"
    try:
        stamp = _stamp(path)
        if known is not None and known.stamp == stamp:
            return known
        data = path.read_bytes()
    except FileNotFoundError:
        return Recorded(shown=shown, record=Record(path=shown))
    except OSError as problem:
        return _unreadable(shown, problem)
    digest = digest_of(data)
    if known is not None and known.digest == digest:
        return replace(known, stamp=stamp)
    return Recorded(shown=shown, record=Record(path=shown), data=data, digest=digest, stamp=stamp)


def parsed(recorded: Recorded) -> Recorded:
    """The record with what its bytes say.

    Reports: damaged-record.
    """
    if recorded.data is None:
        return recorded
    record, diagnostics = parse_record(recorded.data.decode("utf-8", "replace"), path=recorded.shown)
    return replace(recorded, record=record, data=None, diagnostics=diagnostics)


def write_recorded(posts: Path, record: Record, *, before: Recorded, memory: Memory) -> Recorded:
    """The record as written now. `memory` holds the lines of the last time.

    Raises: OSError where it cannot be written, or where what stands there could not be read.
    """
    if not before.safe:
        raise PermissionError(13, "what stands there cannot be read", before.shown)
    path = posts / NAME
    if before.stamp is None:
        ensure_merge_rule(path)
    write_record(path, record, memory=memory)
    return Recorded(
        shown=before.shown, record=record, digest=digest_of(path.read_bytes()), stamp=_stamp(path)
    )


def unwritten(recorded: Recorded, problem: OSError) -> Diagnostic:
    """The finding that the record lacks what is published.

    Reports: stale-record.
    """
    why = (problem.strerror or str(problem)).lower()
    return report(
        "stale-record",
        f"the revision record cannot be written ({why}), so some calendars will miss changes",
        source=Source.from_text(recorded.shown, ""),
        span=Span(0, 0),
        help=f"let the server write `{recorded.shown}`, or commit it after `feeds record`",
        severity=Severity.WARNING,
    )


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    return (status.st_mtime_ns, status.st_size, status.st_ino, status.st_ctime_ns)


def _unreadable(shown: str, problem: OSError) -> Recorded:
    """A record that is there but cannot be read must not be taken for none, and never be replaced."""
    found = report(
        "damaged-record",
        f"the revision record cannot be read: {problem.strerror or problem}",
        source=Source.from_text(shown, ""),
        span=Span(0, 0),
        help="give the server the right to read it",
    )
    return Recorded(
        shown=shown,
        record=Record(path=shown),
        digest=digest_of(found),
        diagnostics=(found,),
        safe=False,
    )
