"""Between a workspace and the plugin under test: nothing but function calls, or real sockets."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Protocol, TypeVar

from mmhooks.api.client import API, AsyncAPI
from mmhooks.api.transport import AsyncTransport, Transport
from mmhooks.devhost.connection import Connection
from mmhooks.devhost.hooks import HookPort
from mmhooks.devhost.host import Host
from mmhooks.devhost.local import local_port, local_transports
from mmhooks.devhost.server import APIServer
from mmhooks.runtime.dispatch import Dispatcher
from mmhooks.runtime.plugin import close_channels, open_transports
from mmhooks.runtime.servant import Servant
from mmhooks.runtime.statistics import Statistics
from mmhooks.runtime.threads import BackgroundLoop
from mmhooks.runtime.trace import AsyncTracedTransport, TracedTransport
from mmhooks.testing.fault import AsyncFaultyTransport, Faults, FaultyTransport

__all__ = ["GrpcWire", "LocalWire", "Wire", "clients"]

T = TypeVar("T")


class Wire(Protocol):
    """Connects one host and one plugin after the other."""

    api: API
    async_api: AsyncAPI

    def port(self, dispatcher: Dispatcher) -> HookPort:
        """Give the host a way to a plugin's hooks."""
        ...

    def release(self) -> None:
        """Let go of the plugin."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


def clients(transport: Transport, async_transport: AsyncTransport, faults: Faults) -> tuple[API, AsyncAPI]:
    return (
        API(TracedTransport(FaultyTransport(transport, faults))),
        AsyncAPI(AsyncTracedTransport(AsyncFaultyTransport(async_transport, faults))),
    )


class LocalWire:
    """Function calls: the same messages, no gRPC."""

    def __init__(self, host: Host, faults: Faults) -> None:
        self.api, self.async_api = clients(*local_transports(host.api), faults)

    def port(self, dispatcher: Dispatcher) -> HookPort:
        return local_port(dispatcher)

    def release(self) -> None:
        return None

    def close(self) -> None:
        return None


class GrpcWire:
    """What a servant process and its host have between them, in one process: a gRPC server on either side."""

    def __init__(self, host: Host, faults: Faults) -> None:
        self._loop = BackgroundLoop("mmhooks-testing-loop")
        self._folder = Path(tempfile.mkdtemp(prefix="mmhooks-t-"))
        token = secrets.token_urlsafe()
        self._server = APIServer(host.api, token=token)
        transport, async_transport, self._channels = self._run(
            _opened(self._server.target, token, self._server.frames)
        )
        self.api, self.async_api = clients(transport, async_transport, faults)
        self._servant: Servant | None = None
        self._connection: Connection | None = None

    def port(self, dispatcher: Dispatcher) -> HookPort:
        dispatcher.pm.lanes.loop = self._loop.get()
        target = self._run(self._serve(dispatcher))
        self._connection = Connection(target)
        return self._connection.hooks

    async def _serve(self, dispatcher: Dispatcher) -> str:
        self._servant = Servant(dispatcher, Statistics())
        return await self._servant.start(f"unix:{self._folder}/servant.sock")

    def release(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._servant is not None:
            self._run(self._servant.stop(1))
        self._connection = self._servant = None

    def close(self) -> None:
        self.release()
        self._run(close_channels(self._channels))
        self._server.close(0)
        self._loop.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop.get()).result()


async def _opened(
    target: str, token: str, frames: str
) -> tuple[Transport, AsyncTransport, tuple[object, ...]]:
    return open_transports(target, token, frames)
