"""What the host lets its observers see: WebSocket events and log records."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, Final, Generic, TypeVar

from attrs import Factory, define

from mmhooks.api.models import WebsocketBroadcast

__all__ = ["Event", "LogRecord", "Recorder"]

T = TypeVar("T")
_KEPT: Final = 10_000


@define(frozen=True, kw_only=True)
class Event:
    """A WebSocket event as it goes out to clients."""

    seq: int
    """Counts up from 1."""

    at: int
    """Milliseconds since the epoch."""

    name: str
    """Such as ``posted``, or ``custom_<plugin id>_<event>`` for a plugin's own."""

    data: dict[str, Any] = Factory(dict)

    broadcast: WebsocketBroadcast = Factory(WebsocketBroadcast)
    """Who is to get it."""


@define(frozen=True, kw_only=True)
class LogRecord:
    """A line of the server's log."""

    at: int
    """Milliseconds since the epoch."""

    level: str
    """``debug``, ``info``, ``warn`` or ``error``; ``audit`` for audit records."""

    message: str

    plugin_id: str = ""
    """The plugin that logged it; empty for the host's own."""

    fields: dict[str, Any] = Factory(dict)


class Recorder(Generic[T]):
    """The last records of one kind; the oldest make room for new ones.

    Iterating gives those kept at that moment, oldest first.
    """

    def __init__(self, keep: int = _KEPT) -> None:
        self._kept: deque[T] = deque(maxlen=keep)
        self._lock = threading.Lock()
        self._listeners: tuple[Callable[[T], object], ...] = ()
        self._numbers = itertools.count(1)

    def number(self) -> int:
        """Return the next number, from 1."""
        return next(self._numbers)

    def add(self, record: T) -> None:
        """Keep a record and tell the listeners, on the calling thread."""
        with self._lock:
            self._kept.append(record)
            listeners = self._listeners
        for listener in listeners:
            listener(record)

    def subscribe(self, listener: Callable[[T], object]) -> Callable[[], None]:
        """Have a function called with every record from now on; return what ends that."""
        with self._lock:
            self._listeners = (*self._listeners, listener)

        def unsubscribe() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return unsubscribe

    def clear(self) -> None:
        """Forget what has been recorded."""
        with self._lock:
            self._kept.clear()

    def __iter__(self) -> Iterator[T]:
        with self._lock:
            return iter(tuple(self._kept))

    def __len__(self) -> int:
        return len(self._kept)
