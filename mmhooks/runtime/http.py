"""`serve_http` and `serve_metrics`: a stream of messages in, a stream of messages out, nothing held in between."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import Any, TypeVar

from mmhooks.api.exchange import async_body_of, fill_headers, headers_of
from mmhooks.api.http import AsyncRequest, Request, RequestHead, Response
from mmhooks.api.stream import AsyncByteStream, ByteStream, chunks
from mmhooks.errors import AppError, HookError
from mmhooks.runtime.dispatch import Dispatcher
from mmhooks.runtime.threads import WorkerThreads

T = TypeVar("T")

logger = logging.getLogger("mmhooks.servant")


async def serve(dispatcher: Dispatcher, hook: str, requests: AsyncIterator[Any]) -> AsyncIterator[Any]:
    """Answers one HTTP request: yields the response's messages as the hookimpl writes them."""
    entry = dispatcher.entry(hook)
    first = await anext(aiter(requests))
    context, head = entry.codec.decode_request(first)
    incoming = async_body_of(first, aiter(requests))
    arguments = {"context": context, "request": BothKinds(head, incoming, asyncio.get_running_loop())}
    try:
        response = await dispatcher.arun(hook, first, arguments)
    except (AppError, HookError) as error:
        logger.error("%s failed: %s", hook, error, extra={"hook_name": hook})
        response = _text(
            error.status_code if isinstance(error, AppError) else 500, "The plugin failed; see its log.\n"
        )
    if response is None:
        response = _text(404, "Nothing here.\n")
    message = entry.codec.response_class
    yield _head(message(), response)
    async for chunk in body_chunks(response.body, dispatcher.pm.lanes.threads):
        yield message(body=chunk)


class BothKinds:
    """A request as each kind of hookimpl takes it; both read from the same stream."""

    def __init__(self, head: Any, incoming: AsyncIterator[bytes], loop: asyncio.AbstractEventLoop) -> None:
        fields = request_fields(head)
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


async def body_chunks(
    body: bytes | str | Iterable[bytes] | AsyncIterable[bytes] | None, threads: WorkerThreads
) -> AsyncIterator[bytes]:
    """A body in chunks of at most 64 KiB; a blocking iterable runs on worker threads."""
    if body is None:
        return
    if isinstance(body, AsyncIterable):
        async for part in body:
            for chunk in chunks(part):
                yield chunk
    elif isinstance(body, str | bytes):
        for chunk in chunks(body.encode() if isinstance(body, str) else body):
            yield chunk
    else:
        loop = asyncio.get_running_loop()
        parts = chunks(body)
        while chunk := await threads.run(loop, next, parts, b""):
            yield chunk


def _text(status: int, text: str) -> Response:
    return Response(status=status, body=text, headers=[("Content-Type", "text/plain; charset=utf-8")])


def _head(message: Any, response: Response) -> Any:
    message.response.status_code = response.status
    fill_headers(response.headers, message.response.headers)
    return message
