"""What a trace says of a hook call: packages, values, API calls, logs, errors."""

from __future__ import annotations

import asyncio
import base64
import logging
import queue
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mmhooks import API, AsyncAPI, Post, Rejection, hookimpl
from mmhooks.api._generated.hooks import HOOKS
from mmhooks.api.models import PluginContext, User
from mmhooks.devhost.host import Host
from mmhooks.devhost.local import local_clients
from mmhooks.devhost.process import ServantProcess
from mmhooks.runtime.dispatch import Dispatcher
from mmhooks.runtime.trace import HookTrace
from mmhooks.testing.composition import composed

HOOK = "message_will_be_posted"


@pytest.fixture
def host() -> Iterator[Host]:
    with Host() as host:
        yield host


def dispatcher(host: Host, **packages: Any) -> Dispatcher:
    pm = composed([SimpleNamespaceNamed(name, hookimpl) for name, hookimpl in packages.items()])
    pm.set_api(*local_clients(host.api))
    return Dispatcher(pm)


def SimpleNamespaceNamed(name: str, function: Callable[..., Any]) -> object:
    return type(name, (SimpleNamespace,), {})(**{function.__name__: function})


def request(message: str, user_id: str = "u") -> Any:
    return HOOKS[HOOK].codec.encode_request(PluginContext(), Post(message=message, user_id=user_id))


def test_the_whole_story_of_a_call(host: Host) -> None:
    user = host.api.create_user(User(username="ann", email="ann@example.com", password="Passw0rd!"))

    @hookimpl
    def message_will_be_posted(post: Post, api: API) -> Post:
        logging.getLogger("mine").warning("looking at %s", post.message)
        return post.evolve(message=f"{api.get_user(post.user_id).username}: {post.message}")

    look = message_will_be_posted

    @hookimpl
    def message_will_be_posted(post: Post) -> None:
        raise ValueError("broken")

    fail = message_will_be_posted

    @hookimpl
    async def message_will_be_posted(post: Post, api: AsyncAPI) -> Rejection | None:
        await api.kv_get("key")
        return Rejection("no") if "secret" in post.message else None

    d = dispatcher(host, look=look, fail=fail, judge=message_will_be_posted)
    traces: list[HookTrace] = []
    unsubscribe = d.tracer.subscribe(traces.append)
    d.call(HOOK, request("a secret", user.id))
    asyncio.run(d.acall(HOOK, request("hello", user.id)))
    unsubscribe()
    d.call(HOOK, request("unseen", user.id))

    assert [trace.outcome for trace in traces] == ["rejected", "error"]
    shown = traces[0].as_dict()
    assert shown["arguments"]["post"]["message"] == "a secret"
    assert [(call["package"], call["async"]) for call in shown["calls"]] == [
        ("look", False),
        ("fail", False),
        ("judge", True),
    ]
    assert [call["before"]["message"] for call in shown["calls"]] == [
        "a secret",
        "ann: a secret",
        "ann: a secret",
    ]
    assert shown["calls"][0]["result"]["message"] == "ann: a secret"
    assert shown["calls"][1]["error"]["type"] == "ValueError"
    assert 'raise ValueError("broken")' in shown["calls"][1]["error"]["traceback"]
    assert shown["calls"][2]["result"] == {"rejected": "no"}
    assert [(call["method"], call["arguments"]) for call in shown["api"]] == [
        ("get_user", {"user_id": user.id}),
        ("kv_get", {"key": "key"}),
    ]
    assert shown["api"][0]["result"]["username"] == "ann"
    assert shown["logs"][0] == {"level": "warning", "logger": "mine", "message": "looking at a secret"}
    assert shown["result"] == {"rejected": "no"}
    assert traces[1].as_dict()["result"]["message"] == "ann: hello"
    assert base64.b64decode(shown["request"]) == request("a secret", user.id).SerializeToString()


def test_what_the_server_refuses_is_in_the_trace(host: Host) -> None:
    @hookimpl
    def message_has_been_posted(post: Post, api: API) -> None:
        api.get_user("nobody")

    d = dispatcher(host, ask=message_has_been_posted)
    traces: list[HookTrace] = []
    d.tracer.subscribe(traces.append)
    codec = HOOKS["message_has_been_posted"].codec
    d.call("message_has_been_posted", codec.encode_request(PluginContext(), Post(message="hi")))
    (call,) = traces[0].as_dict()["api"]
    assert call["error"]["type"] == "NotFoundError"
    assert traces[0].outcome == "error"  # the hookimpl has failed, the hook has not


def test_nobody_pays_for_a_trace_that_nobody_reads(host: Host) -> None:
    @hookimpl
    def message_will_be_posted(post: Post) -> None: ...

    d = dispatcher(host, look=message_will_be_posted)
    plan, handlers = d.pm.plan(HOOK), list(logging.getLogger().handlers)
    unsubscribe = d.tracer.subscribe(lambda trace: None)
    assert "trace" in d.pm.plan(HOOK).calls[0].invoke.__module__
    unsubscribe()
    assert d.pm.plan(HOOK).calls[0].invoke.__module__ == plan.calls[0].invoke.__module__
    assert logging.getLogger().handlers == handlers


@pytest.mark.slow
def test_a_host_reads_the_traces_of_a_process_and_fires_a_call_again(
    write_plugin: Callable[..., Path], host: Host
) -> None:
    manifest = write_plugin(
        """
        import logging
        from mmhooks import hookimpl

        calls = []

        @hookimpl
        def message_will_be_posted(post, api):
            calls.append(post)
            print("printed")
            return post.evolve(message=f"{api.get_server_version()} {len(calls)}")
        """
    )
    servant = ServantProcess(manifest, host.api)
    try:
        traces: queue.Queue[dict[str, Any]] = queue.Queue()
        stop = servant.trace(traces.put)
        first, _ = servant.hooks.call(HOOK, PluginContext(), Post(message="hi"))
        seen = traces.get(timeout=10)
        assert seen["calls"][0]["result"]["message"] == first.message
        assert seen["api"][0]["method"] == "get_server_version"
        assert [record["message"] for record in seen["logs"]] == ["printed"]
        again, _ = servant.hooks.call_again(HOOK, base64.b64decode(seen["request"]))
        assert again.message.endswith(" 2")
        assert traces.get(timeout=10)["id"] == 2
        stop()
        servant.hooks.call(HOOK, PluginContext(), Post(message="hi"))
        assert traces.empty()
    finally:
        servant.close()
