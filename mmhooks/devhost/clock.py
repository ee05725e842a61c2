"""What time it is on the host."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Final, Protocol

from attrs import define, field

__all__ = ["Clock", "ManualClock", "SystemClock", "read_time", "written_time"]

_NEVER: Final = "0001-01-01T00:00:00Z"


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


def written_time(milliseconds: int) -> str:
    """Return a time as JSON has it; 0 stands for none."""
    if not milliseconds:
        return _NEVER
    seconds, rest = divmod(milliseconds, 1000)
    text = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    fraction = f".{rest:03d}".rstrip("0") if rest else ""
    return f"{text}{fraction}Z"


def read_time(text: str) -> int:
    """Return milliseconds since the epoch of a time in JSON, 0 for none.

    Raises:
        ValueError: it is no time.
    """
    if text == _NEVER:
        return 0
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return int(moment.timestamp() * 1000)
