"""What ordinary clients and scripts ask over REST, and how they are refused."""

import base64
import json

import httpx
import pytest

from mmhooks import AppError
from tests.conformance.world import PASSWORD
from tests.e2e.server import until

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
FORBIDDEN = (403, "api.context.permissions.app_error")


def refused(call, *arguments, **named):
    """Status and id with which a call is refused."""
    with pytest.raises(AppError) as error:
        call(*arguments, **named)
    return error.value.status_code, error.value.id


def test_every_answer_names_the_server(world):
    for path in ("/api/v4/system/ping", "/api/v4/users/me"):
        answer = httpx.get(world.url + path, trust_env=False)
        assert answer.headers["X-Version-Id"].startswith("11.1.0.")
        assert len(answer.headers["X-Request-Id"]) == 26


def test_sessions(world, ann):
    ann.send("POST", "/users/login", json={"login_id": ann.name, "password": PASSWORD})
    sessions = ann.get("/users/me/sessions")
    assert len(sessions) == 2
    assert all(one.get("token", "") == "" and one["user_id"] == ann.id for one in sessions)
    stranger = world.person()
    assert refused(stranger.get, f"/users/{ann.id}/sessions") == FORBIDDEN
    assert (
        refused(stranger.post, f"/users/{ann.id}/sessions/revoke", {"session_id": sessions[0]["id"]})
        == FORBIDDEN
    )
    assert refused(ann.post, "/users/me/sessions/revoke", {})[0] == 400
    assert ann.post("/users/me/sessions/revoke/all") == {"status": "OK"}
    ann.http.cookies.clear()
    assert refused(ann.get, "/users/me") == (401, "api.context.session_expired.app_error")


def test_a_password_is_changed(world, ann):
    wrong = {"current_password": "wrong", "new_password": "Another-1-password"}
    status, id = refused(ann.put, "/users/me/password", wrong)
    assert (status, id) == (400, "api.user.update_password.incorrect.app_error")
    short = {"current_password": PASSWORD, "new_password": "x"}
    assert refused(ann.put, "/users/me/password", short) == (
        400,
        "model.user.is_valid.pwd_min_length.app_error",
    )
    ann.put("/users/me/password", {"current_password": PASSWORD, "new_password": "Another-1-password"})
    ann.send("POST", "/users/login", json={"login_id": ann.name, "password": "Another-1-password"})
    old = {"login_id": ann.name, "password": PASSWORD}
    assert refused(ann.post, "/users/login", old)[0] == 401
    other = world.person()
    assert refused(other.put, f"/users/{ann.id}/password", short)[0] == 403


def test_who_there_is(world, team, ann):
    assert ann.get("/users/stats")["total_users_count"] >= 2
    found = ann.get("/users/autocomplete", name=ann.name, in_team=team.id)
    assert [one["username"] for one in found["users"]] == [ann.name]
    stranger = world.person()
    assert refused(stranger.get, "/users/autocomplete", name="x", in_team=team.id) == FORBIDDEN
    until = {"duration": "date_and_time", "expires_at": "2040-01-02T03:04:05.5Z"}
    for more in ({}, until):
        ann.put("/users/me/status/custom", {"emoji": "coffee", "text": "away", **more})
        status = json.loads(ann.get("/users/me")["props"]["customStatus"])
        kept = {"duration": "", "expires_at": "0001-01-01T00:00:00Z", **more}
        assert status == {"emoji": "coffee", "text": "away", **kept}
    bad = (400, "api.context.invalid_body_param.app_error")
    assert refused(ann.put, "/users/me/status/custom", {"emoji": "coffee", "expires_at": "soon"}) == bad
    assert ann.delete("/users/me/status/custom") == {"status": "OK"}
    assert refused(stranger.put, f"/users/{ann.id}/status/custom", {"emoji": "x", "text": ""}) == FORBIDDEN


