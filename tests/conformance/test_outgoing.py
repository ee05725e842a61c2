"""What the host asks of other servers: custom commands and outgoing webhooks."""

import contextlib
import time

import httpx
import pytest

from mmhooks.api.models import Command, CommandArgs, Post
from mmhooks.errors import AppError
from tests.conformance.world import NOBODY, refused

FORBIDDEN = (403, "api.context.permissions.app_error")
FAILED = (500, "api.command.execute_command.failed.app_error")
FORM = "application/x-www-form-urlencoded"
SECONDS = 20


def run(person, channel, text, **more):
    body = {"channel_id": channel.id, "team_id": channel.team_id, "command": text, **more}
    return person.post("/commands/execute", body)


def until(condition):
    end = time.monotonic() + SECONDS
    while not (found := condition()):
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)
    return found


def posts(api, channel, by, **props):
    """The posts of somebody's in a channel that have these props."""
    found = api.get_posts_for_channel(channel.id, 0, 100)
    mine = [found.posts[id] for id in reversed(found.order) if found.posts[id].user_id == by.id]
    return [one for one in mine if all(one.props.get(name) == value for name, value in props.items())]


# -- custom commands ----------------------------------------------------------------------------


@pytest.fixture
def command(api, world, team, target):
    """Makes a custom command of the plugin's that the target answers."""
    made = []

    def make(**fields):
        given = {"team_id": team.id, "trigger": world.word("ask"), "method": "P", "url": target.url, **fields}
        made.append(api.create_command(Command(**given)))
        return made[-1]

    yield make
    for one in made:
        api.delete_command(one.id)


def test_what_a_command_sends(world, ann, team, channel, target, command):
    one, root = command(), ann.say(channel, "root")
    answer = run(
        ann, channel, f"/{one.trigger} a  b @{ann.name} @nobody ~{channel.name} ü&=", root_id=root.id
    )
    assert answer["text"] == ""
    asked = target.wait()
    assert (asked.method, asked.path) == ("POST", "/")
    kept = {
        name: asked.headers.get(name) for name in ("content-type", "accept", "authorization", "user-agent")
    }
    assert kept == {
        "content-type": FORM,
        "accept": "application/json",
        "authorization": f"Token {one.token}",
        "user-agent": "Mattermost-Bot/1.1",
    }
    form = asked.form
    assert len(form.pop("trigger_id")) > 20
    place, _, hook_id = form.pop("response_url").rpartition("/")
    assert (place, len(hook_id)) == (f"{world.url}/hooks/commands", 26)
    assert form == {
        "token": one.token,
        "team_id": team.id,
        "team_domain": team.name,
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": ann.id,
        "user_name": ann.name,
        "command": f"/{one.trigger}",
        "text": f"a  b @{ann.name} @nobody ~{channel.name} ü&=",
        "root_id": root.id,
        "user_mentions": [ann.name],
        "user_mentions_ids": [ann.id],
        "channel_mentions": [channel.name],
        "channel_mentions_ids": [channel.id],
    }


@pytest.mark.parametrize("path", ["/there", "/there?a=1"])
def test_a_command_that_gets(ann, channel, target, command, path):
    one = command(method="G", url=target.url + path)
    run(ann, channel, f"/{one.trigger.upper()} words")
    asked = target.wait()
    assert (asked.method, asked.body) == ("GET", "")
    assert asked.path.startswith(f"{path}&" if "?" in path else f"{path}?")
    assert (asked.form["text"], asked.form["command"]) == ("words", f"/{one.trigger}")
    assert "content-type" not in asked.headers


