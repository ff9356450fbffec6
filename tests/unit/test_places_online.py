"""Owns the examples of what happens online and of conference links."""

from __future__ import annotations

import pytest

from feeds.understand.places import conference_link, conference_provider, find_online, is_online

ONLINE: list[str] = [
    "Location: Online",
    "Where: virtual",
    "Online",
    "Berlin / Online",
    "Online and in Berlin",
    "Prague + online",
    "a virtual event",
    "This is an online meetup",
    "the hybrid conference of the year",
    "our next Virtual Meetup",
    "The summit takes place online",
    "The talks will be held virtually",
    "Join us online!",
    "You can attend the talks remotely",
    "happening virtually from 12 August",
    "streamed live online",
    "There is a livestream",
    "live-streamed for everyone",
    "Register for the webinar",
    "Die Konferenz findet online statt",
    "une conférence en ligne | en ligne",
    "evento online",
    "Join at https://meet.jit.si/ExampleRoom",
    "[Zoom](https://us02web.zoom.us/j/123456789?pwd=abc)",
]

OFFLINE: list[str] = [
    "The slides are available online",
    "You can register online",
    "Virtual machines in production",
    "Virtual Environments in R",
    "an online shop",
    "remote procedure calls",
    "git push to the remote",
    "hybrid cloud",
    "Read the online documentation",
    "virtual threads in Java",
    "bring the cluster online",
    "see https://online.example.org/virtual",
    "Streams and reactive streams",
    "",
]


@pytest.mark.parametrize("text", ONLINE)
def test_taking_part_online_is_recognised(text: str) -> None:
    assert is_online(text)


@pytest.mark.parametrize("text", OFFLINE)
def test_software_and_pages_online_are_no_place(text: str) -> None:
    assert [text[slice(*mention.at)] for mention in find_online(text)] == []


LINKS: list[tuple[str, str | None]] = [
    ("https://zoom.us/j/123456789", "Zoom"),
    ("https://us02web.zoom.us/w/123?tk=x", "Zoom"),
    ("https://example.zoom.us/webinar/register/WN_x", "Zoom"),
    ("https://zoom.us/pricing", None),
    ("https://meet.google.com/abc-defg-hij", "Google Meet"),
    ("https://meet.google.com/", None),
    ("https://teams.microsoft.com/l/meetup-join/19%3ameeting", "Microsoft Teams"),
    ("https://teams.live.com/meet/9312345", "Microsoft Teams"),
    ("https://www.youtube.com/watch?v=abc", "YouTube"),
    ("https://youtube.com/live/abc", "YouTube"),
    ("https://youtu.be/abc", "YouTube"),
    ("https://www.youtube.com/@example", None),
    ("https://www.youtube.com/playlist?list=PL1", None),
    ("https://meet.jit.si/Example", "Jitsi Meet"),
    ("https://jitsi.example.org/room", "Jitsi Meet"),
    ("https://bbb.example.org/b/ann-abc-def", "BigBlueButton"),
    ("https://bigbluebutton.example.org/rooms/abc/join", "BigBlueButton"),
    ("https://example.webex.com/meet/ann", "Webex"),
    ("https://whereby.com/example", "Whereby"),
    ("https://www.twitch.tv/example", "Twitch"),
    ("https://example.org/zoom.us/j/1", None),
    ("https://zoom.us.example.org/j/1", None),
    ("https://notzoom.us/j/1", None),
    ("ftp://zoom.us/j/1", None),
    ("javascript:alert(1)//zoom.us/j/1", None),
    ("https://[broken/j/1", None),
    ("", None),
]


@pytest.mark.parametrize(("url", "provider"), LINKS)
def test_conference_link_has_a_provider(url: str, provider: str | None) -> None:
    assert conference_provider(url) == provider
    assert conference_link(url) is (provider is not None)


def test_link_is_found_with_its_slice() -> None:
    text = "Join: https://meet.jit.si/Example."
    (mention,) = find_online(text, base=10)
    assert (mention.url, mention.provider) == ("https://meet.jit.si/Example", "Jitsi Meet")
    assert mention.at == (16, 43)
