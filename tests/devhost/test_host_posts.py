from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from mmhooks.api.models import (
    Draft,
    Post,
    PostMetadata,
    PostPriority,
    Reaction,
    SearchParams,
    Team,
    User,
)
from mmhooks.devhost.host import Host
from mmhooks.errors import AppError, BadRequestError, NotFoundError, TransportError


def post(ws, message="hello", **fields):
    return ws.api.create_post(Post(channel_id=ws.channel.id, user_id=ws.alice.id, message=message, **fields))


def test_a_new_post_is_completed_and_counted(ws):
    before = ws.api.get_channel(ws.channel.id)
    made = post(ws, "hello #world @bob ~off-topic")
    channel = ws.api.get_channel(ws.channel.id)
    assert len(made.id) == 26
    assert made.create_at == made.update_at > 0
    assert made.hashtags == "#world"
    assert made.props["from_plugin"] == "true"
    assert made.props["channel_mentions"] == {"off-topic": {"display_name": "Off-Topic", "team_name": "crew"}}
    assert ws.api.get_post(made.id) == made
    assert channel.total_msg_count == before.total_msg_count + 1
    assert channel.last_post_at == channel.last_root_post_at == made.create_at
    assert [event.name for event in ws.host.events] == ["posted"]


def test_what_happens_to_a_post_happens_in_the_servers_order(ws):
    port = ws.plug(
        message_will_be_posted=lambda context, post: (None, ""),
        message_has_been_posted=lambda context, post: None,
        message_will_be_updated=lambda context, new, old: (new, ""),
        message_has_been_updated=lambda context, new, old: None,
        message_has_been_deleted=lambda context, post: None,
    )
    made = post(ws)
    ws.host.drain()
    ws.api.update_post(made.evolve(message="changed"))
    ws.host.drain()
    ws.api.delete_post(made.id)
    ws.host.drain()
    assert port.calls == [
        "message_will_be_posted",
        "message_has_been_posted",
        "message_will_be_updated",
        "message_has_been_updated",
        "message_has_been_deleted",
    ]


def test_a_hook_changes_a_post_and_the_post_keeps_its_metadata(ws):
    seen = []

    def shout(context, post):
        seen.append(post)
        return post.evolve(message=post.message.upper()), ""

    ws.plug(message_will_be_posted=shout)
    urgent = PostMetadata(priority=PostPriority(priority="urgent"))
    made = ws.api.save_post(
        Post(channel_id=ws.channel.id, user_id=ws.alice.id, message="hello", metadata=urgent)
    )
    assert made.message == "HELLO"
    assert made.metadata == urgent
    assert seen[0].metadata is None
    assert seen[0].id == ""
    assert ws.api.get_post(made.id).metadata is None


def test_a_rejected_post_is_not_stored_and_the_caller_reads_the_reason(ws):
    ws.plug(message_will_be_posted=lambda context, post: (None, "no"))
    with pytest.raises(BadRequestError, match="Post rejected by plugin") as caught:
        post(ws)
    assert (caught.value.id, caught.value.status_code) == ("Post rejected by plugin. no", 400)
    assert not [
        one for one in ws.api.get_posts_since(ws.channel.id, 0).posts.values() if one.message == "hello"
    ]


def test_a_dismissed_post_says_so_with_the_reserved_id(ws):
    ws.plug(message_will_be_posted=lambda c, p: (None, "plugin.message_will_be_posted.dismiss_post"))
    with pytest.raises(BadRequestError) as caught:
        post(ws)
    assert caught.value.id == "plugin.message_will_be_posted.dismiss_post"


def test_a_hook_cannot_clear_a_field_and_the_log_says_so_once(ws):
    ws.plug(message_will_be_posted=lambda context, post: (post.evolve(message="", props={}), ""))
    made = post(ws, props={"a": 1})
    assert (made.message, made.props) == ("hello", {"a": 1, "from_plugin": "true"})
    post(ws)
    warnings = [record for record in ws.host.logs if record.level == "warn"]
    assert sorted(record.fields["field"] for record in warnings) == ["message", "props"]


def test_an_edit_without_a_post_in_the_answer_is_rejected(ws):
    made = post(ws)
    ws.plug(message_will_be_updated=lambda context, new, old: (None, "frozen"))
    with pytest.raises(BadRequestError, match="frozen"):
        ws.api.update_post(made.evolve(message="changed"))
    assert ws.api.get_post(made.id).message == "hello"


