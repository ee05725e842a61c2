"""Which hooks an action fires, with what, how often, and what becomes of the answer."""

import contextlib
import json

import pytest
from websockets.sync.client import connect

from mmhooks.api.models import Post, Preference, PushNotification, Reaction
from mmhooks.errors import AppError
from tests.conformance.world import NOBODY, Person, refused


def mine(hooks, name, condition):
    """The calls of a hook that belong to the case: tasks of earlier ones may still be under way."""
    return [one for one in hooks.named(name) if condition(one)]


# -- posts --------------------------------------------------------------------------------------


def test_a_post_asks_once_and_tells_once(hooks, ann, channel):
    post = ann.say(channel, "hello")
    told = hooks.wait("message_has_been_posted", lambda one: one["post"].id == post.id)
    assert told["post"].message == "hello"
    assert told["post"].metadata is None
    (asked,) = mine(hooks, "message_will_be_posted", lambda one: one["post"].message == "hello")
    assert (asked["post"].id, asked["post"].user_id, asked["post"].channel_id) == ("", ann.id, channel.id)
    assert asked["post"].metadata is None
    names = [name for name, one in hooks.all() if "post" in one and one["post"].message == "hello"]
    assert names == ["message_will_be_posted", "message_has_been_posted"]


def test_who_makes_a_post_is_told(hooks, ann, channel):
    ann.http.headers["User-Agent"] = "conformance"
    ann.say(channel, "hello")
    context = hooks.wait("message_will_be_posted", lambda one: one["post"].message == "hello")["context"]
    assert len(context.request_id) == 26
    assert len(context.session_id) == 26
    assert context.user_agent == "conformance"
    assert context.ip_address == "127.0.0.1"


def test_a_post_of_the_plugin_fires_too(api, hooks, world, channel):
    api.create_post(Post(channel_id=channel.id, user_id=world.admin.id, message="mine"))
    asked = hooks.wait("message_will_be_posted", lambda one: one["post"].message == "mine")
    assert asked["post"].props == {"from_plugin": "true"}
    hooks.wait("message_has_been_posted", lambda one: one["post"].message == "mine")


def test_a_post_is_refused(hooks, ann, channel):
    hooks.answer(message_will_be_posted=("reject", "no secrets"))
    with pytest.raises(AppError) as error:
        ann.say(channel, "secret")
    assert (error.value.status_code, error.value.id) == (400, "Post rejected by plugin. no secrets")
    assert not mine(hooks, "message_has_been_posted", lambda one: one["post"].message == "secret")


def test_a_post_is_changed(hooks, ann, channel):
    hooks.answer(message_will_be_posted=("evolve", ("post", {"message": "HELLO", "props": {"new": 1}})))
    post = ann.say(channel, "hello", props={"old": 2})
    assert (post.message, post.props["new"]) == ("HELLO", 1)
    # A map keeps what the answer leaves out.
    assert post.props["old"] == 2


def test_a_field_answered_empty_keeps_its_value(hooks, ann, channel):
    hooks.answer(message_will_be_posted=("evolve", ("post", {"message": "", "props": {}})))
    post = ann.say(channel, "hello", props={"old": 2})
    assert (post.message, post.props["old"]) == ("hello", 2)


def test_hashtags_are_those_of_before(hooks, ann, channel):
    hooks.answer(message_will_be_posted=("evolve", ("post", {"message": "#other"})))
    assert ann.say(channel, "#one").hashtags == "#one"


def test_a_plugin_that_fails_lets_a_post_pass(hooks, ann, channel):
    hooks.answer(message_will_be_posted=("raise", ValueError("broken")))
    assert ann.say(channel, "hello").message == "hello"


