"""Who is in a channel."""

from __future__ import annotations

from typing import Final

from mmhooks.api.models import Channel, ChannelMember, ChannelMemberIdentifier, User
from mmhooks.devhost.api.base import Topic, fail
from mmhooks.devhost.api.channel import new_member
from mmhooks.devhost.api.team import DEFAULT_CHANNELS
from mmhooks.devhost.api.user import is_guest
from mmhooks.devhost.hooks import plugin_context
from mmhooks.devhost.roles import Member, level_of, set_roles, with_roles
from mmhooks.devhost.tables import CHANNEL_MEMBERS, CHANNELS
from mmhooks.errors import AppError

_MISSING: Final = "app.channel.get_member.missing.app_error"
_NOTIFY: Final = frozenset(
    [
        "mark_unread",
        "desktop",
        "desktop_sound",
        "desktop_notification_sound",
        "desktop_threads",
        "email",
        "push",
        "push_threads",
        "ignore_channel_mentions",
        "channel_auto_follow_threads",
    ]
)


class ChannelMemberTopic(Topic):
    """Who is in a channel."""

    def maybe_channel_member(self, channel_id: str, user_id: str) -> ChannelMember | None:
        """Return the membership, None without one."""
        member = self.store.get(CHANNEL_MEMBERS, channel_id, user_id)
        return with_roles(member) if member else None

    def get_channel_member(self, channel_id: str, user_id: str) -> ChannelMember:
        member = self.maybe_channel_member(channel_id, user_id)
        if member is None:
            raise fail("GetChannelMember", _MISSING, 404, "This user is not a member of the channel.")
        return member

    def get_channel_members(self, channel_id: str, page: int, per_page: int) -> list[ChannelMember]:
        return self._members(
            "WHERE channel_id = ? ORDER BY user_id LIMIT ? OFFSET ?", channel_id, per_page, page * per_page
        )

    def get_channel_members_by_ids(self, channel_id: str, user_ids: list[str]) -> list[ChannelMember]:
        found = self.store.among(CHANNEL_MEMBERS, "user_id", user_ids, "ORDER BY user_id")
        return [with_roles(member) for member in found if member.channel_id == channel_id]

    def get_channel_members_for_user(
        self, team_id: str, user_id: str, page: int, per_page: int
    ) -> list[ChannelMember]:
        # The server does not look at the team either.
        rest = "WHERE user_id = ? ORDER BY channel_id LIMIT ? OFFSET ?"
        return self._members(rest, user_id, per_page, page * per_page)

    def _members(self, rest: str, *parameters: object) -> list[ChannelMember]:
        return [with_roles(member) for member in self.store.select(CHANNEL_MEMBERS, rest, *parameters)]

    def add_channel_member(self, channel_id: str, user_id: str) -> ChannelMember:
        return self._add(self.app.get_channel(channel_id), user_id, "")

    def add_user_to_channel(self, channel_id: str, user_id: str, as_user_id: str) -> ChannelMember:
        return self._add(self.app.get_channel(channel_id), user_id, as_user_id)

    def _add(self, channel: Channel, user_id: str, requestor_id: str) -> ChannelMember:
        old = self.maybe_channel_member(channel.id, user_id)
        if old:
            return old
        user = self.app.get_user(user_id)
        if user.delete_at:
            id = "app.channel.add_member.deleted_user.app_error"
            raise fail("AddChannelMember", id, 403, "The user's account is switched off.")
        requestor = self.app.get_user(requestor_id) if requestor_id else None
        self._check_team(channel, user)
        member = new_member(channel.id, user)
        guarded = self.app.is_guarded(channel.id)
        member, reason = self.firing.replace("channel_member_will_be_added", member, guarded=guarded)
        if reason:
            id = "app.channel.add_user.to.channel.rejected_by_plugin"
            raise fail("AddUserToChannel", id, 400, f"Rejected by plugin: {reason}", reason)
        self.app.insert_channel_member(member)
        member = self.get_channel_member(channel.id, user_id)
        self._publish_added(channel, user)
        self.firing.tell("user_has_joined_channel", plugin_context(), member, requestor)
        if requestor is None or requestor.id == user_id:
            self.say_joined(channel, user)
        else:
            self.host.workers.submit(lambda: self._say_added(channel, user, requestor))
        return member

    def _check_team(self, channel: Channel, user: User) -> None:
        membership = self.app.maybe_team_member(channel.team_id, user.id)
        if membership is None:
            id = "app.team.get_member.missing.app_error"
            raise fail("AddUserToChannel", id, 404, "This user is not a member of the team.")
        if membership.delete_at:
            id = "api.channel.add_user.to.channel.failed.deleted.app_error"
            raise fail("AddUserToChannel", id, 400, "This user has left the team.")
        if channel.type in ("D", "G"):
            id = "api.channel.add_user_to_channel.type.app_error"
            raise fail("AddUserToChannel", id, 400, "Nobody can be added to a direct or group channel.")

    def join_default_channels(self, team_id: str, user: User, admin: bool, requestor_id: str) -> None:
        """Put a new member of a team into its default channels; no hook asks or tells of that."""
        for name, _ in DEFAULT_CHANNELS:
            channel = self.store.first(CHANNELS, "team_id = ? AND name = ? AND type = 'O'", team_id, name)
            if channel is None:
                continue
            self.app.insert_channel_member(new_member(channel.id, user).evolve(scheme_admin=admin))
            if self.default_channel_messages():
                self._say_joined_default(channel, user, requestor_id)
            self._publish_added(channel, user)

    def _publish_added(self, channel: Channel, user: User) -> None:
        data = {"user_id": user.id, "team_id": channel.team_id}
        self.host.publish("user_added", data, self.app.broadcast(channel_id=channel.id))

    def default_channel_messages(self) -> bool:
        """Say whether joining and leaving is told in the default channels."""
        return bool(self.app.setting("ServiceSettings", "ExperimentalEnableDefaultChannelLeaveJoinMessages"))

    def _say_joined_default(self, channel: Channel, user: User, requestor_id: str) -> None:
        requestor = self.app.maybe_user(requestor_id)
        try:
            if channel.name == "town-square" and requestor is None:
                props = {"username": user.username}
                text = f"{user.username} joined the team."
                self.app.system_post(channel, user.id, "system_join_team", text, props)
            elif channel.name == "town-square" and requestor:
                text = f"{user.username} was added to the team by {requestor.username}."
                props = _added(user, requestor)
                self.app.system_post(channel, requestor.id, "system_add_to_team", text, props)
            else:
                self.say_joined(channel, user)
        except AppError as error:
            self.host.log("warn", "a new member could not be announced", error=str(error))

    def say_joined(self, channel: Channel, user: User) -> None:
        """Post the message with which a user joins a channel."""
        guest = is_guest(user)
        kind = "system_guest_join_channel" if guest else "system_join_channel"
        text = f"{user.username} joined the channel{' as a guest' if guest else ''}."
        self.app.system_post(channel, user.id, kind, text, {"username": user.username})

    def _say_added(self, channel: Channel, user: User, requestor: User) -> None:
        text = f"{user.username} was added to the channel by {requestor.username}."
        self.app.system_post(channel, requestor.id, "system_add_to_channel", text, _added(user, requestor))

    def delete_channel_member(self, channel_id: str, user_id: str) -> None:
        channel = self.app.get_channel(channel_id)
        user = self.app.get_user(user_id)
        if channel.type in ("D", "G"):
            id = "api.channel.leave.direct.app_error"
            raise fail("LeaveChannel", id, 400, "A direct or group channel cannot be left.")
        self.remove_from_channel(channel, user, user)
        if channel.name != "town-square" or self.default_channel_messages():
            self.host.workers.submit(lambda: self._say_gone(channel, user, user))

    def remove_channel_member(self, channel: Channel, user: User, remover: User) -> None:
        """Take a user out of a channel as another one does, or the user alone, and say so there."""
        self.remove_from_channel(channel, user, remover)
        self._say_gone(channel, user, remover)

    def _say_gone(self, channel: Channel, user: User, remover: User) -> None:
        if user.id == remover.id:
            kind, text = "system_leave_channel", f"{user.username} left the channel."
            props = {"username": user.username}
        else:
            kind, text = "system_remove_from_channel", f"@{user.username} was removed from the channel."
            props = {"removedUserId": user.id, "removedUsername": user.username}
        try:
            self.app.system_post(channel, remover.id, kind, text, props)
        except AppError as error:
            self.host.log("warn", "who left a channel could not be announced", error=str(error))

    def remove_from_channel(self, channel: Channel, user: User, remover: User | None) -> None:
        """End a membership, and tell plugins and clients."""
        if channel.name == "town-square" and not is_guest(user):
            id = "api.channel.remove.default.app_error"
            raise fail("RemoveUserFromChannel", id, 400, "Nobody can leave a team's default channel.")
        member = self.get_channel_member(channel.id, user.id)
        self.store.execute(
            "DELETE FROM channel_members WHERE channel_id = ? AND user_id = ?", channel.id, user.id
        )
        self.firing.tell("user_has_left_channel", plugin_context(), member, remover)
        data = {"user_id": user.id, "remover_id": remover.id if remover else ""}
        self.host.publish("user_removed", data, self.app.broadcast(channel_id=channel.id))

    def update_channel_member_roles(self, channel_id: str, user_id: str, new_roles: str) -> ChannelMember:
        member = self.get_channel_member(channel_id, user_id)
        where, id = "UpdateChannelMemberRoles", "api.channel.update_channel_member_roles"
        return self._save(self.with_other_roles(member, new_roles, where, id))

    def with_other_roles(self, member: Member, names: str, where: str, id: str) -> Member:
        """Return a member of a team or channel who has other roles.

        Args:
            member: who it is to be.
            names: all roles, parted by spaces.
            where: the server's function, for errors.
            id: what the errors' ids begin with.
        """
        roles, level = names.split(), level_of(member)
        for role in roles:
            self.app.check_role(role)
        of_channel = id.replace("api.team.", "api.channel.")  # these two have the channels' ids for teams too
        other = "team_" if level == "channel" else "channel_"
        for role in roles:
            if role.startswith(other) and role.endswith(("_guest", "_user", "_admin")):
                raise fail(
                    where, f"{of_channel}.scheme_role.app_error", 400, f"This is no role of a {level}.", role
                )
        changed = set_roles(member, roles)
        if changed.scheme_guest and changed.scheme_user:
            raise fail(where, f"{id}.guest_and_user.app_error", 400, "A member is either a guest or a user.")
        if changed.scheme_guest != member.scheme_guest:
            text = "Roles do not make a guest of a user, or the other way round."
            raise fail(where, f"{of_channel}.changing_guest_role.app_error", 400, text)
        return changed

    def update_channel_member_notifications(
        self, channel_id: str, user_id: str, notifications: dict[str, str]
    ) -> ChannelMember:
        member = self.maybe_channel_member(channel_id, user_id)
        if member is None:
            raise fail("updateMemberNotifyProps", _MISSING, 404, "This user is not a member of the channel.")
        chosen = {key: value for key, value in notifications.items() if key in _NOTIFY}
        return self._save(member.evolve(notify_props={**member.notify_props, **chosen}))

    def patch_channel_members_notifications(
        self, members: list[ChannelMemberIdentifier], notify_props: dict[str, str]
    ) -> None:
        if not notify_props:
            id = "app.channel.patch_channel_members_notify_props.app_error"
            raise fail("UpdateMultipleMembersNotifyProps", id, 500, "There is nothing to change.")
        for one in members:
            if self.maybe_channel_member(one.channel_id, one.user_id) is None:
                return  # the server changes nobody then, and does not complain
        for one in members:
            self.update_channel_member_notifications(one.channel_id, one.user_id, notify_props)

    def _save(self, member: ChannelMember) -> ChannelMember:
        member = with_roles(member.evolve(last_update_at=self.now()))
        self.store.update(CHANNEL_MEMBERS, member)
        self.publish("channel_member_updated", user_id=member.user_id, channelMember=member)
        return member


def _added(user: User, requestor: User) -> dict[str, str]:
    return {
        "userId": requestor.id,
        "username": requestor.username,
        "addedUserId": user.id,
        "addedUsername": user.username,
    }
