"""Work at intervals."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from mmhooks import JobSpec, hookimpl
from mmhooks.errors import CompositionError
from mmhooks.runtime.extras import install
from mmhooks.runtime.extras.jobs import next_due
from mmhooks.runtime.manager import PluginManager, make_manager


class Package:
    def __init__(self, *specs: Any) -> None:
        self.specs = list(specs)

    @hookimpl
    def register_jobs(self):
        return self.specs


def plugin(**packages: object) -> PluginManager:
    pm = make_manager()
    for name, package in packages.items():
        pm.register(package, name)
    pm.set_api("sync", "async")
    install(pm)
    return pm


def test_runs_again_and_again_until_the_deactivation():
    thrice = threading.Semaphore(0)
    pm = plugin(a=Package(JobSpec("count", 0.001, thrice.release)))
    pm.hook.on_activate()
    for _ in range(3):
        assert thrice.acquire(timeout=5)
    pm.hook.on_deactivate()
    assert not any(thread.name == "mmhooks-job-count" for thread in threading.enumerate())


def test_does_not_run_before_the_activation_has_ended():
    pm = plugin(a=Package(JobSpec("count", 0.001, lambda: None)))
    assert not any(thread.name == "mmhooks-job-count" for thread in threading.enumerate())
    pm.hook.on_deactivate()


@pytest.mark.parametrize(("worker", "runs"), [("1", True), ("2", False)])
def test_of_several_workers_the_first_runs_them(monkeypatch, worker, runs):
    monkeypatch.setenv("MMHOOKS_WORKER", worker)
    pm = plugin(a=Package(JobSpec("count", 60, lambda: None)))
    pm.hook.on_activate()
    try:
        assert runs == any(thread.name == "mmhooks-job-count" for thread in threading.enumerate())
    finally:
        pm.hook.on_deactivate()


def test_each_kind_gets_its_client():
    got: dict[str, Any] = {}
    done = threading.Barrier(3)

    def sync_job(api):
        if "sync" not in got:
            got["sync"] = api
            done.wait(5)

    async def async_job(api):
        if "async" not in got:
            got["async"] = api
            await asyncio.to_thread(done.wait, 5)

    pm = plugin(a=Package(JobSpec("one", 0.001, sync_job), JobSpec("two", 0.001, async_job)))
    pm.hook.on_activate()
    done.wait(5)
    pm.hook.on_deactivate()
    assert got == {"sync": "sync", "async": "async"}


def test_failure_is_logged_and_does_not_end_the_job(caplog: pytest.LogCaptureFixture):
    again = threading.Event()
    runs: list[int] = []

    def job():
        runs.append(1)
        if len(runs) == 1:
            raise RuntimeError("broken")
        again.set()

    pm = plugin(a=Package(JobSpec("fragile", 0.001, job)))
    pm.hook.on_activate()
    assert again.wait(5)
    pm.hook.on_deactivate()
    assert "a: job fragile failed: RuntimeError: broken" in caplog.text


def test_deactivation_waits_for_work_under_way():
    async def scenario() -> None:
        working, ended = asyncio.Event(), asyncio.Event()

        async def job():
            working.set()
            await asyncio.sleep(0.02)
            ended.set()

        pm = plugin(a=Package(JobSpec("long", 0.001, job)))
        await pm.acall("on_activate", {})
        await working.wait()
        ended.clear()
        await pm.acall("on_deactivate", {})
        assert ended.is_set()

    asyncio.run(scenario())


def test_deactivation_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mmhooks.runtime.extras.jobs.STOP_SECONDS", 0.01)

    async def scenario() -> None:
        working, cancelled = asyncio.Event(), asyncio.Event()

        async def job():
            working.set()
            try:
                await asyncio.Event().wait()
            finally:
                cancelled.set()

        pm = plugin(a=Package(JobSpec("long", 0.001, job)))
        await pm.acall("on_activate", {})
        await working.wait()
        await pm.acall("on_deactivate", {})
        await asyncio.wait_for(cancelled.wait(), 5)

    asyncio.run(scenario())


def test_missed_beginnings_are_left_out():
    assert next_due(1e12, 10) == 1e12 + 10
    assert next_due(-1e12, 10) > 0


def test_two_jobs_of_one_name():
    one, two = (Package(JobSpec("flush", 1, lambda: None)) for _ in range(2))
    with pytest.raises(CompositionError, match="both have a job named flush"):
        plugin(one=one, two=two)


def test_wrong_argument_of_a_job():
    with pytest.raises(CompositionError, match=r"a: job flush: .*'apis'; a job gets 'api' or nothing"):
        plugin(a=Package(JobSpec("flush", 1, lambda apis: None)))