def test_an_edit_asks_once_and_tells_once(hooks, ann, channel):
    post = ann.say(channel, "before")
    ann.put(f"/posts/{post.id}/patch", {"message": "after"})
    told = hooks.wait("message_has_been_updated", lambda one: one["new_post"].id == post.id)
    assert (told["new_post"].message, told["old_post"].message) == ("after", "before")
    (asked,) = mine(hooks, "message_will_be_updated", lambda one: one["new_post"].id == post.id)
    assert (asked["new_post"].message, asked["old_post"].message) == ("after", "before")
    assert len(mine(hooks, "message_has_been_updated", lambda one: one["new_post"].id == post.id)) == 1


def test_an_edit_is_refused_and_changed(api, hooks, ann, channel):
    post = ann.say(channel, "before")
    hooks.answer(message_will_be_updated=("reject", "too late"))
    edit = refused(ann.put, f"/posts/{post.id}/patch", {"message": "after"})
    assert edit == (400, "Post rejected by plugin. too late")
    assert api.get_post(post.id).message == "before"
    hooks.answer(message_will_be_updated=("evolve", ("new_post", {"message": "other"})))
    assert ann.put(f"/posts/{post.id}/patch", {"message": "after"})["message"] == "other"


def test_a_deletion_is_told(hooks, ann, channel):
    root = ann.say(channel, "root")
    ann.say(channel, "reply", root_id=root.id)
    ann.delete(f"/posts/{root.id}")
    told = hooks.wait("message_has_been_deleted", lambda one: one["post"].id == root.id)
    assert told["post"].message == "root"
    # The replies go without a word.
    assert len(mine(hooks, "message_has_been_deleted", lambda one: one["post"].channel_id == channel.id)) == 1


def test_pinning_is_an_edit(hooks, ann, channel):
    post = ann.say(channel, "pin me")
    ann.post(f"/posts/{post.id}/pin")
    told = hooks.wait("message_has_been_updated", lambda one: one["new_post"].id == post.id)
    assert (told["new_post"].is_pinned, told["old_post"].is_pinned) == (True, False)


def test_what_readers_see_may_be_changed(api, hooks, ann, channel):
    post = ann.say(channel, "plain")
    hooks.answer(messages_will_be_consumed=("value", [post.evolve(message="changed")]))
    assert ann.get(f"/posts/{post.id}")["message"] == "changed"
    page = ann.get(f"/channels/{channel.id}/posts")
    assert page["posts"][post.id]["message"] == "changed"
    hooks.answer(messages_will_be_consumed=("value", [post.evolve(id=NOBODY, message="changed")]))
    assert ann.get(f"/channels/{channel.id}/posts")["posts"][post.id]["message"] == "plain"


def test_reactions_are_told(api, hooks, ann, channel):
    post = ann.say(channel, "react")
    one = Reaction(user_id=ann.id, post_id=post.id, emoji_name="+1")
    ann.post("/reactions", {"user_id": ann.id, "post_id": post.id, "emoji_name": "+1"})
    told = hooks.wait("reaction_has_been_added", lambda told: told["reaction"].post_id == post.id)
    assert (told["reaction"].emoji_name, told["reaction"].user_id) == ("+1", ann.id)
    ann.delete(f"/users/{ann.id}/posts/{post.id}/reactions/+1")
    told = hooks.wait("reaction_has_been_removed", lambda told: told["reaction"].post_id == post.id)
    assert told["reaction"].emoji_name == "+1"
    api.add_reaction(one.evolve(emoji_name="smile"))
    hooks.wait("reaction_has_been_added", lambda told: told["reaction"].emoji_name == "smile")


# -- channels and teams -------------------------------------------------------------------------


def test_a_new_channel_is_told(hooks, world, team):
    channel = world.channel(team)
    told = hooks.wait("channel_has_been_created", lambda one: one["channel"].id == channel.id)
    assert told["channel"].creator_id == world.admin.id


