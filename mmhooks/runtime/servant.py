"""The gRPC server of a plugin: every hook a typed RPC, health and reflection beside them."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import Any

import grpc
import grpc.aio
from google.protobuf.message import DecodeError

from mmhooks.api._generated.hooks import HOOKS
from mmhooks.api.transport import GRPC_OPTIONS, HOOKS_SERVICE, INTERNAL, INVALID_ARGUMENT
from mmhooks.api.wire import message_class
from mmhooks.errors import MmhooksError
from mmhooks.runtime import files, http
from mmhooks.runtime.dispatch import STREAMED, Dispatcher
from mmhooks.runtime.extras import settings_schema
from mmhooks.runtime.framed import Answer, AsyncAnswer, AsyncFrameServer, CallError, FrameServer
from mmhooks.runtime.standard import HEALTH_SERVICE, REFLECTION_SERVICE, Later, add_health, add_reflection
from mmhooks.runtime.statistics import Statistics
from mmhooks.runtime.trace import HookTrace

SERVANT_SERVICE = "mmhooks.v1.Servant"
MAX_TRACES = 1000
"""Hook calls that wait for a host that looks at them."""

logger = logging.getLogger("mmhooks.servant")

Handler = Callable[[Any, Any], Awaitable[Any]]


class Servant:
    """Serves a dispatcher's hooks.

    gRPC answers everything. On a unix socket there are two more doors, where unary hooks are answered in frames
    (`mmhooks.api.frames`) for a fraction of what gRPC costs: one on the event loop, and one whose threads run the hooks
    whose hookimpls all block, with one change of threads less.

    Args:
        dispatcher: answers the hooks.
        statistics: what `Statistics` RPCs report; it counts from the first of them on, and costs nothing before.
        token: demanded of every caller; empty demands none, as on a private unix socket.
    """

    def __init__(self, dispatcher: Dispatcher, statistics: Statistics, *, token: str = "") -> None:
        self._dispatcher = dispatcher
        self._statistics = statistics
        self._counting = False
        self._framed: AsyncFrameServer | None = None
        self._blocking: FrameServer | None = None
        self._framed_targets = ("", "")
        self._watchers: set[asyncio.Event] = set()
        self._is_stopping = False
        self._server = grpc.aio.server(options=(*GRPC_OPTIONS, ("grpc.so_reuseport", 0)))
        self._server.add_generic_rpc_handlers((_Handlers(self._methods(), token),))
        self._server.add_generic_rpc_handlers(
            (Later(HEALTH_SERVICE, add_health), Later(REFLECTION_SERVICE, add_reflection))
        )

    async def start(self, address: str) -> str:
        """Listens.

        Args:
            address: ``unix:<path>`` or ``host:port``; port 0 picks one.

        Returns:
            The address to connect to.

        Raises:
            MmhooksError: the address cannot be listened on.
        """
        target = listen(self._server, address)
        if address.startswith("unix:"):
            await self._start_framed(address.removeprefix("unix:"))
        await self._server.start()
        return target

    async def _start_framed(self, path: str) -> None:
        names = {
            f"/{HOOKS_SERVICE}/{hook.rpc}".encode(): name
            for name, hook in HOOKS.items()
            if name not in STREAMED
        }
        self._framed_targets = (f"{path}.frames", f"{path}.blocking")
        self._framed = AsyncFrameServer(
            self._framed_targets[0], {path: self._framed_hook(name) for path, name in names.items()}
        )
        await self._framed.start()
        self._blocking = FrameServer(
            self._framed_targets[1],
            {path: self._blocking_hook(name) for path, name in names.items()},
            self._dispatcher.pm.lanes.threads,
        )

    async def stop(self, grace: float) -> None:
        """Takes no new calls and waits up to `grace` seconds for those under way."""
        self._is_stopping = True
        for some in self._watchers:
            some.set()
        stops = [self._server.stop(grace)]
        if self._framed is not None and self._blocking is not None:
            stops += [self._framed.stop(grace), asyncio.to_thread(self._blocking.stop, grace)]
        await asyncio.gather(*stops)

    def _methods(self) -> dict[str, grpc.RpcMethodHandler[Any, Any]]:
        methods = {f"/{HOOKS_SERVICE}/{hook.rpc}": self._hook(name) for name, hook in HOOKS.items()}
        methods[f"/{SERVANT_SERVICE}/Implemented"] = _unary("Implemented", self._implemented)
        methods[f"/{SERVANT_SERVICE}/Statistics"] = _unary("Statistics", self._report)
        methods[f"/{SERVANT_SERVICE}/Trace"] = grpc.unary_stream_rpc_method_handler(
            self._trace,
            message_class("TraceRequest", "servant").FromString,
            lambda answer: answer.SerializeToString(),
        )
        return methods

    def _hook(self, name: str) -> grpc.RpcMethodHandler[Any, Any]:
        dispatcher, (request, response) = self._dispatcher, _messages(name)
        if name in STREAMED:
            serve = files.upload if name == "file_will_be_uploaded" else None

            async def stream(requests: AsyncIterator[Any], context: Any) -> AsyncIterator[Any]:
                answers = serve(dispatcher, requests) if serve else http.serve(dispatcher, name, requests)
                try:
                    async with aclosing(answers):
                        async for answer in answers:
                            yield answer
                except (Exception, SystemExit) as error:
                    await context.abort(grpc.StatusCode.INTERNAL, _failure(name, error))

            return grpc.stream_stream_rpc_method_handler(stream, request.parse, response.serialize)

        async def unary(data: bytes, context: Any) -> Any:
            try:
                return await dispatcher.acall(name, request.parse(data))
            except (Exception, SystemExit) as error:
                is_garbled = isinstance(error, DecodeError)
                code = grpc.StatusCode.INVALID_ARGUMENT if is_garbled else grpc.StatusCode.INTERNAL
                await context.abort(code, _failure(name, error))

        return grpc.unary_unary_rpc_method_handler(unary, None, response.serialize)

    def _framed_hook(self, name: str) -> AsyncAnswer:
        call, (request, response) = self._dispatcher.acall, _messages(name)

        async def answer(data: bytes) -> bytes:
            try:
                return response.serialize(await call(name, request.parse(data)))
            except (Exception, SystemExit) as error:
                raise _call_error(name, error) from error

        return answer

    def _blocking_hook(self, name: str) -> Answer:
        call, (request, response) = self._dispatcher.call, _messages(name)

        def answer(data: bytes) -> bytes:
            try:
                return response.serialize(call(name, request.parse(data)))
            except (Exception, SystemExit) as error:
                raise _call_error(name, error) from error

        return answer

    async def _implemented(self, _: Any, response: Any) -> None:
        names = self._dispatcher.implemented()
        response.hooks.extend(names)
        response.settings = json.dumps(settings_schema(self._dispatcher.pm)).encode()
        response.rejecting_hooks.extend(name for name in names if self._dispatcher.rejects(name))
        response.framed_target, response.framed_blocking_target = self._framed_targets
        response.blocking_hooks.extend(name for name in names if self._dispatcher.blocks(name))

    async def _trace(self, _: Any, context: Any) -> AsyncIterator[Any]:
        """Traces as they come; a host that reads too slowly misses the oldest."""
        loop, answer = asyncio.get_running_loop(), message_class("TraceResponse", "servant")
        traces: deque[HookTrace] = deque(maxlen=MAX_TRACES)
        some = asyncio.Event()

        def take(trace: HookTrace) -> None:
            traces.append(trace)
            with contextlib.suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(some.set)

        unsubscribe = self._dispatcher.tracer.subscribe(take)
        try:
            await context.send_initial_metadata(())  # the host may go on: nothing is missed from here
            self._watchers.add(some)
            while not self._is_stopping:
                await some.wait()
                some.clear()
                while traces:
                    yield answer(trace=json.dumps(traces.popleft().as_dict()).encode())
        finally:
            self._watchers.discard(some)
            unsubscribe()

    async def _report(self, _: Any, response: Any) -> None:
        if not self._counting:
            self._statistics.attach(self._dispatcher.pm)
            self._counting = True
        response.statistics = json.dumps(self._statistics.as_dict()).encode()


class _Lazy:
    """A message class that is imported at its first message: most plugins use few of them."""

    def __init__(self, name: str, topic: str) -> None:
        self._name = name
        self._topic = topic

    def parse(self, data: bytes) -> Any:
        message = message_class(self._name, self._topic)
        self.parse = message.FromString  # type: ignore[method-assign]
        return message.FromString(data)

    def serialize(self, message: Any) -> bytes:
        return message.SerializeToString()  # type: ignore[no-any-return]


def _messages(hook: str) -> tuple[_Lazy, _Lazy]:
    rpc, topic = HOOKS[hook].rpc, HOOKS[hook].topic
    return _Lazy(f"{rpc}Request", topic), _Lazy(f"{rpc}Response", topic)


class _Handlers(grpc.GenericRpcHandler):  # type: ignore[type-arg]  # generic in the stubs alone
    """Finds the handler of a call, and refuses callers without the token."""

    def __init__(self, methods: dict[str, grpc.RpcMethodHandler[Any, Any]], token: str) -> None:
        self._methods = methods
        self._refused = grpc.unary_unary_rpc_method_handler(_refuse)
        self._expected = f"Bearer {token}".encode() if token else b""

    def service(
        self, handler_call_details: grpc.HandlerCallDetails
    ) -> grpc.RpcMethodHandler[Any, Any] | None:
        handler = self._methods.get(handler_call_details.method)
        if handler is None or not self._expected:
            return handler
        given = dict(handler_call_details.invocation_metadata).get("authorization", "")
        if hmac.compare_digest(str(given).encode(), self._expected):
            return handler
        logger.warning("a caller without the token was refused: %s", handler_call_details.method)
        return self._refused


async def _refuse(_: Any, context: Any) -> None:
    await context.abort(grpc.StatusCode.UNAUTHENTICATED, "the token is missing or wrong")


def _call_error(hook: str, error: BaseException) -> CallError:
    return CallError(INVALID_ARGUMENT if isinstance(error, DecodeError) else INTERNAL, _failure(hook, error))


def _failure(hook: str, error: BaseException) -> str:
    """Logs a hook that failed as a whole, and says it to the host: it then does what it does when a plugin is gone."""
    if isinstance(error, DecodeError):
        logger.warning("%s was refused: its message cannot be read", hook, extra={"hook_name": hook})
        return f"{hook}: {error}"
    logger.error("%s failed: %s", hook, error, exc_info=error, extra={"hook_name": hook})
    kind = "" if isinstance(error, MmhooksError) else f"{type(error).__name__}: "
    return f"{hook}: {kind}{error}"


def listen(server: Any, address: str) -> str:
    """Makes a server listen.

    Returns:
        The address to connect to.

    Raises:
        MmhooksError: the address cannot be listened on.
    """
    try:
        port = server.add_insecure_port(address)
    except RuntimeError as error:
        raise MmhooksError(
            f"cannot listen on {address}: is it taken, or its folder not writable? {error}"
        ) from None
    return address if address.startswith("unix:") else f"{address.rpartition(':')[0]}:{port}"


def _unary(rpc: str, fill: Callable[[Any, Any], Awaitable[None]]) -> grpc.RpcMethodHandler[Any, Any]:
    request, response = message_class(f"{rpc}Request", "servant"), message_class(f"{rpc}Response", "servant")

    async def handle(message: Any, context: Any) -> Any:
        answer = response()
        await fill(message, answer)
        return answer

    return grpc.unary_unary_rpc_method_handler(handle, request.FromString, response.SerializeToString)
