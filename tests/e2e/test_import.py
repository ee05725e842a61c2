"""What the embedded host exports, the real server imports."""

from pathlib import Path

from mmhooks.api.models import Post
from mmhooks.devhost.exporter import export
from mmhooks.testing import Workspace
from tests.e2e.server import until


def test_a_workspace_moves_to_a_server(server, tmp_path):
    with Workspace() as mm:
        team = mm.team("moved")
        nora, olaf = mm.user("nora", team=team), mm.user("olaf", team=team)
        channel = mm.channel("plans", team=team, members=[nora, olaf])
        info = mm.host.api.store_file(b"the content", channel.id, "plan.txt", user_id=nora.id)
        first = mm.host.api.save_post(
            Post(user_id=nora.id, channel_id=channel.id, message="the plan", file_ids=[info.id])
        )
        mm.post("agreed", by=olaf, reply_to=first)
        mm.react(first, "thumbsup", by=olaf)
        direct = mm.host.api.get_direct_channel(nora.id, olaf.id)
        mm.host.api.save_post(Post(user_id=olaf.id, channel_id=direct.id, message="between us"))
        export(mm.host, tmp_path / "moved.zip")
    _import(server.admin, tmp_path / "moved.zip")

    found = server.admin.get("/teams/name/moved/channels/name/plans")
    page = server.admin.get(f"/channels/{found['id']}/posts")
    posts = {post["message"]: post for post in page["posts"].values() if not post["type"]}
    assert set(posts) == {"the plan", "agreed"}
    assert posts["agreed"]["root_id"] == posts["the plan"]["id"]
    assert posts["the plan"]["create_at"] == first.create_at
    (file_id,) = posts["the plan"]["file_ids"]
    assert server.admin.send("GET", f"/files/{file_id}").content == b"the content"
    reactions = server.admin.get(f"/posts/{posts['the plan']['id']}/reactions")
    assert [one["emoji_name"] for one in reactions] == ["thumbsup"]
    assert posts["the plan"]["user_id"] == server.admin.get("/users/username/nora")["id"]


def _import(admin, path: Path):
    """Upload the file, and have the server's own job read it."""
    data = path.read_bytes()
    upload = admin.post("/uploads", {"filename": path.name, "file_size": len(data), "type": "import"})
    admin.send("POST", f"/uploads/{upload['id']}", content=data)
    job = admin.post(
        "/jobs", {"type": "import_process", "data": {"import_file": f"{upload['id']}_{path.name}"}}
    )

    def ended():
        state = admin.get(f"/jobs/{job['id']}")
        return state if state["status"] in ("success", "error", "canceled") else None

    done = until(ended, "the import", 60)
    assert done["status"] == "success", done["data"]