def test_teams(world, team, ann):
    assert ann.get(f"/teams/name/{team.name}/exists") == {"exists": True}
    assert ann.get("/teams/name/no-such-team/exists") == {"exists": False}
    assert refused(ann.put, f"/teams/{team.id}/patch", {"display_name": "Mine"}) == FORBIDDEN
    other = world.team()
    assert world.admin.put(f"/teams/{other.id}/patch", {"display_name": "Ours"})["display_name"] == "Ours"
    names = [one["name"] for one in world.admin.post("/teams/search", {"term": other.name})]
    assert names == [other.name]
    people = [world.user() for _ in range(2)]
    batch = [{"team_id": other.id, "user_id": one.id} for one in people]
    members = world.admin.post(f"/teams/{other.id}/members/batch", batch)
    assert {one["user_id"] for one in members} == {one.id for one in people}
    assert refused(ann.post, f"/teams/{other.id}/members/batch", batch) == FORBIDDEN
    roles = {"roles": "team_user team_admin"}
    assert world.admin.put(f"/teams/{other.id}/members/{people[0].id}/roles", roles) == {"status": "OK"}
    assert refused(ann.put, f"/teams/{other.id}/members/{people[0].id}/roles", roles) == FORBIDDEN
    ids = world.admin.post(f"/teams/{other.id}/members/ids", [people[0].id])
    assert [one["scheme_admin"] for one in ids] == [True]
    assert refused(ann.delete, f"/teams/{other.id}") == FORBIDDEN
    assert world.admin.delete(f"/teams/{other.id}") == {"status": "OK"}


def test_channels(world, team, channel, ann):
    new = {"team_id": team.id, "name": world.word("p"), "display_name": "Private", "type": "P"}
    private = world.admin.post("/channels", new)
    assert private["id"] in [
        one["id"] for one in world.admin.get(f"/teams/{team.id}/channels/private", per_page=200)
    ]
    assert refused(ann.get, f"/teams/{team.id}/channels/private") == FORBIDDEN
    assert [one["id"] for one in ann.post(f"/teams/{team.id}/channels/ids", [channel.id])] == [channel.id]
    unread = ann.get(f"/users/me/channels/{channel.id}/unread")
    assert (unread["channel_id"], unread["team_id"]) == (channel.id, team.id)
    path = f"/users/me/channels/{channel.id}/unread"
    until(lambda: ann.get(path)["mention_count"] == 1, "being added counts as a mention", 20)
    props = {"desktop": "none"}
    assert ann.put(f"/channels/{channel.id}/members/me/notify_props", props) == {"status": "OK"}
    assert ann.get(f"/channels/{channel.id}/members/me")["notify_props"]["desktop"] == "none"
    roles = {"roles": "channel_user channel_admin"}
    assert refused(ann.put, f"/channels/{channel.id}/members/{ann.id}/roles", roles) == FORBIDDEN
    assert world.admin.put(f"/channels/{channel.id}/members/{ann.id}/roles", roles) == {"status": "OK"}
    members = ann.post(f"/channels/{channel.id}/members/ids", [ann.id])
    assert [one["scheme_admin"] for one in members] == [True]
    gone = world.channel(team)
    world.admin.delete(f"/channels/{gone.id}")
    archived = world.admin.get(f"/teams/{team.id}/channels/deleted", per_page=200)
    assert gone.id in [one["id"] for one in archived]


def test_pinned_and_reactions(channel, ann):
    posts = [ann.say(channel, text) for text in ("one", "two")]
    assert ann.post(f"/posts/{posts[0].id}/pin") == {"status": "OK"}
    assert ann.get(f"/channels/{channel.id}/pinned")["order"] == [posts[0].id]
    ann.post("/reactions", {"user_id": ann.id, "post_id": posts[1].id, "emoji_name": "smile"})
    found = ann.post("/posts/ids/reactions", [post.id for post in posts])
    assert [one["emoji_name"] for one in found[posts[1].id]] == ["smile"]
    assert not found.get(posts[0].id)


def test_files(world, channel, ann):
    files = {"files": ("a.txt", b"text")}
    made = ann.send("POST", "/files", data={"channel_id": channel.id}, files=files)
    info = made.json()["file_infos"][0]
    assert made.status_code == 201
    for part, id in (("thumbnail", "no_thumbnail"), ("preview", "no_preview")):
        assert refused(ann.get, f"/files/{info['id']}/{part}") == (
            400,
            f"api.file.get_file_{part}.{id}.app_error",
        )
    assert refused(ann.get, f"/files/{info['id']}/link") == (
        403,
        "api.file.get_public_link.disabled.app_error",
    )
    raw = ann.send("POST", f"/files?channel_id={channel.id}&filename=b.bin", content=b"\0" * 100_000).json()
    assert (raw["file_infos"][0]["name"], raw["file_infos"][0]["size"]) == ("b.bin", 100_000)
    stranger = world.person()
    assert refused(stranger.send, "POST", "/files", data={"channel_id": channel.id}, files=files) == FORBIDDEN


