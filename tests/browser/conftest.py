"""Owns the server and the browser of these tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask

import feeds

CHROMIUM = Path("/usr/bin/chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Chromium is slow to start, and not everywhere."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.timeout(300))
        if not CHROMIUM.exists():
            item.add_marker(
                pytest.mark.skip(reason="there is no /usr/bin/chromium: apt-get install chromium")
            )


@pytest.fixture(scope="session")
def port(tmp_path_factory: pytest.TempPathFactory, sample: ModuleType) -> Iterator[int]:
    """The sample behind gunicorn, without a base URL, so that its links lead to the port."""
    catalog = tmp_path_factory.mktemp("browser") / "catalog"
    sample.publish(catalog, settings=replace(sample.SETTINGS, base_url=None))
    with socket.create_server(("127.0.0.1", 0)) as probe:
        free: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-k", "asgi", "--no-control-socket", "--log-level=error"]
    command += ["-b", f"127.0.0.1:{free}", "feeds.web.site:application"]
    # Not from the root of the project: gunicorn would read gunicorn.conf.py there and publish the posts.
    environ = os.environ | {"FEEDS_CATALOG": str(catalog), "PYTHONPATH": str(Path(feeds.__file__).parents[1])}
    server = subprocess.Popen(command, env=environ, cwd=catalog.parent)  # noqa: S603
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", free), timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield free
    server.terminate()
    server.wait(20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def answered_by() -> Callable[[Flask], Callable[[Any], None]]:
    """Answers a tab's requests from an application in this process."""

    def answering(app: Flask) -> Callable[[Any], None]:
        client = app.test_client()

        def answer(route: Any) -> None:
            reply = client.get(urlsplit(route.request.url).path)
            headers = dict(reply.headers)
            headers.pop("Strict-Transport-Security", None)
            route.fulfill(status=reply.status_code, headers=headers, body=reply.data)

        return answer

    return answering


@pytest.fixture(scope="session")
def large_print(browser: Any) -> Iterator[Any]:
    """A browser whose reader has set letters of 32 pixels."""
    options = ["--no-sandbox", "--blink-settings=defaultFontSize=32"]
    chromium = browser.browser_type.launch(executable_path=str(CHROMIUM), args=options)
    yield chromium
    chromium.close()
