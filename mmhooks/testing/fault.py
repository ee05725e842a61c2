"""Faults on demand: API methods that fail, that are slow, and a host that is gone."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any

from attrs import define

from mmhooks.api._generated.client import METHODS
from mmhooks.errors import MmhooksError, TransportError, app_error
from mmhooks.runtime.nearest import did_you_mean

if TYPE_CHECKING:
    from mmhooks.api.codec import Codec
    from mmhooks.api.transport import AsyncTransport, Transport

__all__ = ["AsyncFaultyTransport", "Faults", "FaultyTransport"]


@define
class _Fault:
    error: BaseException | None = None
    seconds: float = 0.0
    left: int | None = None
    """How many calls more; None for all."""


class Faults:
    """What is wrong with a workspace's API at the moment."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: dict[str, _Fault] = {}
        self._is_gone = False

    def fail(self, method: str, error: BaseException | int, times: int | None = None) -> None:
        """Have a method raise an error, or what stands for a status such as 404."""
        _check(method)
        if isinstance(error, int):
            error = app_error(f"{method} fails in this test.", id="mmhooks.testing.fault", status_code=error)
        with self._lock:
            self._faults[method] = _Fault(error=error, left=times)

    def delay(self, method: str, seconds: float, times: int | None = None) -> None:
        """Have a method take that long before it answers."""
        _check(method)
        with self._lock:
            self._faults[method] = _Fault(seconds=seconds, left=times)

    def gone(self) -> None:
        """Have no method reach the host."""
        self._is_gone = True

    def mend(self) -> None:
        """Nothing is wrong any more."""
        with self._lock:
            self._faults.clear()
            self._is_gone = False

    def happen(self, method: str) -> None:
        """What is wrong with a method happens now."""
        if self._is_gone:
            raise TransportError(f"{method}: the other side is gone; see its log (UNAVAILABLE: in this test)")
        with self._lock:
            fault = self._faults.get(method)
            if fault is None:
                return
            if fault.left is not None:
                fault.left -= 1
                if fault.left <= 0:
                    del self._faults[method]
        time.sleep(fault.seconds)
        if fault.error is not None:
            raise fault.error


def _check(method: str) -> None:
    if method not in METHODS:
        raise MmhooksError(f"there is no API method {method!r}{did_you_mean(method, METHODS)}")


class FaultyTransport:
    """A transport with the faults before it."""

    def __init__(self, transport: Transport, faults: Faults) -> None:
        self._transport = transport
        self._faults = faults

    def unary(self, codec: Codec, request: Any) -> Any:
        self._faults.happen(codec.method.name)
        return self._transport.unary(codec, request)

    def upload(self, codec: Codec, requests: Iterator[Any]) -> Any:
        self._faults.happen(codec.method.name)
        return self._transport.upload(codec, requests)

    def download(self, codec: Codec, request: Any) -> Iterator[Any]:
        self._faults.happen(codec.method.name)
        return self._transport.download(codec, request)

    def exchange(self, codec: Codec, requests: Iterator[Any]) -> Iterator[Any]:
        self._faults.happen(codec.method.name)
        return self._transport.exchange(codec, requests)


class AsyncFaultyTransport:
    """The same for calls that are awaited."""

    def __init__(self, transport: AsyncTransport, faults: Faults) -> None:
        self._transport = transport
        self._faults = faults

    async def unary(self, codec: Codec, request: Any) -> Any:
        await asyncio.to_thread(self._faults.happen, codec.method.name)
        return await self._transport.unary(codec, request)

    async def upload(self, codec: Codec, requests: AsyncIterator[Any]) -> Any:
        await asyncio.to_thread(self._faults.happen, codec.method.name)
        return await self._transport.upload(codec, requests)

    def download(self, codec: Codec, request: Any) -> AsyncIterator[Any]:
        self._faults.happen(codec.method.name)
        return self._transport.download(codec, request)

    def exchange(self, codec: Codec, requests: AsyncIterator[Any]) -> AsyncIterator[Any]:
        self._faults.happen(codec.method.name)
        return self._transport.exchange(codec, requests)
