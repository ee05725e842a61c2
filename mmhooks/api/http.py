"""HTTP as plugins see it: what ``serve_http`` and ``serve_metrics`` are given and what they answer.

Bodies are streams, since neither side has a bound. They come in two kinds, one for each kind of hookimpl: a
``def`` hookimpl gets a `Request` whose `Body` blocks, an ``async def`` hookimpl an `AsyncRequest` whose
`AsyncBody` is awaited.
"""

from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol, runtime_checkable

from attrs import define, field

__all__ = ["AsyncBody", "AsyncRequest", "Body", "Headers", "Request", "RequestHead", "Response"]

Headers = tuple[tuple[str, str], ...]
"""Header lines in the order sent; a name may occur several times."""


@runtime_checkable
class Body(Protocol):
    """A request body, read as it arrives by code that may block. It can be read once."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most ``size`` bytes, all that remain if negative; ``b""`` at the end."""
        ...

    def __iter__(self) -> Iterator[bytes]:
        """Yield what remains in chunks of at most 64 KiB."""
        ...


@runtime_checkable
class AsyncBody(Protocol):
    """A request body, read as it arrives by code on the event loop. It can be read once."""

    async def read(self, size: int = -1, /) -> bytes:
        """Return at most ``size`` bytes, all that remain if negative; ``b""`` at the end."""
        ...

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield what remains in chunks of at most 64 KiB."""
        ...


def _header_lines(headers: Mapping[str, str] | Iterable[tuple[str, str]]) -> Headers:
    lines = headers.items() if isinstance(headers, Mapping) else headers
    return tuple((name, value) for name, value in lines)


def _trailers(trailers: Any) -> Any:
    return trailers if callable(trailers) else _header_lines(trailers)


def _first(headers: Headers, name: str) -> str | None:
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)


@define(frozen=True, kw_only=True, eq=False)
class RequestHead:
    """What is known of a request before its body. The server passes on no TLS data, trailers or form."""

    method: str
    """In upper case, such as ``GET``."""

    url: str
    """Path and query below the plugin's own address: ``/hello?x=1`` for ``/plugins/<id>/hello?x=1``."""

    proto: str = "HTTP/1.1"

    headers: Headers = field(default=(), converter=_header_lines)
    """``Mattermost-User-Id`` is among them if and only if the server has authenticated the user."""

    host: str = ""

    remote_addr: str = ""
    """Address and port of the peer that the server saw."""

    request_uri: str = ""
    """The target as the client sent it, before the server took the plugin's prefix away."""

    is_websocket: bool = False
    """Whether the client asks for a WebSocket, and the host can open one; see `WebSocket`. Its body is empty."""

    def header(self, name: str) -> str | None:
        """Return the first value of the header, None without one. Case does not matter."""
        return _first(self.headers, name)


@define(frozen=True, kw_only=True, eq=False)
class Request(RequestHead):
    """A request for a ``def`` hookimpl."""

    body: Body


@define(frozen=True, kw_only=True, eq=False)
class AsyncRequest(RequestHead):
    """A request for an ``async def`` hookimpl."""

    body: AsyncBody


@define(frozen=True, kw_only=True)
class Response:
    """The answer to a request: ``Response(body="hello")``."""

    status: int = 200

    headers: Headers = field(default=(), converter=_header_lines)
    """Given as a mapping or as pairs of name and value, kept as pairs."""

    body: bytes | str | Iterable[bytes] | AsyncIterable[bytes] | None = None
    """Text is sent as UTF-8. An iterable is sent chunk by chunk, with back pressure.

    It is closed, if it can be, at its end or when the client has gone away: a generator sees GeneratorExit.
    """

    trailers: Headers | Callable[[], Headers] = field(default=(), converter=_trailers)
    """Header lines that follow the body. A function is called when the body has ended.

    A client of HTTP/1.1 gets them only if the answer has no ``Content-Length``.
    """

    def header(self, name: str) -> str | None:
        """Return the first value of the header, None without one. Case does not matter."""
        return _first(self.headers, name)
