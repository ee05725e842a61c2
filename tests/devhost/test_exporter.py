"""A workspace goes into a bulk file, and comes back out of it the same."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from mmhooks.api.models import Post, Reaction
from mmhooks.devhost.exporter import export
from mmhooks.devhost.host import Host
from mmhooks.devhost.importer import Importer
from mmhooks.errors import MmhooksError
from mmhooks.testing import Workspace


def full(mm: Workspace) -> Host:
    """A workspace with a little of everything."""
    ann, bob = mm.user("ann"), mm.user("bob")
    private = mm.channel("private", type="P", members=[ann])
    mm.bot("robot")
    info = mm.host.api.store_file(b"content", private.id, "../no tes.txt", user_id=ann.id)
    post = mm.post("see #this", by=ann, channel=private)
    mm.host.api.save_post(
        Post(user_id=ann.id, channel_id=private.id, message="a file", file_ids=[info.id], props={"mine": 1})
    )
    mm.post("re", by=ann, reply_to=post.post)
    mm.react(post.post, "smile", by=ann)
    direct = mm.host.api.get_direct_channel(ann.id, bob.id)
    mm.host.api.save_post(Post(user_id=bob.id, channel_id=direct.id, message="hello, ann"))
    gone = mm.post("gone", by=ann).post
    mm.delete(gone)
    mm.settle()
    return mm.host


def seen(host: Host) -> list[tuple[Any, ...]]:
    """What people see of a workspace: no ids."""
    return host.store.rows(
        "SELECT c.name, u.username, p.message, p.create_at, r.message,"
        " (SELECT group_concat(emoji_name) FROM reactions WHERE post_id = p.id),"
        " (SELECT group_concat(size) FROM file_infos WHERE post_id = p.id)"
        " FROM posts p JOIN users u ON u.id = p.user_id JOIN channels c ON c.id = p.channel_id"
        " LEFT JOIN posts r ON r.id = p.root_id"
        " WHERE p.delete_at = 0 AND c.type <> 'D' AND p.type = '' ORDER BY p.create_at, p.message"
    )


def test_there_and_back(mm: Workspace, tmp_path: Path) -> None:
    host = full(mm)
    counts = export(host, tmp_path / "out.zip")
    assert (counts["team"], counts["user"], counts["bot"], counts["attachment"]) == (1, 2, 1, 1)
    with Host() as other:
        summary = Importer(other, tmp_path / "out.zip").run()
        assert not summary.errors
        assert seen(other) == seen(host)
        assert other.store.scalar(
            "SELECT message FROM posts p JOIN channels c ON c.id = p.channel_id WHERE c.type = 'D'"
        )
        path = other.store.scalar("SELECT path FROM file_infos")
        assert b"".join(other.api.blob(path)) == b"content"
        props = other.store.scalar("SELECT props FROM posts WHERE message = 'a file'")
        assert json.loads(props)["mine"] == 1


def test_names_in_the_archive_lead_nowhere(mm: Workspace, tmp_path: Path) -> None:
    export(full(mm), tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        names = [name for name in archive.namelist() if name != "export.jsonl"]
    assert len(names) == 1
    assert names[0].startswith("data/")
    assert ".." not in names[0]


def test_nothing_is_left_of_what_cannot_be_finished(mm: Workspace, tmp_path: Path) -> None:
    host = full(mm)
    old = tmp_path / "out.zip"
    old.write_text("the one before")

    def stop(done: int, total: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(MmhooksError, match=r"out\.zip: cannot be written: No space left"):
        export(host, old, stop)
    assert [path.name for path in tmp_path.iterdir()] == ["out.zip"]
    assert old.read_text() == "the one before"
    with pytest.raises(MmhooksError, match="cannot be written"):
        export(host, tmp_path / "no" / "such" / "out.zip")


def test_reactions_of_users_who_are_gone_do_not_matter(mm: Workspace, tmp_path: Path) -> None:
    host = full(mm)
    ann = mm.user("ann")
    post = mm.post("x", by=ann).post
    host.api.add_reaction(Reaction(user_id=ann.id, post_id=post.id, emoji_name="smile"))
    host.store.execute("UPDATE reactions SET user_id = 'gone' WHERE post_id = ?", post.id)
    export(host, tmp_path / "out.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert (
        next(row["post"] for row in rows if row["type"] == "post" and row["post"]["message"] == "x").get(
            "reactions"
        )
        is None
    )
