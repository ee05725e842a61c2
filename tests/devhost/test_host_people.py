from __future__ import annotations

import pytest

from mmhooks.api.models import (
    Bot,
    BotPatch,
    Channel,
    CustomStatus,
    Permission,
    Preference,
    Team,
    User,
    UserAccessToken,
    UserGetOptions,
    UserSearch,
)
from mmhooks.errors import AppError, BadRequestError, NotFoundError


def texts(ws, channel_id):
    page = ws.api.get_posts_for_channel(channel_id, 0, 100)
    return [page.posts[id].type for id in reversed(page.order)]


def test_the_first_user_is_the_administrator(ws):
    assert ws.alice.roles == "system_admin system_user"
    assert ws.bob.roles == "system_user"
    assert ws.bob.notify_props["desktop"] == "mention"
    assert ws.bob.password == ""


def test_users_are_found_by_whatever_names_them(ws):
    assert ws.api.get_user(ws.bob.id).username == "bob"
    assert ws.api.get_user_by_username("BOB").id == ws.bob.id
    assert ws.api.get_user_by_email("bob@example.com").id == ws.bob.id
    assert [user.username for user in ws.api.get_users_by_ids([ws.bob.id, ws.alice.id])] == ["alice", "bob"]
    assert [user.username for user in ws.api.get_users(UserGetOptions(per_page=1, page=1))] == ["bob"]
    assert [user.username for user in ws.api.get_users_in_team(ws.team.id, 0, 10)] == ["alice", "bob"]
    assert [user.username for user in ws.api.get_users_in_channel(ws.channel.id, "username", 0, 10)] == [
        "alice"
    ]
    assert [user.username for user in ws.api.search_users(UserSearch(term="bo", limit=10))] == ["bob"]
    assert ws.api.get_users(UserGetOptions(role="system_admin", per_page=9))[0].username == "alice"


@pytest.mark.parametrize(
    ("user", "status", "id"),
    [
        (User(username="bob", email="x@example.com"), 400, "app.user.save.username_exists.app_error"),
        (User(username="new", email="bob@example.com"), 400, "app.user.save.email_exists.app_error"),
        (User(username="a b", email="x@example.com"), 400, "model.user.is_valid.username.app_error"),
        (User(username="new", email="nonsense"), 400, "model.user.is_valid.email.app_error"),
    ],
)
def test_wrong_accounts_are_refused(ws, user, status, id):
    with pytest.raises(AppError) as caught:
        ws.api.create_user(user.evolve(password="password"))
    assert (caught.value.status_code, caught.value.id) == (status, id)


def test_an_account_needs_a_password(ws):
    with pytest.raises(BadRequestError) as caught:
        ws.api.create_user(User(username="new", email="new@example.com", password="short"))
    assert caught.value.id == "model.user.is_valid.pwd_min_length.app_error"


def test_nobody_is_found_under_a_wrong_name(ws):
    for ask in (ws.api.get_user, ws.api.get_user_by_email, ws.api.get_user_by_username):
        with pytest.raises(NotFoundError):
            ask("nobody")


def test_accounts_come_change_and_go_with_their_hooks(ws):
    told = []
    ws.plug(
        user_has_been_created=lambda context, user: told.append(("created", user.username)),
        user_has_been_deactivated=lambda context, user: told.append(("deactivated", user.delete_at > 0)),
    )
    carol = ws.api.create_user(User(username="carol", email="carol@example.com", password="password"))
    ws.host.drain()
    changed = ws.api.update_user(carol.evolve(nickname="C", roles="system_admin"))
    assert (changed.nickname, changed.roles) == ("C", "system_user")
    ws.api.update_user_active(carol.id, False)
    ws.host.drain()
    assert told == [("created", "carol"), ("deactivated", True)]
    ws.api.update_user_active(carol.id, True)
    assert ws.api.get_user(carol.id).delete_at == 0


def test_a_plugin_may_refuse_a_login(ws):
    port = ws.plug(
        user_will_log_in=lambda context, user: "closed" if user.username == "bob" else "",
        user_has_logged_in=lambda context, user: None,
    )
    with pytest.raises(BadRequestError, match="Login rejected by plugin: closed"):
        ws.host.log_in("bob")
    session = ws.host.log_in("alice")
    ws.host.drain()
    assert port.calls == ["user_will_log_in", "user_will_log_in", "user_has_logged_in"]
    assert ws.api.session_for_token(session.token) == ws.api.get_session(session.id)
    ws.api.revoke_session(session.id)
    assert ws.api.session_for_token(session.token) is None


