"""The plugin as the host sees it: a client for hooks, over any transport."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mmhooks.api._generated.hooks import HOOKS
from mmhooks.api.base import ClientBase
from mmhooks.api.exchange import client_exchange
from mmhooks.api.stream import ByteStream, chunks
from mmhooks.api.transport import Transport
from mmhooks.api.websocket import client_websocket
from mmhooks.runtime.dispatch import STREAMED


class HookClient(ClientBase):
    """A `HookPort`: calls hooks over a transport.

    Args:
        transport: leads to the servant, or to a dispatcher in this process.
        implemented: asks for the Go names of the hooks that the plugin implements; asked once.
    """

    def __init__(self, transport: Transport, implemented: Callable[[], Iterable[str]]) -> None:
        super().__init__(transport)
        self._ask = implemented
        self._implemented: frozenset[str] | None = None
        self._others: dict[str, ClientBase] = {}

    def use_for(self, rpcs: frozenset[str], transport: Transport) -> None:
        """Calls some hooks, given by their Go names, over another transport."""
        client = ClientBase(transport)
        self._others |= {name: client for name, hook in HOOKS.items() if hook.rpc in rpcs}

    def implemented(self) -> frozenset[str]:
        """The snake_case names of the hooks that the plugin implements."""
        if self._implemented is None:
            names = set(self._ask())
            self._implemented = frozenset(name for name, hook in HOOKS.items() if hook.rpc in names)
        return self._implemented

    def call(self, hook: str, *args: Any) -> Any:
        """Calls a hook; see `HookPort`. Streamed results come as a `ByteStream`, HTTP results as a `Response`,
        that of a request which asks for a WebSocket as an `OpenWebSocket` if the plugin opens one.
        """
        method = HOOKS[hook]
        if hook not in STREAMED:
            return (self._others.get(hook) or self)._unary(method, *args)
        if hook == "file_will_be_uploaded":
            return self._upload_hook(*args)
        if args[1].is_websocket:
            return client_websocket(self._transport, method, *args)
        return client_exchange(self._transport, method, args[1], context=args[0])

    def call_again(self, hook: str, request: bytes) -> Any:
        """Calls a hook that is not streamed with the message of an earlier call."""
        codec = HOOKS[hook].codec
        transport = (self._others.get(hook) or self)._transport
        return codec.decode_response(transport.unary(codec, codec.request_class.FromString(request)))

    def _upload_hook(self, context: Any, info: Any, content: Any) -> tuple[bool, ByteStream, Any, str]:
        codec = HOOKS["file_will_be_uploaded"].codec
        responses = self._transport.exchange(codec, codec.requests((context, info), chunks(content)))
        first = next(responses)
        written, changed, reason = codec.decode_response(first)

        def output() -> Iterator[bytes]:
            if first.output:
                yield first.output
            for response in responses:
                yield response.output

        return written, ByteStream(output(), getattr(responses, "cancel", None)), changed, reason
