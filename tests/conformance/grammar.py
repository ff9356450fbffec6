"""Owns what RFC 5545, 7986 and CONFORMANCE allow in each line: the value, the parameters, how often."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

CTL = r"\x00-\x08\x0a-\x1f\x7f"
TEXT = rf"(?:[^\\;,{CTL}]|\\[\\;,nN])*"
URI = r"[a-z][a-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2}|%)+"
DATE = r"\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
TIME = r"(?:[01]\d|2[0-3])[0-5]\d[0-5]\d"
LOCAL, UTC = rf"{DATE}T{TIME}", rf"{DATE}T{TIME}Z"
_CLOCK = r"T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S)"
DURATION = rf"[+-]?P(?:\d+W|\d+D(?:{_CLOCK})?|{_CLOCK})"
OFFSET = r"(?!-0000)[+-](?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?"
RRULE = r"FREQ=YEARLY;BYMONTH=(?:[1-9]|1[0-2]);BYDAY=(?:[1-4]|-1)(?:MO|TU|WE|TH|FR|SA|SU)"
MEDIA = r"[a-z0-9.+-]+/[a-z0-9.+-]+"
# A time in DTSTART may be a day, UTC, or local with a TZID; the checker says which must go with what.
WHEN = rf"{DATE}(?:T{TIME}Z?)?"
TZID = r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*"


@dataclass(frozen=True, slots=True)
class Line:
    """A property: pattern and rule of its value, allowed parameters, and those that it must have."""

    value: str
    rule: str
    params: dict[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()

    def fits(self, value: str) -> bool:
        return re.fullmatch(self.value, value, re.DOTALL) is not None


_TIMES = {"VALUE": "DATE", "TZID": TZID}

LINES: dict[str, Line] = {
    "VERSION": Line(r"2\.0", "A1"),
    "PRODID": Line(r"-//[^/\\;,]+//[^/\\;,]+//[A-Z]{2}", "A11"),
    "CALSCALE": Line("GREGORIAN", "A9"),
    "METHOD": Line("PUBLISH", "B2"),
    "NAME": Line(TEXT, "A4"),
    "X-WR-CALNAME": Line(TEXT, "A4"),
    "DESCRIPTION": Line(TEXT, "A4"),
    "X-WR-CALDESC": Line(TEXT, "A4"),
    "X-WR-TIMEZONE": Line(TZID, "D2"),
    "REFRESH-INTERVAL": Line(DURATION, "A10", {"VALUE": "DURATION"}, ("VALUE",)),
    "X-PUBLISHED-TTL": Line(DURATION, "A10"),
    "SOURCE": Line(URI, "D4", {"VALUE": "URI"}, ("VALUE",)),
    "URL": Line(rf"(?=https?:){URI}", "C14"),
    "LAST-MODIFIED": Line(UTC, "C3"),
    "COLOR": Line(r"[a-z]+", "D5"),
    "X-APPLE-CALENDAR-COLOR": Line(r"#[0-9A-F]{6}", "D5"),
    "UID": Line(TEXT, "C1"),
    "DTSTAMP": Line(UTC, "C2"),
    "CREATED": Line(UTC, "A10"),
    "SEQUENCE": Line(r"0|[1-9]\d*", "C4"),
    "DTSTART": Line(WHEN, "C5", _TIMES),
    "DTEND": Line(WHEN, "C5", _TIMES),
    "SUMMARY": Line(TEXT, "A4"),
    "LOCATION": Line(TEXT, "A4"),
    "GEO": Line(r"-?\d{1,2}\.\d{6};-?\d{1,3}\.\d{6}", "C13"),
    "X-APPLE-STRUCTURED-LOCATION": Line(
        r"geo:-?[\d.]+,-?[\d.]+",
        "C16",
        {"VALUE": "URI", "X-APPLE-RADIUS": r"\d+", "X-TITLE": ".+", "X-ADDRESS": ".+"},
        ("VALUE", "X-TITLE"),
    ),
    "X-ALT-DESC": Line(TEXT, "A4", {"FMTTYPE": "text/html"}, ("FMTTYPE",)),
    "CATEGORIES": Line(rf"{TEXT}(?:,{TEXT})*", "A4"),
    "CONTACT": Line(TEXT, "A4"),
    "STATUS": Line("CONFIRMED|TENTATIVE|CANCELLED", "C10"),
    "TRANSP": Line("OPAQUE|TRANSPARENT", "C11"),
    "X-MICROSOFT-CDO-BUSYSTATUS": Line("FREE|BUSY|TENTATIVE|OOF", "C11"),
    "CONFERENCE": Line(
        URI, "D7", {"VALUE": "URI", "FEATURE": r"[A-Z]+(?:,[A-Z]+)*", "LABEL": ".+"}, ("VALUE",)
    ),
    "RELATED-TO": Line(TEXT, "C19", {"RELTYPE": "PARENT"}),
    "IMAGE": Line(URI, "D6", {"VALUE": "URI", "FMTTYPE": MEDIA, "DISPLAY": "[A-Z]+"}, ("VALUE",)),
    "ORGANIZER": Line(URI, "B2", {"CN": ".+"}, ("CN",)),
    "TZID": Line(TZID, "E9"),
    "X-LIC-LOCATION": Line(TZID, "E7"),
    "RRULE": Line(RRULE, "E4"),
    "TZOFFSETFROM": Line(OFFSET, "A10"),
    "TZOFFSETTO": Line(OFFSET, "A10"),
    "TZNAME": Line(TEXT, "A4"),
}
"""Every line of the default profile; D12: what is not here has not been tried on the readers."""

# How often: "1" once, "?" at most once, "*" any number. What is not named may not stand there.
CALENDAR = {
    **dict.fromkeys(("VERSION", "PRODID"), "1"),
    **dict.fromkeys(
        ("CALSCALE", "METHOD", "NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC", "X-WR-TIMEZONE"), "?"
    ),
    **dict.fromkeys(("REFRESH-INTERVAL", "X-PUBLISHED-TTL", "SOURCE", "URL", "LAST-MODIFIED"), "?"),
    **dict.fromkeys(("COLOR", "X-APPLE-CALENDAR-COLOR"), "?"),
}
EVENT = {
    **dict.fromkeys(("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "LAST-MODIFIED"), "1"),
    **dict.fromkeys(("CREATED", "LOCATION", "GEO", "DESCRIPTION", "X-ALT-DESC", "URL", "STATUS"), "?"),
    **dict.fromkeys(("TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "X-APPLE-STRUCTURED-LOCATION"), "?"),
    **dict.fromkeys(("CATEGORIES", "ORGANIZER"), "?"),
    **dict.fromkeys(("CONTACT", "CONFERENCE", "RELATED-TO", "IMAGE"), "*"),
}
ZONE = {"TZID": "1", "X-LIC-LOCATION": "?", "LAST-MODIFIED": "?"}
OBSERVANCE = {"DTSTART": "1", "TZOFFSETFROM": "1", "TZOFFSETTO": "1", "TZNAME": "?", "RRULE": "?"}
COMPONENTS = {
    "VCALENDAR": CALENDAR,
    "VEVENT": EVENT,
    "VTIMEZONE": ZONE,
    "STANDARD": OBSERVANCE,
    "DAYLIGHT": OBSERVANCE,
}
INSIDE = {
    "": {"VCALENDAR"},
    "VCALENDAR": {"VTIMEZONE", "VEVENT"},
    "VTIMEZONE": {"STANDARD", "DAYLIGHT"},
    "VEVENT": set(),
    "STANDARD": set(),
    "DAYLIGHT": set(),
}
# The rule that names a property that is missing, or there once too often.
CARDINALITY = {
    "VERSION": "A1", "PRODID": "A1", "UID": "C1", "DTSTAMP": "C2", "LAST-MODIFIED": "C3", "SEQUENCE": "C4",
    "DTSTART": "C5", "DTEND": "C6", "SUMMARY": "C9", "LOCATION": "C9", "DESCRIPTION": "C9", "STATUS": "C10",
    "ATTENDEE": "B3", "RRULE": "C18", "DURATION": "C6", "ATTACH": "C12",
    "TZID": "E2", "TZOFFSETFROM": "E2", "TZOFFSETTO": "E2", "COMMENT": "E7",
}  # fmt: skip
