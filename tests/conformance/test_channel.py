"""Channels and who is in them."""

import pytest

from mmhooks.api.models import Channel, ChannelMemberIdentifier
from tests.conformance.world import NOBODY, refused

MISSING = (404, "app.channel.get.existing.app_error")
NO_MEMBER = (404, "app.channel.get_member.missing.app_error")
NO_USER = (404, "app.user.missing_account.const")


def new_channel(world, team, **fields):
    name = world.word("c")
    return Channel(**{"team_id": team.id, "name": name, "display_name": name.upper(), "type": "O", **fields})


@pytest.mark.parametrize("kind", ["O", "P"])
def test_a_new_channel_is_completed(api, world, team, kind):
    channel = api.create_channel(new_channel(world, team, type=kind, display_name="  Spaces "))
    assert len(channel.id) == 26
    assert channel.create_at == channel.update_at > 0
    assert (channel.type, channel.display_name, channel.creator_id) == (kind, "Spaces", "")
    assert (channel.total_msg_count, channel.last_post_at, channel.extra_update_at) == (0, 0, 0)
    assert api.get_channel(channel.id) == channel
    assert api.get_channel_by_name(team.id, channel.name, False) == channel
    assert api.get_channel_by_name_for_team_name(team.name, channel.name, False) == channel
    assert api.get_channel_members(channel.id, 0, 10) == []


