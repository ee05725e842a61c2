"""What happens all the time looks things up; it reads through no table that grows."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from mmhooks.api.models import Post, Reaction
from tests.devhost.conftest import Workspace

GROWING = (
    "posts",
    "users",
    "channel_members",
    "reactions",
    "file_infos",
    "thread_followers",
    "sessions",
    "blobs",
)


@pytest.fixture
def scans(ws: Workspace) -> Callable[[Callable[[], object]], list[str]]:
    """Do something; gives the statements that read through a whole table of those that grow."""
    connection = ws.host.store._connection

    def scans(action: Callable[[], object]) -> list[str]:
        statements: list[str] = []
        connection.set_trace_callback(statements.append)
        action()
        ws.host.drain()
        connection.set_trace_callback(None)
        assert statements
        return [one for one in statements if _reads_through(connection.execute, one)]

    return scans


def _reads_through(execute: Callable[[str], list[tuple[int, int, int, str]]], statement: str) -> bool:
    if not re.match("SELECT|UPDATE|DELETE|INSERT|REPLACE", statement):
        return False
    plan = [row[3] for row in execute(f"EXPLAIN QUERY PLAN {statement}")]
    return any(re.match(f"SCAN ({'|'.join(GROWING)}|[a-z])( |$)", step) for step in plan)


@pytest.mark.parametrize(
    "what",
    [
        "create",
        "mention",
        "reply",
        "edit",
        "delete",
        "react",
        "page",
        "before",
        "since",
        "thread",
        "channels",
    ],
)
def test_looked_up(ws: Workspace, scans: Callable[[Callable[[], object]], list[str]], what: str) -> None:
    api, alice = ws.api, ws.alice
    root = api.save_post(Post(channel_id=ws.channel.id, user_id=alice.id, message="root"))
    new = Post(channel_id=ws.channel.id, user_id=alice.id, message="new")
    like = Reaction(user_id=alice.id, post_id=root.id, emoji_name="smile")
    actions: dict[str, Callable[[], object]] = {
        "create": lambda: api.save_post(new),
        "mention": lambda: api.save_post(new.evolve(message="@bob and @nobody")),
        "reply": lambda: api.save_post(new.evolve(root_id=root.id)),
        "edit": lambda: api.save_edit(root.evolve(message="changed")),
        "delete": lambda: api.remove_post(root.id, alice.id),
        "react": lambda: api.add_reaction(like),
        "page": lambda: api.get_posts_for_channel(ws.channel.id, 0, 60),
        "before": lambda: api.get_posts_before(ws.channel.id, root.id, 0, 60),
        "since": lambda: api.get_posts_since(ws.channel.id, root.create_at - 1),
        "thread": lambda: api.get_post_thread(root.id),
        "channels": lambda: api.get_channels_for_team_for_user(ws.team.id, alice.id, False),
    }
    assert scans(actions[what]) == []


def test_a_whole_table_would_be_seen(
    ws: Workspace, scans: Callable[[Callable[[], object]], list[str]]
) -> None:
    assert scans(lambda: ws.host.store.rows("SELECT * FROM posts WHERE message = 'x'"))
