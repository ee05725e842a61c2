"""What happens, told to browsers as it happens: server-sent events."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any, Final

__all__ = ["Feed"]

_END: Final = ""
_MOST_WAITING: Final = 2000
_BREATH_SECONDS: Final = 15.0


class Feed:
    """Takes news from any thread and passes them to whoever listens."""

    def __init__(self) -> None:
        self._listeners: dict[asyncio.Queue[str], asyncio.AbstractEventLoop] = {}
        self._is_closed = False

    def tell(self, kind: str, value: dict[str, Any]) -> None:
        """Pass on what has happened."""
        if self._listeners:
            data = json.dumps(value, ensure_ascii=False, default=str)
            self._put(f"event: {kind}\ndata: {data}\n\n")

    def close(self) -> None:
        """End all connections."""
        self._is_closed = True
        self._put(_END)

    def _put(self, text: str) -> None:
        for queue, loop in tuple(self._listeners.items()):
            with contextlib.suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(_offer, queue, text)

    async def listen(self) -> AsyncIterator[str]:
        """What is to be sent to one browser, until it leaves or the feed is closed."""
        queue: asyncio.Queue[str] = asyncio.Queue(_MOST_WAITING)
        self._listeners[queue] = asyncio.get_running_loop()
        try:
            yield ": hello\n\n"
            while not self._is_closed:
                try:
                    text = await asyncio.wait_for(queue.get(), _BREATH_SECONDS)
                except TimeoutError:
                    text = ": still here\n\n"
                if text == _END:
                    return
                yield text
        finally:
            self._listeners.pop(queue, None)


def _offer(queue: asyncio.Queue[str], text: str) -> None:
    """A browser that does not read loses the oldest news, and nobody else waits for it."""
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(text)
