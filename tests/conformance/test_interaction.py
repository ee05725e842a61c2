"""Buttons and menus of messages, and dialogs: who may open one, and what comes of it."""

import base64
import json
import time

import pytest
from websockets.sync.client import connect

from mmhooks.api.models import Command, CommandResponse, Dialog, OpenDialogRequest
from tests.conformance.world import NOBODY, SECONDS, refused

FORBIDDEN = (403, "api.context.permissions.app_error")
NOT_DONE = (400, "api.post.do_action.action_integration.app_error")


# -- buttons and menus ---------------------------------------------------------------------------


@pytest.fixture
def press(ann, channel, target):
    """Posts a button, or a menu, and presses it."""

    def press(selected=None, path="/press", **fields):
        integration = {"url": target.url + path, "context": {"n": [1, "a"]}}
        action = {"id": "it", "name": "Go", "type": "button", "integration": integration, **fields}
        post = ann.say(
            channel, "press", props={"attachments": [{"text": "t", "actions": [action]}], "more": 1}
        )
        body = {"selected_option": selected} if selected else {}
        return post, ann.post(f"/posts/{post.id}/actions/it", body)

    return press


def test_what_a_button_sends(ann, team, channel, target, press):
    post, answer = press()
    asked = target.wait()
    assert (asked.method, asked.path) == ("POST", "/press")
    assert (asked.headers["content-type"], asked.headers["accept"]) == ("application/json",) * 2
    told = asked.json
    assert len(told.pop("trigger_id")) > 20
    assert answer["status"] == "OK"
    assert answer["trigger_id"]
    assert told == {
        "user_id": ann.id,
        "user_name": ann.name,
        "channel_id": channel.id,
        "channel_name": channel.name,
        "team_id": team.id,
        "team_domain": team.name,
        "post_id": post.id,
        "type": "button",
        "data_source": "",
        "context": {"n": [1, "a"]},
    }


def test_what_a_menu_sends(target, press):
    press("second", type="select", data_source="users")
    told = target.wait().json
    assert (told["type"], told["data_source"]) == ("select", "users")
    assert told["context"] == {"n": [1, "a"], "selected_option": "second"}


def test_what_a_button_changes(api, target, press):
    target.answer({"update": {"message": "new", "props": {"other": 2}}, "ephemeral_text": "done"})
    post, _ = press()
    new = api.get_post(post.id)
    assert (new.message, new.props) == ("new", {"other": 2})
    target.answer({"update": {"message": "new"}})
    post, _ = press()
    new = api.get_post(post.id)
    assert (new.message, new.props["more"]) == ("new", 1)
    assert new.props["attachments"][0]["actions"][0]["id"] == "it"


@pytest.mark.parametrize(
    ("body", "status"), [("{", 200), ("[]", 200), ("words", 200), ("{}", 201), ("{}", 500)]
)
def test_a_button_that_does_not_work(target, press, body, status):
    target.answer(body, status=status)
    assert refused(press) == NOT_DONE


@pytest.mark.parametrize(
    "url", ["", "/other", "ftp://x/", "javascript:alert(1)", "http://127.0.0.2:9/", "//x"]
)
def test_buttons_that_lead_nowhere(press, url):
    assert refused(press, integration={"url": url}) == NOT_DONE


def test_a_button_may_be_answered_with_nothing(target, press):
    target.answer("")
    assert press()[1]["status"] == "OK"


# -- dialogs -------------------------------------------------------------------------------------


def request(trigger_id):
    dialog = Dialog(callback_id="c", title="Title", submit_label="Go")
    return OpenDialogRequest(trigger_id=trigger_id, url="/plugins/x/dialog", dialog=dialog)


@pytest.fixture
def trigger(api, hooks, world, ann, channel):
    """(what the client knows a trigger by, what the plugin got)."""
    name = world.word("ask")
    api.register_command(Command(trigger=name))
    hooks.answer(execute_command=("value", CommandResponse(text="one moment")))
    answer = ann.post("/commands/execute", {"command": f"/{name}", "channel_id": channel.id})
    given = hooks.wait("execute_command", lambda one: one["args"].user_id == ann.id)["args"].trigger_id
    yield answer["trigger_id"], given
    api.unregister_command("", name)


