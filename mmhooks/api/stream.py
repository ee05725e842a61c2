"""Bytes without a bound: what callers may give, what they get, and chunks of 64 KiB between."""

from __future__ import annotations

import io
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from typing import BinaryIO, Final

CHUNK: Final = 64 * 1024
"""Bytes in one message of a stream."""

Content = bytes | BinaryIO | Iterable[bytes]
"""What a caller may give: bytes, an open file, or an iterable of bytes."""

AsyncContent = bytes | BinaryIO | Iterable[bytes] | AsyncIterable[bytes]
"""The same, or an asynchronous iterable of bytes."""


def chunks(content: Content) -> Iterator[bytes]:
    """The content in chunks of at most 64 KiB, none of them empty; a file is read as it is sent."""
    if isinstance(content, bytes | bytearray | memoryview):
        view = memoryview(content)
        return (bytes(view[start : start + CHUNK]) for start in range(0, len(view), CHUNK))
    if isinstance(content, ByteStream):
        return iter(content)  # as it arrives: read() would wait for a whole chunk
    if hasattr(content, "read"):
        return iter(lambda: content.read(CHUNK), b"")
    return (piece for part in content for piece in chunks(part))


async def achunks(content: AsyncContent) -> AsyncIterator[bytes]:
    """The same for content that may come asynchronously."""
    if isinstance(content, AsyncIterable):
        async for part in content:
            for piece in chunks(part):
                yield piece
    else:
        for piece in chunks(content):
            yield piece


class _Buffer:
    """Bytes that have arrived and have not been read."""

    def __init__(self) -> None:
        self._data = bytearray()

    def __len__(self) -> int:
        return len(self._data)

    def add(self, chunk: bytes) -> None:
        self._data += chunk

    def take(self, size: int) -> bytes:
        taken = bytes(self._data[:size]) if size >= 0 else bytes(self._data)
        del self._data[: len(taken)]
        return taken


class ByteStream(io.RawIOBase):
    """Content on its way: a readable binary file that is also an iterator of chunks. It can be read once.

    ``close()`` tells the sender that nobody wants the rest.
    """

    def __init__(self, source: Iterable[bytes], on_close: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._source = iter(source)
        self._buffer = _Buffer()
        self._on_close = on_close

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """At most ``size`` bytes; everything that is left without one; ``b""`` at the end."""
        wanted = -1 if size is None else size
        while wanted < 0 or len(self._buffer) < wanted:
            chunk = next(self._source, None)
            if chunk is None:
                break
            self._buffer.add(chunk)
        return self._buffer.take(wanted)

    def readinto(self, target: bytearray | memoryview, /) -> int:  # type: ignore[override]  # any writable buffer will do
        data = self.read(len(target))
        target[: len(data)] = data
        return len(data)

    def __iter__(self) -> Iterator[bytes]:  # chunks, not lines
        if len(self._buffer):
            yield self._buffer.take(-1)
        yield from self._source

    def close(self) -> None:
        if not self.closed and self._on_close is not None:
            self._on_close()
        super().close()


class AsyncByteStream:
    """Content on its way, for code on the event loop. It can be read once."""

    def __init__(self, source: AsyncIterable[bytes], on_close: Callable[[], object] | None = None) -> None:
        self._source = aiter(source)
        self._buffer = _Buffer()
        self._on_close = on_close

    async def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes; everything that is left without one; ``b""`` at the end."""
        while size < 0 or len(self._buffer) < size:
            chunk = await anext(self._source, None)
            if chunk is None:
                break
            self._buffer.add(chunk)
        return self._buffer.take(size)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if len(self._buffer):
            yield self._buffer.take(-1)
        async for chunk in self._source:
            yield chunk

    async def close(self) -> None:
        """Tells the sender that nobody wants the rest."""
        if self._on_close is not None:
            self._on_close()
