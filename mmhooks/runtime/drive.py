"""The two drivers of reducers: one for threads, one for event loops."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from time import monotonic
from typing import Any

from mmhooks.errors import HookTimeoutError
from mmhooks.runtime.observe import Note
from mmhooks.runtime.plan import Call, Kwargs
from mmhooks.runtime.reduce import Steps
from mmhooks.runtime.threads import BACKGROUND, WORKERS, WorkerThreads


class Lanes:
    """Where hookimpls run: the worker threads, and the event loop of asynchronous ones.

    Args:
        threads: for synchronous hookimpls called from an event loop; None for those of the process.
        loop: for asynchronous hookimpls called from a thread; None for a loop in the background.
    """

    def __init__(
        self, threads: WorkerThreads | None = None, loop: asyncio.AbstractEventLoop | None = None
    ) -> None:
        self.threads = threads or WORKERS
        self.loop = loop

    def running_loop(self) -> asyncio.AbstractEventLoop:
        """The loop for asynchronous hookimpls; started in the background if there is none."""
        return self.loop if self.loop is not None else BACKGROUND.get()


def drive(steps: Steps, kwargs: Kwargs, note: Note | None, end: float | None, lanes: Lanes) -> Any:
    """Run a reducer on this thread.

    Args:
        steps: the reducer.
        kwargs: the hook's arguments.
        note: to tell the observers, if there are any.
        end: `time.monotonic` at which time is up.
        lanes: where asynchronous hookimpls run.

    Returns:
        The reduced result.
    """
    try:
        call = next(steps)
        while True:
            if note is not None:
                note.start()
            try:
                if end is None and call.is_plain:
                    result = call.invoke(kwargs)
                else:
                    result = _call_in_time(call, kwargs, end, lanes)
            except BaseException as error:
                call = steps.throw(error)
            else:
                call = steps.send(result)
    except StopIteration as stop:
        return stop.value


def _call_in_time(call: Call, kwargs: Kwargs, end: float | None, lanes: Lanes) -> Any:
    seconds = seconds_for(call, end)
    if call.is_async:
        coroutine = _without_exit(call.invoke(kwargs))
        try:
            future = asyncio.run_coroutine_threadsafe(coroutine, lanes.running_loop())
        except BaseException:
            coroutine.close()
            raise
    elif call.timeout is None:
        return call.invoke(kwargs)
    else:
        future = lanes.threads.submit(call.invoke, kwargs)
    try:
        return future.result(seconds)
    except TimeoutError:
        if future.done():  # the hookimpl's own, or it ended in the last moment
            return future.result()
        future.cancel()
        raise timed_out(call, seconds) from None


async def _without_exit(awaitable: Awaitable[Any]) -> Any:
    """SystemExit in a task ends its whole event loop; a hookimpl must not be able to do that."""
    try:
        return await awaitable
    except SystemExit as error:
        raise RuntimeError(f"SystemExit: {error}") from error


async def drive_async(
    steps: Steps, kwargs: Kwargs, note: Note | None, end: float | None, lanes: Lanes
) -> Any:
    """Run a reducer on this event loop; synchronous hookimpls on worker threads.

    Args:
        steps: the reducer.
        kwargs: the hook's arguments.
        note: to tell the observers, if there are any.
        end: `time.monotonic` at which time is up.
        lanes: where synchronous hookimpls run.

    Returns:
        The reduced result.
    """
    loop = asyncio.get_running_loop()
    threads = lanes.threads
    try:
        call = next(steps)
        while True:
            if note is not None:
                note.start()
            try:
                if end is not None or call.timeout is not None:
                    result = await _await_in_time(call, kwargs, end, loop, threads)
                elif call.is_async:
                    result = await call.invoke(kwargs)
                else:
                    result = await threads.run(loop, call.invoke, kwargs)
            except BaseException as error:
                call = steps.throw(_own_cancellation(error, call))
            else:
                call = steps.send(result)
    except StopIteration as stop:
        return stop.value


async def _await_in_time(
    call: Call,
    kwargs: Kwargs,
    end: float | None,
    loop: asyncio.AbstractEventLoop,
    threads: WorkerThreads,
) -> Any:
    seconds = seconds_for(call, end)
    scope = asyncio.timeout(seconds)
    try:
        async with scope:
            if call.is_async:
                return await call.invoke(kwargs)
            return await threads.run(loop, call.invoke, kwargs)
    except TimeoutError:
        if scope.expired():
            raise timed_out(call, seconds) from None
        raise


def _own_cancellation(error: BaseException, call: Call) -> BaseException:
    """Tell a hookimpl that leaks CancelledError from a caller that has given up."""
    if isinstance(error, asyncio.CancelledError):
        task = asyncio.current_task()
        if task is None or not task.cancelling():
            cancelled = RuntimeError("it was cancelled from inside")
            cancelled.__cause__ = error
            return cancelled
    return error


def seconds_for(call: Call, end: float | None) -> float | None:
    """How long a hookimpl may take.

    Raises:
        HookTimeoutError: no time is left.
    """
    if end is None:
        return call.timeout
    left = end - monotonic()
    if left <= 0:
        raise HookTimeoutError(call.plugin_name, call.hook_name, "not called: the deadline has passed")
    return left if call.timeout is None else min(left, call.timeout)


def timed_out(call: Call, seconds: float | None) -> HookTimeoutError:
    """The error for a hookimpl that has not ended in time."""
    return HookTimeoutError(
        call.plugin_name, call.hook_name, f"did not end in time ({seconds or 0:.3g} s were left to it)"
    )
