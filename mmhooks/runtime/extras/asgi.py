"""One HTTP request of the server as a call of an ASGI application: https://asgi.readthedocs.io

Both bodies are streamed: the application gets the request as it comes in, and its ``send`` waits until the
server has taken what was sent before.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, MutableMapping, Sequence
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from mmhooks.api.http import AsyncRequest, Headers, RequestHead, Response
from mmhooks.errors import TransportError
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
        "extensions": {"http.response.trailers": {}},
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


class Exchange:
    """One call of an application: its two callables, and what goes through them. It is the response's body.

    Args:
        app: the application.
        request: the request.
        mount: the route's path, see `scope_of`.
        package: whose application it is, for the log.
    """

    def __init__(self, app: ASGIApp, request: AsyncRequest, mount: str, package: str) -> None:
        self._app = app
        self._mount = mount
        self._name = f"{package}: route {mount or '/'}"
        self._request = request
        self._incoming = aiter(request.body)
        self._has_request = True
        self._start: Message | None = None
        self._started = asyncio.Event()
        self._over = asyncio.Event()
        # One place: a second chunk waits in send() until the first has been taken.
        self._chunks: asyncio.Queue[bytes | None] = asyncio.Queue(1)
        self._is_answering = False
        self._whole: bytes | None = None
        self._has_ended = False
        self._trailers: list[tuple[bytes, bytes]] | None = None
        self._is_complete = False
        self._is_drained = False
        self._error: BaseException | None = None
        self._task: asyncio.Task[None] | None = None

    async def answer(self) -> Response:
        """Let the application answer.

        Returns:
            The response, its body still on its way. An application that fails before it has begun to answer makes
            it a 500; one that fails later breaks the body off.
        """
        scope = self.scope()
        self._task = asyncio.create_task(self._run(scope), name=f"mmhooks-route-{self._mount}")
        _running.add(self._task)
        self._task.add_done_callback(_running.discard)
        try:
            await self._started.wait()
            return self._response()
        except BaseException:  # nobody waits for the answer any more
            self._task.cancel()
            raise

    def scope(self) -> MutableMapping[str, Any]:
        """The connection scope."""
        return scope_of(self._request, self._mount)

    async def _run(self, scope: Scope) -> None:
        try:
            await self._app(scope, self._receive, self._send)
            await self._returned()
        except Exception as error:
            await self._failed(error)
        finally:
            self._over.set()
            self._started.set()

    async def _returned(self) -> None:
        if not self._is_complete:
            raise RuntimeError("the application ended before its answer did")

    async def _failed(self, error: Exception) -> None:
        if self._is_complete:
            logger.exception("%s failed after it had answered", self._name)
            return
        logger.error("%s failed: %s: %s", self._name, type(error).__name__, error, exc_info=error)
        self._error = error
        self._started.set()
        await self._chunks.put(None)

    async def _receive(self) -> Message:
        if self._has_request:
            try:
                chunk = await anext(self._incoming, None)
            except TransportError:
                self._has_request = False
                self._over.set()
            else:
                self._has_request = chunk is not None
                return {"type": "http.request", "body": chunk or b"", "more_body": self._has_request}
        await self._over.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        kind = message["type"]
        if self._start is None:
            _expect("http.response.start", kind)
            self._start = message
        elif self._has_ended and self._trailers is not None and not self._is_complete:
            _expect("http.response.trailers", kind)
            self._trailers += message.get("headers", ())
            if not message.get("more_trailers", False):
                await self._complete()
        elif self._is_complete:
            raise RuntimeError("the answer has ended already")
        else:
            _expect("http.response.body", kind)
            await self._send_body(message)

    async def _send_body(self, message: Message) -> None:
        assert self._start is not None
        body, is_last = bytes(message.get("body", b"")), not message.get("more_body", False)
        if not self._is_answering:
            self._is_answering = True
            self._trailers = [] if self._start.get("trailers", False) else None
            if is_last and self._trailers is None:  # in one piece: it has a length
                self._whole, body = body, b""
            self._started.set()
        if body:
            await self._chunks.put(body)
        if is_last:
            self._has_ended = True
            if self._trailers is None:
                await self._complete()

    async def _complete(self) -> None:
        self._is_complete = True
        self._over.set()
        await self._chunks.put(None)

    def _response(self) -> Response:
        if self._start is None or not self._is_answering:  # it has failed
            return Response(
                status=500,
                headers={"Content-Type": "text/plain; charset=utf-8"},
                body="The plugin failed to answer; the server's log says why.\n",
            )
        return Response(
            status=self._start["status"],
            headers=header_lines(self._start.get("headers", ())),
            body=self if self._whole is None else self._whole,
            trailers=() if self._trailers is None else lambda: header_lines(self._trailers or ()),
        )

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        chunk = await self._chunks.get()
        if chunk is not None:
            return chunk
        self._is_drained = True
        self._chunks.put_nowait(None)  # the end stays the end
        if self._error is not None:
            raise self._error
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """The client has its answer, or has gone away: then the application is cancelled."""
        if self._task is not None and not self._is_drained:
            self._task.cancel()


def header_lines(headers: Iterable[Sequence[bytes]]) -> Headers:
    """An application's headers as a response has them."""
    return tuple(
        (name.decode("latin-1"), value.decode("utf-8", "surrogateescape")) for name, value in headers
    )


def _expect(wanted: str, kind: str) -> None:
    if kind != wanted:
        raise RuntimeError(f"{kind!r} is out of place: expected {wanted!r}")
