"""Statuses, preferences, sessions, tokens, permissions."""

import pytest

from mmhooks.api.models import Permission, Preference, Session, UserAccessToken
from tests.conformance.world import NOBODY, Person, refused


def test_a_status_that_nobody_has_set(api, world):
    user = world.user()
    assert refused(api.get_user_status, user.id) == (404, "app.status.get.missing.app_error")
    (found,) = api.get_user_statuses_by_ids([user.id])
    assert (found.user_id, found.status, found.manual) == (user.id, "offline", False)


@pytest.mark.parametrize("status", ["online", "away", "dnd", "offline"])
def test_a_status(api, user, status):
    new = api.update_user_status(user.id, status)
    assert (new.user_id, new.status, new.manual) == (user.id, status, status != "online")
    assert api.get_user_status(user.id).status == status
    assert [one.status for one in api.get_user_statuses_by_ids([user.id])] == [status]


def test_what_is_no_status(api, user):
    bad = (400, "plugin.api.update_user_status.bad_status")
    assert refused(api.update_user_status, user.id, "asleep") == bad
    assert refused(api.update_user_status, user.id, "") == bad


def test_do_not_disturb_for_a_while(api, user):
    api.update_user_status(user.id, "away")
    end = 4_000_000_000
    status = api.set_user_status_timed_dnd(user.id, end)
    assert (status.status, status.manual, status.prev_status) == ("dnd", True, "away")
    assert 0 <= end - status.dnd_end_time <= 300
    assert api.get_user_status(user.id).status == "dnd"


def prefer(user, name="n", value="v", category="conformance"):
    return Preference(user_id=user.id, category=category, name=name, value=value)


def test_preferences_of_a_new_account(api, user):
    found = {(one.category, one.value) for one in api.get_preferences_for_user(user.id)}
    assert {("recommended_next_steps", "false"), ("tutorial_step", "0"), ("system_notice", "true")} <= found


def test_preferences(api, user):
    before = len(api.get_preferences_for_user(user.id))
    api.update_preferences_for_user(user.id, [prefer(user), prefer(user, "m", "w")])
    api.update_preferences_for_user(user.id, [prefer(user, value="new")])
    assert api.get_preference_for_user(user.id, "conformance", "n") == prefer(user, value="new")
    assert len(api.get_preferences_for_user(user.id)) == before + 2
    api.delete_preferences_for_user(user.id, [prefer(user)])
    missing = (400, "app.preference.get.app_error")
    assert refused(api.get_preference_for_user, user.id, "conformance", "n") == missing
    assert api.get_preference_for_user(user.id, "conformance", "m").value == "w"
    api.delete_preferences_for_user(user.id, [prefer(user)])


