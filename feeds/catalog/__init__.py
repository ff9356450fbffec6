"""Owns the catalog: one SQLite file with everything one compile published; published, it never changes."""

from feeds.catalog.reading import Catalog
from feeds.catalog.values import (
    CatalogCorruptError,
    CatalogError,
    CatalogMissingError,
    CatalogNotWritableError,
    CatalogOutdatedError,
    Meta,
    StoredFeed,
)
from feeds.catalog.watching import CatalogWatcher
from feeds.catalog.writing import Written, stamp_of, write_catalog

__all__ = [
    "Catalog",
    "CatalogCorruptError",
    "CatalogError",
    "CatalogMissingError",
    "CatalogNotWritableError",
    "CatalogOutdatedError",
    "CatalogWatcher",
    "Meta",
    "StoredFeed",
    "Written",
    "stamp_of",
    "write_catalog",
]
