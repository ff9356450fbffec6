"""Owns what reports instead of announcing: incidents and releases, whose times are no sessions."""

from __future__ import annotations

import re

from feeds.understand.outline import Scope
from feeds.understand.phrases import pattern_for, tells_no_event


def reports(root: Scope) -> bool:
    """Whether two headings of a post speak of what went wrong or what changed."""
    headings = (scope for scope in root.walk() if scope.kind == "section")
    return sum(1 for one in headings if is_report(one)) > 1


def is_report(section: Scope) -> bool:
    """Whether a heading speaks of it, and nobody presents it on some day."""
    return bool(section.lines) and tells_no_event(section.lines[0].text) and not _presented(section)


def heads_hours(section: Scope) -> bool:
    """Whether a heading heads the hours of opening of every week, which are nothing to attend."""
    return bool(section.lines) and _HOURS.fullmatch(section.lines[0].text.lower().strip(" :")) is not None


_HOURS = re.compile(pattern_for("heading of opening hours"))


def _presented(section: Scope) -> bool:
    """Whether labels below a heading say who presents it on which day ("What's new in Quill 6")."""
    facts = [child.facts for child in section.body]
    who = any("who" in one.labelled for one in facts)
    return who and any("when" in one.labelled and one.dated is not None for one in facts)
