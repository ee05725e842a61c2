"""The work of `register_jobs`: runs from the end of the activation to the beginning of the deactivation.

Of several workers of a plugin the first runs them. Of several servers in a cluster each does.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import os
import threading
from collections.abc import Sequence
from time import monotonic
from typing import Any, Final

from mmhooks.api.client import API, AsyncAPI
from mmhooks.specs.compose import JobSpec
from mmhooks.specs.semantics import hookimpl

STOP_SECONDS: Final = 5.0
"""How long a deactivation waits for work under way."""

WORKER: Final = "MMHOOKS_WORKER"
"""Environment variable: which of a plugin's workers a servant is, from 1; hosts that run only one leave it out."""

logger = logging.getLogger("mmhooks.jobs")


def run_here() -> bool:
    """Whether jobs are this servant's to run."""
    return os.environ.get(WORKER, "1") == "1"


class _Jobs:
    """The jobs of one package that are of one kind."""

    def __init__(self, package: str, specs: Sequence[JobSpec]) -> None:
        self.package = package
        self.specs = tuple(specs)

    def _failed(self, spec: JobSpec, error: BaseException) -> None:
        log_failure(self.package, spec, error)


def log_failure(package: str, spec: JobSpec, error: BaseException) -> None:
    """Log a job that has raised; it begins again when it is due."""
    logger.error(
        "%s: job %s failed: %s: %s",
        package,
        spec.name,
        type(error).__name__,
        error,
        exc_info=error,
        extra={"plugin_name": package, "hook_name": "register_jobs"},
    )


class SyncJobs(_Jobs):
    """Those with a ``def`` function: a thread each, so that a slow one does not hold up the others."""

    def __init__(self, package: str, specs: Sequence[JobSpec]) -> None:
        super().__init__(package, specs)
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    @hookimpl(trylast=True)
    def on_activate(self, api: API) -> None:
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(
                target=self._work, args=(spec, api, self._stop), name=f"mmhooks-job-{spec.name}", daemon=True
            )
            for spec in self.specs
        ]
        for thread in self._threads:
            thread.start()

    @hookimpl(tryfirst=True)
    def on_deactivate(self) -> None:
        self._stop.set()
        end = monotonic() + STOP_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, end - monotonic()))
        self._threads = []

    def _work(self, spec: JobSpec, api: API, stop: threading.Event) -> None:
        arguments = arguments_of(spec, api)
        due = monotonic() + spec.every
        while not stop.wait(max(0.0, due - monotonic())):
            due = next_due(due, spec.every)
            try:
                spec.run(**arguments)
            except (Exception, SystemExit) as error:
                self._failed(spec, error)


class AsyncJobs(_Jobs):
    """Those with an ``async def`` function: tasks on the loop that has activated the plugin."""

    def __init__(self, package: str, specs: Sequence[JobSpec]) -> None:
        super().__init__(package, specs)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    @hookimpl(trylast=True)
    async def on_activate(self, api: AsyncAPI) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._tasks = [
            asyncio.create_task(self._work(spec, api, self._stop), name=f"mmhooks-job-{spec.name}")
            for spec in self.specs
        ]

    @hookimpl(tryfirst=True)
    async def on_deactivate(self) -> None:
        loop, self._loop = self._loop, None
        if loop is None or loop.is_closed():
            return
        if loop is asyncio.get_running_loop():
            await self._end()
        else:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._end(), loop))

    async def _end(self) -> None:
        self._stop.set()
        tasks, self._tasks = self._tasks, []
        if tasks:
            # Work that is cut off may have done half of what it does, so it is given time.
            _, late = await asyncio.wait(tasks, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()

    async def _work(self, spec: JobSpec, api: AsyncAPI, stop: asyncio.Event) -> None:
        arguments = arguments_of(spec, api)
        due = monotonic() + spec.every
        while not await _stops_before(stop, due):
            due = next_due(due, spec.every)
            try:
                running = spec.run(**arguments)
                if running is not None:
                    await running
            except (Exception, SystemExit) as error:
                self._failed(spec, error)


async def _stops_before(stop: asyncio.Event, due: float) -> bool:
    try:
        await asyncio.wait_for(stop.wait(), max(0.0, due - monotonic()))
    except TimeoutError:
        return stop.is_set()
    return True


def next_due(due: float, every: float) -> float:
    """When to begin again: beginnings that were missed are left out, not made up for."""
    return max(due + every, monotonic())


def arguments_of(spec: JobSpec, api: Any) -> dict[str, Any]:
    """``api`` if the function takes it."""
    return {"api": api} if "api" in inspect.signature(spec.run).parameters else {}


def mistakes(spec: JobSpec) -> list[str]:
    """What is wrong with a declaration, a sentence each."""
    return [
        f"the function has an argument {parameter.name!r}; a job gets 'api' or nothing"
        for parameter in inspect.signature(spec.run).parameters.values()
        if parameter.name != "api"
        and parameter.default is parameter.empty
        and parameter.kind not in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL)
    ]