@pytest.mark.parametrize(
    ("changes", "id"),
    [
        ({"category": ""}, "model.preference.is_valid.category.app_error"),
        ({"category": "c" * 33}, "model.preference.is_valid.category.app_error"),
        ({"name": "n" * 33}, "model.preference.is_valid.name.app_error"),
        ({"value": "v" * 20001}, "model.preference.is_valid.value.app_error"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_preference(api, user, changes, id):
    assert refused(api.update_preferences_for_user, user.id, [prefer(user, **changes)]) == (400, id)


def test_preferences_of_somebody_else(api, world, user):
    other = world.user()
    mixed = [prefer(user), prefer(other)]
    bad = (403, "api.preference.update_preferences.set.app_error")
    assert refused(api.update_preferences_for_user, user.id, mixed) == bad
    bad = (403, "api.preference.delete_preferences.delete.app_error")
    assert refused(api.delete_preferences_for_user, user.id, mixed) == bad
    assert api.get_preferences_for_user(NOBODY) == []


def test_a_session(api, world, user):
    session = api.create_session(Session(user_id=user.id, expires_at=4_000_000_000_000))
    assert len(session.id) == len(session.token) == 26
    assert session.create_at == session.last_activity_at > 0
    assert api.get_session(session.id).user_id == user.id
    person = Person(world.url)
    person.http.headers["Authorization"] = f"Bearer {session.token}"
    assert person.get("/users/me")["id"] == user.id
    api.extend_session_expiry(session.id, 4_100_000_000_000)
    assert api.get_session(session.id).expires_at == 4_100_000_000_000
    api.revoke_session(session.id)
    assert refused(person.get, "/users/me") == (401, "api.context.session_expired.app_error")
    assert refused(api.get_session, session.id)[1] == "app.session.get.app_error"
    person.http.close()


def test_what_is_no_session(api):
    assert refused(api.create_session, Session()) == (500, "app.session.save.app_error")
    assert refused(api.get_session, NOBODY) == (400, "app.session.get.app_error")
    assert refused(api.revoke_session, NOBODY) == (400, "app.session.get.app_error")
    assert refused(api.extend_session_expiry, NOBODY, 1)[0] in (404, 500)


def test_switching_off_an_account_ends_its_sessions(api, world, team):
    person = world.person(team)
    api.update_user_active(person.id, False)
    assert refused(person.get, "/users/me") == (401, "api.context.session_expired.app_error")


def test_an_access_token(api, world, user):
    token = api.create_user_access_token(UserAccessToken(user_id=user.id, description="d"))
    assert (len(token.id), len(token.token), token.is_active, token.description) == (26, 26, True, "d")
    person = Person(world.url)
    person.http.headers["Authorization"] = f"Bearer {token.token}"
    assert person.get("/users/me")["id"] == user.id
    api.revoke_user_access_token(token.id)
    assert refused(person.get, "/users/me") == (401, "api.context.session_expired.app_error")
    assert refused(api.revoke_user_access_token, token.id) == (
        404,
        "app.user_access_token.get_by_user.app_error",
    )
    missing = UserAccessToken(user_id=NOBODY, description="d")
    assert refused(api.create_user_access_token, missing) == (404, "app.user.missing_account.const")
    person.http.close()


SYSTEM = ["create_team", "create_direct_channel", "view_members", "manage_system", "edit_other_users", "none"]
TEAM = ["view_team", "create_public_channel", "create_private_channel", "manage_team", "invite_user"]
CHANNEL = [
    "read_channel",
    "create_post",
    "add_reaction",
    "delete_post",
    "delete_others_posts",
    "manage_channel_roles",
]


def granted(ask, *place, of):
    return [id for id in of if ask(*place, Permission(id=id))]


def test_permissions_of_a_user(api, user, team, channel):
    assert granted(api.has_permission_to, user.id, of=SYSTEM) == SYSTEM[:3]
    in_team = granted(api.has_permission_to_team, user.id, team.id, of=TEAM)
    assert in_team == ["view_team", "create_public_channel", "create_private_channel", "invite_user"]
    assert granted(api.has_permission_to_channel, user.id, channel.id, of=CHANNEL) == []
    api.add_channel_member(channel.id, user.id)
    in_channel = granted(api.has_permission_to_channel, user.id, channel.id, of=CHANNEL)
    assert in_channel == ["read_channel", "create_post", "add_reaction", "delete_post"]


def test_permissions_of_admins(api, world, user, team, channel):
    api.update_team_member_roles(team.id, user.id, "team_user team_admin")
    assert granted(api.has_permission_to_team, user.id, team.id, of=TEAM) == TEAM
    api.add_channel_member(channel.id, user.id)
    api.update_channel_member_roles(channel.id, user.id, "channel_user channel_admin")
    assert granted(api.has_permission_to_channel, user.id, channel.id, of=CHANNEL) == CHANNEL
    assert granted(api.has_permission_to, world.admin.id, of=SYSTEM[:5]) == SYSTEM[:5]


def test_nobody_may_do_anything(api, team, channel):
    for who in (NOBODY, ""):
        assert not api.has_permission_to(who, Permission(id="view_members"))
        assert not api.has_permission_to_team(who, team.id, Permission(id="view_team"))
        assert not api.has_permission_to_channel(who, channel.id, Permission(id="read_channel"))


def test_roles_grant(api):
    assert api.roles_grant_permission(["system_admin"], "manage_system")
    assert api.roles_grant_permission(["system_user", "system_admin"], "manage_system")
    assert not api.roles_grant_permission(["system_user"], "manage_system")
    assert api.roles_grant_permission(["channel_user"], "create_post")
    assert not api.roles_grant_permission(["no_role"], "create_post")
    assert not api.roles_grant_permission([], "create_post")


def test_typing(api, user, channel):
    api.publish_user_typing(user.id, channel.id, "")
