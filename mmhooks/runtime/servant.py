"""The gRPC server of a plugin: every hook a typed RPC, health and reflection beside them."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import Any

import grpc
import grpc.aio
from google.protobuf.message import DecodeError

from mmhooks.api._generated.hooks import HOOKS
from mmhooks.api.transport import GRPC_OPTIONS, HOOKS_SERVICE
from mmhooks.api.wire import message_class
from mmhooks.errors import MmhooksError
from mmhooks.runtime import files, http
from mmhooks.runtime.dispatch import STREAMED, Dispatcher
from mmhooks.runtime.standard import HEALTH_SERVICE, REFLECTION_SERVICE, Later, add_health, add_reflection
from mmhooks.runtime.statistics import Statistics
from mmhooks.runtime.threads import GrowingPool

SERVANT_SERVICE = "mmhooks.v1.Servant"

logger = logging.getLogger("mmhooks.servant")

Handler = Callable[[Any, Any], Awaitable[Any]]


class Servant:
    """Serves a dispatcher's hooks.

    It has two doors. The first, on asyncio, answers everything. Blocking hookimpls would cost a change of threads
    there, so hosts may call hooks whose hookimpls all block at a second one, whose threads run them directly.

    Args:
        dispatcher: answers the hooks.
        statistics: what `Statistics` RPCs report; it counts from the first of them on, and costs nothing before.
        token: demanded of every caller; empty demands none, as on a private unix socket.
    """

    def __init__(self, dispatcher: Dispatcher, statistics: Statistics, *, token: str = "") -> None:
        self._dispatcher = dispatcher
        self._statistics = statistics
        self._counting = False
        self._blocking = grpc.server(
            GrowingPool(dispatcher.pm.lanes.threads),
            options=(*GRPC_OPTIONS, ("grpc.so_reuseport", 0)),
        )
        self._blocking.add_generic_rpc_handlers((_Handlers(self._blocking_methods(), token, _refuse),))
        self._blocking_target = ""
        self._server = grpc.aio.server(options=(*GRPC_OPTIONS, ("grpc.so_reuseport", 0)))
        self._server.add_generic_rpc_handlers((_Handlers(self._methods(), token, _arefuse),))
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
            self._blocking_target = listen(self._blocking, f"{address}.blocking")
            self._blocking.start()
        await self._server.start()
        return target

    async def stop(self, grace: float) -> None:
        """Takes no new calls and waits up to `grace` seconds for those under way."""
        blocking = self._blocking.stop(grace)
        await self._server.stop(grace)
        await asyncio.to_thread(blocking.wait, grace)

    def _methods(self) -> dict[str, grpc.RpcMethodHandler[Any, Any]]:
        methods = {f"/{HOOKS_SERVICE}/{hook.rpc}": self._hook(name) for name, hook in HOOKS.items()}
        methods[f"/{SERVANT_SERVICE}/Implemented"] = _unary("Implemented", self._implemented)
        methods[f"/{SERVANT_SERVICE}/Statistics"] = _unary("Statistics", self._report)
        return methods

    def _hook(self, name: str) -> grpc.RpcMethodHandler[Any, Any]:
        dispatcher, rpc = self._dispatcher, HOOKS[name].rpc
        topic = HOOKS[name].topic
        request, response = _Lazy(f"{rpc}Request", topic), _Lazy(f"{rpc}Response", topic)
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
            except DecodeError as error:
                await context.abort(grpc.StatusCode.INVALID_ARGUMENT, _garbled(name, error))
            except (Exception, SystemExit) as error:
                await context.abort(grpc.StatusCode.INTERNAL, _failure(name, error))

        return grpc.unary_unary_rpc_method_handler(unary, None, response.serialize)

    def _blocking_methods(self) -> dict[str, grpc.RpcMethodHandler[Any, Any]]:
        return {
            f"/{HOOKS_SERVICE}/{hook.rpc}": self._blocking_hook(name)
            for name, hook in HOOKS.items()
            if name not in STREAMED
        }

    def _blocking_hook(self, name: str) -> grpc.RpcMethodHandler[Any, Any]:
        call, rpc, topic = self._dispatcher.call, HOOKS[name].rpc, HOOKS[name].topic

        request, response = _Lazy(f"{rpc}Request", topic), _Lazy(f"{rpc}Response", topic)

        def unary(data: bytes, context: Any) -> Any:
            try:
                return call(name, request.parse(data))
            except DecodeError as error:
                context.abort(grpc.StatusCode.INVALID_ARGUMENT, _garbled(name, error))
            except (Exception, SystemExit) as error:
                context.abort(grpc.StatusCode.INTERNAL, _failure(name, error))

        return grpc.unary_unary_rpc_method_handler(unary, None, response.serialize)

    async def _implemented(self, _: Any, response: Any) -> None:
        names = self._dispatcher.implemented()
        response.hooks.extend(names)
        response.rejecting_hooks.extend(name for name in names if self._dispatcher.rejects(name))
        if self._blocking_target:
            response.blocking_target = self._blocking_target
            response.blocking_hooks.extend(name for name in names if self._dispatcher.blocks(name))

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


class _Handlers(grpc.GenericRpcHandler):  # type: ignore[type-arg]  # generic in the stubs alone
    """Finds the handler of a call, and refuses callers without the token."""

    def __init__(self, methods: dict[str, grpc.RpcMethodHandler[Any, Any]], token: str, refuse: Any) -> None:
        self._methods = methods
        self._refused = grpc.unary_unary_rpc_method_handler(refuse)
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


_UNAUTHENTICATED = (grpc.StatusCode.UNAUTHENTICATED, "the token is missing or wrong")


async def _arefuse(_: Any, context: Any) -> None:
    await context.abort(*_UNAUTHENTICATED)


def _refuse(_: Any, context: Any) -> None:
    context.abort(*_UNAUTHENTICATED)


def _garbled(hook: str, error: DecodeError) -> str:
    logger.warning("%s was refused: its message cannot be read", hook, extra={"hook_name": hook})
    return f"{hook}: {error}"


def _failure(hook: str, error: BaseException) -> str:
    """Logs a hook that failed as a whole, and says it to the host: it then does what it does when a plugin is gone."""
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
