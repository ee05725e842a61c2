"""Threads for what the server does beside: none waits for another one."""

from __future__ import annotations

import threading
from collections.abc import Callable

from mmhooks.runtime.threads import WorkerThreads

__all__ = ["Workers"]


class Workers:
    """Runs tasks on `WorkerThreads`, counts those under way, and tells of their errors.

    There is no upper limit: a task may wait for another one, and both run. Who submits many should `settle`.

    Args:
        on_error: told of what a task raised.
    """

    def __init__(self, on_error: Callable[[BaseException], object]) -> None:
        self._on_error = on_error
        self._threads = WorkerThreads("mmhooks-host", idle_seconds=5.0)
        self._changed = threading.Condition()
        self._running = 0
        self._closed = False

    def submit(self, task: Callable[[], object]) -> None:
        """Run the task soon, in a copy of the caller's context. After `close`, tasks are dropped."""
        with self._changed:
            if not self._closed:
                self._threads.submit(self._run, task)
                self._running += 1  # the task cannot end before this: it needs the lock

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
        self._threads.close(timeout=0)

    def _run(self, task: Callable[[], object]) -> None:
        try:
            task()
        except Exception as error:
            self._on_error(error)
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()
