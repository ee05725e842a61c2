"""Posts."""

import time

import pytest

from mmhooks.api.models import Post
from tests.conformance.world import NOBODY, refused

MISSING = "app.post.get.app_error"


@pytest.fixture
def say(api, world, channel):
    """Post as the plugin, in the case's channel, in the administrator's name."""

    def post(message="hello", **fields):
        return api.create_post(
            Post(**{"channel_id": channel.id, "user_id": world.admin.id, "message": message, **fields})
        )

    return post


def test_a_new_post_is_completed(api, world, say, channel):
    post = say("hello #world", props={"a": 1, "b": {"c": [True]}})
    assert len(post.id) == 26
    assert post.create_at == post.update_at > 0
    assert (post.edit_at, post.delete_at, post.root_id, post.original_id, post.type) == (0, 0, "", "", "")
    assert post.hashtags == "#world"
    assert post.props == {"a": 1, "b": {"c": [True]}, "from_plugin": "true"}
    assert (post.user_id, post.channel_id, post.is_pinned) == (world.admin.id, channel.id, False)
    stored = api.get_post(post.id)
    assert (stored.message, stored.props, stored.hashtags) == (post.message, post.props, post.hashtags)
    changed = api.get_channel(channel.id)
    assert changed.last_post_at == post.create_at


@pytest.mark.parametrize(
    ("message", "tags"),
    [
        ("#one and #two", "#one #two"),
        ("no#tag", ""),
        ("#1number", ""),
        ("#x", ""),
        ("#ab", "#ab"),
        ("(#brackets)", "#brackets"),
        ("#dash-ed.dots", "#dash-ed.dots"),
        ("#ünicode", "#ünicode"),
        ("#one #one", "#one #one"),
        ("no tag", ""),
    ],
)
def test_hashtags(say, message, tags):
    assert say(message).hashtags == tags


