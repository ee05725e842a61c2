"""Over REST: channels across teams, old versions of posts, roles, invitations, the client's configuration."""

import contextlib
import json

import pytest

from mmhooks.api.converter import structure
from mmhooks.api.models import Channel
from mmhooks.devhost.picture import plain_picture
from tests.conformance.test_rest import FORBIDDEN
from tests.conformance.test_rest_posts import listening
from tests.conformance.world import NOBODY, Person, refused

BODY = (400, "api.context.invalid_body_param.app_error")


def ids(found):
    return [one["id"] for one in found]


def test_channels_of_all_teams(world, team, channel, ann):
    assert refused(ann.get, "/channels") == FORBIDDEN
    assert refused(ann.post, "/channels/search", {"term": channel.name}) == FORBIDDEN
    (found,) = world.admin.post("/channels/search", {"term": channel.name})
    assert (found["id"], found["team_name"], found["team_display_name"]) == (
        channel.id,
        team.name,
        team.display_name,
    )
    page = world.admin.post("/channels/search", {"term": channel.name, "page": 0, "per_page": 5})
    assert (ids(page["channels"]), page["total_count"]) == ([channel.id], 1)
    some = world.admin.get("/channels", per_page=2)
    assert [one["type"] in "OP" for one in some] == [True, True]
    assert world.admin.get("/channels", per_page=1, include_total_count="true")["total_count"] > 2
    search = "/channels/search?system_console=false"
    assert ids(ann.post(search, {"term": channel.name})) == [channel.id]
    hidden = world.channel(team, type="P")
    assert ann.post(search, {"term": hidden.name}) == []
    assert world.person().post(search, {"term": channel.name}) == []


def test_channels_of_a_user(world, team, channel, ann, bob):
    direct = ann.post("/channels/direct", [ann.id, bob.id])
    other = world.channel(team)
    world.admin.post(f"/channels/{other.id}/members", {"user_id": ann.id})
    found = ids(ann.get("/users/me/channels"))
    assert {channel.id, other.id, direct["id"]} <= set(found)
    assert found == sorted(found)
    world.admin.delete(f"/channels/{other.id}")
    assert other.id not in ids(ann.get("/users/me/channels"))
    assert other.id in ids(ann.get("/users/me/channels", include_deleted="true"))
    assert refused(bob.get, f"/users/{ann.id}/channels") == FORBIDDEN
    members = {one["channel_id"]: one for one in ann.get("/users/me/channel_members", page=0, per_page=100)}
    assert members[channel.id]["team_name"] == team.name
    assert members[direct["id"]]["team_name"] == ""
    assert refused(bob.get, f"/users/{ann.id}/channel_members") == FORBIDDEN


def test_channels_to_search_in(world, team, channel, ann, bob):
    path = f"/teams/{team.id}/channels/search_autocomplete"
    assert ids(ann.get(path, name=channel.name)) == [channel.id]
    other = world.channel(team)
    assert ann.get(path, name=other.name) == []
    direct = ann.post("/channels/direct", [ann.id, bob.id])
    (found,) = ann.get(path, name=bob.name)
    assert (found["id"], found["display_name"]) == (direct["id"], bob.name)


def test_group_channels(world, ann, bob):
    carl = world.person()
    group = ann.post("/channels/group", [ann.id, bob.id, carl.id])
    assert ids(ann.post("/channels/group/search", {"term": bob.name})) == [group["id"]]
    assert ann.post("/channels/group/search", {"term": "nobody-at-all"}) == []
    assert world.person().post("/channels/group/search", {"term": bob.name}) == []


def test_teams_in_common(world, team, channel, ann, bob):
    direct = ann.post("/channels/direct", [ann.id, bob.id])
    assert ids(ann.get(f"/channels/{direct['id']}/common_teams")) == [team.id]
    wrong = (400, "app.channel.get_common_teams.incorrect_channel_type")
    assert refused(ann.get, f"/channels/{channel.id}/common_teams") == wrong
    assert refused(world.person().get, f"/channels/{direct['id']}/common_teams") == FORBIDDEN


def test_who_is_known(world, ann, bob):
    known = ann.get("/users/known")
    assert bob.id in known
    assert ann.id not in known
    assert world.person().get("/users/known") == []


