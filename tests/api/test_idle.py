"""Connections that nobody uses for minutes: neither end takes the other's silence, or its pings, amiss."""

from __future__ import annotations

import asyncio
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest

from mmhooks._pb import core_pb2, hooks_message_pb2
from mmhooks.api.client import API, AsyncAPI
from mmhooks.api.transport import (
    HOOKS_SERVICE,
    AsyncGrpcTransport,
    GrpcTransport,
    open_async_channel,
    open_channel,
)
from mmhooks.devhost.server import APIServer

pytestmark = [pytest.mark.slow, pytest.mark.idle]

SILENCE = 130.0
"""Seconds: more than two of the pings that a client on its defaults would send, which a server takes for abuse."""
TOKEN = "a token"
PLUGIN = """
from mmhooks import hookimpl

@hookimpl
def message_will_be_posted(post):
    return post.evolve(message=post.message.upper())
"""


class Version:
    """As much of a host as is asked here."""

    def get_server_version(self) -> str:
        return "11.9.0"

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} is not to be called")


@pytest.fixture
def host() -> Iterator[str]:
    """Where a host's API is served."""
    server = APIServer(Version(), token=TOKEN)
    yield server.target
    server.close(0)


@pytest.fixture
def servant(tmp_path: Path) -> Iterator[str]:
    """Where a servant, a process of its own, answers hooks."""
    (tmp_path / "quiet.py").write_text(PLUGIN)
    section = {"runtime": "python", "python": {"entry_point": "quiet", "packages": ["quiet"]}}
    manifest = {"id": "com.example.quiet", "name": "Quiet", "version": "1.0.0", "server": section}
    (tmp_path / "plugin.json").write_text(json.dumps(manifest))
    process = subprocess.Popen(
        [sys.executable, "-m", "mmhooks.runtime", "--manifest", str(tmp_path / "plugin.json")],
        stdout=subprocess.PIPE,
        stderr=None,  # so that what gRPC says there is seen by the test
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert process.stdout is not None
    handshake = process.stdout.readline().decode().strip().split("|")
    yield f"unix:{handshake[3]}"
    process.terminate()
    process.communicate(timeout=20)


def fire(channel: Any) -> Any:
    """Fires a hook on a channel; an awaitable where the channel is asynchronous."""
    call = channel.unary_unary(
        f"/{HOOKS_SERVICE}/MessageWillBePosted",
        request_serializer=hooks_message_pb2.MessageWillBePostedRequest.SerializeToString,
        response_deserializer=hooks_message_pb2.MessageWillBePostedResponse.FromString,
    )
    return call(hooks_message_pb2.MessageWillBePostedRequest(post=core_pb2.Post(message="hi")), timeout=10)


def state_of(channel: grpc.Channel) -> grpc.ChannelConnectivity:
    told: queue.SimpleQueue[grpc.ChannelConnectivity] = queue.SimpleQueue()
    tell = told.put
    channel.subscribe(tell)
    state = told.get(timeout=10)
    channel.unsubscribe(tell)
    return state


async def call_twice(host: str, servant: str) -> tuple[list[Any], list[grpc.ChannelConnectivity]]:
    """Calls on every kind of channel, is silent, and calls again.

    Returns:
        What was answered, and the states of the channels after the silence.
    """
    channels = [open_channel(host), open_channel(servant)]
    achannels = [open_async_channel(host), open_async_channel(servant)]
    api = API(GrpcTransport(channels[0], token=TOKEN))
    aapi = AsyncAPI(AsyncGrpcTransport(achannels[0], token=TOKEN))

    async def call() -> list[Any]:
        hooks = fire(channels[1]), await fire(achannels[1])
        versions = api.get_server_version(), await aapi.get_server_version()
        return [*versions, *(answer.result.message for answer in hooks)]

    answers = await call()
    await asyncio.to_thread(threading.Event().wait, SILENCE)
    states = [*map(state_of, channels), *(channel.get_state() for channel in achannels)]
    answers += await call()
    for channel in channels:
        channel.close()
    for achannel in achannels:
        await achannel.close()
    return answers, states


def test_idle_connections_live_on(host: str, servant: str, capfd: pytest.CaptureFixture[str]) -> None:
    answers, states = asyncio.run(call_twice(host, servant))
    assert answers == ["11.9.0", "11.9.0", "HI", "HI"] * 2
    # A connection that was given up meanwhile would be idle until the next call opens another one.
    assert set(states) == {grpc.ChannelConnectivity.READY}
    said = capfd.readouterr().err
    assert "GOAWAY" not in said
    assert "too_many_pings" not in said
