"""A workspace as a Mattermost bulk export, which a server imports: ``.jsonl``, or ``.zip`` with the files in it."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from mmhooks.api.models import Channel, ChannelMember, FileInfo, Post, User
from mmhooks.devhost.host import Host
from mmhooks.devhost.roles import with_roles
from mmhooks.devhost.tables import (
    BOTS,
    CHANNEL_MEMBERS,
    CHANNELS,
    FILE_INFOS,
    POSTS,
    REACTIONS,
    TEAM_MEMBERS,
    TEAMS,
    USERS,
)
from mmhooks.errors import MmhooksError

__all__ = ["Progress", "export"]

Progress = Callable[[int, int], object]
"""Called with the number of posts that are written, and that of all."""

Row = dict[str, Any]
_DIRECT: Final = ("D", "G")
_ORDER: Final = "ORDER BY create_at, posts.rowid"


def export(host: Host, target: Path, progress: Progress = lambda done, total: None) -> Counter[str]:
    """Write everything that a bulk file has a place for; nothing is left of one that cannot be finished.

    Args:
        host: whose workspace.
        target: the file; with ``.zip`` at the end the files of posts go into it too.
        progress: told now and then.

    Returns:
        How many lines of each kind there are; ``attachment`` counts files.

    Raises:
        MmhooksError: the file cannot be written.
    """
    writer = _Export(host, with_files=target.suffix == ".zip", progress=progress)
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent or ".")
        try:
            with os.fdopen(descriptor, "wb") as file:
                writer.write(file)
            Path(name).chmod(0o644)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise MmhooksError(f"{target}: cannot be written: {error.strerror or error}") from error
    return writer.counts


class _Export:
    def __init__(self, host: Host, *, with_files: bool, progress: Progress) -> None:
        self._host = host
        self._store = host.store
        self._with_files = with_files
        self._progress = progress
        self.counts: Counter[str] = Counter()
        self._users = {user.id: user for user in self._store.select(USERS, "ORDER BY create_at, users.rowid")}
        self._teams = {team.id: team for team in self._store.select(TEAMS, "ORDER BY create_at, teams.rowid")}
        self._channels = {
            one.id: one for one in self._store.select(CHANNELS, "ORDER BY create_at, channels.rowid")
        }
        self._bots = {bot.user_id: bot for bot in self._store.select(BOTS)}
        self._members: dict[str, list[ChannelMember]] = {}
        for member in self._store.select(CHANNEL_MEMBERS):
            self._members.setdefault(member.user_id, []).append(member)
        self._files: list[FileInfo] = []

    def write(self, file: IO[bytes]) -> None:
        if not self._with_files:
            file.writelines(self._lines())
            return
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open("export.jsonl", "w", force_zip64=True) as lines:
                for line in self._lines():
                    lines.write(line)
            for info in self._files:
                with archive.open(f"data/{_place(info)}", "w", force_zip64=True) as content:
                    for piece in self._host.api.blob(info.path):
                        content.write(piece)
                self.counts["attachment"] += 1

    def _lines(self) -> Iterator[bytes]:
        info = {
            "generator": "mmhooks",
            "version": self._host.api.get_server_version(),
            "created": datetime.now(UTC).isoformat(),
        }
        yield _line({"type": "version", "version": 1, "info": info})
        rows = (
            ("team", self._team_rows),
            ("channel", self._channel_rows),
            ("user", self._user_rows),
            ("bot", self._bot_rows),
            ("post", self._post_rows),
            ("direct_channel", self._direct_channel_rows),
            ("direct_post", self._direct_post_rows),
        )
        for kind, make in rows:
            for row in make():
                self.counts[kind] += 1
                yield _line({"type": kind, kind: row})

    def _team_rows(self) -> Iterator[Row]:
        for team in self._teams.values():
            if not team.delete_at:
                yield {
                    "name": team.name,
                    "display_name": team.display_name,
                    "type": team.type,
                    "description": team.description,
                    "allow_open_invite": team.allow_open_invite,
                }

    def _channel_rows(self) -> Iterator[Row]:
        for channel in self._channels.values():
            if self._is_in_team(channel):
                yield {
                    "team": self._teams[channel.team_id].name,
                    "name": channel.name,
                    "display_name": channel.display_name,
                    "type": channel.type,
                    "header": channel.header,
                    "purpose": channel.purpose,
                    "deleted_at": channel.delete_at,
                }

    def _is_in_team(self, channel: Channel) -> bool:
        team = self._teams.get(channel.team_id)
        return channel.type not in _DIRECT and team is not None and not team.delete_at

    def _user_rows(self) -> Iterator[Row]:
        for user in self._users.values():
            if user.id not in self._bots:
                yield {
                    "username": user.username,
                    "email": user.email,
                    "auth_service": user.auth_service or None,
                    "nickname": user.nickname,
                    "first_name": user.first_name,
                    "last_name": user.last_name,
                    "position": user.position,
                    "roles": user.roles,
                    "locale": user.locale,
                    "delete_at": user.delete_at,
                    "teams": [*self._memberships(user)],
                }

    def _memberships(self, user: User) -> Iterator[Row]:
        members = self._store.select(TEAM_MEMBERS, "WHERE user_id = ? AND delete_at = 0", user.id)
        for member in members:
            team = self._teams.get(member.team_id)
            if team is None or team.delete_at:
                continue
            channels = [
                {"name": self._channels[one.channel_id].name, "roles": with_roles(one).roles}
                for one in self._members.get(user.id, ())
                if self._is_open_in(one.channel_id, team.id)
            ]
            yield {"name": team.name, "roles": with_roles(member).roles, "channels": channels}

    def _is_open_in(self, channel_id: str, team_id: str) -> bool:
        channel = self._channels.get(channel_id)
        return channel is not None and channel.team_id == team_id and not channel.delete_at

    def _bot_rows(self) -> Iterator[Row]:
        for bot in self._bots.values():
            user, owner = self._users[bot.user_id], self._users.get(bot.owner_id)
            yield {
                "username": user.username,
                "owner": owner.username if owner else bot.owner_id,
                "display_name": user.first_name,
                "description": bot.description,
                "delete_at": bot.delete_at,
            }

    def _post_rows(self) -> Iterator[Row]:
        for channel in self._channels.values():
            if self._is_in_team(channel):
                place = {"team": self._teams[channel.team_id].name, "channel": channel.name}
                yield from ({**place, **row} for row in self._threads(channel))

    def _direct_channel_rows(self) -> Iterator[Row]:
        for channel in self._channels.values():
            if channel.type in _DIRECT and (names := self._participants(channel)):
                yield {"members": names, "header": channel.header}

    def _direct_post_rows(self) -> Iterator[Row]:
        for channel in self._channels.values():
            if channel.type in _DIRECT and (names := self._participants(channel)):
                yield from ({"channel_members": names, **row} for row in self._threads(channel))

    def _participants(self, channel: Channel) -> list[str]:
        """The names of a direct channel's members; none if it has fewer than a server takes."""
        ids = self._store.rows("SELECT user_id FROM channel_members WHERE channel_id = ?", channel.id)
        names = sorted(self._users[id].username for (id,) in ids if id in self._users)
        if len(names) == 1 and channel.type == "D":
            return names * 2  # what somebody writes to oneself
        return names if len(names) >= 2 else []

    def _threads(self, channel: Channel) -> Iterator[Row]:
        total = self._store.scalar("SELECT count(*) FROM posts")
        roots = f"WHERE channel_id = ? AND root_id = '' AND delete_at = 0 {_ORDER}"
        for post in self._store.select(POSTS, roots, channel.id):
            row = self._post(post)
            if row is None:
                continue
            replies = f"WHERE root_id = ? AND delete_at = 0 {_ORDER}"
            written = [self._post(reply) for reply in self._store.select(POSTS, replies, post.id)]
            row["replies"] = [reply for reply in written if reply is not None]
            self.counts["reply"] += len(row["replies"])
            self._progress(self.counts["post"] + self.counts["direct_post"] + self.counts["reply"], total)
            yield row

    def _post(self, post: Post) -> Row | None:
        author = self._users.get(post.user_id)
        if author is None:
            return None
        row: Row = {
            "user": author.username,
            "type": post.type,
            "message": post.message,
            "props": post.props,
            "create_at": post.create_at,
            "edit_at": post.edit_at,
            "is_pinned": post.is_pinned,
        }
        reactions = [
            {
                "user": self._users[one.user_id].username,
                "emoji_name": one.emoji_name,
                "create_at": one.create_at,
            }
            for one in self._store.select(REACTIONS, "WHERE post_id = ? AND delete_at = 0", post.id)
            if one.user_id in self._users
        ]
        if reactions:
            row["reactions"] = reactions
        if self._with_files and post.file_ids:
            infos = self._store.among(FILE_INFOS, "id", post.file_ids, "AND delete_at = 0")
            self._files += infos
            row["attachments"] = [{"path": _place(info)} for info in infos]
        return row


def _place(info: FileInfo) -> str:
    """Where a file is in the archive: a name of its own, whatever its author called it."""
    name = "".join(letter if letter.isalnum() or letter in ".-_ " else "_" for letter in info.name)
    return f"{info.id}/{name.lstrip('.') or 'file'}"


def _line(document: Row) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode() + b"\n"