def test_schemes_of_members(world, team, channel, ann):
    for path, level, id in (
        (f"/channels/{channel.id}", "channel", "channel.update_channel"),
        (f"/teams/{team.id}", "team", "team.update_team"),
    ):
        address = f"{path}/members/{ann.id}/schemeRoles"
        assert refused(ann.put, address, {"scheme_user": True, "scheme_admin": True}) == FORBIDDEN
        missing = (400, f"api.{id}_member_roles.unset_user_scheme.app_error")
        assert refused(world.admin.put, address, {"scheme_admin": True}) == missing
        world.admin.put(address, {"scheme_user": True, "scheme_admin": True})
        roles = ann.get(f"{path}/members/{ann.id}")["roles"].split()
        assert set(roles) == {f"{level}_user", f"{level}_admin"}


def test_what_a_post_was_before(world, channel, ann, bob):
    post = ann.say(channel, "one")
    missing = (404, "app.post.get.app_error")
    assert refused(ann.get, f"/posts/{post.id}/edit_history") == missing
    for message in ("two", "three"):
        ann.put(f"/posts/{post.id}/patch", {"message": message})
    history = ann.get(f"/posts/{post.id}/edit_history")
    assert [one["message"] for one in history] == ["two", "one"]
    assert all(one["original_id"] == post.id and one["delete_at"] for one in history)
    for person in (bob, world.admin):
        assert refused(person.get, f"/posts/{post.id}/edit_history") == FORBIDDEN
    path = f"/posts/{post.id}/restore/{history[1]['id']}"
    assert refused(bob.post, path) == FORBIDDEN
    assert ann.post(path)["message"] == "one"
    assert ann.get(f"/posts/{post.id}")["message"] == "one"
    assert refused(ann.post, f"/posts/{post.id}/restore/{NOBODY}") == FORBIDDEN


def test_where_a_post_is(world, team, channel, ann, bob):
    post = ann.say(channel, "one")
    info = bob.get(f"/posts/{post.id}/info")
    assert info == {
        "channel_id": channel.id,
        "channel_type": "O",
        "channel_display_name": channel.display_name,
        "has_joined_channel": True,
        "team_id": team.id,
        "team_type": "I",
        "team_display_name": team.display_name,
        "has_joined_team": True,
    }
    assert world.person(team).get(f"/posts/{post.id}/info")["has_joined_channel"] is False
    missing = (404, "app.post.get.app_error")
    assert refused(world.person().get, f"/posts/{post.id}/info") == missing
    assert refused(ann.get, f"/posts/{NOBODY}/info") == missing
    private = world.channel(team, type="P")
    secret = world.admin.say(private, "one")
    assert refused(ann.get, f"/posts/{secret.id}/info") == missing
    direct = structure(ann.post("/channels/direct", [ann.id, bob.id]), Channel)
    between = ann.say(direct, "one")
    assert bob.get(f"/posts/{between.id}/info")["team_id"] == ""
    assert refused(world.person(team).get, f"/posts/{between.id}/info") == missing


def test_posts_around_the_first_unread_one(channel, ann, bob):
    posts = [bob.say(channel, str(number)).id for number in range(6)]
    path = f"/users/me/channels/{channel.id}/posts/unread"
    ann.post("/channels/members/me/view", {"channel_id": channel.id})
    ann.post(f"/users/me/posts/{posts[3]}/set_unread", {})
    assert ann.get(path, limit_before=2, limit_after=2)["order"] == [posts[4], posts[3], posts[2], posts[1]]
    ann.post("/channels/members/me/view", {"channel_id": channel.id})
    assert ann.get(path, limit_before=2, limit_after=2)["order"] == [posts[5], posts[4]]
    assert refused(bob.get, f"/users/{ann.id}/channels/{channel.id}/posts/unread") == FORBIDDEN
    assert refused(ann.get, path, limit_after=0) == (400, "api.context.invalid_url_param.app_error")


@pytest.mark.parametrize(
    "name", ["system_user", "system_admin", "team_user", "channel_user", "channel_admin"]
)
def test_roles(world, ann, name):
    role = ann.get(f"/roles/name/{name}")
    assert (role["name"], role["built_in"], role["delete_at"]) == (name, True, 0)
    assert ann.get(f"/roles/{role['id']}") == role
    assert ann.post("/roles/names", [name, "no_such_role"]) == [role]
    assert name in [one["name"] for one in world.admin.get("/roles")]
    assert refused(ann.get, "/roles") == FORBIDDEN


