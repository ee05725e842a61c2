"""`file_will_be_uploaded`: content streams through the hookimpls, on disk where it is more than 1 MiB.

Each hookimpl reads the content from its beginning, as the one before left it. Content that a hookimpl returns is only
read when somebody wants it: the next hookimpl, or the host at the end.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from typing import Any, Final

from mmhooks.api.stream import CHUNK
from mmhooks.errors import AppError, HookError, Rejection
from mmhooks.runtime.dispatch import Dispatcher
from mmhooks.runtime.http import Outgoing
from mmhooks.runtime.threads import WorkerThreads

IN_MEMORY: Final = 1024 * 1024
"""Bytes of one version of the content that are kept in memory; what is more goes to a temporary file."""


async def upload(dispatcher: Dispatcher, requests: AsyncIterator[Any]) -> AsyncGenerator[Any, None]:
    """Answers one upload: first what became of the file's description, then its new content, if it has any."""
    hook = "file_will_be_uploaded"
    entry = dispatcher.entry(hook)
    requests = aiter(requests)
    first = await anext(requests)
    context, info = entry.codec.decode_request(first)
    content = Upload(_content_of(first, requests), dispatcher.pm.lanes.threads)
    arguments = {"context": context, "info": info, "file": content}
    try:
        try:
            result = await dispatcher.arun(hook, first, arguments)
        except (AppError, HookError) as error:
            result = Rejection(str(error))
        rejected = isinstance(result, Rejection)
        written = content.replaced and not rejected
        changed = None if rejected or result is info else result
        yield entry.codec.encode_response((written, changed, result.reason if rejected else ""))
        if written:
            async for chunk in content.chunks():
                yield entry.codec.response_class(output=chunk)
    finally:
        content.close()


async def _content_of(first: Any, requests: AsyncIterator[Any]) -> AsyncIterator[bytes]:
    if first.file:
        yield first.file
    async for request in requests:
        yield request.file


class Upload:
    """A file's content on its way through the hookimpls."""

    def __init__(self, source: AsyncIterator[bytes], threads: WorkerThreads) -> None:
        self._loop = asyncio.get_running_loop()
        self._threads = threads
        self._versions = [_Version(source)]

    @property
    def replaced(self) -> bool:
        """Whether a hookimpl has returned new content."""
        return len(self._versions) > 1

    def replace(self, content: Any) -> None:
        """Makes new content what the next hookimpl sees; it is read when it is needed."""
        self._versions.append(_Version(Outgoing(content, self._threads)))

    def for_hookimpl(self, is_async: bool) -> BlockingReader | AwaitedReader:
        """A reader at the beginning of the content."""
        version = self._versions[-1]
        return AwaitedReader(version) if is_async else BlockingReader(version, self._loop)

    async def chunks(self) -> AsyncIterator[bytes]:
        """The content as it is now, from its beginning."""
        async for chunk in AwaitedReader(self._versions[-1]):
            yield chunk

    def close(self) -> None:
        """Deletes the temporary files."""
        for version in self._versions:
            version.close()


class _Version:
    """One version of the content: what has been read is kept, so that it can be read again."""

    def __init__(self, source: AsyncIterator[bytes]) -> None:
        self._source = source
        self._kept = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed with the version
        self._size = 0
        self._lock = asyncio.Lock()

    async def read(self, start: int, size: int) -> bytes:
        """At most `size` bytes from `start`; nothing only at the end."""
        async with self._lock:
            while self._size <= start:
                chunk = await anext(self._source, None)
                if chunk is None:
                    return b""
                self._kept.seek(0, 2)
                self._kept.write(chunk)
                self._size += len(chunk)
            self._kept.seek(start)
            return self._kept.read(size)

    def close(self) -> None:
        self._kept.close()


class AwaitedReader:
    """An `AsyncFileReader`."""

    def __init__(self, version: _Version) -> None:
        self._version = version
        self._position = 0

    async def read(self, size: int = -1, /) -> bytes:
        parts: list[bytes] = []
        wanted = size
        while wanted != 0 and (
            part := await self._version.read(self._position, CHUNK if wanted < 0 else wanted)
        ):
            self._position += len(part)
            parts.append(part)
            wanted = wanted if wanted < 0 else wanted - len(part)
        return b"".join(parts)

    async def seek(self, offset: int, /) -> int:
        if offset != 0:
            raise ValueError("a file can only be read again from its beginning: seek(0)")
        self._position = 0
        return 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while chunk := await self.read(CHUNK):
            yield chunk


class BlockingReader:
    """A `FileReader`: the same for code on a worker thread."""

    def __init__(self, version: _Version, loop: asyncio.AbstractEventLoop) -> None:
        self._reader = AwaitedReader(version)
        self._loop = loop

    def read(self, size: int = -1, /) -> bytes:
        return asyncio.run_coroutine_threadsafe(self._reader.read(size), self._loop).result()

    def seek(self, offset: int, /) -> int:
        return asyncio.run_coroutine_threadsafe(self._reader.seek(offset), self._loop).result()

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.read(CHUNK), b"")
