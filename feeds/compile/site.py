"""Owns a folder of posts that is compiled again and again: what did not change is not done again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from feeds.catalog import Catalog, CatalogError, Written, stamp_of, write_catalog
from feeds.compile.collecting import uncollected
from feeds.compile.compiled import Compiled, Made
from feeds.compile.inputs import digest_of, name_of
from feeds.compile.recorded import NAME, Recorded, parsed, read_recorded, unwritten, write_recorded
from feeds.diagnostics import Diagnostic, report
from feeds.folder import Folder, PostFile, Stamp, list_posts, read_bytes
from feeds.following import Memory as Told
from feeds.following import follow
from feeds.model import Schedule
from feeds.post import MOST_BYTES, read_post
from feeds.publication import Memory, Publication, publish
from feeds.revisions import Memory as Identities
from feeds.revisions import Record, Revised, revise
from feeds.schedule import Memory as Links
from feeds.schedule import link
from feeds.settings import Settings
from feeds.source import Source, Span
from feeds.understand.draft import Draft
from feeds.understand.reading import understand


def compile_posts(posts: Path, *, settings: Settings, paths: Sequence[Path] = ()) -> Compiled:
    """Compile a folder of posts, or just the given files, and publish nothing."""
    return Site(posts, settings=settings, paths=paths).compile()


def build(posts: Path, *, catalog: Path, settings: Settings) -> Compiled:
    """Compile a folder of posts into a catalog; where the catalog holds just that already, nothing is done.

    Raises: CatalogNotWritableError.
    """
    return Site(posts, settings=settings, catalog=catalog).compile()


@dataclass(frozen=True, slots=True)
class _Understood:
    """One post's share of the work, remembered by the file's stamp and the digest of its bytes."""

    stamp: Stamp
    digest: bytes
    draft: Draft | None
    diagnostics: tuple[Diagnostic, ...]


_Read = tuple[PostFile, bytes | Diagnostic | None]
"""A file and its bytes, or why there are none; None where they were read before."""


class Site:
    """A folder of posts, and what is remembered of its last compile. One thread at a time may use it;

    any number of processes may compile one folder into one catalog.
    """

    def __init__(
        self,
        posts: Path,
        *,
        settings: Settings,
        catalog: Path | None = None,
        paths: Sequence[Path] = (),
        keep: bool = False,
        confirm: bool = False,
    ) -> None:
        """`paths`: just these posts, without the revision record, which speaks of all.

        `keep`: go on where the record cannot be written, and say so (`Compiled.stale`).
        `confirm`: let more than half of all sessions be cancelled at once.
        """
        self._posts = posts
        self._paths = tuple(paths)
        self._settings = settings
        self._catalog = catalog
        self._keep = keep
        self._confirm = confirm
        self._understood: dict[str, _Understood] = {}
        self._recorded = Recorded(shown=NAME, record=Record())
        self._forget()

    def _forget(self) -> None:
        """Begin as if nothing had been compiled; what was understood of each post stays."""
        self._links = Links()
        self._identities = Identities()
        self._lines = Identities()
        self._memory = Memory()
        self._told = Told()
        self._written: Written | None = None
        self._compiled: Compiled | None = None
        self._recording = False

    def compile(self, *, now: datetime | None = None) -> Compiled:
        """Bring everything up to date and publish it into the catalog, if there is one.

        `now` is the time that the revision record is written at; None leaves the record alone.
        Raises: CatalogNotWritableError; OSError where the record cannot be written, unless `keep`.
        """
        folder = list_posts(self._posts, self._paths)
        files = self._bytes(folder.files)
        parts = [(file.shown, self._part(file, data)) for file, data in files]
        if not self._paths:
            self._recorded = read_recorded(self._posts, known=self._recorded)
        found = self._known(self._name(parts), now=now)
        if found is not None and not self._overdue(now):
            return found
        with uncollected():
            self._recorded = parsed(self._recorded)
            self._understand(files)
            try:
                compiled = self._pipeline(folder, parts=parts, now=now)
                self._publish(compiled)
            except BaseException:
                self._forget()  # a stage that was broken off has brought only some memories up to date
                raise
        self._compiled, self._recording = compiled, now is not None
        return compiled

    def _overdue(self, now: datetime | None) -> bool:
        """Whether a cancellation was shown for long enough: without any edit it leaves the feeds."""
        if now is None or self._paths:
            return False
        self._recorded = parsed(self._recorded)
        return self._recorded.record.next_leaving < now

    def _pipeline(
        self, folder: Folder, *, parts: Sequence[tuple[str, bytes]], now: datetime | None
    ) -> Compiled:
        shares = [self._understood[file.shown] for file in folder.files]
        broken = [
            file.shown
            for file, share in zip(folder.files, shares, strict=True)
            if share.draft is None or share.draft.lost  # what it published before stays
        ]
        drafts = (share.draft for share in shares if share.draft is not None)
        linked = link(drafts, broken=broken, memory=self._links)
        revised, stale = self._revise(linked.schedule, broken=broken, now=now)
        publication = publish(
            revised.schedule, revisions=revised.revisions, settings=self._settings, memory=self._memory
        )
        findings = [
            *folder.diagnostics,
            *self._recorded.diagnostics,
            *(finding for share in shares for finding in share.diagnostics),
            *linked.diagnostics,
            *revised.diagnostics,
            *stale,
            *_overfull(publication, folder),
            *self._empty(folder),
        ]
        findings.sort(key=lambda finding: finding.sort_key)
        return Compiled(
            results=Made(schedule=revised.schedule, diagnostics=tuple(findings), revisions=revised.revisions),
            publication=publication,
            record=revised.record,
            changes=revised.changes,
            moved={**revised.aliases, **dict.fromkeys(revised.gone)},
            digest=self._name(parts),
            stale=bool(stale),
        )

    def _revise(
        self, schedule: Schedule, *, broken: Sequence[str], now: datetime | None
    ) -> tuple[Revised, tuple[Diagnostic, ...]]:
        """The revisions, and the record on disk; the finding where it could not be written.

        The record goes before the catalog: whoever dies between the two publishes the same at the next start.
        """
        before = self._recorded
        revised = revise(
            schedule,
            record=before.record,
            now=now,
            broken=broken,
            confirm=self._confirm,
            memory=self._identities,
        )
        mended = bool(before.diagnostics) and before.safe and not self._keep
        if now is None or self._paths or (revised.record is before.record and not mended):
            return revised, ()
        try:
            self._recorded = write_recorded(self._posts, revised.record, before=before, memory=self._lines)
        except OSError as problem:
            if not self._keep:
                raise
            # Times that nobody remembers would differ at the next start: take those that the posts give.
            return revise(schedule, record=before.record, broken=broken), (unwritten(before, problem),)
        return revised, ()

    def _bytes(self, files: Iterable[PostFile]) -> list[_Read]:
        return [(file, None if self._fresh(file) else read_bytes(file, most=MOST_BYTES)) for file in files]

    def _fresh(self, file: PostFile) -> bool:
        share = self._understood.get(file.shown)
        return share is not None and share.stamp == file.stamp

    def _part(self, file: PostFile, data: bytes | Diagnostic | None) -> bytes:
        return self._understood[file.shown].digest if data is None else digest_of(data)

    def _name(self, parts: Iterable[tuple[str, bytes]]) -> str:
        return name_of(parts, record=self._recorded.digest, settings=self._settings)

    def _known(self, digest: str, *, now: datetime | None) -> Compiled | None:
        """What was compiled from the same inputs: by this object, or by whoever wrote the catalog.

        What could not be recorded, or stands in no catalog any more, is made again.
        """
        if self._compiled is not None:
            same = self._compiled.digest == digest and not self._compiled.stale
            written = self._recording or now is None
            return self._compiled if same and written and self._stands() else None
        if self._catalog is None:
            return None
        try:
            catalog = Catalog.open(self._catalog)
        except CatalogError:
            return None
        if catalog.meta.digest != digest:
            return None
        return Compiled(
            results=catalog,
            publication=None,
            record=Record(),
            moved=catalog.moved,
            digest=digest,
            changed=False,
        )

    def _stands(self) -> bool:
        """Whether the catalog is still the file that was written last."""
        if self._catalog is None or self._written is None:
            return True
        return stamp_of(self._catalog) == self._written.stamp

    def _understand(self, files: Sequence[_Read]) -> None:
        shown = {file.shown for file, _ in files}
        for gone in self._understood.keys() - shown:
            del self._understood[gone]
        for file, data in files:
            if data is None:
                continue
            digest = digest_of(data)
            before = self._understood.get(file.shown)
            if before is not None and before.digest == digest:
                share = _Understood(file.stamp, digest, before.draft, before.diagnostics)
            else:
                share = _understood(file, data, digest, self._settings)
            self._understood[file.shown] = share

    def _publish(self, compiled: Compiled) -> None:
        if self._catalog is None or compiled.publication is None:
            return
        self._written = write_catalog(
            self._catalog,
            schedule=compiled.schedule,
            feeds=compiled.publication.feeds,
            diagnostics=compiled.diagnostics,
            revisions=compiled.revisions,
            settings=self._settings,
            digest=compiled.digest,
            moved=compiled.moved,
            following=follow(compiled.record, schedule=compiled.schedule, memory=self._told),
            previous=self._written,
        )

    def _empty(self, folder: Folder) -> tuple[Diagnostic, ...]:
        if folder.files or self._paths:
            return ()
        source = Source.from_text(self._posts.name, "")
        message = f"there are no posts in `{self._posts.name}`, so every feed is empty"
        return (
            report("no-posts", message, source=source, span=Span(0, 0), help='feeds new "Our first meetup"'),
        )


def _understood(file: PostFile, data: bytes | Diagnostic, digest: bytes, settings: Settings) -> _Understood:
    if isinstance(data, Diagnostic):
        return _Understood(file.stamp, digest, None, (data,))
    post, findings = read_post(file.shown, data)
    if post is None:
        return _Understood(file.stamp, digest, None, findings)
    draft = understand(post, settings)
    return _Understood(file.stamp, digest, draft, (*findings, *draft.findings))


def _overfull(publication: Publication, folder: Folder) -> Iterable[Diagnostic]:
    """Feeds that keep only their newest events are told at the first post."""
    path = folder.files[0].shown if folder.files else ""
    for address, count, size in publication.problems:
        yield report(
            "feed-too-large",
            f"the feed `{address}` would have {count:,} events and {size:,} bytes; it keeps the newest",
            source=Source.from_text(path, ""),
            span=Span(0, 0),
            help="subscribe people to the smaller feeds of an event, a track or a speaker",
        )