def test_roles_that_are_not_there(ann):
    assert refused(ann.get, "/roles/name/no_such_role") == (404, "app.role.get_by_name.app_error")
    assert refused(ann.get, f"/roles/{NOBODY}") == (404, "app.role.get.app_error")
    assert refused(ann.post, "/roles/names", []) == BODY
    assert ann.post("/roles/names", ["no_such_role"]) is None
    too_many = (400, "api.roles.get_multiple_by_name_too_many.request_error")
    assert refused(ann.post, "/roles/names", [f"role{number}" for number in range(101)]) == too_many


def test_categories(world, team, channel, ann, bob):
    path = f"/users/me/teams/{team.id}/channels/categories"
    made = ann.post(path, {"display_name": "Mine", "user_id": ann.id, "team_id": team.id})
    order = ann.get(f"{path}/order")
    assert made["id"] in order
    assert ann.get(f"{path}/{made['id']}")["display_name"] == "Mine"
    with listening(world, ann) as wait:
        assert ann.put(f"{path}/order", order[::-1]) == order[::-1]
        wait("sidebar_category_order_updated")
        changed = ann.put(
            f"{path}/{made['id']}", {**made, "display_name": "Ours", "channel_ids": [channel.id]}
        )
        assert (changed["display_name"], changed["channel_ids"]) == ("Ours", [channel.id])
        assert ann.get(f"{path}/order") == order[::-1]
        assert ann.send("DELETE", f"{path}/{made['id']}").status_code == 200
        assert wait("sidebar_category_deleted")["data"]["category_id"] == made["id"]
    assert refused(ann.get, f"{path}/{made['id']}") == FORBIDDEN
    wrong = (400, "app.channel.sidebar_categories.app_error")
    assert refused(ann.send, "DELETE", f"{path}/{order[0] if order[0] != made['id'] else order[1]}") == wrong
    left = [one for one in order if one != made["id"]]
    assert refused(ann.put, f"{path}/order", left[1:])[0] == 500
    assert refused(ann.put, f"{path}/order", [NOBODY]) == BODY
    assert refused(bob.get, f"/users/{ann.id}/teams/{team.id}/channels/categories/order") == FORBIDDEN


def test_typing(world, channel, ann, bob):
    with listening(world, bob) as wait:
        assert ann.post("/users/me/typing", {"channel_id": channel.id}) == {"status": "OK"}
        assert wait("typing")["data"]["user_id"] == ann.id
    assert refused(ann.post, f"/users/{bob.id}/typing", {"channel_id": channel.id}) == FORBIDDEN
    assert refused(world.person().post, "/users/me/typing", {"channel_id": channel.id}) == FORBIDDEN


def test_a_picture_is_taken_away(ann, bob):
    picture = {"image": ("a.png", plain_picture("dot", 1))}
    ann.send("POST", "/users/me/image", files=picture)
    assert ann.get("/users/me")["last_picture_update"] > 0
    assert ann.send("GET", f"/users/{ann.id}/image/default").headers["Content-Type"] == "image/png"
    assert refused(bob.delete, f"/users/{ann.id}/image") == FORBIDDEN
    assert ann.delete("/users/me/image") == {"status": "OK"}
    assert ann.get("/users/me").get("last_picture_update", 0) <= 0


def test_a_whole_user_is_sent(ann, bob):
    me = ann.get("/users/me")
    assert ann.put("/users/me", {**me, "nickname": "Annie"})["nickname"] == "Annie"
    assert refused(ann.put, f"/users/{ann.id}", {**me, "id": bob.id}) == BODY
    assert refused(bob.put, f"/users/{ann.id}", me) == FORBIDDEN


def test_emoji_by_names(world, ann):
    made = []
    for _ in range(2):
        fields = {"emoji": f'{{"name": "{world.word("e")}", "creator_id": "{ann.id}"}}'}
        made.append(
            ann.send(
                "POST", "/emoji", data=fields, files={"image": ("e.png", plain_picture("dot", 1))}
            ).json()
        )
    names = [one["name"] for one in made]
    assert sorted(ids(ann.post("/emoji/names", [*names, "smile", "none"]))) == sorted(ids(made))
    assert refused(ann.post, "/emoji/names", []) == BODY
    too_many = (400, "api.emoji.get_multiple_by_name_too_many.request_error")
    assert refused(ann.post, "/emoji/names", [f"e{number}" for number in range(201)]) == too_many


