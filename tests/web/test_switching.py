"""Owns what happens while something new is published: every worker switches, no answer is of two halves."""

from __future__ import annotations

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from feeds.catalog import CatalogWatcher

NOTE = re.compile(rb"X-NOTE:(\S*)\r\n")


def test_workers_switch_within_a_second(
    tmp_path: Path, sample: ModuleType, serving: Callable[..., Any], asking: Callable[[int], Any]
) -> None:
    path = tmp_path / "catalog"
    sample.publish(path, note="first")
    with serving(path, workers=2) as port:
        ask = asking(port)
        assert {note(ask("GET", "/all.ics").body) for _ in range(20)} == {"first"}
        sample.publish(path, note="second")
        time.sleep(1.0)
        assert {note(ask("GET", "/all.ics").body) for _ in range(40)} == {"second"}
        assert json.loads(ask("GET", "/healthz").body)["digest"] == "input-second"


def test_answers_are_never_mixed_under_load(
    tmp_path: Path, sample: ModuleType, serving: Callable[..., Any], asking: Callable[[int], Any]
) -> None:
    path = tmp_path / "catalog"
    sample.publish(path, note="0")
    tags: Counter[tuple[str, str]] = Counter()
    stop = threading.Event()

    def load(ask: Any) -> None:
        while not stop.is_set():
            reply = ask("GET", "/all.ics")
            assert reply.status == 200
            tags[note(reply.body), reply.headers["etag"]] += 1

    with serving(path, workers=2) as port:
        threads = [threading.Thread(target=load, args=(asking(port),)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(1, 6):
            time.sleep(0.4)
            sample.publish(path, note=str(number))
        time.sleep(1.0)
        stop.set()
        for thread in threads:
            thread.join(10)
    notes = [seen for seen, _ in tags]
    # One tag for each publication, and the last one was reached.
    assert len(notes) == len(set(notes))
    assert "5" in notes


def note(body: bytes) -> str:
    """The one publication a body is of."""
    (found,) = set(NOTE.findall(body))
    return str(found.decode())


def test_request_keeps_the_catalog_it_took(tmp_path: Path, sample: ModuleType) -> None:
    path = tmp_path / "catalog"
    sample.publish(path, note="first")
    watcher = CatalogWatcher(path, interval=0)
    taken = watcher.current()
    sample.publish(path, note="second")
    newer = watcher.current()
    assert taken is not None
    assert newer is not None
    assert [note(catalog.feed("/all.ics").body) for catalog in (taken, newer)] == ["first", "second"]