def test_uploads(world, channel, ann):
    upload = ann.post("/uploads", {"channel_id": channel.id, "filename": "a.txt", "file_size": 4})
    assert (upload["file_offset"], upload["user_id"], upload["type"]) == (0, ann.id, "attachment")
    stranger = world.person()
    path = f"/uploads/{upload['id']}"
    assert refused(stranger.get, path)[0] == 403
    assert ann.send("POST", path, content=b"text").json()["name"] == "a.txt"


def test_emoji(world, ann):
    name = world.word("e")
    fields = {"emoji": json.dumps({"name": name, "creator_id": ann.id})}
    emoji = ann.send("POST", "/emoji", data=fields, files={"image": ("e.png", PICTURE)}).json()
    assert ann.get(f"/emoji/name/{name}")["id"] == ann.get(f"/emoji/{emoji['id']}")["id"] == emoji["id"]
    assert ann.send("GET", f"/emoji/{emoji['id']}/image").headers["Content-Type"] == "image/png"
    assert [one["name"] for one in ann.get("/emoji/autocomplete", name=name[:-1])] == [name]
    assert [one["name"] for one in ann.post("/emoji/search", {"term": name[1:]})] == [name]
    again = refused(ann.send, "POST", "/emoji", data=fields, files={"image": ("e.png", PICTURE)})
    assert again == (400, "api.emoji.create.duplicate.app_error")
    other = world.person()
    assert refused(other.delete, f"/emoji/{emoji['id']}") == FORBIDDEN
    assert ann.delete(f"/emoji/{emoji['id']}") == {"status": "OK"}
    assert refused(ann.get, f"/emoji/{emoji['id']}")[0] == 404


def test_incoming_webhooks(world, team, channel, ann):
    assert refused(ann.post, "/hooks/incoming", {"channel_id": channel.id}) == FORBIDDEN
    hook = world.admin.post("/hooks/incoming", {"channel_id": channel.id, "display_name": "Bell"})
    address = f"{world.url}/hooks/{hook['id']}"
    rung = httpx.post(address, json={"text": "ring"}, trust_env=False)
    assert (rung.status_code, rung.text) == (200, "ok")
    httpx.post(address, data={"payload": json.dumps({"text": "ring ring"})}, trust_env=False)
    page = ann.get(f"/channels/{channel.id}/posts", per_page=2)
    assert [page["posts"][id]["message"] for id in page["order"]] == ["ring ring", "ring"]
    assert page["posts"][page["order"][0]]["props"]["from_webhook"] == "true"
    assert httpx.post(address, json={}, trust_env=False).status_code == 400
    ids = [one["id"] for one in world.admin.get("/hooks/incoming", team_id=team.id, per_page=200)]
    assert hook["id"] in ids
    assert world.admin.delete(f"/hooks/incoming/{hook['id']}") == {"status": "OK"}
    assert refused(world.admin.get, f"/hooks/incoming/{hook['id']}")[0] == 404


def test_commands_of_a_team(world, team, ann):
    new = {"team_id": team.id, "trigger": world.word("cmd"), "url": "http://localhost/x", "method": "P"}
    assert refused(ann.post, "/commands", new) == FORBIDDEN
    made = world.admin.send("POST", "/commands", json=new)
    command = made.json()
    assert (made.status_code, command["creator_id"]) == (201, world.admin.id)
    listed = world.admin.get("/commands", team_id=team.id, custom_only="true")
    assert command["id"] in [one["id"] for one in listed]
    token = world.admin.put(f"/commands/{command['id']}/regen_token")["token"]
    assert token != command["token"]
    changed = world.admin.put(f"/commands/{command['id']}", {**command, "description": "new"})
    assert changed["description"] == "new"
    assert world.admin.delete(f"/commands/{command['id']}") == {"status": "OK"}


def test_a_body_that_is_too_large(ann, channel):
    body = {"channel_id": channel.id, "message": "x" * 400_000}
    assert refused(ann.post, "/posts", body) == (413, "api.context.request_body_too_large.app_error")