def test_an_answer_to_everybody(api, ann, channel, target, command):
    target.answer(
        {
            "response_type": "in_channel",
            "text": f"<!here> see <http://x.example|this>, <@{ann.id}>",
            "username": "somebody",
            "icon_url": "http://x.example/icon",
            "props": {"more": 1},
            "attachments": [{"text": "<http://y.example|that>", "fields": [{"title": "n", "value": 7}]}],
            "extra_responses": None,
            "unknown": True,
        }
    )
    answer = run(ann, channel, f"/{command().trigger}")
    assert len(answer["trigger_id"]) > 20
    assert answer["text"] == f"@here see <http://x.example|this>, @{ann.name}"
    (post,) = posts(api, channel, ann, from_webhook="true")
    assert post.message == f"@here see [this](http://x.example), @{ann.name}"
    assert (post.type, post.props["more"]) == ("slack_attachment", 1)
    assert "override_username" not in post.props
    assert "override_icon_url" not in post.props
    (attachment,) = post.props["attachments"]
    assert attachment["text"] == "[that](http://y.example)"
    assert attachment["fields"][0]["value"] == "7"


def test_an_answer_that_is_a_text(api, ann, channel, target, command):
    target.answer("plain words", content_type="text/plain; charset=utf-8")
    answer = run(ann, channel, f"/{command().trigger}")
    assert (answer["text"], answer["response_type"]) == ("plain words", "")
    assert posts(api, channel, ann, from_webhook="true") == []  # its user alone sees it
    target.answer("", content_type="text/plain")
    assert run(ann, channel, f"/{command().trigger}")["text"] == ""
    target.answer("null")
    assert run(ann, channel, f"/{command().trigger}")["text"] == ""


@pytest.mark.parametrize("body", ["", "{", "[]", '{"text": 7}'])
def test_answers_without_sense(ann, channel, target, command, body):
    target.answer(body)
    assert refused(run, ann, channel, f"/{command().trigger}") == FAILED


@pytest.mark.parametrize("status", [201, 204, 404, 500])
def test_other_statuses(ann, channel, target, command, status):
    target.answer("" if status == 204 else "oh", status=status, content_type="text/plain")
    failed = (500, "api.command.execute_command.failed_resp.app_error")
    assert refused(run, ann, channel, f"/{command().trigger}") == failed


def test_where_nobody_may_be_asked(ann, channel, command):
    for url in ("http://127.0.0.2:9/", "http://100.64.0.1/", "http://[::ffff:127.0.0.1]:9/"):
        assert refused(run, ann, channel, f"/{command(url=url).trigger}") == FAILED


def test_nobody_is_there(ann, channel, command):
    assert refused(run, ann, channel, f"/{command(url='http://127.0.0.1:9/').trigger}") == FAILED


@pytest.mark.parametrize("place", ["file:///etc/passwd", "http://127.0.0.2:9/", "/"])
def test_redirects_that_lead_nowhere(ann, channel, target, command, place):
    target.answer("", status=302, Location=place)
    assert refused(run, ann, channel, f"/{command().trigger}") == FAILED


def test_a_redirect_is_followed(ann, channel, target, command):
    target.answer("", status=307, Location="/elsewhere")
    one = command()
    assert refused(run, ann, channel, f"/{one.trigger}") == FAILED  # it leads to itself
    first, second = target.wait(), target.wait()
    assert (first.path, second.path) == ("/", "/elsewhere")
    assert second.form["token"] == one.token


def test_a_long_answer_is_cut(ann, channel, target, command):
    target.answer("x" * (3 << 20), content_type="text/plain")
    assert len(run(ann, channel, f"/{command().trigger}")["text"]) == 1 << 20


def test_a_custom_command_stands_before_the_servers_own(api, ann, channel, target, command):
    one = command()
    api.update_command(one.id, one.evolve(trigger="help"))
    target.answer({"text": "no help"})
    assert run(ann, channel, "/help")["text"] == "no help"


def test_the_plugin_runs_a_custom_command(api, ann, channel, target, command):
    args = CommandArgs(user_id=ann.id, channel_id=channel.id, team_id=channel.team_id)
    target.answer({"text": "done"})
    assert api.execute_slash_command(args.evolve(command=f"/{command().trigger} x")).text == "done"
    assert target.wait().form["text"] == "x"