def test_a_direct_channel_is_told_once(api, hooks, world, user):
    other = world.user()
    channel = api.get_direct_channel(user.id, other.id)
    hooks.wait("channel_has_been_created", lambda one: one["channel"].id == channel.id)
    api.get_direct_channel(user.id, other.id)
    assert len(mine(hooks, "channel_has_been_created", lambda one: one["channel"].id == channel.id)) == 1


def test_who_joins_and_leaves_a_channel_is_told(api, hooks, world, channel, user):
    api.add_channel_member(channel.id, user.id)
    told = hooks.wait("user_has_joined_channel", lambda one: one["channel_member"].user_id == user.id)
    assert (told["channel_member"].channel_id, told["actor"]) == (channel.id, None)
    api.delete_channel_member(channel.id, user.id)
    told = hooks.wait("user_has_left_channel", lambda one: one["channel_member"].user_id == user.id)
    assert told["channel_member"].channel_id == channel.id
    world.admin.post(f"/channels/{channel.id}/members", {"user_id": user.id})
    told = hooks.wait("user_has_joined_channel", lambda one: one["actor"] is not None)
    assert told["actor"].id == world.admin.id
    world.admin.delete(f"/channels/{channel.id}/members/{user.id}")
    told = hooks.wait(
        "user_has_left_channel", lambda one: one["actor"] is not None and one["actor"].id == world.admin.id
    )
    assert told["channel_member"].user_id == user.id


def test_who_joins_and_leaves_a_team_is_told(api, hooks, world, team):
    user = world.user()
    world.admin.post(f"/teams/{team.id}/members", {"team_id": team.id, "user_id": user.id})
    told = hooks.wait("user_has_joined_team", lambda one: one["team_member"].user_id == user.id)
    assert told["actor"] is None  # the server does not say who added one person
    several = [{"team_id": team.id, "user_id": world.user().id}]
    world.admin.post(f"/teams/{team.id}/members/batch", several)
    told = hooks.wait("user_has_joined_team", lambda one: one["team_member"].user_id == several[0]["user_id"])
    assert told["actor"].id == world.admin.id
    api.delete_team_member(team.id, user.id, user.id)
    told = hooks.wait("user_has_left_team", lambda one: one["team_member"].user_id == user.id)
    assert told["team_member"].team_id == team.id
    assert told["actor"].id == user.id


def test_archiving_says_so_in_the_channel(api, hooks, channel):
    api.delete_channel(channel.id)
    told = hooks.wait("message_has_been_posted", lambda one: one["post"].type == "system_channel_deleted")
    assert told["post"].channel_id == channel.id


# -- people -------------------------------------------------------------------------------------


def test_a_new_account_is_told(hooks, world):
    user = world.user()
    told = hooks.wait("user_has_been_created", lambda one: one["user"].id == user.id)
    assert told["user"].username == user.username


def log_in(world, user):
    person = Person(world.url, user.username)
    with contextlib.closing(person.http):
        person.log_in()


def test_a_log_in_asks_and_tells(hooks, world, user):
    log_in(world, user)
    told = hooks.wait("user_has_logged_in", lambda one: one["user"].id == user.id)
    assert told["user"].username == user.username
    (asked,) = mine(hooks, "user_will_log_in", lambda one: one["user"].id == user.id)
    assert asked["user"].email == user.email


def test_a_log_in_is_refused(hooks, world, user):
    hooks.answer(user_will_log_in=("reject", "not today"))
    # Who logs in does not learn why.
    assert refused(log_in, world, user) == (401, "api.user.login.invalid_credentials_email_username")


def test_a_wrong_password_asks_nobody(hooks, world, user):
    person = Person(world.url)
    body = {"login_id": user.username, "password": "wrong"}
    assert refused(person.post, "/users/login", body)[0] == 401
    person.http.close()
    assert not mine(hooks, "user_will_log_in", lambda one: one["user"].id == user.id)


def test_switching_off_an_account_is_told(api, hooks, user):
    api.update_user_active(user.id, False)
    told = hooks.wait("user_has_been_deactivated", lambda one: one["user"].id == user.id)
    assert told["user"].delete_at > 0