@pytest.mark.parametrize(
    ("changes", "status", "id"),
    [
        ({"channel_id": NOBODY}, 404, "app.channel.get.existing.app_error"),
        ({"channel_id": ""}, 404, "app.channel.get.existing.app_error"),
        ({"user_id": NOBODY}, 404, "app.user.missing_account.const"),
        ({"message": "m" * 16384}, 400, "model.post.is_valid.message_length.app_error"),
        ({"type": "wrong"}, 400, "model.post.is_valid.type.app_error"),
        ({"root_id": NOBODY}, 400, "api.post.create_post.root_id.app_error"),
        ({"props": {"x": "p" * 800_001}}, 400, "model.post.is_valid.props.app_error"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_post(say, changes, status, id):
    assert refused(say, **changes) == (status, id)


@pytest.mark.parametrize("kind", ["", "custom_x", "system_generic", "me", "slack_attachment"])
def test_types_of_posts(say, kind):
    assert say(type=kind).type == kind


def test_posts_of_bots_are_marked(api, world, say, team, channel):
    from mmhooks.api.models import Bot

    bot = api.create_bot(Bot(username=world.word("bot")))
    assert say(user_id=bot.user_id).props == {"from_plugin": "true", "from_bot": "true"}


def test_channels_that_are_mentioned(api, world, team, say, channel):
    other = world.channel(team)
    props = say(f"see ~{other.name} and ~nothing").props
    assert props["channel_mentions"][other.name]["display_name"] == other.display_name


def test_a_thread(api, world, say, channel):
    root = say("root")
    first, second = say("one", root_id=root.id), say("two", root_id=root.id)
    assert (first.root_id, first.reply_count, second.reply_count) == (root.id, 1, 2)
    assert api.get_post(root.id).reply_count == 2
    thread = api.get_post_thread(root.id)
    assert set(thread.posts) == {root.id, first.id, second.id}
    assert set(thread.order) == {root.id, first.id, second.id}
    assert set(api.get_post_thread(first.id).posts) == {root.id, first.id, second.id}
    assert refused(say, root_id=first.id) == (400, "api.post.create_post.root_id.app_error")
    assert refused(api.get_post_thread, NOBODY)[1] == MISSING
    api.delete_post(second.id)
    assert api.get_post(root.id).reply_count == 1
    assert set(api.get_post_thread(root.id).posts) == {root.id, first.id}


def test_a_reply_stays_in_its_channel(world, team, say):
    root = say("root")
    other = world.channel(team)
    bad = (500, "api.post.create_post.channel_root_id.app_error")
    assert refused(say, root_id=root.id, channel_id=other.id) == bad


def test_a_deleted_root_takes_its_replies_along(api, say):
    root = say("root")
    reply = say("reply", root_id=root.id)
    api.delete_post(root.id)
    for post in (root, reply):
        assert refused(api.get_post, post.id) == (404, MISSING)
    assert refused(api.delete_post, root.id)[1] == MISSING
    assert refused(say, root_id=root.id) == (400, "api.post.create_post.root_id.app_error")


def test_a_post_is_edited(api, say):
    post = say("before #old")
    new = api.update_post(post.evolve(message="after #new", props={"x": "y"}))
    assert (new.message, new.hashtags) == ("after #new", "#new")
    assert new.edit_at > 0
    assert new.update_at >= post.update_at
    assert new.create_at == post.create_at
    assert new.props["x"] == "y"
    stored = api.get_post(post.id)
    assert (stored.message, stored.edit_at) == ("after #new", new.edit_at)


def test_what_an_edit_leaves_alone(api, say, world):
    post, other = say(), world.user()
    new = api.update_post(post.evolve(user_id=other.id, create_at=1, root_id=NOBODY, is_pinned=True))
    assert (new.user_id, new.create_at, new.root_id, new.is_pinned) == (
        post.user_id,
        post.create_at,
        "",
        True,
    )
    assert new.edit_at == 0


def test_what_cannot_be_edited(api, say, channel):
    assert refused(api.update_post, Post(id=NOBODY)) == (404, MISSING)
    assert refused(api.update_post, Post()) == (400, MISSING)
    post = say()
    assert refused(api.update_post, post.evolve(message="m" * 16384))[1].endswith("message_length.app_error")
    system = say(type="system_generic")
    assert refused(api.update_post, system) == (400, "api.post.update_post.system_message.app_error")
    api.delete_post(post.id)
    assert refused(api.update_post, post) == (404, MISSING)


def test_an_archived_channel(api, say, channel):
    post = say()
    api.delete_channel(channel.id)
    bad = (400, "api.post.update_post.can_not_update_post_in_deleted.error")
    assert refused(api.update_post, post.evolve(message="x")) == bad
    bad = (400, "api.post.delete_post.can_not_delete_post_in_deleted.error")
    assert refused(api.delete_post, post.id) == bad


@pytest.fixture
def posts(world, team, say):
    """Five posts, the oldest first, one of them a reply."""
    found = [say("0")]
    for number in range(1, 5):
        while time.time_ns() // 10**6 <= found[-1].create_at:
            pass  # what is before and after is told by the millisecond
        root_id = found[0].id if number == 3 else ""
        found.append(say(str(number), root_id=root_id))
    return found


def test_posts_of_a_channel_in_pages(api, channel, posts):
    ids = [one.id for one in posts][::-1]
    assert api.get_posts_for_channel(channel.id, 0, 5).order == ids
    assert api.get_posts_for_channel(channel.id, 0, 2).order == ids[:2]
    assert api.get_posts_for_channel(channel.id, 1, 2).order == ids[2:4]
    page = api.get_posts_for_channel(channel.id, 0, 2)
    # What belongs to the threads of a page comes with it, out of the order.
    assert set(page.posts) >= {ids[0], ids[1], posts[0].id}
    assert page.posts[posts[3].id].reply_count == 0
    api.delete_post(ids[0])
    assert api.get_posts_for_channel(channel.id, 0, 2).order == ids[1:3]
    assert refused(api.get_posts_for_channel, channel.id, 0, 1001)[0] == 400
    assert api.get_posts_for_channel(NOBODY, 0, 10).order == []


def test_posts_before_and_after(api, channel, posts):
    ids = [one.id for one in posts]
    assert api.get_posts_after(channel.id, ids[1], 0, 10).order == ids[:1:-1]
    assert api.get_posts_before(channel.id, ids[3], 0, 10).order[:3] == ids[2::-1]
    assert api.get_posts_before(channel.id, ids[3], 0, 2).order == ids[2:0:-1]
    assert api.get_posts_after(channel.id, ids[1], 0, 2).order == ids[3:1:-1]
    assert api.get_posts_after(channel.id, ids[4], 0, 10).order == []
    joined = api.get_posts_before(channel.id, ids[0], 0, 10)
    assert [one.type for one in joined.posts.values()] == ["system_join_channel"]
    assert api.get_posts_after(channel.id, ids[1], 0, 10).posts[ids[3]].reply_count == 1


def test_posts_since(api, channel, posts):
    newest = posts[-1]
    found = api.get_posts_since(channel.id, newest.create_at - 1)
    assert newest.id in found.order
    everything = api.get_posts_since(channel.id, posts[0].create_at - 1)
    assert set(everything.order) >= {one.id for one in posts}
    assert everything.order[0] == newest.id
    api.delete_post(newest.id)
    assert newest.id in api.get_posts_since(channel.id, newest.create_at).posts
    assert api.get_posts_since(channel.id, 4_000_000_000_000).order == []


def test_mentions_are_counted(api, world, team, channel, say):
    user = world.user(team)
    api.add_channel_member(channel.id, user.id)
    say(f"@{user.username}")
    say("@channel")
    say("@all")
    say("nobody")
    say(f"x@{user.username}.com")
    member = api.get_channel_member(channel.id, user.id)
    assert member.mention_count == 3
    assert api.get_channel_member(channel.id, world.admin.id).mention_count == 0


def test_every_post_of_a_direct_channel_is_a_mention(api, world, user):
    other = world.user()
    channel = api.get_direct_channel(user.id, other.id)
    api.create_post(Post(channel_id=channel.id, user_id=user.id, message="hello"))
    assert api.get_channel_member(channel.id, other.id).mention_count == 1


def test_messages_are_counted(api, channel, say):
    before = api.get_channel(channel.id)
    root = say()
    say(root_id=root.id)
    after = api.get_channel(channel.id)
    assert after.total_msg_count == before.total_msg_count + 2
    assert after.total_msg_count_root == before.total_msg_count_root + 1
    assert after.last_root_post_at == root.create_at


def test_an_ephemeral_post_is_not_kept(api, world, channel, user):
    post = Post(channel_id=channel.id, user_id=world.admin.id, message="psst", props={"a": "b"})
    sent = api.send_ephemeral_post(user.id, post)
    assert (sent.type, sent.message, sent.props["a"]) == ("system_ephemeral", "psst", "b")
    assert len(sent.id) == 26
    assert sent.create_at > 0
    assert refused(api.get_post, sent.id) == (404, MISSING)
    changed = api.update_ephemeral_post(user.id, sent.evolve(message="still"))
    assert (changed.id, changed.message, changed.type) == (sent.id, "still", "system_ephemeral")
    assert changed.update_at > 0
    api.delete_ephemeral_post(user.id, sent.id)


def test_a_post_that_is_not_there(api):
    assert refused(api.get_post, NOBODY) == (404, MISSING)
    assert refused(api.delete_post, NOBODY) == (400, MISSING)


def test_a_post_sent_twice_is_made_once(world, channel):
    first = world.admin.say(channel, "once", pending_post_id=f"{world.admin.id}:1")
    again = world.admin.say(channel, "once", pending_post_id=f"{world.admin.id}:1")
    assert first.id == again.id
