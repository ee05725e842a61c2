"""Calls in frames: deadlines, retries, refusals, and who sees what when the other side goes away."""

from __future__ import annotations

import asyncio
import resource
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mmhooks.api.client import API, AsyncAPI
from mmhooks.api.framed import AsyncFramedTransport, FramedTransport
from mmhooks.api.frames import LENGTH, read_frame, request_frame, split_request
from mmhooks.api.transport import MAX_MESSAGE
from mmhooks.devhost.server import APIServer
from mmhooks.errors import TransportError
from mmhooks.runtime.framed import AsyncFrameServer, FrameServer
from mmhooks.runtime.threads import WorkerThreads

NAME = b"/some.Service/Method"


class NoStreams:
    """These tests make unary calls alone."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert len(str(tmp_path)) < 80, "a socket's path has a limit"
    return tmp_path


@pytest.fixture
def threads() -> Iterator[WorkerThreads]:
    threads = WorkerThreads()
    yield threads
    threads.close(1)


@pytest.fixture
def client() -> Iterator[Callable[..., API]]:
    transports: list[FramedTransport] = []

    def client(path: str, token: str = "t", **options: Any) -> API:
        transports.append(FramedTransport(path, NoStreams(), token=token, **options))  # type: ignore[arg-type]
        return API(transports[-1])

    yield client
    for transport in transports:
        transport.close()


def host(folder: Path, **methods: Any) -> APIServer:
    return APIServer(SimpleNamespace(**methods), token="t", address=f"unix:{folder}/api.sock")


@pytest.mark.slow
def test_both_clients_call_and_reuse_their_connections(folder: Path, client: Callable[..., API]) -> None:
    seen: list[str] = []
    server = host(folder, kv_get=lambda key: seen.append(threading.current_thread().name) or key.encode() * 2)
    api = client(server.frames)
    assert [api.kv_get(key) for key in ("a", "b")] == [b"aa", b"bb"]
    assert seen[0] == seen[1]  # one connection, one thread

    async def ask() -> list[Any]:
        transport = AsyncFramedTransport(server.frames, NoStreams(), token="t")  # type: ignore[arg-type]
        answers = await asyncio.gather(*(AsyncAPI(transport).kv_get(str(number)) for number in range(50)))
        await transport.close()
        return answers

    assert asyncio.run(ask()) == [str(number).encode() * 2 for number in range(50)]
    server.close(0)


@pytest.mark.slow
def test_large_messages_arrive_whole_and_too_large_ones_are_said(
    folder: Path, client: Callable[..., API]
) -> None:
    server = host(folder, kv_get=lambda key: b"x" * int(key))
    api = client(server.frames)
    for size in (1, (1 << 16) - 7, 1 << 16, 10_000_000):
        assert len(api.kv_get(str(size)) or b"") == size
    with pytest.raises(TransportError, match=r"kv_get: the message is too large"):
        api.kv_get(str(MAX_MESSAGE + 1))
    with pytest.raises(TransportError, match=r"kv_set: the message is too large"):
        api.kv_set("key", b"x" * (MAX_MESSAGE + 1))
    server.close(0)


def test_the_token_is_demanded(folder: Path, client: Callable[..., API], caplog: Any) -> None:
    server = host(folder, get_server_version=lambda: "11.1.0")
    for wrong in ("other", ""):
        with pytest.raises(TransportError):
            client(server.frames, token=wrong).get_server_version()
    with pytest.raises(TransportError, match="the token was refused"):
        client(server.frames, token="tt").get_server_version()
    assert "without the token" in caplog.text
    assert client(server.frames).get_server_version() == "11.1.0"
    server.close(0)


@pytest.mark.slow
def test_a_call_has_a_deadline(folder: Path, client: Callable[..., API]) -> None:
    let_go = threading.Event()
    server = host(folder, get_server_version=lambda: let_go.wait(30) and "late")
    with pytest.raises(TransportError, match="no answer within the deadline"):
        client(server.frames, timeout=0.05).get_server_version()

    async def ask() -> None:
        transport = AsyncFramedTransport(server.frames, NoStreams(), token="t", timeout=0.05)  # type: ignore[arg-type]
        with pytest.raises(TransportError, match="no answer within the deadline"):
            await AsyncAPI(transport).get_server_version()
        await transport.close()

    asyncio.run(ask())
    let_go.set()
    server.close(1)


@pytest.mark.slow
def test_a_host_that_comes_back_is_asked_again(folder: Path, client: Callable[..., API]) -> None:
    server = host(folder, get_server_version=lambda: "first")
    api = client(server.frames)
    assert api.get_server_version() == "first"
    server.close(0)
    started: list[APIServer] = []
    later = threading.Timer(0.3, lambda: started.append(host(folder, get_server_version=lambda: "second")))
    later.start()
    assert api.get_server_version() == "second"  # over a connection that is new
    later.join()
    started[0].close(0)


@pytest.mark.slow
def test_a_host_that_stays_away_is_one_sentence(folder: Path, client: Callable[..., API]) -> None:
    with pytest.raises(TransportError, match=r"^get_server_version: the other side is gone"):
        client(f"{folder}/nobody.sock", timeout=0.2).get_server_version()


def test_what_may_have_been_made_is_not_made_again(folder: Path, client: Callable[..., API]) -> None:
    """A host that reads the call and goes away without an answer."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"{folder}/s")
    listener.listen()
    calls: list[bytes] = []

    def take() -> None:
        connection, _ = listener.accept()
        with connection:
            calls.append(split_request(read_frame(connection))[0])

    thread = threading.Thread(target=take)
    thread.start()
    with pytest.raises(TransportError, match="the connection ended during the call"):
        client(f"{folder}/s", token="").get_server_version()
    thread.join()
    listener.close()
    assert calls == [b"/mmhooks.v1.PluginAPI/GetServerVersion"]


