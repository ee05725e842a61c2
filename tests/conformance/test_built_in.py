"""The slash commands that a server has by itself: who may, what comes of them, and how they refuse."""

import json

import pytest

from mmhooks.api.models import CommandArgs
from tests.conformance.world import NOBODY, refused

TRIGGERS = [
    "away",
    "code",
    "collapse",
    "dnd",
    "echo",
    "expand",
    "groupmsg",
    "header",
    "help",
    "invite",
    "invite_people",
    "join",
    "kick",
    "leave",
    "logout",
    "me",
    "msg",
    "mute",
    "offline",
    "online",
    "open",
    "purpose",
    "remove",
    "rename",
    "search",
    "secure-connection",
    "settings",
    "share-channel",
    "shortcuts",
    "shrug",
    "status",
]
"""All, where the marketplace is switched off."""
SAID, DONE = ("ephemeral", True, ""), ("", False, "")
FORBIDDEN = (403, "api.context.permissions.app_error")
UNKNOWN = (404, "api.command.execute_command.not_found.app_error")


@pytest.fixture
def bob(world, team):
    """Somebody in the team who is in no channel of the case."""
    return world.person(team)


def run(person, channel, text, **more):
    body = {"channel_id": channel.id, "team_id": channel.team_id, "command": text, **more}
    return person.post("/commands/execute", body)


def answered(world, person, channel, text, **more):
    """Run a command; gives how it answers: the kind, whether it says something, where it leads."""
    answer = run(person, channel, text, **more)
    return answer["response_type"], bool(answer["text"]), answer["goto_location"].removeprefix(world.url)


def posts(api, channel, by):
    """The posts of somebody's in a channel; the server tells some news later, in another one's name."""
    found = api.get_posts_for_channel(channel.id, 0, 100)
    return [found.posts[id] for id in reversed(found.order) if found.posts[id].user_id == by.id]


def posted_by(hooks, person, channel):
    """Wait for a post of somebody's in a channel."""
    place = person.id, channel.id
    fired = hooks.wait(
        "message_has_been_posted", lambda fired: (fired["post"].user_id, fired["post"].channel_id) == place
    )
    return fired["post"]


def arguments(data):
    return [(one.name, one.type, one.required) for one in data.arguments]


def test_their_names(api, team):
    found = {one.trigger: one for one in api.list_built_in_commands()}
    assert sorted(found) == TRIGGERS
    titles = {name: one.display_name for name, one in found.items() if one.display_name != name}
    assert titles == {"groupmsg": "message", "msg": "message"}
    assert all(one.auto_complete and one.auto_complete_desc for one in found.values())
    assert sorted(name for name, one in found.items() if not one.auto_complete_hint) == sorted(
        {"away", "collapse", "dnd", "expand", "help", "leave", "logout", "offline", "online"}
        | {"settings", "shortcuts"}
    )
    hints = ("[text]", "[action]", "~[channel]")
    assert {name for name, one in found.items() if one.auto_complete_hint in hints} >= {
        "code",
        "join",
        "mute",
    }
    assert {(one.id, one.token, one.url, one.method, one.team_id) for one in found.values()} == {("",) * 5}


def test_how_they_are_completed(api):
    found = {one.trigger: one.autocomplete_data for one in api.list_built_in_commands()}
    data = {name: one for name, one in found.items() if one is not None}
    assert sorted(data) == ["rename", "secure-connection", "share-channel"]
    assert {one.role_id for one in data.values()} == {"system_user"}
    assert arguments(data["rename"]) == [("", "TextInput", True)]
    below = {
        name: {one.trigger: arguments(one) for one in data[name].sub_commands}
        for name in ("secure-connection", "share-channel")
    }
    invitation = [("name", "TextInput", True), ("displayname", "TextInput", False)]
    invitation += [("password", "TextInput", True)]
    connection = [("connectionID", "DynamicList", True)]
    assert below["secure-connection"] == {
        "create": invitation,
        "accept": [*invitation, ("invite", "TextInput", True)],
        "remove": connection,
        "status": [],
    }
    assert below["share-channel"] == {
        "invite": [*connection, ("readonly", "TextInput", False)],
        "uninvite": connection,
        "unshare": [],
        "status": [],
    }


