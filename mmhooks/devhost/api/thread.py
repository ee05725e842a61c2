"""Threads: who follows them, and what a follower has not read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from attrs import frozen

from mmhooks.api.models import Post
from mmhooks.devhost.api.base import Topic, fail
from mmhooks.devhost.tables import POSTS, USERS
from mmhooks.devhost.text import mentions

__all__ = ["ThreadTopic", "Wanted"]

_REPLIES: Final = "FROM posts r WHERE r.root_id = p.id AND r.root_id <> '' AND r.delete_at = 0"
_FOLLOWED: Final = (
    f"SELECT p.id, f.last_viewed, f.mentions, (SELECT max(r.create_at) {_REPLIES}) AS at,"
    f" (SELECT count(*) {_REPLIES} AND r.create_at > f.last_viewed),"
    " ifnull(json_extract(p.metadata, '$.priority.priority'), '') = 'urgent'"
    " FROM thread_followers f JOIN posts p ON p.id = f.post_id JOIN channels c ON c.id = p.channel_id"
    " WHERE f.user_id = ? AND f.following AND p.delete_at = 0 AND at IS NOT NULL"
)


@frozen
class Wanted:
    """Which of the threads that a user follows are wanted."""

    limit: int = 30
    before: str = ""
    """A thread; only those whose last reply is older."""
    after: str = ""
    """A thread; only those whose last reply is newer."""
    since: int = 0
    """Milliseconds since the epoch; only those with something new since then."""
    unread: bool = False
    extended: bool = False
    """Whether participants are whole users."""
    without_direct: bool = False


@frozen
class _Followed:
    id: str
    last_viewed: int
    mentions: int
    last_reply: int
    unread: int
    is_urgent: bool


class ThreadTopic(Topic):
    """Threads: who follows them, and what a follower has not read."""

    def keep_thread(self, reply: Post, mentioned: Iterable[str]) -> None:
        """Let those follow a thread whom a new reply concerns."""
        root = self.store.get(POSTS, reply.root_id)
        concerned = [root.user_id, *self._named(root)] if root else []
        for user_id in concerned:
            self._follow(reply.root_id, user_id)
        for user_id in mentioned:
            self._follow(reply.root_id, user_id)
            self.store.execute(
                "UPDATE thread_followers SET following = 1, mentions = mentions + 1"
                " WHERE post_id = ? AND user_id = ?",
                reply.root_id,
                user_id,
            )
        self.follow_from(reply.root_id, reply.user_id, reply.create_at, 0)

    def _named(self, post: Post) -> list[str]:
        users = self.store.among(USERS, "username", mentions(post.message))
        return [one.id for one in users if self.app.maybe_channel_member(post.channel_id, one.id)]

    def _follow(self, thread_id: str, user_id: str) -> None:
        add = "INSERT OR IGNORE INTO thread_followers (post_id, user_id, following) VALUES (?, ?, 1)"
        self.store.execute(add, thread_id, user_id)

    def follow_from(self, thread_id: str, user_id: str, at: int, left: int) -> None:
        """Let a user follow a thread that is read up to a time, with so many mentions left."""
        self._follow(thread_id, user_id)
        self._set_read(thread_id, user_id, at, left)

    def _set_read(self, thread_id: str, user_id: str, at: int, left: int) -> None:
        """Note what is read of a thread; who reads it follows it."""
        self.store.execute(
            "UPDATE thread_followers SET following = 1, last_viewed = ?, mentions = ?"
            " WHERE post_id = ? AND user_id = ?",
            at,
            left,
            thread_id,
            user_id,
        )

    def follow_thread(self, user_id: str, team_id: str, thread_id: str, is_on: bool) -> None:
        """Let a user follow a thread, or no longer."""
        if is_on:
            self.follow_from(thread_id, user_id, self.now(), 0)
        else:
            self._follow(thread_id, user_id)
            stop = "UPDATE thread_followers SET following = 0 WHERE post_id = ? AND user_id = ?"
            self.store.execute(stop, thread_id, user_id)
        data = {"thread_id": thread_id, "state": is_on, "reply_count": self.app.thread(thread_id).reply_count}
        target = self.app.broadcast(user_id=user_id, team_id=team_id)
        self.host.publish("thread_follow_changed", data, target)

    def read_thread(self, user_id: str, team_id: str, thread_id: str, at: int) -> dict[str, Any]:
        """Note that a user has read a thread up to a time; what came later is unread.

        Returns:
            The thread as clients get it.

        Raises:
            AppError: (404) the user does not follow it.
        """
        before = self._followed_by(user_id, thread_id)
        root = self.app.get_post(thread_id)
        left = self.app.mentions_in_thread(root, user_id, at)
        self.store.execute(
            "UPDATE thread_followers SET last_viewed = ?, mentions = ? WHERE post_id = ? AND user_id = ?",
            at,
            left,
            thread_id,
            user_id,
        )
        after = self.followed_thread(user_id, thread_id)
        data = {
            "thread_id": thread_id,
            "timestamp": at,
            "unread_mentions": left,
            "unread_replies": after["unread_replies"],
            "previous_unread_mentions": before.mentions if before else 0,
            "previous_unread_replies": before.unread if before else 0,
            "channel_id": root.channel_id,
        }
        target = self.app.broadcast(user_id=user_id, team_id=team_id)
        self.host.publish("thread_read_changed", data, target)
        if not after["unread_replies"] and self.app.has_threads():
            self.app.clear_push(user_id, root.channel_id, thread_id)
        return after

    def unread_thread(self, user_id: str, team_id: str, thread_id: str, post_id: str) -> dict[str, Any]:
        """Mark a thread as unread from one of its posts on; who does so follows it.

        Raises:
            AppError: (400) the post is of another thread; (404) nobody has replied.
        """
        self.follow_thread(user_id, team_id, thread_id, True)
        post = self.app.get_post(post_id)
        if thread_id not in (post.root_id, post.id):
            id = "app.user.update_thread_read_for_user_by_post.app_error"
            raise fail("UpdateThreadReadForUser", id, 400, "The post is of another thread.")
        return self.read_thread(user_id, team_id, thread_id, post.create_at - 1)

    def read_threads(self, user_id: str, team_id: str) -> None:
        """Note that a user has read all threads of a team, and those of direct channels."""
        self.store.execute(
            "UPDATE thread_followers SET last_viewed = ?1, mentions = 0 WHERE user_id = ?2 AND post_id IN"
            " (SELECT p.id FROM posts p JOIN channels c ON c.id = p.channel_id WHERE c.team_id IN (?3, ''))",
            self.now(),
            user_id,
            team_id,
        )
        target = self.app.broadcast(user_id=user_id, team_id=team_id)
        self.host.publish("thread_read_changed", {}, target)

    def read_threads_in(self, user_id: str, channel_id: str) -> None:
        """Note that a user has read all threads of a channel."""
        self.store.execute(
            "UPDATE thread_followers SET last_viewed = ?, mentions = 0 WHERE user_id = ? AND post_id IN"
            " (SELECT id FROM posts WHERE channel_id = ?)",
            self.now(),
            user_id,
            channel_id,
        )

    def followed_thread(self, user_id: str, thread_id: str, *, extended: bool = False) -> dict[str, Any]:
        """Return a thread that a user follows, as clients get it.

        Raises:
            AppError: (404) the user does not follow it, or nobody has replied.
        """
        rows = self.store.rows(f"{_FOLLOWED} AND p.id = ?", user_id, thread_id)
        if not rows:
            known = self._followed_by(user_id, thread_id)
            part = "get_thread_membership_for_user" if known is None else "get_threads_for_user"
            raise fail("GetThreadForUser", f"app.user.{part}.not_found", 404, "The user does not follow it.")
        return self._shown(_Followed(*rows[0]), extended)

    def _followed_by(self, user_id: str, thread_id: str) -> _Followed | None:
        query = "SELECT last_viewed, mentions FROM thread_followers WHERE user_id = ? AND post_id = ?"
        rows = self.store.rows(query, user_id, thread_id)
        if not rows:
            return None
        seen, left = rows[0]
        query = "SELECT count(*) FROM posts WHERE root_id = ? AND root_id <> '' AND delete_at = 0 AND create_at > ?"
        return _Followed(thread_id, seen, left, 0, int(self.store.scalar(query, thread_id, seen)), False)

    def followed_threads(self, user_id: str, team_id: str, wanted: Wanted) -> dict[str, Any]:
        """Return the threads that a user follows in a team and in direct channels, as clients get them."""
        places = [team_id, team_id if wanted.without_direct else ""]
        rows = self.store.rows(f"{_FOLLOWED} AND c.team_id IN (?, ?)", user_id, *places)
        every = [_Followed(*row) for row in rows]
        unread = [one for one in every if one.last_viewed < one.last_reply]
        return {
            "total": len(unread if wanted.unread else every),
            "total_unread_threads": len(unread),
            "total_unread_mentions": sum(one.mentions for one in every),
            "total_unread_urgent_mentions": sum(one.mentions for one in every if one.is_urgent),
            "threads": self._chosen(unread if wanted.unread else every, wanted),
        }

    def _chosen(self, threads: list[_Followed], wanted: Wanted) -> list[dict[str, Any]]:
        if wanted.before:
            threads = [one for one in threads if one.last_reply < self._last_reply(wanted.before)]
        if wanted.after:
            threads = [one for one in threads if one.last_reply > self._last_reply(wanted.after)]
        if wanted.since:
            threads = [one for one in threads if max(one.last_reply, one.last_viewed) >= wanted.since]
        ordered = sorted(threads, key=lambda one: one.last_reply, reverse=not wanted.after)
        return [self._shown(one, wanted.extended) for one in ordered[: wanted.limit]]

    def _last_reply(self, thread_id: str) -> int:
        return self.app.thread(thread_id).last_reply_at

    def _shown(self, one: _Followed, extended: bool) -> dict[str, Any]:
        thread = self.app.thread(one.id)
        people: list[Any] = [{"id": id} for id in thread.participants]
        return {
            "id": one.id,
            "reply_count": thread.reply_count,
            "last_reply_at": thread.last_reply_at,
            "last_viewed_at": one.last_viewed,
            "participants": [self.app.get_user(id) for id in thread.participants] if extended else people,
            "post": self.app.get_post(one.id),
            "unread_replies": one.unread,
            "unread_mentions": one.mentions,
            "is_urgent": bool(one.is_urgent),
            "delete_at": 0,
        }
