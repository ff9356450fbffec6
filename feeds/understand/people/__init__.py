"""Owns people: lists of speakers, titles with speakers in them, people in prose, and whether two are one."""

from feeds.understand.people.accompanied import accompanied
from feeds.understand.people.formats import FORMATS, format_of
from feeds.understand.people.identity import same_person
from feeds.understand.people.leads import says_kind
from feeds.understand.people.lists import (
    likely_people,
    looks_like_people,
    read_people,
    surely_people,
)
from feeds.understand.people.pronouns import meant
from feeds.understand.people.sentences import find_people, presenter
from feeds.understand.people.states import with_status
from feeds.understand.people.titles import split_title, undescribed
from feeds.understand.people.values import Links, Person, Slice, TitleParts
from feeds.understand.people.words import HONORIFIC

__all__ = [
    "FORMATS",
    "HONORIFIC",
    "Links",
    "Person",
    "Slice",
    "TitleParts",
    "accompanied",
    "find_people",
    "format_of",
    "likely_people",
    "looks_like_people",
    "meant",
    "presenter",
    "read_people",
    "same_person",
    "says_kind",
    "split_title",
    "surely_people",
    "undescribed",
    "with_status",
]
