"""What a user has read, and what not yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from mmhooks.api.models import ChannelMember, Post, User
from mmhooks.devhost.api.base import Topic, fail
from mmhooks.devhost.post_types import JOIN_LEAVE
from mmhooks.devhost.tables import CHANNEL_MEMBERS, POSTS
from mmhooks.devhost.text import mentions

__all__ = ["UnreadTopic"]

_NOT_COUNTED: Final = JOIN_LEAVE - {"system_guest_join_channel", "system_add_guest_to_chan"}
"""The types of posts that are not unread."""
_EVERYBODY: Final = frozenset({"all", "channel", "here"})


class UnreadTopic(Topic):
    """What a user has read, and what not yet."""

    def view_channels(
        self, user_id: str, channel_ids: Iterable[str], *, with_threads: bool
    ) -> dict[str, int]:
        """Mark channels as read.

        Args:
            user_id: for whom.
            channel_ids: the channels.
            with_threads: whether the client shows threads apart; otherwise they are read too.

        Returns:
            When each was viewed last, in milliseconds since the epoch; those without the user are left out.
        """
        times: dict[str, int] = {}
        unread: list[ChannelMember] = []
        for channel_id in dict.fromkeys(channel_ids):
            member = self.app.maybe_channel_member(channel_id, user_id)
            if member is None:
                continue
            channel = self.app.get_channel(channel_id)
            seen = member.evolve(
                last_viewed_at=max(channel.last_post_at, member.last_viewed_at),
                msg_count=channel.total_msg_count,
                msg_count_root=channel.total_msg_count_root,
                mention_count=0,
                mention_count_root=0,
                urgent_mention_count=0,
            )
            times[channel_id] = seen.last_viewed_at
            if seen != member:
                self.store.update(CHANNEL_MEMBERS, seen)
                unread.append(member)
                if not with_threads:
                    self.app.read_threads_in(user_id, channel_id)
        if unread:
            self.host.publish(
                "multiple_channels_viewed", {"channel_times": times}, self.app.broadcast(user_id=user_id)
            )
        for member in unread:
            if self._was_pushed(member):
                self.app.clear_push(user_id, member.channel_id)
        return times

    def _was_pushed(self, member: ChannelMember) -> bool:
        """Whether devices may show something of a channel that was unread."""
        channel = self.app.get_channel(member.channel_id)
        wanted = member.notify_props.get("push", "default")
        if wanted == "default":
            wanted = self.app.get_user(member.user_id).notify_props.get("push", "mention")
        if wanted == "all" or channel.type == "D":
            return channel.total_msg_count > member.msg_count or member.mention_count > 0
        return wanted == "mention" and member.mention_count > 0

    def mark_unread(self, user_id: str, post_id: str, *, with_threads: bool) -> dict[str, Any]:
        """Mark a channel as unread from a post on.

        Args:
            user_id: for whom.
            post_id: the first post that is not read.
            with_threads: whether the client shows threads apart; otherwise a reply leaves the counts of
                posts that begin a thread.

        Returns:
            The membership's counts, as clients get them.
        """
        post = self.app.get_post(post_id)
        user = self.app.get_user(user_id)
        since = self._since(post)
        counted = [one for one in since if one.type not in _NOT_COUNTED]
        if self.app.get_channel(post.channel_id).type in ("D", "G"):
            called = [one for one in counted if one.user_id != user_id]
        else:
            called = [one for one in since if _mentions(one, user)]
        roots = [one for one in counted if not one.root_id]
        called_roots = [one for one in called if not one.root_id]
        if post.root_id and not with_threads:
            roots = called_roots = []
            self._follow_again(user_id, post)
        self.store.execute(
            "UPDATE channel_members SET mention_count = ?, mention_count_root = ?, urgent_mention_count = ?,"
            " last_viewed_at = ?, last_update_at = ?,"
            " msg_count = (SELECT total_msg_count FROM channels WHERE id = channel_id) - ?,"
            " msg_count_root = (SELECT total_msg_count_root FROM channels WHERE id = channel_id) - ?"
            " WHERE channel_id = ? AND user_id = ?",
            len(called),
            len(called_roots),
            sum(_is_urgent(one) for one in called_roots),
            post.create_at - 1,
            self.now(),
            len(counted),
            len(roots),
            post.channel_id,
            user_id,
        )
        told = self._tell_unread(user_id, post)
        self.app.update_badge(user_id)
        return told

    def mentions_in_thread(self, root: Post, user_id: str, after: int) -> int:
        """Return how many replies after a time, in milliseconds since the epoch, mention a user."""
        user = self.app.get_user(user_id)
        rest = "WHERE root_id = ? AND root_id <> '' AND delete_at = 0 AND create_at > ?"
        replies = self.store.select(POSTS, rest, root.id, after)
        if self.app.get_channel(root.channel_id).type in ("D", "G"):
            return sum(one.user_id != user_id for one in replies)
        return sum(_mentions(one, user) for one in replies)

    def _follow_again(self, user_id: str, reply: Post) -> None:
        """Let a user follow the thread of a reply, which is unread from that on."""
        root = self.app.get_post(reply.root_id)
        left = self.mentions_in_thread(root, user_id, reply.create_at - 1)
        self.app.follow_from(root.id, user_id, reply.create_at - 1, left)

    def _since(self, post: Post) -> list[Post]:
        rest = "WHERE channel_id = ? AND delete_at = 0 AND create_at >= ?"
        return self.store.select(POSTS, rest, post.channel_id, post.create_at)

    def _tell_unread(self, user_id: str, post: Post) -> dict[str, Any]:
        member = self.app.maybe_channel_member(post.channel_id, user_id)
        if member is None:
            id = "app.channel.update_last_viewed_at_post.app_error"
            raise fail("MarkChannelAsUnreadFromPost", id, 500, "The user is not a member of the channel.")
        counts = {
            "msg_count": member.msg_count,
            "msg_count_root": member.msg_count_root,
            "mention_count": member.mention_count,
            "mention_count_root": member.mention_count_root,
            "urgent_mention_count": member.urgent_mention_count,
            "last_viewed_at": member.last_viewed_at,
        }
        place = {
            "team_id": self.app.get_channel(post.channel_id).team_id,
            "user_id": user_id,
            "channel_id": post.channel_id,
        }
        self.host.publish("post_unread", {**counts, "post_id": post.id}, self.app.broadcast(**place))
        return {**place, **counts}


def _mentions(post: Post, user: User) -> bool:
    if post.user_id == user.id and post.props.get("from_webhook") != "true":
        return False
    named = set(mentions(post.message))
    if user.username in named:
        return True
    if post.type == "system_add_to_channel" and post.props.get("addedUserId") == user.id:
        return True
    return bool(named & _EVERYBODY) and user.notify_props.get("channel", "true") == "true"


def _is_urgent(post: Post) -> bool:
    priority = post.metadata.priority if post.metadata else None
    return priority is not None and priority.priority == "urgent"
