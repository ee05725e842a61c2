"""A client's end of a plugin's WebSocket."""

from __future__ import annotations

import threading
from queue import Empty, Queue
from types import TracebackType
from typing import Final, Self

from mmhooks.api.http import Headers
from mmhooks.api.websocket import Close, Event, OpenWebSocket
from mmhooks.errors import TransportError

TIMEOUT_SECONDS: Final = 10.0


class Socket:
    """What `Workspace.websocket` opens::

    with mm.websocket("/echo", by=ann) as socket:
        socket.send("hello")
        assert socket.receive() == "hello"
    """

    def __init__(self, opened: OpenWebSocket) -> None:
        self.subprotocol: str = opened.subprotocol
        self.headers: Headers = opened.headers
        self._opened = opened
        self._end: Close | None = None
        # One place: a test that does not receive holds the plugin back, as a client does.
        self._received: Queue[Event] = Queue(1)
        threading.Thread(target=self._take_in, name="mmhooks-socket", daemon=True).start()

    def send(self, message: str | bytes) -> None:
        """Send a text, or binary data."""
        self._opened.send(message)

    def receive(self, timeout: float = TIMEOUT_SECONDS) -> Event:
        """Wait for what the plugin sends; after the end it is the `Close` again and again.

        Args:
            timeout: in seconds.

        Raises:
            AssertionError: nothing came.
        """
        if self._end is not None:
            return self._end
        try:
            event = self._received.get(timeout=timeout)
        except Empty:
            raise AssertionError(f"the plugin has sent nothing for {timeout:.0f} s") from None
        if isinstance(event, Close):
            self._end = event
        return event

    def close(self, code: int = 1000, reason: str = "") -> None:
        """Close, and wait until the plugin has ended too; what it still sends is lost.

        Raises:
            AssertionError: it does not end.
        """
        if self._end is None:
            self._opened.send(Close(code, reason))
            try:
                while not isinstance(self.receive(), Close):
                    pass
            finally:
                self._opened.cancel()

    def _take_in(self) -> None:
        try:
            for event in self._opened.events:
                self._received.put(event)
                if isinstance(event, Close):
                    break
            else:
                self._received.put(Close(1006))
        except TransportError:
            self._received.put(Close(1006))
        self._opened.send(Close())  # the answer to a close is a close

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:  # what has failed says more than what would fail now
            self._opened.cancel()
