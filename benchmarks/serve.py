"""Owns the measure of serving: one feed from this site against a bare callable that returns the same bytes.

Both run under gunicorn with the same settings and answer `wrk` in turns, so that a busy machine slows both.
The bare callable comes twice: with the headers this site sends, and with the two that no answer can lack.

    python benchmarks/serve.py [--rounds 5] [--seconds 3] [--events 100]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from feeds.catalog import write_catalog
from feeds.model import Calendar, Schedule
from feeds.publication import Feed
from feeds.settings import Settings
from feeds.web.serve import gunicorn_settings

BARE = """
import json, os
body = open(os.environ["BENCH_BODY"], "rb").read()
same = [(name.encode(), value.encode()) for name, value in json.load(open(os.environ["BENCH_HEADERS"]))]
least = [pair for pair in same if pair[0] in (b"content-type", b"content-length")]


def made(headers):
    async def application(scope, receive, send):
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": body})

    return application


whole, least = made(same), made(least)
"""
SITE = "feeds.web.site:application"
WSGI_SITE = "feeds.web:create_app()"


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--events", type=int, default=100)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        environ = prepared(folder, events=given.events)
        site = stack.enter_context(running(SITE, folder, environ))
        capture(site, folder)
        ports = {
            "this site": site,
            "bare, same headers": stack.enter_context(running("bare:whole", folder, environ)),
            "bare, two headers": stack.enter_context(running("bare:least", folder, environ)),
            "this site, WSGI threads": stack.enter_context(running(WSGI_SITE, folder, environ, threads=4)),
        }
        rounds = [
            {who: measured(port, given.seconds) for who, port in ports.items()} for _ in range(given.rounds)
        ]
    tell(rounds)


def tell(rounds: list[dict[str, tuple[float, float]]]) -> None:
    """Medians, and medians of the ratios within each round."""
    print(f"{'':26}{'requests/s':>12}{'p99 ms':>10}{'site ÷ it':>11}")
    for who in rounds[0]:
        rate, slowest = (median(result[who][part] for result in rounds) for part in (0, 1))
        ratio = median(result["this site"][0] / result[who][0] for result in rounds)
        print(f"{who:26}{rate:12,.0f}{slowest:10.2f}{ratio:11.2f}")


def prepared(folder: Path, *, events: int) -> dict[str, str]:
    """A catalog with one feed of about 200 bytes an event, and what the bare callable reads."""
    event = "BEGIN:VEVENT\r\nUID:{0}\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Session {0}\r\n{1}END:VEVENT\r\n"
    text = "".join(
        event.format(number, "DESCRIPTION:a sentence that fills a line\r\n" * 2) for number in range(events)
    )
    body = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n{text}END:VCALENDAR\r\n".encode()
    feed = Feed(
        address="/all.ics",
        page="/",
        name="All",
        filename="all.ics",
        method=None,
        calendar=Calendar(head=body),
        last_modified=datetime(2026, 1, 1, tzinfo=UTC),
        count=events,
    )
    write_catalog(
        folder / "catalog",
        schedule=Schedule(),
        feeds=[feed],
        diagnostics=[],
        revisions={},
        settings=Settings(),
        digest="bench",
    )
    (folder / "body").write_bytes(body)
    (folder / "bare.py").write_text(BARE, encoding="utf-8")
    return os.environ | {
        "FEEDS_CATALOG": str(folder / "catalog"),
        "BENCH_BODY": str(folder / "body"),
        "BENCH_HEADERS": str(folder / "headers"),
    }


def capture(port: int, folder: Path) -> None:
    """The headers of the site's answer; gunicorn adds the rest to either side."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/all.ics", timeout=10) as answer:
        own = [
            (n.lower(), v)
            for n, v in answer.headers.items()
            if n.lower() not in ("date", "server", "connection")
        ]
    (folder / "headers").write_text(json.dumps(own), encoding="utf-8")


@contextmanager
def running(application: str, folder: Path, environ: dict[str, str], *, threads: int = 0) -> Iterator[int]:
    """One gunicorn worker with the site's own settings, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    settings = gunicorn_settings(bind=f"127.0.0.1:{port}", workers=1) | {"loglevel": "error"}
    if threads:
        settings |= {"worker_class": "gthread", "threads": threads}
    conf = folder / f"{port}.py"
    conf.write_text("".join(f"{name} = {value!r}\n" for name, value in settings.items()), encoding="utf-8")
    command = [sys.executable, "-m", "gunicorn", "-c", str(conf), "--chdir", str(folder), application]
    server = subprocess.Popen(command, env=environ)  # noqa: S603 - our own command
    try:
        wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def wait(port: int) -> None:
    """Until someone listens, at most ten seconds."""
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"nothing listens on port {port}")


def measured(port: int, seconds: int) -> tuple[float, float]:
    """Requests a second and the 99th percentile in milliseconds."""
    command = ["wrk", "-t1", "-c32", f"-d{seconds}s", "--latency", f"http://127.0.0.1:{port}/all.ics"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own command
    assert "Non-2xx" not in told, told
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])  # type: ignore[index]
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", told).groups()  # type: ignore[union-attr]
    return rate, float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


if __name__ == "__main__":
    main()
