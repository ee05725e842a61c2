"""Threads for what the server does beside: one for every task that finds none idle, so that none waits."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from contextvars import copy_context
from typing import Final

__all__ = ["Workers"]

_IDLE_SECONDS: Final = 5.0


class Workers:
    """Runs tasks on daemon threads, each in a copy of the context of whoever submitted it.

    There is no upper limit: a task may wait for another one, and both run. Who submits many should `settle`.

    Args:
        on_error: told of what a task raised.
    """

    def __init__(self, on_error: Callable[[BaseException], object]) -> None:
        self._on_error = on_error
        self._changed = threading.Condition()
        self._waiting: deque[Callable[[], object]] = deque()
        self._idle = 0
        self._running = 0
        self._closed = False

    def submit(self, task: Callable[[], object]) -> None:
        """Run the task soon. After `close`, tasks are dropped."""
        context = copy_context()
        with self._changed:
            if self._closed:
                return
            self._waiting.append(lambda: context.run(task))
            self._running += 1
            if self._idle >= len(self._waiting):
                self._changed.notify_all()
                return
        threading.Thread(target=self._work, name="mmhooks-host", daemon=True).start()

    def settle(self, limit: int = 0, timeout: float | None = None) -> bool:
        """Wait until at most `limit` tasks are under way; say whether it came to that in `timeout` seconds.

        A task must not wait for all others with ``settle(0)``: it is one of them.
        """
        with self._changed:
            return self._changed.wait_for(lambda: self._running <= limit, timeout)

    def close(self, timeout: float | None = None) -> None:
        """Take no more tasks; wait for those under way."""
        with self._changed:
            self._closed = True
        self.settle(timeout=timeout)
        with self._changed:
            self._changed.notify_all()

    def _work(self) -> None:
        while (task := self._next()) is not None:
            try:
                task()
            except Exception as error:
                self._on_error(error)
            finally:
                del task  # with what it holds, before the next one is waited for
                with self._changed:
                    self._running -= 1
                    self._changed.notify_all()

    def _next(self) -> Callable[[], object] | None:
        with self._changed:
            self._idle += 1
            try:
                self._changed.wait_for(lambda: self._waiting or self._closed, _IDLE_SECONDS)
                return self._waiting.popleft() if self._waiting else None
            finally:
                self._idle -= 1
