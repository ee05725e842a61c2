"""Host and plugin in one process: both directions with the same messages as over gRPC, without it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from concurrent.futures import CancelledError
from functools import partial
from typing import Any

from mmhooks.api.client import API, AsyncAPI
from mmhooks.api.codec import Codec
from mmhooks.api.transport import AsyncTransport, LocalTransport, Transport
from mmhooks.devhost.binding import Binding
from mmhooks.devhost.port import HookClient
from mmhooks.errors import TransportError
from mmhooks.runtime import files, http
from mmhooks.runtime.dispatch import STREAMED, Dispatcher
from mmhooks.runtime.http import pull
from mmhooks.runtime.threads import WorkerThreads
from mmhooks.runtime.trace import AsyncTracedTransport, TracedTransport

Handle = Callable[[Codec, Any], Any]


def local_transports(api: Any, threads: WorkerThreads | None = None) -> tuple[Transport, AsyncTransport]:
    """The ways to an object that has the API's methods, such as ``host.api``, for threads and for event loops.

    Args:
        api: the object.
        threads: where calls that are awaited run: the host's methods block.
    """
    binding = Binding(api)

    def handle(codec: Codec, request: Any) -> Any:
        return binding.handler(codec.method.name)(request)

    return LocalTransport(handle), ThreadedTransport(handle, threads or WorkerThreads())


def local_clients(api: Any) -> tuple[API, AsyncAPI]:
    """Clients of an object that has the API's methods."""
    transport, async_transport = local_transports(api)
    return API(TracedTransport(transport)), AsyncAPI(AsyncTracedTransport(async_transport))


def local_port(dispatcher: Dispatcher) -> HookClient:
    """A `HookPort` to a plugin in this process: the same messages, no gRPC."""

    def handle(codec: Codec, request: Any) -> Any:
        name = codec.method.name
        if name not in STREAMED:
            return dispatcher.call(name, request)
        loop = dispatcher.pm.lanes.running_loop()
        requests = _push(request, dispatcher.pm.lanes.threads)
        serve = files.upload if name == "file_will_be_uploaded" else partial(http.serve, hook=name)
        return _Answers(serve(dispatcher, requests=requests), loop)

    return HookClient(LocalTransport(handle), dispatcher.implemented)


class _Answers(Iterator[Any]):
    """The messages of a streamed answer, for a caller that blocks."""

    def __init__(self, source: AsyncGenerator[Any, None], loop: asyncio.AbstractEventLoop) -> None:
        self._source = source
        self._loop = loop
        # What follows is touched on the loop alone.
        self._inside: asyncio.Task[Any] | None = None
        self._is_cancelled = False

    def __next__(self) -> Any:
        try:
            answer = asyncio.run_coroutine_threadsafe(self._following(), self._loop).result()
        except CancelledError:
            raise TransportError("the call was cancelled") from None
        if answer is None:
            raise StopIteration
        return answer

    async def _following(self) -> Any:
        if self._is_cancelled:
            raise CancelledError
        self._inside = asyncio.current_task()
        try:
            return await anext(self._source, None)
        finally:
            self._inside = None

    def cancel(self) -> None:
        """As if the client had gone."""
        asyncio.run_coroutine_threadsafe(self._cancel(), self._loop)

    async def _cancel(self) -> None:
        self._is_cancelled = True
        if self._inside is not None:  # who waits inside of a generator is also who can end it
            self._inside.cancel()
        else:
            await self._source.aclose()


class ThreadedTransport:
    """An `AsyncTransport` to handlers that block, each call on a worker thread."""

    def __init__(self, handle: Handle, threads: WorkerThreads) -> None:
        self._handle = handle
        self._threads = threads

    async def unary(self, codec: Codec, request: Any) -> Any:
        return await self._threads.run(asyncio.get_running_loop(), self._handle, codec, request)

    async def upload(self, codec: Codec, requests: AsyncIterator[Any]) -> Any:
        return await self.unary(codec, pull(requests, asyncio.get_running_loop()))

    async def download(self, codec: Codec, request: Any) -> AsyncIterator[Any]:
        async for response in self._responses(codec, request):
            yield response

    async def exchange(self, codec: Codec, requests: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for response in self._responses(codec, pull(requests, asyncio.get_running_loop())):
            yield response

    async def _responses(self, codec: Codec, request: Any) -> AsyncIterator[Any]:
        responses = await self.unary(codec, request)
        async for response in _push(iter(responses), self._threads):
            yield response


async def _push(source: Iterator[Any], threads: WorkerThreads) -> AsyncIterator[Any]:
    """A blocking iterator for code on the event loop."""
    loop = asyncio.get_running_loop()
    end = object()
    while (item := await threads.run(loop, next, source, end)) is not end:
        yield item
