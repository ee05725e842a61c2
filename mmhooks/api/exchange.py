"""`plugin_http`: a request to another plugin, streamed both ways."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import chain
from typing import Any

from mmhooks.api.http import Headers, RequestHead, Response
from mmhooks.api.method import Method
from mmhooks.api.stream import AsyncByteStream, ByteStream, achunks, chunks


def client_exchange(
    transport: Any, method: Method[Any], request: RequestHead, context: Any = None
) -> Response:
    """Sends the request's head and body, and answers as soon as the response's head is there."""
    codec = method.codec
    first = codec.encode_request(*(() if context is None else (context,)), request)
    fill_request_head(request, first.request)
    body = getattr(request, "body", None)
    responses = transport.exchange(codec, _messages(first, codec.request_class, chunks(body) if body else ()))
    return response_of(next(responses), responses)


def response_of(head: Any, rest: Iterator[Any]) -> Response:
    """The response that the messages of a stream make; its trailers are there when its body has been read."""
    trailers: list[tuple[str, str]] = []

    def body() -> Iterator[bytes]:
        for message in chain([head], rest):
            trailers.extend(header_lines(message.response.trailers))
            if message.body:
                yield message.body

    return Response(
        status=head.response.status_code,
        headers=headers_of(head.response),
        body=ByteStream(body(), getattr(rest, "cancel", None)),
        trailers=lambda: tuple(trailers),
    )


async def async_client_exchange(transport: Any, method: Method[Any], request: RequestHead) -> Response:
    """The same, awaited; the response's body is an `AsyncByteStream`."""
    codec = method.codec
    first = codec.encode_request(request)
    fill_request_head(request, first.request)
    body = getattr(request, "body", None)
    responses = transport.exchange(codec, _async_messages(first, codec.request_class, body))
    head = await anext(responses)
    return Response(
        status=head.response.status_code,
        headers=headers_of(head.response),
        body=AsyncByteStream(async_body_of(head, responses)),
    )


def fill_request_head(request: RequestHead, message: Any) -> None:
    """Sets an HTTPRequest message."""
    message.method, message.url, message.proto = request.method, request.url, request.proto
    message.host, message.remote_addr = request.host, request.remote_addr
    message.request_uri = request.request_uri or request.url
    fill_headers(request.headers, message.headers)


def fill_headers(headers: Headers, message: Any) -> None:
    """Sets repeated HTTPHeader messages; the values of one name stay together, in order."""
    lines: dict[str, Any] = {}
    for name, value in headers:
        key = name.lower()
        if key not in lines:
            lines[key] = message.add(name=name)
        lines[key].values.append(value)


def headers_of(message: Any) -> Headers:
    """Header lines of an HTTPRequest or HTTPResponse message."""
    return header_lines(message.headers)


def header_lines(headers: Iterable[Any]) -> Headers:
    """Header lines of HTTPHeader messages."""
    return tuple((header.name, value) for header in headers for value in header.values)


def body_of(first: Any, rest: Iterable[Any]) -> Iterator[bytes]:
    """The body's bytes over the messages of a stream."""
    if first.body:
        yield first.body
    for message in rest:
        yield message.body


async def async_body_of(first: Any, rest: AsyncIterator[Any]) -> AsyncIterator[bytes]:
    """The same for the event loop."""
    if first.body:
        yield first.body
    async for message in rest:
        if message.body:  # the last one may have trailers alone
            yield message.body


def _messages(first: Any, message: Any, body: Iterable[bytes]) -> Iterator[Any]:
    yield first
    for chunk in body:
        yield message(body=chunk)


async def _async_messages(first: Any, message: Any, body: Any) -> AsyncIterator[Any]:
    yield first
    if body is not None:
        async for chunk in achunks(body):
            yield message(body=chunk)
