"""Posts: reading and searching them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from mmhooks.api.models import Post, PostList, PostSearchResults, SearchParameter, SearchParams
from mmhooks.devhost.api.base import Topic, approximate, fail
from mmhooks.devhost.tables import POSTS

_NEWEST_FIRST = "ORDER BY create_at DESC, posts.rowid DESC"


@frozen
class Thread:
    """What is known of a thread."""

    reply_count: int
    last_reply_at: int
    """Milliseconds since the epoch; 0 without a reply."""
    participants: list[str]
    """Ids of those who have replied, who replied last at the end."""


class ReadingTopic(Topic):
    """Posts: reading and searching them."""

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

    @approximate(
        "every word must occur in the message; quotation marks, wildcards and dates are not understood"
    )
    def search_posts_in_team(self, team_id: str, params_list: list[SearchParams]) -> list[Post]:
        found: dict[str, Post] = {}
        for params in params_list:
            found |= {post.id: post for post in self._search(team_id, params)}
        return [post.evolve(metadata=None) for post in self._for_reader(_newest_first(found.values()))]

    @approximate("every word must occur in the message; of the modifiers only from: and in: are understood")
    def search_posts_in_team_for_user(
        self, team_id: str, user_id: str, search_params: SearchParameter
    ) -> PostSearchResults:
        params = _parsed(search_params.terms or "", bool(search_params.is_or_search))
        mine = self.store.rows("SELECT channel_id FROM channel_members WHERE user_id = ?", user_id)
        member_of = {row[0] for row in mine}
        found = [post for post in self._search(team_id, params) if post.channel_id in member_of]
        per_page = 100 if search_params.per_page is None else search_params.per_page
        start = (search_params.page or 0) * per_page
        shown = self._list(_newest_first(found)[start : start + per_page])
        return PostSearchResults(order=shown.order, posts=shown.posts)

    def _search(self, team_id: str, params: SearchParams) -> list[Post]:
        column = "hashtags" if params.is_hashtag else "message"
        tests: list[tuple[str, Sequence[Any]]] = [
            ("channel_id IN (SELECT id FROM channels WHERE team_id IN (?, ''))", [team_id]),
            ("delete_at = 0 AND type NOT LIKE 'system_%'", []),
        ]
        words = params.terms.lower().split()
        if words:
            joint = " OR " if params.or_terms else " AND "
            tests.append((f"({joint.join([f'instr(lower({column}), ?)'] * len(words))})", words))
        tests += [
            (f"NOT instr(lower({column}), ?)", [word]) for word in params.excluded_terms.lower().split()
        ]
        tests += _chosen(params)
        where = " AND ".join(test for test, _ in tests)
        values = [value for _, some in tests for value in some]
        return self.store.select(POSTS, f"WHERE {where} {_NEWEST_FIRST} LIMIT 1000", *values)


def _chosen(params: SearchParams) -> list[tuple[str, Sequence[Any]]]:
    """Return the conditions on channels and authors, which may be given by id or name."""
    tests: list[tuple[str, Sequence[Any]]] = []
    for values, column, table, name, sign in (
        (params.in_channels, "channel_id", "channels", "name", "IN"),
        (params.excluded_channels, "channel_id", "channels", "name", "NOT IN"),
        (params.from_users, "user_id", "users", "username", "IN"),
        (params.excluded_users, "user_id", "users", "username", "NOT IN"),
    ):
        if values:
            marks = ", ".join("?" * len(values))
            wanted = f"SELECT id FROM {table} WHERE id IN ({marks}) OR {name} IN ({marks})"
            tests.append((f"posts.{column} {sign} ({wanted})", [*values, *values]))
    return tests


def _parsed(terms: str, is_or: bool) -> SearchParams:
    pairs = re.findall(r"\b(from|in|channel):\s*@?(\S+)", terms, re.IGNORECASE)
    rest = re.sub(r"\b(from|in|channel):\s*@?\S+", "", terms, flags=re.IGNORECASE).split()
    return SearchParams(
        terms=" ".join(word for word in rest if not word.startswith("-")),
        excluded_terms=" ".join(word[1:] for word in rest if word.startswith("-")),
        from_users=[value for key, value in pairs if key.lower() == "from"],
        in_channels=[value for key, value in pairs if key.lower() != "from"],
        or_terms=is_or,
    )


def _newest_first(posts: Iterable[Post]) -> list[Post]:
    return sorted(posts, key=lambda post: post.create_at, reverse=True)
