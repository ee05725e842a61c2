"""File content as plugins see it: what ``file_will_be_uploaded`` is given and what it answers.

A ``def`` hookimpl gets a `FileReader`, an ``async def`` hookimpl an `AsyncFileReader`.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

from attrs import define

if TYPE_CHECKING:
    from mmhooks.api.models import FileInfo

__all__ = ["AsyncFileReader", "FileReader", "UploadedFile"]


@runtime_checkable
class FileReader(Protocol):
    """The content of a file, read by code that may block."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most ``size`` bytes, all that remain if negative; ``b""`` at the end."""
        ...

    def seek(self, offset: int, /) -> int:
        """Go back to the beginning: ``seek(0)``. Other offsets raise ValueError."""
        ...

    def __iter__(self) -> Iterator[bytes]:
        """Yield what remains in chunks of at most 64 KiB."""
        ...


@runtime_checkable
class AsyncFileReader(Protocol):
    """The content of a file, read by code on the event loop."""

    async def read(self, size: int = -1, /) -> bytes:
        """Return at most ``size`` bytes, all that remain if negative; ``b""`` at the end."""
        ...

    async def seek(self, offset: int, /) -> int:
        """Go back to the beginning: ``await seek(0)``. Other offsets raise ValueError."""
        ...

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield what remains in chunks of at most 64 KiB."""
        ...


@define(frozen=True, kw_only=True)
class UploadedFile:
    """New content for a file that is being uploaded. To change its description alone, return a `FileInfo`."""

    content: bytes | BinaryIO | Iterable[bytes] | AsyncIterable[bytes]
    """Read as it is sent on. It cannot be empty: nothing written means unchanged to the server. Reject
    instead."""

    info: FileInfo | None = None
    """The description, None to keep it. The server sets its size from the content."""
