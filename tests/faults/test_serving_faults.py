"""Owns starting and running while posts break or vanish: gunicorn's own way, and `serve` with its watcher."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import feeds

ROOT = Path(feeds.__file__).parents[1]
POST = """---
title: {title}
date: 2026-01-05
---

## RiverConf, Lisbon, 12-13 May 2026

### Talk: {title}, Amara Okafor

#### 10:00 - 10:30, Tuesday 12th May
"""
SERVE = """
import sys
from pathlib import Path
from feeds.settings import Settings
from feeds.web.serve import serve

serve(host="127.0.0.1", port=int(sys.argv[1]), posts=Path(sys.argv[2]), catalog=Path(sys.argv[3]),
      settings=Settings(), workers=2)
"""


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "2026-01-05-river.md").write_text(POST.format(title="Ferries First"), encoding="utf-8")
    return folder


@contextmanager
def started(command: list[str], port: int, folder: Path, **environ: str) -> Iterator[subprocess.Popen[bytes]]:
    server = subprocess.Popen(command, cwd=folder, env=os.environ | environ, start_new_session=True)  # noqa: S603
    try:
        within(20, lambda: fetched(port) is not None)
        yield server
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def fetched(port: int) -> tuple[int, bytes] | None:
    """What `/all.ics` answers; None while nobody listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/all.ics")
        answer = connection.getresponse()
        return answer.status, answer.read()
    except OSError:
        return None
    finally:
        connection.close()


def within(seconds: float, true: Callable[[], bool]) -> float:
    """How long it took until it was true; fails when it takes longer."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < seconds, "it took too long"
        time.sleep(0.05)
    return time.monotonic() - begun


def has(port: int, words: str) -> Callable[[], bool]:
    return lambda: words.encode() in (fetched(port) or (0, b""))[1]


def by_conf(port: int) -> tuple[list[str], dict[str, str]]:
    command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "gunicorn.conf.py")]
    return command, {
        "PORT": str(port),
        "FEEDS_POSTS": "posts",
        "FEEDS_CATALOG": "catalog",
        "PYTHONPATH": str(ROOT),
    }


def test_first_start_publishes_and_a_restart_outlives_the_posts(tmp_path: Path, posts: Path) -> None:
    port = free_port()
    command, environ = by_conf(port)
    with started(command, port, tmp_path, **environ):
        first = fetched(port)
        assert first is not None
        assert (first[0], first[1].count(b"SUMMARY:Ferries First")) == (200, 1)
    shutil.rmtree(posts)
    with started(command, port, tmp_path, **environ):
        assert fetched(port) == first


def test_restart_with_broken_posts_serves_what_was_published(tmp_path: Path, posts: Path) -> None:
    port = free_port()
    command, environ = by_conf(port)
    with started(command, port, tmp_path, **environ):
        first = fetched(port)
    (posts / "2026-01-05-river.md").write_bytes(b"---\ntitle: [\n---\n\xff\xfe")
    with started(command, port, tmp_path, **environ):
        again = fetched(port)
    assert first is not None
    assert again == first


@pytest.fixture
def serving(tmp_path: Path, posts: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    port = free_port()
    command = [sys.executable, "-c", SERVE, str(port), str(posts), str(tmp_path / "catalog")]
    with started(command, port, tmp_path, PYTHONPATH=str(ROOT)) as server:
        yield port, server


def test_serve_publishes_a_change_within_seconds(
    posts: Path, serving: tuple[int, subprocess.Popen[bytes]]
) -> None:
    port, _ = serving
    within(5, has(port, "SUMMARY:Ferries First"))
    time.sleep(1)  # until somebody watches
    (posts / "2026-01-06-more.md").write_text(POST.format(title="Boats Second"), encoding="utf-8")
    spent = within(5, has(port, "SUMMARY:Boats Second"))
    print(f"a new post was served after {spent:.2f} s")


def test_serve_outlives_posts_that_vanish_and_come_back(
    posts: Path, serving: tuple[int, subprocess.Popen[bytes]]
) -> None:
    port, _ = serving
    within(5, has(port, "SUMMARY:Ferries First"))
    time.sleep(1)
    shutil.rmtree(posts)
    time.sleep(1.5)
    assert has(port, "SUMMARY:Ferries First")()
    posts.mkdir()
    (posts / "2026-01-06-more.md").write_text(POST.format(title="Boats Second"), encoding="utf-8")
    within(8, has(port, "SUMMARY:Boats Second"))


def test_serve_survives_the_loss_of_a_worker(serving: tuple[int, subprocess.Popen[bytes]]) -> None:
    port, server = serving
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="ascii").split()
    # The first child is the publisher, the workers follow it.
    os.kill(int(children[-1]), signal.SIGKILL)
    within(10, lambda: fetched(port) is not None and fetched(port) is not None)


def test_interrupt_ends_server_and_publisher(serving: tuple[int, subprocess.Popen[bytes]]) -> None:
    port, server = serving
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="ascii").split()
    os.killpg(server.pid, signal.SIGINT)
    assert server.wait(15) == 0
    within(5, lambda: not any(Path(f"/proc/{child}/exe").exists() for child in children))
    assert fetched(port) is None
