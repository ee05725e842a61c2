from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading

import pytest

from mmhooks.api.models import Post
from mmhooks.devhost.host import Host
from mmhooks.devhost.store import Store, migrations
from mmhooks.devhost.tables import POSTS
from mmhooks.errors import MmhooksError


def version(path):
    connection = sqlite3.connect(path)
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return found


def test_a_workspace_is_there_again_when_the_host_is(tmp_path):
    path = tmp_path / "workspace.db"
    with Host(Store(path), plugin_id="com.example.test") as host:
        host.api.kv_set("a", b"1")
        installed = host.api.get_system_install_date()
    assert version(path) == migrations()[-1][0]
    with Host(Store(path), plugin_id="com.example.test") as host:
        assert host.api.kv_get("a") == b"1"
        assert host.api.get_system_install_date() == installed


def test_steps_are_numbered_without_a_gap():
    assert [number for number, _ in migrations()] == list(range(1, len(migrations()) + 1))


def test_an_older_workspace_gets_the_steps_it_lacks(tmp_path, monkeypatch):
    path = tmp_path / "workspace.db"
    Store(path).close()
    steps = [*migrations(), (len(migrations()) + 1, "CREATE TABLE extra (a);\nCREATE TABLE more (b);\n")]
    monkeypatch.setattr("mmhooks.devhost.store.migrations", lambda: steps)
    store = Store(path)
    assert store.rows("SELECT * FROM more") == []
    store.close()
    assert version(path) == steps[-1][0]


def test_a_step_that_fails_leaves_the_workspace_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "workspace.db"
    Store(path).close()
    steps = [*migrations(), (len(migrations()) + 1, "CREATE TABLE extra (a);\nCREATE nonsense;\n")]
    with monkeypatch.context() as patch:
        patch.setattr("mmhooks.devhost.store.migrations", lambda: steps)
        with pytest.raises(MmhooksError, match="nonsense"):
            Store(path)
    store = Store(path)
    assert store.scalar("SELECT count(*) FROM sqlite_master WHERE name = 'extra'") == 0
    store.close()


def test_what_is_no_workspace_is_refused_in_one_sentence(tmp_path):
    newer = tmp_path / "newer.db"
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE songs (name)")
    connection.close()
    text = tmp_path / "text.db"
    text.write_text("this is not a database, whatever its name may say\n" * 100)
    for path, words in (
        (newer, "written by a newer mmhooks"),
        (other, "another program's database"),
        (text, "not an SQLite database"),
        (tmp_path / "missing" / "x.db", "cannot be opened"),
    ):
        with pytest.raises(MmhooksError, match=words) as caught:
            Store(path)
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_workspace_has_one_host_at_a_time(tmp_path):
    store = Store(tmp_path / "workspace.db")
    with pytest.raises(MmhooksError, match="in use by another host"):
        Store(tmp_path / "workspace.db")
    store.close()
    Store(tmp_path / "workspace.db").close()


def test_a_transaction_is_all_or_nothing(tmp_path):
    store = Store()

    def half(id):
        with store.transaction():
            store.insert(POSTS, Post(id=id))
            raise KeyError

    with pytest.raises(KeyError):
        half("a")
    assert store.select(POSTS) == []
    with store.transaction():
        store.insert(POSTS, Post(id="a"))
        with pytest.raises(KeyError):
            half("b")
    assert [post.id for post in store.select(POSTS)] == ["a"]
    store.close()


def test_a_closed_workspace_says_so():
    store = Store()
    store.close()
    with pytest.raises(MmhooksError, match="has been closed"):
        store.rows("SELECT 1")


def test_no_hook_fires_inside_a_transaction():
    store = Store()
    with store.transaction():
        with pytest.raises(RuntimeError):
            store.assert_idle()
        other = threading.Thread(target=store.assert_idle)
        other.start()
        other.join()
    store.assert_idle()
    store.close()


@pytest.mark.slow
def test_what_was_acknowledged_outlives_a_killed_host(tmp_path):
    path = tmp_path / "workspace.db"
    script = (
        "import os, sys\n"
        "from mmhooks.devhost.host import Host\n"
        "from mmhooks.devhost.store import Store\n"
        "host = Host(Store(sys.argv[1]), plugin_id='com.example.test')\n"
        "for number in range(20): host.api.kv_set(f'{number:02}', b'x')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode == -9
    with Host(Store(path), plugin_id="com.example.test") as host:
        assert len(host.api.kv_list(0, 100)) == 20
