"""Owns what says that something happens online: the words for it and the links of conference programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from feeds.understand.phrases import remembered
from feeds.understand.when.values import Slice

_LINK = re.compile(r"https?://[^\s<>()\[\]\"'|]{1,2000}", re.IGNORECASE)
_ADVERB = r"(?:online|virtually|remotely|en ligne|en línea|em linha|in linea|à distance|virtuell)"
_ADJECTIVE = r"(?:online|virtual|virtuelle[nrs]?|virtuel|virtuale|hybrid|hybride|híbrid[oa]|remote)"
_OCCASION = (
    r"(?:event|conference|meet-?up|session|meeting|summit|workshop|talk|hackathon|edition|attendance|"
    r"participation|gathering|stage|track|panel|webinar|office hours|évènement|événement|conférence|"
    r"evento|conferencia|conferência|conferenza|veranstaltung|konferenz|treffen|bijeenkomst)s?"
)
_OCCASION_FIRST = (
    r"(?:eventos?|conferencias?|conferências?|conferenz[ae]|incontr[oi]|conférences?|reuni[oó]n|reunião)"
)
_HELD = (
    r"(?:happening|held|host(?:ed|ing)|takes? place|taking place|join(?:ing)? us|attend(?:ing)?|meet(?:ing)?|"
    r"stream(?:ed|ing)|broadcast|participat(?:e|ing|ion)|live|entirely|fully|completely|findet|findest)"
)
_WORDS = re.compile(
    rf"\b(?:{_ADJECTIVE}[ -]{_OCCASION}|{_OCCASION_FIRST} (?:{_ADJECTIVE}|{_ADVERB})|"
    rf"{_HELD}(?: \w{{1,12}}){{0,2}} {_ADVERB}|"
    r"live[ -]?stream(?:ed|ing|s)?|webinars?|en directo|ao vivo online|en visio(?:conférence)?)\b",
    re.IGNORECASE,
)
# "Location: Online", "Online", "(virtual)", "Berlin / online": the word alone in its segment.
_ALONE = re.compile(
    r"(?:^|[:,(|/·–—\n+&]|\b(?:and|or|und|et|y|e|en|&) )[ \t*_]*"
    r"(online|virtual|virtually|virtuell|hybrid|remote|livestream|en ligne|en línea)"
    r"[ \t*_]*(?=$|[,.;)|/·–—\n+&]| (?:and|or|und|via|on|over) )",
    re.IGNORECASE,
)
# What each of the expressions for words holds: most lines have none of it.
_STEMS = (
    *("online", "virtu", "hybr", "híbr", "remot", "stream", "webinar"),
    *("en ligne", "en línea", "em linha", "in linea", "à distance", "en directo", "ao vivo", "en visio"),
)
# Host (or the end of it) and how its paths of rooms begin; an empty beginning takes every path but "/".
_PROVIDERS: tuple[tuple[str, str, str], ...] = (
    ("zoom.us", r"/(?:j|w|my|s|webinar|meeting|wc)/", "Zoom"),
    ("zoom.com", r"/(?:j|w|my|s|webinar|meeting|wc)/", "Zoom"),
    ("zoomgov.com", r"/(?:j|w|my|s|webinar|meeting|wc)/", "Zoom"),
    ("meet.google.com", "", "Google Meet"),
    ("teams.microsoft.com", r"/(?:l/meetup-join|meet|v2/\?meetingjoin|_#/l/meetup)", "Microsoft Teams"),
    ("teams.live.com", r"/meet/", "Microsoft Teams"),
    ("youtube.com", r"/(?:live/|watch|embed/|@[^/]{1,100}/live)", "YouTube"),
    ("youtu.be", "", "YouTube"),
    ("meet.jit.si", "", "Jitsi Meet"),
    ("8x8.vc", "", "Jitsi Meet"),
    ("whereby.com", "", "Whereby"),
    ("webex.com", r"/(?:meet|join|[a-z0-9.-]{1,60}/j\.php|wbxmjs|weblink|webappng)", "Webex"),
    ("twitch.tv", "", "Twitch"),
    ("vimeo.com", r"/(?:event|live)", "Vimeo"),
    ("crowdcast.io", "", "Crowdcast"),
    ("streamyard.com", "", "StreamYard"),
    ("gather.town", "", "Gather"),
    ("meet.goto.com", "", "GoTo Meeting"),
    ("gotomeet.me", "", "GoTo Meeting"),
    ("global.gotomeeting.com", "", "GoTo Meeting"),
    ("chime.aws", "", "Amazon Chime"),
)
_PROVIDER = re.compile(
    "(?i)jitsi|meet.jit|bbb|bigbluebutton|greenlight|"
    + "|".join(re.escape(name) for name, _, _ in _PROVIDERS)
)
"""What the address of any of them holds: a cheap look before it is taken apart."""

_JITSI_HOST = re.compile(r"(?:^|\.)(?:jitsi|meet\.jit)[.-]")
_BBB_HOST = re.compile(r"(?:^|[.-])(?:bbb\d{0,3}|bigbluebutton|greenlight)[.-]")
_BBB_PATH = re.compile(r"/(?:bigbluebutton|b|rooms)/\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineMention:
    """Words or a link that say that one can take part online; `provider` and `url` where it is a link."""

    at: Slice
    url: str | None = None
    provider: str | None = None


def is_online(text: str) -> bool:
    """Whether the text says that one can take part online; software that is online does not count."""
    return bool(find_online(text))


def find_online(text: str, *, base: int = 0) -> tuple[OnlineMention, ...]:
    """Every word and conference link that says so, in reading order; `base` is added to the slices."""
    lower = text.lower()
    links = list(_links(text, base)) if "http" in lower else []
    if not any(stem in lower for stem in _STEMS):
        return tuple(links)
    plain = _LINK.sub(lambda link: " " * len(link[0]), text)
    taken = [match.span() for match in _WORDS.finditer(plain)]
    taken += [match.span(1) for match in _ALONE.finditer(plain)]
    said = [OnlineMention(at=(base + start, base + end)) for start, end in _disjoint(taken)]
    return tuple(sorted([*said, *links], key=lambda mention: mention.at))


def conference_link(url: str) -> bool:
    """Whether the address is one to take part at (RFC 7986 CONFERENCE), not a page about it."""
    return conference_provider(url) is not None


@remembered
def conference_provider(url: str) -> str | None:
    """The name of the program behind a conference link: "Zoom", "Google Meet", "BigBlueButton" …"""
    return _provider_of(url) if _PROVIDER.search(url) else None


def _provider_of(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.path.strip("/"):
        return None
    for name, path, provider in _PROVIDERS:
        if (host == name or host.endswith(f".{name}")) and re.match(path, parts.path):
            return provider
    if _JITSI_HOST.search(host):
        return "Jitsi Meet"
    if _BBB_HOST.search(host) and _BBB_PATH.match(parts.path):
        return "BigBlueButton"
    return None


def _links(text: str, base: int) -> Iterator[OnlineMention]:
    for link in _LINK.finditer(text):
        url = link[0].rstrip(".,;:!?*_")
        provider = conference_provider(url)
        if provider is not None:
            start = base + link.start()
            yield OnlineMention(at=(start, start + len(url)), url=url, provider=provider)


def _disjoint(spans: list[Slice]) -> list[Slice]:
    """The spans without those that overlap an earlier one."""
    kept: list[Slice] = []
    for span in sorted(spans):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