def test_status_tokens_and_custom_status(ws):
    with pytest.raises(NotFoundError):
        ws.api.get_user_status(ws.bob.id)
    assert ws.api.update_user_status(ws.bob.id, "away").status == "away"
    statuses = ws.api.get_user_statuses_by_ids([ws.bob.id, ws.alice.id])
    assert {one.user_id: one.status for one in statuses} == {ws.bob.id: "away", ws.alice.id: "offline"}
    with pytest.raises(BadRequestError):
        ws.api.update_user_status(ws.bob.id, "asleep")
    ws.api.update_user_custom_status(ws.bob.id, CustomStatus(text="lunch"))
    assert "lunch" in ws.api.get_user(ws.bob.id).props["customStatus"]
    token = ws.api.create_user_access_token(UserAccessToken(user_id=ws.bob.id, description="ci"))
    assert token.is_active
    ws.api.revoke_user_access_token(token.id)


def test_preferences_are_told_after_they_are_stored(ws):
    told = []
    ws.plug(preferences_have_changed=lambda context, preferences: told.append(preferences))
    theme = Preference(user_id=ws.bob.id, category="display_settings", name="clock", value="24")
    ws.api.update_preferences_for_user(ws.bob.id, [theme])
    ws.host.drain()
    assert told == [[theme]]
    assert ws.api.get_preference_for_user(ws.bob.id, "display_settings", "clock") == theme
    with pytest.raises(AppError) as caught:
        ws.api.update_preferences_for_user(ws.alice.id, [theme])
    assert caught.value.status_code == 403
    ws.api.delete_preferences_for_user(ws.bob.id, [theme])
    assert theme not in ws.api.get_preferences_for_user(ws.bob.id)


def test_permissions_follow_roles(ws):
    manage, post = Permission(id="manage_system"), Permission(id="create_post")
    assert ws.api.has_permission_to(ws.alice.id, manage)
    assert not ws.api.has_permission_to(ws.bob.id, manage)
    assert not ws.api.has_permission_to_channel(ws.bob.id, ws.channel.id, post)
    ws.api.add_channel_member(ws.channel.id, ws.bob.id)
    assert ws.api.has_permission_to_channel(ws.bob.id, ws.channel.id, post)
    assert not ws.api.has_permission_to_team(ws.bob.id, ws.team.id, Permission(id="manage_team"))
    ws.api.update_team_member_roles(ws.team.id, ws.bob.id, "team_user team_admin")
    assert ws.api.has_permission_to_team(ws.bob.id, ws.team.id, Permission(id="manage_team"))


def test_a_team_begins_with_its_channels(ws):
    names = [channel.name for channel in ws.api.get_public_channels_for_team(ws.team.id, 0, 10)]
    assert names == ["dev", "off-topic", "town-square"]
    square = ws.api.get_channel_by_name_for_team_name("crew", "town-square", False)
    assert texts(ws, square.id) == ["system_join_team", "system_join_team"]
    with pytest.raises(BadRequestError):
        ws.api.create_team(Team(name="crew", display_name="Again", type="O"))
    with pytest.raises(BadRequestError):
        ws.api.create_team(Team(name="Crew!", display_name="Wrong", type="O"))


def test_joining_and_leaving_a_team(ws):
    port = ws.plug(
        team_member_will_be_added=lambda context, member: (None, ""),
        user_has_joined_team=lambda context, member, actor: None,
        user_has_left_team=lambda context, member, actor: None,
    )
    carol = ws.api.create_user(User(username="carol", email="carol@example.com", password="password"))
    member = ws.api.create_team_member(ws.team.id, carol.id)
    ws.host.drain()
    assert member.roles == "team_user"
    ws.api.delete_team_member(ws.team.id, carol.id, "")
    ws.host.drain()
    assert ws.api.get_team_member(ws.team.id, carol.id).delete_at > 0
    assert ws.api.get_team_stats(ws.team.id).total_member_count == 2
    assert port.calls == ["team_member_will_be_added", "user_has_joined_team", "user_has_left_team"]


def test_a_plugin_may_refuse_members(ws):
    ws.plug(
        team_member_will_be_added=lambda context, member: (None, "full"),
        channel_member_will_be_added=lambda context, member: (None, "secret"),
    )
    carol = ws.api.create_user(User(username="carol", email="carol@example.com", password="password"))
    with pytest.raises(BadRequestError, match="full"):
        ws.api.create_team_member(ws.team.id, carol.id)
    with pytest.raises(BadRequestError, match="secret"):
        ws.api.add_channel_member(ws.channel.id, ws.bob.id)
    with pytest.raises(NotFoundError):
        ws.api.get_channel_member(ws.channel.id, ws.bob.id)


