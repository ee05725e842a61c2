"""Slash commands."""

import pytest

from mmhooks.api.models import Command, CommandArgs, CommandResponse
from tests.conformance.world import NOBODY, refused

PLAIN = (500, "")


@pytest.fixture
def trigger(api, world):
    name = world.word("cmd")
    api.register_command(
        Command(trigger=name, auto_complete=True, auto_complete_desc="does", display_name="D")
    )
    yield name
    api.unregister_command("", name)


def triggers(commands):
    return [one.trigger for one in commands]


def test_a_registered_command(api, team, trigger):
    (found,) = (one for one in api.list_plugin_commands(team.id) if one.trigger == trigger)
    assert (found.auto_complete_desc, found.display_name, found.auto_complete) == ("does", "D", True)
    assert trigger in triggers(api.list_commands(team.id))
    assert trigger not in triggers(api.list_custom_commands(team.id))
    api.unregister_command("", trigger)
    assert trigger not in triggers(api.list_plugin_commands(team.id))
    api.unregister_command("", trigger)


def test_a_command_is_registered_again(api, team, trigger):
    api.register_command(Command(trigger=trigger.upper(), display_name="Other"))
    found = [one for one in api.list_plugin_commands(team.id) if one.trigger == trigger]
    assert [one.display_name for one in found] == ["Other"]


def test_a_command_without_a_trigger(api):
    assert refused(api.register_command, Command())[0] == 500


def test_all_commands(api, team):
    built_in = triggers(api.list_built_in_commands())
    assert set(built_in) <= set(triggers(api.list_commands(team.id)))


def custom(world, team, **fields):
    return Command(
        **{
            "team_id": team.id,
            "trigger": world.word("custom"),
            "method": "P",
            "url": "http://x.example",
            **fields,
        }
    )


def test_a_custom_command(api, world, team):
    made = api.create_command(custom(world, team))
    assert len(made.id) == len(made.token) == 26
    assert (made.creator_id, made.plugin_id) == ("", "com.example.conformance")
    assert made.create_at == made.update_at > 0
    assert api.get_command(made.id).trigger == made.trigger
    assert made.trigger in triggers(api.list_custom_commands(team.id))
    new = api.update_command(made.id, made.evolve(display_name="New", token="x", team_id=""))
    assert (new.display_name, new.token, new.team_id) == ("New", made.token, team.id)
    api.delete_command(made.id)
    assert refused(api.get_command, made.id) == PLAIN
    assert made.trigger not in triggers(api.list_custom_commands(team.id))