def test_invitations(world, ann):
    team = world.team()
    first = world.admin.get(f"/teams/{team.id}")["invite_id"]
    stranger = Person(world.url)
    with contextlib.closing(stranger.http):
        assert stranger.get(f"/teams/invite/{first}") == {
            "id": team.id,
            "name": team.name,
            "display_name": team.display_name,
            "description": "",
        }
        second = world.admin.post(f"/teams/{team.id}/regenerate_invite_id")["invite_id"]
        assert second != first
        gone = (404, "app.team.get_by_invite_id.finding.app_error")
        assert refused(stranger.get, f"/teams/invite/{first}") == gone
        closed = world.admin.put(f"/teams/{team.id}/privacy", {"privacy": "I"})
        assert (closed["type"], closed["allow_open_invite"]) == ("I", False)
        third = world.admin.get(f"/teams/{team.id}")["invite_id"]
        assert third != second
        assert refused(stranger.get, f"/teams/invite/{third}") == (
            403,
            "api.team.get_invite_info.not_open_team",
        )
    assert refused(ann.post, f"/teams/{team.id}/regenerate_invite_id") == FORBIDDEN
    assert refused(ann.put, f"/teams/{team.id}/privacy", {"privacy": "O"}) == FORBIDDEN
    assert refused(world.admin.put, f"/teams/{team.id}/privacy", {"privacy": "x"}) == BODY
    world.admin.delete(f"/teams/{team.id}")
    assert refused(ann.post, f"/teams/{team.id}/restore") == FORBIDDEN
    assert world.admin.post(f"/teams/{team.id}/restore")["delete_at"] == 0


def test_what_is_unread_in_a_team(world, team, channel, ann, bob):
    ann.post("/channels/members/me/view", {"channel_id": channel.id})
    before = ann.get(f"/users/me/teams/{team.id}/unread")
    bob.say(channel, "one")
    after = ann.get(f"/users/me/teams/{team.id}/unread")
    assert after["msg_count"] == before["msg_count"] + 1
    assert after["team_id"] == team.id
    assert refused(bob.get, f"/users/{ann.id}/teams/{team.id}/unread") == FORBIDDEN


def test_what_clients_learn_of_the_configuration(world, ann):
    found = ann.get("/config/client")
    for name, value in {
        "Version": "11.1.0",
        "SiteName": "Mattermost",
        "MaxPostSize": "16383",
        "MaxFileSize": "104857600",
        "EnableCustomEmoji": "true",
        "EnableUserAccessTokens": "true",
        "TeammateNameDisplay": "username",
        "PostPriority": "true",
        "FeatureFlagConsumePostHook": "true",
    }.items():
        assert found[name] == value, name
    stranger = Person(world.url)
    with contextlib.closing(stranger.http):
        shown = stranger.get("/config/client")
    assert set(shown) < set(found)
    assert "MaxPostSize" not in shown
    assert all(isinstance(value, str) for value in found.values())
    assert (len(found), len(shown)) == (246, 119)


def test_limits(world, ann):
    assert set(ann.get("/limits/server").values()) == {0}
    limits = world.admin.get("/limits/server")
    assert limits["activeUserCount"] > 0
    assert (limits["maxUsersLimit"], limits["maxUsersHardLimit"]) == (200, 250)
    assert ann.get("/users/me/uploads") == []


def test_custom_statuses_of_late(ann, bob):
    for number in range(6):
        ann.put("/users/me/status/custom", {"emoji": "coffee", "text": str(number)})
    ann.put("/users/me/status/custom", {"emoji": "tea", "text": "3"})

    def late():
        kept = ann.get("/users/me/preferences/custom_status/name/recent_custom_statuses")
        return [(one["emoji"], one["text"]) for one in json.loads(kept["value"])]

    rest = [("coffee", "5"), ("coffee", "4"), ("coffee", "2"), ("coffee", "1")]
    assert late() == [("tea", "3"), *rest]
    kept = json.loads(ann.get("/users/me")["props"]["customStatus"])
    assert ann.post("/users/me/status/custom/recent/delete", kept) == {"status": "OK"}
    assert late() == rest
    gone = (400, "api.custom_status.recent_custom_statuses.delete.app_error")
    assert refused(ann.post, "/users/me/status/custom/recent/delete", kept) == gone
    assert refused(bob.post, f"/users/{ann.id}/status/custom/recent/delete", kept) == FORBIDDEN
    never = (400, "app.preference.get.app_error")
    assert refused(bob.post, "/users/me/status/custom/recent/delete", kept) == never