def test_joining_and_leaving_a_channel(ws):
    actors = []
    port = ws.plug(
        channel_member_will_be_added=lambda context, member: (member.evolve(scheme_admin=True), ""),
        user_has_joined_channel=lambda context, member, actor: actors.append(actor),
        user_has_left_channel=lambda context, member, actor: actors.append(actor),
    )
    member = ws.api.add_user_to_channel(ws.channel.id, ws.bob.id, ws.alice.id)
    assert member.roles == "channel_user channel_admin"
    ws.host.drain()  # the channel has been told, and bob been mentioned
    member = ws.api.get_channel_member(ws.channel.id, ws.bob.id)
    assert ws.api.add_channel_member(ws.channel.id, ws.bob.id) == member
    ws.host.drain()
    ws.api.delete_channel_member(ws.channel.id, ws.bob.id)
    ws.host.drain()
    assert port.calls == ["channel_member_will_be_added", "user_has_joined_channel", "user_has_left_channel"]
    assert [actor.username for actor in actors] == ["alice", "bob"]
    assert texts(ws, ws.channel.id) == [
        "system_join_channel",
        "system_add_to_channel",
        "system_leave_channel",
    ]


def test_channels_are_archived_and_restored_unless_a_plugin_objects(ws):
    reasons = {"channel_will_be_archived": "keep", "channel_will_be_restored": "dead"}
    ws.plug(
        channel_will_be_archived=lambda context, channel: reasons["channel_will_be_archived"],
        channel_will_be_restored=lambda context, channel: reasons["channel_will_be_restored"],
    )
    with pytest.raises(BadRequestError, match="keep"):
        ws.api.delete_channel(ws.channel.id)
    reasons["channel_will_be_archived"] = ""
    ws.api.delete_channel(ws.channel.id)
    assert ws.api.get_channel(ws.channel.id).delete_at > 0
    with pytest.raises(BadRequestError, match="dead"):
        ws.api.restore_channel(ws.channel.id)
    reasons["channel_will_be_restored"] = ""
    ws.api.restore_channel(ws.channel.id)
    assert ws.api.get_channel(ws.channel.id).delete_at == 0
    square = ws.api.get_channel_by_name(ws.team.id, "town-square", False)
    with pytest.raises(BadRequestError) as caught:
        ws.api.delete_channel(square.id)
    assert caught.value.id == "api.channel.delete_channel.cannot.app_error"


def test_channels_are_made_and_changed_with_their_hooks(ws):
    port = ws.plug(
        channel_has_been_created=lambda context, channel: None,
        channel_will_be_updated=lambda context, new, old: (new.evolve(header=f"was {old.header}"), ""),
    )
    ops = ws.api.create_channel(Channel(team_id=ws.team.id, name="ops", display_name=" Ops ", type="P"))
    ws.host.drain()
    assert ops.display_name == "Ops"
    assert ws.api.update_channel(ops.evolve(header="new")).header == "was "
    assert port.calls == ["channel_has_been_created", "channel_will_be_updated"]
    for wrong in (ops.evolve(id="", name="dev"), ops.evolve(id="", name="?"), ops.evolve(id="", type="D")):
        with pytest.raises(BadRequestError):
            ws.api.create_channel(wrong)
    with pytest.raises(NotFoundError):
        ws.api.get_channel("x" * 26)


def test_direct_and_group_channels_are_made_once(ws):
    direct = ws.api.get_direct_channel(ws.alice.id, ws.bob.id)
    assert direct.type == "D"
    assert direct.name == "__".join(sorted((ws.alice.id, ws.bob.id)))
    assert ws.api.get_direct_channel(ws.bob.id, ws.alice.id).id == direct.id
    carol = ws.api.create_user(User(username="carol", email="carol@example.com", password="password"))
    group = ws.api.get_group_channel([carol.id, ws.bob.id, ws.alice.id])
    assert (group.type, group.display_name) == ("G", "alice, bob, carol")
    assert ws.api.get_group_channel([ws.alice.id, ws.bob.id, carol.id]).id == group.id
    with pytest.raises(BadRequestError):
        ws.api.get_group_channel([ws.alice.id, ws.bob.id])
    with pytest.raises(NotFoundError):  # a server misses the team first
        ws.api.add_channel_member(direct.id, carol.id)
    assert ws.api.get_channel_stats(group.id).member_count == 3


def test_bots_are_users_with_an_owner(ws):
    bot = ws.api.create_bot(Bot(username="helper", display_name="Helper"))
    assert bot.owner_id == "com.example.test"
    user = ws.api.get_user(bot.user_id)
    assert (user.is_bot, user.email) == (True, "helper@localhost")
    assert ws.api.patch_bot(bot.user_id, BotPatch(description="helps")).description == "helps"
    assert ws.api.update_bot_active(bot.user_id, False).delete_at > 0
    with pytest.raises(NotFoundError):
        ws.api.get_bot(bot.user_id, False)
    assert ws.api.update_bot_active(bot.user_id, True).delete_at == 0
    ensured = ws.api.ensure_bot_user(Bot(username="mine"))
    assert ws.api.ensure_bot_user(Bot(username="renamed")) == ensured
    assert ws.api.get_user(ensured).username == "renamed"
    ws.api.permanent_delete_bot(bot.user_id)
    with pytest.raises(NotFoundError):
        ws.api.get_user(bot.user_id)
