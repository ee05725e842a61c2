"""Posts over REST: what is unread, what is saved, and what a client has already."""

import contextlib
import json

import pytest
from websockets.sync.client import connect

from mmhooks.api.converter import structure
from mmhooks.api.models import Channel
from mmhooks.devhost.picture import plain_picture
from tests.conformance.test_rest import FORBIDDEN
from tests.conformance.world import NOBODY, refused


@contextlib.contextmanager
def listening(world, person):
    """The person's events, by name."""
    address = f"{world.url.replace('http', 'ws', 1)}/api/v4/websocket"
    headers = {"Authorization": f"Bearer {person.token}"}
    with connect(address, additional_headers=headers, proxy=None) as socket:

        def wait(name):
            while (event := json.loads(socket.recv(timeout=10))).get("event") != name:
                pass
            return event

        wait("hello")
        yield wait


def unread(person, post, **body):
    return person.post(f"/users/me/posts/{post.id}/set_unread", body)


def counts(found):
    return [found[name] for name in ("msg_count", "msg_count_root", "mention_count", "mention_count_root")]


def test_a_channel_is_marked_unread(world, team, channel, ann, bob):
    bob.say(channel, "one")
    post = bob.say(channel, f"two @{ann.name}")
    bob.say(channel, "three", root_id=post.id)
    bob.say(channel, f"four @{ann.name}", root_id=post.id)
    ann.say(channel, f"five @{ann.name}")
    bob.say(channel, "six @all")
    ann.post("/channels/members/me/view", {"channel_id": channel.id})
    with listening(world, ann) as wait:
        found = unread(ann, post)
        event = wait("post_unread")
    assert found["last_viewed_at"] == post.create_at - 1
    assert counts(found) == [1, 1, 3, 2]
    assert (found["team_id"], found["channel_id"], found["user_id"]) == (team.id, channel.id, ann.id)
    assert event["data"] == {
        "post_id": post.id,
        **{key: value for key, value in found.items() if not key.endswith("_id")},
    }
    assert event["broadcast"]["user_id"] == ann.id
    member = ann.get(f"/channels/{channel.id}/members/me")
    assert counts(member) == counts(found)
    assert ann.get(f"/users/me/channels/{channel.id}/unread")["msg_count"] == 5
    ann.post("/channels/members/me/mark_read", [channel.id])
    assert ann.get(f"/users/me/channels/{channel.id}/unread")["msg_count"] == 0


def test_a_reply_is_marked_unread(channel, ann, bob):
    root = bob.say(channel, "root")
    reply = bob.say(channel, f"@{ann.name}", root_id=root.id)
    bob.say(channel, f"@{ann.name}")
    ann.post("/channels/members/me/view", {"channel_id": channel.id})
    assert counts(unread(ann, reply)) == [1, 2, 2, 0]
    assert counts(unread(ann, reply, collapsed_threads_supported=True)) == [1, 1, 2, 1]


def test_a_direct_channel_is_marked_unread(world, ann, bob):
    direct = structure(ann.post("/channels/direct", [ann.id, bob.id]), Channel)
    post = bob.say(direct, "one")
    ann.say(direct, "two")
    bob.say(direct, "three")
    found = unread(ann, post)
    assert (counts(found), found["team_id"]) == ([0, 0, 2, 2], "")


def test_being_added_counts_as_a_mention(world, team, channel, ann, bob):
    post = ann.say(channel, "before")
    carl = world.person(team)
    world.admin.post(f"/channels/{channel.id}/members", {"user_id": carl.id})
    world.hooks.wait("message_has_been_posted", lambda one: one["post"].props.get("addedUserId") == carl.id)
    assert counts(unread(carl, post)) == [0, 0, 1, 1]


def test_who_may_not_mark_as_unread(world, channel, ann, bob):
    post = bob.say(channel, "one")
    assert refused(world.person().post, f"/users/me/posts/{post.id}/set_unread", {}) == FORBIDDEN
    assert refused(ann.post, f"/users/{bob.id}/posts/{post.id}/set_unread", {}) == FORBIDDEN


def test_channels_are_viewed(world, team, channel, ann, bob):
    other = world.channel(team)
    world.admin.post(f"/channels/{other.id}/members", {"user_id": ann.id})
    post = bob.say(channel, "one")
    with listening(world, ann) as wait:
        found = ann.post("/channels/members/me/mark_read", [channel.id, other.id])
        event = wait("multiple_channels_viewed")
    assert found["last_viewed_at_times"][channel.id] == post.create_at
    assert event["data"]["channel_times"] == found["last_viewed_at_times"]
    view = {"channel_id": other.id, "prev_channel_id": channel.id}
    assert set(ann.post("/channels/members/me/view", view)["last_viewed_at_times"]) == {channel.id, other.id}
    assert refused(ann.post, "/channels/members/me/mark_read", [])[0] == 400
    assert refused(ann.post, f"/channels/members/{bob.id}/mark_read", [channel.id]) == FORBIDDEN