def test_late_answers(api, world, ann, channel, target, command):
    one = command()
    run(ann, channel, f"/{one.trigger}")
    url = target.wait().form["response_url"]

    def answer(**options):
        sent = httpx.post(url, trust_env=False, **options)
        return sent.status_code, sent.text if sent.is_success else sent.json()["id"]

    parse = (400, "web.command_webhook.parse.app_error")
    general = "web.command_webhook.general.app_error"
    assert answer(json=[1]) == parse
    for text in ("first", "second", "third", "fourth"):
        assert answer(json={"response_type": "in_channel", "text": text}) == (200, "ok")
    assert answer(content="plain") == (200, "ok")
    assert answer(json={"text": "more"}) == (400, general)
    found = [one.message for one in posts(api, channel, ann, from_webhook="true")]
    assert found == ["first", "second", "third", "fourth"]
    run(ann, channel, f"/{one.trigger}")
    url = target.wait().form["response_url"]
    assert answer(json={"response_type": "in_channel", "text": "x", "channel_id": NOBODY}) == (500, general)
    url = f"{world.url}/hooks/commands/{NOBODY}"
    assert answer(json={"text": "x"}) == (404, general)


# -- outgoing webhooks --------------------------------------------------------------------------


@pytest.fixture
def hook(world, team, channel, target):
    """Makes an outgoing webhook that tells the target."""
    made = []

    def make(**fields):
        given = {"team_id": team.id, "channel_id": channel.id, "display_name": "Hook"}
        given |= {"callback_urls": [f"{target.url}/hook"], **fields}
        made.append(world.admin.post("/hooks/outgoing", given))
        return made[-1]

    yield make
    for one in made:
        with contextlib.suppress(AppError):  # the case has done it
            world.admin.delete(f"/hooks/outgoing/{one['id']}")


def test_an_outgoing_webhook(world, ann, team, channel, hook):
    made = hook(trigger_words=["go"], username="bot", content_type="application/json")
    path = f"/hooks/outgoing/{made['id']}"
    assert len(made["id"]) == len(made["token"]) == 26
    assert (made["creator_id"], made["team_id"]) == (world.admin.id, team.id)
    assert made["create_at"] == made["update_at"] > made["delete_at"] == 0
    assert world.admin.get(path) == made
    for query in ({}, {"team_id": team.id}, {"channel_id": channel.id}):
        assert made in world.admin.get("/hooks/outgoing", **query, per_page=200)
    assert refused(world.admin.get, "/hooks/outgoing", channel_id=NOBODY) == FORBIDDEN
    changed = {"display_name": "New", "trigger_when": 1, "creator_id": ann.id, "create_at": 1}
    new = world.admin.put(path, {**made, **changed})
    assert (new["display_name"], new["trigger_when"]) == ("New", 1)
    assert (new["creator_id"], new["create_at"]) == (world.admin.id, made["create_at"])
    assert new["update_at"] >= made["update_at"]
    token = world.admin.post(f"{path}/regen_token")["token"]
    assert token not in (made["token"], "")
    assert world.admin.get(path)["token"] == token
    assert world.admin.delete(path) == {"status": "OK"}
    assert refused(world.admin.get, path) == (404, "app.webhooks.get_outgoing.app_error")
    assert made["id"] not in [one["id"] for one in world.admin.get("/hooks/outgoing", team_id=team.id)]


def test_who_may_have_outgoing_webhooks(world, api, ann, team, channel, target, hook):
    body = {"team_id": team.id, "channel_id": channel.id, "callback_urls": [target.url]}
    made = hook()
    path = f"/hooks/outgoing/{made['id']}"
    assert refused(ann.post, "/hooks/outgoing", body) == FORBIDDEN
    assert refused(ann.get, "/hooks/outgoing", team_id=team.id) == FORBIDDEN
    assert refused(ann.get, "/hooks/outgoing", channel_id=channel.id) == FORBIDDEN
    assert refused(ann.get, "/hooks/outgoing") == FORBIDDEN
    for call, *arguments in (
        (ann.get, path),
        (ann.put, path, made),
        (ann.delete, path),
        (ann.post, f"{path}/regen_token"),
    ):
        assert refused(call, *arguments) == FORBIDDEN
    api.update_team_member_roles(team.id, ann.id, "team_user team_admin")
    own = ann.post("/hooks/outgoing", {**body, "creator_id": world.admin.id})
    assert own["creator_id"] == world.admin.id
    assert ann.delete(f"/hooks/outgoing/{own['id']}") == {"status": "OK"}


