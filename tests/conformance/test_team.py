"""Teams and who is in them."""

import pytest

from mmhooks.api.models import Team
from tests.conformance.world import NOBODY, refused

MISSING = (404, "app.team.get.find.app_error")
NO_MEMBER = (404, "app.team.get_member.missing.app_error")
NO_USER = (404, "app.user.missing_account.const")


def new_team(world, **fields):
    name = world.word("t")
    return Team(**{"name": name, "display_name": name.upper(), "type": "O", **fields})


def test_a_new_team_is_completed(api, world):
    team = api.create_team(new_team(world))
    assert len(team.id) == len(team.invite_id) == 26
    assert team.create_at == team.update_at > 0
    assert not team.allow_open_invite
    assert api.get_team(team.id) == team
    assert api.get_team_by_name(team.name) == team
    channels = api.get_public_channels_for_team(team.id, 0, 10)
    assert [(one.name, one.display_name) for one in channels] == [
        ("off-topic", "Off-Topic"),
        ("town-square", "Town Square"),
    ]


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"display_name": ""}, "name"),
        ({"display_name": "d" * 65}, "name"),
        ({"name": "n" * 65}, "url"),
        ({"name": "x"}, "characters"),
        ({"name": "a b"}, "characters"),
        ({"name": "Caps"}, "characters"),
        ({"name": "admin"}, "reserved"),
        ({"name": "api-team"}, "reserved"),
        ({"description": "d" * 256}, "description"),
        ({"type": "X"}, "type"),
        ({"company_name": "c" * 65}, "company"),
        ({"allowed_domains": "d" * 501}, "domains"),
        ({"email": "e" * 129}, "email"),
        ({"email": "none"}, "email"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_team(api, world, changes, part):
    team = new_team(world, **changes)
    assert refused(api.create_team, team) == (400, f"model.team.is_valid.{part}.app_error")


def test_names_are_taken_once(api, world, team):
    taken = (400, "store.sql_team.save_team.existing.app_error")
    assert refused(api.create_team, new_team(world, name=team.name)) == taken
    assert refused(api.create_team, new_team(world, id=NOBODY)) == taken


def test_teams_that_are_not_there(api, user):
    assert refused(api.get_team, NOBODY) == MISSING
    assert refused(api.get_team_by_name, "none") == (404, "app.team.get_by_name.missing.app_error")
    assert refused(api.update_team, Team(id=NOBODY)) == MISSING
    assert refused(api.delete_team, NOBODY) == MISSING
    assert refused(api.get_team_icon, NOBODY) == MISSING
    assert refused(api.set_team_icon, NOBODY, b"x") == MISSING
    assert refused(api.remove_team_icon, NOBODY) == MISSING
    assert refused(api.create_team_member, NOBODY, user.id) == MISSING
    assert api.get_team_members(NOBODY, 0, 10) == []


def test_what_a_change_of_a_team_changes(api, world):
    team = api.create_team(new_team(world))
    new = api.update_team(
        team.evolve(
            display_name="New", description="d", name="other", type="I", company_name="c", email="x@y.zz"
        )
    )
    assert (new.display_name, new.description, new.company_name) == ("New", "d", "c")
    assert (new.name, new.type, new.email) == (team.name, team.type, team.email)
    assert new.update_at >= team.update_at
    assert refused(api.update_team, team.evolve(display_name=""))[1] == "model.team.is_valid.name.app_error"


def test_a_deleted_team_is_marked(api, world, user):
    team = api.create_team(new_team(world))
    api.create_team_member(team.id, user.id)
    api.delete_team(team.id)
    assert api.get_team(team.id).delete_at > 0
    assert team.id not in [one.id for one in api.get_teams_for_user(user.id)]


def test_teams_are_listed_and_found(api, world):
    team = api.create_team(new_team(world))
    names = [one.display_name for one in api.get_teams()]
    assert team.display_name in names
    assert team.id in [one.id for one in api.search_teams(team.name)]
    assert team.id in [one.id for one in api.search_teams(team.name[:-2])]
    assert api.search_teams(f"no{team.name}") == []
    assert team.id in [one.id for one in api.search_teams(team.name[2:].upper())]
    assert api.search_teams(f"{team.name[:-2]}%") == []
    assert api.search_teams(f"{team.name[:-2]}__") == []
    assert team.id in [one.id for one in api.search_teams(f"\\{team.name}")]
    assert team.id in [one.id for one in api.search_teams("")]


def test_a_new_member(api, world, user):
    team = api.create_team(new_team(world))
    member = api.create_team_member(team.id, user.id)
    assert (member.team_id, member.user_id, member.delete_at) == (team.id, user.id, 0)
    assert (member.scheme_user, member.scheme_admin, member.scheme_guest) == (True, False, False)
    assert api.get_team_member(team.id, user.id).roles == "team_user"
    for name in ("town-square", "off-topic"):
        channel = api.get_channel_by_name(team.id, name, False)
        assert api.get_channel_member(channel.id, user.id).roles == "channel_user"
    assert api.create_team_member(team.id, user.id).user_id == user.id
    assert team.id in [one.id for one in api.get_teams_for_user(user.id)]


def test_several_members_at_once(api, world):
    team, users = api.create_team(new_team(world)), [world.user() for _ in range(2)]
    ids = [one.id for one in users]
    made = api.create_team_members(team.id, ids, world.admin.id)
    assert [one.user_id for one in made] == ids
    assert refused(api.create_team_members, team.id, [NOBODY], world.admin.id) == NO_USER
    more = [world.user().id, NOBODY]
    first, second = api.create_team_members_gracefully(team.id, more, world.admin.id)
    assert (first.user_id, first.member.user_id, first.error) == (more[0], more[0], None)
    assert (second.user_id, second.member) == (NOBODY, None)
    assert (second.error.status_code, second.error.id) == NO_USER


def test_members_in_pages(api, world):
    team, ids = api.create_team(new_team(world)), sorted(world.user().id for _ in range(3))
    api.create_team_members(team.id, ids, world.admin.id)
    assert sorted(one.user_id for one in api.get_team_members(team.id, 0, 10)) == ids
    pages = [api.get_team_members(team.id, page, 2) for page in range(3)]
    assert [len(page) for page in pages] == [2, 1, 0]
    stats = api.get_team_stats(team.id)
    assert (stats.team_id, stats.total_member_count, stats.active_member_count) == (team.id, 3, 3)
    api.update_user_active(ids[0], False)
    stats = api.get_team_stats(team.id)
    assert (stats.total_member_count, stats.active_member_count) == (3, 2)


def test_a_member_leaves(api, world, user):
    team = api.create_team(new_team(world))
    api.create_team_member(team.id, user.id)
    api.delete_team_member(team.id, user.id, user.id)
    gone = api.get_team_member(team.id, user.id)
    assert gone.delete_at > 0
    assert api.get_team_members(team.id, 0, 10) == []
    square = api.get_channel_by_name(team.id, "town-square", False)
    assert refused(api.get_channel_member, square.id, user.id)[0] == 404
    assert team.id in [one.team_id for one in api.get_team_members_for_user(user.id, 0, 10)]
    api.create_team_member(team.id, user.id)
    assert api.get_team_member(team.id, user.id).delete_at == 0


def test_who_is_no_member(api, world, team):
    user = world.user()
    assert refused(api.get_team_member, team.id, user.id) == NO_MEMBER
    assert refused(api.delete_team_member, team.id, user.id, user.id) == (
        400,
        "api.team.remove_user_from_team.missing.app_error",
    )
    assert refused(api.update_team_member_roles, team.id, user.id, "team_user") == NO_MEMBER
    assert refused(api.create_team_member, team.id, NOBODY) == NO_USER
    assert api.get_team_members_for_user(user.id, 0, 10) == []
    assert api.get_teams_for_user(user.id) == []


def test_roles_of_a_member(api, team, user):
    member = api.update_team_member_roles(team.id, user.id, "team_user team_admin")
    assert (member.scheme_user, member.scheme_admin) == (True, True)
    assert sorted(member.roles.split()) == ["team_admin", "team_user"]
    member = api.update_team_member_roles(team.id, user.id, "team_user")
    assert (member.scheme_user, member.scheme_admin, member.roles) == (True, False, "team_user")


@pytest.mark.parametrize(
    "roles", ["no_role", "channel_user", "team_guest", "team_guest team_user"], ids=lambda text: text
)
def test_what_are_no_roles_of_a_member(api, team, user, roles):
    expected = {
        "no_role": "app.role.get_by_name.app_error",
        "channel_user": "api.channel.update_team_member_roles.scheme_role.app_error",
        "team_guest": "api.channel.update_team_member_roles.changing_guest_role.app_error",
        "team_guest team_user": "api.team.update_team_member_roles.guest_and_user.app_error",
    }
    assert refused(api.update_team_member_roles, team.id, user.id, roles)[1] == expected[roles]


def test_unread_messages_of_teams(api, world, team, channel, user):
    api.add_channel_member(channel.id, user.id)
    before = {one.team_id: one.msg_count for one in api.get_teams_unread_for_user(user.id)}
    world.admin.say(channel, "one")
    world.admin.say(channel, f"two @{user.username}")
    (after,) = (one for one in api.get_teams_unread_for_user(user.id) if one.team_id == team.id)
    assert after.msg_count == before[team.id] + 2
    assert after.mention_count == 1
    root = world.admin.say(channel, "three")
    world.admin.say(channel, f"four @{user.username}", root_id=root.id)
    (later,) = (one for one in api.get_teams_unread_for_user(user.id) if one.team_id == team.id)
    assert (later.msg_count, later.msg_count_root) == (after.msg_count + 2, after.msg_count_root + 1)
    assert (later.mention_count, later.mention_count_root) == (2, 1)
    assert (later.thread_count, later.thread_mention_count) == (0, 0)
    api.update_channel_member_notifications(channel.id, user.id, {"mark_unread": "mention"})
    (muted,) = (one for one in api.get_teams_unread_for_user(user.id) if one.team_id == team.id)
    assert (muted.msg_count, muted.mention_count) == (before[team.id], 2)


def test_the_icon_of_a_team(api, world, user):
    team = api.create_team(new_team(world))
    none = (404, "api.team.get_team_icon.read_file.app_error")
    assert refused(api.get_team_icon, team.id) == none
    assert refused(api.set_team_icon, team.id, b"no picture")[0] == 400
    api.set_team_icon(team.id, api.get_profile_image(user.id))
    assert api.get_team(team.id).last_team_icon_update > 0
    assert api.get_team_icon(team.id).startswith(b"\x89PNG")
    api.remove_team_icon(team.id)
    assert api.get_team(team.id).last_team_icon_update == 0
