"""The embedded host with a full workspace, against one that is nearly empty, in files and in the same run."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from attrs import frozen

from bench.measure import Row, medians
from mmhooks.api.models import Channel, Post, SearchParams, Team, TeamMember, User
from mmhooks.devhost.api.channel import new_member
from mmhooks.devhost.host import Host
from mmhooks.devhost.ids import new_id
from mmhooks.devhost.store import Store
from mmhooks.devhost.tables import POSTS, TEAM_MEMBERS, USERS

PAGE: Final = 60
SIZES: Final = (2_000, 20_000, 200_000)
USERS_AT_MOST, CHANNELS_AT_MOST = 1000, 200
USERS_AT_LEAST: Final = 10
MEMBERS: Final = 50
"""In every channel but the first, where everybody is, and where half of all is posted."""
REPLY_EVERY, THREAD_EVERY = 10, 200
AIM: Final = 2.0


@frozen
class Place:
    """A workspace, and where in it one posts and reads."""

    host: Host
    channel: Channel
    user: User
    root: Post

    def create(self) -> None:
        self.host.api.save_post(self._post("hello there"))

    def mention(self) -> None:
        self.host.api.save_post(self._post("hello @user1"))

    def reply(self) -> None:
        self.host.api.save_post(self._post("so it is").evolve(root_id=self.root.id))

    def page(self) -> None:
        assert len(self.host.api.get_posts_for_channel(self.channel.id, 0, PAGE).order) == PAGE

    def search(self) -> None:
        self.host.api.search_posts_in_team(self.channel.team_id, [SearchParams(terms="post 1 of")])

    def _post(self, message: str) -> Post:
        return Post(channel_id=self.channel.id, user_id=self.user.id, message=message)


_CALLS: Final[tuple[tuple[str, Callable[[Place], None], float], ...]] = (
    ("create a post", Place.create, AIM),
    ("create a post with a mention", Place.mention, AIM),
    ("reply", Place.reply, AIM),
    ("page of a channel", Place.page, AIM),
    ("search", Place.search, 0),  # every message is looked at, so that it grows with them
)


def run(rounds: int) -> list[Row]:
    """Calls take turns: the nearly empty workspace, then those with more and more posts."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:

        def opened(posts: int) -> Place:
            host = stack.enter_context(Host(Store(Path(folder) / f"{posts}.db")))
            return _filled(host, posts)

        places = {posts: opened(posts) for posts in (PAGE, *SIZES)}
        rows = []
        for title, call, aim in _CALLS:
            found = medians({str(n): partial(call, place) for n, place in places.items()}, rounds, 40, 40)
            floor = found[str(PAGE)]
            rows += [
                Row(f"{title}, {size:,} posts", f"{PAGE} posts", found[str(size)], floor, "us", aim)
                for size in SIZES
            ]
        return rows


def _filled(host: Host, posts: int) -> Place:
    """Fill a workspace: as many users and channels for its posts as at the size that is aimed at."""
    share = posts / SIZES[-1]
    team = host.api.insert_team(Team(name="crew", display_name="Crew", type="O"))
    with host.store.transaction():
        users = [_user(host, team, one) for one in range(max(USERS_AT_LEAST, round(USERS_AT_MOST * share)))]
        first = _channel(host, team, 0, users)
        others = [
            _channel(host, team, number, users[number:][:MEMBERS])
            for number in range(1, max(1, round(CHANNELS_AT_MOST * share)))
        ]
        root = _posted(host, first, users, posts - posts // 2 if others else posts)
        for channel in others:
            _posted(host, channel, users, posts // 2 // len(others))
    return Place(host, first, users[0], root)


def _user(host: Host, team: Team, number: int) -> User:
    # No password: to hash a thousand takes longer than all that is measured.
    now = host.clock.now()
    user = User(
        id=new_id(),
        username=f"user{number}",
        email=f"user{number}@example.com",
        roles="system_user",
        create_at=now,
        update_at=now,
    )
    host.store.insert(USERS, user)
    host.store.insert(TEAM_MEMBERS, TeamMember(team_id=team.id, user_id=user.id, scheme_user=True))
    return user


def _channel(host: Host, team: Team, number: int, members: list[User]) -> Channel:
    name = f"channel{number}"
    channel = host.api.insert_channel(Channel(team_id=team.id, name=name, display_name=name, type="O"))
    for user in members:
        host.api.insert_channel_member(new_member(channel.id, user))
    return channel


def _posted(host: Host, channel: Channel, users: list[User], count: int) -> Post:
    """Put posts into a channel, threads among them; return the beginning of the last thread."""
    root = Post()
    start = host.clock.now() - count
    for number in range(count):
        post = Post(
            id=new_id(),
            create_at=start + number,
            update_at=start + number,
            user_id=users[number % len(users)].id,
            channel_id=channel.id,
            root_id="" if number % REPLY_EVERY else root.id,
            message=f"post {number} of {count}, about this and that",
        )
        if number % THREAD_EVERY == 0:
            root = post = post.evolve(root_id="")
        host.store.insert(POSTS, post)
    return root
