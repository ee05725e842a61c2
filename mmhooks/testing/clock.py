"""The clock of a workspace under test: it stands still, but for the test."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from attrs import define

from mmhooks.devhost.clock import ManualClock
from mmhooks.runtime.extras.jobs import arguments_of, log_failure

if TYPE_CHECKING:
    from mmhooks.runtime.extras import Declared
    from mmhooks.specs.compose import JobSpec
    from mmhooks.testing.workspace import Workspace

__all__ = ["WorkspaceClock"]


@define
class _Due:
    at: int
    """Milliseconds since the epoch."""
    job: Declared[JobSpec]


class WorkspaceClock(ManualClock):
    """``mm.clock``. Every reading moves it on by a millisecond, so that what comes later has a later time."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(tick=1)
        self._workspace = workspace
        self._due: list[_Due] = []

    def start_jobs(self) -> None:
        """The plugin has been activated: its jobs are due for the first time when their time has passed once."""
        now = self.now()
        self._due = [_Due(now + _milliseconds(one.spec.every), one) for one in self._workspace.extras.jobs]

    def stop_jobs(self) -> None:
        """The plugin is not active any more."""
        self._due = []

    def advance(
        self,
        milliseconds: float = 0,
        *,
        seconds: float = 0,
        minutes: float = 0,
        hours: float = 0,
        days: float = 0,
    ) -> None:
        """Move on. Jobs that become due run, in the order of their times, on this thread; what expires has expired."""
        step = timedelta(milliseconds=milliseconds, seconds=seconds, minutes=minutes, hours=hours, days=days)
        end = self.time + round(step / timedelta(milliseconds=1))
        while self._due and (due := min(self._due, key=lambda one: one.at)).at <= end:
            self.time = max(self.time, due.at)
            due.at += _milliseconds(due.job.spec.every)
            self._run(due.job)
        self.time = max(self.time, end)
        self._workspace.settle()

    def _run(self, job: Declared[JobSpec]) -> None:
        try:
            self._call(job.spec)
        except (Exception, SystemExit) as error:
            log_failure(job.package, job.spec, error)

    def _call(self, spec: JobSpec) -> None:
        workspace = self._workspace
        run: Callable[..., object] = spec.run
        if not asyncio.iscoroutinefunction(run):
            run(**arguments_of(spec, workspace.api))
            return
        assert workspace.pm is not None
        loop = workspace.pm.lanes.running_loop()
        asyncio.run_coroutine_threadsafe(run(**arguments_of(spec, workspace.async_api)), loop).result()


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))
