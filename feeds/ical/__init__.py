"""Owns the step from values to calendar bytes, and is the only importer of icalendar."""

from feeds.ical.calendar import COLORS, PRODID, Organizer, assemble
from feeds.ical.event import Fragment, render_event, render_session
from feeds.ical.reading import Entry, read_back
from feeds.ical.zones import vtimezone

__all__ = [
    "COLORS",
    "PRODID",
    "Entry",
    "Fragment",
    "Organizer",
    "assemble",
    "read_back",
    "render_event",
    "render_session",
    "vtimezone",
]
