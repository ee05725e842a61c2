"""The categories of the sidebar."""

import pytest

from mmhooks.api.models import Preference, SidebarCategoryWithChannels
from tests.conformance.world import NOBODY, refused

ID = "app.channel.sidebar_categories.app_error"


@pytest.fixture
def categories(api, team, user):
    return api.get_channel_sidebar_categories(user.id, team.id)


def test_everybody_has_three_categories(api, team, user, categories):
    assert [one.type for one in categories.categories] == ["favorites", "channels", "direct_messages"]
    assert categories.order == [one.id for one in categories.categories]
    assert [one.id for one in categories.categories] == [
        f"{kind}_{user.id}_{team.id}" for kind in ("favorites", "channels", "direct_messages")
    ]
    assert [one.sort_order for one in categories.categories] == [0, 10, 20]
    assert [one.sorting for one in categories.categories] == ["", "", "recent"]
    names = [api.get_channel(id).name for id in categories.categories[1].channels]
    assert names == ["off-topic", "town-square"]


def test_direct_channels_have_a_category(api, world, team, user, categories):
    other = world.user()
    channel = api.get_direct_channel(user.id, other.id)
    found = api.get_channel_sidebar_categories(user.id, team.id).categories
    assert found[2].channels == [channel.id]


def test_a_new_category_comes_after_the_favourites(api, team, user, channel, categories):
    api.add_channel_member(channel.id, user.id)
    new = SidebarCategoryWithChannels(display_name="Mine", channels=[channel.id], sorting="alpha")
    made = api.create_channel_sidebar_category(user.id, team.id, new)
    assert (made.type, made.sort_order, made.channels) == ("custom", 10, [channel.id])
    found = api.get_channel_sidebar_categories(user.id, team.id)
    assert [one.sort_order for one in found.categories] == [0, 10, 20, 30]
    assert found.order[1] == made.id
    assert found.categories[1].display_name == "Mine"
    assert found.categories[1].sorting == "alpha"
    assert channel.id not in found.categories[2].channels


def test_nobody_has_no_category_to_add_to(api, team):
    new = SidebarCategoryWithChannels(display_name="x")
    assert refused(api.create_channel_sidebar_category, NOBODY, team.id, new) == (404, ID)


def test_categories_are_changed(api, team, user, channel, categories):
    api.add_channel_member(channel.id, user.id)
    favourites, channels, direct = api.get_channel_sidebar_categories(user.id, team.id).categories
    changed = api.update_channel_sidebar_categories(
        user.id,
        team.id,
        [
            favourites.evolve(channels=[channel.id], display_name="No", collapsed=True),
            channels.evolve(channels=[id for id in channels.channels if id != channel.id]),
        ],
    )
    assert changed[0].channels == [channel.id]
    assert changed[0].display_name == "Favorites"
    assert changed[0].collapsed
    assert api.get_preference_for_user(user.id, "favorite_channel", channel.id).value == "true"
    again = api.get_channel_sidebar_categories(user.id, team.id).categories
    assert [one.channels for one in again] == [changed[0].channels, changed[1].channels, direct.channels]


def test_a_muted_category_mutes_its_channels(api, team, user, channel, categories):
    api.add_channel_member(channel.id, user.id)
    made = api.create_channel_sidebar_category(
        user.id, team.id, SidebarCategoryWithChannels(display_name="Quiet", channels=[channel.id])
    )
    api.update_channel_sidebar_categories(user.id, team.id, [made.evolve(muted=True)])
    assert api.get_channel_member(channel.id, user.id).notify_props["mark_unread"] == "mention"
    api.update_channel_sidebar_categories(user.id, team.id, [made.evolve(muted=False)])
    assert api.get_channel_member(channel.id, user.id).notify_props["mark_unread"] == "all"


def test_a_category_that_is_not_there(api, team, user):
    missing = SidebarCategoryWithChannels(id=NOBODY, type="custom")
    assert refused(api.update_channel_sidebar_categories, user.id, team.id, [missing]) == (500, ID)


def star(user, channel_id, value="true"):
    return Preference(user_id=user.id, category="favorite_channel", name=channel_id, value=value)


def favourites(api, user, team):
    return api.get_channel_sidebar_categories(user.id, team.id).categories[0].channels


def test_favourites_follow_the_preferences(api, world, team, user, channel):
    other = world.channel(team)
    for one in (channel, other):
        api.add_channel_member(one.id, user.id)
        api.update_preferences_for_user(user.id, [star(user, one.id)])
    assert favourites(api, user, team) == [other.id, channel.id]
    api.update_preferences_for_user(user.id, [star(user, other.id, "false")])
    assert favourites(api, user, team) == [channel.id]
    api.delete_preferences_for_user(user.id, [star(user, channel.id)])
    assert favourites(api, user, team) == []
    bad = (500, "api.preference.update_preferences.update_sidebar.app_error")
    assert refused(api.update_preferences_for_user, user.id, [star(user, NOBODY)]) == bad
