"""Owns noticing a new catalog: each process looks at the file now and then and switches whole, or stays."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Lock

from feeds.catalog.reading import Catalog
from feeds.catalog.values import CatalogError
from feeds.catalog.writing import stamp_of


class CatalogWatcher:
    """The newest readable catalog at a path. Take `current()` once a request and use that one throughout."""

    def __init__(self, path: Path, *, interval: float = 0.5) -> None:
        """Look at the file at most every `interval` seconds."""
        self.path = path
        self.problem: str | None = None
        self._interval = interval
        self._catalog: Catalog | None = None
        self._stamp: tuple[int, int, int] | None = None
        self._next = 0.0
        self._lock = Lock()

    def current(self) -> Catalog | None:
        """The last readable catalog, None before the first; `problem` says why it is not the newest."""
        if time.monotonic() < self._next:
            return self._catalog
        # One thread looks; the others go on with what they have, except before the first catalog.
        if self._lock.acquire(blocking=self._catalog is None):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._catalog

    def _look(self) -> None:
        stamp = stamp_of(self.path)
        if stamp != self._stamp:
            try:
                self._catalog = Catalog.open(self.path)
                self.problem = None
            except CatalogError as error:
                self.problem = str(error)
            # A file that could not be read is tried again when it changes, not at every look.
            self._stamp = stamp
        self._next = time.monotonic() + self._interval