@pytest.mark.parametrize(
    ("changes", "status", "id"),
    [
        ({"id": NOBODY}, 400, "app.webhooks.save_outgoing.override.app_error"),
        ({"channel_id": ""}, 400, "api.webhook.create_outgoing.triggers.app_error"),
        ({"channel_id": NOBODY}, 404, "app.channel.get.existing.app_error"),
        ({"creator_id": NOBODY}, 404, "app.user.missing_account.const"),
        ({"token": "short"}, 400, "model.outgoing_hook.is_valid.token.app_error"),
        ({"callback_urls": []}, 400, "model.outgoing_hook.is_valid.callback.app_error"),
        ({"callback_urls": ["ftp://x"]}, 400, "model.outgoing_hook.is_valid.url.app_error"),
        ({"callback_urls": ["http://"]}, 400, "model.outgoing_hook.is_valid.url.app_error"),
        ({"trigger_words": [""]}, 400, "model.outgoing_hook.is_valid.trigger_words.app_error"),
        ({"trigger_words": ["w" * 1030]}, 400, "model.outgoing_hook.is_valid.words.app_error"),
        ({"trigger_when": 2}, 400, "model.outgoing_hook.is_valid.content_type.app_error"),
        ({"display_name": "d" * 65}, 400, "model.outgoing_hook.is_valid.display_name.app_error"),
        ({"description": "d" * 501}, 400, "model.outgoing_hook.is_valid.description.app_error"),
        ({"username": "u" * 65}, 400, "model.outgoing_hook.username.app_error"),
        ({"icon_url": "i" * 1025}, 400, "model.outgoing_hook.icon_url.app_error"),
        ({"trigger_words": "go"}, 400, "api.context.invalid_body_param.app_error"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_outgoing_webhook(hook, changes, status, id):
    assert refused(hook, **changes) == (status, id)


def test_where_no_outgoing_webhook_is(world, team, hook):
    disabled = (403, "api.outgoing_webhook.disabled.app_error")
    assert refused(hook, channel_id=world.channel(team, type="P").id) == disabled
    other = world.channel(world.team())
    elsewhere = (403, "api.webhook.create_outgoing.permissions.app_error")
    assert refused(hook, channel_id=other.id) == elsewhere
    made = hook(trigger_words=["go"])
    assert refused(hook, trigger_words=["go", "on"]) == (
        500,
        "api.webhook.create_outgoing.intersect.app_error",
    )
    other_word, path = hook(trigger_words=["on"]), f"/hooks/outgoing/{made['id']}"
    assert refused(world.admin.put, path, {**made, "trigger_words": other_word["trigger_words"]}) == (
        400,
        "api.webhook.update_outgoing.intersect.app_error",
    )
    for changes, expected in (
        ({"channel_id": other.id}, elsewhere),
        ({"channel_id": "", "trigger_words": []}, (500, "api.webhook.create_outgoing.triggers.app_error")),
        ({"team_id": NOBODY}, (400, "api.webhook.team_mismatch.app_error")),
        ({"id": NOBODY}, (400, "api.context.invalid_body_param.app_error")),
    ):
        assert refused(world.admin.put, path, {**made, **changes}) == expected


def test_what_an_outgoing_webhook_is_told(ann, team, channel, target, hook):
    one = hook(trigger_words=["go", "run"])
    post = ann.say(channel, "run\tfor ü")
    asked = target.wait()
    assert (asked.method, asked.path) == ("POST", "/hook")
    assert (asked.headers["content-type"], asked.headers["accept"]) == (FORM, "application/json")
    assert "authorization" not in asked.headers
    told = {
        "token": one["token"],
        "team_id": team.id,
        "team_domain": team.name,
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": ann.id,
        "user_name": ann.name,
        "post_id": post.id,
        "text": "run\tfor ü",
        "trigger_word": "run",
        "file_ids": "",
    }
    assert asked.form == {**told, "timestamp": str(post.create_at // 1000)}


def test_an_outgoing_webhook_is_told_in_json(ann, channel, target, hook):
    hook(content_type="application/json")
    post = ann.say(channel, "anything")
    asked = target.wait()
    assert asked.headers["content-type"] == "application/json"
    told = asked.json
    assert (told["timestamp"], told["text"], told["trigger_word"]) == (post.create_at, "anything", "")


@pytest.mark.parametrize(
    ("when", "message", "is_told"),
    [
        (0, "go on", True),
        (0, " go", True),
        (0, "going", False),
        (0, "Go", False),
        (0, "so go", False),
        (0, "", False),
        (1, "going", True),
        (1, "ago", False),
    ],
)
def test_trigger_words(api, ann, channel, target, hook, when, message, is_told):
    one = hook(trigger_words=["go"], trigger_when=when)
    api.create_post(Post(user_id=ann.id, channel_id=channel.id, message=message))
    if is_told:
        told = target.wait().form
        assert (told["token"], told["text"], told["trigger_word"]) == (one["token"], message, "go")
    ann.say(channel, "go")
    assert target.wait().form["text"] == "go"


def test_a_webhook_of_a_whole_team(world, api, ann, team, channel, target, hook):
    word = world.word("all")
    hook(channel_id="", trigger_words=[word])
    other, private = world.channel(team), world.channel(team, type="P")
    for place in (other, private):
        api.add_channel_member(place.id, ann.id)
    for place in (private, other):
        ann.say(place, word)
    assert target.wait().form["channel_id"] == other.id
    run(ann, channel, f"/code {word}")
    run(ann, channel, f"/echo {word} on")
    assert {target.wait().form["text"] for _ in range(2)} == {f"    {word}", f"{word} on"}


def test_an_answer_in_the_channel(world, api, ann, channel, target, hook):
    hook(username="override", icon_url="http://x.example/icon")
    target.answer(
        {
            "text": f"<@{ann.id}> <http://x.example|see>",
            "props": {"more": 1, "override_username": "x"},
            "attachments": [{"text": "t"}],
        }
    )
    ann.say(channel, "hello")
    (post,) = until(lambda: posts(api, channel, world.admin, from_webhook="true"))
    assert (post.message, post.root_id) == (f"@{ann.name} [see](http://x.example)", "")
    assert post.props["attachments"][0]["text"] == "t"
    assert (post.props["webhook_display_name"], post.props["more"]) == ("Hook", 1)
    assert "override_username" not in post.props
    assert target.wait().form["text"] == "hello"
    ann.say(channel, "again")  # the answer itself was not told
    assert target.wait().form["text"] == "again"


def test_an_answer_in_the_thread(world, api, ann, channel, target, hook):
    hook()
    target.answer({"text": "reply", "response_type": "comment"}, status=500, content_type="text/html")
    root = ann.say(channel, "hello")
    (post,) = until(lambda: posts(api, channel, world.admin, from_webhook="true"))
    assert (post.message, post.root_id) == ("reply", root.id)


def test_a_long_answer_is_several_posts(world, api, ann, channel, target, hook):
    hook()
    target.answer({"text": "a" * 16_383 + "b"})
    ann.say(channel, "hello")
    found = until(lambda: len(some := posts(api, channel, world.admin, from_webhook="true")) == 2 and some)
    assert [len(one.message) for one in found] == [16_383, 1]


@pytest.mark.parametrize("body", ["", "{}", "null", "words", '{"text": null}'])
def test_answers_that_post_nothing(world, api, ann, channel, target, hook, body):
    hook()
    target.answer(body)
    ann.say(channel, "hello")
    target.wait()
    target.answer({"text": "posted"})
    ann.say(channel, "again")
    found = until(lambda: posts(api, channel, world.admin, from_webhook="true"))
    assert [one.message for one in found] == ["posted"]
