"""Owns running the site with gunicorn, and publishing changed posts while it runs.

watchfiles is imported here and nowhere else in this room: watching is what `serve` adds to gunicorn.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from feeds.folder import list_posts

if TYPE_CHECKING:
    from feeds.compile import Site
    from feeds.settings import Settings

log = logging.getLogger("feeds.serve")

_HOUR = 3600.0
"""Seconds between two looks for what leaves the feeds by the calendar alone."""


def serve(*, host: str, port: int, posts: Path, catalog: Path, settings: Settings, workers: int = 2) -> None:
    """Publish the posts, serve them, and publish each good change within a second, until interrupted.

    Raises: SystemExit where there is nothing to serve, and at the end.
    """
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped] # noqa: PLC0415

    options = gunicorn_settings(bind=f"{host}:{port}", workers=workers)

    class Server(BaseApplication):  # type: ignore[misc] # gunicorn is configured by a class of one's own
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from feeds.web.asgi import create_asgi_app  # noqa: PLC0415 - in the worker, not in the master

            return create_asgi_app(catalog)

    site = publish_first(posts=posts, catalog=catalog, settings=settings)
    # A process of its own, forked before gunicorn has anything to lose: a thread in gunicorn's master
    # would be cut in half by each fork of a worker. It inherits what the first compile understood.
    master = os.getpid()
    if os.fork() == 0:
        _publish_changes(site, posts=posts, master=master)
    Server().run()


def gunicorn_settings(*, bind: str, workers: int) -> dict[str, Any]:
    """How the site runs under gunicorn, whoever starts it."""
    return {
        "bind": bind,
        "workers": workers,
        # Measured in benchmarks/serve.py: several times the requests of the threaded WSGI worker.
        "worker_class": "asgi",
        # Each worker opens the catalog itself; a connection to SQLite must not be shared by a fork.
        "preload_app": False,
        # Since 25.1 gunicorn writes to $HOME otherwise, and fails where that is read-only.
        "control_socket_disable": True,
        # A heartbeat on a slow disk looks like a worker that hangs.
        "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108
        "forwarded_allow_ips": os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1"),
        "accesslog": os.environ.get("FEEDS_ACCESS_LOG") or None,
        "graceful_timeout": 10,
        "timeout": 30,
        "keepalive": 15,
    }


def publish_first(*, posts: Path, catalog: Path, settings: Settings) -> Site:
    """Publish before serving; where that fails, what was published last is served.

    The revision record beside the posts is kept up to date where the folder can be written.
    Raises: SystemExit where there is nothing to serve at all.
    """
    from feeds.compile import Site  # noqa: PLC0415 - workers never compile

    site = Site(posts, catalog=catalog, settings=settings, keep=True)
    if catalog.exists() and _gone(posts):
        return site
    try:
        _compile(site)
    except Exception as error:
        if not catalog.exists():
            raise SystemExit(f"nothing to serve: {error}") from error
        log.exception("cannot publish, serving what was published last")
    return site


def _compile(site: Site) -> None:
    """The one place where a clock enters: the time that the revision record gives to what changed."""
    compiled = site.compile(now=datetime.now(UTC))
    if compiled.stale:
        log.warning("the revision record cannot be written: changes are served, but not remembered")


def _gone(posts: Path) -> bool:
    """A folder that vanished or was not mounted is no wish to cancel everything."""
    if list_posts(posts).files:
        return False
    log.warning("no posts in %s: serving what was published last", posts)
    return True


def _publish_changes(site: Site, *, posts: Path, master: int) -> NoReturn:
    """Publish each change until the master is gone; never returns into the code that forked."""
    try:
        for _ in _changes(posts, master=master):
            if not _gone(posts):
                _publish(site)
    except KeyboardInterrupt:
        pass
    finally:
        os._exit(0)


def _changes(posts: Path, *, master: int) -> Iterator[None]:
    """One item for each burst of changes; a folder that is replaced or mounted anew is watched anew."""
    from watchfiles import watch  # noqa: PLC0415 - only this process watches

    while os.getppid() == master:
        if not posts.is_dir():
            time.sleep(0.5)
            continue
        folder = posts.stat().st_ino
        yield  # whatever happened before anybody watched
        looked = time.monotonic()
        # An empty set comes at least twice a second, to look whether the master still lives.
        for changes in watch(posts, debounce=200, step=40, rust_timeout=400, yield_on_timeout=True):
            if changes or time.monotonic() - looked > _HOUR:  # cancellations leave without an edit
                looked = time.monotonic()
                yield
            if os.getppid() != master or not posts.is_dir() or posts.stat().st_ino != folder:
                break


def _publish(site: Site) -> None:
    """One change; whatever is wrong with it, the next one gets its chance."""
    try:
        _compile(site)
    except Exception:
        log.exception("cannot publish this change, serving what was published last")