def flag(person, *posts):
    saved = [
        {"user_id": person.id, "category": "flagged_post", "name": one.id, "value": "true"} for one in posts
    ]
    person.put("/users/me/preferences", saved)


def test_saved_posts(world, team, channel, ann, bob):
    other = world.channel(team)
    world.admin.post(f"/channels/{other.id}/members", {"user_id": ann.id})
    one, two, three = bob.say(channel, "one"), bob.say(channel, "two"), ann.say(other, "three")
    bob.say(channel, "reply", root_id=one.id)
    flag(ann, two, one, three)
    found = ann.get("/users/me/posts/flagged")
    assert found["order"] == [three.id, two.id, one.id]
    assert found["posts"][one.id]["reply_count"] == 1
    assert ann.get("/users/me/posts/flagged", channel_id=channel.id)["order"] == [two.id, one.id]
    assert ann.get("/users/me/posts/flagged", team_id=team.id)["order"] == [three.id, two.id, one.id]
    assert ann.get("/users/me/posts/flagged", team_id=world.team().id)["order"] == []
    assert ann.get("/users/me/posts/flagged", page=1, per_page=2)["order"] == [two.id, one.id]
    bob.delete(f"/posts/{two.id}")
    ann.delete(f"/channels/{other.id}/members/me")
    assert ann.get("/users/me/posts/flagged")["order"] == [one.id]
    assert refused(bob.get, f"/users/{ann.id}/posts/flagged") == FORBIDDEN


@pytest.mark.parametrize(
    "path",
    [
        "/users/{user}",
        "/users/username/{name}",
        "/users/email/{name}@example.com",
        "/users/{user}/image",
        "/posts/{post}",
        "/posts/{post}/thread",
        "/channels/{channel}/posts",
        "/channels/{channel}/posts?before={post}",
        "/channels/{channel}/pinned",
    ],
)
def test_what_a_client_has_already(ann, channel, path):
    post = ann.say(channel, "one")
    ann.post(f"/posts/{post.id}/pin")
    ann.send("POST", "/users/me/image", files={"image": ("a.png", plain_picture("dot", 1))})
    address = path.format(user=ann.id, name=ann.name, post=post.id, channel=channel.id)
    first = ann.send("GET", address)
    tag = first.headers["ETag"]
    same = ann.send("GET", address, headers={"If-None-Match": tag})
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)
    assert ann.send("GET", address, headers={"If-None-Match": "other"}).content == first.content
    if not path.endswith("image"):
        ann.put("/users/me/patch", {"nickname": "new"})
        ann.put(f"/posts/{post.id}/patch", {"message": "two"})
        assert ann.send("GET", address, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("route", "status", "id"),
    [
        ("POST /users/me/posts/{post}/ack", 501, "<untranslated>"),
        ("DELETE /users/me/posts/{post}/ack", 501, "license_error.feature_unavailable"),
        ("POST /posts/schedule", 400, "api.scheduled_posts.license_error"),
        ("GET /posts/scheduled/team/{team}", 400, "api.scheduled_posts.license_error"),
        (f"PUT /posts/schedule/{NOBODY}", 400, "api.scheduled_posts.license_error"),
        (f"DELETE /posts/schedule/{NOBODY}", 400, "api.scheduled_posts.license_error"),
        ("POST /posts/{post}/move", 501, "api.post.move_thread.disabled.app_error"),
        ("GET /channels/{channel}/bookmarks", 501, "api.channel.bookmark.channel_bookmark.license.error"),
        ("GET /groups", 501, "api.license_error"),
        (f"GET /groups/{NOBODY}", 501, "api.license_error"),
        (f"GET /groups/{NOBODY}/members", 501, "api.license_error"),
        ("GET /channels/{channel}/groups", 501, "api.license_error"),
        ("GET /teams/{team}/groups", 501, "api.license_error"),
        ("GET /users/me/groups", 501, "api.license_error"),
        (
            "GET /channels/{channel}/member_counts_by_group",
            403,
            "api.channel.channel_member_counts_by_group.license.error",
        ),
        ("GET /channels/{channel}/moderations", 403, "api.channel.get_channel_moderations.license.error"),
        ("GET /custom_profile_attributes/fields", 403, "api.custom_profile_attributes.license_error"),
    ],
)
def test_what_needs_a_licence(ann, team, channel, route, status, id):
    post = ann.say(channel, "one")
    method, path = route.format(post=post.id, team=team.id, channel=channel.id).split(" ")
    assert refused(ann.send, method, path, json=None if method == "GET" else {}) == (status, id)
