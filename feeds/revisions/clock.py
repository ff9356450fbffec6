"""Owns the times of revisions: of the clock where the record is written, else of posts and record alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Gives each revision its time. `now` is aware UTC, or None where the record is only read.

    Then no clock is asked: what is new or changed is one second younger than the record, so that every
    machine that has the same posts and the same record says the same. `stamps` are posts' own dates.
    """

    now: datetime | None
    revised: datetime | None
    stamps: Mapping[str, datetime] = field(default_factory=dict)

    def first(self, *, posts: Iterable[str], start: datetime | date | None) -> datetime:
        """When something is published for the first time."""
        if self._base is not None:
            return self._base
        return first_revision((self.stamps.get(path) for path in posts), start=start)

    def after(self, previous: datetime) -> datetime:
        """When something changes: later than its last change whatever the clock says."""
        return previous + SECOND if self._base is None else max(self._base, previous + SECOND)

    @property
    def _base(self) -> datetime | None:
        if self.now is not None:
            return self.now.astimezone(UTC).replace(microsecond=0)
        return self.revised + SECOND if self.revised is not None else None


def first_revision(stamps: Iterable[datetime | None], *, start: datetime | date | None) -> datetime:
    """The first revision where there is no record: the newest date of its posts, SEQUENCE 0.

    Without one, the first day of the year before it takes place: a fixed time that is past for whatever
    is announced within a year (a Last-Modified in the future is not allowed, RFC 9110 section 8.8.2).
    """
    dates = [stamp for stamp in stamps if stamp is not None]
    if dates:
        return max(dates).astimezone(UTC).replace(microsecond=0)
    return datetime(max(1, start.year - 1) if start is not None else 1970, 1, 1, tzinfo=UTC)
