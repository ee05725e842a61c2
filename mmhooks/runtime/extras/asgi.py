"""One HTTP request of the server as a call of an ASGI application: https://asgi.readthedocs.io

Both bodies are streamed: the application gets the request as it comes in, and its ``send`` waits until the
server has taken what was sent before.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, MutableMapping
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from mmhooks.api.http import AsyncRequest, RequestHead, Response
from mmhooks.specs.compose import ASGIApp, Message, Scope

USER_HEADER: Final = "Mattermost-User-Id"

logger = logging.getLogger("mmhooks.routes")

_running: set[asyncio.Task[None]] = set()
"""The event loop keeps no task alive by itself."""


def path_of(url: str) -> str:
    """The path of an address, decoded."""
    return unquote(_target(url)[0])


def scope_of(request: RequestHead, mount: str) -> MutableMapping[str, Any]:
    """The connection scope.

    Args:
        request: the request.
        mount: the route's path below the plugin's address; together they are ``root_path``.
    """
    raw_path, query = _target(request.url)
    path = unquote(raw_path)
    outer = unquote(_target(request.request_uri)[0])
    # What the server took away: "/plugins/<id>", after the site's own path if it has one.
    prefix = outer.removesuffix(path) if outer.endswith(path) else ""
    host, _, port = request.host.rpartition(":") if ":" in request.host else (request.host, "", "")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": request.proto.removeprefix("HTTP/") or "1.1",
        "method": request.method,
        "scheme": request.header("X-Forwarded-Proto") or "http",
        "path": prefix + path,
        "raw_path": (prefix + raw_path).encode("utf-8", "replace"),
        "root_path": prefix + mount,
        "query_string": query.encode("utf-8", "replace"),
        "headers": _headers(request),
        "client": _address(request.remote_addr),
        "server": (host, int(port)) if port.isdecimal() else (request.host, None),
        "mattermost_user_id": request.header(USER_HEADER) or None,
    }


def _target(url: str) -> tuple[str, str]:
    # A path may begin with two slashes, which urlsplit would take for a host.
    if not url.startswith("/"):
        parts = urlsplit(url)
        return parts.path or "/", parts.query
    path, _, query = url.partition("#")[0].partition("?")
    return path, query


def _headers(request: RequestHead) -> list[tuple[bytes, bytes]]:
    lines = [
        (name.lower().encode("latin-1", "replace"), value.encode("utf-8")) for name, value in request.headers
    ]
    # Go keeps the host apart from the headers.
    if request.host and request.header("Host") is None:
        lines.insert(0, (b"host", request.host.encode("utf-8")))
    return lines


def _address(text: str) -> tuple[str, int] | None:
    host, _, port = text.rpartition(":")
    return (host.strip("[]"), int(port)) if host and port.isdecimal() else None


async def call_app(app: ASGIApp, request: AsyncRequest, mount: str, package: str) -> Response:
    """Let an application answer.

    Args:
        app: the application.
        request: the request.
        mount: the route's path, see `scope_of`.
        package: whose application it is, for the log.

    Returns:
        The response, its body still on its way. An application that fails before it has begun to answer makes
        it a 500; one that fails later breaks the body off.
    """
    exchange = _Exchange(app, request, mount, package)
    task = asyncio.create_task(exchange.run(scope_of(request, mount)), name=f"mmhooks-route-{mount}")
    _running.add(task)
    task.add_done_callback(_running.discard)
    try:
        return await exchange.response(task)
    except BaseException:  # nobody waits for the answer any more
        task.cancel()
        raise


class _Exchange:
    """The two callables of one ASGI call, and what goes through them."""

    def __init__(self, app: ASGIApp, request: AsyncRequest, mount: str, package: str) -> None:
        self._app = app
        self._request = request
        self._name = f"{package}: route {mount or '/'}"
        self._incoming = aiter(request.body)
        self._has_request = True
        self._start: Message | None = None
        self._started = asyncio.Event()
        self._over = asyncio.Event()
        # One place: a second chunk waits in send() until the first has been taken.
        self._chunks: asyncio.Queue[bytes | None] = asyncio.Queue(1)
        self._is_answering = False
        self._is_complete = False
        self._error: BaseException | None = None

    async def run(self, scope: Scope) -> None:
        """Call the application to its end."""
        try:
            await self._app(scope, self._receive, self._send)
            if not self._is_complete:
                raise RuntimeError("the application ended before its answer did")
        except Exception as error:
            if self._is_complete:
                logger.exception("%s failed after it had answered", self._name)
                return
            logger.error("%s failed: %s: %s", self._name, type(error).__name__, error, exc_info=error)
            self._error = error
            self._started.set()
            await self._chunks.put(None)
        finally:
            self._over.set()

    async def _receive(self) -> Message:
        if self._has_request:
            chunk = await anext(self._incoming, None)
            self._has_request = chunk is not None
            return {"type": "http.request", "body": chunk or b"", "more_body": self._has_request}
        await self._over.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        kind = message["type"]
        if self._start is None:
            if kind != "http.response.start":
                raise RuntimeError(f"an answer begins with 'http.response.start', not {kind!r}")
            self._start = message
            return
        if kind != "http.response.body":
            raise RuntimeError(f"{kind!r} is out of place: expected 'http.response.body'")
        if self._is_complete:
            raise RuntimeError("the answer has ended already")
        self._is_answering = True
        self._started.set()
        if body := message.get("body", b""):
            await self._chunks.put(bytes(body))
        if not message.get("more_body", False):
            self._is_complete = True
            self._over.set()
            await self._chunks.put(None)

    async def response(self, task: asyncio.Task[None]) -> Response:
        """Wait until the application has begun its answer."""
        await self._started.wait()
        if self._start is None or not self._is_answering:  # it has failed
            return Response(
                status=500,
                headers={"Content-Type": "text/plain; charset=utf-8"},
                body="The plugin failed to answer; the server's log says why.\n",
            )
        headers = [
            (name.decode("latin-1"), value.decode("utf-8", "surrogateescape"))
            for name, value in self._start.get("headers", ())
        ]
        return Response(status=self._start["status"], headers=headers, body=self._body(task))

    async def _body(self, task: asyncio.Task[None]) -> AsyncIterator[bytes]:
        try:
            while (chunk := await self._chunks.get()) is not None:
                yield chunk
            if self._error is not None:
                raise self._error
        except (GeneratorExit, asyncio.CancelledError):  # the client has gone away
            task.cancel()
            raise
