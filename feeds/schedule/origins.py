"""Owns where values came from, as lines and columns; worked out only when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from feeds.model import Origin
from feeds.source import Source
from feeds.understand.draft import Reads


class ReadOrigins(Mapping[str, Origin]):
    """The origins of one value of a post: `feeds explain` asks for one session's, a compile for none."""

    __slots__ = ("_reads", "_source")

    def __init__(self, reads: Reads, source: Source) -> None:
        self._reads = reads
        self._source = source

    def __getitem__(self, name: str) -> Origin:
        read, source = self._reads[name], self._source
        at = source.position(read.span.start)
        words = source.slice(read.span)[:200]
        return Origin(
            how=read.how, path=source.path, line=at.line, column=at.column, words=words, why=read.why
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._reads)

    def __len__(self) -> int:
        return len(self._reads)
