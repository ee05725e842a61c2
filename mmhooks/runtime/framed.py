"""Servers of calls in frames (see `mmhooks.api.frames`): one whose threads run the calls, one on the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import logging
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from time import monotonic
from typing import Final

from mmhooks.api.frames import LENGTH, OK, frame_size, read_frame, response_frame, split_request
from mmhooks.api.transport import INTERNAL, MAX_MESSAGE, RESOURCE_EXHAUSTED, UNAUTHENTICATED, UNIMPLEMENTED
from mmhooks.errors import MmhooksError
from mmhooks.runtime.threads import WorkerThreads

logger = logging.getLogger("mmhooks.servant")

Answer = Callable[[bytes], bytes]
AsyncAnswer = Callable[[bytes], Awaitable[bytes]]

_BACKLOG: Final = 1024
_PAUSE: Final = 0.1


class CallError(Exception):
    """What a call answers instead of a message: one of gRPC's statuses, and a text."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def _failed(error: BaseException) -> bytes:
    status = error.status if isinstance(error, CallError) else INTERNAL
    return response_frame(status, str(error).encode(errors="replace"))


def _answered(message: bytes) -> bytes:
    if len(message) > MAX_MESSAGE:
        return response_frame(RESOURCE_EXHAUSTED, f"the answer has {len(message):,} bytes".encode())
    return response_frame(OK, message)


def _unknown(name: bytes) -> bytes:
    return response_frame(UNIMPLEMENTED, b"there is no method " + name)


class FrameServer:
    """Runs each call on the thread that waits for its connection's calls: no change of threads.

    Args:
        path: where to listen, a unix socket in a private folder.
        methods: what answers, by name.
        threads: one for each connection.
        token: demanded of each connection; empty demands none.

    Raises:
        MmhooksError: the path cannot be listened on.
    """

    def __init__(
        self, path: str, methods: Mapping[bytes, Answer], threads: WorkerThreads, *, token: str = ""
    ) -> None:
        self._methods = methods
        self._threads = threads
        self._token = token.encode()
        self._connections: set[socket.socket] = set()
        self._changed = threading.Condition()
        self._path = path
        self._is_stopping = False
        self._listener = listen_at(path)
        threading.Thread(target=self._accept, name="mmhooks-frames", daemon=True).start()

    def stop(self, grace: float) -> None:
        """Takes no new calls and waits up to `grace` seconds for those under way."""
        self._is_stopping = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        Path(self._path).unlink(missing_ok=True)
        end = monotonic() + grace
        with self._changed:
            for connection in self._connections:
                with contextlib.suppress(OSError):  # its thread sees the end once it has answered
                    connection.shutdown(socket.SHUT_RD)
            while self._connections and (left := end - monotonic()) > 0:
                self._changed.wait(left)
            for connection in self._connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError as error:
                if self._is_stopping:
                    return
                logger.error("no further connection can be taken now: %s", error)
                time.sleep(_PAUSE)  # too many open files, for one
                continue
            with self._changed:
                self._connections.add(connection)
            try:
                self._threads.submit(self._serve, connection)
            except RuntimeError:  # no threads any more
                self._forget(connection)

    def _forget(self, connection: socket.socket) -> None:
        with self._changed:
            self._connections.discard(connection)
            self._changed.notify_all()
        connection.close()

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self._token and not self._greet(connection):
                return
            while frame := read_frame(connection):
                connection.sendall(self._answer(*split_request(frame)))
        except OSError:  # the other side is gone: nobody waits for an answer
            pass
        finally:
            self._forget(connection)

    def _greet(self, connection: socket.socket) -> bool:
        name, given = split_request(read_frame(connection) or b"\0")
        is_welcome = not name and hmac.compare_digest(given, self._token)
        if is_welcome:
            connection.sendall(response_frame(OK, b""))
        else:
            logger.warning("a caller without the token was refused")
            connection.sendall(response_frame(UNAUTHENTICATED, b"the token is missing or wrong"))
        return is_welcome

    def _answer(self, name: bytes, message: bytes) -> bytes:
        method = self._methods.get(name)
        if method is None:
            return _unknown(name)
        try:
            return _answered(method(message))
        except BaseException as error:
            return _failed(error)


class AsyncFrameServer:
    """Runs each call as a task of the event loop; a caller that goes away cancels it.

    Args:
        path: where to listen, a unix socket in a private folder.
        methods: what answers, by name.
    """

    def __init__(self, path: str, methods: Mapping[bytes, AsyncAnswer]) -> None:
        self.methods = methods
        self.tasks: set[asyncio.Task[None]] = set()
        self._path = path
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listens.

        Raises:
            MmhooksError: the path cannot be listened on.
        """
        loop = asyncio.get_running_loop()
        self._server = await loop.create_unix_server(lambda: _Connection(self), sock=listen_at(self._path))

    async def stop(self, grace: float) -> None:
        """Takes no new calls and waits up to `grace` seconds for those under way."""
        if self._server is not None:
            self._server.close()
        Path(self._path).unlink(missing_ok=True)
        if self.tasks:
            await asyncio.wait(self.tasks, timeout=grace)
        for task in self.tasks:
            task.cancel()


class _Connection(asyncio.Protocol):
    def __init__(self, server: AsyncFrameServer) -> None:
        self._server = server
        self._data = bytearray()
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        try:
            if len(self._data) < LENGTH.size or len(self._data) < LENGTH.size + frame_size(self._data):
                return
        except OSError:
            self._transport.abort()
            return
        name, message = split_request(bytes(memoryview(self._data)[LENGTH.size :]))
        self._data.clear()
        task = self._task = asyncio.get_running_loop().create_task(self._answer(name, message))
        self._server.tasks.add(task)
        task.add_done_callback(self._server.tasks.discard)

    async def _answer(self, name: bytes, message: bytes) -> None:
        method = self._server.methods.get(name)
        try:
            answer = _unknown(name) if method is None else _answered(await method(message))
        except (Exception, SystemExit) as error:
            answer = _failed(error)
        self._transport.write(answer)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._task is not None:
            self._task.cancel()


def listen_at(path: str) -> socket.socket:
    """A socket that listens.

    Raises:
        MmhooksError: the path cannot be listened on.
    """
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listener.bind(path)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise MmhooksError(
            f"cannot listen on {path}: {error.strerror or error}; is it taken, too long, or its folder not writable?"
        ) from None
    return listener
