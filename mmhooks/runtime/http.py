"""`serve_http` and `serve_metrics`: a stream of messages in, a stream of messages out, nothing held in between."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
)
from typing import Any, Final, TypeVar

from mmhooks.api.exchange import async_body_of, fill_headers, headers_of
from mmhooks.api.http import AsyncRequest, Headers, Request, RequestHead, Response
from mmhooks.api.stream import AsyncByteStream, ByteStream, chunks
from mmhooks.api.websocket import Close, Event, WebSocket, checked, event_of, fill_accept, fill_event
from mmhooks.errors import AppError, HookError, TransportError
from mmhooks.runtime.dispatch import Dispatcher
from mmhooks.runtime.threads import WorkerThreads

T = TypeVar("T")

_BODILESS: Final = frozenset({204, 304})
_SETTLE_THE_LENGTH: Final = ("Content-Length", "Transfer-Encoding")

logger = logging.getLogger("mmhooks.servant")


async def serve(dispatcher: Dispatcher, hook: str, requests: AsyncIterator[Any]) -> AsyncGenerator[Any, None]:
    """Answers one HTTP request: yields the response's messages as the hookimpl writes them.

    Closing it, or cancelling whoever waits for it, says that the client has gone.
    """
    entry = dispatcher.entry(hook)
    incoming = aiter(requests)
    first = await anext(incoming)
    context, head = entry.codec.decode_request(first)
    offered = hook == "serve_http" and first.HasField("websocket")
    request = BothKinds(head, _body(head, first, incoming, offered), asyncio.get_running_loop(), offered)
    response = await _answer(dispatcher, hook, first, {"context": context, "request": request})
    if isinstance(response, WebSocket) and offered:
        messages = _conversation(entry.codec.response_class, response, incoming)
    else:
        if isinstance(response, WebSocket):
            response = _text(426, "A WebSocket answers here, and nothing else.\n")
        messages = _messages(entry.codec.response_class, head.method, response, dispatcher.pm.lanes.threads)
    try:
        async for message in messages:
            yield message
    finally:
        await messages.aclose()


async def _answer(dispatcher: Dispatcher, hook: str, first: Any, arguments: dict[str, Any]) -> Response:
    try:
        response = await dispatcher.arun(hook, first, arguments)
    except (AppError, HookError) as error:
        logger.error("%s failed: %s", hook, error, extra={"hook_name": hook})
        status = error.status_code if isinstance(error, AppError) else 500
        return _text(status, "The plugin failed; see its log.\n")
    return _text(404, "Nothing here.\n") if response is None else response


async def _messages(
    message: Any, method: str, response: Response, threads: WorkerThreads
) -> AsyncGenerator[Any, None]:
    body = Outgoing(response.body, threads)
    head = message(body=await anext(body, b"") if body.is_whole else b"")
    head.response.status_code = response.status
    fill_headers((*response.headers, *_length_line(method, response)), head.response.headers)
    try:
        yield head  # at once: the client may wait for it before the body has begun
        async for chunk in body:
            yield message(body=chunk)
        if trailers := response.trailers() if callable(response.trailers) else response.trailers:
            last = message()
            fill_headers(trailers, last.response.trailers)
            yield last
    finally:
        await body.aclose()


def _length_line(method: str, response: Response) -> Headers:
    """The length of a body that is known, where nobody has said it and something may follow from it."""
    body = response.body
    if not isinstance(body, str | bytes | None) or response.trailers or response.status in _BODILESS:
        return ()
    if any(response.header(name) is not None for name in _SETTLE_THE_LENGTH) or (
        method == "HEAD" and not body
    ):
        return ()
    return (("Content-Length", str(len(body.encode() if isinstance(body, str) else body or b""))),)


async def _conversation(
    message: Any, answer: WebSocket, incoming: AsyncIterator[Any]
) -> AsyncGenerator[Any, None]:
    def sent(event: Event) -> Any:
        out = message()
        fill_event(checked(event), out.websocket)
        return out

    opened = message()
    fill_accept(answer, opened.websocket)
    events = answer.talk(_events(incoming))
    try:
        yield opened
        async for event in events:
            yield sent(event)
            if isinstance(event, Close):
                return
        yield sent(Close())
    except Exception:
        logger.exception("a WebSocket failed and is closed")
        yield sent(Close(1011))
    finally:
        await _aclose(events)


async def _events(incoming: AsyncIterator[Any]) -> AsyncIterator[Event]:
    """What the client sends, a `Close` last."""
    async for message in incoming:
        yield (event := event_of(message.websocket))
        if isinstance(event, Close):
            return
    yield Close(1006)


async def _body(head: Any, first: Any, incoming: AsyncIterator[Any], offered: bool) -> AsyncIterator[bytes]:
    """The request's body. A stream ends in the same way when the client has gone, but then too early."""
    if offered:
        return  # what follows are events
    missing = _announced_length(head)
    async for chunk in async_body_of(first, incoming):
        missing -= len(chunk)
        yield chunk
    if missing > 0:
        raise TransportError(
            f"the request's body broke off, {missing:,} bytes before its end: the client has gone"
        )


