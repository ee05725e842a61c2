"""What time it is on the host."""

from __future__ import annotations

import threading
import time
from typing import Protocol

from attrs import define, field

__all__ = ["Clock", "ManualClock", "SystemClock"]


class Clock(Protocol):
    """A source of the time, in milliseconds since the epoch."""

    def now(self) -> int:
        """Return the time, in milliseconds since the epoch."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> int:
        """Return the time, in milliseconds since the epoch."""
        return time.time_ns() // 1_000_000


@define(eq=False)
class ManualClock:
    """A clock that stands still until it is moved."""

    time: int = 1_700_000_000_000
    """Milliseconds since the epoch."""

    tick: int = 0
    """Milliseconds by which every reading moves it on."""

    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def now(self) -> int:
        """Return the time, in milliseconds since the epoch."""
        with self._lock:
            self.time += self.tick
            return self.time

    def advance(self, milliseconds: int) -> None:
        """Move the clock on."""
        with self._lock:
            self.time += milliseconds
