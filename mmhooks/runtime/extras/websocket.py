"""One WebSocket as a call of an ASGI application: https://asgi.readthedocs.io/en/latest/specs/www.html#websocket"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, MutableMapping
from typing import Any

from mmhooks.api.http import AsyncRequest, Response
from mmhooks.api.websocket import Close, Event, WebSocket, checked
from mmhooks.runtime.extras.asgi import Exchange, header_lines
from mmhooks.specs.compose import ASGIApp, Message

logger = logging.getLogger("mmhooks.routes")

_HTTP = "websocket.http.response."
_SCHEMES = {"http": "ws", "https": "wss"}


class Conversation(Exchange):
    """An `Exchange` that becomes a WebSocket if the application accepts, and stays an ordinary answer if not."""

    def __init__(self, app: ASGIApp, request: AsyncRequest, mount: str, package: str) -> None:
        super().__init__(app, request, mount, package)
        self._is_connected = False
        self._accept: Message | None = None
        self._talk = _Talk(self._cancel)

    def scope(self) -> MutableMapping[str, Any]:
        """The connection scope."""
        scope = super().scope()
        del scope["method"]
        offered = self._request.header("Sec-WebSocket-Protocol") or ""
        scope.update(
            type="websocket",
            scheme=_SCHEMES.get(scope["scheme"], scope["scheme"]),
            subprotocols=[name.strip() for name in offered.split(",") if name.strip()],
            extensions={"websocket.http.response": {}},
        )
        return scope

    async def _receive(self) -> Message:
        if not self._is_connected:
            self._is_connected = True
            return {"type": "websocket.connect"}
        if self._is_complete:  # refused
            return {"type": "websocket.disconnect", "code": 1006, "reason": ""}
        event = await self._talk.receive()
        if isinstance(event, Close):
            return {"type": "websocket.disconnect", "code": event.code, "reason": event.reason}
        return {"type": "websocket.receive", "text" if isinstance(event, str) else "bytes": event}

    async def _send(self, message: Message) -> None:
        kind = message["type"]
        if self._accept is not None:
            await self._send_event(kind, message)
        elif kind == "websocket.accept" and self._start is None:
            self._accept = message
            self._started.set()
        elif kind == "websocket.close" and self._start is None:
            await super()._send({"type": "http.response.start", "status": 403})
            await super()._send({"type": "http.response.body"})
        elif kind.startswith(_HTTP):
            await super()._send({**message, "type": kind.removeprefix("websocket.")})
        else:
            raise RuntimeError(f"{kind!r} is out of place: expected 'websocket.accept' or 'websocket.close'")

    async def _send_event(self, kind: str, message: Message) -> None:
        if kind == "websocket.close":
            event: Event = Close(message.get("code", 1000), message.get("reason") or "")
        elif kind == "websocket.send":
            text = message.get("text")
            event = bytes(message["bytes"]) if text is None else text
        else:
            raise RuntimeError(f"{kind!r} is out of place: expected 'websocket.send' or 'websocket.close'")
        await self._talk.send(checked(event))

    def _response(self) -> Response:
        if self._accept is None:
            return super()._response()
        return WebSocket(
            talk=self._talk.begin,
            subprotocol=self._accept.get("subprotocol") or "",
            headers=header_lines(self._accept.get("headers", ())),
        )

    async def _returned(self) -> None:
        if self._accept is None:
            await super()._returned()
        else:
            await self._talk.close(Close())

    async def _failed(self, error: Exception) -> None:
        if self._accept is None:
            await super()._failed(error)
            return
        if not (self._talk.is_gone and isinstance(error, OSError)):  # what `send` raises then
            logger.error("%s failed: %s: %s", self._name, type(error).__name__, error, exc_info=error)
        await self._talk.close(Close(1011))

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()


class _Talk:
    """Both directions of an open WebSocket. It is the iterator of what the application sends.

    Args:
        abandoned: called when nobody takes what the application sends any more.
    """

    def __init__(self, abandoned: Callable[[], object]) -> None:
        self.is_gone = False
        """Whether the client has closed."""
        self._abandoned = abandoned
        self._has_closed = False
        self._is_drained = False
        self._received: asyncio.Queue[Event] = asyncio.Queue()
        # Not in the queue's own size: an end has to find room at any time.
        self._room = asyncio.Semaphore(1)
        self._sent: asyncio.Queue[Event] = asyncio.Queue(1)
        self._intake: asyncio.Task[None] | None = None

    def begin(self, incoming: AsyncIterator[Event]) -> AsyncIterator[Event]:
        """The connection is open."""
        self._intake = asyncio.create_task(self._take_in(incoming))
        return self

    async def _take_in(self, incoming: AsyncIterator[Event]) -> None:
        # Read ahead by one: an application that only sends shall learn of the end too.
        async for event in incoming:
            if isinstance(event, Close):
                self.is_gone = True
                self._received.put_nowait(event)
                return
            await self._room.acquire()
            self._received.put_nowait(event)

    async def receive(self) -> Event:
        """What the client sends next; after the end, the end again."""
        event = await self._received.get()
        if isinstance(event, Close):
            self._received.put_nowait(event)
        else:
            self._room.release()
        return event

    async def send(self, event: Event) -> None:
        """Waits until what was sent before has been taken.

        Raises:
            ConnectionResetError: the client has closed.
        """
        if self._has_closed:
            raise RuntimeError("the WebSocket is closed already")
        if isinstance(event, Close):
            await self.close(event)
        elif self.is_gone:
            raise ConnectionResetError("the client has closed the WebSocket")
        else:
            await self._sent.put(event)

    async def close(self, event: Close) -> None:
        """The last thing sent; nothing happens the second time."""
        if not self._has_closed:
            self._has_closed = True
            self._received.put_nowait(event)
            await self._sent.put(event)

    def __aiter__(self) -> AsyncIterator[Event]:
        return self

    async def __anext__(self) -> Event:
        if self._is_drained:
            raise StopAsyncIteration
        event = await self._sent.get()
        self._is_drained = isinstance(event, Close)
        return event

    async def aclose(self) -> None:
        """Nobody takes the rest."""
        if self._intake is not None:
            self._intake.cancel()
        if not self._is_drained:
            self._abandoned()
