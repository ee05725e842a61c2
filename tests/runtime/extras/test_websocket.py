"""WebSockets of ASGI applications: the `websocket` scope, in this process and in a servant's."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from textwrap import dedent
from typing import Any

import pytest

from mmhooks import PluginContext, Request, Response, RouteSpec, hookimpl
from mmhooks.api.stream import ByteStream
from mmhooks.api.websocket import MAX_MESSAGE, Close, OpenWebSocket, WebSocket, checked
from mmhooks.devhost.process import ServantProcess
from mmhooks.errors import AppError, NotFoundError, PermissionDeniedError
from mmhooks.testing import Socket, Workspace


def load(mm: Workspace, app: Callable[..., Any]) -> None:
    class Package:
        @hookimpl
        def register_routes(self):
            return [RouteSpec("/live", app)]

    mm.load(Package())


def accepting(talk: Callable[..., Any]) -> Callable[..., Any]:
    """An application that accepts, and goes on as it is told."""

    async def app(scope, receive, send):
        assert await receive() == {"type": "websocket.connect"}
        await send({"type": "websocket.accept"})
        await talk(receive, send)

    return app


async def echo(receive, send):
    while (message := await receive())["type"] == "websocket.receive":
        await send({**message, "type": "websocket.send"})


def test_echo(mm: Workspace):
    load(mm, accepting(echo))
    with mm.websocket("/live") as socket:
        for message in ("hello", "", "é" * 100_000, b"\xff\x00", b"", bytes(1_000_000)):
            socket.send(message)
            assert socket.receive() == message
    assert socket.receive() == Close(1000)


def test_scope(mm: Workspace):
    scopes = []

    async def app(scope, receive, send):
        scopes.append(scope)
        assert (await receive())["type"] == "websocket.connect"
        await send({"type": "websocket.accept", "subprotocol": "b", "headers": [(b"x-one", b"1")]})

    load(mm, app)
    ann = mm.user("ann")
    with mm.websocket("/live/x?y=1", by=ann, subprotocols=["a", "b"]) as socket:
        assert (socket.subprotocol, socket.headers) == ("b", (("x-one", "1"),))
        assert socket.receive() == Close(1000)  # the application has returned
    (scope,) = scopes
    assert scope["type"] == "websocket"
    assert "method" not in scope
    assert (scope["scheme"], scope["subprotocols"]) == ("ws", ["a", "b"])
    assert (scope["path"], scope["query_string"]) == ("/plugins/com.example.test/live/x", b"y=1")
    assert scope["mattermost_user_id"] == ann.id


def test_client_closes(mm: Workspace):
    seen = []

    async def talk(receive, send):
        seen.extend([await receive(), await receive()])
        with pytest.raises(ConnectionResetError, match="the client has closed"):
            await send({"type": "websocket.send", "text": "too late"})
        await send({"type": "websocket.close"})  # no harm in that

    load(mm, accepting(talk))
    with mm.websocket("/live") as socket:
        socket.close(4000, "enough")
    assert seen == [{"type": "websocket.disconnect", "code": 4000, "reason": "enough"}] * 2


def test_application_closes(mm: Workspace):
    seen = []
    done = threading.Event()

    async def talk(receive, send):
        await send({"type": "websocket.close", "code": 4001, "reason": "bye"})
        seen.append(await receive())
        with pytest.raises(RuntimeError, match="closed already"):
            await send({"type": "websocket.send", "text": "more"})
        done.set()  # an application may work on after it has closed

    load(mm, accepting(talk))
    with mm.websocket("/live") as socket:
        assert [socket.receive(), socket.receive()] == [Close(4001, "bye")] * 2
    assert done.wait(10)
    assert seen[0] == {"type": "websocket.disconnect", "code": 4001, "reason": "bye"}


def test_application_that_fails(mm: Workspace, caplog: pytest.LogCaptureFixture):
    async def talk(receive, send):
        raise ValueError("no more")

    load(mm, accepting(talk))
    with mm.websocket("/live") as socket:
        assert socket.receive() == Close(1011)
    assert "route /live failed: ValueError: no more" in caplog.text


def test_application_that_only_sends_learns_that_the_client_has_gone(mm: Workspace):
    errors = []

    async def talk(receive, send):
        try:
            while True:
                await send({"type": "websocket.send", "bytes": bytes(1000)})
        except OSError as error:
            errors.append(error)
            raise

    load(mm, accepting(talk))
    with mm.websocket("/live") as socket:
        assert socket.receive() == bytes(1000)
    assert isinstance(errors[0], ConnectionResetError)


def test_application_is_cancelled_with_the_call(mm: Workspace):
    cancelled = threading.Event()

    async def talk(receive, send):
        await send({"type": "websocket.send", "text": "ready"})
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    load(mm, accepting(talk))

    def leave():
        with mm.websocket("/live") as socket:
            assert socket.receive() == "ready"
            raise KeyError("the test fails")

    with pytest.raises(KeyError):
        leave()
    assert cancelled.wait(10)


async def refuses(scope, receive, send):
    await send({"type": "websocket.close"})
    assert (await receive())["type"] == "websocket.connect"
    assert (await receive())["type"] == "websocket.disconnect"


async def denies(scope, receive, send):
    await send({"type": "websocket.http.response.start", "status": 418})
    await send({"type": "websocket.http.response.body", "body": b"tea", "more_body": True})
    await send({"type": "websocket.http.response.body", "body": b"pot"})


async def sends_first(scope, receive, send):
    await send({"type": "websocket.send", "text": "hello"})


async def returns(scope, receive, send):
    return None


@pytest.mark.parametrize(
    ("app", "status", "text"),
    [
        (refuses, 403, "answered 403"),
        (denies, 418, "teapot"),
        (sends_first, 500, "failed"),
        (returns, 500, "failed"),
    ],
)
def test_application_that_does_not_accept(mm: Workspace, app: Any, status: int, text: str):
    load(mm, app)
    with pytest.raises(AppError, match=text) as caught:
        mm.websocket("/live")
    assert caught.value.status_code == status
    assert isinstance(caught.value, PermissionDeniedError) == (status == 403)


def test_what_is_no_web_socket(mm: Workspace):
    load(mm, accepting(echo))
    with pytest.raises(NotFoundError, match="no WebSocket at /other, the plugin answered 404"):
        mm.websocket("/other")
    mm.unload()
    with pytest.raises(NotFoundError):
        mm.websocket("/live")


def test_a_hookimpl_opens_one(mm: Workspace):
    class Package:
        @hookimpl
        async def serve_http(self, request):
            async def shout(incoming):
                async for event in incoming:
                    if not isinstance(event, Close):
                        yield event.upper()

            if request.url == "/page":
                return Response(body=f"{request.is_websocket} {await request.body.read()}")
            return WebSocket(talk=shout)

    mm.load(Package())
    with mm.websocket("/") as socket:
        socket.send("quiet")
        assert socket.receive() == "QUIET"
    assert mm.get("/").status == 426
    with pytest.raises(AppError, match=r"True b''"):
        mm.websocket("/page")


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (Close(1005), "cannot be closed with 1005"),
        (Close(999), "cannot be closed with 999"),
        (Close(5000), "cannot be closed with 5000"),
        (Close(1000, "é" * 62), "at most 123 bytes"),
        ("é" * (MAX_MESSAGE // 2 + 1), "at most 16 MiB"),
        (bytes(MAX_MESSAGE + 1), "16,777,217 bytes"),
    ],
)
def test_what_cannot_be_sent(event: Any, text: str):
    with pytest.raises(ValueError, match=text):
        checked(event)


APP = """
    import asyncio
    from mmhooks import RouteSpec, hookimpl

    async def app(scope, receive, send):
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            await send({**message, "type": "websocket.send"})

    @hookimpl
    def register_routes():
        return [RouteSpec("/", app)]
"""


def opened(servant: ServantProcess) -> Socket:
    request = Request(method="GET", url="/", is_websocket=True, body=ByteStream(()))
    answer = servant.hooks.call("serve_http", PluginContext(), request)
    assert isinstance(answer, OpenWebSocket)
    return Socket(answer)


@pytest.mark.slow
def test_a_servant_echoes_over_grpc(start: Any):
    with opened(start(dedent(APP))) as socket:
        for number in range(1000):
            socket.send(f"message {number}")
            assert socket.receive() == f"message {number}"
        socket.send(bytes(MAX_MESSAGE))
        assert socket.receive() == bytes(MAX_MESSAGE)


@pytest.mark.slow
def test_a_servant_that_dies_ends_it(start: Any):
    servant = start(dedent(APP))
    with opened(servant) as socket:
        socket.send("hello")
        assert socket.receive() == "hello"
        os.kill(servant.pid, signal.SIGKILL)
        assert socket.receive() == Close(1006)
