"""Posts: reading them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from attrs import frozen

from mmhooks.api.models import Post, PostList, User
from mmhooks.devhost.api.base import Topic, approximate, fail
from mmhooks.devhost.tables import POSTS

_NEWEST_FIRST = "ORDER BY create_at DESC, posts.rowid DESC"
_WHERE: Final = {
    "since": "update_at > ?",
    "before": "delete_at = 0 AND create_at < (SELECT create_at FROM posts WHERE id = ?)",
    "after": "delete_at = 0 AND create_at > (SELECT create_at FROM posts WHERE id = ?)",
}


@frozen
class Thread:
    """What is known of a thread."""

    reply_count: int
    last_reply_at: int
    """Milliseconds since the epoch; 0 without a reply."""
    participants: list[str]
    """Ids of those who have replied, who replied last at the end."""


class ReadingTopic(Topic):
    """Posts: reading them."""

    def consuming(self) -> bool:
        """Say whether plugins may change posts on their way to a reader."""
        return bool(self.app.setting("FeatureFlags", "ConsumePostHook"))

    def get_post(self, post_id: str) -> Post:
        post = self.store.first(POSTS, "id = ? AND delete_at = 0", post_id)
        if post is None:
            raise fail("GetSinglePost", "app.post.get.app_error", 404, "There is no such post.")
        return self._for_reader([post])[0].evolve(metadata=None)

    @approximate("order: the post asked for, then the rest from old to new; the server leaves it open")
    def get_post_thread(self, post_id: str) -> PostList:
        post = self.store.first(POSTS, "id = ? AND delete_at = 0", post_id)
        if post is None:
            status = 404 if post_id else 400
            raise fail("GetPostThread", "app.post.get.app_error", status, "There is no such post.")
        root_id = post.root_id or post.id
        others = self.store.select(
            POSTS,
            "WHERE ((root_id = ?1 AND root_id <> '') OR id = ?1) AND delete_at = 0 AND id <> ?2"
            " ORDER BY create_at, posts.rowid",
            root_id,
            post_id,
        )
        return self._list([post, *others])

    def thread(self, post_id: str) -> Thread:
        """Return what is known of the thread that a post begins."""
        rows = self.store.rows(
            "SELECT user_id, count(*), max(create_at) FROM posts WHERE root_id = ? AND root_id <> ''"
            " AND delete_at = 0 GROUP BY user_id ORDER BY max(create_at)",
            post_id,
        )
        last = rows[-1][2] if rows else 0
        return Thread(sum(row[1] for row in rows), last, [row[0] for row in rows])

    def get_posts_since(self, channel_id: str, time: int) -> PostList:
        changed = self.store.select(
            POSTS, f"WHERE channel_id = ? AND update_at > ? {_NEWEST_FIRST} LIMIT 1000", channel_id, time
        )
        roots = {post.root_id for post in changed if post.root_id} - {post.id for post in changed}
        return self._list(changed, self.store.among(POSTS, "id", sorted(roots)), counted=False)

    def get_posts_after(self, channel_id: str, post_id: str, page: int, per_page: int) -> PostList:
        found = self._around(channel_id, post_id, ">", "ORDER BY create_at, posts.rowid", page, per_page)
        return self._with_threads(found[::-1])

    def get_posts_before(self, channel_id: str, post_id: str, page: int, per_page: int) -> PostList:
        return self._with_threads(self._around(channel_id, post_id, "<", _NEWEST_FIRST, page, per_page))

    def _around(
        self, channel_id: str, post_id: str, sign: str, order: str, page: int, per_page: int
    ) -> list[Post]:
        rest = (
            "WHERE channel_id = ? AND delete_at = 0"
            f" AND create_at {sign} (SELECT create_at FROM posts WHERE id = ?) {order} LIMIT ? OFFSET ?"
        )
        return self.store.select(POSTS, rest, channel_id, post_id, per_page, page * per_page)

    def get_posts_for_channel(self, channel_id: str, page: int, per_page: int) -> PostList:
        if per_page > 1000:
            text = "A page has at most 1000 posts."
            raise fail("GetPostsPage", "app.post.get_posts.app_error", 400, text)
        rest = f"WHERE channel_id = ? AND delete_at = 0 {_NEWEST_FIRST} LIMIT ? OFFSET ?"
        found = self.store.select(POSTS, rest, channel_id, per_page, page * per_page)
        return self._with_threads(found, counted=False)

    def _with_threads(self, posts: list[Post], *, counted: bool = True) -> PostList:
        roots = list({post.root_id or post.id for post in posts})
        marks = ", ".join("?" * len(roots))
        rest = f"WHERE delete_at = 0 AND (id IN ({marks}) OR (root_id <> '' AND root_id IN ({marks})))"
        beside = self.store.select(POSTS, rest, *roots, *roots) if roots else []
        return self._list(posts, beside, counted=counted)

    def _list(self, posts: Sequence[Post], beside: Sequence[Post] = (), *, counted: bool = True) -> PostList:
        """Make a list of posts in their order, with others beside that are only looked up.

        A page of a channel and what is new since a time come without the numbers of replies.
        """
        order = [post.id for post in posts]
        every = {post.id: post for post in (*posts, *beside)}
        shown = self._for_reader(list(every.values()), counted=counted)
        return PostList(order=order, posts={post.id: post.evolve(metadata=None) for post in shown})

    def _for_reader(self, posts: list[Post], *, counted: bool = True) -> list[Post]:
        shown = self.with_reply_counts(posts) if counted else posts
        return self.firing.consumed(shown) if self.consuming() else shown

    def with_reply_counts(self, posts: Iterable[Post]) -> list[Post]:
        """Return the posts, each with the number of replies in its thread."""
        posts = list(posts)
        roots = sorted({post.root_id or post.id for post in posts})
        marks = ", ".join("?" * len(roots))
        counts = dict(
            self.store.rows(
                "SELECT root_id, count(*) FROM posts WHERE root_id <> '' AND delete_at = 0"
                f" AND root_id IN ({marks}) GROUP BY root_id",
                *roots,
            )
        )
        return [
            post.evolve(reply_count=counts[root]) if (root := post.root_id or post.id) in counts else post
            for post in posts
        ]

    def first_posts(
        self, channel_id: str, user_id: str, page: int, per_page: int, *, extended: bool = False, **where: Any
    ) -> PostList:
        """Return posts of a channel that are no replies, with what a user may know of their threads.

        Args:
            channel_id: where.
            user_id: for whom.
            page: of the result.
            per_page: the most that there may be.
            extended: whether participants are whole users.
            where: ``since``, a time in milliseconds since the epoch; or ``before`` or ``after``, a post.
        """
        tests = [_WHERE[name] for name in where] or ["delete_at = 0"]
        order = "ORDER BY create_at, posts.rowid" if "after" in where else _NEWEST_FIRST
        rest = f"WHERE channel_id = ? AND root_id = '' AND {' AND '.join(tests)} {order} LIMIT ? OFFSET ?"
        found = self.store.select(POSTS, rest, channel_id, *where.values(), per_page, page * per_page)
        shown = self._list(found[::-1] if "after" in where else found, counted=False)
        follows = "SELECT post_id, following FROM thread_followers WHERE user_id = ?"
        following = dict(self.store.rows(follows, user_id))
        posts = {id: self._with_thread(post, following, extended) for id, post in shown.posts.items()}
        return shown.evolve(posts=posts)

    def _with_thread(self, post: Post, following: dict[str, int], extended: bool) -> Post:
        thread = self.thread(post.id)
        people = [self.app.get_user(id) if extended else User(id=id) for id in thread.participants]
        return post.evolve(
            reply_count=thread.reply_count,
            last_reply_at=thread.last_reply_at,
            participants=people,
            is_following=bool(following[post.id]) if post.id in following else None,
        )

    def posts_around_unread(self, channel_id: str, user_id: str, before: int, after: int) -> PostList:
        """Return the posts around the first one that a user has not read; the newest if there is none.

        Args:
            channel_id: where.
            user_id: who.
            before: the most that there may be before that post.
            after: the most from that post on.
        """
        seen = self.app.get_channel_member(channel_id, user_id).last_viewed_at
        rest = (
            "WHERE channel_id = ? AND delete_at = 0 AND create_at > ? ORDER BY create_at, posts.rowid LIMIT ?"
        )
        new = self.store.select(POSTS, rest, channel_id, seen, after) if seen else []
        if not new:
            return self.get_posts_for_channel(channel_id, 0, before)
        old = self._around(channel_id, new[0].id, "<", _NEWEST_FIRST, 0, before)
        return self._with_threads([*new[::-1], *old])

    def get_flagged_posts(
        self, user_id: str, offset: int, limit: int, *, team_id: str = "", channel_id: str = ""
    ) -> PostList:
        """Return posts that a user has saved, newest first.

        Args:
            user_id: whose.
            offset: how many are left out.
            limit: the most that there may be.
            team_id: only those of a team, and direct messages.
            channel_id: only those of a channel.
        """
        found = self.store.select(
            POSTS,
            "JOIN channels c ON c.id = channel_id WHERE posts.delete_at = 0 AND posts.id IN"
            " (SELECT name FROM preferences WHERE user_id = ?1 AND category = 'flagged_post') AND channel_id IN"
            " (SELECT channel_id FROM channel_members WHERE user_id = ?1) AND (?2 = '' OR c.team_id IN (?2, ''))"
            " AND (?3 = '' OR channel_id = ?3) ORDER BY posts.create_at DESC, posts.rowid DESC LIMIT ?4 OFFSET ?5",
            user_id,
            team_id,
            channel_id,
            limit,
            offset,
        )
        return self._list(found)

    def posts_changed_at(self, channel_id: str) -> int:
        """Return when a post of a channel was changed last, in milliseconds since the epoch; 0 without one."""
        query = "SELECT max(update_at) FROM posts WHERE channel_id = ?"
        return self.store.scalar(query, channel_id) or 0
