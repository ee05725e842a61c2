"""Teams, channels, users and their memberships out of a bulk export; fires no hooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, BinaryIO, Final, cast

from mmhooks.api.models import Bot, Channel, ChannelMember, Emoji, Preference, Team, TeamMember, User
from mmhooks.devhost.bulk import BulkFile
from mmhooks.devhost.host import Host
from mmhooks.devhost.ids import new_id
from mmhooks.devhost.tables import EMOJIS, PREFERENCES, TEAM_MEMBERS, USERS
from mmhooks.errors import MmhooksError

__all__ = ["ExportError", "Structure"]

_USER_FIELDS: Final = ("username", "nickname", "first_name", "last_name", "position", "locale")


class ExportError(MmhooksError):
    """A line of an export says what cannot be."""


class Structure:
    """Writes the structure of a workspace, and finds it again by the names that the export uses.

    Args:
        host: whose workspace it becomes.
        bulk: the export, for the files that belong to it.
        complain: told of what is wrong with a part of a line whose other parts are taken.
    """

    def __init__(self, host: Host, bulk: BulkFile, complain: Callable[[str], object]) -> None:
        self._host = host
        self._bulk = bulk
        self._complain = complain
        self._users: dict[str, str] = {}
        self._teams: dict[str, str] = {}
        self._channels: dict[tuple[str, str], str] = {}

    def load(self, kind: str, value: dict[str, Any]) -> bool:
        """Write one line; say whether it was of a kind that is understood.

        Raises:
            ExportError: the line names what is not there.
            AppError: the server would not take it.
        """
        loader = {
            "team": self._team,
            "channel": self._channel,
            "user": self._user,
            "bot": self._bot,
            "direct_channel": self._direct_channel,
            "emoji": self._emoji,
        }.get(kind)
        if loader is not None:
            loader(value)
        return loader is not None

    def user_id(self, username: Any) -> str:
        """Return the id of a user named in the export."""
        query = "SELECT id FROM users WHERE username = ?"
        return self._id("user", username, self._users, query)

    def team_id(self, team: Any) -> str:
        """Return the id of a team named in the export."""
        return self._id("team", team, self._teams, "SELECT id FROM teams WHERE name = ?")

    def _id(self, kind: str, value: Any, known: dict[str, str], query: str) -> str:
        name = _text(value, kind).lower()
        if name not in known:
            found = self._host.store.scalar(query, name)
            if found is None:
                raise ExportError(f"there is no {kind} {name!r}")
            known[name] = found
        return known[name]

    def channel_id(self, team: Any, channel: Any) -> str:
        """Return the id of a team's channel named in the export."""
        key = (_text(team, "team").lower(), _text(channel, "channel").lower())
        if key not in self._channels:
            query = "SELECT id FROM channels WHERE team_id = ? AND name = ?"
            found = self._host.store.scalar(query, self.team_id(key[0]), key[1])
            if found is None:
                raise ExportError(f"there is no channel {key[1]!r} in team {key[0]!r}")
            self._channels[key] = found
        return self._channels[key]

    def direct_channel_id(self, usernames: Any) -> str:
        """Return the id of the channel between some users; it is made if it is not there."""
        if not isinstance(usernames, list) or not usernames:
            raise ExportError("a direct channel needs the names of its members")
        key = ("", " ".join(sorted(str(name) for name in usernames)))
        if key in self._channels:
            return self._channels[key]
        ids = list(dict.fromkeys(self.user_id(name) for name in usernames))
        users = [self._host.api.get_user(id) for id in ids]
        self._channels[key] = self._host.api.open_direct(users)[0].id
        return self._channels[key]

    def _team(self, value: Mapping[str, Any]) -> None:
        name = _text(value.get("name"), "name").lower()
        if self._host.store.scalar("SELECT 1 FROM teams WHERE name = ?", name) is None:
            self._host.api.insert_team(
                Team(
                    name=name,
                    display_name=value.get("display_name") or name,
                    type=value.get("type") or "O",
                    description=value.get("description") or "",
                    allow_open_invite=bool(value.get("allow_open_invite")),
                )
            )

    def _channel(self, value: Mapping[str, Any]) -> None:
        team_id = self.team_id(value.get("team"))
        name = _text(value.get("name"), "name").lower()
        query = "SELECT 1 FROM channels WHERE team_id = ? AND name = ?"
        if self._host.store.scalar(query, team_id, name) is not None:
            return
        channel = self._host.api.insert_channel(
            Channel(
                team_id=team_id,
                name=name,
                display_name=value.get("display_name") or name,
                type=value.get("type") or "O",
                header=value.get("header") or "",
                purpose=value.get("purpose") or "",
            )
        )
        if value.get("deleted_at"):
            archive = "UPDATE channels SET delete_at = ? WHERE id = ?"
            self._host.store.execute(archive, value["deleted_at"], channel.id)

    def _user(self, value: Mapping[str, Any]) -> None:
        name = _text(value.get("username"), "username").lower()
        user_id = self._host.store.scalar("SELECT id FROM users WHERE username = ?", name)
        if user_id is None:
            user_id = self._new_user(value)
        for membership in value.get("teams") or []:
            self._kept(partial(self._join_team, user_id, membership))

    def _new_user(self, value: Mapping[str, Any]) -> str:
        fields: dict[str, Any] = {name: value.get(name) or "" for name in _USER_FIELDS}
        user = self._host.api.insert_user(
            User(
                **fields,
                email=_text(value.get("email"), "email"),
                roles=value.get("roles") or "system_user",
                auth_data=value.get("auth_data") or None,
                auth_service=value.get("auth_service") or "",
                notify_props={key: str(one) for key, one in (value.get("notify_props") or {}).items()},
                email_verified=True,
            )
        )
        if value.get("delete_at"):
            stored = self._host.store.get(USERS, user.id) or user
            self._host.store.update(USERS, stored.evolve(delete_at=value["delete_at"]))
        return user.id

    def _join_team(self, user_id: str, value: Mapping[str, Any]) -> None:
        team = value.get("name")
        roles = (value.get("roles") or "team_user").split()
        member = TeamMember(
            team_id=self.team_id(team),
            user_id=user_id,
            explicit_roles=_explicit("team", roles),
            create_at=self._host.clock.now(),
            **_scheme("team", roles),
        )
        self._host.store.put(TEAM_MEMBERS, member)
        for membership in value.get("channels") or []:
            self._kept(partial(self._join_channel, user_id, team, membership))

    def _join_channel(self, user_id: str, team: Any, value: Mapping[str, Any]) -> None:
        channel_id = self.channel_id(team, value.get("name"))
        roles = (value.get("roles") or "channel_user").split()
        member = ChannelMember(
            channel_id=channel_id,
            user_id=user_id,
            explicit_roles=_explicit("channel", roles),
            notify_props={key: str(one) for key, one in (value.get("notify_props") or {}).items()},
            last_viewed_at=value.get("last_viewed_at") or 0,
            **_scheme("channel", roles),
        )
        self._host.api.insert_channel_member(member)
        if value.get("favorite"):
            star = Preference(user_id=user_id, category="favorite_channel", name=channel_id, value="true")
            self._host.store.put(PREFERENCES, star)

    def _bot(self, value: Mapping[str, Any]) -> None:
        name = _text(value.get("username"), "username").lower()
        if self._host.store.scalar("SELECT 1 FROM users WHERE username = ?", name) is not None:
            return
        owner = value.get("owner") or ""
        owner_id = self._host.store.scalar("SELECT id FROM users WHERE username = ?", str(owner).lower())
        self._host.api.save_bot(
            Bot(
                username=name,
                display_name=value.get("display_name") or "",
                description=value.get("description") or "",
                owner_id=owner_id or owner or self._host.plugin_id,
            )
        )

    def _direct_channel(self, value: Mapping[str, Any]) -> None:
        people = value.get("participants")
        names = [one.get("username") for one in people] if people else value.get("members")
        channel_id = self.direct_channel_id(names)
        header = value.get("header") or ""
        self._host.store.execute("UPDATE channels SET header = ? WHERE id = ?", header, channel_id)

    def _emoji(self, value: Mapping[str, Any]) -> None:
        name, path = _text(value.get("name"), "name").lower(), _text(value.get("image"), "image")
        now = self._host.clock.now()
        emoji = Emoji(id=new_id(), name=name, create_at=now, update_at=now)
        content = self._bulk.attachment(path)
        if content is None:
            raise ExportError(f"the picture {path} of emoji {name!r} is missing")
        with content:
            self._host.api.write_blob(f"emoji/{emoji.id}/image", cast("BinaryIO", content))
        self._host.store.put(EMOJIS, emoji)

    def _kept(self, step: Callable[[], object]) -> None:
        try:
            step()
        except MmhooksError as error:
            self._complain(str(error))


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise ExportError(f'"{name}" is missing')
    return value


def _scheme(level: str, roles: Iterable[str]) -> dict[str, Any]:
    given = set(roles)
    return {f"scheme_{part}": f"{level}_{part}" in given for part in ("guest", "user", "admin")}


def _explicit(level: str, roles: Iterable[str]) -> str:
    own = {f"{level}_{part}" for part in ("guest", "user", "admin")}
    return " ".join(role for role in roles if role not in own)