def test_what_clients_are_offered(world, ann, team):
    for path in (f"/teams/{team.id}/commands/autocomplete", "/commands"):
        for person in (ann, world.admin):
            found = [one["trigger"] for one in person.get(path, team_id=team.id)]
            assert set(TRIGGERS) <= set(found)
            assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/me waves", ("in_channel", True, "")),
        ("/shrug", ("in_channel", True, "")),
        ("/code", SAID),
        ("/echo", SAID),
        ("/echo later 10001", SAID),
        ("/logout", ("", False, "/login")),
        *((f"/{name}", SAID) for name in ("help", "search", "settings", "shortcuts", "marketplace")),
        ("/invite_people x@example.com", SAID),
        ("/secure-connection status", SAID),
        ("/share-channel status", SAID),
        *((f"/{name}", SAID) for name in ("header", "purpose", "rename", "invite", "remove", "kick", "msg")),
        ("/groupmsg", SAID),
        ("/groupmsg nobody, nobody2 hello", SAID),
        ("/invite nobody", SAID),
        ("/kick nobody", SAID),
        ("/msg nobody hello", SAID),
        ("/join nosuchchannel", SAID),
        ("/mute ~nosuchchannel", SAID),
        (f"/header {'h' * 1025}", SAID),
        (f"/purpose {'p' * 251}", SAID),
        (f"/rename {'r' * 65}", SAID),
        ("/HELP", SAID),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_they_answer(world, ann, channel, text, expected):
    assert answered(world, ann, channel, text) == expected


def test_administrators_are_answered_too(world, channel):
    for text in (
        "/secure-connection",
        "/secure-connection create",
        "/share-channel",
        "/share-channel status",
    ):
        assert answered(world, world.admin, channel, text) == SAID


def test_what_is_no_command(ann, channel):
    for text in ("/test", "/exportlink", "/ me", "/me,"):
        assert refused(run, ann, channel, text) == UNKNOWN
    start = (400, "api.command.execute_command.start.app_error")
    for text in ("", "/", "me"):
        assert refused(run, ann, channel, text) == start
    assert refused(ann.post, "/commands/execute", {"channel_id": "x", "command": "/me x"}) == start


def test_where_nobody_may_run_one(world, api, bob, team, channel):
    assert refused(run, bob, channel, "/me waves") == FORBIDDEN
    gone = world.channel(team)
    world.admin.delete(f"/channels/{gone.id}")
    deleted = (400, "api.command.execute_command.deleted.error")
    assert refused(run, world.admin, gone, "/me waves") == deleted
    direct = api.get_direct_channel(bob.id, world.admin.id)
    assert refused(run, bob, direct, "/me waves") == FORBIDDEN  # of which team is not said
    assert run(bob, direct, "/me waves", team_id=team.id)["type"] == "me"


def test_the_plugin_runs_them(api, ann, channel):
    args = CommandArgs(user_id=ann.id, channel_id=channel.id, team_id=channel.team_id, command="/shrug so")
    answer = api.execute_slash_command(args)
    assert (answer.response_type, answer.trigger_id) == ("in_channel", "")
    assert posts(api, channel, ann)[-1].message.startswith("so ")
    missing = (404, "app.team.get.find.app_error")
    assert refused(api.execute_slash_command, args.evolve(team_id=NOBODY)) == missing
    missing = (404, "app.channel.get.existing.app_error")
    assert refused(api.execute_slash_command, args.evolve(channel_id=NOBODY)) == missing
    missing = (404, "app.user.missing_account.const")
    assert refused(api.execute_slash_command, args.evolve(user_id=NOBODY)) == missing


def test_posts(api, hooks, ann, channel):
    for text in ("/code a\nb", "/code\nc", "/me waves", "/shrug"):
        run(ann, channel, text)
    made = [(one.message, one.type, one.props) for one in posts(api, channel, ann)]
    shrug = "¯\\\\\\_(ツ)\\_/¯"
    assert made == [("    a\n    b", "", {}), ("    c", "", {}), ("*waves*", "me", {}), (shrug, "", {})]
    said = {arguments["post"].message for arguments in hooks.named("message_will_be_posted")}
    assert {"*waves*", shrug} <= said


@pytest.mark.parametrize(
    ("text", "echo"),
    [("now", "now"), ("two words", "two words"), ('"a 5" 0', "a 5"), ("minus -1", "minus"), ("7", "7")],
)
def test_echo(hooks, ann, channel, text, echo):
    assert run(ann, channel, f"/echo {text}")["text"] == ""
    posted = posted_by(hooks, ann, channel)
    assert (posted.message, posted.type) == (echo, "")


