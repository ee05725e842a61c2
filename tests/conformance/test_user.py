"""Accounts."""

import json

import pytest

from mmhooks.api.models import CustomStatus, User, UserAuth, UserGetOptions, UserSearch
from tests.conformance.test_reaction import PNG
from tests.conformance.world import NOBODY, PASSWORD, refused

MISSING = (404, "app.user.missing_account.const")


@pytest.fixture
def good(world):
    name = world.word("u")
    return User(username=name, email=f"{name}@example.com", password=PASSWORD)


def test_a_new_account_is_completed(api, world):
    name = world.word("New")
    user = api.create_user(User(username=name, email=f"{name}@Example.com", password=PASSWORD))
    assert user.username == name.lower()
    assert user.email == f"{name}@example.com".lower()
    assert user.roles == "system_user"
    assert user.create_at > 0
    assert user.create_at == user.update_at
    assert user.password == ""
    assert user.notify_props["email"] == "true"
    assert user.locale == "en"
    assert user.timezone["useAutomaticTimezone"] == "true"
    assert not user.email_verified
    assert api.get_user(user.id) == api.get_user_by_username(name.lower())
    assert api.get_user_by_email(user.email).id == user.id


INVALID = [
    ({"username": "x y"}, "model.user.is_valid.username.app_error"),
    ({"username": "all"}, "model.user.is_valid.username.app_error"),
    ({"username": "channel"}, "model.user.is_valid.username.app_error"),
    ({"username": "u" * 65}, "model.user.is_valid.username.app_error"),
    ({"email": "none"}, "model.user.is_valid.email.app_error"),
    ({"email": ""}, "model.user.is_valid.email.app_error"),
    ({"email": "a" * 120 + "@example.com"}, "model.user.is_valid.email.app_error"),
    ({"password": "short"}, "model.user.is_valid.pwd_min_length.app_error"),
    ({"password": "x" * 73}, "model.user.is_valid.pwd_max_length.app_error"),
    ({"nickname": "n" * 65}, "model.user.is_valid.nickname.app_error"),
    ({"first_name": "n" * 65}, "model.user.is_valid.first_name.app_error"),
    ({"last_name": "n" * 65}, "model.user.is_valid.last_name.app_error"),
    ({"position": "p" * 129}, "model.user.is_valid.position.app_error"),
]


@pytest.mark.parametrize(("changes", "id"), INVALID, ids=lambda value: str(value)[:40])
def test_what_is_no_account(api, good, changes, id):
    assert refused(api.create_user, good.evolve(**changes)) == (400, id)


@pytest.mark.parametrize(("changes", "id"), INVALID, ids=lambda value: str(value)[:40])
def test_an_account_cannot_become_invalid(api, user, changes, id):
    if "password" not in changes:
        assert refused(api.update_user, user.evolve(**changes)) == (400, id)


def test_an_account_without_a_name_gets_one(api, world):
    mail = f"{world.word()}@example.com"
    user = api.create_user(User(username="", email=mail, password=PASSWORD))
    assert len(user.username) > 1


@pytest.mark.parametrize("field", ["username", "email"])
def test_names_and_addresses_are_taken_once(api, good, user, field):
    taken = good.evolve(**{field: getattr(user, field)})
    assert refused(api.create_user, taken) == (400, f"app.user.save.{field}_exists.app_error")


def test_nobody(api):
    assert refused(api.get_user, NOBODY) == MISSING
    assert refused(api.get_user, "") == MISSING
    assert refused(api.get_user_by_email, "nobody") == MISSING
    assert refused(api.get_user_by_username, "nobody") == (404, "app.user.get_by_username.app_error")
    assert refused(api.update_user, User(id=NOBODY)) == MISSING
    assert refused(api.delete_user, NOBODY) == MISSING
    assert refused(api.update_user_active, NOBODY, True) == MISSING
    assert refused(api.get_profile_image, NOBODY) == MISSING
    assert refused(api.update_user_roles, NOBODY, "system_user") == (400, "app.user.missing_account.const")


