"""Owns the proof that what is published passes the checker: every feed and download of a hard schedule."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from feeds.ical import read_back
from feeds.model import Schedule
from feeds.publication import Feed, publish
from feeds.settings import Settings
from tests.conformance.checker import check
from tests.conformance.samples import REVISIONS, SCHEDULE

SETTINGS = Settings(
    title="Talks, ours; \\ all", description="Zeile 1\nZeile 2", base_url="https://talks.example"
)
FEEDS = publish(SCHEDULE, revisions=REVISIONS, settings=SETTINGS).feeds
EMPTY = publish(Schedule(), revisions={}, settings=SETTINGS).feeds
PLAIN = publish(SCHEDULE, revisions=REVISIONS, settings=Settings()).feeds


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.address)
def test_published_feed_conforms(feed: Feed) -> None:
    assert check(feed.body, one_off=feed.method is not None) == []


def test_published_feed_of_nothing_conforms() -> None:
    (feed,) = EMPTY
    assert check(feed.body) == []
    assert read_back(feed.body) == ()


def test_published_feed_without_base_url_conforms() -> None:
    assert {feed.address: check(feed.body, one_off=feed.method is not None) for feed in PLAIN} == {
        feed.address: [] for feed in FEEDS
    }


def test_published_session_has_the_same_lines_in_every_feed() -> None:
    bodies = [feed.body for feed in FEEDS if feed.method is None]
    found = {vevent for body in bodies for vevent in body.split(b"BEGIN:VEVENT\r\n")[1:]}
    vevents = {vevent.removesuffix(b"END:VCALENDAR\r\n") for vevent in found}
    uids = sorted(line for vevent in vevents for line in vevent.split(b"\r\n") if line.startswith(b"UID:"))
    assert uids == sorted(set(uids))


_DIGEST = """
from tests.conformance.test_conformance import FEEDS, digest
print(digest(FEEDS))
"""


def digest(feeds: tuple[Feed, ...]) -> str:
    return sha256(b"\0".join(feed.address.encode() + b"\0" + feed.body for feed in feeds)).hexdigest()


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
        {
            "PYTHONHASHSEED": "2",
            "TZ": "Asia/Tokyo",
            "LC_ALL": "C.UTF-8",
            "PYTHONTZPATH": "/usr/share/zoneinfo",
        },
    ],
)
def test_published_bytes_do_not_depend_on_the_machine(environment: dict[str, str]) -> None:
    root = Path(__file__).parents[2]
    path = os.pathsep.join(path for path in sys.path if path)
    found = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", _DIGEST],
        cwd=root,
        env={**os.environ, **environment, "PYTHONPATH": f"{path}{os.pathsep}{root}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == digest(FEEDS)
