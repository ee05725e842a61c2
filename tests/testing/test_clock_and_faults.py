"""``mm.clock``, faults on demand, and what an outcome tells."""

from __future__ import annotations

import asyncio
import logging

import pytest

from mmhooks import API, AppError, AsyncAPI, JobSpec, NotFoundError, Post, TransportError, hookimpl
from mmhooks.errors import MmhooksError
from mmhooks.testing import Workspace

DAY = 86_400


class Diary:
    """Counts in the KV store, with jobs of both kinds."""

    def __init__(self) -> None:
        self.ran: list[str] = []

    def often(self, api: API) -> None:
        self.ran.append("often")
        api.kv_set("often", str(len(self.ran)).encode())

    async def daily(self, api: AsyncAPI) -> None:
        await api.kv_set("daily", b"x")
        self.ran.append("daily")

    def broken(self) -> None:
        self.ran.append("broken")
        raise ValueError("not today")

    @hookimpl
    def register_jobs(self) -> list[JobSpec]:
        return [
            JobSpec("often", every=8 * 3600, run=self.often),
            JobSpec("daily", every=DAY, run=self.daily),
            JobSpec("broken", every=3 * DAY, run=self.broken),
        ]


def test_due_jobs_run_in_their_order(mm: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    diary = Diary()
    mm.load(diary)
    before = mm.clock.now()
    mm.clock.advance(hours=7)
    assert diary.ran == []
    mm.clock.advance(days=1)
    assert diary.ran == ["often", "often", "often", "daily"]
    mm.clock.advance(days=2, minutes=1)
    assert diary.ran.count("broken") == 1
    assert "job broken failed: ValueError: not today" in caplog.text
    assert mm.api.kv_get("daily") == b"x"
    assert mm.clock.now() >= before + 3 * DAY * 1000
    mm.unload()
    ran = len(diary.ran)
    mm.clock.advance(days=10)
    assert len(diary.ran) == ran


def test_what_expires_has_expired(mm: Workspace) -> None:
    mm.api.kv_set_with_expiry("key", b"x", 60)
    mm.clock.advance(seconds=59)
    assert mm.api.kv_get("key") == b"x"
    mm.clock.advance(seconds=2)
    assert mm.api.kv_get("key") is None


def test_time_goes_on_by_itself_but_only_just(mm: Workspace) -> None:
    ann = mm.user("ann")
    first, second = mm.post("1", by=ann).post, mm.post("2", by=ann).post
    assert 0 < second.create_at - first.create_at < 1000


class Greeter:
    @hookimpl
    def message_will_be_posted(self, post: Post, api: API) -> Post:
        try:
            name = api.get_user(post.user_id).username
        except NotFoundError:
            name = "stranger"
        logging.getLogger("greeter").warning("greeting %s", name)
        return post.evolve(message=f"{name}: {post.message}")


def test_a_method_fails_on_demand(mm: Workspace) -> None:
    mm.load(Greeter())
    ann = mm.user("ann")
    mm.fail("get_user", 404, times=1)
    assert mm.post("hi", by=ann).post.message == "stranger: hi"
    assert mm.post("hi", by=ann).post.message == "ann: hi"
    mm.fail("get_user", AppError("no", id="x", status_code=500))
    outcome = mm.post("hi", by=ann)
    assert outcome.post.message == "hi"
    assert "Greeter -> error (AppError: no)" in repr(outcome)
    mm.mend()
    assert mm.post("hi", by=ann).post.message == "ann: hi"


def test_a_host_that_is_gone(mm: Workspace) -> None:
    mm.host_gone()
    with pytest.raises(TransportError, match="the other side is gone"):
        mm.api.get_server_version()
    with pytest.raises(TransportError):
        asyncio.run(mm.async_api.kv_get("x"))
    mm.mend()
    assert mm.api.get_server_version()


def test_a_slow_method_and_a_hookimpl_with_a_timeout(mm: Workspace) -> None:
    @hookimpl(timeout=0.05)
    def message_will_be_posted(post: Post, api: API) -> Post:
        api.get_server_version()
        return post.evolve(message="too late")

    mm.load(message_will_be_posted)
    mm.delay("get_server_version", 0.2)
    assert mm.post("hi", by=mm.user("ann")).post.message == "hi"


def test_a_misspelt_method_is_said(mm: Workspace) -> None:
    with pytest.raises(MmhooksError, match="there is no API method 'get_usr'; did you mean 'get_user'"):
        mm.fail("get_usr", 404)


def test_an_outcome_tells_what_each_returned_and_logged(mm: Workspace) -> None:
    @hookimpl
    def message_will_be_posted(post: Post) -> None:
        raise KeyError("x")

    mm.load(Greeter(), message_will_be_posted)
    outcome = mm.post("hi", by=mm.user("ann"))
    first, second = outcome.calls
    assert (first.package, first.outcome, first.result.message) == ("Greeter", "changed", "ann: hi")
    assert isinstance(second.error, KeyError)
    assert outcome.logs[0] == "warning: greeting ann"
    assert "logged: warning: greeting ann" in repr(outcome)