def test_a_dialog_is_opened_for_whoever_has_asked(api, world, ann, trigger):
    known, given = trigger
    assert base64.b64decode(given).decode().split(":")[:2] == [known, ann.id]
    address = world.url.replace("http", "ws") + "/api/v4/websocket"
    with connect(address, additional_headers={"Authorization": f"Bearer {ann.token}"}, proxy=None) as socket:
        assert json.loads(socket.recv(SECONDS))["event"] == "hello"
        api.open_interactive_dialog(request(given))
        while (event := json.loads(socket.recv(SECONDS)))["event"] != "open_dialog":
            pass
    dialog = json.loads(event["data"]["dialog"])
    assert (dialog["trigger_id"], dialog["url"], dialog["dialog"]["title"]) == (
        known,
        "/plugins/x/dialog",
        "Title",
    )
    assert event["broadcast"]["user_id"] == ann.id


def encoded(text):
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("make", "id"),
    [
        (lambda now: "no base64!", "base64_decode_failed"),
        (lambda now: "", "missing_data"),
        (lambda now: encoded("a:b"), "missing_data"),
        (lambda now: encoded("a:b:1:c2ln"), "expired"),
        (lambda now: encoded("a:b:never:c2ln"), "expired"),
        (lambda now: encoded(f"a:b:{now}:no base64!"), "base64_decode_failed_signature"),
        (lambda now: encoded(f"a:b:{now}:c2ln"), "signature_decode_failed"),
    ],
)
def test_a_trigger_that_was_never_given(api, make, id):
    bad = (400, f"interactive_message.decode_trigger_id.{id}")
    assert refused(api.open_interactive_dialog, request(make(time.time_ns() // 10**6))) == bad


def test_a_trigger_for_somebody_else(api, world, trigger):
    client_id, _, at, signature = base64.b64decode(trigger[1]).decode().split(":")
    forged = encoded(":".join((client_id, world.admin.id, at, signature)))
    bad = (400, "interactive_message.decode_trigger_id.verify_signature_failed")
    assert refused(api.open_interactive_dialog, request(forged)) == bad


def submission(target, channel, **fields):
    given = {"url": f"{target.url}/dialog", "callback_id": "c", "state": "s", "submission": {"a": 1}}
    return {**given, "channel_id": channel.id, "team_id": channel.team_id, "cancelled": False, **fields}


def submit(person, target, channel, **fields):
    return person.post("/actions/dialogs/submit", submission(target, channel, **fields))


def test_what_a_dialog_sends(ann, channel, target):
    assert submit(ann, target, channel, user_id=NOBODY, type="anything", cancelled=True) == {}
    asked = target.wait()
    assert (asked.method, asked.path) == ("POST", "/dialog")
    assert asked.json == {
        "type": "dialog_submission",
        "callback_id": "c",
        "state": "s",
        "user_id": ann.id,
        "channel_id": channel.id,
        "team_id": channel.team_id,
        "submission": {"a": 1},
        "cancelled": True,
    }
    submit(ann, target, channel, type="refresh")
    assert target.wait().json["type"] == "refresh"


def test_what_a_dialog_is_answered(ann, channel, target):
    for answer in ({"error": "no"}, {"errors": {"a": "not so"}}, {"type": "ok"}):
        target.answer({**answer, "unknown": 1})
        assert submit(ann, target, channel) == answer
    target.answer("")
    assert submit(ann, target, channel) == {}
    target.answer("{")
    unreadable = (500, "app.submit_interactive_dialog.decode_json_error")
    assert refused(submit, ann, target, channel) == unreadable
    for answer in ({"type": "form"}, {"type": "other"}, {"type": "ok", "form": {"title": "t"}}):
        target.answer(answer)
        unfit = (400, "app.submit_interactive_dialog.invalid_response")
        assert refused(submit, ann, target, channel) == unfit
    target.answer("{}", status=404)
    assert refused(submit, ann, target, channel) == NOT_DONE


def test_who_may_submit_a_dialog(world, ann, team, channel, target):
    bob, private = world.person(team), world.channel(team, type="P")
    assert refused(submit, bob, target, private) == FORBIDDEN
    assert refused(submit, ann, target, channel, team_id=world.team().id) == FORBIDDEN
    missing = (404, "app.channel.get.existing.app_error")
    assert refused(submit, ann, target, channel, channel_id=NOBODY) == missing
    bad = (400, "api.context.invalid_body_param.app_error")
    assert refused(submit, ann, target, channel, url="") == bad
