"""Owns the ASGI application: the event loop answers feeds, Flask in a few threads everything else."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask

from feeds.web import create_app
from feeds.web.lookup import Answer

if TYPE_CHECKING:
    from feeds.settings import Settings

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

_THREADS = 4


def create_asgi_app(catalog_path: Path | None = None, settings: Settings | None = None) -> Application:
    """The whole site for an ASGI server; `create_app` is the same site for a WSGI server."""
    flask = create_app(catalog_path, settings)
    lookup = flask.extensions["feeds.lookup"]
    pool = ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="page")

    async def application(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await _lifespan(receive, send) if scope["type"] == "lifespan" else None
        query = scope["query_string"].decode("latin-1")
        answer = lookup(scope["method"], scope["path"], _headers(scope["headers"]), query=query)
        if answer is None:
            loop = asyncio.get_running_loop()
            answer = await loop.run_in_executor(pool, _ask_flask, flask, scope)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.raw_headers})
        await send({"type": "http.response.body", "body": answer.body})
        return None

    return application


def _headers(pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Names are lower case already; a repeated field is one list (RFC 9110 section 5.3)."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in pairs:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


async def _lifespan(receive: Receive, send: Send) -> None:
    while (message := await receive())["type"] != "lifespan.shutdown":
        await send({"type": f"{message['type']}.complete"})
    await send({"type": "lifespan.shutdown.complete"})


def _ask_flask(flask: Flask, scope: Message) -> Answer:
    """One WSGI call. No page reads a request body, so none is handed on."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], _error: object = None
    ) -> Callable[..., None]:
        begun.append((status, headers))
        return lambda _data: None

    chunks: Iterable[bytes] = flask.wsgi_app(_environ(scope), start_response)
    try:
        body = b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
    status, headers = begun[-1]
    return Answer(status=int(status.split(" ", 1)[0]), headers=tuple(headers), body=body)


def _environ(scope: Message) -> dict[str, Any]:
    """PEP 3333's view of a request; bytes travel in strings as latin-1."""
    root = scope.get("root_path", "")
    host, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": root.encode().decode("latin-1"),
        "PATH_INFO": scope["path"].removeprefix(root).encode("utf-8", "replace").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in _headers(scope["headers"]).items():
        # An underscore could pass for the hyphen of a header that a proxy sets (gunicorn drops them, too).
        if "_" not in name:
            environ["HTTP_" + name.upper().replace("-", "_")] = value
    return environ
