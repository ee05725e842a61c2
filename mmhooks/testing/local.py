"""Both kinds of API client of a host in this process: the same messages, no gRPC."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

from mmhooks.api.client import API, AsyncAPI
from mmhooks.api.codec import Codec
from mmhooks.api.transport import LocalTransport
from mmhooks.devhost.binding import Binding
from mmhooks.runtime.http import pull
from mmhooks.runtime.threads import WorkerThreads

Handle = Callable[[Codec, Any], Any]


def local_clients(api: Any, threads: WorkerThreads | None = None) -> tuple[API, AsyncAPI]:
    """Clients of an object that has the API's methods, such as ``host.api``.

    Args:
        api: the object.
        threads: where the asynchronous client's calls run: the host's methods block.
    """
    binding = Binding(api)

    def handle(codec: Codec, request: Any) -> Any:
        return binding.handler(codec.method.name)(request)

    return API(LocalTransport(handle)), AsyncAPI(ThreadedTransport(handle, threads or WorkerThreads()))


class ThreadedTransport:
    """An `AsyncTransport` to handlers that block, each call on a worker thread."""

    def __init__(self, handle: Handle, threads: WorkerThreads) -> None:
        self._handle = handle
        self._threads = threads

    async def unary(self, codec: Codec, request: Any) -> Any:
        return await self._threads.run(asyncio.get_running_loop(), self._handle, codec, request)

    async def upload(self, codec: Codec, requests: AsyncIterator[Any]) -> Any:
        loop = asyncio.get_running_loop()
        return await self._threads.run(loop, self._handle, codec, pull(requests, loop))

    async def download(self, codec: Codec, request: Any) -> AsyncIterator[Any]:
        async for response in self._responses(codec, request):
            yield response

    async def exchange(self, codec: Codec, requests: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for response in self._responses(codec, pull(requests, asyncio.get_running_loop())):
            yield response

    async def _responses(self, codec: Codec, request: Any) -> AsyncIterator[Any]:
        loop = asyncio.get_running_loop()
        responses: Iterator[Any] = iter(await self._threads.run(loop, self._handle, codec, request))
        while (response := await self._threads.run(loop, next, responses, None)) is not None:
            yield response
