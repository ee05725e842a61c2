"""WebSockets as plugins see them. Most take them as ASGI applications, see `register_routes`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from queue import SimpleQueue
from typing import Any, Final, TypeAlias

from attrs import define, field, validators

from mmhooks.api.exchange import fill_headers, fill_request_head, headers_of, response_of
from mmhooks.api.http import RequestHead, Response
from mmhooks.api.method import Method

__all__ = ["MAX_MESSAGE", "Close", "Event", "OpenWebSocket", "Talk", "WebSocket"]

MAX_MESSAGE: Final = 16 * 1024 * 1024
"""Bytes in one message, both ways."""

MAX_REASON: Final = 123
"""Bytes in the reason of a closing: what a control frame has room for."""

_NEVER_SENT: Final = frozenset({1004, 1005, 1006, 1015})


@define(frozen=True)
class Close:
    """The end of a connection."""

    code: int = field(default=1000, validator=validators.instance_of(int))
    """See https://www.iana.org/assignments/websocket. 1006: without a word; 1011: the plugin has failed."""

    reason: str = ""


Event: TypeAlias = str | bytes | Close
"""A text, binary data, or the end; nothing comes after that."""

Talk: TypeAlias = Callable[[AsyncIterator[Event]], AsyncIterator[Event]]
"""Given what the client sends, yields what it gets."""


@define(frozen=True, kw_only=True)
class WebSocket(Response):
    """The answer that opens a WebSocket, for a request with `is_websocket`.

    ::

        @hookimpl
        async def serve_http(request):
            async def echo(incoming):
                async for event in incoming:
                    yield event

            return WebSocket(talk=echo) if request.is_websocket else None
    """

    status: int = 101

    talk: Talk
    """Called once the connection is open. When it ends, the connection is closed with 1000."""

    subprotocol: str = ""
    """One of those that the client has offered; empty for none."""


def checked(event: Event) -> Event:
    """What may be sent.

    Raises:
        ValueError: it may not; the message says why.
    """
    if isinstance(event, Close):
        if not 1000 <= event.code <= 4999 or event.code in _NEVER_SENT:
            raise ValueError(f"a WebSocket cannot be closed with {event.code}; take 1000, or 4000 to 4999")
        if len(event.reason.encode()) > MAX_REASON:
            raise ValueError(f"the reason of a closing has at most {MAX_REASON} bytes: {event.reason!r}")
    elif (size := len(event.encode() if isinstance(event, str) else event)) > MAX_MESSAGE:
        raise ValueError(
            f"a WebSocket message has at most {MAX_MESSAGE >> 20} MiB, this one has {size:,} bytes"
        )
    return event


def fill_event(event: Event, message: Any) -> None:
    """Sets a WebSocketEvent message."""
    if isinstance(event, Close):
        message.close.code, message.close.reason = event.code, event.reason
    elif isinstance(event, str):
        message.text = event
    else:
        message.binary = event


def fill_accept(answer: WebSocket, message: Any) -> None:
    """Sets the WebSocketEvent message that opens the connection."""
    message.accept.subprotocol = answer.subprotocol
    fill_headers(answer.headers, message.accept.headers)


def event_of(message: Any) -> Event:
    """What a WebSocketEvent message says; one of an unknown kind is an empty text."""
    kind = message.WhichOneof("event")
    if kind == "close":
        return Close(message.close.code, message.close.reason)
    return message.binary if kind == "binary" else message.text  # type: ignore[no-any-return]


@define(frozen=True, kw_only=True)
class OpenWebSocket(Response):
    """A WebSocket as the host has it."""

    status: int = 101

    subprotocol: str = ""

    send: Callable[[Event], None]
    """Sends to the plugin, a `Close` last; does not wait."""

    events: Iterator[Event]
    """What the plugin sends, a `Close` last."""

    cancel: Callable[[], object]
    """Ends both directions at once, as a client does that is gone."""


def client_websocket(transport: Any, method: Method[Any], context: Any, request: RequestHead) -> Response:
    """Asks the plugin for a WebSocket.

    Returns:
        An `OpenWebSocket`; an ordinary response if the plugin does not open one.
    """
    codec = method.codec
    first = codec.encode_request(context, request)
    fill_request_head(request, first.request)
    first.websocket.offer.SetInParent()
    sending: SimpleQueue[Event] = SimpleQueue()

    def messages() -> Iterator[Any]:
        yield first
        event: Event | None = None
        while not isinstance(event, Close):
            event = sending.get()
            message = codec.request_class()
            fill_event(event, message.websocket)
            yield message

    responses = transport.exchange(codec, messages())
    head = next(responses)
    if head.websocket.WhichOneof("event") != "accept":
        sending.put(Close())  # lets go of the thread that reads the messages
        return response_of(head, responses)
    accept = head.websocket.accept
    return OpenWebSocket(
        headers=headers_of(accept),
        subprotocol=accept.subprotocol,
        send=lambda event: sending.put(checked(event)),
        events=(event_of(message.websocket) for message in responses),
        cancel=responses.cancel,
    )
