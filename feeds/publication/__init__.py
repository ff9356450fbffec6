"""Owns the feeds: which there are, and the finished calendar of each."""

from feeds.publication.joining import MOST_EVENTS, MOST_OCTETS
from feeds.publication.publish import Memory, Publication, publish
from feeds.publication.values import Feed

__all__ = ["MOST_EVENTS", "MOST_OCTETS", "Feed", "Memory", "Publication", "publish"]
