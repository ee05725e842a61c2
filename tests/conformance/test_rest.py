"""What people may do by REST, and how they are refused."""

import contextlib

import pytest

from tests.conformance.world import NOBODY, PASSWORD, Person, refused

FORBIDDEN = (403, "api.context.permissions.app_error")
LOGGED_OUT = (401, "api.context.session_expired.app_error")


@pytest.fixture
def bob(world, team):
    """Somebody in the team who is in no channel of the case."""
    return world.person(team)


@pytest.mark.parametrize("path", ["/users/me", "/channels/{id}", "/teams", f"/posts/{NOBODY}", "/plugins"])
def test_who_is_not_logged_in(world, channel, path):
    person = Person(world.url)
    with contextlib.closing(person.http):
        assert refused(person.get, path.format(id=channel.id)) == LOGGED_OUT


def test_who_logs_out(world, team):
    person = world.person(team)
    person.post("/users/logout")
    assert refused(person.get, "/users/me") == LOGGED_OUT


def test_log_in_by_name_or_address(world, team):
    user = world.user(team)
    for name in (user.username, user.email, user.username.upper()):
        person = Person(world.url, name)
        with contextlib.closing(person.http):
            person.log_in()
            assert person.id == user.id
    off = Person(world.url, user.username)
    world.api.update_user_active(user.id, False)
    with contextlib.closing(off.http):
        assert refused(off.log_in)[0] == 401


def test_strangers_to_a_channel(world, bob, channel, private):
    post = world.admin.say(private, "among us")
    for path in (f"/channels/{private.id}", f"/channels/{private.id}/members", f"/posts/{post.id}"):
        assert refused(bob.get, path) == FORBIDDEN
    assert refused(bob.say, private, "let me in") == FORBIDDEN
    assert refused(bob.say, channel, "not yet") == FORBIDDEN
    assert refused(bob.post, f"/channels/{private.id}/members", {"user_id": bob.id}) == FORBIDDEN
    assert bob.get(f"/channels/{channel.id}")["id"] == channel.id
    bob.post(f"/channels/{channel.id}/members", {"user_id": bob.id})
    assert bob.say(channel, "now").message == "now"


def test_posts_of_others(world, ann, channel):
    theirs, mine = world.admin.say(channel, "theirs"), ann.say(channel, "mine")
    assert refused(ann.put, f"/posts/{theirs.id}/patch", {"message": "x"}) == FORBIDDEN
    assert refused(ann.delete, f"/posts/{theirs.id}") == FORBIDDEN
    assert ann.put(f"/posts/{mine.id}/patch", {"message": "new"})["message"] == "new"
    assert ann.delete(f"/posts/{mine.id}") == {"status": "OK"}
    assert world.admin.put(f"/posts/{theirs.id}/patch", {"message": "y"})["message"] == "y"


def test_what_belongs_to_others(world, ann, bob):
    preference = {"user_id": bob.id, "category": "c", "name": "n", "value": "v"}
    for call, path, body in (
        (ann.put, f"/users/{bob.id}/patch", {"nickname": "n"}),
        (ann.put, f"/users/{bob.id}/preferences", [preference]),
        (ann.put, f"/users/{bob.id}/status", {"user_id": bob.id, "status": "away"}),
        (ann.post, f"/users/{bob.id}/tokens", {"description": "d"}),
        (ann.put, f"/users/{bob.id}/roles", {"roles": "system_user system_admin"}),
    ):
        assert refused(call, path, body) == FORBIDDEN
    assert refused(ann.get, f"/users/{bob.id}/preferences") == FORBIDDEN
    bad = (400, "api.context.invalid_body_param.app_error")
    assert refused(ann.put, f"/users/{ann.id}/preferences", []) == bad
    assert refused(world.admin.put, f"/users/{ann.id}/roles", {"roles": "system_admin"}) == bad
    assert ann.put(f"/users/{ann.id}/patch", {"nickname": "n"})["nickname"] == "n"


def test_what_only_administrators_may(ann, channel, team):
    assert refused(ann.get, "/config") == FORBIDDEN
    assert refused(ann.get, "/plugins") == FORBIDDEN
    assert refused(ann.get, "/plugins/statuses") == FORBIDDEN
    assert refused(ann.post, "/plugins/none/enable") == FORBIDDEN
    assert refused(ann.post, f"/channels/{channel.id}/restore") == FORBIDDEN


def test_reactions_for_others(world, ann, bob, channel):
    post = ann.say(channel, "react")
    body = {"user_id": bob.id, "post_id": post.id, "emoji_name": "+1"}
    assert refused(ann.post, "/reactions", body)[0] == 403


def test_what_is_not_there(world):
    assert refused(world.admin.get, f"/channels/{NOBODY}") == (404, "app.channel.get.existing.app_error")
    assert refused(world.admin.get, f"/users/{NOBODY}") == (404, "app.user.missing_account.const")
    assert refused(world.admin.get, f"/teams/{NOBODY}") == (404, "app.team.get.find.app_error")
    assert refused(world.admin.get, f"/posts/{NOBODY}") == (404, "app.post.get.app_error")
    assert refused(world.admin.get, f"/files/{NOBODY}/info") == (404, "app.file_info.get.app_error")
    assert refused(world.admin.get, "/users/username/nobody") == (404, "app.user.get_by_username.app_error")


def test_what_has_no_sense(world, channel):
    bad = (400, "api.context.invalid_body_param.app_error")
    answer = world.admin.http.post("/api/v4/posts", content=b"{no json")
    assert (answer.status_code, answer.json()["id"]) == bad
    assert len(answer.headers["X-Request-Id"]) == 26


def test_an_account_made_by_anybody(world):
    name = world.word("new")
    person = Person(world.url)
    with contextlib.closing(person.http):
        body = {
            "username": name,
            "email": f"{name}@example.com",
            "password": PASSWORD,
            "roles": "system_admin",
        }
        made = person.post("/users", body)
    assert (made["username"], made["roles"]) == (name, "system_user")
    assert "password" not in made or not made["password"]