def test_a_plugin_refuses_the_post(hooks, ann, channel):
    hooks.answer(message_will_be_posted=("reject", "no"))
    failed = (500, "api.command.execute_command.create_post_failed.app_error")
    assert refused(run, ann, channel, "/me waves") == failed


@pytest.mark.parametrize("status", ["away", "dnd", "offline", "online"])
def test_statuses(world, api, ann, channel, status):
    assert answered(world, ann, channel, f"/{status}") == SAID
    found = api.get_user_status(ann.id)
    assert (found.status, found.manual) == (status, status != "online")


@pytest.mark.parametrize(
    ("text", "emoji", "words"),
    [
        ("reading", "speech_balloon", "reading"),
        (":smile:  glad ", "smile", "glad"),
        (":smile:", "smile", ""),
        ("", "speech_balloon", ""),
        ("w" * 120, "speech_balloon", "w" * 100),
    ],
    ids=lambda value: value[:20],
)
def test_a_status_of_ones_own(world, api, ann, channel, text, emoji, words):
    assert answered(world, ann, channel, f"/status {text}") == SAID
    status = json.loads(api.get_user(ann.id).props["customStatus"])
    assert (status["emoji"], status["text"]) == (emoji, words)
    assert answered(world, ann, channel, "/status clear") == SAID
    assert not api.get_user(ann.id).props.get("customStatus")


def test_previews(world, api, hooks, ann, channel):
    for name, value in (("collapse", "true"), ("expand", "false")):
        assert answered(world, ann, channel, f"/{name}") == SAID
        assert api.get_preference_for_user(ann.id, "display_settings", "collapse_previews").value == value
    assert hooks.named("preferences_have_changed") == []


def test_texts_of_a_channel(world, api, ann, channel):
    for text in ("/header Head", "/purpose What for", "/rename New name"):
        assert answered(world, ann, channel, text) == DONE
    new = api.get_channel(channel.id)
    assert (new.header, new.purpose, new.display_name) == ("Head", "What for", "New name")
    told = {one.type: one.props for one in posts(api, channel, ann)}
    name = ann.name
    assert told == {
        "system_header_change": {"username": name, "old_header": "", "new_header": "Head"},
        "system_purpose_change": {"username": name, "old_purpose": "", "new_purpose": "What for"},
        "system_displayname_change": {
            "username": name,
            "old_displayname": channel.display_name,
            "new_displayname": "New name",
        },
    }


def test_a_patched_channel_tells_it_too(world, api, channel):
    world.admin.put(f"/channels/{channel.id}/patch", {"header": "Head", "purpose": ""})
    assert posts(api, channel, world.admin)[-1].type == "system_header_change"


def test_direct_channels_have_no_such_texts(world, api, ann, bob, team):
    direct, more = api.get_direct_channel(ann.id, bob.id), {"team_id": team.id}
    for text in ("/purpose x", "/rename x", f"/invite {bob.name}", f"/kick {bob.name}", "/leave"):
        assert answered(world, ann, direct, text, **more) == SAID
    assert answered(world, ann, direct, f"/join {direct.name}", **more) == SAID
    assert answered(world, ann, direct, "/header between us", **more) == DONE
    assert api.get_channel(direct.id).header == "between us"


def test_joining(world, api, hooks, bob, team, channel, private):
    place = f"/{team.name}/channels/{channel.name}"
    square = api.get_channel_by_name(team.id, "town-square", False)
    assert answered(world, bob, square, f"/join ~{channel.name}") == ("", False, place)
    joined = hooks.wait("user_has_joined_channel", lambda fired: fired["channel_member"].user_id == bob.id)
    assert (joined["channel_member"].channel_id, joined["actor"]) == (channel.id, None)
    assert posts(api, channel, bob)[-1].type == "system_join_channel"
    assert answered(world, bob, square, f"/open {channel.name.upper()}") == ("", False, place)
    assert answered(world, bob, square, f"/join {private.name}") == SAID
    assert refused(api.get_channel_member, private.id, bob.id)[0] == 404
    assert answered(world, world.admin, square, f"/join {private.name}")[2].endswith(private.name)


def test_leaving(world, api, hooks, ann, team, channel):
    square = api.get_channel_by_name(team.id, "town-square", False)
    assert answered(world, ann, square, "/leave") == SAID
    assert answered(world, ann, channel, "/leave") == ("", False, f"/{team.name}/channels/town-square")
    assert refused(api.get_channel_member, channel.id, ann.id)[0] == 404
    hooks.wait("message_has_been_posted", lambda fired: fired["post"].type == "system_leave_channel")