def talk(path: str, data: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(path)
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(1 << 16), b""))


def test_nonsense_is_refused_by_both_servers(folder: Path, threads: WorkerThreads) -> None:
    blocking = FrameServer(f"{folder}/b", {NAME: lambda data: data[::-1]}, threads)

    async def reverse(data: bytes) -> bytes:
        return data[::-1]

    async def main() -> list[list[bytes]]:
        server = AsyncFrameServer(f"{folder}/a", {NAME: reverse})
        await server.start()
        sent = (
            request_frame(NAME, b"abc"),
            request_frame(b"/no/such", b""),
            b"\x00",
            LENGTH.pack(0),
            LENGTH.pack(1 << 31) + b"x",
        )
        answers = [
            [await asyncio.to_thread(talk, f"{folder}/{kind}", data) for data in sent] for kind in ("a", "b")
        ]
        await server.stop(1)
        return answers

    answers = asyncio.run(main())
    assert answers[0] == answers[1]
    assert answers[0][0] == LENGTH.pack(4) + b"\x00cba"
    assert answers[0][1].endswith(b"there is no method /no/such")
    assert answers[0][2:] == [b"", b"", b""]
    blocking.stop(1)


def test_stopping_waits_for_calls_under_way(folder: Path, threads: WorkerThreads) -> None:
    entered, let_go = threading.Event(), threading.Event()

    def slow(data: bytes) -> bytes:
        entered.set()
        let_go.wait(10)
        return b"done"

    server = FrameServer(f"{folder}/s", {NAME: slow}, threads)
    answers: list[bytes] = []
    idle = socket.socket(socket.AF_UNIX)
    idle.connect(f"{folder}/s")
    caller = threading.Thread(target=lambda: answers.append(talk(f"{folder}/s", request_frame(NAME, b""))))
    caller.start()
    entered.wait(5)
    stopper = threading.Thread(target=server.stop, args=(10,))
    stopper.start()
    assert idle.recv(1) == b""  # an idle connection ends at once
    assert stopper.is_alive()
    let_go.set()
    caller.join(5)
    stopper.join(5)
    idle.close()
    assert answers == [LENGTH.pack(5) + b"\x00done"]
    assert not (folder / "s").exists()


def test_a_caller_that_goes_away_cancels_an_awaited_call(folder: Path) -> None:
    async def main() -> str:
        entered, outcome = asyncio.Event(), asyncio.get_running_loop().create_future()

        async def wait(data: bytes) -> bytes:
            entered.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                outcome.set_result("cancelled")
                raise
            return b""

        server = AsyncFrameServer(f"{folder}/s", {NAME: wait})
        await server.start()
        _, writer = await asyncio.open_unix_connection(f"{folder}/s")
        writer.write(request_frame(NAME, b""))
        await entered.wait()
        writer.close()
        result: str = await asyncio.wait_for(outcome, 5)
        await server.stop(1)
        return result

    assert asyncio.run(main()) == "cancelled"


@pytest.mark.slow
def test_connections_that_nobody_needs_are_closed(
    folder: Path, client: Callable[..., API], monkeypatch: Any
) -> None:
    """Fifty calls at once take fifty connections, of which a second's quiet leaves few."""
    monkeypatch.setattr("mmhooks.api.framed._KEEP_SECONDS", 0.0)
    barrier = threading.Barrier(50)

    def kv_get(key: str) -> bytes:
        if key == "together":
            barrier.wait(10)
        return b"got"

    server = host(folder, kv_get=kv_get)
    api = client(server.frames)
    callers = [threading.Thread(target=api.kv_get, args=("together",)) for _ in range(50)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    for _ in range(60):
        api.kv_get("x")
    end = time.monotonic() + 5
    while len(server._framed._connections) > 3:
        assert time.monotonic() < end
    server.close(0)


@pytest.mark.slow
def test_a_server_goes_on_after_it_had_no_file_left(
    folder: Path, threads: WorkerThreads, caplog: Any
) -> None:
    server = FrameServer(f"{folder}/s", {NAME: lambda data: b"done"}, threads)
    caller = socket.socket(socket.AF_UNIX)
    caller.settimeout(10)
    limit, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (caller.fileno() + 1, most))
    try:
        caller.connect(f"{folder}/s")
        caller.sendall(request_frame(NAME, b""))
        end = time.monotonic() + 5
        while "no further connection" not in caplog.text:
            assert time.monotonic() < end
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, most))
    assert read_frame(caller) == b"\x00done"
    caller.close()
    server.stop(1)
