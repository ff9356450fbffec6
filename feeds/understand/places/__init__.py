"""Owns the reading of places: cities with zone, country and coordinates, and what happens online.

A mention is *strong* where the text says that the name is a place and *weak* where it only is a known city's
name; `evidence` has the rules. Nothing here knows a post: names are read in, namesakes are settled with what
the caller knows of the post.
"""

from feeds.understand.places.countries import country_code, country_zone
from feeds.understand.places.mentions import PlaceMention, find_names, find_places, names_town, town_named
from feeds.understand.places.online import (
    OnlineMention,
    conference_link,
    conference_provider,
    find_online,
    is_online,
)
from feeds.understand.places.settle import as_written, far_apart, place_named, settle, zone_of_city

__all__ = [
    "OnlineMention",
    "PlaceMention",
    "as_written",
    "conference_link",
    "conference_provider",
    "country_code",
    "country_zone",
    "far_apart",
    "find_names",
    "find_online",
    "find_places",
    "is_online",
    "names_town",
    "place_named",
    "settle",
    "town_named",
    "zone_of_city",
]
