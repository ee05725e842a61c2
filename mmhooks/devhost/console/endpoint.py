"""The console's JSON endpoints, below ``/console/api/``. Handlers are plain functions, each on a thread of its own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, Final

import attrs
from attrs import frozen
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from mmhooks.api.converter import json_converter
from mmhooks.api.models import Session, User
from mmhooks.devhost.api.base import fail
from mmhooks.devhost.console import traces, values
from mmhooks.devhost.console.feed import Feed
from mmhooks.devhost.console.plugin import PluginView
from mmhooks.devhost.hooks import acting
from mmhooks.devhost.ids import new_id
from mmhooks.devhost.live import Live
from mmhooks.devhost.rest.call import context_of, refusal
from mmhooks.errors import AppError, MmhooksError
from mmhooks.runtime.threads import WorkerThreads

__all__ = ["Endpoints"]

_LARGEST_BODY: Final = 32 << 20
_LOG_LINES: Final = 2000
_CONFLICT: Final = 409


@frozen
class Ask:
    """A request, read."""

    request: Request
    body: bytes

    @property
    def query(self) -> dict[str, str]:
        """The parameters in the address."""
        return dict(self.request.query_params)

    @property
    def number(self) -> int:
        """The number in the address."""
        return int(self.request.path_params["number"])

    def fields(self) -> dict[str, Any]:
        """The body, an object.

        Raises:
            AppError: (400) it is something else.
        """
        try:
            value = json.loads(self.body or b"{}")
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise fail("Console", "mmhooks.console.body", 400, "The body has to be a JSON object.")
        return value


class Endpoints:
    """What pages and tools ask.

    Args:
        live: the plugin on its host.
        plugin: shows it.
        feed: news as they come.
    """

    def __init__(self, live: Live, plugin: PluginView, feed: Feed) -> None:
        self._live, self._host, self._plugin, self._feed = live, live.host, plugin, feed
        self._threads = WorkerThreads("mmhooks-console")

    def routes(self) -> list[BaseRoute]:
        """Routes for an application."""
        table: tuple[tuple[str, str, Callable[[Ask], Any]], ...] = (
            ("GET", "workspace", lambda ask: self._workspace()),
            ("POST", "sessions", self._session),
            ("POST", "users", self._new_user),
            ("GET", "traces", lambda ask: {"traces": traces.select(self._live, ask.query)}),
            ("DELETE", "traces", lambda ask: self._forget()),
            ("GET", "traces/{number:int}", lambda ask: traces.find(self._live, ask.number)),
            ("POST", "traces/{number:int}/replay", lambda ask: traces.replay(self._live, ask.number)),
            ("GET", "kv", lambda ask: values.list_values(self._host, ask.query.get("text", ""))),
            ("GET", "kv/value", lambda ask: values.get_value(self._host, ask.query.get("key", ""))),
            ("PUT", "kv/value", lambda ask: values.set_value(self._host, ask.fields())),
            ("DELETE", "kv/value", lambda ask: values.delete_value(self._host, ask.query.get("key", ""))),
            ("GET", "state", lambda ask: self._plugin.state()),
            ("GET", "plugin", lambda ask: self._plugin.whole()),
            ("PUT", "plugin/settings", lambda ask: self._plugin.save(ask.fields())),
            ("POST", "plugin/enable", lambda ask: self._switch(True)),
            ("POST", "plugin/disable", lambda ask: self._switch(False)),
            ("GET", "logs", lambda ask: self._logs()),
        )
        made: list[BaseRoute] = [
            Route(f"/console/api/{path}", self._endpoint(handler), methods=[method])
            for method, path, handler in table
        ]
        return [*made, Route("/console/api/events", self._events)]

    def _endpoint(self, handler: Callable[[Ask], Any]) -> Any:
        async def endpoint(request: Request) -> Response:
            body = bytearray()
            async for chunk in request.stream():
                body += chunk
                if len(body) > _LARGEST_BODY:
                    return refusal(fail("Console", "mmhooks.console.size", 413, "This is too large."))
            ask = Ask(request, bytes(body))
            return await self._threads.run(asyncio.get_running_loop(), _answer, handler, ask)

        return endpoint

    async def _events(self, request: Request) -> Response:
        return StreamingResponse(self._feed.listen(), media_type="text/event-stream")

    # -- the workspace --------------------------------------------------------------------------

    def _workspace(self) -> dict[str, Any]:
        users = self._host.api.users_where("WHERE users.delete_at = 0 ORDER BY username LIMIT 1000")
        plain = json_converter().unstructure
        kept = ("id", "username", "nickname", "first_name", "last_name", "roles", "is_bot")
        return {
            "users": [{key: plain(user).get(key) for key in kept} for user in users],
            "teams": [
                {"id": team.id, "name": team.name, "display_name": team.display_name}
                for team in self._host.api.get_teams()
            ],
            "plugin": self._plugin.state(),
        }

    def _session(self, ask: Ask) -> dict[str, Any]:
        """Log in as somebody, as the server does once a password was found right: a plugin may refuse."""
        user = self._host.api.get_user(str(ask.fields().get("user_id", "")))
        return {"token": self._host.log_in(user).token, "user_id": user.id}

    def _new_user(self, ask: Ask) -> dict[str, Any]:
        """Make a user, a member of every team."""
        name = str(ask.fields().get("username", "")).strip().lower()
        if self._host.store.scalar("SELECT 1 FROM users WHERE username = ?", name):
            raise fail("Console", "mmhooks.console.user", 400, f"There is a user {name!r} already.")
        person = User(username=name, email=f"{name}@example.com", password=new_id())
        user = self._host.api.create_user(person)
        for team in self._host.api.get_teams():
            self._host.api.join_team(team, user)
        return {"id": user.id, "username": user.username}

    # -- the plugin -----------------------------------------------------------------------------

    def _forget(self) -> dict[str, Any]:
        self._live.traces.clear()
        return {"traces": []}

    def _switch(self, is_on: bool) -> dict[str, Any]:
        self._live.switch(is_on)
        self._feed.tell("plugin", {"event": "switched", "state": self._plugin.state()})
        return self._plugin.state()

    def _logs(self) -> dict[str, Any]:
        return {"logs": [attrs.asdict(record) for record in list(self._host.logs)[-_LOG_LINES:]]}


def _answer(handler: Callable[[Ask], Any], ask: Ask) -> Response:
    try:
        with acting(context_of(ask.request, Session(), new_id())):
            value = handler(ask)
    except AppError as error:
        return refusal(error)
    except MmhooksError as error:
        return JSONResponse({"message": str(error), "status_code": _CONFLICT}, _CONFLICT)
    text = json.dumps(value, ensure_ascii=False, default=str)
    return Response(text, media_type="application/json")
