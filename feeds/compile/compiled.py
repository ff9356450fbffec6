"""Owns the result of a compile, at hand or still in the catalog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from feeds.diagnostics import Diagnostic
from feeds.model import Revision, Schedule
from feeds.publication import Publication
from feeds.revisions import Change, Record


class Results(Protocol):
    """What pages and feeds speak of; a catalog has it too, and reads it when somebody asks."""

    @property
    def schedule(self) -> Schedule:
        """Everything understood from all posts, linked."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings, in their total order."""

    @property
    def revisions(self) -> Mapping[str, Revision]:
        """The revision of everything published, by UID."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Results at hand."""

    schedule: Schedule
    diagnostics: tuple[Diagnostic, ...]
    revisions: Mapping[str, Revision]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """Everything one compile made. `digest` names its inputs.

    Where a catalog held it all, `changed` is False: the results stay there until somebody asks, and
    `publication`, `record` and `changes` are empty. `stale` says that the revision record lacks what is
    published, because it could not be written.
    """

    results: Results
    publication: Publication | None
    record: Record
    changes: tuple[Change, ...] = ()
    moved: Mapping[str, str | None] = field(default_factory=dict)
    digest: str = ""
    changed: bool = True
    stale: bool = False

    @property
    def schedule(self) -> Schedule:
        """Everything understood from all posts, linked."""
        return self.results.schedule

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings, in their total order."""
        return self.results.diagnostics

    @property
    def revisions(self) -> Mapping[str, Revision]:
        """The revision of everything published, by UID."""
        return self.results.revisions