def _announced_length(head: Any) -> int:
    headers = {line.name.lower(): line.values[0] for line in head.headers}
    if "mattermost-plugin-id" in headers:  # another plugin may pass on the header of another request
        return 0
    text = headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdecimal() else 0


class BothKinds:
    """A request as each kind of hookimpl takes it; both read from the same stream."""

    def __init__(
        self, head: Any, incoming: AsyncIterator[bytes], loop: asyncio.AbstractEventLoop, is_websocket: bool
    ) -> None:
        fields = {**request_fields(head), "is_websocket": is_websocket}
        self._sync = Request(**fields, body=ByteStream(pull(incoming, loop)))
        self._async = AsyncRequest(**fields, body=AsyncByteStream(incoming))

    def for_hookimpl(self, is_async: bool) -> RequestHead:
        """The request with a body to be awaited, or with one that blocks."""
        return self._async if is_async else self._sync


def request_fields(head: Any) -> dict[str, Any]:
    """An HTTPRequest message as the fields of a request."""
    return {
        "method": head.method,
        "url": head.url,
        "proto": head.proto,
        "headers": headers_of(head),
        "host": head.host,
        "remote_addr": head.remote_addr,
        "request_uri": head.request_uri,
    }


def pull(source: AsyncIterator[T], loop: asyncio.AbstractEventLoop) -> Iterator[T]:
    """An asynchronous stream for code on a worker thread: each item is fetched when it is asked for."""

    async def following() -> T | None:
        return await anext(source, None)

    while (chunk := asyncio.run_coroutine_threadsafe(following(), loop).result()) is not None:
        yield chunk


class Outgoing:
    """A body in chunks of at most 64 KiB; a blocking iterable runs on worker threads."""

    def __init__(
        self, body: bytes | str | Iterable[bytes] | AsyncIterable[bytes] | None, threads: WorkerThreads
    ) -> None:
        self.is_whole = isinstance(body, str | bytes)
        self._body = body.encode() if isinstance(body, str) else body or b""
        self._threads = threads
        self._busy = threading.Lock()
        self._chunks = (
            self._pushed(self._body) if isinstance(self._body, AsyncIterable) else self._pulled(self._body)
        )

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._chunks

    def __anext__(self) -> Awaitable[bytes]:
        return anext(self._chunks)

    async def aclose(self) -> None:
        """Nobody wants the rest."""
        await self._chunks.aclose()
        if isinstance(self._body, AsyncIterable):
            await _aclose(self._body)
        elif (close := getattr(self._body, "close", None)) is not None:
            self._threads.submit(self._close, close)

    async def _pushed(self, body: AsyncIterable[bytes]) -> AsyncGenerator[bytes, None]:
        async for part in body:
            for chunk in chunks(part):
                yield chunk

    async def _pulled(self, body: bytes | Iterable[bytes]) -> AsyncGenerator[bytes, None]:
        parts = chunks(body)
        if isinstance(body, bytes):
            for chunk in parts:
                yield chunk
            return
        loop = asyncio.get_running_loop()
        while chunk := await self._threads.run(loop, self._next, parts):
            yield chunk

    def _next(self, parts: Iterator[bytes]) -> bytes:
        with self._busy:
            return next(parts, b"")

    def _close(self, close: Callable[[], object]) -> None:
        # A generator that is running cannot be closed: it first comes to its next chunk.
        with self._busy:
            try:
                close()
            except Exception:
                logger.exception("a response's body failed when it was closed")


async def _aclose(source: object) -> None:
    """Closes what can be closed: generators, and streams."""
    close = getattr(source, "aclose", None) or getattr(source, "close", None)
    if close is not None:
        await close()


def _text(status: int, text: str) -> Response:
    return Response(status=status, body=text, headers=[("Content-Type", "text/plain; charset=utf-8")])
