"""Channels."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import Any, Final

from mmhooks.api.models import Channel, ChannelMember, ChannelStats, User
from mmhooks.devhost.api.base import Topic, fail, first_wrong
from mmhooks.devhost.api.user import is_guest
from mmhooks.devhost.hooks import plugin_context
from mmhooks.devhost.ids import direct_channel_name, group_channel_name, is_id, new_id
from mmhooks.devhost.tables import CHANNEL_MEMBERS, CHANNELS
from mmhooks.errors import AppError

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")
_LONGEST_NAME: Final = 64
_DIRECT_NAME: Final = re.compile(r"[a-z0-9]{26}__[a-z0-9]{26}|[a-f0-9]{40}")
_TYPES: Final = ("O", "P", "D", "G", "S", "BO", "BP")
NOTIFY_PROPS: Final = {
    "desktop": "default",
    "mark_unread": "all",
    "push": "default",
    "email": "default",
    "ignore_channel_mentions": "default",
    "channel_auto_follow_threads": "off",
}
"""A member's notification settings before the member has chosen."""

_TOLD: Final = {
    "display_name": ("system_displayname_change", "displayname", "name"),
    "header": ("system_header_change", "header", "header"),
    "purpose": ("system_purpose_change", "purpose", "purpose"),
}
"""What a change of a channel is told by: the post's type, its props, and a word."""


