"""Transports that make unary calls in frames (see `mmhooks.api.frames`), and streamed calls over gRPC."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections import deque
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from mmhooks.api.frames import LENGTH, OK, frame_size, read_frame, request_frame
from mmhooks.api.transport import (
    API_SERVICE,
    DEADLINE_EXCEEDED,
    DEFAULT_TIMEOUT,
    MAX_MESSAGE,
    RESOURCE_EXHAUSTED,
    RETRY_WINDOW,
    UNAUTHENTICATED,
    UNAVAILABLE,
    AsyncTransport,
    Transport,
    status_error,
)

if TYPE_CHECKING:
    from mmhooks.api.codec import Codec

Streams = TypeVar("Streams", Transport, AsyncTransport)
Connection = TypeVar("Connection")

_PAUSE: Final = 0.05
"""Seconds between attempts to reach a host that is away."""
_KEEP_SECONDS: Final = 30.0
"""How long a connection is kept that no call needs."""


class _NotSentError(Exception):
    """A call did not leave as a whole: nobody has made it."""


class _Framed(Generic[Streams, Connection]):
    """What both kinds share.

    Args:
        path: the unix socket.
        streams: the transport for streamed calls.
        service: the full name of the gRPC service.
        token: shown on each new connection; empty shows none.
        timeout: seconds per call.
    """

    def __init__(
        self,
        path: str,
        streams: Streams,
        *,
        service: str = API_SERVICE,
        token: str = "",
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        self._path = path
        self._streams: Streams = streams
        self._service = service
        self._hello = request_frame(b"", token.encode()) if token else b""
        self._timeout = timeout
        self._names: dict[str, bytes] = {}
        # A call under way has a connection of its own. Last in, first out: those not needed grow old at the left.
        self._idle: deque[tuple[float, Connection]] = deque()

    def _frame(self, codec: Codec, request: Any) -> bytes:
        rpc = codec.method.rpc
        name = self._names.get(rpc)
        if name is None:
            name = self._names[rpc] = f"/{self._service}/{rpc}".encode()
        message = request.SerializeToString()
        if len(message) > MAX_MESSAGE:
            raise status_error(codec.method.name, RESOURCE_EXHAUSTED, f"{len(message):,} bytes")
        return request_frame(name, message)

    def _keep(self, connection: Connection) -> Connection | None:
        """Keeps a connection for other calls; gives one that nobody has needed for long."""
        now = time.monotonic()
        self._idle.append((now, connection))
        with contextlib.suppress(IndexError):  # another thread was quicker
            if now - self._idle[0][0] > _KEEP_SECONDS:
                return self._idle.popleft()[1]
        return None


def _response(codec: Codec, frame: bytes) -> Any:
    if not frame:
        raise status_error(codec.method.name, UNAVAILABLE, "the connection ended during the call")
    if frame[0] != OK:
        raise status_error(codec.method.name, frame[0], frame[1:].decode(errors="replace"))
    return codec.response_class.FromString(frame[1:])


def _failure(codec: Codec, error: Exception) -> Exception:
    status = UNAVAILABLE
    if isinstance(error, TimeoutError):
        status = DEADLINE_EXCEEDED
    elif isinstance(error, PermissionError):
        status = UNAUTHENTICATED
    return status_error(codec.method.name, status, str(error))


class FramedTransport(_Framed[Transport, socket.socket]):
    """Calls that block; any number of threads may make them at once."""

    def unary(self, codec: Codec, request: Any) -> Any:
        frame = self._frame(codec, request)
        try:
            return _response(codec, self._call(frame))
        except _NotSentError:
            return _response(codec, self._call_again(codec, frame))
        except OSError as error:
            raise _failure(codec, error) from error

    def _call_again(self, codec: Codec, frame: bytes) -> bytes:
        """The host may come back; until then nothing has been asked of it."""
        end = time.monotonic() + min(self._timeout, RETRY_WINDOW)
        while True:
            try:
                return self._call(frame)
            except (_NotSentError, OSError) as error:
                if isinstance(error, OSError) or time.monotonic() > end:
                    raise _failure(codec, error) from error
                time.sleep(_PAUSE)

    def _call(self, frame: bytes) -> bytes:
        try:
            connection = self._idle.pop()[1]
        except IndexError:
            connection = self._connect()
        try:
            _send(connection, frame)
            answer = read_frame(connection)
        except BaseException:
            connection.close()
            raise
        if not answer:
            connection.close()
        elif (superfluous := self._keep(connection)) is not None:
            superfluous.close()
        return answer

    def _connect(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(self._timeout)
            try:
                connection.connect(self._path)
            except OSError as error:
                raise _NotSentError(str(error)) from error
            if self._hello:
                _send(connection, self._hello)
                _welcome(read_frame(connection))
        except BaseException:
            connection.close()
            raise
        return connection

    def close(self) -> None:
        """Closes the connections that no call uses."""
        with contextlib.suppress(IndexError):
            while True:
                self._idle.pop()[1].close()

    def upload(self, codec: Codec, requests: Iterator[Any]) -> Any:
        return self._streams.upload(codec, requests)

    def download(self, codec: Codec, request: Any) -> Iterator[Any]:
        return self._streams.download(codec, request)

    def exchange(self, codec: Codec, requests: Iterator[Any]) -> Iterator[Any]:
        return self._streams.exchange(codec, requests)


def _send(connection: socket.socket, frame: bytes) -> None:
    try:
        connection.sendall(frame)
    except OSError as error:
        raise _NotSentError(str(error)) from error


def _welcome(answer: bytes) -> None:
    if not answer:
        raise _NotSentError("the connection ended")
    if answer[0] != OK:
        raise PermissionError(answer[1:].decode(errors="replace"))


class _Link(asyncio.Protocol):
    """A connection of the event loop's: a frame out, and a frame back."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self._data = bytearray()
        self._answer: asyncio.Future[bytes] | None = None
        self.is_open = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def exchange(self, frame: bytes) -> asyncio.Future[bytes]:
        """Send a frame; the future is of the next one that comes, empty if the connection ends first."""
        assert self.transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(frame)
        return self._answer

    def data_received(self, data: bytes) -> None:
        self._data += data
        try:
            if len(self._data) < LENGTH.size or len(self._data) < LENGTH.size + frame_size(self._data):
                return
        except OSError:
            self.close()
            return
        answer = bytes(memoryview(self._data)[LENGTH.size :])
        self._data.clear()
        self._finish(answer)

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_open = False
        self._finish(b"")

    def _finish(self, answer: bytes) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)

    def close(self) -> None:
        self.is_open = False
        if self.transport is not None:
            self.transport.abort()


