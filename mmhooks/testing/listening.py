"""WebSockets of a real server: a user's own, and those of the plugin's pages."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any, Final

from mmhooks.api.converter import structure
from mmhooks.api.models import Post
from mmhooks.api.websocket import MAX_MESSAGE, Close, Event, OpenWebSocket
from mmhooks.errors import MmhooksError, app_error

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

__all__ = ["Listener", "open_websocket"]

_SECONDS: Final = 30.0
_QUIET_SECONDS: Final = 0.1
"""A server sends events from a queue of its own, beside what it answers."""
_SHOWN: Final = frozenset({"ephemeral_message", "post_edited", "post_deleted"})


def _connect(url: str, headers: Mapping[str, str], subprotocols: Iterable[str] = ()) -> ClientConnection:
    try:
        from websockets.exceptions import InvalidStatus
        from websockets.sync.client import connect
        from websockets.typing import Subprotocol
    except ModuleNotFoundError:
        raise MmhooksError(
            "--mm-host server needs websockets; install it: pip install 'mmhooks[dev-server]'"
        ) from None
    try:
        opened = connect(
            url.replace("http", "ws", 1),
            additional_headers=headers,
            subprotocols=[Subprotocol(one) for one in subprotocols] or None,
            max_size=MAX_MESSAGE,
            open_timeout=_SECONDS,
            proxy=None,
        )
        return ExitStack().enter_context(opened)  # whoever gets it closes it
    except InvalidStatus as error:
        status, body = error.response.status_code, error.response.body.decode(errors="replace")
        text = f"no WebSocket at {url}, the server answered {status}: {body}"
        raise app_error(text, status_code=status, where="websocket") from None


class Listener:
    """A user's WebSocket, as clients have it. It keeps the posts that are shown to this user alone.

    Args:
        site_url: the server's address.
        token: of the user's session.
    """

    def __init__(self, site_url: str, token: str) -> None:
        self._connection = _connect(f"{site_url}/api/v4/websocket", {"Authorization": f"Bearer {token}"})
        self._posts: list[Post] = []
        self._answers: set[int] = set()
        self._number = 0
        self._heard = time.monotonic()
        self._news = threading.Condition()
        threading.Thread(target=self._listen, name="mmhooks-listener", daemon=True).start()

    def _listen(self) -> None:
        from websockets.exceptions import ConnectionClosed

        with suppress(ConnectionClosed):  # the server has gone; whoever asks it next says so
            for text in self._connection:
                self._hear(json.loads(text))

    def _hear(self, message: dict[str, Any]) -> None:
        with self._news:
            self._heard = time.monotonic()
            if "seq_reply" in message:
                self._answers.add(message["seq_reply"])
            elif message.get("event") in _SHOWN and message["broadcast"]["user_id"]:
                self._posts.append(structure(json.loads(message["data"]["post"]), Post))
            self._news.notify_all()

    def posts(self) -> list[Post]:
        """Those that the server has sent by now, the oldest first."""
        with self._news:
            self._number += 1
            number = self._number
            self._connection.send(json.dumps({"action": "ping", "seq": number}))
            assert self._news.wait_for(lambda: number in self._answers, _SECONDS), (
                "the server does not answer"
            )
            while self._news.wait(self._heard + _QUIET_SECONDS - time.monotonic()):
                pass
            return list(self._posts)

    def close(self) -> None:
        """Listen no more."""
        self._connection.close()


def open_websocket(url: str, headers: Mapping[str, str], subprotocols: Iterable[str]) -> OpenWebSocket:
    """A WebSocket of a page.

    Raises:
        AppError: the page has answered something else, with this status.
    """
    from websockets.exceptions import ConnectionClosed

    connection = _connect(url, headers, subprotocols)

    def events() -> Iterator[Event]:
        try:
            while True:
                yield connection.recv()
        except ConnectionClosed as end:
            yield Close(end.rcvd.code, end.rcvd.reason) if end.rcvd is not None else Close(1006)

    def send(event: Event) -> None:
        if isinstance(event, Close):
            connection.close(event.code, event.reason)
        else:
            connection.send(event)

    response = connection.response
    return OpenWebSocket(
        subprotocol=connection.subprotocol or "",
        headers=tuple(response.headers.raw_items()) if response is not None else (),
        send=send,
        events=events(),
        cancel=connection.socket.close,
    )