def test_an_edit_may_clear_a_field(ws):
    made = post(ws, props={"a": 1})
    ws.plug(message_will_be_updated=lambda context, new, old: (new.evolve(props={}), ""))
    assert ws.api.update_post(made.evolve(message="changed")).props == {}


@pytest.mark.parametrize("error", [TransportError("gone"), AppError("broken")])
def test_a_plugin_that_cannot_answer_does_not_hold_up_a_post(ws, error):
    def fails(*args):
        raise error

    ws.plug(message_will_be_posted=fails, message_will_be_updated=fails, message_has_been_posted=fails)
    made = post(ws)
    assert ws.api.update_post(made.evolve(message="changed")).message == "changed"
    ws.host.drain()
    assert len([record for record in ws.host.logs if record.level == "error"]) == 3


def test_in_a_guarded_channel_a_plugin_that_cannot_answer_does(ws):
    def fails(*args):
        raise TransportError("gone")

    ws.api.register_channel_guard(ws.channel.id)
    ws.plug(message_will_be_posted=fails)
    with pytest.raises(AppError) as caught:
        post(ws)
    assert caught.value.status_code == 503
    ws.api.unregister_channel_guard(ws.channel.id)
    assert post(ws).id


def test_an_edit_keeps_the_old_text_as_a_deleted_post(ws):
    made = post(ws)
    edited = ws.api.update_post(made.evolve(message="changed"))
    assert edited.edit_at > 0
    assert edited.update_at > made.update_at
    history = [one for one in ws.api.get_posts_since(ws.channel.id, 0).posts.values() if one.original_id]
    assert [(one.original_id, one.message, one.delete_at > 0) for one in history] == [
        (made.id, "hello", True)
    ]


def test_replies_count_and_bring_followers(ws):
    root = post(ws)
    first = post(ws, "one", root_id=root.id)
    second = ws.api.create_post(
        Post(channel_id=ws.channel.id, user_id=ws.bob.id, message="two", root_id=root.id)
    )
    assert (first.reply_count, second.reply_count) == (1, 2)
    thread = ws.api.get_post_thread(first.id)
    assert thread.order == [first.id, root.id, second.id]
    assert {one.reply_count for one in thread.posts.values()} == {2}
    known = ws.api.thread(root.id)
    assert known.reply_count == 2
    assert known.last_reply_at == second.create_at
    assert known.participants == [ws.alice.id, ws.bob.id]
    assert ws.api.get_post(root.id).update_at == second.create_at
    ws.api.delete_post(root.id)
    with pytest.raises(NotFoundError):
        ws.api.get_post(second.id)


def test_posts_come_in_pages_newest_first(ws):
    made = [post(ws, str(number)) for number in range(6)]
    ids = [one.id for one in made]
    assert ws.api.get_posts_for_channel(ws.channel.id, 0, 2).order == ids[:3:-1]
    assert ws.api.get_posts_for_channel(ws.channel.id, 1, 2).order == [ids[3], ids[2]]
    assert ws.api.get_posts_before(ws.channel.id, ids[3], 0, 2).order == [ids[2], ids[1]]
    assert ws.api.get_posts_after(ws.channel.id, ids[3], 0, 2).order == [ids[5], ids[4]]


@pytest.mark.parametrize(
    ("change", "status", "id"),
    [
        ({"channel_id": "x" * 26}, 404, "app.channel.get.existing.app_error"),
        ({"user_id": "x" * 26}, 404, "app.user.missing_account.const"),
        ({"root_id": "x" * 26}, 400, "api.post.create_post.root_id.app_error"),
        ({"id": "x" * 26}, 400, "app.post.save.existing.app_error"),
        ({"message": "x" * 16384}, 400, "model.post.is_valid.message_length.app_error"),
        ({"type": "nonsense"}, 400, "model.post.is_valid.type.app_error"),
    ],
)
def test_wrong_posts_are_refused_as_the_server_does(ws, change, status, id):
    good = Post(channel_id=ws.channel.id, user_id=ws.alice.id, message="hello")
    with pytest.raises(AppError) as caught:
        ws.api.create_post(good.evolve(**change))
    assert (caught.value.status_code, caught.value.id) == (status, id)


