"""The fixture ``mm`` on a real Mattermost server in local mode: the plugin stays in the test's process."""

from __future__ import annotations

import asyncio
import json
import os
import queue
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Coroutine, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

import pytest

from mmhooks.api.client import API, AsyncAPI
from mmhooks.api.converter import json_converter, structure
from mmhooks.api.models import Channel, CommandResponse, Post, Reaction, Team, User
from mmhooks.bundle.bridge import bridge_binary
from mmhooks.bundle.manifest import parse_manifest
from mmhooks.errors import AppError, MmhooksError
from mmhooks.runtime.dispatch import Dispatcher
from mmhooks.runtime.extras import settings_schema
from mmhooks.runtime.plugin import close_channels, open_transports
from mmhooks.runtime.servant import Servant
from mmhooks.runtime.statistics import Statistics
from mmhooks.runtime.threads import BackgroundLoop
from mmhooks.server.attached import Bridge
from mmhooks.server.connection import DEFAULT_SOCKET, SITE_URL, SOCKET, Server, at_socket
from mmhooks.testing.composition import PLUGIN_ID
from mmhooks.testing.fault import Faults
from mmhooks.testing.relay import ENVIRONMENT, SERVANT, write
from mmhooks.testing.wire import clients
from mmhooks.testing.workspace import Page, Workspace

__all__ = ["ServerWorkspace"]

T = TypeVar("T")
_QUIET_SECONDS: Final = 0.3
"""A server fires the hooks after the fact when it likes: so long without one, and there are no more."""
_SECONDS: Final = 30.0


def _only_embedded(what: str) -> NoReturn:
    pytest.skip(f"{what} is the embedded host's alone; a real server has nothing like it")


class AttachedWire:
    """A bridge beside the server, whose servant is in this process."""

    def __init__(self, server: Server, faults: Faults) -> None:
        self._server = server
        self._faults = faults
        self._loop = BackgroundLoop("mmhooks-testing-loop")
        self._folder = Path()
        self._channels: tuple[object, ...] = ()
        self._bridge: Bridge | None = None
        self._servant: Servant | None = None
        self._clients: tuple[API, AsyncAPI] | None = None

    @property
    def api(self) -> API:
        return self._both()[0]

    @property
    def async_api(self) -> AsyncAPI:
        return self._both()[1]

    def _both(self) -> tuple[API, AsyncAPI]:
        if self._clients is None:
            raise MmhooksError("on a real server there is an API only for a plugin: call mm.load first")
        return self._clients

    def attach(self, dispatcher: Dispatcher, document: Mapping[str, Any]) -> None:
        """Make the plugin the server's, and wait until it is active.

        Raises:
            AppError: it could not be activated.
        """
        self._folder = Path(tempfile.mkdtemp(prefix="mmhooks-t-"))
        events: queue.Queue[Mapping[str, Any]] = queue.Queue()
        command = (sys.executable, "-m", "mmhooks.testing.relay", str(self._folder))
        self._bridge = Bridge(
            bridge_binary(),
            parse_manifest(document),
            self._server.name,
            command,
            has_deadlines=False,
            tell=lambda bridge, event: events.put(event),
        )
        given = json.loads(_appearing(self._folder / ENVIRONMENT))
        self._run(self._serve(dispatcher, given))
        reattach = _wanted(events, "ready")["reattach"]
        body = {"Manifest": document, "PluginReattachConfig": reattach}
        self._server.send("POST", "/plugins/reattach", json=body)
        if error := _wanted(events, "activated").get("error"):
            raise AppError(str(error), id="mmhooks.on_activate.failed", status_code=500)

    async def _serve(self, dispatcher: Dispatcher, given: Mapping[str, str]) -> None:
        target, token = given["MATTERMOST_PLUGIN_API_TARGET"], given["MATTERMOST_PLUGIN_API_TOKEN"]
        transport, async_transport, self._channels = open_transports(
            target, token, given.get("MATTERMOST_PLUGIN_API_FRAMES", "")
        )
        self._clients = clients(transport, async_transport, self._faults)
        dispatcher.pm.set_api(*self._clients)
        dispatcher.pm.lanes.loop = asyncio.get_running_loop()
        self._servant = Servant(dispatcher, Statistics())
        path = self._folder / "s.sock"
        await self._servant.start(f"unix:{path}")
        write(self._folder / SERVANT, str(path))

    def release(self) -> None:
        if self._bridge is not None:
            self._bridge.close()
        if self._servant is not None:
            self._run(self._servant.stop(1))
            self._run(close_channels(self._channels))
            shutil.rmtree(self._folder, ignore_errors=True)
        self._bridge, self._servant, self._clients, self._channels = None, None, None, ()

    def close(self) -> None:
        self.release()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop.get()).result(_SECONDS)


def _appearing(file: Path) -> str:
    end = time.monotonic() + _SECONDS
    while not file.exists():
        if time.monotonic() > end:
            raise MmhooksError("the bridge does not start what stands for the servant; see its output above")
        time.sleep(0.005)
    return file.read_text()


def _wanted(events: queue.Queue[Mapping[str, Any]], name: str) -> Mapping[str, Any]:
    while (event := events.get(timeout=_SECONDS))["event"] != name:
        if event["event"] in ("failed", "gone", "given_up"):
            raise MmhooksError(f"the bridge could not attach the plugin: {event.get('error', event)}")
    return event


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
        self._join(user, team or self.team())
        return user

    def _join(self, user: User, team: Team) -> None:
        self._server.send("POST", f"/teams/{team.id}/members", json={"team_id": team.id, "user_id": user.id})

    def bot(self, name: str) -> User:
        _only_embedded("mm.bot")

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
        lines = {**(headers or {})}
        if by is not None:
            lines["Authorization"] = f"Bearer {self._tokens[by.id]}"
            lines["X-Requested-With"] = "XMLHttpRequest"  # against forged requests
        answer = self._site.request(method, f"/plugins/{PLUGIN_ID}{path}", content=body, headers=lines)
        return Page(status=answer.status_code, headers=answer.headers.multi_items(), body=answer.content)

    def websocket(self, *arguments: Any, **named: Any) -> NoReturn:
        _only_embedded("mm.websocket")

    def ephemeral(self, user: User) -> NoReturn:
        _only_embedded("mm.ephemeral")

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
