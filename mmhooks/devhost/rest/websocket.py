"""The WebSocket of clients: events out, in the order of their numbers, and a client's own messages in."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Callable
from typing import Any, Final

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from mmhooks.api.converter import json_converter
from mmhooks.api.models import Session, WebsocketBroadcast, WebSocketRequest
from mmhooks.devhost.events import Event
from mmhooks.devhost.host import Host
from mmhooks.devhost.ids import new_id
from mmhooks.devhost.rest.call import session_of
from mmhooks.runtime.threads import WorkerThreads

__all__ = ["Sockets"]

_KEPT: Final = 128
"""Events that a client may have missed while it was away."""
_AWAY_MS: Final = 5 * 60_000
_GREETING_SECONDS: Final = 30.0
_MOST_WAITING: Final = 256
"""Messages that a client has not taken yet; a slower one loses its connection, as on the server."""
_NOT_GREETED: Final = 4001


class Sockets:
    """All connections of a host's clients.

    Args:
        host: whose events they get.
        threads: for what a client's message sets off.
    """

    def __init__(self, host: Host, threads: WorkerThreads) -> None:
        self._host = host
        self._threads = threads
        self._links: dict[str, _Link] = {}
        self._unsubscribe = host.events.subscribe(self._deliver)

    def route(self) -> WebSocketRoute:
        """Where clients connect, below ``/api/v4``."""
        return WebSocketRoute("/websocket", self._serve)

    def close(self) -> None:
        """Take no more events."""
        self._unsubscribe()

    def _deliver(self, event: Event) -> None:
        for link in tuple(self._links.values()):
            if link.may_see(event):
                if link.is_logged_in():
                    link.add(event)
                else:
                    link.end("a client's session has ended")

    async def _serve(self, socket: WebSocket) -> None:
        await socket.accept()
        session = session_of(self._host, socket)
        with contextlib.suppress(WebSocketDisconnect, RuntimeError, OSError):
            if session is None:
                session = await self._greeted(socket)
            if session is None:
                await socket.close(_NOT_GREETED, "not authenticated")
                return
            link = self._link_for(socket, session)
            link.address = socket.client.host if socket.client else ""
            link.forwarded_for = socket.headers.get("x-forwarded-for", "")
            await self._talk(socket, link)

    async def _greeted(self, socket: WebSocket) -> Session | None:
        """Wait for a client's token."""
        with contextlib.suppress(asyncio.TimeoutError):
            message = _parsed(await asyncio.wait_for(socket.receive_text(), _GREETING_SECONDS))
            token = str((message.get("data") or {}).get("token", ""))
            if message.get("action") == "authentication_challenge" and token:
                session = self._host.api.session_for_token(token)
                if session is not None:
                    await socket.send_text(json.dumps({"status": "OK", "seq_reply": message.get("seq", 0)}))
                return session
        return None

    def _link_for(self, socket: WebSocket, session: Session) -> _Link:
        """A new connection, or one that a client has lost and comes back to."""
        now = self._host.clock.now()
        gone = [id for id, link in self._links.items() if link.left_at and link.left_at + _AWAY_MS < now]
        for id in gone:
            del self._links[id]
        known = self._links.get(socket.query_params.get("connection_id", ""))
        number = socket.query_params.get("sequence_number", "")
        if known is not None and known.session.user_id == session.user_id and known.left_at:
            link = known if number.isdecimal() and known.rewind(int(number)) else None
            if link is not None:
                link.left_at = 0
                return link
        link = _Link(self._host, session, asyncio.get_running_loop())
        link.hello()
        self._links[link.id] = link
        return link

    async def _talk(self, socket: WebSocket, link: _Link) -> None:
        loop = asyncio.get_running_loop()
        await self._threads.run(loop, link.connected)
        ends = [
            asyncio.create_task(link.send_to(socket)),
            asyncio.create_task(self._receive(socket, link)),
            asyncio.create_task(link.ended.wait()),
        ]
        try:
            done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            for one in done:
                one.result()
            if link.ended.is_set():
                text = f"{link.reason}; its connection is closed"
                self._host.log("warn", text, user_id=link.session.user_id)
        finally:
            for one in ends:
                one.cancel()
            link.leave(self._host.clock.now())
            is_last = not any(
                other.session.user_id == link.session.user_id and not other.left_at
                for other in self._links.values()
            )
            await asyncio.shield(self._threads.run(loop, link.disconnected, is_last))

    async def _receive(self, socket: WebSocket, link: _Link) -> None:
        loop = asyncio.get_running_loop()
        while True:
            message = _parsed(await socket.receive_text())
            answer = await self._threads.run(loop, link.answer, message)
            if answer is not None:
                link.reply(answer)