class ChannelTopic(Topic):
    """Channels."""

    def maybe_channel(self, channel_id: str) -> Channel | None:
        """Return the channel, None without one."""
        return self.store.get(CHANNELS, channel_id)

    def get_channel(self, channel_id: str) -> Channel:
        channel = self.maybe_channel(channel_id)
        if channel is None:
            raise fail("GetChannel", "app.channel.get.existing.app_error", 404, "There is no such channel.")
        return channel

    def get_channel_of_type(self, channel_id: str, channel_type: str) -> Channel:
        channel = self.get_channel(channel_id)
        if channel.type != channel_type:
            text = "There is no such channel of this type."
            raise fail("GetChannelOfType", "app.channel.get.existing.app_error", 404, text)
        return channel

    def get_channel_by_name(self, team_id: str, name: str, include_deleted: bool) -> Channel:
        return self._by_name(team_id, name, include_deleted, "GetChannelByName")

    def get_channel_by_name_for_team_name(
        self, team_name: str, channel_name: str, include_deleted: bool
    ) -> Channel:
        where = "GetChannelByNameForTeamName"
        team_id = self.store.scalar("SELECT id FROM teams WHERE name = ?", team_name)
        if team_id is None:
            text = "There is no team with this name."
            raise fail(where, "app.team.get_by_name.missing.app_error", 404, text)
        return self._by_name(team_id, channel_name, include_deleted, where)

    def _by_name(self, team_id: str, name: str, include_deleted: bool, where: str) -> Channel:
        condition = "team_id IN (?, '') AND name = ?" + ("" if include_deleted else " AND delete_at = 0")
        channel = self.store.first(CHANNELS, condition, team_id, name)
        if channel is None:
            text = "There is no channel with this name."
            raise fail(where, "app.channel.get_by_name.missing.app_error", 404, text)
        return channel

    def get_public_channels_for_team(self, team_id: str, page: int, per_page: int) -> list[Channel]:
        rest = "WHERE team_id = ? AND type = 'O' AND delete_at = 0 ORDER BY display_name LIMIT ? OFFSET ?"
        return self.store.select(CHANNELS, rest, team_id, per_page, page * per_page)

    def get_channels_for_team_for_user(
        self, team_id: str, user_id: str, include_deleted: bool
    ) -> list[Channel]:
        found = self.store.select(
            CHANNELS,
            "JOIN channel_members m ON m.channel_id = channels.id WHERE m.user_id = ? AND team_id IN (?, '')"
            f" {'' if include_deleted else 'AND delete_at = 0'} ORDER BY display_name",
            user_id,
            team_id,
        )
        if not found:
            id = "app.channel.get_channels.not_found.app_error"
            raise fail("GetChannelsForUser", id, 404, "The user is in no channel.")
        return found

    def search_channels(self, team_id: str, term: str) -> list[Channel]:
        columns = ("name", "display_name", "purpose")
        match = " OR ".join(f"instr(lower({column}), ?2)" for column in columns)
        rest = (
            f"WHERE team_id = ?1 AND type = 'O' AND delete_at = 0 AND (?2 = '' OR {match})"
            " ORDER BY display_name LIMIT 50"
        )
        return self.store.select(CHANNELS, rest, team_id, term.strip().lower())

    def get_channel_stats(self, channel_id: str) -> ChannelStats:
        count = self.store.scalar(
            "SELECT count(*) FROM channel_members m JOIN users u ON u.id = m.user_id"
            " WHERE m.channel_id = ? AND u.delete_at = 0",
            channel_id,
        )
        # The server counts all members twice here and calls the second count the guests.
        return ChannelStats(channel_id=channel_id, member_count=count, guest_count=count)

    def create_channel(self, channel: Channel) -> Channel:
        saved = self.insert_channel(channel)
        self.firing.tell("channel_has_been_created", plugin_context(), saved)
        return saved

    def create_channel_as(self, channel: Channel, user_id: str) -> Channel:
        """Make a channel as a user does: the user becomes its member and admin."""
        user = self.app.get_user(user_id)
        saved = self.insert_channel(channel.evolve(creator_id=user_id))
        self.insert_channel_member(new_member(saved.id, user).evolve(scheme_admin=True))
        self.firing.tell("channel_has_been_created", plugin_context(), saved)
        self.app.say_joined(saved, user)
        data = {"channel_id": saved.id, "team_id": saved.team_id}
        self.host.publish("channel_created", data, self.app.broadcast(user_id=user_id))
        return saved

    def insert_channel(self, channel: Channel) -> Channel:
        """Store a new channel, completed and checked, without firing hooks."""
        if channel.delete_at:
            id = "store.sql_channel.save.archived_channel.app_error"
            raise fail("CreateChannel", id, 400, "A new channel cannot be archived.")
        if channel.type == "D":
            id = "store.sql_channel.save.direct_channel.app_error"
            raise fail("CreateChannel", id, 400, "Use get_direct_channel for a channel between two users.")
        if channel.id:
            id = "store.sql_channel.save_channel.existing.app_error"
            raise fail("CreateChannel", id, 400, "A new channel has no id yet.", f"id={channel.id}")
        return self._insert(channel.evolve(display_name=channel.display_name.strip()))

    def _insert(self, channel: Channel) -> Channel:
        now = channel.create_at or self.now()
        new = channel.evolve(id=channel.id or new_id(), create_at=now, update_at=now, extra_update_at=0)
        _check(new)
        if len(new.name) > _LONGEST_NAME:  # only the server's database finds that
            raise fail(
                "CreateChannel", "app.channel.create_channel.internal_error", 500, "The name is too long."
            )
        try:
            self.store.insert(CHANNELS, new)
        except sqlite3.IntegrityError:
            id = "store.sql_channel.save_channel.exists.app_error"
            raise fail("CreateChannel", id, 400, "Another channel has this name already.") from None
        return new

    def get_direct_channel(self, user_id1: str, user_id2: str) -> Channel:
        name = direct_channel_name(user_id1, user_id2)
        found = self.maybe_direct(name)
        if found:
            return found
        users = [self.app.maybe_user(id) for id in dict.fromkeys((user_id1, user_id2))]
        present = [user for user in users if user]
        if len(present) != len(users):
            id = "api.channel.create_direct_channel.invalid_user.app_error"
            raise fail("CreateDirectChannel", id, 400, "One of the users does not exist.")
        saved, made = self.open_direct(present)
        if made:
            self.firing.tell("channel_has_been_created", plugin_context(), saved)
            self.publish("direct_added", channel_id=saved.id, creator_id=user_id1, teammate_id=user_id2)
        return saved

    def maybe_direct(self, name: str) -> Channel | None:
        """Return the direct or group channel with this name, None without one."""
        return self.store.first(CHANNELS, "team_id = '' AND name = ?", name)

    def get_group_channel(self, user_ids: list[str]) -> Channel:
        if not 3 <= len(user_ids) <= 8:
            text = "A group channel has between 3 and 8 members."
            raise fail("CreateGroupChannel", "api.channel.create_group.bad_size.app_error", 400, text)
        users = self.app.get_users_by_ids(user_ids)
        if len(users) != len(user_ids):
            id = "api.channel.create_group.bad_user.app_error"
            raise fail("CreateGroupChannel", id, 400, "One of the users does not exist.")
        saved, made = self.open_direct(users)
        if made:
            self.firing.tell("channel_has_been_created", plugin_context(), saved)
            for user in users:
                data = {"teammate_ids": json.dumps(user_ids)}
                target = self.app.broadcast(user_id=user.id, channel_id=saved.id)
                self.host.publish("group_added", data, target)
        return saved

    def open_direct(self, users: list[User]) -> tuple[Channel, bool]:
        """Return the direct or group channel of some users, and whether it was made; fires no hook."""
        ids = [user.id for user in users]
        if len(users) > 2:
            title = ", ".join(sorted(user.username for user in users))[:64]
            return self._with_members(
                Channel(type="G", name=group_channel_name(ids), display_name=title), users
            )
        name = direct_channel_name(ids[0], ids[-1])
        return self._with_members(Channel(type="D", name=name, creator_id=ids[0]), users)

    def _with_members(self, channel: Channel, users: list[User]) -> tuple[Channel, bool]:
        with self.store.transaction():
            found = self.maybe_direct(channel.name)
            if found:
                return found, False
            saved = self._insert(channel)
            for user in users:
                self.insert_channel_member(new_member(saved.id, user))
        return saved, True

    def insert_channel_member(self, member: ChannelMember) -> None:
        """Store a membership without firing hooks; one that exists stays as it is."""
        stamped = member.evolve(last_update_at=self.now())
        self.store.execute(f"INSERT OR IGNORE {CHANNEL_MEMBERS.insertion}", *CHANNEL_MEMBERS.row(stamped))

    def update_channel(self, channel: Channel) -> Channel:
        if not is_id(channel.id):
            _check(channel)
        old = self.get_channel(channel.id)
        guarded = self.is_guarded(channel.id)
        new, reason = self.firing.substitute("channel_will_be_updated", channel, old, guarded=guarded)
        if reason:
            id = "app.channel.update_channel.rejected_by_plugin"
            raise fail("UpdateChannel", id, 400, f"Rejected by plugin: {reason}", reason)
        if new.delete_at:
            text = "An archived channel cannot be changed."
            raise fail("UpdateChannel", "app.channel.update.bad_id", 400, text)
        new = new.evolve(update_at=self.now())
        _check(new)
        try:
            self.store.update(CHANNELS, new)
        except sqlite3.IntegrityError:
            id = "store.sql_channel.save_channel.exists.app_error"
            raise fail("UpdateChannel", id, 400, "Another channel has this name already.") from None
        self.publish("channel_updated", channel_id=new.id, channel=new)
        return new

    def patch_channel(self, channel: Channel, user_id: str, **changes: Any) -> Channel:
        """Change a channel as a user does: its members are told what has become of which text."""
        new = self.update_channel(channel.evolve(**changes))
        for field, (kind, key, title) in _TOLD.items():
            before, after = getattr(channel, field), getattr(new, field)
            if before != after:
                change = f"from: {before} to: {after}" if before else f"to: {after}"
                text = f"changed the channel's {title} {change}"
                props = {f"old_{key}": before, f"new_{key}": after}
                self._say(channel, user_id, kind, text, **props)
        return new

    def delete_channel(self, channel_id: str) -> None:
        self.archive_channel(self.get_channel(channel_id))

    def archive_channel(self, channel: Channel, user_id: str = "") -> None:
        """Archive a channel in the name of a user, or of the system bot without one."""
        if channel.delete_at:
            id = "api.channel.delete_channel.deleted.app_error"
            raise fail("deleteChannel", id, 400, "The channel is archived already.")
        if channel.name == "town-square":
            id = "api.channel.delete_channel.cannot.app_error"
            raise fail("deleteChannel", id, 400, "A team's default channel cannot be archived.")
        if reason := self.firing.veto("channel_will_be_archived", plugin_context(), channel):
            id = "app.channel.delete_channel.rejected_by_plugin"
            raise fail("DeleteChannel", id, 400, f"Rejected by plugin: {reason}", reason)
        self._say(channel, user_id, "system_channel_deleted", "archived the channel.")
        now = self.now()
        self.store.execute(
            "UPDATE channels SET delete_at = ?1, update_at = ?1 WHERE id = ?2", now, channel.id
        )
        self._publish_state("channel_deleted", channel, delete_at=now)

    def restore_channel(self, channel_id: str) -> None:
        channel = self.get_channel(channel_id)
        if not channel.delete_at:
            id = "api.channel.restore_channel.restored.app_error"
            raise fail("restoreChannel", id, 400, "The channel is not archived.")
        if reason := self.firing.veto("channel_will_be_restored", plugin_context(), channel):
            id = "app.channel.restore_channel.rejected_by_plugin"
            raise fail("RestoreChannel", id, 400, f"Rejected by plugin: {reason}", reason)
        now = self.now()
        self.store.execute("UPDATE channels SET delete_at = 0, update_at = ? WHERE id = ?", now, channel.id)
        self._publish_state("channel_restored", channel)
        self._say(channel.evolve(delete_at=0), "", "system_channel_restored", "unarchived the channel.")

    def _publish_state(self, name: str, channel: Channel, **data: int) -> None:
        target = {"team_id": channel.team_id} if channel.type == "O" else {"channel_id": channel.id}
        self.host.publish(name, {"channel_id": channel.id, **data}, self.app.broadcast(**target))

    def _say(self, channel: Channel, user_id: str, kind: str, text: str, **more: str) -> None:
        try:
            user = self.app.get_user(user_id or self.app.system_bot_id())
            props = {"username": user.username, **more}
            self.app.system_post(channel, user.id, kind, f"{user.username} {text}", props)
        except AppError as error:
            self.host.log("warn", "a channel's change could not be announced", error=str(error))

    def is_guarded(self, channel_id: str) -> bool:
        """Say whether a plugin has asked to be heard on everything in the channel."""
        return channel_id in self.app.documents_list("guards")

    def register_channel_guard(self, channel_id: str) -> None:
        self.get_channel(channel_id)
        self.app.write_document("guards", [*self.app.documents_list("guards"), channel_id])

    def unregister_channel_guard(self, channel_id: str) -> None:
        left = [one for one in self.app.documents_list("guards") if one != channel_id]
        self.app.write_document("guards", left)


def new_member(channel_id: str, user: User) -> ChannelMember:
    """Return the membership that a user begins with."""
    guest = is_guest(user)
    return ChannelMember(
        channel_id=channel_id,
        user_id=user.id,
        notify_props=dict(NOTIFY_PROPS),
        scheme_guest=guest,
        scheme_user=not guest,
    )


def _check(channel: Channel) -> None:
    direct = channel.type in ("D", "G")
    wrong = first_wrong(
        ("id", not is_id(channel.id)),
        ("display_name", len(channel.display_name) > 64),
        ("1_or_more", not _NAME.fullmatch(channel.name)),
        ("type", channel.type not in _TYPES),
        ("header", len(channel.header) > 1024),
        ("purpose", len(channel.purpose) > 250),
        ("creator_id", len(channel.creator_id) > 26),
        ("name", not direct and _DIRECT_NAME.fullmatch(channel.name) is not None),
    )
    if wrong:
        text = f"This is no valid channel ({wrong})."
        raise fail(
            "Channel.IsValid", f"model.channel.is_valid.{wrong}.app_error", 400, text, f"id={channel.id}"
        )
