"""A workspace in memory with the plugin under test in it: no server, no gRPC, one process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Final, Self

from attrs import define

from mmhooks.api.client import API, AsyncAPI
from mmhooks.api.http import Request, Response
from mmhooks.api.models import (
    Bot,
    Channel,
    CommandArgs,
    CommandResponse,
    PluginContext,
    Post,
    Reaction,
    Team,
    TeamMember,
    User,
)
from mmhooks.api.stream import ByteStream
from mmhooks.api.websocket import OpenWebSocket
from mmhooks.devhost.api.channel import new_member
from mmhooks.devhost.hooks import acting
from mmhooks.devhost.host import Host
from mmhooks.devhost.tables import TEAM_MEMBERS
from mmhooks.errors import AppError, app_error
from mmhooks.runtime.dispatch import Dispatcher
from mmhooks.runtime.extras import Extras, install, settings_schema
from mmhooks.runtime.manager import PluginManager
from mmhooks.runtime.trace import HookTrace
from mmhooks.testing.clock import WorkspaceClock
from mmhooks.testing.composition import PLUGIN_ID, composed
from mmhooks.testing.fault import Faults
from mmhooks.testing.outcome import HookCall, Outcome, is_refusal
from mmhooks.testing.socket import Socket
from mmhooks.testing.wire import GrpcWire, LocalWire, Wire

SETTLE_SECONDS: Final = 10.0


@define(frozen=True, kw_only=True)
class Page(Response):
    """A response of the plugin, as a whole."""

    body: bytes = b""

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class Workspace:
    """The fixture ``mm``::

        def test_shouting(mm):
            mm.load(Shout())
            ann = mm.user("ann")
            assert mm.post("hi", by=ann).post.message == "HI"

    What the builders `user`, `bot`, `team` and `channel` make is simply there: no hook fires, nothing is
    announced. Actions go the server's way; others than those below are methods of ``mm.host.api``.

    Args:
        over_grpc: whether host and plugin speak gRPC with each other, over sockets, as they do in life.
    """

    def __init__(self, *, over_grpc: bool = False) -> None:
        self._clock = WorkspaceClock(self)
        self._begin()
        self._host = Host(plugin_id=PLUGIN_ID, clock=self._clock)
        self._wire: Wire = (GrpcWire if over_grpc else LocalWire)(self._host, self._faults)

    def _begin(self) -> None:
        self.pm: PluginManager | None = None
        """The plugin's manager; None before `load`."""
        self.extras = Extras()
        """What the plugin has declared beside hookimpls: commands, routes, jobs, settings."""
        self._faults = Faults()
        self._calls: list[HookCall] = []
        self._logs: list[str] = []

    @property
    def host(self) -> Host:
        """The embedded host that plays the server."""
        return self._host

    @property
    def clock(self) -> WorkspaceClock:
        """What time it is: ``mm.clock.advance(days=1)``."""
        return self._clock

    @property
    def api(self) -> API:
        """The plugin's API client."""
        return self._wire.api

    @property
    def async_api(self) -> AsyncAPI:
        """The plugin's API client for ``async def``."""
        return self._wire.async_api

    # -- the plugin -----------------------------------------------------------------------------

    def load(self, *packages: object, settings: Mapping[str, Any] | None = None) -> None:
        """Make a plugin of packages and activate it, in the place of the one before.

        Args:
            packages: objects, classes, modules, single hookimpl functions, or names of installed packages.
            settings: what an administrator has set, by name.

        Raises:
            CompositionError: the packages do not make a plugin.
            AppError: the plugin could not be activated.
        """
        self.unload()
        if settings is not None:
            self._save(settings)
        pm = composed(packages)
        self.extras = install(pm, with_jobs=False)
        dispatcher = Dispatcher(pm)
        self._tracer = dispatcher.tracer
        self._end_trace = self._tracer.subscribe(self._note)
        self.pm = pm
        try:
            self._activate(dispatcher)
        except BaseException:
            self._forget()
            raise
        self._start_jobs()

    def _start_jobs(self) -> None:
        self.clock.start_jobs()

    def _activate(self, dispatcher: Dispatcher) -> None:
        dispatcher.pm.set_api(self.api, self.async_api)
        self.host.declare(settings_schema(dispatcher.pm))
        port = self._wire.port(dispatcher)
        self.host.attach(port)
        self.host.firing.ask("on_configuration_change")
        if "on_activate" in port.implemented():
            port.call("on_activate")

    def _note(self, trace: HookTrace) -> None:
        self._calls += [
            HookCall(trace.hook, step.package, step.outcome or "error", step.result, step.error)
            for step in trace.steps
        ]
        self._logs += [f"{record.levelname.lower()}: {record.getMessage()}" for record in trace.logs]

    def _forget(self) -> None:
        self._end_trace()
        self._stop_jobs()
        self._detach()
        self.pm = None

    def _stop_jobs(self) -> None:
        self.clock.stop_jobs()

    def _detach(self) -> None:
        self.host.detach()
        self._wire.release()

    def unload(self) -> None:
        """Deactivate the plugin, if there is one. What it has stored stays."""
        if self.pm is not None:
            self.settle()
            self._deactivate()
            self._forget()
            self.extras = Extras()

    def _deactivate(self) -> None:
        self.host.firing.ask("on_deactivate")

    def configure(self, **settings: Any) -> None:
        """Change settings as an administrator does; the plugin is told."""
        self._save(settings)

    def _save(self, settings: Mapping[str, Any]) -> None:
        self.host.api.save_plugin_config({**self.host.api.saved_plugin_config(), **settings})

    # -- builders -------------------------------------------------------------------------------

    def team(self, name: str = "team") -> Team:
        """The team of this name, made if there is none."""
        try:
            return self.host.api.get_team_by_name(name)
        except AppError:
            team = self.host.api.insert_team(
                Team(name=name, display_name=name, type="O", email=f"{name}@example.com")
            )
            self.channel("town-square", team=team)
            return team

    def user(self, name: str, *, admin: bool = False, team: Team | None = None) -> User:
        """The user of this name, made if there is none, a member of the team and its town square."""
        try:
            return self.host.api.get_user_by_username(name)
        except AppError:
            roles = "system_admin system_user" if admin else "system_user"
            user = self.host.api.insert_user(User(username=name, email=f"{name}@example.com", roles=roles))
        self._join(user, team or self.team())
        return user

    def bot(self, name: str) -> User:
        """A bot account as a user; made if there is none."""
        try:
            return self.host.api.get_user_by_username(name)
        except AppError:
            bot = self.api.create_bot(Bot(username=name))
        return self.host.api.get_user(bot.user_id)

    def channel(
        self,
        name: str = "town-square",
        *,
        type: str = "O",
        team: Team | None = None,
        members: Iterable[User] = (),
        display_name: str = "",
    ) -> Channel:
        """The channel of this name, made if there is none.

        Args:
            name: as in its address.
            type: ``O`` for open, ``P`` for private.
            team: its team; the one of `team` without one.
            members: become members.
            display_name: as people see it; the name without one.
        """
        api = self.host.api
        team = team or self.team()
        try:
            channel = api.get_channel_by_name(team.id, name, False)
        except AppError:
            new = Channel(team_id=team.id, name=name, display_name=display_name or name, type=type)
            channel = api.insert_channel(new)
        for member in members:
            api.insert_channel_member(new_member(channel.id, member))
        return channel

    def _join(self, user: User, team: Team) -> None:
        member = TeamMember(
            team_id=team.id, user_id=user.id, scheme_user=True, create_at=self.host.clock.now()
        )
        self.host.store.put(TEAM_MEMBERS, member)
        self.channel("town-square", team=team, members=[user])

    # -- actions --------------------------------------------------------------------------------

    def post(
        self, message: str, *, by: User, channel: Channel | None = None, reply_to: Post | None = None
    ) -> Outcome:
        """Post a message.

        Args:
            message: the text.
            by: the author.
            channel: where; that of the thread, or the town square, without one.
            reply_to: the post that begins the thread.
        """
        channel_id = reply_to.channel_id if reply_to is not None else (channel or self.channel()).id
        root_id = reply_to.id if reply_to is not None else ""
        return self._send(Post(message=message, user_id=by.id, channel_id=channel_id, root_id=root_id), by.id)

    def edit(self, post: Post, message: str) -> Outcome:
        """Edit a post in its author's name."""
        return self._send(post.evolve(message=message), post.user_id)

    def _send(self, post: Post, user_id: str) -> Outcome:
        begin, begin_logs = len(self._calls), len(self._logs)
        stored, refusal = None, None
        try:
            stored = self._stored(post, user_id)
        except AppError as error:
            if not is_refusal(error):
                raise
            refusal = error
        # The hooks after the fact run beside, also those of earlier posts.
        calls = tuple(call for call in self._calls[begin:] if call.hook.startswith("message_will_be_"))
        logs = tuple(self._logs[begin_logs:])
        return Outcome(sent=post.message, stored=stored, error=refusal, calls=calls, logs=logs)

    def _stored(self, post: Post, user_id: str) -> Post:
        save = self.host.api.update_post if post.id else self.host.api.save_post
        with acting(self.context(user_id)):
            return save(post)

    def delete(self, post: Post, *, by: User | None = None) -> None:
        """Delete a post, in its author's name without another one."""
        user_id = post.user_id if by is None else by.id
        with acting(self.context(user_id)):
            self.host.api.remove_post(post.id, user_id)

    def react(self, post: Post, emoji_name: str, *, by: User) -> Reaction:
        """React to a post."""
        with acting(self.context(by.id)):
            return self.host.api.add_reaction(Reaction(user_id=by.id, post_id=post.id, emoji_name=emoji_name))

    def command(self, line: str, *, by: User, channel: Channel | None = None) -> CommandResponse:
        """Send a slash command.

        Raises:
            AppError: there is no such command, or it answers with an error.
        """
        where = channel or self.channel()
        team_id = where.team_id or self.team().id
        args = CommandArgs(command=line, user_id=by.id, channel_id=where.id, team_id=team_id)
        with acting(self.context(by.id)):
            return self.host.api.run_command(args)

    def get(
        self,
        path: str,
        *,
        by: User | None = None,
        method: str = "GET",
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        """Ask the plugin's own web pages.

        Args:
            path: below ``/plugins/<id>``.
            by: who is logged in.
            method: another one than GET.
            body: what is sent.
            headers: what is sent beside.

        Returns:
            The response, its body read.

        Raises:
            AppError: the plugin could not answer at all.
        """
        response = self._request(path, by, headers or {}, method=method, body=body)
        if response is None:
            return Page(status=404)
        data = _read(response.body)
        trailers = response.trailers() if callable(response.trailers) else response.trailers
        return Page(status=response.status, headers=response.headers, body=data, trailers=trailers)

    def websocket(
        self,
        path: str,
        *,
        by: User | None = None,
        subprotocols: Iterable[str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Socket:
        """Open a WebSocket of the plugin's own: ``with mm.websocket("/live", by=ann) as socket:``.

        Args:
            path: below ``/plugins/<id>``.
            by: who is logged in.
            subprotocols: what is offered.
            headers: what is sent beside.

        Raises:
            AppError: the plugin has answered something else, with this status.
        """
        lines = dict(headers or {})
        if offered := ", ".join(subprotocols):
            lines["Sec-WebSocket-Protocol"] = offered
        response = self._request(path, by, lines, is_websocket=True)
        if not isinstance(response, OpenWebSocket):
            status, body = (404, b"") if response is None else (response.status, _read(response.body))
            text = f"no WebSocket at {path}, the plugin answered {status}: {body.decode(errors='replace')}"
            raise app_error(text, status_code=status, where="websocket")
        return Socket(response)

    def _request(
        self,
        path: str,
        by: User | None,
        headers: Mapping[str, str],
        *,
        method: str = "GET",
        body: bytes = b"",
        is_websocket: bool = False,
    ) -> Response | None:
        lines = [(name, value) for name, value in headers.items() if name.lower() != "mattermost-user-id"]
        if by is not None:
            lines.append(("Mattermost-User-Id", by.id))
        request = Request(
            method=method,
            url=path,
            request_uri=f"/plugins/{self.host.plugin_id}{path}",
            host="localhost:8065",
            headers=lines,
            body=ByteStream(iter([body] if body else [])),
            is_websocket=is_websocket,
        )
        context = self.context(by.id if by else "")
        answer: Response | None = self.host.firing.ask_or_fail("serve_http", context, request)
        return answer

    def ephemeral(self, user: User) -> list[Post]:
        """The posts that were shown to this user alone so far, the oldest first; nobody has stored them."""
        return [post for user_id, post in self.host.ephemeral if user_id == user.id]

    def settle(self) -> None:
        """Wait for the hooks that are fired after the fact, and for what they set off.

        Raises:
            AssertionError: they take too long.
        """
        assert self.host.drain(SETTLE_SECONDS), f"hooks are still under way after {SETTLE_SECONDS:.0f} s"

    # -- faults ---------------------------------------------------------------------------------

    def fail(self, method: str, error: BaseException | int, *, times: int | None = None) -> None:
        """Have an API method fail for the plugin from now on: ``mm.fail("get_user", 404)``.

        Args:
            method: its name, in snake_case.
            error: what it raises, or the status of an `AppError`.
            times: how often; always without it.
        """
        self._faults.fail(method, error, times)

    def delay(self, method: str, seconds: float, *, times: int | None = None) -> None:
        """Have an API method take so many seconds before it answers the plugin."""
        self._faults.delay(method, seconds, times)

    def host_gone(self) -> None:
        """Have every API call of the plugin raise `TransportError`."""
        self._faults.gone()

    def mend(self) -> None:
        """End all faults."""
        self._faults.mend()

    # -- what has happened ------------------------------------------------------------------------

    @property
    def calls(self) -> list[HookCall]:
        """Every hookimpl that was called so far, in the order they ended."""
        return list(self._calls)

    def context(self, user_id: str = "") -> PluginContext:
        """The context that hookimpls get for an action of this user."""
        return PluginContext(request_id="test", session_id=f"session-{user_id}" if user_id else "")

    def close(self) -> None:
        """Deactivate the plugin and forget the workspace."""
        try:
            self.unload()
        finally:
            self._wire.close()
            self.host.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        names = [] if self.pm is None else [name for name, _ in self.pm.list_name_plugin()]
        return f"<Workspace with {', '.join(names) or 'no plugin'}>"


def _read(body: Any) -> bytes:
    """The body of a response that came from the plugin."""
    if body is None or isinstance(body, str):
        return (body or "").encode()
    return body if isinstance(body, bytes) else b"".join(body)
