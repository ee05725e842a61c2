"""How messages travel: over gRPC, or by a plain function call inside one process."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, Protocol

from mmhooks.errors import TransportError

if TYPE_CHECKING:
    import grpc

    from mmhooks.api.codec import Codec

DEFAULT_TIMEOUT: Final = 30.0
"""Seconds that an API call may take."""

RETRY_WINDOW: Final = 2.0
"""Seconds in which a host that could not be reached may come back: the one retry waits that long for it."""

MAX_MESSAGE: Final = 64 * 1024 * 1024
"""Bytes in one message, both ways, on both ends. What has no bound is streamed."""

GRPC_OPTIONS: Final[tuple[tuple[str, Any], ...]] = (
    ("grpc.max_receive_message_length", MAX_MESSAGE),
    ("grpc.max_send_message_length", MAX_MESSAGE),
    # How far a sender may run ahead of its reader on one stream. Both ends are on one machine: probing for more only
    # costs memory.
    ("grpc.http2.bdp_probe", 0),
    ("grpc.http2.lookahead_bytes", 1024 * 1024),
    # A host that was restarted on this machine is looked for at once, not after gRPC's second.
    ("grpc.initial_reconnect_backoff_ms", 100),
    # Not a pause, whatever its name says, but how long one attempt may take: a busy machine needs more than a moment.
    ("grpc.min_reconnect_backoff_ms", 5000),
    ("grpc.max_reconnect_backoff_ms", 2000),
    # Neither end pings: a unix socket tells at once when its other end is gone, and an idle
    # client whose pings come too often for the server would be cut off.
    ("grpc.keepalive_time_ms", 2**31 - 1),
)

CANCELLED: Final = 1
INVALID_ARGUMENT: Final = 3
DEADLINE_EXCEEDED: Final = 4
RESOURCE_EXHAUSTED: Final = 8
UNIMPLEMENTED: Final = 12
INTERNAL: Final = 13
UNAVAILABLE: Final = 14
UNAUTHENTICATED: Final = 16

_REASONS: Final = {
    CANCELLED: ("CANCELLED", "the call was cancelled"),
    DEADLINE_EXCEEDED: (
        "DEADLINE_EXCEEDED",
        "no answer within the deadline; see what the other side is busy with",
    ),
    RESOURCE_EXHAUSTED: ("RESOURCE_EXHAUSTED", "the message is too large"),
    UNIMPLEMENTED: (
        "UNIMPLEMENTED",
        "the other side does not know this method; are both sides of one version?",
    ),
    INTERNAL: ("INTERNAL", "the other side failed"),
    UNAVAILABLE: ("UNAVAILABLE", "the other side is gone; see its log"),
    UNAUTHENTICATED: ("UNAUTHENTICATED", "the token was refused; start both sides anew"),
}
"""gRPC's numbers of what may come of a call, and how we say it."""

API_SERVICE: Final = "mmhooks.v1.PluginAPI"
HOOKS_SERVICE: Final = "mmhooks.v1.PluginHooks"

_log = logging.getLogger("mmhooks.transport")


class Transport(Protocol):
    """Carries request messages to the other side and responses back, blocking.

    Raises:
        TransportError: the other side is gone, too slow, or refuses the caller.
    """

    def unary(self, codec: Codec, request: Any) -> Any: ...
    def upload(self, codec: Codec, requests: Iterator[Any]) -> Any: ...
    def download(self, codec: Codec, request: Any) -> Iterator[Any]: ...
    def exchange(self, codec: Codec, requests: Iterator[Any]) -> Iterator[Any]: ...


class AsyncTransport(Protocol):
    """The same, awaited."""

    async def unary(self, codec: Codec, request: Any) -> Any: ...
    async def upload(self, codec: Codec, requests: AsyncIterator[Any]) -> Any: ...
    def download(self, codec: Codec, request: Any) -> AsyncIterator[Any]: ...
    def exchange(self, codec: Codec, requests: AsyncIterator[Any]) -> AsyncIterator[Any]: ...


class _GrpcCalls:
    """One multicallable per method, made at its first call."""

    def __init__(self, channel: Any, service: str, token: str, timeout: float) -> None:
        self.channel = channel
        self.timeout = timeout
        self._service = service
        self._token = token
        self.metadata = (("authorization", f"Bearer {token}"),) if token else None
        self._calls: dict[str, Any] = {}

    def call(self, codec: Codec, kind: str) -> Any:
        name = codec.method.rpc
        call = self._calls.get(name)
        if call is None:
            make = getattr(self.channel, kind)
            call = make(
                f"/{self._service}/{name}",
                request_serializer=codec.request_class.SerializeToString,
                response_deserializer=codec.response_class.FromString,
            )
            self._calls[name] = call
        return call


