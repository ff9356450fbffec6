"""Owns the two ways of asking the site: Flask's test client, and gunicorn on a loopback port."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import feeds
from feeds.web import create_app
from feeds.web.serve import gunicorn_settings

ROOT = Path(feeds.__file__).parents[1]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What came back; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Ask = Callable[..., Reply]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, sample: ModuleType) -> Path:
    """The catalog of the sample, with a feed that moved and one that is gone."""
    path: Path = tmp_path_factory.mktemp("published") / "catalog"
    moved = {"/events/harbour-2026.ics": "/events/harbourconf-2026.ics", "/events/first-try-2019.ics": None}
    sample.publish(path, moved=moved)
    return path


def through_flask(path: Path) -> Ask:
    """Asks the WSGI application in this process."""
    client = create_app(path).test_client()

    def ask(method: str, target: str, headers: Mapping[str, str] | None = None) -> Reply:
        answer = client.open(target, method=method, headers=dict(headers or {}))
        return Reply(
            status=answer.status_code,
            headers={name.lower(): value for name, value in answer.headers.items()},
            body=answer.data,
        )

    return ask


def through_port(port: int) -> Ask:
    """Asks a server as a calendar program does, one connection a request."""

    def ask(method: str, target: str, headers: Mapping[str, str] | None = None) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.putrequest(method, target, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(status=answer.status, headers=found, body=answer.read())
        finally:
            connection.close()

    return ask


@contextmanager
def gunicorn(
    catalog: Path, *, workers: int = 1, application: str = "feeds.web.site:application"
) -> Iterator[int]:
    """The site's own settings on a free port of the loopback interface."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    settings = gunicorn_settings(bind=f"127.0.0.1:{port}", workers=workers) | {"loglevel": "error"}
    conf = catalog.parent / f"gunicorn-{port}.py"
    conf.write_text("".join(f"{name} = {value!r}\n" for name, value in settings.items()), encoding="utf-8")
    environ = os.environ | {"FEEDS_CATALOG": str(catalog)}
    command = [sys.executable, "-m", "gunicorn", "-c", str(conf), application]
    server = subprocess.Popen(command, env=environ, cwd=ROOT)  # noqa: S603 - our own command
    try:
        _wait(port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(5)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"nothing listens on port {port}")


@pytest.fixture(scope="session")
def gunicorn_ask(published: Path) -> Iterator[Ask]:
    """The ASGI site under gunicorn."""
    with gunicorn(published) as port:
        yield through_port(port)


@pytest.fixture(params=["flask", "gunicorn"])
def ask(request: Any, published: Path) -> Ask:
    """Both ways in turn: the two must not differ."""
    if request.param == "flask":
        return through_flask(published)
    asked: Ask = request.getfixturevalue("gunicorn_ask")
    return asked


@pytest.fixture(scope="session")
def serving() -> Callable[..., Any]:
    """For tests that publish while a server runs: a context manager that gives a port."""
    return gunicorn


@pytest.fixture(scope="session")
def asking() -> Callable[[int], Ask]:
    """Asks a port."""
    return through_port
