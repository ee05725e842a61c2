"""Posts: what they were before, and where they are."""

from __future__ import annotations

from typing import Any

from mmhooks.api.models import Channel, Permission, Post
from mmhooks.devhost.api.base import Topic, fail
from mmhooks.devhost.tables import POSTS


class HistoryTopic(Topic):
    """Posts: what they were before, and where they are."""

    def edit_history(self, post_id: str) -> list[Post]:
        """Return what a post was before, the latest first.

        Raises:
            AppError: (404) it was never changed.
        """
        rest = "WHERE original_id = ? ORDER BY edit_at DESC, posts.rowid DESC"
        found = self.store.select(POSTS, rest, post_id)
        if not found:
            raise fail("GetEditHistoryForPost", "app.post.get.app_error", 404, "The post was never changed.")
        return found

    def old_version(self, version_id: str) -> Post | None:
        """Return a post as it was before, or as it is; None without one."""
        return self.store.get(POSTS, version_id)

    def post_info(self, post_id: str, user_id: str) -> dict[str, Any]:
        """Return where a post is, for a user who may go there.

        Raises:
            AppError: (404) there is no such post, or the user may not see it.
        """
        post = self.app.get_post(post_id)
        channel = self.app.get_channel(post.channel_id)
        has_joined = self.app.maybe_channel_member(channel.id, user_id) is not None
        team = self.app.get_team(channel.team_id) if channel.team_id else None
        in_team = bool(team) and self._is_in(channel.team_id, user_id)
        if team is not None and not in_team:
            kind = "public" if team.allow_open_invite else "private"
            self._need(self._may(user_id, channel, f"join_{kind}_teams", of_team=True))
        if not has_joined and channel.type != "O":
            needed = "manage_private_channel_members" if channel.type == "P" else "read_channel_content"
            self._need(self._may(user_id, channel, needed))
        info = {
            "channel_id": channel.id,
            "channel_type": channel.type,
            "channel_display_name": channel.display_name,
            "has_joined_channel": has_joined,
        }
        if team is None:
            return {**info, "team_id": "", "team_type": "", "team_display_name": "", "has_joined_team": False}
        return {
            **info,
            "team_id": team.id,
            "team_type": "O" if team.allow_open_invite else "I",
            "team_display_name": team.display_name,
            "has_joined_team": in_team,
        }

    def _is_in(self, team_id: str, user_id: str) -> bool:
        member = self.app.maybe_team_member(team_id, user_id)
        return member is not None and not member.delete_at

    def _may(self, user_id: str, channel: Channel, permission: str, *, of_team: bool = False) -> bool:
        wanted = Permission(id=permission)
        if of_team:
            return self.app.has_permission_to_team(user_id, channel.team_id, wanted)
        return self.app.has_permission_to_channel(user_id, channel.id, wanted)

    def _need(self, may: bool) -> None:
        if not may:
            raise fail("GetPostInfo", "app.post.get.app_error", 404, "There is no such post.")
