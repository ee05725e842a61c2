"""Threads for synchronous hookimpls, and an event loop for asynchronous ones where the caller has none.

A hookimpl may call the API, which may fire the same hook again, to any depth. With a fixed number of
threads that can end in a deadlock, so `WorkerThreads` starts one whenever none is idle, and lets threads
die that have been idle for a while.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import itertools
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")

_Task = Callable[[], object]


class _Worker:
    """One thread with its own inbox: handing over wakes exactly this thread."""

    __slots__ = ("inbox",)

    def __init__(self, task: _Task) -> None:
        self.inbox: SimpleQueue[_Task | None] = SimpleQueue()
        self.inbox.put(task)


class WorkerThreads:
    """Daemon threads that grow on demand and die when idle.

    Args:
        name: thread name prefix.
        idle_seconds: how long a thread waits for work before it ends.
        ceiling: the most threads there may be; None for no limit. Work above it waits, so with a ceiling
            hookimpls that fire hooks can deadlock: leave it off unless calls do not nest.
    """

    def __init__(
        self, name: str = "mmhooks-worker", *, idle_seconds: float = 30.0, ceiling: int | None = None
    ) -> None:
        if ceiling is not None and ceiling < 1:
            raise ValueError(f"ceiling is a number of threads from 1, not {ceiling}")
        self._name = name
        self._idle_seconds = idle_seconds
        self._ceiling = ceiling
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []  # last in, first out: the warm ones work, the others die
        self._waiting: deque[_Task] = deque()
        self._threads: set[threading.Thread] = set()
        self._number = itertools.count(1)
        self._closed = False

    @property
    def size(self) -> int:
        """Threads alive now."""
        return len(self._threads)

    @property
    def idle(self) -> int:
        """Threads that wait for work now."""
        return len(self._idle)

    def submit(self, function: Callable[..., T], /, *args: Any) -> Future[T]:
        """Call a function on a worker thread, in the caller's context.

        Returns:
            A future of its result.
        """
        future: Future[T] = Future()
        context = contextvars.copy_context()
        self._start(partial(_fill, future, partial(context.run, function, *args)))
        return future

    def run(
        self, loop: asyncio.AbstractEventLoop, function: Callable[..., T], /, *args: Any
    ) -> asyncio.Future[T]:
        """Call a function on a worker thread, in the caller's context, from an event loop.

        Cheaper than wrapping what `submit` returns. Cancelling the future does not stop the function;
        its result is then ignored.

        Returns:
            A future of that loop.
        """
        future: asyncio.Future[T] = loop.create_future()
        context = contextvars.copy_context()
        self._start(partial(_fill_on_loop, loop, future, partial(context.run, function, *args)))
        return future

    def close(self, timeout: float | None = None) -> None:
        """Take no more work and wait for the threads to end.

        Args:
            timeout: seconds to wait for each; None for as long as it takes.
        """
        with self._lock:
            self._closed = True
            threads = list(self._threads)
            for worker in self._idle:
                worker.inbox.put(None)
            self._idle.clear()
        for thread in threads:
            if thread is not threading.current_thread():
                thread.join(timeout)

    def _start(self, task: _Task) -> None:
        with self._lock:
            if self._closed:
                raise RuntimeError("the worker threads have been closed")
            if self._idle:
                self._idle.pop().inbox.put(task)
            elif self._ceiling is None or len(self._threads) < self._ceiling:
                self._spawn(task)
            else:
                self._waiting.append(task)

    def _spawn(self, task: _Task) -> None:
        worker = _Worker(task)
        name = f"{self._name}-{next(self._number)}"
        thread = threading.Thread(target=self._work, args=(worker,), name=name, daemon=True)
        self._threads.add(thread)
        try:
            thread.start()
        except BaseException:  # the system has no thread left: the caller is told, nothing leaks
            self._threads.discard(thread)
            raise

    def _work(self, worker: _Worker) -> None:
        try:
            task = worker.inbox.get()
            while task is not None:
                task()
                task = None  # let go of the call's values while idle
                task = self._next(worker)
        finally:
            with self._lock:
                self._threads.discard(threading.current_thread())

    def _next(self, worker: _Worker) -> _Task | None:
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            if self._closed:
                return None
            self._idle.append(worker)
        try:
            return worker.inbox.get(timeout=self._idle_seconds)
        except Empty:
            with self._lock:
                if worker in self._idle:
                    self._idle.remove(worker)
                    return None
        return worker.inbox.get()  # somebody chose this worker in the last moment


class GrowingPool(ThreadPoolExecutor):
    """`WorkerThreads` where an executor is asked for, such as gRPC's servers.

    None of the base class's own threads is ever started, and closing it leaves the worker threads to others.
    """

    def __init__(self, threads: WorkerThreads) -> None:
        super().__init__(max_workers=1)
        self._worker_threads = threads

    def submit(self, function: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Call a function on a worker thread."""
        return self._worker_threads.submit(partial(function, **kwargs) if kwargs else function, *args)


def _fill(future: Future[T], call: Callable[[], T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = call()
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)


def _fill_on_loop(loop: asyncio.AbstractEventLoop, future: asyncio.Future[T], call: Callable[[], T]) -> None:
    deliver: Callable[[], None]
    try:
        deliver = partial(_set_result, future, call())
    except BaseException as error:
        deliver = partial(_set_exception, future, error)
    with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile: nobody waits any more
        loop.call_soon_threadsafe(deliver)


def _set_result(future: asyncio.Future[T], result: T) -> None:
    if not future.done():
        future.set_result(result)


def _set_exception(future: asyncio.Future[Any], error: BaseException) -> None:
    if future.done():
        return
    if isinstance(error, StopIteration):  # asyncio refuses it in a future
        replacement = RuntimeError("the function raised StopIteration")
        replacement.__cause__ = error
        error = replacement
    future.set_exception(error)


class BackgroundLoop:
    """An event loop in a daemon thread of its own, started when it is first asked for."""

    def __init__(self, name: str = "mmhooks-loop") -> None:
        self._name = name
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def get(self) -> asyncio.AbstractEventLoop:
        """The running loop."""
        with self._lock:
            if self._loop is None or self._loop.is_closed():
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._run, args=(self._loop,), name=self._name)
                self._thread.daemon = True
                self._thread.start()
            return self._loop

    def close(self) -> None:
        """Stop the loop and wait for its thread; `get` starts another one."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is not None and thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()

    @staticmethod
    def _run(loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_forever()
        finally:
            loop.close()


WORKERS = WorkerThreads()
"""For managers that were given no threads; one for the whole process, so that idle threads are shared."""

BACKGROUND = BackgroundLoop()
"""For managers that were given no loop; one for the whole process."""