class _Link:
    """One client's connection, which outlives a lost socket for a while."""

    def __init__(self, host: Host, session: Session, loop: asyncio.AbstractEventLoop) -> None:
        self.id = new_id()
        self.session = session
        self.left_at = 0
        self.address = self.forwarded_for = ""
        self._host = host
        self._loop = loop
        self._next = 0
        self._sent: deque[tuple[int, str]] = deque(maxlen=_KEPT)
        self._outgoing: deque[str] = deque()
        self._some = asyncio.Event()
        self.ended = asyncio.Event()
        self.reason = ""
        """Why the host ends it."""

    def may_see(self, event: Event) -> bool:
        """Whether an event is for this client."""
        to, user_id = event.broadcast, self.session.user_id
        if to.connection_id and to.connection_id != self.id:
            return False
        if to.omit_connection_id == self.id or user_id in (to.omit_users or {}):
            return False
        if to.user_id:
            return to.user_id == user_id
        if to.channel_id:
            return self._host.api.maybe_channel_member(to.channel_id, user_id) is not None
        if to.team_id:
            member = self._host.api.maybe_team_member(to.team_id, user_id)
            return member is not None and not member.delete_at
        return not (to.contains_sensitive_data or to.contains_sanitized_data) or self._is_admin(to)

    def _is_admin(self, to: WebsocketBroadcast) -> bool:
        return ("system_admin" in self.session.roles.split()) == to.contains_sensitive_data

    def is_logged_in(self) -> bool:
        """Whether its session has not been revoked meanwhile, and has not run out."""
        return self._host.api.session_for_token(self.session.token) is not None

    def end(self, reason: str) -> None:
        """Close the socket; from any thread."""
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._end, reason)

    def _end(self, reason: str) -> None:
        self.reason = reason
        self.ended.set()

    def hello(self) -> None:
        """The first event on every connection."""
        data = {"connection_id": self.id, "server_version": f"{self._host.api.get_server_version()}.mmhooks"}
        self._number("hello", data, WebsocketBroadcast(user_id=self.session.user_id))

    def add(self, event: Event) -> None:
        """Send an event; from any thread."""
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._number, event.name, event.data, event.broadcast)

    def _number(self, name: str, data: Any, to: WebsocketBroadcast) -> None:
        broadcast = json_converter().unstructure(to)
        document = {"event": name, "data": data, "broadcast": broadcast, "seq": self._next}
        text = json.dumps(document, ensure_ascii=False, default=str)
        self._sent.append((self._next, text))
        self._next += 1
        self._push(text)

    def reply(self, answer: dict[str, Any]) -> None:
        """Send what is no event."""
        self._push(json.dumps(answer, ensure_ascii=False))

    def _push(self, text: str) -> None:
        if self.left_at:
            return
        if len(self._outgoing) >= _MOST_WAITING:
            self._end("a client is too slow")
            return
        self._outgoing.append(text)
        self._some.set()

    def leave(self, now: int) -> None:
        """The socket is gone; what it has not taken is kept among the last events."""
        self.left_at = now
        self._outgoing.clear()
        self.ended.clear()

    def rewind(self, number: int) -> bool:
        """Send again from an event on; False if it is forgotten."""
        missed = [text for seq, text in self._sent if seq >= number]
        if len(missed) != self._next - number:
            return False
        self._outgoing = deque(missed)
        self._some.set()
        return True

    async def send_to(self, socket: WebSocket) -> None:
        """Send what is to be sent, until cancelled."""
        while True:
            while self._outgoing:
                await socket.send_text(self._outgoing.popleft())
            self._some.clear()
            await self._some.wait()

    def connected(self) -> None:
        self._host.api.be_online(self.session.user_id)
        self._host.firing.tell("on_web_socket_connect", self.id, self.session.user_id)

    def disconnected(self, is_last: bool) -> None:
        if is_last:
            self._host.api.be_offline(self.session.user_id)
        self._host.firing.tell("on_web_socket_disconnect", self.id, self.session.user_id)

    def answer(self, message: dict[str, Any]) -> dict[str, Any] | None:
        """What the server says to a client's message; None to what it leaves unanswered."""
        action, seq = str(message.get("action", "")), message.get("seq", 0)
        data = message.get("data") or {}
        told = {**data, "remote_addr": self.address, "x_forwarded_for": self.forwarded_for}
        request = WebSocketRequest(seq=seq if isinstance(seq, int) else 0, action=action, data=told)
        user_id = self.session.user_id
        self._host.firing.tell("web_socket_message_has_been_posted", self.id, user_id, request)
        handler = _ACTIONS.get(action)
        if handler is None:
            if action.startswith("custom_"):
                return None
            error = {
                "id": "api.web_socket_router.bad_action.app_error",
                "message": f"Unknown action {action}.",
            }
            return {"status": "FAIL", "seq_reply": seq, "error": {**error, "status_code": 500}}
        return {"status": "OK", "seq_reply": seq, "data": handler(self._host, self.session, data)}


def _typing(host: Host, session: Session, data: dict[str, Any]) -> dict[str, Any]:
    channel_id, parent_id = str(data.get("channel_id", "")), str(data.get("parent_id", ""))
    if host.api.maybe_channel_member(channel_id, session.user_id) is not None:
        host.api.publish_user_typing(session.user_id, channel_id, parent_id)
    return {}


def _statuses(host: Host, session: Session, data: dict[str, Any]) -> dict[str, Any]:
    rows = host.store.rows("SELECT user_id, status FROM statuses WHERE status <> 'offline'")
    return dict(rows)


def _statuses_by_ids(host: Host, session: Session, data: dict[str, Any]) -> dict[str, Any]:
    ids = [str(id) for id in data.get("user_ids") or []]
    return {status.user_id: status.status for status in host.api.get_user_statuses_by_ids(ids)}


def _ping(host: Host, session: Session, data: dict[str, Any]) -> dict[str, Any]:
    return {"text": "pong", "version": host.api.get_server_version(), "server_time": host.clock.now()}


_ACTIONS: Final[dict[str, Callable[[Host, Session, dict[str, Any]], dict[str, Any]]]] = {
    "ping": _ping,
    "user_typing": _typing,
    "get_statuses": _statuses,
    "get_statuses_by_ids": _statuses_by_ids,
    "authentication_challenge": lambda host, session, data: {},
}


def _parsed(text: str) -> dict[str, Any]:
    with contextlib.suppress(ValueError):
        value = json.loads(text)
        if isinstance(value, dict):
            return value
    return {}