def test_a_client_that_sends_twice_gets_the_same_post(ws):
    once = post(ws, pending_post_id="client:1")
    assert post(ws, pending_post_id="client:1").id == once.id
    ws.clock.advance(30_001)
    assert post(ws, pending_post_id="client:1").id != once.id


def test_readers_get_what_the_plugin_makes_of_posts_where_the_feature_is_on(ws):
    made = post(ws)
    ws.plug(messages_will_be_consumed=lambda posts: [posts[0].evolve(message="hidden")])
    assert ws.api.get_post(made.id).message == "hello"
    config = ws.api.get_config()
    config["FeatureFlags"]["ConsumePostHook"] = True
    ws.api.save_config(config)
    assert ws.api.get_post(made.id).message == "hidden"
    assert ws.api.get_posts_for_channel(ws.channel.id, 0, 1).posts[made.id].message == "hidden"


def test_reactions_come_and_go(ws):
    port = ws.plug(
        reaction_has_been_added=lambda context, reaction: None,
        reaction_has_been_removed=lambda context, reaction: None,
    )
    made = post(ws)
    smile = Reaction(user_id=ws.bob.id, post_id=made.id, emoji_name="smile")
    added = ws.api.add_reaction(smile)
    assert added.channel_id == ws.channel.id
    assert ws.api.get_reactions(made.id) == [added]
    assert ws.api.get_post(made.id).has_reactions
    ws.host.drain()
    ws.api.remove_reaction(smile)
    ws.host.drain()
    assert ws.api.get_reactions(made.id) == []
    assert not ws.api.get_post(made.id).has_reactions
    assert port.calls == ["reaction_has_been_added", "reaction_has_been_removed"]


def test_posts_are_found_by_their_words(ws):
    made = post(ws, "the quick brown fox")
    post(ws, "the lazy dog")
    found = ws.api.search_posts_in_team(ws.team.id, [SearchParams(terms="quick fox")])
    assert [one.id for one in found] == [made.id]


def test_ephemeral_posts_are_sent_and_not_stored(ws):
    sent = ws.api.send_ephemeral_post(ws.bob.id, Post(channel_id=ws.channel.id, message="psst"))
    assert sent.type == "system_ephemeral"
    assert [(user_id, one.id) for user_id, one in ws.host.ephemeral] == [(ws.bob.id, sent.id)]
    with pytest.raises(NotFoundError):
        ws.api.get_post(sent.id)


@pytest.mark.slow
def test_hooks_that_post_in_hooks_do_not_wait_for_each_other(ws):
    depth = threading.local()

    def nest(context, post):
        level = int(post.props.get("level", 0))
        if level < 3:
            deeper = Post(
                channel_id=ws.channel.id,
                user_id=ws.alice.id,
                message=post.message,
                props={"level": level + 1},
            )
            with ThreadPoolExecutor(1) as other:  # as a servant does: the call comes back on another thread
                other.submit(ws.api.create_post, deeper).result(30)
        depth.value = level
        return None, ""

    ws.plug(message_will_be_posted=nest, message_has_been_posted=lambda context, post: None)
    with ThreadPoolExecutor(200) as many:
        made = list(many.map(lambda number: post(ws, str(number)), range(200), timeout=60))
    assert len({one.id for one in made}) == 200
    assert ws.host.drain(30)
    count = ws.host.store.scalar("SELECT count(*) FROM posts WHERE user_id = ? AND type = ''", ws.alice.id)
    assert count == 800


def test_a_draft_is_asked_about():
    asked = []

    class Port:
        def implemented(self):
            return frozenset({"draft_will_be_upserted"})

        def call(self, hook, context, draft):
            asked.append(draft.message)
            return (None, "not here") if "secret" in draft.message else (draft.evolve(message="changed"), "")

    with Host(hooks=Port()) as host:
        user = host.api.create_user(User(username="ann", email="ann@example.com", password="password"))
        team = host.api.create_team(Team(name="team", display_name="Team", type="O"))
        channel = host.api.get_channel_by_name(team.id, "town-square", False)
        draft = Draft(user_id=user.id, channel_id=channel.id, message="begun")
        assert host.api.upsert_draft(draft).message == "changed"
        with pytest.raises(AppError, match="not here"):
            host.api.upsert_draft(draft.evolve(message="a secret"))
        assert asked == ["begun", "a secret"]
        assert [one.message for one in host.api.get_drafts(user.id, team.id)] == ["changed"]
