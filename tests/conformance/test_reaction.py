"""Reactions and emoji."""

import pytest

from mmhooks.api.models import Post, Reaction
from mmhooks.devhost.picture import plain_picture
from tests.conformance.world import NOBODY, refused

PNG = plain_picture("dot", 1)


@pytest.fixture
def post(api, world, channel):
    return api.create_post(Post(channel_id=channel.id, user_id=world.admin.id, message="hello"))


def reaction(user, post, name="+1"):
    return Reaction(user_id=user.id, post_id=post.id, emoji_name=name)


def test_a_reaction(api, channel, user, post):
    made = api.add_reaction(reaction(user, post))
    assert (made.user_id, made.post_id, made.emoji_name, made.channel_id) == (
        user.id,
        post.id,
        "+1",
        channel.id,
    )
    assert made.create_at == made.update_at > 0
    assert [one.emoji_name for one in api.get_reactions(post.id)] == ["+1"]
    assert api.get_post(post.id).has_reactions
    api.add_reaction(reaction(user, post))
    api.add_reaction(reaction(user, post, "smile"))
    assert sorted(one.emoji_name for one in api.get_reactions(post.id)) == ["+1", "smile"]
    api.remove_reaction(reaction(user, post))
    api.remove_reaction(reaction(user, post))
    assert [one.emoji_name for one in api.get_reactions(post.id)] == ["smile"]
    api.remove_reaction(reaction(user, post, "smile"))
    assert api.get_reactions(post.id) == []
    assert not api.get_post(post.id).has_reactions


@pytest.mark.parametrize(
    ("changes", "status", "id"),
    [
        ({"user_id": "x"}, 400, "model.reaction.is_valid.user_id.app_error"),
        ({"emoji_name": ""}, 404, "app.emoji.get_by_name.no_result"),
        ({"emoji_name": "no_such_emoji"}, 404, "app.emoji.get_by_name.no_result"),
        ({"emoji_name": "SMILE"}, 404, "app.emoji.get_by_name.no_result"),
        ({"emoji_name": "smile_dark_skin_tone"}, 404, "app.emoji.get_by_name.no_result"),
        ({"emoji_name": "a b"}, 404, "app.emoji.get_by_name.no_result"),
        ({"emoji_name": "e" * 65}, 404, "app.emoji.get_by_name.no_result"),
        ({"post_id": NOBODY}, 404, "app.post.get.app_error"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_reaction(api, user, post, changes, status, id):
    assert refused(api.add_reaction, reaction(user, post).evolve(**changes)) == (status, id)


@pytest.mark.parametrize(
    "name",
    [
        "+1_dark_skin_tone",
        "people_holding_hands_light_skin_tone_medium_dark_skin_tone",
        "8ball",
        "skin-tone-2",
        "mattermost",
    ],
)
def test_emoji_that_a_server_has(api, user, post, name):
    assert api.add_reaction(reaction(user, post, name)).emoji_name == name


def test_an_emoji_of_the_workspace(api, world, user, post, emoji):
    assert api.add_reaction(reaction(user, post, emoji["name"])).emoji_name == emoji["name"]
    world.admin.delete(f"/emoji/{emoji['id']}")
    gone = (404, "app.emoji.get_by_name.no_result")
    assert refused(api.add_reaction, reaction(user, post, emoji["name"])) == gone


def test_a_name_that_the_server_has_taken(world):
    fields = {"emoji": f'{{"name": "smile", "creator_id": "{world.admin.id}"}}'}
    taken = refused(world.admin.send, "POST", "/emoji", data=fields, files={"image": ("e.png", PNG)})
    assert taken == (400, "model.emoji.system_emoji_name.app_error")


def test_an_archived_channel(api, channel, user, post):
    api.add_reaction(reaction(user, post))
    api.delete_channel(channel.id)
    saved = (403, "api.reaction.save.archived_channel.app_error")
    assert refused(api.add_reaction, reaction(user, post, "smile")) == saved
    unknown = (404, "app.emoji.get_by_name.no_result")
    assert refused(api.add_reaction, reaction(user, post, "no_such_emoji")) == unknown
    gone = (403, "api.reaction.delete.archived_channel.app_error")
    assert refused(api.remove_reaction, reaction(user, post)) == gone


def test_reactions_of_what_is_not_there(api, user):
    assert api.get_reactions(NOBODY) == []
    missing = Reaction(user_id=user.id, post_id=NOBODY, emoji_name="+1")
    assert refused(api.remove_reaction, missing) == (404, "app.post.get.app_error")


@pytest.fixture
def emoji(world):
    name = world.word("emoji")
    fields = {"emoji": f'{{"name": "{name}", "creator_id": "{world.admin.id}"}}'}
    answer = world.admin.send("POST", "/emoji", data=fields, files={"image": ("e.png", PNG)})
    return answer.json()


def test_emoji(api, world, emoji):
    found = api.get_emoji(emoji["id"])
    assert (found.name, found.creator_id) == (emoji["name"], world.admin.id)
    assert api.get_emoji_by_name(emoji["name"]) == found
    image, kind = api.get_emoji_image(emoji["id"])
    assert image.startswith(b"\x89PNG")
    assert kind == "png"
    names = [one.name for one in api.get_emoji_list("name", 0, 200)]
    assert emoji["name"] in names
    assert names == sorted(names)
    assert len(api.get_emoji_list("", 0, 1)) == 1


def test_emoji_that_are_not_there(api):
    assert refused(api.get_emoji, NOBODY) == (404, "app.emoji.get.no_result")
    assert refused(api.get_emoji_by_name, "none") == (404, "app.emoji.get_by_name.no_result")
    assert refused(api.get_emoji_image, NOBODY) == (404, "app.emoji.get.no_result")
