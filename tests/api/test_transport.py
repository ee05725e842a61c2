"""Deadlines, the one retry, and what becomes of gRPC's errors."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mmhooks.api.client import API, AsyncAPI
from mmhooks.api.transport import AsyncGrpcTransport, GrpcTransport, open_async_channel, open_channel
from mmhooks.devhost.server import APIServer
from mmhooks.errors import TransportError

pytestmark = pytest.mark.slow


class Attempts:
    """Wraps a transport's calls: counts them, and does something after the first one has failed."""

    def __init__(self, transport: Any, after_failure: Callable[[], object] = lambda: None) -> None:
        self.count = 0
        make = transport.call

        def call(codec: Any, kind: str) -> Any:
            real = make(codec, kind)

            def attempt(*arguments: Any, **options: Any) -> Any:
                self.count += 1
                try:
                    return real(*arguments, **options)
                except Exception:
                    if self.count == 1:
                        after_failure()
                    raise

            return attempt

        transport.call = call


def host(address: str, **methods: Any) -> APIServer:
    return APIServer(SimpleNamespace(**methods), token="t", address=address)


def test_a_host_that_comes_back_is_asked_again(tmp_path: Path) -> None:
    address = f"unix:{tmp_path}/api.sock"
    servers: list[APIServer] = []
    with open_channel(address) as channel:
        transport = GrpcTransport(channel, token="t")
        attempts = Attempts(
            transport, lambda: servers.append(host(address, get_server_version=lambda: "11.1.0"))
        )
        assert API(transport).get_server_version() == "11.1.0"
        assert attempts.count == 2
    servers[0].close(0)


def test_a_host_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with open_channel(f"unix:{tmp_path}/api.sock") as channel:
        transport = GrpcTransport(channel, token="t")
        attempts = Attempts(transport)
        with pytest.raises(TransportError, match=r"^get_server_version: the other side is gone"):
            API(transport).get_server_version()
        assert attempts.count == 2


def test_what_may_have_been_sent_is_not_sent_again(tmp_path: Path) -> None:
    def fail() -> str:
        raise RuntimeError("broke in the middle")

    server = host(f"unix:{tmp_path}/api.sock", get_server_version=fail)
    with open_channel(server.target) as channel:
        transport = GrpcTransport(channel, token="t")
        attempts = Attempts(transport)
        with pytest.raises(TransportError, match="broke in the middle"):
            API(transport).get_server_version()
        assert attempts.count == 1
    server.close(0)


def test_a_call_has_a_deadline_sync_and_async(tmp_path: Path) -> None:
    let_go = threading.Event()

    def stuck() -> str:
        let_go.wait(30)
        return "late"

    server = host(f"unix:{tmp_path}/api.sock", get_server_version=stuck)
    with open_channel(server.target) as channel, pytest.raises(TransportError, match="no answer within the"):
        API(GrpcTransport(channel, token="t", timeout=0.05)).get_server_version()

    async def ask() -> None:
        async_channel = open_async_channel(server.target)
        with pytest.raises(TransportError, match="no answer within the deadline"):
            await AsyncAPI(AsyncGrpcTransport(async_channel, token="t", timeout=0.05)).get_server_version()
        await async_channel.close()

    asyncio.run(ask())
    let_go.set()
    server.close(1)


def test_too_large_a_message_is_said(tmp_path: Path) -> None:
    server = host(f"unix:{tmp_path}/api.sock", kv_get=lambda key: b"x" * (65 * 1024 * 1024))
    with (
        open_channel(server.target) as channel,
        pytest.raises(TransportError, match="the message is too large"),
    ):
        API(GrpcTransport(channel, token="t")).kv_get("k")
    server.close(0)
