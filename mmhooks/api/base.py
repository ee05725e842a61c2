"""What the generated client bases stand on: one function per way of calling, sync and async."""

from __future__ import annotations

from typing import Any, TypeVar

from mmhooks.api.method import Method
from mmhooks.api.stream import AsyncByteStream, ByteStream, achunks, chunks
from mmhooks.api.transport import AsyncTransport, Transport

T = TypeVar("T")


class ClientBase:
    """Calls methods over a transport, blocking."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def _unary(self, method: Method[T], *arguments: Any) -> T:
        codec = method.codec
        return codec.decode_response(self._transport.unary(codec, codec.encode_request(*arguments)))  # type: ignore[no-any-return]

    def _upload(self, method: Method[T], *arguments: Any) -> T:
        codec = method.codec
        plain, content = _split(method, arguments)
        return codec.decode_response(self._transport.upload(codec, codec.requests(plain, chunks(content))))  # type: ignore[no-any-return]

    def _download(self, method: Method[T], *arguments: Any) -> T:
        codec = method.codec
        responses = self._transport.download(codec, codec.encode_request(*arguments))
        first = next(responses)
        results = codec.decode_response(first)
        field = method.stream_out

        def content() -> Any:
            if data := getattr(first, field):
                yield data
            for response in responses:
                yield getattr(response, field)

        stream = ByteStream(content(), getattr(responses, "cancel", None))
        return _joined(method, results, stream)  # type: ignore[no-any-return]

    def _exchange(self, method: Method[T], *arguments: Any) -> T:
        from mmhooks.api.exchange import client_exchange

        return client_exchange(self._transport, method, *arguments)  # type: ignore[return-value]


class AsyncClientBase:
    """Calls methods over a transport, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def _unary(self, method: Method[T], *arguments: Any) -> T:
        codec = method.codec
        return codec.decode_response(await self._transport.unary(codec, codec.encode_request(*arguments)))  # type: ignore[no-any-return]

    async def _upload(self, method: Method[T], *arguments: Any) -> T:
        codec = method.codec
        plain, content = _split(method, arguments)
        first = codec.encode_request(*plain)
        field, message = method.stream_in, codec.request_class

        async def requests() -> Any:
            yield first
            async for chunk in achunks(content):
                yield message(**{field: chunk})

        return codec.decode_response(await self._transport.upload(codec, requests()))  # type: ignore[no-any-return]

    async def _download(self, method: Method[Any], *arguments: Any) -> Any:
        codec = method.codec
        responses = self._transport.download(codec, codec.encode_request(*arguments))
        first = await anext(responses)
        results = codec.decode_response(first)
        field = method.stream_out

        async def content() -> Any:
            if data := getattr(first, field):
                yield data
            async for response in responses:
                yield getattr(response, field)

        return _joined(method, results, AsyncByteStream(content()))

    async def _exchange(self, method: Method[T], *arguments: Any) -> T:
        from mmhooks.api.exchange import async_client_exchange

        return await async_client_exchange(self._transport, method, *arguments)  # type: ignore[return-value]


def _split(method: Method[Any], arguments: tuple[Any, ...]) -> tuple[list[Any], Any]:
    """The plain arguments and the streamed one."""
    plain = [value for param, value in zip(method.params, arguments, strict=True) if not param.streamed]
    content = next(value for param, value in zip(method.params, arguments, strict=True) if param.streamed)
    return plain, content


def _joined(method: Method[Any], results: Any, stream: Any) -> Any:
    """The stream in its place among the method's other results."""
    if len(method.results) == 1:
        return stream
    rest = iter(results if isinstance(results, tuple) else (results,))
    return tuple(stream if param.streamed else next(rest) for param in method.results)