def test_an_account_is_changed(api, user):
    new = api.update_user(user.evolve(nickname="Nick", locale="de", position="p", email=user.email.upper()))
    assert (new.nickname, new.locale, new.position, new.email) == ("Nick", "de", "p", user.email)
    assert new.update_at >= user.update_at
    # A server hands plugins what it keeps of a password; the embedded host never does.
    assert api.get_user(user.id).evolve(password="") == new


def test_what_an_update_leaves_alone(api, user):
    new = api.update_user(user.evolve(roles="system_admin", create_at=7, delete_at=9, failed_attempts=3))
    assert (new.roles, new.create_at, new.delete_at, new.failed_attempts) == (
        user.roles,
        user.create_at,
        0,
        0,
    )


def test_users_by_names_and_ids(api, world):
    users = sorted((world.user() for _ in range(3)), key=lambda one: one.username)
    ids = [one.id for one in users]
    assert [one.id for one in api.get_users_by_usernames([one.username for one in users])] == ids
    assert {one.id for one in api.get_users_by_ids([*ids, NOBODY])} == set(ids)
    assert api.get_users_by_usernames(["nobody"]) == []


def test_users_in_pages(api, world):
    team = world.team()
    ids = [one.id for one in sorted((world.user(team) for _ in range(3)), key=lambda one: one.username)]
    found = [one.id for one in api.get_users_in_team(team.id, 0, 10)]
    assert [id for id in found if id in ids] == ids
    assert len(found) == 4
    assert [one.id for one in api.get_users_in_team(team.id, 1, 2)] == found[2:]


def test_users_by_what_they_are(api, world, user):
    options = UserGetOptions(page=0, per_page=1000)
    everybody = [one.username for one in api.get_users(options)]
    assert everybody == sorted(everybody)
    assert user.username in everybody
    assert [one.username for one in api.get_users(options.evolve(page=1, per_page=2))] == everybody[2:4]
    api.update_user_active(user.id, False)
    assert user.username not in [one.username for one in api.get_users(options.evolve(active=True))]
    assert user.username in [one.username for one in api.get_users(options.evolve(inactive=True))]
    admins = api.get_users(options.evolve(role="system_admin"))
    assert "admin" in [one.username for one in admins]
    assert user.username not in [one.username for one in admins]
    # The team is not looked at.
    assert len(api.get_users(options.evolve(in_team_id=NOBODY))) == len(everybody)


def test_users_in_a_channel(api, world, team, channel):
    users = sorted((world.user(team) for _ in range(2)), key=lambda one: one.username)
    for one in users:
        api.add_channel_member(channel.id, one.id)
    found = [one.id for one in api.get_users_in_channel(channel.id, "username", 0, 10)]
    assert found[1:] == [one.id for one in users]
    assert [one.id for one in api.get_users_in_channel(channel.id, "username", 1, 1)] == found[1:2]
    api.update_user_status(users[1].id, "online")
    by_status = [one.id for one in api.get_users_in_channel(channel.id, "status", 0, 10)]
    assert by_status.index(users[1].id) < by_status.index(users[0].id)
    problem = refused(api.get_users_in_channel, channel.id, "age", 0, 10)
    assert problem == (400, "plugin.api.get_users_in_channel")


def test_users_are_searched(api, world, team):
    name = world.word("find")
    user = world.user(team, username=name)
    api.update_user(user.evolve(first_name="Fritz", last_name="Lang", nickname=f"The {name[1:]}"))

    def found(term, **more):
        return [one.id for one in api.search_users(UserSearch(**{"term": term, "limit": 10, **more}))]

    for term in (name[:-1], f"@{name}", f"@@{name}", name[3:].upper(), f"{name} the", f"  {name}*", user.id):
        assert found(term) == [user.id], term
    for term in (f"{name} Fritz", user.email, f"{name[:-1]}_", f"{name[:3]}%{name[4:]}"):
        assert found(term) == [], term
    other, channel = world.team(), world.channel(team)
    assert found(name, team_id=team.id) == [user.id]
    assert found(name, team_id=other.id) == found(name, not_in_team_id=team.id) == []
    assert found(name, not_in_team_id=other.id) == found(name, not_in_channel_id=channel.id) == [user.id]
    assert found(name, in_channel_id=channel.id) == found(name, without_team=True) == []
    assert found(name, role="system_admin") == [user.id]  # roles are not looked at
    assert found(name, without_team=True, not_in_team_id=other.id) == []  # the first counts
    assert api.search_users(UserSearch(term=name, limit=0)) == []
    api.update_user_active(user.id, False)
    assert api.search_users(UserSearch(term=name, limit=10)) == []
    assert len(api.search_users(UserSearch(term=name, limit=10, allow_inactive=True))) == 1


