"""The host's API as message handlers: a request message in, a response message out, for every API method."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

from mmhooks.api._generated.client import METHODS
from mmhooks.api.codec import Codec
from mmhooks.api.exchange import body_of, fill_headers
from mmhooks.api.http import Request, Response
from mmhooks.api.method import Method
from mmhooks.api.stream import ByteStream, chunks
from mmhooks.errors import AppError
from mmhooks.runtime.http import request_fields

logger = logging.getLogger("mmhooks.host")

Handler = Callable[[Any], Any]


class Binding:
    """Handlers over an object that has the API's methods.

    Args:
        api: an object with every method of `API`, such as the embedded host's.
    """

    def __init__(self, api: Any) -> None:
        self._api = api
        self._handlers: dict[str, Handler] = {}

    def handler(self, name: str) -> Handler:
        """What answers a method; the request is a message, or an iterator of them where it is streamed."""
        handler = self._handlers.get(name)
        if handler is None:
            handler = self._handlers[name] = self._make(METHODS[name])
        return handler

    def _make(self, method: Method[Any]) -> Handler:
        function, codec = getattr(self._api, method.name), method.codec
        if method.stream_in and method.stream_out:
            return lambda requests: _exchange(codec, function, requests)
        if method.stream_in:
            return lambda requests: _upload(method, codec, function, requests)
        if method.stream_out:
            return lambda request: _download(method, codec, function, request)
        decode, encode = codec.decode_request, codec.encode_response

        def unary(request: Any) -> Any:
            try:
                return encode(function(*decode(request)))
            except AppError as error:
                return refused(codec, error)

        return unary


def refused(codec: Codec, error: AppError) -> Any:
    """The response message of a refusal.

    Raises:
        AppError: the method has no place for one.
    """
    if not codec.can_fail:
        raise error
    return codec.encode_error(error)


def _upload(method: Method[Any], codec: Codec, function: Callable[..., Any], requests: Iterator[Any]) -> Any:
    first = next(requests)
    field = method.stream_in

    def content() -> Iterator[bytes]:
        if data := getattr(first, field):
            yield data
        for request in requests:
            yield getattr(request, field)

    plain = iter(codec.decode_request(first))
    stream = ByteStream(content())
    arguments = [stream if param.streamed else next(plain) for param in method.params]
    try:
        return codec.encode_response(function(*arguments))
    except AppError as error:
        return refused(codec, error)


def _download(method: Method[Any], codec: Codec, function: Callable[..., Any], request: Any) -> Iterator[Any]:
    try:
        result = function(*codec.decode_request(request))
    except AppError as error:
        yield refused(codec, error)
        return
    values = result if len(method.results) > 1 else (result,)
    stream = next(value for param, value in zip(method.results, values, strict=True) if param.streamed)
    plain = [value for param, value in zip(method.results, values, strict=True) if not param.streamed]
    yield from codec.responses(codec.encode_response(plain[0] if len(plain) == 1 else plain), chunks(stream))


def _exchange(codec: Codec, function: Callable[..., Any], requests: Iterator[Any]) -> Iterator[Any]:
    first = next(requests)
    (head,) = codec.decode_request(first)
    request = Request(**request_fields(head), body=ByteStream(body_of(first, requests)))
    response: Response = function(request)
    message = codec.response_class()
    message.response.status_code = response.status
    fill_headers(response.headers, message.response.headers)
    body = response.body.encode() if isinstance(response.body, str) else response.body or b""
    yield from codec.responses(message, chunks(body))  # type: ignore[arg-type]  # the host answers no async bodies
