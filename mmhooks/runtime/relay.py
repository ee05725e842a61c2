"""A synchronous chain under a deadline, called from an event loop.

The whole chain runs on one worker thread: one hand-over, however many hookimpls there are. While a
hookimpl runs, its reducer is a suspended generator that no thread needs. So when one does not end in time,
the chain is taken from that thread, the `HookTimeoutError` is thrown into the reducer on another one, and
the chain goes on there. What the first thread comes back with is dropped.
"""

from __future__ import annotations

import asyncio
import threading
from time import monotonic
from typing import Any, Final

from mmhooks.runtime.drive import seconds_for, timed_out
from mmhooks.runtime.observe import Note
from mmhooks.runtime.plan import Call, Kwargs, Plan
from mmhooks.runtime.reduce import Steps
from mmhooks.runtime.threads import WorkerThreads

_POLL: Final = 0.05
"""Seconds between looks at a chain that is between two hookimpls when its time is up."""


class Relay:
    """One call of a hook whose hookimpls are all synchronous.

    Args:
        plan: the hook's plan.
        steps: its reducer.
        kwargs: the hook's arguments.
        note: to tell the observers, if there are any.
        end: `time.monotonic` at which time is up.
        threads: where to run it.
    """

    def __init__(
        self,
        plan: Plan,
        steps: Steps,
        kwargs: Kwargs,
        note: Note | None,
        end: float | None,
        threads: WorkerThreads,
    ) -> None:
        self._steps = steps
        self._kwargs = kwargs
        self._note = note
        self._end = end
        self._threads = threads
        self._shortest = min((c.timeout for c in plan.calls if c.timeout is not None), default=None)
        self._lock = threading.Lock()
        self._turn = 0
        self._call: Call | None = None
        self._seconds: float | None = None
        self._until: float | None = None

    async def run(self) -> Any:
        """Run the chain to its end; the reduced result."""
        loop = asyncio.get_running_loop()
        error: BaseException | None = None
        while True:
            future = self._threads.run(loop, self._work, self._turn, error)
            error = await self._taken_over(future)
            if error is None:
                return future.result()

    async def _taken_over(self, future: asyncio.Future[Any]) -> BaseException | None:
        """Wait for the thread, or take the chain from it: then the error that goes into the reducer."""
        while not (await asyncio.wait({future}, timeout=self._patience()))[0]:
            with self._lock:
                call, until = self._call, self._until
                if call is not None and until is not None and monotonic() >= until:
                    self._turn += 1
                    self._call = None
                    return timed_out(call, self._seconds)
        return None

    def _patience(self) -> float | None:
        with self._lock:
            until = self._until if self._call is not None else self._end
        if until is None:
            return self._shortest
        left = until - monotonic()
        wait = left if left > 0 else _POLL
        return wait if self._shortest is None else min(wait, self._shortest)

    def _work(self, turn: int, error: BaseException | None) -> Any:
        steps, kwargs, note = self._steps, self._kwargs, self._note
        try:
            call = next(steps) if error is None else steps.throw(error)
            while True:
                failure: BaseException | None = None
                result: Any = None
                try:
                    if note is not None:
                        note.start()
                    self._begin(call)
                    result = call.invoke(kwargs)
                except BaseException as raised:
                    failure = raised
                with self._lock:
                    if self._turn != turn:
                        return None  # the chain has been taken over: nobody waits for this
                    self._call = None
                call = steps.send(result) if failure is None else steps.throw(failure)
        except StopIteration as stop:
            return stop.value

    def _begin(self, call: Call) -> None:
        seconds = seconds_for(call, self._end)
        with self._lock:
            self._call = call
            self._seconds = seconds
            self._until = None if seconds is None else monotonic() + seconds
