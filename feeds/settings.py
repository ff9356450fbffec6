"""Owns one frozen `Settings`, read once from feeds.toml, pyproject.toml and FEEDS_* variables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a site configures. `refresh` is in minutes; `base_url` has no trailing slash."""

    title: str = "Calendar feeds"
    description: str = ""
    base_url: str | None = None
    timezone: str | None = None
    refresh: int = 60
    organisations: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    organizer: str = "invalid:nomail"
