"""WebSocket connections of clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mmhooks.specs.semantics import hookspec, notify

if TYPE_CHECKING:
    from mmhooks.api.client import API
    from mmhooks.api.models import WebSocketRequest


@hookspec(notify())
def on_web_socket_connect(web_conn_id: str, user_id: str, api: API) -> None:
    """Note that a client is there.

    Fires: When a client opens a WebSocket connection. A user may have several, and a cluster has them on
        several nodes.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        web_conn_id: The connection, for `on_web_socket_disconnect` to name again.
        user_id: Whose connection it is.
        api: The plugin API.

    Minimum server version: 6.0

    Rejecting: Not possible.
    """


@hookspec(notify())
def on_web_socket_disconnect(web_conn_id: str, user_id: str, api: API) -> None:
    """Note that a client is gone.

    Fires: When a WebSocket connection is closed, by either side.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        web_conn_id: The connection.
        user_id: Whose connection it was.
        api: The plugin API.

    Minimum server version: 6.0

    Rejecting: Not possible.
    """


@hookspec(notify())
def web_socket_message_has_been_posted(
    web_conn_id: str, user_id: str, req: WebSocketRequest, api: API
) -> None:
    """Take a message that a client sent over its WebSocket.

    Fires: When a message from a client arrives, the clients' own housekeeping included: look at
        ``req.action`` first.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        web_conn_id: The connection it came on.
        user_id: Who sent it.
        req: Action, sequence number and data of the message.
        api: The plugin API; `publish_web_socket_event` answers.

    Minimum server version: 6.0

    Rejecting: Not possible.
    """
