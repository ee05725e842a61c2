"""Arguments to fire a hook with by hand: of things that are there in a workspace, with sensible values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from mmhooks.api._generated.hooks import HOOKS
from mmhooks.api.converter import json_converter, structure
from mmhooks.api.http import Request
from mmhooks.api.method import resolve
from mmhooks.api.models import (
    Channel,
    CommandArgs,
    EmailNotification,
    FileInfo,
    PluginContext,
    Post,
    PushNotification,
    Reaction,
    Status,
    Team,
    User,
)
from mmhooks.api.stream import ByteStream
from mmhooks.devhost.api.channel import new_member
from mmhooks.devhost.host import Host
from mmhooks.devhost.ids import new_id
from mmhooks.devhost.notice import News, Reader, mail_for, push_for
from mmhooks.errors import ConversionError, MmhooksError
from mmhooks.runtime.nearest import did_you_mean

__all__ = ["Sample"]


class Sample:
    """Values of one workspace. What is missing in it is made: a user, a team, a channel, a post.

    Args:
        host: whose workspace.
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self.user = self._user()
        self.team = self._team()
        self.channel = self._channel()
        self.post = self._post()
        self._ids = {
            "user_id": self.user.id,
            "creator_id": self.user.id,
            "team_id": self.team.id,
            "channel_id": self.channel.id,
            "post_id": self.post.id,
        }

    def arguments(self, hook: str, given: Mapping[str, Any]) -> list[Any]:
        """The arguments of a hook in its order.

        Args:
            hook: its name, in snake_case.
            given: JSON values by argument; of a model only the fields that matter. ``request`` takes ``body`` as
                text, ``file`` is text.

        Raises:
            MmhooksError: a value does not fit, or the hook has no such argument.
        """
        names = [param.name for param in HOOKS[hook].params]
        for name in given:
            if name not in names:
                raise MmhooksError(f"{hook} has no argument {name!r}{did_you_mean(name, names)}")
        return [self._argument(hook, param.name, param.type, given) for param in HOOKS[hook].params]

    def _argument(self, hook: str, name: str, annotation: str, given: Mapping[str, Any]) -> Any:
        if name == "request" and hook in ("serve_http", "serve_metrics"):
            return self._request(given.get(name) or {})
        if name == "file":
            return ByteStream(iter([str(given.get(name, "The content of a file.\n")).encode()]))
        kind = resolve(annotation)
        value = self._value(name, kind)
        if name not in given:
            return value
        try:
            return structure(_overlaid(json_converter().unstructure(value), given[name]), kind, name)
        except ConversionError as error:
            raise MmhooksError(f"{hook}: {error}") from None

    def _request(self, given: Mapping[str, Any]) -> Request:
        fields = {"method": "GET", "url": "/", "host": "localhost", "proto": "HTTP/1.1", **given}
        body = str(fields.pop("body", "")).encode()
        headers = [("Mattermost-User-Id", self.user.id), *dict(fields.pop("headers", {})).items()]
        known = {field.name for field in attrs.fields(Request)}
        for name in fields:
            if name not in known:
                raise MmhooksError(f"request has no field {name!r}{did_you_mean(name, known)}")
        uri = f"/plugins/{self._host.plugin_id}{fields['url']}"
        return Request(**{"request_uri": uri, **fields}, headers=headers, body=ByteStream(iter([body])))

    def _value(self, name: str, annotation: Any) -> Any:
        """A sensible value of a type for something of this name."""
        known: dict[Any, Callable[[], Any]] = {
            PluginContext: lambda: PluginContext(
                request_id=new_id(), session_id=new_id(), ip_address="127.0.0.1"
            ),
            Post: lambda: self.post,
            User: lambda: self.user,
            Team: lambda: self.team,
            Channel: lambda: self.channel,
            CommandArgs: lambda: CommandArgs(
                command=self._command(),
                user_id=self.user.id,
                team_id=self.team.id,
                channel_id=self.channel.id,
                trigger_id=self._host.api.new_trigger(self.user.id).id,
            ),
            EmailNotification: self._mail,
            PushNotification: self._push,
            FileInfo: lambda: FileInfo(
                id=new_id(),
                creator_id=self.user.id,
                channel_id=self.channel.id,
                name="notes.txt",
                extension="txt",
            ),
            Reaction: lambda: Reaction(user_id=self.user.id, post_id=self.post.id, emoji_name="smile"),
        }
        if annotation in known:
            return known[annotation]()
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin in (Union, UnionType):
            return self._value(name, next(part for part in inner if part is not NoneType))
        if origin is list:
            return [self._value(name.removesuffix("s"), inner[0])]
        if origin is dict:
            return {}
        if annotation is str:
            return self._ids.get(name) or (new_id() if name.endswith("_id") else _TEXTS.get(name, name))
        if annotation is int:
            return self._host.clock.now() if name.endswith(("_at", "time")) else 1
        if annotation in (bool, bytes, float):
            return {bool: False, bytes: b"", float: 0.0}[annotation]
        return self._model(annotation) if attrs.has(annotation) else {}

    def _model(self, cls: Any) -> Any:
        """A model with its plain fields filled; what is nested keeps its default."""
        types = get_type_hints(cls)
        plain = {
            field.name: types[field.name] for field in attrs.fields(cls) if types[field.name] in (str, int)
        }
        unset = ("delete_at", "remote_id", "scheme_id", "expire_at")
        return cls(**{name: self._value(name, kind) for name, kind in plain.items() if name not in unset})

    def _mail(self) -> EmailNotification:
        rules = self._host.api.notification_rules()
        return mail_for(self._news(), self._reader(), rules, self.team)

    def _push(self) -> PushNotification:
        return push_for(self._news(), self._reader(), self._host.api.notification_rules(), badge=1)

    def _news(self) -> News:
        sender = self._host.api.get_user(self.post.user_id)
        return News(post=self.post, channel=self.channel, sender=sender)

    def _reader(self) -> Reader:
        member = self._host.api.get_channel_member(self.channel.id, self.user.id)
        status = Status(user_id=self.user.id, status="away")
        return Reader(user=self.user, member=member, status=status, is_mentioned=True, is_following=False)

    def _command(self) -> str:
        commands = self._host.api.list_plugin_commands(self.team.id)
        return f"/{commands[0].trigger}" if commands else "/help"

    def _user(self) -> User:
        users = self._host.api.users_where("WHERE users.delete_at = 0 ORDER BY users.create_at LIMIT 1")
        return (
            users[0] if users else self._host.api.insert_user(User(username="ann", email="ann@example.com"))
        )

    def _team(self) -> Team:
        api = self._host.api
        found = self._host.store.scalar("SELECT team_id FROM team_members WHERE user_id = ?", self.user.id)
        if found is not None:
            return api.get_team(found)
        teams = api.get_teams()
        team = teams[0] if teams else api.create_team(Team(name="team", display_name="Team", type="O"))
        api.join_team(team, self.user)
        return team

    def _channel(self) -> Channel:
        square = self._host.api.get_channel_by_name(self.team.id, "town-square", False)
        if self._host.api.maybe_channel_member(square.id, self.user.id) is None:
            self._host.api.insert_channel_member(new_member(square.id, self.user))
        return square

    def _post(self) -> Post:
        order = self._host.api.get_posts_for_channel(self.channel.id, 0, 1)
        if order.order and not order.posts[order.order[0]].type:
            return order.posts[order.order[0]]
        post = Post(user_id=self.user.id, channel_id=self.channel.id, message="Hello, world.")
        return self._host.api.insert_post(post, self.user).evolve(metadata=None)


_TEXTS = {
    "download_type": "file",
    "username": "ann",
    "email": "ann@example.com",
    "message": "Hello, world.",
    "type": "",
    "name": "name",
    "locale": "en",
}


def _overlaid(value: Any, given: Any) -> Any:
    if isinstance(value, dict) and isinstance(given, Mapping):
        return {**value, **{key: _overlaid(value.get(key), one) for key, one in given.items()}}
    return given
