"""Hookimpls that call the API, which fires hooks that call the API: no number of threads may make that deadlock."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from mmhooks.api.models import Channel, Post, Team, User
from mmhooks.devhost.host import Host

pytestmark = pytest.mark.slow

AT_ONCE = 200
DEPTH = 3

DEEPER = """
    from mmhooks.api.models import Post
    from mmhooks.specs.semantics import hookimpl

    @hookimpl
    {define} message_will_be_posted(post, api):
        level = int(post.props.get("level", 0))
        if level < {depth}:
            {wait} api.create_post(Post(
                user_id=post.user_id, channel_id=post.channel_id, message=post.message, props={{"level": level + 1}}
            ))
        return post.evolve(message=f"{{post.message}} at {{level}}")
"""


@pytest.mark.parametrize(("define", "wait"), [("def", ""), ("async def", "await")])
def test_two_hundred_at_once_three_levels_deep(start: Any, host: Host, define: str, wait: str) -> None:
    start(DEEPER.format(define=define, wait=wait, depth=DEPTH))
    user = host.api.create_user(User(username="ann", email="ann@example.com", password="Passw0rd!"))
    team = host.api.create_team(Team(name="team-a", display_name="A", type="O"))
    host.api.create_team_member(team.id, user.id)
    channel = host.api.create_channel(Channel(team_id=team.id, name="town", display_name="Town", type="O"))
    host.api.add_channel_member(channel.id, user.id)

    def post(number: int) -> str:
        return host.api.create_post(
            Post(user_id=user.id, channel_id=channel.id, message=f"post {number}")
        ).message

    with ThreadPoolExecutor(AT_ONCE) as pool:
        messages = list(pool.map(post, range(AT_ONCE), timeout=120))
    assert messages == [f"post {number} at 0" for number in range(AT_ONCE)]
    stored = host.api.get_posts_for_channel(channel.id, 0, 1000)
    written = [post.message for post in stored.posts.values() if post.message.startswith("post ")]
    expected = {f"post {number} at {level}" for number in range(AT_ONCE) for level in range(DEPTH + 1)}
    assert len(written) == len(expected)
    assert set(written) == expected