def test_inviting(world, api, hooks, ann, bob, team, channel, private):
    assert answered(world, ann, channel, f"/invite @{bob.name}") == ("ephemeral", False, "")
    assert api.get_channel_member(channel.id, bob.id)
    added = posted_by(hooks, ann, channel)
    assert (added.type, added.props["addedUserId"]) == ("system_add_to_channel", bob.id)
    assert answered(world, ann, channel, f"/invite {bob.name}") == SAID  # again
    assert answered(world, ann, channel, f"/invite @{bob.name} ~{private.name}") == SAID
    assert refused(api.get_channel_member, private.id, bob.id)[0] == 404
    other = world.channel(team)
    api.add_channel_member(other.id, ann.id)
    assert answered(world, ann, channel, f"/invite {bob.name} {other.name}") == SAID
    assert api.get_channel_member(other.id, bob.id)


def test_inviting_who_cannot_come(world, api, ann, channel):
    stranger, off = world.user(), world.user()
    api.update_user_active(off.id, False)
    for user in (stranger, off):
        assert answered(world, ann, channel, f"/invite {user.username}") == SAID
        assert refused(api.get_channel_member, channel.id, user.id)[0] == 404


def test_removing(world, api, ann, bob, team, channel):
    api.add_channel_member(channel.id, bob.id)
    for name in ("remove", "kick"):
        api.add_channel_member(channel.id, bob.id)
        assert answered(world, ann, channel, f"/{name} @{bob.name}") == DONE
        assert refused(api.get_channel_member, channel.id, bob.id)[0] == 404
        last = posts(api, channel, ann)[-1]
        told = {"removedUserId": bob.id, "removedUsername": bob.name}
        assert (last.type, last.props) == ("system_remove_from_channel", told)
    assert answered(world, ann, channel, f"/kick {bob.name}") == SAID  # is not in it
    square = api.get_channel_by_name(team.id, "town-square", False)
    assert answered(world, world.admin, square, f"/kick {bob.name}") == SAID
    assert api.get_channel_member(square.id, bob.id)


def test_a_removal_by_rest_is_told_too(world, api, ann, channel):
    world.admin.delete(f"/channels/{channel.id}/members/{ann.id}")
    told = [one.type for one in posts(api, channel, world.admin)]
    assert "system_remove_from_channel" in told


def test_writing_to_somebody(world, api, ann, bob, team, channel):
    kind, said, place = answered(world, ann, channel, f"/msg @{bob.name} hello there")
    direct = api.get_direct_channel(ann.id, bob.id)
    assert (kind, said, place) == ("ephemeral", False, f"/{team.name}/channels/{direct.name}")
    assert [one.message for one in posts(api, direct, ann)] == ["hello there"]
    assert answered(world, ann, channel, f"/msg {bob.name}") == (kind, said, place)
    assert len(posts(api, direct, ann)) == 1
    assert answered(world, ann, channel, f"/msg {ann.name} me") == SAID


def test_writing_to_several(world, api, ann, bob, team, channel):
    third = world.user(team)
    kind, said, place = answered(world, ann, channel, f"/groupmsg @{bob.name}, {third.username} hi, you two")
    group = api.get_group_channel([ann.id, bob.id, third.id])
    assert (kind, said, place) == ("ephemeral", False, f"/{team.name}/channels/{group.name}")
    assert [one.message for one in posts(api, group, ann)] == ["hi, you two"]
    place = answered(world, ann, channel, f"/groupmsg {bob.name},{ann.name} only you")[2]
    direct = api.get_direct_channel(ann.id, bob.id)
    assert place == f"/{team.name}/channels/{direct.name}"
    assert posts(api, direct, ann)[-1].message == "only you"


def test_muting(world, api, ann, team, channel, private):
    def muted():
        return api.get_channel_member(channel.id, ann.id).notify_props["mark_unread"]

    square = api.get_channel_by_name(team.id, "town-square", False)
    for place, text, expected in (
        (channel, "/mute", "mention"),
        (channel, "/mute", "all"),
        (square, f"/mute ~{channel.name}", "mention"),
        (square, f"/mute {channel.name}", "all"),
    ):
        assert answered(world, ann, place, text) == SAID
        assert muted() == expected
    assert answered(world, ann, square, f"/mute {private.name}") == SAID