def test_preferences_are_told(api, hooks, ann):
    preference = {"user_id": ann.id, "category": "c", "name": "n", "value": "v"}
    ann.put(f"/users/{ann.id}/preferences", [preference])
    told = hooks.wait("preferences_have_changed")
    assert told["preferences"] == [Preference(**preference)]


def test_a_notification_is_asked_about(api, hooks, user):
    api.send_push_notification(PushNotification(message="hello"), user.id)
    assert refused(api.get_user, NOBODY)[0] == 404


# -- files, configuration, WebSocket ------------------------------------------------------------


def test_an_upload_asks(api, hooks, channel):
    info = api.upload_file(b"content", channel.id, "a.txt")
    (asked,) = mine(hooks, "file_will_be_uploaded", lambda one: one["info"].id == info.id)
    assert (asked["info"].name, asked["info"].size, asked["file"]) == ("a.txt", 7, b"content")


def test_an_upload_is_refused(api, hooks, channel):
    hooks.answer(file_will_be_uploaded=("reject", "too dangerous"))
    problem = refused(api.upload_file, b"content", channel.id, "a.txt")
    assert problem == (400, "File rejected by plugin. too dangerous")


def test_a_person_uploads(hooks, ann, channel):
    files = {"files": ("b.txt", b"theirs")}
    answer = ann.send("POST", "/files", data={"channel_id": channel.id}, files=files).json()
    (info,) = answer["file_infos"]
    assert (info["name"], info["user_id"], info["channel_id"]) == ("b.txt", ann.id, channel.id)
    asked = hooks.wait("file_will_be_uploaded")
    assert (asked["info"].name, asked["info"].creator_id, asked["file"]) == ("b.txt", ann.id, b"theirs")


def test_saving_the_configuration_asks_and_tells(api, hooks):
    config = api.get_config()
    config["TeamSettings"]["MaxChannelsPerTeam"] += 1
    api.save_config(config)
    (asked,) = hooks.named("configuration_will_be_saved")
    saved = asked["new_cfg"]["TeamSettings"]["MaxChannelsPerTeam"]
    assert saved == config["TeamSettings"]["MaxChannelsPerTeam"]
    hooks.wait("on_configuration_change")


def test_the_configuration_is_refused(api, hooks):
    config = api.get_config()
    before = config["TeamSettings"]["MaxChannelsPerTeam"]
    config["TeamSettings"]["MaxChannelsPerTeam"] = before + 5
    hooks.answer(configuration_will_be_saved=("reject", "no"))
    assert refused(api.save_config, config) == (400, "mmhooks.rejected")
    assert api.get_config()["TeamSettings"]["MaxChannelsPerTeam"] == before


def test_a_websocket_is_told(hooks, world, ann):
    address = f"{world.url.replace('http', 'ws', 1)}/api/v4/websocket"
    with connect(address, additional_headers={"Authorization": f"Bearer {ann.token}"}) as socket:
        hello = json.loads(socket.recv(timeout=20))
        assert hello["event"] == "hello"
        connection = hello["data"]["connection_id"]
        told = hooks.wait("on_web_socket_connect", lambda one: one["user_id"] == ann.id)
        assert told["web_conn_id"] == connection
        socket.send(json.dumps({"seq": 1, "action": "custom_x_do", "data": {"a": [1, "b"]}}))
        told = hooks.wait("web_socket_message_has_been_posted", lambda one: one["user_id"] == ann.id)
        assert (told["req"].action, told["req"].seq) == ("custom_x_do", 1)
        assert told["req"].data == {"a": [1, "b"], "remote_addr": "127.0.0.1", "x_forwarded_for": ""}
    told = hooks.wait("on_web_socket_disconnect", lambda one: one["user_id"] == ann.id)
    assert told["web_conn_id"] == connection
