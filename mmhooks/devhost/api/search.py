"""Posts: searching them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from mmhooks.api.models import Post, PostSearchResults, SearchParameter, SearchParams
from mmhooks.devhost import search
from mmhooks.devhost.api.base import Topic, approximate
from mmhooks.devhost.tables import POSTS
from mmhooks.errors import AppError

_MOST: Final = 100
_NOTE: Final = (
    "words are found as they are written: without PostgreSQL's stemming and stop words, and an address, a path or"
    " a version is several words"
)


class SearchTopic(Topic):
    """Posts: searching them."""

    @approximate(_NOTE)
    def search_posts_in_team(self, team_id: str, params_list: list[SearchParams]) -> list[Post]:
        return self._found_by(team_id, "", params_list)

    @approximate(_NOTE)
    def search_posts_in_team_for_user(
        self, team_id: str, user_id: str, search_params: SearchParameter
    ) -> PostSearchResults:
        archived = bool(search_params.include_deleted_channels)
        params_list = [
            params.evolve(
                or_terms=bool(search_params.is_or_search),
                include_deleted_channels=archived,
                in_channels=self._channels_named(params.in_channels, team_id, user_id, archived),
                excluded_channels=self._channels_named(params.excluded_channels, team_id, user_id, archived),
                from_users=self._user_ids(params.from_users),
                excluded_users=self._user_ids(params.excluded_users),
            )
            for params in search.parsed(
                (search_params.terms or "").strip(), search_params.time_zone_offset or 0
            )
        ]
        # The server's database search has one page.
        found = [] if search_params.page else self._found_by(team_id, user_id, params_list)
        return PostSearchResults(order=[post.id for post in found], posts={post.id: post for post in found})

    def _channels_named(self, names: Iterable[str], team_id: str, user_id: str, archived: bool) -> list[str]:
        return [self._channel_id(name, team_id, user_id, archived) for name in names]

    def _channel_id(self, name: str, team_id: str, user_id: str, archived: bool) -> str:
        """Return the channel that a search names; the name itself if there is none."""
        plain = name.lstrip("~")
        try:
            if not plain.startswith("@"):
                return self.app.get_channel_by_name(team_id, plain, archived).id
            if "," in plain:
                users = self.app.get_users_by_usernames(plain[1:].split(","))
                return self.app.get_group_channel([user.id for user in users]).id
            return self.app.get_direct_channel(user_id, self.app.get_user_by_username(plain[1:]).id).id
        except AppError:
            return name

    def _user_ids(self, names: Iterable[str]) -> list[str]:
        query = "SELECT id FROM users WHERE username = ?"
        return [self.store.scalar(query, name.lstrip("@").lower()) or name for name in names]

    def _found_by(self, team_id: str, user_id: str, params_list: Iterable[SearchParams]) -> list[Post]:
        """Return what any of the searches finds, newest first; only a user's channels, if one is given."""
        found: dict[str, Post] = {}
        for params in params_list:
            if params.terms != "*":  # not everything
                found |= {post.id: post for post in self._search(team_id, user_id, params)}
        newest_first = sorted(found.values(), key=lambda post: post.create_at, reverse=True)
        return [post.evolve(metadata=None) for post in self.app.with_reply_counts(newest_first)]

    def _search(self, team_id: str, user_id: str, params: SearchParams) -> list[Post]:
        if not _asks(params):
            return []
        tests: list[search.Condition] = [("delete_at = 0 AND type NOT LIKE 'system_%'", [])]
        tests += [*_authors(params, team_id, by_name=not user_id), *search.when(params, self.now())]
        tests.append(_channels(params, team_id, user_id))
        if params.terms or params.excluded_terms:
            test = search.words(params, "hashtags" if params.is_hashtag else "message")
            if test is None:
                return []
            tests.append(test)
        where = " AND ".join(test for test, _ in tests)
        values = [value for _, some in tests for value in some]
        rest = f"WHERE {where} ORDER BY create_at DESC, posts.rowid DESC LIMIT {_MOST}"
        found = self.store.select(POSTS, rest, *values)
        return [post for post in found if _has_tag(post, params)] if params.is_hashtag else found


def _asks(params: SearchParams) -> bool:
    """Whether it is a search at all; what is only excluded in time is none for the server."""
    return any(
        (
            params.terms,
            params.excluded_terms,
            params.in_channels,
            params.excluded_channels,
            params.from_users,
            params.excluded_users,
            params.on_date,
            params.after_date,
            params.before_date,
        )
    )


def _has_tag(post: Post, params: SearchParams) -> bool:
    wanted = {term.lower() for term in params.terms.split(" ")}
    return any(tag.lower() in wanted for tag in post.hashtags.split(" "))


def _authors(params: SearchParams, team_id: str, *, by_name: bool) -> list[search.Condition]:
    if not (params.from_users or params.excluded_users):
        return []
    tests, values = _given("u.username" if by_name else "u.id", params.from_users, params.excluded_users)
    if team_id:
        tests.append("u.id IN (SELECT user_id FROM team_members WHERE team_id = ?)")
        values.append(team_id)
    return [(f"user_id IN (SELECT u.id FROM users u WHERE {' AND '.join(tests)})", values)]


def _channels(params: SearchParams, team_id: str, user_id: str) -> search.Condition:
    tests, values = _given("c.id" if user_id else "c.name", params.in_channels, params.excluded_channels)
    if not params.include_deleted_channels:
        tests.append("c.delete_at = 0")
    if team_id:
        tests.append("c.team_id IN (?, '')")
        values.append(team_id)
    members = "SELECT channel_id FROM channel_members"
    tests.append(f"c.id IN ({members}{' WHERE user_id = ?' if user_id else ''})")
    values += [user_id] if user_id else []
    return f"channel_id IN (SELECT c.id FROM channels c WHERE {' AND '.join(tests)})", values


def _given(column: str, wanted: list[str], unwanted: list[str]) -> tuple[list[str], list[Any]]:
    tests = [
        f"{column} {sign} ({', '.join('?' * len(given))})"
        for given, sign in ((wanted, "IN"), (unwanted, "NOT IN"))
        if given
    ]
    return tests or ["1"], [*wanted, *unwanted]
