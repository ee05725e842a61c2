"""The same workspace across gRPC."""

from __future__ import annotations

import asyncio
import threading

import pytest

from mmhooks import API, AsyncAPI, NotFoundError, Post, Response, hookimpl
from mmhooks.testing import Workspace


class Busy:
    """Uses the API from both kinds of hookimpls, and tells on which threads it runs."""

    def __init__(self) -> None:
        self.threads: set[str] = set()

    @hookimpl
    def message_will_be_posted(self, post: Post, api: API) -> Post:
        self.threads.add(threading.current_thread().name)
        return post.evolve(message=f"{api.get_user(post.user_id).username}: {post.message}")

    @hookimpl
    async def message_has_been_posted(self, post: Post, api: AsyncAPI) -> None:
        self.threads.add(threading.current_thread().name)
        await api.kv_set("seen", post.message.encode())

    @hookimpl
    def serve_http(self) -> Response:
        return Response(body=(b"x" * 70_000 for _ in range(3)))


@pytest.mark.parametrize("over_grpc", [False, True], ids=["inproc", "devhost"])
def test_a_plugin_sees_no_difference(over_grpc: bool) -> None:
    busy = Busy()
    with Workspace(over_grpc=over_grpc) as mm:
        mm.load(busy)
        ann = mm.user("ann")
        outcome = mm.post("hi", by=ann)
        assert outcome.post.message == "ann: hi"
        assert outcome.calls[0].result.message == "ann: hi"
        mm.settle()
        assert mm.api.kv_get("seen") == b"ann: hi"
        assert mm.get("/").body == b"x" * 210_000
        mm.fail("get_user", 404)
        assert mm.post("hi", by=ann).post.message == "hi"
        with pytest.raises(NotFoundError):
            mm.api.get_user(ann.id)
        mm.load(Busy())  # another one in its place
        mm.mend()
        assert mm.post("again", by=ann).post.message == "ann: again"
    on_the_tests_thread = threading.current_thread().name in busy.threads
    assert on_the_tests_thread is not over_grpc


@pytest.mark.parametrize("over_grpc", [False, True], ids=["inproc", "devhost"])
def test_tests_may_be_coroutines(over_grpc: bool) -> None:
    async def test() -> None:
        with Workspace(over_grpc=over_grpc) as mm:
            mm.load(Busy())
            ann = mm.user("ann")
            outcome = await asyncio.to_thread(mm.post, "hi", by=ann)
            assert outcome.post.message == "ann: hi"
            mm.settle()  # hooks after the fact run side by side
            assert mm.post("there", by=ann).post.message == "ann: there"  # simple, and holds the test's loop
            mm.settle()
            assert mm.api.kv_get("seen") == b"ann: there"

    asyncio.run(test())