@pytest.mark.parametrize(
    ("changes", "id"),
    [
        ({"name": ""}, "model.channel.is_valid.1_or_more.app_error"),
        ({"name": "Caps"}, "model.channel.is_valid.1_or_more.app_error"),
        ({"name": "a b"}, "model.channel.is_valid.1_or_more.app_error"),
        ({"name": f"{NOBODY}__{NOBODY}"}, "model.channel.is_valid.name.app_error"),
        ({"display_name": "d" * 65}, "model.channel.is_valid.display_name.app_error"),
        ({"header": "h" * 1025}, "model.channel.is_valid.header.app_error"),
        ({"purpose": "p" * 251}, "model.channel.is_valid.purpose.app_error"),
        ({"type": "X"}, "model.channel.is_valid.type.app_error"),
        ({"type": "D"}, "store.sql_channel.save.direct_channel.app_error"),
        ({"id": NOBODY}, "store.sql_channel.save_channel.existing.app_error"),
        ({"delete_at": 1}, "store.sql_channel.save.archived_channel.app_error"),
        ({"creator_id": "c" * 27}, "model.channel.is_valid.creator_id.app_error"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_channel(api, world, team, changes, id):
    assert refused(api.create_channel, new_channel(world, team, **changes)) == (400, id)


def test_a_name_that_the_database_does_not_take(api, world, team):
    long = new_channel(world, team, name="n" * 65)
    assert refused(api.create_channel, long) == (500, "app.channel.create_channel.internal_error")


def test_names_are_taken_once_in_a_team(api, world, team, channel):
    taken = (400, "store.sql_channel.save_channel.exists.app_error")
    assert refused(api.create_channel, new_channel(world, team, name=channel.name)) == taken
    other = world.channel(team)
    assert refused(api.update_channel, other.evolve(name=channel.name))[0] in (400, 500)
    assert api.create_channel(new_channel(world, world.team(), name=channel.name)).id != channel.id


def test_channels_that_are_not_there(api, team, user):
    for method in (api.get_channel, api.delete_channel):
        assert refused(method, NOBODY) == MISSING
    assert refused(api.add_channel_member, NOBODY, user.id) == MISSING
    assert refused(api.add_user_to_channel, NOBODY, user.id, user.id) == MISSING
    assert refused(api.delete_channel_member, NOBODY, user.id) == MISSING
    by_name = (404, "app.channel.get_by_name.missing.app_error")
    assert refused(api.get_channel_by_name, team.id, "none", False) == by_name
    assert refused(api.get_channel_by_name_for_team_name, team.name, "none", False) == by_name
    no_team = (404, "app.team.get_by_name.missing.app_error")
    assert refused(api.get_channel_by_name_for_team_name, "none", "none", False) == no_team
    assert refused(api.update_channel, Channel(id="x"))[1] == "model.channel.is_valid.id.app_error"
    assert api.get_channel_members(NOBODY, 0, 10) == []
    assert api.get_public_channels_for_team(NOBODY, 0, 10) == []


def test_a_channel_is_changed(api, channel):
    new = api.update_channel(channel.evolve(header="h", purpose="p", display_name="New"))
    assert (new.header, new.purpose, new.display_name) == ("h", "p", "New")
    assert new.update_at >= channel.update_at
    stored = api.get_channel(channel.id)
    assert (stored.header, stored.purpose, stored.display_name) == ("h", "p", "New")
    bad = refused(api.update_channel, channel.evolve(purpose="p" * 251))
    assert bad == (400, "model.channel.is_valid.purpose.app_error")


def test_a_channel_is_archived(api, world, team, channel):
    api.delete_channel(channel.id)
    archived = api.get_channel(channel.id)
    assert archived.delete_at > 0
    assert channel.id not in [one.id for one in api.get_public_channels_for_team(team.id, 0, 200)]
    gone = (404, "app.channel.get_by_name.missing.app_error")
    assert refused(api.get_channel_by_name, team.id, channel.name, False) == gone
    assert api.get_channel_by_name(team.id, channel.name, True).id == channel.id
    again = (400, "api.channel.delete_channel.deleted.app_error")
    assert refused(api.delete_channel, channel.id) == again
    square = api.get_channel_by_name(team.id, "town-square", False)
    assert refused(api.delete_channel, square.id) == (400, "api.channel.delete_channel.cannot.app_error")


def test_public_channels_in_pages(api, world):
    team = world.team()
    made = [api.create_channel(new_channel(world, team, display_name=name)) for name in ("Zoo", "Ant", "bee")]
    api.create_channel(new_channel(world, team, type="P"))
    names = [one.display_name for one in api.get_public_channels_for_team(team.id, 0, 10)]
    assert sorted(names) == sorted(["Ant", "Off-Topic", "Town Square", "Zoo", "bee"])
    pages = [api.get_public_channels_for_team(team.id, page, 2) for page in range(4)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert [one.display_name for page in pages for one in page] == names
    assert len(made) == 3


def test_channels_of_a_user(api, world, team, channel, user):
    api.add_channel_member(channel.id, user.id)
    names = [one.name for one in api.get_channels_for_team_for_user(team.id, user.id, False)]
    assert sorted(names) == sorted([channel.name, "off-topic", "town-square"])
    api.delete_channel(channel.id)
    names = [one.name for one in api.get_channels_for_team_for_user(team.id, user.id, False)]
    assert sorted(names) == ["off-topic", "town-square"]
    names = [one.name for one in api.get_channels_for_team_for_user(team.id, user.id, True)]
    assert channel.name in names
    none = (404, "app.channel.get_channels.not_found.app_error")
    assert refused(api.get_channels_for_team_for_user, team.id, NOBODY, False) == none


def test_channels_are_searched(api, world, team):
    word = world.word("needle")
    one = api.create_channel(new_channel(world, team, name=f"{word}-x"))
    two = api.create_channel(new_channel(world, team, display_name=f"The {word}"))
    private = api.create_channel(new_channel(world, team, type="P", display_name=f"Private {word}"))
    found = {channel.id for channel in api.search_channels(team.id, word)}
    assert {one.id, two.id} <= found
    assert private.id not in found
    assert api.search_channels(team.id, f"{word}-nothing") == []


def test_a_direct_channel(api, world, user):
    other = world.user()
    channel = api.get_direct_channel(user.id, other.id)
    assert (channel.type, channel.team_id, channel.display_name) == ("D", "", "")
    assert channel.name == "__".join(sorted((user.id, other.id)))
    assert api.get_direct_channel(other.id, user.id).id == channel.id
    assert {one.user_id for one in api.get_channel_members(channel.id, 0, 10)} == {user.id, other.id}
    alone = api.get_direct_channel(user.id, user.id)
    assert [one.user_id for one in api.get_channel_members(alone.id, 0, 10)] == [user.id]
    nobody = (400, "api.channel.create_direct_channel.invalid_user.app_error")
    assert refused(api.get_direct_channel, user.id, NOBODY) == nobody


def test_a_group_channel(api, world, user):
    others = [world.user().id for _ in range(2)]
    channel = api.get_group_channel([user.id, *others])
    assert (channel.type, channel.team_id) == ("G", "")
    assert len(channel.name) == 40
    assert api.get_group_channel([*others, user.id]).id == channel.id
    assert user.username in channel.display_name
    size = (400, "api.channel.create_group.bad_size.app_error")
    assert refused(api.get_group_channel, [user.id, others[0]]) == size
    assert refused(api.get_group_channel, [NOBODY] * 9) == size
    bad = (400, "api.channel.create_group.bad_user.app_error")
    assert refused(api.get_group_channel, [user.id, others[0], NOBODY]) == bad


def test_nobody_joins_or_leaves_a_direct_channel(api, world, user):
    channel, third = api.get_direct_channel(user.id, world.user().id), world.user()
    no_team = (404, "app.team.get_member.missing.app_error")
    assert refused(api.add_channel_member, channel.id, third.id) == no_team
    bad = (400, "api.channel.leave.direct.app_error")
    assert refused(api.delete_channel_member, channel.id, user.id) == bad


def test_a_new_member(api, channel, user):
    member = api.add_channel_member(channel.id, user.id)
    assert (member.channel_id, member.user_id, member.msg_count, member.mention_count) == (
        channel.id,
        user.id,
        0,
        0,
    )
    assert (member.scheme_user, member.scheme_admin, member.scheme_guest) == (True, False, False)
    stored = api.get_channel_member(channel.id, user.id)
    assert stored.roles == "channel_user"
    assert stored.notify_props["mark_unread"] == "all"
    assert stored.notify_props["desktop"] == "default"
    assert api.add_channel_member(channel.id, user.id).user_id == user.id
    assert api.add_user_to_channel(channel.id, user.id, "").user_id == user.id


def test_who_cannot_become_a_member(api, world, team, channel):
    assert refused(api.add_channel_member, channel.id, NOBODY) == NO_USER
    stranger = world.user()
    no_team = (404, "app.team.get_member.missing.app_error")
    assert refused(api.add_channel_member, channel.id, stranger.id) == no_team
    left = world.user(team)
    api.delete_team_member(team.id, left.id, left.id)
    bad = (400, "api.channel.add_user.to.channel.failed.deleted.app_error")
    assert refused(api.add_channel_member, channel.id, left.id) == bad


def test_members_in_pages(api, world, team, channel):
    ids = [world.user(team).id for _ in range(3)]
    for id in ids:
        api.add_channel_member(channel.id, id)
    everybody = [one.user_id for one in api.get_channel_members(channel.id, 0, 10)]
    assert set(everybody) == {*ids, world.admin.id}
    pages = [[one.user_id for one in api.get_channel_members(channel.id, page, 3)] for page in range(3)]
    assert [len(page) for page in pages] == [3, 1, 0]
    assert {id for page in pages for id in page} == set(everybody)
    some = api.get_channel_members_by_ids(channel.id, [*ids[:2], NOBODY])
    assert {one.user_id for one in some} == set(ids[:2])
    stats = api.get_channel_stats(channel.id)
    assert (stats.channel_id, stats.member_count) == (channel.id, 4)


def test_memberships_of_a_user(api, team, channel, user):
    api.add_channel_member(channel.id, user.id)
    found = api.get_channel_members_for_user(team.id, user.id, 0, 10)
    assert channel.id in [one.channel_id for one in found]
    assert len(found) == 3
    assert len(api.get_channel_members_for_user(team.id, user.id, 1, 2)) == 1


def test_a_member_leaves(api, team, channel, user):
    api.add_channel_member(channel.id, user.id)
    api.delete_channel_member(channel.id, user.id)
    assert refused(api.get_channel_member, channel.id, user.id) == NO_MEMBER
    assert refused(api.delete_channel_member, channel.id, user.id) == NO_MEMBER
    assert refused(api.delete_channel_member, channel.id, NOBODY) == NO_USER
    square = api.get_channel_by_name(team.id, "town-square", False)
    bad = (400, "api.channel.remove.default.app_error")
    assert refused(api.delete_channel_member, square.id, user.id) == bad


def test_roles_of_a_member(api, channel, user):
    api.add_channel_member(channel.id, user.id)
    member = api.update_channel_member_roles(channel.id, user.id, "channel_user channel_admin")
    assert (member.scheme_user, member.scheme_admin) == (True, True)
    member = api.update_channel_member_roles(channel.id, user.id, "channel_user")
    assert (member.scheme_admin, member.roles) == (False, "channel_user")
    assert refused(api.update_channel_member_roles, channel.id, NOBODY, "channel_user") == NO_MEMBER
    for roles, id in (
        ("no_role", "app.role.get_by_name.app_error"),
        ("team_user", "api.channel.update_channel_member_roles.scheme_role.app_error"),
        ("channel_guest", "api.channel.update_channel_member_roles.changing_guest_role.app_error"),
        ("channel_guest channel_user", "api.channel.update_channel_member_roles.guest_and_user.app_error"),
    ):
        assert refused(api.update_channel_member_roles, channel.id, user.id, roles)[1] == id


def test_notifications_of_a_member(api, channel, user):
    api.add_channel_member(channel.id, user.id)
    member = api.update_channel_member_notifications(channel.id, user.id, {"desktop": "none", "other": "x"})
    assert member.notify_props["desktop"] == "none"
    assert "other" not in member.notify_props
    assert member.notify_props["push"] == "default"
    assert refused(api.update_channel_member_notifications, channel.id, NOBODY, {}) == NO_MEMBER
    both = [ChannelMemberIdentifier(channel_id=channel.id, user_id=user.id)]
    api.patch_channel_members_notifications(both, {"push": "all"})
    props = api.get_channel_member(channel.id, user.id).notify_props
    assert (props["desktop"], props["push"]) == ("none", "all")
    bad = (500, "app.channel.patch_channel_members_notify_props.app_error")
    assert refused(api.patch_channel_members_notifications, both, {}) == bad
    # One who is no member: nobody is changed, and nobody complains.
    both.append(ChannelMemberIdentifier(channel_id=channel.id, user_id=NOBODY))
    api.patch_channel_members_notifications(both, {"push": "none"})
    assert api.get_channel_member(channel.id, user.id).notify_props["push"] == "all"
