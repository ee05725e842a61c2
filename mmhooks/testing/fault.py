"""Faults on demand: API methods that fail, that are slow, and a host that is gone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from attrs import define

from mmhooks.api._generated.client import METHODS
from mmhooks.errors import MmhooksError, TransportError, app_error
from mmhooks.runtime.nearest import did_you_mean

__all__ = ["Faults"]

Handle = Callable[[Any, Any], Any]


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

    def around(self, handle: Handle) -> Handle:
        """What answers calls, with the faults before it."""

        def answer(codec: Any, request: Any) -> Any:
            self._happen(codec.method.name)
            return handle(codec, request)

        return answer

    def _happen(self, method: str) -> None:
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
