"""The processes that the benchmarks call: raw gRPC echoes as floors, and servants with three packages."""

from __future__ import annotations

import asyncio
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import grpc
import grpc.aio

from mmhooks import hookimpl
from mmhooks.api.models import Post
from mmhooks.api.transport import GRPC_OPTIONS
from mmhooks.bundle.manifest import Manifest
from mmhooks.devhost.server import APIServer
from mmhooks.runtime.compose import compose
from mmhooks.runtime.plugin import assemble
from mmhooks.runtime.servant import Servant

ECHO = "/bench.Echo/Call"


def raw_threads(address: str) -> None:
    """grpcio's own server on threads: bytes in, the same bytes out."""
    server = grpc.server(ThreadPoolExecutor(64), options=GRPC_OPTIONS)
    handler = grpc.unary_unary_rpc_method_handler(lambda data, context: data)
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("bench.Echo", {"Call": handler}),))
    server.add_insecure_port(address)
    server.start()
    ready()
    server.wait_for_termination()


async def raw_asyncio(address: str) -> None:
    """grpcio's own server on asyncio."""

    async def echo(data: bytes, context: Any) -> bytes:
        return data

    server = grpc.aio.server(options=GRPC_OPTIONS)
    handler = grpc.unary_unary_rpc_method_handler(echo)
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("bench.Echo", {"Call": handler}),))
    server.add_insecure_port(address)
    await server.start()
    ready()
    await server.wait_for_termination()


async def servant(address: str, kind: str) -> None:
    """A servant with three packages: two look at the post, one changes it."""
    packages = {f"package{number}": package(number, kind) for number in range(3)}
    manifest = Manifest(id="bench.plugin", name="bench", version="1.0.0")
    loop = asyncio.get_running_loop()
    plugin = assemble(compose(manifest, entry_points=(), packages=packages, loop=loop), manifest)
    server = Servant(plugin.dispatcher, plugin.statistics)
    await server.start(address)
    ready()
    await asyncio.Event().wait()


def package(number: int, kind: str) -> object:
    """One package with one hookimpl, sync or async; the second changes the post."""

    def look(post: Post) -> Post | None:
        if number == 1:
            return post.evolve(message=f"{post.message} (seen)")
        return None if "secret" not in post.message else post

    async def look_async(post: Post) -> Post | None:
        return look(post)

    return SimpleNamespace(message_will_be_posted=hookimpl(look if kind == "sync" else look_async))


def api(address: str) -> None:
    """A host's API whose create_post answers what it is given, in a server like the embedded host's."""
    server = APIServer(SimpleNamespace(create_post=lambda post: post), token="bench", address=address)
    ready()
    threading.Event().wait()
    server.close()


def ready() -> None:
    print("ready", flush=True)


if __name__ == "__main__":
    what, where = sys.argv[1:]
    if what == "raw-threads":
        raw_threads(where)
    elif what == "raw-asyncio":
        asyncio.run(raw_asyncio(where))
    elif what == "api":
        api(where)
    else:
        asyncio.run(servant(where, what))
