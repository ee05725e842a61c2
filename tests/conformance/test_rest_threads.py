"""Threads that people follow, over REST."""

import pytest

from tests.conformance.test_rest import FORBIDDEN
from tests.conformance.test_rest_posts import listening
from tests.conformance.world import NOBODY, refused
from tests.e2e.server import until


@pytest.fixture
def team(world):
    """A team whose threads are of one case."""
    return world.team()


@pytest.fixture
def thread(channel, ann, bob, path):
    """Bob has replied to Ann."""
    root = ann.say(channel, "root")
    bob.say(channel, "reply", root_id=root.id)
    until(lambda: ann.get(path)["total"] == 1, "Ann follows it", 20)
    return root


@pytest.fixture
def path(team):
    return f"/users/me/teams/{team.id}/threads"


def unread(person, path):
    found = person.get(path)
    return found["total_unread_threads"], found["total_unread_mentions"]


def test_a_thread(channel, ann, bob, thread, path):
    (found,) = ann.get(path)["threads"]
    assert (found["id"], found["post"]["message"], found["reply_count"]) == (thread.id, "root", 1)
    assert (found["unread_replies"], found["unread_mentions"], found["is_urgent"]) == (1, 0, False)
    assert found["last_reply_at"] > thread.create_at
    assert [one["id"] for one in found["participants"]] == [bob.id]
    assert (unread(ann, path), unread(bob, path)) == ((1, 0), (0, 0))
    assert ann.get(f"{path}/{thread.id}") == found
    more = ann.get(f"{path}/{thread.id}", extended="true")
    assert [one["username"] for one in more["participants"]] == [bob.name]


def test_mentions_in_a_thread(channel, ann, bob, thread, path):
    bob.say(channel, f"@{ann.name}", root_id=thread.id)
    until(lambda: unread(ann, path) == (1, 1), "the mention counts", 20)
    read = ann.put(f"{path}/{thread.id}/read/{thread.create_at}")
    assert (read["unread_replies"], read["unread_mentions"]) == (2, 1)


def test_a_thread_is_read(world, team, channel, ann, bob, thread, path):
    at = ann.get(f"{path}/{thread.id}")["last_reply_at"]
    with listening(world, ann) as wait:
        found = ann.put(f"{path}/{thread.id}/read/{at}")
        data = wait("thread_read_changed")["data"]
    assert (found["last_viewed_at"], found["unread_replies"]) == (at, 0)
    assert (data["thread_id"], data["timestamp"], data["channel_id"]) == (thread.id, at, channel.id)
    assert (data["unread_replies"], data["previous_unread_replies"]) == (0, 1)
    assert unread(ann, path) == (0, 0)
    reply = bob.say(channel, "again", root_id=thread.id)
    until(lambda: unread(ann, path) == (1, 0), "the new reply counts", 20)
    assert ann.put(f"{path}/read") == {"status": "OK"}
    assert unread(ann, path) == (0, 0)
    found = ann.post(f"{path}/{thread.id}/set_unread/{reply.id}")
    assert (found["unread_replies"], found["last_viewed_at"]) == (1, reply.create_at - 1)
    other = ann.say(channel, "other")
    wrong = (400, "app.user.update_thread_read_for_user_by_post.app_error")
    assert refused(ann.post, f"{path}/{thread.id}/set_unread/{other.id}") == wrong


def test_a_thread_is_followed_no_longer(world, channel, ann, bob, thread, path):
    with listening(world, ann) as wait:
        assert ann.delete(f"{path}/{thread.id}/following") == {"status": "OK"}
        data = wait("thread_follow_changed")["data"]
        assert (data["thread_id"], data["state"], data["reply_count"]) == (thread.id, False, 1)
    assert ann.get(path)["total"] == 0
    missing = (404, "app.user.get_threads_for_user.not_found")
    assert refused(ann.get, f"{path}/{thread.id}") == missing
    ann.put(f"{path}/{thread.id}/following")
    assert (ann.get(path)["total"], unread(ann, path)) == (1, (0, 0))


