"""A host that is killed has lost nothing that it has acknowledged."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mmhooks.devhost.host import Host
from mmhooks.devhost.store import Store
from mmhooks.errors import MmhooksError

KILLS = 50
WRITER = """
import sys
from mmhooks.api.models import Channel, Post, Team, User
from mmhooks.devhost.host import Host
from mmhooks.devhost.store import Store

with Host(Store(sys.argv[1])) as host:
    if not host.api.get_teams():
        user = host.api.create_user(User(username="ann", email="a@example.com", password="Passw0rd!"))
        team = host.api.create_team(Team(name="team", display_name="Team", type="O"))
        host.api.create_team_member(team.id, user.id)
        host.api.create_channel(Channel(team_id=team.id, name="talk", display_name="Talk", type="O"))
    user, team = host.api.get_user_by_username("ann"), host.api.get_team_by_name("team")
    channel = host.api.get_channel_by_name(team.id, "talk", False)
    while True:
        post = host.api.save_post(Post(user_id=user.id, channel_id=channel.id, message="x" * 500))
        host.api.kv_set(post.id, b"value")
        print(post.id, flush=True)
"""


@pytest.mark.slow
def test_killed_fifty_times_in_the_middle_of_writes(tmp_path: Path) -> None:
    place = tmp_path / "workspace.db"
    dice = random.Random(7)
    acknowledged: list[str] = []
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(place)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        wanted = dice.randint(1, 30)
        for line in process.stdout:
            acknowledged.append(line.strip())
            if (wanted := wanted - 1) == 0:
                break
        os.kill(process.pid, signal.SIGKILL)
        rest = process.stdout.read()  # what it said before it died
        acknowledged += [line for line in rest.splitlines() if len(line) == 26]
        process.wait()
        process.stdout.close()
    with Host(Store(place)) as host:
        stored = {id for (id,) in host.store.rows("SELECT id FROM posts")}
        keys = {key for (key,) in host.store.rows("SELECT key FROM plugin_values")}
        assert host.store.scalar("PRAGMA integrity_check") == "ok"
    assert len(acknowledged) > KILLS
    assert set(acknowledged) <= stored
    assert set(acknowledged) <= keys
    assert len(stored - set(acknowledged)) <= KILLS + 10  # those that were under way, and who joined


def test_two_hosts_on_one_workspace(tmp_path: Path) -> None:
    with (
        Host(Store(tmp_path / "w.db")),
        pytest.raises(MmhooksError, match="in use by another host; stop that"),
    ):
        Store(tmp_path / "w.db")


@pytest.mark.slow
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """SQLite is told that there is no more room: what was acknowledged stays, and the host goes on afterwards."""
    with Host(Store(tmp_path / "w.db")) as host:
        host.api.kv_set("before", b"x")
        pages = host.store.scalar("PRAGMA page_count")
        host.store.execute(f"PRAGMA max_page_count = {pages + 5}")
        with pytest.raises(MmhooksError, match="there is no room left on the disk"):
            host.api.kv_set("large", b"x" * 1_000_000)
        assert host.api.kv_get("before") == b"x"
        host.store.execute("PRAGMA max_page_count = 1000000")
        host.api.kv_set("after", b"y")
    with Host(Store(tmp_path / "w.db")) as host:
        assert host.api.kv_get("after") == b"y"
        assert host.store.scalar("PRAGMA integrity_check") == "ok"
