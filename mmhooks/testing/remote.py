"""The fixture ``mm`` on a real Mattermost server in local mode: the plugin stays in the test's process."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterable, Mapping
from typing import Any, Final, NoReturn, TypeVar

import pytest

from mmhooks.api.client import API, AsyncAPI
from mmhooks.api.converter import json_converter, structure
from mmhooks.api.models import Bot, Channel, CommandResponse, Post, Reaction, Team, User
from mmhooks.errors import AppError, MmhooksError
from mmhooks.runtime.dispatch import Dispatcher
from mmhooks.runtime.extras import settings_schema
from mmhooks.server.connection import DEFAULT_SOCKET, SITE_URL, SOCKET, Server, at_socket
from mmhooks.testing.attached import AttachedWire
from mmhooks.testing.composition import PLUGIN_ID
from mmhooks.testing.listening import Listener, open_websocket
from mmhooks.testing.socket import Socket
from mmhooks.testing.workspace import Page, Workspace

__all__ = ["ServerWorkspace"]

T = TypeVar("T")
_QUIET_SECONDS: Final = 0.3
"""A server fires the hooks after the fact when it likes: so long without one, and there are no more."""
_SECONDS: Final = 30.0


def _only_embedded(what: str) -> NoReturn:
    pytest.skip(f"{what} is the embedded host's alone; a real server has nothing like it")


class ServerWorkspace(Workspace):
    """A `Workspace` on a real server: the same builders and actions, made by its REST API.

    Teams get a new name for every workspace, users keep theirs. What only the embedded host can do, such as moving the
    clock, skips the test and says so.

    Args:
        socket: of the server's local mode.
        site_url: where users log in.
    """

    def __init__(self, socket: str, site_url: str) -> None:
        import httpx

        self._begin()
        self._opened = at_socket(socket)
        self._server = self._opened.__enter__()
        self._site = httpx.Client(base_url=site_url, timeout=_SECONDS, trust_env=False)
        self._attached = AttachedWire(self._server, self._faults)
        self._suffix = secrets.token_hex(4)
        self._settings: dict[str, Any] = {}
        self._tokens: dict[str, str] = {}
        self._listeners: dict[str, Listener] = {}
        self._teams: dict[str, Team] = {}
        self._ended = 0.0

    @property
    def host(self) -> NoReturn:
        _only_embedded("mm.host")

    @property
    def clock(self) -> NoReturn:
        _only_embedded("mm.clock")

    @property
    def api(self) -> API:
        return self._attached.api

    @property
    def async_api(self) -> AsyncAPI:
        return self._attached.async_api

    # -- the plugin -----------------------------------------------------------------------------

    def _start_jobs(self) -> None:
        pass  # they are the clock's to run, and here is none

    def _stop_jobs(self) -> None:
        pass

    def _activate(self, dispatcher: Dispatcher) -> None:
        document = {
            "id": PLUGIN_ID,
            "name": "Test",
            "version": "0.0.0",
            "server": {"runtime": "python"},
            "settings_schema": {"settings": settings_schema(dispatcher.pm)},
        }
        self._attached.attach(dispatcher, document)

    def _note(self, trace: Any) -> None:
        super()._note(trace)
        self._ended = time.monotonic()

    def _deactivate(self) -> None:
        pass  # the server does, when it lets go

    def _detach(self) -> None:
        self._attached.release()

    def _save(self, settings: Mapping[str, Any]) -> None:
        self._settings |= settings
        mine = {"PluginSettings": {"Plugins": {PLUGIN_ID: self._settings}}}
        self._server.send("PUT", "/config/patch", json=mine)

    # -- builders -------------------------------------------------------------------------------

    def team(self, name: str = "team") -> Team:
        if name not in self._teams:
            body = {"name": f"{name}-{self._suffix}", "display_name": name, "type": "O"}
            self._teams[name] = self._made("/teams", body, Team)
        return self._teams[name]

    def user(self, name: str, *, admin: bool = False, team: Team | None = None) -> User:
        password = secrets.token_urlsafe(16) + "-Aa1"
        try:
            user = structure(self._server.send("GET", f"/users/username/{name}").json(), User)
            if user.id not in self._tokens:
                new = {"new_password": password}
                self._server.send("PUT", f"/users/{user.id}/password", json=new)
        except AppError as error:
            if error.status_code != 404:
                raise
            body = {"username": name, "email": f"{name}@example.com", "password": password}
            user = self._made("/users", body, User)
        roles = "system_admin system_user" if admin else "system_user"
        if set(user.roles.split()) != set(roles.split()):
            self._server.send("PUT", f"/users/{user.id}/roles", json={"roles": roles})
        if user.id not in self._tokens:
            answer = self._ask("POST", "/users/login", None, json={"login_id": name, "password": password})
            self._tokens[user.id] = answer.headers["Token"]
            self._listeners[user.id] = Listener(str(self._site.base_url).rstrip("/"), self._tokens[user.id])
        self._join(user, team or self.team())
        return user

    def _join(self, user: User, team: Team) -> None:
        self._server.send("POST", f"/teams/{team.id}/members", json={"team_id": team.id, "user_id": user.id})

    def bot(self, name: str) -> User:
        try:
            found = self._server.send("GET", f"/users/username/{name}").json()
        except AppError:
            bot = self.api.create_bot(Bot(username=name))
            found = self._server.send("GET", f"/users/{bot.user_id}").json()
        user = structure(found, User)
        if user.id not in self._tokens:
            answer = self._server.send("POST", f"/users/{user.id}/tokens", json={"description": "mmhooks"})
            self._tokens[user.id] = answer.json()["token"]
        self._join(user, self.team())
        return user

    def channel(
        self,
        name: str = "town-square",
        *,
        type: str = "O",
        team: Team | None = None,
        members: Iterable[User] = (),
        display_name: str = "",
    ) -> Channel:
        team = team or self.team()
        try:
            found = self._server.send("GET", f"/teams/{team.id}/channels/name/{name}").json()
            channel = structure(found, Channel)
        except AppError:
            body = {"team_id": team.id, "name": name, "display_name": display_name or name, "type": type}
            channel = self._made("/channels", body, Channel)
        for member in members:
            self._server.send("POST", f"/channels/{channel.id}/members", json={"user_id": member.id})
        return channel

    def _made(self, path: str, body: Mapping[str, Any], cls: type[T]) -> T:
        return structure(self._server.send("POST", path, json=body).json(), cls)

    # -- actions --------------------------------------------------------------------------------

    def _ask(self, method: str, path: str, by: str | None, **options: Any) -> Any:
        """Ask the REST API in a user's name.

        Raises:
            AppError: the server refused.
        """
        headers = {"Authorization": f"Bearer {self._tokens[by]}"} if by else {}
        return Server(self._site, str(self._site.base_url), is_local=False).send(
            method, path, headers=headers, **options
        )

    def _stored(self, post: Post, user_id: str) -> Post:
        body = {name: value for name, value in json_converter().unstructure(post).items() if name in _SENT}
        method, path = ("PUT", f"/posts/{post.id}/patch") if post.id else ("POST", "/posts")
        return structure(self._ask(method, path, user_id, json=body).json(), Post)

    def delete(self, post: Post, *, by: User | None = None) -> None:
        self._ask("DELETE", f"/posts/{post.id}", post.user_id if by is None else by.id)

    def react(self, post: Post, emoji_name: str, *, by: User) -> Reaction:
        body = {"user_id": by.id, "post_id": post.id, "emoji_name": emoji_name}
        return structure(self._ask("POST", "/reactions", by.id, json=body).json(), Reaction)

    def command(self, line: str, *, by: User, channel: Channel | None = None) -> CommandResponse:
        where = channel or self.channel()
        body = {"command": line, "channel_id": where.id, "team_id": where.team_id or self.team().id}
        return structure(self._ask("POST", "/commands/execute", by.id, json=body).json(), CommandResponse)

    def get(
        self,
        path: str,
        *,
        by: User | None = None,
        method: str = "GET",
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        lines = self._lines(by, headers)
        answer = self._site.request(method, f"/plugins/{PLUGIN_ID}{path}", content=body, headers=lines)
        return Page(status=answer.status_code, headers=answer.headers.multi_items(), body=answer.content)

    def _lines(self, by: User | None, headers: Mapping[str, str] | None) -> dict[str, str]:
        lines = {**(headers or {})}
        if by is not None:
            lines["Authorization"] = f"Bearer {self._tokens[by.id]}"
            lines["X-Requested-With"] = "XMLHttpRequest"  # against forged requests
        return lines

    def websocket(
        self,
        path: str,
        *,
        by: User | None = None,
        subprotocols: Iterable[str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Socket:
        url = str(self._site.base_url.join(f"/plugins/{PLUGIN_ID}{path}"))
        return Socket(open_websocket(url, self._lines(by, headers), subprotocols))

    def ephemeral(self, user: User) -> list[Post]:
        return self._listeners[user.id].posts()

    def settle(self) -> None:
        end = time.monotonic() + _SECONDS
        self._ended = max(self._ended, time.monotonic() - _QUIET_SECONDS / 2)
        while self._tracer.under_way or time.monotonic() - self._ended < _QUIET_SECONDS:
            assert time.monotonic() < end, f"hooks are still under way after {_SECONDS:.0f} s"
            time.sleep(0.02)

    def close(self) -> None:
        try:
            if self.pm is not None:
                self.settle()
                self._faults.mend()
                self.api.kv_delete_all()
                self.unload()
        finally:
            for listener in self._listeners.values():
                listener.close()
            self._attached.close()
            if self._settings:
                nothing: dict[str, Any] = {"PluginSettings": {"Plugins": {PLUGIN_ID: {}}}}
                self._server.send("PUT", "/config/patch", json=nothing)
            self._site.close()
            self._opened.__exit__(None, None, None)


_SENT: Final = frozenset({"channel_id", "message", "root_id", "props", "file_ids"})


def server_workspace() -> ServerWorkspace:
    """A workspace on the server that the environment names.

    Raises:
        MmhooksError: it names none.
    """
    socket, site_url = os.environ.get(SOCKET) or DEFAULT_SOCKET, os.environ.get(SITE_URL)
    if not site_url:
        raise MmhooksError(
            f"--mm-host server needs the server's address in {SITE_URL}, and its local mode's in {SOCKET}"
        )
    return ServerWorkspace(socket, site_url)