@pytest.mark.parametrize(
    ("changes", "id"),
    [
        ({"team_id": "x"}, "model.command.is_valid.team_id.app_error"),
        ({"trigger": ""}, "model.command.is_valid.trigger.app_error"),
        ({"trigger": "a b"}, "model.command.is_valid.trigger.app_error"),
        ({"trigger": "/a"}, "model.command.is_valid.trigger.app_error"),
        ({"url": ""}, "model.command.is_valid.url.app_error"),
        ({"url": "ftp://x"}, "model.command.is_valid.url_http.app_error"),
        ({"method": "X"}, "model.command.is_valid.method.app_error"),
        ({"display_name": "d" * 65}, "model.command.is_valid.display_name.app_error"),
        ({"description": "d" * 129}, "model.command.is_valid.description.app_error"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_command(api, world, team, changes, id):
    assert refused(api.create_command, custom(world, team, **changes)) == (400, id)


def test_triggers_are_taken_once(api, world, team):
    made = api.create_command(custom(world, team))
    taken = (400, "api.command.duplicate_trigger.app_error")
    assert refused(api.create_command, custom(world, team, trigger=made.trigger)) == taken
    assert refused(api.create_command, custom(world, team, trigger="echo")) == taken


def test_commands_that_are_not_there(api):
    assert refused(api.get_command, NOBODY) == PLAIN
    assert refused(api.update_command, NOBODY, Command()) == PLAIN
    assert api.list_custom_commands(NOBODY) == []


def run(person, channel, text):
    body = {"channel_id": channel.id, "team_id": channel.team_id, "command": text}
    return person.post("/commands/execute", body)


def test_a_command_is_executed(api, hooks, ann, channel, trigger):
    hooks.answer(execute_command=("value", CommandResponse(response_type="in_channel", text="done")))
    answer = run(ann, channel, f"/{trigger} with @admin ~nothing")
    assert answer["text"] == "done"
    (fired,) = hooks.named("execute_command")
    args = fired["args"]
    assert args.command == f"/{trigger} with @admin ~nothing"
    assert (args.user_id, args.channel_id, args.team_id) == (ann.id, channel.id, channel.team_id)
    assert len(args.trigger_id) > 20
    assert list(args.user_mentions) == ["admin"]
    posts = api.get_posts_for_channel(channel.id, 0, 1)
    (post,) = (posts.posts[id] for id in posts.order)
    assert (post.message, post.user_id) == ("done", ann.id)


def test_an_ephemeral_answer_is_not_kept(api, hooks, ann, channel, trigger):
    hooks.answer(execute_command=("value", CommandResponse(response_type="ephemeral", text="psst")))
    run(ann, channel, f"/{trigger}")
    messages = [one.message for one in api.get_posts_for_channel(channel.id, 0, 5).posts.values()]
    assert "psst" not in messages


def test_commands_that_nobody_knows(ann, channel):
    assert refused(run, ann, channel, "/nosuchcommand") == (
        404,
        "api.command.execute_command.not_found.app_error",
    )
    assert refused(run, ann, channel, "no slash")[0] == 400


def test_the_plugin_runs_a_command(api, hooks, ann, channel, trigger):
    hooks.answer(execute_command=("value", CommandResponse(text="ok")))
    args = CommandArgs(
        command=f"/{trigger} x", user_id=ann.id, channel_id=channel.id, team_id=channel.team_id
    )
    assert api.execute_slash_command(args).text == "ok"


@pytest.mark.parametrize(
    "answer",
    [
        CommandResponse(response_type="in_channel", text="x", type="system_generic"),
        CommandResponse(response_type="in_channel", text="x", channel_id=NOBODY),
        CommandResponse(text="x", extra_responses=[CommandResponse(text="y", channel_id=NOBODY)]),
    ],
    ids=["system", "stranger", "extra"],
)
def test_answers_that_cannot_be_posted(hooks, ann, channel, trigger, answer):
    hooks.answer(execute_command=("value", answer))
    failed = (500, "api.command.execute_command.create_post_failed.app_error")
    assert refused(run, ann, channel, f"/{trigger}") == failed


def test_answers_in_several_parts(api, hooks, world, team, ann, channel, trigger):
    other = world.channel(team)
    api.add_channel_member(other.id, ann.id)
    more = [CommandResponse(response_type="in_channel", text="there", channel_id=other.id)]
    more += [CommandResponse(response_type="nowhere", text="lost")]
    first = CommandResponse(response_type="in_channel", text="here", extra_responses=more)
    hooks.answer(execute_command=("value", first))
    run(ann, channel, f"/{trigger}")
    for place, said in ((channel, "here"), (other, "there")):
        posts = api.get_posts_for_channel(place.id, 0, 1)
        assert [one.message for one in posts.posts.values()] == [said]


def test_an_empty_answer(api, hooks, ann, channel, trigger):
    for kind in ("", "ephemeral", "in_channel"):
        hooks.answer(execute_command=("value", CommandResponse(response_type=kind)))
        run(ann, channel, f"/{trigger}")
    found = api.get_posts_for_channel(channel.id, 0, 10).posts.values()
    assert [one.message for one in found if one.user_id == ann.id] == [""]


def test_mentions_of_strangers(world, hooks, ann, channel, trigger):
    stranger = world.user()
    hooks.answer(execute_command=("value", CommandResponse()))
    run(ann, channel, f"/{trigger} @{stranger.username} @{ann.name} ~{channel.name}")
    (fired,) = hooks.named("execute_command")
    assert fired["args"].user_mentions == {ann.name: ann.id}
    assert fired["args"].channel_mentions == {channel.name: channel.id}


def test_commands_by_rest(world, api, ann, team):
    body = {"team_id": team.id, "trigger": world.word("own"), "method": "P", "url": "http://x.example"}
    forbidden = (403, "api.context.permissions.app_error")
    unknown = (404, "store.sql_command.save.get.app_error")
    assert refused(ann.post, "/commands", body) == forbidden
    assert refused(ann.get, "/commands", team_id=team.id, custom_only="true") == forbidden
    made = world.admin.post("/commands", body)
    path = f"/commands/{made['id']}"
    assert (made["creator_id"], made["plugin_id"]) == (world.admin.id, "")
    assert made["trigger"] in [one["trigger"] for one in world.admin.get("/commands", team_id=team.id)]
    for call in (ann.get, ann.delete):
        assert refused(call, path) == unknown
        assert refused(call, f"/commands/{NOBODY}") == unknown
    new = world.admin.put(path, {**made, "display_name": "New", "token": "x"})
    assert (new["display_name"], new["token"], new["creator_id"]) == ("New", made["token"], world.admin.id)
    assert refused(world.admin.put, path, {**made, "team_id": NOBODY}) == (
        400,
        "api.command.team_mismatch.app_error",
    )
    assert world.admin.put(f"{path}/regen_token")["token"] != made["token"]
    assert world.admin.delete(path) == {"status": "OK"}
    assert refused(world.admin.get, path) == unknown