def test_who_follows_what(world, team, channel, ann, bob, thread, path):
    carl, dora = (world.person(team, channel) for _ in range(2))
    assert carl.get(path)["total"] == 0
    nothing = (404, "app.user.get_thread_membership_for_user.not_found")
    assert refused(carl.get, f"{path}/{thread.id}") == nothing
    bob.say(channel, f"@{carl.name}", root_id=thread.id)
    until(lambda: unread(carl, path) == (1, 1), "who is mentioned follows", 20)
    root = ann.say(channel, f"root for @{dora.name}")
    bob.say(channel, "reply", root_id=root.id)
    until(lambda: unread(dora, path) == (1, 0), "who is mentioned at the beginning follows", 20)


def test_some_of_the_threads(channel, ann, bob, path):
    roots = [ann.say(channel, str(number)) for number in range(3)]
    for root in roots:
        bob.say(channel, "reply", root_id=root.id)
    first, second, third = (one.id for one in roots)
    until(lambda: ann.get(path)["total"] == 3, "all are followed", 20)

    def ids(**params):
        return [one["id"] for one in ann.get(path, **params)["threads"]]

    assert ids() == [third, second, first]
    assert ids(per_page=2) == [third, second]
    assert ids(before=second) == [first]
    assert ids(after=second) == [third]
    ann.put(f"{path}/{second}/following")
    assert ids(unread="true") == [third, first]
    assert ann.get(path, unread="true")["total"] == 2
    only = ann.get(path, threadsOnly="true")
    assert (only["total"], len(only["threads"])) == (0, 3)
    totals = ann.get(path, totalsOnly="true")
    assert (totals["total"], totals["threads"]) == (3, None)
    assert refused(ann.get, path, before=first, after=second) == (400, "api.getThreadsForUser.bad_params")
    both = (400, "api.getThreadsForUser.bad_only_params")
    assert refused(ann.get, path, totalsOnly="true", threadsOnly="true") == both
    bob.delete(f"/posts/{bob.say(channel, 'gone', root_id=first).id}")
    world_gone = ann.delete(f"/posts/{third}")
    assert world_gone == {"status": "OK"}
    assert ids() == [second, first]


def test_a_channel_is_viewed_by_a_client_without_threads(channel, ann, bob, thread, path):
    ann.post("/channels/members/me/view", {"channel_id": channel.id, "collapsed_threads_supported": True})
    assert unread(ann, path) == (1, 0)
    bob.say(channel, "something new")
    ann.post("/channels/members/me/view", {"channel_id": channel.id})
    assert unread(ann, path) == (0, 0)


def test_a_channel_without_replies(channel, ann, bob, thread):
    other = bob.say(channel, "other")
    reply = ann.say(channel, "again", root_id=thread.id)
    path = f"/channels/{channel.id}/posts"

    def page(**params):
        return ann.get(path, collapsedThreads="true", **params)

    found = page(per_page=2)
    assert found["order"] == [other.id, thread.id]
    assert set(found["posts"]) == {other.id, thread.id}
    post = found["posts"][thread.id]
    assert (post["reply_count"], post["last_reply_at"]) == (2, reply.create_at)
    assert {one["id"] for one in post["participants"]} == {ann.id, bob.id}
    assert post["is_following"] is True
    alone = found["posts"][other.id]
    assert (alone["reply_count"], alone.get("is_following")) == (0, None)
    more = page(per_page=2, collapsedThreadsExtended="true")["posts"][thread.id]["participants"]
    assert {one["username"] for one in more} == {ann.name, bob.name}
    assert page(after=thread.id)["order"] == [other.id]
    assert page(before=other.id, per_page=1)["order"] == [thread.id]
    assert page(since=other.create_at - 1)["posts"].keys() == {other.id, thread.id}


def test_who_may_not(world, team, ann, bob, thread, path):
    theirs = path.replace("me", ann.id, 1)
    assert refused(bob.get, theirs) == FORBIDDEN
    assert refused(bob.put, f"{theirs}/{thread.id}/following") == FORBIDDEN
    stranger = world.person()
    assert refused(stranger.get, path) == FORBIDDEN
    assert refused(stranger.put, f"{path}/{thread.id}/following") == FORBIDDEN
    assert refused(ann.put, f"{path}/{NOBODY}/following")[0] in (403, 404)
