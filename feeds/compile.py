"""Owns the pipeline: posts are read, understood, linked, revised, rendered and published, each by its room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from feeds import __version__
from feeds.catalog import Catalog, CatalogError, Written, write_catalog
from feeds.diagnostics import Diagnostic, report
from feeds.folder import Folder, PostFile, Stamp, list_posts, read_bytes
from feeds.model import Revision, Schedule
from feeds.post import MOST_BYTES, read_post
from feeds.publication import Memory, Publication, publish
from feeds.revisions import Change, Record, revise
from feeds.schedule import link
from feeds.settings import Settings
from feeds.source import Source, Span
from feeds.understand.draft import Draft
from feeds.understand.reading import understand


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """Everything one compile made. `digest` names its inputs; `changed` is False where a catalog held it all."""

    schedule: Schedule
    diagnostics: tuple[Diagnostic, ...]
    revisions: Mapping[str, Revision]
    publication: Publication | None
    record: Record
    changes: tuple[Change, ...] = ()
    moved: Mapping[str, str | None] = field(default_factory=dict)
    digest: str = ""
    changed: bool = True


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


class Site:
    """A folder of posts compiled again and again: what did not change is not done again."""

    def __init__(
        self, posts: Path, *, settings: Settings, catalog: Path | None = None, paths: Sequence[Path] = ()
    ) -> None:
        self._posts = posts
        self._paths = tuple(paths)
        self._settings = settings
        self._catalog = catalog
        self._understood: dict[str, _Understood] = {}
        self._memory = Memory()
        self._written: Written | None = None
        self._compiled: Compiled | None = None

    def compile(self, *, now: datetime | None = None) -> Compiled:
        """Bring everything up to date and publish it into the catalog, if there is one.

        `now` is the time that the revision record is written at; None leaves the record alone.
        Raises: CatalogNotWritableError.
        """
        folder = list_posts(self._posts, self._paths)
        files = self._bytes(folder.files)
        record = Record()
        digest = self._digest(files)
        if found := self._known(digest):
            return found
        self._understand(files)
        compiled = self._pipeline(folder, record=record, now=now, digest=digest)
        self._publish(compiled)
        self._compiled = compiled
        return compiled

    def _pipeline(self, folder: Folder, *, record: Record, now: datetime | None, digest: str) -> Compiled:
        shares = [self._understood[file.shown] for file in folder.files]
        broken = [file.shown for file, share in zip(folder.files, shares, strict=True) if share.draft is None]
        linked = link((share.draft for share in shares if share.draft is not None), broken=broken)
        revised = revise(linked.schedule, record=record, now=now, broken=broken)
        publication = publish(
            revised.schedule, revisions=revised.revisions, settings=self._settings, memory=self._memory
        )
        findings = [
            *folder.diagnostics,
            *(finding for share in shares for finding in share.diagnostics),
            *linked.diagnostics,
            *revised.diagnostics,
            *_overfull(publication, folder),
            *self._empty(folder),
        ]
        return Compiled(
            schedule=revised.schedule,
            diagnostics=tuple(sorted(findings, key=lambda finding: finding.sort_key)),
            revisions=revised.revisions,
            publication=publication,
            record=revised.record,
            changes=revised.changes,
            moved={**revised.aliases, **dict.fromkeys(revised.gone)},
            digest=digest,
        )

    def _bytes(self, files: Iterable[PostFile]) -> list[tuple[PostFile, bytes | Diagnostic | None]]:
        """The bytes of each file; None where its stamp says that they were read before."""
        return [(file, None if self._fresh(file) else read_bytes(file, most=MOST_BYTES)) for file in files]

    def _fresh(self, file: PostFile) -> bool:
        share = self._understood.get(file.shown)
        return share is not None and share.stamp == file.stamp

    def _digest(self, files: Sequence[tuple[PostFile, bytes | Diagnostic | None]]) -> str:
        """A name for all inputs: program, zone rules, settings, and every post's path and bytes."""
        whole = blake2b(digest_size=20)
        whole.update(repr((__version__, version("tzdata"), self._settings)).encode())
        for file, data in files:
            part = self._understood[file.shown].digest if data is None else _digest_of(data)
            whole.update(file.shown.encode("utf-8", "surrogateescape") + b"\0" + part)
        return whole.hexdigest()

    def _known(self, digest: str) -> Compiled | None:
        """What was compiled from the same inputs: by this object, or by whoever wrote the catalog."""
        if self._compiled is not None and self._compiled.digest == digest:
            return self._compiled
        if self._catalog is None or self._compiled is not None:
            return None
        try:
            catalog = Catalog.open(self._catalog)
            if catalog.meta.digest != digest:
                return None
            return Compiled(
                schedule=catalog.schedule,
                diagnostics=tuple(catalog.diagnostics),
                revisions={},
                publication=None,
                record=Record(),
                digest=digest,
                changed=False,
            )
        except CatalogError:
            return None

    def _understand(self, files: Sequence[tuple[PostFile, bytes | Diagnostic | None]]) -> None:
        shown = {file.shown for file, _ in files}
        for gone in self._understood.keys() - shown:
            del self._understood[gone]
        for file, data in files:
            if data is None:
                continue
            digest = _digest_of(data)
            before = self._understood.get(file.shown)
            if before is not None and before.digest == digest:
                share = _Understood(file.stamp, digest, before.draft, before.diagnostics)
            else:
                share = _understood(file, data, digest, self._settings)
            self._understood[file.shown] = share

    def _publish(self, compiled: Compiled) -> None:
        if self._catalog is None or compiled.publication is None:
            return
        self._catalog.parent.mkdir(parents=True, exist_ok=True)
        self._written = write_catalog(
            self._catalog,
            schedule=compiled.schedule,
            feeds=compiled.publication.feeds,
            diagnostics=compiled.diagnostics,
            revisions=compiled.revisions,
            settings=self._settings,
            digest=compiled.digest,
            moved=compiled.moved,
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


def _digest_of(data: bytes | Diagnostic) -> bytes:
    return blake2b(data if isinstance(data, bytes) else repr(data).encode(), digest_size=20).digest()


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
