"""The way to a servant that listens: its hooks, and what else a host asks of it."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable
from typing import Any

import grpc

from mmhooks.api.framed import FramedTransport
from mmhooks.api.transport import HOOKS_SERVICE, GrpcTransport, open_channel
from mmhooks.api.wire import message_class
from mmhooks.devhost.port import HookClient
from mmhooks.errors import TransportError
from mmhooks.runtime.servant import SERVANT_SERVICE

__all__ = ["Connection"]


class Connection:
    """Calls the hooks of one servant: in frames those that are not streamed, the others over gRPC.

    Args:
        target: where it listens, ``unix:<path>`` or ``host:port``.
        token: what it demands.
    """

    def __init__(self, target: str, token: str = "") -> None:
        self._channel = open_channel(target)
        self._transport = GrpcTransport(self._channel, service=HOOKS_SERVICE, token=token)
        self._framed: list[FramedTransport] = []
        self.hooks = HookClient(self._transport, self._implemented)
        """The plugin's hooks."""
        self._settings: list[dict[str, Any]] = []

    def _implemented(self) -> list[str]:
        answer = self._ask("Implemented")
        self._settings = json.loads(answer.settings or b"[]")
        for path, hooks in (
            (answer.framed_target, answer.hooks),
            (answer.framed_blocking_target, answer.blocking_hooks),
        ):
            if path:
                transport = FramedTransport(path, self._transport, service=HOOKS_SERVICE)
                self._framed.append(transport)
                self.hooks.use_for(frozenset(hooks), transport)
        return list(answer.hooks)

    def settings(self) -> list[dict[str, Any]]:
        """What the packages declare with `register_settings`, as entries of the manifest's settings schema."""
        self.hooks.implemented()
        return self._settings

    def statistics(self) -> dict[str, Any]:
        """What the packages did since this was first asked; see `mmhooks.runtime.statistics`."""
        answer = self._ask("Statistics")
        return json.loads(answer.statistics)  # type: ignore[no-any-return]

    def trace(self, listener: Callable[[dict[str, Any]], object]) -> Callable[[], None]:
        """Have a function called with what happened in each hook call, see `mmhooks.runtime.trace`, on another thread.

        Returns:
            A function that ends it.
        """
        answers = self._channel.unary_stream(
            f"/{SERVANT_SERVICE}/Trace",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=message_class("TraceResponse", "servant").FromString,
        )(message_class("TraceRequest", "servant")())
        answers.initial_metadata()  # from here on nothing is missed

        def read() -> None:
            with contextlib.suppress(grpc.RpcError):  # the servant has ended, or nobody listens any more
                for answer in answers:
                    listener(json.loads(answer.trace))

        threading.Thread(target=read, name="mmhooks-trace", daemon=True).start()

        def stop() -> None:
            answers.cancel()  # type: ignore[no-untyped-call]  # grpc's stubs do not say

        return stop

    def _ask(self, rpc: str) -> Any:
        call = self._channel.unary_unary(
            f"/{SERVANT_SERVICE}/{rpc}",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=message_class(f"{rpc}Response", "servant").FromString,
        )
        try:
            return call(message_class(f"{rpc}Request", "servant")(), timeout=10)
        except grpc.RpcError as error:
            raise TransportError(f"{rpc}: the plugin is gone ({error})") from error

    def close(self) -> None:
        """Closes the connections; the servant goes on."""
        self._channel.close()
        for transport in self._framed:
            transport.close()
