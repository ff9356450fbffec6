"""Owns the pipeline: posts are read, understood, linked, revised and published, each by its room."""

from feeds.compile.compiled import Compiled
from feeds.compile.site import Site, build, compile_posts

__all__ = ["Compiled", "Site", "build", "compile_posts"]