class AsyncFramedTransport(_Framed[AsyncTransport, _Link]):
    """Calls to be awaited, on one event loop."""

    async def unary(self, codec: Codec, request: Any) -> Any:
        frame = self._frame(codec, request)
        try:
            async with asyncio.timeout(self._timeout):
                return _response(codec, await self._call(frame))
        except (_NotSentError, OSError) as error:
            raise _failure(codec, error) from error

    async def _call(self, frame: bytes) -> bytes:
        link = await self._link()
        try:
            answer = await link.exchange(frame)
        except BaseException:
            link.close()
            raise
        if answer and (superfluous := self._keep(link)) is not None:
            superfluous.close()
        return answer

    async def _link(self) -> _Link:
        while self._idle:
            link = self._idle.pop()[1]
            if link.is_open:
                return link
        end = time.monotonic() + min(self._timeout, RETRY_WINDOW)
        while True:
            try:
                _, link = await asyncio.get_running_loop().create_unix_connection(_Link, self._path)
                break
            except OSError as error:
                if time.monotonic() > end:
                    raise _NotSentError(str(error)) from error
            await asyncio.sleep(_PAUSE)
        if self._hello:
            _welcome(await link.exchange(self._hello))
        return link

    async def close(self) -> None:
        """Closes the connections that no call uses."""
        while self._idle:
            self._idle.pop()[1].close()

    async def upload(self, codec: Codec, requests: AsyncIterator[Any]) -> Any:
        return await self._streams.upload(codec, requests)

    def download(self, codec: Codec, request: Any) -> AsyncIterator[Any]:
        return self._streams.download(codec, request)

    def exchange(self, codec: Codec, requests: AsyncIterator[Any]) -> AsyncIterator[Any]:
        return self._streams.exchange(codec, requests)
