"""Calls in frames: a way beside gRPC for unary calls between two processes of one machine.

Messages, names and statuses are gRPC's. What is left out is HTTP/2, which costs several times what the rest of a call
does. A connection is a unix socket and carries one call at a time:

    request:   length (4 bytes, big-endian) | length of the name (1) | name | message
    response:  length (4 bytes, big-endian) | status (1) | message, or the error's text in UTF-8

A length counts what follows it. The name is such as ``/mmhooks.v1.PluginHooks/MessageWillBePosted``. Where a token is
demanded, it is the message of a first request without a name. A call is made once its frame is whole, so one that
could not be sent may be sent again. Who closes the connection gives the call up.
"""

from __future__ import annotations

import socket
import struct
from typing import Final

from mmhooks.api.transport import MAX_MESSAGE

OK: Final = 0

LENGTH: Final = struct.Struct(">I")
LONGEST_NAME: Final = 255
_MAX_FRAME: Final = MAX_MESSAGE + LONGEST_NAME + 1
_READ: Final = 1 << 16


def request_frame(name: bytes, message: bytes) -> bytes:
    """A whole request."""
    return b"".join((LENGTH.pack(1 + len(name) + len(message)), bytes((len(name),)), name, message))


def split_request(frame: bytes) -> tuple[bytes, bytes]:
    """Name and message of a request that was read."""
    end = 1 + frame[0]
    return frame[1:end], frame[end:]


def response_frame(status: int, content: bytes) -> bytes:
    """A whole response."""
    return b"".join((LENGTH.pack(1 + len(content)), bytes((status,)), content))


def frame_size(data: bytes | bytearray) -> int:
    """What the first four bytes say.

    Raises:
        OSError: no frame is that long; the connection is of no use any more.
    """
    size: int = LENGTH.unpack_from(data)[0]
    if not 0 < size <= _MAX_FRAME:
        raise ConnectionAbortedError(f"a frame of {size:,} bytes; at most {_MAX_FRAME:,} are allowed")
    return size


def read_frame(connection: socket.socket) -> bytes:
    """The next frame, without its length; nothing if the connection ended before one began.

    Raises:
        OSError: it ended in the middle of one, or something else came.
    """
    data = connection.recv(_READ)  # small frames come whole
    while len(data) < LENGTH.size:
        if not data:
            return b""
        data += _more(connection)
    size = frame_size(data)
    begun = data[LENGTH.size :]
    return begun if len(begun) == size else _read_on(connection, begun, size)


def _more(connection: socket.socket) -> bytes:
    data = connection.recv(_READ)
    if not data:
        raise ConnectionResetError("the connection ended in the middle of a frame")
    return data


def _read_on(connection: socket.socket, begun: bytes, size: int) -> bytes:
    if len(begun) > size:
        raise ConnectionAbortedError("more than one frame at a time")
    whole = bytearray(size)
    whole[: len(begun)] = begun
    rest = memoryview(whole)[len(begun) :]
    while rest:
        count = connection.recv_into(rest)
        if not count:
            raise ConnectionResetError("the connection ended in the middle of a frame")
        rest = rest[count:]
    return bytes(whole)
