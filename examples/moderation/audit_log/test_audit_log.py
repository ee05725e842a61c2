"""No server, no gRPC: the plugin runs in a workspace in memory."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from mmhooks_audit_log import AuditLog, as_html

from mmhooks import Channel, Post, TransportError, User
from mmhooks.testing import Workspace


def counts(mm: Workspace, reader: User) -> dict[str, dict[str, int]]:
    mm.settle()
    rows = json.loads(mm.get("/audit/counts.json", by=reader).body)
    return {row["name"]: row["counts"] for row in rows}


def test_counts_per_channel(mm: Workspace) -> None:
    mm.load(AuditLog())
    ann = mm.user("ann")
    games, work = mm.channel("games", members=[ann]), mm.channel("work", members=[ann])
    first = mm.post("one", by=ann, channel=games).post
    mm.post("two", by=ann, channel=games)
    gone = mm.post("three", by=ann, channel=work).post
    mm.edit(first, "uno")
    mm.react(first, "+1", by=ann)
    mm.delete(gone)
    seen = counts(mm, ann)
    assert seen["games"] == {"posts": 2, "edits": 1, "reactions": 1}
    assert seen["work"] == {"posts": 1, "deletions": 1}


def test_counts_outlive_the_plugin(mm: Workspace) -> None:
    ann = mm.user("ann")
    games = mm.channel("games", members=[ann])
    for _ in range(2):
        mm.load(AuditLog())
        mm.post("hi", by=ann, channel=games)
        mm.settle()
    assert counts(mm, ann)["games"] == {"posts": 2}


def test_page_shows_only_what_the_reader_may_read(mm: Workspace) -> None:
    mm.load(AuditLog())
    ann, bob = mm.user("ann"), mm.user("bob")
    secret = mm.channel("secret", type="P", members=[ann])
    mm.post("hi", by=ann, channel=secret)
    assert "secret" in counts(mm, ann)
    assert "secret" not in counts(mm, bob)
    assert "secret" in counts(mm, mm.user("eve", admin=True))


def test_page_knows_the_channels_of_all_teams_and_direct_messages(mm: Workspace) -> None:
    mm.load(AuditLog())
    ann, bob = mm.user("ann"), mm.user("bob")
    other = mm.team("other")
    mm.api.create_team_member(other.id, ann.id)
    direct = mm.api.get_direct_channel(ann.id, bob.id)
    for channel in (mm.channel("games", members=[ann]), mm.channel("far", team=other, members=[ann]), direct):
        mm.post("hi", by=ann, channel=channel)
    assert {"games", "far", direct.name} <= counts(mm, ann).keys()
    assert counts(mm, bob).keys() == {direct.name}


def test_page_for_somebody_in_no_channel(mm: Workspace) -> None:
    mm.load(AuditLog())
    mm.post("hi", by=mm.user("ann"))
    guest = mm.host.api.insert_user(User(username="gus", email="gus@example.com", roles="system_guest"))
    assert counts(mm, guest) == {}
    mm.api.create_team_member(mm.team().id, guest.id)
    assert counts(mm, guest) == {}


def test_page(mm: Workspace) -> None:
    mm.load(AuditLog())
    ann = mm.user("ann")
    mm.post("hi", by=ann, channel=mm.channel("games", display_name="Games & <b>more</b>", members=[ann]))
    mm.settle()
    answer = mm.get("/audit", by=ann)
    assert answer.status == 200
    assert answer.header("Content-Type") == "text/html; charset=utf-8"
    assert "<td>Games &amp; &lt;b&gt;more&lt;/b&gt;</td><td>1</td>" in answer.text


def test_page_is_for_users_only(mm: Workspace) -> None:
    mm.load(AuditLog())
    assert mm.get("/audit").status == 401
    assert mm.get("/audit/other", by=mm.user("ann")).status == 404
    assert mm.get("/audit", by=mm.user("bob"), method="POST").status == 405


def test_page_without_counts() -> None:
    assert "<tbody>\n\n</tbody>" in as_html([])
    assert "<td>town-square</td>" in as_html([(Channel(name="town-square"), {})])


class Store:
    """The few API methods that counting needs; others may write at any time."""

    def __init__(self) -> None:
        self.data: dict[str, bytes] = {}
        self.is_down = False

    async def kv_get(self, key: str) -> bytes | None:
        await asyncio.sleep(0)
        return self.data.get(key)

    async def kv_compare_and_set(self, key: str, old: bytes | None, new: bytes) -> bool:
        await asyncio.sleep(0)
        if self.is_down:
            raise TransportError("the server is gone")
        if self.data.get(key) != old:
            return False
        self.data[key] = new
        return True


def test_processes_that_count_together_lose_nothing() -> None:
    async def scenario(store: Any) -> None:
        logs = [AuditLog() for _ in range(5)]
        for _ in range(10):
            for log in logs:
                await log.message_has_been_posted(Post(channel_id="c"))
            await asyncio.gather(*(log.flush(store) for log in logs))

    store = Store()
    asyncio.run(scenario(store))
    assert store.data == {"audit_log:c": b'{"posts": 50}'}


def test_what_could_not_be_stored_is_stored_later() -> None:
    async def scenario(store: Any) -> None:
        log = AuditLog()
        await log.message_has_been_posted(Post(channel_id="c"))
        store.is_down = True
        with pytest.raises(TransportError):
            await log.flush(store)
        store.is_down = False
        await log.message_has_been_posted(Post(channel_id="c"))
        await log.flush(store)

    store = Store()
    asyncio.run(scenario(store))
    assert store.data == {"audit_log:c": b'{"posts": 2}'}