class GrpcTransport(_GrpcCalls):
    """Over a `grpc.Channel`.

    Args:
        channel: an open channel, see `open_channel`.
        service: the full name of the gRPC service.
        token: sent with every call; empty sends none.
        timeout: seconds per call; streams have no deadline, their peers may be slow.
    """

    def __init__(
        self,
        channel: grpc.Channel,
        *,
        service: str = API_SERVICE,
        token: str = "",
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        super().__init__(channel, service, token, timeout)

    def unary(self, codec: Codec, request: Any) -> Any:
        call = self.call(codec, "unary_unary")
        try:
            return call(request, timeout=self.timeout, metadata=self.metadata)
        except Exception as error:
            first = error
        if nothing_was_sent(first):
            with contextlib.suppress(Exception):  # the first error says more
                seconds = min(self.timeout, RETRY_WINDOW)
                return call(request, timeout=seconds, metadata=self.metadata, wait_for_ready=True)
        raise transport_error(codec.method.name, first) from first

    def upload(self, codec: Codec, requests: Iterator[Any]) -> Any:
        try:
            return self.call(codec, "stream_unary")(requests, metadata=self.metadata)
        except Exception as error:
            raise transport_error(codec.method.name, error) from error

    def download(self, codec: Codec, request: Any) -> Iterator[Any]:
        return _Responses(
            codec.method.name, self.call(codec, "unary_stream")(request, metadata=self.metadata)
        )

    def exchange(self, codec: Codec, requests: Iterator[Any]) -> Iterator[Any]:
        return _Responses(
            codec.method.name, self.call(codec, "stream_stream")(requests, metadata=self.metadata)
        )


class _Responses(Iterator[Any]):
    """A stream of responses whose errors are ours, and that can be cancelled."""

    def __init__(self, method: str, call: Any) -> None:
        self._method = method
        self._call = call

    def __next__(self) -> Any:
        try:
            return next(self._call)
        except StopIteration:
            raise
        except Exception as error:
            raise transport_error(self._method, error) from error

    def cancel(self) -> None:
        self._call.cancel()


class AsyncGrpcTransport(_GrpcCalls):
    """Over a `grpc.aio.Channel`; see `GrpcTransport`."""

    def __init__(
        self,
        channel: grpc.aio.Channel,
        *,
        service: str = API_SERVICE,
        token: str = "",
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        super().__init__(channel, service, token, timeout)

    async def unary(self, codec: Codec, request: Any) -> Any:
        call = self.call(codec, "unary_unary")
        try:
            return await call(request, timeout=self.timeout, metadata=self.metadata)
        except Exception as error:
            first = error
        if nothing_was_sent(first):
            with contextlib.suppress(Exception):  # the first error says more
                seconds = min(self.timeout, RETRY_WINDOW)
                return await call(request, timeout=seconds, metadata=self.metadata, wait_for_ready=True)
        raise transport_error(codec.method.name, first) from first

    async def upload(self, codec: Codec, requests: AsyncIterator[Any]) -> Any:
        try:
            return await self.call(codec, "stream_unary")(requests, metadata=self.metadata)
        except Exception as error:
            raise transport_error(codec.method.name, error) from error

    async def download(self, codec: Codec, request: Any) -> AsyncIterator[Any]:
        async for response in _responses(
            codec.method.name, self.call(codec, "unary_stream")(request, metadata=self.metadata)
        ):
            yield response

    async def exchange(self, codec: Codec, requests: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for response in _responses(
            codec.method.name, self.call(codec, "stream_stream")(requests, metadata=self.metadata)
        ):
            yield response


async def _responses(method: str, call: Any) -> AsyncIterator[Any]:
    try:
        async for response in call:
            yield response
    except GeneratorExit:
        call.cancel()
        raise
    except Exception as error:
        raise transport_error(method, error) from error


class LocalTransport:
    """Inside one process: `handler` answers a request message with a response message, or an iterator of them."""

    def __init__(self, handler: Callable[[Codec, Any], Any]) -> None:
        self._handler = handler

    def unary(self, codec: Codec, request: Any) -> Any:
        return self._handler(codec, request)

    def upload(self, codec: Codec, requests: Iterator[Any]) -> Any:
        return self._handler(codec, requests)

    def download(self, codec: Codec, request: Any) -> Iterator[Any]:
        return iter(self._handler(codec, request))

    def exchange(self, codec: Codec, requests: Iterator[Any]) -> Iterator[Any]:
        return iter(self._handler(codec, requests))


def open_channel(target: str) -> grpc.Channel:
    """A channel to ``unix:<path>`` or ``host:port`` with the limits that both ends share."""
    import grpc

    return grpc.insecure_channel(target, options=(*GRPC_OPTIONS, ("grpc.default_authority", "localhost")))


def open_async_channel(target: str) -> grpc.aio.Channel:
    """The same for the event loop."""
    import grpc.aio

    return grpc.aio.insecure_channel(target, options=(*GRPC_OPTIONS, ("grpc.default_authority", "localhost")))


def nothing_was_sent(error: Exception) -> bool:
    """Whether a call failed before any byte of it left: only then may it be tried again."""
    import grpc

    if not isinstance(error, grpc.RpcError):
        return False
    code, details = error.code(), error.details() or ""
    return code == grpc.StatusCode.UNAVAILABLE and "failed to connect" in details


def transport_error(method: str, error: Exception) -> Exception:
    """A gRPC failure as ours; anything else stays what it is."""
    import grpc

    if not isinstance(error, grpc.RpcError):
        return error
    return status_error(method, error.code().value[0], error.details() or "")


def status_error(method: str, status: int, details: str) -> TransportError:
    """A call that failed, for people; `status` is gRPC's number."""
    name, reason = _REASONS.get(status, (str(status), "the other side failed"))
    return TransportError(f"{method}: {reason} ({name}: {details})")
