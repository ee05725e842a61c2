"""The host's plugin API over gRPC, on a unix socket in a private folder."""

from __future__ import annotations

import hmac
import logging
import shutil
import tempfile
from pathlib import Path
from typing import Any

import grpc

from mmhooks.api._generated.client import METHODS
from mmhooks.api.transport import API_SERVICE, GRPC_OPTIONS, INTERNAL
from mmhooks.api.wire import message_class
from mmhooks.devhost.binding import Binding
from mmhooks.errors import MmhooksError
from mmhooks.runtime.framed import Answer, CallError, FrameServer
from mmhooks.runtime.servant import listen
from mmhooks.runtime.threads import GrowingPool, WorkerThreads

logger = logging.getLogger("mmhooks.host")


class APIServer:
    """Serves the API of a host.

    Calls run on threads that grow on demand: a call may fire a hook that calls again, to any depth.

    Args:
        api: an object with every method of `API`.
        token: demanded of every caller.
        address: ``unix:<path>`` or ``host:port``; a unix socket in a fresh private folder without one.

    Raises:
        MmhooksError: the address cannot be listened on.
    """

    def __init__(self, api: Any, *, token: str, address: str = "") -> None:
        self._folder = None if address else Path(tempfile.mkdtemp(prefix="mmhooks-"))
        self.target = address or f"unix:{self._folder}/api.sock"
        """Where servants find it."""
        self._threads = WorkerThreads("mmhooks-api")
        self._server = grpc.server(
            GrowingPool(self._threads), options=(*GRPC_OPTIONS, ("grpc.so_reuseport", 0))
        )
        self._server.add_generic_rpc_handlers((_Handlers(Binding(api), token),))
        try:
            self.target = listen(self._server, self.target)
        except MmhooksError:
            self._remove_folder()
            raise
        self._server.start()
        self.frames = ""
        """The unix socket where unary methods are answered in frames; empty if there is none."""
        if self.target.startswith("unix:"):
            self.frames = f"{self.target.removeprefix('unix:')}.frames"
            self._framed = FrameServer(self.frames, _framed_methods(Binding(api)), self._threads, token=token)

    def close(self, grace: float = 2.0) -> None:
        """Takes no new calls and waits up to `grace` seconds for those under way."""
        stopping = self._server.stop(grace)
        if self.frames:
            self._framed.stop(grace)
        stopping.wait(grace + 1)
        self._threads.close(timeout=0)
        self._remove_folder()

    def _remove_folder(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


class _Handlers(grpc.GenericRpcHandler):  # type: ignore[type-arg]  # generic in the stubs alone
    """Finds the handler of a call at its first use, and refuses callers without the token."""

    def __init__(self, binding: Binding, token: str) -> None:
        self._binding = binding
        self._expected = f"Bearer {token}".encode()
        self._names = {f"/{API_SERVICE}/{method.rpc}": name for name, method in METHODS.items()}
        self._handlers: dict[str, Any] = {}

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> Any:
        path = handler_call_details.method
        if path not in self._names:
            return None
        given = dict(handler_call_details.invocation_metadata).get("authorization", "")
        if not hmac.compare_digest(str(given).encode(), self._expected):
            logger.warning("a caller without the token was refused: %s", path)
            return grpc.unary_unary_rpc_method_handler(_unauthenticated)
        handler = self._handlers.get(path)
        if handler is None:
            handler = self._handlers[path] = self._make(self._names[path])
        return handler

    def _make(self, name: str) -> Any:
        method, answer = METHODS[name], self._binding.handler(name)

        def handle(request: Any, context: Any) -> Any:
            try:
                return answer(request)
            except Exception as error:
                logger.exception("%s failed", name)
                context.abort(grpc.StatusCode.INTERNAL, f"{name}: {error}")

        kinds = (grpc.unary_unary_rpc_method_handler, grpc.unary_stream_rpc_method_handler)
        if method.stream_in:
            kinds = (grpc.stream_unary_rpc_method_handler, grpc.stream_stream_rpc_method_handler)
        make = kinds[bool(method.stream_out)]
        request, response = (
            message_class(f"{method.rpc}{kind}", method.topic) for kind in ("Request", "Response")
        )
        return make(handle, request.FromString, response.SerializeToString)


def _framed_methods(binding: Binding) -> dict[bytes, Answer]:
    unary = (name for name, method in METHODS.items() if not (method.stream_in or method.stream_out))
    return {f"/{API_SERVICE}/{METHODS[name].rpc}".encode(): _framed(binding, name) for name in unary}


def _framed(binding: Binding, name: str) -> Answer:
    def answer(data: bytes) -> bytes:
        handle, request = binding.handler(name), METHODS[name].codec.request_class
        try:
            return handle(request.FromString(data)).SerializeToString()  # type: ignore[no-any-return]
        except Exception as error:
            logger.exception("%s failed", name)
            raise CallError(INTERNAL, f"{name}: {error}") from error

    return answer


def _unauthenticated(_: Any, context: Any) -> None:
    context.abort(grpc.StatusCode.UNAUTHENTICATED, "the token is missing or wrong")
