"""Hook calls and API calls over a unix socket, against raw gRPC echoes of the same bytes on the same kind of socket."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.measure import Row, medians, rates
from bench.servers import ECHO
from bench.values import CONTEXT, POST
from mmhooks.api._generated.client import METHODS
from mmhooks.api._generated.hooks import HOOKS
from mmhooks.api.client import API, AsyncAPI
from mmhooks.api.framed import AsyncFramedTransport, FramedTransport
from mmhooks.api.transport import (
    HOOKS_SERVICE,
    AsyncGrpcTransport,
    GrpcTransport,
    open_async_channel,
    open_channel,
)

HOOK = "/mmhooks.v1.PluginHooks/MessageWillBePosted"
IN_FLIGHT, CALLS = 64, 2000


def run(rounds: int) -> list[Row]:
    """Everything takes turns in the same rounds."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:

        def serve(kind: str) -> str:
            return stack.enter_context(_server(kind, f"unix:{folder}/{kind}.sock"))

        targets = {kind: serve(kind) for kind in ("raw-threads", "raw-asyncio", "sync", "async", "api")}
        return _hooks(targets, rounds, stack) + _api(targets, rounds, stack)


@contextlib.contextmanager
def _server(kind: str, address: str) -> Iterator[str]:
    process = subprocess.Popen([sys.executable, "-m", "bench.servers", kind, address], stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        process.stdout.readline()
        yield address
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _hooks(targets: dict[str, str], rounds: int, stack: contextlib.ExitStack) -> list[Row]:
    codec = HOOKS["message_will_be_posted"].codec
    request = codec.encode_request(CONTEXT, POST)
    data = request.SerializeToString()

    def grpc(target: str, method: str) -> Callable[[], Any]:
        call = stack.enter_context(open_channel(target)).unary_unary(method)
        return lambda: call(data)

    def framed(target: str) -> Callable[[], Any]:
        transport: Any = FramedTransport(target.removeprefix("unix:"), None, service=HOOKS_SERVICE)  # type: ignore[arg-type]  # no streams here
        stack.callback(transport.close)
        return lambda: transport.unary(codec, request)

    calls = {
        "raw threads": grpc(targets["raw-threads"], ECHO),
        "raw asyncio": grpc(targets["raw-asyncio"], ECHO),
        "def": framed(f"{targets['sync']}.blocking"),
        "async def": framed(f"{targets['async']}.frames"),
        "async def, over gRPC": grpc(targets["async"], HOOK),
    }
    single = medians(calls, rounds, 300)
    many = rates({name: _in_flight(call) for name, call in calls.items()}, rounds)
    rows = []
    for ours, floor in (
        ("def", "raw threads"),
        ("async def", "raw asyncio"),
        ("async def, over gRPC", "raw asyncio"),
    ):
        title = f"three packages, {ours}"
        rows.append(Row(f"hook call, {title}", f"{floor} echo", single[ours], single[floor], "us", 1.25))
        rows.append(Row(f"{IN_FLIGHT} in flight, {title}", f"{floor} echo", many[ours], many[floor], "/s"))
    return rows


def _in_flight(call: Callable[[], Any]) -> Callable[[], int]:
    pool = ThreadPoolExecutor(IN_FLIGHT)

    def batch() -> int:
        for future in [pool.submit(call) for _ in range(CALLS)]:
            future.result()
        return CALLS

    return batch


def _api(targets: dict[str, str], rounds: int, stack: contextlib.ExitStack) -> list[Row]:
    data = METHODS["create_post"].codec.encode_request(POST).SerializeToString()
    raw = stack.enter_context(open_channel(targets["raw-threads"])).unary_unary(ECHO)
    over_grpc = GrpcTransport(stack.enter_context(open_channel(targets["api"])), token="bench")
    frames = f"{targets['api'].removeprefix('unix:')}.frames"
    transport = FramedTransport(frames, over_grpc, token="bench")
    stack.callback(transport.close)
    api = API(transport)
    single = medians({"raw": lambda: raw(data), "sync": lambda: api.create_post(POST)}, rounds, 300)
    awaited = asyncio.run(_async_api(targets, rounds, data))
    floor = "raw threads echo"
    return [
        Row("API call, sync client", floor, single["sync"], single["raw"], "us", 1.1),
        Row("API call, async client", floor, awaited["async"], awaited["raw"], "us", 1.1),
    ]


async def _async_api(targets: dict[str, str], rounds: int, data: bytes) -> dict[str, float]:
    import statistics
    import time

    raw_channel, channel = open_async_channel(targets["raw-threads"]), open_async_channel(targets["api"])
    raw = raw_channel.unary_unary(ECHO)
    frames = f"{targets['api'].removeprefix('unix:')}.frames"
    transport = AsyncFramedTransport(frames, AsyncGrpcTransport(channel, token="bench"), token="bench")
    api = AsyncAPI(transport)
    calls: dict[str, Callable[[], Any]] = {"raw": lambda: raw(data), "async": lambda: api.create_post(POST)}
    found: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(rounds + 1):
        for name, call in calls.items():
            durations = []
            for _ in range(300):
                start = time.perf_counter()
                await call()
                durations.append(time.perf_counter() - start)
            if number:
                found[name].append(statistics.median(durations))
    await transport.close()
    await raw_channel.close()
    await channel.close()
    return {name: statistics.median(values) * 1e6 for name, values in found.items()}