def test_an_account_is_switched_off_and_on(api, user):
    api.update_user_active(user.id, False)
    assert api.get_user(user.id).delete_at > 0
    api.update_user_active(user.id, True)
    assert api.get_user(user.id).delete_at == 0
    api.delete_user(user.id)
    assert api.get_user(user.id).delete_at > 0


def test_roles(api, user):
    assert api.update_user_roles(user.id, "system_user system_admin").roles == "system_user system_admin"
    assert api.get_user(user.id).roles == "system_user system_admin"
    assert api.update_user_roles(user.id, "system_user").roles == "system_user"
    assert refused(api.update_user_roles, user.id, "no_role")[0] == 400


def test_how_an_account_logs_in(api, user):
    auth = UserAuth(auth_data=user.id, auth_service="gitlab")
    assert api.update_user_auth(user.id, auth) == auth
    assert api.get_user(user.id).auth_service == "gitlab"
    assert api.update_user_auth(NOBODY, auth) == auth


def test_custom_status(api, user):
    bad = (400, "api.custom_status.set_custom_statuses.update.app_error")
    assert refused(api.update_user_custom_status, user.id, CustomStatus()) == bad
    api.update_user_custom_status(user.id, CustomStatus(text="büsy"))
    text = '{"emoji":"","text":"büsy","duration":"","expires_at":"0001-01-01T00:00:00Z"}'
    assert api.get_user(user.id).props["customStatus"] == text
    unknown = (400, "api.custom_status.set_custom_statuses.emoji_not_found")
    assert refused(api.update_user_custom_status, user.id, CustomStatus(emoji="no_such_emoji")) == unknown
    api.remove_user_custom_status(user.id)
    assert api.get_user(user.id).props.get("customStatus", "") == ""
    assert refused(api.update_user_custom_status, NOBODY, CustomStatus(text="x")) == MISSING
    assert refused(api.remove_user_custom_status, NOBODY) == MISSING


def test_recent_custom_statuses(api, hooks, user):
    later = 2_000_000_000_000
    for number in range(6):
        api.update_user_custom_status(user.id, CustomStatus(emoji="coffee", text=f"{number}"))
    status = CustomStatus(emoji="smile", text="3", duration="date_and_time", expires_at=later)
    api.update_user_custom_status(user.id, status)
    kept = api.get_preference_for_user(user.id, "custom_status", "recent_custom_statuses").value
    recent = json.loads(kept)
    assert [one["text"] for one in recent] == ["3", "5", "4", "2", "1"]
    assert (recent[0]["emoji"], recent[0]["expires_at"][:19]) == ("smile", "2033-05-18T03:33:20")
    api.remove_user_custom_status(user.id)
    assert api.get_preference_for_user(user.id, "custom_status", "recent_custom_statuses").value == kept
    hooks.wait("preferences_have_changed", lambda fired: fired["preferences"][0].user_id == user.id)


def test_the_picture(api, world, user):
    first = api.get_profile_image(user.id)
    assert len(first) > 50
    api.set_profile_image(user.id, PNG)
    assert api.get_user(user.id).last_picture_update > 0
    assert refused(api.set_profile_image, NOBODY, first) == MISSING
    bad = (400, "api.user.upload_profile_user.decode.app_error")
    assert refused(api.set_profile_image, user.id, b"no picture") == bad
